"""From dropped bytes to rows, the same road for pages and commands, for members of a zip file and for attachments.

drop → limits and type sniffed → original kept → `Document` and `Job` in one transaction, of one file or of several.
The caller nudges afterwards.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import documents, projects
from catalog.database import Database
from catalog.errors import EmptyFile, FileTooLarge, MissingOriginal
from catalog.mail_members import Attachment, Hanging, MailRefused, attachments, of_outlook
from catalog.models import Drop
from catalog.originals import Kept, Originals
from catalog.spool import Spool, spooled
from catalog.zip_members import Member, ZipRefused, is_leftover, members

Sniff = Callable[[Path, str], str]
LONGEST_NAME = 400
ZIP = "application/zip"
MAIL = "message/rfc822"
OUTLOOK = "application/vnd.ms-outlook"
DEEPEST_MAIL = 3  # mails inside a mail whose attachments are taken in
MOST_OF_A_MAIL = 1000  # files, of the mails inside it too


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person who drops has said about the document-to-be.

    `skip_known` leaves no Drop row for bytes that the bank has already: for an import that goes on after a stop.
    """

    dropped_by: str
    project_id: int | None = None
    publish: bool = False
    classification: str = "internal"
    title: str = ""
    document_type: str = ""
    document_date: date | None = None
    priority: int = 5
    skip_known: bool = False


def _nothing(_: Path) -> list[tuple[str, bytes, str]]:
    return []


@dataclass(frozen=True, slots=True)
class Desk:
    """Where files are handed in: the record, the originals, the limit of one file in bytes and how types are known.

    hanging: takes an Outlook mail apart; without it, nothing hangs on one.
    """

    database: Database
    originals: Originals
    limit: int
    sniff: Sniff
    hanging: Hanging = _nothing


@dataclass(frozen=True, slots=True)
class Dropped:
    """What became of one file, zip member or attachment. `path` is "archive.zip/folder/name" for a member.

    drop_id is None where `skip_known` found the bytes in the bank; document_id is None where the file was refused.
    """

    path: str
    drop_id: int | None
    document_id: int | None
    refused: str = ""
    duplicate: bool = False


@dataclass(frozen=True, slots=True)
class TakenIn:
    """One file or zip member before its rows: kept, or refused. `path` is as in Dropped.

    `keep` keeps the same bytes once more; it can be called until the next one is taken in.
    """

    name: str
    wish: Wish
    refused: str = ""
    size: int = 0
    path: str = ""
    media_type: str = ""
    kept: Kept | None = None
    keep: Callable[[], Kept] | None = None

    @property
    def shown(self) -> str:
        return self.path or self.name

    def kept_again(self) -> TakenIn:
        assert self.keep is not None
        return replace(self, kept=self.keep())

    def arrival(self) -> documents.Arrival:
        assert self.kept is not None
        wish = self.wish
        return documents.Arrival(
            kept=self.kept,
            file_name=self.name,
            media_type=self.media_type,
            dropped_by=wish.dropped_by,
            project_id=wish.project_id,
            publish_when_read=wish.publish,
            classification=wish.classification,
            title=wish.title,
            document_type=wish.document_type,
            document_date=wish.document_date,
            priority=wish.priority,
            skip_known=wish.skip_known,
        )


def drop(desk: Desk, stream: IO[bytes], file_name: str, wish: Wish) -> Iterator[Dropped]:
    """Takes a file in: one Dropped, or one for each member of a zip file, as they are taken in.

    A mail is one, and each of its attachments.

    A file that is too large, empty, of no known type or a zip that cannot be opened is refused, which is no error.
    Nothing of a member's name ever touches the disk. Nudge "read" after the call.
    """
    for taken in take_in(desk, stream, file_name, wish):
        try:
            yield from register(desk, [taken])
        except MissingOriginal:  # removed between `keep` and here; the second time its removal is over
            yield from register(desk, [taken.kept_again()])


def take_in(desk: Desk, stream: IO[bytes], file_name: str, wish: Wish) -> Iterator[TakenIn]:
    """Keeps the bytes of a file or of each zip member, or finds why not; `register` makes the rows."""
    name = shown_name(file_name)
    try:
        with spooled(stream, desk.limit) as spool:
            media_type = desk.sniff(spool.path, name)
            if media_type == ZIP:
                yield from _unpack(desk, spool, name, wish)
            else:
                yield _take(desk, spool, name, media_type, wish)
            yield from islice(_attached(desk, spool, media_type, wish, name), MOST_OF_A_MAIL)
    except FileTooLarge:
        yield TakenIn(name, wish, "too_large", size=desk.limit)
    except EmptyFile:
        yield TakenIn(name, wish, "damaged")


def register(desk: Desk, taken: Sequence[TakenIn]) -> list[Dropped]:
    """All rows in one transaction, in order. Raises MissingOriginal where bytes were removed since they were kept."""
    with desk.database.transaction() as session:
        found = iter(documents.register(session, [one.arrival() for one in taken if not one.refused]))
        return [_refused(session, one) if one.refused else _dropped(one, next(found)) for one in taken]


def shown_name(file_name: str) -> str:
    """The last part of a path as a name for people: NFC, without control characters, never empty."""
    last = unicodedata.normalize("NFC", file_name).replace("\\", "/").rstrip("/").rpartition("/")[2]
    printable = "".join(c for c in last if c.isprintable()).strip()
    return printable[-LONGEST_NAME:] or "namnlös"


def project_of_folder(database: Database, folder: str, wish: Wish) -> int:
    """The project with the folder's name as its title, made where there is none and published where the wish says."""
    title = shown_name(folder)
    with database.transaction() as session:
        project = projects.find_by_title(session, title)
        if project is None:
            project = projects.create(session, title=title)
            if wish.publish:
                projects.publish(session, project.id, wish.classification, wish.dropped_by)
        return project.id


def _take(desk: Desk, spool: Spool, name: str, media_type: str, wish: Wish) -> TakenIn:
    if not media_type:
        return TakenIn(name, wish, "unsupported", size=spool.size)

    def keep() -> Kept:
        return desk.originals.keep(spool.from_start(), desk.limit)

    return TakenIn(name, wish, kept=keep(), media_type=media_type, keep=keep)


def _dropped(taken: TakenIn, registered: documents.Registered) -> Dropped:
    return Dropped(taken.shown, registered.id, registered.document_id, duplicate=registered.duplicate)


def _refused(session: Session, taken: TakenIn) -> Dropped:
    name, size, reason = taken.name, taken.size, taken.refused
    if taken.wish.skip_known and (known := _refused_before(session, name, size, reason)):
        return Dropped(taken.shown, None, None, refused=known)
    row = documents.refuse(
        session, file_name=name, size=size, media_type="", dropped_by=taken.wish.dropped_by, reason=reason
    )
    return Dropped(taken.shown, row.id, None, refused=reason)


def _refused_before(session: Session, name: str, size: int, reason: str) -> str | None:
    same = (Drop.file_name == name, Drop.size == size, Drop.refused == reason)
    return session.scalar(select(Drop.refused).where(*same).limit(1))


def _unpack(desk: Desk, spool: Spool, name: str, wish: Wish) -> Iterator[TakenIn]:
    """Each member stands for itself; what was taken in before a limit bit stays, the rest is one refused Drop."""
    count = 0
    try:
        for count, member in enumerate(_files(spool), start=1):  # noqa: B007 - asked below whether there was any
            yield from _take_member(desk, member, wish, f"{name}/{member.path}")
    except ZipRefused as refused:
        yield TakenIn(name, wish, refused.reason, size=spool.size)
        return
    if not count:
        yield TakenIn(name, wish, "unsupported", size=spool.size)


def _files(spool: Spool) -> Iterator[Member]:
    return (member for member in members(spool.from_start()) if not is_leftover(member.path))


def _take_member(desk: Desk, member: Member, wish: Wish, path: str) -> Iterator[TakenIn]:
    name = shown_name(member.path)
    try:
        with member.opened() as stream, spooled(stream, desk.limit) as spool:
            media_type = desk.sniff(spool.path, name)
            nested = media_type == ZIP  # a zip in a zip is not opened: nobody drops one by plan
            taken = _take(desk, spool, name, "" if nested else media_type, _in_folder(desk, member, wish))
            yield replace(taken, path=path)
            yield from islice(_attached(desk, spool, media_type, taken.wish, path), MOST_OF_A_MAIL)
    except FileTooLarge:
        yield TakenIn(name, wish, "too_large", size=member.size, path=path)
    except EmptyFile:
        yield TakenIn(name, wish, "damaged", path=path)
    except ZipRefused as refused:
        if refused.whole:
            raise
        yield TakenIn(name, wish, refused.reason, size=member.size, path=path)


def _attached(desk: Desk, spool: Spool, media_type: str, wish: Wish, path: str, *, depth: int = 1) -> Iterator[TakenIn]:
    """What hangs on a mail, and on the mails among that. A zip on a mail is not opened, like one in a zip."""
    wish = replace(wish, title="", document_type="", document_date=None)  # what was said of the mail alone
    try:
        for one in _hanging(desk, spool, media_type):
            yield from _take_attached(desk, one, wish, f"{path}/{shown_name(one.name)}", depth)
    except MailRefused:
        yield TakenIn(shown_name(path), wish, "attachments", size=spool.size, path=path)


def _hanging(desk: Desk, spool: Spool, media_type: str) -> Iterator[Attachment]:
    """Of what is no mail, nothing; raises MailRefused."""
    if media_type == MAIL:
        yield from attachments(spool.from_start(), spool.size)
    elif media_type == OUTLOOK:
        yield from of_outlook(desk.hanging, spool.path)


def _take_attached(desk: Desk, one: Attachment, wish: Wish, path: str, depth: int) -> Iterator[TakenIn]:
    name = shown_name(one.name)
    if one.refused:
        yield TakenIn(name, wish, one.refused, path=path)
        return
    try:
        with spooled(one.opened(), desk.limit) as spool:
            media_type = desk.sniff(spool.path, name)
            yield replace(_take(desk, spool, name, "" if media_type == ZIP else media_type, wish), path=path)
            if depth < DEEPEST_MAIL:
                yield from _attached(desk, spool, media_type, wish, path, depth=depth + 1)
    except FileTooLarge:
        yield TakenIn(name, wish, "too_large", size=len(one.content), path=path)


def _in_folder(desk: Desk, member: Member, wish: Wish) -> Wish:
    """The first folder in the zip names the project, unless the person chose one."""
    folder = member.first_folder
    if wish.project_id is not None or not folder:
        return wish
    return replace(wish, project_id=project_of_folder(desk.database, folder, wish))
