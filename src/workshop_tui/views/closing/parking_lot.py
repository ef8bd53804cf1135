"""The parking lot, emptied: owner and date, an action, a decision, a risk, or dropped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import ClassVar

from msgspec.structs import replace

from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.lifecycle.closing import BECOMES, become, outcome
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.session import Parking
from workshop_tui.domain.plan.plan import AccountPlan, draft_place
from workshop_tui.domain.plan.setters import FieldRef, set_value
from workshop_tui.domain.plan.step import Changes
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, entity_at, heading_row, line, new_row_edit, placeholder_row, row_id
from workshop_tui.views.cell import TICK, Cell, Choice, Col, Edit, RowAction
from workshop_tui.views.keys import key
from workshop_tui.views.recent import turning
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row


class ParkingLot(View):
    """What to come back to: this session's, and what earlier sessions left."""

    title: str = "Parking"
    kind: ClassVar[type[Entity]] = Parking
    empty: str = "Nothing is parked here."
    invite: str = (
        f"what waits for later comes here, by {key('capture')} from anywhere: «p: who pays for the pilot»."
    )

    def head(self, live: LivePlan) -> str:
        """How much is settled, and how much is left from before; ours alone."""
        parked = live.figures.parked(live.session_id)
        here, before = _here(live), len(_earlier(live))
        settled = f"{sum(parked.get(item.id, False) for item in here)} of {len(here)} settled"
        told = (settled if here else "", f"{before} from earlier sessions" if before else "")
        return " · ".join((*filter(None, told), "d settles one")) if parked else ""

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """The item, who comes back to it and when, what becomes of it."""
        return (
            Col(Parking, "text", 24, grow=3, wrap=True),
            Col(Parking, "owner", 14, asked=True, grow=1, wrap=True),
            Col(Parking, "due", 11, asked=True),
            Col(Parking, "became", 16, "Becomes", grow=2, wrap=True),
            Col(Parking, "visibility", 10, drop=1),
        )

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return this session's items, then those that earlier ones left open."""
        yield from (_item(live, item, cols) for item in _here(live))
        yield placeholder_row(
            RowId.new(), new_row_edit(live, Parking, "text", "Park something", session=live.session_id)
        )
        if earlier := _earlier(live):
            yield heading_row("Still parked from earlier sessions")
            yield from (_item(live, item, cols) for item in earlier)

    def row_actions(self, live: LivePlan, name: str) -> tuple[RowAction, ...]:
        """What becomes of an item at once."""
        item = entity_at(live.view, name)
        return tuple(_ways(live, item)) if isinstance(item, Parking) else ()


def _here(live: LivePlan) -> tuple[Parking, ...]:
    return live.view.where(Parking, session=live.session_id)


def _earlier(live: LivePlan) -> tuple[Parking, ...]:
    """Return what earlier sessions parked that nothing has become of yet, as far as one sees."""
    items = (live.view.get(Parking, item) for item in live.figures.parked(live.session_id))
    return tuple(item for item in items if item and item.session != live.session_id)


def _item(live: LivePlan, item: Parking, cols: tuple[Col, ...]) -> Row:
    if live.figures.parked(live.session_id).get(item.id):
        cols = tuple(replace(col, asked=False) for col in cols)  # nothing more is wanted of it
    row = line(live, item, cols)
    cells = (
        _fate(live, item) if col.name == "became" else shown
        for col, shown in zip(cols, row.cells, strict=True)
    )
    return Row(row.id, tuple(cells))


def _fate(live: LivePlan, item: Parking) -> Cell:
    """Return what becomes of an item, and how that is chosen; whether it is settled is ours to know."""
    edit = partial(_choosing, live, item)
    if item.has_turned:
        became = outcome(live.view, item)
        told = f"{became.VERBOSE_NAME}: {became.words}" if became else "became something"
        return Cell(f"{TICK} {told}", "good", edit)
    if item.dropped:
        return Cell(f"{TICK} dropped", "muted", edit)
    settled = live.figures.parked(live.session_id).get(item.id)
    if settled is None:
        return Cell("", "", edit)
    return Cell(f"{TICK} settled", "good", edit) if settled else Cell("? open", "warn", edit)


def _ways(live: LivePlan, item: Parking) -> Iterator[RowAction]:
    if item.has_turned:
        name = next(name for name in BECOMES.values() if getattr(item, name))
        what = "action" if name == BECOMES[Action] else name.removeprefix("became_")
        yield RowAction("o", f"Open it again; the {what} stays", _setting(live, item, name, None))
        return
    yield from turning(live, row_id(item))
    told = "Take it up again" if item.dropped else "Drop it"
    yield RowAction("x", told, _setting(live, item, "dropped", not item.dropped))


def _setting(live: LivePlan, item: Parking, name: str, value: Json) -> Edit:
    def build(plan: AccountPlan, _new: Json) -> Changes:
        at = FieldRef(Parking, item.key, name)
        return set_value(plan, at, value, live.context) if plan.get(Parking, item.id) else ()

    return Edit(name, draft_place(Parking, item.key, name), "", build, toggles=True)


def _choosing(live: LivePlan, item: Parking) -> Edit:
    """Return the choice among the same ways, from the cell itself, and among what there is in the session."""
    ways = {way.key: way for way in _ways(live, item)}
    there = {
        row_id(row): row
        for kind in (() if item.has_turned else BECOMES)
        for row in live.view.where(kind, session=live.session_id)
    }

    def build(plan: AccountPlan, new: Json) -> Changes:
        if way := ways.get(str(new)):
            return way.edit.build(plan, None)
        now = plan.get(Parking, item.id)
        row = there.get(str(new))
        return become(now, row.key[0], type(row)) if now and row else ()

    choices = (
        *(Choice(key, way.text) for key, way in ways.items()),
        *(Choice(id_, f"The {row.VERBOSE_NAME} «{row.words}»") for id_, row in there.items()),
    )
    return Edit(
        f"What becomes of it? · {item.text}",
        draft_place(Parking, item.key, "fate"),
        "",
        build,
        choices=choices,
    )
