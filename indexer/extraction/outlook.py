"""Mails that Outlook saved. What hangs on them are documents of their own (see indexer.mail_hanging)."""

from __future__ import annotations

from indexer.errors import UnreadableFile
from indexer.extraction.frames import Report
from indexer.extraction.letter import Letter, Written, tell
from indexer.extraction.outlook_message import BROKEN, OutlookMessage, opened
from indexer.extraction.registry import Task

_LONGEST_LINE = 4000  # characters; a list of receivers may be endless


def extract(task: Task, report: Report) -> None:
    """Raises UnreadableFile where it is too large or broken."""
    try:
        letter = _letter(opened(task.path))
    except BROKEN as error:
        raise UnreadableFile("damaged", f"Outlook mail: {error!r}") from error
    tell(letter, report, "outlook")


def _letter(message: OutlookMessage) -> Letter:
    people = (("Från", [message.sender]), ("Till", message.to), ("Kopia", message.cc))
    return Letter(
        subject=message.subject[:_LONGEST_LINE],
        people=[(word, ", ".join(map(str, told))[:_LONGEST_LINE]) for word, told in people],
        sent=message.sent,
        texts=[Written(message.plain) if message.plain.strip() else Written(message.html, is_html=True)],
        attached=list(dict.fromkeys(one.name[:200] for one in message.attached)),
    )
