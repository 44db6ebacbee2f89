"""A record of the first version, with rows in it, brought to today's form and back."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from catalog import migration
from catalog.database import open_database


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migration.FOLDER))
    config.attributes["connection"] = connection
    return config


def test_promises_of_the_first_version_stay_on_the_way_up_and_down(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'catalog.sqlite'}")
    with database.engine.begin() as connection:
        command.upgrade(_config(connection), "0001")
        connection.execute(
            text(
                "INSERT INTO job (id, kind, subject, subject_id, version, priority, attempts, losses, owner,"
                " lease_until, not_before, last_error, created_at)"
                " VALUES (1, 'read', 'document', 7, 0, 5, 0, 0, '', 0, 0, '', '2026-01-01 00:00:00')"
            )
        )
        command.upgrade(_config(connection), migration.HEAD)
        assert connection.execute(text("SELECT subject_id, request_id FROM job")).all() == [(7, "")]
        command.downgrade(_config(connection), "0001")
        assert connection.execute(text("SELECT subject_id FROM job")).all() == [(7,)]
        command.upgrade(_config(connection), migration.HEAD)
    database.dispose()
