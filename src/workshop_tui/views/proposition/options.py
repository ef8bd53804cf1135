"""Options: what could be offered, and the dots the room gave each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from msgspec.structs import replace

from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.model.value import Option
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.setters import FieldRef, set_value
from workshop_tui.domain.plan.step import Changes, Refused
from workshop_tui.domain.rules.votes import Ballot, ballot, places
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, new_row_edit, row_id
from workshop_tui.views.cell import Cell, Col, Edit
from workshop_tui.views.fields import cell, typed_value
from workshop_tui.views.keys import key
from workshop_tui.views.table import Row

WIDEST = 16
"""Dots that stand in a row; more than that are shown in proportion."""


class Options(View):
    """What could be offered, in the order in which it is talked about."""

    title: str = "Options"
    kind: ClassVar[type[Entity]] = Option
    empty: str = "No options yet."
    invite: str = f"press {key('sheet.add')} and say in a line what both firms could do together."
    start: ClassVar[int] = 1
    ordered: ClassVar[bool] = True

    def head(self, live: LivePlan) -> str:
        """Return how many dots there are, given and left."""
        vote = ballot(live.view, live.session_id)
        return counted(vote) if vote.options else ""

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """Its place, the option, how many dots, and the dots themselves."""
        return (
            Col(Option, "votes", 5, "Place"),
            Col(Option, "text", 20, grow=1, wrap=True),
            Col(Option, "votes", 4),
            Col(Option, "votes", WIDEST, " "),
        )

    def ranked(self, live: LivePlan) -> Iterable[tuple[str, Option]]:
        """Return each option with its place."""
        options = live.view.all(Option)
        return zip(places([option.votes for option in options]), options, strict=True)

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return the options; + and − give a dot or take one away."""
        top = max((option.votes for option in live.view.all(Option)), default=0)
        for place, option in self.ranked(live):
            text, votes = (cell(live.view, option, col, live.context) for col in cols[1:3])
            votes = votes.editing(partial(_dots, live, option))
            row = (Cell(place or "–", "accent" if place else "muted"), text, votes)
            yield Row(row_id(option), (*row, replace(votes, text=pictured(option.votes, top), tone="accent")))

    def placeholder(self, live: LivePlan) -> Edit | None:
        """A new option comes in by its words."""
        return new_row_edit(live, Option, "text")


class Ranking(Options):
    """The options by their dots, for the room to look at."""

    title: str = "Ranking"
    empty: str = "No options yet."
    invite: str = f"add them in the view {Options.title}."
    ordered: ClassVar[bool] = False

    def ranked(self, live: LivePlan) -> Iterable[tuple[str, Option]]:
        """Return the options, the one with most dots first."""
        return sorted(super().ranked(live), key=lambda ranked: -ranked[1].votes)

    def placeholder(self, _live: LivePlan) -> Edit | None:
        """Options come in where they have their order."""
        return None


def counted(vote: Ballot) -> str:
    """Return a vote in words, as in «2 dots each × 8 voters = 16 · 16 given · 0 left»."""
    each = f"{vote.each} {'dot' if vote.each == 1 else 'dots'} each"
    if not vote.voters:
        return f"{each} · {vote.given} given · nobody is ticked as here: tick who votes in the opening"
    voters = f"{vote.voters} {'voter' if vote.voters == 1 else 'voters'}"
    left = f"{vote.left} left" if vote.left >= 0 else f"{-vote.left} too many: lower some, or vote again"
    return f"{each} × {voters} = {vote.most} · {vote.given} given · {left}"


def pictured(dots: int, top: int) -> str:
    """Return dots as they look from the back row; as a bar of the top's where there are too many."""
    return "●" * dots if top <= WIDEST else "█" * -(-dots * WIDEST // top)


def _dots(live: LivePlan, option: Option, edit: Edit) -> Edit:
    """Have a figure with a sign change what there is by then, be it typed or from a key."""

    def build(plan: AccountPlan, new: Json) -> Changes:
        now = plan.get(Option, option.id)
        typed = int(str(typed_value(Option, "votes", new, live.dates)))
        is_change = str(new)[:1] in {"+", "-"}
        before = now.votes if now and is_change else 0
        if before + typed < 0:
            raise Refused(
                f"It has {before} dots, and {-typed} can't be taken away: type how many it has now."
            )
        return set_value(plan, FieldRef(Option, option.key, "votes"), before + typed, live.context)

    return replace(edit, build=build, counts=True)
