"""What a chart shows, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Literal
from zlib import crc32

Kind = Literal["bars", "stacked", "lines", "heat"]
# Fills, dashes and markers are told apart without colour; whoever has more series sums the rest or draws a heat map.
MARKS = ("a", "b", "c", "d", "e", "f")


@dataclass(frozen=True, slots=True)
class Series:
    """A row of values, one for each label of the chart; None where there is nothing to show, unlike 0."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """kind: bars (of one series), stacked bars, lines over the labels, or a heat map with a column a series.

    unit: written behind each value ("%", "mnkr"); nothing for plain counts. decimals: values keep theirs, also where
    they are whole. Raises ValueError where the parts do not fit together.
    """

    kind: Kind
    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    decimals: bool = False

    def __post_init__(self) -> None:
        if not self.labels or not self.series:
            raise ValueError("A chart has at least one label and one series.")
        if any(len(one.values) != len(self.labels) for one in self.series):
            raise ValueError("Each series of a chart has a value, or None, for each label.")
        if any(value is not None and not isfinite(value) for one in self.series for value in one.values):
            raise ValueError("The values of a chart are finite.")
        if self.kind == "bars" and len(self.series) > 1:
            raise ValueError("Bars show one series; several are stacked, lines or a heat map.")
        if self.kind in {"stacked", "lines"} and len(self.series) > len(MARKS):
            raise ValueError(f"At most {len(MARKS)} series are told apart in {self.kind}.")
        if self.kind in {"bars", "stacked"} and any((value or 0) < 0 for one in self.series for value in one.values):
            raise ValueError("Bars begin at 0; a value below it has none.")

    @property
    def name(self) -> str:
        """For the ids inside the drawing, which several charts of a page must not share."""
        return f"m{crc32(repr(self).encode()):08x}"

    def total(self, place: int) -> float:
        """What a label's stacked values come to."""
        return sum(one.values[place] or 0 for one in self.series)

    @property
    def highest(self) -> float:
        """The top of the scale's values: of stacked bars their sums."""
        if self.kind == "stacked":
            return max(self.total(place) for place in range(len(self.labels)))
        return max((value for one in self.series for value in one.values if value is not None), default=0)

    @property
    def lowest(self) -> float:
        """Below 0 only where a value is."""
        return min((value for one in self.series for value in one.values if value is not None), default=0)
