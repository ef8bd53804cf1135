"""The newest lines, whatever block they were caught in, and what each can be turned into. No widgets."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import islice

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.capture.recent import left_behind, newest, turn_into, turns_into
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Meeting, Stakeholder
from workshop_tui.domain.model.session import Decision, Parking, Risk
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import AccountPlan, display_name, draft_place
from workshop_tui.domain.plan.step import Changes, Step
from workshop_tui.live.live_plan import LivePlan, new_id
from workshop_tui.views.base import entity_at, row_id
from workshop_tui.views.cell import Cell, Col, Edit, Plain, RowAction
from workshop_tui.views.fields import cell
from workshop_tui.views.keys import key
from workshop_tui.views.table import Row, Table

MOST = 30
WORDS = 1
"""The column in which a line's words stand."""
_CALLED: dict[type[Entity], str] = {Stakeholder: "person", Parking: "parked"}
_INTO: dict[type[Entity], str] = {
    Action: "an action",
    Parking: "a parked item",
    Decision: "a decision",
    Risk: "a risk",
}
_COLS = (
    Plain("Newest", 9),
    Plain("What it says", 24, grow=3, wrap=True),
    Plain("Who, when", 22),
)


def newest_lines(live: LivePlan, steps: Iterable[Step]) -> Table:
    """Return the rows that these Steps brought into this session by a line, the newest first."""
    here = (
        row for row in newest(steps, live.view) if getattr(row, "session", live.session_id) == live.session_id
    )
    rows = (_line(live, row) for row in islice(here, MOST))
    return Table(
        _COLS, tuple(rows), f"Nothing was caught yet: {key('capture')} opens the capture line.", start=WORDS
    )


def _line(live: LivePlan, row: Entity) -> Row:
    kind = _CALLED.get(type(row), row.VERBOSE_NAME)
    words = Col(type(row), "said" if isinstance(row, Meeting) else row.NAME_FIELD)
    text = cell(live.view, row, words, live.context)
    return Row(row_id(row), (Cell(kind, "muted"), text, Cell(_beside(live.view, row), "muted")))


def _beside(view: AccountPlan, row: Entity) -> str:
    if isinstance(row, Answer):
        return view.name_of(Stakeholder, row.stakeholder)
    if isinstance(row, Stakeholder):
        return row.title
    if isinstance(row, Meeting):
        return f"{display_name(view, row)} · {format_date(row.on)}"
    due = getattr(row, "due", None)
    person = view.person(getattr(row, "owner", None))
    owner = person.words if person else ""
    return " · ".join(part for part in (owner, format_date(due) if due else "") if part)


def turning(live: LivePlan, name: str) -> tuple[RowAction, ...]:
    """Return how a line is turned into one of another kind."""
    row = entity_at(live.view, name)
    return tuple(_turn_action(live, row, kind) for kind in turns_into(row)) if row else ()


def _turn_action(live: LivePlan, row: Entity, kind: type[Entity]) -> RowAction:
    made, session = new_id(), live.session_id

    def build(plan: AccountPlan, _new: Json) -> Changes:
        now = plan.get(type(row), *row.key)
        return turn_into(plan, now, kind, session, partial(str, made)) if now else ()

    edit = Edit(
        f"Turn it into {_INTO[kind]}", draft_place(type(row), row.key, "turned"), "", build, toggles=True
    )
    text = "An action follows from it" if isinstance(row, Answer) else edit.title
    lost = ", ".join(left_behind(live.view, row, kind))
    return RowAction(kind.VERBOSE_NAME[0], f"{text} (loses {lost})" if lost else text, edit)
