"""Which risk comes first, and which decision holds."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.plans import plan_of, rows_of
from workshop_tui.domain.base.vocabulary import RiskStatus
from workshop_tui.domain.model.session import Decision, Risk, Session
from workshop_tui.domain.rules.decisions import replaced_by
from workshop_tui.domain.rules.risks import ranked, weight


def risk(name: str, likelihood: int | None = None, impact: int | None = None, status: str = "open") -> Risk:
    return Risk(
        id=name, session="S1", text=name, likelihood=likelihood, impact=impact, status=RiskStatus(status)
    )


def test_the_heaviest_comes_first_then_what_has_no_weight_and_the_closed_last() -> None:
    risks = [
        risk("closed", 3, 3, "closed"),
        risk("unknown", 3),
        risk("light", 1, 2),
        risk("heavy", 3, 2),
        risk("happened", 2, 2, "realised"),
        risk("as-light", 2, 1),
    ]
    assert [each.id for each in ranked(risks)] == [
        *("heavy", "happened", "light", "as-light", "unknown", "closed")
    ]
    assert [weight(each) for each in risks] == [9, None, 2, 6, 4, 2]


@given(st.lists(rows_of(Risk)))
def test_ranking_loses_nobody_and_is_stable(risks: list[Risk]) -> None:
    once = ranked(risks)
    assert sorted(map(id, once)) == sorted(map(id, risks))
    assert ranked(once) == once


def test_of_several_decisions_the_last_takes_the_place() -> None:
    start, older = (
        Session(id="S1", held_on=dt.date(2026, 6, 9)),
        Decision(id="a", session="S1", text="We start"),
    )
    one = Decision(id="b", rank=2, session="S1", text="We wait", replaces="a")
    two = Decision(id="c", rank=3, session="S1", text="We stop", replaces="a")
    plan = plan_of(start, older, one, two)
    assert replaced_by(plan, older) == two
    assert replaced_by(plan, two) is None
