"""The closed vocabularies of a workshop: each word with its label, its sign and what it means."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum, StrEnum
from typing import Final, Self

CUSTOMER = "customer"
ALLIANCE = "alliance"
UNCUT = "all"
"""All of it, cut for no audience: with what each of our firms keeps to itself."""
TOWARD_ALL = "all"
"""Whom a reading of sentiment is about when it is the alliance as a whole."""


class LabeledEnum(StrEnum):
    """A word out of a closed list, stored by its value.

    `label` is what a person reads, `sign` one to three characters for narrow places, `meaning` a
    half sentence for help.
    """

    label: str
    sign: str
    meaning: str

    def __new__(cls, value: str, label: str = "", sign: str = "", meaning: str = "") -> Self:
        """Make a member from its value, label, sign and meaning."""
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label or value.replace("_", " ")
        word.sign = sign
        word.meaning = meaning
        return word


class AccountStage(LabeledEnum):
    """How far the two firms have come with this account."""

    NOMINATED = "nominated", "", "1", "put forward by one of the partners"
    VALIDATED = "validated", "", "2", "each firm's account leader has agreed, by name and date"
    INTRODUCED = "introduced", "", "3", "the introduction call was held"
    SUSPECT = "suspect", "", "4", "planned, untested"
    PROSPECT = "prospect", "", "5", "the customer is interested"
    PURSUIT = "pursuit", "", "6", "in both firms' CRM"
    WON = "won", "", "7", "the customer has said yes"
    LOST = "lost", "", "8", "the customer has said no, or chosen somebody else"
    NO_DECISION = "no_decision", "", "9", "the customer decides nothing"
    QUALIFIED_OUT = "qualified_out", "", "×", "left aside, with a reason"

    @property
    def is_end(self) -> bool:
        """Whether this is how a pursuit ends, or an account is left aside: something was learnt."""
        return self in {
            AccountStage.WON,
            AccountStage.LOST,
            AccountStage.NO_DECISION,
            AccountStage.QUALIFIED_OUT,
        }


class Standing(LabeledEnum):
    """A partner's place with the whole account."""

    VENDOR = "vendor", "", "1", "sells what is asked for"
    PREFERRED_SUPPLIER = "preferred_supplier", "", "2", "is asked first"
    PARTNER = "partner", "", "3", "plans together with the customer"
    TRUSTED_ADVISOR = "trusted_advisor", "", "4", "is asked before the customer decides"


class Level(LabeledEnum):
    """One partner's tie to one stakeholder."""

    NONE = "none", "", "–", "no tie"
    AWARE = "aware", "", "○", "has heard of us"
    KNOWN = "known", "", "◔", "has met us"
    WORKING = "working", "", "◑", "works with us"
    TRUSTED = "trusted", "", "●", "trusts us"

    @property
    def height(self) -> int:
        """0 for no tie up to 4 for trusted."""
        return list(Level).index(self)


class SocialStyle(LabeledEnum):
    """A social style as an observer sees it; SOCIAL STYLE is a mark of The TRACOM Corporation."""

    DRIVING = "driving", "", "D", "options, a decision, a date"
    EXPRESSIVE = "expressive", "", "E", "the vision first, then specifics in writing"
    AMIABLE = "amiable", "", "A", "relationship, low risk, support"
    ANALYTICAL = "analytical", "", "N", "evidence, time, no surprises"
    UNKNOWN = "unknown", "", "?", "nobody has placed this person yet"

    @property
    def axes(self) -> tuple[bool, bool] | None:
        """(tells rather than asks, shows rather than controls emotion); None when unknown."""
        return {
            SocialStyle.DRIVING: (True, False),
            SocialStyle.EXPRESSIVE: (True, True),
            SocialStyle.AMIABLE: (False, True),
            SocialStyle.ANALYTICAL: (False, False),
        }.get(self)


class Sentiment(IntEnum):
    """How somebody feels toward the alliance or a partner. Unknown is None, never zero."""

    OPPOSED = -2
    SCEPTICAL = -1
    NEUTRAL = 0
    SUPPORTIVE = 1
    ADVOCATE = 2

    @property
    def label(self) -> str:
        """The word for it, as in «sceptical»."""
        return self.name.lower()

    @property
    def sign(self) -> str:
        """Two characters with a true minus, as in «−1», « 0», «+2»."""
        return " 0" if self == 0 else f"{self.value:+d}".replace("-", "−")


class Confidence(LabeledEnum):
    """How we know a reading."""

    ASSUMED = "assumed", "", "?", "we think so"
    REPORTED = "reported", "", "r", "somebody told us"
    OBSERVED = "observed", "", "o", "one of us saw or heard it"


class BuyingRole(LabeledEnum):
    """A stakeholder's part in a decision to buy."""

    ECONOMIC = "economic", "", "€", "alone can release the money"
    TECHNICAL = "technical", "", "T", "can say no, not the final yes"
    USER = "user", "", "U", "lives with the result"
    COACH = "coach", "", "C", "guides us"
    CHAMPION = "champion", "", "★", "has power, has something to gain, argues for us when we are away"
    INFLUENCER = "influencer", "", "I", "is listened to"


class Authority(LabeledEnum):
    """What a stakeholder may do about a decision."""

    DECIDE = "decide", "", "D", "decides"
    VETO = "veto", "", "V", "can stop it"
    APPROVE = "approve", "", "A", "must approve"
    RECOMMEND = "recommend", "", "R", "recommends"
    USE = "use", "", "U", "uses the result"
    NONE = "none", "", "–", "has no say"


class RelationKind(LabeledEnum):
    """An edge between two stakeholders, besides the reporting line."""

    DOTTED_LINE = "dotted_line", "", "┄", "also answers to"
    INFLUENCES = "influences", "", "→", "is listened to by"
    ALLIED = "allied", "", "=", "stands together with"
    CONFLICT = "conflict", "", "≠", "is at odds with"


class Purpose(LabeledEnum):
    """What a value question is for."""

    PRIORITY = "priority", "", "", "what matters most"
    PERSONAL = "personal", "", "", "why it matters to this person"
    SUCCESS = "success", "", "", "what it looks like when it worked"
    PAST = "past", "", "", "what we did before"
    PRESENT = "present", "", "", "what is being done now"
    FUTURE = "future", "", "", "what will change"
    TOGETHER = "together", "", "", "what the two firms could do as one"
    VALIDATE = "validate", "", "", "have we understood"


class AnswerStatus(LabeledEnum):
    """How sure we are of an answer."""

    ASSUMED = "assumed", "", "?", "our guess"
    HEARD = "heard", "", "○", "somebody of ours heard it"
    VALIDATED = "validated", "", "●", "the customer confirmed our words"
    WITHDRAWN = "withdrawn", "", "×", "no longer holds"


class Horizon(LabeledEnum):
    """When an answer or a target pays off."""

    SHORT = "short", "", "S", "within a year"
    LONG = "long", "", "L", "later than a year"


class ProofHorizon(LabeledEnum):
    """Whether value was proven, or is being made."""

    PAST = "past", "", "P", "done and used"
    PRESENT = "present", "", "N", "being made now"


class Dimension(LabeledEnum):
    """In what a firm, or the alliance, differs from others."""

    PRODUCT = "product"
    PEOPLE = "people"
    EXPERTISE = "expertise"
    SERVICE = "service"
    INDUSTRY = "industry", "experience in their industry"
    BRAND = "brand"


class GrowthStatus(LabeledEnum):
    """Where a step of the growth path stands."""

    PLANNED = "planned", "", "○", "on the path"
    BEGUN = "begun", "", "◑", "under way"
    DONE = "done", "", "✓", "reached"
    DROPPED = "dropped", "", "×", "not any more"

    @property
    def is_ahead(self) -> bool:
        """Whether there is still something to come of it."""
        return self in {GrowthStatus.PLANNED, GrowthStatus.BEGUN}


class RiskStatus(LabeledEnum):
    """What has become of a risk."""

    OPEN = "open", "", "○", "could still happen"
    REALISED = "realised", "", "!", "has happened"
    CLOSED = "closed", "", "✓", "can't happen any more"


class SteeringRole(LabeledEnum):
    """A seat of the steering committee."""

    CHAIR = "chair", "", "C", "leads the meetings"
    SPONSOR = "sponsor", "", "S", "stands behind the alliance"
    LEAD = "lead", "", "L", "answers for one firm's part"
    DEPUTY = "deputy", "", "D", "sits in for another"


class PropositionStatus(LabeledEnum):
    """Whether the room stands behind the proposition."""

    DRAFT = "draft"
    AGREED = "agreed"


class ApproachKind(LabeledEnum):
    """The four steps of an approach, in order."""

    TEST_INTEREST = "test_interest", "", "1", "ask whether they would like to hear more"
    INTRODUCTION = "introduction", "", "2", "one partner introduces the other"
    THREE_WAY = "three_way", "three-way meeting", "3", "both partners and the customer"
    PIPELINE = "pipeline", "", "4", "in the pipeline of both firms"


class StepStatus(LabeledEnum):
    """Where one step of an approach stands."""

    TODO = "todo", "to do", "·"
    BOOKED = "booked", "", "◷"
    DONE = "done", "", "✓"
    DECLINED = "declined", "", "✗"
    SKIPPED = "skipped", "", "–"


class ActionStatus(LabeledEnum):
    """Where an action stands."""

    OPEN = "open", "", "○"
    IN_PROGRESS = "in_progress", "", "◑"
    BLOCKED = "blocked", "", "■"
    DONE = "done", "", "✓"
    DROPPED = "dropped", "", "×"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self not in {ActionStatus.DONE, ActionStatus.DROPPED}


class Direction(LabeledEnum):
    """Where an initiative is heading, as its owner sees it."""

    UP = "up", "", "▲"
    FLAT = "flat", "", "►"
    DOWN = "down", "", "▼"


class DateOrder(LabeledEnum):
    """How 3/4 is read."""

    DAY_FIRST = "day_first", "day first", "", "3/4 is 3 April"
    MONTH_FIRST = "month_first", "month first", "", "3/4 is 4 March"


class Weekday(LabeledEnum):
    """The day on which a week begins."""

    MONDAY = "monday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def number(self) -> int:
        """The day as `date.weekday()` counts it: 0 is Monday."""
        return {"monday": 0, "saturday": 5, "sunday": 6}[self.value]


class BlockKind(LabeledEnum):
    """What a block of the agenda is about."""

    OPENING = "opening"
    INTRODUCTION = "introduction"
    DISCOVERY = "discovery"
    STAKEHOLDERS = "stakeholders"
    VALUE = "value"
    PROPOSITION = "proposition"
    APPROACH = "approach"
    ACTIONS = "actions"
    SCORECARD = "scorecard"
    BREAK = "break"
    CLOSING = "closing"


class Quadrant(LabeledEnum):
    """Influence against interest (influence ≥ 4 is high, interest ≥ 3 is high)."""

    MANAGE_CLOSELY = "manage_closely", "", "", "high influence, high interest"
    KEEP_SATISFIED = "keep_satisfied", "", "", "high influence, low interest"
    KEEP_INFORMED = "keep_informed", "", "", "low influence, high interest"
    MONITOR = "monitor", "", "", "low influence, low interest"


VIEWS = "v"
"""The key that opens a view, with a digit: it is no letter of a value."""


def letters(texts: Iterable[str]) -> list[str]:
    """Return for each text the first of its letters and digits that no text before it took; "" for none."""
    taken: list[str] = []
    for text in texts:
        free = (c for c in text.lower() if c.isascii() and c.isalnum() and c not in {*taken, VIEWS})
        taken.append(next(free, ""))
    return taken


def letters_of(words: Iterable[LabeledEnum]) -> list[str]:
    """Return by which letter each of these words is chosen: its sign where that is one."""
    return letters(word.sign + word.label if len(word.sign) == 1 else word.label for word in words)


REASONS: Final = (
    "Price",
    "Budget",
    "Timing",
    "Fit of the offer",
    "Trust in us",
    "Sponsor",
    "Competitor",
    "Done in-house",
    "Our own capacity",
)
"""Why an account was won, lost, not decided or left aside, where a playbook lists nothing else."""
