"""Which request a piece of work goes back to: told by every promise and every line of the log, across processes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LONGEST_REQUEST_ID = 64

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """The id of the request that this thread works for; empty where no person asked."""
    return _request_id.get()


@contextmanager
def working_for(request: str) -> Iterator[None]:
    """What is promised and logged within the block belongs to the request of this id."""
    before = _request_id.set(request)
    try:
        yield
    finally:
        _request_id.reset(before)
