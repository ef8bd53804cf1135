"""The customer's people: who they are, how they feel, whom they listen to, when we met them."""

import datetime as dt
from typing import Annotated, ClassVar

from workshop_tui.domain.base.entity import (
    CUSTOMER_VISIBLE,
    PAST,
    Entity,
    Id,
    Item,
    Key,
    Line,
    Name,
    Note,
    Ref,
    Visibility,
    field,
    visibility,
)
from workshop_tui.domain.base.vocabulary import (
    CUSTOMER,
    Authority,
    BuyingRole,
    Confidence,
    Level,
    RelationKind,
    Sentiment,
    SocialStyle,
)


class Stakeholder(Item):
    """A customer's person. Name, title and reporting line may be shown; our view of them may not."""

    VERBOSE_NAME: ClassVar[str] = "stakeholder"
    NAME_FIELD: ClassVar[str] = "name"

    name: Annotated[Name, CUSTOMER_VISIBLE] = field("Name", "First and last name.")
    title: Annotated[Line, CUSTOMER_VISIBLE] = field("Title", "Job title.", default="")
    email: Line = field("Email", "Work address.", default="")
    reports_to: Annotated[Id | None, CUSTOMER_VISIBLE, Ref("Stakeholder")] = field(
        "Reports to", "The person's manager.", default=None
    )
    placeholder: Annotated[bool, CUSTOMER_VISIBLE] = field(
        "To be named", "The seat is known, not the person.", default=False
    )
    style: SocialStyle = field("Social style", "As an observer sees it.", default=SocialStyle.UNKNOWN)
    influence: int | None = field(
        "Influence", "1 (little) to 5 (much); key from 4.", default=None, ge=1, le=5
    )
    interest: int | None = field("Interest", "1 (little) to 5 (much).", default=None, ge=1, le=5)
    authority: Authority | None = field("Authority", "What they may do about a decision.", default=None)
    role: BuyingRole | None = field("Buying role", "Their part in a decision to buy.", default=None)
    visibility: Visibility = visibility(CUSTOMER)
    unit: Annotated[Line, CUSTOMER_VISIBLE] = field(
        "Unit", "The part of the customer they belong to.", default=""
    )
    note: Note = field("Note", "What else we know; never shown to the customer.", default="")
    rhythm_days: int | None = field(
        "Rhythm", "Days between two contacts; empty is the usual 90.", default=None, ge=1, le=999
    )
    left_on: Annotated[dt.date | None, CUSTOMER_VISIBLE, PAST] = field(
        "Left on", "The day from which they are not there any more.", default=None
    )
    successor: Annotated[Id | None, Ref("Stakeholder")] = field(
        "Successor", "Who has come in their place.", default=None
    )
    competitor: Line = field("Competitor", "Whom else they listen to, in a word.", default="")

    @property
    def words(self) -> str:
        """The name; whoever is still to be named goes by the title."""
        return (self.title if self.placeholder else "") or self.name


class Tie(Entity):
    """One partner's tie to one stakeholder."""

    VERBOSE_NAME: ClassVar[str] = "tie"
    KEY: ClassVar[Key] = ("stakeholder", "party")

    stakeholder: Annotated[Id, Ref("Stakeholder")] = field("Stakeholder", "The customer's person.")
    party: Annotated[Id, Ref("Party")] = field("Partner", "Whose tie it is.")
    owner: Annotated[Id | None, Ref("Member")] = field(
        "Relationship owner", "The team member who owns the tie.", default=None
    )
    level: Level | None = field("Level now", "How close the tie is.", default=None)
    wanted: Level | None = field("Level wanted", "How close it should be.", default=None)


class Reading(Entity):
    """How a stakeholder felt in one session toward the alliance («all») or one partner."""

    VERBOSE_NAME: ClassVar[str] = "sentiment"
    KEY: ClassVar[Key] = ("session", "stakeholder", "toward")

    session: Annotated[Id, Ref("Session")] = field("Session", "When it was read.")
    stakeholder: Annotated[Id, Ref("Stakeholder")] = field("Stakeholder", "Whose sentiment.")
    toward: Id = field("Toward", "«all» for the alliance, or a partner's id.")
    value: Sentiment | None = field("Sentiment", "−2 opposed to +2 advocate; empty is unknown.", default=None)
    confidence: Confidence = field("Confidence", "How we know.", default=Confidence.ASSUMED)
    evidence: Line = field("Evidence", "What was said or done, in a few words.", default="")


class Meeting(Item):
    """A meeting with the customer's people outside the sessions."""

    VERBOSE_NAME: ClassVar[str] = "meeting"

    on: Annotated[dt.date, PAST] = field("Date", "The day we met.")
    said: Note = field("Said", "What was said, in a line or more.", default="")
    next_step: Line = field("Next step", "What comes next.", default="")


class MeetingMember(Entity):
    """One of ours who was at a meeting."""

    VERBOSE_NAME: ClassVar[str] = "who was there"
    KEY: ClassVar[Key] = ("meeting", "member")

    meeting: Annotated[Id, Ref("Meeting")] = field("Meeting", "Which meeting.")
    member: Annotated[Id, Ref("Member")] = field("Team member", "Who of ours was there.")


class MeetingStakeholder(Entity):
    """One of the customer's people who was at a meeting."""

    VERBOSE_NAME: ClassVar[str] = "whom we met"
    KEY: ClassVar[Key] = ("meeting", "stakeholder")

    meeting: Annotated[Id, Ref("Meeting")] = field("Meeting", "Which meeting.")
    stakeholder: Annotated[Id, Ref("Stakeholder")] = field("Stakeholder", "Whom we met.")


class Relation(Entity):
    """An edge between two stakeholders, besides the reporting line."""

    VERBOSE_NAME: ClassVar[str] = "relation"
    KEY: ClassVar[Key] = ("source", "target", "kind")

    source: Annotated[Id, Ref("Stakeholder")] = field("From", "Who acts on the other.")
    target: Annotated[Id, Ref("Stakeholder")] = field("To", "Who is acted on.")
    kind: RelationKind = field("Kind", "What ties them.")
    strength: int = field("Strength", "1 (weak) to 3 (strong).", default=1, ge=1, le=3)
