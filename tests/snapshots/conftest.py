"""The app as it is on every machine: its clock, ids, zone, paths, theme and cursor are pinned."""

from __future__ import annotations

import random
import re
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from textual._doc import take_svg_screenshot
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from tests.app.crowd import crowd
from tests.app.driver import AT, Driven, seed
from tests.app.sparing import wait_by_no_clock
from tests.snapshots.pictures import Picture, Size
from workshop_tui.domain.lifecycle.start import thawed
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.settings import Settings
from workshop_tui.tui.app import WorkshopApp

CRASH = Path("crash.log")
Looks = Callable[[Picture, Size], None]
DATABASE = Path("sessions", "workshops.db")  # shown in the library, so not under anybody's folder


class Pinned(WorkshopApp):
    """The app, whose pictures fetch no fonts."""

    CSS_PATH = [str(files("workshop_tui.tui") / name) for name in ("bar.tcss", "app.tcss")]

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        """Return the picture without web addresses."""
        return unlinked(super().export_screenshot(title=title, simplify=simplify))


def unlinked(svg: str) -> str:
    """Return a picture without web addresses."""
    return re.sub(r"\s*(@font-face \{.*?\}|<!--.*?-->)", "", svg, flags=re.DOTALL)


@pytest.fixture(scope="session")
def _seeded(sample: AccountPlan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "w.db"
    seed(path, thawed(sample))  # pinned is the clock: the bar of an account at work says no date
    return path


@pytest.fixture(autouse=True)
def _pinned(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    wait_by_no_clock(monkeypatch)
    monkeypatch.setattr("secrets.choice", random.Random(2).choice)  # noqa: S311 - ids of new rows
    for widget in (Input, TextArea):
        monkeypatch.setattr(widget.cursor_blink, "_default", False)
    yield
    monkeypatch.undo()
    time.tzset()


_taken: dict[Picture, dict[Size, str]] = {}
"""What each picture looks like in its sizes: taken in one app by the first test that asks for one of them."""


@pytest.fixture
def looks_right(snap_compare: Callable[..., bool], _seeded: Path, monkeypatch: pytest.MonkeyPatch) -> Looks:
    """Compare what the app shows with the picture that was accepted."""

    def compare(picture: Picture, size: Size) -> None:
        if not picture.resized:
            shown = _take(picture, (size,), _seeded)
        elif not (shown := _taken.get(picture, {})):
            shown = _taken[picture] = _take(picture, picture.sizes, _seeded)
        monkeypatch.setattr("textual._doc.take_svg_screenshot", lambda **_: shown[size])
        assert snap_compare(App()), picture.sees

    return compare


def _take(picture: Picture, sizes: Sequence[Size], seeded: Path) -> dict[Size, str]:
    """Return what the app shows in terminals of several sizes: started in the first, then resized."""
    DATABASE.parent.mkdir()
    account = None if picture.empty else picture.account
    if picture.people:
        made = crowd(picture.people)
        seed(DATABASE, made)
        account = made.account.id
    elif not picture.empty:
        shutil.copy(seeded, DATABASE)
    settings = Settings(Path("config.toml"), "me", picture.theme)
    app = Pinned(DATABASE, settings, CRASH, lambda: AT, account=account)
    app.animation_level = "none"
    shown: dict[Size, str] = {}

    async def walk(pilot: Pilot[Any]) -> None:
        await _walk(pilot, app, picture)
        for size, then in pairwise(sizes):
            await pilot.pause()
            shown[size] = app.export_screenshot(title=app.title, simplify=True)
            await pilot.resize_terminal(*then)
            await _still(Driven(app, pilot), picture)

    try:
        shown[sizes[-1]] = take_svg_screenshot(app, terminal_size=sizes[0], run_before=walk)
    finally:
        app.storage.close(10)
        app._reader.shutdown()
        if CRASH.exists():
            print(CRASH.read_text("utf-8"))  # noqa: T201 - pytest shows it
    return shown


async def _walk(pilot: Pilot[Any], app: WorkshopApp, picture: Picture) -> None:
    """Go to where the picture is taken; wait for what stands there, never for a time."""
    driven = Driven(app, pilot)
    await driven.wait_until(lambda: not app.is_opening and app.screen.focused, "the app has started")
    for step in picture.steps:
        await (driven.press(*step.split()) if isinstance(step, str) else step(driven))
    await _still(driven, picture)


async def _still(driven: Driven, picture: Picture) -> None:
    """Wait until what is looked for stands there, and nothing is on its way any more."""
    app = driven.app
    await driven.wait_until(lambda: picture.until in driven.text, picture.until)
    app.flush()
    await driven.stored()
    if app.workshop:
        app.workshop.workspace.show_changes()  # now, and not when whoever types has paused
        await driven.quiet()
