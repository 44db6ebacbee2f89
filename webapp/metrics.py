"""What the processes that serve pages count for Prometheus. Each writes to its files; commands/metrics.py adds them up.

Imported only where KB_METRICS_ADDRESS is given. No label holds anything of a reader or of a question.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, Response, request
from prometheus_client import Counter, Histogram

from indexer import SearchEngine, SearchError, TooDeep
from webapp.engine_door import EngineDoor

SECONDS = (0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)

search_seconds = Histogram(
    "kunskapsbanken_search_duration_seconds",
    "Time of one call to the search engine.",
    ("engine", "call"),
    buckets=SECONDS,
)
search_failures = Counter(
    "kunskapsbanken_search_failures", "Calls that the search engine did not answer.", ("engine", "error")
)
responses = Counter("kunskapsbanken_http_responses", "Answers to readers and programs.", ("status",))


def count_responses(app: Flask) -> None:
    """By status class, such as 2xx; what watches the processes is no reader."""

    @app.after_request
    def count(response: Response) -> Response:
        if request.blueprint != "health":
            responses.labels(f"{response.status_code // 100}xx").inc()
        return response


class MeasuredEngine(EngineDoor):
    """A search engine that tells how long its answers took."""

    def __init__(self, engine: SearchEngine, name: str) -> None:
        super().__init__(engine)
        self._name = name

    @contextmanager
    def around(self, call: str) -> Iterator[None]:
        """A question beyond the stated depth is the reader's mistake, not the engine's."""
        started = time.perf_counter()
        try:
            yield
        except TooDeep:
            raise
        except SearchError as error:
            search_failures.labels(self._name, type(error).__name__).inc()
            raise
        search_seconds.labels(self._name, call).observe(time.perf_counter() - started)
