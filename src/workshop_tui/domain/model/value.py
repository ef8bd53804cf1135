"""What the customer values, in the customer's words, and what the alliance proposes."""

import datetime as dt
import re
from typing import Annotated, ClassVar

from workshop_tui.domain.base.entity import (
    CUSTOMER_VISIBLE,
    PAST,
    PERSON,
    Before,
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
from workshop_tui.domain.base.vocabulary import (
    AnswerStatus,
    Dimension,
    GrowthStatus,
    Horizon,
    ProofHorizon,
    PropositionStatus,
    Purpose,
)

_PERIOD = re.compile(
    r"(?:(?P<year>\d{4})(?:[ /-]?q(?P<quarter>[1-4]))?|q(?P<first>[1-4])[ /-]?(?P<then>\d{4}))",
    re.IGNORECASE | re.ASCII,
)


def _period(value: object) -> object:
    """Return «q3 2026», «2026q3» or «2026-Q3» as 2026-Q3 is written; anything else as it is."""
    said = _PERIOD.fullmatch(value.strip()) if isinstance(value, str) else None
    if said is None:
        return value
    year, quarter = said["year"] or said["then"], said["quarter"] or said["first"]
    return f"{year}-Q{quarter}" if quarter else year


class Question(Item):
    """A value question, asked of one stakeholder at a time."""

    VERBOSE_NAME: ClassVar[str] = "question"
    NAME_FIELD: ClassVar[str] = "text"

    purpose: Purpose = field("Purpose", "What the question is for.", default=Purpose.PRIORITY)
    text: Annotated[Prose, CUSTOMER_VISIBLE] = field("Question", "As it is asked.")
    visibility: Visibility = visibility()


class Answer(Item):
    """What one stakeholder says to one question, in their words."""

    VERBOSE_NAME: ClassVar[str] = "answer"
    NAME_FIELD: ClassVar[str] = "text"

    stakeholder: Annotated[Id, CUSTOMER_VISIBLE, Ref("Stakeholder")] = field("Stakeholder", "Who said it.")
    question: Annotated[Id | None, CUSTOMER_VISIBLE, Ref("Question")] = field(
        "Question", "What was asked.", default=None
    )
    text: Annotated[Prose, CUSTOMER_VISIBLE] = field("Answer", "In their words.")
    personal: Note = field("Personal reason", "Why it matters to them personally.", default="")
    success: Annotated[Note, CUSTOMER_VISIBLE] = field(
        "Success", "What success looks like to them.", default=""
    )
    measure: Annotated[Line, CUSTOMER_VISIBLE] = field("Measure", "How they will know.", default="")
    horizon: Annotated[Horizon | None, CUSTOMER_VISIBLE] = field("Horizon", "Short or long.", default=None)
    status: Annotated[AnswerStatus, CUSTOMER_VISIBLE] = field(
        "Status", "How sure we are.", default=AnswerStatus.HEARD
    )
    heard_by: Annotated[Id | None, Ref("Member")] = field("Heard by", "Who of ours heard it.", default=None)
    heard_on: Annotated[dt.date | None, CUSTOMER_VISIBLE, PAST] = field("Heard on", "When.", default=None)
    validated_on: Annotated[dt.date | None, CUSTOMER_VISIBLE] = field(
        "Validated on", "When the customer confirmed our words.", default=None
    )
    theme: Line = field("Theme", "A word or two under which answers gather.", default="")
    visibility: Visibility = visibility()
    withdrawn_on: dt.date | None = field("Withdrawn on", "When it no longer held.", default=None)


class Target(Item):
    """Value to be reached, gathered out of answers."""

    VERBOSE_NAME: ClassVar[str] = "value target"
    NAME_FIELD: ClassVar[str] = "title"

    title: Annotated[Name, CUSTOMER_VISIBLE] = field("Value target", "What will be better.")
    objective: Annotated[Id | None, CUSTOMER_VISIBLE, Ref("Objective")] = field(
        "Objective", "The customer objective it serves.", default=None
    )
    estimate: float | None = field("Estimate", "Worth, in the account's currency.", default=None)
    horizon: Annotated[Horizon | None, CUSTOMER_VISIBLE] = field("Horizon", "Short or long.", default=None)
    visibility: Visibility = visibility()
    baseline: Annotated[float | None, CUSTOMER_VISIBLE] = field(
        "Baseline", "Where it stood before, in the account's currency.", default=None
    )
    realised: Annotated[float | None, CUSTOMER_VISIBLE] = field(
        "Realised",
        "What has been reached, in the account's currency; counts only when confirmed.",
        default=None,
    )
    confirmed_by: Annotated[Id | None, CUSTOMER_VISIBLE, Ref("Stakeholder")] = field(
        "Confirmed by", "Who of the customer's people confirmed the realised value.", default=None
    )
    confirmed_on: Annotated[dt.date | None, CUSTOMER_VISIBLE, PAST] = field(
        "Confirmed on", "When the customer confirmed the realised value.", default=None
    )
    competitor: Line = field("Competitor", "Who else offers it, in a word.", default="")

    @property
    def is_confirmed(self) -> bool:
        """Whether the customer has confirmed the realised value as it is now."""
        return self.realised is not None and self.confirmed_on is not None

    @property
    def withheld(self) -> frozenset[str]:
        """The customer sees confirmed figures only."""
        figures = {"baseline", "realised", "confirmed_by", "confirmed_on"}
        return frozenset() if self.is_confirmed else frozenset(figures)


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

    together: Annotated[Note, CUSTOMER_VISIBLE] = field("Together", "What we do together.", default="")
    customer_gains: Annotated[Note, CUSTOMER_VISIBLE] = field(
        "Customer gains", "What the customer gains.", default=""
    )
    status: Annotated[PropositionStatus, CUSTOMER_VISIBLE] = field(
        "Status", "Draft or agreed.", default=PropositionStatus.DRAFT
    )
    visibility: Visibility = visibility()


class Contribution(Entity):
    """What one partner brings to the proposition, and what it gains."""

    VERBOSE_NAME: ClassVar[str] = "contribution"
    KEY: ClassVar[Key] = ("proposition", "party")

    proposition: Annotated[Id, CUSTOMER_VISIBLE, Ref("Proposition")] = field("Proposition", "Which one.")
    party: Annotated[Id, CUSTOMER_VISIBLE, Ref("Party")] = field("Partner", "Who brings it.")
    brings: Annotated[Note, CUSTOMER_VISIBLE] = field("Brings", "What this partner brings.", default="")
    gains: Note = field("Gains", "What this partner gains.", default="")


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
    votes: int = field("Dots", "Dots it was given.", default=0, ge=0, le=9999)


class Proof(Item):
    """Value that was proven in the past, or is being made now."""

    VERBOSE_NAME: ClassVar[str] = "proof"
    NAME_FIELD: ClassVar[str] = "text"

    text: Annotated[Prose, CUSTOMER_VISIBLE] = field("Proof", "What we have done.")
    horizon: Annotated[ProofHorizon, CUSTOMER_VISIBLE] = field(
        "Horizon", "Past: done and used; present: being made now.", default=ProofHorizon.PAST
    )
    party: Annotated[Id | None, CUSTOMER_VISIBLE, Ref("Party", goes_along=True)] = field(
        "Firm", "Which firm did it; empty is all of them together.", default=None
    )
    worth: Annotated[float | None, CUSTOMER_VISIBLE] = field(
        "Worth", "In the account's currency; the customer sees it once it is recognised.", default=None
    )
    recognised_by: Annotated[Id | None, CUSTOMER_VISIBLE, Ref("Stakeholder")] = field(
        "Recognised by", "Who of the customer's people acknowledges it.", default=None
    )
    recognised_on: Annotated[dt.date | None, CUSTOMER_VISIBLE, PAST] = field(
        "Recognised on", "When they acknowledged it.", default=None
    )
    visibility: Visibility = visibility()

    @property
    def is_recognised(self) -> bool:
        """Whether the customer acknowledges it."""
        return self.recognised_on is not None

    @property
    def withheld(self) -> frozenset[str]:
        """The customer sees no figure that it has not acknowledged."""
        return frozenset() if self.is_recognised else frozenset({"worth", "recognised_by"})


class Difference(Item):
    """In what a firm, or the alliance, is unlike others, and the proof of it."""

    VERBOSE_NAME: ClassVar[str] = "difference"
    NAME_FIELD: ClassVar[str] = "text"

    dimension: Annotated[Dimension, CUSTOMER_VISIBLE] = field("Dimension", "In what it lies.")
    text: Annotated[Name, CUSTOMER_VISIBLE] = field("Difference", "What only we have, in one line.")
    party: Annotated[Id | None, CUSTOMER_VISIBLE, Ref("Party", goes_along=True)] = field(
        "Firm", "Which firm's it is; empty is all of them together.", default=None
    )
    proof: Annotated[Id | None, CUSTOMER_VISIBLE, Ref("Proof")] = field(
        "Proof", "What shows it.", default=None
    )
    visibility: Visibility = visibility()


class GrowthStep(Item):
    """One step of the growth path: what the customer could do with us, and when."""

    VERBOSE_NAME: ClassVar[str] = "growth step"
    NAME_FIELD: ClassVar[str] = "what"

    period: Annotated[str, Before(_period), CUSTOMER_VISIBLE] = field(
        "Period", "A quarter or a year, as in Q3 2026 or 2027.", regex=r"^[1-9][0-9]{3}(-Q[1-4])?$"
    )
    unit: Annotated[Line, CUSTOMER_VISIBLE] = field("Unit", "The part of the customer it is for.", default="")
    what: Annotated[Name, CUSTOMER_VISIBLE] = field("Growth step", "What is done.")
    worth: float | None = field("Worth", "What we expect of it, in the account's currency.", default=None)
    objective: Annotated[Id | None, CUSTOMER_VISIBLE, Ref("Objective")] = field(
        "Objective", "The customer objective it serves.", default=None
    )
    proof: Annotated[Id | None, CUSTOMER_VISIBLE, Ref("Proof")] = field(
        "Proof", "What it builds on.", default=None
    )
    owner: Annotated[Id | None, CUSTOMER_VISIBLE, PERSON] = field(
        "Owner", "Who drives it, of either side.", default=None
    )
    status: Annotated[GrowthStatus, CUSTOMER_VISIBLE] = field(
        "Status", "Where it stands.", default=GrowthStatus.PLANNED
    )
    visibility: Visibility = visibility()
