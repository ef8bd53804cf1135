"""Commands by which what is held is shown, or taken out for good: `account delete` and `person`."""

import datetime as dt
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from workshop_tui.cli.place import located, opened, user_settings
from workshop_tui.cli.speech import DONE, CommandError, data, words
from workshop_tui.domain.base.text import clean_text, counted, fold, nearest, one_of
from workshop_tui.server_url import Database

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import Connection

    from workshop_tui.domain.rules.erasing import NameWords, Sought
    from workshop_tui.store.erased_person import FoundPerson, PersonTaken, Taking
    from workshop_tui.store.erasing import ErasedBackups
    from workshop_tui.store.listing import AccountLine
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


def add_person_to(command: Add) -> ArgumentParser:
    """Add what can be done about a person; return the command that can write JSON."""
    shown = command("show", show_person, "show all that is held about a person, over all accounts")
    shown.add_argument(
        "-o", dest="output", default="-", metavar="FILE", help="as Markdown, or as JSON by .json"
    )
    shown.add_argument("--force", action="store_true", help="write over another file")
    told = "take a person out for good, over all accounts, with journal, records and backups; no undo"
    erased = command("erase", erase_person, told)
    erased.add_argument("--dry-run", action="store_true", help="only say what would be taken out")
    erased.add_argument(
        "--name", metavar="NAME", help="the full name once more, where no terminal can ask for it"
    )
    for each in (shown, erased):
        each.add_argument(
            "person", metavar="NAME", help="a name, an address, or account/id as in norvane/ST01"
        )
        each.add_argument("--account", metavar="ACCOUNT", help="in this account alone: its id or its name")
    return shown


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
        f"This deletes {called} ({found}) with {held}{_also_out_of(path)}. Nothing brings it back.",
    )
    taken = partial(erasing.delete_account, account=found)
    backups = erasing.erase(path, taken, in_backup=taken, of_newest_schema=False)
    words(f"Deleted {called} ({found}) with {held}{_of_backups(backups)}.")
    say_unreadable(backups)
    words("Files that were exported, and backups kept elsewhere, stay: delete them yourself.")
    _say_of_a_server(path)
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


def show_person(  # noqa: PLR0913 - one for each option
    *, person: str, account: str | None, output: str, force: bool, json: bool, db: str | None
) -> int:
    """Write all that is held about a person."""
    from json import dumps

    from workshop_tui.cli.plans import write
    from workshop_tui.documents.files import anything, nothing
    from workshop_tui.documents.files_naming import names_in
    from workshop_tui.documents.person_file import AccountHolding, person_json, person_markdown
    from workshop_tui.domain.rules.erasing import words_here
    from workshop_tui.domain.rules.person_held import held_about
    from workshop_tui.store import backups
    from workshop_tui.store.erased_person import preview

    path = located(db).path
    chosen, sought = _meant(path, person, account)
    kept = sum(names_in(one.file.read_bytes(), sought.words) for one in backups.listed(path))
    traces = {told.account: told for told in preview(path, _taking(sought))}
    holdings = []
    with opened(path) as store:
        for one in chosen:
            plan, _ = store.load(one.account)
            words_of = words_here(sought, frozenset({(type(one.row), one.row.key)}), plan)
            also = _also(traces.get(one.name), kept)
            holdings.append(AccountHolding(plan, held_about(plan, one.row, words_of), also))
    named_only = [told for name, told in traces.items() if name not in {one.name for one in chosen}]
    is_json = json or output.casefold().endswith(".json")
    called = chosen[0].row.name
    if is_json:
        text = dumps(person_json(holdings), indent=2, ensure_ascii=False) + "\n"
    else:
        text = person_markdown(called, holdings, dt.datetime.now().astimezone().date())
    if output == "-":
        data(text)
    else:
        write(Path(output), text, anything if force else nothing, db)
    where = "" if output == "-" else f", written to {output}"
    words(f"{called}: {', '.join(sorted({one.name for one in chosen}))}{where}.")
    for one in chosen:
        if one.is_gone:
            words(f"In {one.name} they were removed before: this is how they came in.")
    for told in named_only:
        words(f"{told.account} names them too, though they are none of its people.")
    return DONE


def erase_person(*, person: str, account: str | None, dry_run: bool, name: str | None, db: str | None) -> int:
    """Take a person out of the database, of all backups beside it and of the log."""
    from workshop_tui.documents.files_naming import files_naming
    from workshop_tui.store import backups, erasing
    from workshop_tui.store.erased_person import preview, take_out

    path = located(db).path
    chosen, sought = _meant(path, person, account)
    called, taking = chosen[0].row.name, _taking(sought)
    told = preview(path, taking)
    for one in told:
        words(f"{one.account}: {_counts(one)}.")
        if one.kept:
            those = one_of(f"«{each}»" for each in sorted(one.kept))
            words(f"Alone, {those} stays in {one.account}, as another there goes by it too.")
    if dry_run:
        words("Nothing has changed.")
        return DONE
    with opened(path) as store:
        refuse_while_open(store, [line.id for line in _lines(path)])
    confirm(called, name, f"This erases {called}{_also_out_of(path)}. Nothing brings it back.")

    def taken(connection: "Connection") -> bool:
        return bool(take_out(connection, taking))

    found = erasing.erase(path, taken, in_backup=taken, of_newest_schema=True)
    logs = _redact_logs(sought.words)
    words(f"Erased {called}{_of_backups(found)}{' and the log' * logs}.")
    say_unreadable(found)
    if isinstance(path, Path):
        own = {path, *(path.with_name(path.name + sidecar) for sidecar in ("-journal", "-wal", "-shm"))}
        for each in (*files_naming(path.parent, sought.words, own), *_elsewhere(path)):
            words(f"«{each}» may name them: look, and delete it yourself.")
    if left := len(backups.listed(path)) - len(found.unreadable):
        are = "is" if left == 1 else "are"
        words(f"{counted(left, 'backup')} beside the database {are} free of them.")
    words("Backups kept elsewhere, and files that were handed out, are yours to delete.")
    _say_of_a_server(path)
    return DONE


def _also_out_of(path: Database) -> str:
    return f", also out of all backups of {path}" if isinstance(path, Path) else f" out of {path}"


def _say_of_a_server(path: Database) -> None:
    if not isinstance(path, Path):
        words("What the server's own backups and log hold of it stays until its administrator lets them go.")


def _counts(told: "PersonTaken") -> str:
    """Return what is taken out of an account, in words."""
    kinds = (
        (told.rows, "row"),
        (told.texts, "text of others that names them"),
        (told.steps, "change in the journal"),
        (told.seals, "sealed record"),
        (told.drafts, "draft"),
    )
    those = [_several(count, noun) for count, noun in kinds if count]
    return ", ".join(those)


def _several(count: int, noun: str) -> str:
    first, *rest = noun.split(" ")
    if first == "sealed":
        return counted(count, noun)
    told = " ".join([counted(count, first), *rest])
    return told if count == 1 else told.replace("that names", "that name")


def _lines(path: Database) -> "tuple[AccountLine, ...]":
    from workshop_tui.cli.plans import clock
    from workshop_tui.store.listing import accounts

    return accounts(path, clock())


def _redact_logs(named: "NameWords") -> bool:
    """Take a person's names out of log and crash reports; return whether they stood there."""
    from workshop_tui.documents.files import anything, write_whole
    from workshop_tui.settings import log_folder

    found = False
    for each in log_folder().glob("*") if log_folder().is_dir() else ():
        if each.is_file():
            text = each.read_text("utf-8", errors="surrogateescape")
            if (without := named.redacted(text, any_case=True)) != text:
                write_whole(each, without.encode("utf-8", "surrogateescape"), kept=(), replaces=anything)
                found = True
    return found


def _elsewhere(path: Path) -> list[Path]:
    """Return databases that were set aside as damaged, of which nobody can tell what is in them."""
    return sorted(path.parent.glob(f"{path.name}-damaged-*"))


def _also(told: "PersonTaken | None", backups: int) -> tuple[str, ...]:
    """Return where else a person stands, in words; what there is none of is left out."""
    changes = f"{counted(told.steps, 'change')} in the journal" if told and told.steps else ""
    records = counted(told.seals, "sealed record") if told and told.seals else ""
    drafts = counted(told.drafts, "draft") if told and told.drafts else ""
    return tuple(filter(None, (changes, records, drafts, counted(backups, "backup") if backups else "")))


def _meant(path: Database, typed: str, account: str | None) -> "tuple[list[FoundPerson], Sought]":
    """Return who is meant, in each account in which they are, and whom to look for then.

    Raises:
        CommandError: nobody is, or several could be; the sentence names them.
    """
    from workshop_tui.store.erased_person import everybody, sought

    with opened(path) as store:
        only = store.find(account) if account is not None else ""
    everyone = everybody(path)
    among = [one for one in everyone if only in {"", one.account}]
    chosen = _chosen(among, typed.strip())
    if not chosen:
        near = nearest(typed, (one.row.name for one in among))
        raise CommandError(f"There is nobody called «{clean_text(typed)}»: {_instead(near, among)}.")
    if not _is_one(chosen, by_address="@" in typed or "/" in typed):
        raise CommandError(f"«{clean_text(typed)}» could be several people: say which of {_listed(chosen)}.")
    return chosen, sought(path, chosen, everyone, only=only)


def _chosen(among: "list[FoundPerson]", typed: str) -> "list[FoundPerson]":
    """Return whom a name fits: by account and id, address, or name; else by how a word of it starts."""
    by_id = [one for one in among if f"{one.account}/{one.row.id}" == typed]
    wanted = fold(typed)
    exact = by_id or [one for one in among if wanted and wanted in {fold(one.row.name), fold(one.row.email)}]
    if exact or not wanted:
        return exact

    def begins(one: "FoundPerson") -> bool:
        name = fold(one.row.name)
        return name.startswith(wanted) or any(word.startswith(wanted) for word in name.split())

    return [one for one in among if begins(one) and not one.is_gone] or [one for one in among if begins(one)]


def _is_one(chosen: "list[FoundPerson]", *, by_address: bool) -> bool:
    """Whether these are one person in several accounts: of one name, no two in one, no two addresses."""
    accounts = [one.account for one in chosen]
    emails = {fold(one.row.email) for one in chosen if one.row.email}
    names = {fold(one.row.name) for one in chosen}
    is_alike = len(names) == 1 or (by_address and len(emails) == 1)
    return is_alike and len(set(accounts)) == len(accounts) and len(emails) <= 1


def _instead(near: str, among: "Collection[FoundPerson]") -> str:
    if near:
        return f"use {near}"
    return "check the name" if among else "nobody is in any account yet"


_MOST_LISTED = 8


def _listed(people: "Iterable[FoundPerson]") -> str:
    told = sorted(
        f"{one.row.name} ({', '.join(filter(None, (one.name, one.row.email)))}: {one.account}/{one.row.id})"
        for one in people
    )
    shown = told[:_MOST_LISTED] + ["others"] * (len(told) > _MOST_LISTED)
    return " or ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))  # a firm's name may have commas


def _taking(sought: "Sought") -> "Taking":
    import secrets

    from workshop_tui.live.erasing import record_without
    from workshop_tui.store.erased_person import Taking

    return Taking(
        sought,
        partial(record_without, sought),
        lambda: secrets.token_hex(4),
        user_settings().actor,
        dt.datetime.now(dt.UTC),
    )
