"""What is worked out of the sample account with what was added to it; the figures were reckoned by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.domain.plans import ON, figures
from tests.grown import ADDED, as_given
from workshop_tui.documents.plan_json import load_plan
from workshop_tui.domain.base.vocabulary import CUSTOMER, AccountStage
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Decision
from workshop_tui.domain.model.value import GrowthStep, Proof, Target
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.past import as_known
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.follow_through import FollowThrough
from workshop_tui.domain.rules.governance import has_deputy, next_steering, steering_overdue
from workshop_tui.domain.rules.growth import GrowthBalance, GrowthSide
from workshop_tui.domain.rules.people import last_contact, quadrant, solo_run, still_here
from workshop_tui.domain.rules.stage_gates import conditions, stage_history
from workshop_tui.domain.rules.value import Realised

GIVEN = Path(__file__).parent.parent / "documents" / "past" / "account-plan-2.json"


def test_nothing_of_what_was_given_has_changed(grown: AccountPlan, sample: AccountPlan) -> None:
    assert as_given(grown) == sample == load_plan(GIVEN.read_bytes())
    assert all(grown.get(kind, *key) for kind, keys in ADDED.items() for key in keys)


def test_no_gap_comes_of_it_and_none_goes(grown: AccountPlan, sample: AccountPlan) -> None:
    def found(plan: AccountPlan) -> set[tuple[str, str, tuple[str, ...]]]:
        return {(gap.rule, gap.kind, gap.key) for gap in figures(plan, "ps", ON).gaps}

    assert found(grown) == found(sample)


def test_what_was_reached_is_confirmed_and_no_other_figure_is(grown: AccountPlan) -> None:
    assert figures(grown, "alliance", ON).realised == Realised(150_000, 0, 1, 0, 0)
    view = project(grown, CUSTOMER)
    (target,) = view.all(Target)
    assert (target.baseline, target.realised, target.estimate) == (400_000, 150_000, None)
    (proof,) = view.all(Proof)
    assert (proof.id, proof.worth, view.name_of(Stakeholder, proof.recognised_by)) == (
        *("PF1", 180_000),
        "Dev Rathmore",
    )


def test_two_growth_steps_lie_within_a_year_and_two_beyond(grown: AccountPlan) -> None:
    assert figures(grown, "alliance", ON).growth == GrowthBalance(  # 350 + 600, 1,200 + 500 thousand
        GrowthSide(2, 950_000), GrowthSide(2, 1_700_000)
    )
    assert [step.id for step in project(grown, CUSTOMER).all(GrowthStep)] == ["GS1", "GS2"]
    assert {step.worth for step in project(grown, CUSTOMER).all(GrowthStep)} == {None}


def test_the_customers_action_is_well_formed_and_the_customer_sees_whose_it_is(grown: AccountPlan) -> None:
    shown = figures(grown, "alliance", ON)
    assert shown.quality.actions == pytest.approx(10 / 12)
    assert shown.quality.people == pytest.approx(5 / 9)
    view = project(grown, CUSTOMER)
    assert [action.id for action in view.all(Action)] == ["A07", "A08", "A11", "A13"]
    owned = view.get(Action, "A13")
    assert owned
    assert view.name_of(Stakeholder, owned.owner) == "Nadia Okonjo-Wells"
    month_later = figures(grown, "alliance", dt.date(2026, 7, 9))
    assert month_later.kept_by_side("S2")[CUSTOMER] == FollowThrough(1, 0, 0, 0, 1)
    assert shown.follow_through("S1") == FollowThrough(6, 1, 3, 1, 1)


def test_who_has_left_is_on_no_count(grown: AccountPlan, sample: AccountPlan) -> None:
    assert still_here(grown.all(Stakeholder), ON) == sample.all(Stakeholder)
    (gone,) = (person for person in grown.all(Stakeholder) if person.left_on)
    assert (gone.name, gone.left_on) == ("Henrik Dalmas", dt.date(2026, 4, 30))
    assert grown.name_of(Stakeholder, gone.successor) == "Nadia Okonjo-Wells"
    (then,) = as_known(grown, dt.date(2026, 4, 29)).where(Stakeholder, id=gone.id)
    assert then.left_on is None


def test_a_meeting_of_two_people_alters_no_last_contact_and_no_solo_run(
    grown: AccountPlan, sample: AccountPlan
) -> None:
    for person in sample.all(Stakeholder):
        assert last_contact(grown, person, ON) == last_contact(sample, person, ON)
        assert solo_run(grown, person, ON) == solo_run(sample, person, ON)
        assert quadrant(person)


def test_one_decision_of_the_first_session_was_replaced_in_the_second(grown: AccountPlan) -> None:
    (new,) = (decision for decision in grown.all(Decision) if decision.replaces)
    old = grown.get(Decision, new.replaces)
    assert old
    assert (old.session, new.session) == ("S1", "S2")


def test_every_stage_up_to_prospect_was_met_and_has_its_day(grown: AccountPlan) -> None:
    passed = [AccountStage.VALIDATED, AccountStage.INTRODUCED, AccountStage.SUSPECT, AccountStage.PROSPECT]
    assert [entry.stage for entry in stage_history(grown)] == passed
    assert [as_known(grown, entry.on).account.stage for entry in stage_history(grown)] == passed
    for stage in passed:
        missing = {one.missing for one in conditions(grown, stage) if not one.is_met}
        assert missing <= {f"stage «{before.label}» is not reached yet" for before in AccountStage}
    told = [(one.by, one.on) for one in conditions(grown, AccountStage.VALIDATED) if one.party]
    assert told == [
        ("Rowan Achterberg", dt.date(2026, 2, 24)),
        ("Lucía Brightwater", dt.date(2026, 2, 26)),
    ]


def test_the_steering_committee_has_deputies_and_a_meeting_ahead(grown: AccountPlan) -> None:
    assert has_deputy(grown, ON)
    assert steering_overdue(grown, ON) == 0
    ahead = next_steering(grown, ON)
    assert ahead
    assert ahead.on == dt.date(2026, 7, 7)
