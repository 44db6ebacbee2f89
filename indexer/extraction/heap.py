"""How malloc treats what a child frees."""

from __future__ import annotations

import ctypes
import sys

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # of the C library's malloc.h
_KEPT_BLOCK = 4 << 20  # bytes; larger blocks go back to the kernel when they are freed
_KEPT_HEAP = 16 << 20


def keep_freed_memory() -> None:
    """A child uses it again for its next page: else PDFium's text of each page is fetched from the kernel anew.

    Only together do the two settings help; one alone ends the library's own adjusting of both.
    """
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "mallopt"):
        libc.mallopt(_M_MMAP_THRESHOLD, _KEPT_BLOCK)
        libc.mallopt(_M_TRIM_THRESHOLD, _KEPT_HEAP)
