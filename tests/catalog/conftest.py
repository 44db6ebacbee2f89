"""A record of its own for each test: a real SQLite file, migrated once and copied."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from catalog.database import Database, open_database
from catalog.originals import Originals, open_originals


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("record") / "catalog.sqlite"
    database = open_database(f"sqlite:///{path}")
    database.migrate()
    database.dispose()
    return path


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> Iterator[Database]:
    shutil.copy(migrated, tmp_path / "catalog.sqlite")
    opened = open_database(f"sqlite:///{tmp_path / 'catalog.sqlite'}")
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
