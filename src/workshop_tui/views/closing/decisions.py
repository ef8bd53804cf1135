"""Decisions: how we call them, who was there, and which replace others: how one is chosen and told."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.model.session import Decision, Session
from workshop_tui.domain.plan.plan import display_name
from workshop_tui.domain.rules.decisions import in_the_room, replaced_by, short_id
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import FORM, form_row
from workshop_tui.views.cell import Cell, Col, Edit, RowAction
from workshop_tui.views.fields import MISSING, edit_of
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table


def told(live: LivePlan, decision: Decision) -> str:
    """Return which decision takes the place of this one, and whose this one takes; "" for none."""
    later, earlier = replaced_by(live.view, decision), live.view.get(Decision, decision.replaces)
    said = (f"× replaced by «{one_line(later.text)}»" if later else "",)
    return "\n".join(filter(None, (*said, f"replaces «{one_line(earlier.text)}»" if earlier else "")))


def with_told(live: LivePlan, decision: Decision, words: Cell) -> Cell:
    """Return the words of a decision, as in «D3  We start», with what it replaces beneath.

    One that is replaced is muted.
    """
    named = "  ".join(filter(None, (short_id(live.view, decision), words.text)))
    tone = "muted" if replaced_by(live.view, decision) else words.tone
    return replace(words, text="\n".join(filter(None, (named, told(live, decision)))), tone=tone)


def decision_card(live: LivePlan, decision: Decision) -> Table | None:
    """Return what is known of a decision besides its words; the customer has no need of it."""
    if live.audience == CUSTOMER:
        return None
    fields = (Col(Decision, name) for name in ("text", "replaces", "confirmed_on", "told_on", "visibility"))
    rows = (*_where(live, decision), *(form_row(live, decision, col) for col in fields))
    return Table(FORM, rows, form=True)


def _where(live: LivePlan, decision: Decision) -> Iterator[Row]:
    """Yield how it is called, in which session it was decided, and who was there."""
    session = live.view.get(Session, decision.session)
    number = f"session {live.view.number_of(decision.session)}"
    there = (display_name(live.view, person) for person in in_the_room(live.view, decision.session))
    facts = {
        "Called": short_id(live.view, decision),
        "Decided in": f"{number}, {format_date(session.held_on)}" if session else MISSING,
        "In the room": ", ".join(there) or "Nobody was entered as here.",
    }
    for title, text in facts.items():
        if text:
            at = RowId("decided", (decision.id, title))
            yield Row(str(at), (Cell(title, "muted"), Cell(text)))


def replacing(live: LivePlan, decision: Decision) -> RowAction:
    """Return how it is said which decision this one takes the place of."""
    edit = edit_of(live.view, decision, Col(Decision, "replaces"), live.context)
    return RowAction("r", "It replaces another decision …", _without(edit, decision))


def _without(edit: Edit, decision: Decision) -> Edit:
    """Return the choice without the decision itself."""
    return replace(edit, choices=tuple(choice for choice in edit.choices if choice.value != decision.id))
