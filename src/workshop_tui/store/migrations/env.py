"""Alembic's entry: works on the connection, and in the transaction, of `run.upgrade`."""

from alembic import context

from workshop_tui.store.migrations.run import is_declared
from workshop_tui.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    include_name=is_declared,
)
context.run_migrations()
