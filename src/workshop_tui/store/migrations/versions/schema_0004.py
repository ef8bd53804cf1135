"""Seats say what is looked at, whether it is covered, and since when, for the window that follows."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TEXTS = ("view", "subject", "row")


def upgrade() -> None:
    """Add the columns; of those who sit there already none of it is known."""
    with op.batch_alter_table("seat") as adding:
        for name in TEXTS:
            adding.add_column(sa.Column(name, sa.Text, nullable=False, server_default=""))
        adding.add_column(sa.Column("covered", sa.Boolean, nullable=False, server_default=sa.false()))
        adding.add_column(sa.Column("since", sa.Text, nullable=False, server_default=""))
    with op.batch_alter_table("seat") as bare:
        for name in (*TEXTS, "covered", "since"):
            bare.alter_column(name, server_default=None)
