"""Where in a document the question's words stand: its pages with exact counts, and the numbering of its hits."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from catalog import documents
from catalog.database import Database
from catalog.models import Document
from indexer import Mark, Question, Reading, SearchEngine, SearchError, SearchQuery, Tokens, marks
from indexer import question as read_question

MOST_KEPT = 64  # readers step through the hits of one document; its pages are counted once meanwhile


@dataclass(frozen=True, slots=True)
class HitPage:
    """first: number of its first hit in the document, from 1."""

    number: int
    heading: str
    count: int
    first: int


@dataclass(frozen=True, slots=True)
class DocumentHits:
    """pages: in the order of the document. best: number of the page to open first, 0 where there is no hit."""

    pages: tuple[HitPage, ...] = ()
    best: int = 0

    @property
    def total(self) -> int:
        return sum(page.count for page in self.pages)

    def on(self, number: int) -> HitPage | None:
        return next((page for page in self.pages if page.number == number), None)

    def page_of(self, hit: int) -> HitPage | None:
        """The page on which the hit of this number stands."""
        return next((page for page in self.pages if page.first <= hit < page.first + page.count), None)

    def before(self, number: int) -> int:
        """Number of the last hit on earlier pages; 0 where there is none."""
        return max((page.first + page.count - 1 for page in self.pages if page.number < number), default=0)


_kept: OrderedDict[tuple[int, int, str, Reading], DocumentHits] = OrderedDict()
_lock = Lock()


def find_hits(database: Database, engine: SearchEngine | None, document: Document, query: SearchQuery) -> DocumentHits:
    """Counts exactly, in the record's text. The document was let through already; without an engine all is read."""
    if not query.text:
        return DocumentHits()
    key = (document.id, document.version, query.text, query.reading)
    with _lock:
        if key in _kept:
            return _kept[key]
    found = _count(database, engine, document, query)
    with _lock:
        _kept[key] = found
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return found


def _count(database: Database, engine: SearchEngine | None, document: Document, query: SearchQuery) -> DocumentHits:
    best_first = _likely_pages(engine, document, query)
    with database.reading() as session:
        pages = (
            documents.analysed(session, document.id)
            if best_first is None
            else list(documents.tokens(session, [(document.id, number) for number in best_first]).values())
        )
    asked, found, next_hit = read_question(query.text, query.reading), [], 1
    for page in sorted(pages, key=lambda one: one.number):
        if count := len(marks_of(asked, page)):
            found.append(HitPage(page.number, page.heading, count, next_hit))
            next_hit += count
    return DocumentHits(tuple(found), _best(found, best_first or ()))


def marks_of(asked: Question, page: documents.AnalysedPage) -> list[Mark]:
    return marks(asked, page.text, Tokens(page.exact, page.parts, page.spans))


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
    return from_index or max(found, key=lambda page: page.count, default=HitPage(0, "", 0, 0)).number
