"""The rows of what was taken in: documents with their promises, and a drop for each file, refused ones too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import documents
from catalog.documents import Wish
from catalog.dropping.desk import Desk, TakenIn
from catalog.dropping.taking_in import take_in
from catalog.errors import MissingOriginal
from catalog.models import Drop


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


def drop(desk: Desk, stream: IO[bytes], file_name: str, wish: Wish) -> Iterator[Dropped]:
    """Takes a file in: one Dropped, or one for each member of a zip file, as they are taken in.

    A mail is one, and each of its attachments.

    A file that is too large, empty, of no known type or a zip that cannot be opened is refused, which is no error.
    Nudge "read" after the call.
    """
    for taken in take_in(desk, stream, file_name, wish):
        try:
            yield from register(desk, [taken])
        except MissingOriginal:  # removed between `keep` and here; the second time its removal is over
            yield from register(desk, [taken.kept_again()])


def register(desk: Desk, taken: Sequence[TakenIn]) -> list[Dropped]:
    """All rows in one transaction, in order. Raises MissingOriginal where bytes were removed since they were kept."""
    with desk.database.transaction() as session:
        found = iter(documents.register(session, [one.arrival() for one in taken if not one.refused]))
        return [_refused(session, one) if one.refused else _dropped(one, next(found)) for one in taken]


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
