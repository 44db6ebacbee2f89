"""Pages that are read from their pictures, and how sure the reading was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scan",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("reason_detail", sa.Text(), nullable=False),
        sa.Column("reader", sa.String(length=80), nullable=False),
        sa.Column("rotation", sa.Integer(), nullable=False),
        sa.Column("skew", sa.Float(), nullable=False),
        sa.Column("boxes", sa.LargeBinary(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_scan_document_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_scan"),
        sa.UniqueConstraint("document_id", "number", name="uq_scan_document_id_number"),
    )
    op.create_index("ix_scan_state", "scan", ["state"])
    op.add_column("page", sa.Column("confidence", sa.Integer(), nullable=True))
    for name in ("scan_pages", "scan_pages_waiting"):
        op.add_column("document", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    for name in ("scan_pages_waiting", "scan_pages"):
        op.drop_column("document", name)
    op.drop_column("page", "confidence")
    op.drop_table("scan")
