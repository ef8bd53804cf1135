"""Where the next key goes, and that keys in one burst each go where the one before has led."""

from pathlib import Path

from tests.app.driver import Driven, driving
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.tui.features.focus_mode import FocusMode
from workshop_tui.tui.keyboard import Mode, mode
from workshop_tui.tui.widgets.canvas import Canvas

KEYS = [
    ([], Mode.BROWSE),
    (["v"], Mode.VIEWS),
    (["a"], Mode.EDIT),
    (["right", "right", "right", "enter"], Mode.CHOOSE),
    (["f2"], Mode.CAPTURE),
    (["slash"], Mode.FILTER),
    (["slash", "enter"], Mode.BROWSE),
    (["2", "slash"], Mode.SEEK),
    (["2", "slash", "escape"], Mode.BROWSE),
    (["2", "slash", "ctrl+l"], Mode.BROWSE),
    (["a", "f5"], Mode.COVERED),
    (["a", "f5", "f5"], Mode.EDIT),
    (["a", "f2"], Mode.CAPTURE),
    (["a", "f2", "escape"], Mode.BROWSE),
    (["f1"], Mode.OTHER),
    (["ctrl+p"], Mode.OTHER),
    (["e"], Mode.OTHER),
]
"""Keys pressed in the table of the people → what the next key is for then."""


async def test_each_key_leads_to_a_mode(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        whole = app.live.whole
        for keys, expected in KEYS:
            await app.to_block(BlockKind.STAKEHOLDERS)
            await app.press("v", "1", "ctrl+home", "home", *keys)
            assert mode(app.app.screen) is expected, keys
            await _leave(app)
            assert (app.live.whole, mode(app.app.screen)) == (whole, Mode.BROWSE), keys


async def _leave(app: Driven) -> None:
    """Leave whatever the keys have opened, and lift the curtain."""
    if mode(app.app.screen) is Mode.COVERED:
        await app.press("f5")
    while app.app.screen is not app.workshop:
        await app.press("escape")
    while mode(app.app.screen) is not Mode.BROWSE:
        await app.press("escape")


async def test_the_library_is_browsed_too_and_a_question_there_is_answered(norvane: Path) -> None:
    async with driving(norvane) as app:
        assert mode(app.app.screen) is Mode.BROWSE
        await app.press("n")
        assert mode(app.app.screen) is Mode.OTHER


async def test_esc_ends_a_search_before_it_leaves_the_focus(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press("2", "f6", "slash", "m")
        canvas, focus = app.workspace.screen.query_one(Canvas), app.workspace[FocusMode]
        assert (canvas.sought, focus.is_on) == ("m", True)
        await app.press("escape")
        assert (canvas.sought, focus.is_on) == (None, True)
        await app.press("escape")
        assert not focus.is_on


async def test_a_command_waits_for_the_letters_before_it_and_is_for_where_they_have_led(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.go("Marcus", "Title")
        await app.type_text("", "enter", *"!", "enter", "down", "down", "up", "enter", *"?", "tab")
        people = {person.name: person.title for person in app.live.whole.all(Stakeholder)}
        assert people["Marcus Hale-Obi"] == "Chief Financial Officer!"
        assert people["Priya Vantongeren"] == "Chief Risk Officer?"
