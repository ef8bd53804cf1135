"""Help: six lines for this screen, then groups, ids on request; `?` opens it where it is no value."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.driver import Driven, driving
from workshop_tui.domain.base.vocabulary import CUSTOMER, BlockKind
from workshop_tui.tui.commands.command import Section
from workshop_tui.tui.commands.registry import every_command
from workshop_tui.tui.screens.help import FIRST, MATTERS, Help


def lines(app: Driven) -> list[str]:
    assert isinstance(app.app.screen, Help)
    return [line.plain for line in app.app.screen._lines()]


def helped(app: Driven) -> bool:
    return isinstance(app.app.screen, Help)


def first(app: Driven) -> list[str]:
    """Return the lines above the first group."""
    return lines(app)[: lines(app).index("")]


async def test_question_mark_opens_and_closes_it_but_is_a_value_where_it_is_one(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_people()
        await app.go("Marcus", "Name", "main", "?")
        assert helped(app)
        await app.press("?")
        assert not helped(app)
        await app.go("Marcus", "All", "main", "?")
        assert not helped(app)
        assert app.cell == "·"
        await app.go("Marcus", "Title", "main", "enter")
        await app.type_text("?", "enter")
        assert app.cell.endswith("?")


@pytest.mark.parametrize(
    ("keys", "there"),
    [
        (["1"], ["change the cell", "add a row", "capture line", "a view of the block"]),
        (["2"], ["put them under another", "jump to a person"]),
        (["1", "a"], ["keep, or choose", "on to the next field", "leave;"]),
        (["f2"], ["add the row", "complete the name", "leave;"]),
    ],
)
async def test_six_lines_say_what_matters_on_this_screen(
    norvane: Path, keys: list[str], there: list[str]
) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press(*keys, "f1")
        told = first(app)
        assert 1 < len(told) <= FIRST
        for text in there:
            assert any(text in line for line in told), (text, told)
        assert not any(sign in line for line in told for sign in ("](", "`"))


async def test_the_values_of_the_cell_come_first(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_people()
        await app.go("Social style", "", "card", "f1")
        assert "set this cell: driving · expressive · amiable · analytical" in first(app)[0]


async def test_it_says_which_firm_is_which_where_there_is_least_room_and_not_to_the_customer(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await app.to_people()
        told = "ps = Quillhaven · tech = Stratalume"
        assert told in app.rows[-2]  # the table's lower border
        await app.press("f1")
        assert app.shows(f"{told} · @ = owner")
        await app.press("escape", "f4")
        await app.wait_until(lambda: app.live.audience == CUSTOMER, "the customer looks")
        assert not app.shows(told)
        await app.press("f1")
        assert told not in "\n".join(lines(app))


async def test_then_come_groups_and_ids_on_request(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_people()
        await app.press("f1")
        titles = [line for line in lines(app) if line in list(Section)]
        assert titles == [section for section in Section if section in titles]
        assert len(titles) >= 3
        assert "block.next" not in "\n".join(lines(app))
        await app.press("i")
        assert "block.next" in "\n".join(lines(app))
        await app.press("escape")
        assert not helped(app)


def test_what_matters_names_commands_that_there_are() -> None:
    known = {command.id for command in every_command()}
    assert set(MATTERS) - known == set()


async def test_a_line_that_is_broken_goes_on_beneath_what_it_says(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await app.press("f1")
        assert isinstance(app.app.screen, Help)
        for size in ((80, 24), (60, 24)):
            await app.pilot.resize_terminal(*size)
            text = app.app.screen._text
            await app.quiet()
            assert app.app.screen.size.width == size[0]
            shown = [strip.text.rstrip() for strip in text.render_lines(text.size.region)]
            heads = {line.plain.split("  ")[0] for line in app.app.screen._lines() if line.plain}
            broken = [line for line in shown if line.startswith(" ")]
            assert broken
            assert all(line.startswith(" " * 21) and line[21] != " " for line in broken), broken
            begun = [line for line in shown if line and not line.startswith(" ")]
            assert all(any(line.startswith(head[:18]) for head in heads) for line in begun)


async def test_of_a_form_it_says_what_enter_does_and_of_a_page_what_is_its_own(norvane: Path) -> None:
    async with driving(norvane) as app:
        await app.press("2")
        await app.wait_until(lambda: app.shows("Going quiet"), "Monday is read")
        await app.press("f1")
        told = "\n".join(first(app))
        assert "cover the screen" not in told
        assert "save and quit" not in told
        assert "Raise a figure" not in app.text
        await app.press("escape", "e")
        await app.wait_until(lambda: app.shows("Write this page"), "it asks where to")
        await app.press("f1")
        assert "on to the next line; from the last line" in first(app)[0]
