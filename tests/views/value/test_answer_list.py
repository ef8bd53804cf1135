"""The answers under their themes, and how they become value targets."""

from __future__ import annotations

from tests.views.plans import at, cells, changed, deed, headings, looked_at, rows
from tests.views.value.targets import gathered
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.model.value import Answer, Target, TargetAnswer
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.views.base import where_added
from workshop_tui.views.keys import key
from workshop_tui.views.value.answer_list import AnswerList
from workshop_tui.views.value.ask import AskView


async def test_answers_gather_under_their_themes(sample: AccountPlan) -> None:
    live, view = looked_at(sample), AnswerList()
    heads = [row.heading for row in view.table(live).rows if row.heading]
    assert heads[:2] == ["evidence · 3 answers, 3 validated", "cost · 2 answers, 0 validated"]
    assert set(rows(view, live)) == {f"Answer/V{n:02}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 10)}
    theirs = looked_at(sample, CUSTOMER)
    assert set(rows(view, theirs)) == {f"Answer/V0{n}" for n in (1, 3, 4, 5, 6)}
    assert view.table(theirs).rows[0].heading == "What must go right this year for your part of the bank?"
    assert "Theme" not in headings(view.table(theirs))
    validated = changed(live, at(view, live, "Answer/V06", "Status"), "validated")
    assert validated.where(Answer, id="V06", validated_on=live.today)


async def test_a_theme_counts_once_it_is_typed_and_keeps_its_spelling(sample: AccountPlan) -> None:
    live, view = looked_at(sample), AnswerList()
    for theme in (at(view, live, "Answer/V06", "Theme"), at(AskView(), live, "Answer/V04", "Theme")):
        assert theme.edit is not None
        assert theme.edit.whole
        assert theme.edit.hint is not None
        assert theme.edit.hint("EVIDENCE") == "joins 3 answers under «evidence»"
        assert theme.edit.hint("evi") == "a new theme; there is: evidence"
        assert theme.edit.hint("zeal") == "a new theme"
    (answer,) = changed(live, at(view, live, "Answer/V06", "Theme"), " EVIDENCE").where(Answer, id="V06")
    assert answer.theme == "evidence"
    alone = changed(live, at(view, live, "Answer/V06", "Theme"), "One Plan")
    assert alone.where(Answer, id="V06", theme="One Plan")  # nobody else's theme


async def test_answers_are_filtered_sorted_and_marked(sample: AccountPlan) -> None:
    live, view = looked_at(sample), AnswerList()
    query = view.table_query(live)
    query.wanted = "priya evid"
    assert list(rows(view, live)) == ["Answer/V01"]
    assert view.head(live) == "«priya evid»: 1 of 9"
    query.clear()
    query.sort("Status")
    assert next(row.id for row in view.table(live).rows) == "Answer/V10"  # assumed
    assert not any(row.heading for row in view.table(live).rows)
    query.sort("Who")
    assert next(cells(row)[0] for row in view.table(live).rows) == "Bram Osterveld"
    query.column = ""
    for answer in ("Answer/V06", "Answer/V08"):
        query.mark(answer)
    after = changed(live, at(view, live, "Answer/V08", "Theme"), "one plan")
    assert {row.id for row in after.where(Answer, theme="one plan")} == {"V06", "V08"}
    assert view.table_query(looked_at(sample, CUSTOMER)).marked == set()


async def test_marked_answers_make_a_target_or_go_under_one(sample: AccountPlan) -> None:
    live, view = looked_at(gathered(sample)), AnswerList()
    assert [d.key for d in view.row_actions(looked_at(sample), "Answer/V01")] == ["t", "v"]
    assert view.row_actions(live, "heading/x") == ()
    for answer in ("Answer/V02", "Answer/V07"):
        view.table_query(live).mark(answer)
    assert [d.text for d in view.row_actions(live, "Answer/V01")] == [
        "Make a value target of the 2 marked",
        "Put the 2 marked under a target that is there",
        "Visible to · 2 answers",
    ]
    made = deed(view, live, "Answer/V01", "t", "A quiet year")
    (target,) = made.where(Target, title="A quiet year")
    assert {row.answer for row in made.where(TargetAnswer, target=target.id)} == {"V02", "V07"}
    put = deed(view, live, "Answer/V02", "p", "T2")
    assert {row.answer for row in put.where(TargetAnswer, target="T2")} == {"V02", "V07", "V08"}
    view.table_query(live).clear()
    assert (
        tuple(view.row_actions(live, "Answer/V08")[1].edit.build(live.whole, "T2")) == ()
    )  # it is there already
    assert at(view, live, "Answer/V08", "Target").text == "One data centre less"


async def test_where_answers_come_in_is_told_where_none_is_added(sample: AccountPlan) -> None:
    live, heard, ask = looked_at(sample), AnswerList(), AskView()
    line = f"by {key('capture')} and «v: …»."
    assert where_added(live, heard, (ask, heard)) == f"Nothing is added here, but in view 1, Ask, or {line}"
    assert where_added(live, heard, (heard,)) == f"Nothing is added here, but {line}"
