"""What the customer values, in the customer's words, and what the alliance proposes."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from workshop_tui.domain.base.entity import (
    CUSTOMER_VISIBLE,
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

    VERBOSE_NAME: ClassVar[str] = "question"
    NAME_FIELD: ClassVar[str] = "text"

    purpose: Purpose = field("Purpose", "What the question is for.", Purpose.PRIORITY)
    text: Annotated[Prose, CUSTOMER_VISIBLE] = field("Question", "As it is asked.")
    visibility: Visibility = visibility()


class Answer(Item):
    """What one stakeholder says to one question, in their words."""

    VERBOSE_NAME: ClassVar[str] = "answer"
    NAME_FIELD: ClassVar[str] = "text"

    stakeholder: Annotated[Id, CUSTOMER_VISIBLE, Ref("Stakeholder")] = field("Stakeholder", "Who said it.")
    question: Annotated[Id | None, CUSTOMER_VISIBLE, Ref("Question")] = field(
        "Question", "What was asked.", None
    )
    text: Annotated[Prose, CUSTOMER_VISIBLE] = field("Answer", "In their words.")
    personal: Note = field("Personal reason", "Why it matters to them personally.", "")
    success: Annotated[Note, CUSTOMER_VISIBLE] = field("Success", "What success looks like to them.", "")
    measure: Annotated[Line, CUSTOMER_VISIBLE] = field("Measure", "How they will know.", "")
    horizon: Annotated[Horizon | None, CUSTOMER_VISIBLE] = field("Horizon", "Short or long.", None)
    status: Annotated[AnswerStatus, CUSTOMER_VISIBLE] = field(
        "Status", "How sure we are.", AnswerStatus.HEARD
    )
    heard_by: Annotated[Id | None, Ref("Member")] = field("Heard by", "Who of ours heard it.", None)
    heard_on: Annotated[dt.date | None, CUSTOMER_VISIBLE] = field("Heard on", "When.", None)
    validated_on: Annotated[dt.date | None, CUSTOMER_VISIBLE] = field(
        "Validated on", "When the customer confirmed our words.", None
    )
    theme: Line = field("Theme", "A word or two under which answers gather.", "")
    visibility: Visibility = visibility()


class Target(Item):
    """Value to be reached, gathered out of answers."""

    VERBOSE_NAME: ClassVar[str] = "value target"
    NAME_FIELD: ClassVar[str] = "title"

    title: Annotated[Name, CUSTOMER_VISIBLE] = field("Value target", "What will be better.")
    objective: Annotated[Id | None, CUSTOMER_VISIBLE, Ref("Objective")] = field(
        "Objective", "The customer objective it serves.", None
    )
    estimate: float | None = field("Estimate", "Worth, in the account's currency.", None)
    horizon: Annotated[Horizon | None, CUSTOMER_VISIBLE] = field("Horizon", "Short or long.", None)
    visibility: Visibility = visibility()


class TargetAnswer(Entity):
    """An answer behind a value target."""

    VERBOSE_NAME: ClassVar[str] = "answer behind a target"
    KEY: ClassVar[Key] = ("target", "answer")

    target: Annotated[Id, CUSTOMER_VISIBLE, Ref("Target")] = field("Target", "Which target.")
    answer: Annotated[Id, CUSTOMER_VISIBLE, Ref("Answer")] = field("Answer", "Which answer.")


class Proposition(Item):
    """What the partners do together and what the customer gains."""

    VERBOSE_NAME: ClassVar[str] = "proposition"
    JOINT: ClassVar[bool] = True
    NAME_FIELD: ClassVar[str] = "together"

    together: Annotated[Note, CUSTOMER_VISIBLE] = field("Together", "What we do together.", "")
    customer_gains: Annotated[Note, CUSTOMER_VISIBLE] = field(
        "Customer gains", "What the customer gains.", ""
    )
    status: Annotated[PropositionStatus, CUSTOMER_VISIBLE] = field(
        "Status", "Draft or agreed.", PropositionStatus.DRAFT
    )
    visibility: Visibility = visibility()


class Contribution(Entity):
    """What one partner brings to the proposition, and what it gains."""

    VERBOSE_NAME: ClassVar[str] = "contribution"
    KEY: ClassVar[Key] = ("proposition", "party")

    proposition: Annotated[Id, CUSTOMER_VISIBLE, Ref("Proposition")] = field("Proposition", "Which one.")
    party: Annotated[Id, CUSTOMER_VISIBLE, Ref("Party")] = field("Partner", "Who brings it.")
    brings: Annotated[Note, CUSTOMER_VISIBLE] = field("Brings", "What this partner brings.", "")
    gains: Note = field("Gains", "What this partner gains.", "")


class PropositionAnswer(Entity):
    """An answer the proposition stands on."""

    VERBOSE_NAME: ClassVar[str] = "answer behind the proposition"
    KEY: ClassVar[Key] = ("proposition", "answer")

    proposition: Annotated[Id, CUSTOMER_VISIBLE, Ref("Proposition")] = field("Proposition", "Which one.")
    answer: Annotated[Id, CUSTOMER_VISIBLE, Ref("Answer")] = field("Answer", "Which answer.")


class Option(Item):
    """Something put to a dot vote."""

    VERBOSE_NAME: ClassVar[str] = "option"
    NAME_FIELD: ClassVar[str] = "text"

    text: Prose = field("Option", "What could be offered.")
    votes: int = field("Dots", "Dots it was given.", 0, ge=0, le=9999)
