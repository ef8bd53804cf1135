"""What is said: the latest line alone; what is wrong, and a path, stay till the next key."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.driver import Driven, driving
from tests.app.test_keys import border
from workshop_tui.tui.app import A_LOOK, TILL_A_KEY
from workshop_tui.tui.features import copying


def toasts(app: Driven) -> list[str]:
    return [toast.message for toast in app.app._notifications]


def written_into(folder: Path) -> list[str]:
    return [str(file) for file in folder.iterdir()]


def looked_at(app: Driven) -> None:
    """Have the toasts stood there long enough to be seen."""
    for toast in app.app._notifications:
        toast.raised_at -= A_LOOK


async def test_the_latest_line_takes_the_place_of_the_one_before(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        app.workspace.say("First")
        app.workspace.say("Second")
        await app.quiet()
        assert toasts(app) == ["Second"]


async def test_what_is_wrong_stays_till_the_next_key(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        app.workspace.tell("That is wrong.")
        app.workspace.say("Meanwhile")
        await app.quiet()
        assert toasts(app) == ["That is wrong.", "Meanwhile"]
        assert next(iter(app.app._notifications)).timeout >= TILL_A_KEY
        await app.press("down")  # typed on before it could be read
        assert "That is wrong." in toasts(app)
        looked_at(app)
        await app.press("up")
        assert "That is wrong." not in toasts(app)


async def test_a_path_stays_till_the_next_key_and_y_copies_it(
    norvane: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")
    monkeypatch.setattr(copying, "copy_by_command", lambda _text: "")
    async with driving(norvane, account="norvane") as app:
        await app.to_people()
        await app.press("e")
        await app.press("ctrl+s")
        await app.wait_until(lambda: app.told.startswith("Written to "), "it is written")
        assert app.told.endswith("y copies the path.")
        (written,) = written_into(tmp_path / "out")
        looked_at(app)
        await app.press("y")
        await app.wait_until(lambda: border(app) == "The path sent to the terminal to copy.", "it is copied")
        assert app.app.clipboard == written
        assert toasts(app) == []
        await app.press("ctrl+home", "y")
        await app.wait_until(lambda: border(app) == "1 row sent to the terminal to copy.", "a row is copied")
        assert app.app.clipboard.startswith("Ingrid Solvane")
