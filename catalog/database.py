"""Opens the record; the only file that knows which database holds it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.orm import Session

from catalog import migration, postgresql_engine
from catalog.errors import BadValue

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

BUSY_MILLISECONDS = 15_000

# A child must neither use nor close what its parent opened: the engines of before the fork lie here, untouched.
_inherited: list[Engine] = []


class Database:
    """The record. Connections are opened when first needed, and anew in each forked process."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._reading_options = postgresql_engine.READING if postgresql_engine.knows(url) else {"reads_only": True}
        self._engine: Engine | None = None
        self._process = 0

    @property
    def engine(self) -> Engine:
        if self._process != os.getpid():
            if self._engine is not None:
                _inherited.append(self._engine)
            self._engine, self._process = _make_engine(self.url), os.getpid()
        assert self._engine is not None
        return self._engine

    @contextmanager
    def transaction(self, *, alone: bool = True, redoable: bool = False) -> Iterator[Session]:
        """A session that writes: committed when the block ends well, rolled back otherwise. Keep it short.

        Writers go one by one. `alone=False` is for those that touch only rows which nobody else waits for, as claims
        do: PostgreSQL then lets them go on beside others, SQLite cannot.
        What is `redoable` survives the death of any process, but in SQLite may be gone after a power cut: only for work
        whose promise comes back with it (docs/decisions/0006).
        """
        engine = self.engine.execution_options(alone=alone, redoable=redoable)
        with Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads, on one snapshot; it never waits for writers, and writing in it fails."""
        engine = self.engine.execution_options(**self._reading_options)
        with Session(engine, autoflush=False, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def rows(self) -> Iterator[Connection]:
        """As `reading`, for statements that give plain rows: a session costs a result page as much as one of them."""
        with self.engine.execution_options(**self._reading_options).connect() as connection:
            yield connection

    def migrate(self) -> None:
        """Brings the tables to this program's form; raises OutdatedProgram where a newer program wrote them."""
        with self.migrating() as connection:
            migration.to_head(connection)

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A transaction in which tables may change.

        SQLite changes a table by making it anew and dropping the old one, which must not take along what points at it.
        """
        with self.engine.execution_options(foreign_keys=False, alone=False).begin() as connection:
            yield connection

    def dispose(self) -> None:
        """Closes this process's connections; the next use opens new ones."""
        if self._engine is not None and self._process == os.getpid():
            self._engine.dispose()


def open_database(url: str) -> Database:
    """Opens the record at a database URL; raises BadValue for one that is neither of SQLite nor of PostgreSQL.

    Such as sqlite:////var/lib/bank/catalog.sqlite, whose folder is made, or postgresql://bank:password@host/bank.
    """
    if not (postgresql_engine.knows(url) or url.startswith("sqlite:")):
        raise BadValue("The database URL cannot be used; write postgresql://user:password@host/name, signs as %40.")
    return Database(url)


def insert_or_update(dialect: str, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that can be told what to do where its row is there already: both databases say it alike."""
    if dialect == "sqlite":
        from sqlalchemy.dialects.sqlite import insert as sqlite_insert

        return sqlite_insert(table)
    from sqlalchemy.dialects.postgresql import insert as postgresql_insert  # takes a while to load

    return postgresql_insert(table)


def _make_engine(url: str) -> Engine:
    parsed = make_url(url)
    if postgresql_engine.knows(url):
        return postgresql_engine.make_engine(parsed)
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # Transactions begin where we say so (below), not where the driver guesses.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    # A writer that began as a reader cannot be made to wait, it fails at once when another writer came between;
    # so who may write takes the lock from the start.
    options = connection.get_execution_options()
    reads_only = bool(options.get("reads_only"))
    # A write in a reading session would be lost without a word; so it fails.
    _say_pragma(connection, "query_only", str(int(reads_only)))
    _say_pragma(connection, "foreign_keys", str(int(options.get("foreign_keys", True))))
    # FULL syncs the log at each commit: a promise survives a power cut, not only a killed process. The log is one:
    # the next such commit of any process also makes safe what was committed without a sync before it.
    if not reads_only:
        _say_pragma(connection, "synchronous", "NORMAL" if options.get("redoable") else "FULL")
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


def _say_pragma(connection: Connection, name: str, value: str) -> None:
    """Only where it changes: SQLite prepares all statements of the connection anew after a pragma."""
    if connection.info.get(name) != value:
        connection.exec_driver_sql(f"PRAGMA {name} = {value}")
        connection.info[name] = value
