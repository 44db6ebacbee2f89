"""What a result list shows of documents and projects, as plain rows: half the time of whole objects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.models import ControlledTerm, Document, Project, ProjectTerm


@dataclass(frozen=True, slots=True)
class ListedProject:
    """organisations: keys of the owners, in the order of their labels."""

    organisations: tuple[str, ...]
    id: int
    slug: str
    title: str
    status: str
    finding: str
    start_year: int | None
    end_year: int | None


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """`summary` is there for hits of which no page holds the words."""

    id: int
    project_id: int | None
    title: str
    file_name: str
    media_type: str
    document_type: str
    document_date: date | None
    year: int | None
    language: str
    summary: str
    classification: str
    published_at: datetime | None
    page_kind: str
    page_count: int


_DOCUMENT: tuple[Any, ...] = tuple(getattr(Document, field.name) for field in fields(ListedDocument))
_PROJECT: tuple[Any, ...] = tuple(
    getattr(Project, field.name) for field in fields(ListedProject) if field.name != "organisations"
)


def listed_documents(session: Session, ids: Iterable[int]) -> dict[int, ListedDocument]:
    """By id; missing ones are left out."""
    rows = session.execute(select(*_DOCUMENT).where(Document.id.in_(list(ids))))
    return {row[0]: ListedDocument(*row) for row in rows}


def listed_projects(session: Session, ids: Iterable[int]) -> dict[int, ListedProject]:
    """By id, with their owners; missing ones are left out."""
    wanted = list(ids)
    owners: dict[int, list[str]] = {}
    asked = (
        select(ProjectTerm.project_id, ControlledTerm.key)
        .join(ControlledTerm, ControlledTerm.id == ProjectTerm.term_id)
        .where(ProjectTerm.project_id.in_(wanted), ControlledTerm.kind == "organisation")
        .order_by(ControlledTerm.label)
    )
    for project_id, key in session.execute(asked):
        owners.setdefault(project_id, []).append(key)
    rows = session.execute(select(*_PROJECT).where(Project.id.in_(wanted)))
    return {row[0]: ListedProject(tuple(owners.get(row[0], ())), *row) for row in rows}
