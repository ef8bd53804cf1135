"""`copy`: a whole database into an empty one, from a file to a server or back."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

from workshop_tui.cli.speech import DONE, CommandError, data, data_json, words
from workshop_tui.domain.base.text import counted
from workshop_tui.server_url import Database
from workshop_tui.settings import database_named

Add = Callable[[str, Callable[..., int], str], ArgumentParser]


def add_to(command: Add) -> ArgumentParser:
    """Add the command to the reader of command lines."""
    told = "copy a whole database into an empty one, from a file to a PostgreSQL server or back"
    copied = command("copy", copy, told)
    copied.add_argument("source", metavar="FROM", help="the file or URL of what is copied; it stays as it is")
    copied.add_argument("target", metavar="TO", help="the file or URL of an empty database; a file is made")
    copied.add_argument("--dry-run", action="store_true", help="only say what would be copied")
    return copied


def copy(*, source: str, target: str, dry_run: bool, json: bool, db: str | None) -> int:
    """Copy a whole database, and compare both by counts and checksums."""
    from workshop_tui.store import copying

    if db is not None:
        raise CommandError("Both databases are named: leave out --db.")
    there, here = (database_named(each, "copy", Path.cwd()) for each in (source, target))
    if _is_same(there, here):
        raise CommandError(f"{there} can't be copied into itself: name another database.")
    if dry_run:
        found = copying.refuse_without_content(there)
        copying.refuse_what_holds_anything(here)
    else:
        copied = copying.copy(there, here)
        found = {name: each.rows for name, each in copied.items()}
    if json:
        sums = {} if dry_run else {name: copied[name].checksum for name in found}
        data_json({"from": str(there), "to": str(here), "rows": found, "checksums": sums})
    elif dry_run:
        data("\n".join(f"{count:>7} {name}" for name, count in found.items()))
    held = f"{counted(found.get('account', 0), 'account')} with {counted(sum(found.values()), 'row')}"
    if dry_run:
        words(f"This would copy {held} from {there} to {here}; nothing has changed.")
    else:
        words(f"Copied {held} from {there} to {here}: counts and checksums of every table are the same.")
    return DONE


def _is_same(one: Database, other: Database) -> bool:
    if isinstance(one, Path) and isinstance(other, Path):
        return one.resolve() == other.resolve()
    return one == other
