"""What is recalled while a line is typed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app.canaries import LEAK, with_canaries
from tests.domain.plans import plan_of
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.model.session import Decision, Parking
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.search.recall import Recalled, recall
from workshop_tui.domain.search.words import words


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("p: drills need data résidency", "Data residency for drills"),
        ("residency of the drills in Lisbon", "Data residency for drills"),  # nobody said Lisbon yet
        ("residency", None),
        ("resid drill", None),  # words that are begun are none yet
        ("what a fine day", None),
        ("", None),
    ],
)
def test_the_two_rarest_words_recall_what_was_said(grown: AccountPlan, typed: str, said: str | None) -> None:
    found = recall(project(grown, ALLIANCE), typed)
    assert (found.text if found else None) == said
    assert found is None or found.on == dt.date(2026, 3, 10)


def test_the_newest_of_several_is_recalled() -> None:
    plan = plan_of(
        Parking(id="a", session="S1", text="Cold data centre"),
        Decision(id="b", session="S2", text="Keep the cold centre"),
    )
    assert recall(plan, "a cold centre") == Recalled(dt.date(2026, 6, 9), "Keep the cold centre")


def test_nothing_of_another_audience_is_recalled() -> None:
    plan = plan_of(
        Parking(id="a", session="S1", text="Cold data centre", visibility="tech"),
        Parking(id="b", session="S1", text="Warm water pump"),
        Parking(id="c", session="S1", text="Steam engine room", visibility=CUSTOMER),
    )
    for audience, seen in ((CUSTOMER, {"c"}), (ALLIANCE, {"b", "c"}), ("ps", {"b", "c"}), ("tech", {*"abc"})):
        view = project(plan, audience)
        lines = {"a": "cold centre", "b": "warm pump", "c": "steam room"}
        assert {name for name, line in lines.items() if recall(view, line)} == seen


@pytest.mark.parametrize("audience", [CUSTOMER, ALLIANCE, "ps"])
def test_no_canary_is_recalled(sample: AccountPlan, audience: str) -> None:
    view = project(with_canaries(sample, audience), audience)
    said = [recall(view, f"{a:x} {b:x}") for a in range(256, 1500, 3) for b in (a, a + 1)]
    assert LEAK not in repr(said)


@given(st.data())
def test_what_is_recalled_shares_two_words(grown: AccountPlan, data: st.DataObject) -> None:
    view = project(grown, ALLIANCE)
    pool = sorted({word for row in view.all(Parking) for word in words(row.text)})
    typed = " ".join(data.draw(st.lists(st.sampled_from(pool), max_size=5)))
    if found := recall(view, typed):
        rows = [row for row in view if getattr(row, row.NAME_FIELD, "") == found.text]
        assert any(len(set(words(repr(row))) & set(words(typed))) > 1 for row in rows)
