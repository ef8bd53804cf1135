"""Whose something is where it may be one firm's or that of all of them together."""

from __future__ import annotations

from msgspec.structs import replace

from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.cell import Cell

_TWO = 2


def together(live: LivePlan) -> str:
    """Return in a word that something is of all firms: both, or all where there are more than two."""
    return "both" if len(live.view.partners) == _TWO else "all"


def firm_cell(live: LivePlan, party: str | None, shown: Cell) -> Cell:
    """Return the cell of a firm: empty is all of them together, and says so, in its list of choices too."""
    word = together(live)
    named = shown.editing(
        lambda edit: replace(
            edit,
            text=edit.text if party else word,
            choices=tuple(
                replace(choice, text=word) if choice.value is None else choice for choice in edit.choices
            ),
        )
    )
    return named if party else replace(named, text=word, tone="")
