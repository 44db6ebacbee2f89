"""What hangs on a mail is taken in beside it, as far down as mails lie in mails that anybody reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from catalog.documents import Wish
from catalog.dropping.desk import ZIP, Desk, TakenIn, shown_name, taken_in
from catalog.errors import FileTooLarge
from catalog.mail_members import Attachment, MailRefused, attachments, of_outlook
from catalog.spool import Spool, spooled

MAIL = "message/rfc822"
OUTLOOK = "application/vnd.ms-outlook"
DEEPEST_MAIL = 3  # mails inside a mail whose attachments are taken in
MOST_OF_A_MAIL = 1000  # files, of the mails inside it too


def attached(desk: Desk, spool: Spool, media_type: str, wish: Wish, path: str) -> Iterator[TakenIn]:
    """What hangs on a mail, and on the mails among that; on all else nothing."""
    return islice(_attached(desk, spool, media_type, wish, path, depth=1), MOST_OF_A_MAIL)


def _attached(desk: Desk, spool: Spool, media_type: str, wish: Wish, path: str, *, depth: int) -> Iterator[TakenIn]:
    wish = replace(wish, title="", document_type="", document_date=None)  # what was said of the mail alone
    try:
        for one in _hanging(desk, spool, media_type):
            yield from _take(desk, one, wish, f"{path}/{shown_name(one.name)}", depth)
    except MailRefused:
        yield TakenIn(shown_name(path), wish, "attachments", size=spool.size, path=path)


def _hanging(desk: Desk, spool: Spool, media_type: str) -> Iterator[Attachment]:
    """Raises MailRefused."""
    if media_type == MAIL:
        yield from attachments(spool.from_start(), spool.size)
    elif media_type == OUTLOOK:
        yield from of_outlook(desk.hanging, spool.path)


def _take(desk: Desk, one: Attachment, wish: Wish, path: str, depth: int) -> Iterator[TakenIn]:
    """A zip on a mail is not opened, like one in a zip."""
    name = shown_name(one.name)
    if one.refused:
        yield TakenIn(name, wish, one.refused, path=path)
        return
    try:
        with spooled(one.opened(), desk.limit) as spool:
            media_type = desk.sniff(spool.path, name)
            yield replace(taken_in(desk, spool, name, "" if media_type == ZIP else media_type, wish), path=path)
            if depth < DEEPEST_MAIL:
                yield from _attached(desk, spool, media_type, wish, path, depth=depth + 1)
    except FileTooLarge:
        yield TakenIn(name, wish, "too_large", size=len(one.content), path=path)
