"""Tables as XLSX and CSV files, written row by row in memory that does not grow.

CSV is UTF-8 with BOM, semicolons and decimal commas, as Excel reads it in Swedish, in whatever language the page is.
Its first line says in one cell what the table is, its second line names the columns
(docs/decisions/0019-what-an-export-is.md).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import chain
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from webapp.export.cells import Cell, csv_text, is_day, is_empty, is_number, sheet_text, writable
from webapp.texts import gettext

About = Sequence[tuple[str, str]]
"""What stands before the tables, as names and values: what it is, the question, the date, the address, the number."""

CSV_TYPE, XLSX_TYPE = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_OF_SHEET = 1_048_576  # Excel's; what is more goes on in a next sheet
COLUMNS_OF_SHEET = 16_384  # Excel's; the library would leave out what is more without a word
LONGEST_SHEET_NAME = 31
WIDEST, WIDEST_OF_ABOUT = 60, 100  # characters
BYTE_ORDER_MARK = "\ufeff"
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\s]+")


class TooWide(ValueError):
    """A table has more columns than a worksheet."""


@dataclass(frozen=True, slots=True)
class Table:
    """rows may be a generator: they are read once. No row is longer than columns."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[Sequence[Cell]]


def csv_lines(table: Table, about: About = ()) -> Iterator[str]:
    """The lines of the file, each with its end; the first begins with the byte order mark."""
    told = " · ".join(f"{name}: {value}" for name, value in about)
    head = [[" ".join(told.split())]] if about else []
    lines = csv_rows(chain(head, [table.columns], table.rows))
    yield BYTE_ORDER_MARK + next(lines)
    yield from lines


def csv_rows(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Lines in the middle of a file."""
    buffer = StringIO(newline="")
    write = csv.writer(buffer, delimiter=";").writerow
    for row in rows:
        write([csv_text(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def workbook(about: About, tables: Iterable[Table]) -> IO[bytes]:
    """The finished file, at its beginning; closing it takes it off the disk, as does the end of the process.

    Its first sheet holds `about`, then comes each table. Raises TooWide.
    """
    finished = TemporaryFile()  # noqa: SIM115 - the caller sends it
    try:
        with TemporaryDirectory() as scratch, Workbook(finished, {"constant_memory": True, "tmpdir": scratch}) as book:
            book.use_zip64()
            writer = _Writer(book)
            writer.about(about)
            for table in tables:
                writer.table(table)
    except BaseException:
        finished.close()
        raise
    finished.seek(0)
    return finished


def sheet_name(name: str, taken: Iterable[str]) -> str:
    """A name that Excel takes, and that no other sheet has: "Utfall per år (2)"."""
    others = {one.casefold() for one in taken} | {"history"}  # Excel keeps that one for itself
    plain = _NOT_IN_NAMES.sub(" ", writable(name)).strip(" '") or gettext("Tabell")
    made, number = plain[:LONGEST_SHEET_NAME].rstrip(" '"), 1
    while made.casefold() in others:
        number += 1
        end = f" ({number})"
        made = plain[: LONGEST_SHEET_NAME - len(end)].rstrip(" '") + end
    return made


class _Writer:
    """Writes the sheets of one workbook, which share their formats."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._head = book.add_format({"bold": True, "bottom": 1})
        self._bold = book.add_format({"bold": True, "valign": "top"})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})

    def about(self, about: About) -> None:
        sheet = self._sheet(gettext("Om"))
        for place, (name, value) in enumerate(about):
            sheet.write_string(place, 0, sheet_text(name), self._bold)
            sheet.write_string(place, 1, sheet_text(value), self._wrapped)
        sheet.set_column(0, 0, max((len(name) + 2 for name, _ in about), default=10))
        sheet.set_column(1, 1, WIDEST_OF_ABOUT)

    def table(self, table: Table) -> None:
        """As many sheets as its rows need, each with the names of the columns. Raises TooWide."""
        if len(table.columns) > COLUMNS_OF_SHEET:
            raise TooWide(f"{len(table.columns)} columns")
        rows = iter(table.rows)
        row = self._part(table, next(rows, None), rows)
        while row is not None:
            row = self._part(table, row, rows)

    def _part(self, table: Table, row: Sequence[Cell] | None, rows: Iterator[Sequence[Cell]]) -> Sequence[Cell] | None:
        """Writes as many rows as the sheet takes; gives the first that it does not take."""
        sheet = self._sheet(table.name)
        sheet.freeze_panes(1, 0)
        widths = [len(name) + 2 for name in table.columns]
        for column, name in enumerate(table.columns):
            sheet.write_string(0, column, sheet_text(name), self._head)
        place = 0
        while row is not None and place + 1 < ROWS_OF_SHEET:
            place += 1
            self._row(sheet, place, row, widths)
            row = next(rows, None)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width + 1, WIDEST))
        sheet.autofilter(0, 0, place, max(len(widths) - 1, 0))
        return row

    def _row(self, sheet: Worksheet, place: int, row: Sequence[Cell], widths: list[int]) -> None:
        for column, cell in enumerate(row):
            if is_empty(cell):
                continue
            if is_number(cell):
                sheet.write_number(place, column, cell)
            elif is_day(cell):
                sheet.write_datetime(place, column, cell, self._day)
            else:
                text = sheet_text(str(cell))
                sheet.write_string(place, column, text)
                widths[column] = max(widths[column], len(text))

    def _sheet(self, name: str) -> Worksheet:
        return self._book.add_worksheet(sheet_name(name, (one.name for one in self._book.worksheets())))
