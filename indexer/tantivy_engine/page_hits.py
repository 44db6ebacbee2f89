"""Which pages of some documents hold the question's words, and which of the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import tantivy
from tantivy import Occur, Query

from indexer.question import Question
from indexer.search_query import Reading
from indexer.search_result import PageHit
from indexer.tantivy_engine.translate import Translator, any_of, together, unscored

_WORDS_AT_ONCE = 20  # a score is a 32-bit float: it holds whole numbers up to 2²⁴
_FEW_DOCUMENTS = 300

Address = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PageFinder:
    searcher: tantivy.Searcher
    translator: Translator

    def find(self, question: Question, documents: Sequence[int], limit: int) -> dict[int, list[PageHit]]:
        """At most `limit` pages, best first; ties by number."""
        on_pages = question.on_pages
        if not on_pages or not documents:
            return {}
        clauses = tuple(clause for _, clause in on_pages)
        any_word = replace(question, clauses=clauses, reading=_page_reading(question.reading))
        queries = [self.translator.unit(clause.unit, any_word.reading) for clause in clauses]
        inside = unscored(self._pages_of(documents))
        asked = together([(Occur.Must, inside), (Occur.Must, any_of(queries))], self.translator.ranking(any_word))
        hits = self.searcher.search(asked, limit, count=False).hits
        masks = self._masks([number for number, _ in on_pages], queries, inside)
        return self._grouped(hits, masks)

    def _pages_of(self, documents: Sequence[int]) -> Query:
        """A set is walked over the whole index first, which for the documents of one result page is the dearer way."""
        if len(documents) > _FEW_DOCUMENTS:
            return Query.term_set_query(self.translator.schema, "document", list(documents))
        return any_of([self.translator.term("document", number) for number in documents])

    def _masks(self, numbers: list[int], queries: list[Query], inside: Query) -> dict[Address, int]:
        """Which words stand on each page: a search in which the i-th word scores 2^i, so that the sum tells all."""
        masks: dict[Address, int] = {}
        most = max(1, self.searcher.num_docs)
        for first in range(0, len(queries), _WORDS_AT_ONCE):
            some = queries[first : first + _WORDS_AT_ONCE]
            powers = [Query.const_score_query(query, float(1 << i)) for i, query in enumerate(some)]
            asked = Query.boolean_query([(Occur.Must, inside), (Occur.Must, any_of(powers))])
            for score, at in self.searcher.search(asked, most, count=False).hits:
                address = at.segment_ord, at.doc
                masks[address] = masks.get(address, 0) | _mask(int(score), numbers[first:])
        return masks

    def _grouped(
        self, hits: list[tuple[float, tantivy.DocAddress]], masks: dict[Address, int]
    ) -> dict[int, list[PageHit]]:
        addresses = [at for _, at in hits]
        documents = self.searcher.fast_field_values("document", addresses)
        numbers = self.searcher.fast_field_values("number", addresses)
        found: dict[int, list[PageHit]] = {}
        for (score, at), document, number in zip(hits, documents, numbers, strict=True):
            hit = PageHit(int(number or 0), score, masks.get((at.segment_ord, at.doc), 0))
            found.setdefault(int(document or 0), []).append(hit)
        for pages in found.values():
            pages.sort(key=lambda hit: (-hit.score, hit.number))
        return found


def _page_reading(reading: Reading) -> Reading:
    """A page need not hold all words: they may stand on different pages of the document."""
    return reading if reading is Reading.EXACT else Reading.ANY


def _mask(powers: int, numbers: list[int]) -> int:
    return sum(1 << numbers[i] for i in range(powers.bit_length()) if powers >> i & 1)
