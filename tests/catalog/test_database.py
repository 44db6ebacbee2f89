from __future__ import annotations

import multiprocessing
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from catalog import migration, projects
from catalog.database import Database, open_database
from catalog.errors import OutdatedProgram
from catalog.tables import TABLES
from tests import factories

FORK = multiprocessing.get_context("fork")
sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class TestTransaction:
    def test_what_was_written_is_there_afterwards(self, database: Database) -> None:
        with database.transaction() as session:
            made = factories.project(session, "Bo kvar")
        with database.reading() as session:
            assert projects.get(session, made.id).title == "Bo kvar"

    def test_error_takes_everything_back(self, database: Database) -> None:
        def write_and_fail() -> None:
            with database.transaction() as session:
                factories.project(session, "Bo kvar")
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            write_and_fail()
        with database.reading() as session:
            assert factories.project_titles(session) == []

    @sqlite_only
    def test_writing_transaction_holds_the_lock_though_it_has_only_read_yet(self, database: Database) -> None:
        with database.transaction() as session, closing(sqlite3.connect(_path(database), timeout=0)) as other:
            factories.project_titles(session)
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")

    def test_reader_keeps_its_snapshot_and_waits_for_no_writer(self, database: Database) -> None:
        with database.reading() as reader:
            assert factories.project_titles(reader) == []
            with database.transaction() as writer:
                factories.project(writer)
                assert factories.project_titles(reader) == []
            assert factories.project_titles(reader) == []

    def test_writing_in_a_reading_session_fails_instead_of_being_lost(self, database: Database) -> None:
        with database.reading() as session, pytest.raises(DBAPIError, match=r"read-?only"):
            factories.project(session)
        with database.transaction() as session:
            factories.project(session)

    def test_rows_are_read_on_one_snapshot_and_writing_among_them_fails(self, database: Database) -> None:
        counted, written = text("SELECT count(*) FROM project"), text("DELETE FROM project")
        with database.rows() as rows:
            assert rows.scalar(counted) == 0
            with database.transaction() as writer:
                factories.project(writer)
            assert rows.scalar(counted) == 0
        with database.rows() as rows, pytest.raises(DBAPIError, match=r"read-?only"):
            rows.execute(written)
        with database.rows() as rows:
            assert rows.scalar(counted) == 1


@sqlite_only
class TestSqlite:
    @pytest.mark.parametrize(
        ("pragma", "value"),
        [("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", 15_000), ("synchronous", 2)],
    )
    def test_each_connection_is_prepared(self, database: Database, pragma: str, value: object) -> None:
        with database.reading() as session:
            assert session.scalar(text(f"PRAGMA {pragma}")) == value

    def test_only_what_can_be_done_again_is_committed_without_a_sync(self, database: Database) -> None:
        said = []
        for redoable in (False, True, False):
            with database.transaction(redoable=redoable) as session:
                said.append(session.scalar(text("PRAGMA synchronous")))
        assert said == [2, 1, 2]


def test_folder_of_the_record_is_made(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'new' / 'catalog.sqlite'}")
    database.migrate()
    database.dispose()
    assert (tmp_path / "new" / "catalog.sqlite").is_file()


class TestFork:
    def test_child_opens_connections_of_its_own(self, database: Database) -> None:
        with database.reading() as session:
            factories.project_titles(session)
        child = FORK.Process(target=_write_a_project, args=(database,))
        child.start()
        child.join()
        assert child.exitcode == 0
        with database.reading() as session:
            assert factories.project_titles(session) == ["From the child"]

    def test_child_of_a_writer_neither_ends_nor_joins_its_transaction(self, database: Database) -> None:
        with database.transaction() as session:
            factories.project(session, "From the parent")
            child = FORK.Process(target=_see_nothing, args=(database,))
            child.start()
            child.join()
            assert child.exitcode == 0
        with database.reading() as session:
            assert factories.project_titles(session) == ["From the parent"]

    def test_disposed_database_can_be_used_again(self, database: Database) -> None:
        database.dispose()
        with database.reading() as session:
            assert factories.project_titles(session) == []


class TestMigrate:
    def test_migrated_record_is_what_the_models_say(self, database: Database) -> None:
        with database.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, TABLES) == []

    def test_head_is_the_newest_migration(self) -> None:
        assert ScriptDirectory(str(migration.FOLDER)).get_heads() == [migration.HEAD]

    def test_migrating_again_changes_nothing(self, database: Database) -> None:
        with database.transaction() as session:
            factories.project(session)
        database.migrate()
        with database.reading() as session:
            assert len(factories.project_titles(session)) == 1

    def test_current_record_needs_no_alembic(self, database: Database) -> None:
        code = (
            "import sys; from catalog.database import open_database;"
            f"open_database({database.url!r}).migrate(); sys.exit('alembic' in sys.modules)"
        )
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

    def test_older_program_refuses_a_newer_record(self, database: Database) -> None:
        with database.transaction() as session:
            session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(OutdatedProgram, match="9999"):
            database.migrate()

    def test_processes_that_start_together_migrate_once(self, empty_url: str) -> None:
        started = [FORK.Process(target=_migrate, args=(empty_url,)) for _ in range(4)]
        for process in started:
            process.start()
        for process in started:
            process.join()
        assert [process.exitcode for process in started] == [0, 0, 0, 0]


def _path(database: Database) -> str:
    return database.url.removeprefix("sqlite:///")


def _write_a_project(database: Database) -> None:
    with database.transaction() as session:
        factories.project(session, "From the child")


def _see_nothing(database: Database) -> None:
    with database.reading() as session:
        assert factories.project_titles(session) == []


def _migrate(url: str) -> None:
    database = open_database(url)
    database.migrate()
    database.dispose()


def test_an_error_names_no_value_that_was_to_be_written(database: Database) -> None:
    def add_twice(session: Session) -> None:
        factories.user(session, "Anna Andersson")
        factories.user(session, "Bo")
        session.execute(text("UPDATE user_account SET name_key = :name"), {"name": "anna andersson"})

    with pytest.raises(IntegrityError) as caught, database.transaction() as session:
        add_twice(session)
    assert "UPDATE user_account" in str(caught.value)
    assert "andersson" not in str(caught.value)
