"""A person found over all accounts of a database, and taken out of each: rows, journal, drafts, search."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing
from functools import partial
from typing import Final

import sqlalchemy as sa
from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain.base.entity import Entity, Key
from workshop_tui.domain.base.text import fold
from workshop_tui.domain.model.account import Account, Member
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import KIND, AccountPlan
from workshop_tui.domain.plan.step import Add, Remove, Set, Step, apply, target
from workshop_tui.domain.rules.erasing import (
    PEOPLE,
    NameWords,
    PersonErasure,
    Sought,
    erased_history,
    erasing,
    gone_rows,
    name_words,
    noted,
    past_rows,
    people_of,
    redacted_seals,
    texts_changed,
    words_here,
)
from workshop_tui.server_url import Database
from workshop_tui.store import journal, reading, rows
from workshop_tui.store.erasing import fill_search
from workshop_tui.store.opening import backend, driver
from workshop_tui.store.tables import DRAFT, SEAT, table


class FoundPerson(Struct, frozen=True):
    """One of ours or of theirs, as they stand in an account, or stood there once."""

    account: str
    name: str
    """What the account is called."""
    row: Stakeholder | Member
    is_gone: bool = False
    """Whether they are not in the plan any more, but in its journal."""


class PersonTaken(Struct, frozen=True):
    """What is taken out of an account."""

    account: str
    """What it is called."""
    rows: int
    texts: int
    steps: int
    seals: int
    drafts: int
    kept: frozenset[str]
    """Their words that others go by too, and that so stay where they stand alone."""


class Taking(Struct, frozen=True):
    """How a person is taken out: by whom, when, and what that does to sealed records."""

    sought: Sought
    record: Callable[[str, PersonErasure, str], str]
    """(account, what is taken out, record) → the record without it."""
    new_id: Callable[[], str]
    actor: str
    at: dt.datetime


def everybody(path: Database) -> list[FoundPerson]:
    """Return the people of all accounts, and after them those of whom a journal alone still tells."""
    with closing(backend(path)) as database, database.reading() as connection:
        found, gone = [], []
        for account, name in _accounts(connection):
            there = [row for kind in PEOPLE for row in reading.rows(driver(connection), account, kind)]
            known = {(type(row), row.key) for row in there}
            past = {row.key: row for row in past_rows(journal.steps(connection, account))}
            found += [
                FoundPerson(account, name, row) for row in there if isinstance(row, Stakeholder | Member)
            ]
            gone += [
                FoundPerson(account, name, row, is_gone=True)
                for row in past.values()
                if isinstance(row, Stakeholder | Member) and (type(row), row.key) not in known
            ]
    return [one for one in (*found, *gone) if not getattr(one.row, "placeholder", False)]


def sought(
    path: Database, chosen: Collection[FoundPerson], among: Iterable[FoundPerson], *, only: str = ""
) -> Sought:
    """Return whom to look for: people chosen among all, also by what they were called before."""
    names, emails = {one.row.name for one in chosen}, {one.row.email for one in chosen if one.row.email}
    theirs = {(one.account, type(one.row), one.row.id) for one in chosen}
    called = {fold(name) for name in names}
    others = (one for one in among if (one.account, type(one.row), one.row.id) not in theirs)
    has_namesakes = any(fold(one.row.name) in called for one in others)
    words = name_words(names, ())
    with closing(backend(path)) as database, database.reading() as connection:
        for account in {account for account, _, _ in theirs}:
            for kind, row_id, name, value in _past_values(journal.steps(connection, account)):
                if value and (account, kind, row_id) in theirs:
                    if name == "email":
                        emails.add(value)
                    elif words.stand_in(value):
                        names.add(value)
    return Sought(frozenset(theirs), frozenset(names), frozenset(emails), only, has_namesakes)


def _past_values(steps: Iterable[Step]) -> Iterator[tuple[type[Entity], str, str, str]]:
    """Yield (kind, id, field, value) of each name and address that a row ever had."""
    for change in (change for step in steps for change in step.changes):
        kind, key = target(change)
        if kind not in PEOPLE:
            continue
        if isinstance(change, Set):
            if change.name in _CALLED:
                yield from ((kind, key[0], change.name, str(v or "")) for v in (change.old, change.new))
        else:
            yield from ((kind, key[0], name, str(getattr(change.row, name))) for name in _CALLED)


_CALLED: Final = ("name", "email")


def preview(path: Database, taking: Taking) -> tuple[PersonTaken, ...]:
    """Return what would be taken out; nothing changes."""
    with closing(backend(path)) as database, database.reading() as connection:
        return tuple(taken.told for taken in _all_taken(connection, taking))


def take_out(connection: sa.Connection, taking: Taking) -> tuple[PersonTaken, ...]:
    """Take a person out of all accounts of a database of the newest schema; return what was there of them."""
    found = tuple(_all_taken(connection, taking))
    for taken in found:
        _write(connection, taken, taking)
    if found:
        fill_search(connection)
    return tuple(taken.told for taken in found)


class _Taken(Struct, frozen=True):
    """What becomes of an account."""

    account: str
    erasure: PersonErasure
    is_ours: bool
    before: AccountPlan
    after: AccountPlan
    seals: tuple[str, ...]
    """Those whose records are redacted."""
    steps: tuple[Step, ...]
    """The Steps that are others now."""
    drafts: tuple[tuple[str, str, str | None], ...]
    """(actor, place, text without them, None where it is about them)."""
    told: PersonTaken


def _accounts(connection: sa.Connection) -> list[tuple[str, str]]:
    columns = table(Account).c
    query = sa.select(columns.id, columns.name).order_by(columns.name, columns.id)
    return [(str(account), str(name)) for account, name in connection.execute(query)]


def _all_taken(connection: sa.Connection, taking: Taking) -> Iterator[_Taken]:
    for account, name in _accounts(connection):
        if taking.sought.only in {"", account}:
            taken = _taken(connection, account, name, taking)
            if taken.before != taken.after or taken.steps or taken.drafts:
                yield taken


def _taken(connection: sa.Connection, account: str, name: str, taking: Taking) -> _Taken:
    before, steps = reading.plan(driver(connection), account), journal.steps(connection, account)
    theirs = people_of(taking.sought, account, (*before, *gone_rows(steps, before)))
    words = words_here(taking.sought, theirs, before)
    erasure = PersonErasure(theirs, words)
    erasure = replace(erasure, record=partial(taking.record, account, erasure))
    changes = erasing(before, erasure)
    after = apply(before, Step(changes))
    is_ours = any(kind is Member for kind, _ in theirs)
    history = tuple(
        replace(step, actor=_actor(step.actor, words, is_ours=is_ours))
        for step in erased_history(steps, before, after, erasure)
    )
    changed = tuple(new for old, new in zip(steps, history, strict=True) if old != new)
    gone = {target(change) for change in changes if isinstance(change, Remove)} | theirs
    drafts = tuple(_drafts(connection, account, gone, words, is_ours=is_ours))
    seals = redacted_seals(changes)
    told = PersonTaken(
        name,
        rows=sum(isinstance(change, Remove) for change in changes),
        texts=texts_changed(changes),
        steps=len(changed),
        seals=len(seals),
        drafts=len(drafts),
        kept=_kept(taking.sought, words, is_here=bool(theirs)),
    )
    return _Taken(account, erasure, is_ours, before, after, seals, changed, drafts, told)


def _kept(sought: Sought, words: NameWords, *, is_here: bool) -> frozenset[str]:
    alone = sought.words.alone - words.alone if is_here else frozenset[str]()
    return (sought.words.whole - words.whole) | {word for word in alone if not word.isupper()}


def _write(connection: sa.Connection, taken: _Taken, taking: Taking) -> None:
    account, words = taken.account, taken.erasure.words
    rows.write(connection, account, taken.before, taken.after)
    for actor, place, text in taken.drafts:
        of = DRAFT.c.account == account, DRAFT.c.actor == actor, DRAFT.c.place == place
        if text is None:
            connection.execute(DRAFT.delete().where(*of))
        else:
            kept_by = _actor(actor, words, is_ours=taken.is_ours)
            connection.execute(DRAFT.update().where(*of).values(actor=kept_by, text=text))
    if taken.seals:
        _note(connection, taken, taking)
    if taken.before != taken.after or taken.steps:
        journal.rewrite(connection, account, taken.steps)
    _seats(connection, account, words, is_ours=taken.is_ours)


def _note(connection: sa.Connection, taken: _Taken, taking: Taking) -> None:
    """Say beside each seal that its record was redacted."""
    there: dict[type[Entity], Mapping[Key, Entity]] = {k: taken.before.rows.get(k, {}) for k in PEOPLE}
    known = AccountPlan({**taken.after.rows, **there})
    theirs, number = taken.erasure.people, reading.last_number(driver(connection), taken.account) + 1
    notes = (
        Add(noted(known, seal, theirs, erratum=taking.new_id(), by=taking.actor, at=taking.at))
        for seal in taken.seals
    )
    step = Step(tuple(notes), taking.actor, taking.at, number=number)
    rows.write(connection, taken.account, taken.after, apply(taken.after, step))
    journal.append(connection, taken.account, step)


def _actor(actor: str, words: NameWords, *, is_ours: bool) -> str:
    """Return who made a change: a mark where one of ours goes by the name that is taken out."""
    return words.redacted(actor, any_case=True) if is_ours else actor


def _drafts(
    connection: sa.Connection,
    account: str,
    gone: Collection[tuple[type[Entity], Key]],
    words: NameWords,
    *,
    is_ours: bool,
) -> Iterator[tuple[str, str, str | None]]:
    """Yield what was typed and not kept, where it is about them or names them."""
    for draft in connection.execute(sa.select(DRAFT).where(DRAFT.c.account == account)).all():
        text = words.redacted(draft.text, any_case=True)
        is_by_them = _actor(draft.actor, words, is_ours=is_ours) != draft.actor
        if _is_of(draft.place, gone):
            yield draft.actor, draft.place, None
        elif is_by_them or text != draft.text:
            yield draft.actor, draft.place, text


def _is_of(place: str, gone: Collection[tuple[type[Entity], Key]]) -> bool:
    name, *parts = place.split("/")
    kind = KIND.get(name)
    return kind is not None and (kind, tuple(parts[: len(kind.KEY)])) in gone


def _seats(connection: sa.Connection, account: str, words: NameWords, *, is_ours: bool) -> None:
    """Forget what was looked at last, and who of ours looked."""
    of = SEAT.c.account == account
    connection.execute(SEAT.update().where(of).values(subject="", row=""))
    for seat in connection.execute(sa.select(SEAT.c.seat, SEAT.c.actor).where(of)).all():
        actor = _actor(seat.actor, words, is_ours=is_ours)
        connection.execute(SEAT.update().where(of, SEAT.c.seat == seat.seat).values(actor=actor))
