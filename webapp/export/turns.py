"""How many hit lists one process writes at a time: those who search must not wait for those who take everything."""

from __future__ import annotations

from collections.abc import Callable
from threading import BoundedSemaphore, Lock

MOST_AT_ONCE = 2  # of the four threads of a process


class TooManyExports(Exception):
    """All turns are taken; one is free again within a minute or so."""


class Turns:
    def __init__(self, most: int = MOST_AT_ONCE) -> None:
        self._free = BoundedSemaphore(most)

    def take(self) -> Callable[[], None]:
        """Gives what ends the turn; calling it again does nothing. Raises TooManyExports at once, nobody queues."""
        if not self._free.acquire(blocking=False):
            raise TooManyExports
        return _Once(self._free.release)


class _Once:
    """A response may be closed by more than one of those that it passes."""

    def __init__(self, act: Callable[[], None]) -> None:
        self._act, self._lock, self._done = act, Lock(), False

    def __call__(self) -> None:
        with self._lock:
            done, self._done = self._done, True
        if not done:
            self._act()
