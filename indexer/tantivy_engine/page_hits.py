"""Which pages of some documents hold the question's words, best first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import tantivy
from tantivy import Query

from indexer.finding import on_page
from indexer.question import Question
from indexer.search_result import PageHit
from indexer.tantivy_engine.translate import Translator, any_of, unscored, within

_FEW_DOCUMENTS = 300
_FIRST_PAGES = 1_000  # among which the best of each of some hundred documents most often stands


@dataclass(frozen=True, slots=True)
class PageFinder:
    searcher: tantivy.Searcher
    translator: Translator

    def find(self, question: Question, documents: Sequence[int], limit: int) -> dict[int, list[PageHit]]:
        """At most `limit` pages, best first; ties by number."""
        asked = self._query(question, documents)
        return self._grouped(self.searcher.search(asked, limit, count=False).hits) if asked else {}

    def best(self, question: Question, documents: Sequence[int]) -> dict[int, float]:
        """Score of each document's best page; those with none of the words on a page are left out."""
        asked, limit = self._query(question, documents), _FIRST_PAGES
        found: dict[int, float] = {}
        while asked:
            hits = self.searcher.search(asked, limit, count=False).hits
            owners: Any = self.searcher.fast_field_values("document", [at for _, at in hits])
            found = dict(zip(reversed(owners), (score for score, _ in reversed(hits)), strict=True))  # the first stays
            if len(hits) < limit or len(found) == len(documents):
                break
            limit *= 8
        return found

    def counts(self, question: Question, documents: Sequence[int]) -> dict[int, int]:
        """How many pages of each hold a word of the question."""
        asked = self._query(question, documents)
        if asked is None:
            return {}
        hits = self.searcher.search(unscored(asked), max(1, self.searcher.num_docs), count=False).hits
        owners: Any = self.searcher.fast_field_values("document", [at for _, at in hits])
        return dict(Counter(owners))

    def _query(self, question: Question, documents: Sequence[int]) -> Query | None:
        wanted = on_page(question, self.translator.mapped)
        if wanted is None or not documents:
            return None
        pages = self.translator.ranked(self.translator.required([self.translator.condition(wanted)]), question.of_pages)
        return within([self._pages_of(documents)], pages)

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
