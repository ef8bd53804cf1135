"""The account comes to an end, by keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.driver import driving
from workshop_tui.domain.base.vocabulary import AccountStage, BlockKind
from workshop_tui.domain.model.account import Gate, Learnt, StageEntry


async def test_an_account_is_lost_and_what_that_teaches_is_asked_for(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.DISCOVERY)
        await app.to_view("6")
        assert app.shows("Stage now: prospect")
        await app.press("8")
        await app.wait_until(lambda: "The account is not pursuit yet: why all the same?" in app.text)
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


@pytest.mark.parametrize(("key", "said"), [("9", "no decision"), ("q", "qualified out")])
async def test_no_decision_and_qualified_out_are_set_by_a_key_with_their_reason(
    norvane: Path, key: str, said: str
) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await app.to_block(BlockKind.DISCOVERY)
        await app.to_view("6")
        assert app.shows("7–9 Won · lost · no decision: from pursuit")
        assert app.shows("q Qualified out: at any time, with a reason")
        await app.press(key)
        if key == "9":
            await app.wait_until(lambda: "The account is not pursuit yet: why a" in app.text)
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
