"""The owner's side of a fork server: hands over requests and reads what the children answer."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.extraction.frames import read_frames

GRACE = 5.0  # seconds beyond a child's own wall-clock limit, before the owner stops waiting
OUT_OF_MEMORY = 3
_START = str(Path(__file__).with_name("fork_server_start.py"))


@dataclass(slots=True)
class Child:
    """One request being answered.

    status: how the child ended, negative for a signal; it stands when the frames have been read.
    """

    results: int
    status_pipe: int
    until: float
    status: int | None = None

    def frames(self) -> Iterator[tuple[str, Any]]:
        """What the child tells; raises TimeoutError, BadFrame."""
        yield from read_frames(self.results, self.until)
        answer = os.read(self.status_pipe, 16)
        self.status = int(answer) if answer else -9


class ForkServer:
    """A warmed process that forks children, started at first need. Safe between threads and after a fork.

    A process forked from the owner starts a server of its own and leaves the first one alone.
    """

    def __init__(self, room: str) -> None:
        self._room = room
        self._lock = threading.Lock()
        self._owner = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    @contextmanager
    def child(self, request: dict[str, Any], seconds: int, wall: int, memory: int) -> Iterator[Child]:
        """Starts a child; its end is awaited or, where the block is left early, brought about."""
        results, results_in = os.pipe()
        status, status_in = os.pipe()
        limits = {"seconds": seconds, "wall": wall, "memory": memory}
        try:
            try:
                self._send(json.dumps(request | limits).encode(), [results_in, status_in])
            finally:
                os.close(results_in)
                os.close(status_in)
            yield Child(results, status, time.monotonic() + wall + GRACE)
        finally:
            os.close(results)  # a child that still writes dies of it
            os.close(status)

    def warm(self) -> None:
        """Starts the server where there is none; it loads while the caller goes on."""
        with self._lock:
            if self._owner != os.getpid():
                self._forget()
            self._running()

    def close(self) -> None:
        """Ends the server and all its children."""
        with self._lock:
            self._stop()

    def _send(self, message: bytes, descriptors: list[int]) -> None:
        with self._lock:
            if self._owner != os.getpid():
                self._forget()
            try:
                socket.send_fds(self._running(), [message], descriptors)
            except OSError:  # it was idle and has ended, or was killed: once more with a new one
                self._stop()
                socket.send_fds(self._running(), [message], descriptors)

    def _running(self) -> socket.socket:
        if self._control is not None and self._process is not None and self._process.poll() is None:
            return self._control
        self._stop()
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-P", _START, str(theirs.fileno()), self._room]
            self._process = subprocess.Popen(  # noqa: S603  our own module, our own interpreter
                command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
            )
        self._control, self._owner = ours, os.getpid()
        return ours

    def _stop(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=GRACE)
            if self._process.poll() is None:
                self._process.kill()
                self._process.wait()
        self._control = self._process = None

    def _forget(self) -> None:
        """After a fork the server is the parent's: close our copy of its socket, start our own when needed."""
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            self._process.returncode = 0  # not our child, so not ours to wait for
        self._control = self._process = None
