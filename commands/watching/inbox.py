"""What lies in a watched folder, and which of it has stopped growing. Nothing is opened here, no link is followed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from catalog import project_file
from catalog.zip_members import is_leftover

DONE, FAILED = "klart", "fel"
REASON = ".orsak.txt"  # the end of the name of the text that tells why
# Names that browsers, copying programs and editors give a file until it is whole.
UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".filepart", ".tmp", ".temp", ".swp", "~")
SYSTEM_FOLDERS = frozenset({"$recycle.bin", "system volume information", "lost+found", "__macosx", "@eadir"})
LARGEST_DESCRIPTION = 1_000_000  # bytes of a projekt.toml


class Mark(NamedTuple):
    """A file as it was seen: changed in any of these, it is another one. Times in nanoseconds, by the drive's clock."""

    size: int
    modified: int
    changed: int

    @classmethod
    def of(cls, stat: os.stat_result) -> Mark:
        return cls(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


@dataclass(slots=True)
class Contents:
    """One look at the folder: files and projekt.toml by their path under it, and folders that cannot be read."""

    files: dict[Path, Mark] = field(default_factory=dict)
    descriptions: dict[Path, Mark] = field(default_factory=dict)
    unreadable: dict[Path, str] = field(default_factory=dict)


def look(root: Path) -> Contents:
    """Raises OSError where the folder itself cannot be read, as when its drive is gone."""
    found = Contents()
    with os.scandir(root) as entries:
        _sort(root, [one for one in entries if one.name.casefold() not in {DONE, FAILED}], found)
    return found


def is_left_alone(name: str) -> bool:
    """Hidden and unfinished files, what systems leave, and our own reasons."""
    told = name.casefold()
    return told.startswith((".", "~")) or told.endswith((*UNFINISHED, REASON)) or is_leftover(told)


def _sort(root: Path, entries: list[os.DirEntry[str]], found: Contents) -> None:
    for entry in entries:
        path = Path(entry.path).relative_to(root)
        if entry.is_dir(follow_symlinks=False):
            if not entry.name.startswith(".") and entry.name.casefold() not in SYSTEM_FOLDERS:
                _descend(root, path, found)
        elif entry.is_file(follow_symlinks=False):
            _note(entry, path, found)


def _descend(root: Path, path: Path, found: Contents) -> None:
    try:
        with os.scandir(root / path) as entries:
            below = list(entries)
    except FileNotFoundError:  # cleared away meanwhile
        return
    except OSError as error:
        found.unreadable[path] = error.strerror or type(error).__name__
        return
    _sort(root, below, found)


def _note(entry: os.DirEntry[str], path: Path, found: Contents) -> None:
    try:
        mark = Mark.of(entry.stat(follow_symlinks=False))
    except OSError:  # gone, or a name that its drive does not know itself: the next look will tell
        return
    if entry.name == project_file.NAME:
        found.descriptions[path] = mark
    elif not is_left_alone(entry.name):
        found.files[path] = mark


class Steadiness:
    """Since when each file has looked the same, by this machine's clock: a drive's own clock may be wrong."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._since: dict[Path, tuple[Mark, float]] = {}

    def note(self, marks: Mapping[Path, Mark], now: float) -> None:
        """Takes in what was seen at the moment `now`; what was not seen is forgotten."""
        before = self._since
        self._since = {
            path: before[path] if path in before and before[path][0] == mark else (mark, now)
            for path, mark in marks.items()
        }

    def steady(self, now: float) -> Iterator[Path]:
        """Paths that have not changed for the stated time, in order."""
        return (path for path in sorted(self._since) if now - self._since[path][1] >= self._seconds)
