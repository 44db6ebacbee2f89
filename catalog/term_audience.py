"""Which controlled terms a person may know of: a word that only hidden projects carry is as secret as they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache

from sqlalchemy import Connection, Exists, Select, bindparam, or_, select, tuple_
from sqlalchemy.orm import Session

from catalog.audience import documents_seen_by, projects_seen_by
from catalog.models import ControlledTerm, Document, Project, ProjectTerm

KindAndKey = tuple[str, str]

_CARRIER = ProjectTerm.term_id == ControlledTerm.id


def carried(
    rows: Session | Connection, asked: Collection[KindAndKey], audience: frozenset[str]
) -> Mapping[KindAndKey, bool]:
    """Of the terms asked for those that projects carry, each with whether these tokens may see it on one of them.

    A project tells of its terms by itself, and by each of its documents.
    """
    if not asked:
        return {}
    found = rows.execute(_asking(audience), {"asked": list(asked)})
    return {(kind, key): bool(seen) for kind, key, seen in found}


@lru_cache(maxsize=16)
def _asking(audience: frozenset[str]) -> Select[str, str, bool]:
    """Made once for each audience: making it costs more than its answer."""
    return select(ControlledTerm.kind, ControlledTerm.key, or_(_on_project(audience), _on_document(audience))).where(
        tuple_(ControlledTerm.kind, ControlledTerm.key).in_(bindparam("asked", expanding=True)),
        select(ProjectTerm.term_id).where(_CARRIER).exists(),
    )


def _on_project(audience: frozenset[str]) -> Exists:
    asked = select(Project.id).join(ProjectTerm, ProjectTerm.project_id == Project.id)
    return asked.where(_CARRIER, projects_seen_by(audience)).exists()


def _on_document(audience: frozenset[str]) -> Exists:
    asked = (
        select(Document.id)
        .join(Project, Project.id == Document.project_id)
        .join(ProjectTerm, ProjectTerm.project_id == Project.id)
    )
    return asked.where(_CARRIER, Document.read_at.is_not(None), documents_seen_by(audience)).exists()
