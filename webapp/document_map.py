"""The page map of a document and its list of page hits: never more of them than a reader can take in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from webapp.document_hits import DocumentHits, HitPage

MOST_BARS = 60  # a bar is four pixels wide then; the bars of a longer document stand for several pages each
LISTED_AROUND = 10  # page hits before the present page, and as many after it
HEIGHT, LOWEST = 38.0, 6.0
LARGEST = 48  # width of the largest bar beside a page hit


class Bar(NamedTuple):
    """A link to `page`: the first with hits among `first` to `last`. x: its place. y and height in a box 40 high."""

    first: int
    last: int
    page: int
    pages: int
    hits: int
    x: int
    y: float
    height: float


@dataclass(frozen=True)
class PageMap:
    """hits: what stands where. count: pages of the document. present: the page that is open."""

    hits: DocumentHits
    count: int
    present: int

    @property
    def pages_a_bar(self) -> int:
        return -(-self.count // MOST_BARS)

    @property
    def places(self) -> int:
        """Bars that there is room for, with and without hits."""
        return -(-self.count // self.pages_a_bar)

    @property
    def here(self) -> int:
        """Place of the present page."""
        return (self.present - 1) // self.pages_a_bar

    @property
    def bars(self) -> list[Bar]:
        grouped = [(x, list(some)) for x, some in groupby(self.hits.pages, self._place_of)]
        most = max((_hits(some) for _, some in grouped), default=1)
        return [self._bar(x, some, most) for x, some in grouped]

    @property
    def listed(self) -> Sequence[HitPage]:
        """The page hits around the present page."""
        start, end = self._window
        return self.hits.pages[start:end]

    @property
    def before(self) -> int:
        """How many page hits come before the listed ones."""
        return self._window[0]

    @property
    def after(self) -> int:
        return len(self.hits.pages) - self._window[1]

    @property
    def earlier(self) -> int:
        """Number of the last page before the listed ones."""
        return self.hits.pages[self._window[0] - 1].number

    @property
    def later(self) -> int:
        return self.hits.pages[self._window[1]].number

    def beside(self, hits: int) -> float:
        """Width of the bar beside a page hit; the widest is that of the page with most hits in the list."""
        most = max((page.hits for page in self.listed), default=1)
        return round(max(4, LARGEST * hits / most), 1)

    @property
    def _window(self) -> tuple[int, int]:
        """Places of the first page hit listed and the one after the last; as many as fit, also at either end."""
        size, total = 2 * LISTED_AROUND + 1, len(self.hits.pages)
        start = max(0, min(self.hits.place(self.present) - LISTED_AROUND, total - size))
        return start, min(total, start + size)

    def _place_of(self, page: HitPage) -> int:
        return (page.number - 1) // self.pages_a_bar

    def _bar(self, x: int, some: Sequence[HitPage], most: int) -> Bar:
        first, hits = x * self.pages_a_bar + 1, _hits(some)
        height = round(max(LOWEST, HEIGHT * hits / most), 1)
        last = min(first + self.pages_a_bar - 1, self.count)
        return Bar(first, last, some[0].number, len(some), hits, x, round(HEIGHT + 1 - height, 1), height)


def _hits(some: Sequence[HitPage]) -> int:
    return sum(page.hits for page in some)
