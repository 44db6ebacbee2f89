"""What the bank needs and whether it answers, asked in bounded time."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Event, Lock, Thread

from catalog import audience, standing
from indexer import SearchQuery
from webapp.bank import Bank
from workers import queue

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 2.0  # for all parts together; what has not answered by then is missing
FRESH_SECONDS = 1.0  # an answer serves all who ask meanwhile, so that asking often costs the servers nothing


class Readiness:
    """The parts of one bank."""

    PARTS = ("record", "index", "broker", "originals")

    def __init__(self, bank: Bank) -> None:
        asks: tuple[Callable[[], None], ...] = (
            lambda: _ask_record(bank),
            lambda: _ask_index(bank),
            queue.ask_broker,
            lambda: _ask_originals(bank),
        )
        self._looks = {name: Look(name, ask) for name, ask in zip(self.PARTS, asks, strict=True)}

    def missing(self) -> list[str]:
        """Names of the parts that do not answer."""
        until = time.monotonic() + PATIENCE_SECONDS
        for look in self._looks.values():
            look.begin()
        return [name for name, look in self._looks.items() if not look.found(until)]


class Look:
    """Asks one part beside the request; a part that never answers holds one thread, however often it is asked."""

    def __init__(self, name: str, ask: Callable[[], object]) -> None:
        self._name, self._ask = name, ask
        self._lock, self._ended = Lock(), Event()
        self._ended.set()
        self._fresh_until, self._answered = 0.0, False

    def begin(self) -> None:
        with self._lock:
            if not self._ended.is_set() or time.monotonic() < self._fresh_until:
                return
            self._ended.clear()
        Thread(target=self._run, name=f"asks {self._name}", daemon=True).start()

    def found(self, until: float) -> bool:
        """Waits for the answer until that moment of the monotonic clock."""
        return self._ended.wait(max(0.0, until - time.monotonic())) and self._answered

    def _run(self) -> None:
        try:
            self._ask()
            self._answered = True
        except Exception as error:  # noqa: BLE001 - whatever stops it, the part does not answer
            log.warning("The %s does not answer: %s: %s", self._name, type(error).__name__, error)
            self._answered = False
        self._fresh_until = time.monotonic() + FRESH_SECONDS
        self._ended.set()


def _ask_record(bank: Bank) -> None:
    with bank.database.reading() as session:
        standing.answers(session)


def _ask_originals(bank: Bank) -> None:
    bank.originals.check_writable()


def _ask_index(bank: Bank) -> None:
    """A real question, as a visitor without an account asks it."""
    bank.bare_engine.search(SearchQuery(projects_a_page=1).visible_to(audience.of_role(None), 0))
