"""A reading child reaches no network and starts no program."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable

import pytest

from indexer.extraction.isolation import forbid_network_and_programs

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="seccomp is the kernel filter of Linux")


def refused(act: Callable[[], object]) -> bool:
    """Whether the act is refused in a process that has forbidden itself such things."""
    pid = os.fork()
    if pid == 0:
        try:
            if forbid_network_and_programs():
                act()
        except PermissionError:
            os._exit(7)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7


@linux_only
def test_no_socket_is_opened() -> None:
    assert refused(lambda: socket.socket(socket.AF_INET))


@linux_only
def test_no_program_is_started() -> None:
    assert refused(lambda: os.execv(sys.executable, [sys.executable, "-c", ""]))


@linux_only
def test_no_other_process_is_signalled() -> None:
    assert refused(lambda: os.kill(os.getppid(), 0))


@linux_only
def test_files_can_still_be_read() -> None:
    assert not refused(lambda: open(__file__).read(1))  # noqa: PTH123, SIM115  the plainest way to open a file
