"""Watched folders, and the languages of a document."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("document", sa.Column("languages", sa.JSON(), nullable=False, server_default="[]"))
    op.create_table(
        "watched_folder",
        sa.Column("path", sa.String(length=1000), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("troubles", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("path", name="pk_watched_folder"),
    )
    op.create_table(
        "watched_file",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("folder", sa.String(length=1000), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("modified", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name="fk_watched_file_document_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_watched_file"),
    )
    op.create_index("ix_watched_file_document_id", "watched_file", ["document_id"])


def downgrade() -> None:
    op.drop_table("watched_file")
    op.drop_table("watched_folder")
    op.drop_column("document", "languages")
