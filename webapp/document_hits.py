"""Where in a document the question's words stand: its pages with exact counts, and the numbering of its hits."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import NamedTuple

from catalog import documents
from catalog.database import Database
from catalog.models import Document
from indexer import Mark, Question, SearchEngine, SearchError, SearchQuery, marks
from indexer import question as read_question
from webapp.page_tokens import tokens_of

MOST_KEPT = 64  # readers step through the hits of one document; its pages are counted once meanwhile
MOST_PAGES_KEPT = 40_000  # of all that is kept; about 8 MB


class HitPage(NamedTuple):
    """first: number of its first hit in the document, from 1. A tuple, as a long document has thousands."""

    number: int
    heading: str
    hits: int
    first: int

    @property
    def last(self) -> int:
        return self.first + self.hits - 1


@dataclass(frozen=True)
class DocumentHits:
    """pages: in the order of the document. best: number of the page to open first, 0 where there is no hit."""

    pages: tuple[HitPage, ...] = ()
    best: int = 0

    @property
    def total(self) -> int:
        return self.pages[-1].last if self.pages else 0

    def place(self, number: int) -> int:
        """How many pages with hits come before the page of this number."""
        return bisect_left(self._numbers, number)

    def on(self, number: int) -> HitPage | None:
        place = self.place(number)
        return self.pages[place] if place < len(self.pages) and self.pages[place].number == number else None

    def page_of(self, hit: int) -> HitPage | None:
        """The page on which the hit of this number stands."""
        return self.pages[bisect_right(self._firsts, hit) - 1] if 1 <= hit <= self.total else None

    def before(self, number: int) -> int:
        """Number of the last hit on earlier pages; 0 where there is none."""
        place = self.place(number)
        return self.pages[place - 1].last if place else 0

    @cached_property
    def _numbers(self) -> list[int]:
        return [page.number for page in self.pages]

    @cached_property
    def _firsts(self) -> list[int]:
        return [page.first for page in self.pages]


# By document, its version, and what is looked for: the editors' words may change what a question looks for.
_kept: OrderedDict[tuple[int, int, tuple[object, ...]], DocumentHits] = OrderedDict()
_lock = Lock()


def find_hits(database: Database, engine: SearchEngine | None, document: Document, query: SearchQuery) -> DocumentHits:
    """Counts exactly, in the record's text. The document was let through already; without an engine all is read."""
    if not query.text:
        return DocumentHits()
    asked = read_question(query.text, query.reading)
    key = (document.id, document.version, asked.needles)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    found = _count(database, engine, document, query, asked)
    with _lock:
        _kept[key] = found
        while len(_kept) > MOST_KEPT or sum(len(one.pages) for one in _kept.values()) > MOST_PAGES_KEPT:
            _kept.popitem(last=False)
    return found


def _count(
    database: Database, engine: SearchEngine | None, document: Document, query: SearchQuery, asked: Question
) -> DocumentHits:
    best_first = _likely_pages(engine, document, query)
    found, next_hit = [], 1
    with database.reading() as session:
        for page in documents.analysed(session, document.id, best_first):
            if count := len(marks_of(asked, page)):
                found.append(HitPage(page.number, page.heading, count, next_hit))
                next_hit += count
    return DocumentHits(tuple(found), _best(found, best_first or ()))


def marks_of(asked: Question, page: documents.AnalysedPage) -> list[Mark]:
    return marks(asked, page.text, tokens_of(page))


def _likely_pages(engine: SearchEngine | None, document: Document, query: SearchQuery) -> list[int] | None:
    """Best first, as the index has them; None where it cannot tell: away, or behind the record."""
    if engine is None or document.indexed_version < document.version:
        return None
    try:
        return [hit.number for hit in engine.page_hits(query, [document.id]).get(document.id, [])]
    except SearchError:
        return None


def _best(found: Sequence[HitPage], best_first: Sequence[int]) -> int:
    numbers = {page.number for page in found}
    from_index = next((number for number in best_first if number in numbers), 0)
    return from_index or max(found, key=lambda page: page.hits, default=HitPage(0, "", 0, 0)).number
