"""Finds documents: by id, for a person, beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Select, and_, not_, select
from sqlalchemy.orm import Session, defer, joinedload

from catalog import audience as audiences
from catalog.errors import NotThere
from catalog.models import Document, Project


class End(NamedTuple):
    """What a report says of a document."""

    id: int
    state: str
    reason: str
    page_count: int
    word_count: int


def get(session: Session, document_id: int) -> Document:
    """The document with its project and the project's terms; raises NotThere."""
    document = session.scalar(_with_project(select(Document).where(Document.id == document_id)))
    if document is None:
        raise NotThere(f"There is no document {document_id}.")
    return document


def whole(session: Session, document_ids: Iterable[int]) -> dict[int, Document]:
    """Documents by id as `get` gives them, in a few queries; missing ones are left out."""
    asked = _with_project(select(Document).where(Document.id.in_(list(document_ids))))
    return {document.id: document for document in session.scalars(asked)}


def visible(session: Session, document_id: int, audience: frozenset[str]) -> Document:
    """The document, where a person with these tokens may see it; raises NotThere otherwise."""
    document = get(session, document_id)
    if not audiences.of_document(document, document.project) & audience:
        raise NotThere(f"There is no document {document_id}.")
    return document


def by_ids(session: Session, ids: Iterable[int]) -> dict[int, Document]:
    """Documents for a result list, with project and terms, without their longer texts. Missing ones are left out."""
    asked = _for_lists(select(Document).where(Document.id.in_(list(ids))))
    return {document.id: document for document in session.scalars(asked)}


def unfinished(session: Session, ids: Sequence[int]) -> list[int]:
    """Those, in the same order, that are neither read and in the index nor stopped for a reason nor removed."""
    in_index = and_(Document.state == "read", Document.indexed_version >= Document.version)
    asked = select(Document.id).where(Document.id.in_(ids), Document.state != "failed", not_(in_index))
    left = set(session.scalars(asked))
    return [one for one in ids if one in left]


def ends(session: Session, ids: Iterable[int]) -> dict[int, End]:
    """How documents stand after an import, by id; missing ones are left out."""
    asked = select(*(getattr(Document, field) for field in End._fields)).where(Document.id.in_(list(ids)))
    return {row.id: End._make(row) for row in session.execute(asked)}


def newest(session: Session, audience: frozenset[str], limit: int) -> list[Document]:
    """Published documents that these tokens may see, newest publication first."""
    asked = (
        select(Document)
        .outerjoin(Project, Document.project_id == Project.id)
        .where(Document.published_at.is_not(None), audiences.documents_seen_by(audience))
        .order_by(Document.published_at.desc(), Document.id)
        .limit(limit)
    )
    return list(session.scalars(_for_lists(asked)))


def in_project(session: Session, project_id: int, audience: frozenset[str]) -> list[Document]:
    """The project's documents that these tokens may see, oldest first (by date, then by when they came)."""
    asked = (
        select(Document)
        .join(Project, Document.project_id == Project.id)
        .where(Document.project_id == project_id, audiences.documents_seen_by(audience))
    )
    found = session.scalars(_for_lists(asked)).all()
    return sorted(found, key=lambda one: (one.year or 0, str(one.document_date or ""), one.created_at, one.id))


def neighbours(
    session: Session, document: Document, audience: frozenset[str]
) -> tuple[Document | None, Document | None]:
    """The documents before and after this one in its project, as these tokens see them."""
    if document.project_id is None:
        return None, None
    row = in_project(session, document.project_id, audience)
    place = next((number for number, one in enumerate(row) if one.id == document.id), None)
    if place is None:
        return None, None
    return row[place - 1] if place else None, row[place + 1] if place + 1 < len(row) else None


def _with_project(asked: Select[Document]) -> Select[Document]:
    project = joinedload(Document.project)
    return asked.options(project.selectinload(Project.terms), project.selectinload(Project.funding))


def _for_lists(asked: Select[Document]) -> Select[Document]:
    return asked.options(
        joinedload(Document.project).selectinload(Project.terms),
        defer(Document.running),
        defer(Document.suggestions),
    )
