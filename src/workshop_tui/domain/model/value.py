"""What the customer values, in the customer's words, and what the alliance proposes."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from workshop_tui.domain.base.entity import (
    SHOWN,
    Entity,
    Id,
    Item,
    Key,
    Line,
    Name,
    Note,
    Prose,
    Ref,
    Visibility,
    field,
    visibility,
)
from workshop_tui.domain.base.vocabulary import AnswerStatus, Horizon, PropositionStatus, Purpose


class Question(Item):
    """A value question, asked of one stakeholder at a time."""

    LABEL: ClassVar[str] = "question"
    CALLED: ClassVar[str] = "text"

    purpose: Purpose = field("Purpose", "What the question is for.", Purpose.PRIORITY)
    text: Annotated[Prose, SHOWN] = field("Question", "As it is asked.")
    visibility: Visibility = visibility()


class Answer(Item):
    """What one stakeholder says to one question, in their words."""

    LABEL: ClassVar[str] = "answer"
    CALLED: ClassVar[str] = "text"

    stakeholder: Annotated[Id, SHOWN, Ref("Stakeholder")] = field("Stakeholder", "Who said it.")
    question: Annotated[Id | None, SHOWN, Ref("Question")] = field("Question", "What was asked.", None)
    text: Annotated[Prose, SHOWN] = field("Answer", "In their words.")
    personal: Note = field("Personal reason", "Why it matters to them personally.", "")
    success: Annotated[Note, SHOWN] = field("Success", "What success looks like to them.", "")
    measure: Annotated[Line, SHOWN] = field("Measure", "How they will know.", "")
    horizon: Annotated[Horizon | None, SHOWN] = field("Horizon", "Short or long.", None)
    status: Annotated[AnswerStatus, SHOWN] = field("Status", "How sure we are.", AnswerStatus.HEARD)
    heard_by: Annotated[Id | None, Ref("Member")] = field("Heard by", "Who of ours heard it.", None)
    heard_on: Annotated[dt.date | None, SHOWN] = field("Heard on", "When.", None)
    validated_on: Annotated[dt.date | None, SHOWN] = field(
        "Validated on", "When the customer confirmed our words.", None
    )
    theme: Line = field("Theme", "A word or two under which answers gather.", "")
    visibility: Visibility = visibility()


class Target(Item):
    """Value to be reached, gathered out of answers."""

    LABEL: ClassVar[str] = "value target"
    CALLED: ClassVar[str] = "title"

    title: Annotated[Name, SHOWN] = field("Value target", "What will be better.")
    objective: Annotated[Id | None, SHOWN, Ref("Objective")] = field(
        "Objective", "The customer objective it serves.", None
    )
    estimate: float | None = field("Estimate", "Worth, in the account's currency.", None)
    horizon: Annotated[Horizon | None, SHOWN] = field("Horizon", "Short or long.", None)
    visibility: Visibility = visibility()


class TargetAnswer(Entity):
    """An answer behind a value target."""

    LABEL: ClassVar[str] = "answer behind a target"
    KEY: ClassVar[Key] = ("target", "answer")

    target: Annotated[Id, SHOWN, Ref("Target")] = field("Target", "Which target.")
    answer: Annotated[Id, SHOWN, Ref("Answer")] = field("Answer", "Which answer.")


class Proposition(Item):
    """What the partners do together and what the customer gains."""

    LABEL: ClassVar[str] = "proposition"
    JOINT: ClassVar[bool] = True
    CALLED: ClassVar[str] = "together"

    together: Annotated[Note, SHOWN] = field("Together", "What we do together.", "")
    customer_gains: Annotated[Note, SHOWN] = field("Customer gains", "What the customer gains.", "")
    status: Annotated[PropositionStatus, SHOWN] = field("Status", "Draft or agreed.", PropositionStatus.DRAFT)
    visibility: Visibility = visibility()


class Contribution(Entity):
    """What one partner brings to the proposition, and what it gains."""

    LABEL: ClassVar[str] = "contribution"
    KEY: ClassVar[Key] = ("proposition", "party")

    proposition: Annotated[Id, SHOWN, Ref("Proposition")] = field("Proposition", "Which one.")
    party: Annotated[Id, SHOWN, Ref("Party")] = field("Partner", "Who brings it.")
    brings: Annotated[Note, SHOWN] = field("Brings", "What this partner brings.", "")
    gains: Note = field("Gains", "What this partner gains.", "")


class PropositionAnswer(Entity):
    """An answer the proposition stands on."""

    LABEL: ClassVar[str] = "answer behind the proposition"
    KEY: ClassVar[Key] = ("proposition", "answer")

    proposition: Annotated[Id, SHOWN, Ref("Proposition")] = field("Proposition", "Which one.")
    answer: Annotated[Id, SHOWN, Ref("Answer")] = field("Answer", "Which answer.")


class Option(Item):
    """Something put to a dot vote."""

    LABEL: ClassVar[str] = "option"
    CALLED: ClassVar[str] = "text"

    text: Prose = field("Option", "What could be offered.")
    votes: int = field("Dots", "Dots it was given.", 0, ge=0, le=9999)
