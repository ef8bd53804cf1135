"""Actions: a fast table in which what is missing stands in plain sight."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain.base.entity import Entity, Key
from workshop_tui.domain.base.text import brief_name, fold
from workshop_tui.domain.gaps.registry import Gap
from workshop_tui.domain.gaps.work import action_vague, customer_cannot_see
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.rules.action_lanes import goes_by
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.actions.outcome import outcome_actions
from workshop_tui.views.base import fields_of, line, new_row_edit, shown_to
from workshop_tui.views.cell import Cell, Col, Edit, RowAction
from workshop_tui.views.fields import edit_of, visible_cols
from workshop_tui.views.keys import key
from workshop_tui.views.query import joint_edit
from workshop_tui.views.row_id import RowId
from workshop_tui.views.sorted_filtered import SortedFilteredView
from workshop_tui.views.table import Row

_FLAWS = {action_vague.__name__, customer_cannot_see.__name__}
"""Rules whose gaps stand behind an action's title; that it is late stands in the place of its date."""
LATE, MINE, THEIRS, NO_DATE = "late", "mine", "theirs", "no date"
"""Words by which actions are filtered that stand in none of their fields."""
Groups = Iterable[tuple[str, Iterable[Action]]]


def due_col() -> Col:
    """Return the due date."""
    return Col(Action, "due", 11, asked=True, sign=True)


def status_col() -> Col:
    """Return the status."""
    return Col(Action, "status", 11)


def action_at(live: LivePlan, name: str) -> Action | None:
    """Return the action a row stands for."""
    return live.view.get(Action, *RowId.parse(name).key_of(Action))


def action_row(live: LivePlan, action: Action, cols: tuple[Col, ...], *, brief: bool = False) -> Row:
    """Return an action as a row: what is vague says so behind its title, what is settled before it.

    In brief, it doesn't say that it is settled. People stand there by brief names where there is no room
    for whole ones.
    """
    row = line(live, action, cols)
    cells = [_short(live, action, col, cell) for col, cell in zip(cols, row.cells, strict=True)]
    said = [gap.missing for gap in _flaws(live).get(action.key, ())]
    if said:
        cells[0] = replace(cells[0], text="  ! ".join([cells[0].text, *said]), tone="warn")
    elif not (brief or action.status.is_open):
        cells[0] = replace(cells[0], text=f"{action.status.sign} {cells[0].text}", tone="muted")
    return replace(row, cells=tuple(cells))


def _short(live: LivePlan, action: Action, col: Col, cell: Cell) -> Cell:
    """Return a cell with a brief name of whom it holds; a date that is past says for how long."""
    match col.name:
        case "owner" | "accountable" if getattr(action, col.name):
            return replace(cell, brief=brief_name(cell.text))
        case "due" if days := days_late(live, action):
            return replace(cell, text=f"{days} d late", tone="bad")
        case _:
            return cell


def days_late(live: LivePlan, action: Action) -> int:
    """Return for how many days an action is overdue; 0 for one that is not, and before the customer."""
    if not (action.due and action.status.is_open and shown_to(live, Action, "reason")):
        return 0
    return max((live.today - action.due).days, 0)


def _flaws(live: LivePlan) -> Mapping[Key, list[Gap]]:
    """Return key → what is vague or late about an action; found once for all of them."""
    found: dict[Key, list[Gap]] | None = live.view.memo.get("flaws")
    if found is None:
        found = live.view.memo["flaws"] = {}
        for gap in live.figures.gaps:
            if gap.rule in _FLAWS:
                found.setdefault(gap.key, []).append(gap)
    return found


class Grouping(Struct, frozen=True):
    """Which actions a view shows, and under which headings."""

    title: str
    rows: Callable[[LivePlan], Iterable[Action]]
    groups: Callable[[LivePlan, Sequence[Action]], Groups]
    empty: str = "No actions yet."
    invite: str = (
        f"press {key('sheet.add')} and type what will be done, "
        f"or {key('capture')} and «Send cost range @Lucía by +2w»."
    )
    repeated: str = ""
    """The field that the headings tell: it needs no column."""


def _by_session(live: LivePlan, actions: Sequence[Action]) -> Groups:
    """Return this session's, then what is open from before, then what is settled."""
    before = [action for action in actions if action.session != live.session_id]
    yield "", [action for action in actions if action.session == live.session_id]
    yield "Open from earlier sessions", [action for action in before if action.status.is_open]
    yield "Settled", [action for action in before if not action.status.is_open]


def every_action(live: LivePlan) -> tuple[Action, ...]:
    """Return every action of this and earlier sessions."""
    return live.view.all(Action)


BY_SESSION = Grouping("Table", every_action, _by_session)


class Actions(SortedFilteredView[Action]):
    """The actions under the headings of a grouping; several are changed at once."""

    kind: ClassVar[type[Entity]] = Action
    none_found: str = f"No action has {{}}: {key('table.clear')} shows all."
    called: ClassVar[str] = "actions"
    sought: ClassVar[str] = "late, mine, theirs, no date; or action, people, milestone, status"

    def __init__(self, grouping: Grouping = BY_SESSION) -> None:
        """Take which actions stand under which headings; as a rule all, the open ones first."""
        super().__init__()
        self.title, self._grouping = grouping.title, grouping
        self.empty, self.invite = grouping.empty, grouping.invite

    @property
    def name(self) -> str:
        """By which another screen knows it: there is one view for each grouping."""
        return super().name if self._grouping is BY_SESSION else f"{super().name} {self._grouping.title}"

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """The action, owner, accountable, due; milestone, stakeholder, status where there is room."""
        every = (
            Col(Action, "title", 26, grow=6, wrap=True),
            Col(Action, "owner", 10, asked=True, grow=2),
            Col(Action, "accountable", 11, asked=True, grow=2),
            due_col(),
            replace(status_col(), drop=2),
            Col(Action, "milestone", 16, drop=4, grow=1, wrap=True, lines=2, since=100),
            Col(Action, "stakeholder", 18, "For", drop=5, grow=1, wrap=True, lines=2, since=150),
            Col(Action, "visibility", 10, drop=6, since=150),
        )
        return tuple(col for col in every if col.name != self._grouping.repeated)

    def rows(self, live: LivePlan) -> Iterable[Action]:
        """Return the actions of the grouping."""
        return self._grouping.rows(live)

    def groups(self, live: LivePlan, rows: Sequence[Action]) -> Groups:
        """Return the actions under the headings of the grouping."""
        return self._grouping.groups(live, rows)

    def wanted(self, live: LivePlan) -> tuple[Action, ...]:
        """Return the actions that the filter lets through: also late, mine, theirs or without a date."""
        is_so = CHIPS.get(fold(self.table_query(live).wanted.strip()))
        if is_so is None:
            return super().wanted(live)
        return tuple(action for action in self.rows(live) if is_so(live, action))

    def chips(self, live: LivePlan) -> tuple[tuple[str, int], ...]:
        """Return the words by which there is something to be filtered, with how many they find."""
        if not shown_to(live, Action, "reason"):
            return ()
        found = {word: sum(is_so(live, row) for row in self.rows(live)) for word, is_so in CHIPS.items()}
        return tuple((word, count) for word, count in found.items() if count)

    def words(self, live: LivePlan, action: Action) -> tuple[str, ...]:
        """Return the texts by which an action is found."""
        people = (
            live.view.name_of_ref(Action, name, getattr(action, name)) for name in ("owner", "accountable")
        )
        person = live.view.name_of(Stakeholder, action.stakeholder)
        return action.title, *people, person, action.milestone, action.status.label

    def row(self, live: LivePlan, action: Action, cols: tuple[Col, ...]) -> Row:
        """Return an action with what is vague or late about it."""
        return action_row(live, action, cols)

    def placeholder(self, live: LivePlan) -> Edit | None:
        """A new action comes in by its title."""
        return new_row_edit(live, Action, "title", session=live.session_id)

    def row_actions(self, live: LivePlan, name: str) -> tuple[RowAction, ...]:
        """Return what can be done with all that are marked, wherever the cursor is; else with this one."""
        those = self.acted_on(live, name)
        every = [(*outcome_actions(live, one), *_fields(live, one)) for one in those]
        if len(every) <= 1:
            return every[0] if every else ()
        alike = {
            row_action.key: [d.edit for row_actions in every for d in row_actions if d.key == row_action.key]
            for row_action in every[0]
        }
        return tuple(
            RowAction(row_action.key, f"{row_action.text} · {len(every)} actions", joint)
            for row_action in every[0]
            if len(alike[row_action.key]) == len(every)
            and (joint := joint_edit(alike[row_action.key], "actions"))
        )

    def card_cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """Every field of one action."""
        return (
            *fields_of(Action, "title", "owner", "accountable"),
            due_col(),
            status_col(),
            *fields_of(
                Action, "done_on", "evidence", "reason", "milestone", "stakeholder", "answer", "visibility"
            ),
        )


def _is_late(live: LivePlan, action: Action) -> bool:
    return days_late(live, action) > 0


def _is_mine(live: LivePlan, action: Action) -> bool:
    """Whether it is open and of whoever sits at this keyboard: by the id, the whole or the first name."""
    ours = {member.id: member.name for member in live.view.all(Member)}
    those = (id_ for id_ in (action.owner, action.accountable) if id_ in ours)
    return action.status.is_open and any(goes_by(live.actor, id_, ours[id_]) for id_ in those)


def _is_theirs(live: LivePlan, action: Action) -> bool:
    """Whether it is open and one of the customer's people owns it, or answers for it."""
    people = (live.view.person(id_) for id_ in (action.owner, action.accountable))
    return action.status.is_open and any(isinstance(person, Stakeholder) for person in people)


def _has_no_date(_live: LivePlan, action: Action) -> bool:
    return action.status.is_open and action.due is None


CHIPS: Mapping[str, Callable[[LivePlan, Action], bool]] = {
    LATE: _is_late,
    MINE: _is_mine,
    THEIRS: _is_theirs,
    NO_DATE: _has_no_date,
}
"""Word of the filter → whether it is so of an action."""


def _fields(live: LivePlan, action: Action) -> tuple[RowAction, ...]:
    """Return the fields for which a narrow table has no column."""
    cols = visible_cols((Col(Action, "milestone"), Col(Action, "visibility")), live.audience)
    return tuple(
        RowAction(col.name[0], col.heading, edit_of(live.view, action, col, live.context)) for col in cols
    )
