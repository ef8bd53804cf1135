"""What can be wrong with a database, looked for one matter after the other; what can be derived is mended."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from msgspec import Struct

from workshop_tui.domain.base.text import counted
from workshop_tui.domain.base.validation import Invalid, validated
from workshop_tui.domain.lifecycle.seal import verify
from workshop_tui.domain.model.session import Seal
from workshop_tui.domain.plan.plan import AccountPlan, problems
from workshop_tui.server_url import Database, ServerUrl
from workshop_tui.store import backups, file, opening, search
from workshop_tui.store.errors import StoreError
from workshop_tui.store.store import Store
from workshop_tui.store.tables import METADATA, SEAT

LEAST_FREE: Final = 100 * 1024 * 1024
"""Bytes below which a disk is nearly full; or thrice the database, as a backup takes as much again."""
_CURE: Final = "put a backup back with `workshop-tui restore last`"
_NUMBERS: Final = "SELECT account, count(*), min(number), max(number) FROM journal GROUP BY account"
_WITH_ACCOUNT: Final = tuple(
    name for name, each in METADATA.tables.items() if "account" in each.c and name != "account"
)


class CheckResult(Struct, frozen=True):
    """One matter that was looked at."""

    what: str
    wrong: str = ""
    """A sentence with the cure; empty when all is well."""
    mended: str = ""
    """A sentence about what was put right just now."""
    told: str = ""
    """What is good to know though nothing is wrong."""


def database(path: Database, now: dt.datetime) -> Iterator[CheckResult]:
    """Look at a database, its backups and its disk; what can't be read is not looked into any further.

    Raises nothing: what can't even be read is a finding. A server's disk and backups, and whether it
    is sound, are its own matter.
    """
    if isinstance(path, ServerUrl):
        yield from _on_a_server(path, now)
        return
    if not path.exists():
        yield CheckResult("database", told=f"{path} is not there yet.")
        return
    yield _rights(path)
    yield _disk(path)
    yield from _backups(path, now)
    try:
        is_newest = _newest_schema(path)
    except StoreError as error:
        yield CheckResult("database", str(error))
        return
    if wrong := _damage(path):
        yield CheckResult("database", wrong)
        return
    yield CheckResult(
        "database", told="" if is_newest else "It is brought up to date when it is opened next."
    )
    if is_newest:
        yield from _contents(path, now)


def _on_a_server(url: ServerUrl, now: dt.datetime) -> Iterator[CheckResult]:
    try:
        with opening.reading(url) as connection:
            revision = opening.revision(connection, url)
        yield CheckResult("database", told="" if revision else f"{url} is empty.")
        yield CheckResult("backups", told="Its server's administrator makes them, as by pg_dump.")
        if revision:
            yield from _contents(url, now)
    except StoreError as error:
        yield CheckResult("database", str(error))


def _contents(path: Database, now: dt.datetime) -> Iterator[CheckResult]:
    with closing(Store.open(path)) as store:
        yield _journal(path)
        yield from _accounts(store, path)
        yield _strays(path)
        yield _search(store, path)
        yield _times(path, now)


def _rights(path: Path) -> CheckResult:
    """On POSIX alone files say who may read them."""
    if os.name != "posix":
        return CheckResult("rights")
    owned = [(each, 0o600) for each in (path, *(one.file for one in backups.listed(path)))]
    places = [(backups.folder(path), 0o700)] if backups.folder(path).is_dir() else []
    open_ones = [
        (each, mode) for each, mode in (*owned, *places) if stat.S_IMODE(each.stat().st_mode) & 0o077
    ]
    try:
        for each, mode in open_ones:
            each.chmod(mode)
    except OSError:
        return CheckResult("rights", f"Others can read {each}: have its owner run `chmod {mode:o}` on it.")
    those = ", ".join(str(each) for each, _ in open_ones)
    return CheckResult("rights", mended=f"Others could read {those}: now nobody else can." if those else "")


def _disk(path: Path) -> CheckResult:
    free, needed = shutil.disk_usage(path.parent).free, max(LEAST_FREE, 3 * path.stat().st_size)
    if free >= needed:
        return CheckResult("disk")
    return CheckResult("disk", f"Only {free // 1_000_000} MB are free beside {path}: make room for backups.")


def _backups(path: Path, now: dt.datetime) -> Iterator[CheckResult]:
    for draft in backups.leftovers(path, now):
        draft.unlink(missing_ok=True)
        yield CheckResult(
            "backups", mended=f"Removed {draft}, which was left by a backup that was broken off."
        )
    there = backups.listed(path)
    unsound = []
    for one in there:
        try:
            backups.refuse_unsound(one.file, one.file)
        except StoreError:
            unsound.append(one.file)
    for each in unsound:
        yield CheckResult("backups", f"The backup {each} is damaged: delete it.")
    if not unsound:
        yield CheckResult("backups", told="" if there else "There is none yet.")


def _newest_schema(path: Path) -> bool:
    with file.reading(path) as connection:
        revision = file.revision(connection, path)
    if revision is None:
        raise StoreError(f"{path} is empty: {_CURE}, or open the app to begin anew.")
    return revision == file.REVISIONS[-1]


def _damage(path: Path) -> str:
    try:
        with file.reading(path) as connection:
            told = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            loose = {name for name, *_ in connection.execute("PRAGMA foreign_key_check")}
    except StoreError as error:
        return str(error)
    if told != "ok":
        return f"The database {path} is damaged: {_CURE}."
    if loose:
        return f"Rows refer to nothing ({', '.join(sorted(loose))}): {_CURE}."
    return ""


def _journal(path: Database) -> CheckResult:
    with opening.reading(path) as connection:
        rows = connection.execute(_NUMBERS).fetchall()
        known = {account for (account,) in connection.execute("SELECT id FROM account")}
    holes = sorted(account for account, count, first, last in rows if (first, last) != (1, count))
    lacking = sorted(known - {account for account, *_ in rows})
    if holes or lacking:
        return CheckResult("journal", f"Changes are missing in {', '.join((*holes, *lacking))}: {_CURE}.")
    return CheckResult("journal")


def _accounts(store: Store, path: Database) -> Iterator[CheckResult]:
    with opening.reading(path) as connection:
        ids = [account for (account,) in connection.execute("SELECT id FROM account ORDER BY id")]
    wrong = 0
    for account in ids:
        for told in _wrong_with(store, account):
            wrong += 1
            yield CheckResult("accounts", told)
    if not wrong:
        yield CheckResult("accounts", told=f"{counted(len(ids), 'account')}.")


def _wrong_with(store: Store, account: str) -> Iterator[str]:
    try:
        plan, _ = store.load(account)
        store.since(account, 0)
        for row in plan:
            validated(type(row), row.plain())  # which reading leaves out
    except (StoreError, Invalid):
        yield f"The account {account} holds what can't be read: {_cure(account)}."
        return
    yield from _wrong_in(plan)


def _cure(account: str) -> str:
    return f"{_CURE.removesuffix('`')} --account {account}`"


def _wrong_in(plan: AccountPlan) -> Iterator[str]:
    account = plan.account
    for told in problems(plan):
        yield f"{account.name}: {told.removesuffix('.')}: {_cure(account.id)}."
    for seal in plan.all(Seal):
        if verify(seal):
            number = plan.number_of(seal.session)
            yield (
                f"The sealed record of session {number} of {account.name} is not what was sealed: "
                f"{_cure(account.id)}."
            )


def _strays(path: Database) -> CheckResult:
    """Look for what belongs to an account that is not there any more."""
    with opening.reading(path) as connection:
        strays = [
            name
            for name in _WITH_ACCOUNT
            if connection.execute(
                f'SELECT 1 FROM "{name}" WHERE account NOT IN (SELECT id FROM account) LIMIT 1'  # noqa: S608
            ).fetchone()
        ]
    if not strays:
        return CheckResult("leftovers")
    if {*strays} <= {SEAT.name, "draft"}:
        with closing(opening.backend(path)) as there, there.writing() as connection:
            for name in strays:
                opening.driver(connection).execute(
                    f'DELETE FROM "{name}" WHERE account NOT IN (SELECT id FROM account)'  # noqa: S608
                )
        return CheckResult("leftovers", mended="Removed what was left of accounts that are gone.")
    return CheckResult("leftovers", f"Rows belong to an account that is gone ({', '.join(strays)}): {_CURE}.")


def _search(store: Store, path: Database) -> CheckResult:
    with closing(opening.backend(path)) as there, there.writing() as connection:
        is_sound = search.is_sound(opening.driver(connection))
    behind = store.search_behind() if is_sound else ()
    if is_sound and not behind:
        return CheckResult("search")
    try:
        if not is_sound:
            store.rebuild_search()
            return CheckResult("search", mended="The search was damaged, and has been made anew.")
        for account in behind:
            store.update_search(account)
    except StoreError:
        return CheckResult("search", told="It lacks the account that can't be read.")
    return CheckResult("search", told=f"Brought up to date for {counted(len(behind), 'account')}.")


def _times(path: Database, now: dt.datetime) -> CheckResult:
    with opening.reading(path) as connection:
        (last,) = connection.execute("SELECT max(at) FROM journal").fetchone()
    if last and dt.datetime.fromisoformat(last) > now + dt.timedelta(days=1):
        return CheckResult(
            "clock", f"The last change is of {last[:10]}, which is to come: set this machine's clock."
        )
    return CheckResult("clock")
