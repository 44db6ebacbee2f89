"""Generations of the index, and promises that name one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
OLD_UNIQUE, NEW_UNIQUE = "uq_job_kind_subject_subject_id", "uq_job_kind_subject_subject_id_generation"
OLD_INDEX, NEW_INDEX = "ix_job_kind_priority_created_at", "ix_job_kind_generation_priority_created_at"


def upgrade() -> None:
    op.create_table(
        "index_generation",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("built_for", sa.JSON(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("switched_at", MOMENT, nullable=True),
        sa.Column("entries_promised", sa.Integer(), nullable=False),
        sa.Column("pages_promised", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("differences", sa.Integer(), nullable=False),
        sa.Column("checked_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
    with op.batch_alter_table("job") as job:
        # Promises that stand already are owed to the live generation.
        job.add_column(sa.Column("generation", sa.String(length=60), nullable=False, server_default=""))
        job.drop_constraint(OLD_UNIQUE, type_="unique")
        job.create_unique_constraint(NEW_UNIQUE, ["kind", "subject", "subject_id", "generation"])
        job.drop_index(OLD_INDEX)
        job.create_index(NEW_INDEX, ["kind", "generation", "priority", "created_at"])
    with op.batch_alter_table("job") as job:
        job.alter_column("generation", server_default=None)


def downgrade() -> None:
    op.execute("DELETE FROM job WHERE generation <> ''")
    with op.batch_alter_table("job") as job:
        job.drop_index(NEW_INDEX)
        job.drop_constraint(NEW_UNIQUE, type_="unique")
        job.drop_column("generation")
        job.create_unique_constraint(OLD_UNIQUE, ["kind", "subject", "subject_id"])
        job.create_index(OLD_INDEX, ["kind", "priority", "created_at"])
    op.drop_table("index_generation")
