"""What the room wants to have at the end, and whose sentiment has moved since the last session."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from msgspec.structs import replace

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import CUSTOMER, TOWARD_ALL
from workshop_tui.domain.lifecycle.sessions import is_expected
from workshop_tui.domain.model.people import Reading, Stakeholder
from workshop_tui.domain.model.session import Presence, Session
from workshop_tui.domain.rules.people import has_left
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, drift_cell, fields_of, firm_rows, form, heading_row
from workshop_tui.views.cell import Cell, Choice, Col, Edit
from workshop_tui.views.fields import visible_cols
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table


class SessionPurpose(View):
    """What the room wants to have at the end."""

    title: str = "Purpose"
    kind: ClassVar[type[Entity]] = Session

    def why_not(self, live: LivePlan, name: str) -> str:
        """Return that the playbook is no choice any more."""
        if RowId.parse(name).line[-1:] == ("playbook",):
            return "The agenda was taken from this playbook: change the agenda itself."
        return super().why_not(live, name)

    def content(self, live: LivePlan) -> Table:
        """Return the session as a form, what the firms are called, and who may see what."""
        names = ("purpose", "held_on", "start", "facilitator", "playbook")
        table = form(live, live.session, visible_cols(fields_of(Session, *names), live.audience))
        rows = (_joining(live, _settled(row)) for row in table.rows)
        table = replace(table, rows=tuple(rows))
        if live.audience == CUSTOMER:
            return table
        told = (
            Row(str(RowId("sees", (who,))), (Cell(who, "muted"), Cell(what, "muted")))
            for who, what in _sees(live)
        )
        return replace(table, rows=(*table.rows, *firm_rows(live), heading_row("Who may see what"), *told))


def _settled(row: Row) -> Row:
    """Return the line of the playbook as a fact: another name would not make another agenda."""
    if RowId.parse(row.id).line[-1:] != ("playbook",):
        return row
    return replace(row, cells=(row.cells[0], replace(row.cells[1], how=None)))


def _joining(live: LivePlan, row: Row) -> Row:
    """Have a facilitator who is added by name on the day be one who is here, as whoever joins the team is."""
    if RowId.parse(row.id).line[-1:] != ("facilitator",) or is_expected(live.session, live.today):
        return row

    def here(choice: Choice) -> Choice:
        return replace(
            choice, brings=(*choice.brings, Presence(session=live.session_id, member=str(choice.value)))
        )

    def joining(edit: Edit) -> Edit:
        adds = edit.adds
        return replace(edit, adds=lambda typed: tuple(map(here, adds(typed)))) if adds else edit

    return replace(row, cells=(row.cells[0], row.cells[1].editing(joining)))


def _sees(live: LivePlan) -> Iterable[tuple[str, str]]:
    marked = "answers and actions that are marked for the customer"
    both = "Both partners" if len(live.view.partners) == 2 else "All partners"  # noqa: PLR2004
    yield "The customer", f"Names, titles, reporting lines; {marked}."
    yield both, "All of that, and every line marked for the alliance."
    yield "One partner", "All of that, and the lines marked for that firm alone."
    yield "By key", f"{key('audience')} shares the screen with the customer, {key('curtain')} covers it."


class Moved(View):
    """Who has left, and how sentiment has moved, since the session before."""

    title: str = "Changes"
    kind: ClassVar[type[Entity]] = Reading
    removes: ClassVar[tuple[type[Entity], ...] | None] = ()

    def content(self, live: LivePlan) -> Table:
        """Return the people who moved, toward whom and by how much."""
        before = live.view.before(live.session)
        drift = live.figures.drift(before.id, live.session_id) if before else {}
        toward = (("Alliance", TOWARD_ALL), *((p.short, p.id) for p in live.view.partners))
        cols = (
            Col(Stakeholder, "name", 22, grow=1, wrap=True),
            *(Col(Reading, "value", 12, title) for title, _ in toward),
        )
        gone = tuple(_gone(live, person, len(toward)) for person in _who_left(live))
        rows = (
            Row(
                str(RowId.entity(Stakeholder, person)),
                (
                    Cell(live.view.name_of(Stakeholder, person)),
                    *(drift_cell(by.get(whom, 0)) for _, whom in toward),
                ),
            )
            for person, by in drift.items()
        )
        parts = (*((heading_row("Left"), *gone) if gone else ()), *rows)
        return Table(cols, parts, "Nobody's sentiment has moved since the last session.")


def _who_left(live: LivePlan) -> Iterator[Stakeholder]:
    """Yield who has left since the last session; all who have where this is the first."""
    before = live.view.before(live.session)
    for person in live.view.all(Stakeholder):
        if has_left(person, live.today) and not (before and has_left(person, before.held_on)):
            yield person


def _gone(live: LivePlan, person: Stakeholder, width: int) -> Row:
    after = live.view.get(Stakeholder, person.successor)
    comes = f"{after.words} comes after" if after else "nobody named comes after"
    day = format_date(person.left_on) if person.left_on else ""
    told = Cell(f"{person.words}\nleft {day}, {comes}", "warn")
    return Row(str(RowId.of(person).about("left")), (told, *(Cell("") for _ in range(width))))
