"""From dropped bytes to rows, the same road for the web pages, the command and the members of a zip file.

drop → limits and type sniffed → original kept → `Document` and `Job` in one transaction. The caller nudges afterwards.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import documents, projects
from catalog.database import Database
from catalog.errors import EmptyFile, FileTooLarge, MissingOriginal
from catalog.models import Document, Drop
from catalog.originals import Originals
from catalog.spool import Spool, spooled
from catalog.zip_members import Member, ZipRefused, is_leftover, members

Sniff = Callable[[Path, str], str]
LONGEST_NAME = 400
ZIP = "application/zip"


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


@dataclass(frozen=True, slots=True)
class Desk:
    """Where files are handed in: the record, the originals, the limit of one file in bytes and how types are known."""

    database: Database
    originals: Originals
    limit: int
    sniff: Sniff


@dataclass(frozen=True, slots=True)
class Dropped:
    """What became of one file or zip member. `path` is "archive.zip/folder/name" for a member.

    drop_id is None where `skip_known` found the bytes in the bank; document_id is None where the file was refused.
    """

    path: str
    drop_id: int | None
    document_id: int | None
    refused: str = ""
    duplicate: bool = False


def drop_file(
    database: Database,
    originals: Originals,
    stream: IO[bytes],
    file_name: str,
    *,
    dropped_by: str,
    limit: int,
    sniff: Sniff,
    project_id: int | None = None,
    publish: bool = False,
    classification: str = "internal",
    title: str = "",
    document_type: str = "",
    document_date: date | None = None,
    priority: int = 5,
) -> list[int]:
    """Takes a file in and returns the ids of its Drop rows: one, or one a member where it is a zip file.

    A file that is too large, empty, of no known type or a zip that cannot be opened gives a refused Drop, no error.
    `limit` is in bytes. Nothing of a member's name ever touches the disk. Nudge "read" after the call.
    """
    wish = Wish(dropped_by, project_id, publish, classification, title, document_type, document_date, priority)
    taken = drop(Desk(database, originals, limit, sniff), stream, file_name, wish)
    return [one.drop_id for one in taken if one.drop_id is not None]


def drop(desk: Desk, stream: IO[bytes], file_name: str, wish: Wish) -> Iterator[Dropped]:
    """`drop_file` for callers that drop many files: one Dropped after the other, as they are taken in."""
    name = shown_name(file_name)
    try:
        with spooled(stream, desk.limit) as spool:
            media_type = desk.sniff(spool.path, name)
            if media_type == ZIP:
                yield from _unpack(desk, spool, name, wish)
            else:
                yield _take(desk, spool, name, media_type, wish)
    except FileTooLarge:
        yield _refuse(desk, name, wish, "too_large", size=desk.limit)
    except EmptyFile:
        yield _refuse(desk, name, wish, "damaged")


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


def _take(desk: Desk, spool: Spool, name: str, media_type: str, wish: Wish) -> Dropped:
    if not media_type:
        return _refuse(desk, name, wish, "unsupported", size=spool.size)
    try:
        return _register(desk, spool, name, media_type, wish)
    except MissingOriginal:  # removed between `keep` and `register`; the second time its removal is over
        return _register(desk, spool, name, media_type, wish)


def _register(desk: Desk, spool: Spool, name: str, media_type: str, wish: Wish) -> Dropped:
    kept = desk.originals.keep(spool.from_start(), desk.limit)
    with desk.database.transaction(alone=False) as session:
        known = session.scalar(select(Document.id).where(Document.sha256 == kept.sha256)) if wish.skip_known else None
        if known is not None:
            return Dropped(name, None, known, duplicate=True)
        row = documents.register(
            session,
            kept=kept,
            file_name=name,
            media_type=media_type,
            dropped_by=wish.dropped_by,
            project_id=wish.project_id,
            publish_when_read=wish.publish,
            classification=wish.classification,
            title=wish.title,
            document_type=wish.document_type,
            document_date=wish.document_date,
            priority=wish.priority,
        )
        return Dropped(name, row.id, row.document_id, duplicate=row.duplicate)


def _refuse(desk: Desk, name: str, wish: Wish, reason: str, *, size: int = 0) -> Dropped:
    with desk.database.transaction() as session:
        if wish.skip_known and (known := _refused_before(session, name, size, reason)):
            return Dropped(name, None, None, refused=known)
        row = documents.refuse(
            session, file_name=name, size=size, media_type="", dropped_by=wish.dropped_by, reason=reason
        )
        return Dropped(name, row.id, None, refused=reason)


def _refused_before(session: Session, name: str, size: int, reason: str) -> str | None:
    same = (Drop.file_name == name, Drop.size == size, Drop.refused == reason)
    return session.scalar(select(Drop.refused).where(*same).limit(1))


def _unpack(desk: Desk, spool: Spool, name: str, wish: Wish) -> Iterator[Dropped]:
    """Each member stands for itself; what was taken in before a limit bit stays, the rest is one refused Drop."""
    count = 0
    try:
        for count, member in enumerate(_files(spool), start=1):  # noqa: B007 - asked below whether there was any
            yield replace(_drop_member(desk, member, wish), path=f"{name}/{member.path}")
    except ZipRefused as refused:
        yield _refuse(desk, name, wish, refused.reason, size=spool.size)
        return
    if not count:
        yield _refuse(desk, name, wish, "unsupported", size=spool.size)


def _files(spool: Spool) -> Iterator[Member]:
    return (member for member in members(spool.from_start()) if not is_leftover(member.path))


def _drop_member(desk: Desk, member: Member, wish: Wish) -> Dropped:
    name = shown_name(member.path)
    try:
        with member.opened() as stream, spooled(stream, desk.limit) as spool:
            media_type = desk.sniff(spool.path, name)
            nested = media_type == ZIP  # a zip in a zip is not opened: nobody drops one by plan
            return _take(desk, spool, name, "" if nested else media_type, _in_folder(desk, member, wish))
    except FileTooLarge:
        return _refuse(desk, name, wish, "too_large", size=member.size)
    except EmptyFile:
        return _refuse(desk, name, wish, "damaged")
    except ZipRefused as refused:
        if refused.whole:
            raise
        return _refuse(desk, name, wish, refused.reason, size=member.size)


def _in_folder(desk: Desk, member: Member, wish: Wish) -> Wish:
    """The first folder in the zip names the project, unless the person chose one."""
    folder = member.first_folder
    if wish.project_id is not None or not folder:
        return wish
    return replace(wish, project_id=project_of_folder(desk.database, folder, wish))
