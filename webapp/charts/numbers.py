"""How values stand on their marks, and where the lines of a scale lie."""

from __future__ import annotations

from math import ceil, floor, log10

from webapp.figures import HARD_BLANK, number
from webapp.languages import language

_STEPS = (1, 2, 5, 10)
MOST_LINES = 6
HUNDRED = 100


def told(value: float | None, unit: str = "") -> str:
    """6 372, 31 % or 14,2 mnkr: whole where it is whole or large, else with one decimal; a dash for nothing."""
    if value is None:
        return "–"
    rounded = round(value, 1)
    if rounded == int(rounded) or abs(rounded) >= HUNDRED:
        written = number(round(value))
    else:
        written = f"{rounded:.1f}" if language() == "en" else f"{rounded:.1f}".replace(".", ",")
    return f"{written}{HARD_BLANK}{unit}" if unit else written


def scale(lowest: float, highest: float, *, whole: bool) -> tuple[float, ...]:
    """Round numbers from at most 0 to at least the highest value; whole: values that have no halves."""
    span = max(highest, 0) - min(lowest, 0) or 1
    size = 10 ** floor(log10(span / MOST_LINES))
    step = next(size * factor for factor in _STEPS if size * factor * MOST_LINES >= span)
    if whole:
        step = max(1, ceil(step))
    first, last = floor(min(lowest, 0) / step), ceil(max(highest, 0) / step) or 1
    return tuple(line * step for line in range(first, last + 1))


def is_whole(values: tuple[float | None, ...]) -> bool:
    return all(value is None or value == int(value) for value in values)
