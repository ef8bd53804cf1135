"""The log of all contacts agrees with what is worked out of one person's."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.plans import ON, plans
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.meeting_log import Met, meeting_log, of_each
from workshop_tui.domain.rules.people import Encounter, contacts, run_alone, solo_run

DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))


@given(plans(), DAYS)
def test_the_log_holds_everybodys_contacts_and_their_solo_runs(plan: AccountPlan, on: dt.date) -> None:
    each = of_each(meeting_log(plan, on))
    for person in plan.all(Stakeholder):
        met = each.get(person.id, ())
        assert tuple(Encounter(one.on, one.parties) for one in met) == contacts(plan, person, on)
        assert run_alone(plan, [one.parties for one in met]) == solo_run(plan, person, on)


def test_the_log_of_the_sample(sample: AccountPlan) -> None:
    log = meeting_log(sample, ON)
    assert [bool(met.session) for met in log] == [False] * 21 + [True]
    assert log[-1].people == ("ST06", "ST13")
    assert log[-1].members == ("P1", "P2", "P3", "P4", "T1", "T2", "T3", "T4")
    joint = next(met for met in log if met.meeting == "M13")
    assert joint == Met(
        dt.date(2026, 5, 20), ("ST04",), ("P3", "T1"), frozenset({"ps", "tech"}), meeting="M13"
    )
    assert meeting_log(sample, ON) is log
