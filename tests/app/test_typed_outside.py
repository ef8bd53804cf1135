"""What is typed or pasted where nothing is edited is text: it goes to the capture line, no command runs."""

from __future__ import annotations

from pathlib import Path
from random import Random
from string import ascii_letters, digits

import pytest
from textual import events

from tests.app.driver import Driven, driving
from tests.app.driver import seed as seed_db
from tests.app.test_sealed import sealed
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.tui.keyboard import WORD
from workshop_tui.tui.widgets.capture_line import CaptureLine
from workshop_tui.tui.widgets.status_bar import Tabs

BLOCKS = (BlockKind.OPENING, BlockKind.STAKEHOLDERS, BlockKind.VALUE, BlockKind.ACTIONS, BlockKind.CLOSING)


def line(app: Driven) -> CaptureLine:
    return app.workshop.query_one(CaptureLine)


def standing(app: Driven) -> tuple[object, ...]:
    """Return all that a command can change."""
    stage = app.workspace.stage
    main = stage.main
    row = main.current.id if main.current else ""
    panes = tuple(app.workshop.query_one(f"#{name}").display for name in ("rail", "gaps", "card"))
    return app.live.whole, app.workspace.block, stage.number, stage.marked, row, main.col, panes


async def paste(app: Driven, text: str) -> None:
    driver = app.app._driver
    assert driver is not None
    driver.send_message(events.Paste(text))
    await app.quiet()


@pytest.mark.parametrize("seed", range(2))
async def test_no_command_runs_within_150_ms_of_other_letters_outside_a_field(
    norvane: Path, seed: int
) -> None:
    chance = Random(seed)  # noqa: S311 - no secret
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        for number in range(35):
            if number % 7 == 0:
                await app.to_block(BLOCKS[number // 7])
            await app.press(*(chance.choice(["down", "right"]) for _ in range(2)))
            before = standing(app)
            text = "".join(chance.sample(ascii_letters + digits, WORD + chance.randrange(5)))
            await app.type_text(text)
            assert app.app.screen is app.workshop, text
            assert line(app).line.value == text
            assert standing(app) == before, text
            await app.type_text("", "ctrl+u", "escape")


async def test_words_and_a_first_letter_that_moves_stand_whole_in_the_line(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_people()
        await app.go("Marcus", "Name")
        before = standing(app)
        for text in (
            "next steps",
            "jack is here",
            "hello",
            "vote 5555",
            "x marks it",
            "1234",
            "d: go by fri",
        ):
            await app.type_text(text)
            assert (line(app).line.value, standing(app)) == (text, before)
            await app.type_text("", "ctrl+u", "escape")


async def test_what_is_typed_outside_takes_the_place_of_an_unfinished_line_which_waits(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("f2")
        await app.type_text("Send range", "escape")
        await app.type_text("today")
        field = line(app).line
        assert (field.value, field.cursor_position, field.selection.is_empty) == ("today", 5, True)
        assert app.shows("1 more line waits")
        await app.press("enter", "enter")
        assert field.value == "Send range"


async def test_a_few_keys_are_commands_and_keep_their_order(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_people()
        await app.type_text("v2")
        assert app.workspace.stage.number == 1
        await app.type_text("v1", "down")
        assert (app.workspace.stage.number, app.sheet().row) == (0, 1)
        before = app.workspace.block
        await app.type_text("n", "escape")
        assert app.workspace.block != before
        assert not line(app).is_open


async def test_a_single_key_acts_by_itself(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_people()
        before = app.workspace.block
        driver = app.app._driver
        assert driver is not None
        driver.send_message(events.Key("n", "n"))
        await app.wait_until(lambda: app.workspace.block != before, "the next block is open")


async def test_a_key_held_down_goes_on_acting(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_people()
        await app.type_text("", *["down"] * 8)
        assert app.sheet().row == 8
        await app.type_text("nnnn")
        assert app.workspace.block is not None
        assert not line(app).is_open


async def test_a_paste_of_several_lines_comes_in_by_enter_alone(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        before = app.live.whole
        await paste(app, "- Book the room\n- Read it aloud\n- Close\n")
        assert app.live.whole == before
        assert line(app).line.value == "Book the room"
        assert app.shows("2 more lines wait: Enter adds them, too")
        await app.press("enter")
        for title in ("Book the room", "Read it aloud", "Close"):
            assert app.live.whole.where(Action, title=title), title


async def test_what_was_half_typed_waits_behind_a_paste_and_comes_in_by_no_enter_meant_for_that(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        before = app.live.whole.all(Action)
        await app.press("f2")
        await app.type_text("Half a line")
        await paste(app, "Book the room\nRead it aloud\n")
        assert line(app).line.value == "Book the room"
        assert app.shows("2 more lines wait: Enter adds 1 of them, too")
        await app.press("enter")
        made = [action.title for action in app.live.whole.all(Action) if action not in before]
        assert sorted(made) == ["Book the room", "Read it aloud"]
        await app.press("enter")  # shows it
        assert line(app).line.value == "Half a line"
        assert len(app.live.whole.all(Action)) == len(before) + 2
        await app.press("ctrl+u")
        await app.type_text("p: ")
        await paste(app, "Pricing\nHosting\n")
        assert line(app).line.value == "p: Pricing"  # the letter is for what is pasted behind it


async def test_a_new_row_half_typed_waits_where_several_are_pasted(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_people()
        before = app.live.whole.all(Stakeholder)
        await app.press("a")
        await app.type_text("Abel")
        await paste(app, "Ana Pires\nBo Lund\n")
        await app.press("enter")  # meant for the paste
        names = [one.name for one in app.live.whole.all(Stakeholder) if one not in before]
        assert names == ["Ana Pires", "Bo Lund"]
        assert app.editor.typed == "Abel"
        assert "Not saved yet: this was typed before" in app.beneath
        await app.press("escape")
        assert [one for one in app.live.whole.all(Stakeholder) if one.name == "Abel"] == []


async def test_in_a_sealed_session_typing_runs_nothing_and_says_why(
    sample: AccountPlan, tmp_path: Path
) -> None:
    seed_db(tmp_path / "w.db", sealed(sample))
    async with driving(tmp_path / "w.db", account="norvane") as app:
        before = standing(app)
        await app.type_text("next steps")
        assert standing(app) == before
        assert "sealed" in app.told


async def test_keys_that_wait_are_dropped_where_a_question_has_come_by_itself(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_people()
        before = app.live.whole.all(Block), app.workspace.block
        driver = app.app._driver
        assert driver is not None
        key = events.Key("n", "n")
        driver.send_message(key)
        await app.wait_until(lambda: app.app._burst.waiting, "it waits")
        app.app.action_help()
        await app.wait_until(lambda: not app.app._burst.keys, "it has waited")
        assert (app.live.whole.all(Block), app.workspace.block) == before


async def test_no_key_changes_a_value_on_a_screen_whose_tabs_show_it_as_a_view(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        stage, shown = app.workspace.stage, 0
        for block in app.workspace.blocks():
            app.workspace.open_block(block.id)
            for number in range(len(stage.views)):
                stage.open_view(number)
                for column in range(len(stage.main.table.cols)):
                    stage.main.col = column if column in stage.main._lay.columns else stage.main.col
                    stage.hint()
                    tabs = stage.query_one("#tabs", Tabs)
                    digits = set(stage.main.keys) & set("123456789")
                    assert not (tabs.numbered and digits), (block.kind, number, column)
                    if not tabs.numbered:
                        continue
                    before, digit = app.live.whole, str(number % len(stage.views) + 1)
                    shown += 1
                    await app.press(digit)
                    assert (app.live.whole, stage.number) == (before, number), (block.kind, number, column)
        assert shown > 20
