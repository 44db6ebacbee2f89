"""Documents of projects that are not published are for those who edit: their entries of before are written anew."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "UPDATE document SET version = version + 1 WHERE published_at IS NOT NULL"
        " AND project_id IN (SELECT id FROM project WHERE published_at IS NULL)"
    )


def downgrade() -> None:
    """Entries of later versions stay as they are."""
