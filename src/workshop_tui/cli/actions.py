"""Command about who does what by when: what is open, over all accounts."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from workshop_tui.cli.place import located, user_settings
from workshop_tui.cli.plans import clock, day_reader, joined
from workshop_tui.cli.speech import DONE, CommandError, data, data_json, words
from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.text import clean_text, counted, fold, likely, nearest, one_of
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.rules.action_lanes import (
    NOBODY,
    WITHOUT,
    By,
    Lane,
    action_line,
    filter_of,
    goes_by,
    grouped,
    is_account,
    is_called,
)

if TYPE_CHECKING:
    from workshop_tui.server_url import Database
    from workshop_tui.store.open_actions import OpenAction

_MOST_NAMED = 10
Add = Callable[[str, Callable[..., int], str], ArgumentParser]


def add_to(command: Add) -> ArgumentParser:
    """Add the command to the reader of command lines; return it."""
    told = "list the open actions of all accounts: late ones, those of this week, later ones, the others"
    listed = command("actions", actions, told)
    listed.add_argument(
        "wanted",
        nargs="*",
        metavar="FILTER",
        help="@NAME, acct:NAME, late, week, mine, theirs, or words that stand in an action",
    )
    listed.add_argument(
        "--owner", metavar="NAME", help="of whoever has a name that begins so; nobody is Nobody"
    )
    listed.add_argument("--mine", action="store_true", help="only those of `actor` in your settings")
    listed.add_argument("--overdue", action="store_true", help="only what was due before today")
    listed.add_argument("--due-before", metavar="DATE", help="only what is due before this date, as in +2w")
    listed.add_argument(
        "--for",
        dest="audience",
        default="",
        metavar="AUDIENCE",
        help="alliance, or a firm's name or id: what they see; all without it",
    )
    listed.add_argument("--on", metavar="DATE", help="as of this day, as it was known then; today without it")
    listed.add_argument("--by", choices=[by.value for by in By], default=By.LANE.value, help="how to group")
    listed.add_argument("--account", metavar="ACCOUNT", help="in this account alone: its id or its name")
    return listed


def actions(  # noqa: PLR0913 - one for each option
    wanted: Sequence[str],
    *,
    account: str | None,
    owner: str | None,
    mine: bool,
    overdue: bool,
    due_before: str | None,
    audience: str,
    on: str | None,
    by: str,
    json: bool,
    db: str | None,
) -> int:
    """List the open actions of all accounts in lanes, or by owner, firm, account or milestone."""
    from workshop_tui.store.open_actions import archived, members, open_actions

    path, told = located(db).path, filter_of(" ".join([*wanted, *(["mine"] if mine else [])]))
    if fold(audience.strip()) == CUSTOMER:
        raise CommandError("What is open is not told to the customer: use alliance, or a firm's name or id.")
    every = open_actions(path, clock(), account, on=day_reader(on), audience=audience)
    _refuse_unknown_accounts(path, told.accounts, every)
    actor = _actor(path, account) if told.mine else ""
    before = day_reader(due_before)
    found = [
        line
        for line in every
        if (owner is None or is_called(line.owner or NOBODY, owner))
        and (not overdue or line.days_late)
        and (before is None or (line.due and line.due < before(line.today)))
        and told.lets_through(line, actor)
    ]
    named = [*([] if owner is None else [owner]), *told.owners]
    without = next(
        (name for name in named if not any(is_called(one.owner or NOBODY, name) for one in every)), ""
    )
    if without:
        _refuse_unknown(without, (NOBODY, *members(path, account, audience)))
    _show(found, By(by), json=json)
    if without:
        words(f"Nobody called «{without}» owns an open action: `workshop-tui actions` lists who does.")
    else:
        words(_summary(found, audience))
    if not every and account is None and (away := archived(path)):
        words(
            f"{_listed(away)} {'is' if len(away) == 1 else 'are'} archived and not looked at: "
            "`--account` names one that is to be."
        )
    return DONE


def _show(found: Sequence["OpenAction"], by: By, *, json: bool) -> None:
    groups = grouped(found, by)
    if json:
        data_json([_as_json(line) for _, those in groups for line in those])
    elif found:
        data("\n".join(line for name, those in groups for line in _lines(name, those, by)))


def _actor(path: "Database", account: str | None) -> str:
    """Return by what name the user goes; raises CommandError where nobody here has it."""
    from workshop_tui.store.open_actions import ours

    settings = user_settings()
    if any(goes_by(settings.actor, id_, name) for id_, name in ours(path, account)):
        return settings.actor
    raise CommandError(
        f"None of ours goes by «{settings.actor}», so nothing is yours: "
        f'write actor = "your name" into {settings.file}.'
    )


def _refuse_unknown(owner: str, names: Sequence[str]) -> None:
    if any(is_called(name, owner) for name in names):
        return
    near = nearest(owner, names)
    raise CommandError(
        f"There is nobody called «{clean_text(owner)}»: use {near or one_of(sorted(names)[:_MOST_NAMED])}."
    )


def _refuse_unknown_accounts(path: "Database", typed: Sequence[str], every: Sequence["OpenAction"]) -> None:
    """Refuse an `acct:` that no account goes by; one that merely has nothing open is none such."""
    from workshop_tui.store.listing import accounts

    for name in typed:
        if any(is_account(one.account, one.account_name, name) for one in every):
            continue
        there = [one for one in accounts(path, clock()) if not one.archived]
        if not any(is_account(one.id, one.name, name) for one in there):
            near = likely(name, (one.name for one in there))
            raise CommandError(f"There is no account «{clean_text(name)}»: use {near}.")


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _lines(name: str, those: Sequence["OpenAction"], by: By) -> Iterator[str]:
    """Yield the heading of a group and the actions beneath it."""
    late = sum(bool(line.days_late) for line in those)
    theirs = by is By.OWNER and any(line.is_theirs for line in those)
    counts = [str(len(those))] if by is By.LANE else [f"{len(those)} open", f"{late} overdue" if late else ""]
    yield joined(name or WITHOUT.get(by, ""), "the customer's" if theirs else "", *counts)
    yield from (f" {'!' if line.days_late else ' '} {action_line(line, by)}" for line in those)


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
        "ref": f"{line.account}/{line.id}",
        "lane": line.lane.value.lower(),
        "milestone": line.milestone or None,
    }


def _summary(found: Iterable["OpenAction"], audience: str) -> str:
    those = list(found)
    late = sum(line.lane is Lane.LATE for line in those)
    days = {
        f"; {line.account_name} as of {format_date(line.today)}" for line in those if line.today != clock()
    }
    overdue, whom = f", {late} overdue" if late else "", f" for the audience {audience}" if audience else ""
    return f"{counted(len(those), 'open action')}{overdue}{whom}{''.join(sorted(days))}."
