"""The alliance scorecard: lagging goals, leading initiatives, and the history of their reviews."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from workshop_tui.domain.base.entity import Completion, Entity, Id, Item, Key, Line, Name, Ref, field
from workshop_tui.domain.base.vocabulary import Direction


class Goal(Item):
    """A lagging goal of the alliance."""

    VERBOSE_NAME: ClassVar[str] = "goal"
    NAME_FIELD: ClassVar[str] = "title"

    title: Name = field("Goal", "What should be reached.")
    unit: Line = field("Unit", "What is counted.", "")
    target: float = field("Target", "Where it should be at the end.", 0.0)
    actual: float = field("Actual", "Where it is now.", 0.0)


class Initiative(Item):
    """Something that is done toward the goals, with a leading indicator."""

    VERBOSE_NAME: ClassVar[str] = "initiative"
    NAME_FIELD: ClassVar[str] = "title"

    component: Line = field("Component", "Part of the alliance it belongs to.", "")
    title: Name = field("Initiative", "What is done.")
    indicator: Line = field("Leading indicator", "What is counted.", "")
    target: float = field("Target", "Where it should be at the end.", 0.0)
    actual: float = field("Actual", "Where it is now.", 0.0)
    lower_is_better: bool = field("Lower is better", "The figure should fall.", default=False)
    completion: Completion = field("Completion", "○◔◑◕●: 0, 25, 50, 75 or 100 percent.", 0)
    direction: Direction = field("Direction", "Where its owner sees it heading.", Direction.FLAT)
    owner: Annotated[Id | None, Ref("Member")] = field("Owner", "Who drives it.", None)


class Review(Item):
    """A look at the scorecard at one date."""

    VERBOSE_NAME: ClassVar[str] = "review"

    on: dt.date = field("Date", "When it was held.")


class ReviewLine(Entity):
    """An initiative's figures as they were at a review."""

    VERBOSE_NAME: ClassVar[str] = "line of a review"
    KEY: ClassVar[Key] = ("review", "initiative")

    review: Annotated[Id, Ref("Review")] = field("Review", "Which review.")
    initiative: Annotated[Id, Ref("Initiative")] = field("Initiative", "Which initiative.")
    actual: float = field("Actual", "Where it was.")
    completion: Completion | None = field("Completion", "How complete it was.", None)
    direction: Direction | None = field("Direction", "Where it was heading.", None)
