"""Errata stand beside seals."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

TEXTS = ("id", "seal", "kind", "row", "name", "old", "new", "by", "why", "at", "visibility")


def upgrade() -> None:
    """Add their table."""
    op.create_table(
        "erratum",
        sa.Column("account", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in TEXTS),
        sa.Column("rank", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("account", "id", name="pk_erratum"),
        sa.ForeignKeyConstraint(
            ["account", "seal"],
            ["seal.account", "seal.id"],
            name="fk_erratum_seal",
            deferrable=True,
            initially="DEFERRED",
        ),
    )
