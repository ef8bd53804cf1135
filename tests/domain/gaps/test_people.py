from __future__ import annotations

import datetime as dt

import pytest

from tests.domain.plans import ON, plan_of
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import (
    AnswerStatus,
    BlockKind,
    BuyingRole,
    Confidence,
    Sentiment,
    SocialStyle,
)
from workshop_tui.domain.gaps.registry import RULES, gaps_of
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.people import (
    Meeting,
    MeetingMember,
    MeetingStakeholder,
    Reading,
    Stakeholder,
    Tie,
)
from workshop_tui.domain.model.session import Block, Guest, Presence
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.people import solo_run

ANA = Stakeholder(id="ana", name="Ana", influence=4)
USER = with_values(ANA, influence=3)
UNPLACED = with_values(ANA, influence=None)
MONTHLY = with_values(ANA, rhythm_days=30)
PS = Tie(stakeholder="ana", party="ps", owner="P1")
TECH = Tie(stakeholder="ana", party="tech", owner="T1")
NOBODY = Tie(stakeholder="ana", party="tech")
VALUE = Block(id="b", session="S2", kind=BlockKind.VALUE, title="Value")


def reading(
    session: str,
    value: Sentiment | None,
    confidence: Confidence = Confidence.OBSERVED,
    toward: str = "all",
) -> Reading:
    return Reading(session=session, stakeholder="ana", toward=toward, value=value, confidence=confidence)


def met(days_ago: int, *members: str, number: int = 0) -> tuple[Entity, ...]:
    meeting = Meeting(id=f"m{days_ago}-{number}", on=ON - dt.timedelta(days_ago))
    whom = MeetingStakeholder(meeting=meeting.id, stakeholder="ana")
    return (meeting, whom, *(MeetingMember(meeting=meeting.id, member=member) for member in members))


def answer(status: AnswerStatus) -> Answer:
    return Answer(id="v", stakeholder="ana", text="Because", status=status)


@pytest.mark.parametrize(
    ("rule", "rows", "has"),
    [
        ("no_owner", [ANA], True),
        ("no_owner", [ANA, NOBODY], True),
        ("no_owner", [USER], True),
        ("no_owner", [ANA, PS], False),
        ("one_partner_only", [ANA], False),
        ("one_partner_only", [ANA, PS, NOBODY], True),
        ("one_partner_only", [USER, PS], False),
        ("one_partner_only", [UNPLACED, PS], False),
        ("one_partner_only", [ANA, PS, TECH], False),
        ("alliance_sentiment_unknown", [ANA], True),
        ("alliance_sentiment_unknown", [ANA, reading("S1", None)], True),
        ("alliance_sentiment_unknown", [ANA, reading("S1", Sentiment.NEUTRAL)], False),
        (
            "alliance_sentiment_unknown",
            [ANA, reading("S1", Sentiment.NEUTRAL), reading("S2", None)],
            True,
        ),
        ("alliance_sentiment_unknown", [ANA, reading("S1", None), reading("S2", Sentiment.OPPOSED)], False),
        ("alliance_sentiment_unknown", [ANA, reading("S1", Sentiment.ADVOCATE, toward="ps")], True),
        ("assumed_only", [ANA], False),
        ("assumed_only", [ANA, reading("S1", None, Confidence.ASSUMED)], True),
        (
            "assumed_only",
            [
                ANA,
                reading("S2", Sentiment.NEUTRAL, Confidence.ASSUMED),
                reading("S2", Sentiment.NEUTRAL, Confidence.REPORTED, "ps"),
            ],
            False,
        ),
        (
            "assumed_only",
            [ANA, reading("S1", Sentiment.NEUTRAL), reading("S2", Sentiment.NEUTRAL, Confidence.ASSUMED)],
            True,
        ),
        (
            "assumed_only",
            [ANA, reading("S1", Sentiment.NEUTRAL, Confidence.ASSUMED), reading("S2", Sentiment.NEUTRAL)],
            False,
        ),
        ("style_unknown", [ANA], True),
        ("style_unknown", [with_values(ANA, style=SocialStyle.AMIABLE.value)], False),
        ("no_contact_90_days", [ANA], True),
        ("no_contact_90_days", [USER], False),
        ("no_contact_90_days", [ANA, *met(90, "P1")], False),
        ("no_contact_90_days", [ANA, *met(91, "P1")], True),
        ("no_contact_90_days", [ANA, *met(300, "P1"), *met(0, "T1")], False),
        ("no_contact_90_days", [ANA, *met(-1, "P1")], True),
        ("no_contact_90_days", [ANA, VALUE, Guest(block="b", stakeholder="ana")], False),
        ("solo_3_or_more", [ANA, *met(3, "P1"), *met(2, "P1")], False),
        ("solo_3_or_more", [ANA, *met(3, "P1"), *met(2, "P1"), *met(1, "P1", "P2")], True),
        ("solo_3_or_more", [USER, *met(3, "P1"), *met(2, "P1"), *met(1, "P2")], True),
        ("solo_3_or_more", [ANA, *met(3, "P1"), *met(2, "P1", "T1"), *met(1, "P1")], False),
        ("no_contact_90_days", [MONTHLY, *met(30, "P1")], False),
        ("no_contact_90_days", [MONTHLY, *met(31, "P1")], True),
        ("no_contact_90_days", [with_values(MONTHLY, rhythm_days=120), *met(120, "P1")], False),
        ("no_contact_90_days", [with_values(MONTHLY, influence=1), *met(31, "P1")], True),
        ("competition_unknown", [ANA], True),
        ("competition_unknown", [USER], False),
        ("competition_unknown", [with_values(ANA, competitor="Others")], False),
        ("key_people_never_asked", [ANA], True),
        ("key_people_never_asked", [USER], False),
        ("key_people_never_asked", [ANA, answer(AnswerStatus.ASSUMED)], False),
        ("key_people_never_asked", [ANA, answer(AnswerStatus.WITHDRAWN)], False),
    ],
)
def test_a_person(rule: str, rows: list[Entity], has: bool) -> None:
    assert bool(RULES[rule](plan_of(*rows), rows[0], ON)) is has


@pytest.mark.parametrize(
    ("rule", "role"),
    [("no_economic_buyer", BuyingRole.ECONOMIC), ("no_champion", BuyingRole.CHAMPION)],
)
def test_a_buying_role_that_nobody_has(rule: str, role: BuyingRole) -> None:
    without, within = plan_of(ANA), plan_of(with_values(ANA, role=role.value))
    assert RULES[rule](without, without.account, ON)
    assert not RULES[rule](within, within.account, ON)


def test_all_partners_without_an_owner_are_named() -> None:
    third = Party(id="third", name="Partner three", short="Three", rank=3)
    message = RULES["one_partner_only"](plan_of(ANA, PS, third), ANA, ON)
    assert message == "only One owns the relationship: choose an owner at Two or Three"


def test_a_firm_with_a_colon_in_its_name_does_not_part_what_is_missing_from_its_fix() -> None:
    odd = Party(id="ps", name="P", short="A: firm:", rank=1)
    (gap,) = (gap for gap in gaps_of(plan_of(ANA, PS, odd), ANA, ON) if gap.rule == "one_partner_only")
    assert gap.missing == "only A: firm: owns the relationship"
    assert gap.fix == "choose an owner at Two"


def test_one_partner_alone_in_the_plan_leaves_no_other_out() -> None:
    run = [*met(4, "P1"), *met(3, "P1"), *met(2, "P1"), *met(1, "P1")]
    plan = AccountPlan.of(row for row in plan_of(ANA, PS, *run) if row.key not in {("tech",), ("T1",)})
    both = {"one_partner_only", "solo_3_or_more"}
    assert both.isdisjoint(gap.rule for gap in gaps_of(plan, ANA, ON))
    assert solo_run(plan, ANA, ON) == ("", 0)
    assert both <= {gap.rule for gap in gaps_of(plan_of(ANA, PS, *run), ANA, ON)}


def test_with_three_partners_there_is_more_than_one_other() -> None:
    run = [*met(3, "P1"), *met(2, "P1"), *met(1, "P1")]
    rule, third = RULES["solo_3_or_more"], Party(id="third", name="Partner three", short="Three", rank=3)
    assert rule(plan_of(ANA, *run), ANA, ON).endswith(": bring the other partner")
    assert rule(plan_of(ANA, *run, third), ANA, ON).endswith(": bring another partner")


def test_a_session_in_which_both_partners_met_a_guest_ends_a_solo_run() -> None:
    there = [Presence(session="S2", member=member) for member in ("P1", "T1")]
    run = [*met(3, "P1"), *met(2, "P1"), *met(1, "P1")]
    visit = [VALUE, Guest(block="b", stakeholder="ana")]
    rule = RULES["solo_3_or_more"]
    assert rule(plan_of(ANA, *run, *there), ANA, ON)
    assert not rule(plan_of(ANA, *run, *visit, *there), ANA, ON)
