"""The introduction call: the two forms side by side, what to talk about, chemistry, go or no go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import zip_longest
from typing import ClassVar

from msgspec.structs import replace

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Entity, Json, Key
from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.base.vocabulary import CUSTOMER, AccountStage
from workshop_tui.domain.model.account import Gate, Party
from workshop_tui.domain.model.discovery import Bullet, Form
from workshop_tui.domain.model.session import Chemistry
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.setters import FieldRef
from workshop_tui.domain.plan.step import Changes, removal
from workshop_tui.domain.rules.introduction import DIFFER, talking_points, told
from workshop_tui.domain.rules.stage_gates import is_go, unmet
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, new_row_edit, placeholder_row, shown_to
from workshop_tui.views.cell import Cell, Choice, Col, Edit, Plain
from workshop_tui.views.fields import cell, field_edit, visible_cols
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

GO = AccountStage.INTRODUCED.value
"""The stage that the leaders' word opens."""


class FormsBeside(View):
    """The forms of the firms in columns, line beside line; each line is changed where it stands."""

    title: str = "Both forms"
    kind: ClassVar[type[Entity]] = Bullet
    removes: ClassVar[tuple[type[Entity], ...] | None] = ()
    empty: str = "Neither firm has filled in its form."
    invite: str = f"press {key('sheet.add')} and type what it knows."

    def is_open(self, live: LivePlan) -> bool:
        """Never to the customer."""
        return live.audience != CUSTOMER

    def content(self, live: LivePlan) -> Table:
        """Return as many rows as the longest form has lines."""
        firms = live.view.partners
        lines = zip_longest(*(live.view.where(Bullet, party=firm.id) for firm in firms))
        rows = [
            Row(str(RowId("beside", (str(n),))), tuple(_line(live, bullet) for bullet in line))
            for n, line in enumerate(lines, 1)
        ]
        cols = tuple(Plain(_headed(live, firm), 24, grow=1, wrap=True) for firm in firms)
        added = (placeholder_row(RowId.new(firm.id), _adding(live, firm)) for firm in firms)
        return Table(cols, (*rows, *added), self.empty, self.invite)


def _headed(live: LivePlan, firm: Party) -> str:
    form = live.view.get(Form, firm.id)
    return f"{firm.short}, sent {format_date(form.sent)}" if form and form.sent else f"{firm.short}, not sent"


def _line(live: LivePlan, bullet: Bullet | None) -> Cell:
    return cell(live.view, bullet, Col(Bullet, "text"), live.context) if bullet else Cell("")


def _adding(live: LivePlan, firm: Party) -> Edit:
    return new_row_edit(live, Bullet, "text", f"New line of {firm.short}", party=firm.id)


class TalkingPoints(View):
    """What to talk about, worked out from where the forms differ or say nothing."""

    title: str = "Talking points"
    kind: ClassVar[type[Entity]] = Bullet
    removes: ClassVar[tuple[type[Entity], ...] | None] = ()
    empty: str = "The forms say the same of everything."
    invite: str = ""

    def is_open(self, live: LivePlan) -> bool:
        """Never to the customer."""
        return live.audience != CUSTOMER

    def why_not(self, _live: LivePlan, _name: str) -> str:
        """Say where it comes from."""
        return "This comes from forms, profile and positions: they are changed in Discovery."

    def head(self, live: LivePlan) -> str:
        """Return how many there are of each sort."""
        points = talking_points(live.view)
        differ = sum(point.why == DIFFER for point in points)
        return (
            f"They differ on {differ}, and on {len(points) - differ} one firm says nothing" if points else ""
        )

    def content(self, live: LivePlan) -> Table:
        """Return a row for each point: the topic, what each firm says, and what to ask."""
        firms = live.view.partners
        cols = (
            Plain("Topic", 20, grow=2, wrap=True),
            *(Plain(firm.short, 12, grow=2, wrap=True, lines=3) for firm in firms),
            Plain("Ask", 16, grow=1, wrap=True),
        )
        rows = []
        for n, point in enumerate(talking_points(live.view), 1):
            says = {firm: one_line(said) for firm, said in point.says}
            each = (Cell(says[firm.id] or "–", "" if says[firm.id] else "warn") for firm in firms)
            ask = Cell(told(live.view, point), "accent" if point.why == DIFFER else "muted")
            rows.append(Row(str(RowId("point", (str(n),))), (Cell(point.topic), *each, ask)))
        return Table(cols, tuple(rows), self.empty, self.invite)


class ChemistryCheck(View):
    """How well it went, 1 to 5 and in a word, and whether each firm's account leader says go."""

    title: str = "Chemistry, go or no go"
    kind: ClassVar[type[Entity]] = Party
    removes: ClassVar[tuple[type[Entity], ...] | None] = ()
    start: ClassVar[int] = 1

    def is_open(self, live: LivePlan) -> bool:
        """Never to the customer."""
        return shown_to(live, Chemistry, "score")

    def why_not(self, live: LivePlan, name: str) -> str:
        """Say what comes before a leader's name and day."""
        at = RowId.parse(name)
        is_said = live.view.get(Gate, GO, *at.key)
        return super().why_not(live, name) if is_said else "Say go or no go first: the name goes with it."

    def rows(self, live: LivePlan) -> Iterable[Entity]:
        """Return the firms."""
        return live.view.partners

    def cols(self, live: LivePlan) -> tuple[Col, ...]:
        """The firm; its score and word for this call; its leader's word, name and day."""
        session = live.session_id

        def check(party: Entity) -> Key:
            return (session, party.key[0])

        def gate(party: Entity) -> Key:
            return (GO, party.key[0])

        return (
            Col(Party, "short", 12, "Firm", grow=1),
            Col(Chemistry, "score", 9, "Chemistry", check, asked=True),
            Col(Chemistry, "word", 14, "In a word", check, grow=2, wrap=True),
            Col(Gate, "agreed", 8, "Go?", gate),
            Col(Gate, "by", 14, "Says", gate, grow=1, asked=True),
            Col(Gate, "on", 11, "On", gate, drop=1),
        )

    def head(self, live: LivePlan) -> str:
        """Return what both together come to."""
        gates = [live.view.get(Gate, GO, firm.id) for firm in live.view.partners]
        if any(gate is not None and not gate.agreed for gate in gates):
            return "No go: say why on the account's stage."
        if gates and all(map(is_go, gates)):
            missing = unmet(live.view, AccountStage.INTRODUCED)
            return f"Go: {missing[0]}." if missing else "Go: the account can be introduced."
        return "Each firm scores how it went; then its account leader says go or no go, by name."

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterator[Row]:
        """Return a row for each firm, with go and no go as words."""
        for firm in live.view.partners:
            cells = (_checked(live, firm, col) for col in visible_cols(cols, live.audience))
            yield Row(str(RowId.of(firm)), tuple(cells))


def _checked(live: LivePlan, firm: Party, col: Col) -> Cell:
    shown = cell(live.view, firm, col, live.context)
    if (col.kind, col.name) == (Party, "short"):
        return replace(shown, how=None)
    if (col.kind, col.name) == (Gate, "agreed"):
        gate = live.view.get(Gate, GO, firm.id)
        said = "?" if gate is None else "go" if is_go(gate) else "go: who?" if gate.agreed else "no go"
        tone = {"go": "good", "no go": "bad"}.get(said, "warn")
        return Cell(said, tone, partial(_leaders_word, live, firm, said))
    if col.kind is Gate and not live.view.get(Gate, GO, firm.id):
        return replace(shown, how=None)
    if (col.kind, col.name) == (Chemistry, "word") and not live.view.get(Chemistry, live.session_id, firm.id):
        return Cell("score first", "muted")
    return shown


def _leaders_word(live: LivePlan, firm: Party, said: str) -> Edit:
    """Return how a leader says go or no go, by name, today; or takes that back."""
    key = (GO, firm.id)
    word = field_edit(live.view, FieldRef(Gate, key, "agreed"), f"Go or no go · {firm.short}", live.context)

    def build(plan: AccountPlan, value: Json) -> Changes:
        there = plan.get(Gate, *key)
        if value is None:
            return removal(plan, there) if there else ()
        return word.build(plan, value)

    choices = (
        Choice(value=True, text="go", key="g"),
        Choice(value=False, text="no go", key="n"),
        Choice(None, "not said yet", "?"),
    )
    return replace(word, text=said, build=build, choices=choices, of="word", toggles=False, sets=None)
