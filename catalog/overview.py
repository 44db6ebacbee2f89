"""Counts for the start page, as a person with the given tokens sees the bank."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from catalog import audience as audiences
from catalog.models import ControlledTerm, Document, Project, ProjectTerm
from catalog.terms import current_key


@dataclass(frozen=True, slots=True)
class Figures:
    """What the bank holds: published only, drafts are not counted even for those who edit."""

    projects: int
    documents: int
    pages: int
    organisations: int


def figures(session: Session, audience: frozenset[str]) -> Figures:
    """The bank in figures; organisations that were merged count as one."""
    projects = select(func.count()).where(*_seen_projects(audience)).select_from(Project)
    documents = (
        select(func.count(), func.coalesce(func.sum(Document.page_count), 0))
        .select_from(Document)
        .outerjoin(Project, Document.project_id == Project.id)
        .where(Document.published_at.is_not(None), audiences.documents_seen_by(audience))
    )
    count, pages = session.execute(documents).one()
    return Figures(session.scalar(projects) or 0, count, int(pages), _organisations(session, audience))


def _organisations(session: Session, audience: frozenset[str]) -> int:
    """Organisations of today that own a project; for each term the first such project ends the search."""
    owning = (
        exists()
        .where(ProjectTerm.term_id == ControlledTerm.id, ProjectTerm.project_id == Project.id)
        .where(*_seen_projects(audience))
    )
    asked = select(ControlledTerm).where(ControlledTerm.kind == "organisation", owning)
    return len({current_key(term) for term in session.scalars(asked)})


def _seen_projects(audience: frozenset[str]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Project.published_at.is_not(None), audiences.projects_seen_by(audience)
