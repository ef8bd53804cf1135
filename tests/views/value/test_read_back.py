"""What was heard is read back to those who said it, and confirmed."""

from __future__ import annotations

from tests.views.plans import cells, changed, looked_at, rows
from tests.views.value.targets import REACHED, SURE, gathered
from workshop_tui.domain.base.vocabulary import CUSTOMER, AnswerStatus
from workshop_tui.domain.model.value import Answer, Target
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.views.value.read_back import AnswersReadBack


async def test_what_was_heard_is_read_back_person_by_person(sample: AccountPlan) -> None:
    live, view = looked_at(sample), AnswersReadBack()
    names = list(rows(view, live))
    assert names[:5] == [f"Answer/V{n}" for n in ("06", "07", "02", "08", "10")]
    assert set(names[5:]) == {f"Answer/V{n}" for n in ("01", "03", "04", "05")}
    assert view.head(live).startswith("4 of 9 confirmed")
    large = view.large(live, "Answer/V02")
    assert large is not None
    assert large.label == "I HEARD YOU SAY"
    assert large.text.startswith("“Signs the attestation")
    assert large.beneath == "Priya Vantongeren, on “Why does this matter to you, apart from the bank?”"
    assumed, done = view.large(live, "Answer/V10"), view.large(live, "Answer/V01")
    assert assumed is not None
    assert done is not None
    assert assumed.label == "WE THINK THAT YOU WOULD SAY"
    assert done.label == "CONFIRMED IN THESE WORDS"
    assert view.reveal(live, "Answer/V01") == "Answer/V06"
    assert view.reveal(live, "Answer/V08") == "Answer/V08"
    assert view.large(live, "heading/done") is None


async def test_a_tick_confirms_today_and_goes_on_and_other_words_are_heard_again(sample: AccountPlan) -> None:
    live, view = looked_at(sample), AnswersReadBack()
    tick = rows(view, live)["Answer/V10"].cells[0]
    assert tick.edit is not None
    assert tick.edit.then == "Answer/V06"  # the last leads to the first that still waits
    (now,) = changed(live, tick, True).where(Answer, id="V10")
    assert (now.status, now.validated_on) == (AnswerStatus.VALIDATED, live.today)
    (again,) = changed(live, rows(view, live)["Answer/V01"].cells[0], False).where(Answer, id="V01")
    assert (again.status, again.validated_on) == (AnswerStatus.HEARD, None)
    (corrected,) = changed(live, rows(view, live)["Answer/V01"].cells[1], "Proof").where(Answer, id="V01")
    assert (corrected.status, corrected.validated_on) == (AnswerStatus.HEARD, None)


async def test_all_that_is_confirmed_says_so(sample: AccountPlan) -> None:
    confirmed = AccountPlan.of(row for row in sample if not isinstance(row, Answer) or row.validated_on)
    assert AnswersReadBack().head(looked_at(confirmed)) == "All 4 confirmed today."
    nothing = looked_at(AccountPlan.of(row for row in sample if not isinstance(row, Answer)))
    assert AnswersReadBack().head(nothing) == ""
    assert AnswersReadBack().table(nothing).empty == "Nothing waits to be confirmed."


async def test_a_realised_value_is_confirmed_by_who_speaks_today(
    sample: AccountPlan,
) -> None:
    live, view = looked_at(gathered(sample, REACHED, SURE)), AnswersReadBack()
    assert view.head(live).startswith("Dev Rathmore confirms figures · 5 of 11 confirmed")
    figure = rows(view, live)["Target/T3"]
    assert cells(figure) == [
        *("○", "Two days to close: GBP 40,000 (GBP 20,000 before, GBP 90,000 estimated)"),
        *("Dev Rathmore?", "realised"),
    ]
    (now,) = changed(live, figure.cells[0], "yes").where(Target, id="T3")
    assert (now.realised, now.confirmed_by, now.confirmed_on) == (40_000, "ST06", live.today)
    view.step(live, "Target/T3", 1)
    (then,) = changed(live, rows(view, live)["Target/T3"].cells[0], "yes").where(Target, id="T3")
    assert then.confirmed_by == "ST13"
    view.reveal(live, "Answer/V06")
    (heard,) = sample.where(Answer, id="V06")
    (told,) = changed(live, rows(view, live)["Target/T3"].cells[0], "yes").where(Target, id="T3")
    assert told.confirmed_by == heard.stakeholder
    (corrected,) = changed(live, figure.cells[1], "45k").where(Target, id="T3")
    assert (corrected.realised, corrected.confirmed_on) == (45_000, None)
    (back,) = changed(live, rows(view, live)["Target/T4"].cells[0], False).where(Target, id="T4")
    assert (back.realised, back.confirmed_by, back.confirmed_on) == (70_000, None, None)
    waiting, done = (view.large(live, f"Target/{name}") for name in ("T3", "T4"))
    assert waiting is not None
    assert done is not None
    assert (waiting.label, waiting.note) == ("VALUE REALISED: IS THIS RIGHT?", "not confirmed")
    assert (done.label, done.beneath) == ("VALUE CONFIRMED", "Dev Rathmore")
    assert view.large(live, "Target/T1") is None


async def test_the_customer_is_read_no_figure_that_it_has_not_confirmed(
    sample: AccountPlan,
) -> None:
    view = AnswersReadBack()
    shown, without = (looked_at(gathered(sample, *more), CUSTOMER) for more in ((REACHED, SURE), (SURE,)))
    assert view.table(shown) == view.table(without)
    assert view.head(shown) == view.head(without)
    assert view.subjects(shown) == ()
    assert view.large(shown, "Target/T3") is None
    assert [cell.edit for cell in rows(view, shown)["Target/T4"].cells] == [None] * 3
