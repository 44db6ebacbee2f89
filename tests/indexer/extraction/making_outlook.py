"""Mails as Outlook saves them, and the compound files in which they lie (MS-CFB, MS-OXMSG), for tests."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

Tree: TypeAlias = Mapping[str, "bytes | Tree"]  # streams and storages by name

SECTOR, SMALL, SMALL_BELOW = 512, 64, 4096
END, FREE, TABLE, NOTHING = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
STORAGE, STREAM, ROOT = 1, 2, 5
CP1252, UTF8 = 1252, 65001

SUBJECT, HEADERS, BODY, RTF, HTML = 0x0037, 0x007D, 0x1000, 0x1009, 0x1013
SENDER_NAME, SENDER_ADDRESS, SENT, CODEPAGE, INTERNET_CODEPAGE = 0x0C1A, 0x5D01, 0x0039, 0x3FFD, 0x3FDE
NAME, ADDRESS, KIND = 0x3001, 0x39FE, 0x0C15
ATTACHED, METHOD, FILE_NAME, FLAGS = 0x3701, 0x3705, 0x3707, 0x3714

Value: TypeAlias = "str | bytes | int | datetime | tuple[bytes, int]"  # (8-bit text, its type) for texts of old mails
EIGHT_BITS = 0x001E


@dataclass
class _Entry:
    name: str
    kind: int
    content: bytes = b""
    child: int = NOTHING
    right: int = NOTHING
    start: int = END


def compound(tree: Tree) -> bytes:
    """A compound file of these streams and storages; its siblings are chained, not balanced."""
    entries = _planted(tree)
    small = b""
    small_table: list[int] = []
    for entry in entries:
        if entry.kind == STREAM and 0 < len(entry.content) < SMALL_BELOW:
            entry.start = _chain(small_table, len(entry.content), SMALL)
            small += _padded(entry.content, SMALL)
    entries[0].content = small
    table: list[int] = []
    body = b""
    for entry in entries:
        if entry.content and (entry.kind == ROOT or len(entry.content) >= SMALL_BELOW):
            entry.start = _chain(table, len(entry.content), SECTOR)
            body += _padded(entry.content, SECTOR)
    small_numbers = _padded(struct.pack(f"<{len(small_table)}I", *small_table), SECTOR, b"\xff")
    small_at = _chain(table, len(small_numbers), SECTOR)
    directory = _padded(b"".join(map(_written, entries)), SECTOR)
    directory_at = _chain(table, len(directory), SECTOR)
    first, count = len(table), 1
    while count * SECTOR // 4 < first + count:
        count += 1
    numbers = [*table, *[TABLE] * count]
    whole_table = _padded(struct.pack(f"<{len(numbers)}I", *numbers), SECTOR, b"\xff")
    header = struct.pack("<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, count,
                         directory_at, 0, SMALL_BELOW, small_at, len(small_numbers) // SECTOR, END, 0)  # fmt: skip
    named = [*range(first, first + count), *[FREE] * (109 - count)]
    return header + struct.pack("<109I", *named) + body + small_numbers + directory + whole_table


def _planted(tree: Tree) -> list[_Entry]:
    """The directory, its root first."""
    entries = [_Entry("Root Entry", ROOT)]
    waiting = [(entries[0], tree)]
    while waiting:
        parent, inside = waiting.pop(0)
        for place, (name, content) in enumerate(inside.items()):
            if place:
                entries[-1].right = len(entries)
            else:
                parent.child = len(entries)
            if isinstance(content, bytes):
                entries.append(_Entry(name, STREAM, content))
            else:
                entries.append(_Entry(name, STORAGE))
                waiting.append((entries[-1], content))
    return entries


def _chain(table: list[int], length: int, sector: int) -> int:
    """Adds a chain of sectors for so many bytes; gives its first."""
    count = -(-length // sector)
    if not count:
        return END
    first = len(table)
    table += [*range(first + 1, first + count), END]
    return first


def _padded(content: bytes, sector: int, filling: bytes = b"\0") -> bytes:
    return content + filling * (-len(content) % sector)


def _written(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le")
    numbers = (NOTHING, entry.right, entry.child)
    return struct.pack(
        "<64sHBB3I36xIII", name, len(name) + 2, entry.kind, 1, *numbers, entry.start, len(entry.content), 0
    )


def properties(values: Mapping[int, Value], header: int, inside: Tree | None = None) -> dict[str, bytes | Tree]:
    """The streams of a mail, a receiver or an attachment; `inside` is the mail that an attachment is."""
    block, streams = bytearray(header), {}
    for pid, value in values.items():
        kind, fixed, stream = _property(value)
        block += struct.pack("<HHI", kind, pid, 6) + fixed
        if stream is not None:
            streams[f"__substg1.0_{pid:04X}{kind:04X}"] = stream
    whole: dict[str, bytes | Tree] = {"__properties_version1.0": bytes(block), **streams}
    return whole if inside is None else {**whole, f"__substg1.0_{ATTACHED:04X}000D": inside}


def _property(value: Value) -> tuple[int, bytes, bytes | None]:
    """(type, the eight bytes of its value, its stream)."""
    match value:
        case int():
            return 0x0003, struct.pack("<q", value), None
        case datetime():
            return 0x0040, struct.pack("<Q", ticks_of(value)), None
        case str():
            return 0x001F, struct.pack("<Q", 2 * len(value) + 2), value.encode("utf-16-le")
        case bytes():
            return 0x0102, struct.pack("<Q", len(value)), value
        case (text, kind):
            return kind, struct.pack("<Q", len(text) + 1), text


def ticks_of(moment: datetime) -> int:
    """Tenths of microseconds since 1601."""
    since = moment - datetime(1601, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 10_000_000


def eight_bits(text: str, codec: str) -> tuple[bytes, int]:
    """A text as Outlook wrote it before Unicode."""
    return text.encode(codec), EIGHT_BITS


def packed_rtf(markup: bytes) -> bytes:
    """RTF as a mail holds it, without a run that repeats another."""
    content = b"".join(b"\0" + markup[at : at + 8] for at in range(0, len(markup), 8))
    return rtf_head(b"LZFu", len(markup), len(content)) + content


def rtf_head(way: bytes, unpacked: int, packed: int) -> bytes:
    return struct.pack("<II4sI", packed + 12, unpacked, way, 0)


def receiver(name: Value, address: Value, kind: int = 1) -> Tree:
    return properties({NAME: name, ADDRESS: address, KIND: kind}, 8)


def attached(name: Value, content: bytes, flags: int = 0) -> Tree:
    return properties({METHOD: 1, FILE_NAME: name, ATTACHED: content, FLAGS: flags}, 8)


def attached_mail(tree: Tree) -> Tree:
    return properties({METHOD: 5}, 8, inside=tree)


def message(
    values: Mapping[int, Value], receivers: Sequence[Tree] = (), hanging: Sequence[Tree] = (), header: int = 32
) -> Tree:
    """header: 24 for a mail inside a mail."""
    return {
        **properties(values, header),
        **{f"__recip_version1.0_#{number:08X}": tree for number, tree in enumerate(receivers)},
        **{f"__attach_version1.0_#{number:08X}": tree for number, tree in enumerate(hanging)},
    }
