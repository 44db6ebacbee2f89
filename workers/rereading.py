"""Has documents read again: those of an older reader, of a format, in a state, or all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement

from catalog import scans
from catalog.database import Database
from catalog.documents import rereading
from catalog.documents.rereading import Readers
from indexer import formats, is_older_scan_reader, readers
from settings import Settings
from workers.promises import AT_ONCE
from workers.queue import nudge

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

    def condition(self, today: Readers) -> ColumnElement[bool]:
        makers: dict[str, Callable[[], ColumnElement[bool]]] = {
            OLDER: lambda: rereading.older_reader(today),
            ALL: rereading.has_ended,
            FORMAT: lambda: rereading.of_format(formats()[self.value]),
            STATE: lambda: rereading.in_state(self.value),
        }
        return makers[self.what]()


def readers_today(settings: Settings, database: Database) -> Readers:
    """Scans count where this machine has a better program than the one that read them, and somebody is to read them."""
    if not settings.ocr_processes:
        return Readers(readers())
    with database.reading() as session:
        return Readers(readers(), frozenset(filter(is_older_scan_reader, scans.readers(session))))


def chosen(database: Database, where: Where, today: Readers) -> list[int]:
    """Ids of the documents, oldest first."""
    with database.reading() as session:
        return rereading.ids_where(session, where.condition(today))


def promise_rereading(database: Database, document_ids: list[int], today: Readers, *, older_only: bool = False) -> int:
    """Promises it in pieces, so that nobody waits long for the record, and sees to it that work begins.

    Tells how many documents. `older_only`: where a file's own reader is today's, only its older scans are read.
    """
    for start in range(0, len(document_ids), AT_ONCE):
        with database.transaction() as session:
            some = document_ids[start : start + AT_ONCE]
            rereading.promise_rereading(session, some, today, older_only=older_only)
    nudge("read")
    nudge("ocr")
    return len(document_ids)
