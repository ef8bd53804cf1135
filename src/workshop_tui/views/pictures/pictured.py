"""A view that is a picture rather than a table."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import partial
from typing import ClassVar

from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.live.replica import Build
from workshop_tui.views.base import View, entity_at
from workshop_tui.views.cell import Cell, Col, Edit
from workshop_tui.views.fields import cell
from workshop_tui.views.pictures.picture import Art, Foot, Picture, Way


class Pictured(View, ABC):
    """A picture in the place of the table. Subclasses paint it and say what its keys mean."""

    keys: ClassVar[frozenset[str]] = frozenset()
    """Which keys of a canvas it answers: fold, take, toward, nudge."""
    relates: ClassVar[bool] = False
    """Whether it shows relations, so that `a` is for a new one of the person under the cursor."""
    none_found: ClassVar[str] = "Nobody here has a name like «{}»."
    """What is said where nothing has what is looked for."""

    def __init__(self) -> None:
        """Start with nothing painted."""
        super().__init__()
        self._painted: tuple[AccountPlan, object, Picture] | None = None

    def is_drawn(self, live: LivePlan) -> bool:
        """Whether there is anything to paint; a sentence in a table stands in its place where there isn't."""
        return self.is_open(live) and bool(live.view.all(self.kind))

    def fits(self, _width: int) -> bool:
        """Whether so many cells are enough for it; a table stands in its place where they aren't."""
        return True

    def art(self, live: LivePlan) -> Art:
        """Return what a canvas shows and asks."""
        return Art(
            partial(self.picture, live),
            partial(self.cell, live),
            partial(self.foot, live),
            tuple(self._placeholder_row(live)),
            self.answers,
            partial(self.relating, live) if self.relates else None,
        )

    def relating(self, _live: LivePlan, _name: str) -> Edit | None:
        """Return how a new relation of a person comes in."""
        return None

    @property
    def answers(self) -> frozenset[str]:
        """Which keys it answers as it is now; «put» while somebody is moved."""
        return self.keys

    def picture(self, live: LivePlan, width: int, height: int) -> Picture:
        """Return the picture for so many cells; the one painted last while nothing has changed."""
        at = (width, height, self.state(live))
        if self._painted is None or self._painted[0] is not live.view or self._painted[1] != at:
            self._painted = (live.view, at, self.draw(live, width, height))
        return self._painted[2]

    @abstractmethod
    def draw(self, live: LivePlan, width: int, height: int) -> Picture:
        """Paint the picture."""

    def state(self, _live: LivePlan) -> object:
        """Return what the picture depends on besides the plan and the room."""
        return None

    def foot(self, _live: LivePlan, _name: str, _width: int) -> Foot:
        """Return lines for the foot, always as many: the legend, what is said of what is under the cursor."""
        return ()

    def asked(self, _live: LivePlan) -> Col | None:
        """Return the field that Enter changes; None where Enter goes to the card."""
        return None

    def cell(self, live: LivePlan, name: str) -> Cell:
        """Return how what is under the cursor changes on Enter."""
        row, col = entity_at(live.view, name), self.asked(live)
        return cell(live.view, row, col, live.context) if row and col else Cell("")

    def press(self, _live: LivePlan, _name: str, _what: str, _way: Way) -> Build | None:
        """Do what a key of the picture means; return the changes it asks for. May raise Refused."""
        return None

    def find(self, _live: LivePlan, _text: str) -> str:
        """Return the row id of the first whose name, or a part of it, begins so; "" for none."""
        return ""
