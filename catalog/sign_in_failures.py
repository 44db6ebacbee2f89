"""Wrong passwords, counted for all web processes in one place. Keys are hashes: neither names nor addresses are kept.

Moments are seconds since 1970.
"""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Update, case, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from catalog.person_models import SignInFailure

MOST_KEYS = 10_000  # the oldest are forgotten first, so that a flood of names fills no disk
FORGOTTEN_AFTER = 15 * 60.0  # seconds without a new failure
LONGEST_WAIT = 300.0  # seconds


def wait(session: Session, key: str, free: int, now: float) -> float:
    """Seconds until the next try. After `free` failures each new one doubles the wait, from two seconds up."""
    row = session.execute(
        select(SignInFailure.times, SignInFailure.last_at).where(SignInFailure.key == key)
    ).one_or_none()
    if row is None or row.times < free or row.last_at < now - FORGOTTEN_AFTER:
        return 0.0
    pause = min(LONGEST_WAIT, 2.0 ** min(row.times - free + 1, 30))
    return float(max(0.0, row.last_at + pause - now))


def note(session: Session, key: str, now: float) -> None:
    """Counts a failure, and forgets what is old or too much."""
    _forget_old(session, now)
    if _count_again(session, key, now):
        return
    try:
        with session.begin_nested():
            session.execute(insert(SignInFailure).values(key=key, times=1, last_at=now))
    except IntegrityError:  # another process counted the first one meanwhile
        _count_again(session, key, now)


def take_back(session: Session, key: str) -> None:
    """Uncounts one: the try that was counted before it was known to be right."""
    same = SignInFailure.key == key
    _touched(session, update(SignInFailure).where(same, SignInFailure.times > 0).values(times=SignInFailure.times - 1))


def forget(session: Session, key: str) -> None:
    _touched(session, delete(SignInFailure).where(SignInFailure.key == key))


def _count_again(session: Session, key: str, now: float) -> bool:
    counted = case((SignInFailure.last_at < now - FORGOTTEN_AFTER, 1), else_=SignInFailure.times + 1)
    again = update(SignInFailure).where(SignInFailure.key == key).values(times=counted, last_at=now)
    return bool(_touched(session, again))


def _forget_old(session: Session, now: float) -> None:
    _touched(session, delete(SignInFailure).where(SignInFailure.last_at < now - FORGOTTEN_AFTER))
    too_many = (session.scalar(select(func.count()).select_from(SignInFailure)) or 0) - MOST_KEYS + 1
    if too_many > 0:
        oldest = select(SignInFailure.key).order_by(SignInFailure.last_at, SignInFailure.key).limit(too_many)
        _touched(session, delete(SignInFailure).where(SignInFailure.key.in_(oldest.scalar_subquery())))


def _touched(session: Session, statement: Update | Delete) -> int:
    result = session.execute(statement, execution_options={"synchronize_session": False})
    return cast("CursorResult[Any]", result).rowcount
