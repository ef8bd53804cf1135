"""Stakeholders: the table of the customer's people, and one person's card."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import ClassVar

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.text import fold
from workshop_tui.domain.base.vocabulary import TOWARD_ALL, SocialStyle, Word
from workshop_tui.domain.model.people import Reading, Stakeholder, Tie
from workshop_tui.domain.rules.people import latest_reading
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, adding, line
from workshop_tui.views.cell import Cell, Col, Edit
from workshop_tui.views.fields import shown, visible_cols
from workshop_tui.views.query import Sift, in_order, together
from workshop_tui.views.stakeholders.card import person_card, reading_of, tie_of
from workshop_tui.views.table import Row, Table


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

    def people(self, live: LivePlan) -> Iterable[Stakeholder]:
        """Return whom it is about."""
        return live.view.all(Stakeholder)

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return the people; where this session has no reading yet, the last one stands in brackets."""
        for person in self.people(live):
            row = line(live, person, cols)
            cells = (_or_last(live, person, col, cell) for col, cell in zip(cols, row.cells, strict=True))
            yield replace(row, cells=tuple(cells))

    def ghost(self, live: LivePlan) -> Edit | None:
        """A new person comes in by name."""
        return adding(live, Stakeholder, "name", "New person")

    def card(self, live: LivePlan, name: str) -> Table | None:
        """Return all that is known of the person under the cursor."""
        person = self.card_row(live, name)
        return person_card(live, person) if isinstance(person, Stakeholder) else None


class Everybody(People):
    """The people as a table: sorted, filtered, and several of them changed at once."""

    def __init__(self) -> None:
        """Start in the people's own order, for each audience."""
        super().__init__()
        self._sifts: dict[str, Sift] = {}

    def sift(self, live: LivePlan) -> Sift:
        """Return how this audience sorts, filters and marks."""
        return self._sifts.setdefault(live.audience, Sift())

    def people(self, live: LivePlan) -> Iterable[Stakeholder]:
        """Return the people who are wanted, sorted as wanted; who lacks what is sorted by comes last."""
        sift = self.sift(live)
        people = [person for person in live.view.all(Stakeholder) if sift.lets(*_words(person))]
        cols = visible_cols(self.cols(live), live.audience)
        col = next((col for col in cols if col.heading == sift.column), None)
        if col is None:
            return people
        return in_order(people, sift, partial(_place, live, col))

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return the people, those that are marked changed together."""
        return together(tuple(super().lines(live, cols)), cols, self.sift(live).marked, self.called)

    def ghost(self, live: LivePlan) -> Edit | None:
        """Nobody comes in while a filter is on: the new one would not be seen."""
        return None if self.sift(live).wanted else super().ghost(live)

    def head(self, live: LivePlan) -> str:
        """Tell what is filtered."""
        sift, everybody = self.sift(live), live.view.all(Stakeholder)
        return sift.told(sum(sift.lets(*_words(person)) for person in everybody), len(everybody))

    def table(self, live: LivePlan) -> Table:
        """Return the table with the order in its heading."""
        sift, table = self.sift(live), super().table(live)
        empty = f"Nobody has «{sift.wanted}»: Esc shows everybody." if sift.wanted else table.empty
        return replace(table, empty=empty, order=(sift.column, sift.sign) if sift.column else ("", ""))


def _words(person: Stakeholder) -> tuple[str, ...]:
    """Return the texts by which a person is found."""
    words = (person.role, person.style)
    return person.name, person.title, *(word.label for word in words if word)


def _place(live: LivePlan, col: Col, person: Stakeholder) -> tuple[int | str, ...]:
    """Return where a column puts a person; () when what it shows isn't known."""
    holder: Entity | None = live.view.get(col.kind, *col.key(person)) if col.key else person
    if col.kind is Reading and col.key and not holder:
        holder = latest_reading(live.view, person, col.key(person)[2])
    value = getattr(holder, col.name, None)
    if value is None or value in {"", SocialStyle.UNKNOWN}:
        return ()
    if isinstance(value, Word):
        return (list(type(value)).index(value),)
    return (value if isinstance(value, int) else fold(shown(live.view, col.kind, col.name, value)),)


def _or_last(live: LivePlan, person: Stakeholder, col: Col, cell: Cell) -> Cell:
    if col.kind is not Reading or col.key is None or live.view.get(Reading, *col.key(person)):
        return cell
    last = latest_reading(live.view, person, col.key(person)[2])
    return replace(cell, text=f"({last.value.sign.strip()})") if last and last.value is not None else cell


VIEWS = (Everybody,)
