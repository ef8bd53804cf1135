"""What each block shows in terminals of several sizes: a larger one never shows less."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from textual.geometry import Region

from tests.app.crowd import crowd
from tests.app.driver import Driven, driving, seed
from tests.snapshots.pictures import scorecard
from workshop_tui.cli import plans
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.plan.step import set_field
from workshop_tui.tui.screens.workshop import WorkshopScreen
from workshop_tui.tui.widgets.canvas import Canvas
from workshop_tui.tui.widgets.sheet import Sheet

SIZES = (80, 24), (120, 36), (160, 45), (200, 60)
VERY_WIDE = (320, 60)
"""Where the card has a place beside a table that loses no word by it."""
NEEDED = ["f1", "f4", "f5", "f7", "n", "^z"]


class Seen(NamedTuple):
    """How much of a view's table or picture is in sight."""

    columns: int
    rows: int


def seen(sheet: Sheet) -> Seen:
    """Return how many columns and whole rows of a sheet are painted; of a picture, how many have a place."""
    if isinstance(sheet, Canvas):
        shown = Region(*sheet.scroll_offset, *sheet.room)
        return Seen(1, sum(shown.contains_region(Region(*place)) for place in sheet.picture.items.values()))
    height, starts = sheet.size.height - sheet._top, sheet._lay.starts
    first, last = sheet.scroll_offset.y, sheet.scroll_offset.y + height
    whole = (first <= start and end <= last for start, end in pairwise(starts))
    return Seen(len(sheet._lay.columns), sum(whole))


async def views(app: Driven) -> AsyncIterator[tuple[str, Sheet]]:
    """Open every view of every block, one after the other; yield its name and what it shows."""
    for n, block in enumerate(app.workspace.blocks()):
        app.workspace.open_block(block.id)
        await app.quiet()
        for number, view in enumerate(app.workspace.stage.views):
            app.workspace.stage.open_view(number)
            await app.quiet()
            yield f"{n} {block.kind} {view.title}", app.workspace.stage.main


async def test_a_larger_terminal_never_shows_fewer_columns_or_rows(norvane: Path) -> None:
    before: dict[str, Seen] = {}
    for size in SIZES:
        async with driving(norvane, account="norvane", size=size) as app:
            if not before:
                await scorecard(app)
            now = {name: seen(sheet) async for name, sheet in views(app)}
            kinds = {block.kind for block in app.workspace.blocks()}
        assert kinds == {*BlockKind} - {BlockKind.INTRODUCTION}, "every kind of block is looked at"
        assert len(now) > 40
        for name, was in before.items():
            assert now[name].columns >= was.columns, (name, size)
            assert now[name].rows >= was.rows, (name, size)
        before = now


@pytest.mark.parametrize("size", SIZES)
async def test_the_people_are_shown_with_all_that_the_product_is_about(
    norvane: Path, size: tuple[int, int]
) -> None:
    async with driving(norvane, account="norvane", size=size) as app:
        await app.to_people()
        sheet = app.sheet()
        shown = [sheet.table.cols[n].heading for n in sheet._lay.columns]
        wanted = [
            "Name",
            "Title",
            "Role",
            "Style",
            "All",
            "ps",
            "tech",
            "Quillhaven owner",
            "Stratalume owner",
        ]
        assert shown[:9] == wanted
        assert {"Reports to", "Infl", "Int"} <= set(shown) or size == SIZES[0]
        for text in ("Ingrid", "Officer"):
            assert app.shows(text)
        assert bool(re.search("influencer +analytical", app.text)) is (size[0] >= 160), (
            "whole words where there is room"
        )
        assert app.shows("Mirela Sandoval-Pike") is (size == SIZES[-1])
        assert app.shows("MSP") is (size != SIZES[-1])


async def test_the_initiatives_show_what_leads_to_the_goals_from_a_usual_size_on(norvane: Path) -> None:
    for size in SIZES:
        async with driving(norvane, account="norvane", size=size) as app:
            if size == SIZES[0]:
                await scorecard(app)
            await app.to_block(BlockKind.SCORECARD)
            assert app.shows("Leading indicator")
            ends = [row.rstrip(" │▇") for row in app.rows if "Continuity Ready pack" in row]
            assert ends[0].endswith(("MSP", "Mirela Sandoval-Pike"))
            assert not any(end.endswith("…") for end in ends), "nobody's name is cut"


@pytest.mark.parametrize("size", SIZES)
async def test_the_agenda_is_narrow_and_the_gaps_are_a_count_at_every_size(
    norvane: Path, size: tuple[int, int]
) -> None:
    async with driving(norvane, account="norvane", size=size) as app:
        count = len(app.live.figures.gaps)
        assert f"Gaps {count} ▸ g ─╮" in app.rows[1]
        assert not app.sheet("gaps").display
        rail = app.sheet("rail")
        assert rail.display is (size[0] >= 120)
        assert (f" 1/{len(app.workspace.blocks())} " in app.rows[1]) is not rail.display
        if not rail.display:
            await app.press("o")
        assert 22 <= rail.outer_size.width <= 26
        assert app.shows("Stakeholders 2 32/30")
        await app.press("g")
        assert app.sheet("gaps").border_title == f"Gaps {count}"
        assert len([row for row in app.sheet("gaps").table.rows if not row.heading]) == count


async def test_the_gaps_are_one_number_on_the_screen_and_by_the_command(
    norvane: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with driving(norvane, account="norvane") as app:
        count = len(app.live.figures.gaps)
    plans.gaps("norvane", on=None, audience="alliance", rule="", top=None, db=str(norvane), json=True)
    assert len(json.loads(capsys.readouterr().out)) == count


@pytest.mark.parametrize("size", SIZES)
async def test_the_keys_that_are_needed_in_a_hurry_stand_at_the_foot(
    norvane: Path, size: tuple[int, int]
) -> None:
    async with driving(norvane, account="norvane", size=size) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        for number in ("1", "2", "3", "4"):
            await app.press("v", number)
            told, main = app.rows[-1].split(), app.workspace.stage.main
            assert [key for key in NEEDED if key not in told and not main.takes(key)] == []


def scrolled(app: Driven) -> Iterator[Sheet]:
    """Yield the sheets that have a scroll bar though all of it fits."""
    for sheet in app.app.screen.query(Sheet):
        fits = sheet.virtual_size.height <= sheet.size.height
        if sheet.display and not isinstance(sheet, Canvas) and fits and sheet.show_vertical_scrollbar:
            yield sheet


@pytest.mark.parametrize("size", SIZES)
async def test_there_is_no_scroll_bar_where_everything_fits(norvane: Path, size: tuple[int, int]) -> None:
    async with driving(norvane, account="norvane", size=size) as app:
        async for name, sheet in views(app):
            lines = sheet._lay.starts[-1] + sheet._top
            bar = sheet.show_vertical_scrollbar and not isinstance(sheet, Canvas)
            assert not (bar and lines <= sheet.size.height and not sheet._below), name
            assert list(scrolled(app)) == [], name


@pytest.mark.parametrize("size", SIZES)
async def test_late_ones_are_one_click_or_one_word_away(norvane: Path, size: tuple[int, int]) -> None:
    async with driving(norvane, account="norvane", size=size) as app:
        late = next(action for action in app.live.whole.all(Action) if action.id == "A04")
        app.live.commit(lambda _plan: set_field(late, "due", "2026-06-01"))
        await app.to_block(BlockKind.ACTIONS)
        every = len(app.sheet().table.rows)
        assert app.shows(" late 1   no date 1 ")
        assert app.shows("8 d late")
        await app.pilot.click("#chips", offset=(3, 0))
        await app.quiet()
        assert [row.id for row in app.sheet().table.rows if not row.heading] == ["Action/A04"]
        await app.pilot.click("#chips", offset=(3, 0))
        await app.quiet()
        assert len(app.sheet().table.rows) == every
        await app.type_text("/no date", "enter")
        assert [row.id for row in app.sheet().table.rows if not row.heading] == ["Action/A12"]


async def test_the_card_gives_way_to_the_table_and_comes_when_asked_for(norvane: Path) -> None:
    shown_beside = zip((*SIZES, VERY_WIDE), (False, *[True] * 4), (*[False] * 4, True), strict=True)
    for size, shown, beside in shown_beside:
        async with driving(norvane, account="norvane", size=size) as app:
            await app.to_people()
            assert (app.sheet("card").display, app.widget("#views").has_class("beside")) == (shown, beside)
            before = len(app.sheet()._lay.columns)
            await app.press("c")
            assert app.sheet("card").display is not shown
            assert len(app.sheet()._lay.columns) == before, "the card takes no column away"


async def test_an_empty_table_says_what_goes_there_and_the_fastest_way(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    seed(path, crowd(0))
    async with driving(path, account="acc", size=(80, 24)) as app:
        await app.to_people()
        assert app.shows("+ New person")
        assert app.shows("Nobody yet: press a and type a name, or F2 and «Ana Pires, Head of")
        assert app.shows("Payments».")
        await app.type_text("/zzz", "enter")
        assert app.shows("Nobody has «zzz»: Esc shows everybody.")
        await app.press("escape")
        await app.add("Ada")
        assert not app.shows("Nobody yet")


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The lines of each painting of a session, but for the one at the top: there is told how it is saved."""
    found: list[list[str]] = []
    paint = WorkshopScreen._compositor_refresh

    def note(screen: WorkshopScreen) -> None:
        paint(screen)
        found.append([strip.text for strip in screen._compositor.render_strips()[1:]])

    monkeypatch.setattr(WorkshopScreen, "_compositor_refresh", note)
    return found


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 45)])
async def test_what_a_session_is_painted_as_first_is_what_stays(
    norvane: Path, size: tuple[int, int], painted: list[list[str]]
) -> None:
    async with driving(norvane, size=size) as app:
        await app.app.accounts.open("norvane")
        await app.quiet()
        assert painted[0] == painted[-1]


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 45)])
@pytest.mark.parametrize("key", ["f6", "o", "g", "p"])
async def test_what_comes_or_goes_around_a_block_leaves_it_painted_as_it_stays(
    norvane: Path, size: tuple[int, int], key: str, painted: list[list[str]]
) -> None:
    async with driving(norvane, size=size, account="norvane") as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        for _ in range(2):
            before = painted[-1]
            painted.clear()
            await app.press(key)
            others = [
                frame for frame in painted if frame != before
            ]  # the clock paints, too, till the key is done
            assert others[0] == painted[-1]
