"""The account comes to an end, by keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.driver import Driven, driving
from workshop_tui.domain.base.vocabulary import AccountStage, BlockKind
from workshop_tui.domain.model.account import Gate, Learnt, StageEntry


async def test_an_account_is_lost_and_what_that_teaches_is_asked_for(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.DISCOVERY)
        await app.to_view("6")
        assert app.shows("Stage now: prospect")
        await app.press("8")
        await app.wait_until(lambda: "Why enter it? Stage «pursuit» is not reached yet" in app.text)
        await app.type_text("They chose before we asked", "enter")
        await app.wait_until(lambda: "Lost: why?" in app.text)
        await app.type_text("compet", "enter")
        await app.wait_until(lambda: "Lost: who of theirs told us?" in app.text)
        await app.type_text("marcus", "enter")
        await app.type_text("The other one was there first", "enter")
        await app.type_text("Ask in March", "enter")
        (lesson,) = app.live.whole.all(Learnt)
        assert (lesson.reason, lesson.told_by, lesson.said, lesson.differently) == (
            *("Competitor", "ST02"),
            *("The other one was there first", "Ask in March"),
        )
        (entry,) = app.live.whole.all(StageEntry)
        assert (entry.was, entry.stage, entry.why) == (
            *(AccountStage.PROSPECT, AccountStage.LOST),
            "They chose before we asked",
        )
        await app.to_view("7")
        assert app.shows("Competitor")
        assert app.shows("Marcus Hale-Obi")
        await app.press("ctrl+z")
        prospect = AccountStage.PROSPECT
        await app.wait_until(lambda: app.live.whole.account.stage is prospect, "all of it is undone")
        assert app.live.whole.all(Learnt) == ()


async def test_nothing_has_changed_where_the_reason_is_left_open(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.DISCOVERY)
        await app.to_view("6")
        await app.press("6")
        assert app.live.whole.account.stage is AccountStage.PURSUIT
        await app.press("7")
        await app.wait_until(lambda: "Won: why?" in app.text)
        await app.press("escape")
        assert app.live.whole.account.stage is AccountStage.PURSUIT


ENDS = {"7": AccountStage.WON, "8": AccountStage.LOST, "9": AccountStage.NO_DECISION}


async def to_end(app: Driven, key: str, *, is_met: bool) -> None:
    """Say that the account comes to its end, and answer what is asked before why it does."""
    await app.to_block(BlockKind.DISCOVERY)
    await app.to_view("6")
    if key in ENDS:
        await app.press(*(["6"] if is_met else []), key)
    else:
        await app.press("enter")
        await app.type_text(key, "enter")
    if not is_met:
        await app.wait_until(lambda: "Why enter it? Stage «pursuit» is not reached yet" in app.text)
        await app.type_text("They chose before we asked")
        app.workspace.flush()
        assert app.live.whole.account.stage is AccountStage.PROSPECT
        await app.press("enter")
    await app.wait_until(lambda: "why?" in app.text)


CASES = [
    *((key, end, is_met) for key, end in ENDS.items() for is_met in (True, False)),
    ("qualified", AccountStage.QUALIFIED_OUT, True),
]


@pytest.mark.parametrize(("key", "is_met"), [(key, is_met) for key, _, is_met in CASES])
async def test_an_end_that_is_broken_off_before_its_lesson_changes_nothing_and_says_so(
    norvane: Path, key: str, *, is_met: bool
) -> None:
    async with driving(norvane, account="norvane") as app:
        await to_end(app, key, is_met=is_met)
        before = app.live.whole
        await app.type_text("Budget", "enter")
        await app.wait_until(lambda: "who of theirs told us?" in app.text)
        await app.press("escape")
        assert app.shows("Nothing has changed: a question was left open.")
        assert app.live.whole == before
        assert app.live.whole.all(Learnt) == ()


@pytest.mark.parametrize(("key", "end", "is_met"), CASES)
async def test_an_end_whose_last_question_is_left_keeps_the_lesson_and_says_so(
    norvane: Path, key: str, end: AccountStage, *, is_met: bool
) -> None:
    async with driving(norvane, account="norvane") as app:
        await to_end(app, key, is_met=is_met)
        before = app.live.whole
        for answer in ("Budget", "none", ""):
            await app.type_text(answer, "enter")
        await app.wait_until(lambda: "what do we do differently?" in app.text)
        await app.press("escape")
        assert app.shows("What was answered so far is kept: Ctrl+Z undoes it.")
        (lesson,) = app.live.whole.all(Learnt)
        assert (lesson.stage, lesson.reason) == (end, "Budget")
        entry = app.live.whole.all(StageEntry)[-1]
        assert (entry.stage, entry.why) == (end, "Budget" if is_met else "They chose before we asked")
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.live.whole == before, "one undo takes all of it back")


@pytest.mark.parametrize(("key", "said"), [("9", "no decision"), ("q", "qualified out")])
async def test_no_decision_and_qualified_out_are_set_by_a_key_with_their_reason(
    norvane: Path, key: str, said: str
) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await app.to_block(BlockKind.DISCOVERY)
        await app.to_view("6")
        assert app.shows("7–9 Won · lost · no decision: after pursuit")
        assert app.shows("q Qualified out: at any time, with a reason")
        await app.press(key)
        if key == "9":
            await app.wait_until(lambda: "Why enter it? Stage «pursuit» is not reached yet" in app.text)
            await app.type_text("They wait for the board", "enter")
        await app.wait_until(lambda: f"{said.capitalize()}: why?" in app.text)
        await app.type_text("budget", "enter")
        await app.wait_until(lambda: "who of theirs told us?" in app.text)
        await app.type_text("marcus", "enter")
        await app.type_text("Not this year", "enter")
        await app.type_text("Ask in March", "enter")
        assert app.shows(f"Stage now: {said}")
        (lesson,) = app.live.whole.all(Learnt)
        assert (lesson.stage.label, lesson.reason, lesson.differently) == (said, "Budget", "Ask in March")
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.shows("Stage now: prospect"), "it is undone as a whole")
        assert app.live.whole.all(Learnt) == ()


async def test_a_leaders_word_is_typed_beside_its_condition(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.DISCOVERY)
        await app.to_view("6")
        await app.fill("Gate/validated/tech", "Who", "Lucía Brightwater")
        await app.fill("Gate/validated/tech", "When", "26 feb 2026")
        (gate,) = app.live.whole.all(Gate)
        assert (gate.party, gate.by, str(gate.on)) == ("tech", "Lucía Brightwater", "2026-02-26")
        assert app.shows("Stratalume's account leader has agreed")
