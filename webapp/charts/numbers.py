"""How values stand on their marks, and where the lines of a scale lie."""

from __future__ import annotations

from math import ceil, floor, log10

from webapp.figures import HARD_BLANK, number
from webapp.languages import language

_STEPS = (1, 2, 5, 10)
MOST_LINES = 6
HUNDRED = 100
LEAST = 0.01
NOTHING = 1e-300  # less than this has no logarithm once it is divided


def told(value: float | None, unit: str = "", *, decimals: bool = False) -> str:
    """6 372, 31 %, 14,2 or 0,35: whole where it is whole or large, else with one decimal, below 1 with two.

    decimals: also where it is whole, as 6,0 in a column of millions; what is less than the least that can be written
    says so. A dash for nothing.
    """
    if value is None:
        return "–"
    if decimals and 0 < abs(value) < LEAST / 2:
        written = f"<{HARD_BLANK}{_with_decimals(LEAST, keep=True)}"
    else:
        written = _with_decimals(value, keep=decimals)
    return f"{written}{HARD_BLANK}{unit}" if unit else written


def _with_decimals(value: float, *, keep: bool) -> str:
    digits = 1 if abs(value) >= 1 else 2
    rounded = round(value, digits)
    if abs(rounded) >= HUNDRED or not rounded or (not keep and rounded == int(rounded)):
        return number(round(value))
    written = f"{value:.{digits}f}" if keep else f"{rounded:g}"
    return written if language() == "en" else written.replace(".", ",")


def scale(lowest: float, highest: float, *, whole: bool) -> tuple[float, ...]:
    """Round numbers from at most 0 to at least the highest value; whole: values that have no halves."""
    span = max(highest, 0) - min(lowest, 0)
    span = span if span > NOTHING else 1
    size = 10 ** floor(log10(span / MOST_LINES))
    step = next(size * factor for factor in _STEPS if size * factor * MOST_LINES >= span)
    if whole:
        step = max(1, ceil(step))
    first, last = floor(min(lowest, 0) / step), ceil(max(highest, 0) / step) or 1
    return tuple(line * step for line in range(first, last + 1))


def is_whole(values: tuple[float | None, ...]) -> bool:
    return all(value is None or value == int(value) for value in values)
