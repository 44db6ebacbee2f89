"""A dropped file becomes a document and the promise to read it, in the caller's transaction."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from catalog import jobs
from catalog.audience import check_classification
from catalog.errors import MissingOriginal
from catalog.models import Document, Drop, Removal, new_id
from catalog.originals import Kept

LONGEST_NAME = 400


def register(
    session: Session,
    *,
    kept: Kept,
    file_name: str,
    media_type: str,
    dropped_by: str,
    project_id: int | None = None,
    publish_when_read: bool = False,
    classification: str = "internal",
    title: str = "",
    document_type: str = "",
    document_date: date | None = None,
    priority: int = 5,
) -> Drop:
    """Adds the document and its promise, or a drop that points at the document with the same bytes.

    Raises MissingOriginal where the bytes were cleared between `keep` and here: keep the file again.
    """
    check_classification(classification)
    drop = _drop(file_name, kept.size, media_type, dropped_by)
    # Whoever clears the bytes of a removed document holds these rows locked until they are gone.
    session.scalars(select(Removal.id).where(Removal.sha256 == kept.sha256).with_for_update()).all()
    if kept.path and not kept.path.exists():
        raise MissingOriginal("The bytes were removed while they were registered; drop the file again.")
    document = Document(
        id=new_id(),
        sha256=kept.sha256,
        size=kept.size,
        file_name=drop.file_name,
        media_type=media_type,
        project_id=project_id,
        publish_when_read=publish_when_read,
        classification=classification,
        title=title[:LONGEST_NAME],
        document_type=document_type,
        document_date=document_date,
        year=document_date.year if document_date else None,
    )
    drop.document_id, drop.duplicate = _stand_or_find(session, document)
    session.add(drop)
    if not drop.duplicate:
        jobs.add(session, "read", "document", document.id, 0, priority)
    session.flush()
    return drop


def refuse(session: Session, *, file_name: str, size: int, media_type: str, dropped_by: str, reason: str) -> Drop:
    """Notes a file that never became a document, and why; the queue page shows it."""
    drop = _drop(file_name, size, media_type, dropped_by)
    drop.refused = reason
    session.add(drop)
    session.flush()
    return drop


def _drop(file_name: str, size: int, media_type: str, dropped_by: str) -> Drop:
    return Drop(
        file_name=file_name[-LONGEST_NAME:], size=size, media_type=media_type, dropped_by=dropped_by, duplicate=False
    )


def _stand_or_find(session: Session, document: Document) -> tuple[int, bool]:
    """The document's id and False, or that of the document with the same bytes and True."""
    asked = select(Document.id).where(Document.sha256 == document.sha256)
    present = session.scalar(asked)
    if present is not None:
        return present, True
    try:
        with session.begin_nested():
            session.add(document)
    except IntegrityError:  # somebody dropped the same bytes in this very moment
        present = session.scalar(asked)
        if present is None:
            raise
        return present, True
    return document.id, False
