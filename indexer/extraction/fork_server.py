"""A process that has loaded the readers and forks one child a request (about 5 ms; a fresh Python takes 200).

Started by `fork_owner.ForkServer` through `fork_server_start`. It never reads a file itself and ends when its owner
ends or when it has been idle for a while. Python's collector stays off, in the children too: it would write to every
object that they share.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import traceback
from contextlib import suppress
from typing import Any

from indexer.extraction import heap, isolation
from indexer.extraction.frames import write_frame
from indexer.extraction.limits import confine

_libc = ctypes.PyDLL(None)  # called with Python's lock held, which the child so holds, too
IDLE_SECONDS = 300
LARGEST_REQUEST = 65_536
# What a room's children do; loaded before the fork so that no child loads it.
ROOMS = {
    "reading": "indexer.extraction.work",
    "pictures": "indexer.extraction.picture_work",
    "scanning": "indexer.extraction.scan_work",
    "hanging": "indexer.extraction.hanging_work",
}


def serve(control: socket.socket, room: str) -> None:
    """Forks a child for each request until the owner closes the socket."""
    gc.disable()
    work = importlib.import_module(ROOMS[room])
    work.warm()
    isolation.warm()
    heap.keep_freed_memory()
    gc.collect()
    wake, wake_in = os.pipe()
    os.set_blocking(wake_in, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake_in, warn_on_full_buffer=False)
    running: dict[int, int] = {}
    while True:
        watched: list[Any] = [control, wake]
        ready, _, _ = select.select(watched, [], [], None if running else IDLE_SECONDS)
        if not ready:
            return
        if wake in ready:
            os.read(wake, 4096)
        _bury(running)
        if control in ready and not _accept(control, work, running):
            for pid in running:
                os.kill(pid, signal.SIGKILL)
            return


def _accept(control: socket.socket, work: Any, running: dict[int, int]) -> bool:
    """Starts a child for the next request; false where the owner has closed the socket."""
    message, descriptors, _, _ = socket.recv_fds(control, LARGEST_REQUEST, 2)
    if not message:
        return False
    results, status = descriptors
    request = json.loads(message)
    expected = work.expect(request)
    pid = _fork()
    if pid == 0:
        control.close()
        os.close(status)
        _child(work, request, expected, results)
    os.close(results)
    running[pid] = status
    return True


def _fork() -> int:
    """The C library's own: `os.fork` also runs what `logging`, `threading` and `random` want done in each child.

    That is for processes with threads, which this one never has, and would be 0.6 ms and 110 pages of memory a child.
    """
    pid: int = _libc.fork()
    if pid < 0:
        raise OSError("The system starts no more processes.")
    return pid


def _child(work: Any, request: dict[str, Any], expected: Any, results: int) -> None:
    signal.set_wakeup_fd(-1)
    try:
        confine(request["seconds"], request["wall"], request["memory"])
        prepared = work.prepare(expected)
        isolation.forbid_network_and_programs()
        work.work(prepared, results)
    except MemoryError:
        os._exit(3)
    except BaseException:  # noqa: BLE001  whatever a hostile file brings about is told to the owner, then the child ends
        with suppress(BaseException):
            write_frame(results, "error", traceback.format_exc(limit=-3)[-2000:])
        os._exit(1)
    os._exit(0)


def _bury(running: dict[int, int]) -> None:
    """Tells the owner how each dead child ended: its exit status, negative for a signal."""
    while running:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        descriptor = running.pop(pid)
        with suppress(OSError):
            os.write(descriptor, str(os.waitstatus_to_exitcode(status)).encode())
        os.close(descriptor)


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal reaches the owner, which closes the socket
    control = socket.socket(fileno=int(sys.argv[1]))
    serve(control, sys.argv[2])


if __name__ == "__main__":
    main()
