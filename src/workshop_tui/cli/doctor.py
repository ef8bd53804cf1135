"""`doctor`: whether database, backups, settings and disk are well; what can be derived is mended."""

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from workshop_tui.cli.place import located
from workshop_tui.cli.speech import DONE, FOUND, data, data_json

if TYPE_CHECKING:
    from workshop_tui.store.checks import CheckResult


def doctor(*, json: bool, db: str | None) -> int:
    """Say what is wrong and what to do, and mend what can be derived; exit 1 when anything is wrong."""
    from workshop_tui.store.checks import database

    path = located(db).path
    found = [*database(path, dt.datetime.now(dt.UTC)), *_settings()]
    if json:
        data_json(found)
    else:
        data("\n".join(_line(each) for each in found))
    return FOUND if any(each.wrong for each in found) else DONE


def _line(found: "CheckResult") -> str:
    sign = "✗" if found.wrong else "+" if found.mended else "✓"
    return f"{sign} {found.what:<10} {found.wrong or found.mended or found.told or 'fine'}"


def _settings() -> "Iterator[CheckResult]":
    from workshop_tui.settings import SettingsError, load_settings
    from workshop_tui.store.checks import CheckResult
    from workshop_tui.tui.commands.keymap import checked

    try:
        checked(load_settings(os.environ, Path.cwd()))
    except SettingsError as error:
        yield CheckResult("settings", str(error))
    else:
        yield CheckResult("settings")
