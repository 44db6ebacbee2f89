"""The engine for many machines: Elasticsearch 9, by its official client."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from threading import Lock
from typing import Any, Final, TypeVar

from indexer.connection import ElasticsearchConnection
from indexer.cross import Axes, Cross, crossed, limits
from indexer.elasticsearch_engine.answer import Answer, found_by
from indexer.elasticsearch_engine.calls import Calls, Patience
from indexer.elasticsearch_engine.client import IndexGone, open_client, plain_errors
from indexer.elasticsearch_engine.crossing import Crossing
from indexer.elasticsearch_engine.explain import explain_body, told_by
from indexer.elasticsearch_engine.generations import ElasticsearchGenerations, Generation
from indexer.elasticsearch_engine.page_hits import pages_body, pages_found
from indexer.elasticsearch_engine.portions import PORTION, Portions
from indexer.elasticsearch_engine.ranked import Lists
from indexer.elasticsearch_engine.similar import similar_body, similar_found
from indexer.elasticsearch_engine.translate import Translator
from indexer.elasticsearch_engine.walking import Walking
from indexer.elasticsearch_engine.word_counts import words_body, words_counted
from indexer.elasticsearch_engine.writer import writing
from indexer.empty_result import empty_result
from indexer.engine import WriteBatch
from indexer.explanation import Explanation
from indexer.likenesses import Alike, Likeness, alike_clauses
from indexer.questions import Question, question_of
from indexer.ranking import ranking
from indexer.search_query import Reading, SearchQuery
from indexer.search_result import PageHit, SearchResult
from indexer.walking import Listed, Walk, walked

T = TypeVar("T")
MOST_PAGES: Final = 10_000  # hits of one call
_BACKGROUND_SECONDS: Final = 60.0


class ElasticsearchEngine:
    """Searches one generation: the live one, following each switch, or the one that is named."""

    def __init__(self, connection: ElasticsearchConnection, generation: str = "") -> None:
        self._connection = connection
        self._client = open_client(connection)
        self._patience = Patience(self._client, connection.timeout)
        self._generations = ElasticsearchGenerations(self._client, connection.prefix)
        self._name, self._lock = generation, Lock()
        self._generation = self._open()

    def search(self, query: SearchQuery) -> SearchResult:
        first = query.first_project
        asked = question_of(query)
        if not query.audience:
            return empty_result(asked)

        def answered(generation: Generation, calls: Calls) -> SearchResult:
            make, make_pages = Translator(generation.mapped), Translator(generation.mapped_pages)
            return Answer(make, make_pages, query, calls.to(generation)).to(asked, first)

        result = self._answered(answered)
        read = replace(query, reading=result.reading)
        return replace(result, page_hits=lambda documents: self.page_hits(read, documents))

    def cross(self, query: SearchQuery, rows: str, columns: str = "", most: int = 0) -> Cross:
        asked, axes = question_of(query), Axes(rows, columns, most)
        if not query.audience:
            return Cross(asked.reading)
        read = self._read(asked, query)

        def answered(generation: Generation, calls: Calls) -> Cross:
            make = Translator(generation.mapped)
            crossing = Crossing(make, axes, found_by(make, query, read), calls.to(generation))
            limited = limits(axes, query, crossing.documents_by_key)
            return crossed(axes, query, read.reading, replace(crossing, limited=limited).tally(), limited)

        return self._answered(answered)

    def walk(self, query: SearchQuery) -> Walk:
        asked = question_of(query)
        if not query.audience:
            return walked(asked.reading, Listed())
        read = self._read(asked, query)

        def answered(generation: Generation, calls: Calls) -> Walk:  # noqa: ARG001 - walks for longer than a search
            make, make_pages = Translator(generation.mapped), Translator(generation.mapped_pages)
            lists = Lists(make, query, read, found_by(make, query, read))
            return walked(read.reading, Walking(lists, make_pages, read, Portions(self._patient, generation)).listed())

        return self._answered(answered)

    def _read(self, asked: Question, query: SearchQuery) -> Question:
        """As a search reads it."""
        if query.reading is not Reading.AUTO:
            return asked.read_as(asked.readable_as(query.reading))
        return asked.read_as(self.search(replace(query, page=1, projects_a_page=1)).reading)

    def page_hits(self, query: SearchQuery, documents: Sequence[int], limit: int = 5000) -> Mapping[int, list[PageHit]]:
        asked = question_of(query)

        def answered(generation: Generation, calls: Calls) -> Mapping[int, list[PageHit]]:
            make = Translator(generation.mapped_pages)
            body = pages_body(make, asked, documents, min(limit, MOST_PAGES))
            return pages_found(calls.to(generation)({}, {"pages": body})["pages"]) if body else {}

        return self._answered(answered)

    def explain(self, query: SearchQuery, document_id: int) -> Explanation:
        asked = question_of(query)
        if not query.audience:
            return Explanation()

        def answered(generation: Generation, calls: Calls) -> Explanation:
            make, clauses = Translator(generation.mapped), ranking(asked, generation.mapped)
            body = explain_body(make, clauses, query, document_id)
            return told_by(clauses, calls.to(generation, scores=True)({"explain": body})["explain"])

        return self._answered(answered)

    def similar(self, wanted: Likeness, query: SearchQuery, most: int = 5) -> tuple[Alike, ...]:
        if not query.audience:
            return ()

        def answered(generation: Generation, calls: Calls) -> tuple[Alike, ...]:
            make, clauses = Translator(generation.mapped), alike_clauses(wanted, generation.mapped)
            if not clauses:
                return ()
            body = similar_body(make, clauses, wanted, query, most)
            return similar_found(clauses, calls.to(generation, scores=True)({"similar": body})["similar"])

        return self._answered(answered)

    def word_counts(self, words: Sequence[str], query: SearchQuery) -> Mapping[str, int]:
        asked = list(dict.fromkeys(words))
        if not asked or not query.audience:
            return dict.fromkeys(asked, 0)

        def answered(generation: Generation, calls: Calls) -> Mapping[str, int]:
            body = words_body(Translator(generation.mapped), asked, query)
            return words_counted(asked, calls.to(generation)({"words": body})["words"])

        return self._answered(answered)

    def writing(self) -> AbstractContextManager[WriteBatch]:
        return writing(self._client, self._current)

    def entries(self) -> Iterator[tuple[int, str, int]]:
        after = None
        while after != []:
            hits = self._portion({"sort": [{"id": "asc"}], **({"search_after": after} if after else {})})
            for hit in hits:
                yield hit["sort"][0], hit["fields"]["kind"][0], hit["fields"]["version"][0]
            after = hits[-1]["sort"] if hits else []

    def page_counts(self, documents: Iterable[int] | None = None) -> Mapping[int, int]:
        """Walks over all of them, however many there are."""
        query = {"match_all": {}} if documents is None else {"terms": {"document": list(documents)}}
        counts: dict[int, int] = {}
        composite: dict[str, Any] = {"size": PORTION, "sources": [{"document": {"terms": {"field": "document"}}}]}
        while True:
            with plain_errors():
                found = self._patient.search(
                    index=self._current.pages, query=query, size=0, aggs={"documents": {"composite": composite}}
                )["aggregations"]["documents"]
            counts |= {bucket["key"]["document"]: int(bucket["doc_count"]) for bucket in found["buckets"]}
            if "after_key" not in found:
                return counts
            composite["after"] = found["after_key"]

    def close(self) -> None:
        self._client.close()

    @property
    def _patient(self) -> Any:
        return self._client.options(request_timeout=_BACKGROUND_SECONDS)

    @property
    def _current(self) -> Generation:
        """The generation that is live now, for what does not come through `_answered`."""
        if not self._name and self._generations.live() != self._generation.name:
            self._reopen(self._generation)
        return self._generation

    def _portion(self, asked: dict[str, Any]) -> list[dict[str, Any]]:
        with plain_errors():
            found = self._patient.search(
                index=self._current.documents,
                size=PORTION,
                stored_fields="_none_",
                docvalue_fields=["kind", "version"],
                **asked,
            )
        hits: list[dict[str, Any]] = found["hits"]["hits"]
        return hits

    def _answered(self, answer: Callable[[Generation, Calls], T]) -> T:
        """Once more from the start where another generation has gone live meanwhile, so that no answer is mixed."""
        generation = self._generation
        try:
            return answer(generation, self._calls())
        except IndexGone:
            self._reopen(generation)
            return answer(self._generation, self._calls())

    def _calls(self) -> Calls:
        return Calls(self._patience, time.monotonic() + self._connection.timeout)

    def _reopen(self, left: Generation) -> None:
        with self._lock:
            if self._generation is left:
                self._generation = self._open()

    def _open(self) -> Generation:
        return self._generations.opened(self._name) if self._name else self._generations.opened_live()
