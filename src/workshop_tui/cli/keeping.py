"""Commands that keep the database safe: `backup` and `restore`."""

import datetime as dt
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from workshop_tui.cli.place import located, opened
from workshop_tui.cli.speech import DONE, CommandError, data, data_json, words

if TYPE_CHECKING:
    from workshop_tui.store.listing import AccountLine
    from workshop_tui.store.store import Store

Add = Callable[[str, Callable[..., int], str], ArgumentParser]


def add_to(command: Add) -> tuple[ArgumentParser, ...]:
    """Add the commands to the reader of command lines; return those that can write JSON."""
    backed = command(
        "backup", backup, "write all accounts into a new file, also while somebody works on them"
    )
    backed.add_argument(
        "to", nargs="?", metavar="PATH", help="a new file, or a folder; beside the database without it"
    )
    backed.add_argument("--list", dest="lists", action="store_true", help="say which backups there are")
    told = "put a backup in the place of the database, or of one account, after making one of what is there"
    restored = command("restore", restore, told)
    restored.add_argument("file", metavar="FILE", help="the backup; last is the newest beside the database")
    restored.add_argument(
        "--account", metavar="ACCOUNT", help="of this account alone: its id or its name in the backup"
    )
    restored.add_argument("--dry-run", action="store_true", help="only say what would change")
    return (backed,)


def backup(*, to: str | None, lists: bool, json: bool, db: str | None) -> int:
    """Make a backup, or say which there are."""
    from workshop_tui.store import backups

    path = backups.file_of(located(db).path)
    if lists:
        there = backups.listed(path)
        if json:
            data_json(
                [
                    {"file": str(one.file), "made_at": one.at, "bytes": one.file.stat().st_size}
                    for one in there
                ]
            )
        elif there:
            data("\n".join(f"{_moment(one.at)}  {one.file}" for one in there))
        else:
            words(f"There is no backup of {path} yet.")
        return DONE
    now = dt.datetime.now(dt.UTC)
    if to is None:
        made = backups.back_up(path, now)
    else:
        made = Path(to)
        if made.is_dir():
            made /= f"{path.stem}-{backups.named_at(now)}"
        backups.copy_to(path, made)
    if json:
        data_json({"file": str(made), "made_at": now, "bytes": made.stat().st_size})
    else:
        words(f"Backed up {_named(made)} to {made}.")
    return DONE


def restore(*, file: str, account: str | None, dry_run: bool, db: str | None) -> int:
    """Put a backup in the place of the database, or of one account."""
    from workshop_tui.store import backups

    path, now = backups.file_of(located(db).path), dt.datetime.now(dt.UTC)
    source = Path(file)
    if file == "last" and not source.exists():
        there = backups.listed(path)
        if not there:
            raise CommandError(f"There is no backup of {path}: name a file.")
        source = there[0].file
    if source.exists() and path.exists() and source.samefile(path):
        raise CommandError(f"{source} is the database itself: name a backup.")
    backups.refuse_unsound(source, source)
    if account is not None:
        return _restore_account(source, path, account, now, dry_run=dry_run)
    if dry_run:
        words(
            f"Would put {_named(source)} of {source} in the place of {_what_is_there(path)}. "
            "Nothing has changed."
        )
        return DONE
    safe = _kept_safe(path, now)
    backups.restore(source, path)
    with opened(path):  # brings it up to date
        words(f"Restored {_named(path)} from {source}.{safe}")
    return DONE


def _restore_account(source: Path, path: Path, account: str, now: dt.datetime, *, dry_run: bool) -> int:
    from workshop_tui.store import backups

    with backups.opened_apart(source) as copy:
        with opened(copy) as store:
            found = store.find(account)
            told = f"{store.load(found)[0].account.name} ({found}) as it was {_last_change(store, found)}"
        with opened(path, create=True) as store:
            here = {line.id: line for line in _accounts(path)}
            now_at = _last_change(store, found) if found in here else ""
        if dry_run:
            there = f"in the place of what it was {now_at}" if now_at else "which is not here"
            words(f"Would put back {told}, {there}. Nothing has changed.")
            return DONE
        safe = _kept_safe(path, now)
        from workshop_tui.store.whole_accounts import put_back

        put_back(path, copy, found)
    words(f"Restored {told} from {source}.{safe}")
    return DONE


def _kept_safe(path: Path, now: dt.datetime) -> str:
    """Keep what is there, unless somebody has it open; return a sentence that says where."""
    from workshop_tui.store import backups
    from workshop_tui.store.errors import StoreError
    from workshop_tui.store.presence import LIVE

    if not path.exists() or not path.stat().st_size:
        return ""
    try:
        with opened(path) as store:
            there = {seat.actor for line in _accounts(path) for seat in store.online(line.id, now - LIVE)}
        kept = "" if there else f" What was there is kept in {backups.back_up(path, now)}."
    except StoreError:
        return f" What was there can't be read, and is kept in {backups.set_aside(path, now)}."
    if there:
        has = "has" if len(there) == 1 else "have"
        raise CommandError(f"{', '.join(sorted(there))} {has} it open: quit there first, and try again.")
    return kept


def _accounts(path: Path) -> "tuple[AccountLine, ...]":
    from workshop_tui.cli.plans import clock
    from workshop_tui.store.listing import accounts

    return accounts(path, clock())


def _named(path: Path) -> str:
    from workshop_tui.domain.base.text import counted
    from workshop_tui.store.backups import accounts_in

    return counted(accounts_in(path), "account")


def _what_is_there(path: Path) -> str:
    return f"{_named(path)} of {path}" if path.exists() else f"{path}, which is not there yet"


def _last_change(store: "Store", account: str) -> str:
    last = store.since(account, store.load(account)[1] - 1)
    return f"on {_moment(at)}" if last and (at := last[-1].at) else "then"


def _moment(at: dt.datetime) -> str:
    from workshop_tui.live.record import format_moment

    return format_moment(at)
