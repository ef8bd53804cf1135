"""What is done with whole accounts: load, begin, rename, put away, undo, bring in."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct, field

from workshop_tui.bounds import LARGEST_JSON
from workshop_tui.documents.plan_json import load_plan
from workshop_tui.domain.lifecycle.seal import refuse_renumbering
from workshop_tui.domain.lifecycle.sessions import no_session
from workshop_tui.domain.lifecycle.start import start_session
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Change, Conflict, Step, apply, set_field, target
from workshop_tui.live.events import ConflictFound
from workshop_tui.live.live_plan import LivePlan, new_id, places_of, unfinished
from workshop_tui.live.row_changes import Build, Changed, RowMeant, change_rows
from workshop_tui.settings import Settings, expanded
from workshop_tui.store import presence, reading
from workshop_tui.store.errors import StoreError
from workshop_tui.store.naming import ShortIds
from workshop_tui.store.presence import LIVE

if TYPE_CHECKING:
    from workshop_tui.domain.model.playbook import Playbook
    from workshop_tui.live.plan_update import PlanUpdate
    from workshop_tui.store.store import Store
    from workshop_tui.store.thread import StorageThread

T = TypeVar("T")


class _Found(Struct, frozen=True):
    """What an account is opened with."""

    plan: AccountPlan
    number: int
    """That of its last Step."""
    typed_as: str
    """As what a command takes it."""
    audiences: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Session → for whom it is open, or was left."""
    drafts: Mapping[str, str] = field(default_factory=dict)
    seats: tuple[presence.OnlinePresence, ...] = ()


class AccountService:
    """Reads and changes whole accounts; whoever asks tells the user what came of it.

    What can't be done raises StoreError or Refused, with a sentence, and has changed nothing.
    """

    def __init__(
        self, storage: StorageThread, settings: Settings, clock: Callable[[], dt.datetime], widest: str = ""
    ) -> None:
        """Take where accounts lie, by whom they are changed, the time, and for whom at most plans are cut."""
        self._storage, self._settings, self._clock, self._widest = storage, settings, clock, widest

    async def _ask(self, fn: Callable[[Store], T]) -> T:
        return await asyncio.wrap_future(self._storage.call(fn))

    async def load(self, account: str) -> LivePlan:
        """Return an account's plan, with no session open yet."""
        settings = self._settings
        found = _begun(self._storage.begins, account) or await self._look(account)
        shares_name = any(seat.actor == settings.actor for seat in found.seats)
        return LivePlan(
            self._storage,
            found.plan,
            found.number,
            settings.actor,
            self._clock,
            lambda _event: None,
            day_first=settings.day_first,
            shows_clock=settings.clock == "room",
            audiences=found.audiences,
            left_at=places_of(found.drafts),
            typed_before=None if shares_name else unfinished(found.drafts),
            widest=self._widest,
            shows_presence=not self._storage.reads_only,
            reads_only=self._storage.reads_only,
            typed_as=found.typed_as,
        )

    async def _look(self, account: str) -> _Found:
        actor, path, since = self._settings.actor, self._storage.path, self._clock() - LIVE
        found = self._storage.read(
            lambda connection: _Found(
                *self._storage.ahead.load(connection, account, path),
                ShortIds(reading.names(connection)).account(account),
                presence.audiences(connection, account),
                reading.drafts(connection, account, actor),
                presence.online(connection, account, since),
            )
        )
        return await asyncio.wrap_future(found)

    async def load_document(self, account: str, session: str = "") -> LivePlan:
        """Return an account's plan to be exported.

        That is a session itself, by its record when it is sealed, where one is given; else the account as
        it is now.
        """
        live = await self.load(account)
        sessions = live.whole.sessions
        if session and live.whole.get(Session, session) is None:
            raise StoreError(no_session(live.whole))
        if session:
            live.open_session(session)
        elif sessions:
            live.session_id = sessions[-1].id
        return live

    # Changing

    async def _commit(self, account: str, changes: tuple[Change, ...]) -> None:
        """Store changes as one Step, if there are any."""
        if changes:
            step = Step(changes, self._settings.actor, self._clock())
            await self._ask(lambda store: store.commit(account, step))

    async def create(self, changes: tuple[Change, ...]) -> str:
        """Store an account that begins, or is brought in from elsewhere; return its id."""
        rows = (change.row for change in changes if isinstance(change, Add))
        account = next(row.id for row in rows if isinstance(row, Account))
        await self._commit(account, changes)
        return account

    def next_session(self, live: LivePlan, playbook: Playbook, held_on: dt.date) -> tuple[Change, ...]:
        """Return what the next session of an account begins with."""
        return start_session(live.whole, playbook, held_on, new_id)

    async def begin_session(self, live: LivePlan, changes: tuple[Change, ...]) -> str:
        """Store what a session begins with; return its id."""
        refuse_renumbering(live.whole, apply(live.whole, Step(changes)))
        await self._commit(live.account_id, changes)
        _, (session, *_) = target(changes[0])
        return session

    async def rename(self, live: LivePlan, name: str) -> None:
        """Give an account another name."""
        changes = tuple(set_field(live.whole.account, "name", name))
        apply(live.whole, Step(changes))  # refuses a name that can't be
        await self._commit(live.account_id, changes)

    async def archive(self, account: str, *, away: bool) -> None:
        """Put an account away, or bring it back."""
        live = await self.load(account)
        await self._commit(account, tuple(set_field(live.whole.account, "archived", away)))

    async def choose(self, chosen: Sequence[str], given_up: Sequence[str], on: dt.date, by: str) -> None:
        """Mark accounts as chosen on a day by somebody, and others as such no longer."""
        day: str | None = on.isoformat()
        wanted = [*((id_, day, by) for id_ in chosen), *((id_, None, "") for id_ in given_up)]
        for id_, selected_on, who in wanted:
            account = (await self.load(id_)).whole.account
            changes = (
                *set_field(account, "selected_on", selected_on),
                *set_field(account, "selected_by", who),
            )
            await self._commit(id_, changes)

    async def read_update(self, path: str) -> PlanUpdate:
        """Return what a Markdown plan would change in its account; raises DocumentError or OSError."""
        from workshop_tui.documents.read_back import LARGEST
        from workshop_tui.live.plan_update import read_update

        content = await asyncio.to_thread(_some_of, path, LARGEST)
        day_first = self._settings.day_first
        return await self._ask(lambda store: read_update(store, content, self._clock, day_first=day_first))

    async def take_update(self, update: PlanUpdate, changes: tuple[Change, ...]) -> None:
        """Store what is chosen of a plan that comes back, as one Step."""
        await self._commit(update.whole.account.id, changes)

    async def change_rows(self, meant: Sequence[RowMeant], build: Build) -> tuple[list[Changed], str]:
        """Change actions or decisions of several accounts, in one Step each.

        Return those that were changed, and why the others were not, as when one of the accounts is locked.
        """
        actor, now = self._settings.actor, self._clock()

        def change(store: Store) -> tuple[list[Changed], str]:
            changed: list[Changed] = []
            try:
                changed.extend(change_rows(store, meant, build, actor, now))
            except StoreError as error:
                return changed, str(error)
            return changed, ""

        return await self._ask(change)

    async def undo(self, live: LivePlan, steps: tuple[Step, ...]) -> str:
        """Take back these Steps of this user; return in words what they did.

        Where somebody has changed the same since, they are set aside: the next undo takes those before.
        """
        refused: list[Conflict] = []
        live.post = lambda event: refused.append(event.conflict) if isinstance(event, ConflictFound) else None
        try:
            told = live.take_back(steps)
        finally:
            await live.save()
        if refused:
            raise refused[0]
        return told


def _begun(begins: tuple[str, Step] | None, account: str) -> _Found | None:
    """Return an account that is not stored yet, as the demo begins one; None for every other."""
    if begins is None or begins[0] != account:
        return None
    plan = AccountPlan.of(change.row for change in begins[1].changes if isinstance(change, Add))
    return _Found(plan, 1, account)


def _some_of(path: str, most: int) -> bytes:
    """Return what a file holds, and of one that is too large one byte more than is read."""
    with expanded(path).open("rb") as file:
        return file.read(most + 1)


def read_plan(path: str) -> AccountPlan:
    """Read an account plan from a JSON file; raises DocumentError, OSError or ValueError."""
    with expanded(path).open("rb") as file:
        return load_plan(file.read(LARGEST_JSON + 1))
