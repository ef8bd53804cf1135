"""`y` copies the row and `Y` the table, by the terminal; where y is a value, it is that."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.driver import Driven, driving
from tests.app.test_keys import border
from workshop_tui.domain.base.vocabulary import CUSTOMER, BlockKind
from workshop_tui.domain.model.session import Decision
from workshop_tui.tui.features import copying


@pytest.fixture(autouse=True)
def no_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "copy_by_command", lambda _text: "")


async def copied(app: Driven, key: str, *, told: str) -> str:
    await app.press(key)
    await app.wait_until(lambda: border(app) == told, told)
    return app.app.clipboard


async def test_the_row_is_copied_and_how_is_told(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_people()
        await app.go("Marcus", "Name")
        text = await copied(app, "y", told="1 row sent to the terminal to copy.")
        assert text.startswith("Marcus Hale-Obi · Title: Chief Financial Officer · ")
        await app.press("m", "m")
        text = await copied(app, "y", told="2 rows sent to the terminal to copy.")
        assert [line.partition(" · ")[0] for line in text.splitlines()] == [
            "Marcus Hale-Obi",
            "Priya Vantongeren",
        ]


async def test_a_command_of_the_machine_is_named(norvane: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []

    def take(text: str) -> str:
        taken.append(text)
        return "wl-copy"

    monkeypatch.setattr(copying, "copy_by_command", take)
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_people()
        await copied(app, "Y", told="The table as Markdown copied by wl-copy.")
        assert taken == [app.app.clipboard]
        assert taken[0].startswith("| Name | Title |")


async def test_before_the_customer_no_more_is_copied_than_is_shown(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_people()
        await app.go("Marcus", "Name")
        await app.press("f4")
        await app.wait_until(lambda: app.live.audience == CUSTOMER, "the customer looks")
        text = await copied(app, "Y", told="The table as Markdown sent to the terminal to copy.")
        for heading in ("Style", "All", "ps", "Infl", "Role"):
            assert f"| {heading} |" not in text


async def test_in_the_read_back_y_confirms(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_block(BlockKind.CLOSING)
        names = [view.title for view in app.workspace.stage.views]
        await app.press("v", str(names.index("Read-back") + 1))
        rows = app.sheet().table.rows
        row = next(r for r in rows if r.id.startswith("Decision/") and "y" in _keys(app, r.id))
        await app.press("y")
        assert app.app.clipboard == ""
        assert "to copy" not in border(app)
        assert app.live.whole.get(Decision, row.id.partition("/")[2])


def _keys(app: Driven, row: str) -> set[str]:
    sheet = app.sheet()
    sheet.go_to(row)
    return set(sheet.keys)


async def test_in_a_picture_the_name_is_copied_and_there_is_no_table(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press("2")
        app.sheet("canvas").go_to("Stakeholder/ST02")
        assert await copied(app, "y", told="1 row sent to the terminal to copy.") == "Marcus Hale-Obi"
        await app.press("Y")
        assert app.told == copying.NO_TABLE
