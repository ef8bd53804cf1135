"""The account, the parties around it, and the partners' people."""

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
    Ref,
    Visibility,
    field,
    visibility,
)
from workshop_tui.domain.base.vocabulary import AccountStage, SocialStyle, Standing


class Account(Item):
    """One customer, the root of an account plan."""

    VERBOSE_NAME: ClassVar[str] = "account"
    NAME_FIELD: ClassVar[str] = "name"

    name: Annotated[Name, CUSTOMER_VISIBLE] = field("Account", "What the two firms call this customer.")
    stage: AccountStage = field("Stage", "How far the firms have come.", default=AccountStage.NOMINATED)
    stage_note: Line = field("Stage note", "Why a gate was passed over, or why qualified out.", default="")
    headline: Line = field("Headline", "Why this account, why now, in one sentence.", default="")
    alliance: Line = field("Alliance", "Name of the alliance of the partners.", default="")
    theme: Line = field("Theme", "What the alliance is about.", default="")
    offer: Line = field("Offer", "What the alliance sells together.", default="")
    currency: Annotated[str, CUSTOMER_VISIBLE] = field(
        "Currency", "Three letters, as in GBP.", default="EUR", regex=r"^[A-Z]{3}$"
    )
    scorecard_period: Line = field("Scorecard period", "The year the goals are for.", default="")
    review_every_days: int = field("Review every", "Days between reviews.", default=31, ge=1, le=366)
    as_of: dt.date | None = field(
        "As of", "Look at this account at this date, not today; set in sample accounts only.", default=None
    )
    archived: bool = field("Archived", "Put away, out of the library's first list.", default=False)
    ask: Note = field("Our ask", "What we ask of our own leadership.", default="")
    competitor: Line = field("Competitor", "Who else wants this account, in a word.", default="")
    selected_on: dt.date | None = field(
        "Selected on", "The day the leaders chose this account among those nominated.", default=None
    )
    selected_by: Line = field("Selected by", "Who chose it.", default="")


class Party(Item):
    """The customer (id «customer») or a partner in the alliance."""

    VERBOSE_NAME: ClassVar[str] = "party"
    NAME_FIELD: ClassVar[str] = "short"

    name: Annotated[Name, CUSTOMER_VISIBLE] = field("Name", "Full name of the firm.")
    short: Annotated[Name, CUSTOMER_VISIBLE] = field("Short name", "What people call the firm.")
    sector: Annotated[Line, CUSTOMER_VISIBLE] = field("Sector", "Line of business.", default="")
    standing: Standing | None = field("Standing now", "This partner's place with the account.", default=None)
    wanted: Standing | None = field("Standing wanted", "The place this partner wants.", default=None)


class Member(Item):
    """A partner's person."""

    VERBOSE_NAME: ClassVar[str] = "team member"
    NAME_FIELD: ClassVar[str] = "name"

    party: Annotated[Id, CUSTOMER_VISIBLE, Ref("Party")] = field("Partner", "The firm this person works for.")
    name: Annotated[Name, CUSTOMER_VISIBLE] = field("Name", "First and last name.")
    role: Annotated[Line, CUSTOMER_VISIBLE] = field(
        "Role", "What this person does on the account.", default=""
    )
    email: Annotated[Line, CUSTOMER_VISIBLE] = field("Email", "Work address.", default="")
    style: SocialStyle = field("Social style", "As others see this person.", default=SocialStyle.UNKNOWN)
    rate: float | None = field("Rate", "Cost of one hour, for the cost of the meeting.", default=None, ge=0)


class Gate(Entity):
    """A party's word that a stage may be entered."""

    VERBOSE_NAME: ClassVar[str] = "gate"
    KEY: ClassVar[Key] = ("stage", "party")

    stage: AccountStage = field("Stage", "The stage this opens.")
    party: Annotated[Id, Ref("Party")] = field("Partner", "The firm that has spoken.")
    agreed: bool = field("Agreed", "Yes or no.", default=True)
    by: Line = field("By", "The account leader who said so.", default="")
    on: dt.date | None = field("On", "The day it was said.", default=None)
    override: Line = field("Override", "Why the gate was passed although it was not met.", default="")


class StageEntry(Item):
    """The account entered a stage on a day."""

    VERBOSE_NAME: ClassVar[str] = "step through the stages"

    stage: AccountStage = field("Stage", "The stage it entered.")
    was: AccountStage | None = field("Before", "The stage it came from.", default=None)
    on: dt.date = field("On", "The day it entered.")
    by: Line = field("By", "Who entered it.", default="")
    why: Line = field("Why", "Why a gate was passed over, or why it was left aside.", default="")


class Learnt(Item):
    """What an end taught: why it was won, lost, not decided, or left aside."""

    VERBOSE_NAME: ClassVar[str] = "lesson"
    NAME_FIELD: ClassVar[str] = "reason"

    stage: AccountStage = field("End", "How it ended.")
    on: dt.date = field("On", "The day it was learnt.")
    reason: Name = field("Reason", "Why, as the playbook lists it.")
    said: Note = field("In their words", "What the customer says of it.", default="")
    told_by: Annotated[Id | None, Ref("Stakeholder")] = field(
        "Told by", "Who of theirs told us.", default=None
    )
    differently: Note = field("Differently", "What we do differently.", default="")
    visibility: Visibility = visibility()
