"""The statements that make promises: for one subject, or for every entry that a new index must have."""

from __future__ import annotations

import secrets
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Executable,
    Select,
    String,
    bindparam,
    case,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    union_all,
)

from catalog.columns import LARGEST_ID
from catalog.database import insert_or_update
from catalog.generation_models import IndexGeneration
from catalog.models import Document, Job, Project

BUILDING = "building"
MOST_ROWS = 100_000_000  # of one statement
_JOB: Any = Job.__table__
_GENERATION: Any = IndexGeneration.__table__
_GIVEN = ("kind", "subject", "subject_id", "version", "priority", "request_id")
_FRESH: dict[str, Any] = {"attempts": 0, "losses": 0, "not_before": 0.0, "last_error": ""}


def first_id() -> int:
    """A random key from which MOST_ROWS may be counted up: a statement that makes rows cannot ask Python for each."""
    return secrets.randbelow(LARGEST_ID - MOST_ROWS) + 1


@cache
def promise(dialect: str, *, reset: bool) -> Executable:
    """A row for the live generation and for the one being built; an unfinished row is renewed instead.

    Parameters: first_id, and given_… for each of kind, subject, subject_id, version, priority, request_id.
    """
    given = {name: bindparam(f"given_{name}", type_=_JOB.c[name].type) for name in _GIVEN}
    living = union_all(
        select(literal("", String).label("name")),
        select(_GENERATION.c.name).where(_GENERATION.c.state == BUILDING, given["kind"] == "index"),
    ).subquery("living")
    # SQLite would take ON CONFLICT for a part of a join where no WHERE stands before it.
    rows = select(_counted(living.c.name), living.c.name, *given.values()).where(true())
    new = insert_or_update(dialect, _JOB).from_select(["id", "generation", *_GIVEN], rows)
    renewed = {
        "version": case((_JOB.c.version < new.excluded.version, new.excluded.version), else_=_JOB.c.version),
        "priority": case((_JOB.c.priority > new.excluded.priority, new.excluded.priority), else_=_JOB.c.priority),
        # What was to wait, and is asked for more urgently now or has changed, waits no longer.
        "not_before": case(
            (or_(_JOB.c.priority > new.excluded.priority, _JOB.c.version < new.excluded.version), 0.0),
            else_=_JOB.c.not_before,
        ),
        "request_id": case((new.excluded.request_id != "", new.excluded.request_id), else_=_JOB.c.request_id),
    }
    same = [_JOB.c[name] for name in ("kind", "subject", "subject_id", "generation")]
    statement: Executable = new.on_conflict_do_update(index_elements=same, set_=renewed | (_FRESH if reset else {}))
    return statement


def promise_all(subject: str, generation: str, priority: int) -> Executable:
    """A row for each document that was read, or for each project. Parameter: first_id."""
    chosen = _documents() if subject == "document" else _projects()
    fixed = {"kind": "index", "subject": subject, "generation": generation, "priority": priority}
    rows = chosen.add_columns(*(literal(value, _JOB.c[name].type) for name, value in fixed.items()))
    return insert(_JOB).from_select(["id", "subject_id", "version", *fixed], rows)


def _documents() -> Select[*tuple[Any, ...]]:
    """In the order of their projects, which are then looked up together."""
    place = _counted(Document.project_id, Document.id)
    return select(place, Document.id, Document.version).where(Document.read_at.is_not(None))


def _projects() -> Select[*tuple[Any, ...]]:
    return select(_counted(Project.id), Project.id, Project.version)


def _counted(*order: Any) -> ColumnElement[int]:
    return bindparam("first_id", type_=BigInteger) + func.row_number().over(order_by=order)
