"""Run by Alembic: migrates over the connection, and in the transaction, that `catalog.migration` hands over."""

from __future__ import annotations

from alembic import context

from catalog.tables import TABLES

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=TABLES,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
