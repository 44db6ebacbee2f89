"""Bulk requests: by size and count, several at once, tried again where the server is busy, each item's answer read."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from elasticsearch import ApiError, Elasticsearch

from indexer.elasticsearch_engine.client import BUSY, plain_errors
from indexer.errors import EngineUnavailable

MOST_BYTES: Final = 5_000_000
MOST_ACTIONS: Final = 1_000
AT_ONCE: Final = 3
REQUEST_SECONDS: Final = 60.0
ATTEMPTS: Final = 6
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 10.0  # seconds; about 15 s in all before the batch is given back
_CONFLICT: Final = 409
_TOO_LARGE: Final = 413
_NOT_FOUND: Final = 404  # what is to be deleted is gone already
_FIRST_BAD: Final = 300


@dataclass(frozen=True, slots=True)
class Action:
    """One line or two of a bulk body, for the entry `owner`."""

    owner: int
    lines: tuple[bytes, ...]

    @property
    def size(self) -> int:
        return sum(map(len, self.lines)) + len(self.lines)


def index_action(owner: int, key: str, version: int, source: dict[str, Any]) -> Action:
    return Action(owner, (_line({"index": _keyed(key, version)}), _line(source)))


def delete_action(owner: int, key: str, version: int) -> Action:
    return Action(owner, (_line({"delete": _keyed(key, version)}),))


def send(client: Elasticsearch, index: str, actions: Iterable[Action]) -> dict[int, str]:
    """Writes them and gives the reason for each owner that was refused; a newer version there is no refusal.

    Raises EngineUnavailable where the server cannot be reached or stays busy. Written twice is written once.
    """
    sender = _Sender(client.options(request_timeout=REQUEST_SECONDS, retry_on_timeout=False), index)
    refused: dict[int, str] = {}
    chunks = _chunks(actions)
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="bulk") as pool:
        waiting = [pool.submit(sender.send, chunk) for chunk in islice(chunks, AT_ONCE)]
        while waiting:
            refused |= _first_done(waiting)
            waiting += [pool.submit(sender.send, chunk) for chunk in islice(chunks, 1)]
    return refused


def _first_done(waiting: list[Future[dict[int, str]]]) -> dict[int, str]:
    """In the order of sending, so that no more than a few bodies are held at once."""
    try:
        return waiting.pop(0).result()
    except BaseException:
        for one in waiting:
            one.cancel()
        raise


@dataclass(frozen=True, slots=True)
class _Sender:
    client: Elasticsearch
    index: str

    def send(self, actions: list[Action]) -> dict[int, str]:
        """Sends again what met a busy server, after a pause that grows and differs from writer to writer."""
        refused: dict[int, str] = {}
        for attempt in range(ATTEMPTS):
            if attempt:
                time.sleep(pause(attempt))
            answer = self._try(actions)
            if isinstance(answer, list):
                actions, told = _read(actions, answer)
                refused |= told
            elif answer == _TOO_LARGE:
                return refused | self._halved(actions)
            if not actions:
                return refused
        raise EngineUnavailable(f"Elasticsearch stayed too busy to write, {ATTEMPTS} attempts long.")

    def _try(self, actions: list[Action]) -> list[dict[str, Any]] | int:
        """What the server says of each action, or the status by which it took none of them."""
        lines: Any = [line for action in actions for line in action.lines]  # the client takes what is written already
        with plain_errors():
            try:
                answer = self.client.bulk(index=self.index, operations=lines, filter_path=_TOLD, require_alias=True)
            except ApiError as error:
                if error.status_code not in BUSY | {_TOO_LARGE}:
                    raise
                return error.status_code
        items: list[dict[str, Any]] = answer["items"]
        return items

    def _halved(self, actions: list[Action]) -> dict[int, str]:
        """A body larger than the server takes: by halves, until the one that is too large stands alone."""
        if len(actions) == 1:
            return {actions[0].owner: "larger than Elasticsearch takes (http.max_content_length)"}
        middle = len(actions) // 2
        return self.send(actions[:middle]) | self.send(actions[middle:])


_TOLD: Final = "items.*.status,items.*.error"


def pause(attempt: int) -> float:
    """Seconds before attempt number 1, 2, …: doubling, and by chance between half and the whole of it."""
    whole = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0**attempt)
    return whole * random.uniform(0.5, 1.0)  # noqa: S311 - spreads writers in time, hides nothing


def _read(actions: list[Action], items: list[dict[str, Any]]) -> tuple[list[Action], dict[int, str]]:
    """What to send again, and who was refused."""
    again: list[Action] = []
    refused: dict[int, str] = {}
    for action, item in zip(actions, items, strict=True):
        (told,) = item.values()
        status = int(told["status"])
        if status in BUSY:
            again.append(action)
        elif status >= _FIRST_BAD and status not in {_CONFLICT, _NOT_FOUND}:
            refused[action.owner] = _reason(told.get("error", {}))
        elif status == _NOT_FOUND and "error" in told:
            raise EngineUnavailable(f"The index to write to is not there: {_reason(told['error'])}")
    return again, refused


def _reason(error: dict[str, Any]) -> str:
    """What is wrong, then where: the server quotes the value at length in between."""
    causes = [error]
    while "caused_by" in causes[-1]:
        causes.append(causes[-1]["caused_by"])
    return "; ".join(f"{cause.get('reason')!s:.160}" for cause in reversed(causes))


def _chunks(actions: Iterable[Action]) -> Iterator[list[Action]]:
    chunk: list[Action] = []
    size = 0
    for action in actions:
        if chunk and (size + action.size > MOST_BYTES or len(chunk) >= MOST_ACTIONS):
            yield chunk
            chunk, size = [], 0
        chunk.append(action)
        size += action.size
    if chunk:
        yield chunk


def _keyed(key: str, version: int) -> dict[str, Any]:
    """A late message finds a newer version in its place and changes nothing."""
    return {"_id": key, "version": version, "version_type": "external_gte"}


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
