"""The clock: it runs and is seen. Nothing here keeps time: the plan has it, so that a kill loses none."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from msgspec import Struct

from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.lifecycle import clock as agenda
from workshop_tui.domain.lifecycle.clock import MINUTE, Running, allotted
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Changes, Refused, set_field
from workshop_tui.tui.commands.command import Command, Section, key_of
from workshop_tui.tui.screens.clock_panel import ClockPanel, typed_minutes
from workshop_tui.tui.screens.dialogs import Ask, Field, Values
from workshop_tui.tui.widgets.status_bar import Bar
from workshop_tui.tui.workspace import (
    BlockBegun,
    BlockLeft,
    MinuteGone,
    PlanShown,
    Ticked,
    Workspace,
    why_sealed,
)
from workshop_tui.views.around import clock_text
from workshop_tui.views.cell import Choice
from workshop_tui.views.clock import (
    closed_at,
    paused_by_start,
    running,
    seen,
    session_line,
    shifted,
    short_title,
    taken_from,
)

Build = Callable[[tuple[Block, ...]], Changes]
"""Makes changes out of the whole agenda as it is now; may raise Refused."""
STAYS = "The clock stays where it is: {} moves it."
BACK = "{}: {} b goes back with the clock"


class ClockChoice(Struct, frozen=True):
    """Something that can be done with the clock, by a key of its panel."""

    key: str
    text: str
    run: Callable[[], object]


class Clock:
    """Tells the time, takes the clock along through the agenda, and asks what to do with it."""

    def __init__(self, workspace: Workspace) -> None:
        """Listen for what moves it."""
        self._workspace, self._live = workspace, workspace.live
        self._told: Running | None = None
        self._told_of_minute = (0, "")
        workspace.listen(PlanShown, lambda _: self.show())
        workspace.listen(Ticked, lambda _: self._tick())
        workspace.listen(BlockLeft, self._move_on)
        workspace.listen(BlockBegun, lambda event: self._start(event.block))

    # Telling the time

    def show(self) -> None:
        """Show the clock as it is now; it goes on by itself if it runs."""
        self._told = seen(self._live)
        self._workspace.screen.query_one(Bar).clock = clock_text(self._live, self._told)
        self._workspace.stage.show_face(self._told)

    def _tick(self) -> None:
        """Tell the time by the clock, what the agenda says of it each minute, and all of it each day."""
        if self._told:
            self.show()
        before, self._told_of_minute = self._told_of_minute, self._by_minute
        is_another, view = before != self._told_of_minute, self._workspace.stage.view
        if self._live.keep_up() or (is_another and view and view.tells_clock):
            self._workspace.show_changes()
        elif is_another:
            self._workspace.emit(MinuteGone())

    @property
    def _by_minute(self) -> tuple[int, str]:
        """What the agenda tells of the clock, beside the stage and in it."""
        return round(self._told.spent / MINUTE) if self._told else 0, session_line(self._live, self._told)

    # Having it run

    @property
    def _going(self) -> Block | None:
        """The block whose clock runs, if the audience may see it."""
        return next((block for block in self._workspace.blocks() if self._runs(block)), None)

    def _runs(self, block: Block) -> bool:
        """Whether the clock of a block runs; the customer's projection does not say."""
        now = running(self._live)
        return now is not None and now.runs and now.block == block.id

    def _move_on(self, event: BlockLeft) -> None:
        """Take the clock along to the next block, if it runs for the one that is left; never back.

        It goes along from a block that the customer doesn't see, too, as long as they look: the one that
        is shown is where the room is.
        """
        left = self._workspace.planned
        if event.by <= 0 or left is None or left.id == event.to:
            return
        if self._runs(left):
            self._workspace.run_worker(self._take_along, left.id, group="clock-along")
        elif event.is_shared and (unseen := self._live.runs_unseen(event.to)):
            self._workspace.run_worker(self._take_along, unseen, group="clock-along")

    async def _take_along(self, left: str) -> None:
        """Have the clock follow who runs it to where they are by then; a second person looks around."""
        if not await self._live.moves_clock():
            self._workspace.say(STAYS.format(key_of(self._workspace.screen, "clock")))
        elif shown := self._workspace.shown:
            self._start(shown)
            self._tell_closed(left)

    def _tell_closed(self, block: str) -> None:
        """Tell which block the clock has left, and how to get back; the customer hears nothing of that."""
        left = self._live.view.get(Block, block)
        if left and left.started is None:
            closed = closed_at(left, self._live.clock())
            self._tell_ours(BACK.format(closed, key_of(self._workspace.screen, "clock")))

    def _start(self, block: str) -> None:
        now, paused = self._live.clock(), paused_by_start(self._live)
        if not self._change(lambda plan: agenda.start(plan.all(Block), block, now)) and paused:
            self._workspace.say(paused)

    def _set_agenda(self, build: Build) -> str:
        """Change the clock of this session in one Step; return why not, and say so."""
        session = self._live.session_id
        return self._change(lambda plan: build(plan.where(Block, session=session)))

    def _change(self, build: Callable[[AccountPlan], Changes]) -> str:
        try:
            self._live.commit(build)
        except Refused as refused:
            self._workspace.tell(str(refused))
            return str(refused)
        return ""

    def open(self) -> None:
        """Show the clock, and ask what to do with it."""
        self._workspace.run_worker(self._open, group="clock", exclusive=True)

    async def _open(self) -> None:
        unseen = self._unseen
        block = self._going or unseen or self._workspace.planned
        if block is None:
            return
        of_it = self._of_the_unseen(block) if block is unseen else self._choices(block)
        choices = {choice.key: choice for choice in of_it}
        told = [Choice(choice.key, choice.text, choice.key) for choice in choices.values()]
        key = await self._workspace.ask(ClockPanel(self._live, block, told))
        if key and inspect.isawaitable(done := choices[key].run()):
            await done

    @property
    def _unseen(self) -> Block | None:
        """The block that the audience doesn't see and for which something is shown, called as that is."""
        shown = self._workspace.aside
        return self._live.block_unseen(self._workspace.stands_for, shown.title if shown else "")

    def _of_the_unseen(self, block: Block) -> Iterator[ClockChoice]:
        """Yield what can be done with the clock of a block that the audience doesn't see."""
        if self._live.running_block() == block.id:
            yield ClockChoice("s", "Pause", self._pause)
        else:
            yield ClockChoice("s", "Start", partial(self._start, block.id))
        yield from self._more(block)

    def _more(self, block: Block) -> Iterator[ClockChoice]:
        yield ClockChoice("1", "One minute more", partial(self._extend, block, 1))
        yield ClockChoice("5", "Five minutes more", partial(self._extend, block, 5))
        yield ClockChoice("m", "Other minutes …", partial(self._ask_minutes, block))

    def _choices(self, block: Block) -> Iterator[ClockChoice]:
        """Yield what can be done with the clock, for the block it is at or could be started for."""
        going, opened = self._going, self._workspace.planned
        if going:
            yield ClockChoice("s", f"Pause «{block.title}»", self._pause)
        else:
            yield ClockChoice("s", f"Start «{block.title}»", partial(self._start, block.id))
        if going and opened and opened.id != going.id:
            start = partial(self._start, opened.id)
            yield ClockChoice("h", f"Start «{opened.title}», which is open", start)
        if after := self._neighbour(block, 1):
            yield ClockChoice("n", f"Next: «{after.title}»", partial(self._go_on, after))
        if before := self._neighbour(block, -1):
            yield ClockChoice("b", f"Back to «{before.title}»", partial(self._go_on, before))
        yield from self._more(block)
        if self._live.audience != CUSTOMER:
            if late := round((now.behind or 0) / MINUTE) if (now := running(self._live)) else 0:
                verb = f"Take the {late} min behind from" if late > 0 else f"Give the {-late} min ahead to"
                if self._can_catch_up:
                    yield ClockChoice("c", f"{verb} what is still to come", self._catch_up)
            protect = "Let it give time to others again" if block.protected else "Protect its minutes"
            yield ClockChoice("p", protect, partial(self._protect, block))

    def _neighbour(self, block: Block, by: int) -> Block | None:
        blocks = self._workspace.blocks()
        at = next((n for n, other in enumerate(blocks) if other.id == block.id), 0) + by
        return blocks[at] if 0 <= at < len(blocks) else None

    def _pause(self) -> None:
        now = self._live.clock()
        self._set_agenda(lambda blocks: agenda.pause(blocks, now))

    def _go_on(self, block: Block) -> None:
        """Take the clock to another block, and go there."""
        self._start(block.id)
        self._workspace.open_block(block.id)

    @property
    def _can_catch_up(self) -> bool:
        """Whether anything is still to come that could give time or take it."""
        try:
            return bool(agenda.catch_up(self._workspace.blocks(), self._live.clock()))
        except Refused:
            return False

    def _catch_up(self) -> None:
        now, before = self._live.clock(), self._workspace.blocks()
        if not self._set_agenda(lambda blocks: agenda.catch_up(blocks, now)):
            self._tell_ours(shifted(before, self._workspace.blocks()))

    def _protect(self, block: Block) -> None:
        if not self._set_agenda(lambda blocks: _protected(blocks, block.id)):
            now = "gives time to others again" if block.protected else "keeps its minutes"
            self._tell_ours(f"«{block.title}» {now}")

    def _tell_ours(self, told: str) -> None:
        """Tell of time given and taken, where it is shown at all; the customer hears nothing of that."""
        if self._live.audience != CUSTOMER and self._live.shows_clock:
            self._workspace.stage.tell(told)

    def _extend(self, block: Block, minutes: int) -> str:
        before = self._workspace.blocks()
        wrong = self._set_agenda(lambda blocks: agenda.extend(blocks, block.id, minutes * MINUTE))
        if not wrong:
            self._tell_more(block, minutes, before)
        return wrong

    def _tell_more(self, block: Block, minutes: int, before: tuple[Block, ...]) -> None:
        """Tell which block has how many minutes now, and among ourselves from which others they came."""
        if not self._live.shows_clock:
            return
        was = round(allotted(block) / MINUTE)
        said = f"{short_title(block)}: {was} → {was + minutes} minutes"
        ours = self._live.audience != CUSTOMER
        more = taken_from(before, self._workspace.blocks(), block.id) if ours else ""
        self._workspace.stage.tell(" · ".join(filter(None, (said, more))))

    async def _ask_minutes(self, block: Block) -> None:
        async def take(values: Values) -> Mapping[str, str]:
            try:
                wrong = self._extend(block, typed_minutes(values["minutes"]))
            except Refused as refused:
                wrong = str(refused)
            return {"minutes": wrong} if wrong else {}

        field = Field("minutes", "Minutes more", "", "as in 3, or -2 for fewer")
        await self._workspace.ask(Ask(f"More time for {block.title}", [field], take, "Add"))


def _protected(blocks: tuple[Block, ...], which: str) -> Changes:
    return tuple(
        change for b in blocks if b.id == which for change in set_field(b, "protected", not b.protected)
    )


COMMANDS = (
    Command[Workspace](
        "clock",
        "f7,T",
        "Clock",
        lambda workspace: workspace[Clock].open(),
        "the [clock](docs/guide.md#the-clock): start, pause, next, back, more time",
        disabled=why_sealed,
        shown=True,
        priority=True,
        section=Section.SESSION,
    ),
)
