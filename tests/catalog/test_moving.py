"""The same bank moves between databases and is the same afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select, text

from catalog import terms, users
from catalog.columns import Base
from catalog.database import Database, open_database
from catalog.errors import BadValue
from catalog.models import Drop
from catalog.moving import move
from tests import factories
from tests.catalog.filled import fill

Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def target(empty_url: str) -> Iterator[Database]:
    opened = open_database(empty_url)
    yield opened
    opened.dispose()


def test_every_row_arrives_as_it_was_and_the_source_stays(database: Database, target: Database) -> None:
    fill(database)
    before = _rows(database)
    counts = move(database, target)
    assert counts == {name: len(rows) for name, rows in before.items()}
    assert all(counts.values())
    assert _rows(target) == before == _rows(database)


def test_what_is_moved_can_be_worked_with(database: Database, target: Database) -> None:
    with database.transaction() as session:
        factories.user(session, "Åsa Öberg")
        terms.seed(session)
    move(database, target)
    with target.transaction() as session:
        assert users.check_password(session, "åsa öberg", factories.PASSWORD)
        merged = terms.labels(session, ["organisation"])["organisation"]
        assert any(term.successor_key for term in merged.values())
        factories.document(session)


def test_more_rows_than_are_held_at_once_arrive(database: Database, target: Database) -> None:
    pages = [f"Sida {number}" for number in range(1, 1_002)]
    with database.transaction() as session:
        factories.document(session, pages=pages)
    assert move(database, target)["page"] == 1_001


def test_a_target_that_holds_anything_is_left_alone(database: Database, target: Database) -> None:
    target.migrate()
    with target.transaction() as session:
        factories.user(session)
    before = _rows(target)
    with pytest.raises(BadValue, match="user_account; give an empty"):
        move(database, target)
    assert _rows(target) == before


def test_a_source_of_another_version_is_refused_before_the_target_is_touched(
    database: Database, target: Database
) -> None:
    with database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(BadValue, match="version 0000"):
        move(database, target)
    with pytest.raises(BadValue, match="version none"):
        move(target, database)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_row_that_fits_into_no_column_is_told_and_nothing_is_kept(database: Database, postgresql_url: str) -> None:
    target = open_database(postgresql_url)
    with database.transaction() as session:
        factories.user(session)
        session.add(Drop(file_name="x" * 401, size=1, dropped_by="Eva"))
    with pytest.raises(BadValue, match=r"Table dropped_file: .*too long"):
        move(database, target)
    assert not any(_rows(target).values())
    target.dispose()


def _rows(database: Database) -> Rows:
    with database.reading() as session:
        return {
            table.name: sorted((tuple(map(repr, row)) for row in session.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }
