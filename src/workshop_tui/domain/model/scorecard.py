"""The alliance scorecard: lagging goals, leading initiatives, and the history of their reviews."""

import datetime as dt
from typing import Annotated, ClassVar

from workshop_tui.domain.base.entity import (
    CUSTOMER_VISIBLE,
    PAST,
    PERSON,
    Completion,
    Entity,
    Id,
    Item,
    Key,
    Line,
    Name,
    Ref,
    Visibility,
    field,
    visibility,
)
from workshop_tui.domain.base.vocabulary import Direction, SteeringRole


class Goal(Item):
    """A lagging goal of the alliance."""

    VERBOSE_NAME: ClassVar[str] = "goal"
    NAME_FIELD: ClassVar[str] = "title"

    title: Name = field("Goal", "What should be reached.")
    unit: Line = field("Unit", "What is counted.", default="")
    target: float = field("Target", "Where it should be at the end.", default=0.0)
    actual: float = field("Actual", "Where it is now.", default=0.0)


class Initiative(Item):
    """Something that is done toward the goals, with a leading indicator."""

    VERBOSE_NAME: ClassVar[str] = "initiative"
    NAME_FIELD: ClassVar[str] = "title"

    component: Annotated[Line, CUSTOMER_VISIBLE] = field(
        "Component", "Part of the alliance it belongs to.", default=""
    )
    title: Annotated[Name, CUSTOMER_VISIBLE] = field("Initiative", "What is done.")
    indicator: Annotated[Line, CUSTOMER_VISIBLE] = field("Leading indicator", "What is counted.", default="")
    target: Annotated[float, CUSTOMER_VISIBLE] = field(
        "Target", "Where it should be at the end.", default=0.0
    )
    actual: Annotated[float, CUSTOMER_VISIBLE] = field("Actual", "Where it is now.", default=0.0)
    lower_is_better: Annotated[bool, CUSTOMER_VISIBLE] = field(
        "Lower is better", "The figure should fall.", default=False
    )
    completion: Annotated[Completion, CUSTOMER_VISIBLE] = field(
        "Completion", "○◔◑◕●: 0, 25, 50, 75 or 100 percent.", default=0
    )
    direction: Annotated[Direction, CUSTOMER_VISIBLE] = field(
        "Direction", "Where its owner sees it heading.", default=Direction.FLAT
    )
    owner: Annotated[Id | None, CUSTOMER_VISIBLE, PERSON] = field("Owner", "Who drives it.", default=None)
    party: Annotated[Id | None, CUSTOMER_VISIBLE, Ref("Party")] = field(
        "Whose", "Whose performance it is: one firm's, the customer's; empty is the alliance's.", default=None
    )
    visibility: Visibility = visibility()


class Review(Item):
    """A look at the scorecard at one date."""

    VERBOSE_NAME: ClassVar[str] = "review"

    on: Annotated[dt.date, PAST] = field("Date", "When it was held.")


class ReviewLine(Entity):
    """An initiative's figures as they were at a review."""

    VERBOSE_NAME: ClassVar[str] = "line of a review"
    KEY: ClassVar[Key] = ("review", "initiative")

    review: Annotated[Id, Ref("Review")] = field("Review", "Which review.")
    initiative: Annotated[Id, Ref("Initiative")] = field("Initiative", "Which initiative.")
    actual: float = field("Actual", "Where it was.")
    completion: Completion | None = field("Completion", "How complete it was.", default=None)
    direction: Direction | None = field("Direction", "Where it was heading.", default=None)


class SteeringSeat(Item):
    """A seat of the steering committee, and who holds it."""

    VERBOSE_NAME: ClassVar[str] = "steering seat"

    role: Annotated[SteeringRole, CUSTOMER_VISIBLE] = field("Role", "Chair, sponsor, lead or deputy.")
    party: Annotated[Id | None, CUSTOMER_VISIBLE, Ref("Party", goes_along=True)] = field(
        "For", "Which firm it is for; empty is for all together.", default=None
    )
    person: Annotated[Id | None, CUSTOMER_VISIBLE, PERSON] = field("Held by", "Who sits there.", default=None)
    visibility: Visibility = visibility()


class Terms(Item):
    """The terms of reference of the steering committee, in six lines; there is one row of them."""

    VERBOSE_NAME: ClassVar[str] = "terms of reference"
    JOINT: ClassVar[bool] = True
    NAME_FIELD: ClassVar[str] = "purpose"

    purpose: Annotated[Line, CUSTOMER_VISIBLE] = field("Purpose", "What the committee is for.", default="")
    cadence: Annotated[Line, CUSTOMER_VISIBLE] = field("Cadence", "How often it meets.", default="")
    invites: Annotated[Line, CUSTOMER_VISIBLE] = field("Who invites", "Who calls the meeting.", default="")
    decides: Annotated[Line, CUSTOMER_VISIBLE] = field("Who decides", "Whose word counts.", default="")
    quorum: Annotated[Line, CUSTOMER_VISIBLE] = field("Quorum", "Who has to be there.", default="")
    brought: Annotated[Line, CUSTOMER_VISIBLE] = field(
        "What is brought", "What is put before it.", default=""
    )
    visibility: Visibility = visibility()


class SteeringDate(Item):
    """A meeting of the steering committee, planned or held."""

    VERBOSE_NAME: ClassVar[str] = "steering date"

    on: Annotated[dt.date, CUSTOMER_VISIBLE] = field("Date", "The day it is planned for.")
    held_on: Annotated[dt.date | None, CUSTOMER_VISIBLE, PAST] = field(
        "Held on", "The day it was held.", default=None
    )
    about: Annotated[Line, CUSTOMER_VISIBLE] = field("About", "What it is to look at.", default="")
    visibility: Visibility = visibility()
