"""Signals as values: what came while nobody looked is still there when somebody waits."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP})
WATCHED = frozenset({*ENDING, signal.SIGCHLD})


class Told:
    """Python's wake-up pipe, read where it suits; works on every Unix."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe

    def wait(self, seconds: float) -> set[int]:
        """The numbers of the signals that came, at the latest after so many seconds."""
        if not select.select([self._pipe], [], [], seconds)[0]:
            return set()
        return set(os.read(self._pipe, 4096))


@contextmanager
def told_of_signals() -> Iterator[Told]:
    """Takes the watched signals over for the time of the block; main thread only."""
    pipe, pipe_in = os.pipe()
    os.set_blocking(pipe_in, False)
    before = {number: signal.signal(number, _only_wake) for number in WATCHED}
    signal.set_wakeup_fd(pipe_in, warn_on_full_buffer=False)
    try:
        yield Told(pipe)
    finally:
        signal.set_wakeup_fd(-1)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(pipe)
        os.close(pipe_in)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Holds the watched signals back: one for a child that is just being born must not be taken for the parent's."""
    signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, WATCHED)


def forget_parents_signals() -> None:
    """In a forked child: the defaults again, and no word into the parent's pipe."""
    signal.set_wakeup_fd(-1)
    for number in WATCHED:
        signal.signal(number, signal.SIG_DFL)


def _only_wake(_number: int, _frame: FrameType | None) -> None:
    """The wake-up pipe has the number already."""
