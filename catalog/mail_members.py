"""What hangs on a dropped mail, one after the other, under limits. Each becomes a document of the same drop."""

from __future__ import annotations

import binascii
import email
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from pathlib import Path
from typing import IO

MOST_ATTACHMENTS = 500
LARGEST_MAIL = 100_000_000  # bytes; it is parsed in memory, and no mail server lets through half of it
NESTED_MAIL = "message/rfc822"
# Signatures of the mail itself and pictures that stand in its text are nothing that anybody attached.
_OF_THE_MAIL = {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}


# (name, bytes, why they cannot be had) of all that hangs on a mail that Outlook saved; no name for the mail itself.
Hanging = Callable[[Path], Iterable[tuple[str, bytes, str]]]


class MailRefused(Exception):
    """The mail is too large, or nests beyond reason: its attachments are not taken in."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """`name` is only ever shown, never opened on the disk. refused: why its bytes cannot be had."""

    name: str
    content: bytes
    refused: str = ""

    def opened(self) -> IO[bytes]:
        return io.BytesIO(self.content)


def attachments(spool: IO[bytes], size: int) -> Iterator[Attachment]:
    """Raises MailRefused. A forwarded mail is one attachment; what hangs on that one is its own."""
    if size > LARGEST_MAIL:
        raise MailRefused
    try:
        message = email.message_from_binary_file(spool, policy=policy.compat32)
        found = [part for part in _parts(message) if _is_attached(part)]
    except RecursionError as error:
        raise MailRefused from error
    if len(found) > MOST_ATTACHMENTS:
        raise MailRefused
    for number, part in enumerate(found, 1):
        content = _content(part)
        if content:
            yield Attachment(_name(part, number), content)


def of_outlook(hanging: Hanging, path: Path) -> Iterator[Attachment]:
    """The same of a mail that Outlook saved; raises MailRefused. Of a damaged one, its own document tells."""
    for name, content, refused in hanging(path):
        if not name and refused == "too_large":
            raise MailRefused
        if name and (content or refused):
            yield Attachment(name, content, refused)


def _parts(message: Message) -> Iterator[Message]:
    """All parts but those of mails inside it, and pictures that its text shows."""
    if message.get_content_type() == NESTED_MAIL or not message.is_multipart():
        yield message
        return
    of_the_text = message.get_content_type() == "multipart/related"
    for part in message.get_payload():
        if isinstance(part, Message) and not (of_the_text and "Content-ID" in part and _is_picture(part)):
            yield from _parts(part)


def _is_attached(part: Message) -> bool:
    kind = part.get_content_type()
    if kind in _OF_THE_MAIL:
        return False
    if kind == NESTED_MAIL:
        return True
    disposition = _disposition(part)
    return disposition == "attachment" or (
        bool(_file_name(part)) and not (_is_picture(part) and disposition == "inline")
    )


def _is_picture(part: Message) -> bool:
    return part.get_content_type().startswith("image/")


def _disposition(part: Message) -> str:
    return str(part.get("Content-Disposition", "")).partition(";")[0].strip().lower()


def _content(part: Message) -> bytes:
    if part.get_content_type() == NESTED_MAIL:
        inside = _inside(part)
        return inside.as_bytes() if inside else b""
    try:
        raw = part.get_payload(decode=True)
    except (ValueError, LookupError, binascii.Error):
        return b""
    return raw if isinstance(raw, bytes) else b""


def _inside(part: Message) -> Message | None:
    """The mail that a part forwards."""
    inside = part.get_payload()
    return inside[0] if isinstance(inside, list) and inside and isinstance(inside[0], Message) else None


def _name(part: Message, number: int) -> str:
    if name := _file_name(part):
        return name
    if part.get_content_type() == NESTED_MAIL:
        inside = _inside(part)
        subject = inside.get("Subject", "") if inside else ""
        return f"{_decoded(str(subject)) or f'mejl {number}'}.eml".replace("/", "-")
    return f"bilaga {number}"


def _file_name(part: Message) -> str:
    try:
        return _decoded(_with_letters(part).get_filename() or "")
    except (AttributeError, IndexError, TypeError, ValueError, LookupError):
        return ""


def _with_letters(part: Message) -> Message:
    """What names a part, with letters beyond ASCII that stand there as they are, in UTF-8 or else as Windows wrote."""
    naming = Message()
    for header, raw in part.raw_items():
        if header.lower() in {"content-disposition", "content-type"}:
            told = str(raw).encode("ascii", "surrogateescape")
            try:
                naming[header] = told.decode()
            except UnicodeDecodeError:
                naming[header] = told.decode("cp1252", "replace")
    return naming


def _decoded(text: str) -> str:
    """Words encoded for a header as they were meant; as they stand where they are broken."""
    with suppress(MessageError, ValueError, LookupError, binascii.Error):
        text = str(make_header(decode_header(text)))
    return " ".join(text.split())[:400]
