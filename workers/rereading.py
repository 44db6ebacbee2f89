"""Has documents read again: those of an older reader, of a format, in a state, or all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement

from catalog.database import Database
from catalog.documents import rereading
from indexer import formats, readers
from workers.promises import AT_ONCE

OLDER, ALL, FORMAT, STATE = "reader-older", "all", "format", "state"
STATES = (rereading.READ, rereading.FAILED)


class BadWhere(ValueError):
    """A choice of documents that cannot be used; the message says which there are."""


@dataclass(frozen=True, slots=True)
class Where:
    """Which documents; FORMAT and STATE have a value."""

    what: str = OLDER
    value: str = ""

    @classmethod
    def parse(cls, text: str) -> Where:
        """As it is written on the command line: reader-older, all, format=pdf, state=failed. Raises BadWhere."""
        what, sign, value = text.strip().partition("=")
        values = {OLDER: (), ALL: (), FORMAT: tuple(formats()), STATE: STATES}.get(what)
        if values is None or bool(values) != bool(sign):
            raise BadWhere(f"{text!r} chooses nothing; use {OLDER}, {ALL}, {FORMAT}=… or {STATE}=….")
        if sign and value not in values:
            raise BadWhere(f"{value!r} is no {what}; use {', '.join(values)}.")
        return cls(what, value)

    @property
    def condition(self) -> ColumnElement[bool]:
        makers: dict[str, Callable[[], ColumnElement[bool]]] = {
            OLDER: lambda: rereading.older_reader(readers()),
            ALL: rereading.has_ended,
            FORMAT: lambda: rereading.of_format(formats()[self.value]),
            STATE: lambda: rereading.in_state(self.value),
        }
        return makers[self.what]()


def chosen(database: Database, where: Where) -> list[int]:
    """Ids of the documents, oldest first."""
    with database.reading() as session:
        return rereading.ids_where(session, where.condition)


def promise_rereading(database: Database, document_ids: list[int]) -> int:
    """Promises it in pieces, so that nobody waits long for the record; tells how many. Nudge "read" afterwards."""
    for start in range(0, len(document_ids), AT_ONCE):
        with database.transaction() as session:
            rereading.promise_rereading(session, document_ids[start : start + AT_ONCE])
    return len(document_ids)
