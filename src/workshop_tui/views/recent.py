"""The newest lines, whatever block they were caught in, and what each can be turned into. No widgets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import islice

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Entity, Json, Key, title_of
from workshop_tui.domain.base.validation import as_held
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.capture.recent import Field, Newest, left_behind, newest, turn_into, turns_into
from workshop_tui.domain.capture.rows import GRAMMAR
from workshop_tui.domain.lifecycle.closing import outcome
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Meeting, Reading, Stakeholder, Tie
from workshop_tui.domain.model.session import Decision, Parking, Risk
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.audience import shows
from workshop_tui.domain.plan.plan import AccountPlan, display_name, draft_place
from workshop_tui.domain.plan.step import Changes, Step
from workshop_tui.live.live_plan import LivePlan, new_id
from workshop_tui.views.base import entity_at, row_id
from workshop_tui.views.cell import Cell, Col, Edit, Plain, RowAction
from workshop_tui.views.fields import cell, shown
from workshop_tui.views.keys import key
from workshop_tui.views.table import Row, Table

MOST = 30
WORDS = 2
"""The column in which a line's words stand."""
CORRECT = "c"
"""The key by which the words of a line are corrected where it stands."""
_CALLED: dict[type[Entity], str] = {Stakeholder: "person", Parking: "parked"}
_INTO: dict[type[Entity], str] = {
    Action: "an action",
    Parking: "a parked item",
    Decision: "a decision",
    Risk: "a risk",
}
_COLS = (
    Plain("At", 5),
    Plain("Newest", 9),
    Plain("What it says", 20, grow=3, wrap=True),
    Plain("Whose, due, changes", 22, grow=2, wrap=True),
)
_BY = Plain("By", 8, drop=1)


def newest_lines(live: LivePlan, steps: Iterable[Step]) -> Table:
    """Return what these Steps brought into this session by a line or changed of a person, the newest first.

    Who did it is ours to know. What was changed of people is told as long as the day.
    """
    here = (each for each in newest(steps, live.view) if _is_of_now(live, each))
    rows = (line for each in here if (line := _line(live, each)))
    cols = _COLS if live.audience == CUSTOMER else (*_COLS, _BY)
    empty = f"Nothing was caught yet: {key('capture')} opens the capture line."
    return Table(cols, tuple(islice(rows, MOST)), empty, start=WORDS)


def _is_of_now(live: LivePlan, each: Newest) -> bool:
    if each.before and _moment(each.step).date() != live.clock().astimezone().date():
        return False
    return getattr(each.row, "session", live.session_id) == live.session_id


def _moment(step: Step) -> dt.datetime:
    """Return when a Step was taken, by the clock on the wall."""
    return (step.at or dt.datetime.min.replace(tzinfo=dt.UTC)).astimezone()


def _line(live: LivePlan, each: Newest) -> Row | None:
    """Return the line of one of them; None where nothing is left of what was changed."""
    row, step = each.row, each.step
    kind = _CALLED.get(type(row), row.VERBOSE_NAME)
    text = _words(live, row)
    beside = _changed(live.view, each.before) if each.before else _beside(live.view, row)
    if each.before and not beside:
        return None
    at = f"{_moment(step):%H:%M}" if step.at else ""
    cells = (Cell(at, "muted"), Cell(kind, "muted"), text, Cell(beside, "muted"))
    return Row(row_id(row), cells if live.audience == CUSTOMER else (*cells, Cell(step.actor, "muted")))


def _words(live: LivePlan, row: Entity) -> Cell:
    words = Col(type(row), "said" if isinstance(row, Meeting) else row.NAME_FIELD)
    return cell(live.view, row, words, live.context)


def _changed(view: AccountPlan, before: Mapping[Field, Json]) -> str:
    """Return what was changed of a person, as in «role influencer → champion, alliance +2»."""
    told = (_from_to(view, field, old) for field, old in reversed(tuple(before.items())))
    return ", ".join(filter(None, told))


def _from_to(view: AccountPlan, field: Field, old: Json) -> str:
    """Return what was changed in one field; empty where that is not shown, or what it was stands again."""
    kind, row_key, name = field
    row = view.get(kind, *row_key)
    if not shows(kind, name, view.audience):
        return ""
    was = "" if old is None else _said(view, kind, name, as_held(kind, name, old))
    now = _said(view, kind, name, getattr(row, name)) if row else ""
    now = "unknown" if row and kind is Reading and was and not now else now
    of = _OF.get(kind)
    what = of(view, row_key) if of else _SAYS.get(name) or title_of(kind, name).lower()
    return "" if was == now else f"{what} {was} → {now or '–'}" if was else f"{what} {now}"


def _said(view: AccountPlan, kind: type[Entity], name: str, value: object) -> str:
    return shown(view, kind, name, value, sign=kind is Reading).strip()


def _toward(view: AccountPlan, row_key: Key) -> str:
    party = view.get(Party, row_key[-1])
    return party.short if party else "alliance"


_SAYS = {slot.name: slot.says for slot in GRAMMAR[Stakeholder].values() if slot.kind is Stakeholder}
"""Field of a person → the word for it where it is typed."""
_OF: dict[type[Entity], Callable[[AccountPlan, Key], str]] = {
    Reading: _toward,
    Tie: lambda view, row_key: f"owner of {_toward(view, row_key)}",
}
"""How a change of a row beside a person is called."""


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
    parts = (_became(view, row), owner, format_date(due) if due else "")
    return " · ".join(part for part in parts if part)


def _became(view: AccountPlan, row: Entity) -> str:
    """Return what a parked item has become, as in «→ action»; empty for nothing."""
    if not (isinstance(row, Parking) and row.has_turned):
        return ""
    became = outcome(view, row)
    return f"→ {became.VERBOSE_NAME}" if became else "became something"


def turning(live: LivePlan, name: str) -> tuple[RowAction, ...]:
    """Return how a line is turned into one of another kind."""
    row = entity_at(live.view, name)
    return tuple(_turn_action(live, row, kind) for kind in turns_into(row)) if row else ()


def doing(live: LivePlan, name: str) -> tuple[RowAction, ...]:
    """Return what is done with a line where it stands: its words are corrected, or it is turned."""
    row = entity_at(live.view, name)
    edit = _words(live, row).edit if row else None
    correct = (RowAction(CORRECT, "Correct its words", edit),) if edit else ()
    return (*correct, *turning(live, name))


def _turn_action(live: LivePlan, row: Entity, kind: type[Entity]) -> RowAction:
    made, session = new_id(), live.session_id

    def build(plan: AccountPlan, _new: Json) -> Changes:
        now = plan.get(type(row), *row.key)
        return turn_into(plan, now, kind, session, partial(str, made)) if now else ()

    edit = Edit(
        f"Turn it into {_INTO[kind]}", draft_place(type(row), row.key, "turned"), "", build, toggles=True
    )
    follows = "An action follows from it" if isinstance(row, Answer) else ""
    text = follows or edit.title
    lost = ", ".join(left_behind(live.view, row, kind))
    told = f"{follows or f'{_INTO[kind].capitalize()} now'}: «{row.words}»."
    return RowAction(kind.VERBOSE_NAME[0], f"{text} (loses {lost})" if lost else text, edit, told)
