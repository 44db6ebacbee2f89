"""What a result list shows of documents and projects, as plain rows.

The statements are made once and speak of tables: making and reading them costs more than a database's answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, FromClause, bindparam, select
from sqlalchemy.orm import Session

from catalog import audience
from catalog.models import ControlledTerm, Document, Project, ProjectTerm


class ListedProject(NamedTuple):
    """organisations: keys of the owners, in the order of their labels."""

    organisations: tuple[str, ...]
    id: int
    slug: str
    title: str
    status: str
    finding: str
    start_year: int | None
    end_year: int | None
    classification: str
    published_at: datetime | None


class ListedDocument(NamedTuple):
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


class Seen(NamedTuple):
    """What a person may see of documents and projects that were asked for, by id."""

    documents: dict[int, ListedDocument]
    projects: dict[int, ListedProject]


def _columns(table: FromClause, names: Iterable[str]) -> list[Any]:
    return [table.c[name] for name in names]


_DOCUMENT, _PROJECT, _TERM = Document.__table__, Project.__table__, ControlledTerm.__table__
_TERM_OF = ProjectTerm.__table__
_WANTED: BindParameter[list[int]] = bindparam("wanted", expanding=True)
_DOCUMENTS = select(*_columns(_DOCUMENT, ListedDocument._fields)).where(_DOCUMENT.c.id.in_(_WANTED))
_OWNERS = (
    select(_TERM_OF.c.project_id, _TERM.c.key, _TERM.c.label)
    .join(_TERM, _TERM.c.id == _TERM_OF.c.term_id)
    # The kind as an expression: no index serves it, so that SQLite begins with the few terms of the projects.
    .where(_TERM_OF.c.project_id.in_(_WANTED), _TERM.c.kind + "" == "organisation")
    .subquery()
)
_PROJECTS = (
    select(_OWNERS.c.key, *_columns(_PROJECT, ListedProject._fields[1:]))
    .outerjoin(_OWNERS, _OWNERS.c.project_id == _PROJECT.c.id)
    .where(_PROJECT.c.id.in_(_WANTED))
    .order_by(_OWNERS.c.label)
)


def listed_documents(rows: Session | Connection, ids: Iterable[int]) -> dict[int, ListedDocument]:
    """By id; missing ones are left out."""
    found = rows.execute(_DOCUMENTS, {"wanted": list(ids)}).all()
    return {row[0]: ListedDocument._make(row) for row in found}


def listed_projects(rows: Session | Connection, ids: Iterable[int]) -> dict[int, ListedProject]:
    """By id, with their owners; missing ones are left out."""
    found: dict[int, ListedProject] = {}
    for owner, *row in rows.execute(_PROJECTS, {"wanted": list(ids)}).all():  # a row for each owner
        before = found[row[0]].organisations if row[0] in found else ()
        found[row[0]] = ListedProject((*before, owner) if owner else before, *row)
    return found


def seen(
    rows: Session | Connection, documents: Iterable[int], projects: Iterable[int], seen_by: frozenset[str]
) -> Seen:
    """What the record shows these tokens now: the index, which let them through, may not have heard of a change."""
    found = listed_documents(rows, documents)
    around = listed_projects(rows, {*projects, *(one.project_id for one in found.values() if one.project_id)})
    return Seen(
        {
            key: one
            for key, one in found.items()
            if audience.of_document(one, around.get(one.project_id or 0)) & seen_by
        },
        {key: one for key, one in around.items() if audience.of_project(one) & seen_by},
    )
