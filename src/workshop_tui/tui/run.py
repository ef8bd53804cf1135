"""Runs an app in the terminal until it is left: the workshop, the facilitator's own screen, or the room's."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from workshop_tui.live.limits import NO_LIMITS, Limits
from workshop_tui.server_url import Database
from workshop_tui.settings import Settings, log_folder
from workshop_tui.tui.textual_patches.hardened_app import (
    HardenedApp,
    give_back_title,
    outlive_the_terminal,
    tell_no_values,
)

if TYPE_CHECKING:
    from workshop_tui.documents.transcript import Transcript
    from workshop_tui.domain.plan.step import Step


def run_workshop(  # noqa: PLR0913 - what may be opened
    path: Database,
    settings: Settings,
    *,
    account: str | None = None,
    session: int | None = None,
    new: str | None = None,
    names_db: bool = False,
    beside: tuple[str, Transcript] | None = None,
    begins: tuple[str, Step] | None = None,
    limits: Limits = NO_LIMITS,
) -> int:
    """Run the app on a database until it is left, maybe with a transcript beside; return the exit code.

    `begins` is an account with its first Step, which is stored behind the first screen.
    """
    settings = _checked(settings)
    from workshop_tui.tui.app import WorkshopApp

    log = log_folder() / "crash.log"
    app = WorkshopApp(
        path,
        settings,
        log,
        account=account,
        session=session,
        new=new,
        beside=beside,
        begins=begins,
        limits=limits,
    )
    app.names_db = names_db
    try:
        code = _run(app)
    finally:
        with suppress(TimeoutError):
            app.storage.close(timeout=10)
    if app.live and app.live.waits:
        why = app.live.saved.why_not.rstrip(".") or "it did not answer"
        sys.stderr.write(f"Not everything could be saved in the database {path}: {why}.\n")
    return code


def run_notes(path: Database, settings: Settings, account: str, session: str = "") -> int:
    """Follow a session on the facilitator's own screen until it is left; return the exit code."""
    settings = _checked(settings)
    from workshop_tui.tui.notes_app import NotesApp

    app = NotesApp(path, settings, log_folder() / "crash.log", account=account, session=session)
    try:
        return _run(app)
    finally:
        app.storage.close(timeout=10)


def run_room(path: Database, settings: Settings, account: str, session: str = "", *, audience: str) -> int:
    """Follow the main screen in the room's window until it is left; return the exit code."""
    settings = _checked(settings)
    from workshop_tui.tui.room_app import RoomApp

    log = log_folder() / "crash.log"
    app = RoomApp(path, settings, log, account=account, session=session, audience=audience)
    try:
        return _run(app, mouse=False)
    finally:
        app.storage.close(timeout=10)


def _checked(settings: Settings) -> Settings:
    """Hold what the user has set against what there is; that imports all, so only where anything is set."""
    if settings.keys or settings.theme:
        from workshop_tui.tui.commands.keymap import checked

        return checked(settings)
    return settings


def _run(app: HardenedApp, *, mouse: bool = True) -> int:
    tell_no_values()
    outlive_the_terminal()
    try:
        code = app.run(mouse=mouse)
    finally:
        give_back_title()
    return app.return_code or code or 0
