"""Locks between processes; the system lets them go when their holder dies."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import IndexBusy


@contextmanager
def writers_lock(root: Path, *, wait: bool = False) -> Iterator[None]:
    """Held by one process at a time, for all generations; raises IndexBusy unless it is to wait."""
    with _locked(root / "writer.lock", wait=wait):
        yield


@contextmanager
def makers_lock(root: Path) -> Iterator[None]:
    """Waited for by who makes, switches or drops a generation."""
    with _locked(root / "opening.lock", wait=True):
        yield


@contextmanager
def _locked(path: Path, *, wait: bool) -> Iterator[None]:
    with path.open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise IndexBusy("Another process writes to the index; try again in a moment.") from error
        yield
