"""Stakeholders: the table of the customer's people, and one person's card."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from msgspec.structs import replace

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.text import fold, initials
from workshop_tui.domain.base.vocabulary import CUSTOMER, TOWARD_ALL, SocialStyle
from workshop_tui.domain.model.people import Reading, Relation, Stakeholder, Tie
from workshop_tui.domain.plan.audience import shows_kind
from workshop_tui.domain.rules.firm_codes import firm_codes, firms_told
from workshop_tui.domain.rules.influence import short_names
from workshop_tui.domain.rules.people import has_left, latest_reading
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import KeyOf, entity_at, new_row_edit, people_here, row_id
from workshop_tui.views.cell import Cell, Col, Edit, RowAction
from workshop_tui.views.keys import key
from workshop_tui.views.sorted_filtered import SortedFilteredView
from workshop_tui.views.stakeholders.card import person_card, reading_of, tie_of
from workshop_tui.views.stakeholders.card_ties import new_relation
from workshop_tui.views.table import Row, Table
from workshop_tui.views.until_changed import UntilChanged

_FIRM = 10
"""Letters of a firm's short name in a heading."""


class Everybody(SortedFilteredView[Stakeholder]):
    """Who they are, how they feel, who of ours owns them; several of them are changed at once."""

    title: str = "Table"
    kind: ClassVar[type[Entity]] = Stakeholder
    empty: str = "Nobody yet."
    invite: str = (
        f"press {key('sheet.add')} and type a name, or {key('capture')} and «Ana Pires, Head of Payments»."
    )
    called: ClassVar[str] = "people"
    sought: ClassVar[str] = "name, title, unit, role, style; or left for who has left"
    none_found: str = f"Nobody has {{}}: {key('table.clear')} shows everybody."

    def __init__(self) -> None:
        """Keep the cards of those who were looked at."""
        super().__init__()
        self._cards = UntilChanged[Table]()

    def cols(self, live: LivePlan) -> tuple[Col, ...]:
        """Name, title, role, style, sentiment, owners at every size; more where there is room."""
        session, partners, codes = live.session_id, live.view.partners, firm_codes(live.view)
        sentiment = (
            _sentiment(title, reading_of(session, toward), gap=int(toward == TOWARD_ALL))
            for title, toward in (("All", TOWARD_ALL), *((codes[p.id], p.id) for p in partners))
        )
        owners = (
            Col(
                *(Tie, "owner", max(len(codes[p.id]) + 1, 3), f"{p.short[:_FIRM]} owner", tie_of(p.id)),
                grow=2,
                drop=1,
                gap=2 - bool(n),
                short=f"@{codes[p.id]}",
            )
            for n, p in enumerate(partners)
        )
        return (
            Col(Stakeholder, "name", 14, grow=4, wrap=True, lines=2),
            Col(Stakeholder, "title", 19, grow=4, wrap=True, lines=2),
            Col(Stakeholder, "role", 5, "Role", grow=3, drop=1),
            Col(Stakeholder, "style", 5, "Style", grow=3, drop=1, gap=1),
            *sentiment,
            *owners,
            Col(Stakeholder, "reports_to", 7, grow=1, drop=3, since=85, short="Manager"),
            Col(Stakeholder, "influence", 3, "Infl", drop=2, gap=1, since=85, short="Inf"),
            Col(Stakeholder, "interest", 3, "Int", drop=2, gap=1, since=85),
            Col(Stakeholder, "authority", 9, drop=4, since=150),
            Col(Stakeholder, "unit", 12, drop=5, grow=1, wrap=True, lines=2, since=150),
            Col(Stakeholder, "competitor", 10, drop=6, grow=1, since=180),
            Col(Stakeholder, "rhythm_days", 6, drop=7, since=180),
            Col(Stakeholder, "note", 16, drop=8, grow=2, wrap=True, lines=2, since=180),
        )

    def rows(self, live: LivePlan) -> tuple[Stakeholder, ...]:
        """Return who has not left; those who have are found by the word for it."""
        return people_here(live)

    def wanted(self, live: LivePlan) -> tuple[Stakeholder, ...]:
        """Return the people whom the filter lets through; by «left» those who are not there any more."""
        if fold(self.table_query(live).wanted.strip()) == LEFT:
            return who_left(live)
        return super().wanted(live)

    def acted_on(self, live: LivePlan, name: str) -> tuple[Stakeholder, ...]:
        """Return all that are marked; else this one, be it somebody who has left."""
        return super().acted_on(live, name) or tuple(p for p in who_left(live) if row_id(p) == name)

    def chips(self, live: LivePlan) -> tuple[tuple[str, int], ...]:
        """Return the word by which who has left is found, where anybody has."""
        gone = len(who_left(live))
        return ((LEFT, gone),) if gone else ()

    def head(self, live: LivePlan) -> str:
        """Tell what is filtered."""
        if fold(self.table_query(live).wanted.strip()) == LEFT:
            return f"{len(who_left(live))} who left · {key('table.clear')} shows who is there"
        return super().head(live)

    def legend(self, live: LivePlan) -> str:
        """Return which firm is which, for whom the columns of the firms are."""
        return "" if live.audience == CUSTOMER else firms_told(live.view)

    def words(self, live: LivePlan, person: Stakeholder) -> tuple[str, ...]:  # noqa: ARG002
        """Return the texts by which a person is found."""
        words = (word.label for word in (person.role, person.style) if word)
        return person.name, person.title, person.unit, person.competitor, *words

    def value(self, live: LivePlan, person: Stakeholder, col: Col) -> object:
        """Return what a column sorts a person by; a sentiment is the one that was read last."""
        if col.kind is Reading and col.key:
            last = live.view.get(Reading, *col.key(person)) or _last(live, person, col)
            return last.value if last else None
        value = super().value(live, person, col)
        return None if value is SocialStyle.UNKNOWN else value

    def row(self, live: LivePlan, person: Stakeholder, cols: tuple[Col, ...]) -> Row:
        """Return a person; where this session has no reading yet, the last one stands in brackets."""
        row, names = super().row(live, person, cols), _names(live)
        if has_left(person, live.today) and person.left_on:
            told = f"{row.cells[0].text} · left {format_date(person.left_on)}"
            row = replace(row, cells=(replace(row.cells[0], text=told, tone="muted"), *row.cells[1:]))
        cells = (
            replace(_or_last(live, person, col, cell), brief=_brief(person, col, cell, names))
            for col, cell in zip(cols, row.cells, strict=True)
        )
        return replace(row, cells=tuple(cells))

    def placeholder(self, live: LivePlan) -> Edit | None:
        """A new person comes in by name."""
        return new_row_edit(live, Stakeholder, "name", "New person")

    def row_actions(self, live: LivePlan, name: str) -> tuple[RowAction, ...]:
        """A relation of one person; several have none together."""
        edit = related(live, name) if len(self.acted_on(live, name)) == 1 else None
        return (RowAction("r", "New relation: who listens to whom, who is at odds", edit),) if edit else ()

    def card(self, live: LivePlan, name: str) -> Table | None:
        """Return all that is known of the person under the cursor."""
        person = self.card_row(live, name)
        if not isinstance(person, Stakeholder):
            return None
        return self._cards.get(live, person.key, partial(person_card, live, person))


def related(live: LivePlan, name: str) -> Edit | None:
    """Return how a new relation of the person in a row comes in; None where there are none to be seen."""
    person = entity_at(live.view, name)
    may = shows_kind(Relation, live.audience) and not live.closed
    return new_relation(live, person) if may and isinstance(person, Stakeholder) else None


LEFT = "left"
"""The word of the filter that finds who is not there any more."""


def who_left(live: LivePlan) -> tuple[Stakeholder, ...]:
    """Return who has left by today, the latest first."""
    gone = (person for person in live.view.all(Stakeholder) if has_left(person, live.today))
    return tuple(sorted(gone, key=lambda person: person.left_on or live.today, reverse=True))


def _sentiment(title: str, of: KeyOf, gap: int) -> Col:
    """Return a column of sentiments: wide enough for one of an earlier session, in its brackets."""
    return Col(Reading, "value", max(len(title), len("(+1)")), title, of, gap=gap, sign=True)


def _names(live: LivePlan) -> Mapping[str, str]:
    """Return everybody's id → what they are called in short; worked out once for all rows."""
    found: Mapping[str, str] | None = live.view.memo.get("short names")
    if found is None:
        found = live.view.memo["short names"] = short_names(live.view)
    return found


def _brief(person: Stakeholder, col: Col, cell: Cell, names: Mapping[str, str]) -> str:
    """Return what stands for a cell where there is no room for the words; "" where it is short as it is."""
    match col.name:
        case "role":
            return cell.text[: col.width]
        case "style":
            return person.style.sign if person.style else cell.text[:1]
        case "owner":
            return initials(cell.text)
        case "reports_to" if person.reports_to:
            return names.get(person.reports_to, cell.text)[: col.width]
        case _:
            return ""


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
