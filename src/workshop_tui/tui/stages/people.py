"""Stakeholders: the table of the customer's people, and one person's card."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from workshop_tui.domain.entity import Entity, Key
from workshop_tui.domain.people import Reading, Stakeholder, Tie
from workshop_tui.domain.people_rules import latest_reading
from workshop_tui.domain.words import TOWARD_ALL
from workshop_tui.tui.grid import Cell, Col, Edit
from workshop_tui.tui.live_plan import LivePlan
from workshop_tui.tui.stages.base import KeyOf, View, adding, line, own
from workshop_tui.tui.widgets.table import Row


def reading_of(session: str, toward: str) -> KeyOf:
    """Return how to find a person's reading in a session toward the alliance or a partner."""

    def key(person: Entity) -> Key:
        return (session, person.key[0], toward)

    return key


def tie_of(party: str) -> KeyOf:
    """Return how to find a partner's tie to a person."""

    def key(person: Entity) -> Key:
        return (person.key[0], party)

    return key


class People(View):
    """Who they are, how they feel, who of ours owns them."""

    title: ClassVar[str] = "Table"
    kind: ClassVar[type[Entity]] = Stakeholder
    empty: ClassVar[str] = "Nobody yet: press a to add the customer's first person."

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
            Col(Stakeholder, "name", 18, grow=2),
            Col(Stakeholder, "title", 16, grow=3),
            Col(Stakeholder, "style", 10, "Style", drop=5),
            *sentiment,
            Col(Stakeholder, "influence", 4, "Infl", drop=4),
            Col(Stakeholder, "interest", 4, "Int", drop=6),
            *owners,
            Col(Stakeholder, "role", 10, "Role", drop=7),
            Col(Stakeholder, "reports_to", 14, drop=8, grow=1),
        )

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return the people; where this session has no reading yet, the last one stands in brackets."""
        for person in live.view.all(Stakeholder):
            row = line(live, person, cols)
            cells = (_or_last(live, person, col, cell) for col, cell in zip(cols, row.cells, strict=True))
            yield replace(row, cells=tuple(cells))

    def ghost(self, live: LivePlan) -> Edit:
        """A new person comes in by name."""
        return adding(live, Stakeholder, "name", "New person")

    def card_cols(self, live: LivePlan) -> tuple[Col, ...]:
        """Every field of one person."""
        toward = (("the alliance", TOWARD_ALL), *((p.short, p.id) for p in live.view.partners))
        return (
            *own(Stakeholder, "name", "title", "reports_to", "style", "influence", "interest"),
            *own(Stakeholder, "authority", "role"),
            *(col for title, whom in toward for col in _reading_cols(live.session_id, title, whom)),
            *(col for p in live.view.partners for col in _tie_cols(p.short, p.id)),
            *own(Stakeholder, "email", "placeholder", "visibility"),
        )


def _or_last(live: LivePlan, person: Stakeholder, col: Col, cell: Cell) -> Cell:
    if col.kind is not Reading or col.key is None or live.view.get(Reading, *col.key(person)):
        return cell
    last = latest_reading(live.view, person, col.key(person)[2])
    return replace(cell, text=f"({last.value.sign.strip()})") if last and last.value is not None else cell


def _reading_cols(session: str, title: str, toward: str) -> tuple[Col, ...]:
    key = reading_of(session, toward)
    return (
        Col(Reading, "value", title=f"To {title}", key=key),
        Col(Reading, "confidence", title="  confidence", key=key),
        Col(Reading, "evidence", title="  evidence", key=key),
    )


def _tie_cols(short: str, party: str) -> tuple[Col, ...]:
    key = tie_of(party)
    return (
        Col(Tie, "owner", title=f"{short[:11]} owner", key=key, asked=True),
        Col(Tie, "level", title="  level now", key=key),
        Col(Tie, "wanted", title="  level wanted", key=key),
    )


VIEWS = (People,)
