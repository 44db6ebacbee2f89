"""The uploaded bytes, kept under their SHA-256 in a folder: written aside, synced, hashed, renamed, never changed."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from catalog.errors import BadValue, EmptyFile, FileTooLarge, MissingOriginal

PIECE = 1 << 20
UNFINISHED = "unfinished"
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes that lie safely on disk. `path` lets the record check, under its lock, that they still do."""

    sha256: str
    size: int
    path: Path | None = None


class Originals:
    """A folder of originals, as ab/cd/abcd…; files on their way in lie in `unfinished/` beside them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, stream: BinaryIO, limit: int) -> Kept:
        """Keeps all bytes of the stream; raises FileTooLarge beyond `limit` bytes, EmptyFile where there are none."""
        unfinished = self._unfinished_name()
        try:
            sha256, size = _write(stream, unfinished, limit)
            path = self._place(sha256)
            if not (path.exists() and path.stat().st_size == size):
                self._take_in(unfinished, path)
            return Kept(sha256, size, path)
        finally:
            unfinished.unlink(missing_ok=True)

    def path(self, sha256: str) -> Path:
        path = self._place(sha256)
        if not path.exists():
            raise MissingOriginal(f"No bytes are kept under {sha256}; look for them in the backup.")
        return path

    def exists(self, sha256: str) -> bool:
        return self._place(sha256).exists()

    def remove(self, sha256: str) -> None:
        """Clears the bytes; harmless where they are gone already. Only a recorded decision leads here."""
        path = self._place(sha256)
        path.unlink(missing_ok=True)
        if path.parent.exists():
            _sync_folder(path.parent)

    def check_writable(self) -> None:
        """Writes and clears a file of no bytes; raises OSError where nothing can be kept."""
        probe = self._unfinished_name()
        probe.touch()
        probe.unlink()

    def stored(self) -> Iterator[str]:
        """The SHA-256 of each original, in order."""
        for path in sorted(self.folder.glob("??/??/*")):
            if _SHA256.fullmatch(path.name):
                yield path.name

    def clear_unfinished(self, older_than_seconds: float) -> int:
        """Removes what the dead left half written: files that have not grown for so long. Tells how many."""
        oldest = time.time() - older_than_seconds
        dead = [path for path in self.folder.glob(f"{UNFINISHED}/*") if _last_written(path) < oldest]
        for path in dead:
            path.unlink(missing_ok=True)
        return len(dead)

    def _place(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise MissingOriginal(f"{sha256[:80]!r} is no SHA-256.")
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def _unfinished_name(self) -> Path:
        folder = self.folder / UNFINISHED
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{os.getpid()}-{secrets.token_hex(8)}"

    def _take_in(self, unfinished: Path, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.chmod(0o440)
        unfinished.replace(path)
        # The name is safe only when its folder is, and a new folder only when the one above is.
        for folder in (path.parent, path.parent.parent, self.folder):
            _sync_folder(folder)


def open_originals(url: str) -> Originals:
    """Opens the originals in a folder, given as a path or as a file: URL."""
    parts = urlsplit(url)
    if parts.scheme not in {"", "file"}:
        raise BadValue(f"KB_ORIGINALS must name a folder; {parts.scheme}: is not known to this version.")
    return Originals(Path(unquote(parts.path) if parts.scheme else url))


def _write(stream: BinaryIO, path: Path, limit: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > limit:
                raise FileTooLarge(f"The file is larger than {limit} bytes.")
            digest.update(piece)
            file.write(piece)
        if not size:
            raise EmptyFile("The file holds no bytes.")
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _last_written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # its writer finished meanwhile
        return time.time()
