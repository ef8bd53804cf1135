from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given

from tests.domain.plans import ON, figures, plan_of, plans
from workshop_tui.domain.base.validation import validated
from workshop_tui.domain.base.vocabulary import Quadrant, Sentiment
from workshop_tui.domain.gaps.quality import Quality
from workshop_tui.domain.metrics import PlanMetrics
from workshop_tui.domain.model.actions import Action, Carry
from workshop_tui.domain.model.people import Reading, Stakeholder
from workshop_tui.domain.model.value import Answer, Target, TargetAnswer
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.follow_through import FollowThrough
from workshop_tui.domain.rules.value import Balance


def everything(shown: PlanMetrics, plan: AccountPlan) -> list[object]:
    """Every figure there is, of each session and person."""
    sessions, people = [s.id for s in plan.sessions], [p.id for p in plan.all(Stakeholder)]
    kept: list[Callable[[str], object]]
    kept = [shown.follow_through, shown.kept_by_side, shown.kept_by_owner]
    by_session = [shown.cost, shown.roti]
    told = [shown.digest.owe, shown.digest.news, shown.digest.quiet]
    by_person = [shown.last_contact, shown.solo_run, shown.quadrant, shown.pairing, shown.gaps_of]
    return [
        *(shown.gaps, shown.coach, shown.quality, shown.profile, shown.widest_gap, shown.balance),
        *told,
        *(figure(session) for figure in by_session for session in sessions),
        *(figure(session) for figure in kept for session in ("", *sessions)),
        *(shown.drift(one, other) for one in sessions for other in sessions),
        *(figure(person) for figure in by_person for person in people),
    ]


BLANK: tuple[object, ...] = (None, "", (), {}, ("", 0), frozenset(), Quality(None, None), Balance())


@pytest.mark.parametrize("audience", ["customer", "nobody"])
def test_the_customer_gets_no_figure(sample: AccountPlan, audience: str) -> None:
    assert [
        figure for figure in everything(figures(sample, audience, ON), sample) if figure not in BLANK
    ] == []


@given(plans())
def test_the_customer_gets_no_figure_of_any_plan(plan: AccountPlan) -> None:
    assert all(figure in BLANK for figure in everything(figures(plan, "customer", ON), plan))


@pytest.mark.parametrize("audience", ["alliance", "ps", "tech"])
def test_the_partners_get_the_same_figures_of_the_sample(sample: AccountPlan, audience: str) -> None:
    shown = figures(sample, audience, ON)
    assert shown.profile == pytest.approx({"ps": 4.1, "tech": 3.7})
    assert shown.widest_gap is not None
    assert shown.widest_gap.text == "Senior access today"
    assert shown.quality.score == pytest.approx((9 / 11 + 5 / 9) / 2)
    assert shown.follow_through("S1") == FollowThrough(6, 1, 3, 1, 1)
    assert shown.follow_through("none") is None
    assert shown.cost("S2") == "GBP 9,520"
    assert shown.roti("S2") == 4.13
    assert shown.drift("S1", "S2")["ST03"] == {"all": 1, "tech": 1}
    assert shown.last_contact("ST13") == ON
    assert shown.solo_run("ST08") == ("tech", 3)
    assert shown.quadrant("ST01") is Quadrant.KEEP_SATISFIED
    assert next(match.member for match in shown.pairing("ST03")) == "P2"
    assert {gap.rule for gap in shown.gaps_of("ST08")} == {"solo_3_or_more"}
    assert shown.solo_run("none") == ("", 0)


def test_figures_are_worked_out_on_the_whole_and_then_filtered(sample: AccountPlan) -> None:
    seen = {
        audience: {gap.key[0] for gap in figures(sample, audience, ON).gaps} for audience in ("ps", "tech")
    }
    assert seen["tech"] - seen["ps"] == {"V09"}
    assert "ST10" not in {
        gap.key[0] for gap in figures(sample, "ps", ON).gaps if gap.rule == "key_people_never_asked"
    }


def test_a_person_one_partner_keeps_to_itself_is_in_no_figure_of_the_other() -> None:
    plan = plan_of(
        Stakeholder(id="ana", name="Ana", influence=5, visibility="tech"),
        Reading(session="S1", stakeholder="ana", toward="all", value=Sentiment.NEUTRAL),
        Reading(session="S2", stakeholder="ana", toward="all", value=Sentiment.ADVOCATE),
    )
    own, other = figures(plan, "tech", ON), figures(plan, "ps", ON)
    assert (own.drift("S1", "S2"), other.drift("S1", "S2")) == ({"ana": {"all": 2}}, {})
    assert "ana" in repr((own.gaps, own.quality))
    assert "ana" not in repr((other.gaps, other.quality))


def test_follow_through_counts_what_this_audience_sees_by_the_dates_of_the_whole() -> None:
    may, later = dt.date(2026, 5, 1), dt.date(2026, 9, 1)
    plan = plan_of(
        Action(id="a", session="S1", title="Ask her once more", owner="T1", due=later),
        Carry(action="a", session="S2", from_due=may, to_due=later),
        Action(id="b", session="S1", title="Offer a rebate", owner="T1", due=may, visibility="tech"),
    )
    own, other = figures(plan, "tech", ON), figures(plan, "ps", ON)
    assert (own.follow_through(), own.follow_through("S1")) == (FollowThrough(2, 0, 0, 0, 2),) * 2
    for session in ("", "S1"):
        one = FollowThrough(1, 0, 0, 0, 1)
        assert other.follow_through(session) == one
        assert (other.kept_by_owner(session), other.kept_by_side(session)) == ({"T1": one}, {"tech": one})
    assert other.kept_by_owner("S2") == {}


def test_what_one_partner_keeps_to_itself_proves_a_target_but_is_in_nobody_elses_balance() -> None:
    kept = {"id": "a", "stakeholder": "ana", "text": "Less", "visibility": "tech"}
    rows = (
        Stakeholder(id="ana", name="Ana"),
        validated(Answer, {**kept, "status": "validated", "horizon": "long"}),
        Target(id="t", title="Less cost", estimate=10),
        Target(id="u", title="Ours", estimate=5, visibility="tech"),
        TargetAnswer(target="t", answer="a"),
    )
    own, other = (figures(plan_of(*rows), audience, ON) for audience in ("tech", "ps"))
    assert (own.balance.unsaid.estimate, other.balance.unsaid.estimate) == (15, 10)
    assert (own.balance.long.answers, other.balance.long.answers) == (1, 0)
    assert [row.id for row in own.balance.unproven] == ["u"]
    assert other.balance.unproven == ()


def test_no_public_attribute_hands_out_the_whole_plan(sample: AccountPlan) -> None:
    shown = PlanMetrics(sample, project(sample, "ps"), ON)
    everything(shown, sample)
    public = {name: getattr(shown, name) for name in dir(shown) if not name.startswith("_")}
    assert [name for name, value in public.items() if isinstance(value, AccountPlan)] == []
