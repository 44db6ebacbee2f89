"""One steady file: into the bank as a drop, then out of the way with the reason beside it.

Killed at any moment, it is begun anew: bytes that the bank has lead to the document that is there.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, cast

from catalog import documents, watched
from catalog.database import Database
from catalog.dropping import Desk, Dropped, Wish, drop, shown_name
from commands.watching import places, reasons
from commands.watching.inbox import DONE, FAILED, Mark


class StillChanging(Exception):
    """The file is no longer as it was seen; the next look sees it anew."""


def take(desk: Desk, root: Path, path: Path, mark: Mark, wish: Wish) -> list[Dropped]:
    """Takes in the file; raises StillChanging before anything of it stands in the record, and OSError."""
    with _opened(root, path, mark) as stream:
        return list(drop(desk, stream, path.name, wish))


def put_away(database: Database, root: Path, path: Path, mark: Mark, dropped: Sequence[Dropped]) -> PurePosixPath:
    """Moves what was taken in to klart/, what was refused to fel/; gives its new place. Raises OSError."""
    into = FAILED if all(one.refused for one in dropped) else DONE
    text = _text(database, shown_name(path.name), mark, dropped)
    to = places.target(root, into, path, text)
    if into == DONE and len(dropped) == 1:
        with database.transaction() as session:  # before it is moved: a row that leads nowhere does no harm
            found = dropped[0].document_id or 0
            watched.note_file(session, str(root), found, str(to), mark.size, mark.modified)
    places.move(root, path, to, text)
    return to


def _text(database: Database, name: str, mark: Mark, dropped: Sequence[Dropped]) -> str:
    """What is to be told of it; empty where all went well."""
    refused = [(one.path, one.refused) for one in dropped if one.refused]
    if refused and len(dropped) > 1:
        return reasons.partly(name, refused)
    if refused:
        return reasons.refused(name, refused[0][1] if mark.size else "empty")
    if len(dropped) == 1 and dropped[0].duplicate:
        with database.reading() as session:
            standing = documents.get(session, dropped[0].document_id or 0)
            return reasons.duplicate(name, standing.title or standing.file_name)
    return ""


@contextmanager
def _opened(root: Path, path: Path, mark: Mark) -> Iterator[IO[bytes]]:
    """The file itself, wherever a link may have been put since it was seen."""
    place = root / path
    if place.parent.resolve() != root / path.parent:
        raise StillChanging(path)
    number = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(number, "rb", buffering=0) as file:  # noqa: PTH123 - a descriptor, not a path
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise StillChanging(path)
        whole = _Whole(file, mark)
        whole.check()
        yield cast("IO[bytes]", whole)


class _Whole:
    """Refuses to end where the file has changed since it was seen, so that no half of it is taken in."""

    def __init__(self, file: IO[bytes], mark: Mark) -> None:
        self._file, self._mark = file, mark

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        if not chunk:
            self.check()
        return chunk

    def check(self) -> None:
        """Without the moment of change, of which a network drive may tell two stories."""
        now = Mark.of(os.fstat(self._file.fileno()))
        if (now.size, now.modified) != (self._mark.size, self._mark.modified):
            raise StillChanging(self._file.name)
