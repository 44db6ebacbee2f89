"""What a cell may hold, as text of a CSV file or of a worksheet.

A text stays a text: no program takes it for a formula. What no file may hold (control characters, halves of
characters) becomes a visible sign, and there is one kind of line break.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime

from webapp.texts import gettext

Cell = str | int | float | date | None
"""A share is a number such as 0.31; None is an empty cell."""

LONGEST_CELL = 32_767  # UTF-16 units, Excel's
EXACT_DIGITS = 10**15  # Excel keeps fifteen; a longer number is written as text
EARLIEST_DATE = date(1900, 3, 1)  # before it Excel's days are wrong by one, or negative
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# OWASP's list, also in full width, also behind blanks: programs take those off before they look.
_FORMULA = re.compile(r"[\s\ufeff\u200b]*[=+\-@＝＋－＠]|[\t\n]")


def is_empty(cell: Cell) -> bool:
    return cell is None or cell == "" or (isinstance(cell, float) and not math.isfinite(cell))


def is_day(cell: Cell) -> bool:
    """A date that Excel counts rightly."""
    return isinstance(cell, date) and not isinstance(cell, datetime) and cell >= EARLIEST_DATE


def is_number(cell: Cell) -> bool:
    """A number that Excel keeps to its last digit."""
    return isinstance(cell, int | float) and abs(cell) < EXACT_DIGITS


def csv_text(cell: Cell) -> str:
    """Numbers with a decimal comma, dates as 2019-12-31; a text that looks like a formula gets an apostrophe."""
    if is_empty(cell):
        return ""
    if isinstance(cell, str):
        told = writable(cell)
        return f"'{told}" if _FORMULA.match(told) else told
    return str(cell).replace(".", ",") if isinstance(cell, float) else str(cell)


def sheet_text(text: str) -> str:
    """A longer text than a cell takes ends with words that say so."""
    told = writable(text)
    if len(told) > LONGEST_CELL // 2 and _units(told) > LONGEST_CELL:
        end = gettext(" […] (texten är längre än vad en cell rymmer)")
        room = (LONGEST_CELL - _units(end)) * 2
        told = told.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + end
    # The library takes this one form for ready-made XML, and would write it as it stands.
    return f"{told} " if told.startswith("<r>") and told.endswith("</r>") else told


def writable(text: str) -> str:
    """The text as any file of text or XML may hold it."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
