"""Nobody waits for an engine that has just let somebody wait in vain.

Else readers who search while it is silent take all threads, each for as long as a search may take, and behind them
wait those who read pages that need no search.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Lock

from indexer import EngineUnavailable, SearchEngine
from webapp.engine_door import EngineDoor

SLOW_SECONDS = 1.0  # a failure that took longer has cost a reader's time; a quick one costs nothing
REST_SECONDS = 5.0  # so much later than the engine is search back, at most


class Patience:
    """What one process knows of its engine: well, resting, or asked again by one after its rest."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._rests_until: float | None = None  # None: it is well
        self._is_probed = False

    def look(self) -> None:
        """Raises EngineUnavailable where `asking` would."""
        with self._lock:
            self._refuse_while_resting()

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Stands around a question. Raises EngineUnavailable at once while the engine rests or is asked again."""
        with self._lock:
            self._refuse_while_resting()
            probes = self._is_probed = self._rests_until is not None
        started, slow = time.monotonic(), False
        try:
            yield
        except EngineUnavailable:
            slow = time.monotonic() - started > SLOW_SECONDS
            raise
        finally:
            with self._lock:
                self._rests_until = time.monotonic() + REST_SECONDS if slow else None
                self._is_probed = self._is_probed and not probes

    def _refuse_while_resting(self) -> None:
        if self._rests_until is not None and (self._is_probed or time.monotonic() < self._rests_until):
            raise EngineUnavailable("The engine has just not answered in time; it is asked again in some seconds.")


class PatientEngine(EngineDoor):
    """Asked only while it answers."""

    def __init__(self, engine: SearchEngine, patience: Patience) -> None:
        super().__init__(engine)
        self._patience = patience

    def around(self, call: str) -> AbstractContextManager[None]:  # noqa: ARG002 - all are alike
        return self._patience.asking()
