"""What we have done: what the customer acknowledges, and apart from it what nobody has yet."""

from __future__ import annotations

from tests.views.plans import at, cells, changed, looked_at, rows
from tests.views.value.targets import RESTORED, RUMOUR, TESTED, gathered
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.model.value import Answer, Proof
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.views.value.proofs import Proofs


async def test_what_is_acknowledged_stands_apart_with_sums_of_its_own(sample: AccountPlan) -> None:
    live, view = looked_at(gathered(sample, TESTED, RESTORED, RUMOUR)), Proofs()
    assert [row.heading or row.id for row in view.table(live).rows] == [
        *("Not acknowledged yet", "Proof/F1", "Proof/F3"),
        *("Acknowledged", "Proof/F2", "new"),
    ]
    assert view.head(live) == (
        "Dev Rathmore speaks · 1 of 3 acknowledged · acknowledged GBP 500,000 · not acknowledged GBP 300,007"
    )
    assert cells(rows(view, live)["Proof/F2"])[:6] == [
        *("✓", "Payments restored in an hour", "both", "present", "500,000", "Dev Rathmore")
    ]
    assert at(view, live, "Proof/F1", "Firm").text == "Quillhaven"
    firm = at(view, live, "Proof/F2", "Firm").edit
    assert firm is not None
    assert (firm.text, [choice.text for choice in firm.choices]) == (
        "both",
        ["Quillhaven", "Stratalume", "both"],
    )
    (made,) = changed(live, view.table(live).rows[-1].cells[0], "One plan").where(Proof, text="One plan")
    assert (made.party, made.is_recognised) == (None, False)


async def test_one_key_has_it_acknowledged_by_who_speaks_and_goes_on(sample: AccountPlan) -> None:
    live, view = looked_at(gathered(sample, TESTED, RESTORED, RUMOUR)), Proofs()
    tick = rows(view, live)["Proof/F1"].cells[0].edit
    assert tick is not None
    assert [choice.key for choice in tick.choices] == ["y"]
    assert tick.then == "Proof/F3"
    (now,) = changed(live, rows(view, live)["Proof/F1"].cells[0], "yes").where(Proof, id="F1")
    assert (now.recognised_by, now.recognised_on, now.worth) == ("ST06", live.today, 300_000)
    view.step(live, "Proof/F1", 1)
    (then,) = changed(live, rows(view, live)["Proof/F1"].cells[0], "yes").where(Proof, id="F1")
    assert then.recognised_by == "ST13"
    (back,) = changed(live, rows(view, live)["Proof/F2"].cells[0], False).where(Proof, id="F2")
    assert (back.recognised_by, back.recognised_on) == (None, None)
    (heard,) = sample.where(Answer, id="V06")
    assert view.reveal(live, "Answer/V06") == "Answer/V06"
    (told,) = changed(live, rows(view, live)["Proof/F1"].cells[0], "yes").where(Proof, id="F1")
    assert told.recognised_by == heard.stakeholder


async def test_other_words_or_another_worth_are_acknowledged_anew(sample: AccountPlan) -> None:
    live, view = looked_at(gathered(sample, RESTORED)), Proofs()
    for heading, typed in (("Proof", "Payments restored"), ("Worth, GBP", "600k")):
        (now,) = changed(live, at(view, live, "Proof/F2", heading), typed).where(Proof, id="F2")
        assert (now.recognised_by, now.recognised_on) == (None, None)


async def test_the_customer_sees_no_worth_that_it_has_not_acknowledged(sample: AccountPlan) -> None:
    live, view = looked_at(gathered(sample, TESTED, RESTORED, RUMOUR), CUSTOMER), Proofs()
    shown = rows(view, live)
    assert list(shown) == ["Proof/F1", "Proof/F2"]
    assert [cells(row)[4] for row in shown.values()] == ["·", "500,000"]
    assert (view.head(live), view.subjects(live)) == ("", ())
    for name, row in shown.items():
        card = view.card(live, name)
        assert card is not None
        sums = (row.cells[0], *row.cells[4:7], *(line.cells[1] for line in card.rows[3:6]))
        assert [cell.text for cell in sums if cell.edit] == []
