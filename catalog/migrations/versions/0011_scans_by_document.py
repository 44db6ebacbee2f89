"""Indexes for the coverage page and the queue: how sure scanned pages are, and a document's scans by their state."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    of_scans = sa.text("confidence IS NOT NULL")
    op.create_index(
        "ix_page_document_id_confidence",
        "page",
        ["document_id", "confidence"],
        sqlite_where=of_scans,
        postgresql_where=of_scans,
    )
    op.create_index("ix_scan_state_document_id", "scan", ["state", "document_id"])
    op.drop_index("ix_scan_state", "scan")


def downgrade() -> None:
    op.create_index("ix_scan_state", "scan", ["state"])
    op.drop_index("ix_scan_state_document_id", "scan")
    op.drop_index("ix_page_document_id_confidence", "page")
