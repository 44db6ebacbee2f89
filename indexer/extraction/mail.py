"""E-mail: who wrote what to whom, and the text. Attachments are documents of their own (see catalog.mail_members)."""

from __future__ import annotations

import email
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from indexer.errors import UnreadableFile
from indexer.extraction.charset import decoded
from indexer.extraction.frames import Report
from indexer.extraction.letter import Letter, tell
from indexer.extraction.registry import Task

_LARGEST = 100_000_000  # bytes of the whole mail; it is parsed in memory
_MOST_PARTS = 1000
_LONGEST_HEADER = 4000  # characters; a list of receivers may be endless
_HEADERS = (("from", "Från"), ("to", "Till"), ("cc", "Kopia"))


def extract(task: Task, report: Report) -> None:
    """Raises UnreadableFile where it is too large or nests beyond reason."""
    if task.path.stat().st_size > _LARGEST:
        raise UnreadableFile("too_large", "a mail of more than 100 MB")
    try:
        message = email.message_from_bytes(task.path.read_bytes(), policy=policy.default)
        letter = _letter(message, report)
    except RecursionError as error:
        raise UnreadableFile("damaged", "parts inside each other without end") from error
    tell(letter, report, "mail")


def _letter(message: EmailMessage, report: Report) -> Letter:
    return Letter(
        subject=_header(message, "subject"),
        people=[(word, _header(message, name)) for name, word in _HEADERS],
        sent=_sent(message),
        plain=_text_of(message, "plain"),
        html=_text_of(message, "html"),
        attached=_attached(message, report),
    )


def _text_of(message: EmailMessage, kind: str) -> str:
    try:
        part = message.get_body((kind,))
    except (AttributeError, TypeError, ValueError, LookupError):  # the library trips over some broken structures
        part = None
    if part is None:
        return ""
    raw = part.get_payload(decode=True)
    return decoded(raw, str(part.get_content_charset() or "")) if isinstance(raw, bytes) else ""


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


def _file_name(part: EmailMessage) -> str:
    try:
        return " ".join(str(part.get_filename() or "").split())[:200]
    except (AttributeError, IndexError, TypeError, ValueError, LookupError):
        return ""


def _header(message: EmailMessage, name: str) -> str:
    """The library's parser of headers raises all sorts of errors for broken ones; such a header is shown as it is."""
    try:
        value = message.get(name)
    except (AttributeError, IndexError, TypeError, ValueError, LookupError):
        value = next((raw for key, raw in message.raw_items() if key.lower() == name), "")
    return " ".join(str(value or "")[:_LONGEST_HEADER].split())


def _sent(message: EmailMessage) -> datetime | None:
    try:
        return parsedate_to_datetime(_header(message, "date"))
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
