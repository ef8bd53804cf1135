"""The app as it is on every machine: its clock, ids, zone, paths, theme and cursor are pinned."""

from __future__ import annotations

import random
import re
import shutil
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from pytest_textual_snapshot import SVGImageExtension  # type: ignore[import-untyped]
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from tests.app.crowd import crowd
from tests.app.driver import AT, Driven, paint, seed
from tests.app.sparing import wait_by_no_clock
from tests.snapshots.pictures import Picture, Size
from workshop_tui.domain.lifecycle.start import thawed
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.settings import Settings
from workshop_tui.tui.app import WorkshopApp

CRASH = Path("crash.log")
Looks = Callable[[Picture, Size], None]
AllLook = Callable[[Sequence[Picture], Sequence[Size]], Awaitable[None]]
DATABASE = Path("sessions", "workshops.db")  # shown in the library, so not under anybody's folder


class Pinned(WorkshopApp):
    """The app, whose pictures fetch no fonts."""

    CSS_PATH = [str(files("workshop_tui.tui") / name) for name in ("bar.tcss", "library.tcss", "app.tcss")]

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


@pytest.fixture(scope="session")
def _seeded_grown(grown: AccountPlan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("grown") / "w.db"
    seed(path, thawed(grown))
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


@pytest.fixture
def looks_right(snap_compare: Callable[..., bool], _seeded: Path, _seeded_grown: Path) -> Looks:
    """Compare what the app shows with the picture that was accepted."""

    def compare(picture: Picture, size: Size) -> None:
        DATABASE.parent.mkdir()
        account = None if picture.empty else picture.account
        if picture.people:
            made = crowd(picture.people)
            seed(DATABASE, made)
            account = made.account.id
        elif not picture.empty:
            shutil.copy(_seeded_grown if picture.grown else _seeded, DATABASE)
        settings = Settings(Path("config.toml"), "me", picture.theme)
        app = Pinned(DATABASE, settings, CRASH, lambda: AT, account=account)
        app.animation_level = "none"
        try:
            same = snap_compare(app, terminal_size=size, run_before=lambda pilot: _walk(pilot, app, picture))
        finally:
            app.storage.close(10)
            app._reader.shutdown()
            if CRASH.exists():
                print(CRASH.read_text("utf-8"))  # noqa: T201 - pytest shows it
        assert same, picture.sees

    return compare


@pytest.fixture
def all_look_right(snapshot: SnapshotAssertion, _seeded_grown: Path) -> AllLook:
    """Compare what one run of the app shows, one picture after the other, with those that were accepted."""
    accepted = snapshot.use_extension(SVGImageExtension)

    async def compare(pictures: Sequence[Picture], sizes: Sequence[Size]) -> None:
        DATABASE.parent.mkdir()
        shutil.copy(_seeded_grown, DATABASE)
        settings = Settings(Path("config.toml"), "me", pictures[0].theme)
        app = Pinned(DATABASE, settings, CRASH, lambda: AT, account=pictures[0].account)
        app.animation_level = "none"
        other: list[str] = []
        try:
            async with app.run_test(size=sizes[0]) as pilot:
                for size in sizes:
                    await pilot.resize_terminal(*size)
                    await Driven(app, pilot).wait_until(lambda size=size: app.screen.size == size)  # type: ignore[misc]
                    for picture in pictures:
                        await _walk(pilot, app, picture)
                        paint(app)
                        name = f"{picture.name}-{size[0]}x{size[1]}"
                        if app.export_screenshot(title=app.title, simplify=True) != accepted(name=name):
                            other.append(f"{name}: {picture.sees}")
        finally:
            app.storage.close(10)
            app._reader.shutdown()
        assert not other, "\n".join(other)

    return compare


async def _walk(pilot: Pilot[Any], app: WorkshopApp, picture: Picture) -> None:
    """Go to where the picture is taken; wait for what stands there, never for a time."""
    driven = Driven(app, pilot)
    await driven.wait_until(lambda: not app.is_opening and app.screen.focused, "the app has started")
    for step in picture.steps:
        await (driven.press(*step.split()) if isinstance(step, str) else step(driven))
    await driven.wait_until(lambda: picture.until in driven.text, picture.until)
    app.flush()
    await driven.stored()
    if app.workshop:
        app.workshop.workspace.show_changes()  # now, and not when whoever types has paused
        await driven.quiet()
