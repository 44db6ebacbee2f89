"""E-mail: who wrote what to whom, and the text. Attachments are documents of their own (see catalog.mail_members)."""

from __future__ import annotations

import email
from contextlib import suppress
from datetime import datetime
from email import policy
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime
from itertools import islice

from indexer.errors import UnreadableFile
from indexer.extraction.charset import decoded
from indexer.extraction.frames import Report
from indexer.extraction.letter import Letter, Written, tell
from indexer.extraction.registry import Task

_LARGEST = 100_000_000  # bytes of the whole mail; it is parsed in memory
_MOST_PARTS = 1000
# What the library raises for headers and structures that are broken.
_TRIPS = (AttributeError, TypeError, ValueError, LookupError)
_TEXTS = {"text/plain", "text/html"}
_LONGEST_HEADER = 4000  # characters; a list of receivers may be endless
_HEADERS = (("from", "Från"), ("to", "Till"), ("cc", "Kopia"))


def extract(task: Task, report: Report) -> None:
    """Raises UnreadableFile where it is too large or nests beyond reason."""
    if task.path.stat().st_size > _LARGEST:
        raise UnreadableFile("too_large", "a mail of more than 100 MB")
    try:
        message = email.message_from_bytes(task.path.read_bytes(), policy=policy.default)
        for part in islice(message.walk(), _MOST_PARTS):
            _mend_headers(part)
        letter = _letter(message, report)
    except RecursionError as error:
        raise UnreadableFile("damaged", "parts inside each other without end") from error
    tell(letter, report, "mail")


def _mend_headers(part: Message) -> None:
    """Old programs write letters beyond ASCII in headers as they are, and say nowhere how."""
    for name, raw in list(part.raw_items()):
        if not str(raw).isascii():
            with suppress(*_TRIPS):
                text = decoded(str(raw).encode("ascii", "surrogateescape"))
                part.replace_header(name, " ".join(text.split()))


def _letter(message: EmailMessage, report: Report) -> Letter:
    return Letter(
        subject=_header(message, "subject"),
        people=[(word, _header(message, name)) for name, word in _HEADERS],
        sent=_sent(message),
        texts=_texts(message, named=False) or _texts(message, named=True),
        attached=_attached(message, report),
    )


def _texts(part: Message, *, named: bool) -> list[Written]:
    """What is written, in order: a program may divide it by what hangs between, and a list adds lines of its own.

    named: also what has a file's name, and so is a document of its own (see `catalog.mail_members`).
    """
    try:
        kind = part.get_content_type()
        if kind in _TEXTS:
            return [] if _hangs(part, named=named) else _written(part, kind)
    except _TRIPS:
        return []
    inside = part.get_payload() if kind.startswith("multipart/") else []
    found = [_texts(one, named=named) for one in inside if isinstance(one, Message)] if isinstance(inside, list) else []
    return _of_several(kind, [texts for texts in found if texts])


def _hangs(part: Message, *, named: bool) -> bool:
    return part.get_content_disposition() == "attachment" or (not named and bool(_file_name(part)))


def _written(part: Message, kind: str) -> list[Written]:
    raw = part.get_payload(decode=True)
    text = decoded(raw, str(part.get_content_charset() or "")) if isinstance(raw, bytes) else ""
    return [Written(text, kind == "text/html")] if text.strip() else []


def _of_several(kind: str, found: list[list[Written]]) -> list[Written]:
    """The plain one of several that say the same; the first of those that belong to it; else all."""
    if kind == "multipart/alternative":
        plain = [texts for texts in found if not any(one.is_html for one in texts)]
        return (plain or found or [[]])[0]
    return found[0] if found and kind == "multipart/related" else [one for texts in found for one in texts]


def _attached(message: EmailMessage, report: Report) -> list[str]:
    """Names of what hangs on it, each once."""
    names: dict[str, None] = {}
    for number, part in enumerate(message.walk()):
        if number >= _MOST_PARTS:
            report.cut("members")
            break
        if name := _file_name(part):
            names.setdefault(name)
    return list(names)


def _file_name(part: Message) -> str:
    try:
        return " ".join(str(part.get_filename() or "").split())[:200]
    except _TRIPS:
        return ""


def _header(message: EmailMessage, name: str) -> str:
    """The library's parser of headers raises all sorts of errors for broken ones; such a header is shown as it is."""
    try:
        value = message.get(name)
    except _TRIPS:
        value = next((raw for key, raw in message.raw_items() if key.lower() == name), "")
    return " ".join(str(value or "")[:_LONGEST_HEADER].split())


def _sent(message: EmailMessage) -> datetime | None:
    try:
        return parsedate_to_datetime(_header(message, "date"))
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
