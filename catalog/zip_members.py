"""The members of a dropped zip file, one after the other, under limits that no header can lie away."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, cast

MOST_MEMBERS = 20_000
MOST_BYTES = 300_000_000  # unpacked, all members together
ENCRYPTED = 0x1
UTF8_NAME = 0x800
# What zipfile raises for bytes that are no zip, or not any more: its own error for few of them.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    RuntimeError,
    ValueError,
    EOFError,
    OSError,
)
LEFTOVERS = (".ds_store", "thumbs.db", "desktop.ini", "projekt.toml")


class ZipRefused(Exception):
    """A zip file, or one member of it, that is not taken in; `whole` where nothing more of the file will be."""

    def __init__(self, reason: str, *, whole: bool) -> None:
        super().__init__(reason)
        self.reason, self.whole = reason, whole


@dataclass(slots=True)
class _Allowance:
    """Bytes that may still be unpacked."""

    left: int = MOST_BYTES


class _Counted(io.RawIOBase):
    """A member's bytes, taken off the allowance while they are read: sizes in a zip are only claims."""

    def __init__(self, stream: IO[bytes], allowance: _Allowance) -> None:
        self._stream, self._allowance = stream, allowance

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        try:
            chunk = self._stream.read(size)
        except BROKEN as error:
            raise ZipRefused("damaged", whole=False) from error
        self._allowance.left -= len(chunk)
        if self._allowance.left < 0:
            raise ZipRefused("too_much", whole=True)
        return chunk


@dataclass(frozen=True, slots=True)
class Member:
    """One file in the zip; `path` is only ever shown, never opened on the disk."""

    path: str
    size: int
    info: zipfile.ZipInfo
    archive: zipfile.ZipFile = field(repr=False)
    allowance: _Allowance = field(repr=False)

    @property
    def first_folder(self) -> str:
        parts = [part for part in self.path.split("/") if part not in ("", ".", "..")]
        return parts[0] if len(parts) > 1 else ""

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """The member's bytes; raises ZipRefused where it is encrypted, damaged or packed in an unknown way."""
        if self.info.flag_bits & ENCRYPTED:
            raise ZipRefused("encrypted", whole=False)
        try:
            stream = self.archive.open(self.info)
        except BROKEN as error:
            raise ZipRefused("damaged", whole=False) from error
        with stream:
            yield cast("IO[bytes]", _Counted(stream, self.allowance))


def members(spool: IO[bytes]) -> Iterator[Member]:
    """Every file of the zip; raises ZipRefused (`whole`) where it cannot be opened or a limit bites."""
    try:
        archive = zipfile.ZipFile(spool)
    except BROKEN as error:
        raise ZipRefused("damaged", whole=True) from error
    with archive:
        files = [info for info in archive.infolist() if not info.filename.endswith("/")]
        if len(files) > MOST_MEMBERS:
            raise ZipRefused("too_much", whole=True)
        allowance = _Allowance()
        for info in files:
            yield Member(_path(info), info.file_size, info, archive, allowance)


def is_leftover(path: str) -> bool:
    """Files that systems and programs leave behind, and the project file that describes the others."""
    *folders, name = path.replace("\\", "/").casefold().split("/")
    return name in LEFTOVERS or name.startswith(("._", "~$")) or "__macosx" in folders


def _path(info: zipfile.ZipInfo) -> str:
    """Programs that forget the UTF-8 flag write UTF-8 all the same; å, ä and ö stand alike in cp437 and cp850."""
    name = info.filename
    if not info.flag_bits & UTF8_NAME:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.filename
    return name.replace("\\", "/")
