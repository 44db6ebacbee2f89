"""Brings the tables to the form that this program knows. Alembic is imported only where there is something to do."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from catalog import postgresql_engine
from catalog.errors import OutdatedProgram

HEAD = "0013"
FOLDER = Path(__file__).parent / "migrations"


def to_head(connection: Connection) -> None:
    """Migrates inside the caller's transaction, so that a failing step leaves the tables as they were."""
    if version(connection) == HEAD:
        return
    if connection.dialect.name == "postgresql":
        postgresql_engine.migrate_alone(connection)
    if (current := version(connection)) == HEAD:  # another process was here first
        return
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if current and current not in known:
        raise OutdatedProgram(
            f"The record has version {current}, this program knows versions up to {HEAD}; use the newer program."
        )
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)


def version(connection: Connection) -> str:
    """The version of the tables; empty for a fresh database."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")
