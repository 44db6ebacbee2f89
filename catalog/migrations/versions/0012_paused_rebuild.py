"""Since when a rebuild of the index is paused, and how long it was before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("index_generation", sa.Column("paused_at", sa.DateTime(timezone=True)))
    op.add_column("index_generation", sa.Column("paused_seconds", sa.Float(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("index_generation", "paused_seconds")
    op.drop_column("index_generation", "paused_at")
