"""The account profile and the discovery forms that the partners exchange before the first call."""

import datetime as dt
from typing import Annotated, ClassVar

from workshop_tui.domain.base.entity import (
    CUSTOMER_VISIBLE,
    Entity,
    Id,
    Item,
    Key,
    Name,
    Prose,
    Ref,
    Visibility,
    field,
    visibility,
)


class Criterion(Item):
    """What makes an account worth the alliance's while, with a weight."""

    VERBOSE_NAME: ClassVar[str] = "criterion"
    NAME_FIELD: ClassVar[str] = "text"

    text: Name = field("Criterion", "What is judged.")
    weight: float = field("Weight", "Share of the whole, in percent.", default=20.0, ge=0, le=100)


class Score(Entity):
    """One partner's score for one criterion."""

    VERBOSE_NAME: ClassVar[str] = "score"
    KEY: ClassVar[Key] = ("criterion", "party")

    criterion: Annotated[Id, Ref("Criterion")] = field("Criterion", "What is scored.")
    party: Annotated[Id, Ref("Party")] = field("Partner", "Who scores.")
    score: int = field("Score", "1 (weak) to 5 (strong).", ge=1, le=5)


class Form(Entity):
    """A partner's discovery form: when it was sent to the others."""

    VERBOSE_NAME: ClassVar[str] = "discovery form"
    KEY: ClassVar[Key] = ("party",)

    party: Annotated[Id, Ref("Party")] = field("Partner", "Whose form it is.")
    sent: dt.date | None = field("Sent", "The day the others received it.", default=None)


class Bullet(Item):
    """One line of a discovery form."""

    VERBOSE_NAME: ClassVar[str] = "discovery bullet"
    NAME_FIELD: ClassVar[str] = "text"

    party: Annotated[Id, Ref("Party")] = field("Partner", "Who says so.")
    text: Prose = field("What we know", "One fact, hope or worry about the account.")
    visibility: Visibility = visibility()


class Objective(Item):
    """Something the customer wants to reach."""

    VERBOSE_NAME: ClassVar[str] = "objective"
    NAME_FIELD: ClassVar[str] = "text"

    text: Annotated[Prose, CUSTOMER_VISIBLE] = field(
        "Customer objective", "What the customer wants to reach."
    )
    visibility: Visibility = visibility()
