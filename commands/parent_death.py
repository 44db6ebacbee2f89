"""A process that ends when its parent does, also when the parent is killed at once."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def die_with_parent(parent: int) -> None:
    """Asks the kernel for SIGKILL when the parent's process ends; call in the child, first thing after the fork.

    Linux only. Elsewhere a killed supervisor leaves its children, which the next one refuses to live beside.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:  # it ended between the fork and the request
        os._exit(1)
