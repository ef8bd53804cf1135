"""One of the customer's people over all sessions."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.plan.test_past import later_rows
from tests.domain.plans import ON, plan_of, plans
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import Confidence, RelationKind, Sentiment
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Reading, Relation, Stakeholder
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.past import as_known
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.people import contacts
from workshop_tui.domain.rules.person_over_time import (
    ContactThen,
    PersonOverTime,
    ReadingThen,
    RelationTold,
    person_over_time,
)


def told(plan: AccountPlan, person: str, on: dt.date = ON) -> PersonOverTime:
    found = person_over_time(plan, person, on)
    assert found
    return found


def test_the_readings_of_the_chief_risk_officer(sample: AccountPlan) -> None:
    found = told(sample, "ST03")
    assert [(one.number, one.on) for one in found.sessions] == [(1, dt.date(2026, 3, 10)), (2, ON)]
    strips = {strip.toward: strip.readings for strip in found.strips}
    assert list(strips) == ["all", "ps", "tech"]
    assert strips["all"] == (
        ReadingThen(Sentiment.NEUTRAL, Confidence.OBSERVED, "trusts our reading of CR-7"),
        ReadingThen(Sentiment.SUPPORTIVE, Confidence.OBSERVED, "agreed to a three-way meeting"),
    )
    chair = told(sample, "ST14").strips[0].readings
    assert chair == (None, ReadingThen(None, Confidence.ASSUMED, "seat changes hands in July"))


def test_when_the_programme_director_was_met_and_by_whom(grown: AccountPlan) -> None:
    found = told(grown, "ST13")
    assert [(one.on, one.meeting, one.session) for one in found.contacts] == [
        (ON, "", "S2"),
        (dt.date(2026, 6, 3), "M18", ""),
        (dt.date(2026, 5, 19), "M22", ""),
    ]
    with_another = found.contacts[-1]
    assert with_another == ContactThen(
        dt.date(2026, 5, 19),
        ("ps", "tech"),
        ("P3", "T1"),
        ("ST04",),
        "One list of the services for both firms; Nadia keeps it.",
        "Bring her the list of 14",
        "M22",
    )


def test_what_the_programme_director_said_does_and_came_after(grown: AccountPlan) -> None:
    found = told(grown, "ST13")
    assert [one.answer for one in found.answers] == ["V05", "V06"]
    assert found.answers[0].question == "Which number would you show your own boss?"
    assert [(one.action, one.is_about, one.is_theirs) for one in found.actions] == [
        ("A11", True, False),
        ("A13", True, True),
    ]
    assert [(one.action, one.is_about, one.is_theirs) for one in told(grown, "ST04").actions] == [
        ("A13", False, True),
        ("A03", True, False),
    ]
    assert found.relations == (
        RelationTold(RelationKind.INFLUENCES, "ST04", is_source=True, strength=2),
        RelationTold(RelationKind.ALLIED, "ST06", is_source=False, strength=2),
    )
    assert (found.predecessors, found.left_on) == (("ST15",), None)
    gone = told(grown, "ST15")
    assert (gone.left_on, gone.successor) == (dt.date(2026, 4, 30), "ST13")
    before = dt.date(2026, 4, 29)
    known = as_known(grown, before)
    assert (told(known, "ST15", before).left_on, told(known, "ST13", before).predecessors) == (None, ())


def test_a_firm_is_not_told_what_another_keeps_to_itself(grown: AccountPlan) -> None:
    ps, tech = (told(project(grown, firm), "ST10") for firm in ("ps", "tech"))
    assert ([one.answer for one in ps.answers], [one.answer for one in tech.answers]) == ([], ["V09"])
    assert person_over_time(project(grown, "customer"), "ST10", ON) is None
    assert person_over_time(grown, "nobody", ON) is None


def test_where_one_of_ours_has_the_same_id_the_action_is_theirs() -> None:
    plan = plan_of(
        Stakeholder(id="P1", name="Ana"),
        Action(id="a", session="S1", title="Call them back", owner="P1", stakeholder="P1"),
        Action(id="b", session="S2", title="Call again", owner="P1"),
        Relation(source="P1", target="P1", kind=RelationKind.CONFLICT, strength=1),
    )
    assert isinstance(plan.person("P1"), Member)
    found = told(plan, "P1")
    assert [(one.action, one.is_about, one.is_theirs) for one in found.actions] == [("a", True, False)]


@given(plans(), st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)))
def test_the_strips_hold_every_reading_and_the_contacts_every_contact(plan: AccountPlan, on: dt.date) -> None:
    known = as_known(plan, on)
    for person in known.all(Stakeholder):
        found = told(known, person.id, on)
        read = [one for strip in found.strips for one in strip.readings if one]
        assert len(read) == sum(
            row.session in {one.id for one in found.sessions}
            for row in known.where(Reading, stakeholder=person.id)
        )
        assert [one.on for one in found.contacts] == [one.on for one in reversed(contacts(known, person, on))]
        assert len(found.answers) == len(known.where(Answer, stakeholder=person.id))


@given(plans(), later_rows(), st.sampled_from(["alliance", "ps", "tech"]))
def test_rows_of_later_days_change_nothing(plan: AccountPlan, later: list[Entity], audience: str) -> None:
    new = [row for row in later if plan.get(type(row), *row.key) is None]
    more = AccountPlan.of([*plan, *new])
    then, now = (project(as_known(each, ON), audience) for each in (plan, more))
    for person in then.all(Stakeholder):
        assert person_over_time(now, person.id, ON) == person_over_time(then, person.id, ON)
