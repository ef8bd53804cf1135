"""The introduction call as it is shown: forms beside each other, talking points, chemistry, go or no go."""

from __future__ import annotations

import pytest

from tests.domain.plans import plan_of
from tests.views.plans import at, cells, changed, headings, looked_at, rows
from workshop_tui.domain.base.vocabulary import CUSTOMER, AccountStage
from workshop_tui.domain.model.account import Gate
from workshop_tui.domain.model.discovery import Bullet
from workshop_tui.domain.model.session import Chemistry
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Refused, Step, apply
from workshop_tui.views.introduction.views import ChemistryCheck, FormsBeside, TalkingPoints

SESSION = "S2"


async def test_line_stands_beside_line_and_is_changed_there(sample: AccountPlan) -> None:
    view, live = FormsBeside(), looked_at(sample)
    assert headings(view.table(live)) == ["Quillhaven, sent 20 Feb 2026", "Stratalume, sent 23 Feb 2026"]
    first = rows(view, live)["beside/1"]
    assert [text[:12] for text in cells(first)] == ["Eleven years", "Two non-crit"]
    after = changed(live, first.cells[1], "Three workloads")
    assert after.where(Bullet, party="tech")[0].text == "Three workloads"


async def test_each_firm_has_a_line_for_what_it_adds() -> None:
    live = looked_at(plan_of(Bullet(id="b", party="ps", text="Known")), session=SESSION)
    table = FormsBeside().table(live)
    assert [cells(row) for row in table.rows] == [["Known", ""], ["+ New line of One"], ["+ New line of Two"]]
    edit = table.rows[2].cells[0].edit
    assert edit is not None
    after = apply(live.whole, Step(tuple(edit.build(live.whole, "Hello"))))
    assert [bullet.text for bullet in after.where(Bullet, party="tech")] == ["Hello"]


async def test_talking_points_are_told_with_what_each_firm_says(sample: AccountPlan) -> None:
    view, live = TalkingPoints(), looked_at(sample)
    assert view.head(live).startswith("They differ on ")
    first = cells(rows(view, live)["point/1"])
    assert first == ["Senior access today", "4 of 5", "2 of 5", "They differ: what does each see?"]
    assert TalkingPoints().table(looked_at(plan_of(), session=SESSION)).told_empty.startswith("The forms say")


async def test_chemistry_is_scored_for_this_call_and_leaders_say_go_by_name() -> None:
    view, live = ChemistryCheck(), looked_at(plan_of(), session=SESSION)
    assert cells(rows(view, live)["Party/ps"]) == ["One", "?", "score first", "?", "?", "·"]
    scored = changed(live, at(view, live, "Party/ps", "Chemistry"), 4)
    assert scored.get(Chemistry, SESSION, "ps") == Chemistry(session=SESSION, party="ps", score=4)
    live = looked_at(scored, session=SESSION)
    worded = changed(live, at(view, live, "Party/ps", "In a word"), "open")
    assert worded.where(Chemistry, word="open")
    assert at(view, live, "Party/ps", "Says").edit is None
    assert view.why_not(live, "Party/ps") == "Say go or no go first: the name goes with it."
    edit = at(view, live, "Party/ps", "Go?").edit
    assert edit
    assert edit.follow
    who = edit.follow(False)
    assert who
    assert who.title == "One: which account leader says no go?"
    with pytest.raises(Refused, match="by name alone"):
        who.build(live.whole, " ")
    said = apply(live.whole, Step(tuple(who.build(live.whole, "Leader"))))
    gate = said.get(Gate, AccountStage.INTRODUCED.value, "ps")
    assert gate is not None
    assert (gate.agreed, gate.by, gate.on) == (False, "Leader", live.today)
    assert view.head(looked_at(said, session=SESSION)).startswith("No go")
    back = looked_at(said, session=SESSION)
    assert not changed(back, at(view, back, "Party/ps", "Go?"), None).all(Gate)


async def test_go_of_both_says_what_is_still_in_the_way() -> None:
    gates = (Gate(stage=AccountStage.INTRODUCED, party=party, by="Leader") for party in ("ps", "tech"))
    live = looked_at(plan_of(*gates), session=SESSION)
    assert ChemistryCheck().head(live) == "Go: stage «validated» is not reached yet."
    assert at(ChemistryCheck(), live, "Party/ps", "Go?").text == "go"
    nameless = (Gate(stage=AccountStage.INTRODUCED, party=party) for party in ("ps", "tech"))
    older = looked_at(plan_of(*nameless), session=SESSION)
    assert at(ChemistryCheck(), older, "Party/ps", "Go?").text == "go: who?"
    assert ChemistryCheck().head(older).startswith("Each firm scores")
    first = looked_at(plan_of(), session=SESSION)
    assert ChemistryCheck().head(first).startswith("Each firm scores")


async def test_none_of_it_is_for_the_customer(sample: AccountPlan) -> None:
    live = looked_at(sample, CUSTOMER)
    assert not any(view.is_open(live) for view in (FormsBeside(), TalkingPoints(), ChemistryCheck()))
