"""Dropped files become documents and the promises to read them, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from catalog import jobs
from catalog.audience import check_classification
from catalog.columns import new_id, now
from catalog.database import insert_or_update
from catalog.errors import MissingOriginal
from catalog.models import Document, Drop, Removal
from catalog.originals import Kept

LONGEST_NAME = 400


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person who drops has said about the document-to-be. publish: when it is read.

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
class Arrival:
    """Kept bytes and what is said of them."""

    kept: Kept
    file_name: str
    media_type: str
    wish: Wish


@dataclass(frozen=True, slots=True)
class Registered:
    """The drop of an arrival, and the document with its bytes: a new one, or one that was there (`duplicate`).

    `id` is the drop's; None where `skip_known` left none.
    """

    id: int | None
    document_id: int
    duplicate: bool


def register(session: Session, arrivals: Sequence[Arrival]) -> list[Registered]:
    """Adds documents and their promises, and drops; what has the same bytes as a document leads to that one.

    Raises MissingOriginal where bytes were cleared between `keep` and here: keep the file again.
    """
    if not arrivals:
        return []
    session.flush()
    _hold_bytes(session, arrivals)
    rows = [_document(arrival) for arrival in arrivals]
    _add_unknown(session, rows)
    standing = _standing(session, arrivals)
    found = [
        _registered(arrival, row["id"], standing[arrival.kept.sha256])
        for arrival, row in zip(arrivals, rows, strict=True)
    ]
    told = list(zip(arrivals, found, strict=True))
    if drops := [_drop(arrival, one) for arrival, one in told if one.id is not None]:
        session.connection().execute(insert(_DROP), drops)
    jobs.add_all(
        session, "read", "document", [(one.document_id, 0, its.wish.priority) for its, one in told if not one.duplicate]
    )
    return found


def refuse(session: Session, *, file_name: str, size: int, media_type: str, dropped_by: str, reason: str) -> Drop:
    """Notes a file that never became a document, and why; the queue page shows it."""
    drop = Drop(
        file_name=file_name[-LONGEST_NAME:],
        size=size,
        media_type=media_type,
        dropped_by=dropped_by,
        duplicate=False,
        refused=reason,
    )
    session.add(drop)
    session.flush()
    return drop


def _hold_bytes(session: Session, arrivals: Sequence[Arrival]) -> None:
    """Whoever clears the bytes of a removed document holds these rows locked until they are gone."""
    hashes = [arrival.kept.sha256 for arrival in arrivals]
    session.execute(select(Removal.id).where(Removal.sha256.in_(hashes)).with_for_update()).all()
    for kept in (arrival.kept for arrival in arrivals):
        if kept.path and not kept.path.exists():
            raise MissingOriginal("The bytes were removed while they were registered; drop the file again.")


def _document(arrival: Arrival) -> dict[str, Any]:
    wish = arrival.wish
    return {
        "id": new_id(),
        "sha256": arrival.kept.sha256,
        "size": arrival.kept.size,
        "file_name": arrival.file_name[-LONGEST_NAME:],
        "media_type": arrival.media_type,
        "project_id": wish.project_id,
        "publish_when_read": wish.publish,
        "classification": check_classification(wish.classification),
        "title": wish.title[:LONGEST_NAME],
        "document_type": wish.document_type,
        "document_date": wish.document_date,
        "year": wish.document_date.year if wish.document_date else None,
        "created_at": now(),
    }


def _add_unknown(session: Session, rows: list[dict[str, Any]]) -> None:
    """Documents whose bytes no document has. Two who drop the same files at once take them in the same order."""
    new = insert_or_update(session.get_bind().dialect.name, _DOCUMENT).on_conflict_do_nothing(index_elements=["sha256"])
    session.connection().execute(new, sorted(rows, key=lambda row: str(row["sha256"])))


def _standing(session: Session, arrivals: Sequence[Arrival]) -> dict[str, int]:
    """The document that has each arrival's bytes."""
    hashes = [arrival.kept.sha256 for arrival in arrivals]
    asked = select(_DOCUMENT.c.sha256, _DOCUMENT.c.id).where(_DOCUMENT.c.sha256.in_(hashes))
    return dict(session.connection().execute(asked).all())


def _registered(arrival: Arrival, own_id: int, standing_id: int) -> Registered:
    duplicate = own_id != standing_id
    return Registered(None if duplicate and arrival.wish.skip_known else new_id(), standing_id, duplicate)


def _drop(arrival: Arrival, registered: Registered) -> dict[str, Any]:
    return {
        "id": registered.id,
        "file_name": arrival.file_name[-LONGEST_NAME:],
        "size": arrival.kept.size,
        "media_type": arrival.media_type,
        "dropped_by": arrival.wish.dropped_by,
        "document_id": registered.document_id,
        "duplicate": registered.duplicate,
    }


_DOCUMENT, _DROP = (cast("Table", model.__table__) for model in (Document, Drop))
