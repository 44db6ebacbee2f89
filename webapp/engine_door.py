"""A search engine with something around each question."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

from indexer import (
    Alike,
    Cross,
    Explanation,
    Likeness,
    PageHit,
    SearchEngine,
    SearchQuery,
    SearchResult,
    Walk,
    WriteBatch,
)


class EngineDoor(ABC):
    """Passes everything on; what a reader waits for goes through `around`."""

    def __init__(self, engine: SearchEngine) -> None:
        self._engine = engine

    @abstractmethod
    def around(self, call: str) -> AbstractContextManager[None]:
        """What stands around a question; `call` is the name of the method."""

    def search(self, query: SearchQuery) -> SearchResult:
        with self.around("search"):
            result = self._engine.search(query)
        return replace(result, page_hits=lambda documents: self._pages_of(result, documents))

    def _pages_of(self, result: SearchResult, documents: Sequence[int]) -> Mapping[int, list[PageHit]]:
        with self.around("page_hits"):
            return result.page_hits(documents)

    def cross(self, query: SearchQuery, rows: str, columns: str = "", most: int = 0) -> Cross:
        with self.around("cross"):
            return self._engine.cross(query, rows, columns, most)

    def walk(self, query: SearchQuery) -> Walk:
        with self.around("walk"):
            return self._engine.walk(query)

    def page_hits(self, query: SearchQuery, documents: Sequence[int], limit: int = 5000) -> Mapping[int, list[PageHit]]:
        with self.around("page_hits"):
            return self._engine.page_hits(query, documents, limit)

    def explain(self, query: SearchQuery, document_id: int) -> Explanation:
        with self.around("explain"):
            return self._engine.explain(query, document_id)

    def similar(self, wanted: Likeness, query: SearchQuery, most: int = 5) -> tuple[Alike, ...]:
        with self.around("similar"):
            return self._engine.similar(wanted, query, most)

    def word_counts(self, words: Sequence[str], query: SearchQuery) -> Mapping[str, int]:
        with self.around("word_counts"):
            return self._engine.word_counts(words, query)

    def writing(self) -> AbstractContextManager[WriteBatch]:
        return self._engine.writing()

    def entries(self) -> Iterator[tuple[int, str, int]]:
        return self._engine.entries()

    def page_counts(self, documents: Iterable[int] | None = None) -> Mapping[int, int]:
        return self._engine.page_counts(documents)

    def close(self) -> None:
        self._engine.close()
