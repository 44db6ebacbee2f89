"""The door to search. Nothing here speaks the language of one engine; `tests/contract` holds every engine to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from indexer.entry import IndexEntry
from indexer.errors import EngineUnavailable
from indexer.search_query import SearchQuery
from indexer.search_result import PageHit, SearchResult


class WriteBatch(Protocol):
    """Changes that become visible together when the `with` block ends well, and not at all when it fails."""

    def put(self, entry: IndexEntry) -> None:
        """Replaces the entry and all pages of the same id."""

    def remove(self, entry_id: int) -> None:
        """Takes away the entry and its pages; harmless where there is none."""


class SearchEngine(Protocol):
    """An index that can be searched and written. Instances are safe to share between threads, never across a fork."""

    def search(self, query: SearchQuery) -> SearchResult:
        """Answers a question; raises TooDeep, EngineUnavailable."""

    def page_hits(self, query: SearchQuery, documents: Sequence[int], limit: int = 5000) -> Mapping[int, list[PageHit]]:
        """Pages that hold words of the question, best first, by document id.

        The caller has let these documents through already: by `search`, or by a check in the record.
        """

    def writing(self) -> AbstractContextManager[WriteBatch]:
        """Opens the one writer; raises IndexBusy where another process holds it."""

    def entries(self) -> Iterator[tuple[int, str, int]]:
        """(id, kind, version) of every entry, for the sweep to compare with the record."""

    def page_counts(self, documents: Iterable[int] | None = None) -> Mapping[int, int]:
        """Pages in the index by document id; of all documents where none are named."""

    def close(self) -> None:
        """Lets go of files and threads."""


def open_engine(name: str, location: Path | str) -> SearchEngine:
    """Opens the engine `name` ("tantivy": location is a folder, made where missing).

    Raises IndexOutdated where the index there was built by another mapping or analysis.
    """
    if name == "tantivy":
        from indexer.tantivy_engine.engine import TantivyEngine

        return TantivyEngine(Path(location))
    raise EngineUnavailable(f"There is no search engine named {name!r}.")
