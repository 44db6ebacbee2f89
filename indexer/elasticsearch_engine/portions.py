"""Long lists in portions, all of one moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from elasticsearch import Elasticsearch

from indexer.elasticsearch_engine.client import plain_errors
from indexer.elasticsearch_engine.generations import Generation

PORTION: Final = 10_000  # hits of one call
_KEPT_VIEW: Final = "2m"  # from one portion to the next


@dataclass(frozen=True, slots=True)
class Portions:
    """What a walk asks, in as many calls as it takes; all of the entries are of one moment."""

    client: Elasticsearch
    generation: Generation

    def portions(self, body: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
        with plain_errors():
            view = self.client.open_point_in_time(index=self.generation.documents, keep_alive=_KEPT_VIEW)["id"]
            try:
                after: dict[str, Any] = {}
                while hits := self._portion(view, {**body, **after}):
                    yield hits
                    after = {"search_after": hits[-1]["sort"]}
            finally:
                self.client.close_point_in_time(id=view)

    def pages(self, body: dict[str, Any]) -> dict[str, Any]:
        with plain_errors():
            found: dict[str, Any] = self.client.search(index=self.generation.pages, **body).body
        return found

    def _portion(self, view: str, body: dict[str, Any]) -> list[dict[str, Any]]:
        found = self.client.search(pit={"id": view, "keep_alive": _KEPT_VIEW}, size=PORTION, **body)
        hits: list[dict[str, Any]] = found["hits"]["hits"]
        return hits
