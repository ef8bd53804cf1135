"""Actions: a fast table in which what is missing stands in plain sight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import ClassVar

from workshop_tui.domain.base.entity import Entity, Key
from workshop_tui.domain.base.text import fold
from workshop_tui.domain.base.vocabulary import Word
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.actions.outcome import deeds_of
from workshop_tui.views.base import View, adding, line, own, row_id
from workshop_tui.views.cell import Col, Deed, Edit
from workshop_tui.views.fields import edit_of, shown, visible_cols
from workshop_tui.views.query import Sift, for_all, in_order, together
from workshop_tui.views.table import Row, Table


def due_col(width: int = 9) -> Col:
    """Return the due date."""
    return Col(Action, "due", width, asked=True, sign=True)


def status_col(width: int = 8) -> Col:
    """Return the status."""
    return Col(Action, "status", width, wrap=True)


def action_at(live: LivePlan, name: str) -> Action | None:
    """Return the action a row stands for."""
    kind, _, key = name.partition("/")
    return live.view.get(Action, key.partition("/")[0]) if kind == Action.__name__ else None


def acted(live: LivePlan, action: Action, cols: tuple[Col, ...], *, brief: bool = False) -> Row:
    """Return an action as a row: what is vague or late says so beneath its title, what is settled before it.

    In brief, it says neither what to do about it nor that it is settled.
    """
    row = line(live, action, cols)
    cells = list(row.cells)
    said = [message.partition(":")[0] if brief else message for message in _flaws(live).get(action.key, ())]
    if said:
        cells[0] = replace(cells[0], text="\n! ".join([cells[0].text, *said]), tone="warn")
    elif not (brief or action.status.is_open):
        cells[0] = replace(cells[0], text=f"{action.status.sign} {cells[0].text}", tone="muted")
    return replace(row, cells=tuple(cells))


def _flaws(live: LivePlan) -> Mapping[Key, list[str]]:
    """Return key → what is vague or late about an action; found once for all of them."""
    found: dict[Key, list[str]] | None = live.view.memo.get("flaws")
    if found is None:
        found = live.view.memo["flaws"] = {}
        for gap in live.figures.gaps:
            if gap.rule in {"action_vague", "action_overdue"}:
                found.setdefault(gap.key, []).append(gap.message)
    return found


class Actions(View):
    """Every action of this and earlier sessions, the open ones first; several are changed at once."""

    title: ClassVar[str] = "Table"
    kind: ClassVar[type[Entity]] = Action
    empty: ClassVar[str] = "No actions yet: press a and type what will be done."
    called: ClassVar[str] = "actions"
    sought: ClassVar[str] = "action, people, milestone or status"

    def __init__(self) -> None:
        """Start in the rows' own order, for each audience."""
        super().__init__()
        self._sifts: dict[str, Sift] = {}

    def sift(self, live: LivePlan) -> Sift:
        """Return how this audience sorts, filters and marks."""
        return self._sifts.setdefault(live.audience, Sift())

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """The action, owner, accountable, due; milestone, stakeholder, status where there is room."""
        return (
            Col(Action, "title", 18, grow=3, wrap=True),
            Col(Action, "owner", 11, asked=True, grow=1, wrap=True),
            Col(Action, "accountable", 11, asked=True, grow=1, wrap=True),
            due_col(),
            replace(status_col(), drop=2),
            Col(Action, "milestone", 14, drop=4, grow=1, wrap=True),
            Col(Action, "stakeholder", 14, "For", drop=5, grow=1, wrap=True),
            Col(Action, "visibility", 10, drop=6),
        )

    def groups(self, live: LivePlan) -> Iterable[tuple[str, Iterable[Action]]]:
        """Return (heading, actions): this session's, then what is open from before, then what is settled."""
        every = live.view.all(Action)
        before = [a for a in every if a.session != live.session_id]
        yield "", [a for a in every if a.session == live.session_id]
        yield "Open from earlier sessions", [a for a in before if a.status.is_open]
        yield "Settled", [a for a in before if not a.status.is_open]

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return the actions that are wanted under their headings, those that are marked changed together."""
        return together(tuple(self._lines(live, cols)), cols, self.sift(live).marked, self.called)

    def _lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        sift = self.sift(live)
        by = next((col for col in cols if col.heading == sift.column), None)
        for heading, actions in self.groups(live):
            found = self._wanted(live, actions)
            found = in_order(found, sift, partial(_place, live, by)) if by else found
            if found and heading:
                yield Row(f"heading/{heading}", heading=heading)
            yield from (acted(live, action, cols) for action in found)

    def _wanted(self, live: LivePlan, actions: Iterable[Action]) -> tuple[Action, ...]:
        """Return the actions that the filter lets through."""
        return tuple(action for action in actions if self.sift(live).lets(*_words(live, action)))

    def ghost(self, live: LivePlan) -> Edit | None:
        """A new action comes in by its title; none while a filter is on, as it would not be seen."""
        return None if self.sift(live).wanted else adding(live, Action, "title", session=live.session_id)

    def head(self, live: LivePlan) -> str:
        """Tell what is filtered."""
        every = [action for _, group in self.groups(live) for action in group]
        return self.sift(live).told(len(self._wanted(live, every)), len(every))

    def table(self, live: LivePlan) -> Table:
        """Return the table with the order in its heading."""
        sift, table = self.sift(live), super().table(live)
        empty = f"No action has «{sift.wanted}»: Esc shows all." if sift.wanted else table.empty
        return replace(table, empty=empty, order=(sift.column, sift.sign) if sift.column else ("", ""))

    def deeds(self, live: LivePlan, name: str) -> tuple[Deed, ...]:
        """Return what can be done with all that are marked, wherever the cursor is; else with this one."""
        marked = self.sift(live).marked
        shown = self._wanted(live, (action for _, group in self.groups(live) for action in group))
        action = action_at(live, name)
        those = [one for one in shown if row_id(one) in marked] or ([action] if action else [])
        every = [(*deeds_of(live, one), *_fields(live, one)) for one in those]
        if len(every) <= 1:
            return every[0] if every else ()
        alike = {
            deed.key: [d.edit for deeds in every for d in deeds if d.key == deed.key] for deed in every[0]
        }
        return tuple(
            Deed(deed.key, f"{deed.text} · {len(every)} actions", joint)
            for deed in every[0]
            if len(alike[deed.key]) == len(every) and (joint := for_all(alike[deed.key], "actions"))
        )

    def card_cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """Every field of one action."""
        return (
            *own(Action, "title", "owner", "accountable"),
            due_col(),
            status_col(),
            *own(Action, "done_on", "evidence", "reason", "milestone", "stakeholder", "answer", "visibility"),
        )


def _fields(live: LivePlan, action: Action) -> tuple[Deed, ...]:
    """Return the fields for which a narrow table has no column."""
    cols = visible_cols((Col(Action, "milestone"), Col(Action, "visibility")), live.audience)
    return tuple(
        Deed(col.name[0], col.heading.lower(), edit_of(live.view, action, col, live.context)) for col in cols
    )


def _words(live: LivePlan, action: Action) -> tuple[str, ...]:
    """Return the texts by which an action is found."""
    people = (live.view.name_of(Member, id_) for id_ in (action.owner, action.accountable))
    person = live.view.name_of(Stakeholder, action.stakeholder)
    return action.title, *people, person, action.milestone, action.status.label


def _place(live: LivePlan, col: Col, action: Action) -> tuple[int | str, ...]:
    """Return where a column puts an action; () when what it shows isn't known."""
    value = getattr(action, col.name)
    if value is None or value == "":
        return ()
    if isinstance(value, dt.date):
        return (value.toordinal(),)
    if isinstance(value, Word):
        return (list(type(value)).index(value),)
    return (fold(shown(live.view, Action, col.name, value)),)
