"""Run the migrations: all or nothing."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from workshop_tui.store.backend import Backend

SCRIPTS = Path(__file__).parent


def is_declared(name: str | None, kind: str, _parents: object) -> bool:
    """Whether something is declared in `tables`, for Alembic to compare: what the search keeps is not."""
    return kind != "table" or not (name or "").startswith("search_")


def upgrade(backend: Backend) -> None:
    """Bring a database to the newest schema in one transaction; raises StoreError and leaves it as it was."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with backend.migrating() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
