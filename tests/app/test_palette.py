"""The palette finds what people look for, by their words, and nothing that whoever looks may not see."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.canaries import LEAKS, with_canaries
from tests.app.driver import Driven, driving, seed
from workshop_tui.domain.base.vocabulary import CUSTOMER, BlockKind
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.settings import load_settings
from workshop_tui.tui.commands.registry import every_command
from workshop_tui.tui.palette import ALSO, near, places


@pytest.mark.parametrize(
    ("name", "typed", "better"),
    [("Seal", "seal", "Closing: unsealed"), ("Actions", "act", "Two facts"), ("Clock", "cl", "Unclear")],
)
def test_the_start_of_a_word_beats_letters_within_one(name: str, typed: str, better: str) -> None:
    assert near(name, "", typed) > near(better, "", typed)


def test_scattered_letters_find_nothing_and_other_words_do() -> None:
    assert near("Stakeholder map", "", "skm") == 0
    assert near("Curtain", "hide cover", "hide") > 0
    assert near("Marcus Hale-Obi", "", "hale") > near("Chalet", "", "hale") > 0
    assert near("Zoë Åkerström", "", "zoe ak") > 0
    assert near("Anything", "", " ") == 0


def test_other_words_are_of_commands_that_there_are() -> None:
    assert set(ALSO) - {command.id for command in every_command()} == set()


async def chosen(app: Driven, typed: str) -> None:
    await app.press("ctrl+p")
    await app.wait_until(lambda: "Search for commands" in app.text)
    await app.type_text(typed)
    await app.wait_until(lambda: _found(app) > 0, typed)
    await app.press("enter")
    await app.wait_until(lambda: app.app.screen is app.workshop, typed)
    await app.quiet()


def _found(app: Driven) -> int:
    return int(app.app.screen.query_one("CommandList").option_count)  # type: ignore[attr-defined]


async def test_blocks_views_people_and_actions_are_gone_to(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        stage = app.workspace.stage
        await chosen(app, "marcus hale")
        assert (stage.at_cursor, stage.main.has_focus) == ("Stakeholder/ST02", True)
        await chosen(app, "seal")
        assert stage.block is not None
        assert (stage.block.kind, type(stage.view).__name__) == (BlockKind.CLOSING, "Sealing")
        await chosen(app, "actions")
        assert app.workspace.block is not None
        assert app.workspace.block.kind is BlockKind.ACTIONS


async def test_a_place_that_the_audience_may_not_see_is_not_found(
    sample: AccountPlan, tmp_path: Path
) -> None:
    seed(tmp_path / "w.db", with_canaries(sample, CUSTOMER))
    async with driving(tmp_path / "w.db", account="norvane", size=(160, 45)) as app:
        every = {found.name for found in places(app.workspace)}
        await app.press("f4")
        await app.wait_until(lambda: app.live.audience == CUSTOMER, "the customer looks")
        names = {found.name for found in places(app.workspace)}
        assert names < every
        assert not [leak for leak in LEAKS if any(leak in name for name in names)]


async def test_a_theme_that_is_chosen_stays_for_the_next_time(norvane: Path) -> None:
    file = norvane.parent / "config.toml"
    async with driving(norvane, account="norvane") as app:
        app.app.search_themes()
        await app.wait_until(lambda: app.app.screen is not app.workshop, "the palette is there")
        await app.type_text("workshop-light")
        await app.wait_until(lambda: _found(app) > 0, "it is found")
        await app.press("enter")
        await app.wait_until(lambda: app.app.theme == "workshop-light", "the theme is worn")
        await app.wait_until(file.exists, "it is kept")
        assert app.app.settings.theme == "workshop-light"
    assert load_settings({"WORKSHOP_TUI_CONFIG": str(file)}, norvane.parent).theme == "workshop-light"
