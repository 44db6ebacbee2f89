"""Promises to read documents again, least urgent of all: what they have stands and is searched until the new is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, and_, case, exists, literal, or_, select, update
from sqlalchemy.orm import Session

from catalog import jobs
from catalog.documents.reading import IDENTITY
from catalog.models import Document, Job

REREAD_PRIORITY = 9
READ, FAILED = "read", "failed"


def older_reader(readers: Mapping[str, str]) -> ColumnElement[bool]:
    """Documents that were read by another reader than today's; `readers` holds its fingerprint by media type."""
    today = case(dict(readers), value=Document.media_type, else_="") if readers else literal("")
    return and_(Document.state == READ, today != "", Document.reader != today)


def of_format(media_type: str) -> ColumnElement[bool]:
    return Document.media_type == media_type


def in_state(state: str) -> ColumnElement[bool]:
    return Document.state == state


def has_ended() -> ColumnElement[bool]:
    """All that can be read again: whatever was read, or failed."""
    return Document.state.in_([READ, FAILED])


def waiting() -> ColumnElement[bool]:
    """Documents that are to be read again and have their old text meanwhile."""
    promised = exists().where(and_(Job.kind == "read", Job.subject == "document", Job.subject_id == Document.id))
    return and_(Document.state == READ, promised)


def failed_again() -> ColumnElement[bool]:
    """Documents whose last reading failed, and which have the text of the one before."""
    return and_(Document.state == READ, Document.reason.not_in(["", IDENTITY]))


def ids_where(session: Session, condition: ColumnElement[bool]) -> list[int]:
    """Oldest first."""
    asked = select(Document.id).where(has_ended(), condition).order_by(Document.created_at, Document.id)
    return list(session.scalars(asked))


def promise_rereading(session: Session, document_ids: Sequence[int]) -> None:
    """What had failed waits in the queue as a new file does; the rest stays as it is."""
    session.execute(
        update(Document)
        .where(Document.id.in_(document_ids), Document.state == FAILED)
        .values(state="queued", reason="", reason_detail="", pages_read=0, attempts=0)
        .execution_options(synchronize_session="fetch")
    )
    jobs.add_all(session, "read", "document", [(one, 0, REREAD_PRIORITY) for one in document_ids])


def left_of(session: Session, document_ids: Sequence[int]) -> int:
    """How many of them are still promised to be read, or to be found by what was read."""
    promised = select(Job.subject_id).where(Job.kind.in_(["read", "index"]), Job.subject == "document")
    owed = set(session.scalars(promised.where(Job.generation == "")))
    return len(owed.intersection(document_ids))


def without_new_text(session: Session, document_ids: Sequence[int]) -> int:
    """How many of them have failed, or have kept their old text for a reason."""
    asked = select(Document.id).where(or_(Document.state == FAILED, failed_again()))
    return len(set(session.scalars(asked)).intersection(document_ids))
