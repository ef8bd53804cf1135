"""Keys that come within milliseconds of one another, as from a fast typist or over a slow line."""

from __future__ import annotations

from pathlib import Path

from tests.app.driver import driving
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.model.people import Stakeholder


async def test_what_is_typed_behind_a_key_goes_where_that_key_leads(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        block = app.workspace.block
        await app.go("Marcus", "Title")
        await app.type_text("", "enter", *" nbvx", "enter", "down", "enter", *"!", "enter")
        people = {person.name: person.title for person in app.live.whole.all(Stakeholder)}
        assert people["Marcus Hale-Obi"] == "Chief Financial Officer nbvx"
        assert people["Priya Vantongeren"] == "Chief Risk Officer!"
        assert app.workspace.block == block  # n and b were text, and no commands
        assert app.editor.edit is None


async def test_rows_and_then_another_field_are_typed_in_one_go(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press("a")  # in one go with a name it would be a text itself
        await app.type_text(
            "Abelone Quist", "enter", *"Bo", "enter", "enter", "ctrl+home", "right", "enter", *"!", "tab"
        )
        people = app.live.whole.all(Stakeholder)
        assert [person.name for person in people[-2:]] == ["Abelone Quist", "Bo"]
        assert people[0].title == "Chief Executive!"


async def test_a_command_behind_the_key_that_leaves_a_field_is_a_command(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.go("Marcus", "Title")
        for leave in ("enter", "escape"):
            await app.type_text("", "enter", *"!", leave, "n", "b")
        (marcus,) = app.live.whole.where(Stakeholder, name="Marcus Hale-Obi")
        assert marcus.title == "Chief Financial Officer!!"
        assert app.workspace.block is not None
        assert app.workspace.block.kind is BlockKind.STAKEHOLDERS


async def test_a_key_that_comes_too_late_stays_the_key_that_was_pressed(norvane: Path) -> None:
    async with driving(norvane, account="norvane", keys={"editor.keep": "f8"}) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.go("Marcus", "Title")
        app.editor._run_in_turn(app.editor.by_id["editor.keep"])
        await app.quiet()
        assert not app.editor.is_open
