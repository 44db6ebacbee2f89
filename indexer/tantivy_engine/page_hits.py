"""Which pages of some documents hold the question's words, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import tantivy
from tantivy import Occur, Query

from indexer.question import Question
from indexer.search_query import Reading
from indexer.search_result import PageHit
from indexer.tantivy_engine.translate import Translator, any_of, together, unscored

_FEW_DOCUMENTS = 300


@dataclass(frozen=True, slots=True)
class PageFinder:
    searcher: tantivy.Searcher
    translator: Translator

    def find(self, question: Question, documents: Sequence[int], limit: int) -> dict[int, list[PageHit]]:
        """At most `limit` pages, best first; ties by number."""
        clauses = tuple(clause for _, clause in question.on_pages)
        if not clauses or not documents:
            return {}
        any_word = replace(question, clauses=clauses, reading=_page_reading(question.reading))
        queries = [self.translator.unit(clause.unit, any_word.reading) for clause in clauses]
        inside = unscored(self._pages_of(documents))
        asked = together([(Occur.Must, inside), (Occur.Must, any_of(queries))], self.translator.ranking(any_word))
        return self._grouped(self.searcher.search(asked, limit, count=False).hits)

    def _pages_of(self, documents: Sequence[int]) -> Query:
        """A set is walked over the whole index first, which for the documents of one result page is the dearer way."""
        if len(documents) > _FEW_DOCUMENTS:
            return Query.term_set_query(self.translator.schema, "document", list(documents))
        return any_of([self.translator.term("document", number) for number in documents])

    def _grouped(self, hits: list[tuple[float, tantivy.DocAddress]]) -> dict[int, list[PageHit]]:
        addresses = [at for _, at in hits]
        documents = self.searcher.fast_field_values("document", addresses)
        numbers = self.searcher.fast_field_values("number", addresses)
        found: dict[int, list[PageHit]] = {}
        for (score, _), document, number in zip(hits, documents, numbers, strict=True):
            found.setdefault(int(document or 0), []).append(PageHit(int(number or 0), score))
        for pages in found.values():
            pages.sort(key=lambda hit: (-hit.score, hit.number))
        return found


def _page_reading(reading: Reading) -> Reading:
    """A page need not hold all words: they may stand on different pages of the document."""
    return reading if reading is Reading.EXACT else Reading.ANY
