"""The room's window: follows the main screen, shows nothing its audience may not see, and changes nothing."""

from __future__ import annotations

import asyncio
import datetime as dt
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot
from textual.widget import Widget

from tests.app.canaries import FINE, LEAK, opened_as, with_canaries
from tests.app.driver import AT, DEADLINE, POLL, Driven, driving, quiet, screen_text, seed
from tests.app.frames import recorded
from tests.app.test_canaries import leaks_in
from tests.views.plans import looked_at
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Block, Session
from workshop_tui.domain.model.value import Answer, Question
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Refused, Step, apply, set_field
from workshop_tui.live.record import seal_now
from workshop_tui.server_url import Database
from workshop_tui.settings import Settings
from workshop_tui.store import file
from workshop_tui.store.errors import StoreError
from workshop_tui.store.presence import OnlinePresence
from workshop_tui.store.store import Store
from workshop_tui.tui.features.audience import Audience
from workshop_tui.tui.room_app import RoomApp
from workshop_tui.tui.screens.curtain import MOMENT
from workshop_tui.tui.widgets.big_digits import ClockFace
from workshop_tui.tui.widgets.room_stage import RoomStage
from workshop_tui.views.room import followed_screen, room_block
from workshop_tui.views.value.read_back import AnswersReadBack

WAITING = "Waiting for Norvane Bank to be opened on the main screen."


@dataclass
class Room:
    """The running window."""

    app: RoomApp
    pilot: Pilot[Any]

    @property
    def rows(self) -> list[str]:
        return screen_text(self.app)  # type: ignore[arg-type] # any app has a screen

    @property
    def text(self) -> str:
        return "\n".join(self.rows)

    @property
    def stage(self) -> RoomStage:
        return self.app.query_one(RoomStage)

    async def until(self, holds: Callable[[], object], what: str = "") -> None:
        end = time.monotonic() + DEADLINE
        while not holds():
            assert time.monotonic() < end, "\n".join([f"not in time: {what}", *self.rows])
            await asyncio.sleep(POLL)
            await quiet(self.app)

    async def shows(self, text: str) -> None:
        await self.until(lambda: text in self.text, text)

    async def looked(self) -> None:
        """Wait until it has looked at the database anew and shown what is there."""
        await self.until(lambda: self.app.live, "it knows who is there")
        assert self.app.live
        await asyncio.wrap_future(self.app.storage.call(self.app.live._following._poll))
        await quiet(self.app)


@asynccontextmanager
async def rooming(
    path: Database,
    *,
    account: str = "norvane",
    session: str = "",
    audience: str = CUSTOMER,
    size: tuple[int, int] = (120, 36),
    at: dt.datetime = AT,
) -> AsyncIterator[Room]:
    """Run the window on a database."""
    folder = path.parent if isinstance(path, Path) else Path.cwd()
    settings, log = Settings(folder / "config.toml", "me"), folder / "crash.log"
    app = RoomApp(path, settings, log, lambda: at, account=account, session=session, audience=audience)
    try:
        async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
            await quiet(app)
            yield Room(app, pilot)
    finally:
        app.storage.close(10)


def open_to_the_room(main: Driven, kind: BlockKind) -> Block:
    """Have a block that is ours be the customer's, too."""
    block = next(b for b in main.live.whole.where(Block, session="S2") if b.kind is kind)
    main.live.commit(lambda _plan: set_field(block, "visibility", CUSTOMER))
    return block


async def told(main: Driven) -> None:
    """Have the main screen's place written, without waiting for the next moment."""
    await main.wait_until(lambda: main.live._following._said, "it has joined")
    main.live._following.announce()
    await main.stored()


async def test_it_waits_in_a_sentence_until_the_account_is_opened_and_again_when_it_is_left(
    norvane: Path,
) -> None:
    async with rooming(norvane) as room:
        await room.shows(WAITING)
        async with driving(norvane, account="norvane") as main:
            await main.to_block(BlockKind.VALUE)
            await room.shows("Value co-discovery")
            assert WAITING not in room.text
            await main.press("q")
            await room.shows(WAITING)
            assert "co-discovery" not in room.text


async def test_it_follows_from_a_sealed_session_to_the_one_that_is_begun_after_it(
    sample: AccountPlan, empty: Path
) -> None:
    after = (
        Session(id="S3", rank=9, held_on=AT.date()),
        Block(
            id="S3B1",
            session="S3",
            kind=BlockKind.VALUE,
            title="What comes next",
            visibility=CUSTOMER,
            minutes=20,
        ),
    )
    plan = apply(sample, Step(seal_now(sample, "S2", seal="e1", at=AT, journal=7)))
    seed(empty, plan)
    async with rooming(empty) as room:
        async with driving(empty, account="norvane", session=2) as main:
            await room.shows("Session 2")
            assert main.live.is_held
            await main.press("q")
        with closing(Store.open(empty)) as store:
            store.commit("norvane", Step(tuple(map(Add, after)), "me", AT))
        await room.shows(WAITING)
        async with driving(empty, account="norvane", session=3) as main:
            await room.shows("Session 3")
            await room.shows("What comes next")
            assert WAITING not in room.text


async def test_it_follows_block_view_and_subject(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as main, rooming(norvane) as room:
        open_to_the_room(main, BlockKind.BREAK)
        await main.to_block(BlockKind.VALUE)
        await room.shows("What must go right this year")
        await main.press("right_square_bracket")
        await room.shows("Nadia Okonjo-Wells, Programme Director")
        await main.press("down", "down")
        await room.shows("Which worry comes back to your desk every week?")
        await main.press("v", "4")
        await room.until(lambda: isinstance(room.stage.view, AnswersReadBack), "the read-back")
        await room.shows("I HEARD YOU SAY")
        open_to_the_room(main, BlockKind.ACTIONS)
        await main.to_block(BlockKind.ACTIONS)
        await main.press("v", "3")  # of several that are put together in other ways
        await room.until(lambda: room.stage.view and room.stage.view.title == "Milestones", "the milestones")
        await main.to_block(BlockKind.BREAK)
        await room.until(lambda: room.stage.block and room.stage.block.kind is BlockKind.BREAK, "the break")
        assert room.app.query_one(ClockFace).display


async def test_what_is_heard_is_shown_once_it_is_typed(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as main, rooming(norvane) as room:
        await main.press("f4")
        await main.to_block(BlockKind.VALUE)
        await main.press("enter")
        await main.type_text("No second outage", "enter")
        await main.press("up")
        await room.shows("“No second outage”")


async def test_where_the_answer_is_kept_from_the_room_it_follows_to_the_question(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as main, rooming(norvane) as room:
        await main.to_block(BlockKind.VALUE)
        question = main.live.whole.all(Question)[2]
        view = main.workspace.stage.view
        assert view
        subject = view.subjects(main.live)[1]
        mine = Answer(
            id="ours", question=question.id, stakeholder=subject, text="Ours alone", visibility=ALLIANCE
        )
        main.live.commit(lambda _plan: (Add(mine),))
        await main.press("right_square_bracket", "down", "down")
        assert "Ours alone" in main.text
        await room.shows(question.text)
        assert "Ours alone" not in room.text


async def test_what_the_room_may_not_see_is_not_followed(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as main, rooming(norvane) as room:
        await room.until(lambda: "Session 2 · 9 Jun 2026" in room.text and WAITING not in room.text)
        assert room.app.query_one("#line").display  # the opening is ours
        await main.to_block(BlockKind.VALUE)
        await room.shows("Value co-discovery")
        before = room.rows
        await main.to_block(BlockKind.ACTIONS)
        await told(main)
        await room.looked()
        assert room.rows == before
        people = open_to_the_room(main, BlockKind.STAKEHOLDERS)
        with main.app._context():
            main.workspace.open_block(people.id)
        await main.press("v", "1")
        await room.shows("Priya Vantongeren")
        before = room.rows
        await main.press("v", "3")
        assert main.workspace.stage.view
        assert not main.workspace.stage.view.is_open(looked_at(main.live.whole, CUSTOMER))
        await told(main)
        await room.looked()
        assert room.rows == before


async def test_the_curtain_covers_it_whatever_goes_on_beneath(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as main, rooming(norvane) as room:
        await main.to_block(BlockKind.VALUE)
        await room.shows("Value co-discovery")
        await main.press("f5")
        await room.shows(MOMENT)
        assert [row.strip() for row in room.rows if row.strip()] == [MOMENT]
        person = main.live.whole.all(Stakeholder)[0]
        main.live.commit(lambda _plan: set_field(person, "title", "Chair"))
        await main.stored()
        await room.looked()
        assert [row.strip() for row in room.rows if row.strip()] == [MOMENT]
        await room.pilot.press("plus", "minus", "f5", "enter", "escape")
        await room.pilot.resize_terminal(100, 30)
        await quiet(room.app)
        assert [row.strip() for row in room.rows if row.strip()] == [MOMENT]
        await main.press("f5")
        await room.shows("Value co-discovery")


async def test_it_opens_covered_where_the_curtain_is_down(
    norvane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(norvane, account="norvane") as main:
        await main.to_block(BlockKind.VALUE)
        await main.press("f5")
        await told(main)
        frames = recorded(monkeypatch, RoomApp)
        async with rooming(norvane) as room:
            await room.shows(MOMENT)
            assert "Value" not in frames.text
            assert "Norvane" not in frames.text


async def test_it_is_cut_for_its_own_audience_whomever_the_main_screen_is_for(norvane: Path) -> None:
    async with (
        driving(norvane, account="norvane") as main,
        rooming(norvane) as room,
        rooming(norvane, audience=ALLIANCE) as ours,
    ):
        await main.to_people()
        await ours.shows("Stakeholder map")
        await main.to_block(BlockKind.VALUE)
        for audience in ("ps", CUSTOMER, ALLIANCE):
            with main.app._context():
                main.workspace[Audience].look_as(audience)
            await told(main)
            await room.looked()
            assert room.app.live
            assert room.app.live.audience == room.app.live.view.audience == CUSTOMER
            assert ours.app.live
            assert ours.app.live.audience == ALLIANCE


@pytest.mark.parametrize("audience", [CUSTOMER, "ps"])
async def test_nothing_hidden_is_ever_painted(
    sample: AccountPlan, empty: Path, audience: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = recorded(monkeypatch, RoomApp)
    plan = opened_as(with_canaries(sample, audience), ALLIANCE)
    seed(empty, plan)
    seen: list[str] = []
    account = plan.account.id
    async with (
        driving(empty, account=account) as main,
        rooming(empty, account=account, audience=audience, size=(110, 30)) as room,
    ):
        for block in {block.kind: block for block in main.workspace.blocks()}.values():
            with main.app._context():
                main.workspace.open_block(block.id)
            for number in range(len(main.workspace.stage.views)):
                with main.app._context():
                    main.workspace.stage.open_view(number)
                await main.press("down", "right_square_bracket")
                await told(main)
                await room.looked()
                for size in ("minus", "plus"):
                    await room.pilot.press(size)
                    seen.append("\n".join([*room.rows, *_unpainted(room)]))
            for _ in range(2):
                await main.press("f5")
                await told(main)
                await room.looked()
    found = {leak: text for text in seen for leak in leaks_in(text, audience)}
    assert not found, "\n\n".join(f"{leak}:\n{text}" for leak, text in found.items())
    assert sum(FINE in text for text in seen) > 5  # or nothing was looked at
    assert FINE in frames.text
    assert LEAK not in frames.text  # not for a moment either


def _unpainted(room: Room) -> Iterator[str]:
    yield f"{room.app.title} {room.app.sub_title}"
    for widget in room.app.screen.walk_children(Widget):
        if widget.display:
            titles = (widget.border_title, widget.border_subtitle, widget.tooltip)
            yield from (str(title) for title in titles if title)


async def test_a_row_that_is_withdrawn_from_the_room_goes_at_once(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as main, rooming(norvane) as room:
        await main.to_block(BlockKind.VALUE)
        await main.press("v", "4")
        await room.shows("I HEARD YOU SAY")
        assert room.app.live
        words = next(a for a in room.app.live.view.all(Answer) if f"“{a.text}”" in room.text)
        await main.press("f5")
        await told(main)
        await room.looked()
        main.live.commit(lambda plan: set_field(plan.rows[Answer][words.key], "visibility", ALLIANCE))
        await main.press("f5")
        await told(main)
        await room.looked()
        assert words.text not in room.text


async def test_no_key_but_its_own_does_anything_and_nothing_ever_comes_over_it(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as main, rooming(norvane) as room:
        await main.to_block(BlockKind.VALUE)
        await main.press("v", "3")
        await room.until(lambda: room.app.query(RoomStage) and room.stage.number == 2, "the answers")
        before, number = room.rows, main.live.number
        keys = "n b v a x d e i r s m y p o g c 1 2 0 ? / [ ] k j T"
        functions = [f"f{n}" for n in range(1, 13)]
        moves = ("enter", "space", "tab", "shift+tab", "down", "end", "delete", "insert", "escape")
        await room.pilot.press(*keys.split(), *functions, *moves, "ctrl+p", "ctrl+c", "ctrl+z", "ctrl+e")
        await room.pilot.click("#main", offset=(5, 4))
        await quiet(room.app)
        assert room.rows == before
        assert room.app.screen_stack == [room.app.screen]
        assert room.app.focused is None
        assert not room.app._notifications
        await room.pilot.press("minus")
        assert room.rows != before
        await room.pilot.press("plus")
        assert room.rows == before
        await main.stored()
        assert main.live.number == number
        await room.pilot.press("q")
    assert room.app.return_code == 0


async def test_it_takes_no_seat_and_can_write_nothing(norvane: Path) -> None:
    async with rooming(norvane, session="S1") as room:
        await room.shows("Waiting for session 1 of Norvane Bank")
        live = room.app.live
        assert live
        person = live.view.all(Stakeholder)[0]
        with pytest.raises(Refused):
            live.commit(lambda _plan: set_field(person, "title", "Chair"))
        assert live.closed
    with closing(Store.open(norvane)) as store:
        assert store.online("norvane", AT - dt.timedelta(days=1)) == ()
        assert store.load("norvane")[1] == 1


async def test_it_reads_keys_of_nobody_into_the_projector(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as main, rooming(norvane) as room:
        await main.to_block(BlockKind.VALUE)
        await room.shows("What must go right this year")
        assert "Enter" in main.text
        for view in "1234":
            await main.press("v", view)
            await told(main)
            await room.looked()
            for word in ("Enter", "Space", "press a", "+ "):
                assert word not in room.text


async def test_a_locked_database_changes_nothing_and_it_goes_on_by_itself(
    norvane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "BUSY_SECONDS", 0.02)
    with closing(sqlite3.connect(norvane, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        async with rooming(norvane) as room:
            await room.shows("Waiting for the database.")
            lock.rollback()
            await room.shows(WAITING)
            async with driving(norvane, account="norvane") as main:
                await main.to_block(BlockKind.VALUE)
                await room.shows("What must go right this year")
                before = room.rows
                await main.stored()
                lock.execute("BEGIN EXCLUSIVE")
                for _ in range(3):
                    with pytest.raises(StoreError, match="locked"):
                        await room.looked()
                assert room.rows == before
                lock.rollback()
                await main.press("down")
                await room.shows("Of everything on your list")


async def test_of_several_screens_it_follows_who_has_the_clock_else_the_longest_open(norvane: Path) -> None:
    async with (
        driving(norvane, account="norvane", actor="rowan") as first,
        driving(norvane, account="norvane", actor="mirela", at=AT + dt.timedelta(seconds=5)) as second,
        rooming(norvane) as room,
    ):
        going = open_to_the_room(second, BlockKind.BREAK)
        await first.to_block(BlockKind.VALUE)
        await room.shows("Value co-discovery")
        await second.to_block(BlockKind.BREAK)
        await told(second)
        await room.looked()
        assert room.stage.block
        assert room.stage.block.kind is BlockKind.VALUE
        second.live.commit(lambda _plan: set_field(going, "started", AT.isoformat()))
        await second.stored()
        await room.until(
            lambda: room.stage.block and room.stage.block.kind is BlockKind.BREAK, "the keeper's"
        )


def screen_of(name: str, since: str, session: str = "S2", actor: str = "") -> OnlinePresence:
    return OnlinePresence(name, actor or name, session, "H7", AT, since=since)


async def test_which_screen_is_followed(sample: AccountPlan) -> None:
    live = looked_at(sample, CUSTOMER)
    assert followed_screen(live) is None
    old, young, unknown = screen_of("b", "2026-06-09T08"), screen_of("a", "2026-06-09T09"), screen_of("c", "")
    elsewhere, gone = screen_of("d", "2026-06-09T07", "S1"), screen_of("e", "2026-06-09T06", "gone")
    live.others = (young, unknown, old, gone)
    assert followed_screen(live) == old
    assert followed_screen(live, keeper="a") == young
    assert followed_screen(live, keeper="nobody") == old
    live.others = (*live.others, elsewhere)
    assert followed_screen(live) == elsewhere
    assert followed_screen(live, "S2") == old
    assert followed_screen(live, "S2", "d") == old


async def test_a_block_of_another_session_is_not_kept(sample: AccountPlan) -> None:
    live = looked_at(sample, CUSTOMER)
    live.look_on("S2", CUSTOMER)
    theirs = live.view.where(Block, session="S2")[0]
    ours = next(b for b in live.whole.where(Block, session="S2") if b.visibility != CUSTOMER)
    other = live.view.where(Block, session="S1")[0]
    assert room_block(live, ours.id, "") is None
    assert room_block(live, ours.id, theirs.id) == theirs
    assert room_block(live, ours.id, other.id) is None
    assert room_block(live, other.id, "") is None


async def test_it_follows_into_another_session_cut_the_same(norvane: Path) -> None:
    async with rooming(norvane) as room:
        for number in (2, 1):
            async with driving(norvane, account="norvane", session=number) as main:
                await main.to_block(BlockKind.VALUE)
                await room.shows(f"Session {number}")
                await room.until(lambda: room.stage.display, "the block")
                assert room.app.live
                assert room.app.live.audience == CUSTOMER
                assert room.app.live.session_id == main.live.session_id


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 45), (200, 60)])
async def test_the_question_is_whole_and_in_the_middle_at_every_size(
    norvane: Path, size: tuple[int, int]
) -> None:
    async with driving(norvane, account="norvane") as main, rooming(norvane, size=size) as room:
        await main.to_block(BlockKind.VALUE)
        await room.shows("What must go right this year")
        lines = [n for n, row in enumerate(room.rows) if "What must go right" in row]
        assert len(lines) == 1
        assert size[1] // 4 < lines[0] < size[1] * 3 // 4
        assert "Which worry comes back" not in room.text  # what is still to be asked


def test_nothing_of_a_presence_is_left_out_of_its_place() -> None:
    """Whatever changes where somebody is has to be told anew, or the window stays behind."""
    here = screen_of("a", "")
    others = {"session": "x", "block": "x", "audience": "x", "view": "x", "subject": "x", "row": "x"}
    for name, value in {**others, "covered": True}.items():
        assert replace(here, **{name: value}).place != here.place
