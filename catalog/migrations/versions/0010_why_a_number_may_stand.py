"""Why an identity number may stand, in a person's own words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("identity_decision", sa.Column("why", sa.String(length=1000), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("identity_decision", "why")
