"""The value targets, what is behind each, and what each is worth."""

from __future__ import annotations

import pytest

from tests.views.plans import at, cells, changed, deed, headings, looked_at, rows
from tests.views.value.targets import REACHED, SURE, gathered
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.model.value import Answer, Target, TargetAnswer
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Refused, Step, apply
from workshop_tui.views.value.targets import Targets


async def test_targets_stand_with_what_is_behind_them_and_short_against_long(sample: AccountPlan) -> None:
    live, view = looked_at(gathered(sample)), Targets()
    table = view.table(live)
    assert headings(table)[2] == "Worth, GBP"
    assert [row.id for row in table.rows] == [
        *(
            "Target/T1",
            "TargetAnswer/T1/V01",
            "TargetAnswer/T1/V06",
            "Target/T2",
            "TargetAnswer/T2/V08",
            "new",
        )
    ]
    behind = table.rows[1]
    assert behind.wide
    assert cells(behind)[0].startswith("└ ● validated · Priya Vantongeren: “Evidence for all 22")
    assert view.head(live).splitlines() == [
        "Estimated GBP 250,000",
        "Short: 1 target, GBP 250,000 · 0 answers",
        "Long: 1 target, 1 without an estimate · 0 answers",
        "Horizon open: 0 targets · 9 answers",
        "No validated answer behind: One data centre less",
    ]
    theirs = looked_at(gathered(sample), CUSTOMER)
    assert view.head(theirs) == ""
    assert [row.id for row in view.table(theirs).rows] == ["Target/T2", "new"]  # V08 is not theirs
    assert headings(view.table(theirs)) == [
        *("Value target", "Objective", "Baseline", "Realised", "Confirmed by", "Horizon")
    ]
    assert view.head(looked_at(sample)) == ""


async def test_answers_go_behind_a_target_and_come_out_and_targets_have_an_order(sample: AccountPlan) -> None:
    live, view = looked_at(gathered(sample)), Targets()
    after = deed(view, live, "Target/T2", "a", "V03")
    assert after.get(TargetAnswer, "T2", "V03")
    out = deed(view, live, "TargetAnswer/T1/V06", "o", "")
    assert out.get(TargetAnswer, "T1", "V06") is None
    assert out.get(Answer, "V06")
    (choices,) = (d.edit.choices for d in view.row_actions(live, "Target/T1"))
    assert not {"V01", "V06"} & {choice.value for choice in choices}
    shifted = apply(live.whole, Step(tuple(view.shift(live, "Target/T1", 1))))
    assert [row.id for row in shifted.all(Target)] == ["T2", "T1"]
    assert view.shift(live, "TargetAnswer/T1/V01", 1) == ()


async def test_money_is_typed_as_people_write_it_and_shown_as_it_is_taken(sample: AccountPlan) -> None:
    live = looked_at(gathered(sample))
    worth = rows(Targets(), live)["Target/T1"].cells[2]
    assert worth.text == "250,000"
    assert worth.edit is not None
    assert worth.edit.text == "250,000"
    assert worth.edit.hint is not None
    assert worth.edit.hint("1.2m") == "GBP 1,200,000"
    assert changed(live, worth, "1.2m").where(Target, estimate=1_200_000.0)
    assert changed(live, worth, "").where(Target, id="T1", estimate=None)
    with pytest.raises(Refused, match="type it as 250000"):
        changed(live, worth, "about a million")


async def test_what_is_confirmed_and_what_is_not_stand_apart_and_are_never_added(sample: AccountPlan) -> None:
    live, view = looked_at(gathered(sample, REACHED, SURE)), Targets()
    first = view.head(live).splitlines()[0]
    assert first == (
        "Estimated GBP 400,000 · Realised, confirmed GBP 70,000 · Realised, not confirmed GBP 40,000"
    )
    waiting, sure = (at(view, live, f"Target/{name}", "Realised") for name in ("T3", "T4"))
    assert [(cell.text, cell.tone) for cell in (waiting, sure)] == [
        ("○ 40,000", "warn"),
        ("✓ 70,000", "good"),
    ]
    assert at(view, live, "Target/T1", "Realised").text == "·"
    assert at(view, live, "Target/T4", "Confirmed on").text == "9 Jun 2026"
    (again,) = changed(live, sure, "75k").where(Target, id="T4")
    assert (again.realised, again.confirmed_by, again.confirmed_on) == (75_000, None, None)
    before = at(view, live, "Target/T3", "Baseline")
    assert (before.text, before.edit and before.edit.text) == ("20,000", "20,000")
    assert changed(live, before, "1.5k").where(Target, id="T3", baseline=1500.0)


async def test_the_customer_sees_confirmed_figures_only_and_changes_none(sample: AccountPlan) -> None:
    live, view = looked_at(gathered(sample, REACHED, SURE), CUSTOMER), Targets()
    shown = {row: cells(found)[2:5] for row, found in rows(view, live).items() if row != "Target/T2"}
    assert shown == {
        "Target/T3": ["·", "·", "·"],
        "Target/T4": ["·", "✓ 70,000", "Dev Rathmore"],
    }
    for row in ("Target/T3", "Target/T4"):
        card = view.card(live, row)
        assert card is not None
        fields = (*rows(view, live)[row].cells[2:5], *(line.cells[1] for line in card.rows[3:7]))
        assert [cell.text for cell in fields if cell.edit] == []
        assert "Estimate" not in [line.cells[0].text for line in card.rows]
    assert view.head(live) == ""
