"""A record of its own for each test, on both databases: migrated once and copied."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from catalog.database import Database, open_database
from catalog.originals import Originals, open_originals
from tests.servers.postgresql_cluster import create_database, drop_database


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("record") / "catalog.sqlite"
    database = open_database(f"sqlite:///{path}")
    database.migrate()
    database.dispose()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a record without a row."""
    if request.param == "sqlite":
        path = request.getfixturevalue("tmp_path") / "catalog.sqlite"
        shutil.copy(request.getfixturevalue("migrated"), path)
        yield f"sqlite:///{path}"
        return
    yield request.getfixturevalue("postgresql_url")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a database without a table."""
    if request.param == "sqlite":
        yield f"sqlite:///{request.getfixturevalue('tmp_path') / 'empty.sqlite'}"
        return
    url = create_database(request.getfixturevalue("postgresql_server"))
    yield url
    drop_database(url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """One writing transaction around the whole test."""
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def originals(tmp_path: Path) -> Originals:
    return open_originals(str(tmp_path / "originals"))
