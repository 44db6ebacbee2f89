"""The words of the bank, roughly counted, and those that its editors teach it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "word_type",
        sa.Column("generation", sa.String(length=60), nullable=False),
        sa.Column("word", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("generation", "word"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "compound_part",
        sa.Column("generation", sa.String(length=60), nullable=False),
        sa.Column("part", sa.String(length=80), nullable=False),
        sa.Column("compound", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("generation", "part", "compound"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "editors_word",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("word", sa.String(length=120), nullable=False),
        sa.Column("word_key", sa.String(length=120), nullable=False),
        sa.Column("same_as", sa.String(length=120), nullable=False),
        sa.Column("same_as_key", sa.String(length=120), nullable=False),
        sa.Column("both_ways", sa.Boolean(), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("kind", "word_key", "same_as_key"),
    )
    op.create_table(
        "word_change",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind"),
    )


def downgrade() -> None:
    for table in ("word_change", "editors_word", "compound_part", "word_type"):
        op.drop_table(table)
