"""Keys that queue up across every change of screen, as on a slow machine, leave the app alive."""

from __future__ import annotations

import asyncio
import random
from functools import partial
from pathlib import Path

import pytest
from textual import events
from textual.command import CommandPalette
from textual.keys import _character_to_key

from tests.app.driver import Driven, driving
from workshop_tui.domain.base.vocabulary import ALLIANCE
from workshop_tui.live.accounts import AccountService
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.tui.app import WorkshopApp
from workshop_tui.tui.screens.dialogs import Ask
from workshop_tui.tui.screens.library import Library

CHANGES = ["ctrl+p", "ctrl+q", "escape", "enter", "f1", "f2", "f4", "f5", "f6", "f7", *"edqrsni"]
"""Keys that change the screen, somewhere or other."""
ARROWS = [
    "down",
    "up",
    "left",
    "right",
    "pagedown",
    "pageup",
    "home",
    "end",
    "ctrl+home",
    "ctrl+end",
    "tab",
    "shift+tab",
]
OTHERS = [
    *ARROWS,
    "space",
    "backspace",
    "delete",
    *(f"ctrl+{key}" for key in "lzys"),
    *"1234abcghmoptvxyzJKT/.,",
]
TURNS = (0, 0, 0, 1, 3, 8, 20)
"""Turns of the loop between two keys."""


@pytest.fixture(autouse=True)
def stays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Have nothing end the app on purpose, and documents land nowhere else."""
    monkeypatch.setattr(WorkshopApp, "exit", lambda *_args, **_named: None)
    monkeypatch.chdir(tmp_path)


async def send(app: Driven, keys: list[str], chance: random.Random) -> None:
    """Send keys as they come: at once, or a moment apart."""
    driver = app.app._driver
    assert driver is not None
    for key in keys:
        is_sign = len(key) == 1
        event = events.Key(_character_to_key(key) if is_sign else key, key if is_sign else None)
        event.set_sender(app.app)
        driver.send_message(event)
        for _ in range(chance.choice(TURNS)):
            await asyncio.sleep(0)


@pytest.mark.parametrize(("seed", "size"), [(101, (120, 36)), (1104, (80, 24))])
async def test_bursts_of_keys_leave_the_app_alive(norvane: Path, seed: int, size: tuple[int, int]) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    async with driving(norvane, account="norvane", size=size) as app:
        for _ in range(120):
            keys = [
                chance.choice(CHANGES),
                *(chance.choice(OTHERS + CHANGES) for _ in range(chance.randint(1, 3))),
            ]
            await send(app, keys, chance)
            await asyncio.wait_for(app.quiet(), 30)
            assert app.app.is_running, keys
            await app.wait_until(lambda: app.app._batch_count == 0, "it paints again")


@pytest.mark.parametrize(
    "keys",
    [["ctrl+p", "pagedown"], ["ctrl+p", "pageup"], ["ctrl+p", "f1", "ctrl+p"], ["ctrl+p", "enter", "enter"]],
)
async def test_keys_behind_the_palettes_leave_the_app_alive(norvane: Path, keys: list[str]) -> None:
    async with driving(norvane, account="norvane") as app:
        for turns in range(0, 40, 8):
            await send(app, keys, _Always(turns))
            await app.quiet()
            assert app.app.is_running
            assert sum(isinstance(screen, CommandPalette) for screen in app.app.screen_stack) <= 1
            while app.app.screen is not app.workshop:
                await app.press("escape")


class _Always(random.Random):
    """Chooses the same number every time."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def choice(self, _of: object) -> int:  # type: ignore[override]
        return self._number


@pytest.mark.parametrize("key", ["down", "e", "q", "ctrl+p"])
async def test_a_key_behind_the_one_that_leaves_a_session_leads_to_the_library(
    norvane: Path, key: str
) -> None:
    async with driving(norvane, account="norvane", size=(100, 30)) as app:
        for turns in (3, 12, 24):
            app.live.look_as(ALLIANCE)
            await app.stored()
            await send(app, ["q", key], _Always(turns))
            await app.wait_until(lambda: app.app.workshop is None, "it is left")
            for _ in range(8):
                if isinstance(app.app.screen, Library):
                    break
                await app.press("escape")
            assert app.app.screen_stack == [app.app._library]
            await app.wait_until(lambda: app.shows("Session 2"), "the list is read")
            await app.press("ctrl+home", "enter")
            await app.wait_until(
                lambda: app.app.workshop and app.app.screen is app.workshop, "it is open again"
            )


async def test_a_key_pressed_twice_opens_one_dialog_and_one_session(norvane: Path) -> None:
    async with driving(norvane) as app:
        for key in "nsrie":
            await send(app, [key, key], _Always(0))
            await app.wait_until(lambda: isinstance(app.app.screen, Ask), "the dialog is there")
            await app.stored()
            assert len(app.app.screen_stack) == 2
            while len(app.app.screen_stack) == 2:  # the second may have opened a list in the dialog
                await app.press("escape")
        await send(app, ["enter", "enter"], _Always(0))
        await app.wait_until(lambda: app.app.workshop and app.app.screen is app.workshop, "it is open")
        await app.stored()
        assert len(app.app.screen_stack) == 2


@pytest.mark.parametrize("key", ["s", "r", "e"])
async def test_a_key_pressed_twice_asks_once_though_the_plan_is_read_twice(
    norvane: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    gates: list[asyncio.Event] = []
    load, ended = AccountService.load, []

    async def slowly(accounts: AccountService, account: str) -> LivePlan:
        gates.append(gate := asyncio.Event())
        try:
            await gate.wait()
            return await load(accounts, account)
        finally:
            ended.append(gate)

    monkeypatch.setattr(AccountService, "load", slowly)
    async with driving(norvane) as app:
        await app.press(key, key)
        asked = 0
        for gate in gates:
            gate.set()
            await app.wait_until(partial(ended.__contains__, gate), "it is read")
            if isinstance(app.app.screen, Ask):
                asked += 1
                await app.press("escape")
        assert (len(gates), asked) == (2, 1)
