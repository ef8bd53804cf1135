"""Decisions that replace others: how one is chosen, and how both say so."""

from __future__ import annotations

from dataclasses import replace

from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.model.session import Decision
from workshop_tui.domain.rules.decisions import replaced_by
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.cell import Cell, Col, Edit, RowAction
from workshop_tui.views.fields import edit_of


def told(live: LivePlan, decision: Decision) -> str:
    """Return which decision takes the place of this one, and whose this one takes; "" for none."""
    later, earlier = replaced_by(live.view, decision), live.view.get(Decision, decision.replaces)
    said = (f"× replaced by «{one_line(later.text)}»" if later else "",)
    return "\n".join(filter(None, (*said, f"replaces «{one_line(earlier.text)}»" if earlier else "")))


def with_told(live: LivePlan, decision: Decision, words: Cell) -> Cell:
    """Return the words of a decision with what it replaces beneath; one that is replaced is muted."""
    said = told(live, decision)
    if not said:
        return words
    tone = "muted" if replaced_by(live.view, decision) else words.tone
    return replace(words, text=f"{words.text}\n{said}", tone=tone)


def replacing(live: LivePlan, decision: Decision) -> RowAction:
    """Return how it is said which decision this one takes the place of."""
    edit = edit_of(live.view, decision, Col(Decision, "replaces"), live.context)
    return RowAction("r", "It replaces another decision …", _without(edit, decision))


def _without(edit: Edit, decision: Decision) -> Edit:
    """Return the choice without the decision itself."""
    return replace(edit, choices=tuple(choice for choice in edit.choices if choice.value != decision.id))
