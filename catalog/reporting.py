"""What the yearly report reads of the record, always as a person with the given tokens sees it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog import audience as audiences
from catalog.models import Document, Funding, Project


def years_with_funds(session: Session, audience: frozenset[str]) -> list[int]:
    """The years that a project has funds of, newest first."""
    asked = select(Funding.year).join(Project, Funding.project_id == Project.id)
    found = session.scalars(asked.where(audiences.projects_seen_by(audience)).distinct())
    return sorted(found, reverse=True)


def seen_of(session: Session, ids: Iterable[int], audience: frozenset[str]) -> frozenset[int]:
    """Those of the projects whose own page these tokens open; of the others they may see documents at most."""
    asked = select(Project.id).where(Project.id.in_(list(ids)), audiences.projects_seen_by(audience))
    return frozenset(session.scalars(asked))


def documents_of(session: Session, ids: Iterable[int], audience: frozenset[str]) -> Mapping[int, int]:
    """How many documents each project's page lists for these tokens; a project without any is left out."""
    asked = (
        select(Document.project_id, func.count())
        .join(Project, Document.project_id == Project.id)
        .where(Document.project_id.in_(list(ids)), audiences.documents_seen_by(audience))
        .group_by(Document.project_id)
    )
    return {project_id: count for project_id, count in session.execute(asked) if project_id is not None}
