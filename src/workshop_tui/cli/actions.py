"""Commands about who does what by when: what is open, over all accounts, and what has been done."""

import datetime as dt
import itertools
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from workshop_tui.cli.place import located, opened, user_settings
from workshop_tui.cli.plans import clock, day_of, joined
from workshop_tui.cli.speech import DONE, CommandError, data, data_json, words
from workshop_tui.domain.base.dates import format_date, parse_date
from workshop_tui.domain.base.text import counted, fold, nearest, one_of

if TYPE_CHECKING:
    from workshop_tui.domain.model.actions import Action
    from workshop_tui.store.open_actions import OpenAction

NOBODY = "Nobody"
_MOST_NAMED = 10

Add = Callable[[str, Callable[..., int], str], ArgumentParser]


def add_to(command: Add) -> ArgumentParser:
    """Add the commands to the reader of command lines; return the one that lists."""
    listed = command("actions", actions, "list the open actions of all accounts by owner, overdue ones first")
    listed.add_argument(
        "--owner", metavar="NAME", help="of whoever has a name that begins so; nobody is Nobody"
    )
    listed.add_argument("--overdue", action="store_true", help="only what was due before today")
    listed.add_argument("--due-before", metavar="DATE", help="only what is due before this date, as in +2w")
    finished = command("done", done, "complete an action")
    finished.add_argument("id_", metavar="ID", help="its id, as `actions` lists it")
    finished.add_argument("--on", metavar="DATE", help="the day it was done; today without it")
    finished.add_argument("--evidence", default="", metavar="TEXT", help="what shows that it is done")
    for each in (listed, finished):
        each.add_argument("--account", metavar="ACCOUNT", help="in this account alone: its id or its name")
    return listed


def actions(  # noqa: PLR0913 - one for each option
    *,
    account: str | None,
    owner: str | None,
    overdue: bool,
    due_before: str | None,
    json: bool,
    db: str | None,
) -> int:
    """List the open actions of all accounts by owner, overdue ones first."""
    from workshop_tui.store.open_actions import archived, members, open_actions

    every = open_actions(located(db).path, clock(), account)
    before = _reader(due_before)
    found = [
        line
        for line in every
        if (owner is None or _is_called(line.owner, owner))
        and (not overdue or line.days_late)
        and (before is None or (line.due and line.due < before(line.today)))
    ]
    owns = owner is None or any(_is_called(line.owner, owner) for line in every)
    if owner is not None and not owns:
        _refuse_unknown(owner, (NOBODY, *members(located(db).path, account)))
    if json:
        data_json([_as_json(line) for line in found])
    elif found:
        data("\n".join(_lines(found)))
    if not owns:
        words(f"Nobody called «{owner}» owns an open action: `workshop-tui actions` lists who does.")
    else:
        words(_summary(found))
    if not every and account is None and (away := archived(located(db).path)):
        words(
            f"{_listed(away)} {'is' if len(away) == 1 else 'are'} archived and not looked at: "
            "`--account` names one that is to be."
        )
    return DONE


def _refuse_unknown(owner: str, names: Sequence[str]) -> None:
    if any(_is_called(name, owner) for name in names):
        return
    near = nearest(owner, names)
    raise CommandError(
        f"There is nobody called «{owner}»: use {near or one_of(sorted(names)[:_MOST_NAMED])}."
    )


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _is_called(name: str, typed: str) -> bool:
    """Whether a name, or a word of it, begins as typed, whatever its case and accents; nobody is nobody."""
    wanted, there = (f" {fold(text)}".replace("-", " ") for text in (typed.strip(), name or NOBODY))
    return wanted in there


def _reader(text: str | None) -> Callable[[dt.date], dt.date] | None:
    """Return how a date that is typed is read on a day: each account may have its own."""
    if text is None:
        return None
    read = partial(parse_date, text, day_first=user_settings().day_first)
    read(clock())  # refuses what is no date, even where there are no actions
    return read


def _lines(found: Iterable["OpenAction"]) -> Iterator[str]:
    for name, group in itertools.groupby(found, key=lambda line: line.owner):
        those = list(group)
        late = sum(bool(line.days_late) for line in those)
        theirs = "the customer's" if any(line.is_theirs for line in those) else ""
        yield joined(name or NOBODY, theirs, f"{len(those)} open", f"{late} overdue" if late else "")
        yield from (_line(line) for line in those)


def _line(line: "OpenAction") -> str:
    late, sign = line.days_late, "!" if line.days_late else " "
    due = format_date(line.due) if line.due else "no date"
    return f" {sign} " + joined(
        line.id,
        f"{counted(late, 'day')} overdue ({due})" if late else due,
        line.title.replace("\n", " "),
        f"answers: {line.accountable}" if line.accountable else "nobody answers for it",
        line.status.label if line.status != "open" else "",
        f"carried {line.carried}× from {format_date(line.first_due)}"
        if line.carried and line.first_due
        else "",
        line.account_name,
    )


def _as_json(line: "OpenAction") -> dict[str, Any]:
    return {
        "id": line.id,
        "title": line.title,
        "owner": line.owner or None,
        "side": line.side or None,
        "accountable": line.accountable or None,
        "due": line.due,
        "first_due": line.first_due,
        "carried": line.carried,
        "days_late": line.days_late,
        "status": line.status.value,
        "visibility": line.visibility,
        "session": line.session,
        "account": line.account,
        "account_name": line.account_name,
    }


def _summary(found: Iterable["OpenAction"]) -> str:
    those = list(found)
    late = sum(bool(line.days_late) for line in those)
    days = {
        f"; {line.account_name} as of {format_date(line.today)}" for line in those if line.today != clock()
    }
    overdue = f", {late} overdue" if late else ""
    return f"{counted(len(those), 'open action')}{overdue}{''.join(sorted(days))}."


def done(id_: str, *, account: str | None, on: str | None, evidence: str, db: str | None) -> int:
    """Complete an action."""
    from workshop_tui.domain.model.actions import Action
    from workshop_tui.domain.plan.step import Step
    from workshop_tui.domain.rules.follow_through import complete_action
    from workshop_tui.store.open_actions import holders

    path = located(db).path
    action_id, of = _meant(id_, holders(path, id_, account))
    with opened(path, create=False) as store:
        plan = store.load(of)[0]
        action = plan.get(Action, action_id)
        if action is None:
            raise CommandError(f"Action {action_id} has just been removed: nothing has changed.")
        _refuse_closed(action)
        day = day_of(plan, on)
        changes = complete_action(plan, action, day, evidence, day_of(plan))
        store.commit(of, Step(changes, user_settings().actor, dt.datetime.now(dt.UTC)))
    words(f"Done on {format_date(day)}: {action.words} ({action.id}, {plan.account.name}).")
    return DONE


def _meant(id_: str, found: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """Return (action's id, account's id) of the one that is meant: as it is typed first, else in any case."""
    meant = [one for one in found if one[0] == id_] or list(found)
    if not meant:
        raise CommandError(f"There is no action «{id_}»: `workshop-tui actions` lists those that are open.")
    if len(meant) > 1:
        where = ", ".join(f"{action} in {account}" for action, account in meant)
        raise CommandError(f"«{id_}» could be several actions ({where}): say which with --account.")
    return meant[0]


def _refuse_closed(action: "Action") -> None:
    if action.status == "done":
        day = f" on {format_date(action.done_on)}" if action.done_on else ""
        raise CommandError(f"«{action.words}» was done already{day}: nothing has changed.")
    if action.status == "dropped":
        raise CommandError(f"«{action.words}» was dropped ({action.reason}): open it again in the app first.")
