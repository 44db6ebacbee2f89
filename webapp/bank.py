"""What one web process holds open: record, originals and engine, each opened when first asked for."""

from __future__ import annotations

import os
from collections.abc import Callable
from threading import RLock
from typing import TypeVar, cast

from flask import current_app

from catalog.database import Database, open_database
from catalog.originals import Originals, open_originals
from indexer import SearchEngine
from settings import Settings
from workers.index_place import open_index

T = TypeVar("T")


class Bank:
    """Opens lazily and anew in each process: connections and index readers must not be carried over a fork."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = RLock()
        self._process = os.getpid()
        self._opened: dict[str, object] = {}

    @property
    def database(self) -> Database:
        return self._once("database", lambda: open_database(self.settings.database_url))

    @property
    def originals(self) -> Originals:
        return self._once("originals", lambda: open_originals(self.settings.originals_url))

    @property
    def engine(self) -> SearchEngine:
        """Raises IndexOutdated or EngineUnavailable, and tries again when asked the next time."""
        return self._once("engine", lambda: open_index(self.settings))

    def close(self) -> None:
        """Lets go of everything that this process has opened; asking again opens again."""
        with self._lock:
            opened, self._opened = self._opened, {}
        if "engine" in opened:
            cast("SearchEngine", opened["engine"]).close()
        if "database" in opened:
            cast("Database", opened["database"]).dispose()

    def _once(self, name: str, opener: Callable[[], T]) -> T:
        with self._lock:
            if self._process != os.getpid():
                self._process, self._opened = os.getpid(), {}
            if name not in self._opened:
                self._opened[name] = opener()
            return cast("T", self._opened[name])


def bank() -> Bank:
    """The bank of the application that serves this request."""
    return cast("Bank", current_app.extensions["bank"])
