"""Workbooks (Excel, OpenDocument) by python-calamine."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from indexer.errors import UnreadableFile
from indexer.extraction import package
from indexer.extraction.frames import About, Report
from indexer.extraction.registry import Task
from indexer.extraction.table import Row, sheets_of

MOST_SHEETS = 500
_TERMS = "{http://purl.org/dc/terms/}"
_META = ("{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}creation-date", "{http://purl.org/dc/elements/1.1/}date")
_MIDNIGHT = time()
_EXACT = 1e15  # whole numbers below are exact

Value = str | float | bool | date | datetime | time | timedelta


def extract(task: Task, report: Report) -> None:
    """Values as they were last computed, never formulas; raises UnreadableFile where it is encrypted or damaged.

    calamine keeps a sheet's whole rectangle: a lone cell far out is more than the child's memory, which ends it.
    """
    title, dates = _about(task)
    with task.path.open("rb") as file, _opened(file) as workbook:
        names = workbook.sheet_names
        found = sheets_of(((name, _rows(workbook, name)) for name in names[:MOST_SHEETS]), task.limits.text)
    report.about(About(len(found.pages), title, dates, found.page_kind))
    for page in found.raw("calamine"):
        report.page(page)
    if found.cut:
        report.cut("text")
    if len(names) > MOST_SHEETS:
        report.cut("sheets")


def _opened(file: object) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(file)  # type: ignore[arg-type]
    except PasswordError as error:
        raise UnreadableFile("encrypted", str(error)) from error
    except (CalamineError, ValueError, OSError) as error:
        raise UnreadableFile("encrypted" if "assword" in str(error) else "damaged", str(error)) from error


def _about(task: Task) -> tuple[str, list[str]]:
    """(title, dates) of zipped workbooks; raises UnreadableFile where one unpacks beyond the limits by its own word."""
    with task.path.open("rb") as file:
        if file.read(2) != b"PK":
            return "", []
    with package.opened(task.path, task.limits) as unpacked:
        unpacked.refuse_too_large()
        found = package.dates(unpacked, "docProps/core.xml", (f"{_TERMS}created", f"{_TERMS}modified"))
        return found if found != ("", []) else package.dates(unpacked, "meta.xml", _META)


def _rows(workbook: CalamineWorkbook, name: str) -> Iterator[Row]:
    """None of a sheet that holds no cells, such as a chart."""
    with suppress(CalamineError):
        sheet = workbook.get_sheet_by_name(name)
        # Rows above the first one with anything are left out by calamine, and counted all the same.
        yield from ([] for _ in range(sheet.start[0] if sheet.start else 0))
        for row in sheet.iter_rows():
            yield [_written(value) for value in row]


def _written(value: Value) -> str:
    """As people write it: whole numbers without decimals, others with a comma, days without a time."""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        day = value.date().isoformat()
        return day if value.time() == _MIDNIGHT else f"{day} {value:%H:%M}"
    return value if isinstance(value, str) else str(value)


def _number(value: float) -> str:
    if not math.isfinite(value):
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < _EXACT else f"{value:.10g}".replace(".", ",")
