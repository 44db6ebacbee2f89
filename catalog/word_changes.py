"""How often lists of words have changed, so that every process knows when what it keeps in memory is old."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from catalog.database import insert_or_update
from catalog.word_models import WordChange

BANK, EDITORS = "bank", "editors"
_TABLE: Any = WordChange.__table__


def changed(session: Session, kind: str) -> None:
    new = insert_or_update(session.get_bind().dialect.name, _TABLE).values(kind=kind, times=1)
    again = new.on_conflict_do_update(index_elements=[_TABLE.c.kind], set_={"times": _TABLE.c.times + 1})
    session.connection().execute(again)


def times(session: Session, kind: str) -> int:
    """0 where it has never changed."""
    return session.connection().execute(_TIMES, {"kind_": kind}).scalar() or 0


_TIMES = select(_TABLE.c.times).where(_TABLE.c.kind == bindparam("kind_"))
