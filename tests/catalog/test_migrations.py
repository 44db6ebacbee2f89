"""Migrations up and down on both databases, on a bank with rows in every table."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, func, inspect, select

from catalog import migration
from catalog.database import Database
from catalog.tables import TABLES
from tests.catalog.filled import fill

FIRST = "0001"
Counts = dict[str, int]


@pytest.fixture
def filled(database: Database) -> Database:
    """A bank in which each table has rows."""
    fill(database)
    assert all(_counts(database).values())
    return database


def test_a_filled_bank_of_the_first_version_comes_to_the_newest_with_all_its_rows(filled: Database) -> None:
    counts = _counts(filled)
    _go(filled, FIRST)
    with filled.engine.connect() as connection:
        first_tables = set(inspect(connection).get_table_names()) & counts.keys()
    filled.migrate()
    assert first_tables >= {"document", "job", "page", "project", "user_account"}
    assert {name: _counts(filled)[name] for name in first_tables} == {name: counts[name] for name in first_tables}


def test_migrations_are_taken_back_to_nothing_and_made_again(filled: Database) -> None:
    _go(filled, "base")
    with filled.engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    filled.migrate()
    assert set(_counts(filled).values()) == {0}


def test_a_migration_that_fails_leaves_the_bank_as_it_was(filled: Database) -> None:
    counts = _counts(filled)
    with pytest.raises(ZeroDivisionError):
        _go_and_fail(filled)
    assert _counts(filled) == counts


def _go(database: Database, revision: str) -> None:
    with database.migrating() as connection:
        _command(connection, revision)


def _go_and_fail(database: Database) -> None:
    with database.migrating() as connection:
        _command(connection, "base")
        raise ZeroDivisionError


def _command(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(migration.FOLDER))
    config.attributes["connection"] = connection
    command.downgrade(config, revision)


def _counts(database: Database) -> Counts:
    with database.reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES.sorted_tables
        }
