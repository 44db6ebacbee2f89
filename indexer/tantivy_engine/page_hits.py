"""Which pages of some documents hold the question's words, best first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from typing import Any

import tantivy
from tantivy import Query

from indexer.finding import on_page
from indexer.questions import Question
from indexer.search_result import PageHit
from indexer.tantivy_engine.translate import Translator, any_of, unscored, within

_FEW_DOCUMENTS = 300
_FIRST_PAGES = 1_000  # among which the best of each of some hundred documents most often stands


@dataclass(frozen=True, slots=True)
class Looked:
    """Pages of some documents that hold words of a question, best first, each with the document that it is of.

    whole: these are all.
    """

    searcher: tantivy.Searcher
    documents: frozenset[int]
    hits: list[tuple[float, tantivy.DocAddress]]
    owners: list[int]
    whole: bool

    def best(self) -> dict[int, float]:
        """Score of each document's best page; those with none of the words on a page are left out."""
        scores = (score for score, _ in reversed(self.hits))
        return dict(zip(reversed(self.owners), scores, strict=True))  # the first stays

    def by_document(self, documents: Iterable[int]) -> dict[int, list[PageHit]]:
        """Of those among these documents; ties by number."""
        found: dict[int, list[PageHit]] = {document: [] for document in documents}
        places = list(compress(range(len(self.owners)), map(found.__contains__, self.owners)))
        numbers: Any = self.searcher.fast_field_values("number", [self.hits[place][1] for place in places])
        for place, number in zip(places, numbers, strict=True):
            found[self.owners[place]].append(PageHit(number, self.hits[place][0]))
        for pages in found.values():
            pages.sort(key=lambda hit: (-hit.score, hit.number))
        return found


@dataclass(frozen=True)
class PageFinder:
    """Of one question."""

    searcher: tantivy.Searcher
    translator: Translator
    question: Question

    def find(
        self, documents: Sequence[int], limit: int = 5000, looked: Looked | None = None
    ) -> dict[int, list[PageHit]]:
        """At most `limit` pages, best first; ties by number. Those that were looked at are not asked for again."""
        seen = looked.documents.intersection(documents) if looked and looked.whole else frozenset()
        others = self._look([document for document in documents if document not in seen], limit)
        found = others.by_document(others.owners)
        if looked and seen:
            found |= {document: pages for document, pages in looked.by_document(seen).items() if pages}
        return found

    def best(self, documents: Sequence[int]) -> Looked:
        """As many pages as hold the best of each document that has any, most often all."""
        limit = _FIRST_PAGES
        while True:
            looked = self._look(documents, limit)
            if looked.whole or len(set(looked.owners)) == len(documents):
                return looked
            limit *= 8

    def _look(self, documents: Sequence[int], limit: int) -> Looked:
        asked = self._of(documents)
        hits = self.searcher.search(asked, limit, count=False).hits if asked else []
        owners: Any = self.searcher.fast_field_values("document", [at for _, at in hits])
        return Looked(self.searcher, frozenset(documents), hits, owners, len(hits) < limit)

    def counts(self, documents: Sequence[int]) -> dict[int, int]:
        """How many pages of each hold a word of the question."""
        asked = self._of(documents)
        if asked is None:
            return {}
        hits = self.searcher.search(unscored(asked), max(1, self.searcher.num_docs), count=False).hits
        owners: Any = self.searcher.fast_field_values("document", [at for _, at in hits])
        return dict(Counter(owners))

    def _of(self, documents: Sequence[int]) -> Query | None:
        return within([self._pages_of(documents)], self._pages) if documents and self._pages else None

    @cached_property
    def _pages(self) -> Query | None:
        """Of all documents; None where the question asks for nothing that stands on pages."""
        wanted = on_page(self.question, self.translator.mapped)
        if wanted is None:
            return None
        found = self.translator.required([self.translator.condition(wanted)])
        return self.translator.ranked(found, self.question.of_pages)

    def _pages_of(self, documents: Sequence[int]) -> Query:
        """A set is walked over the whole index first, which for the documents of one result page is the dearer way."""
        if len(documents) > _FEW_DOCUMENTS:
            return Query.term_set_query(self.translator.schema, "document", list(documents))
        return any_of([self.translator.term("document", number) for number in documents])
