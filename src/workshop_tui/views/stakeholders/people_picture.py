"""What the pictures of the customer's people have in common."""

from __future__ import annotations

from typing import ClassVar

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.text import fold
from workshop_tui.domain.base.vocabulary import Sentiment
from workshop_tui.domain.model.people import Reading, Stakeholder
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import entity_at, people_here, row_id, shown_to
from workshop_tui.views.cell import Col, Edit, RowAction
from workshop_tui.views.stakeholders.table import Everybody
from workshop_tui.views.table import Table

PEOPLE = Everybody()


class PeoplePicture:
    """What pictures of the people have in common; each paints them in its own way."""

    kind: ClassVar[type[Entity]] = Stakeholder
    empty: str = Everybody.empty
    invite: str = Everybody.invite
    shows_field: ClassVar[str] = "name"
    """The field of a stakeholder that it is about: closed for an audience that may not see it."""

    def is_open(self, live: LivePlan) -> bool:
        """Whether this audience may see what the picture is about."""
        return shown_to(live, Stakeholder, self.shows_field)

    def cols(self, live: LivePlan) -> tuple[Col, ...]:
        """Return the columns of the table that stands there while there is nobody."""
        return PEOPLE.cols(live)

    def placeholder(self, live: LivePlan) -> Edit | None:
        """A new person comes in by name."""
        return PEOPLE.placeholder(live)

    def card(self, live: LivePlan, name: str) -> Table | None:
        """Return all that is known of the person under the cursor."""
        return PEOPLE.card(live, name)

    def row_actions(self, live: LivePlan, name: str) -> tuple[RowAction, ...]:
        """Return what can be done with the person under the cursor."""
        return PEOPLE.row_actions(live, name)

    def find(self, live: LivePlan, text: str) -> str:
        """Return the row id of the first whose name, or a part of it, begins so; "" for nobody."""
        wanted = fold(text.strip())
        found = (p for p in people_here(live) if f" {wanted}" in f" {fold(p.name)}")
        return next((row_id(person) for person in found if wanted), "")


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
