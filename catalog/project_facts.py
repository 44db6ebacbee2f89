"""What an export tells of projects, as plain rows: a few statements for hundreds of projects.

The statements are made once and speak of tables, as those of catalog/listing.py do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, select
from sqlalchemy.orm import Session

from catalog.models import ControlledTerm, Project, ProjectTerm


class ProjectFacts(NamedTuple):
    """terms: keys by kind, in the order of their labels."""

    id: int
    slug: str
    title: str
    project_type: str
    status: str
    finding: str
    start_year: int | None
    end_year: int | None
    classification: str
    published_at: datetime | None
    terms: Mapping[str, tuple[str, ...]]


_PROJECT, _TERM, _TERM_OF = Project.__table__.c, ControlledTerm.__table__.c, ProjectTerm.__table__
_COLUMNS = [_PROJECT[name] for name in ProjectFacts._fields[:-1]]
_WANTED: BindParameter[list[int]] = bindparam("wanted", expanding=True)
_PROJECTS = select(*_COLUMNS).where(_PROJECT.id.in_(_WANTED))
_TERMS = (
    select(_TERM_OF.c.project_id, _TERM.kind, _TERM.key)
    .join(ControlledTerm.__table__, _TERM.id == _TERM_OF.c.term_id)
    .where(_TERM_OF.c.project_id.in_(_WANTED))
    .order_by(_TERM.label)
)


def project_facts(rows: Session | Connection, ids: Iterable[int]) -> dict[int, ProjectFacts]:
    """By id; missing ones are left out."""
    wanted = {"wanted": list(ids)}
    terms: dict[int, dict[str, tuple[str, ...]]] = {}
    for project, kind, key in rows.execute(_TERMS, wanted):
        of_project = terms.setdefault(project, {})
        of_project[kind] = (*of_project.get(kind, ()), key)
    found = rows.execute(_PROJECTS, wanted)
    return {row[0]: ProjectFacts._make((*row, terms.get(row[0], {}))) for row in found}
