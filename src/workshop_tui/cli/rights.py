"""Commands by which what is held is shown and taken out for good: `account delete`."""

import datetime as dt
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from workshop_tui.cli.place import located, opened
from workshop_tui.cli.speech import DONE, CommandError, words
from workshop_tui.domain.base.text import counted

if TYPE_CHECKING:
    from workshop_tui.store.erasing import ErasedBackups
    from workshop_tui.store.store import Store

Add = Callable[[str, Callable[..., int], str], ArgumentParser]


def add_account_to(command: Add) -> None:
    """Add what can be done with a whole account."""
    told = "take an account out for good, with its journal and out of all backups; nothing brings it back"
    deleted = command("delete", delete_account, told)
    deleted.add_argument("account", metavar="ACCOUNT", help="its id, its name, or how the name starts")
    deleted.add_argument(
        "--name", metavar="NAME", help="its name once more, where no terminal can ask for it"
    )


def delete_account(*, account: str, name: str | None, db: str | None) -> int:
    """Take an account out of the database and of all backups beside it."""
    from workshop_tui.domain.model.people import Stakeholder
    from workshop_tui.store import erasing

    path = located(db).path
    with opened(path) as store:
        found = store.find(account)
        plan, changes = store.load(found)
        refuse_while_open(store, [found])
    called = plan.account.name
    held = (
        f"{counted(len(plan.sessions), 'session')}, {counted(len(plan.all(Stakeholder)), 'stakeholder')}"
        f" and {counted(changes, 'change')}"
    )
    confirm(
        called,
        name,
        f"This deletes {called} ({found}) with {held}, also out of all backups of {path}. "
        "Nothing brings it back.",
    )
    taken = partial(erasing.delete_account, account=found)
    backups = erasing.erase(path, taken, in_backup=taken, of_newest_schema=False)
    words(f"Deleted {called} ({found}) with {held}{_of_backups(backups)}.")
    say_unreadable(backups)
    words("Files that were exported, and backups kept elsewhere, stay: delete them yourself.")
    return DONE


def refuse_while_open(store: "Store", accounts: list[str]) -> None:
    """Raise CommandError while anybody has one of these accounts open."""
    from workshop_tui.store.presence import LIVE

    since = dt.datetime.now(dt.UTC) - LIVE
    there = sorted({seat.actor for account in accounts for seat in store.online(account, since)})
    if there:
        has = "has" if len(there) == 1 else "have"
        raise CommandError(f"{', '.join(there)} {has} it open: quit there first, and try again.")


def confirm(called: str, name: str | None, told: str) -> None:
    """Go on only once a name was typed again.

    Raises:
        CommandError: it is another one, or there is nobody to type it.
    """
    if name is None:
        if not sys.stdin.isatty():
            raise CommandError(f'{told} To go on without a terminal, add --name "{called}".')
        words(told)
        print(f"Type {called} to go on: ", end="", file=sys.stderr, flush=True)  # noqa: T201 - as words are
        name = sys.stdin.readline()
    if name.strip() != called:
        raise CommandError(f"«{name.strip()}» is not «{called}»: nothing has changed.")


def _of_backups(backups: "ErasedBackups") -> str:
    return f", and out of {counted(backups.remade, 'backup')}" if backups.remade else ""


def say_unreadable(backups: "ErasedBackups") -> None:
    """Name the backups that had to stay as they are."""
    for each in backups.unreadable:
        words(f"The backup {each} can't be read and may hold it still: delete it.")
