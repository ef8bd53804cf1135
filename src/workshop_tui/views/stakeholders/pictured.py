"""Views that are pictures rather than tables, most of them of the stakeholders. Pure: no widgets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.text import fold
from workshop_tui.domain.base.vocabulary import TOWARD_ALL, Sentiment
from workshop_tui.domain.model.people import Reading, Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Changes
from workshop_tui.domain.rules.people import latest_reading
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, entity_at, row_id, shown_to
from workshop_tui.views.cell import Cell, Col
from workshop_tui.views.fields import cell
from workshop_tui.views.pictures.picture import Art, Foot, Picture, Way
from workshop_tui.views.stakeholders.table import People

Build = Callable[[AccountPlan], Changes]


class Pictured(View):
    """A picture in the place of the table. Subclasses paint it and say what its keys mean."""

    keys: ClassVar[frozenset[str]] = frozenset()
    """Which keys of a canvas it answers: fold, take, toward, nudge."""

    def __init__(self) -> None:
        """Start with nothing painted."""
        super().__init__()
        self._painted: tuple[AccountPlan, object, Picture] | None = None

    def is_drawn(self, live: LivePlan) -> bool:
        """Whether there is a picture; a sentence in a table stands in its place where there isn't."""
        raise NotImplementedError

    def art(self, live: LivePlan) -> Art:
        """Return what a canvas shows and asks."""
        return Art(
            partial(self.picture, live),
            partial(self.cell, live),
            partial(self.foot, live),
            tuple(self._ghost_row(live)),
            self.keys,
        )

    def picture(self, live: LivePlan, width: int, height: int) -> Picture:
        """Return the picture for so many cells; the one painted last while nothing has changed."""
        at = (width, height, self.state(live))
        if self._painted is None or self._painted[0] is not live.view or self._painted[1] != at:
            self._painted = (live.view, at, self.draw(live, width, height))
        return self._painted[2]

    def draw(self, live: LivePlan, width: int, height: int) -> Picture:
        """Paint the picture."""
        raise NotImplementedError

    def state(self, _live: LivePlan) -> object:
        """Return what the picture depends on besides the plan and the room."""
        return None

    def foot(self, _live: LivePlan, _name: str, _width: int) -> Foot:
        """Return lines for the foot, always as many: the legend, what is said of what is under the cursor."""
        return ()

    def asked(self, _live: LivePlan) -> Col | None:
        """Return the field that Enter changes; None where Enter goes to the card."""
        return None

    def cell(self, live: LivePlan, name: str) -> Cell:
        """Return how what is under the cursor changes on Enter."""
        row, col = entity_at(live.view, name), self.asked(live)
        return cell(live.view, row, col, live.context) if row and col else Cell("")

    def press(self, _live: LivePlan, _name: str, _what: str, _way: Way) -> Build | None:
        """Do what a key of the picture means; return the changes it asks for. May raise Refused."""
        return None

    def find(self, _live: LivePlan, _text: str) -> str:
        """Return the row id of the first whose name, or a part of it, begins so; "" for none."""
        return ""


class PicturedPeople(Pictured, People):
    """The people as a picture."""

    shows_field: ClassVar[str] = "name"
    """The field of a stakeholder that it is about: closed for an audience that may not see it."""

    def is_open(self, live: LivePlan) -> bool:
        """Whether this audience may see what the picture is about."""
        return shown_to(live, Stakeholder, self.shows_field)

    def is_drawn(self, live: LivePlan) -> bool:
        """Whether there is anybody to paint."""
        return self.is_open(live) and bool(live.view.all(Stakeholder))

    def find(self, live: LivePlan, text: str) -> str:
        """Return the row id of the first whose name, or a part of it, begins so; "" for nobody."""
        wanted = fold(text.strip())
        found = (p for p in live.view.all(Stakeholder) if f" {wanted}" in f" {fold(p.name)}")
        return next((row_id(person) for person in found if wanted), "")


def feeling(live: LivePlan, person: Stakeholder, toward: str = TOWARD_ALL) -> Sentiment | None:
    """Return the sentiment read last toward the alliance or a partner; None while it is unknown."""
    reading = latest_reading(live.view, person, toward)
    return reading.value if reading else None


def sign(value: Sentiment | None) -> tuple[str, str]:
    """Return a sentiment as two characters with the tone it is painted in."""
    if value is None:
        return " ?", "muted"
    return value.sign, "good" if value > 0 else "bad" if value < 0 else ""


def reads(live: LivePlan) -> bool:
    """Whether this audience may see what we think of people."""
    return shown_to(live, Reading, "value")


def person_at(live: LivePlan, name: str) -> Stakeholder | None:
    """Return whom a row id stands for."""
    row: Entity | None = entity_at(live.view, name)
    return row if isinstance(row, Stakeholder) else None


def labels(view: AccountPlan) -> Mapping[str, str]:
    """Return everybody's id → what `short_name` calls them, for all at once."""
    people = view.all(Stakeholder)
    firsts = Counter(fold(person.name.split()[0]) for person in people)

    def label(person: Stakeholder) -> str:
        first = person.name.split()[0]
        if person.placeholder:
            return person.title or person.name
        return person.name if firsts[fold(first)] > 1 else first

    return {person.id: label(person) for person in people}
