"""In every dialog that asks which, what is typed only finds: Enter takes, and nothing beneath hears of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest

from tests.app.driver import Driven, driving
from tests.app.test_conflicts import clash
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.step import Step
from workshop_tui.domain.rules.milestones import milestones
from workshop_tui.tui.account_actions import _keeps_date
from workshop_tui.tui.features.audience import Audience
from workshop_tui.tui.features.seal import SealSession
from workshop_tui.tui.screens.dialogs import Choose, confirm

Opens = Callable[[Driven, Path], Awaitable[object]]
WORDS = ("yes", "no", "score", "quit", "alliance", "x1 2adeT[]. ?", "zzzz")
"""Words people type; among them every kind of key that is a command on the screen beneath."""


async def _deeds(app: Driven, _path: Path) -> None:
    await app.to_block(BlockKind.ACTIONS)
    await app.press("d")


async def _marked(app: Driven, _path: Path) -> None:
    await app.to_block(BlockKind.ACTIONS)
    await app.press("m", "m", "d")


async def _audience(app: Driven, _path: Path) -> None:
    await app.press("f4", "shift+f4")


async def _clock(app: Driven, _path: Path) -> None:
    await app.press("f7")


async def _remove(app: Driven, _path: Path) -> None:
    await app.to_block(BlockKind.STAKEHOLDERS)
    await app.go("Priya", "Name", "main", "x")


async def _seal(app: Driven, _path: Path) -> None:
    app.workspace[SealSession].seal()


async def _conflict(app: Driven, path: Path) -> None:
    await app.to_block(BlockKind.STAKEHOLDERS)
    await clash(app, path, "Treasurer", " too")


async def _comes_in(app: Driven, _path: Path) -> None:
    came = partial(app.workspace[Audience]._propose, "ST06", Step(()))
    app.workspace.run_worker(came, group="test")


async def _date(app: Driven, _path: Path) -> None:
    app.app.push_screen(_keeps_date("Norvane Bank", app.live.today))


async def _quits(app: Driven, _path: Path) -> None:
    app.app.push_screen(confirm("Quit?", "Not everything is saved.", "Quit and lose it"))


KINDS: dict[str, Opens] = {
    "deeds": _deeds,
    "marked": _marked,
    "audience": _audience,
    "clock": _clock,
    "remove": _remove,
    "seal": _seal,
    "conflict": _conflict,
    "comes in": _comes_in,
    "date": _date,
    "quit": _quits,
}


def dialog(app: Driven) -> Choose:
    """Return the dialog that asks."""
    assert isinstance(app.app.screen, Choose), app.text
    return app.app.screen


def highlighted(app: Driven) -> str:
    """Return what Enter would take."""
    chosen = dialog(app)._list.chosen
    return chosen.text if chosen else ""


@pytest.mark.parametrize("kind", KINDS)
async def test_a_word_typed_into_a_dialog_runs_nothing_and_changes_nothing(norvane: Path, kind: str) -> None:
    async with driving(norvane, account="norvane") as app:
        await KINDS[kind](app, norvane)
        await app.wait_until(lambda: isinstance(app.app.screen, Choose), "it asks")
        asked, screens, reached = dialog(app), list(app.app.screen_stack), app.live.reached
        beneath = app.workspace.block, app.workspace.stage.number, app.live.audience
        for word in WORDS:
            await app.type_text(word)
            assert f"› {word}" in app.text
            await app.stored()
            assert app.app.screen_stack == screens, word
            assert (app.workspace.block, app.workspace.stage.number, app.live.audience) == beneath, word
            await app.press(*("backspace",) * len(word))
            assert len(asked._list.choices) == len(asked._every)
        assert app.live.reached == reached
        leaves = "keeps the curtain" if kind == "comes in" else "leaves"
        assert f"Type to find · Enter takes · Esc {leaves}" in app.text
        await app.press("escape")
        await app.stored()
        if kind == "comes in":  # the curtain stays until somebody has said who may look
            await app.press("f5", "a", "enter")
        assert (app.app.screen, app.live.reached) == (app.workshop, reached)
        assert app.live.audience == beneath[2]


async def test_what_is_typed_finds_by_key_then_by_words_and_enter_takes_it(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await _deeds(app, norvane)
        await app.type_text("d")
        assert highlighted(app) == "Done"
        assert app.shows("› d · 1 of 3")
        await app.press("down")
        assert highlighted(app) == "Drop"
        assert app.shows("› d · 2 of 3")
        await app.type_text("one")
        assert [choice.text for choice in dialog(app)._list.choices] == ["Done"]
        await app.press(*("backspace",) * 3)
        await app.type_text("zz", "enter")
        assert app.shows("Nothing here fits")
        assert dialog(app)._list.choices == ()
        await app.press(*("backspace",) * 2)
        await app.press("down", "enter")
        assert "Drop" in str(app.editor.border_title) or "drop" in str(app.editor.border_title).lower()


async def test_a_question_is_no_until_yes_is_chosen(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        for kind in ("remove", "seal", "quit"):
            reached = app.live.reached
            await KINDS[kind](app, norvane)
            await app.wait_until(lambda: isinstance(app.app.screen, Choose), "it asks")
            assert highlighted(app).startswith("No")
            await app.press("enter")
            await app.stored()
            assert (app.app.screen, app.live.reached) == (app.workshop, reached)
        await _seal(app, norvane)
        await app.wait_until(lambda: isinstance(app.app.screen, Choose), "it asks")
        await app.type_text("yes", "enter")
        await app.wait_until(lambda: "SEALED" in app.rows[0], "it is sealed")


async def test_who_looks_now_is_highlighted_and_never_somebody_wider(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.press("f4", "shift+f4")
        assert highlighted(app) == "Customer"
        await app.press("enter")
        assert (app.app.screen, app.live.audience) == (app.workshop, CUSTOMER)


async def test_a_click_takes_what_is_clicked(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.press("f4", "shift+f4")
        await app.pilot.click("#choices", offset=(3, 2))
        await app.wait_until(lambda: app.live.audience == "ps", "it is taken")


async def test_keys_typed_behind_the_one_that_opens_it_reach_it_in_order(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        title = app.live.view.all(Action)
        await app.type_text("", "d", "d", "enter")
        assert "Done on which day?" in app.text
        assert app.live.view.all(Action) == title
        await app.press("ctrl+u")
        await app.type_text("12 jun")  # which is still to come this year
        assert "Thu 12 Jun 2025" in app.beneath
        await app.press("escape")
        before = app.live.view.all(Block)
        (block,) = [each for each in before if app.workspace.block and each.id == app.workspace.block.id]
        await app.type_text("", "f7", "5", "enter", "f7", "5", "enter", "f7", "1", "enter")
        (now,) = app.live.view.where(Block, id=block.id)
        assert app.app.screen is app.workshop
        assert now.extended - block.extended == 11 * 60
        await app.type_text("", "f4", "shift+f4", "2", "enter", "f4")
        assert (app.app.screen, app.live.audience) == (app.workshop, CUSTOMER)
        await app.type_text("", "ctrl+t", "a", "l", "enter")
        assert app.live.audience == ALLIANCE


async def test_what_is_asked_of_a_milestone_has_its_name_and_ctrl_u_clears_what_is_typed(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.to_view("6")
        await app.press("d")
        asked = app.app.screen
        assert isinstance(asked, Choose)
        assert asked.title
        assert asked.title == milestones(app.live.view.all(Action))[0].name
        await app.type_text("zzz")
        assert app.shows("Nothing here fits")
        await app.press("ctrl+u")
        assert not app.shows("Nothing here fits")
        assert app.shows("Rename «")
