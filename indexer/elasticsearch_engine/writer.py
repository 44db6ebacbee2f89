"""Writing in batches: gathered while the block runs, sent when it has ended well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from elasticsearch import Elasticsearch

from indexer.elasticsearch_engine.bulk import REQUEST_SECONDS, Action, delete_action, index_action, send
from indexer.elasticsearch_engine.client import plain_errors
from indexer.elasticsearch_engine.generations import Generation
from indexer.elasticsearch_engine.made import entry_document, page_document
from indexer.entry import IndexEntry
from indexer.entry_values import fingerprint_of

ASKED_AT_ONCE: Final = 1_000  # entries whose pages are asked for in one call


@contextmanager
def writing(client: Elasticsearch, generation: Generation) -> Iterator[Batch]:
    """Nothing is sent where the block fails. Several may write at once: versions decide what stays."""
    batch = Batch(client.options(request_timeout=REQUEST_SECONDS), generation)
    yield batch
    batch.commit()


@dataclass(frozen=True, slots=True)
class Removal:
    entry_id: int
    version: int


@dataclass(frozen=True, slots=True)
class WrittenPages:
    """What pages of an entry are in the index: how many, from which number to which, and their fingerprints."""

    count: int = 0
    first: int = 0
    last: int = -1
    marks: frozenset[int] = frozenset()

    @property
    def numbers(self) -> range:
        return range(self.first, self.last + 1)


class Batch:
    """The last word about an entry counts. `refused` is known when the block has ended: the others are in."""

    def __init__(self, client: Elasticsearch, generation: Generation) -> None:
        self._client, self._generation = client, generation
        self._changes: dict[int, IndexEntry | Removal] = {}
        self.refused: dict[int, str] = {}

    def put(self, entry: IndexEntry) -> None:
        self._changes[entry.id] = entry

    def remove(self, entry_id: int, version: int = 0) -> None:
        self._changes[entry_id] = Removal(entry_id, version)

    def commit(self) -> None:
        """Pages first: a stop in between leaves an old entry, whose job still stands; never one without pages."""
        if not self._changes:
            return
        documents, pages = self._generation.documents, self._generation.pages
        self._refresh(pages)  # what a writer that was killed left unseen is seen here
        self._know_versions()
        self.refused |= send(self._client, pages, self._page_actions())
        self._refresh(pages)
        self.refused |= send(self._client, documents, self._entry_actions())
        self._refresh(documents)

    def _refresh(self, index: str) -> None:
        with plain_errors():
            self._client.indices.refresh(index=index)

    def _know_versions(self) -> None:
        """A removal that names no version removes what is there now."""
        unknown = [c.entry_id for c in self._changes.values() if isinstance(c, Removal) and not c.version]
        for some in _portions(unknown):
            with plain_errors():
                found = self._client.mget(index=self._generation.documents, ids=list(map(str, some)), source=False)
            for told in found["docs"]:
                number = int(told["_id"])
                self._changes[number] = Removal(number, int(told.get("_version", 0)))

    def _page_actions(self) -> Iterator[Action]:
        for some in _portions(self._changes):
            written = self._written_pages(some)
            for number in some:
                pages = self._pages_of(self._changes[number], written.get(number, WrittenPages()))
                yield from self._makeable(number, pages)

    def _makeable(self, number: int, actions: Iterable[Action]) -> list[Action]:
        """None of them where one holds something that cannot be written down: the entry is refused, no other."""
        try:
            return list(actions)
        except (TypeError, ValueError) as error:
            self.refused[number] = f"{type(error).__name__}: {error}"
            return []

    def _pages_of(self, change: IndexEntry | Removal, written: WrittenPages) -> Iterator[Action]:
        """Nothing where the pages are those in the index, for a change of rights rewrites no page."""
        if isinstance(change, Removal):
            for number in written.numbers:
                yield delete_action(change.entry_id, f"{change.entry_id}-{number}", change.version)
            return
        mark = fingerprint_of(change.pages)
        if written.count == len(change.pages) and written.marks <= {mark}:
            return
        kept = set()
        for page in change.pages:
            kept.add(page.number)
            made = page_document(change.id, page, mark, self._generation.mapped_pages)
            yield index_action(change.id, f"{change.id}-{page.number}", change.version, made)
        for number in written.numbers:
            if number not in kept:
                yield delete_action(change.id, f"{change.id}-{number}", change.version)

    def _entry_actions(self) -> Iterator[Action]:
        """An entry whose pages were refused stays as it was."""
        for number, change in self._changes.items():
            if number not in self.refused:
                yield from self._makeable(number, self._entry(change))

    def _entry(self, change: IndexEntry | Removal) -> Iterator[Action]:
        if isinstance(change, Removal):
            yield delete_action(change.entry_id, str(change.entry_id), change.version)
            return
        yield index_action(change.id, str(change.id), change.version, entry_document(change, self._generation.mapped))

    def _written_pages(self, documents: list[int]) -> Mapping[int, WrittenPages]:
        aggs = {
            "documents": {
                "terms": {"field": "document", "size": len(documents), "shard_size": len(documents)},
                "aggs": {"numbers": {"stats": {"field": "number"}}, "marks": {"stats": {"field": "fingerprint"}}},
            }
        }
        with plain_errors():
            query = {"terms": {"document": documents}}
            found = self._client.search(index=self._generation.pages, query=query, size=0, aggs=aggs)
        return {bucket["key"]: _written(bucket) for bucket in found["aggregations"]["documents"]["buckets"]}


def _written(bucket: dict[str, Any]) -> WrittenPages:
    numbers, marks = bucket["numbers"], bucket["marks"]
    return WrittenPages(
        count=int(bucket["doc_count"]),
        first=int(numbers["min"]),
        last=int(numbers["max"]),
        marks=frozenset({int(marks["min"]), int(marks["max"])}),
    )


def _portions(numbers: Iterable[int]) -> Iterator[list[int]]:
    left = iter(numbers)
    while some := list(islice(left, ASKED_AT_ONCE)):
        yield some
