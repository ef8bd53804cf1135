"""What the time changes is shown by itself: each minute while the clock is begun, and each day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.app.clocks import on_the_wall
from tests.app.driver import AT, driving, seed
from tests.app.test_notes import noting
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import set_field
from workshop_tui.tui.screens.library import Library
from workshop_tui.tui.widgets.status_bar import Bar

NIGHT = 16 * 3600


@pytest.fixture
def living(sample: AccountPlan, tmp_path: Path) -> Path:
    """The sample as an account whose day is that of the wall."""
    path = tmp_path / "w.db"
    seed(
        path,
        AccountPlan.of(with_values(row, as_of=None) if isinstance(row, Account) else row for row in sample),
    )
    return path


async def test_the_agenda_view_tells_the_minutes_that_the_bar_tells(norvane: Path) -> None:
    async with driving(norvane, account="norvane", session=1) as app:
        wall = on_the_wall(app)
        agenda = [view.title for view in app.workspace.stage.views].index("Agenda") + 1
        await app.press("v", str(agenda), "f7", "s", "enter")
        block = app.workspace.block
        assert block is not None

        def used() -> str:
            table = app.sheet().table
            column = [col.heading for col in table.cols].index("Used")
            return next(row.cells[column].text for row in table.rows if row.id == f"Block/{block.id}")

        for minute in (1, 2, 9):
            wall.go_on(app, (minute * 60) - (wall.now - AT).total_seconds())
            await app.quiet()
            assert used().strip("● ") == str(minute)
            left = block.minutes - minute
            assert f"{abs(left):02}:00" in app.workshop.query_one(Bar).clock.forms[0]
        assert "4 behind" in str(app.widget("#head").render())


async def test_a_minute_of_the_clock_is_told_without_showing_the_block_anew(
    norvane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(norvane, account="norvane", session=1) as app:
        wall = on_the_wall(app)
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press("f7", "s", "enter")
        block = app.workspace.block
        assert block is not None
        monkeypatch.setattr(app.workspace.stage, "show", lambda _block: pytest.fail("nothing in it changed"))
        wall.go_on(app, 3 * 60)
        await app.quiet()
        row = next(row for row in app.sheet("rail").table.rows if row.id == f"Block/{block.id}")
        assert row.cells[1].text.strip() == f"3/{block.minutes}"


async def test_the_library_looks_at_nothing_while_a_session_lies_over_it(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        (library, _workshop) = app.app.screen_stack
        assert isinstance(library, Library)
        assert library._while_seen
        assert not any(timer._active.is_set() for timer in library._while_seen)
        await app.press("q")
        await app.wait_until(
            lambda: all(timer._active.is_set() for timer in library._while_seen), "it looks again"
        )


async def test_a_pause_puts_the_end_off_on_the_screen_too(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        wall = on_the_wall(app)
        first, *_, last = app.workspace.blocks()
        app.live.commit(lambda _plan: set_field(last, "spent", 0))
        app.workspace.open_block(last.id)
        await app.press("f7", "s", "enter")
        app.workspace.open_block(first.id)
        agenda = [view.title for view in app.workspace.stage.views].index("Agenda") + 1
        await app.press("v", str(agenda))
        wall.go_on(app, 60)
        await app.press("f7", "s", "enter")
        before = str(app.widget("#head").render())
        assert "ends" in before
        wall.go_on(app, 600)
        await app.quiet()
        assert str(app.widget("#head").render()) != before


async def test_an_app_left_open_tells_what_is_late_the_next_day(living: Path) -> None:
    async with driving(living, account="norvane") as app:
        wall = on_the_wall(app)
        await app.to_block(BlockKind.ACTIONS)
        before = app.text, len(app.live.figures.gaps)
        wall.go_on(app, 30)
        await app.quiet()
        assert app.text == before[0]
        wall.go_on(app, 40 * 24 * 3600)
        await app.quiet()
        assert len(app.live.figures.gaps) > before[1]
        assert app.text != before[0]
        assert "late" in app.text or "overdue" in app.text


async def test_the_library_counts_anew_on_another_day(living: Path) -> None:
    at = [AT]
    async with driving(living) as app:
        app.app.clock = lambda: at[0]
        library = app.app.screen
        assert isinstance(library, Library)
        before = app.text
        await library.keep_up()
        assert app.text == before
        at[0] += dt.timedelta(days=90)
        await library.keep_up()
        await app.quiet()
        assert app.text != before


async def test_the_notes_tell_what_is_missing_the_next_day(living: Path) -> None:
    at = [AT]
    async with noting(living) as (notes, pilot):
        notes.clock = lambda: at[0]
        assert notes.live is not None
        notes.live.clock = notes.clock
        before = len(notes.live.figures.gaps)
        at[0] += dt.timedelta(days=40)
        notes._tick()
        await pilot.pause()
        assert len(notes.live.figures.gaps) > before
