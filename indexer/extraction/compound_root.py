"""What stands at the root of a compound file (MS-CFB), told without opening any of it.

olefile would read all tables and the whole directory: too much for a stranger's file in a process that serves pages.
"""

from __future__ import annotations

import mmap
import struct

_SHIFTS = (9, 12)  # sectors of 512 or 4,096 bytes
_NAMED_IN_HEAD = 109  # sectors of the table of sectors that the head names; the others stand in sectors of their own
_ENTRY = 128  # bytes of the directory
_NOTHING = 0xFFFFFFFF
_LAST_SECTOR = 0xFFFFFFFA
_MOST_NAMES = 10_000  # a mail to 2,000 people with all that hangs on it has some thousands
_MOST_STEPS = 100_000  # along chains of sectors


class Broken(Exception):
    """The file does not tell its root: cut, broken, or larger in its directory than any that people make."""


def root_names(whole: mmap.mmap) -> set[str]:
    """Names of the streams and storages that lie in no storage. Raises Broken."""
    try:
        directory = _Directory(whole)
        waiting, seen, names = [directory.child(0)], {0}, set()
        while waiting:
            number = waiting.pop()
            if number == _NOTHING:
                continue
            if number in seen or len(seen) >= _MOST_NAMES:
                raise Broken
            seen.add(number)
            name, *beside = directory.entry(number)
            names.add(name)
            waiting += beside
    except (struct.error, IndexError) as error:
        raise Broken from error
    return names


class _Directory:
    """The entries of the directory by their numbers; its sectors are looked up as far as they are asked for."""

    def __init__(self, whole: mmap.mmap) -> None:
        self._whole = whole
        (shift,) = struct.unpack_from("<H", whole, 30)
        if shift not in _SHIFTS:
            raise Broken
        self._sector: int = 1 << shift
        self._steps = 0
        first, self._more_tables = struct.unpack_from("<I", whole, 48)[0], struct.unpack_from("<I", whole, 68)[0]
        self._tables = list(struct.unpack_from(f"<{_NAMED_IN_HEAD}I", whole, 76))
        self._sectors = [first]

    def entry(self, number: int) -> tuple[str, int, int]:
        """(name, the numbers of the two that stand beside it in the tree of names)."""
        at = self._place(number)
        (length,) = struct.unpack_from("<H", self._whole, at + 64)
        name = self._whole[at : at + min(max(length - 2, 0), 62)].decode("utf-16-le", "replace")
        return (name, *struct.unpack_from("<2I", self._whole, at + 68))

    def child(self, number: int) -> int:
        """The number of the first that lies in a storage."""
        return int(struct.unpack_from("<I", self._whole, self._place(number) + 76)[0])

    def _place(self, number: int) -> int:
        """Where in the file an entry stands."""
        sector, at = divmod(number * _ENTRY, self._sector)
        while len(self._sectors) <= sector:
            self._sectors.append(self._after(self._sectors[-1]))
        return self._start(self._sectors[sector]) + at

    def _after(self, sector: int) -> int:
        """The sector that follows in its chain."""
        self._step()
        table, place = divmod(sector, self._sector // 4)
        while len(self._tables) <= table:
            self._learn_tables()
        return int(struct.unpack_from("<I", self._whole, self._start(self._tables[table]) + 4 * place)[0])

    def _learn_tables(self) -> None:
        """Adds what the next sector names; its last number leads to the one after it."""
        self._step()
        numbers = struct.unpack_from(f"<{self._sector // 4}I", self._whole, self._start(self._more_tables))
        self._tables += numbers[:-1]
        self._more_tables = numbers[-1]

    def _start(self, sector: int) -> int:
        if sector > _LAST_SECTOR:
            raise Broken
        return (sector + 1) * self._sector

    def _step(self) -> None:
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise Broken
