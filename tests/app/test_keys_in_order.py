"""In every field keys are done in the order in which they came, also all those of one chunk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from tests.app.driver import Driven, driving
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.model.value import Answer
from workshop_tui.tui.screens.dialogs import Ask, Field
from workshop_tui.tui.widgets.typed_text import TypedText

TYPED = [*"alpha beta", *["backspace"] * 4, *"XY", *["left"] * 2, "Z", "end", "!", "home", "delete", "A"]
SAYS = "Alpha ZXY!"


async def take(_values: object) -> dict[str, str]:
    return {}


async def open_capture(app: Driven) -> None:
    await app.press("f2")


async def open_cell(app: Driven) -> None:
    await app.to_block(BlockKind.STAKEHOLDERS)
    await app.go("Marcus", "Title", "main", "enter", "ctrl+u")


async def open_words(app: Driven) -> None:
    await app.to_block(BlockKind.OPENING)
    await app.press("v", "1", "enter", "ctrl+a", "ctrl+k")


async def open_dialog(app: Driven) -> None:
    app.app.push_screen(Ask("Anything", (Field("one", "One"), Field("two", "Two")), take, "Take"))
    await app.quiet()


def typed(app: Driven) -> str:
    focused = app.app.screen.focused
    assert isinstance(focused, Input | TypedText)
    return focused.value if isinstance(focused, Input) else focused.text


async def open_filter(app: Driven) -> None:
    await app.to_block(BlockKind.STAKEHOLDERS)
    await app.press("slash")


@pytest.mark.parametrize("begin", [open_capture, open_cell, open_words, open_dialog, open_filter])
async def test_a_field_does_keys_in_the_order_in_which_they_come(
    norvane: Path, begin: Callable[[Driven], Awaitable[None]]
) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await begin(app)
        await app.press_unanswered(*TYPED)
        assert typed(app) == SAYS


async def test_letters_behind_an_enter_or_a_tab_go_to_the_field_it_leads_to(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await open_dialog(app)
        await app.press_unanswered(
            *"Ab", "backspace", "enter", *"Cd", "left", "shift+tab", "end", *"!", "tab"
        )
        one, two = app.app.screen.query(Input)
        assert (one.value, two.value) == ("A!", "Cd")


async def test_keys_behind_the_enter_of_a_filter_are_for_the_table(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await open_filter(app)
        await app.press_unanswered(*"marcuz", "backspace", "s", "enter", "end")
        main = app.sheet()
        assert [row.id for row in main.table.rows if "Marcus" in str(row.cells)]
        assert main.has_focus
        assert main.col > 0


async def test_keys_behind_a_paste_come_behind_it(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        driver = app.app._driver
        assert driver is not None
        for begin in (open_cell, open_capture):
            await begin(app)
            for event in (events.Key("p", "p"), events.Paste("alphas"), events.Key("backspace", None)):
                event.set_sender(app.app)
                driver.send_message(event)
            await app.press_unanswered("!")
            assert typed(app) == "palpha!"


async def test_a_given_answer_is_gone_on_with_in_the_same_line(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.VALUE)
        await app.to_view("1")
        await app.press("enter")
        await app.type_text("Live by March", "enter", "up", "enter")
        assert "Ctrl+J new line" in app.beneath
        await app.type_text("at the latest", "ctrl+j", *"The board, too", "enter")
        assert "Live by March at the latest\nThe board, too" in [
            answer.text for answer in app.live.whole.all(Answer)
        ]


async def test_a_key_waits_for_a_next_one_though_the_one_before_it_was_looked_at_late(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        _, second, third, *_ = app.workspace.blocks()
        late, now = events.Key("n", "n"), events.Key("n", "n")
        late.time -= 1  # as when something has held up the app meanwhile
        for event in (late, now):
            event.set_sender(app.app)
            app.app.post_message(event)
        await app.quiet()
        assert app.workspace.block == second
        assert app.app._burst.waiting == [now]
        await app.wait_until(lambda: app.workspace.block == third, "nothing has come after it")
