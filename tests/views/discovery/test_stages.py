"""The stages of the account and what its end taught, as rows."""

from __future__ import annotations

import pytest

from tests.views.plans import cells, changed, looked_at
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import CUSTOMER, AccountStage
from workshop_tui.domain.model.account import Gate, Learnt
from workshop_tui.domain.model.actions import CrmId
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.setters import ASKS
from workshop_tui.domain.plan.step import Step, apply
from workshop_tui.views.cell import Edit
from workshop_tui.views.discovery.lessons import Lessons
from workshop_tui.views.discovery.stages import Stages
from workshop_tui.views.table import Row, Table


def told(table: Table) -> list[str]:
    """Each line as its words, a heading as it is."""
    return [row.heading or " ".join(filter(None, (cell.text for cell in row.cells))) for row in table.rows]


def stage_row(table: Table) -> Row:
    return table.rows[0]


async def test_what_the_next_stage_asks_for_comes_first_then_what_was_passed(grown: AccountPlan) -> None:
    lines = told(Stages().table(looked_at(grown)))
    assert lines[:5] == [
        "Stage now: prospect since 20 May 2026",
        "6 Pursuit: in both firms' CRM · all is met",
        "✓ Stage «prospect» is reached",
        "✓ It is in Quillhaven's CRM",
        "✓ It is in Stratalume's CRM",
    ]
    assert lines[-5:] == [
        "How it went",
        "5 suspect → prospect 20 May 2026",
        "4 introduced → suspect 10 Apr 2026",
        "3 validated → introduced 8 Apr 2026",
        "2 nominated → validated 26 Feb 2026",
    ]
    at = lines.index("✓ Validated, entered 26 Feb 2026")
    assert lines[at + 1 : at + 3] == [
        "✓ Quillhaven's account leader has agreed, by name and date ✓ Rowan Achterberg 24 Feb 2026",
        "✓ Stratalume's account leader has agreed, by name and date ✓ Lucía Brightwater 26 Feb 2026",
    ]


async def test_what_is_missing_is_said_and_the_leaders_word_is_typed_there(sample: AccountPlan) -> None:
    live = looked_at(sample)
    table = Stages().table(live)
    (row,) = (row for row in table.rows if row.id == "Gate/validated/ps")
    assert cells(row)[:2] == ["○", "Quillhaven's account leader has not agreed, by name and date"]
    after = changed(live, row.cells[3], "Rowan")
    assert after.where(Gate, stage=AccountStage.VALIDATED, party="ps", by="Rowan")
    (go,) = (row for row in table.rows if row.id == "Gate/introduced/tech")
    (gate,) = changed(live, go.cells[2], value=False).where(Gate, party="tech")
    assert (gate.stage, gate.agreed) == (AccountStage.INTRODUCED, False)


async def test_a_reason_for_passing_over_a_gate_stands_with_the_stage(sample: AccountPlan) -> None:
    live = looked_at(sample)
    account = sample.account
    early = AccountPlan.of((*sample, with_values(account, stage="nominated")))
    first = ASKS[type(account), "stage"](early, account.key, "suspect", live.context)
    assert first
    assert first.title == "Why enter it? Stage «introduced» is not reached yet"
    nowhere = AccountPlan.of(row for row in sample if not isinstance(row, CrmId))
    asked = ASKS[type(account), "stage"](nowhere, account.key, "pursuit", live.context)
    assert asked
    assert asked.title.startswith("Why enter it? It is not in Quillhaven's CRM")  # names as they are written
    after = apply(early, Step(tuple(first.build(early, "their board asked"))))
    lines = told(Stages().table(looked_at(after)))
    at = lines.index("✓ Suspect, entered 9 Jun 2026")
    assert lines[at + 1] == "All the same: their board asked"


async def test_neither_is_for_the_customer(grown: AccountPlan) -> None:
    for view in (Stages(), Lessons()):
        assert view.table(looked_at(grown, CUSTOMER)).rows == ()


def asked_of(edit: Edit | None, value: str) -> Edit:
    assert edit
    assert edit.follow
    then = edit.follow(value)
    assert then
    return then


@pytest.mark.parametrize("end", ["qualified_out", "lost"])
async def test_an_end_asks_why_who_told_us_in_which_words_and_what_changes(
    sample: AccountPlan, end: str
) -> None:
    plan = AccountPlan.of((*sample, with_values(sample.account, stage="pursuit")))
    live = looked_at(plan)
    why = asked_of(stage_row(Stages().table(live)).cells[1].edit, end)
    assert [choice.text for choice in why.choices][:3] == ["Price", "Budget", "Timing"]
    who = asked_of(why, "Price")
    assert who.text == "none"
    said = asked_of(who, "ST02")
    after = apply(plan, Step(tuple(said.build(plan, "Too dear"))))
    after = apply(after, Step(tuple(said.build(after, "Too dear by a third"))))
    what = asked_of(said, "Too dear by a third")
    after = apply(after, Step(tuple(what.build(after, "Give the cost range first"))))
    (lesson,) = after.all(Learnt)
    assert (lesson.stage, lesson.reason, lesson.told_by, lesson.said, lesson.differently) == (
        *(AccountStage(end), "Price", "ST02"),
        *("Too dear by a third", "Give the cost range first"),
    )
    assert (after.account.stage, after.account.stage_note) == (AccountStage(end), "Price")
    assert cells(Lessons().table(looked_at(after)).rows[0])[:4] == [
        *("9 Jun 2026", AccountStage(end).label, "Price", "Marcus Hale-Obi")
    ]


async def test_another_reason_is_chosen_once_the_account_has_ended(sample: AccountPlan) -> None:
    assert Lessons().placeholder(looked_at(sample)) is None
    ended = AccountPlan.of((*sample, with_values(sample.account, stage="won")))
    edit = Lessons().placeholder(looked_at(ended))
    assert edit
    assert edit.adds
    assert [choice.text for choice in edit.adds("Our references")] == ["+ Add Our references"]
    (lesson,) = apply(ended, Step(tuple(edit.build(ended, "Timing")))).all(Learnt)
    assert (lesson.stage, lesson.reason) == (AccountStage.WON, "Timing")
