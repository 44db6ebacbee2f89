"""The promises: what is still owed, to whom it is lent, and what happens when the lender fails or dies.

Moments are seconds since 1970 (`time.time()`), owners are "host:pid:start-time" of a process.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Delete,
    Row,
    Table,
    Update,
    and_,
    bindparam,
    case,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.orm import Session

from catalog.models import Document, Job, Scan
from catalog.origin import request_id
from catalog.promising import first_id, promise

MOST_ATTEMPTS = 3  # crashes and limits of the work itself
MOST_LOSSES = 20  # leases lost because a worker died
REST_SECONDS = 3_600.0  # that an entry rests which every process that wrote it died of
LONGEST_ERROR = 4_000
LEAST_URGENT = 100  # a priority beyond all


@dataclass(frozen=True, slots=True)
class Claimed:
    """A promise lent to `owner` until its lease ends; `version` is the subject's as it stood when it was claimed.

    `generation` is empty for what is owed to the live generation of the index, and for work of other kinds.
    """

    id: int
    kind: str
    subject: str
    subject_id: int
    version: int
    attempts: int
    losses: int = 0
    owner: str = ""
    priority: int = 5
    generation: str = ""
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class Freed:
    """What `free_dead` did: how many promises are free again, and which were lost too often and have ended."""

    count: int
    given_up: tuple[Claimed, ...] = ()


@dataclass(frozen=True, slots=True)
class Owed:
    """Promises of one kind that are not kept yet, those being worked included."""

    count: int
    oldest: datetime


def add(  # noqa: PLR0917 - they are said in this order everywhere
    session: Session, kind: str, subject: str, subject_id: int, version: int, priority: int = 5, *, reset: bool = False
) -> None:
    """Promises the work, once for each subject: an unfinished row stays and learns of the newer version.

    Work of kind "index" is promised to the live generation and to the one that is being built. The more urgent
    priority stands. `reset` forgets earlier attempts, for a person who asks to try again.
    """
    add_all(session, kind, subject, [(subject_id, version, priority)], reset=reset)


def add_all(
    session: Session, kind: str, subject: str, promised: Sequence[tuple[int, int, int]], *, reset: bool = False
) -> None:
    """`add` for many subjects at once, each as (its id, version, priority)."""
    if not promised:
        return
    start = first_id()  # counted up, so that what is promised together is kept in this order
    rows = [
        {
            "first_id": start + 2 * place,  # one for each generation of the index
            "given_kind": kind,
            "given_subject": subject,
            "given_subject_id": subject_id,
            "given_version": version,
            "given_priority": priority,
            "given_request_id": request_id(),
        }
        for place, (subject_id, version, priority) in enumerate(promised)
    ]
    session.connection().execute(promise(session.get_bind().dialect.name, reset=reset), rows)


def claim(  # noqa: PLR0917 - they are said in this order everywhere
    session: Session,
    kind: str,
    owner: str,
    limit: int,
    lease_seconds: float,
    now: float,
    *,
    generation: str = "",
) -> list[Claimed]:
    """Lends up to `limit` promises, most urgent first, then oldest. A lease that ran out counts as a loss.

    They are owed to one generation of the index: the live one, unless another is named.
    """
    asked = {"kind_": kind, "generation_": generation, "owner_": owner, "most": limit}
    given = asked | {"now_": now, "until": now + lease_seconds}
    rows = session.connection().execute(_CLAIM, given).all()
    in_turn = sorted(rows, key=lambda row: (row.priority, row.created_at, row.id))
    return [_claimed(row) for row in in_turn]


def done(session: Session, claimed: Claimed) -> bool:
    """Takes the promise away, unless its subject has changed since it was claimed: then it is free for another turn.

    Tells whether it is gone. What is no longer lent to this owner is left alone.
    """
    if _said(session, _KEPT, claimed):
        return True
    _said(session, _CHANGED, claimed)
    return False


def hand_in(session: Session, claimed: Claimed) -> bool:
    """`done`, said first in the transaction that writes what the work gave.

    False where the promise is no longer lent to this owner: then nothing may be written.
    """
    return bool(_said(session, _KEPT, claimed) or _said(session, _CHANGED, claimed))


def all_done(session: Session, claimed: Sequence[Claimed]) -> None:
    """The same for many at once, in two statements however many there are."""
    if not claimed:
        return
    rows = [_loan(one) for one in claimed]
    connection = session.connection()  # plain rows: no job is ever held as an object
    connection.execute(_KEPT, rows)
    connection.execute(_CHANGED, rows)


def failed(session: Session, claimed: Claimed, error: str, *, counts: bool = True, delay: float = 0.0) -> bool:
    """Frees the promise for another try after `delay` seconds. True when the attempts are used up and it is gone.

    The caller then gives the subject its end, in the same transaction. `counts=False` is for what is nobody's fault
    (a busy lock, an engine that is away): it is tried for ever.
    """
    if counts and claimed.attempts + 1 >= MOST_ATTEMPTS:
        return bool(_count(session, delete(_JOB).where(_lent(claimed))))
    values = {
        **_FREE,
        "attempts": _JOB.c.attempts + (1 if counts else 0),
        "last_error": error[:LONGEST_ERROR],
        "not_before": time.time() + delay if delay else 0.0,
    }
    _count(session, update(_JOB).where(_lent(claimed)).values(values))
    return False


def lost(session: Session, claimed: Claimed) -> bool:
    """Frees what its owner died with; no attempt. True when it has been lost too often and has ended.

    A file that kills every worker is failed here, so that nobody can forget to: it would wait for ever. An entry of the
    index has no state that could say so: its promise stays and rests, as the sweep would promise it again at once.
    """
    if claimed.losses + 1 >= MOST_LOSSES:
        if claimed.kind == "index":
            rest = {
                **_FREE,
                "not_before": time.time() + REST_SECONDS,
                "last_error": "Every process that wrote it died.",
            }
            return bool(_count(session, update(_JOB).where(_lent(claimed)).values(rest)))
        ended = bool(_count(session, delete(_JOB).where(_lent(claimed))))
        if ended and claimed.kind in _DEADLY:
            subject, state = _DEADLY[claimed.kind]
            _count(session, update(subject).where(subject.id == claimed.subject_id).values(state=state, **_DAMAGED))
        return ended
    _count(session, update(_JOB).where(_lent(claimed)).values(**_FREE, losses=_JOB.c.losses + 1))
    return False


def release(session: Session, *claimed: Claimed) -> None:
    """Gives promises back untouched, as a worker does that is told to stop."""
    if claimed:
        session.connection().execute(_RELEASED, [_loan(one) for one in claimed])


def release_all(session: Session, owner: str) -> int:
    """Gives back whatever is lent to this owner, who has lost sight of the record meanwhile. Tells how many."""
    return _count(session, update(_JOB).where(_JOB.c.owner == owner).values(**_FREE))


def extend(session: Session, claimed: Claimed, lease_seconds: float, now: float | None = None) -> bool:
    """Lengthens the lease, from now on. False where the promise is no longer lent to this owner."""
    until = (time.time() if now is None else now) + lease_seconds
    return bool(session.connection().execute(_EXTENDED, {**_loan(claimed), "until": until}).rowcount)


def free_dead(session: Session, is_alive: Callable[[str], bool], now: float) -> Freed:
    """Frees what is lent to the dead at once, and what is lent beyond its lease to whomever."""
    lent = session.execute(select(*_COLUMNS, _JOB.c.lease_until).where(_JOB.c.owner != "")).all()
    alive = {owner: is_alive(owner) for owner in {row.owner for row in lent}}
    dead = [_claimed(row) for row in lent if row.lease_until <= now or not alive[row.owner]]
    given_up = tuple(claimed for claimed in dead if lost(session, claimed))
    return Freed(len(dead) - len(given_up), given_up)


def waiting(session: Session, generation: str = "") -> dict[str, int]:
    """How many promises of each kind are not kept yet, those being worked included.

    What is owed to a generation of the index that is being built is counted by its name only.
    """
    asked = select(_JOB.c.kind, func.count()).where(_JOB.c.generation == generation).group_by(_JOB.c.kind)
    return dict(session.execute(asked).all())


def owed(session: Session, before: int) -> dict[tuple[str, bool], Owed]:
    """What is owed of each kind, a rebuild apart: True what is more urgent than the priority `before`."""
    urgent = (_JOB.c.priority < before).label("urgent")
    asked = select(_JOB.c.kind, urgent, func.count(), func.min(_JOB.c.created_at)).where(_JOB.c.generation == "")
    rows = session.connection().execute(asked.group_by(_JOB.c.kind, "urgent"))
    return {(kind, is_urgent): Owed(count, oldest) for kind, is_urgent, count, oldest in rows}


def is_owed(session: Session, kind: str, before: int = LEAST_URGENT) -> bool:
    """Whether anything of the kind is not kept yet that is more urgent than the priority `before`."""
    owed = and_(_JOB.c.kind == kind, _JOB.c.generation == "", _JOB.c.priority < before)
    return session.connection().execute(select(_JOB.c.id).where(owed).limit(1)).first() is not None


def oldest(session: Session, kind: str | None = None) -> datetime | None:
    """When the oldest promise was given, a rebuild's apart; None where nothing is owed."""
    asked = select(func.min(Job.created_at)).where(Job.generation == "")
    return session.scalar(asked.where(Job.kind == kind) if kind else asked)


def forget(session: Session, kind: str, subject: str, subject_ids: Iterable[int]) -> None:
    """Takes promises back whose subject is no more."""
    gone = and_(_JOB.c.kind == kind, _JOB.c.subject == subject, _JOB.c.subject_id.in_(list(subject_ids)))
    _count(session, delete(_JOB).where(gone))


# A document or a scan that was only read again keeps the text that it has.
_DEADLY: dict[str, tuple[type[Document | Scan], Any]] = {
    kind: (subject, case((subject.state == "read", "read"), else_="failed"))
    for kind, subject in (("read", Document), ("ocr", Scan))
}
_DAMAGED = {"reason": "damaged", "reason_detail": "Every worker that read it died."}
_FREE: dict[str, Any] = {"owner": "", "lease_until": 0.0}
# Statements on the table, not on the class: no job is ever held as an object, and these are said for every file.
_JOB = cast("Table", Job.__table__)
_COLUMNS = tuple(_JOB.c[field.name] for field in fields(Claimed))
_LENT = and_(_JOB.c.id == bindparam("lent"), _JOB.c.owner == bindparam("lent_to"))
_KEPT = delete(_JOB).where(_LENT, _JOB.c.version == bindparam("worked"))
_CHANGED = update(_JOB).where(_LENT).values(**_FREE, attempts=0, losses=0, last_error="")
_RELEASED = update(_JOB).where(_LENT).values(**_FREE)
_EXTENDED = update(_JOB).where(_LENT).values(lease_until=bindparam("until"))


def _claimed(row: Row[*tuple[Any, ...]]) -> Claimed:
    return Claimed(*row[: len(_COLUMNS)])


def _loan(claimed: Claimed) -> dict[str, Any]:
    return {"lent": claimed.id, "lent_to": claimed.owner, "worked": claimed.version}


def _said(session: Session, statement: Update | Delete, claimed: Claimed) -> int:
    """Executes one of the statements above, and tells how many rows it touched."""
    return session.connection().execute(statement, _loan(claimed)).rowcount


def _lent(claimed: Claimed) -> ColumnElement[bool]:
    return and_(_JOB.c.id == claimed.id, _JOB.c.owner == claimed.owner)


def _count(session: Session, statement: Update | Delete) -> int:
    """Executes, and tells how many rows it touched."""
    return session.connection().execute(statement).rowcount


def _claim() -> Update:
    loss = case((_JOB.c.owner != "", 1), else_=0)  # it still names an owner, whose lease has run out
    losses = _JOB.c.losses + loss
    now: ColumnElement[float] = bindparam("now_")
    free = and_(
        _JOB.c.kind == bindparam("kind_"),
        _JOB.c.generation == bindparam("generation_"),
        _JOB.c.not_before <= now,
        _JOB.c.lease_until <= now,
        losses < MOST_LOSSES,
    )
    # PostgreSQL would run a plain subquery once a row, and so lend more than the limit; a locking CTE it runs once.
    turn = (
        select(_JOB.c.id)
        .where(free)
        .order_by(_JOB.c.priority, _JOB.c.created_at, _JOB.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
        .cte("turn")
    )
    return (
        update(_JOB)
        .where(_JOB.c.id.in_(select(turn.c.id)))
        .values(owner=bindparam("owner_"), lease_until=bindparam("until"), losses=losses)
        .returning(*_COLUMNS, _JOB.c.created_at)
    )


_CLAIM = _claim()
