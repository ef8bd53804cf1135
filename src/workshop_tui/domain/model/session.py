"""One workshop: its agenda, who was there, and what was caught on the way."""

import datetime as dt
import re
from typing import Annotated, ClassVar

from workshop_tui.domain.base.entity import (
    CUSTOMER_VISIBLE,
    EPHEMERAL,
    PERSON,
    WHOLE,
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
from workshop_tui.domain.base.vocabulary import ALLIANCE, BlockKind, DateOrder, RiskStatus, Weekday

_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h]?(?P<minute>\d{2}))?(?:\s*(?P<half>[ap])\.?m\.?)?", re.IGNORECASE | re.ASCII
)


def _clock(value: object) -> object:
    """Return «9», «9am», «900», «9.30» or «9:30 pm» as 09:30 is written; anything else as it is."""
    said = _TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    if said is None:
        return value
    hour, half = int(said["hour"]), (said["half"] or "").lower()
    if half and 1 <= hour <= 12:  # noqa: PLR2004 - hours of half a day
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{said['minute'] or '00'}"


class Session(Item):
    """One workshop held on an account."""

    VERBOSE_NAME: ClassVar[str] = "session"

    held_on: Annotated[dt.date, CUSTOMER_VISIBLE] = field("Date", "The day of the workshop.")
    start: Annotated[str | None, Before(_clock), CUSTOMER_VISIBLE] = field(
        "Start",
        "Hour and minute, as in 9, 9am or 9:30.",
        default=None,
        regex=r"^([01][0-9]|2[0-3]):[0-5][0-9]$",
    )
    facilitator: Annotated[Id | None, CUSTOMER_VISIBLE, Ref("Member")] = field(
        "Facilitator", "Who leads it.", default=None
    )
    playbook: Line = field("Playbook", "The playbook its agenda came from.", default="")
    purpose: Note = field("Purpose", "What the room wants to have at the end.", default="")
    audience: Annotated[Id, EPHEMERAL] = field(
        "Audience", "Who looks at the screen; the session reopens so.", default=ALLIANCE
    )
    date_order: DateOrder | None = field(
        "Date order", "How 3/4 is read; empty is the user's own way.", default=None
    )
    week_start: Weekday = field("Week begins on", "For dates such as next fri.", default=Weekday.MONDAY)
    amber: int = field(
        "Amber at", "Percent of a block that is left when its clock turns amber.", default=20, ge=0, le=100
    )
    red: int = field(
        "Red at", "Percent of a block that is left when its clock turns red.", default=5, ge=0, le=100
    )


class GapRule(Entity):
    """How a session treats a gap rule, taken from its playbook; rules without a row are in force."""

    VERBOSE_NAME: ClassVar[str] = "gap rule"
    KEY: ClassVar[Key] = ("session", "rule")

    session: Annotated[Id, Ref("Session")] = field("Session", "Whose rule.")
    rule: Id = field("Rule", "Its name, as in no_owner.")
    in_force: bool = field("In force", "Whether it is looked at.", default=True)
    limit: int | None = field(
        "Limit", "The figure from which it speaks; empty is the usual one.", default=None, ge=1
    )


class Block(Item):
    """One block of a session's agenda."""

    VERBOSE_NAME: ClassVar[str] = "block"
    NAME_FIELD: ClassVar[str] = "title"

    session: Annotated[Id, CUSTOMER_VISIBLE, Ref("Session")] = field("Session", "Whose agenda.")
    kind: Annotated[BlockKind, CUSTOMER_VISIBLE] = field("Kind", "What the screen shows.")
    title: Annotated[Name, CUSTOMER_VISIBLE] = field("Title", "What the room reads.")
    minutes: Annotated[int, CUSTOMER_VISIBLE] = field("Minutes", "Planned length.", default=15, ge=1, le=600)
    protected: bool = field("Protected", "Keeps its minutes when the rest is squeezed.", default=False)
    notes: Note = field("Facilitator's notes", "Prompts; never shown to the customer.", default="")
    started: Annotated[dt.datetime | None, EPHEMERAL] = field("Started", "Running since (UTC).", default=None)
    spent: Annotated[int, EPHEMERAL] = field(
        "Spent", "Seconds used before it was last paused.", default=0, ge=0
    )
    visibility: Visibility = visibility()
    extended: Annotated[int, EPHEMERAL] = field("Extended", "Seconds added to it in the room.", default=0)


class Presence(Entity):
    """One of ours is at the session."""

    VERBOSE_NAME: ClassVar[str] = "presence"
    KEY: ClassVar[Key] = ("session", "member")

    session: Annotated[Id, CUSTOMER_VISIBLE, Ref("Session")] = field("Session", "Which session.")
    member: Annotated[Id, CUSTOMER_VISIBLE, Ref("Member")] = field("Team member", "Who is there.")


class Guest(Entity):
    """A customer's person is in the room for a block, or was: who leaves has been there."""

    VERBOSE_NAME: ClassVar[str] = "guest"
    KEY: ClassVar[Key] = ("block", "stakeholder")

    block: Annotated[Id, CUSTOMER_VISIBLE, Ref("Block")] = field("Block", "For which block.")
    stakeholder: Annotated[Id, CUSTOMER_VISIBLE, Ref("Stakeholder")] = field("Stakeholder", "Who is there.")
    left_at: Annotated[dt.datetime | None, CUSTOMER_VISIBLE] = field(
        "Left at", "When they left again (UTC); empty while they are there.", default=None
    )


class Decision(Item):
    """Something the room has decided."""

    VERBOSE_NAME: ClassVar[str] = "decision"
    NAME_FIELD: ClassVar[str] = "text"

    session: Annotated[Id, CUSTOMER_VISIBLE, Ref("Session")] = field("Session", "Where it was decided.")
    text: Annotated[Prose, CUSTOMER_VISIBLE] = field("Decision", "What was decided.")
    confirmed_on: Annotated[dt.date | None, CUSTOMER_VISIBLE] = field(
        "Read back", "When the room confirmed it.", default=None
    )
    visibility: Visibility = visibility()
    replaces: Annotated[Id | None, CUSTOMER_VISIBLE, Ref("Decision")] = field(
        "Replaces", "The decision that this one takes the place of.", default=None
    )
    told_on: dt.date | None = field("Told on", "When the customer was told of it.", default=None)


class Risk(Item):
    """Something that could go wrong."""

    VERBOSE_NAME: ClassVar[str] = "risk"
    NAME_FIELD: ClassVar[str] = "text"

    session: Annotated[Id, CUSTOMER_VISIBLE, Ref("Session")] = field("Session", "Where it was named.")
    text: Annotated[Prose, CUSTOMER_VISIBLE] = field("Risk", "What could go wrong.")
    owner: Annotated[Id | None, CUSTOMER_VISIBLE, PERSON] = field(
        "Owner", "Who watches it, of either side.", default=None
    )
    visibility: Visibility = visibility()
    likelihood: int | None = field("Likelihood", "1 (unlikely) to 3 (likely).", default=None, ge=1, le=3)
    impact: int | None = field("Impact", "1 (little) to 3 (much).", default=None, ge=1, le=3)
    response: Annotated[Note, CUSTOMER_VISIBLE] = field("What we do", "What is done about it.", default="")
    due: Annotated[dt.date | None, CUSTOMER_VISIBLE] = field("By", "By when that is done.", default=None)
    status: Annotated[RiskStatus, CUSTOMER_VISIBLE] = field(
        "Status", "Open, realised or closed.", default=RiskStatus.OPEN
    )
    settled_on: dt.date | None = field("Settled on", "The day it was realised or closed.", default=None)


class Parking(Item):
    """Something to come back to."""

    VERBOSE_NAME: ClassVar[str] = "parking lot item"
    NAME_FIELD: ClassVar[str] = "text"

    session: Annotated[Id, CUSTOMER_VISIBLE, Ref("Session")] = field("Session", "Where it came up.")
    text: Annotated[Prose, CUSTOMER_VISIBLE] = field("Parked", "What to come back to.")
    owner: Annotated[Id | None, CUSTOMER_VISIBLE, PERSON] = field(
        "Owner", "Who comes back to it, of either side.", default=None
    )
    due: Annotated[dt.date | None, CUSTOMER_VISIBLE] = field("By", "When.", default=None)
    became: Annotated[Id | None, CUSTOMER_VISIBLE, Ref("Action")] = field(
        "Became", "The action it turned into.", default=None
    )
    dropped: Annotated[bool, CUSTOMER_VISIBLE] = field("Dropped", "The room let it go.", default=False)
    visibility: Visibility = visibility()
    became_decision: Annotated[Id | None, CUSTOMER_VISIBLE, Ref("Decision")] = field(
        "Became decision", "The decision it turned into.", default=None
    )
    became_risk: Annotated[Id | None, CUSTOMER_VISIBLE, Ref("Risk")] = field(
        "Became risk", "The risk it turned into.", default=None
    )
    dropped_on: dt.date | None = field("Dropped on", "The day the room let it go.", default=None)

    @property
    def has_turned(self) -> bool:
        """Whether it has become an action, a decision or a risk."""
        return bool(self.became or self.became_decision or self.became_risk)


class Roti(Entity):
    """Return on time invested, as one seat in the room scores it."""

    VERBOSE_NAME: ClassVar[str] = "return on time invested"
    KEY: ClassVar[Key] = ("session", "seat")

    session: Annotated[Id, Ref("Session")] = field("Session", "Which session.")
    seat: Id = field("Seat", "A number, not a name.")
    score: int = field("Score", "1 (lost time) to 5 (well spent).", ge=1, le=5)


class Chemistry(Entity):
    """How well it went between one firm and the customer in an introduction call."""

    VERBOSE_NAME: ClassVar[str] = "chemistry"
    KEY: ClassVar[Key] = ("session", "party")

    session: Annotated[Id, Ref("Session")] = field("Session", "The introduction call.")
    party: Annotated[Id, Ref("Party")] = field("Partner", "Which firm says so.")
    score: int = field("Score", "1 (none) to 5 (very good).", ge=1, le=5)
    word: Line = field("Word", "Why, in a word.", default="")


class Seal(Item):
    """The record of a session as the room left it: later changes don't alter it."""

    VERBOSE_NAME: ClassVar[str] = "seal"

    session: Annotated[Id, Ref("Session")] = field("Session", "What was sealed.")
    sealed_at: dt.datetime = field("Sealed at", "When (UTC).")
    record: Annotated[str, WHOLE] = field("Record", "The account plan as JSON, as it was.")
    sha256: str = field("SHA-256", "Checksum of the record.", regex=r"^[0-9a-f]{64}$")
    journal: int = field("Journal number", "The last Step in the record.", ge=0)
    supersedes: Annotated[Id | None, Ref("Seal")] = field(
        "Supersedes", "The seal before this one.", default=None
    )
    reopened_at: dt.datetime | None = field(
        "Reopened at", "When the session was opened again (UTC).", default=None
    )
    reopened_why: Line = field("Reopened because", "Why, in a few words.", default="")


class Erratum(Item):
    """A slip of the pen in a sealed session put right: it stands beside the seal, whose record stays."""

    VERBOSE_NAME: ClassVar[str] = "erratum"
    NAME_FIELD: ClassVar[str] = "new"

    seal: Annotated[Id, Ref("Seal")] = field("Seal", "In whose record the slip stands.")
    kind: Annotated[Name, CUSTOMER_VISIBLE] = field("Kind", "The kind of the row, as in Decision.")
    row: Annotated[Name, CUSTOMER_VISIBLE] = field("Row", "The key of the row, its parts parted by /.")
    name: Annotated[Name, CUSTOMER_VISIBLE] = field("Field", "The field of the row, as in text.")
    old: Annotated[Prose, CUSTOMER_VISIBLE] = field("Was", "The text as it was sealed.")
    new: Annotated[Prose, CUSTOMER_VISIBLE] = field("Should read", "The text as it should read.")
    by: Line = field("By", "Who put it right.", default="")
    why: Line = field("Why", "Why, in a few words.", default="")
    at: Annotated[dt.datetime, CUSTOMER_VISIBLE] = field("When", "When it was put right (UTC).")
    visibility: Visibility = visibility()
