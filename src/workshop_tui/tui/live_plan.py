"""The open account plan: its value now, whom it is shown to, and whether it is saved."""

from __future__ import annotations

import asyncio
import datetime as dt
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from textual.message import Message

from workshop_tui.documents.export import Exported, Format, export
from workshop_tui.documents.files import file_name
from workshop_tui.documents.plan_json import WHOLE
from workshop_tui.documents.sealed import Shown, as_shown
from workshop_tui.domain.audience import project, shows
from workshop_tui.domain.dates import Calendar
from workshop_tui.domain.figures import Figures
from workshop_tui.domain.gaps import Rules, rules_of
from workshop_tui.domain.plan import AccountPlan, audiences
from workshop_tui.domain.sealing import SEALED, refuse_if_sealed, seal_of
from workshop_tui.domain.session import Session
from workshop_tui.domain.step import Change, Changes, Conflict, Refused, Set, Step, apply, set_field, undoing
from workshop_tui.domain.wording import NOT_SHOWN, describe
from workshop_tui.domain.words import ALLIANCE, CUSTOMER, DateOrder
from workshop_tui.store.errors import StoreError
from workshop_tui.tui.told import ConflictFound, PlanChanged, Saved

if TYPE_CHECKING:
    from workshop_tui.store.store import Store
    from workshop_tui.store.thread import StorageThread

Build = Callable[[AccountPlan], Changes]
"""Makes changes out of the whole plan as it is now; may raise Refused."""

LATELY = 300
"""How many Steps back what came in last is looked for."""
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_id() -> str:
    """Return a short random id without look-alikes, so that gaps in ids tell nothing."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(7))


@dataclass
class LivePlan:
    """Holds the whole plan; hands out projections of it and takes changes.

    Nothing else in the app holds the whole. Changes are applied in memory at once and written by the
    storage thread in their order; a failed write is tried again until it succeeds.
    """

    storage: StorageThread
    whole: AccountPlan = field(repr=False)
    number: int
    actor: str
    clock: Callable[[], dt.datetime]
    post: Callable[[Message], object]
    session_id: str = ""
    audience: str = ALLIANCE
    saved: Saved = field(default_factory=Saved)
    typing: bool = False
    day_first: bool = True

    def __post_init__(self) -> None:
        """Start with nothing waiting; a sitting begins now."""
        self._waiting: deque[Step] = deque()
        self._moving_on = Lock()
        self._since = self.clock()
        self._loop = asyncio.get_running_loop()
        self.shown = Shown(self.whole)
        self._look()

    @property
    def account_id(self) -> str:
        """The id of the account."""
        return self.whole.account.id

    @property
    def today(self) -> dt.date:
        """The day everything is worked out for."""
        return self.shown.day or self.clock().date()

    @property
    def closed(self) -> str:
        """Why nothing can be changed now, in a sentence; empty when it can."""
        if self.shown.seal is None:
            return ""
        return "Nothing can be changed here now." if self.audience == CUSTOMER else SEALED

    @property
    def reached(self) -> int:
        """The number of the last Step, those still waiting to be written included."""
        with self._moving_on:
            return self.number + len(self._waiting)

    @property
    def session(self) -> Session:
        """The open session, as the audience may see it."""
        session = self.view.get(Session, self.session_id)
        return session or self.view.sessions[-1]

    @property
    def dates(self) -> Calendar:
        """How a typed date is understood."""
        session = self.shown.plan.get(Session, self.session_id)
        if session is None:
            return Calendar(self.today, self.day_first)
        order = session.date_order
        day_first = self.day_first if order is None else order is DateOrder.DAY_FIRST
        return Calendar(self.today, day_first, session.week_start.number)

    @property
    def _rules(self) -> Rules:
        return rules_of(self.shown.plan, self.session_id)

    @property
    def moment(self) -> dt.datetime:
        """This time of day (UTC), on the day everything is worked out for."""
        now, day = self.clock(), self.whole.account.as_of
        return dt.datetime.combine(day, now.timetz()) if day else now

    def _look(self) -> None:
        """Look anew: at the record of a sealed session, which stays, or at the plan as it is now."""
        seal = seal_of(self.whole, self.session_id)
        if seal is None or self.shown.fault or seal != self.shown.seal:
            self.shown = as_shown(self.whole, self.session_id)
        self.view = project(self.shown.plan, self.audience)
        self.figures = Figures(self.shown.plan, self.view, self.today, self._rules)

    def commit(self, build: Build, *, burst: str = "", undoes: tuple[int, ...] = ()) -> Step | None:
        """Apply what `build` makes of the plan, show it, and have it written.

        Returns the Step, or None when nothing changes. Raises Refused with a sentence; the plan is
        then as it was.
        """
        self.note(typing=False)
        changes = tuple(build(self.whole))
        if not changes:
            return None
        refuse_if_sealed(self.whole, self.session_id, changes)
        step = Step(changes, self.actor, self.clock(), burst, undoes)
        self.whole = apply(self.whole, step)
        self._look()
        self._waiting.append(step)
        self._tell(Saved(self.saved.at, len(self._waiting), self.saved.why_not))
        self.post(PlanChanged())
        self._write()
        return step

    def note(self, *, typing: bool) -> None:
        """Note whether something is being typed that is not committed yet: it isn't saved either."""
        if typing != self.typing:
            self.typing = typing
            self.post(PlanChanged(rows=False))

    def _tell(self, saved: Saved) -> None:
        self.saved = saved
        self.post(PlanChanged(rows=False))

    def _write(self) -> None:
        self.storage.call(self._drain).add_done_callback(
            lambda done: self._loop.call_soon_threadsafe(self._written, done.exception())
        )

    def _drain(self, store: Store) -> None:
        """Write what waits, in order; runs in the storage thread."""
        while self._waiting:
            step = self._waiting[0]
            try:
                number = store.commit(self.account_id, step).number
            except Refused as refused:
                self._waiting.popleft()
                conflict = refused if isinstance(refused, Conflict) else Conflict(str(refused))
                self._loop.call_soon_threadsafe(self._collided, step, conflict)
            else:
                with self._moving_on:
                    self.number = number
                    self._waiting.popleft()

    def _written(self, failure: BaseException | None) -> None:
        if failure is None:
            self._tell(Saved(self.clock(), len(self._waiting)))
        else:
            why = str(failure) if isinstance(failure, StoreError) else "the database did not answer"
            why = why.replace(f"The database {self.storage.path} ", "it ")  # the bar is short
            self._tell(Saved(self.saved.at, len(self._waiting), why))

    def retry(self) -> None:
        """Try again to write what waits; called every second."""
        if self._waiting and self.saved.why_not:
            self._write()

    async def settle(self) -> None:
        """Wait until everything that was committed has been written or has failed."""
        await asyncio.wrap_future(self.storage.call(lambda _store: None))

    def _collided(self, step: Step, conflict: Conflict) -> None:
        self.post(ConflictFound(step, conflict))

    async def reload(self) -> None:
        """Read the plan again, as after a conflict, and put what still waits on top."""
        account, plan, number = self.account_id, self.whole, -1
        while number < self.number:  # what was written meanwhile neither waits nor is in what was read
            plan, number = await asyncio.wrap_future(self.storage.call(lambda store: store.load(account)))
        self.number = number
        for step in tuple(self._waiting):
            try:
                plan = apply(plan, step)
            except Refused:
                continue  # the storage thread will meet the same and report it
        self.whole = plan
        self._look()
        self.post(PlanChanged())

    def insist(self, step: Step) -> None:
        """Put the values of a Step that met other ones in their place, on the plan as it is now."""
        wanted = [change for change in step.changes if isinstance(change, Set)]
        self.commit(
            lambda plan: [
                change
                for new in wanted
                if (row := plan.get(new.kind, *new.key))
                for change in set_field(row, new.name, new.new)
            ]
        )

    def document(self, audience: str, form: Format) -> Exported:
        """Return the joint action plan (md) or the plan as JSON, cut for an audience; «all» is not cut."""
        whole = self.whole if audience == WHOLE else self.shown.plan
        return export(whole, audience, form, on=self.today, session=whole.get(Session, self.session_id))

    def file_name(self, audience: str, suffix: str) -> str:
        """Return what a document is called when nobody says otherwise."""
        view = self.whole if audience == WHOLE else project(self.shown.plan, audience)
        return file_name(view, view.get(Session, self.session_id), suffix)

    def shows(self, step: Step) -> bool:
        """Whether the audience may see all that a Step changed, row and field."""
        return all(
            isinstance(change, Set)
            and shows(change.kind, change.name, self.audience)
            and self.view.get(change.kind, *change.key) is not None
            for change in step.changes
        )

    def look_as(self, audience: str) -> None:
        """Cut the plan for another audience; the session reopens under it."""
        self.audience = audience
        self._look()
        self.post(PlanChanged())
        if self.whole.get(Session, self.session_id):
            self.commit(lambda plan: _with_audience(plan, self.session_id, audience))

    @property
    def is_saved(self) -> bool:
        """Whether everything that was committed is written."""
        return not self._waiting

    def open_session(self, session_id: str) -> None:
        """Show another session, under the audience it was last shown to."""
        self.session_id = session_id
        session = self.whole.get(Session, session_id)
        self.audience = session.audience if session else CUSTOMER
        self._look()
        if self.audience not in audiences(self.shown.plan):  # a partner that the record doesn't know
            self.audience = CUSTOMER

    async def next_undo(self, *, redo: bool = False) -> tuple[Step, ...]:
        """Return the Steps that undo (or redo) would take back now; () when there are none."""
        account, actor = self.account_id, self.actor
        if redo:
            return await asyncio.wrap_future(self.storage.call(lambda s: s.next_redo(account, actor)))
        return await asyncio.wrap_future(self.storage.call(lambda s: s.next_undo(account, actor)))

    def may_take_back(self, steps: tuple[Step, ...]) -> bool:
        """Whether the audience sees anything of these Steps; what it can't see isn't undone before it."""
        return self.audience != CUSTOMER or self.words(steps) != NOT_SHOWN

    def is_older(self, steps: tuple[Step, ...]) -> bool:
        """Whether any of these Steps was taken before this sitting."""
        return any(step.at is not None and step.at < self._since for step in steps)

    def take_back(self, steps: tuple[Step, ...], *, redo: bool = False) -> str:
        """Undo these Steps, or redo what they undid; return what they did at first, in words."""
        step, before = undoing(steps), self.view
        self.commit(lambda _plan: step.changes, undoes=step.undoes)
        first = step if redo else Step(tuple(change for taken in steps for change in taken.changes))
        return describe(first, self.view, before)

    def words(self, steps: tuple[Step, ...]) -> str:
        """Return what undoing these Steps would take back, in words."""
        return describe(Step(tuple(change for step in steps for change in step.changes)), self.view)

    async def lately(self) -> tuple[Step, ...]:
        """Return the latest Steps of the journal, oldest first, whoever took them."""
        account, since = self.account_id, max(self.number - LATELY, 0)
        return await asyncio.wrap_future(self.storage.call(lambda s: s.since(account, since)))

    async def drafts(self) -> dict[str, str]:
        """Return what was typed and is not valid yet, by its place."""
        account, actor = self.account_id, self.actor
        return await asyncio.wrap_future(self.storage.call(lambda s: s.drafts(account, actor)))

    def keep_draft(self, place: str, text: str) -> None:
        """Keep text that is not valid yet; an empty text forgets it."""
        account, actor = self.account_id, self.actor
        self.storage.call(lambda store: store.save_draft(account, actor, place, text))


def _with_audience(plan: AccountPlan, session_id: str, audience: str) -> tuple[Change, ...]:
    session = plan.get(Session, session_id)
    return set_field(session, "audience", audience) if session else ()
