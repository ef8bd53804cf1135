"""The open actions of all accounts, as rows: in lanes or grouped, filtered by words, marked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace
from rich.cells import cell_len

from workshop_tui.domain.base.dates import Calendar, DateError, format_date, said_in_full
from workshop_tui.domain.base.text import brief_name, clean_text, counted, likely
from workshop_tui.domain.base.vocabulary import DateOrder
from workshop_tui.domain.rules.action_lanes import (
    NOBODY,
    WITHOUT,
    By,
    Lane,
    SoughtFields,
    filter_of,
    grouped,
    in_order,
    is_account,
    is_called,
    looked_at,
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


class ActionList(Struct):
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


class ListedActions:
    """Open actions in their order, with what is looked at and shown of each worked out once."""

    def __init__(self, found: Sequence[OpenAction], actor: str) -> None:
        """Take the actions, and who sits at this keyboard."""
        self.actions = tuple(in_order(found))
        self._actor = actor
        self.by_row = {action_id(action): action for action in self.actions}
        self._looked_at = tuple((action, looked_at(action, actor)) for action in self.actions)
        self._found: tuple[str, Sequence[tuple[OpenAction, SoughtFields]]] = ("", self._looked_at)
        """What was wanted last, and which actions were."""
        self._cells = {at: _cells(action) for at, action in self.by_row.items()}
        self._rows: dict[tuple[str, ...], dict[tuple[str, str], Row]] = {}
        """Headings of the columns → the row of each action."""
        self._widest = {
            name: max(cell_len(cells[name].text) for cells in self._cells.values())
            for name in next(iter(self._cells.values()), {})
        }
        self.chips = tuple((word, count) for word in _CHIPS if (count := len(self.wanted(word))))
        """The words by which there is something to be filtered, with how many they find."""

    def wanted(self, typed: str) -> tuple[OpenAction, ...]:
        """Return the actions that the words let through."""
        return tuple(action for action, _ in self._let_through(typed))

    def why_none(self, typed: str) -> str:
        """Return which account or person of the filter has no open action; empty where each has some."""
        told, found = filter_of(typed), self.actions
        for name in told.accounts:
            if not any(is_account(one.account, one.account_name, name) for one in found):
                near = likely(name, (one.account_name for one in found), _NAMED)
                return f"No account with an open action is called «{clean_text(name)}»: use {near}"
        for name in told.owners:
            if not any(is_called(one.owner or NOBODY, name) for one in found):
                near = likely(name, (one.owner or NOBODY for one in found), _NAMED)
                return f"Nobody with an open action is called «{clean_text(name)}»: use {near}"
        if told.mine and not self.wanted("mine"):
            return f"Nothing is yours: you go by «{self._actor}», which `actor` in config.toml changes"
        return ""

    def in_lane(self, typed: str, lane: Lane) -> int:
        """Return how many of these are in a lane."""
        return sum(looked.lane is lane for _, looked in self._let_through(typed))

    def _let_through(self, typed: str) -> Sequence[tuple[OpenAction, SoughtFields]]:
        if self._found[0] != typed:
            told = filter_of(typed)
            self._found = typed, [each for each in self._looked_at if told.finds(each[1])]
        return self._found[1]

    def cols(self, by: By, *, low: bool) -> tuple[Plain, ...]:
        """Return the columns: none for what the headings tell, nor for the only account there is.

        In a narrow table the ids tell the account.
        """
        several = len({action.account for action in self.actions}) > 1
        every = (
            (Plain("Id", 11), True),
            (Plain("Action", 24, grow=6, wrap=not low, lines=3), True),
            (Plain("Owner", 9, grow=2), by is not By.OWNER),
            (Plain("Answers for it", 9, grow=2, drop=3, short="Answers"), True),
            (Plain("Due", 11), True),
            (Plain("Account", 12, grow=1, drop=2, since=100), several and by is not By.ACCOUNT),
            (
                Plain("Milestone", 14, grow=1, wrap=not low, lines=2, drop=4, since=120),
                by is not By.MILESTONE,
            ),
            (Plain("Status", 11, drop=5, since=120), True),
        )
        return tuple(col for col, is_there in every if is_there)

    def rows(self, cols: Sequence[Plain]) -> dict[tuple[str, str], Row]:
        """Return the row of each action in these columns, by its account and id; nothing is marked."""
        heads = tuple(col.heading for col in cols)
        if heads not in self._rows:
            self._rows[heads] = {
                (action.account, action.id): Row(at, tuple(self._cells[at][name] for name in heads))
                for at, action in self.by_row.items()
            }
        return self._rows[heads]

    def widest(self, cols: Sequence[Plain]) -> tuple[int, ...]:
        """Return how many cells the longest text of each column takes, of all actions."""
        return tuple(self._widest.get(col.heading, 0) for col in cols)


def actions_table(listed: ListedActions, asked: ActionList, part: str = "", *, low: bool = False) -> Table:
    """Return the actions that are wanted under their headings, the most urgent first.

    They are those of all groups, or of the one that `part` is the heading's id of. In a low terminal each
    takes one line. The columns are as wide as all actions need, so that they stand still while one filters.
    """
    cols = listed.cols(asked.by, low=low)
    every, rows = listed.rows(cols), list[Row]()
    for name, those in grouped(listed.wanted(asked.wanted), asked.by, is_in_order=True):
        at = _heading_id(asked.by, name)
        if part in {"", at}:
            rows.append(Row(at, heading=_heading(name, those, asked.by), picks=True))
            rows += (every[action.account, action.id] for action in those)
    if asked.marked:
        rows = [replace(row, marked=True) if row.id in asked.marked else row for row in rows]
    empty = EMPTY
    if asked.wanted.strip() and listed.actions:
        why = listed.why_none(asked.wanted)
        none = f"No action has «{clean_text(asked.wanted.strip())}»"
        empty = f"{why}; {key('page.clear')} shows all." if why else f"{none}: {key('page.clear')} shows all."
    return Table(cols, tuple(rows), empty, by_row=True, widest=listed.widest(cols))


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


def _cells(action: OpenAction) -> dict[str, Cell]:
    """Return what is told of an action, by the heading of the column."""
    title = action.title.replace("\n", " ")
    if action.carried and action.first_due:
        title += f"  ↻ {action.carried}× from {format_date(action.first_due)}"
    return {
        "Id": Cell(action.ref, "muted"),
        "Action": Cell(title),
        "Owner": _person(action.owner, is_there=action.is_owned),
        "Answers for it": _person(action.accountable, is_there=action.is_answered_for),
        "Due": _due(action),
        "Account": Cell(action.account_name, "muted"),
        "Milestone": Cell(action.milestone, "muted"),
        "Status": Cell(action.status.label if action.status != "open" else "", "muted"),
    }


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


def actions_head(listed: ListedActions, asked: ActionList) -> str:
    """Return how many there are, how many of them are late, and what is left out."""
    shown = listed.wanted(asked.wanted)
    late, bare = (listed.in_lane(asked.wanted, lane) for lane in (Lane.LATE, Lane.BARE))
    parts = [counted(len(shown), "open action")]
    parts += [f"{late} late"] if late else []
    parts += [f"{bare} without date or owner"] if bare else []
    parts += [f"by {asked.by.value}"] if asked.by is not By.LANE else []
    if asked.wanted.strip():
        parts += [f"«{clean_text(asked.wanted.strip())}»: {len(shown)} of {len(listed.actions)}"]
    marked = sum(action_id(action) in asked.marked for action in shown) if asked.marked else 0
    parts += [f"{marked} marked"] if marked else []
    return " · ".join(parts)


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
