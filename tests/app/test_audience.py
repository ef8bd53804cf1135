"""One key leads from anywhere to what the customer may see; on the way not one frame tells the rest."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.canaries import LEAK, opened_as, with_canaries
from tests.app.driver import Driven, driving, seed
from tests.app.frames import Frames, recorded
from tests.app.test_attending import run_clock
from tests.app.test_curtain import held_up
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.tui.features.audience import Audience
from workshop_tui.tui.features.drafts import Drafts
from workshop_tui.tui.features.focus_mode import FocusMode
from workshop_tui.tui.screens.clock_panel import ClockPanel
from workshop_tui.tui.screens.dialogs import Ask
from workshop_tui.views.cell import Choice

TYPED = "zw"
WAYS: tuple[tuple[BlockKind, tuple[str, ...]], ...] = (
    *((BlockKind.STAKEHOLDERS, way) for way in (("p", "r"), ("a", TYPED), ("slash", TYPED), ("f7",))),
    *((BlockKind.STAKEHOLDERS, way) for way in (("e", "tab", "tab", "tab", TYPED), ("f1", "ctrl+p", TYPED))),
    *((BlockKind.STAKEHOLDERS, way) for way in (("f2", f"{TYPED} @{LEAK}"), ("5", "f6"))),
    (BlockKind.ACTIONS, ("d",)),
)
"""Where F4 is pressed, and after which keys."""


@pytest.fixture
def frames(monkeypatch: pytest.MonkeyPatch) -> Frames:
    return recorded(monkeypatch)


def stopped(plan: AccountPlan) -> AccountPlan:
    """Return a plan whose clock stands, so that no block is shared by itself."""
    return AccountPlan.of((*plan, *(with_values(block, started=None) for block in plan.all(Block))))


async def test_no_frame_after_the_key_tells_anything(
    sample: AccountPlan, empty: Path, frames: Frames
) -> None:
    plan = stopped(opened_as(with_canaries(sample, CUSTOMER), ALLIANCE))
    seed(empty, plan)
    frames.begins_with = "f4"
    async with driving(empty, account=plan.account.id, size=(110, 20)) as app:
        for kind, way in WAYS:
            await app.to_block(kind)
            for keys in way:
                await (app.type_text(keys) if keys.startswith(TYPED) else app.press(keys))
            assert LEAK in app.text or app.app.screen is not app.workshop, way  # or nothing is there to hide
            await app.press("f4")
            await app.stored()
            assert frames.text
            assert LEAK not in frames.text, (way, frames.text)
            assert (app.live.audience, app.app.screen) == (CUSTOMER, app.workshop), way
            assert "● SHARED" in app.rows[0]
            assert not app.workspace.is_typing
            app.workspace[Audience].look_as(ALLIANCE)
            if app.workspace[FocusMode].is_on:
                await app.press("f6")


@pytest.mark.parametrize("behind", [(), ("f5",)])
async def test_what_is_asked_while_it_waits_for_its_turn_goes_away(
    norvane: Path, behind: tuple[str, ...]
) -> None:
    async with driving(norvane, account="norvane", size=(100, 20)) as app:
        assert app.workspace.block
        await app.press("f2")  # it waits for what is typed there
        app.app.action_audience()
        app.app.push_screen(
            ClockPanel(app.live, app.workspace.block, [Choice("p", "Protect its minutes", "p")])
        )
        await app.press(*behind)
        await app.quiet()
        assert not app.shows("Protect")
        await app.press(*behind)  # the curtain lifts
        assert (app.live.audience, app.app.screen) == (CUSTOMER, app.workshop)


async def test_from_there_it_asks_for_whom_to_open(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 30)) as app:
        await app.press("ctrl+o", "ctrl+t")
        await app.wait_until(lambda: "Who may look?" in app.text)
        await app.press("1", "enter")
        assert app.live.audience == "ps"
        assert "QUILLHAVEN ONLY" in app.rows[0]


async def test_what_is_typed_when_the_audience_changes_is_saved_or_kept_for_whom_it_was_typed(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane", size=(100, 30)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.go("Marcus", "Title", "main", "enter")
        await app.type_text(" of the group")
        await app.press("f4")
        (found,) = app.live.whole.where(Stakeholder, id="ST02")
        assert found.title == "Chief Financial Officer of the group"
        app.workspace[Audience].look_as(ALLIANCE)
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Send", "Due", "main", "enter")
        await app.type_text("june or so")
        await app.press("f4")
        assert app.workspace[Drafts].all() == {}
        app.workspace[Audience].look_as(ALLIANCE)
        assert list(app.workspace[Drafts].all().values()) == ["june or so"]


async def test_a_file_written_by_then_is_not_told_of_and_nothing_else_goes_away(
    norvane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going = held_up(monkeypatch)
    monkeypatch.chdir(norvane.parent)
    async with driving(norvane, account="norvane", size=(100, 30)) as app:
        await app.press("e", "ctrl+s", "f4")
        assert not list(norvane.parent.glob("*.md"))
        going.set()
        await app.wait_until(lambda: list(norvane.parent.glob("*.md")), "it is written")
        await app.stored()
        assert (app.told, app.app.screen) == ("", app.workshop)


async def test_what_is_answered_twice_takes_nothing_else_away(
    norvane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going = held_up(monkeypatch)
    monkeypatch.chdir(norvane.parent)
    async with driving(norvane, account="norvane", size=(100, 30)) as app:
        await app.press("e", "ctrl+s", "ctrl+s")
        dialog = app.app.screen
        assert isinstance(dialog, Ask)
        going.set()
        await app.wait_until(lambda: app.told, "it is written")
        dialog.action_take()
        dialog.dismiss()
        await app.stored()
        assert app.app.screen is app.workshop


async def test_the_library_stays_closed_while_what_was_typed_before_is_saved(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 30)) as app:
        release = blocked(app)
        await app.press("q", "f4")
        release()
        await app.stored()
        assert app.app.screen is app.workshop
        assert app.live.audience == CUSTOMER


def blocked(app: Driven) -> Callable[[], None]:
    """Keep the storage thread from its work until the function returned is called."""
    going = threading.Event()
    app.app.storage.call(lambda _store: going.wait(30))
    return going.set


async def test_to_the_customer_there_is_this_session_alone(
    norvane: Path, sample: AccountPlan, frames: Frames
) -> None:
    account = with_values(sample.account, id="other", name=f"{LEAK}other")
    seed(norvane, AccountPlan.of((account, *(row for row in sample if not isinstance(row, Account)))))
    async with driving(norvane, account="norvane", size=(100, 30)) as app:
        await app.press("f4")
    async with driving(norvane, account="norvane", size=(100, 30)) as app:  # reopened as it was left
        for keys in (("e",), ("i",), ("q",), ("ctrl+p", "lib", "enter"), ("ctrl+p", "exp", "enter")):
            for key in keys:
                await (app.type_text(key) if key in {"lib", "exp"} else app.press(key))
            await app.stored()
            await app.press("escape", "escape")
            assert (app.told, app.app.screen) == ("", app.workshop), keys
    assert frames.text
    assert LEAK not in frames.text


async def test_a_session_reopens_as_narrow_as_any_keyboard_has_it_or_left_it(norvane: Path) -> None:
    async with driving(norvane, account="norvane", actor="room") as room:
        await room.press("f4")
        await room.stored()  # or the next one may open before this is told
        assert room.live.audience == CUSTOMER
        async with driving(norvane, account="norvane", actor="scribe") as scribe:
            assert scribe.live.audience == CUSTOMER
            await scribe.press("shift+f4", "a", "enter")
            await scribe.wait_until(lambda: scribe.live.audience == ALLIANCE)
            await scribe.stored()
            room.live._following.leave()
            async with driving(norvane, account="norvane", actor="room") as again:
                assert "● SHARED" in again.rows[0]
                await again.stored()
                again.workspace[Audience].look_as(ALLIANCE)
                await again.stored()
    async with driving(norvane, account="norvane", actor="room") as room:
        assert room.live.audience == ALLIANCE


@pytest.mark.parametrize(
    ("kind", "digit", "theirs"),
    [(BlockKind.ACTIONS, "4", "Send Dev and Nadia"), (BlockKind.CLOSING, "1", "Send Dev and Nadia")],
)
async def test_shared_from_actions_or_closing_the_screen_stays_there_cut_for_the_customer(
    norvane: Path, kind: BlockKind, digit: str, theirs: str
) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(kind)
        await app.to_view(digit)
        block = app.workspace.block
        assert block is not None
        view = app.workspace.stage.view
        assert "Find out who takes" in app.text
        await app.press("f4")
        assert app.live.audience == CUSTOMER
        assert app.workspace.block is not None
        assert app.workspace.block.kind is kind
        assert app.workspace.stage.view is view
        shown = [cell.text for row in app.sheet().table.rows for cell in row.cells]
        assert any(theirs in text for text in shown)
        assert "Find out who takes" not in app.text
        assert block.title not in app.text or kind is BlockKind.ACTIONS
        await app.press("shift+f4", "a", "enter")
        assert app.workspace.block == app.live.view.get(type(block), block.id)


async def test_next_from_what_is_shared_so_asks_who_may_look_and_goes_on_from_there(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("f4", "n")
        await app.wait_until(lambda: "Who may look?" in app.text)
        await app.press("a", "enter")
        await app.wait_until(lambda: app.live.audience == ALLIANCE)
        assert app.workspace.block is not None
        assert app.workspace.block.kind is BlockKind.CLOSING


async def test_next_goes_on_for_the_customer_who_is_to_look_on_or_says_that_it_stays(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        run_clock(app, "H10")
        await app.to_block(BlockKind.ACTIONS)
        for key, kind in (("n", BlockKind.CLOSING), ("b", BlockKind.ACTIONS)):
            await app.press("f4", key)
            await app.wait_until(lambda: "Who may look?" in app.text)
            await app.press("c", "enter")
            await app.wait_until(lambda: "Who may look?" not in app.text)
            assert app.live.audience == CUSTOMER
            assert app.workspace.block
            assert app.workspace.block.kind is kind
        await app.wait_until(
            lambda: app.live.running_block() == "H11", "the clock has gone along, and not back"
        )
        await app.press("n", "c", "enter", "n", "c", "enter")
        await app.wait_until(lambda: "Who may look?" not in app.text)
        assert app.shows("This is the last block.")
        await app.press("shift+f4", "a", "enter")
        await app.to_block(BlockKind.VALUE)
        await app.press("f4", "n", "c", "enter")
        assert app.shows("«Value co-discovery» stays on the screen: n asks again.")
        assert app.live.audience == CUSTOMER


async def test_from_any_other_block_of_ours_sharing_says_which_block_it_is_and_no_more(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.APPROACH)
        await app.press("f4")
        assert app.workspace.block is not None
        assert app.workspace.block.kind is BlockKind.VALUE
        assert str(app.workspace.stage.border_subtitle) == app.workspace.block.title
