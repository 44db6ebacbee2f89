"""The pairs of indices that one bank has, and the aliases by which searches see one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from elasticsearch import ApiError, Elasticsearch, NotFoundError

from indexer import fields
from indexer.elasticsearch_engine.client import plain_errors
from indexer.errors import EngineUnavailable, SearchError
from indexer.fields import Mapped, read_mapping
from indexer.fingerprints import fingerprint

FORMAT: Final = "elasticsearch 9, layout 1"
PARTS: Final = ("documents", "pages")
MOST_WINDOWED: Final = 50_000  # how far into a list one may reach: all projects that are counted one by one, and a page
_SETTINGS: Final[dict[str, Any]] = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "refresh_interval": "-1",  # a batch is seen when it is whole, never by the clock
    "max_result_window": MOST_WINDOWED,
    "gc_deletes": "1h",  # how long a removal is remembered, so that a late message does not bring the entry back
}
_FIRST: Final = 1
_BACKGROUND_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class Generation:
    """One pair of indices as a search sees it. `documents` and `pages` are the names to search and write by."""

    name: str
    documents: str
    pages: str
    mapped: Mapped
    mapped_pages: Mapped


@dataclass(frozen=True, slots=True)
class ElasticsearchGenerations:
    """Indices are called PREFIX-documents-GENERATION and PREFIX-pages-GENERATION.

    Beside the aliases PREFIX-documents and PREFIX-pages the live pair has PREFIX-documents-live-GENERATION and
    PREFIX-pages-live-GENERATION. A search goes by these: when another generation goes live they are gone in the same
    step, so that no search is answered half by the one and half by the other.
    """

    client: Elasticsearch
    prefix: str

    def live(self) -> str:
        """The generation that searches see; "" where there is none yet."""
        with plain_errors():
            try:
                found: Any = self.client.indices.get_alias(name=f"{self.prefix}-documents")
            except NotFoundError:
                return ""
        return max((self._generation(index) for index in found), key=_age, default="")

    def names(self) -> list[str]:
        """All that exist, oldest first."""
        with plain_errors():
            found = self.client.indices.get(index=f"{self.prefix}-documents-*", filter_path="*.aliases")
        return sorted(filter(None, map(self._generation, found)), key=_age)

    def built_for(self, name: str) -> dict[str, str]:
        built_for: dict[str, str] = self._kept(name, "documents")["built_for"]
        return built_for

    def make(self) -> str:
        """A new empty pair for today's mapping and analysis."""
        number = max(map(_age, self.names()), default=_FIRST - 1) + 1
        while not self._create(str(number)):
            number += 1
        return str(number)

    def switch(self, name: str) -> None:
        """One step for all searches; harmless when repeated. Raises IndexGone where there is no such generation."""
        actions: list[dict[str, Any]] = []
        for part in PARTS:
            for old in self.names():
                if old != name:
                    aliases = [f"{self.prefix}-{part}", f"{self.prefix}-{part}-live-{old}"]
                    remove = {"index": self._index(part, old), "aliases": aliases, "must_exist": False}
                    actions.append({"remove": remove})
            aliases = [f"{self.prefix}-{part}", f"{self.prefix}-{part}-live-{name}"]
            actions.append({"add": {"index": self._index(part, name), "aliases": aliases}})
        with plain_errors():
            self._patient().indices.update_aliases(actions=actions)

    def bytes(self, name: str) -> int:
        """Of both indices' primary shards."""
        indices = [self._index(part, name) for part in PARTS]
        with plain_errors():
            try:
                told = self.client.indices.stats(index=indices, metric="store")
            except NotFoundError:
                return 0
        return int(told["_all"]["primaries"].get("store", {}).get("size_in_bytes", 0))

    def drop(self, name: str) -> None:
        """Harmless where it is gone; raises SearchError for the live one."""
        if name == self.live():
            raise SearchError(f"Generation {name} is the live one; it cannot be dropped.")
        with plain_errors():
            indices = [self._index(part, name) for part in PARTS]
            self._patient().indices.delete(index=indices, ignore_unavailable=True)

    def opened(self, name: str) -> Generation:
        """This generation, by aliases that it always has: writing to an index's own name would make it anew."""
        return self._read(name, f"{self.prefix}-documents-only-{name}", f"{self.prefix}-pages-only-{name}")

    def opened_live(self) -> Generation:
        """The live generation, by aliases that it has only as long as it is live; made where there is none at all."""
        name = self.live() or self._made_first()
        return self._read(name, f"{self.prefix}-documents-live-{name}", f"{self.prefix}-pages-live-{name}")

    def _made_first(self) -> str:
        """Two processes that open a new bank make the same generation."""
        name = (self.names() or [str(_FIRST)])[-1]
        self._create(name)
        self.switch(name)
        return name

    def _read(self, name: str, documents: str, pages: str) -> Generation:
        kept, kept_pages = self._kept(name, "documents"), self._kept(name, "pages")
        if kept["built_for"]["format"] != FORMAT:
            raise EngineUnavailable(f'The index was built for {kept["built_for"]}; run "kunskapsbanken rebuild".')
        return Generation(name, documents, pages, read_mapping(kept["mapping"]), read_mapping(kept_pages["mapping"]))

    def _kept(self, name: str, part: str) -> dict[str, Any]:
        """What the index was made for: the mapping as its file said it, and the fingerprint."""
        index = self._index(part, name)
        with plain_errors():
            found = self.client.indices.get_mapping(index=index)
        meta: dict[str, Any] = found[index]["mappings"].get("_meta", {})
        if "built_for" not in meta:
            raise EngineUnavailable(f"The index {index} was not made by this bank; set KB_ELASTICSEARCH_PREFIX.")
        return meta

    def _create(self, name: str) -> bool:
        """Pages first: where the documents' index is there, so is the other. False where this one exists already."""
        created = False
        for part in reversed(PARTS):
            try:
                self._patient().indices.create(
                    index=self._index(part, name),
                    mappings=_mappings(part),
                    settings=_SETTINGS,
                    aliases={f"{self.prefix}-{part}-only-{name}": {}},
                )
                created = part == "documents"
            except ApiError as error:
                if "resource_already_exists" not in str(error):
                    with plain_errors():
                        raise
        return created

    def _index(self, part: str, name: str) -> str:
        return f"{self.prefix}-{part}-{name}"

    def _generation(self, index: str) -> str:
        """The generation in an index's name; "" where it is not one of ours."""
        found = re.fullmatch(rf"{re.escape(self.prefix)}-documents-(\d+)", index)
        return found[1] if found else ""

    def _patient(self) -> Elasticsearch:
        """For what changes the cluster, which takes longer than a reader would wait for a search."""
        return self.client.options(request_timeout=_BACKGROUND_SECONDS)


def _mappings(part: str) -> dict[str, Any]:
    mapping = fields.mapping(part)
    return {**mapping, "_meta": {"mapping": mapping, "built_for": {"format": FORMAT, **fingerprint()}}}


def _age(name: str) -> int:
    return int(name or 0)
