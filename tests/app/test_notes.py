"""The facilitator's own screen: follows the session that runs, shows what the room does not see."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.app.driver import AT, DEADLINE, driving, screen_text
from tests.views.plans import looked_at
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Change, Step, set_field
from workshop_tui.settings import Settings
from workshop_tui.store.presence import OnlinePresence
from workshop_tui.store.store import Store
from workshop_tui.tui.notes_app import NotesApp
from workshop_tui.tui.widgets.big_digits import ClockFace
from workshop_tui.views.notes import SHARED, followed, gaps, prompts, session_of
from workshop_tui.views.room import followed_screen


@asynccontextmanager
async def noting(
    path: Path, *, session: str = "", size: tuple[int, int] = (120, 36), at: dt.datetime = AT
) -> AsyncIterator[tuple[NotesApp, Pilot[Any]]]:
    """Run the facilitator's screen on a database."""
    settings = Settings(path.parent / "config.toml", "me")
    log = path.parent / "crash.log"
    app = NotesApp(path, settings, log, lambda: at, account="norvane", session=session)
    try:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield app, pilot
    finally:
        app.storage.close(10)


async def until(app: NotesApp, pilot: Pilot[Any], text: str) -> list[str]:
    """Wait until something is painted; return all that is."""
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        await pilot.pause()
        if any(text in row for row in screen_text_of(app)):
            return screen_text_of(app)
    raise AssertionError("\n".join([f"not in time: {text}", *screen_text_of(app)]))


def screen_text_of(app: NotesApp) -> list[str]:
    return screen_text(app)  # type: ignore[arg-type] # any app has a screen


def commit(path: Path, changes: Iterable[Change]) -> None:
    store = Store.open(path)
    store.commit("norvane", Step(tuple(changes), "another", AT))
    store.close()


def block(path: Path, which: str) -> Block:
    store = Store.open(path)
    found = store.load("norvane")[0].get(Block, which)
    store.close()
    assert found
    return found


async def test_it_follows_the_block_that_runs_whoever_the_room_screen_is_for(norvane: Path) -> None:
    commit(norvane, set_field(block(norvane, "N4"), "notes", "Names first.\nThen lines [/x]."))
    async with noting(norvane) as (app, pilot):
        await until(app, pilot, "Session 2")
        commit(
            norvane, set_field(block(norvane, "N4"), "started", (AT - dt.timedelta(minutes=5)).isoformat())
        )
        shown = "\n".join(await until(app, pilot, "Next: Value co-discovery (20 minutes)"))
        for text in ("FACILITATOR ONLY", "Session 1", "•  Names first.", "•  Then lines [/x]."):
            assert text in shown
        assert "Stakeholder map, sentiment and owners" in shown
        assert "of them in this block" in shown
        assert app.screen.query_one(ClockFace).face.figures == "15:00"
        going = block(norvane, "N4")
        value = set_field(block(norvane, "N5"), "started", AT.isoformat())
        commit(norvane, (*set_field(going, "started", None), *value))
        assert app.live
        session = app.live.session
        commit(norvane, set_field(session, "audience", CUSTOMER))
        shown = "\n".join(await until(app, pilot, "the customer may be in the room"))
        assert "45 gaps" in shown


async def test_it_takes_no_seat_and_writes_nothing(norvane: Path) -> None:
    store = Store.open(norvane)
    number = store.load("norvane")[1]
    async with noting(norvane, session="S1") as (app, pilot):
        await until(app, pilot, "Session 1")
        await pilot.press("j", "k", "x", "a", "enter", "ctrl+z", "f7")
        assert app.live
        await asyncio.wrap_future(app.live._following.poll())
    assert store.online("norvane", AT - dt.timedelta(days=1)) == ()
    assert store.load("norvane")[1] == number
    store.close()


async def test_without_a_clock_it_follows_the_block_open_on_the_shared_screen(norvane: Path) -> None:
    async with driving(norvane, account="norvane", session=1) as room:
        room.workspace.open_block("N6")
        await room.stored()
        async with noting(norvane) as (app, pilot):
            await until(app, pilot, "Partnering proposition")
            await room.press("n")
            await room.quiet()
            await until(app, pilot, "Next: Actions")


async def test_it_says_that_the_main_screen_is_shared_as_long_as_it_is(norvane: Path) -> None:
    async with (
        driving(norvane, account="norvane") as room,
        noting(norvane, size=(80, 24)) as (app, pilot),
    ):
        await until(app, pilot, "FACILITATOR ONLY")
        assert SHARED not in "".join(screen_text_of(app))
        await room.press("f4")
        shown = await until(app, pilot, "FACILITATOR ONLY · MAIN SCREEN SHARED")
        assert "Norvane Bank" in shown[0]
        await room.press("shift+f4", "a", "enter")
        await room.wait_until(lambda: room.live.audience == ALLIANCE)
        end = time.monotonic() + DEADLINE
        while SHARED in "".join(screen_text_of(app)):
            assert time.monotonic() < end
            await pilot.pause()


async def test_on_a_narrow_screen_the_clock_stands_above_the_prompts(norvane: Path) -> None:
    async with noting(norvane, size=(80, 24)) as (app, pilot):
        await until(app, pilot, "FACILITATOR ONLY")
        assert app.query_one("#face").region.bottom <= app.query_one("#prompts").region.y
        assert not app.query_one("#gaps").region.area
        await pilot.press("q")
    assert app.return_code == 0


@pytest.mark.parametrize(
    ("seats", "session", "open_block"),
    [
        ((), "S2", "H11"),
        ((("S1", "N3", 1), ("S2", "H2", 2)), "S1", "N3"),
        ((("S2", "H3", 2), ("S2", "H2", 1)), "S2", "H2"),
        ((("gone", "N3", 1), ("S2", "H2", 2)), "S2", "H2"),
        ((("S2", "", 1),), "S2", "H11"),
    ],
)
async def test_the_screen_that_has_been_open_the_longest_says_where_the_room_is(
    sample: AccountPlan, seats: tuple[tuple[str, str, int], ...], session: str, open_block: str
) -> None:
    live = looked_at(sample)
    live.others = tuple(
        OnlinePresence(b, b, s, b, AT - dt.timedelta(seconds=n), since=str(n)) for s, b, n in seats
    )
    assert session_of(live) == session
    live.look_on(session)
    block = followed(live)
    assert block is not None
    assert block.id == open_block


async def test_of_two_screens_that_of_who_has_the_clock_is_followed_as_by_the_room(
    sample: AccountPlan,
) -> None:
    live = looked_at(sample)
    scribe, facilitator = (
        OnlinePresence(name, name, "S2", block, AT, since=since)
        for name, block, since in (("scribe", "H3", "1"), ("facilitator", "H2", "2"))
    )
    live.others = (scribe, facilitator)
    assert followed(live, "facilitator") == live.view.get(Block, "H2")
    assert followed_screen(live, "S2", "facilitator") == facilitator


async def test_a_session_without_an_agenda_says_so(sample: AccountPlan) -> None:
    bare = AccountPlan.of(row for row in sample if not isinstance(row, Block))
    live = looked_at(bare)
    assert followed(live) is None
    assert prompts(live, None, 40) == (("This session has no agenda yet.", ""),)
    assert "in this block" not in str(gaps(live, None, 40))


async def test_ctrl_c_says_how_it_is_left(norvane: Path) -> None:
    async with noting(norvane) as (app, pilot):
        await until(app, pilot, "Session 2")
        await pilot.press("ctrl+c")
        assert any("ends the app" in toast.message for toast in app._notifications)


async def test_while_the_clock_runs_the_prompts_go_along_with_the_main_screen_and_the_clock_stays(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane", session=1) as room:
        room.workspace.open_block("N4")
        await room.press("f7", "s", "enter")
        await room.wait_until(lambda: room.live.running_block() == "N4", "it runs")
        async with noting(norvane) as (app, pilot):
            await until(app, pilot, "Next: Value co-discovery")
            face = app.screen.query_one(ClockFace)
            assert face.face.caption.startswith("left")
            ran = face.face.figures
            await room.press("N", "N")
            shown = "\n".join(await until(app, pilot, "Next: Approach"))
            assert "Partnering proposition" in shown
            assert face.face.figures == ran
            assert face.face.caption.startswith("Stakeholder map")
            assert " · left" in face.face.caption
        assert room.live.running_block() == "N4"
