"""Which database and settings a command works with, and `where`, which tells."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from workshop_tui.cli.speech import DONE, data, data_json
from workshop_tui.server_url import Database
from workshop_tui.settings import Location, Settings, database, load_settings, log_folder, playbook_folders

if TYPE_CHECKING:
    from workshop_tui.store.store import Store


def located(db: str | None) -> Location:
    """Return the database to use."""
    return database(db, os.environ, Path.cwd())


def user_settings() -> Settings:
    """Return the user's settings."""
    return load_settings(os.environ, Path.cwd())


@contextmanager
def opened(path: Database, *, create: bool = False, reads_only: bool = False) -> Iterator["Store"]:
    """Open the database, and close it whatever happens; `reads_only`: so that nothing can be written."""
    from workshop_tui.store.store import Store

    store = Store.open_to_read(path) if reads_only else Store.open(path, create=create)
    try:
        yield store
    finally:
        store.close()


def where(*, db: str | None, json: bool) -> int:
    """Say where database, settings, playbooks and log are."""
    location, settings = located(db), user_settings()
    if settings.keys or settings.theme:
        from workshop_tui.tui.commands.keymap import checked

        checked(settings)
    folders = playbook_folders(settings, location.path)
    places: dict[str, Database] = {
        "database": location.path,
        "settings": settings.file,
        **{f"playbooks{n or ''}": folder for n, folder in enumerate(folders)},
        "log": log_folder(),
    }
    if json:
        known: dict[str, dict[str, str | bool | None]] = {
            name: {"path": str(path), "exists": _exists(path)} for name, path in places.items()
        }
        known["database"]["why"] = location.why
        data_json(known)
        return DONE
    for name, path in places.items():
        notes = [location.why] * (name == "database") + ["not there yet"] * (_exists(path) is False)
        data(f"{name:<11}{path}" + (f" ({'; '.join(notes)})" if notes else ""))
    return DONE


def _exists(path: Database) -> bool | None:
    """Whether a file or folder is there; None for what is on a server, which isn't asked."""
    return path.exists() if isinstance(path, Path) else None
