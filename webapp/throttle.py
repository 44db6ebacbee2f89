"""Gently slows down those who guess passwords; a person who mistypes a few times notices nothing."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

MOST_KEYS = 10_000  # forgotten oldest first, so that a flood of names fills no memory
FORGOTTEN_AFTER = 15 * 60.0  # seconds without a new failure
LONGEST_WAIT = 300.0  # seconds


class Throttle:
    """Counts failures by key. After `free` failures each new one doubles the wait, from two seconds up.

    One web process counts for itself: with two processes a guesser has twice the tries, which is still few.
    """

    def __init__(self, free: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._free, self._clock, self._lock = free, clock, Lock()
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def wait(self, key: str) -> float:
        """Seconds until the next try is allowed; 0 where it is now."""
        with self._lock:
            count, last = self._failures.get(key, (0, 0.0))
            if count < self._free:
                return 0.0
            pause = min(LONGEST_WAIT, 2.0 ** (count - self._free + 1))
            return max(0.0, last + pause - self._clock())

    def failed(self, key: str) -> None:
        with self._lock:
            count, last = self._failures.pop(key, (0, 0.0))
            fresh = self._clock() - last < FORGOTTEN_AFTER
            self._failures[key] = ((count if fresh else 0) + 1, self._clock())
            while len(self._failures) > MOST_KEYS:
                self._failures.popitem(last=False)

    def succeeded(self, key: str) -> None:
        with self._lock:
            self._failures.pop(key, None)
