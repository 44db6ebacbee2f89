"""What an export tells of projects, as plain rows: a few statements for hundreds of projects.

The statements are made once and speak of tables, as those of catalog/listing.py do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, func, select
from sqlalchemy.orm import Session

from catalog.models import ControlledTerm, Funding, Project, ProjectTerm


class ProjectFacts(NamedTuple):
    """terms: keys by kind, in the order of their labels. granted, repaid: SEK of all years; None without any."""

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
    granted: int | None
    repaid: int | None


_PROJECT, _FUNDING = Project.__table__.c, Funding.__table__.c
_TERM, _TERM_OF = ControlledTerm.__table__.c, ProjectTerm.__table__
_COLUMNS = [_PROJECT[name] for name in ProjectFacts._fields[:-3]]
_WANTED: BindParameter[list[int]] = bindparam("wanted", expanding=True)
_PROJECTS = select(*_COLUMNS).where(_PROJECT.id.in_(_WANTED))
_TERMS = (
    select(_TERM_OF.c.project_id, _TERM.kind, _TERM.key)
    .join(ControlledTerm.__table__, _TERM.id == _TERM_OF.c.term_id)
    .where(_TERM_OF.c.project_id.in_(_WANTED))
    .order_by(_TERM.label)
)
_MONEY = (
    select(_FUNDING.project_id, func.sum(_FUNDING.granted), func.sum(_FUNDING.repaid))
    .where(_FUNDING.project_id.in_(_WANTED))
    .group_by(_FUNDING.project_id)
)


def project_facts(rows: Session | Connection, ids: Iterable[int]) -> dict[int, ProjectFacts]:
    """By id; missing ones are left out."""
    wanted = {"wanted": list(ids)}
    terms: dict[int, dict[str, tuple[str, ...]]] = {}
    for project, kind, key in rows.execute(_TERMS, wanted):
        of_project = terms.setdefault(project, {})
        of_project[kind] = (*of_project.get(kind, ()), key)
    money = {project: (int(granted), int(repaid)) for project, granted, repaid in rows.execute(_MONEY, wanted)}
    return {
        row[0]: ProjectFacts._make((*row, terms.get(row[0], {}), *money.get(row[0], (None, None))))
        for row in rows.execute(_PROJECTS, wanted)
    }
