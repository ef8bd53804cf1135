"""Commands that open a screen, and so need a terminal."""

import sys
from pathlib import Path
from typing import Any

from workshop_tui.cli.light_start import start_lightly
from workshop_tui.cli.place import located, opened, user_settings
from workshop_tui.cli.plans import begun_with, content_of, load, named, session_number
from workshop_tui.cli.speech import CommandError
from workshop_tui.server_url import Database

_PACKAGE = Path(__file__).parent.parent
_SAMPLE, _DEMO = "norvane-bank.json", "norvane-bank-demo.json"


def library(*, db: str | None) -> int:
    """Open the list of accounts and sessions."""
    _needs_terminal("list")
    return _run(located(db).path)


def demo(*, db: str | None) -> int:
    """Open the sample account in a throw-away database, frozen at the day of a session not begun yet."""
    if db is not None:
        raise CommandError("The demo has a database of its own: leave out --db.")
    _needs_terminal(f"--db demo.db import {_sample()} --keep-date")
    start_lightly()
    import tempfile

    from workshop_tui.documents.plan_json import load_sample

    plan = load_sample(_sample(_DEMO).read_bytes())
    with tempfile.TemporaryDirectory(prefix="workshop-tui-", ignore_cleanup_errors=True) as folder:
        path, account = Path(folder) / "demo.db", plan.account.id
        return _run(
            path, account=account, session=len(plan.sessions), begins=(account, begun_with(plan, path))
        )


def new(name: str, *, db: str | None) -> int:
    """Begin an account."""
    _needs_terminal("import FILE")
    return _run(located(db).path, new=name)


def open_account(account: str, session: int | None, *, db: str | None) -> int:
    """Open an account, or one of its sessions."""
    _needs_terminal("export ACCOUNT")
    start_lightly()
    plan = load(db, account)
    if session is not None:
        session_number(plan, session)
    return _run(located(db).path, account=plan.account.id, session=session)


def notes(account: str, session: int | None, *, db: str | None) -> int:
    """Follow a session as the facilitator alone may see it: prompts, clock, gaps."""
    _needs_terminal("gaps ACCOUNT")
    plan = load(db, account)
    if not plan.sessions:
        begin = f"workshop-tui open {plan.account.id}"
        raise CommandError(f"{plan.account.name} has no session yet: begin one with `{begin}`.")
    chosen = session_number(plan, session).id if session is not None else ""
    from workshop_tui.tui.run import run_notes

    return run_notes(located(db).path, user_settings(), plan.account.id, chosen)


def notes_import(
    file: str, account: str, session: int | None, *, encoding: str | None, db: str | None
) -> int:
    """Open a session with the turns of a transcript beside it; nothing of them comes in by itself."""
    from workshop_tui.documents.errors import DocumentError
    from workshop_tui.documents.transcript import read_transcript

    content = content_of(file)
    try:
        transcript = read_transcript(content, encoding or "")
    except DocumentError as error:
        raise DocumentError(f"{named(file)}: {error}") from None
    _needs_terminal("export ACCOUNT")
    plan = load(db, account)
    if session is not None:
        session_number(plan, session)
    beside = Path(file).name, transcript
    return _run(located(db).path, account=plan.account.id, session=session, beside=beside)


def room(account: str, session: int | None, *, audience: str, db: str | None) -> int:
    """Follow the main screen in a window of its own, cut for an audience; nothing can be written."""
    _needs_terminal("export ACCOUNT")
    from workshop_tui.documents.export import audience_named
    from workshop_tui.domain.plan.plan import audiences

    path = located(db).path
    with opened(path, reads_only=True) as store:
        plan, _ = store.load(store.find(account))
    audience = audience_named(plan, audience, {"all"})
    if audience not in audiences(plan):
        raise CommandError("A window for the room is cut for an audience: name one, or leave out --for.")
    chosen = session_number(plan, session).id if session is not None else ""
    from workshop_tui.tui.run import run_room

    return run_room(path, user_settings(), plan.account.id, chosen, audience=audience)


def _needs_terminal(instead: str) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise CommandError(f"This needs a terminal: run it in one, or run `workshop-tui {instead}` instead.")


def _run(path: Database, **opens: Any) -> int:
    """Run the app; what it opens is named as `run_workshop` takes it."""
    start_lightly()
    from workshop_tui.tui.run import run_workshop

    return run_workshop(path, user_settings(), names_db=path != located(None).path, **opens)


def _sample(name: str = _SAMPLE) -> Path:
    """Return the file of a sample account: in the wheel, or in the repository beside the sources."""
    folders = (_PACKAGE / "samples", _PACKAGE.parent.parent / "sessions")
    return next((folder / name for folder in folders if (folder / name).is_file()), folders[0] / name)
