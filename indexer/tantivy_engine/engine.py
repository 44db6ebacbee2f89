"""The embedded engine: tantivy in a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import TypeVar

import tantivy
from tantivy import Query

from indexer.cross import Axes, Cross
from indexer.empty_result import empty_result
from indexer.engine import WriteBatch
from indexer.errors import EngineUnavailable
from indexer.explanation import Explanation
from indexer.likenesses import Alike, Likeness
from indexer.questions import Question, question_of
from indexer.search_query import SearchQuery
from indexer.search_result import PageHit, SearchResult
from indexer.tantivy_engine.answer import Answer
from indexer.tantivy_engine.counts import Counter
from indexer.tantivy_engine.explain import explain
from indexer.tantivy_engine.generations import TantivyGenerations
from indexer.tantivy_engine.page_hits import PageFinder
from indexer.tantivy_engine.served import Followed, Served
from indexer.tantivy_engine.similar import similar
from indexer.tantivy_engine.word_counts import word_counts
from indexer.tantivy_engine.writer import writing
from indexer.walking import Listed, Walk, walked

T = TypeVar("T")
_COUNTING_THREADS = 4  # as many searches may be in progress at once; tantivy lets go of the interpreter's lock
KINDS = ("document", "project")


class TantivyEngine:
    """Two indexes in a folder: entries (what is found, counted, filtered) and pages (where the words stand).

    Of the generation that is live at the moment of each call, or of the one named `generation`.
    """

    def __init__(self, root: Path, generation: str = "") -> None:
        self._generations = TantivyGenerations(root)
        if not generation:
            self._generations.make_first()
        self._followed = Followed(self._generations, generation)
        self._followed.now()
        self._beside = ThreadPoolExecutor(_COUNTING_THREADS, thread_name_prefix="counting")

    def search(self, query: SearchQuery) -> SearchResult:
        first = query.first_project
        asked = question_of(query)
        if not query.audience:
            return empty_result(asked)
        return self._of_one(lambda served: self._answer(served, query).to(asked, first))

    def cross(self, query: SearchQuery, rows: str, columns: str = "", most: int = 0) -> Cross:
        asked, axes = question_of(query), Axes(rows, columns, most)
        if not query.audience:
            return Cross(asked.reading)
        return self._of_one(lambda served: self._answer(served, query).crossed(asked, axes))

    def walk(self, query: SearchQuery) -> Walk:
        asked = question_of(query)
        if not query.audience:
            return walked(asked.reading, Listed())
        return self._of_one(lambda served: self._answer(served, query).walked(asked))

    def page_hits(self, query: SearchQuery, documents: Sequence[int], limit: int = 5000) -> Mapping[int, list[PageHit]]:
        asked = question_of(query)
        return self._of_one(lambda served: _page_finder(served)(asked).find(documents, limit))

    def explain(self, query: SearchQuery, document_id: int) -> Explanation:
        asked = question_of(query)
        if not query.audience:
            return Explanation()
        return self._of_one(
            lambda served: explain(served.documents.searcher(), served.translator, asked, query, document_id)
        )

    def similar(self, wanted: Likeness, query: SearchQuery, most: int = 5) -> tuple[Alike, ...]:
        if not query.audience:
            return ()
        return self._of_one(lambda served: similar(served.documents.searcher(), served.translator, wanted, query, most))

    def word_counts(self, words: Sequence[str], query: SearchQuery) -> Mapping[str, int]:
        return self._of_one(lambda served: word_counts(served.documents.searcher(), served.translator, words, query))

    def writing(self) -> AbstractContextManager[WriteBatch]:
        return writing(self._generations.root, lambda: self._followed.now().folder)

    def entries(self) -> Iterator[tuple[int, str, int]]:
        yield from self._of_one(_entries)

    def page_counts(self, documents: Iterable[int] | None = None) -> Mapping[int, int]:
        wanted = None if documents is None else list(documents)
        return self._of_one(lambda served: _page_counts(served, wanted))

    def close(self) -> None:
        """Ends the counting threads; the memory maps go with the object."""
        self._beside.shutdown()

    def _answer(self, served: Served, query: SearchQuery) -> Answer:
        searcher = served.documents.searcher()
        counter = Counter(searcher, served.translator)
        return Answer(searcher, served.translator, counter, _page_finder(served), self._beside, query)

    def _of_one(self, ask: Callable[[Served], T]) -> T:
        """All of an answer comes from one generation; once more, where that was taken away in this very moment."""
        served = self._followed.now()
        try:
            return ask(served)
        except EngineUnavailable:
            if (instead := self._followed.now()) is served:
                raise
            return ask(instead)


def _page_finder(served: Served) -> Callable[[Question], PageFinder]:
    return partial(PageFinder, served.pages.searcher(), served.page_translator)


def _entries(served: Served) -> list[tuple[int, str, int]]:
    searcher, found = served.documents.searcher(), []
    for kind in KINDS:
        hits = searcher.search(served.translator.term("kind", kind), max(1, searcher.num_docs), count=False).hits
        addresses = [address for _, address in hits]
        ids, versions = (searcher.fast_field_values(name, addresses) for name in ("id", "version"))
        found += [(int(i or 0), kind, int(v or 0)) for i, v in zip(ids, versions, strict=True)]
    return found


def _page_counts(served: Served, documents: list[int] | None) -> dict[int, int]:
    searcher = served.pages.searcher()
    wanted = Query.all_query() if documents is None else _any_document(served.page_translator.schema, documents)
    hits = searcher.search(wanted, max(1, searcher.num_docs), count=False).hits
    counts: dict[int, int] = {}
    for document in searcher.fast_field_values("document", [address for _, address in hits]):
        counts[int(document or 0)] = counts.get(int(document or 0), 0) + 1
    return counts


def _any_document(schema: tantivy.Schema, documents: Iterable[int]) -> Query:
    return Query.term_set_query(schema, "document", list(documents))
