"""What we have done: value proven in the past or in the making, and what of it the customer acknowledges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import ClassVar

from msgspec.structs import replace

from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.value import Proof
from workshop_tui.domain.plan.plan import AccountPlan, draft_place
from workshop_tui.domain.plan.setters import FieldRef, set_value
from workshop_tui.domain.plan.step import Changes
from workshop_tui.domain.rules.value import acknowledged_worth, by_recognition, take_back_recognition
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, entity_at, fields_of, heading_row, new_row_edit, row_id
from workshop_tui.views.cell import TICK, Cell, Choice, Col, Edit
from workshop_tui.views.keys import key
from workshop_tui.views.table import Row, Table
from workshop_tui.views.text_layout import fit
from workshop_tui.views.value.answers import about, speakers
from workshop_tui.views.value.firms import firm_cell
from workshop_tui.views.value.money import form_with_sums, line_with_sums, money

STATED = frozenset({"recognised_by", "recognised_on"})
"""Who acknowledges a proof, and since when: not changed before the customer, as the worth comes with it."""
_NAMED = 30
"""Cells of a proof's words by which it is named."""


class Proofs(View):
    """What the customer acknowledges, and apart from it what nobody has acknowledged yet."""

    title: str = "What we have done"
    kind: ClassVar[type[Entity]] = Proof
    empty: str = "Nothing proven yet."
    invite: str = (
        f"press {key('sheet.add')} and type what was done, "
        f"or {key('capture')} and «Fourteen services tested is:present»."
    )
    ordered: ClassVar[bool] = True

    def subjects(self, live: LivePlan) -> tuple[str, ...]:
        """Return who may be speaking, where there is anything to acknowledge; before the customer nobody."""
        is_asked = live.audience != CUSTOMER and live.view.all(Proof)
        return tuple(person.id for person in speakers(live)) if is_asked else ()

    def speaker(self, live: LivePlan) -> Stakeholder | None:
        """Return who speaks: by one key they acknowledge a proof."""
        people = self.subjects(live)
        return live.view.get(Stakeholder, people[self.number(live)]) if people else None

    def reveal(self, live: LivePlan, name: str) -> str:
        """Go on with the person whom another view was about."""
        who = about(live.view, name)[1]
        if who in self.subjects(live):
            self._subject = who or ""
        return name

    def cols(self, live: LivePlan) -> tuple[Col, ...]:
        """A tick, what was done, by whom, worth what, who acknowledges it."""
        return (
            Col(Proof, "id", 2, TICK),
            Col(Proof, "text", 24, grow=3, wrap=True),
            Col(Proof, "party", 10, drop=2),
            Col(Proof, "horizon", 7, drop=3),
            Col(Proof, "worth", 10, f"Worth, {live.view.account.currency}"),
            Col(Proof, "recognised_by", 13, grow=1, wrap=True, drop=1),
            Col(Proof, "recognised_on", 13, drop=4),
            Col(Proof, "visibility", 10, drop=5),
        )

    def head(self, live: LivePlan) -> str:
        """Return who speaks, and what is acknowledged apart from what isn't; for us alone."""
        proofs = live.view.all(Proof)
        if live.audience == CUSTOMER or not proofs:
            return ""
        speaker, (yes, _) = self.speaker(live), by_recognition(proofs)
        speaks = f"{speaker.name} speaks · " if speaker else ""
        worth, other = acknowledged_worth(proofs)
        sums = (
            f"acknowledged {money(live, worth)}" if worth else "",
            f"not acknowledged {money(live, other)}" if other else "",
        )
        return " · ".join(filter(None, (f"{speaks}{len(yes)} of {len(proofs)} acknowledged", *sums)))

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return what waits to be acknowledged, then what is."""
        yes, no = by_recognition(live.view.all(Proof))
        for heading, proofs in (("Not acknowledged yet", no), ("Acknowledged", yes)):
            if proofs:
                yield heading_row(heading)
            for proof in proofs:
                yield self._line(live, proof, no, cols)

    def _line(self, live: LivePlan, proof: Proof, waiting: Sequence[Proof], cols: tuple[Col, ...]) -> Row:
        row = line_with_sums(live, proof, cols, STATED)
        is_open = live.audience != CUSTOMER
        how = partial(self._acknowledging, live, proof, waiting) if is_open else None
        sign, tone = (TICK, "good") if proof.is_recognised else ("○", "warn")
        cells = (
            firm_cell(live, proof.party, cell) if col.name == "party" else cell
            for col, cell in zip(cols[1:], row.cells[1:], strict=True)
        )
        return replace(row, cells=(Cell(sign, tone, how), *cells))

    def _acknowledging(self, live: LivePlan, proof: Proof, waiting: Sequence[Proof]) -> Edit:
        """Return how who speaks acknowledges a proof today, or how that is taken back."""
        speaker, ticked = self.speaker(live), proof.is_recognised

        def build(plan: AccountPlan, new: Json) -> Changes:
            now = plan.get(Proof, *proof.key)
            if now is None:
                return ()
            if not new:
                return take_back_recognition(now)
            if now.is_recognised:
                return ()
            name, value = ("recognised_by", speaker.id) if speaker else ("recognised_on", str(live.today))
            return set_value(plan, FieldRef(Proof, proof.key, name), value, live.context)

        others = [row_id(other) for other in waiting]
        at = others.index(row_id(proof)) if row_id(proof) in others else 0
        following = [name for name in (*others[at + 1 :], *others[:at]) if name != row_id(proof)]
        name = fit(proof.words, _NAMED).rstrip()
        by = f" by {speaker.name}" if speaker and not ticked else ""
        return Edit(
            f"Acknowledged{by} · {name}",
            draft_place(Proof, proof.key, "recognised_on"),
            "",
            build,
            choices=() if ticked else (Choice("yes", "acknowledge", "y"),),
            toggles=True,
            then="" if ticked or not following else following[0],
        )

    def placeholder(self, live: LivePlan) -> Edit:
        """A new proof comes in by what was done."""
        return new_row_edit(live, Proof, "text")

    def card(self, live: LivePlan, name: str) -> Table | None:
        """Return every field of a proof."""
        proof = entity_at(live.view, name)
        names = ("text", "horizon", "party", "worth", "recognised_by", "recognised_on", "visibility")
        if not isinstance(proof, Proof):
            return None
        cols, at = fields_of(Proof, *names), names.index("party")
        card = form_with_sums(live, proof, cols, STATED)
        heading, firm = card.rows[at].cells
        row = replace(card.rows[at], cells=(heading, firm_cell(live, proof.party, firm)))
        return replace(card, rows=(*card.rows[:at], row, *card.rows[at + 1 :]))

    def why_not(self, live: LivePlan, name: str) -> str:
        """Return why a cell can't be changed where it stands."""
        return "This stands as it is." if live.audience == CUSTOMER else super().why_not(live, name)
