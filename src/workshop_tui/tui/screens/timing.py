"""A screen with a clock, and with a focus mode for the back of the room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from workshop_tui.domain import agenda
from workshop_tui.domain.agenda import MINUTE, Running
from workshop_tui.domain.plan import AccountPlan
from workshop_tui.domain.session import Block, Session
from workshop_tui.domain.step import Changes, Refused, set_field
from workshop_tui.domain.words import CUSTOMER
from workshop_tui.tui.clock import running, seen, session_line
from workshop_tui.tui.panels import clock_text
from workshop_tui.tui.screens.attending import AttendingScreen
from workshop_tui.tui.screens.clock_panel import ClockPanel, typed_minutes
from workshop_tui.tui.screens.dialogs import Ask, Field, Values
from workshop_tui.tui.screens.stage import Stage
from workshop_tui.tui.widgets.bar import Bar
from workshop_tui.tui.widgets.keys import Keys
from workshop_tui.tui.widgets.sheet import Sheet

Build = Callable[[tuple[Block, ...]], Changes]
"""Makes changes out of the whole agenda as it is now; may raise Refused."""
_LEAVES = {"s", "h", "n", "b"}
"""What is done once; more time and the like is looked at, and perhaps done again."""

STAYS = "The clock stays where it is: F7 takes it along."


class TimingScreen(AttendingScreen):
    """Has the clock run and be seen. Nothing here keeps time: the plan has it, so that a kill loses none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "focus_mode", "Focus", id="focus", priority=True),
        Binding("escape", "leave_focus", "Leave the focus", id="focus.leave", show=False, priority=True),
        Binding("f7", "clock", "Clock", id="clock", priority=True),
        Binding("T", "clock", "Clock", id="clock", show=False),
    ]

    in_focus = False
    _told: Running | None = None

    @property
    def block(self) -> Block | None:
        """The open block."""
        raise NotImplementedError

    def blocks(self) -> tuple[Block, ...]:
        """The blocks that the audience may see."""
        raise NotImplementedError

    def _go_to_block(self, block: str) -> None:
        """Open a block."""
        raise NotImplementedError

    def _show_changes(self) -> None:
        """Show the live plan as it is, and what is typed where it stands by now."""
        raise NotImplementedError

    # Telling the time

    def show_clock(self) -> None:
        """Show the clock as it is now; it goes on by itself if it runs."""
        self._told = seen(self.live)
        self.query_one(Bar).clock = clock_text(self.live, self._told)
        self.query_one(Stage).show_face(self._told)

    def each_second(self) -> None:
        """Tell the time by the clock, what the agenda says of it each minute, and all of it each day."""
        super().each_second()
        before = self._by_minute
        if self._told:
            self.show_clock()
        if self.live.keep_up() or before != self._by_minute:
            self._show_changes()

    @property
    def _by_minute(self) -> tuple[int, str]:
        """What the agenda tells of the clock, beside the stage and in it."""
        return round(self._told.spent / MINUTE) if self._told else 0, session_line(self.live, self._told)

    # Having it run

    @property
    def _going(self) -> Block | None:
        """The block whose clock runs, if the audience may see it."""
        return next((block for block in self.blocks() if self._runs(block)), None)

    def _runs(self, block: Block) -> bool:
        """Whether the clock of a block runs; the customer's projection does not say."""
        now = running(self.live)
        return now is not None and now.runs and now.block == block.id

    def move_on(self, by: int, block: str) -> None:
        """Take the clock along to the next block, if it runs for the one that is left; never back."""
        if by > 0 and self.block and self.block.id != block and self._runs(self.block):
            self._take_along()

    @work(group="clock-along")
    async def _take_along(self) -> None:
        """Have the clock follow who runs it to where they are by then; a second person looks around."""
        if not await self.live.moves_clock():
            self.notify(STAYS, markup=False)
        elif self.block:
            self._start(self.block.id)

    def _start(self, block: str) -> None:
        now, session = self.live.clock(), self.live.session_id
        others = {b.session: b for b in self.live.view.all(Block) if b.started and b.session != session}
        if not self._change(lambda plan: agenda.start(plan.all(Block), block, now)) and others:
            told = ", ".join(self.live.view.name_of(Session, other) for other in others)
            self.notify(f"The clock of {told} is paused: the account has one.", markup=False)

    def _set_agenda(self, build: Build) -> str:
        """Change the clock of this session in one Step; return why not, and say so."""
        session = self.live.session_id
        return self._change(lambda plan: build(plan.where(Block, session=session)))

    def _change(self, build: Callable[[AccountPlan], Changes]) -> str:
        try:
            self.live.commit(build)
        except Refused as refused:
            self._tell(str(refused))
            return str(refused)
        return ""

    @work(exclusive=True, group="clock")
    async def action_clock(self) -> None:
        """Show the clock, and ask what to do with it."""
        if self.is_closed():
            return
        block = self._going or self.block
        while block:
            choices = [(key, text, key) for key, text in self._choices(block).items()]
            chosen = await self.app.ask(ClockPanel(self.live, block, choices))
            if not chosen:
                return
            if chosen == "m":
                await self._ask_minutes(block)
            else:
                self._do(chosen, block)
            if chosen in _LEAVES:
                return

    def _choices(self, block: Block) -> Mapping[str, str]:
        """Return key → what it does with the clock, for the block it is at or could be started for."""
        going, opened = self._going, self.block
        before, after = self._neighbour(block, -1), self._neighbour(block, 1)
        late = round((now.behind or 0) / MINUTE) if (now := running(self.live)) else 0
        told = {
            "s": f"Pause «{block.title}»" if going else f"Start «{block.title}»",
            "h": f"Start «{opened.title}», which is open"
            if going and opened and opened.id != going.id
            else "",
            "n": f"Next: «{after.title}»" if after else "",
            "b": f"Back to «{before.title}»" if before else "",
            "1": "One minute more",
            "5": "Five minutes more",
            "m": "Other minutes …",
        }
        if self.live.audience != CUSTOMER:
            verb = f"Take the {late} min behind from" if late > 0 else f"Give the {-late} min ahead to"
            told["c"] = f"{verb} what is still to come" if late else ""
            told["p"] = "Let it give time to others again" if block.protected else "Protect its minutes"
        return {key: text for key, text in told.items() if text}

    def _neighbour(self, block: Block, by: int) -> Block | None:
        blocks = self.blocks()
        at = next((n for n, other in enumerate(blocks) if other.id == block.id), 0) + by
        return blocks[at] if 0 <= at < len(blocks) else None

    def _do(self, key: str, block: Block) -> None:
        now, opened = self.live.clock(), self.block
        match key:
            case "s" if self._going:
                self._set_agenda(lambda blocks: agenda.pause(blocks, now))
            case "s":
                self._start(block.id)
            case "h" if opened:
                self._start(opened.id)
            case "n" | "b" if other := self._neighbour(block, 1 if key == "n" else -1):
                self._start(other.id)
                self._go_to_block(other.id)
            case "1" | "5":
                self._extend(block, int(key))
            case "c":
                self._set_agenda(lambda blocks: agenda.catch_up(blocks, now))
            case "p":
                self._set_agenda(lambda blocks: _protected(blocks, block.id))

    def _extend(self, block: Block, minutes: int) -> str:
        return self._set_agenda(lambda blocks: agenda.extend(blocks, block.id, minutes * MINUTE))

    async def _ask_minutes(self, block: Block) -> None:
        async def take(values: Values) -> Mapping[str, str]:
            try:
                wrong = self._extend(block, typed_minutes(values["minutes"]))
            except Refused as refused:
                wrong = str(refused)
            return {"minutes": wrong} if wrong else {}

        field = Field("minutes", "Minutes more", "", "as in 3, or -2 for fewer")
        await self.app.ask(Ask(f"More time for {block.title}", [field], take, "Add"))

    # Focus

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let Esc leave the focus only where it has nothing else to leave."""
        if action == "leave_focus":
            return self.in_focus and isinstance(self.focused, Sheet)
        return super().check_action(action, parameters)

    def action_focus_mode(self) -> None:
        """Show the open block alone and roomy, or all that stands around it again."""
        self.in_focus = self.query_one(Stage).roomy = not self.in_focus
        self.set_class(self.in_focus, "in-focus")
        self.query_one(Keys).display = not self.in_focus
        self.show()
        self.call_after_refresh(self._show_changes)  # where an editor that is open stands by then
        if self.in_focus:
            self.notify("F6 or Esc leaves the focus.", markup=False)
            if not self.is_typing:
                self.query_one(Stage).main.focus()

    def action_leave_focus(self) -> None:
        """Show what stands around the block again."""
        self.action_focus_mode()


def _protected(blocks: tuple[Block, ...], which: str) -> Changes:
    return tuple(
        change for b in blocks if b.id == which for change in set_field(b, "protected", not b.protected)
    )
