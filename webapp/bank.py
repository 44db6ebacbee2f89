"""What one web process holds open: record, originals and engine, each opened when first asked for."""

from __future__ import annotations

import os
from collections.abc import Callable
from threading import RLock
from typing import TypeVar, cast

from flask import current_app

from catalog.database import Database, open_database
from catalog.originals import Originals, open_originals
from indexer import Generations, SearchEngine
from settings import Settings
from webapp.patience import Patience, PatientEngine
from workers.index_place import open_index, open_index_generations

T = TypeVar("T")
OPENED = ("database", "originals", "engine", "generations")


class Bank:
    """Opens lazily and anew in each process: connections and index readers must not be carried over a fork."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._locks = {name: RLock() for name in OPENED}  # a silent one holds up no other
        self._patience = Patience()
        self._opened: dict[tuple[int, str], object] = {}

    @property
    def database(self) -> Database:
        return self._once("database", lambda: open_database(self.settings.database_url))

    @property
    def originals(self) -> Originals:
        return self._once("originals", lambda: open_originals(self.settings.originals_url))

    @property
    def engine(self) -> SearchEngine:
        """Raises EngineUnavailable, and tries again when asked the next time."""
        if not self.settings.metrics_port:
            return self.bare_engine
        from webapp.metrics import MeasuredEngine

        return MeasuredEngine(self.bare_engine, self.settings.engine)

    @property
    def bare_engine(self) -> SearchEngine:
        """For the bank's own questions, which no reader waits for; raises as `engine` does."""
        self._patience.look()
        return PatientEngine(self._once("engine", self._open_engine), self._patience)

    @property
    def generations(self) -> Generations:
        return self._once("generations", lambda: open_index_generations(self.settings))

    def close(self) -> None:
        """Lets go of everything that this process has opened; asking again opens again."""
        if engine := self._opened.pop((os.getpid(), "engine"), None):
            cast("SearchEngine", engine).close()
        if database := self._opened.pop((os.getpid(), "database"), None):
            cast("Database", database).dispose()
        self._opened.pop((os.getpid(), "originals"), None)

    def _open_engine(self) -> SearchEngine:
        """Whoever waited meanwhile for the same is not let down a second time."""
        with self._patience.asking():
            return open_index(self.settings)

    def _once(self, name: str, opener: Callable[[], T]) -> T:
        """Kept by process: a child must neither use nor close what its parent opened."""
        place = os.getpid(), name
        with self._locks[name]:
            if place not in self._opened:
                self._opened[place] = opener()
            return cast("T", self._opened[place])


def bank() -> Bank:
    """The bank of the application that serves this request."""
    return cast("Bank", current_app.extensions["bank"])
