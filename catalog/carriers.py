"""What carries a controlled term into the index, and must go there again when the term changes."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from catalog import jobs
from catalog.documents import versioning
from catalog.models import ControlledTerm, Document, Project, ProjectTerm

# Terms that stand in a column instead of in ProjectTerm.
PROJECT_COLUMNS = {"project_type": Project.project_type, "status": Project.status, "finding": Project.finding}


def bump(session: Session, kind: str, term: ControlledTerm) -> None:
    """Gives every project and document with the term a new version and a turn in the index."""
    if kind == "document_type":
        for document in session.scalars(select(Document).where(Document.document_type == term.key)):
            versioning.bump(session, document)
        return
    for project in session.scalars(select(Project).where(_carries(kind, term))):
        bump_project(session, project)


def bump_project(session: Session, project: Project, priority: int = 5) -> None:
    """The project changed: a new version of it and of its documents, whose entries carry its title and labels."""
    session.flush()
    grown = update(Project).where(Project.id == project.id).values(version=Project.version + 1)
    version = session.execute(grown.returning(Project.version)).scalar_one()
    jobs.add(session, "index", "project", project.id, version, priority)
    versioning.bump_all_of(session, project.id, priority)


def _carries(kind: str, term: ControlledTerm) -> ColumnElement[bool]:
    if kind in PROJECT_COLUMNS:
        return PROJECT_COLUMNS[kind] == term.key
    return Project.id.in_(select(ProjectTerm.project_id).where(ProjectTerm.term_id == term.id))
