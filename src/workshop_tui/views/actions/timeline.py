"""Milestones as a line in time: months along the top, each milestone at its date. Pure: no widgets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from rich.cells import cell_len

from workshop_tui.domain.base.dates import format_date, format_day
from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.base.text import fold
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.setters import FieldRef, set_value
from workshop_tui.domain.plan.step import Changes, Refused
from workshop_tui.domain.rules.milestones import Milestone, milestones
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.actions.table import action_row, due_col, status_col
from workshop_tui.views.base import shown_to
from workshop_tui.views.cell import Col, Edit, RowAction
from workshop_tui.views.fields import visible_cols
from workshop_tui.views.pictures.axis import LEAST, Axis, put_axis
from workshop_tui.views.pictures.picture import Brush, Foot, Picture
from workshop_tui.views.pictures.pictured import Pictured
from workshop_tui.views.pictures.place import Place
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Table
from workshop_tui.views.text_layout import fit

_LEGEND = "━◆ first due to last · ✓ reached · ! overdue · ▼ today "
_TOP = 2
"""Rows of months and axis."""


def paint(found: Iterable[Milestone], today: dt.date, width: int, *, tells_late: bool = True) -> Picture:
    """Paint milestones, those without a date last, in so many cells; those that are late say so if wanted."""
    those, brush = tuple(found), Brush()
    axis = Axis.over((due for one in those for due in one.dues), width, today)
    put_axis(brush, axis)
    for y, one in enumerate(those, _TOP):
        brush.items[_id(one)] = _row(brush, one, y, axis, is_late=tells_late and one.is_late(today))
    names = [*brush.items]
    brush.above |= dict(zip(names[1:], names, strict=False))
    return brush.picture(pinned=_TOP)


def _row(brush: Brush, one: Milestone, y: int, axis: Axis, *, is_late: bool) -> Place:
    """Paint one milestone; return where its label stands."""
    tone = "bad" if is_late else "good" if one.is_reached else "muted" if one.is_dropped else ""
    sign = " !" if is_late else " ✓" if one.is_reached else ""
    rest = " dropped" if one.is_dropped else f" {one.share}{sign}"
    if one.due is None:
        name = fit(one.name, min(cell_len(one.name), axis.width - LEAST - len(rest)))
        return Place(0, y, brush.row(0, y, (f"◇ {name}{rest}", tone), (" no date", "muted")), 1)
    first, last = axis.at(one.dues[0]), axis.at(one.due)
    x, label = _label(one.name, rest, first, last, axis)
    brush.put(first, y, "━" * (last - first), tone or "muted")
    brush.put(last, y, "×" if one.is_dropped else "◆", tone or "accent")
    brush.put(x, y, label, tone or "strong")
    if not (first <= axis.now <= last or x <= axis.now < x + cell_len(label)):
        brush.put(axis.now, y, "│", "accent")
    return Place(x, y, cell_len(label), 1)


def _label(name: str, rest: str, first: int, last: int, axis: Axis) -> tuple[int, str]:
    """Return where a label stands, behind the mark or before it, off today if it can be; cut if need be."""
    whole, behind = cell_len(name) + len(rest), last + 2
    places = [x for x in (behind, first - 1 - whole) if x >= 0 and x + whole <= axis.width]
    places.sort(key=lambda x: x <= axis.now < x + whole)
    if places:
        return places[0], name + rest
    room = max(axis.width - behind, first - 1)
    label = fit(name, max(room - len(rest), 1)) + rest
    return (0 if first - 1 == room else behind), label


def _id(one: Milestone) -> str:
    """Return a name that outlives renaming and other dates."""
    return str(RowId("Milestone", (min(action.id for action in one.actions),)))


class Milestones(Pictured):
    """The milestones in time; the actions of the one under the cursor are its card."""

    title: str = "Timeline"
    kind: ClassVar[type[Entity]] = Action
    none_found: ClassVar[str] = "No milestone here has a name like «{}»."

    def is_drawn(self, live: LivePlan) -> bool:
        """Whether any action leads up to a milestone."""
        return self.is_open(live) and any(action.milestone for action in live.view.all(Action))

    def content(self, _live: LivePlan) -> Table:
        """Return what stands in the picture's place while there is none."""
        return Table(
            empty="No milestones yet.",
            invite='give an action one, on its card or by F2 and «a: Send cost range *"Range given" by +2w».',
        )

    def state(self, live: LivePlan) -> object:
        """Return the day that is marked."""
        return live.today

    def draw(self, live: LivePlan, width: int, _height: int) -> Picture:
        """Paint the milestones of the actions that this audience sees."""
        ours = shown_to(live, Action, "reason")
        return paint(milestones(live.view.all(Action)), live.today, width, tells_late=ours)

    def foot(self, live: LivePlan, name: str, width: int) -> Foot:
        """Return what is said of a milestone, and what the marks mean."""
        one = _at(live, name)
        return (
            (fit(_told(one), width) if one else "", ""),
            (fit(f"{_LEGEND}{format_date(live.today)}", width), "muted"),
        )

    def called_at(self, live: LivePlan, name: str) -> str:
        """Return the name of the milestone."""
        one = _at(live, name)
        return one.name if one else ""

    def find(self, live: LivePlan, text: str) -> str:
        """Return the first milestone of which a word begins so."""
        wanted = f" {fold(text.strip())}"
        found = (one for one in milestones(live.view.all(Action)) if wanted in f" {fold(one.name)}")
        return next(map(_id, found), "")

    def card(self, live: LivePlan, name: str) -> Table | None:
        """Return the actions that lead up to the milestone."""
        one = _at(live, name)
        cols = (
            Col(Action, "title", 16, grow=3, wrap=True),
            Col(Action, "owner", 11, asked=True, grow=1, wrap=True, drop=1),
            due_col(),
            status_col(),
        )
        seen = visible_cols(cols, live.audience)
        return Table(seen, tuple(action_row(live, action, seen) for action in one.actions)) if one else None

    def row_actions(self, live: LivePlan, name: str) -> tuple[RowAction, ...]:
        """A milestone can be called otherwise, in all its actions at once."""
        one = _at(live, name)
        if one is None:
            return ()
        build = partial(_renamed, live, one.name)
        rename = Edit(f"Rename the milestone · {one.name}", name, one.name, build, whole=True)
        return (RowAction("r", f"Rename «{one.name}»", rename),)


def _told(one: Milestone) -> str:
    due = f"due {format_day(one.due)}" if one.due else "no date"
    return f"{one.name}: {'dropped' if one.is_dropped else f'{one.share} done'}, {due}"


def _at(live: LivePlan, name: str) -> Milestone | None:
    return next((one for one in milestones(live.view.all(Action)) if _id(one) == name), None)


def _renamed(live: LivePlan, name: str, plan: AccountPlan, new: Json) -> Changes:
    """Rename a milestone in all its actions, also in those that this audience doesn't see.

    Only of what it sees is it told that the new name is taken.
    """
    old, wanted = fold(name), fold(str(new or "").strip())
    if not wanted:
        raise Refused("A milestone needs a name: type one.")
    taken = {fold(action.milestone): action.milestone for action in live.view.all(Action)}
    if wanted != old and wanted in taken:
        raise Refused(f"There is a milestone «{taken[wanted]}» already: type another name.")
    actions = [action for action in plan.all(Action) if fold(action.milestone) == old]
    if not actions:
        raise Refused("This milestone is called otherwise by now: look at it and rename that.")
    fields = (FieldRef(Action, action.key, "milestone") for action in actions)
    return tuple(change for at in fields for change in set_value(plan, at, new, live.context))
