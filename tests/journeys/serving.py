"""A real `kunskapsbanken serve` in processes of its own, for journeys."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TypeVar

import psutil

HOUSE = Path(__file__).resolve().parents[2]
T = TypeVar("T")


class TooLate(AssertionError):
    """A condition did not come true before its deadline."""


def until(condition: Callable[[], T | None], seconds: float, what: str) -> T:
    """Waits for the condition and gives what it gave; raises TooLate."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.02)
    raise TooLate(f"{what} did not happen within {seconds} s")


def free_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "commands", *words]


class Served:
    """One life of `serve`."""

    def __init__(self, data: Path, address: str = "", *, more: dict[str, str] | None = None) -> None:
        self.address = address or free_address()
        self.environ = {
            **os.environ,
            "KB_DATA": str(data),
            "KB_ADDRESS": self.address,
            "KB_OCR_WORKERS": "1",
            **(more or {}),
        }
        self.log = data.parent / "serve.log"
        self.process: subprocess.Popen[str] | None = None

    def start(self, *words: str) -> list[str]:
        """Starts and gives the lines printed until it was ready."""
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                command("serve", *words), env=self.environ, cwd=HOUSE, stdout=subprocess.PIPE, stderr=log, text=True
            )
        assert self.process.stdout
        return list(_lines_until_ready(self.process.stdout, self.log))

    def run(self, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """Runs another command of the house on the same bank."""
        return subprocess.run(
            command(*words),
            env=self.environ,
            cwd=HOUSE,
            input=given,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def begin(self, *words: str) -> subprocess.Popen[bytes]:
        """Begins another command without waiting for it."""
        with self.log.open("a") as log:
            return subprocess.Popen(command(*words), env=self.environ, cwd=HOUSE, stdout=log, stderr=log)

    @property
    def supervisor(self) -> psutil.Process:
        assert self.process
        return psutil.Process(self.process.pid)

    def family(self) -> list[psutil.Process]:
        return [self.supervisor, *self.supervisor.children(recursive=True)]

    def kill(self) -> None:
        """kill -9 of the supervisor; returns when none of its processes is left."""
        family = self.family()
        self.supervisor.kill()
        self._end(family)

    def stop(self) -> int:
        """SIGTERM; gives the exit code once none of its processes is left."""
        assert self.process
        family = self.family()
        process = self.process
        process.terminate()
        self._end(family)
        return process.returncode

    def _end(self, family: list[psutil.Process]) -> None:
        assert self.process
        self.process.wait(timeout=20)
        assert self.process.stdout
        self.process.stdout.close()
        until(lambda: not any(map(is_running, family)), 15, "the end of every child")
        self.process = None


def is_running(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


@contextmanager
def served(data: Path, *words: str, more: dict[str, str] | None = None) -> Iterator[Served]:
    """A bank that is ready; stopped at the end, also where the test fails."""
    bank = Served(data, more=more)
    try:
        bank.start(*words)
        yield bank
    finally:
        if bank.process is not None:
            bank.kill()


def _lines_until_ready(output: IO[str], log: Path) -> Iterator[str]:
    for line in output:
        yield line.rstrip("\n")
        if "is ready" in line:
            return
    raise AssertionError(f"serve ended before it was ready:\n{log.read_text()[-4000:]}")
