"""What a reading child tells its parent, and how: frames of JSON behind their length, so that nothing is executed."""

from __future__ import annotations

import json
import os
import select
import struct
import time
from array import array
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple, Protocol

LARGEST_FRAME = 64_000_000  # bytes; the longest page of text is bounded far below this
_NUMBERS_A_LINE = 5
_LENGTH = struct.Struct("<I")
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


class BadFrame(Exception):
    """The child wrote something that is no frame."""


class Line(NamedTuple):
    """A line as it stands on a page: in points, y growing downwards from the page's top.

    size: height of the line's characters. bold: of its first characters.
    """

    text: str
    left: float
    top: float
    right: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page before headings and running lines are known: `lines` of a laid-out page, or `text` of any other.

    heading: the nearest one, for a page of text. headings: (paragraph, level) of those on the page. pictures: most of
    it is a picture. draws_text: its content sets characters, perhaps more than
    were understood. is_blank: nothing at
    all is drawn.
    """

    number: int
    reader: str
    lines: tuple[Line, ...] = ()
    text: str = ""
    heading: str = ""
    headings: tuple[tuple[str, int], ...] = ()
    width: float = 0.0
    height: float = 0.0
    pictures: bool = False
    draws_text: bool = True
    is_blank: bool = False

    def to_json(self) -> dict[str, Any]:
        """Lines as their texts and, in base64, their numbers as doubles, column by column: a third of JSON's time."""
        texts, *columns = zip(*self.lines, strict=True) if self.lines else ((),)
        numbers = b2a_base64(array("d", chain.from_iterable(columns)), newline=False).decode("ascii")
        return {name: getattr(self, name) for name in self.__slots__} | {"lines": (texts, numbers)}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> RawPage:
        """Raises TypeError, ValueError or KeyError where the child wrote something else."""
        texts, encoded = value["lines"]
        numbers, count = array("d", a2b_base64(encoded)).tolist(), len(texts)
        if len(numbers) != _NUMBERS_A_LINE * count:
            raise ValueError(f"{count} lines with {len(numbers)} numbers")
        left, top, right, size, bold = (numbers[column * count :][:count] for column in range(_NUMBERS_A_LINE))
        lines = map(Line, map(str, texts), left, top, right, size, map(bool, bold))
        return cls(
            number=int(value["number"]),
            reader=str(value["reader"]),
            lines=tuple(lines),
            text=str(value["text"]),
            heading=str(value["heading"]),
            headings=tuple((str(text), int(level)) for text, level in value["headings"]),
            width=float(value["width"]),
            height=float(value["height"]),
            pictures=bool(value["pictures"]),
            draws_text=bool(value["draws_text"]),
            is_blank=bool(value["is_blank"]),
        )


@dataclass(slots=True)
class About:
    """What is known of the whole file."""

    page_count: int = 0
    title: str = ""
    dates: list[str] = field(default_factory=list)
    page_kind: str = "page"
    running: str = ""


class Report(Protocol):
    """Where an extractor tells what it finds, as it finds it: what has been told is kept if the child dies."""

    def about(self, about: About) -> None: ...

    def page(self, page: RawPage) -> None: ...

    def cut(self, code: str) -> None: ...

    def go_on(self, page: int) -> None:
        """The rest, from this page, is for another child."""


def write_frame(descriptor: int, kind: str, value: Any) -> None:
    body = _encode([kind, value]).encode("utf-8", "surrogatepass")
    view = memoryview(_LENGTH.pack(len(body)) + body)
    while view:
        view = view[os.write(descriptor, view) :]


class Frames:
    """A Report that writes to the parent."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def about(self, about: About) -> None:
        write_frame(self._descriptor, "about", {name: getattr(about, name) for name in about.__slots__})

    def page(self, page: RawPage) -> None:
        write_frame(self._descriptor, "page", page.to_json())

    def cut(self, code: str) -> None:
        write_frame(self._descriptor, "cut", code)

    def go_on(self, page: int) -> None:
        write_frame(self._descriptor, "go_on", page)


def read_frames(descriptor: int, until: float) -> Iterator[tuple[str, Any]]:
    """Frames until the writer closes, or TimeoutError at the time `until` (monotonic seconds).

    A last frame that was cut off by the child's death is dropped. Raises BadFrame.
    """
    buffer = bytearray()
    while chunk := _next_chunk(descriptor, until):
        buffer += chunk
        while len(buffer) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(buffer)
            if length > LARGEST_FRAME:
                raise BadFrame(f"A frame of {length} bytes.")
            if len(buffer) < _LENGTH.size + length:
                break
            body = bytes(buffer[_LENGTH.size : _LENGTH.size + length])
            del buffer[: _LENGTH.size + length]
            yield _parsed(body)


def _parsed(body: bytes) -> tuple[str, Any]:
    try:
        kind, value = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise BadFrame(str(error)[:200]) from error
    return str(kind), value


def _next_chunk(descriptor: int, until: float) -> bytes:
    poller = select.poll()
    poller.register(descriptor, select.POLLIN | select.POLLHUP)
    if not poller.poll(max(0.0, until - time.monotonic()) * 1000):
        raise TimeoutError
    return os.read(descriptor, 1 << 20)
