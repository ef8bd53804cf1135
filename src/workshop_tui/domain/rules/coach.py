"""Questions for whoever leads the account, out of what the plan lacks and how people have moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct

from workshop_tui.domain.base.entity import Entity, Key
from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.base.vocabulary import CUSTOMER, TOWARD_ALL, Sentiment
from workshop_tui.domain.gaps.registry import Gap
from workshop_tui.domain.gaps.weight import URGENT, place_among
from workshop_tui.domain.model.account import Account, Party
from workshop_tui.domain.model.people import Reading, Stakeholder
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import KIND, AccountPlan
from workshop_tui.domain.rules.people import is_key, owning_partners, side_of, solo_run, still_here

MOST = 7
"""Questions at most: more would be a questionnaire."""
FALL = "sentiment_fell"
"""Stands for a rule where no gap asks, but somebody who thinks worse of us than last time."""

QUESTIONS: Mapping[str, str] = {
    FALL: "What has changed for {name}, and who of ours asks?",
    "no_owner": "Who of ours should own the relationship with {name}?",
    "solo_3_or_more": "Who of {others} comes along to the next meeting with {name}?",
    "no_contact_90_days": "Who of ours meets {name}, and when?",
    "one_partner_only": "Who could introduce {others} to {name}?",
    "alliance_sentiment_unknown": "Who has heard {name} speak of us?",
    "assumed_only": "Who was there, and can say what {name} thinks of us?",
    "key_people_never_asked": "What does {name} want to get out of this, and who asks?",
    "competition_unknown": "Whom else is {name} talking to?",
    "style_unknown": "How does {name} like to be spoken to?",
    "action_overdue": "What stands in the way of {name}?",
    "action_no_owner": "Who does {name}?",
    "action_no_accountable": "Who answers for {name}?",
    "action_no_due": "By when can {name} be done?",
    "action_vague": "How will we know that {name} is done?",
    "customer_cannot_see": "May the customer see that {name} is theirs to do?",
    "one_sided_milestone": "What could the others do toward {name}?",
    "answers_not_validated": "Who goes back to {person} with {name}?",
    "value_not_recognised": "Who of theirs can say what {name} was worth?",
    "nothing_unique": "What shows that {name} is ours alone?",
    "no_growth_beyond": "What do they want of us once {name} is done?",
    "no_economic_buyer": "Who at {name} alone can release the money?",
    "no_champion": "Who at {name} argues for us when we are away?",
    "scorecard_review_overdue": "When do we review the scorecard of {name}?",
    "direction_against_numbers": "What do we know of {name} that its figures don't show?",
    "steering_overdue": "When does the steering committee of {name} meet?",
    "no_deputy": "Who stands in on the steering committee of {name}?",
    "parking_no_owner": "Who comes back to {name}?",
}
"""Rule → what is asked about one of its gaps; somebody of whom it has several is asked about by the first."""
OF_ACCOUNT: Mapping[str, str] = {
    "nothing_unique": "What do we have that nobody else could bring to {name}?",
    "no_growth_beyond": "What does {name} want of us in two years?",
}
"""Rule → what is asked where there is no row at all that it could be asked about."""
OF_FIRM: Mapping[str, str] = {
    FALL: "What has changed for {name}, and who of {firm} asks?",
    "no_owner": "Who of {firm} should own the relationship with {name}?",
    "solo_3_or_more": "Whom of {others} does {firm} take along to the next meeting with {name}?",
    "no_contact_90_days": "Who of {firm} meets {name}, and when?",
    "one_partner_only": "Whom of {others} does {firm} introduce to {name}?",
    "alliance_sentiment_unknown": "Who of {firm} has heard {name} speak of us?",
    "assumed_only": "Who of {firm} was there, and can say what {name} thinks of us?",
    "key_people_never_asked": "What does {name} want to get out of this, and who of {firm} asks?",
}
"""Rule → what one firm is asked about somebody it owns, or nobody does, where that is not the same."""
TO_OWN = "Whom of {firm} could {owners} introduce to {name}?"
"""What a firm is asked about somebody whom only others own."""
_FIRST = {rule: n for n, rule in enumerate(QUESTIONS)}
_WHOSE = ("party", "owner", "accountable", "heard_by")
"""Fields of a row other than a person that say whose it is."""
_FACTS = 2
"""Of what is known, so much is told as the reason."""


class CoachQuestion(Struct, frozen=True):
    """One question, why it is asked, and the row it is about."""

    text: str
    reason: str
    rule: str
    kind: str
    key: Key


class _Subject(Struct, frozen=True):
    """A row that something is to be asked about: its gaps, and how its sentiment has moved."""

    kind: str
    key: Key
    gaps: tuple[Gap, ...]
    moved: Mapping[str, tuple[Sentiment, Sentiment]]
    weight: int
    place: tuple[float, float]

    @property
    def falls(self) -> bool:
        return any(now < then for then, now in self.moved.values())

    @property
    def rule(self) -> str:
        """By which rule it is asked about."""
        if self.falls:
            return FALL
        return min((gap.rule for gap in self.gaps), key=lambda rule: (_FIRST.get(rule, len(_FIRST)), rule))


def coach(
    plan: AccountPlan, view: AccountPlan, found: Iterable[Gap], on: dt.date
) -> tuple[CoachQuestion, ...]:
    """Return at most seven questions for whoever leads the account, what matters most first.

    Asked is about what the gaps in `found` are about, which are those that the view's audience hears of, and
    about people of whom a reading fell between the last two sessions in which any was taken, each once: a
    key person, or what is overdue, before others; who has come to think worse of us before the rest; then
    those of whom most is missing; then by influence. The reason is what is missing or how sentiment moved,
    never a figure for a person. It is worked out on the whole plan; named is only what is in the view.

    A firm is asked what it can do: about people whom it owns or nobody does, and whom it could get to know
    through those who own them; about meetings that it held alone; about work of its own or of nobody's firm.
    """
    firm = next((party.id for party in view.partners if party.id == view.audience), "")
    theirs = (gap for gap in found if not firm or _is_for(plan, gap, firm, on))
    subjects = sorted(_subjects(plan, view, theirs, on, firm), key=_order)
    return tuple(_asked(plan, view, subject, on, firm) for subject in subjects[:MOST])


def _is_for(plan: AccountPlan, gap: Gap, firm: str, on: dt.date) -> bool:
    """Whether a firm can do something about a gap."""
    row = plan.get(KIND[gap.kind], *gap.key)
    if not isinstance(row, Stakeholder):
        return _is_of(firm, {_side(plan, row, name) for name in _WHOSE} & _firms(plan))
    if gap.rule == "solo_3_or_more":
        return solo_run(plan, row, on)[0] == firm
    return gap.rule == "one_partner_only" or _is_of(firm, set(owning_partners(plan, row)))


def _is_of(firm: str, firms: AbstractSet[str]) -> bool:
    return not firms or firm in firms


def _firms(plan: AccountPlan) -> AbstractSet[str]:
    return {party.id for party in plan.partners}


def _side(plan: AccountPlan, row: Entity | None, name: str) -> str:
    """Return the firm that a field names, or that of whom it names; empty for none."""
    value = getattr(row, name, None)
    return str(value) if name == "party" else side_of(plan, value) if value else ""


def _order(subject: _Subject) -> tuple[bool, bool, int, tuple[float, float], str, Key]:
    facts = len(subject.gaps) + bool(subject.moved)
    is_light = subject.weight < URGENT
    return is_light, not subject.falls, -facts, subject.place, subject.kind, subject.key


def _subjects(
    plan: AccountPlan, view: AccountPlan, found: Iterable[Gap], on: dt.date, firm: str
) -> Iterator[_Subject]:
    there = {
        person.id
        for person in still_here(view.all(Stakeholder), on)
        if not firm or _is_of(firm, set(owning_partners(plan, person)))
    }
    heard = {TOWARD_ALL, firm} if firm else None
    moved = {key: _toward(by, heard) for key, by in _moved(plan).items() if key in there}
    about: dict[tuple[str, Key], list[Gap]] = {}
    for gap in found:
        if gap.rule in QUESTIONS:
            about.setdefault((gap.kind, gap.key), []).append(gap)
    for person, by in moved.items():
        if any(now < then for then, now in by.values()):
            about.setdefault((Stakeholder.__name__, (person,)), [])
    for (kind, key), gaps in about.items():
        row = plan.get(KIND[kind], *key)
        by = moved.get(key[0], {}) if kind == Stakeholder.__name__ else {}
        key_person = isinstance(row, Stakeholder) and is_key(row)
        weight = max((gap.weight for gap in gaps), default=URGENT * key_person)
        gaps.sort(key=lambda gap: (_FIRST[gap.rule], gap.rule))
        yield _Subject(kind, key, tuple(gaps), by, weight, place_among(row) if row else (0.0, 0.0))


def _toward(
    by: Mapping[str, tuple[Sentiment, Sentiment]], whom: AbstractSet[str] | None
) -> Mapping[str, tuple[Sentiment, Sentiment]]:
    """Return how somebody moved toward these alone; None is toward all."""
    return by if whom is None else {to: each for to, each in by.items() if to in whom}


def _moved(plan: AccountPlan) -> Mapping[str, Mapping[str, tuple[Sentiment, Sentiment]]]:
    """Return who moved between the last two sessions with readings: person → toward → (then, now)."""
    read = [session.id for session in plan.sessions if plan.where(Reading, session=session.id)][-2:]
    moved: dict[str, dict[str, tuple[Sentiment, Sentiment]]] = {}
    for now in plan.where(Reading, session=read[-1]) if read[1:] else ():
        then = plan.get(Reading, read[0], now.stakeholder, now.toward)
        if then and then.value is not None and now.value is not None and then.value != now.value:
            moved.setdefault(now.stakeholder, {})[now.toward] = then.value, now.value
    return moved


def _asked(plan: AccountPlan, view: AccountPlan, subject: _Subject, on: dt.date, firm: str) -> CoachQuestion:
    others = _others(plan, subject, on)
    owners = [party.id for party in plan.partners if party.id not in others]
    words = {
        "firm": view.name_of(Party, firm),
        "owners": " or ".join(view.name_of(Party, party) for party in owners),
        "name": _name(view, subject),
        "others": " or ".join(view.name_of(Party, party) for party in others),
        "person": _who_said(view, subject),
    }
    asked = _question(subject.rule, firm, is_owner=firm in owners)
    asked = OF_ACCOUNT.get(subject.rule, asked) if subject.kind == Account.__name__ else asked
    text = asked.format(**words)
    told = "; ".join(_facts(view, subject, others))
    return CoachQuestion(text, f"{told[:1].upper()}{told[1:]}.", subject.rule, subject.kind, subject.key)


def _question(rule: str, firm: str, *, is_owner: bool) -> str:
    """Return what is asked by a rule: of a firm, or where there is none of whoever leads the account."""
    if firm and rule == "one_partner_only" and not is_owner:
        return TO_OWN
    return OF_FIRM.get(rule, QUESTIONS[rule]) if firm else QUESTIONS[rule]


def _facts(view: AccountPlan, subject: _Subject, others: Sequence[str]) -> Iterator[str]:
    """Yield why: what is asked about first, then how sentiment moved, then what else is missing."""
    missing = [gap.missing for gap in sorted(subject.gaps, key=lambda gap: gap.rule != subject.rule)]
    first = {} if not subject.falls else {to: by for to, by in subject.moved.items() if by[1] < by[0]}
    if first:
        yield _movement(view, first)
    elif missing:
        yield missing.pop(0)
    toward = {to: by for to, by in subject.moved.items() if not first and (not others or to in others)}
    told = [*([_movement(view, toward)] if toward else []), *missing]
    yield from told[: _FACTS - 1]


def _movement(view: AccountPlan, moved: Mapping[str, tuple[Sentiment, Sentiment]]) -> str:
    order = {to: n for n, to in enumerate((TOWARD_ALL, *(party.id for party in view.partners)))}
    return ", ".join(
        f"{'the alliance' if to == TOWARD_ALL else view.name_of(Party, to)} {_sign(then)} → {_sign(now)}"
        for to, (then, now) in sorted(moved.items(), key=lambda each: order.get(each[0], len(order)))
    )


def _sign(value: Sentiment) -> str:
    return value.sign.strip()


def _others(plan: AccountPlan, subject: _Subject, on: dt.date) -> tuple[str, ...]:
    """Return the partners that are to be introduced to a person, or to come along."""
    person = plan.get(Stakeholder, *subject.key) if subject.kind == Stakeholder.__name__ else None
    if person is None or subject.rule not in {"one_partner_only", "solo_3_or_more"}:
        return ()
    is_solo = subject.rule == "solo_3_or_more"
    there = {solo_run(plan, person, on)[0]} if is_solo else set(owning_partners(plan, person))
    return tuple(party.id for party in plan.partners if party.id not in there)


def _name(view: AccountPlan, subject: _Subject) -> str:
    if subject.kind == Account.__name__:
        return view.name_of(Party, CUSTOMER) or view.account.name
    row = view.get(KIND[subject.kind], *subject.key)
    if isinstance(row, Stakeholder):
        return _called(view, row)
    called = next(gap.name for gap in subject.gaps if gap.rule == subject.rule)
    return f"«{one_line(called)}»"


def _called(view: AccountPlan, person: Stakeholder) -> str:
    """Return a person's first name, the whole one where others have it too; a seat goes by its title."""
    if person.placeholder and person.title:
        return f"the {person.title}"
    first = person.name.split()[0]
    same = [other for other in view.all(Stakeholder) if other.name.split()[:1] == [first]]
    return person.name if same[1:] else first


def _who_said(view: AccountPlan, subject: _Subject) -> str:
    answer = view.get(Answer, *subject.key) if subject.kind == Answer.__name__ else None
    person = view.get(Stakeholder, answer.stakeholder) if answer else None
    return _called(view, person) if person else "whoever said so"
