"""The words of the bank and roughly in how many entries each stands: for proposing and completing, never for rights.

Counts only grow, by what the index takes in; a removed document is not subtracted. A rebuild of the index counts anew.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import TextClause, delete, select, text, update
from sqlalchemy.orm import Session

from catalog.word_changes import BANK, changed
from catalog.word_models import CompoundPart, WordType

_WORD: Any = WordType.__table__
_PART: Any = CompoundPart.__table__
_ROWS = {"sqlite": "json_each(:rows)", "postgresql": "json_array_elements(CAST(:rows AS json)) AS each(value)"}
# WHERE: SQLite would take ON CONFLICT for a part of a join.
_GROW = """
    INSERT INTO word_type (generation, word, key, entries)
    SELECT :generation, value ->> 0, value ->> 1, CAST(value ->> 2 AS INTEGER) FROM {rows} WHERE true
    ON CONFLICT (generation, word) DO UPDATE SET entries = word_type.entries + excluded.entries, key = excluded.key
"""
_KEEP = """
    INSERT INTO compound_part (generation, part, compound)
    SELECT :generation, value ->> 0, value ->> 1 FROM {rows} WHERE true
    ON CONFLICT DO NOTHING
"""


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
    rows = sorted((one.word, one.key, one.entries) for one in counted)
    _write(session, _GROW, generation, rows)
    if parts := sorted({(part, one.key) for one in counted for part in one.parts}):
        _write(session, _KEEP, generation, parts)
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


def _write(session: Session, statement: str, generation: str, rows: Sequence[tuple[str | int, ...]]) -> None:
    """All rows as one parameter: given one by one they take twice as long in SQLite, and longer still elsewhere."""
    dialect, given = session.get_bind().dialect.name, json.dumps(rows, ensure_ascii=False)
    session.connection().execute(_made(statement, dialect), {"generation": generation, "rows": given})


@cache
def _made(statement: str, dialect: str) -> TextClause:
    return text(statement.format(rows=_ROWS[dialect]))
