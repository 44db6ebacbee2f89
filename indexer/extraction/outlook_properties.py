"""The properties of a mail that Outlook saved, of one of its receivers or of what hangs on it: MS-OXMSG.

The library opens the compound file and knows the numbers. It takes texts to be written as they declare themselves and
gives up a whole mail over one wrong byte; here a text is read as it is meant.
"""

from __future__ import annotations

import struct
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from oxmsg.domain import constants, encodings, model
from oxmsg.storage import Storage

from indexer.extraction.charset import decoded

INSIDE_HEADER = 24  # bytes before the properties of a mail inside a mail; the library knows the others
_FIRST_MOMENT = datetime(1601, 1, 1, tzinfo=UTC)
_LAST_MOMENT = datetime(2200, 1, 1, tzinfo=UTC)
_LONGEST = 10**17  # microseconds, which a timedelta can hold; 3,000 years
_ENTRY = 16  # bytes: type, number, flags, value


class Properties:
    """codec: Python's name of the code page in which texts of eight bits are written; "" where it is not known."""

    def __init__(self, storage: Storage, header: int, codec: str = "") -> None:
        self.storage = storage
        block = self._named("__properties_version1.0")[header:]
        starts = range(0, len(block) - _ENTRY + 1, _ENTRY)
        self._fixed = {struct.unpack_from("<H", block, at + 2)[0]: block[at + 8 : at + _ENTRY] for at in starts}
        self.codec = codec or self.codec_of(constants.PID_MESSAGE_CODEPAGE)

    def text(self, pid: int) -> str:
        """Empty where there is none."""
        if wide := self._stream(pid, constants.PTYP_STRING):
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        return decoded(self._stream(pid, constants.PTYP_STRING8), self.codec).rstrip("\0")

    def line(self, pid: int) -> str:
        """A text without line ends and blanks beside each other."""
        return " ".join(self.text(pid).split())

    def data(self, pid: int) -> bytes:
        """Empty where there are none."""
        return self._stream(pid, constants.PTYP_BINARY)

    def number(self, pid: int) -> int:
        """0 where it is not told."""
        return int(struct.unpack_from("<I", self._fixed.get(pid, bytes(8)))[0])

    def moment(self, pid: int) -> datetime | None:
        """In UTC; None where it is not told or lies beyond _LAST_MOMENT, as what Outlook writes for "never" does."""
        (ticks,) = struct.unpack("<Q", self._fixed.get(pid, bytes(8)))
        since = timedelta(microseconds=min(ticks // 10, _LONGEST))
        return _FIRST_MOMENT + since if ticks and since < _LAST_MOMENT - _FIRST_MOMENT else None

    def inside(self, pid: int) -> Storage | None:
        """The storage that is the value of an object."""
        name = f"__substg1.0_{pid:04X}{constants.PTYP_OBJECT:04X}"
        return next((one for one in self.storage.storages if one.name == name), None)

    def codec_of(self, pid: int) -> str:
        """Python's name of the code page that a property names; "" where there is none."""
        with suppress(model.UnrecognizedCodePageError, model.UnsupportedEncodingError):
            return encodings.encoding_from_codepage(self.number(pid)) if self.number(pid) else ""
        return ""

    def _stream(self, pid: int, kind: int) -> bytes:
        return self._named(f"__substg1.0_{pid:04X}{kind:04X}")

    def _named(self, name: str) -> bytes:
        """Empty where there is none: a mail that has lost a part is read without it."""
        return next((stream.bytes_ for stream in self.storage.streams if stream.name == name), b"")
