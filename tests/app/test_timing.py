"""The clock as it is run: from block to block, on its panel, in the focus and in the break."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from unittest.mock import AsyncMock

import pytest

from tests.app.clocks import begun, on_the_wall
from tests.app.driver import AT, Driven, driving, seed
from tests.views.plans import looked_at
from workshop_tui.domain.base.vocabulary import CUSTOMER, BlockKind
from workshop_tui.domain.lifecycle.start import thawed
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Refused, Step, apply, set_field
from workshop_tui.tui.features.audience import Audience
from workshop_tui.tui.features.focus_mode import FocusMode
from workshop_tui.tui.screens.clock_panel import typed_minutes
from workshop_tui.tui.widgets.big_digits import ClockFace
from workshop_tui.tui.widgets.status_bar import Bar
from workshop_tui.views.clock import running
from workshop_tui.views.opening.agenda import Agenda
from workshop_tui.views.status_bar import ClockText


def block(app: Driven, which: str) -> Block:
    found = app.live.whole.get(Block, which)
    assert found
    return found


def bar(app: Driven) -> str:
    return app.rows[0]


@pytest.mark.parametrize(("text", "minutes"), [("3", 3), (" +5 ", 5), ("-2", -2), ("− 2", -2), ("600", 600)])
def test_minutes_as_they_are_typed(text: str, minutes: int) -> None:
    assert typed_minutes(text) == minutes


@pytest.mark.parametrize("text", ["", "0", "x", "1.5", "601", "-", "1e3", "٣", "9" * 40, "[/x]"])
def test_what_is_no_number_of_minutes_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(Refused, match=r"is no number of minutes: type a whole one up to 600, .*\.$"):
        typed_minutes(text)


# Running it


async def test_ninety_minutes_at_sixty_fold_speed(norvane: Path) -> None:
    """Over, extended, passed on by n, with the customer in the middle; and what was used is kept."""
    used = {"N1": 5, "N2": 8, "N3": 10, "N4": 22, "N5": 20, "N6": 10, "N7": 6, "N8": 6, "N9": 3}
    async with driving(norvane, account="norvane", session=1) as app:
        wall = on_the_wall(app)
        names = dict(zip(used, app.workspace.blocks(), strict=True))
        await app.press("f7", "s", "enter")
        for name, minutes in used.items():
            if name == "N4":
                await app.press("f7", "1", "enter", "f7", "1", "enter")
                assert [b.extended for b in app.workspace.blocks()][3:] == [120, -52, -28, -20, -20, 0]
            for _ in range(minutes):
                wall.go_on(app, 60)
            if name == "N2":
                assert "Last actions" not in bar(app)
                assert "Opening +03:00 over  3 behind" in bar(app)
            if name == "N3":
                assert "!! 00:00 left" in bar(app)
            await app.press(*{"N5": ("n", "a", "enter"), "N9": ("f7", "s", "enter")}.get(name, ("n",)))
            await app.quiet()
        await app.quiet()
        spent = {name: block(app, names[name].id).spent / 60 for name in used}
        assert spent == used
        assert sum(b.extended for b in app.workspace.blocks()) == 0
        assert sum(spent.values()) == sum(b.minutes for b in app.workspace.blocks())
        assert not any(b.started for b in app.workspace.blocks())
        await app.stored()
        assert await app.live.next_undo() == ()


async def test_the_clock_goes_on_after_a_kill(norvane: Path) -> None:
    async with driving(norvane, account="norvane", session=1) as app:
        wall = on_the_wall(app)
        await app.press("f7", "s", "enter")
        wall.go_on(app, 60)
        assert "04:00 left" in bar(app)
        await app.stored()
    async with driving(
        norvane, account="norvane", session=1, at=AT + dt.timedelta(minutes=7, seconds=30)
    ) as app:
        assert "+02:30 over" in bar(app)
        assert app.sheet("rail").table.rows[0].cells[1].text.strip() in {"8/5", "7/5"}


async def test_the_clock_moves_along_with_n_of_who_runs_it_and_with_nothing_else(
    norvane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(norvane, account="norvane", session=1) as app:
        wall = on_the_wall(app)
        first, second, third, *_ = app.workspace.blocks()
        await app.press("n")
        assert not any(b.started for b in app.workspace.blocks())
        await app.press("f7", "s", "enter")
        wall.go_on(app, 30)
        await app.press("b")
        app.workspace.open_block(third.id)
        await app.press("n")  # from a block that does not run
        assert [b.id for b in app.workspace.blocks() if b.started] == [second.id]
        app.workspace.open_block(second.id)
        await app.press("n")
        assert [b.id for b in app.workspace.blocks() if b.started] == [third.id]
        assert "closed at 0 of" in app.text
        assert "F7 b goes back with the clock" in app.text
        await app.press("B", "N", "N")  # to look around moves no clock
        assert [b.id for b in app.workspace.blocks() if b.started] == [third.id]
        app.workspace.open_block(third.id)
        assert (block(app, second.id).spent, block(app, first.id).spent) == (30, 0)
        await app.press("f7", "b", "enter")
        assert app.workspace.block
        assert app.workspace.block.id == second.id
        assert running(app.live)
        app.workspace.open_block(first.id)
        await app.press("f7", "h", "enter")
        assert [b.id for b in app.workspace.blocks() if b.started] == [first.id]
        monkeypatch.setattr(app.live, "moves_clock", AsyncMock(return_value=False))
        await app.press("n")
        assert app.workspace.block.id == second.id
        assert [b.id for b in app.workspace.blocks() if b.started] == [first.id]
        assert "F7 moves it" in app.told


async def test_what_was_done_in_another_block_is_undone_by_the_key_pressed_twice(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        wall = on_the_wall(app)
        await app.to_block(BlockKind.ACTIONS)
        was = app.live.whole
        await app.fill("Action/A07", "Due", "4 dec 2026")
        changed = app.live.whole
        wall.go_on(app, 600)
        await app.press("ctrl+z")  # it is on the screen
        await app.wait_until(lambda: app.live.whole == was, "it is undone at once")
        await app.press("ctrl+y")
        await app.wait_until(lambda: app.live.whole == changed, "and done again")
        await app.stored()
        wall.go_on(app, 5)
        await app.to_block(BlockKind.PROPOSITION)
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.shows("? Ctrl+Z again undoes it"), "it is asked")
        assert app.live.whole == changed
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.live.whole == was, "it is undone")


async def test_which_key_undoes_it_is_asked_in_full_beside_the_agenda(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        wall = on_the_wall(app)
        await app.to_block(BlockKind.ACTIONS)
        await app.fill("Action/A07", "Due", "4 dec 2026")
        await app.stored()
        wall.go_on(app, 600)
        await app.to_block(BlockKind.PROPOSITION)
        await app.press("o")
        assert app.sheet("rail").display
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.shows("? Ctrl+Z again undoes it"), "it is asked")


async def test_at_midnight_gaps_and_lateness_change_by_themselves(sample: AccountPlan, empty: Path) -> None:
    seed(empty, thawed(sample))
    async with driving(empty, account="norvane", size=(160, 45)) as app:
        await app.to_block(BlockKind.ACTIONS)
        wall = on_the_wall(app)
        action = next(a for a in app.live.view.all(Action) if a.status.is_open and a.owner and a.accountable)
        app.live.commit(lambda _plan: set_field(action, "due", "2026-06-09"))
        wall.now = AT.replace(hour=23, minute=59, second=50)
        app.workspace.show()
        await app.quiet()
        before = counted(app)
        wall.go_on(app, 20)
        await app.quiet()
        assert counted(app) == before + 1
        assert "1 d late" in app.text
        await app.press("g")
        assert late(app, action.id)
        (now,) = app.live.whole.where(Action, id=action.id)
        app.live.commit(lambda _plan: set_field(now, "due", "2026-06-10"))
        await app.quiet()
        assert not late(app, action.id)
        wall.go_on(app, 24 * 60 * 60)
        await app.quiet()
        assert late(app, action.id)


def counted(app: Driven) -> int:
    """Return how many gaps the border tells of."""
    (found,) = re.findall(r"Gaps (\d+) ▸", app.rows[1])
    return int(found)


def late(app: Driven, action: str) -> bool:
    """Whether an action is overdue by the gaps beside the stage."""
    return any("overdue" in row.id and action in row.id for row in app.sheet("gaps").table.rows)


async def test_the_panel_gives_time_protects_and_catches_up(norvane: Path) -> None:
    async with driving(norvane, account="norvane", session=1) as app:
        wall = on_the_wall(app)
        await app.press("f7", "s", "enter")
        wall.go_on(app, 60)
        await app.press("f7")
        assert isinstance(app.app.screen.query_one(ClockFace), ClockFace)
        assert app.app.screen.query_one(ClockFace).face.figures == "04:00"
        await app.press("5", "enter")
        assert app.app.screen is app.workshop
        assert "−" in next(row for row in app.rows if "Opening: 5 → 10 minutes · " in row)
        await app.press("f7", "m", "enter")
        await app.type_text("two", "enter")
        assert "is no number of minutes" in app.text
        await app.press("escape", "f7", "m", "enter")
        await app.type_text("-3", "enter")
        assert app.app.screen is app.workshop
        assert "06:00 left" in bar(app)
        await app.press("f7", "p", "enter")
        assert app.workspace.blocks()[0].protected
        assert app.shows("» keeps its minutes")
        wall.go_on(app, 660)
        assert "5 behind" in bar(app)
        await app.press("f7", "c", "enter")
        assert app.app.screen is app.workshop
        assert app.shows(" −0")
        assert "behind" not in bar(app)
        await app.press("ctrl+z")
        await app.wait_until(lambda: not app.workspace.blocks()[0].protected, "undo passes over the clock")
        assert "behind" not in bar(app)


async def test_a_key_alone_does_it_and_leaves_the_next_one_to_the_block(norvane: Path) -> None:
    async with driving(norvane, account="norvane", session=1) as app:
        first, second, *_ = app.workspace.blocks()
        await app.press("f7", "s")
        await app.wait_until(lambda: app.live.running_block() == first.id, "started")
        await app.press("f7", "5")
        await app.wait_until(lambda: app.workspace.blocks()[0].extended == 300, "five more")
        await app.press("n")
        await app.wait_until(lambda: app.live.running_block() == second.id, "the next block")
        await app.press("f7", "n", "down", "escape")  # looked for, and left
        assert app.live.running_block() == second.id


async def test_giving_to_what_is_still_to_come_is_offered_only_where_anything_is(norvane: Path) -> None:
    async with driving(norvane, account="norvane", session=1) as app:
        wall = on_the_wall(app)
        await app.press("f7", "s", "enter")
        wall.go_on(app, 5000)
        await app.press("f7")
        assert app.shows("what is still to come")
        await app.press("escape")
        app.workspace.open_block(app.workspace.blocks()[-1].id)
        await app.press("f7", "h", "enter")
        wall.go_on(app, 5000)
        await app.press("f7")
        assert app.shows("Five minutes more")
        assert not app.shows("still to come")


async def test_the_panels_key_pressed_again_lets_no_key_through_to_the_table(norvane: Path) -> None:
    async with driving(norvane, account="norvane", session=1) as app:
        first, second = app.workspace.blocks()[:2]
        await app.press("f7", "p", "enter", "f7", "n", "enter")
        assert app.app.screen is app.workshop
        assert app.workspace.block
        assert app.workspace.block.id == second.id
        assert [b.id for b in app.workspace.blocks() if b.started] == [second.id]
        assert app.workspace.blocks()[0].protected is not first.protected


async def test_the_panel_goes_on_with_the_block_as_it_is_by_now(norvane: Path) -> None:
    async with driving(norvane, account="norvane", session=1) as app:
        await app.press("f7")
        face = app.app.screen.query_one(ClockFace)
        before = face.face.figures
        first = app.workspace.blocks()[0]
        app.live.commit(lambda _plan: set_field(first, "minutes", first.minutes + 3))
        app.app.screen._tick()  # type: ignore[attr-defined]
        assert (before, face.face.figures) == ("05:00", "08:00")
        await app.press("1", "enter", "f7")
        assert app.app.screen.query_one(ClockFace).face.figures == "09:00"
        await app.press("p", "enter", "f7")
        assert "Let it give time to others again" in app.text
        assert "Protect its minutes" not in app.text


async def test_f7_gives_the_customer_no_title_but_its_own(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        on_the_wall(app)
        titles = {b.title for b in app.workspace.blocks()}
        app.live.commit(lambda _plan: set_field(block(app, "H1"), "started", AT.isoformat()))
        app.workspace[Audience].look_as(CUSTOMER)
        await app.press("f7")
        assert {title for title in titles if title in app.text} == {"Value co-discovery"}
        await app.press("s", "enter", "f7")
        assert [b.id for b in app.live.whole.all(Block) if b.started] == ["H7"]
        assert not any(word in app.text for word in ("behind", "ahead", "ends", "Protect", "still to come"))
        await app.press("n")
        assert app.live.audience == CUSTOMER


async def test_minutes_are_given_to_the_block_that_the_screen_is_at_and_never_to_one_that_is_over(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        ours = app.workspace.block
        assert ours is not None
        await app.press(
            "f7", "s", "enter", "f4"
        )  # from here on the actions stand there, cut for the customer
        assert app.workspace.stands_for == ours.id
        before = app.live.whole
        await app.press("f7", "5", "enter")
        longer = {
            b.id for b in app.live.whole.all(Block) if b.extended > before.where(Block, id=b.id)[0].extended
        }
        assert longer == {ours.id}
        assert app.shows(f"Actions: {ours.minutes} → {ours.minutes + 5} minutes")
        await app.press("f7", "s", "enter")
        assert not app.live.running_block()


async def test_only_the_facilitator_sees_it_if_that_is_set(norvane: Path) -> None:
    async with driving(norvane, account="norvane", session=1) as app:
        app.live.shows_clock = False
        wall = on_the_wall(app)
        await app.press("f7", "s", "enter", "f7", "5", "enter")
        assert not app.shows("→ 10 minutes")
        wall.go_on(app, 90)
        await app.press("f6")
        assert not any("08:3" in row or "left" in row for row in app.rows)
        assert app.workshop.query_one(Bar).clock == ClockText()
        assert not app.widget("#face").display
        await app.press("f7")
        assert app.app.screen.query_one(ClockFace).face.figures == "08:30"


async def test_an_account_has_one_clock(sample: AccountPlan, norvane: Path) -> None:
    other = sample.where(Block, session="S1")[0]
    live = looked_at(begun(sample, other.id, 5))
    _, clock = Agenda().row_actions(live, "Block/H4")
    now = apply(live.whole, Step(tuple(clock.edit.build(live.whole, None))))
    assert [b.id for b in now.all(Block) if b.started] == ["H4"]
    assert now.where(Block, id=other.id)[0].spent == 300
    async with driving(norvane, account="norvane", session=2) as app:
        app.live.commit(lambda _plan: set_field(other, "started", AT.isoformat()))
        await app.press("f7", "s", "enter")
        assert app.told == "The clock of session 1 is paused: the account has one."
        assert app.live.session_id in {b.session for b in app.live.whole.all(Block) if b.started}


async def test_the_focus_shows_the_block_alone_and_esc_leaves_what_is_open_first(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        app.workspace.open_block("H4")
        await app.press("f6")
        hidden = ("#rail", "#card", "#keys", "#tabs")
        assert not any(app.widget(name).display for name in hidden)
        assert app.sheet().table.roomy
        assert "TEAM ONLY" in bar(app)
        assert "Gaps" not in app.text
        await app.press("enter", "f6", "f6")
        assert app.editor.is_open
        await app.press("escape")
        await app.quiet()
        assert (app.editor.is_open, app.workspace[FocusMode].is_on) == (False, True)
        await app.press("escape")
        assert not app.workspace[FocusMode].is_on
        assert all(app.widget(name).display for name in hidden)


async def test_the_focus_has_no_figures_where_they_would_leave_no_room(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await app.press("f7", "s", "enter", "f6")
        assert app.widget("#face").display
        app.workspace.open_block(
            next(b.id for b in app.workspace.blocks() if b.kind is BlockKind.PROPOSITION)
        )
        await app.press("f6", "f6")
        assert app.workspace[FocusMode].is_on
        assert not app.widget("#face").display
        assert app.shows("What we bring")


async def test_f6_and_f7_are_ours_in_a_long_text(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.go("Purpose", "", "main", "enter")
        assert app.rows[-1].split()[:4] == ["⏎", "Keep", "esc", "Done"]
        await app.type_text("Agree")
        await app.press("f6", "f7")
        assert app.workspace[FocusMode].is_on
        assert app.app.screen is not app.workshop
        await app.press("f7", "escape", "escape")
        assert app.live.session.purpose == "Agree"


async def test_the_break_is_its_clock(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        wall = on_the_wall(app)
        app.live.commit(lambda _plan: set_field(block(app, "H6"), "spent", 0))
        app.workspace.open_block("H6")
        await app.quiet()
        assert app.app.screen.query_one(ClockFace).face.figures == "15:00"
        await app.press("f7", "s", "enter")
        wall.go_on(app, 1)
        shown = app.app.screen.query_one(ClockFace)
        assert (shown.display, shown.face.figures) == (True, "14:59")
        assert "until 10:02" in shown.face.caption
        await app.press("b")
        assert not shown.display


async def test_over_the_figures_of_a_break_nothing_is_said_but_in_the_border(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.BREAK)
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.shows("Nothing to undo."), "it is said")
        assert not app.told
        assert "Nothing to undo." in app.rows[-2]
