"""A letter to the editors about a question without an answer, for the reader's own mail program."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from webapp.texts import gettext

LONGEST_TOLD = 400  # characters of a question; mail programs take addresses of about 2,000


def mail_link(contact: str, question: str, filters: Sequence[str]) -> str:
    """A mailto address with subject and text filled in; empty where the bank has no contact address."""
    if not contact:
        return ""
    told = question if len(question) <= LONGEST_TOLD else f"{question[:LONGEST_TOLD]} …"
    subject = gettext("Kunskap som saknas i banken: %(question)s", question=told[:80])
    lines = [
        gettext("Hej!"),
        "",
        gettext("Jag sökte efter: %(question)s", question=told),
        *([gettext("Med filter: %(filters)s", filters=", ".join(filters)[:LONGEST_TOLD])] if filters else []),
        gettext("Inget dokument hittades."),
        "",
        gettext("Det här behöver jag veta:"),
        "",
    ]
    body = "\r\n".join(lines)  # the line ends that RFC 6068 asks for
    return f"mailto:{quote(contact, safe='@')}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"
