"""Sheets of cells as pages of text: a sheet is a page, each row tells its cells with the header's words beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from indexer.extraction.frames import RawPage

Row = Sequence[str]
LONGEST_PAGE = 20_000  # characters; a longer sheet goes on on the next page
_HEADER_WITHIN = 15  # rows from the top
_FEWEST_IN_HEADER = 2  # cells; a line with one is a title
_LONGEST_HEADER = 60  # characters of a header's cell; a longer one is a sentence
_LETTER = re.compile(r"[^\W\d_]")
_BETWEEN = " · "


@dataclass(slots=True)
class Sheets:
    """What was found: (heading, text) of each page. page_kind: "section" where a sheet was too long for one page."""

    pages: list[tuple[str, str]] = field(default_factory=list)
    page_kind: str = "sheet"
    cut: bool = False

    def raw(self, reader: str) -> Iterator[RawPage]:
        for number, (heading, text) in enumerate(self.pages, 1):
            yield RawPage(number, reader, text=text, heading=heading)


def sheets_of(sheets: Iterable[tuple[str, Iterable[Row]]], most: int) -> Sheets:
    """Pages of all sheets, as far as `most` characters; `cut` tells that there was more."""
    found, size = Sheets(), 0
    for name, rows in sheets:
        for number, (told, text) in enumerate(_pages(rows)):
            if number or told:
                found.page_kind = "section"
            found.pages.append((", ".join(filter(None, (name, told))), text))
            size += len(text)
            if size > most:
                found.cut = True
                return found
    return found


def _pages(rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
    """(which rows, text) of a sheet's pages; "" where all rows stand on one."""
    lines: list[str] = []
    length, first, last, goes_on = 0, 1, 0, False
    for number, line in _lines(rows):
        if lines and length + len(line) > LONGEST_PAGE:
            yield f"rad {first}–{last}", "\n\n".join(lines)
            lines, length, first, goes_on = [], 0, number, True
        lines.append(line)
        length += len(line)
        last = number
    yield f"rad {first}–{last}" if goes_on else "", "\n\n".join(lines)


def _lines(rows: Iterable[Row]) -> Iterator[tuple[int, str]]:
    """(row number, its words) of rows that hold anything."""
    told = ((number, [" ".join(cell.split()) for cell in row]) for number, row in enumerate(rows, 1))
    filled = ((number, row) for number, row in told if any(row))
    opening = list(islice(filled, _HEADER_WITHIN))
    at = _header_at([row for _, row in opening])
    header: Row = ()
    for place, (number, row) in enumerate(chain(opening, filled)):
        yield number, _line(row, header)
        if place == at:
            header = row


def _header_at(rows: Sequence[Row]) -> int:
    """Place of the first row that looks like a header and has rows below it; -1 where there is none."""
    for place, row in enumerate(rows[:-1]):
        cells = [cell for cell in row if cell]
        if len(cells) >= _FEWEST_IN_HEADER and all(_LETTER.search(c) and len(c) <= _LONGEST_HEADER for c in cells):
            return place
    return -1


def _line(row: Row, header: Row) -> str:
    """Cells with the header's words; a row with one cell is a heading or a remark among the rows."""
    cells = [(header[at] if at < len(header) else "", cell) for at, cell in enumerate(row) if cell]
    if len(cells) == 1:
        return cells[0][1]
    return _BETWEEN.join(f"{name}: {cell}" if name else cell for name, cell in cells)
