"""How the bank stands: counts for operators, whoever may see what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from catalog.models import Document, Drop, Job, Project

JOB_STATES = ("waiting", "delayed", "working")


def documents_by_state(session: Session) -> dict[str, int]:
    """Documents in each state, 0 included."""
    counted = _counted(session.execute(select(Document.state, func.count()).group_by(Document.state)))
    return {state: counted.get(state, 0) for state in ("queued", "reading", "read", "failed")}


def failures_by_reason(session: Session) -> dict[str, int]:
    asked = select(Document.reason, func.count()).where(Document.state == "failed").group_by(Document.reason)
    return _counted(session.execute(asked.order_by(Document.reason)))


def refusals_by_reason(session: Session) -> dict[str, int]:
    """Dropped files that never became documents, those put away included."""
    asked = select(Drop.refused, func.count()).where(Drop.refused != "").group_by(Drop.refused)
    return _counted(session.execute(asked.order_by(Drop.refused)))


def jobs_by_state(session: Session, now: float) -> dict[tuple[str, str], int]:
    """Promises by kind and one of JOB_STATES, at a moment in seconds since 1970; only those that there are."""
    lent = (Job.owner != "") & (Job.lease_until > now)
    state = case((lent, "working"), (Job.not_before > now, "delayed"), else_="waiting")
    rows = session.execute(select(Job.kind, state, func.count()).group_by(Job.kind, state))
    return {(kind, where): int(count) for kind, where, count in rows}


def entries_behind(session: Session) -> dict[str, int]:
    """Documents and projects whose newest version is not in the index yet."""
    documents = select(func.count()).where(Document.read_at.is_not(None), Document.indexed_version < Document.version)
    projects = select(func.count()).where(Project.indexed_version < Project.version)
    return {"document": session.scalar(documents) or 0, "project": session.scalar(projects) or 0}


def answers(session: Session) -> None:
    """Asks for as little as can be; raises DatabaseUnavailable where the record, or its tables, are not there."""
    session.execute(select(Project.id).limit(1)).all()


def project_count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Project)) or 0


def page_count(session: Session) -> int:
    """Pages of all documents that were read."""
    asked = select(func.coalesce(func.sum(Document.page_count), 0)).where(Document.read_at.is_not(None))
    return int(session.scalar(asked) or 0)


def _counted(rows: Iterable[Any]) -> dict[str, int]:
    return {name: int(count) for name, count in rows}
