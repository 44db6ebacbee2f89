"""Reads again what failed, and mends promises that are missing."""

from __future__ import annotations

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session

from catalog import jobs
from catalog.documents.finding import get
from catalog.documents.scan_promises import forget_scans
from catalog.models import Document, Drop, Job

# A person waits for it: before the bulk of an import.
RETRY_PRIORITY = 3


def retry(session: Session, document_id: int) -> Document:
    """Promises to read the document again, with three new attempts. What is being read just now goes on."""
    document = get(session, document_id)
    queue_again(session, document)
    return document


def retry_all_failed(session: Session, dropped_by: str | None = None) -> int:
    """Retries every failed document, or those that one person dropped. Tells how many."""
    asked = select(Document).where(Document.state == "failed")
    if dropped_by is not None:
        asked = asked.where(exists().where(and_(Drop.document_id == Document.id, Drop.dropped_by == dropped_by)))
    failed = session.scalars(asked).all()
    for document in failed:
        queue_again(session, document)
    return len(failed)


def mend(session: Session) -> int:
    """Promises anew to read what waits to be read without a promise. Tells how many; 0 unless something is broken."""
    promised = exists().where(and_(Job.kind == "read", Job.subject == "document", Job.subject_id == Document.id))
    asked = select(Document).where(Document.state.in_(["queued", "reading"]), ~promised)
    forgotten = session.scalars(asked).all()
    for document in forgotten:
        queue_again(session, document)
    return len(forgotten)


def queue_again(session: Session, document: Document) -> None:
    """Scanned pages that were read stay so, unless the document as a whole came to nothing."""
    if document.state == "failed":
        forget_scans(session, document.id)
    document.reason, document.reason_detail = "", ""
    if document.state != "reading":
        document.state, document.pages_read, document.attempts = "queued", 0, 0
    session.flush()
    jobs.add(session, "read", "document", document.id, 0, RETRY_PRIORITY, reset=True)
