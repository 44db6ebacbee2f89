"""Who holds a lease: a process, known by its machine, its number and its start (numbers are used again)."""

from __future__ import annotations

import os
import socket

import psutil


def this_process() -> str:
    """Reads "host:pid:start", the start in hundredths of a second since 1970."""
    return f"{socket.gethostname()}:{os.getpid()}:{_start(psutil.Process())}"


def is_alive(owner: str) -> bool:
    """True for a living process of this machine, and for all of other machines: of those only the lease's end tells."""
    host, number, start = owner.rsplit(":", 2)
    if host != socket.gethostname():
        return True
    try:
        process = psutil.Process(int(number))
        return _start(process) == start and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _start(process: psutil.Process) -> str:
    return str(round(process.create_time() * 100))
