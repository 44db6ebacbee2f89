"""Starts the processes of one machine as children, starts the dead again and stops all together."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from commands.parent_death import die_with_parent
from commands.told import ENDING, Told, forget_parents_signals, told_of_signals, undisturbed

log = logging.getLogger(__name__)

GRACE_SECONDS = 10.0  # from SIGTERM to SIGKILL
SOUND_SECONDS = 5.0  # a child that lived so long starts again at once
LONGEST_PAUSE = 10.0


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of child: `run` is its whole life. `once` is for work that ends by itself."""

    name: str
    run: Callable[[], None]
    once: bool = False


@dataclass(slots=True)
class _Child:
    part: Part
    process: int = 0
    started: float = 0.0
    starts_at: float = 0.0
    pause: float = 0.0

    @property
    def lives(self) -> bool:
        return self.process != 0


class Supervisor:
    """Must be used from the main thread, before any other thread is started: it forks."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._children = [_Child(part) for part in parts]
        self._is_ending = False

    def run(self, on_turn: Callable[[], float]) -> None:
        """Returns when it was told to end and all children, with theirs, are gone.

        `on_turn` is called between events and says in how many seconds it wants its next turn.
        """
        with told_of_signals() as told:
            try:
                while not self._is_ending:
                    pause = min(self._start_due(), on_turn())
                    if told.wait(pause) & ENDING:
                        self.end()
                    self._bury()
            finally:
                self._stop(told)

    def end(self) -> None:
        self._is_ending = True

    def _start_due(self) -> float:
        """Starts what should live; gives the seconds until the next one may start."""
        now = time.monotonic()
        for child in self._children:
            if not child.lives and child.starts_at <= now:
                child.process, child.started = fork(child.part.run), now
        waiting = [child.starts_at - now for child in self._children if not child.lives]
        return max(0.0, min(waiting, default=60.0))

    def _bury(self) -> None:
        """Takes leave of the dead and says when they start again: at once, or later where they die young."""
        with contextlib.suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                self._note_death(*ended)

    def _note_death(self, process: int, status: int) -> None:
        child = next((one for one in self._children if one.process == process), None)
        if child is None:
            return
        _kill_group(process)
        code, child.process = os.waitstatus_to_exitcode(status), 0
        if child.part.once:
            child.starts_at = float("inf")
            return
        lived = time.monotonic() - child.started
        child.pause = 0.0 if lived > SOUND_SECONDS else min(LONGEST_PAUSE, child.pause * 2 or 0.1)
        child.starts_at = time.monotonic() + child.pause
        if not self._is_ending:
            log.warning("%s ended with %s and starts again in %.1f s.", child.part.name, code, child.pause)

    def _stop(self, told: Told) -> None:
        living = [child for child in self._children if child.lives]
        for child in living:
            _send(child.process, signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        self._is_ending = True
        while any(child.lives for child in living) and time.monotonic() < deadline:
            told.wait(0.1)
            self._bury()
        for child in living:
            if child.lives:
                log.warning("%s did not end in %.0f s and is killed.", child.part.name, GRACE_SECONDS)
                _kill_group(child.process)
                os.waitpid(child.process, 0)


def fork(run: Callable[[], None]) -> int:
    """Starts `run` in a child with a process group of its own, which dies with this process; gives its number."""
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    with undisturbed():
        child = os.fork()
        if child:
            return child
        forget_parents_signals()
    code = 1
    try:
        os.setpgid(0, 0)  # Ctrl-C reaches the supervisor only, which then stops its children in order
        die_with_parent(parent)
        run()
        code = 0
    except SystemExit as told:
        code = told.code if isinstance(told.code, int) else int(told.code is not None)
    except BaseException:  # a forked child must never return into its parent's code
        log.exception("A child ended with an error.")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _send(process: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, number)


def _kill_group(process: int) -> None:
    """Grandchildren that outlived their parent go too."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process, signal.SIGKILL)
