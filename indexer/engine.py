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


class Generations(Protocol):
    """The generations of one index: one is served, at most one is being built, the one before stays until the next."""

    def live(self) -> str:
        """Name of the generation that searches see; "" where there is none yet."""

    def names(self) -> list[str]:
        """All that exist, oldest first."""

    def built_for(self, name: str) -> dict[str, str]:
        """Fingerprint of format, mapping and analysis it was made for."""

    def make(self) -> str:
        """A new empty generation for today's mapping and analysis; returns its name."""

    def switch(self, name: str) -> None:
        """Searches see this one from now on, in one step; harmless when repeated."""

    def drop(self, name: str) -> None:
        """Takes a generation away, never the live one; harmless where it is gone."""


def open_engine(name: str, location: Path | str, generation: str = "") -> SearchEngine:
    """Opens the engine `name` ("tantivy": location is a folder, made where missing).

    Without a generation it is the live one, made where there is none, and follows switches; with a name it is bound to
    that one. A generation that was built for another mapping is searched and written by its own. Raises
    EngineUnavailable.
    """
    if name == "tantivy":
        from indexer.tantivy_engine.engine import TantivyEngine

        return TantivyEngine(Path(location), generation)
    raise EngineUnavailable(f"There is no search engine named {name!r}.")


def open_generations(name: str, location: Path | str) -> Generations:
    """The generations of the engine `name`; opens nothing yet."""
    if name == "tantivy":
        from indexer.tantivy_engine.generations import TantivyGenerations

        return TantivyGenerations(Path(location))
    raise EngineUnavailable(f"There is no search engine named {name!r}.")


def bytes_of_generation(name: str, location: Path | str, generation: str) -> int:
    """What a generation takes on the disk; 0 where the engine cannot tell."""
    if name == "tantivy":
        from indexer.tantivy_engine.folder import Folder

        return Folder(Path(location) / generation).bytes()
    return 0
