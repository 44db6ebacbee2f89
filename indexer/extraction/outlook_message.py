"""A mail as Outlook saves it (.msg): who wrote what to whom, and what hangs on it. A mail may hang on a mail."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.parser import HeaderParser
from email.utils import parseaddr, parsedate_to_datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from olefile import OleFileIO
from oxmsg.domain import constants as c
from oxmsg.domain import model
from oxmsg.storage import Storage

from indexer.errors import UnreadableFile
from indexer.extraction.charset import decoded
from indexer.extraction.compressed_rtf import unpacked
from indexer.extraction.outlook_properties import INSIDE_HEADER, Properties
from indexer.extraction.rtf import text_of

LARGEST = 100_000_000  # bytes; it is taken apart in memory
# The library's ways to say that a file is broken.
BROKEN = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, struct.error)
_HERE = ZoneInfo("Europe/Stockholm")  # where the hour is told that a mail was sent, which its file has in UTC
_TO, _CC = 1, 2  # kinds of receivers; a blind copy's are nobody else's business
_BY_VALUE, _A_MAIL = 1, 5  # ways in which something hangs on a mail
_SHOWN_IN_TEXT = 4  # flag of a picture that the HTML shows
_SENDERS = (
    (c.PID_SENT_REPRESENTING_NAME, c.PID_SENT_REPRESENTING_EMAIL_ADDRESS),
    (c.PID_SENDER_NAME, c.PID_SENDER_SMTP_ADDRESS),
    (c.PID_SENDER_NAME, c.PID_SENDER_EMAIL_ADDRESS),
)


class Person(NamedTuple):
    """address: empty where it is none that the internet knows."""

    name: str
    address: str

    def __str__(self) -> str:
        if not self.address or self.address == self.name:
            return self.name or self.address
        return f"{self.name} <{self.address}>" if self.name else self.address


@dataclass(frozen=True, slots=True)
class Attached:
    """content: None where the mail only points at it, or it is an object that no program but Outlook opens."""

    name: str
    content: bytes | OutlookMessage | None


def opened(path: Path) -> OutlookMessage:
    """Raises UnreadableFile where it is too large or broken."""
    if path.stat().st_size > LARGEST:
        raise UnreadableFile("too_large", "a mail of more than 100 MB")
    try:
        with OleFileIO(str(path)) as ole:
            whole = Storage.from_ole(ole)
            if not whole.properties_stream_bytes or any(
                _runs_in_circles(table) for table in (ole.fat, ole.minifat or ())
            ):
                raise ValueError("sectors that follow each other in a circle")
            return OutlookMessage(Properties(whole, model.MSG_HDR_OFFSET))
    except BROKEN as error:
        raise UnreadableFile("damaged", f"Outlook mail: {error!r}") from error


class OutlookMessage:
    def __init__(self, properties: Properties) -> None:
        self._own = properties

    @property
    def subject(self) -> str:
        return self._own.line(c.PID_SUBJECT) or self._own.line(c.PID_CONVERSATION_TOPIC)

    @property
    def sender(self) -> Person:
        """Where the file has no address of the internet, the one with which the mail went through it."""
        own = [_person(self._own.line(name), self._own.line(address)) for name, address in _SENDERS]
        told = [*own, Person(*parseaddr(self._sent_with("from")))]
        return max(told, key=lambda one: (bool(one.address), bool(one.name)))

    @property
    def to(self) -> list[Person]:
        return self._receivers(_TO, c.PID_DISPLAY_TO)

    @property
    def cc(self) -> list[Person]:
        return self._receivers(_CC, c.PID_DISPLAY_CC)

    @property
    def sent(self) -> datetime | None:
        """As the sender's clock showed where the mail went through the internet, else as ours did."""
        try:
            return parsedate_to_datetime(self._sent_with("date"))
        except (TypeError, ValueError, IndexError, OverflowError):
            moment = self._own.moment(c.PID_CLIENT_SUBMIT_TIME) or self._own.moment(c.PID_MESSAGE_DELIVERY_TIME)
            return moment.astimezone(_HERE) if moment else None

    @cached_property
    def plain(self) -> str:
        """That of its RTF where the mail has nothing else. Raises UnreadableFile where that is broken or too large."""
        told = self._own.text(c.PID_BODY).replace("\r\n", "\n")
        packed = self._own.data(c.PID_RTF_COMPRESSED)
        return told if told.strip() or self.html.strip() or not packed else text_of(unpacked(packed))

    @property
    def html(self) -> str | bytes:
        """Bytes where only the page itself says how it is written."""
        codec = self._own.codec_of(c.PID_INTERNET_CODEPAGE)
        data = self._own.data(c.PID_HTML)
        return (decoded(data, codec) if codec else data) or self._own.text(c.PID_HTML)

    @cached_property
    def attached(self) -> list[Attached]:
        """All but pictures that stand in the text."""
        storages = self._own.storage.iter_attachment_storages()
        return list(self._attached(Properties(one, model.ATTACH_HDR_OFFSET, self._own.codec) for one in storages))

    def _attached(self, properties: Iterator[Properties]) -> Iterator[Attached]:
        for number, one in enumerate(properties, 1):
            if one.number(c.PID_ATTACHMENT_HIDDEN) & 1 or one.number(c.PID_ATTACH_FLAGS) & _SHOWN_IN_TEXT:
                continue
            content = _content(one)
            subject = f"{content.subject or f'mejl {number}'}.eml" if isinstance(content, OutlookMessage) else ""
            told = (one.line(pid) for pid in (c.PID_ATTACH_LONG_FILENAME, c.PID_ATTACH_FILENAME, c.PID_DISPLAY_NAME))
            yield Attached(subject.replace("/", "-") or next(filter(None, told), f"bilaga {number}"), content)

    def _receivers(self, kind: int, all_names: int) -> list[Person]:
        storages = self._own.storage.iter_recipient_storages()
        people = [Properties(one, model.RECIP_HDR_OFFSET, self._own.codec) for one in storages]
        found = [
            _person(one.line(c.PID_DISPLAY_NAME), one.line(c.PID_SMTP_ADDRESS) or one.line(c.PID_EMAIL_ADDRESS))
            for one in people
            if one.number(c.PID_RECIPIENT_TYPE) == kind
        ]
        return found or [Person(name.strip(), "") for name in self._own.line(all_names).split(";")]

    def _sent_with(self, header: str) -> str:
        """A header with which the mail came through the internet; empty for one that never left the house."""
        return " ".join(str(self._headers.get(header, "")).split())

    @cached_property
    def _headers(self) -> dict[str, str]:
        parsed = HeaderParser().parsestr(self._own.text(c.PID_TRANSPORT_MESSAGE_HEADERS))
        return {name.lower(): str(value) for name, value in parsed.raw_items()}


def _runs_in_circles(table: Sequence[int]) -> bool:
    """Whether chains of sectors meet or have no end; the library reads such ones as far as a stream is said to go."""
    following = {sector: after for sector, after in enumerate(table) if after < len(table)}
    after = set(following.values())
    if len(after) < len(following):
        return True
    for first in following.keys() - after:
        sector: int | None = first
        while sector is not None:
            sector = following.pop(sector, None)
    return bool(following)


def _content(one: Properties) -> bytes | OutlookMessage | None:
    method, inside = one.number(c.PID_ATTACH_METHOD), one.inside(c.PID_ATTACH_DATA_BINARY)
    if method == _A_MAIL and inside:
        return OutlookMessage(Properties(inside, INSIDE_HEADER, one.codec))
    data = one.data(c.PID_ATTACH_DATA_BINARY)
    return data if data or method == _BY_VALUE else None


def _person(name: str, address: str) -> Person:
    """Addresses inside one house's Exchange (/O=…) say nothing to anybody."""
    return Person(name, address if "@" in address else "")
