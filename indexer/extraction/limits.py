"""What one child may use up."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from dataclasses import dataclass

MEGABYTE = 1_000_000
_PR_SET_PDEATHSIG = 1
_prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None


@dataclass(frozen=True, slots=True)
class Limits:
    """seconds: of processor time a child. wall: seconds of any kind a child. pages: a child; the next goes on.

    all_pages and text: of the whole file, in pages and bytes of UTF-8. unpacked and members: of a zipped file.
    ordinary: bytes of address space for a child, of which a warmed one has 60 to 100 million at its start; memory: for
    a child that comes in its turn because an ordinary one failed (`headroom`).
    """

    seconds: int = 60
    wall: int = 90
    ordinary: int = 300 * MEGABYTE
    memory: int = 1200 * MEGABYTE
    pages: int = 200
    all_pages: int = 5000
    text: int = 10 * MEGABYTE
    unpacked: int = 300 * MEGABYTE
    members: int = 20_000


def confine(seconds: int, wall: int, memory: int, largest_file: int = 0, files: int = 64) -> None:
    """Binds this process: it dies with its parent, at its time limits, and leaves no core.

    It can write no file of more than `largest_file` bytes, and none at all as a rule. Where the system knows no
    address-space limit (macOS), memory is not bounded.
    """
    if _prctl is not None:
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    signal.setitimer(signal.ITIMER_REAL, wall)  # no handler: the kernel ends the process, whatever it is doing
    os.umask(0o077)
