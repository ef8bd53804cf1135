"""What the features of a workshop share, so that none of them needs to know another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from msgspec import Struct
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker

from workshop_tui.domain.base.vocabulary import CUSTOMER, BlockKind
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.step import Step
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.tui.host import Host, host_of
from workshop_tui.tui.keyboard import Mode, mode
from workshop_tui.tui.textual_patches.hardened_app import lay_out
from workshop_tui.tui.textual_patches.prompt_paint import paint_at_once
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.widgets.stage import Stage
from workshop_tui.views.beside import BESIDE, SHARED, beside
from workshop_tui.views.block_views import Aside, StageKind, stage_kind
from workshop_tui.views.cell import RowAction
from workshop_tui.views.table import Row

if TYPE_CHECKING:
    from workshop_tui.views.transcript import TurnsView

Answer = TypeVar("Answer")
Event = TypeVar("Event")
Feature = TypeVar("Feature")

PASSED_OVER = (
    "Can't {0} that any more: somebody else has changed it since. The next {0} takes what came before."
)


class OpenInput(Protocol):
    """Where somebody may be typing."""

    @property
    def is_open(self) -> bool:
        """Whether it is there to be typed in."""

    def flush(self) -> None:
        """Hand over for saving what is being typed."""

    def leave(self) -> None:
        """Stop typing at once."""

    def follow(self) -> None:
        """Stand where it belongs in what is shown by now."""


class PlanShown(Struct, frozen=True):
    """The live plan is shown anew."""


class Ticked(Struct, frozen=True):
    """A second has gone by. There is one ticker for all, since waking up costs the most."""


class MinuteGone(Struct, frozen=True):
    """The agenda tells another minute of the clock."""


class FocusMoved(Struct, frozen=True):
    """Another widget has the focus."""


class Rearranged(Struct, frozen=True):
    """Something else is to stand around the stage than before."""


class Resized(Struct, frozen=True):
    """The screen has another size."""


class Committed(Struct, frozen=True):
    """A cell was changed at this keyboard."""

    step: Step


class AudienceChanged(Struct, frozen=True):
    """The screen is cut for somebody else."""


class DraftsFound(Struct, frozen=True):
    """What was left unfinished is known only now, though one may be typing already."""

    texts: Mapping[str, str]
    """What was left at each place where something else was typed meanwhile, or may be."""


class TranscriptRead(Struct, frozen=True):
    """A transcript was brought in from a file."""

    view: TurnsView


class LineOffered(Struct, frozen=True):
    """A line is to be captured that was written elsewhere; nothing comes in before Enter."""

    text: str
    back: Widget
    """Where the keyboard goes once the line is left."""


class BlockOpened(Struct, frozen=True):
    """A block was gone to."""

    block: Block | None
    looks: bool = False
    """Whether it is only looked at: the room is elsewhere."""


class BlockLeft(Struct, frozen=True):
    """The open block is about to be left for another, by a step through the agenda."""

    by: int
    to: str
    is_shared: bool = False
    """Whether the customer looked as the step was asked for."""


class BlockBegun(Struct, frozen=True):
    """Somebody has said that the room begins a block now."""

    block: str


class Leaving(Struct, frozen=True):
    """The session is about to be left, or what is typed is handed over for saving lest it be."""


class CustomerLeft(Struct, frozen=True):
    """Somebody wants to step out of the customer's blocks; `go_on` does it once others look."""

    go_on: Callable[[], None]
    stay: Callable[[], None]
    """Done where it is the customer who goes on looking."""


class Workspace:
    """The live plan, the open block, what is typed in, the screen; events from one feature to the others."""

    def __init__(self, screen: Screen[None], stage: Stage, live: LivePlan) -> None:
        """Take the screen that shows the plan, and the stage on it."""
        self.screen, self.stage, self.live = screen, stage, live
        self.is_used = False
        """Whether a key has been pressed here."""
        self.inputs: list[OpenInput] = []
        self.sheets: tuple[Sheet, ...] = ()
        """All tables of the screen: each key tells them, and to look for them took a sixth of its time."""
        self.row_actions: dict[str, Callable[[Row], tuple[RowAction, ...]]] = {}
        """What can be done with a row, by the id of the sheet that it stands in."""
        self._features: dict[type[object], object] = {}
        self._listeners: dict[type[object], list[Callable[[Any], object]]] = defaultdict(list)
        self._block = ""
        self._aside: Block | None = None
        """What is open though the agenda has no block for it."""
        self._stands_for = ""
        """The id of the block for which it is open, as the audience may not see that; "" for none."""
        self._is_on_the_way = False

    # Features and events

    def add(self, feature: Feature) -> Feature:
        """Take in a feature, so that its commands find it."""
        self._features[type(feature)] = feature
        return feature

    def __getitem__(self, kind: type[Feature]) -> Feature:
        """Return a feature."""
        return cast("Feature", self._features[kind])

    def listen(self, kind: type[Event], do: Callable[[Event], object]) -> None:
        """Have something done whenever this has happened, after those who have asked before."""
        self._listeners[kind].append(do)

    def emit(self, event: object) -> None:
        """Tell everybody who listens, at once."""
        for do in self._listeners[type(event)]:
            do(event)

    # The block that is open

    @property
    def block(self) -> Block | None:
        """The open block; for an audience that may not see it, the first that it may."""
        return self.aside or self.planned

    @property
    def planned(self) -> Block | None:
        """The open block of the agenda; the one from which one went, where something is open beside it."""
        return self.live.view.get(Block, self._block) or next(iter(self.blocks()), None)

    @property
    def aside(self) -> Block | None:
        """What is open beside the agenda, if the audience may look at any of its views."""
        return beside(self.live, stage_kind(self._aside)) if self._aside else None

    def blocks(self) -> tuple[Block, ...]:
        """Return the blocks of this session that the audience may see."""
        return self.live.view.where(Block, session=self.live.session_id)

    def open_block(self, block: str, *, looks: bool = False) -> None:
        """Go to a block, or only look at it."""
        self._block, self._aside, self._stands_for = block, None, ""
        self.show()
        self._arrive(looks=looks)

    def pass_by(self, block: str) -> None:
        """Be in a block without showing it, as something else is opened over it at once."""
        self._block = block

    def open_kind(self, kind: StageKind) -> bool:
        """Look at a block of a kind: the open one, or the first of the agenda; whether there is one.

        Nobody goes on to it, so it is not shared by itself. Of some kinds the views are opened beside the
        agenda where it has no such block.
        """
        here = self.block
        block = next((b for b in (here, *self.blocks()) if b and stage_kind(b) is kind), None)
        if block is None:
            return kind in BESIDE and self.open_aside(kind)
        if block != here:
            self.open_block(block.id, looks=True)
        return True

    def open_aside(self, kind: StageKind) -> bool:
        """Open something beside the agenda; whether the audience may look at any of it."""
        if found := beside(self.live, kind):
            self._aside, self._stands_for = found, ""
            self.show()
            self.stage.main.focus()
        return found is not None

    def enter_session(self, session: str, block: str = "") -> bool:
        """Look into another session of the account, at a block of it; whether the audience may."""
        if not self.live.look_into(session):
            return False
        self._block, self._aside, self._stands_for = block, None, ""
        self.show()
        return True

    def leave_aside(self) -> None:
        """Go back to the block from which one went aside."""
        self._aside, self._stands_for = None, ""
        self.show()
        self.stage.main.focus()

    @property
    def is_sharing_aside(self) -> bool:
        """Whether what is open aside stands for the open block, which this audience may not see."""
        return bool(self.aside) and bool(self._stands_for) and not self.live.view.get(Block, self._stands_for)

    def stay_for(self, before: Block | None) -> None:
        """Stay, for the audience that looks by now, in what was open before, as far as it may see of it.

        Once the block itself is seen again, that is what is open.
        """
        seen = self.live.view.get(Block, before.id) if before else None
        if before and seen is None and self._aside is None and before.kind in SHARED:
            self._block = self._stands_for = before.id
            self._aside = beside(self.live, before.kind)
        elif self._stands_for and self.live.view.get(Block, self._stands_for):
            self._aside, self._stands_for = None, ""

    @property
    def stands_for(self) -> str:
        """The id of the block for which what is open aside stands; "" where nothing does."""
        return self._stands_for if self.is_sharing_aside else ""

    def come_back(self, block: str, kind: BlockKind) -> None:
        """Be in the block that was left, as far as this audience sees of it.

        Once it is seen by whoever looks, that is what is open.
        """
        self._block, self._aside, self._stands_for = block, None, ""
        if kind in SHARED and not self.live.view.get(Block, block):
            self._stands_for, self._aside = block, beside(self.live, kind)
        self.show()

    def go_to_block(self, block: str, kind: BlockKind, *, looks: bool = False) -> None:
        """Go to a block, as far as this audience sees of it."""
        self.come_back(block, kind)
        self._arrive(looks=looks)

    def _arrive(self, *, looks: bool) -> None:
        self.stage.main.focus()
        self.emit(BlockOpened(self.block, looks))
        paint_at_once(self.stage)  # the foot follows

    @property
    def shown(self) -> str:
        """The id of the block of the agenda that is shown, if only in part."""
        return self.stands_for or (self.planned.id if self.planned else "")

    def keep_block(self) -> None:
        """Stay in the block that is shown, whoever looks from now on."""
        self._block = self.planned.id if self.planned else ""

    # Showing

    def show(self) -> None:
        """Show the live plan as it is: looking back, the account as it is now, and not by a record."""
        self.live.look_back(looks_back=looks_back(self))
        self.live.block = self.block.id if self.block else ""
        self.stage.show(self.block)
        if not self._is_on_the_way:
            self.emit(PlanShown())

    @contextmanager
    def on_the_way(self) -> Iterator[None]:
        """Go in several steps, and have what stands around the stage shown once, where they have led to."""
        self._is_on_the_way = True
        try:
            yield
        finally:
            self._is_on_the_way = False
        self.emit(PlanShown())

    def arrange(self) -> None:
        """Have around the stage what belongs there, and lay all out: what is shown next fits at once."""
        self.emit(Rearranged())
        lay_out(self.screen)

    def rearrange(self) -> None:
        """Show the live plan where something else belongs around the stage, or above its table."""
        self.arrange()
        self.show()
        lay_out(self.screen)  # what stands above the table by now leaves another height for the card
        self.stage.place_card()
        self._follow()

    def show_changes(self) -> None:
        """Show the live plan as it is, and what is typed where it stands by now."""
        self.show()
        self._follow()

    def _follow(self) -> None:
        for each in self.inputs:
            if each.is_open:
                each.follow()

    # Typing

    @property
    def mode(self) -> Mode:
        """What the next key is for."""
        return mode(self.screen)

    @property
    def is_typing(self) -> bool:
        """Whether somebody types, so that showing what has changed can wait."""
        return any(each.is_open for each in self.inputs)

    def stop_going_on(self) -> None:
        """Have Tab go to the next pane, though a cell has been set: another key was pressed since."""
        for sheet in self.sheets:
            sheet.stop_going_on()

    def flush(self) -> None:
        """Hand over for saving what is being typed."""
        for each in self.inputs:
            if each.is_open:
                each.flush()

    def leave_all(self) -> None:
        """Stop typing at once, wherever."""
        for each in self.inputs:
            if each.is_open:
                each.leave()

    # Talking to who is at the keyboard

    @property
    def app(self) -> Host:
        """The app."""
        return host_of(self.screen)

    def may_leave_account(self) -> bool:
        """Whether other accounts may be looked at: not before the customer, nor where one audience looks."""
        return is_ours(self) and not self.live.widest

    def go_to_library(self) -> None:
        """Go back to the library, once all is saved."""
        self.run_worker(self._go_to_library, group="library")

    async def _go_to_library(self) -> None:
        self.leave_all()
        may_leave = await self.app.may_leave("Leave")
        if may_leave and self.may_leave_account():  # by now, too
            self.emit(Leaving())
            await self.app.close_workshop()

    async def ask(self, dialog: Screen[Answer]) -> Answer | None:
        """Return what a dialog is answered; asked in a worker."""
        return await self.app.ask(dialog)

    def say(self, text: str) -> None:
        """Say something; in the border where it would lie over the large figures of a break."""
        if self.block and self.block.kind is BlockKind.BREAK:
            self.stage.tell(text)
        else:
            self.screen.notify(text, markup=False)

    def tell(self, wrong: str) -> None:
        """Say what is wrong, if anything is."""
        self.app.tell_once(wrong, severity="error")

    def is_closed(self) -> bool:
        """Whether nothing can be changed, as in a sealed session; then it says why."""
        self.tell(self.live.closed)
        return bool(self.live.closed)

    def run_worker(
        self,
        work: Callable[..., Coroutine[None, None, Answer]],
        *args: object,
        group: str,
        exclusive: bool = False,
    ) -> Worker[Answer]:
        """Do something that waits, beside all else; exclusive: what runs of its group is cancelled."""
        return self.screen.run_worker(partial(work, *args), group=group, exclusive=exclusive)


def why_sealed(workspace: Workspace) -> str:
    """Return why nothing can be changed now, "" when it can."""
    return workspace.live.closed


def is_ours(workspace: Workspace) -> bool:
    """Whether we are among ourselves: before the customer there is nothing more to be done, or told of."""
    return workspace.live.audience != CUSTOMER


def looks_back(workspace: Workspace) -> bool:
    """Whether the account is looked back on: its page is open, or that of one of its people."""
    return workspace.aside is not None and isinstance(stage_kind(workspace.aside), Aside)
