"""What two firms talk about in an introduction call: where their forms differ, or say nothing."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.plans import ON, plan_of
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import Standing
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.discovery import Bullet, Criterion, Form, Score
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.introduction import DIFFER, SILENT, talking_points, told


def found(*rows: Entity) -> list[tuple[str, str, dict[str, str]]]:
    return [(point.topic, point.why, dict(point.says)) for point in talking_points(plan_of(*rows))]


def firm(party: str, **given: Any) -> Party:
    return Party(id=party, name=party, short=party.capitalize(), **given)


CRITERION = Criterion(id="c", text="Senior access", weight=20)
ACCESS = [CRITERION, Score(criterion="c", party="ps", score=4), Score(criterion="c", party="tech", score=2)]
CRO = Stakeholder(id="s", name="Priya Vantongeren", title="Chief Risk Officer", influence=5)


def test_with_nothing_on_either_side_there_is_nothing_to_compare() -> None:
    assert found() == []
    assert found(CRITERION, CRO) == []


def test_scores_that_differ_the_widest_first() -> None:
    other = [Criterion(id="d", text="Fit", weight=90), Score(criterion="d", party="ps", score=4)]
    near = [*other, Score(criterion="d", party="tech", score=3)]
    assert found(*ACCESS, *near) == [
        ("Senior access", DIFFER, {"ps": "4 of 5", "tech": "2 of 5"}),
        ("Fit", DIFFER, {"ps": "4 of 5", "tech": "3 of 5"}),
    ]
    assert [why for _, why, _ in found(*ACCESS, *other)] == [DIFFER, SILENT]


def test_what_both_say_alike_is_no_point() -> None:
    assert found(CRITERION, *(Score(criterion="c", party=p, score=3) for p in ("ps", "tech"))) == []
    alike = (firm(party, standing=Standing.PARTNER) for party in ("ps", "tech"))
    assert found(*alike) == []


def test_positions_that_differ_or_are_not_said() -> None:
    rows = (
        firm("ps", standing=Standing.PARTNER, wanted=Standing.PARTNER),
        firm("tech", standing=Standing.VENDOR),
    )
    assert found(*rows) == [
        ("Position with the customer now", DIFFER, {"ps": "partner", "tech": "vendor"}),
        ("Position wanted", SILENT, {"ps": "partner", "tech": ""}),
    ]


def test_a_form_without_a_line_and_whom_one_form_alone_names() -> None:
    line = Bullet(id="b", party="ps", text="The chief risk officer trusts us.")
    assert found(line, CRO) == [
        ("The form itself", SILENT, {"ps": "there", "tech": ""}),
        ("Priya Vantongeren, Chief Risk Officer", SILENT, {"ps": line.text, "tech": ""}),
    ]
    both = Bullet(id="c", party="tech", text="No contact with Priya Vantongeren")
    assert found(line, both, CRO) == []
    part = Bullet(id="c", party="tech", text="The chief risk officers of other banks")
    assert [topic for topic, _, _ in found(line, part, CRO)] == ["Priya Vantongeren, Chief Risk Officer"]
    placed = Bullet(id="c", party="tech", text="Weak below the chief risk officer; seen as paper.")
    assert [topic for topic, _, _ in found(line, placed, CRO)] == ["Priya Vantongeren, Chief Risk Officer"]
    assert found(placed, Form(party="ps", sent=ON), CRO) == []  # it names nobody
    said = Bullet(id="c", party="tech", text="Weak below the board; the chief risk officer trusts us.")
    assert found(line, said, CRO) == []
    sent = Form(party="tech", sent=ON)
    assert found(line, sent) == []


def test_a_line_of_the_sample_about_those_below_somebody_names_nobody(sample: AccountPlan) -> None:
    (below,) = (bullet.text for bullet in sample.all(Bullet) if "below the chief" in bullet.text)
    points = talking_points(sample)
    assert not [point for point in points if below in dict(point.says).values()]
    assert not [point for point in points if point.topic.startswith("Elena")]


def test_what_one_firm_keeps_to_itself_is_not_told_to_the_other() -> None:
    plan = plan_of(Bullet(id="b", party="ps", text="Priya Vantongeren is leaving", visibility="ps"), CRO)

    def topics(audience: str) -> list[str]:
        return [point.topic for point in talking_points(project(plan, audience))]

    assert topics("alliance") == topics("tech") == []
    assert "Priya Vantongeren, Chief Risk Officer" in topics("ps")


def test_each_says_what_to_do() -> None:
    differ, silent = (talking_points(plan_of(*rows))[0] for rows in (ACCESS, ACCESS[:2]))
    plan = plan_of()
    assert told(plan, differ) == "They differ: what does each see?"
    assert told(plan, silent) == "Two says nothing: ask"


def test_the_talking_points_of_the_sample(sample: AccountPlan) -> None:
    points = talking_points(project(sample, "alliance"))
    assert [point.topic for point in points if point.why == DIFFER][:2] == [
        "Senior access today",
        "Spend we can reach in 24 months",
    ]
    assert {point.topic for point in points} == {
        "Senior access today",
        "Spend we can reach in 24 months",
        "Chemistry of the two account teams",
        "Position with the customer now",
        "Position wanted",
    }


SCORES = st.lists(st.tuples(st.none() | st.integers(1, 5), st.none() | st.integers(1, 5)), max_size=5)


@given(SCORES)
def test_it_does_not_matter_which_firm_stands_first_and_nothing_agreed_is_told(
    scores: list[tuple[int | None, int | None]],
) -> None:
    def plan(*parties: str) -> AccountPlan:
        rows: list[Entity] = []
        for n, pair in enumerate(scores):
            rows.append(Criterion(id=f"c{n}", text=f"Criterion {n}", weight=20))
            given_scores = zip(parties, pair, strict=True)
            rows += [Score(criterion=f"c{n}", party=p, score=s) for p, s in given_scores if s is not None]
        return plan_of(*rows)

    one, other = (talking_points(plan(*order)) for order in (("ps", "tech"), ("tech", "ps")))
    assert [(point.topic, point.why) for point in one] == [(point.topic, point.why) for point in other]
    assert {point.topic for point in one} == {
        f"Criterion {n}" for n, (left, right) in enumerate(scores) if left != right
    }
    whys = [point.why for point in one]
    assert whys == sorted(whys, key=lambda why: why != DIFFER)
