"""Moves files within a watched folder, each to a name that is free, and puts the reason beside it.

The reason is written before the file is moved: a process killed between the two leaves a text, which the next one
uses, and never a file without its reason.
"""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path, PurePosixPath

from catalog.dropping import shown_name
from commands.watching.inbox import REASON

LONGEST_NAME = 255  # bytes, of the usual file systems
NUMBER_ROOM = len(" (10000)")


class MustNotMove(OSError):
    """The place to move to is a link, or is no folder."""


def target(root: Path, into: str, source: Path, text: str = "") -> PurePosixPath:
    """A free name for the file under `into`, in the same folders as before; with room for its reason."""
    folder = PurePosixPath(into, *(_sound(part) for part in source.parent.parts))
    name = _sound(source.name)
    stem, ending = _divided(name)
    for number in count(1):
        candidate = folder / (name if number == 1 else f"{stem} ({number}){ending}")
        if _is_free(root / candidate, text):
            return candidate
    raise AssertionError("count never ends")


def move(root: Path, source: Path | PurePosixPath, to: PurePosixPath, text: str = "") -> None:
    """Raises OSError; the file is then where it was."""
    make_folder(root, to.parent)
    if text:
        write_reason(root / to, text)
    (root / source).rename(root / to)


def write_reason(file: Path, text: str) -> None:
    """Whole or not at all, for the simplest of editors."""
    unfinished = file.with_name(f".{file.name[:40]}.orsak.tmp")
    unfinished.write_bytes(_written(text))
    unfinished.replace(reason_of(file))


def clear_reason(file: Path) -> None:
    reason_of(file).unlink(missing_ok=True)


def reason_of(file: Path) -> Path:
    return file.with_name(file.name + REASON)


def make_folder(root: Path, folder: PurePosixPath) -> None:
    """Makes what is missing of it; raises MustNotMove where a link would lead out of the watched folder."""
    path = root
    for part in folder.parts:
        path /= part
        if path.is_symlink():
            raise MustNotMove(f"{path} is a link.")
        path.mkdir(exist_ok=True)


def _is_free(file: Path, text: str) -> bool:
    """Also where only the very same reason stands, which a killed process left."""
    if os.path.lexists(file):
        return False
    reason = reason_of(file)
    return not os.path.lexists(reason) or (bool(text) and _read(reason) == _written(text))


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _written(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("utf-8-sig", "replace")


def _divided(name: str) -> tuple[str, str]:
    path = PurePosixPath(name)
    return path.stem, path.suffix


def _sound(name: str) -> str:
    """A name that every file system and database can hold, short enough for a number and its reason."""
    shown = shown_name(name)
    room = LONGEST_NAME - len(REASON) - NUMBER_ROOM
    if len(shown.encode()) <= room:
        return shown
    stem, ending = _divided(shown)
    kept = max(room - len(ending.encode()), 1)
    return stem.encode()[:kept].decode("utf-8", "ignore") + (ending if len(ending.encode()) < room else "")
