"""Promises to read documents again, least urgent of all: what they have stands and is searched until the new is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, and_, case, exists, false, func, literal, or_, select, update
from sqlalchemy.orm import Session

from catalog import jobs
from catalog.documents.reading_end import IDENTITY
from catalog.documents.scan_promises import forget_scans, promise_again
from catalog.models import Document, Job, Scan

REREAD_PRIORITY = 9
READ, FAILED = "read", "failed"


@dataclass(frozen=True, slots=True)
class Readers:
    """Fingerprints: of today's for `files` by media type, and in `older_scans` those that today's is better than."""

    files: Mapping[str, str] = field(default_factory=dict)
    older_scans: frozenset[str] = frozenset()


def older_reader(readers: Readers) -> ColumnElement[bool]:
    """Documents that another reader than today's has read, or a scanned page of which a lesser one."""
    return or_(older_file(readers), older_scans(readers))


def older_file(readers: Readers) -> ColumnElement[bool]:
    today = case(dict(readers.files), value=Document.media_type, else_="") if readers.files else literal("")
    return and_(Document.state == READ, today != "", Document.reader != today)


def is_older_file(readers: Readers, media_type: str, reader: str) -> bool:
    """The same of a document that was read."""
    today = readers.files.get(media_type, "")
    return bool(today) and reader != today


def older_scan(readers: Readers) -> ColumnElement[bool]:
    """Scanned pages that a lesser reader than today's has read."""
    return and_(Scan.state == "read", Scan.reader.in_(readers.older_scans)) if readers.older_scans else false()


def count_older_scans(session: Session, readers: Readers) -> int:
    of_read = select(func.count()).select_from(Scan).join(Document).where(Document.state == READ)
    return session.scalar(of_read.where(older_scan(readers))) or 0


def older_scans(readers: Readers) -> ColumnElement[bool]:
    own = exists().where(Scan.document_id == Document.id, older_scan(readers))
    return and_(Document.state == READ, Document.scan_pages > 0, own)


def of_format(media_type: str) -> ColumnElement[bool]:
    return Document.media_type == media_type


def in_state(state: str) -> ColumnElement[bool]:
    return Document.state == state


def has_ended() -> ColumnElement[bool]:
    """All that can be read again: whatever was read, or failed."""
    return Document.state.in_([READ, FAILED])


def waiting() -> ColumnElement[bool]:
    """Documents that are to be read again and have their old text meanwhile."""
    promised = Document.id.in_(select(Job.subject_id).where(Job.kind == "read", Job.subject == "document"))
    scans = exists().where(Scan.document_id == Document.id, Scan.state == "read", _is_promised())
    return and_(Document.state == READ, or_(promised, and_(Document.scan_pages > 0, scans)))


def failed_again() -> ColumnElement[bool]:
    """Documents whose last reading, or that of a scanned page, failed, and which have the text of the one before."""
    scan = exists().where(Scan.document_id == Document.id, Scan.state == "read", Scan.reason != "")
    failed = or_(Document.reason.not_in(["", IDENTITY]), and_(Document.scan_pages > 0, scan))
    return and_(Document.state == READ, failed)


def ids_where(session: Session, condition: ColumnElement[bool]) -> list[int]:
    """Oldest first."""
    asked = select(Document.id).where(has_ended(), condition).order_by(Document.created_at, Document.id)
    return list(session.scalars(asked))


def promise_rereading(
    session: Session, document_ids: Sequence[int], readers: Readers | None = None, *, older_only: bool = False
) -> None:
    """What had failed waits in the queue as a new file does; the rest stays as it is.

    Their scanned pages are read again where an older reader read them; with `older_only` so are the files.
    """
    today = readers or Readers()
    files = _where(session, document_ids, older_file(today)) if older_only else document_ids
    for failed in _where(session, files, Document.state == FAILED):
        forget_scans(session, failed)
    session.execute(
        update(Document)
        .where(Document.id.in_(files), Document.state == FAILED)
        .values(state="queued", reason="", reason_detail="", pages_read=0, attempts=0)
        .execution_options(synchronize_session="fetch")
    )
    jobs.add_all(session, "read", "document", [(one, 0, REREAD_PRIORITY) for one in files])
    older = select(Scan.id).where(Scan.document_id.in_(document_ids), older_scan(today))
    promise_again(session, list(session.scalars(older.order_by(Scan.document_id, Scan.number))))


def left_of(session: Session, document_ids: Sequence[int]) -> int:
    """How many of them are still promised to be read, or to be found by what was read."""
    promised = select(Job.subject_id).where(Job.kind.in_(["read", "index"]), Job.subject == "document")
    owed = set(session.scalars(promised.where(Job.generation == "")))
    owed.update(session.scalars(select(Scan.document_id).where(_is_promised())))
    return len(owed.intersection(document_ids))


def without_new_text(session: Session, document_ids: Sequence[int]) -> int:
    """How many of them have failed, or have kept their old text for a reason."""
    asked = select(Document.id).where(or_(Document.state == FAILED, failed_again()))
    return len(set(session.scalars(asked)).intersection(document_ids))


def _where(session: Session, document_ids: Sequence[int], condition: ColumnElement[bool]) -> list[int]:
    return list(session.scalars(select(Document.id).where(Document.id.in_(document_ids), condition)))


def _is_promised() -> ColumnElement[bool]:
    """Of a scan: that somebody is to read it."""
    return Scan.id.in_(select(Job.subject_id).where(Job.kind == "ocr", Job.subject == "scan"))
