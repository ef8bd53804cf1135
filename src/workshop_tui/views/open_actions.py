"""The open actions of all accounts, as rows: in lanes or grouped, filtered by words, marked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from workshop_tui.domain.base.dates import Calendar, DateError, format_date, said_in_full
from workshop_tui.domain.base.text import brief_name, clean_text, counted, likely
from workshop_tui.domain.base.vocabulary import DateOrder
from workshop_tui.domain.rules.action_lanes import (
    NOBODY,
    WITHOUT,
    By,
    Lane,
    filter_of,
    grouped,
    is_account,
    is_called,
    is_mine,
)
from workshop_tui.store.open_actions import OpenAction
from workshop_tui.views.cell import Cell, Plain
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

SOUGHT = "@name, late, week, mine, theirs, acct:name, or words"
EMPTY = "No action is open."
CARRY = "Carry"
_NAMED = 5
_CHIPS = ("late", "week", "mine", "theirs")


@dataclass
class ActionList:
    """How somebody groups, filters and marks the actions: words and ids, no rows."""

    by: By = By.LANE
    wanted: str = ""
    marked: set[str] = field(default_factory=set)

    def group_next(self) -> None:
        """Group by the next of lane, owner, firm, account and milestone."""
        ways = list(By)
        self.by = ways[(ways.index(self.by) + 1) % len(ways)]

    def clear(self) -> None:
        """Show all again, unmarked; how it is grouped stays."""
        self.wanted = ""
        self.marked.clear()


def wanted_actions(found: Sequence[OpenAction], asked: ActionList, actor: str) -> list[OpenAction]:
    """Return the actions that the filter lets through."""
    told = filter_of(asked.wanted)
    return [action for action in found if told.lets_through(action, actor)]


def actions_table(
    found: Sequence[OpenAction], asked: ActionList, actor: str, part: str = "", *, low: bool = False
) -> Table:
    """Return the actions that are wanted under their headings, the most urgent first.

    They are those of all groups, or of the one that `part` is the heading's id of. In a low terminal each
    takes one line.
    """
    shown = wanted_actions(found, asked, actor)
    groups = [(_heading_id(asked.by, name), name, those) for name, those in grouped(shown, asked.by)]
    cols = _cols(found, asked.by, low=low)
    rows: list[Row] = []
    for at, name, those in groups:
        if part in {"", at}:
            rows += (Row(at, heading=_heading(name, those, asked.by), picks=True),)
            rows += (_row(action, cols, asked) for action in those)
    empty = EMPTY
    if asked.wanted.strip() and found:
        why = _why_none(found, asked, actor)
        none = f"No action has «{clean_text(asked.wanted.strip())}»"
        empty = f"{why}; {key('page.clear')} shows all." if why else f"{none}: {key('page.clear')} shows all."
    return Table(cols, tuple(rows), empty, by_row=True)


def _why_none(found: Sequence[OpenAction], asked: ActionList, actor: str) -> str:
    """Return which account or person of the filter has no open action; empty where each has some."""
    told = filter_of(asked.wanted)
    for typed in told.accounts:
        if not any(is_account(one.account, one.account_name, typed) for one in found):
            near = likely(typed, (one.account_name for one in found), _NAMED)
            return f"No account with an open action is called «{clean_text(typed)}»: use {near}"
    for typed in told.owners:
        if not any(is_called(one.owner or NOBODY, typed) for one in found):
            near = likely(typed, (one.owner or NOBODY for one in found), _NAMED)
            return f"Nobody with an open action is called «{clean_text(typed)}»: use {near}"
    if told.mine and not any(is_mine(one, actor) for one in found):
        return f"Nothing is yours: you go by «{actor}», which `actor` in config.toml changes"
    return ""


def _cols(found: Sequence[OpenAction], by: By, *, low: bool) -> tuple[Plain, ...]:
    """Return the columns: none for what the headings tell, nor for the only account there is."""
    several = len({action.account for action in found}) > 1
    every = (
        (Plain("Id", 11), True),
        (Plain("Action", 24, grow=6, wrap=not low, lines=3), True),
        (Plain("Owner", 9, grow=2), by is not By.OWNER),
        (Plain("Answers for it", 9, grow=2, drop=3, short="Answers"), True),
        (Plain("Due", 11), True),
        (Plain("Account", 12, grow=1, drop=2), several and by is not By.ACCOUNT),
        (Plain("Milestone", 14, grow=1, wrap=True, lines=2, drop=4, since=120), by is not By.MILESTONE),
        (Plain("Status", 11, drop=5, since=120), True),
    )
    return tuple(col for col, is_there in every if is_there)


def _heading_id(by: By, name: str) -> str:
    return str(RowId.heading(by.value, name))


def action_id(action: OpenAction) -> str:
    """Return the id of an action's row: it opens the action in its account's latest session."""
    return str(RowId.opening("Action", (action.id,), action.account, ""))


def _heading(name: str, those: Sequence[OpenAction], by: By) -> str:
    late = sum(bool(action.days_late) for action in those)
    theirs = by is By.OWNER and any(action.is_theirs for action in those)
    told = [name or WITHOUT.get(by, ""), "the customer's" if theirs else "", str(len(those))]
    told += [f"{late} late"] if late and by is not By.LANE else []
    return " · ".join(filter(None, told))


def _row(action: OpenAction, cols: Sequence[Plain], asked: ActionList) -> Row:
    title = action.title.replace("\n", " ")
    if action.carried and action.first_due:
        title += f"  ↻ {action.carried}× from {format_date(action.first_due)}"
    cells = {
        "Id": Cell(action.ref, "muted"),
        "Action": Cell(title),
        "Owner": _person(action.owner, is_there=action.is_owned),
        "Answers for it": _person(action.accountable, is_there=action.is_answered_for),
        "Due": _due(action),
        "Account": Cell(action.account_name, "muted"),
        "Milestone": Cell(action.milestone, "muted"),
        "Status": Cell(action.status.label if action.status != "open" else "", "muted"),
    }
    at = action_id(action)
    return Row(at, tuple(cells[col.heading] for col in cols), marked=at in asked.marked)


def _person(name: str, *, is_there: bool) -> Cell:
    if name:
        return Cell(name, brief=brief_name(name))
    return Cell("") if is_there else Cell("?", "warn")


def _due(action: OpenAction) -> Cell:
    if action.due is None:
        return Cell("?", "warn")
    if action.days_late:
        return Cell(f"{action.days_late} d late", "bad")
    return Cell(format_date(action.due), "warn" if action.lane is Lane.THIS_WEEK else "")


def actions_head(found: Sequence[OpenAction], asked: ActionList, actor: str) -> str:
    """Return how many there are, how many of them are late, and what is left out."""
    shown = wanted_actions(found, asked, actor)
    late = sum(bool(action.days_late) for action in shown)
    bare = sum(action.lane is Lane.BARE for action in shown)
    parts = [counted(len(shown), "open action")]
    parts += [f"{late} late"] if late else []
    parts += [f"{bare} without date or owner"] if bare else []
    parts += [f"by {asked.by.value}"] if asked.by is not By.LANE else []
    if asked.wanted.strip():
        parts += [f"«{clean_text(asked.wanted.strip())}»: {len(shown)} of {len(found)}"]
    marked = sum(action_id(action) in asked.marked for action in shown)
    parts += [f"{marked} marked"] if marked else []
    return " · ".join(parts)


def action_chips(found: Sequence[OpenAction], actor: str) -> tuple[tuple[str, int], ...]:
    """Return the words by which there is something to be filtered, with how many they find."""
    counts = ((word, len(wanted_actions(found, ActionList(wanted=word), actor))) for word in _CHIPS)
    return tuple((word, count) for word, count in counts if count)


def redating(those: Sequence[OpenAction]) -> tuple[str, str]:
    """Return what giving these actions another day is, in a verb and with what it counts as.

    It is a carry where the day was agreed in an earlier session, or by a seal; else the day is just another.
    """
    carried = sum(one.is_agreed for one in those)
    if carried == len(those):
        return CARRY, ""
    return "Give another day", f"{carried} of {len(those)} count as carried" if carried else ""


def day_read(those: Sequence[OpenAction], typed: str, *, day_first: bool) -> str:
    """Return for which day what is typed is taken, with its weekday and whether it is a weekend.

    In some accounts it may be another day than in others; "" while it is no day in one of them.
    """
    try:
        return " or ".join(
            dict.fromkeys(said_in_full(_dates_of(one, day_first).parse(typed)) for one in those)
        )
    except DateError:
        return ""


def _dates_of(action: OpenAction, day_first: bool) -> Calendar:  # noqa: FBT001 - as the user's settings say
    mine = day_first if action.date_order is None else action.date_order is DateOrder.DAY_FIRST
    return Calendar(action.today, mine, action.week_start)


def days_told(found: Sequence[OpenAction], today: dt.date) -> str:
    """Return which accounts are told as of another day than today; "" for none."""
    days = {f"{one.account_name} as of {format_date(one.today)}" for one in found if one.today != today}
    return "; ".join(sorted(days))
