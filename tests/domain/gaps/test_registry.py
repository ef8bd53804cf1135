from __future__ import annotations

import datetime as dt
from collections import defaultdict

import pytest
from hypothesis import given
from msgspec.structs import replace

from tests.domain.plans import ON, plan_of, plans
from workshop_tui.domain.base.vocabulary import SteeringRole
from workshop_tui.domain.gaps.registry import ALL, RULES, Gap, gaps, gaps_of, visible
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.scorecard import SteeringDate, SteeringSeat
from workshop_tui.domain.model.session import Parking
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import KIND, AccountPlan

EXPECTED = {
    "no_owner": {"ST11", "ST12"},
    "one_partner_only": {"ST01", "ST02", "ST03", "ST05", "ST14"},
    "alliance_sentiment_unknown": {"ST01", "ST12", "ST14"},
    "assumed_only": {"ST11", "ST12", "ST14"},
    "style_unknown": {"ST12", "ST14"},
    "no_contact_90_days": {"ST10", "ST11", "ST12", "ST14"},
    "solo_3_or_more": {"ST02", "ST08"},
    "action_no_accountable": {"A11"},
    "action_no_due": {"A12"},
    "answers_not_validated": {"V02", "V06", "V07", "V08", "V09", "V10"},
    "key_people_never_asked": {"ST01", "ST04", "ST11", "ST12", "ST14"},
    "direction_against_numbers": {"I05", "I12"},
    "competition_unknown": {"ST01", "ST02", "ST03", "ST04", "ST05", "ST10", "ST11", "ST12", "ST14"},
}
NONE_EXPECTED = {
    *("no_economic_buyer", "no_champion", "parking_no_owner"),
    *("action_no_owner", "action_overdue", "action_vague", "customer_cannot_see", "one_sided_milestone"),
    *("value_not_recognised", "nothing_unique", "no_growth_beyond"),
    *("no_deputy", "steering_overdue"),
}


def by_rule(found: tuple[Gap, ...]) -> dict[str, set[str]]:
    ids: dict[str, set[str]] = defaultdict(set)
    for gap in found:
        ids[gap.rule].add("/".join(gap.key))
    return dict(ids)


def test_the_gaps_of_the_sample(sample: AccountPlan) -> None:
    found = by_rule(gaps(sample, ON))
    (account,) = found.pop("scorecard_review_overdue")
    assert account == sample.account.id
    assert found == EXPECTED
    assert set(RULES) == {*EXPECTED, *NONE_EXPECTED, "scorecard_review_overdue"}


def test_the_sample_says_by_how_much(sample: AccountPlan) -> None:
    messages = {(gap.rule, *gap.key): gap.message for gap in gaps(sample, ON)}
    assert (
        messages["no_contact_90_days", "ST10"]
        == "not met for 119 days: meet them and note it, or give somebody an action to"
    )
    assert (
        messages["no_contact_90_days", "ST14"]
        == "never met: meet them and note it, or give somebody an action to"
    )
    assert (
        messages["scorecard_review_overdue", sample.account.id]
        == "the monthly scorecard review is 3 days late: hold it"
    )
    assert (
        messages["one_partner_only", "ST05"]
        == "only Stratalume owns the relationship: choose an owner at Quillhaven"
    )


def test_a_gap_names_its_row_and_the_fix(sample: AccountPlan) -> None:
    for gap in gaps(sample, ON):
        row = sample.get(KIND[gap.kind], *gap.key)
        assert row is not None
        assert gap.name
        assert gap.name not in gap.message
        assert gap.missing
        assert gap.fix
        assert f"{gap.missing}: {gap.fix}" == gap.message


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_explains_itself(rule: str) -> None:
    assert (RULES[rule].__doc__ or "").endswith(".")


def test_the_account_comes_first_then_people_by_influence_and_then_the_work() -> None:
    plan = plan_of(
        Parking(id="p", session="S1", text="Later"),
        Answer(id="v", stakeholder="low", text="Because"),
        Action(id="a", session="S1", title="Call"),
        Stakeholder(id="none", name="None", rank=1),
        Stakeholder(id="low", name="Low", influence=2, rank=2),
        Stakeholder(id="key", name="Key", influence=5, rank=3),
    )
    order = list(dict.fromkeys("/".join(gap.key) for gap in gaps(plan, ON)))
    assert order == ["acc", "key", "low", "none", "a", "v", "p"]


def test_what_one_row_lacks_stands_together(sample: AccountPlan) -> None:
    keys = [gap.key for gap in gaps(sample, ON)]
    runs = [key for n, key in enumerate(keys) if n == 0 or keys[n - 1] != key]
    assert len(runs) == len(set(runs))


def test_rules_can_be_switched_off(sample: AccountPlan) -> None:
    assert by_rule(gaps(sample, ON, {"no_owner": None})) == {"no_owner": {"ST11", "ST12"}}
    assert gaps(sample, ON, {}) == ()
    assert gaps(sample, ON, ALL) == gaps(sample, ON)


def test_a_rule_speaks_from_the_figure_that_is_set(sample: AccountPlan) -> None:
    assert gaps(sample, ON, {"solo_3_or_more": 4}) == ()
    assert by_rule(gaps(sample, ON, {"no_contact_90_days": 200})) == {
        "no_contact_90_days": {"ST11", "ST12", "ST14"}
    }
    vague = gaps(sample, ON, {"action_vague": 6})
    assert vague
    assert all("in six words or more" in gap.message for gap in vague)


def test_the_gaps_of_one_row_are_those_of_the_plan(sample: AccountPlan) -> None:
    (farah,) = sample.where(Stakeholder, id="ST11")
    assert list(gaps_of(sample, farah, ON)) == [gap for gap in gaps(sample, ON) if gap.key == ("ST11",)]


def test_an_empty_plan_has_only_the_gaps_of_the_account() -> None:
    assert by_rule(gaps(plan_of(), ON)) == {"no_economic_buyer": {"acc"}, "no_champion": {"acc"}}
    assert gaps(AccountPlan(), ON) == ()


# Who hears of them


@pytest.mark.parametrize(
    ("audience", "hidden"),
    [("alliance", {"V09"}), ("ps", {"V09"}), ("tech", set[str]())],
)
def test_a_partner_hears_of_the_gaps_of_rows_that_it_sees(
    sample: AccountPlan, audience: str, hidden: set[str]
) -> None:
    found = gaps(sample, ON)
    seen = visible(found, project(sample, audience))
    assert {gap.key[0] for gap in found if gap not in seen} == hidden


def test_the_customer_hears_of_no_gap(sample: AccountPlan) -> None:
    assert visible(gaps(sample, ON), project(sample, "customer")) == ()


def test_no_gap_names_a_hidden_row() -> None:
    plan = plan_of(
        Stakeholder(id="ana", name="Secret Person", influence=5, visibility="tech"),
        Stakeholder(id="bo", name="Bo", influence=5, reports_to="ana"),
        Action(id="a", session="S1", title="Meet", stakeholder="ana", visibility="alliance"),
    )
    seen = visible(gaps(plan, ON), project(plan, "ps"))
    assert {gap.key[0] for gap in seen} == {"acc", "bo", "a"}
    assert "Secret" not in repr(seen)
    assert "Secret" in repr(visible(gaps(plan, ON), project(plan, "tech")))


@pytest.mark.parametrize("audience", ["alliance", "ps", "tech"])
def test_a_gap_that_tells_of_a_hidden_row_is_told_to_nobody_who_does_not_see_it(audience: str) -> None:
    secret = Stakeholder(id="eve", name="Eve", visibility="tech")
    due = Action(id="a", session="S1", title="Send the list", owner="eve", milestone="Go", rank=1)
    plan = plan_of(secret, due, replace(due, id="b", rank=2.0))
    rules = {"customer_cannot_see": None, "one_sided_milestone": None}
    heard = by_rule(visible(gaps(plan, ON, rules), project(plan, audience)))
    told = {"customer_cannot_see": {"a", "b"}, "one_sided_milestone": {"a"}}
    assert heard == (told if audience == "tech" else {})


@pytest.mark.parametrize("audience", ["alliance", "ps", "tech"])
@pytest.mark.parametrize("shown", [True, False])
def test_a_committee_that_one_firm_keeps_to_itself_has_gaps_for_that_firm_alone(
    audience: str, *, shown: bool
) -> None:
    missed = ON - dt.timedelta(9)
    chair = SteeringSeat(id="c", role=SteeringRole.CHAIR, person="P1", visibility="ps")
    plan = plan_of(
        chair,
        SteeringDate(id="s", on=missed, visibility="ps"),
        *([SteeringDate(id="t", on=missed)] if shown else []),
    )
    rules = {"no_deputy": None, "steering_overdue": None}
    heard = visible(gaps(plan, ON, rules), project(plan, audience))
    assert {gap.rule for gap in heard} == (set(rules) if shown or audience == "ps" else set())


def test_what_people_who_have_left_lack_is_no_gap_from_that_day() -> None:
    gone = Stakeholder(id="ana", name="Ana", influence=5, left_on=ON)
    said = Answer(id="v", stakeholder="ana", text="Because")
    plan = plan_of(gone, Stakeholder(id="bo", name="Bo"), said)
    assert {gap.key[0] for gap in gaps(plan, ON)} == {"acc", "bo"}
    before = gaps(plan, ON - dt.timedelta(1))
    assert {gap.key[0] for gap in before} == {"acc", "ana", "bo", "v"}


@given(plans())
def test_nothing_that_a_gap_rests_on_is_hidden_from_who_hears_of_it(plan: AccountPlan) -> None:
    for audience in ("alliance", "ps", "tech"):
        view = project(plan, audience)
        for gap in visible(gaps(plan, ON), view):
            assert all(view.get(KIND[kind], *key) for kind, key in ((gap.kind, gap.key), *gap.rests_on))


@given(plans())
def test_gaps_of_any_plan_are_about_its_rows(plan: AccountPlan) -> None:
    for gap in gaps(plan, ON):
        assert plan.get(KIND[gap.kind], *gap.key)
        assert gap.rule in ALL
    assert {gap.kind for gap in gaps(plan, ON, {"no_champion": None})} <= {Account.__name__}
