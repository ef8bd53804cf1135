"""Seats say for which audience a screen is cut."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column; of those who sit there already it isn't known."""
    with op.batch_alter_table("seat") as adding:
        adding.add_column(sa.Column("audience", sa.Text, nullable=False, server_default=""))
    with op.batch_alter_table("seat") as bare:
        bare.alter_column("audience", server_default=None)
