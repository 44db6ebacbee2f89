"""People's judgements of hits, the bank's own collection for measuring its search."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "judgement",
        sa.Column("question", sa.String(length=300), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("judged_by", sa.String(length=200), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_judgement_document_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("question", "document_id", name="pk_judgement"),
    )
    op.create_index("ix_judgement_document_id", "judgement", ["document_id"])


def downgrade() -> None:
    op.drop_table("judgement")
