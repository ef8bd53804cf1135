"""Discovery: the account profile, the forms, the objectives, and where each partner stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from msgspec.structs import replace

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Entity, Key
from workshop_tui.domain.base.vocabulary import AccountStage
from workshop_tui.domain.model.account import Account, Gate, Party
from workshop_tui.domain.model.discovery import Bullet, Criterion, Form, Objective, Score
from workshop_tui.domain.plan.setters import FieldRef
from workshop_tui.domain.rules.profile import spread
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import (
    View,
    entity_at,
    firm_rows,
    form,
    heading_row,
    line,
    new_row_edit,
    placeholder_row,
    shown_to,
)
from workshop_tui.views.cell import Cell, Col, Edit, RowAction
from workshop_tui.views.fields import field_edit
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table


class Profile(View):
    """Weighted criteria that each partner scores alone and the room compares."""

    title: str = "Profile"
    kind: ClassVar[type[Entity]] = Criterion
    start: ClassVar[int] = 2
    empty: str = "No criteria yet."
    invite: str = (
        f"press {key('sheet.add')} and type what makes an account worth it, as «Senior access today»."
    )

    def cols(self, live: LivePlan) -> tuple[Col, ...]:
        """Criterion, weight, and a score for each partner."""

        def score_of(party: str) -> Col:
            def key(criterion: Entity) -> Key:
                return (criterion.key[0], party)

            return Col(Score, "score", 10, live.view.name_of(Party, party)[:10], key, asked=True)

        return (
            Col(Criterion, "text", 24, grow=1, wrap=True),
            Col(Criterion, "weight", 6),
            *(score_of(party.id) for party in live.view.partners),
        )

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return the criteria, the widest gap marked, and the weighted means beneath."""
        widest = live.figures.widest_gap
        for criterion in live.view.all(Criterion):
            row = line(live, criterion, cols)
            if widest and criterion.id == widest.id and spread(live.view, criterion):
                mark = Cell(f"{criterion.text}  ◀ widest gap: talk about this one", "warn", row.cells[0].how)
                row = Row(row.id, (mark, *row.cells[1:]))
            yield row
        if not live.view.all(Criterion):
            return
        means = (live.figures.profile.get(party.id) for party in live.view.partners)
        yield Row(
            "mean",
            (
                Cell("Profile score (weighted mean, 1 to 5)", "accent"),
                Cell(""),
                *(Cell("–" if mean is None else f"{mean:.1f}", "accent") for mean in means),
            ),
        )

    def placeholder(self, live: LivePlan) -> Edit:
        """A new criterion comes in by its words."""
        return new_row_edit(live, Criterion, "text")


class Forms(View):
    """What each partner knows, line by line, each line with who may see it."""

    title: str = "Forms"
    kind: ClassVar[type[Entity]] = Bullet

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """The line and who may see it."""
        return (Col(Bullet, "text", 30, grow=1, wrap=True), Col(Bullet, "visibility", 12))

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return the bullets under a heading for each partner, each with its own line for a new one."""
        for party in live.view.partners:
            sent = live.view.get(Form, party.id)
            when = f", sent {format_date(sent.sent)}" if sent and sent.sent else ", not sent yet"
            how = (
                "" if (sent and sent.sent) or _sent(live, party.id) is None else f": {key('row.do')} sets it"
            )
            yield heading_row(f"{party.short}{when}{how}", party.id)
            yield from (line(live, bullet, cols) for bullet in live.view.where(Bullet, party=party.id))
            yield placeholder_row(
                RowId.new(party.id),
                new_row_edit(live, Bullet, "text", f"New line of {party.short}", party=party.id),
            )

    def row_actions(self, live: LivePlan, name: str) -> tuple[RowAction, ...]:
        """Say of the form in which a line stands, or is to come in, when it was sent to the others."""
        bullet = entity_at(live.view, name)
        party = bullet.party if isinstance(bullet, Bullet) else "".join(RowId.parse(name).new_in)
        edit = _sent(live, party) if live.view.get(Party, party) else None
        return (RowAction("f", f"Form of {live.view.name_of(Party, party)} sent on …", edit),) if edit else ()


def _sent(live: LivePlan, party: str) -> Edit | None:
    """Return how the day is given on which a firm's form was sent; None where that can't be given."""
    if live.closed or not shown_to(live, Form, "sent"):
        return None
    title = f"Form sent · {live.view.name_of(Party, party)}"
    return field_edit(live.view, FieldRef(Form, (party,), "sent"), title, live.context)


class Objectives(View):
    """What the customer wants to reach."""

    title: str = "Objectives"
    kind: ClassVar[type[Entity]] = Objective
    empty: str = "No objectives yet."
    invite: str = (
        f"press {key('sheet.add')} and "
        "type what is to be reached by when, as «All branches on one system by June»."
    )

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """The objective and who may see it."""
        return (Col(Objective, "text", 30, grow=1, wrap=True), Col(Objective, "visibility", 12))

    def placeholder(self, live: LivePlan) -> Edit:
        """A new objective comes in by its words."""
        return new_row_edit(live, Objective, "text", "New customer objective")


class Standings(View):
    """Where each partner stands and wants to stand, and whether its account leader agrees."""

    title: str = "Position"
    kind: ClassVar[type[Entity]] = Party
    removes: ClassVar[tuple[type[Entity], ...] | None] = ()

    def is_open(self, live: LivePlan) -> bool:
        """Never for the customer: names of the firms are no use without the rest."""
        return shown_to(live, Party, "standing")

    def rows(self, live: LivePlan) -> Iterable[Entity]:
        """Return the partners."""
        return live.view.partners

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """Standing now and wanted; the account leader's word; when the form was sent."""

        def gate(party: Entity) -> Key:
            return (AccountStage.VALIDATED.value, party.key[0])

        def own_form(party: Entity) -> Key:
            return party.key

        return (
            Col(Party, "short", 14, "Partner", grow=1),
            Col(Party, "standing", 18, asked=True),
            Col(Party, "wanted", 18, asked=True),
            Col(Gate, "agreed", 6, "Agrees", gate, drop=1),
            Col(Gate, "by", 14, "Account leader", gate, grow=1, drop=2),
            Col(Gate, "on", 11, "Agreed on", gate, drop=3),
            Col(Form, "sent", 11, "Form sent", own_form, drop=4),
        )

    def card_cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """Every field of one partner."""
        return (*(Col(Party, name) for name in ("name", "short", "sector")), *self.cols(_live)[1:])


class AboutAccount(View):
    """The account itself."""

    title: str = "Account"
    kind: ClassVar[type[Entity]] = Account

    def is_open(self, live: LivePlan) -> bool:
        """Never for the customer."""
        return shown_to(live, Party, "standing")

    def content(self, live: LivePlan) -> Table:
        """Return the account as a form, and what the firms are called."""
        names = (
            *("name", "headline", "stage", "stage_note", "ask", "competitor", "alliance", "theme", "offer"),
            *("currency", "selected_on", "selected_by"),
        )
        table = form(live, live.view.account, (Col(Account, name) for name in names))
        return replace(table, rows=(*table.rows, *firm_rows(live)))
