"""Who does what by when, and how each key person is approached."""

import datetime as dt
from typing import Annotated, ClassVar

from workshop_tui.domain.base.entity import (
    CUSTOMER_VISIBLE,
    PAST,
    PERSON,
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
from workshop_tui.domain.base.vocabulary import ActionStatus, ApproachKind, StepStatus


class Action(Item):
    """Something one named person does by a date, for which one named person answers."""

    VERBOSE_NAME: ClassVar[str] = "action"
    NAME_FIELD: ClassVar[str] = "title"

    session: Annotated[Id, CUSTOMER_VISIBLE, Ref("Session")] = field("Session", "The session it was made in.")
    title: Annotated[Prose, CUSTOMER_VISIBLE] = field("Action", "What will be done, in three words or more.")
    owner: Annotated[Id | None, CUSTOMER_VISIBLE, PERSON] = field(
        "Owner", "Who does it: one of ours, or one of the customer's people.", default=None
    )
    accountable: Annotated[Id | None, CUSTOMER_VISIBLE, PERSON] = field(
        "Accountable", "Who answers for it: exactly one, of either side.", default=None
    )
    due: Annotated[dt.date | None, CUSTOMER_VISIBLE] = field("Due", "By when.", default=None)
    done_on: Annotated[dt.date | None, CUSTOMER_VISIBLE, PAST] = field(
        "Done on", "When it was done.", default=None
    )
    status: Annotated[ActionStatus, CUSTOMER_VISIBLE] = field(
        "Status", "Where it stands.", default=ActionStatus.OPEN
    )
    reason: Line = field("Reason", "Why it was dropped.", default="")
    evidence: Line = field("Evidence", "What shows that it is done.", default="")
    milestone: Annotated[Line, CUSTOMER_VISIBLE] = field("Milestone", "What it leads up to.", default="")
    stakeholder: Annotated[Id | None, CUSTOMER_VISIBLE, Ref("Stakeholder")] = field(
        "Stakeholder", "Whom it concerns.", default=None
    )
    answer: Annotated[Id | None, CUSTOMER_VISIBLE, Ref("Answer")] = field(
        "Answer served", "The answer it follows from.", default=None
    )
    confirmed_on: Annotated[dt.date | None, CUSTOMER_VISIBLE] = field(
        "Read back", "When the room confirmed it.", default=None
    )
    visibility: Visibility = visibility()
    step: ApproachKind | None = field(
        "Step", "The step of the approach to the stakeholder that this carries out.", default=None
    )
    dropped_on: dt.date | None = field("Dropped on", "When it was dropped.", default=None)
    told_on: dt.date | None = field(
        "Told on", "When whom it concerns was told what became of it.", default=None
    )


class Carry(Entity):
    """In one session an open action was given a later date."""

    VERBOSE_NAME: ClassVar[str] = "carry"
    KEY: ClassVar[Key] = ("action", "session")

    action: Annotated[Id, Ref("Action")] = field("Action", "What was carried.")
    session: Annotated[Id, Ref("Session")] = field("Session", "Where it was carried.")
    from_due: dt.date = field("From", "Due before.")
    to_due: dt.date = field("To", "Due after.")


class Approach(Entity):
    """How the alliance approaches one stakeholder."""

    VERBOSE_NAME: ClassVar[str] = "approach"
    KEY: ClassVar[Key] = ("stakeholder",)

    stakeholder: Annotated[Id, Ref("Stakeholder")] = field("Stakeholder", "Whom we approach.")
    lead: Annotated[Id | None, Ref("Member")] = field("Lead", "Who of ours leads.", default=None)
    companion: Annotated[Id | None, Ref("Member")] = field("Companion", "Who goes along.", default=None)
    message: Note = field("Message", "What we say.", default="")
    visibility: Visibility = visibility()


class ApproachStep(Entity):
    """One of the four steps of an approach."""

    VERBOSE_NAME: ClassVar[str] = "step of an approach"
    KEY: ClassVar[Key] = ("stakeholder", "step")

    stakeholder: Annotated[Id, Ref("Approach")] = field("Stakeholder", "Whom we approach.")
    step: ApproachKind = field("Step", "Which of the four.")
    status: StepStatus = field("Status", "Where it stands.", default=StepStatus.TODO)
    on: dt.date | None = field("Date", "Planned or done.", default=None)
    override: Line = field("Override", "Why a step was taken before the one in front of it.", default="")


class CrmId(Entity):
    """A stakeholder's opportunity in one partner's CRM."""

    VERBOSE_NAME: ClassVar[str] = "CRM id"
    KEY: ClassVar[Key] = ("stakeholder", "party")

    stakeholder: Annotated[Id, Ref("Approach")] = field("Stakeholder", "Whom we approach.")
    party: Annotated[Id, Ref("Party")] = field("Partner", "Whose CRM.")
    crm: Name = field("CRM id", "The id in that firm's CRM.")
