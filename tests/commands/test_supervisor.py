"""The supervisor alone, with parts that do nothing but live and die."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import psutil

from commands.supervisor import Part, Supervisor, fork
from tests.journeys.serving import is_running, until


def rest() -> None:
    while True:
        signal.pause()


def note_and_rest(folder: Path) -> None:
    (folder / str(os.getpid())).touch()
    rest()


def with_grandchild(folder: Path) -> None:
    if os.fork() == 0:
        note_and_rest(folder)
    note_and_rest(folder)


def note_and_end(folder: Path) -> None:
    (folder / str(os.getpid())).touch()


def numbers(folder: Path) -> list[int]:
    return [int(path.name) for path in folder.iterdir()]


def supervised(parts: list[Part]) -> psutil.Process:
    """A supervisor in a process of its own."""
    return psutil.Process(fork(lambda: Supervisor(parts).run(lambda: 60.0)))


def ended(supervisor: psutil.Process) -> int | None:
    return supervisor.wait(timeout=20)


def alive(folder: Path, count: int) -> Callable[[], list[int]]:
    def look() -> list[int]:
        living = [one for one in numbers(folder) if psutil.pid_exists(one) and is_running(psutil.Process(one))]
        return living if len(living) == count else []

    return look


def test_a_dead_part_starts_again(tmp_path: Path) -> None:
    supervisor = supervised([Part("one", partial(note_and_rest, tmp_path))])
    (first,) = until(alive(tmp_path, 1), 10, "the first life")
    os.kill(first, signal.SIGKILL)
    (second,) = until(lambda: [one for one in alive(tmp_path, 1)() if one != first], 10, "the second life")
    supervisor.terminate()
    assert ended(supervisor) == 0
    assert not psutil.pid_exists(second)


def test_a_part_that_ends_by_itself_is_not_started_again(tmp_path: Path) -> None:
    supervisor = supervised(
        [Part("once", partial(note_and_end, tmp_path), once=True), Part("one", partial(note_and_rest, tmp_path))]
    )
    until(lambda: len(numbers(tmp_path)) == 2, 10, "both")
    (left,) = until(alive(tmp_path, 1), 10, "the end of one")
    os.kill(left, signal.SIGKILL)
    until(lambda: len(numbers(tmp_path)) == 3, 10, "the return of the other")
    supervisor.terminate()
    ended(supervisor)
    assert len(numbers(tmp_path)) == 3


def test_grandchildren_end_too(tmp_path: Path) -> None:
    supervisor = supervised([Part("one", partial(with_grandchild, tmp_path))])
    both = until(alive(tmp_path, 2), 10, "child and grandchild")
    supervisor.terminate()
    assert ended(supervisor) == 0
    until(lambda: not any(map(psutil.pid_exists, both)), 10, "the end of both")


def test_children_of_a_killed_supervisor_end(tmp_path: Path) -> None:
    supervisor = supervised([Part("one", partial(note_and_rest, tmp_path))])
    (child,) = until(alive(tmp_path, 1), 10, "the child")
    supervisor.kill()
    ended(supervisor)
    until(lambda: not psutil.pid_exists(child) or not is_running(psutil.Process(child)), 10, "the end of the child")


def test_a_part_that_dies_at_once_is_not_started_without_pause(tmp_path: Path) -> None:
    supervisor = supervised([Part("one", partial(note_and_end, tmp_path))])
    began = time.monotonic()
    until(lambda: len(numbers(tmp_path)) >= 4, 20, "four lives")
    assert time.monotonic() - began > 0.1 + 0.2
    supervisor.terminate()
    assert ended(supervisor) == 0
