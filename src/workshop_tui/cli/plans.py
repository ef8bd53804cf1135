"""Commands that read and write account plans without a screen."""

import datetime as dt
import itertools
import re
import sys
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from workshop_tui.cli.place import located, opened, user_settings
from workshop_tui.cli.speech import DONE, FOUND, CommandError, data, data_json, words
from workshop_tui.documents.errors import DocumentError
from workshop_tui.domain.base.dates import format_date, parse_date
from workshop_tui.domain.base.text import clean_text, counted
from workshop_tui.server_url import Database
from workshop_tui.settings import own_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sized

    from workshop_tui.domain.gaps.ranking import GapGroup
    from workshop_tui.domain.gaps.registry import Gap, Rules
    from workshop_tui.domain.metrics import PlanMetrics
    from workshop_tui.domain.model.session import Seal, Session
    from workshop_tui.domain.plan.plan import AccountPlan
    from workshop_tui.domain.plan.step import Change, Step
    from workshop_tui.store.listing import AccountLine
    from workshop_tui.store.raw import RawConnection


def list_accounts(*, db: str | None, json: bool) -> int:
    """List accounts and sessions with their open actions."""
    from workshop_tui.store.listing import accounts

    path = located(db).path
    lines = accounts(path, clock())
    if json:
        data_json(lines)
    elif not lines:
        words(f"There are no accounts in {path}: begin one with `workshop-tui new`.")
    else:
        from workshop_tui.store.naming import ShortIds

        ids = ShortIds({line.id: (line.name, line.customer) for line in lines})
        told = (_account_lines(line, ids.account(line.id)) for line in lines)
        data("\n".join(itertools.chain.from_iterable(told)))
    return DONE


def _account_lines(account: "AccountLine", called: str) -> list[str]:
    at = f"as of {format_date(account.as_of)}" if account.as_of else ""
    archived = "archived" if account.archived else ""
    counts = _counts(account.open, account.overdue)
    head = joined(f"{account.name} ({called})", account.stage.label, counts, archived, at)
    sessions = (
        joined(
            f"  {line.number}",
            format_date(line.held_on),
            line.playbook,
            "sealed" if line.sealed else "",
            _counts(line.open, line.overdue),
        )
        for line in account.sessions
    )
    return [head, *sessions]


def joined(*parts: str) -> str:
    """Return the parts that say anything, parted by dots."""
    return " · ".join(part for part in parts if part)


def _counts(open_: int, overdue: int) -> str:
    return f"{open_} open, {overdue} overdue" if overdue else f"{open_} open" if open_ else ""


def gaps(  # noqa: PLR0913 - one for each option
    account: str, *, on: str | None, audience: str, rule: str, top: int | None, db: str | None, json: bool
) -> int:
    """Say what is missing in an account plan, what weighs most first; the exit code is 1 if anything is.

    Without a date it is as the screen of the latest session has it; at a date, as far as the plan was
    known by then. By one rule alone, the exit code is that rule's.
    """
    from workshop_tui.documents.export import audience_named
    from workshop_tui.domain.base.vocabulary import CUSTOMER
    from workshop_tui.domain.gaps.ranking import heaviest, ranked
    from workshop_tui.domain.plan.past import as_known

    if top is not None and top < 1:
        raise CommandError(f"--top can't be {top}: give how many gaps to list, from 1 on.")
    plan = load(db, account)
    day = day_of(plan, on)
    known = plan if on is None else as_known(plan, day)
    audience = audience_named(plan, audience, {CUSTOMER})
    asked = _rule_named(rule)
    figures = _figures(known, audience, day, "Gaps are not told to the customer")
    found = tuple(gap for gap in figures.gaps if asked in {"", gap.rule})
    groups = ranked(found) if top is None else heaviest(ranked(found), top)
    listed = [gap for group in groups for gap in group.gaps]
    if json:
        data_json([_plainly(gap) for gap in listed])
    else:
        _show_gaps(groups)
    whom = "" if audience == "all" else f" for {readers(plan, audience)}"
    words(f"{_number(listed, found)} as of {format_date(day)}{whom}{_kept(listed, known)}.")
    if asked and asked not in _in_force(known):
        words(f"The rule {asked} is not in force: the session's playbook has it off.")
    return FOUND if found else DONE


def _rule_named(typed: str) -> str:
    """Return the gap rule that is meant, with hyphens or spaces too; empty for all."""
    from workshop_tui.domain.base.text import one_of
    from workshop_tui.domain.gaps.registry import RULES

    wanted = re.sub(r"[\s-]+", "_", typed.strip().lower())
    if wanted and wanted not in RULES:
        raise CommandError(f"There is no gap rule «{clean_text(typed)}»: use {one_of(sorted(RULES))}.")
    return wanted


def _number(listed: "Sized", found: "Sized") -> str:
    every = counted(len(found), "gap")
    return every if len(listed) == len(found) else f"{len(listed)} of {every}"


def _kept(listed: "Iterable[Gap]", known: "AccountPlan") -> str:
    """Say how many of the gaps the alliance may not hear of."""
    from workshop_tui.domain.base.vocabulary import ALLIANCE
    from workshop_tui.domain.gaps.registry import visible
    from workshop_tui.domain.plan.audience import project

    gaps = tuple(listed)
    apart = len(gaps) - len(visible(gaps, project(known, ALLIANCE)))
    return f", {apart} of them in what one firm keeps to itself" if apart else ""


def _plainly(gap: "Gap") -> dict[str, str | int]:
    return {
        "rule": gap.rule,
        "id": "/".join(gap.key),
        "name": gap.name,
        "message": gap.message,
        "kind": gap.kind.lower(),
        "weight": gap.weight,
    }


def _in_force(known: "AccountPlan") -> "Rules":
    from workshop_tui.domain.gaps.registry import rules_of

    return rules_of(known, known.sessions[-1].id if known.sessions else "")


def _figures(known: "AccountPlan", audience: str, day: dt.date, refused: str) -> "PlanMetrics":
    """Return the figures for an audience as the screen of the latest session has them."""
    from workshop_tui.domain.base.vocabulary import CUSTOMER
    from workshop_tui.domain.metrics import PlanMetrics
    from workshop_tui.domain.plan.audience import project

    if audience == CUSTOMER:
        from workshop_tui.documents.export import audience_choices

        raise CommandError(f"{refused}: use {audience_choices(known, {CUSTOMER})}.")
    session = known.sessions[-1].id if known.sessions else ""
    view = known if audience == "all" else project(known, audience)
    return PlanMetrics(known, view, day, _in_force(known), opened=session)


def _show_gaps(groups: "Iterable[GapGroup]") -> None:
    """List what is missing, the fix once for all, and beneath what lacks it."""
    for group in groups:
        data(group.told)
        if group.fix:
            data(f"→ {group.fix}")
        for gap in group.gaps:
            data(f"  {clean_text(group.line(gap))}")


def coach(account: str, *, audience: str, db: str | None, json: bool) -> int:
    """Say what whoever leads an account should ask, at most seven questions, each with its reason."""
    from workshop_tui.documents.export import audience_named
    from workshop_tui.domain.base.vocabulary import CUSTOMER

    plan = load(db, account)
    day, audience = day_of(plan), audience_named(plan, audience, {CUSTOMER})
    asked = _figures(plan, audience, day, "What to ask is not told to the customer").coach
    if json:
        data_json(
            [
                {
                    "question": one.text,
                    "reason": one.reason,
                    "rule": one.rule,
                    "kind": one.kind.lower(),
                    "id": "/".join(one.key),
                }
                for one in asked
            ]
        )
    for n, one in enumerate(() if json else asked, 1):
        data(f"{n}. {clean_text(one.text)}\n   {clean_text(one.reason)}")
    words(f"{counted(len(asked), 'question')} as of {format_date(day)} for {readers(plan, audience)}.")
    return DONE


def write(path: Path, content: str | bytes, replaces: "Callable[[bytes], bool]", db: str | None) -> None:
    """Write a file, with --force as what writes over another."""
    write_all({path: (content, replaces)}, db)


def write_all(files: "Mapping[Path, tuple[str | bytes, Callable[[bytes], bool]]]", db: str | None) -> None:
    """Write files, none where one is in the way: path → what is in it, and over what it may be written."""
    from workshop_tui.documents.files import InTheWayError
    from workshop_tui.documents.files import write_all as written

    try:
        written(files, kept=own_files(user_settings(), located(db).path))
    except InTheWayError as there:
        cure = "choose another name, or write over it with --force"
        raise CommandError(f"«{there.path}» is there already: {cure}.") from None


def readers(plan: "AccountPlan", audience: str) -> str:
    """Return who an audience is in words: the customer, the alliance, or a firm by its short name."""
    firms = {party.id: party.short for party in plan.partners}
    return firms.get(audience, f"the {audience}")


def import_plan(  # noqa: PLR0913 - one for each option
    file: str, content: bytes, *, keep_date: bool, dry_run: bool, json: bool, db: str | None
) -> int:
    """Bring in an account plan from what a JSON file holds.

    The file is one that `export --for all --format json` has written. A sample that is frozen at a day
    goes on from today, unless its date is to be kept.
    """
    from workshop_tui.domain.lifecycle.start import thawed

    plan, path = _plan_in(file, content), located(db).path
    frozen = plan.account.as_of
    plan = plan if keep_date else thawed(plan)
    counts = _contents(plan)
    if dry_run:
        _changes(plan, path)
    else:
        take_in(plan, path)
    if json:
        data_json({"account": plan.account.id, "name": plan.account.name, "rows": counts})
    elif dry_run:
        data("\n".join(f"{count:>5} {name}" for name, count in counts.items()))
    if dry_run:
        words(f"This would bring in {plan.account.name} ({plan.account.id}); nothing has changed.")
    else:
        words(f"Brought in {plan.account.name} ({plan.account.id}), {counted(counts.total(), 'row')}.")
    if frozen:
        words(_of_its_date(frozen, keep_date=keep_date, dry_run=dry_run))
    return DONE


def _of_its_date(frozen: dt.date, *, keep_date: bool, dry_run: bool) -> str:
    day = format_date(frozen)
    if keep_date:
        return f"It {'would stay' if dry_run else 'stays'} frozen at {day} until a new session begins."
    goes = "would go" if dry_run else "goes"
    return f"It was frozen at {day} and {goes} on from today: --keep-date keeps it as on that day."


def read_plan(file: str) -> "AccountPlan":
    """Return the account plan in a file; errors name it."""
    return _plan_in(file, content_of(file))


def _plan_in(file: str, content: bytes) -> "AccountPlan":
    from workshop_tui.documents.plan_json import load_plan

    try:
        return load_plan(content)
    except DocumentError as error:
        raise DocumentError(f"{named(file)}: {error}") from None


def content_of(file: str) -> bytes:
    """Return what a file or stdin holds, and no more of it than can be read; - is stdin."""
    from workshop_tui.bounds import LARGEST_JSON

    with sys.stdin.buffer if file == "-" else Path(file).open("rb") as source:
        return source.read(LARGEST_JSON + 1)


def named(file: str) -> str:
    """Return what a file given to a command is called in a sentence."""
    return "stdin" if file == "-" else file


def take_in(plan: "AccountPlan", path: Database) -> None:
    """Store a whole plan as a new account, in one Step."""
    step = begun_with(plan, path)
    with opened(path, create=True) as store:
        store.commit(plan.account.id, step)


def begun_with(plan: "AccountPlan", path: Database) -> "Step":
    """Return the Step with which a whole plan begins as a new account."""
    from workshop_tui.domain.plan.step import Step

    return Step(_changes(plan, path), user_settings().actor, dt.datetime.now(dt.UTC))


def _changes(plan: "AccountPlan", path: Database) -> tuple["Change", ...]:
    from workshop_tui.domain.lifecycle.start import start_from
    from workshop_tui.store.listing import accounts

    return start_from(plan, [(line.id, line.name) for line in accounts(path, clock())])


def _contents(plan: "AccountPlan") -> Counter[str]:
    from workshop_tui.documents.plan_json import NAMES

    return Counter(NAMES[type(row)].replace("_", " ") for row in plan)


def load(db: str | None, account: str) -> "AccountPlan":
    """Return the whole plan of the account that is meant."""
    from workshop_tui.store import reading
    from workshop_tui.store.listing import up_to_date
    from workshop_tui.store.naming import account_meant

    path = located(db).path

    def read(connection: "RawConnection") -> "AccountPlan":
        meant = account_meant(account, reading.names(connection), path)
        return reading.load(connection, meant, path)[0]

    if (plan := up_to_date(path, read, None)) is not None:
        return plan
    with opened(path) as store:  # which says what is the matter with it
        return store.load(store.find(account))[0]


def session_number(plan: "AccountPlan", number: int) -> "Session":
    """Return the session with this number, counted from 1 by date."""
    if 1 <= number <= len(plan.sessions):
        return plan.sessions[number - 1]
    from workshop_tui.domain.lifecycle.sessions import no_session

    raise CommandError(no_session(plan, number))


def seal_number(plan: "AccountPlan", session: "Session", number: int) -> "Seal":
    """Return the seal of a session with this number, counted from 1, the oldest first."""
    from workshop_tui.domain.model.session import Seal
    from workshop_tui.live.record import format_moment

    seals = plan.where(Seal, session=session.id)
    if 1 <= number <= len(seals):
        return seals[number - 1]
    those = ", ".join(f"{n} of {format_moment(one.sealed_at)}" for n, one in enumerate(seals, 1))
    there = f"its seals are {those}" if seals else "it was never sealed"
    raise CommandError(f"Session {plan.number_of(session.id)} has no seal {number}: {there}.")


def day_of(plan: "AccountPlan", said: str | None = None) -> dt.date:
    """Return the day that is said, else the account's: its `as_of`, or the clock's."""
    today = plan.account.as_of or clock()
    return parse_date(said, today, day_first=user_settings().day_first) if said is not None else today


def day_reader(text: str | None) -> "Callable[[dt.date], dt.date] | None":
    """Return how a date that is typed is read on a day: each account may have its own."""
    if text is None:
        return None
    read = partial(parse_date, text, day_first=user_settings().day_first)
    read(clock())  # refuses what is no date, even where there is no account
    return read


def clock() -> dt.date:
    """Return the day it is here."""
    return dt.datetime.now().astimezone().date()
