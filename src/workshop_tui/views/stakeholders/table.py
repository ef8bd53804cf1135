"""Stakeholders: the table of the customer's people, and one person's card."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import TOWARD_ALL, SocialStyle
from workshop_tui.domain.model.people import Reading, Stakeholder, Tie
from workshop_tui.domain.rules.people import latest_reading
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import new_row_edit
from workshop_tui.views.cell import Cell, Col, Edit
from workshop_tui.views.sorted_filtered import SortedFilteredView
from workshop_tui.views.stakeholders.card import person_card, reading_of, tie_of
from workshop_tui.views.table import Row, Table


class Everybody(SortedFilteredView[Stakeholder]):
    """Who they are, how they feel, who of ours owns them; several of them are changed at once."""

    title: str = "Table"
    kind: ClassVar[type[Entity]] = Stakeholder
    empty: str = "Nobody yet."
    invite: str = "press a to add the customer's first person."
    called: ClassVar[str] = "people"
    sought: ClassVar[str] = "name, title, role or style"
    none_found: str = "Nobody has {}: Esc shows everybody."

    def cols(self, live: LivePlan) -> tuple[Col, ...]:
        """Name, title, style, sentiment toward all and each partner, owners; more where there is room."""
        session = live.session_id
        sentiment = (
            Col(Reading, "value", 4, title[:4], reading_of(session, toward), sign=True)
            for title, toward in (("All", TOWARD_ALL), *((p.id, p.id) for p in live.view.partners))
        )
        owners = (
            Col(Tie, "owner", 12, f"{p.id[:6]} owner", tie_of(p.id), drop=3, grow=1)
            for p in live.view.partners
        )
        return (
            Col(Stakeholder, "name", 18, grow=1),
            Col(Stakeholder, "title", 14, grow=4),
            Col(Stakeholder, "style", 10, "Style", drop=5),
            *sentiment,
            Col(Stakeholder, "influence", 4, "Infl", drop=4),
            Col(Stakeholder, "interest", 4, "Int", drop=6),
            *owners,
            Col(Stakeholder, "role", 10, "Role", drop=7),
            Col(Stakeholder, "authority", 9, drop=8),
            Col(Stakeholder, "reports_to", 14, drop=9, grow=1),
        )

    def words(self, live: LivePlan, person: Stakeholder) -> tuple[str, ...]:  # noqa: ARG002
        """Return the texts by which a person is found."""
        words = (person.role, person.style)
        return person.name, person.title, *(word.label for word in words if word)

    def value(self, live: LivePlan, person: Stakeholder, col: Col) -> object:
        """Return what a column sorts a person by; a sentiment is the one that was read last."""
        if col.kind is Reading and col.key:
            last = live.view.get(Reading, *col.key(person)) or _last(live, person, col)
            return last.value if last else None
        value = super().value(live, person, col)
        return None if value is SocialStyle.UNKNOWN else value

    def row(self, live: LivePlan, person: Stakeholder, cols: tuple[Col, ...]) -> Row:
        """Return a person; where this session has no reading yet, the last one stands in brackets."""
        row = super().row(live, person, cols)
        cells = (_or_last(live, person, col, cell) for col, cell in zip(cols, row.cells, strict=True))
        return replace(row, cells=tuple(cells))

    def placeholder(self, live: LivePlan) -> Edit | None:
        """A new person comes in by name."""
        return new_row_edit(live, Stakeholder, "name", "New person")

    def card(self, live: LivePlan, name: str) -> Table | None:
        """Return all that is known of the person under the cursor."""
        person = self.card_row(live, name)
        return person_card(live, person) if isinstance(person, Stakeholder) else None


def _last(live: LivePlan, person: Stakeholder, col: Col) -> Reading | None:
    """Return the sentiment toward whom a column is about, as it was read last in any session."""
    return latest_reading(live.view, person, col.key(person)[2]) if col.key else None


def _or_last(live: LivePlan, person: Stakeholder, col: Col, cell: Cell) -> Cell:
    if col.kind is not Reading or col.key is None or live.view.get(Reading, *col.key(person)):
        return cell
    last = _last(live, person, col)
    value = last.value if last else None
    if value is None:
        return cell
    # + and - go on from what is shown
    return replace(cell.editing(lambda edit: replace(edit, text=value.label)), text=f"({value.sign.strip()})")
