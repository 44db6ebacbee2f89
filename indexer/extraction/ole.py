"""Streams of the old office formats (compound files): a small file system of sectors, chained by a table."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

from indexer.errors import UnreadableFile

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LARGEST = 400_000_000  # bytes
_END = 0xFFFFFFFA  # from here on numbers are signs, not sectors
_ENTRY = 128  # bytes of a directory's entry
_ROOT = 5  # kind of entry that holds the small streams
_HEADER_TABLE = 109  # of the table's sectors are named in the header


class Ole:
    """An open compound file; raises UnreadableFile where it is none or broken."""

    def __init__(self, path: Path) -> None:
        if path.stat().st_size > _LARGEST:
            raise UnreadableFile("too_large", "a compound file of more than 400 MB")
        self._data = path.read_bytes()
        if not self._data.startswith(SIGNATURE):
            raise UnreadableFile("damaged", "no compound file")
        try:
            self._open()
        except (struct.error, IndexError) as error:
            raise UnreadableFile("damaged", f"compound file: {error}") from error

    def stream(self, name: str) -> bytes:
        """The bytes of a stream; raises UnreadableFile where there is none of that name."""
        if name not in self._streams:
            raise UnreadableFile("damaged", f"no stream {name}")
        start, size = self._streams[name]
        if size >= self._small_below:
            return self._chained(self._data, start, self._table, self._sector, self._sector)[:size]
        return self._chained(self._small, start, self._small_table, self._small_sector, 0)[:size]

    def _open(self) -> None:
        (shift, small_shift) = struct.unpack_from("<HH", self._data, 30)
        if not (7 <= shift <= 16 and 4 <= small_shift <= shift):  # noqa: PLR2004  bits of a sector's size
            raise UnreadableFile("damaged", "sectors of no usual size")
        self._sector, self._small_sector = 1 << shift, 1 << small_shift
        directory, _, self._small_below, small_table, _, more, more_count = struct.unpack_from("<7I", self._data, 48)
        self._table = self._numbers(self._table_sectors(more, more_count))
        self._small_table: Sequence[int] = struct.unpack(
            *self._whole_numbers(self._chained(self._data, small_table, self._table, self._sector, self._sector))
        )
        self._streams: dict[str, tuple[int, int]] = {}
        self._small = b""
        entries = self._chained(self._data, directory, self._table, self._sector, self._sector)
        for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
            self._note(entries[at : at + _ENTRY])

    def _note(self, entry: bytes) -> None:
        length, kind = struct.unpack_from("<HB", entry, 64)
        start, size = struct.unpack_from("<II", entry, 116)
        if kind == _ROOT:
            self._small = self._chained(self._data, start, self._table, self._sector, self._sector)[:size]
        elif length > 1:
            self._streams.setdefault(entry[: min(length, 64) - 2].decode("utf-16-le", "replace"), (start, size))

    def _table_sectors(self, more: int, more_count: int) -> list[int]:
        """Numbers of the sectors that hold the table."""
        found = list(struct.unpack_from(f"<{_HEADER_TABLE}I", self._data, 76))
        each = self._sector // 4 - 1
        for _ in range(min(more_count, len(self._data) // self._sector)):
            if more >= _END:
                break
            block = struct.unpack_from(f"<{each + 1}I", self._data, (more + 1) * self._sector)
            found += block[:each]
            more = block[each]
        return [number for number in found if number < _END]

    def _numbers(self, sectors: Sequence[int]) -> Sequence[int]:
        return struct.unpack(
            *self._whole_numbers(b"".join(self._data[(n + 1) * self._sector : (n + 2) * self._sector] for n in sectors))
        )

    @staticmethod
    def _whole_numbers(block: bytes) -> tuple[str, bytes]:
        return f"<{len(block) // 4}I", block[: len(block) // 4 * 4]

    @staticmethod
    def _chained(data: bytes, start: int, table: Sequence[int], sector: int, before: int) -> bytes:
        """Sectors from `start` on, as the table chains them; a chain that comes back upon itself ends there."""
        parts: list[bytes] = []
        seen: set[int] = set()
        number = start
        while number < len(table) and number not in seen:
            seen.add(number)
            parts.append(data[before + number * sector : before + (number + 1) * sector])
            number = table[number]
        return b"".join(parts)
