from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.plans import plan_of, plans
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import Level, SocialStyle
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.people import Stakeholder, Tie
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.pairing import UNPLACED, axes_apart, pairing

DRIVING, EXPRESSIVE = SocialStyle.DRIVING, SocialStyle.EXPRESSIVE
AMIABLE, ANALYTICAL, UNKNOWN = SocialStyle.AMIABLE, SocialStyle.ANALYTICAL, SocialStyle.UNKNOWN
ANA = Stakeholder(id="ana", name="Ana", style=ANALYTICAL)
STYLES = st.sampled_from(SocialStyle)


def best(sample: AccountPlan, person: str) -> list[str]:
    found = sample.get(Stakeholder, person)
    assert found
    return [match.member for match in pairing(sample, found)]


@pytest.mark.parametrize(
    ("person", "members"),
    [
        ("ST03", ["P2", "P3", "P1"]),  # owner, then style, then fewer owned
        ("ST02", ["P1", "P2", "P3"]),  # the owner before a colleague of the same style
        ("ST05", ["T1", "T4", "T2"]),  # the firm with the higher level before the nearer style
        ("ST10", ["P2", "T2", "T4"]),  # both own, at one level: the order of the team
        ("ST12", ["P4", "P3", "P1"]),  # style unknown: who owns fewest
        ("ST14", ["P1", "P4", "T3"]),  # no tie at all but an owner
    ],
)
def test_the_three_best_of_the_sample(sample: AccountPlan, person: str, members: list[str]) -> None:
    assert best(sample, person) == members


def test_the_reasons_for_the_chief_risk_officer(sample: AccountPlan) -> None:
    person = sample.get(Stakeholder, "ST03")
    assert person
    assert [match.reason for match in pairing(sample, person)] == [
        "Mirela owns the tie for Quillhaven (trusted); both analytical; owns 3 others",
        "Jonty is with Quillhaven (trusted); amiable is next to analytical; owns 2 others",
        "Rowan is with Quillhaven (trusted); driving is next to analytical; owns 3 others",
    ]


@pytest.mark.parametrize(
    ("rows", "first"),
    [
        ([], "P1"),
        ([Tie(stakeholder="ana", party="tech", level=Level.AWARE)], "T1"),
        ([Tie(stakeholder="ana", party="tech", level=Level.NONE)], "P1"),
        ([Tie(stakeholder="ana", party="tech", owner="T1")], "T1"),
        ([Tie(stakeholder="ana", party="ps", owner="P2")], "P2"),
        (
            [
                Tie(stakeholder="ana", party="tech", owner="T1"),
                Tie(stakeholder="ana", party="ps", level=Level.KNOWN),
            ],
            "P1",
        ),
        ([Tie(stakeholder="bob", party="ps", owner="P1")], "P2"),
        ([Member(id="T9", party="tech", name="Nine", style=ANALYTICAL)], "T9"),
        ([Member(id="T9", party="tech", name="Nine", style=EXPRESSIVE)], "P1"),
        (
            [
                Member(id="T9", party="tech", name="Nine", style=ANALYTICAL),
                Tie(stakeholder="ana", party="ps", level=Level.AWARE),
            ],
            "P1",
        ),
    ],
)
def test_who_comes_first(rows: list[Entity], first: str) -> None:
    bob = Stakeholder(id="bob", name="Bob")
    assert pairing(plan_of(ANA, bob, *rows), ANA)[0].member == first


@pytest.mark.parametrize(
    ("style", "words"),
    [
        (ANALYTICAL, "both analytical"),
        (DRIVING, "driving is next to analytical"),
        (EXPRESSIVE, "expressive is opposite to analytical"),
        (UNKNOWN, "own style unknown"),
    ],
)
def test_the_reason_says_how_far_the_styles_are(style: SocialStyle, words: str) -> None:
    plan = plan_of(ANA, Member(id="P1", party="ps", name="Zoë Y", style=style))
    reasons = {match.member: match.reason for match in pairing(plan, ANA, best=9)}
    assert reasons["P1"] == f"Zoë is with One (no tie yet); {words}; owns no others"


def test_who_owns_a_tie_is_not_said_to_have_none() -> None:
    plan = plan_of(
        ANA, Member(id="P1", party="ps", name="Zoë Y"), Tie(stakeholder="ana", party="ps", owner="P1")
    )
    reason = next(match.reason for match in pairing(plan, ANA, best=9) if match.member == "P1")
    assert reason.startswith("Zoë owns the tie for One (level not set yet)")


def test_the_reason_says_that_a_person_is_not_placed() -> None:
    nobody = Stakeholder(id="ana", name="Ana")
    plan = plan_of(nobody, Member(id="P1", party="ps", name="Zoë", style=DRIVING))
    reason = next(match.reason for match in pairing(plan, nobody, best=9) if match.member == "P1")
    assert "their style unknown" in reason


def test_no_team_no_match() -> None:
    assert pairing(AccountPlan.of([ANA]), ANA) == ()


def test_one_other_person_is_counted_as_one() -> None:
    ties = [Tie(stakeholder="bob", party="ps", owner="P1"), Tie(stakeholder="ana", party="ps", owner="P1")]
    plan = plan_of(ANA, Stakeholder(id="bob", name="Bob"), *ties)
    assert pairing(plan, ANA)[0].reason.endswith("owns 1 other")


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (DRIVING, DRIVING, 0),
        (DRIVING, EXPRESSIVE, 1),
        (DRIVING, AMIABLE, 2),
        (ANALYTICAL, EXPRESSIVE, 2),
        (ANALYTICAL, AMIABLE, 1),
        (UNKNOWN, DRIVING, UNPLACED),
        (UNKNOWN, UNKNOWN, UNPLACED),
    ],
)
def test_axes_apart(one: SocialStyle, other: SocialStyle, apart: int) -> None:
    assert axes_apart(one, other) == axes_apart(other, one) == apart


@given(plans(), st.integers(0, 5))
def test_the_best_few_are_the_first_of_all(plan: AccountPlan, few: int) -> None:
    for person in plan.all(Stakeholder):
        everybody = pairing(plan, person, best=len(plan.all(Member)))
        assert {match.member for match in everybody} == {member.id for member in plan.all(Member)}
        assert pairing(plan, person, best=few) == everybody[:few]


@given(STYLES, STYLES)
def test_an_unknown_style_lies_between(one: SocialStyle, other: SocialStyle) -> None:
    assert 0 <= axes_apart(one, other) <= 2
    assert (axes_apart(one, other) == UNPLACED) or UNKNOWN not in {one, other}
