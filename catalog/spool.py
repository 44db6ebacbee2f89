"""Dropped bytes on their way in, in a file without a name, so that a killed process leaves nothing."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO, BinaryIO, cast

from catalog.errors import EmptyFile, FileTooLarge

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Spool:
    """`path` leads to the bytes while the spool is open, also for other processes of the same user."""

    file: IO[bytes]
    size: int
    path: Path

    def from_start(self) -> BinaryIO:
        self.file.seek(0)
        return cast("BinaryIO", self.file)


@contextmanager
def spooled(stream: IO[bytes], limit: int) -> Iterator[Spool]:
    """Reads the whole stream; raises FileTooLarge beyond `limit` bytes, EmptyFile where there are none."""
    first, second = stream.read(CHUNK), stream.read(CHUNK)
    with _unnamed(small=not second) as file:
        size = _copy(chain((first, second), iter(partial(stream.read, CHUNK), b"")), file, limit)
        by_process = Path(f"/proc/{os.getpid()}/fd/{file.fileno()}")
        yield Spool(file, size, by_process if by_process.exists() else Path(f"/dev/fd/{file.fileno()}"))


def _unnamed(*, small: bool) -> IO[bytes]:
    """What is small stays in memory: making and clearing a file on disk takes longer than writing it."""
    if small and hasattr(os, "memfd_create"):  # Linux
        return os.fdopen(os.memfd_create("dropped"), "w+b")
    return cast("IO[bytes]", tempfile.TemporaryFile())


def _copy(chunks: Iterable[bytes], file: IO[bytes], limit: int) -> int:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise FileTooLarge(f"The file is larger than {limit} bytes.")
        file.write(chunk)
    if not size:
        raise EmptyFile("The file holds no bytes.")
    file.flush()
    return size
