"""CSV: text with a steady number of separators. What tells it from other text, and its rows as a sheet."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from indexer.extraction.charset import decoded
from indexer.extraction.frames import About, Report
from indexer.extraction.registry import Task
from indexer.extraction.table import Row, sheets_of

SEPARATORS = ";\t,|"
_LOOKED_AT = 200  # lines
_FEWEST_ROWS = {True: 2, False: 5}  # by whether the name says that it is a table
_FEWEST_CELLS = {True: 2, False: 3}
_STEADY = {True: 0.8, False: 1.0}  # share of the rows with the same number of cells
_LONGEST_CELL = 40  # characters on average; prose with commas has longer ones
_LARGEST_CELL = 1_000_000  # characters; the module's own limit is lower and an error


def separator(opening: str, *, named: bool) -> str:
    """What divides the cells of a table that begins like this; "" where it is no table. `named`: its name says so."""
    opening = "\n".join(opening.splitlines()[:_LOOKED_AT])
    fitting = ((_cells(opening, one, named=named), -place, one) for place, one in enumerate(SEPARATORS))
    cells, _, found = max(fitting)
    return found if cells else ""


def extract(task: Task, report: Report) -> None:
    with task.path.open("rb") as file:
        data = file.read(task.limits.text * 2 + 1)
    text = decoded(data).replace("\0", "")
    found = sheets_of([("", _rows(text))], task.limits.text)
    report.about(About(len(found.pages), page_kind=found.page_kind))
    for page in found.raw("csv"):
        report.page(page)
    if found.cut or len(data) > task.limits.text * 2:
        report.cut("text")


def _rows(text: str) -> Iterator[Row]:
    """Lines as they stand where the quotes of a table are broken."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == len("sep=;"):  # Excel's own way to name it
        text, divider = rest, first[4]
    else:
        divider = separator(text[:65_536], named=True) or ";"
    csv.field_size_limit(_LARGEST_CELL)
    try:
        yield from csv.reader(io.StringIO(text), delimiter=divider)
    except csv.Error:
        yield from (line.split(divider) for line in text.splitlines())


def _cells(opening: str, divider: str, *, named: bool) -> int:
    """Cells of most rows where their number is steady; else 0."""
    try:
        rows = [row for row in csv.reader(io.StringIO(opening), delimiter=divider) if any(row)]
    except csv.Error:
        return 0
    counted = Counter(len(row) for row in rows)
    cells, times = counted.most_common(1)[0] if counted else (0, 0)
    steady = times >= _FEWEST_ROWS[named] and times >= _STEADY[named] * len(rows)
    if cells < _FEWEST_CELLS[named] or not steady or len(opening) > _LONGEST_CELL * cells * len(rows):
        return 0
    return cells
