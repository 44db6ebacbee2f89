"""What every command asks for first: the record in this program's form."""

from __future__ import annotations

from catalog import terms
from catalog.database import Database, open_database
from settings import Settings


def prepare_record(database: Database) -> None:
    """Brings the tables to this program's form and adds the terms that every bank begins with."""
    database.migrate()
    with database.transaction() as session:
        terms.seed(session)


def prepare_bank(settings: Settings) -> None:
    """For a command that may be the first one in a new data folder, or after an upgrade."""
    database = open_database(settings.database_url)
    try:
        prepare_record(database)
    finally:
        database.dispose()
