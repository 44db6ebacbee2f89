"""Pages keep the keys of every word and its parts instead of one base form."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What stands there is of an older analysis, as each page's version tells: it is renewed on the way to the index.

    Renamed in place, which both databases do at once: a copy of the table would take minutes.
    """
    op.execute("ALTER TABLE page_tokens RENAME COLUMN base TO parts")


def downgrade() -> None:
    op.execute("ALTER TABLE page_tokens RENAME COLUMN parts TO base")
