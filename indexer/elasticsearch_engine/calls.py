"""The calls of one answer: a few searches in one request each, and together no longer than a search may take."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from math import ceil
from typing import Any, Final

from elasticsearch import Elasticsearch

from indexer.elasticsearch_engine.answer import Bodies, Call, Told
from indexer.elasticsearch_engine.client import check_item, plain_errors
from indexer.elasticsearch_engine.generations import Generation
from indexer.errors import EngineUnavailable

_STEPS: Final = 8
_UNREAD: Final = "-responses._shards,-responses.hits.hits._index,-responses.hits.hits._score"  # not sent


class Patience:
    """The client by the time that it may wait, in steps: making one with other options takes a millisecond."""

    def __init__(self, client: Elasticsearch, whole: float) -> None:
        self._step = whole / _STEPS
        self._clients = [client.options(request_timeout=self._step * number) for number in range(1, _STEPS + 1)]

    def client(self, seconds: float) -> Elasticsearch:
        """Waits as long as that or one step more; raises EngineUnavailable where no time is left."""
        if seconds <= 0:
            raise EngineUnavailable("Elasticsearch does not answer in time.")
        return self._clients[min(_STEPS, ceil(seconds / self._step)) - 1]


@dataclass(frozen=True, slots=True)
class Calls:
    """All calls of one answer, which together must end by the deadline."""

    patience: Patience
    deadline: float

    def to(self, generation: Generation, *, scores: bool = False) -> Call:
        """`scores`: with what each named clause gave a hit."""
        return partial(self._send, generation, scores=scores)

    def _send(
        self, generation: Generation, documents: Bodies, pages: Bodies | None = None, *, scores: bool = False
    ) -> Told:
        bodies = documents | (pages or {})
        if not bodies:
            return {}
        client = self.patience.client(self.deadline - time.monotonic())
        searches = [
            line
            for name, body in bodies.items()
            for line in (_header(generation.documents if name in documents else generation.pages), body)
        ]
        with plain_errors():
            answer = client.msearch(searches=searches, filter_path=_UNREAD, include_named_queries_score=scores or None)
        return {name: check_item(told) for name, told in zip(bodies, answer["responses"], strict=True)}


def _header(index: str) -> dict[str, Any]:
    """A count with a part of the index missing would be a wrong count."""
    return {"index": index, "allow_partial_search_results": False}
