"""Coming back to a session: where the clock runs, else where one was; and what waits is announced."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.app.clocks import begun
from tests.app.driver import Driven, driving, seed
from tests.app.test_keys import border
from tests.app.test_sealed import seal_elsewhere
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.tui.features.drafts import Drafts
from workshop_tui.tui.widgets.stage import A_LOOK, IN_FRONT


def place(app: Driven) -> tuple[str, int, str]:
    assert app.workspace.block
    row = app.sheet().current
    assert row
    return app.workspace.block.id, app.workspace.stage.number, row.id


async def among_us(app: Driven) -> None:
    await app.press("ctrl+t")
    await app.wait_until(lambda: app.shows("Who may look"), "it is asked who may look")
    await app.press("a", "enter")
    await app.wait_until(lambda: app.live.audience == ALLIANCE)


async def leave(app: Driven) -> None:
    app.app.flush()
    await app.stored()


async def test_a_session_goes_on_in_the_block_view_and_row_that_was_left(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.VALUE)
        await app.press("v", "3", "down", "down")
        left = place(app)
        assert left[1:] != (0, app.sheet().table.rows[0].id)
        await app.press("q")
        await app.wait_until(lambda: app.app.workshop is None, "the library is there")
        await app.stored()
    async with driving(norvane, account="norvane") as app:
        assert place(app) == left
        assert app.sheet().has_focus
        await app.press("f4")
        await app.wait_until(lambda: app.live.audience == CUSTOMER)
        await leave(app)
    async with driving(norvane, account="norvane", session=1) as app:
        assert app.workspace.block == app.workspace.blocks()[0]  # where another session was left is not asked


@pytest.mark.parametrize(
    "way",
    [
        ("v", "3", "down", "down"),
        ("v", "1", *["right_square_bracket"] * 2, *["down"] * 4),  # another person is asked there
    ],
)
async def test_looking_back_from_the_library_leads_on_to_where_the_session_was_left_and_leaves_it_so(
    norvane: Path, way: tuple[str, ...]
) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.VALUE)
        await app.press(*way)
        left = place(app)
        await leave(app)
    for keys in ((), ("n",)):
        async with driving(norvane) as app:
            await app.wait_until(lambda: app.shows("Norvane Bank"), "it is listed")
            await app.go("account/norvane", "", "library")
            await app.press("enter")
            await app.wait_until(lambda: app.app.workshop and app.shows("Looking back"), "it looks back")
            assert app.workspace.aside
            assert app.workshop.query_one(f".{IN_FRONT}").has_focus
            await app.press(*keys)
            assert app.workshop.query_one(f".{IN_FRONT}") is app.workspace.stage.main
            assert not keys or place(app) == left
            await leave(app)
    async with driving(norvane, account="norvane") as app:
        assert place(app) == left


async def test_a_session_that_was_never_shown_begins_as_ever_once_one_has_looked_back(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane") as app:
        begins = place(app)
    for _ in range(2):
        async with driving(norvane) as app:
            await app.wait_until(lambda: app.shows("Norvane Bank"), "it is listed")
            await app.go("account/norvane", "", "library")
            await app.press("enter")
            await app.wait_until(lambda: app.app.workshop and app.shows("Looking back"), "it looks back")
            await leave(app)
            assert not app.live.left_at
    async with driving(norvane, account="norvane") as app:
        assert place(app) == begins


async def test_a_place_that_the_audience_does_not_see_is_not_gone_to(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await leave(app)
        app.live.look_as(CUSTOMER)
        await app.stored()
    async with driving(norvane, account="norvane") as app:
        assert app.live.audience == CUSTOMER
        assert app.workspace.block == app.workspace.blocks()[0]
        await among_us(app)
        assert app.workspace.block.kind is BlockKind.STAKEHOLDERS


async def test_what_was_shared_aside_is_left_and_found_again_by_all(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.CLOSING)
        await app.press("f4", "v", "2")
        assert app.workspace.stands_for
        title = app.workspace.stage.view.title if app.workspace.stage.view else ""
        await leave(app)
    async with driving(norvane, account="norvane") as app:
        assert app.live.audience == CUSTOMER
        assert app.workspace.stage.view
        assert app.workspace.stage.view.title == title == "Parking"
        await among_us(app)
        assert app.workspace.block
        assert app.workspace.block.kind is BlockKind.CLOSING
        assert not app.workspace.aside


async def test_the_block_whose_clock_runs_comes_first(sample: AccountPlan, empty: Path) -> None:
    seed(empty, begun(sample, "H9", 3))
    async with driving(empty, account="norvane") as app:
        app.workspace.open_block("H4")
        await leave(app)
    async with driving(empty, account="norvane") as app:
        assert app.workspace.block
        assert app.workspace.block.id == "H9"
        assert app.live.audience == ALLIANCE


async def test_a_customers_block_whose_clock_runs_is_safe_when_one_comes_back(
    sample: AccountPlan, empty: Path
) -> None:
    seed(empty, begun(sample, "H7", 3))
    async with driving(empty, account="norvane") as app:
        assert app.workspace.block
        assert app.workspace.block.id == "H7"
        assert app.live.audience == CUSTOMER


async def test_a_line_that_waits_is_announced(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Lucía", "Due", "main", "enter")
        await app.type_text("some day", "escape")
        await leave(app)
    async with driving(norvane, account="norvane") as app:
        await app.wait_until(lambda: app.shows("1 field not saved in Actions: ⏎"), "it is announced")
        await app.press("enter")
        assert app.editor.typed.endswith("some day")
        await app.press("ctrl+u", "escape")
        await app.type_text("", "f2", *"a: Ask for it")
        await leave(app)
    async with driving(norvane, account="norvane") as app:
        await app.wait_until(lambda: app.shows("waits: F2 goes on with it"), "the line is announced")


async def test_the_cursor_stays_where_one_has_gone_before_it_is_told_what_waits(
    sample: AccountPlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "w.db"
    seed(path, sample)
    async with driving(path, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Three-way", "Due", "main", "enter")
        await app.type_text("someday", "escape")
        await leave(app)
    may_join, join = asyncio.Event(), LivePlan.join

    async def late(live: LivePlan) -> None:
        await may_join.wait()
        await join(live)

    monkeypatch.setattr(LivePlan, "join", late)
    async with driving(path, account="norvane") as app:
        await app.go("First drill", "Due")
        stands = app.workspace.stage.at_cursor
        may_join.set()
        await app.arrived()
        assert border(app) == "1 field not saved in Actions"
        assert app.workspace.stage.at_cursor == stands


async def test_fields_that_are_not_saved_are_called_so_and_gone_to_from_the_page_also_once_it_is_sealed(
    sample: AccountPlan, tmp_path: Path
) -> None:
    path = tmp_path / "w.db"
    seed(path, sample)
    async with driving(path, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        for row in ("Three-way", "First drill"):
            await app.go(row, "Due", "main", "enter")
            await app.type_text("someday", "escape")
        await leave(app)
    async with driving(path, account="norvane") as app:
        await app.arrived()
        assert border(app) == "2 fields not saved in Actions: ⏎"
        await seal_elsewhere(app)
        assert app.live.is_held
        assert "✎ 23 Jun" in app.text
        app.workspace.stage._hush()
        assert border(app) == "✎ typed and not saved"
        await app.press("A")
        app.workspace[Drafts]._announce(())
        assert border(app) == "2 fields not saved in Actions: ⏎ goes there"
        await app.press("enter")  # too soon: nobody could read it
        assert app.workspace.aside
        app.workspace.stage._told_at -= A_LOOK
        await app.press("enter")
        assert app.workspace.aside is None
        assert app.workspace.block
        assert app.workspace.block.kind is BlockKind.ACTIONS
        assert border(app) == "✎ typed and not saved"
