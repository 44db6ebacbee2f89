"""Versions: what search must see grows by one with each change, and owes the index a turn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from catalog import jobs
from catalog.models import Document


def bump(session: Session, document: Document, priority: int = 5) -> None:
    """The document changed: a new version, and the promise to index it. What was never read is not searched yet."""
    session.flush()
    # Counted in the database: two who change the same document at once make two versions.
    grown = update(Document).where(Document.id == document.id).values(version=Document.version + 1)
    version = session.execute(grown.returning(Document.version)).scalar_one()
    if document.read_at:
        jobs.add(session, "index", "document", document.id, version, priority)


def bump_all_of(session: Session, project_id: int, priority: int = 5) -> None:
    """The project changed: its documents' entries carry its title, labels and audience."""
    rows = session.execute(
        update(Document)
        .where(Document.project_id == project_id)
        .values(version=Document.version + 1)
        .returning(Document.id, Document.version, Document.read_at)
        .execution_options(synchronize_session="fetch")
    ).all()
    for document_id, version, read_at in rows:
        if read_at:
            jobs.add(session, "index", "document", document_id, version, priority)


def versions(session: Session) -> dict[int, int]:
    """The version of each document that belongs in the index, by id: those that have been read."""
    asked = select(Document.id, Document.version).where(Document.read_at.is_not(None))
    return dict(session.execute(asked).all())


def mark_indexed(session: Session, versions: Mapping[int, int]) -> None:
    """Notes which version of each document the index holds since its last commit."""
    if versions:
        rows = [{"marked": document_id, "held": version} for document_id, version in versions.items()]
        session.connection().execute(_MARK, rows)


_DOCUMENT = cast("Table", Document.__table__)
_MARK = update(_DOCUMENT).where(_DOCUMENT.c.id == bindparam("marked")).values(indexed_version=bindparam("held"))
