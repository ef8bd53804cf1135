"""The whole plan as several people change it: what the journal says, with what still waits on top."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.lifecycle.seal import refuse_if_sealed, refuse_renumbering
from workshop_tui.domain.plan.merge import (
    Clash,
    Field,
    can_rebase,
    clashes,
    lacking,
    overwritten,
    rebase,
    row_by_row,
    typed,
)
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Changes, Conflict, Refused, Remove, Step, apply, target
from workshop_tui.live.events import ConflictFound, PlanChanged, PlanEvent, SaveStatus
from workshop_tui.live.poller import ChangePoller
from workshop_tui.live.write_queue import JournalUpdate, WriteQueue
from workshop_tui.store.errors import StoreError
from workshop_tui.store.presence import OnlinePresence, new_seat

if TYPE_CHECKING:
    from workshop_tui.store.thread import StorageThread

Build = Callable[[AccountPlan], Changes]
"""Makes changes out of the whole plan as it is now; may raise Refused."""

TAKEN_OUT = "Somebody else has removed this meanwhile."
CLOSED_NOW = "Nothing can be changed here now."
NO_ANSWER = "it does not answer"
UNANSWERED = 6
"""Seconds without an answer after which that is told: more than a locked file is waited for."""
REMEMBERED = 200
"""Steps of others that are kept, to say who it was."""


class LookedAt(NamedTuple):
    """What of a block somebody has before them; see OnlinePresence for each."""

    view: str = ""
    subject: str = ""
    row: str = ""


NOTHING_YET = LookedAt()


@dataclass(eq=False, repr=False)  # itself alone, and no plan in a log
class PlanReplica:
    """Takes changes and applies them at once; they are written in their order, and again until they are.

    What others write meanwhile goes beneath what still waits here: two fields don't collide, and
    where they do, the storage refuses the later Step and a person is asked.
    """

    storage: StorageThread
    whole: AccountPlan
    number: int
    """The number of the last Step of the journal that the plan holds."""
    actor: str
    """The name one goes by: another one when somebody of the same name is there already."""
    clock: Callable[[], dt.datetime]
    post: Callable[[PlanEvent], object]
    session_id: str = ""
    block: str = ""
    """The block that is looked at here, for others to see."""
    audience: str = ALLIANCE
    """For whom the screen is cut."""
    looked_at: LookedAt = NOTHING_YET
    """What of the block is looked at here, for the window that follows to see."""
    covered: bool = False
    """Whether the curtain is down here; that window has it down too."""
    saved: SaveStatus = field(default_factory=SaveStatus)
    typing: bool = False
    others: tuple[OnlinePresence, ...] = ()
    """Who else has the account open."""
    shows_presence: bool = True
    """Whether others see that somebody is here; who only looks on is not shown."""
    reads_only: bool = False
    """Whether nothing can be changed from here, whatever is asked."""
    taken: int = 0
    """How many Steps were taken here, written or not."""

    def __post_init__(self) -> None:
        """Start with nothing waiting; a sitting begins now."""
        self._base, self._waiting, self._unanswered = self.whole, deque[Step](), 0
        self._seen: tuple[str, AccountPlan] = ("", self.whole)
        self._typed_fields: set[Field] = set()
        """What was set in the undo group that is seen; "" as the field for a row that came in with it."""
        self._theirs: deque[Step] = deque(maxlen=REMEMBERED)
        self._since = self.clock()
        self._seat_id = new_seat() if self.shows_presence else ""
        account = self.account_id
        self._writing = WriteQueue(self.storage, account, self.number, self._hear, self._written)
        self._following = ChangePoller(
            self.storage, self._writing, account, self._presence, self._on_presence
        )
        self._look()

    @property
    def account_id(self) -> str:
        """The id of the account."""
        return self.whole.account.id

    @property
    def reached(self) -> int:
        """The number of the last Step, those still waiting to be written included."""
        return self.number + len(self._waiting)

    @property
    def is_saved(self) -> bool:
        """Whether everything that was committed, and every draft, is written."""
        return not self._waiting and not self._writing.waits

    @property
    def waits(self) -> bool:
        """Whether the storage still has something to write, as it knows itself when the app is over."""
        return self._writing.waits

    @property
    def _unsaved(self) -> int:
        return len(self._waiting) + len(self._writing.drafts)

    def _look(self) -> None:
        """Work out anew what is shown of the whole."""

    # Changing

    def see(self, undo_group: str) -> None:
        """Note what is seen as somebody begins to type: what they type in this undo group stands on it.

        What another changes meanwhile is shown around it, and is a conflict where it is the same field.
        """
        self._seen = (undo_group, self.whole)
        self._typed_fields.clear()

    def commit(self, build: Build, *, undo_group: str = "", undoes: tuple[int, ...] = ()) -> Step | None:
        """Apply what `build` makes of the plan, show it, and have it written.

        Returns the Step, or None when nothing changes, or when it met what another has changed since
        that undo group began: then a person is asked. Raises Refused with a sentence; the plan is then as
        it was.
        """
        if self.reads_only:
            raise Refused(CLOSED_NOW)
        self.note(typing=False)
        is_seen = bool(undo_group) and self._seen[0] == undo_group
        before = self._seen[1] if is_seen else self.whole
        changes = tuple(build(before))
        if not changes:
            return None
        with self._discreetly():
            self._refuse(changes)
        step = Step(changes, self.actor, self.clock(), undo_group, undoes)
        seen = (undo_group, apply(before, step)) if is_seen else self._seen
        done: Step | None = step
        try:
            self._put(step)
        except Conflict as conflict:
            if not is_seen:
                raise
            self._collided(step, conflict)
            done = None
        self._seen = seen
        self._note_typed(changes, is_typed=is_seen)
        return done

    def _refuse(self, changes: Changes) -> None:
        """Refuse what can't be changed in the open session: raises Refused with a sentence."""
        refuse_if_sealed(self.whole, self.session_id, changes)

    def _note_typed(self, changes: Changes, *, is_typed: bool) -> None:
        """Know what was set while typing; a row that is taken out here is not lost to anybody else."""
        for change in changes:
            if isinstance(change, Remove):
                gone = target(change)
                self._typed_fields = {each for each in self._typed_fields if each[:2] != gone}
            elif is_typed:
                self._typed_fields.add((*target(change), getattr(change, "name", "")))

    def overwritten(self, undo_group: str) -> Step | None:
        """Return what was typed and saved in this undo group and another has put something else over.

        None where all of it still stands.
        """
        group, seen = self._seen
        fields = self._typed_fields if group == undo_group else ()
        found = tuple(change for each in fields if (change := overwritten(self.whole, seen, each)))
        whole = {target(change) for change in found if isinstance(change, Add)}  # with all that was set in it
        lost = tuple(change for change in found if isinstance(change, Add) or target(change) not in whole)
        return Step(lost, self.actor, self.clock(), undo_group) if lost else None

    def ask_about_overwritten(self, undo_group: str) -> None:
        """Have a person asked, once editing is over, about what another has put something else over."""
        if step := self.overwritten(undo_group):
            self._typed_fields.clear()
            self.post(ConflictFound(step, Conflict(TAKEN_OUT)))

    @contextmanager
    def _discreetly(self) -> Iterator[None]:
        """Refuse what is sealed; that it is sealed is not for the customer."""
        try:
            yield
        except Refused:
            if self.audience == CUSTOMER:
                raise Refused(CLOSED_NOW) from None
            raise

    def _put(self, step: Step) -> None:
        after = apply(self.whole, step)
        with self._discreetly():
            refuse_renumbering(self.whole, after)
        self.whole = after
        self._look()
        self._waiting.append(step)
        self.taken += 1
        self.saved = replace(self.saved, waiting=self._unsaved)
        self.post(PlanChanged())
        self._writing.write(step)

    def skip_undo(self, undoes: tuple[int, ...]) -> None:
        """Pass over Steps that can't be undone (or redone) any more, so that the ones before can be."""
        self._put(Step((), self.actor, self.clock(), undoes=undoes))

    def reapply(self, step: Step, *, join: bool = False) -> None:
        """Carry out a Step that met other values, on the plan as it is now: mine instead, or both joined."""
        self.commit(lambda plan: rebase(plan, step, join=join))

    def _collided(self, step: Step, conflict: Conflict) -> None:
        """Have a person asked about a Step that was refused, unless it can be carried out all the same."""
        if step.undoes:
            self.skip_undo(step.undoes)
        elif can_rebase(self.whole, step):
            with suppress(Refused):
                self.reapply(step)
                return
        elif len(rows := row_by_row(step)) > 1:
            for one in rows:
                try:
                    self._put(one)
                except Refused as refused:
                    self._collided(one, refused if isinstance(refused, Conflict) else conflict)
            return
        self.post(ConflictFound(step, conflict))

    def clashes(self, step: Step) -> tuple[Clash, ...]:
        """Return in what a Step that was refused differs from what there is now; () if it can't be helped."""
        return clashes(self.whole, step) if rebase(self.whole, step) else ()

    def typed(self, step: Step) -> Mapping[str, str]:
        """Return what was typed in a Step, by its place."""
        return typed(self.whole, step)

    def taken_out(self, step: Step) -> tuple[Entity, str] | None:
        """Return what a Step needs and another has taken out, and who that was; None where none is known."""
        needed = set(lacking(self.whole, step))
        gone = (
            (change.row, theirs.actor)
            for theirs in reversed(self._theirs)
            for change in theirs.changes
            if isinstance(change, Remove) and target(change) in needed
        )
        return next(gone, None)

    def who_changed(self, clash: Clash) -> str:
        """Return who else changed a field, or its row, last; empty when that isn't known."""
        touching = (
            step.actor
            for step in reversed(self._theirs)
            for change in step.changes
            if target(change) == (clash.kind, clash.key) and getattr(change, "name", "") in {"", clash.name}
        )
        return next(touching, "")

    # Saving

    def note(self, *, typing: bool) -> None:
        """Note whether something is being typed that is not committed yet: it isn't saved either."""
        if typing != self.typing:
            self.typing = typing
            self.post(PlanChanged(rows=False))

    def _tell(self, saved: SaveStatus) -> None:
        self.saved = saved
        self.post(PlanChanged(rows=False))

    def keep_draft(self, place: str, text: str) -> None:
        """Keep text that is not valid yet; an empty text forgets it. Who only looks on keeps none."""
        if self.reads_only:
            return
        self._writing.keep(self.actor, place, text)
        self._tell(replace(self.saved, waiting=self._unsaved))

    def _written(self, failure: BaseException | None) -> None:
        self._unanswered = 0
        if failure is None:
            self._tell(SaveStatus(self.saved.at, self._unsaved))
        else:
            why = str(failure) if isinstance(failure, StoreError) else "the database did not answer"
            why = why.replace(f"The database {self.storage.path} ", "it ")  # the bar is short
            self._tell(SaveStatus(self.saved.at, self._unsaved, why))

    def retry(self) -> None:
        """Try again to write what waits, or to read what could not be read; called every second."""
        self._following.look()
        self._unanswered += bool(self._unsaved)
        if self.saved.why_not:
            self._writing.write()
        elif self._unanswered > UNANSWERED:
            self._tell(replace(self.saved, why_not=NO_ANSWER))

    async def save(self) -> None:
        """Wait until everything that was committed or kept is written; raises StoreError if it can't be."""
        while not self.is_saved:
            await asyncio.wrap_future(self._writing.ask(lambda _store: None))

    async def settle(self) -> None:
        """Wait until everything that was committed or kept has been written or has failed."""
        await asyncio.wrap_future(self.storage.call(lambda _store: None))

    # Others

    async def join(self) -> None:
        """Join the account and follow what others do; one's name may be another one after that."""
        with suppress(StoreError):
            await asyncio.wrap_future(self._following.poll())
            await self.settle()

    def look_at(self, place: LookedAt) -> None:
        """Have the window that follows show this of the block, too."""
        if place != self.looked_at:
            self.looked_at = place
            self._following.announce_shortly()

    def cover(self, *, covered: bool) -> None:
        """Have the window that follows covered at once, or uncovered."""
        self.covered = covered
        self._following.announce()

    def leave(self) -> None:
        """Be there no more; nothing more is heard of others."""
        self._following.leave()

    @property
    def since(self) -> str:
        """When this keyboard opened the account (ISO 8601, UTC)."""
        return self._since.isoformat()

    def _presence(self) -> OnlinePresence:
        view, subject, row = self.looked_at
        return OnlinePresence(
            self._seat_id,
            self.actor,
            self.session_id,
            self.block,
            self.clock(),
            self.audience,
            view,
            subject,
            row,
            self.covered,
            self.since,
        )

    def _on_presence(self, actor: str, others: tuple[OnlinePresence, ...]) -> None:
        """Know who is there; when each was heard of last is of no interest."""
        self.actor, before = actor, self.others
        self.others = others
        if self._told_of(before) != self._told_of(others):
            self.post(PlanChanged(rows=False))

    def _told_of(self, others: Iterable[OnlinePresence]) -> list[tuple[object, ...]]:
        """Return what is shown here of where others are: all of it to who only looks on."""
        if not self.shows_presence:
            return [(seat.seat, *seat.place) for seat in others]
        return [(seat.seat, seat.session, seat.block, seat.audience, seat.covered) for seat in others]

    def _hear(self, heard: JournalUpdate) -> None:
        """Move on with the journal; what waits stays on top of it."""
        for _ in heard.mine:
            self._waiting.popleft()
        if heard.mine:
            self.saved = replace(self.saved, at=self.clock())  # and once all is written, it is told
        theirs = [step for step in heard.steps if step.number not in heard.mine]
        refused = self._waiting.popleft() if heard.refused else None
        self._theirs.extend(theirs)
        self._move_on(heard)
        if theirs or refused or heard.plan:
            self._replay_pending(frozenset(step.actor for step in theirs))
        if refused and heard.refused:
            self._collided(refused, heard.refused)

    def _move_on(self, heard: JournalUpdate) -> None:
        if heard.plan:
            self._base, self.number = heard.plan, heard.number
        elif heard.steps:
            self.number = heard.steps[-1].number
            try:
                self._base = reduce(apply, heard.steps, self._base)
            except Refused:  # the journal has been rewritten
                self._writing.reload()

    def _replay_pending(self, by: frozenset[str]) -> None:
        plan = self._base
        for step in self._waiting:
            with suppress(Refused):  # the storage thread will meet the same and report it
                plan = apply(plan, step)
        self.whole = plan
        self._look()
        self.post(PlanChanged(others=True, by=by))
