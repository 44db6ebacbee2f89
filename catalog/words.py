"""The words of the bank and roughly in how many entries each stands: for proposing and completing, never for rights.

Counts only grow, by what the index takes in; a removed document is not subtracted. A rebuild of the index counts anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from catalog.database import insert_or_update
from catalog.models import CompoundPart, WordType
from catalog.word_changes import BANK, changed

_WORD: Any = WordType.__table__
_PART: Any = CompoundPart.__table__
AT_ONCE = 5_000  # rows of one call


class CountedWord(NamedTuple):
    """`entries` more hold the word. `key` folds its inflections; `parts` are keys, for a new compound."""

    word: str
    key: str
    entries: int
    parts: tuple[str, ...] = ()


class Listed(NamedTuple):
    """All words: (word, key, entries) each, and (part, compound) for each part of a compound."""

    words: Sequence[tuple[str, str, int]]
    parts: Sequence[tuple[str, str]]


def count(session: Session, counted: Sequence[CountedWord], generation: str = "") -> None:
    """Adds to what is there; in the order of the words, so that no two writers wait for each other crosswise."""
    if not counted:
        return
    dialect, connection = session.get_bind().dialect.name, session.connection()
    words = sorted((one.word, one.key, one.entries) for one in counted)
    new = insert_or_update(dialect, _WORD)
    added = {"entries": _WORD.c.entries + new.excluded.entries, "key": new.excluded.key}
    grow = new.on_conflict_do_update(index_elements=[_WORD.c.generation, _WORD.c.word], set_=added)
    rows = [{"generation": generation, "word": w, "key": k, "entries": n} for w, k, n in words]
    for some in _portions(rows):
        connection.execute(grow, some)
    parts = sorted({(part, one.key) for one in counted for part in one.parts})
    keep = insert_or_update(dialect, _PART).on_conflict_do_nothing()
    for some in _portions([{"generation": generation, "part": p, "compound": c} for p, c in parts]):
        connection.execute(keep, some)
    if not generation:
        changed(session, BANK)


def listed(session: Session) -> Listed:
    """All that is in use. A hundred thousand words take a tenth of a second."""
    connection = session.connection()
    words = connection.execute(select(_WORD.c.word, _WORD.c.key, _WORD.c.entries).where(_WORD.c.generation == ""))
    parts = connection.execute(select(_PART.c.part, _PART.c.compound).where(_PART.c.generation == ""))
    return Listed([(w, k, n) for w, k, n in words], [(p, c) for p, c in parts])


def begin_anew(session: Session, generation: str) -> None:
    """What was counted for this generation is in use from now on, and what was in use before is forgotten."""
    forget(session, "")
    for table in (_WORD, _PART):
        session.execute(update(table).where(table.c.generation == generation).values(generation=""))
    changed(session, BANK)


def forget(session: Session, generation: str) -> None:
    for table in (_WORD, _PART):
        session.execute(delete(table).where(table.c.generation == generation))


def _portions(rows: list[dict[str, object]]) -> Iterable[list[dict[str, object]]]:
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))
