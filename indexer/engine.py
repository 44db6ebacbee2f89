"""The door to search. Nothing here speaks the language of one engine; `tests/contract` holds every engine to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from indexer.connection import ElasticsearchConnection
from indexer.cross import Cross
from indexer.entry import IndexEntry
from indexer.errors import EngineUnavailable
from indexer.explanation import Explanation
from indexer.likenesses import Alike, Likeness
from indexer.search_query import SearchQuery
from indexer.search_result import PageHit, SearchResult
from indexer.walking import Walk


class WriteBatch(Protocol):
    """Changes that become visible together when the `with` block ends well, and not at all when it fails."""

    refused: dict[int, str]
    """Entries that the index does not take, each with its reason; known when the block has ended. The others are in."""

    def put(self, entry: IndexEntry) -> None:
        """Replaces the entry and all pages of the same id."""

    def remove(self, entry_id: int, version: int = 0) -> None:
        """Takes away the entry and its pages; harmless where there is none.

        `version` is the record's at the removal, so that an older entry which arrives late does not come back; 0 where
        it is not known.
        """


class SearchEngine(Protocol):
    """An index that can be searched and written. Instances are safe to share between threads, never across a fork."""

    def search(self, query: SearchQuery) -> SearchResult:
        """Answers a question; raises TooDeep, EngineUnavailable."""

    def cross(self, query: SearchQuery, rows: str, columns: str = "", most: int = 0) -> Cross:
        """Cross table of what the question finds, by two facets' field names or "year"; without columns by one.

        most: of each facet only so many keys, those of most documents; 0 for all, which may be thousands.

        Raises ValueError for anything else, and for the same twice.
        """

    def walk(self, query: SearchQuery) -> Walk:
        """Every hit, however many, in the order of the list read from its first page to its end.

        The query's page and its size make no difference. What is written meanwhile does not change it.
        """

    def page_hits(self, query: SearchQuery, documents: Sequence[int], limit: int = 5000) -> Mapping[int, list[PageHit]]:
        """Pages that hold words of the question, best first, by document id.

        The caller has let these documents through already: by `search`, or by a check in the record.
        """

    def explain(self, query: SearchQuery, document_id: int) -> Explanation:
        """What lifted this entry, with each reason's share of the score; empty where query.audience may not see it."""

    def similar(self, wanted: Likeness, query: SearchQuery, most: int = 5) -> tuple[Alike, ...]:
        """The entries that share most with it, best first, of those that the query's audience may see today.

        Of the query only audience and day count.
        """

    def word_counts(self, words: Sequence[str], query: SearchQuery) -> Mapping[str, int]:
        """How many entries that the query's audience may see today hold each word, given in its exact form.

        Of the query only audience and day count: this is the truth about whether a word exists for a person.
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

    def bytes(self, name: str) -> int:
        """What a generation takes on the disk, without copies; 0 where it is gone."""

    def drop(self, name: str) -> None:
        """Takes a generation away, never the live one; harmless where it is gone."""


Location = Path | str | ElasticsearchConnection


def open_engine(name: str, location: Location, generation: str = "") -> SearchEngine:
    """Opens the engine `name`: "tantivy" in a folder, made where missing, or "elasticsearch" at a connection.

    Without a generation it is the live one, made where there is none, and follows switches; with a name it is bound to
    that one. A generation that was built for another mapping is searched and written by its own. Raises
    EngineUnavailable.
    """
    if name == "tantivy" and not isinstance(location, ElasticsearchConnection):
        from indexer.tantivy_engine.engine import TantivyEngine

        return TantivyEngine(Path(location), generation)
    if name == "elasticsearch" and isinstance(location, ElasticsearchConnection):
        from indexer.elasticsearch_engine.engine import ElasticsearchEngine

        return ElasticsearchEngine(location, generation)
    raise EngineUnavailable(f"There is no search engine named {name!r} at {location}.")


def open_generations(name: str, location: Location) -> Generations:
    """The generations of the index of that engine at that place; opens nothing yet."""
    if name == "tantivy" and not isinstance(location, ElasticsearchConnection):
        from indexer.tantivy_engine.generations import TantivyGenerations

        return TantivyGenerations(Path(location))
    if name == "elasticsearch" and isinstance(location, ElasticsearchConnection):
        from indexer.elasticsearch_engine.client import open_client
        from indexer.elasticsearch_engine.generations import ElasticsearchGenerations

        return ElasticsearchGenerations(open_client(location), location.prefix)
    raise EngineUnavailable(f"There is no search engine named {name!r} at {location}.")
