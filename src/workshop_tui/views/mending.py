"""Where a gap is mended: the view, the row and the very cell. Pure: no widgets."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from workshop_tui.domain.base.vocabulary import TOWARD_ALL, AnswerStatus, Confidence, SteeringRole
from workshop_tui.domain.gaps import people, value, work
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Reading, Stakeholder, Tie
from workshop_tui.domain.model.scorecard import Initiative, SteeringDate, SteeringSeat
from workshop_tui.domain.model.session import Parking
from workshop_tui.domain.model.value import Answer, Difference, GrowthStep, Proof, Question
from workshop_tui.domain.plan.plan import NEW, draft_place
from workshop_tui.domain.rules.governance import is_held, missed_steering
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.row_id import RowId


class Mending(Struct, frozen=True):
    """Where a gap is mended in the block that is for it."""

    view: str
    """The name of the view's class."""
    places: tuple[str, ...] = ()
    """Where the cell is edited, the best one first; it stands in the table, or else on the card."""
    column: str = ""
    """The field whose column is gone to where no single row has the gap."""


def mending(live: LivePlan, row: RowId, rule: str) -> Mending | None:
    """Return where a row's gap is mended; None for a rule that is not known."""
    found = _MENDED.get(rule)
    return found(live, row) if found else None


def _field(view: str, kind: type, name: str) -> Callable[[LivePlan, RowId], Mending]:
    """Return how to find a gap that is one field of its own row."""
    return lambda _live, row: Mending(view, (draft_place(kind, row.key, name),))


def _first(view: str, kind: type, name: str, words: str) -> Callable[[LivePlan, RowId], Mending]:
    """Return how to find a gap that is one field of its own row, or a first row where there is none."""
    of_row = _field(view, kind, name)
    first = Mending(view, (draft_place(kind, (NEW,), words),))
    return lambda live, row: of_row(live, row) if row.kind == kind.__name__ else first


def _role(_live: LivePlan, _row: RowId) -> Mending:
    return Mending("Everybody", column="role")


def _owners(live: LivePlan, row: RowId) -> Mending:
    """Return the owners that there are not, firm by firm."""
    (person,) = row.key
    ties = {party.id: live.view.get(Tie, person, party.id) for party in live.view.partners}
    missing = (party for party, tie in ties.items() if not (tie and tie.owner))
    return Mending("Everybody", tuple(draft_place(Tie, (person, party), "owner") for party in missing))


def _sentiment(live: LivePlan, row: RowId) -> Mending:
    key = (live.session_id, *row.key, TOWARD_ALL)
    return Mending("Everybody", (draft_place(Reading, key, "value"),))


def _confidence(live: LivePlan, row: RowId) -> Mending:
    """Return how sure we are of what was read in this session; where nothing was, a sentiment of it."""
    toward = (TOWARD_ALL, *(party.id for party in live.view.all(Party)))
    keys = [(live.session_id, *row.key, each) for each in toward]
    read = ((key, live.view.get(Reading, *key)) for key in keys)
    assumed = (key for key, reading in read if reading and reading.confidence is Confidence.ASSUMED)
    places = [draft_place(Reading, key, "confidence") for key in assumed]
    return Mending("Everybody", (*places, draft_place(Reading, keys[0], "value")))


def _meeting(_live: LivePlan, row: RowId) -> Mending:
    """Return the line of the card on which a meeting comes in."""
    return Mending("Everybody", (draft_place(Stakeholder, row.key, "met"),))


def _question(live: LivePlan, row: RowId) -> Mending:
    """Return the first question that the person has not answered."""
    places = (
        draft_place(Answer, (NEW, question.id, *row.key), "text") for question in live.view.all(Question)
    )
    return Mending("AskView", tuple(places))


def _vague(live: LivePlan, row: RowId) -> Mending:
    """Return the words where they are too few, else the date that comes too early."""
    action = live.view.get(Action, *row.key)
    early = action and any(
        gap.rule == work.action_vague.__name__ and gap.key == row.key and gap.missing.startswith("due")
        for gap in live.figures.gaps
    )
    return Mending("Actions", (draft_place(Action, row.key, "due" if early else "title"),))


def _confirmed(live: LivePlan, row: RowId) -> Mending:
    """Return the tick of what was heard; of a guess of ours, its status, beneath the question to be put."""
    answer = live.view.get(Answer, *row.key)
    if answer and answer.status is AnswerStatus.ASSUMED:
        view = "AskView" if answer.question else "AnswerList"
        return Mending(view, (draft_place(Answer, row.key, "status"),))
    return Mending("AnswersReadBack", (draft_place(Answer, row.key, "validated_on"),))


def _deputy(live: LivePlan, _row: RowId) -> Mending:
    """Return the deputies' seats that nobody holds, else the line on which one comes in."""
    seats = live.view.where(SteeringSeat, role=SteeringRole.DEPUTY)
    free = (seat.key for seat in seats if not is_held(live.view, seat, live.today))
    wanted = (NEW, SteeringRole.DEPUTY.value, "")
    return Mending("Governance", tuple(draft_place(SteeringSeat, key, "person") for key in (*free, wanted)))


def _steering(live: LivePlan, _row: RowId) -> Mending:
    """Return the day of the meeting that is late; its row's key offers that it was held."""
    missed = missed_steering(live.view, live.today)
    return Mending("Governance", (draft_place(SteeringDate, missed.key, "on"),) if missed else ())


_MENDED: dict[str, Callable[[LivePlan, RowId], Mending]] = {
    people.no_economic_buyer.__name__: _role,
    people.no_champion.__name__: _role,
    people.no_owner.__name__: _owners,
    people.one_partner_only.__name__: _owners,
    people.alliance_sentiment_unknown.__name__: _sentiment,
    people.assumed_only.__name__: _confidence,
    people.no_contact_90_days.__name__: _meeting,
    people.solo_3_or_more.__name__: _meeting,
    people.key_people_never_asked.__name__: _question,
    people.style_unknown.__name__: _field("Everybody", Stakeholder, "style"),
    people.competition_unknown.__name__: _field("Everybody", Stakeholder, "competitor"),
    work.action_overdue.__name__: _field("Actions", Action, "status"),
    work.action_no_owner.__name__: _field("Actions", Action, "owner"),
    work.action_no_accountable.__name__: _field("Actions", Action, "accountable"),
    work.action_no_due.__name__: _field("Actions", Action, "due"),
    work.action_vague.__name__: _vague,
    work.customer_cannot_see.__name__: _field("Actions", Action, "visibility"),
    work.one_sided_milestone.__name__: _field("Actions", Action, "owner"),
    work.answers_not_validated.__name__: _confirmed,
    value.value_not_recognised.__name__: _field("Proofs", Proof, "recognised_by"),
    value.nothing_unique.__name__: _first("WhyUs", Difference, "proof", "text"),
    value.no_growth_beyond.__name__: _first("GrowthPath", GrowthStep, "period", "what"),
    work.parking_no_owner.__name__: _field("ParkingLot", Parking, "owner"),
    work.scorecard_review_overdue.__name__: lambda _live, _row: Mending("Scorecard", column="actual"),
    work.direction_against_numbers.__name__: _field("Scorecard", Initiative, "direction"),
    work.steering_overdue.__name__: _steering,
    work.no_deputy.__name__: _deputy,
}
"""Rule → where what it finds is mended."""
