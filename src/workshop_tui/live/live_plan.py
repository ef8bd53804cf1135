"""The open account plan: its value now, whom it is shown to, and whether it is saved."""

from __future__ import annotations

import asyncio
import datetime as dt
import secrets
from collections.abc import Callable, Collection, Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from workshop_tui.domain.base.dates import Calendar
from workshop_tui.domain.base.entity import Entity, Key
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, REASONS, BlockKind
from workshop_tui.domain.gaps.registry import Rules, rules_of
from workshop_tui.domain.lifecycle.clock import Running, clock
from workshop_tui.domain.lifecycle.errata import SealedText, errata_of, put_right, read_at, texts
from workshop_tui.domain.lifecycle.seal import EARLIER, SEALED, refuse_in_sealed, seal_of, stays_open
from workshop_tui.domain.metrics import PlanMetrics
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.session import Block, Erratum, Seal, Session
from workshop_tui.domain.plan.audience import is_within, narrowest, project, shows
from workshop_tui.domain.plan.describe import NOT_SHOWN, describe
from workshop_tui.domain.plan.merge import Clash
from workshop_tui.domain.plan.plan import AccountPlan, audiences, dependents
from workshop_tui.domain.plan.setters import SetContext
from workshop_tui.domain.plan.step import (
    Change,
    Changes,
    Refused,
    Remove,
    Step,
    apply,
    set_field,
    undoing,
)
from workshop_tui.domain.rules.follow_through import is_carry
from workshop_tui.live.events import PlanChanged
from workshop_tui.live.patience import patiently
from workshop_tui.live.record import Shown, as_shown
from workshop_tui.live.replica import CLOSED_NOW, PlanReplica
from workshop_tui.playbooks.errors import PlaybookError
from workshop_tui.store import reading

if TYPE_CHECKING:
    from workshop_tui.documents.contacts_standing import Setting as ContactsSetting
    from workshop_tui.live.exporting import PlanToWrite
    from workshop_tui.live.looking_back import Compared

E = TypeVar("E", bound=Entity)

_LEFT = "left at "
"""Before the id of a session: the place of a draft that says where it was left."""
_PARTS = 3
LATELY = 300
"""How many Steps back what came in last is looked for."""
OPENED_AGAIN = dt.timedelta(minutes=15)
"""Until how long before it was opened what was done is of the same sitting."""
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_id(choose: Callable[[str], str] = secrets.choice) -> str:
    """Return a short random id without look-alikes, so that gaps in ids tell nothing."""
    return "".join(choose(_ALPHABET) for _ in range(7))


@dataclass(eq=False, repr=False)
class LivePlan(PlanReplica):
    """Holds the whole plan, and hands out projections of it: nothing else in the app holds the whole."""

    day_first: bool = True
    shows_clock: bool = True
    """Whether the room sees the clock, or the facilitator alone."""
    audiences: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Session → for whom it is open at other keyboards, or was left, as the plan was read."""
    left_at: Mapping[str, tuple[str, int, str]] = field(default_factory=dict)
    """Session → block, number of the view and row that this keyboard left it at, as the plan was read."""
    typed_before: Mapping[str, str] | None = None
    """What this keyboard left unfinished, by its place, as the plan was read.

    None where that is known only once one has joined, as somebody else goes by one's name by now.
    """
    widest: str = ""
    """The audience that this is for: it is never cut for one that sees more. "" for no such limit."""
    typed_as: str = ""
    """How commands are told which account it is, and in which database where that has to be said."""
    playbook_folders: tuple[Path, ...] = ()
    """Where playbooks are looked for, before our own."""
    compares: Callable[[str, str], None] | None = field(default=None, init=False)
    """Has two sessions compared in the background; without it that is done at once, as it is asked for."""
    _compared: dict[tuple[str, str, str], tuple[AccountPlan, Compared]] = field(
        default_factory=dict, init=False
    )
    compared_last: object = field(default=None, init=False)
    """Another thing each time two sessions have been compared: what `comparison` told may have changed."""
    _reasons: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False)
    _shown: Shown = field(init=False)
    looks_back: bool = field(default=False, init=False)
    """Whether the account is looked at as it is now, whatever session is open, and sealed or not."""
    earlier_seal: str = field(default="", init=False)
    """The id of the earlier seal of the session by whose record it is looked at; "" as it is now."""
    _shared_since: dt.datetime = field(init=False)
    """Since when the customer has been looking, while they do."""

    def __post_init__(self) -> None:
        """Show the whole as it is."""
        self._shown = Shown(self.whole)
        super().__post_init__()
        self._shared_since = self._since

    @property
    def today(self) -> dt.date:
        """The day everything is worked out for."""
        return self._shown.day or self.clock().astimezone().date()

    @property
    def is_held(self) -> bool:
        """Whether a seal holds the open session still."""
        return self._shown.seal is not None

    @property
    def sealed_at(self) -> dt.datetime | None:
        """When the open session was sealed; None while it is not, and for the customer."""
        seal = self._shown.seal
        return seal.sealed_at if seal and self.audience != CUSTOMER else None

    @property
    def fault(self) -> str:
        """Why the sealed record isn't what is shown, in a sentence; that too is not for the customer."""
        return "" if self.audience == CUSTOMER else self._shown.fault

    @property
    def closed(self) -> str:
        """Why nothing can be changed now, in a sentence; empty when it can."""
        if self.reads_only:
            return CLOSED_NOW
        if not self.is_held:
            return ""
        if self.audience == CUSTOMER:
            return CLOSED_NOW
        return EARLIER if self.earlier_seal else SEALED

    @property
    def session(self) -> Session:
        """The open session, as the audience may see it."""
        session = self.view.get(Session, self.session_id)
        return session or self.view.sessions[-1]

    @property
    def dates(self) -> Calendar:
        """How a typed date is understood."""
        session = self._shown.plan.get(Session, self.session_id)
        mine = Calendar(self.today, self.day_first)
        return mine.agreed(session.date_order, session.week_start) if session else mine

    @property
    def is_shared_elsewhere(self) -> bool:
        """Whether the customer looks at this session on another keyboard's screen, and not on this one."""
        seats = (seat for seat in self.others if seat.session == self.session_id)
        return self.audience != CUSTOMER and any(seat.audience == CUSTOMER for seat in seats)

    def has_session(self, session_id: str) -> bool:
        """Whether there is such a session now, also one later than the sealed one that is looked at."""
        return self.whole.get(Session, session_id) is not None

    def running(self) -> Running | None:
        """Return where the clock of the session is, as far as the audience may know."""
        return clock(self.whole, self.view, self.session_id, self.clock())

    def running_session(self) -> str:
        """Return the id of the session whose clock runs; empty when none does."""
        return next((block.session for block in self.whole.all(Block) if block.started), "")

    def running_block(self) -> str:
        """Return the id of this session's block for which the clock runs; empty when it stands still."""
        blocks = self.whole.where(Block, session=self.session_id)
        return next((block.id for block in blocks if block.started), "")

    def block_unseen(self, block: str, title: str) -> Block | None:
        """Return a block that the audience doesn't see, for its clock: its length, and called `title`."""
        held = self.whole.get(Block, block)
        if held is None or self.view.get(Block, held.id):
            return None
        return Block(
            id=held.id,
            session=held.session,
            kind=held.kind,
            title=title,
            minutes=held.minutes,
            extended=held.extended,
        )

    def block_beside(self, block: str, by: int) -> tuple[str, BlockKind | None]:
        """Return the block so many places behind another in this session, whoever looks, and its kind.

        "" and None where there is none.
        """
        blocks = self.whole.where(Block, session=self.session_id)
        to = next((n + by for n, each in enumerate(blocks) if each.id == block), -1)
        return (blocks[to].id, blocks[to].kind) if 0 <= to < len(blocks) else ("", None)

    def kind_of_block(self, block: str) -> BlockKind | None:
        """Return the kind of a block of this session, whoever looks; None where there is no such block."""
        held = self.whole.get(Block, block)
        return held.kind if held and held.session == self.session_id else None

    def has_begun(self, block: str) -> bool:
        """Whether the clock of a block runs or has run, which the customer's projection does not say."""
        held = self.whole.get(Block, block)
        return held is not None and bool(held.started or held.spent)

    def runs_unseen(self, before: str) -> str:
        """Return the block whose clock runs, if the customer doesn't see it and it precedes another.

        By its id; empty when there is none.
        """
        running, other = (self.whole.get(Block, which) for which in (self.running_block(), before))
        is_unseen = running and other and running.rank < other.rank and running.visibility != CUSTOMER
        return running.id if running and is_unseen else ""

    def whole_row(self, kind: type[E], key: Key) -> E | None:
        """Return a row that the audience can see, whole, to change it: nothing of it is to be shown."""
        return self.whole.get(kind, *key) if self.view.get(kind, *key) else None

    def is_referred_to(self, row: Entity) -> bool:
        """Whether anything in the whole plan refers to a row: nothing of what it is may be told."""
        return any(dependents(self.whole, row))

    def without_hidden(self, kind: type[Entity]) -> AccountPlan:
        """Return the rows of a kind that the audience can see, to match what comes in against.

        They are whole, so nothing of them is to be shown.
        """
        seen = self.view.rows.get(kind, {})
        return AccountPlan.of(row for row in self.whole.all(kind) if row.key in seen)

    def contacts_setting(self) -> ContactsSetting:
        """Return where a file of contacts comes in: beside all that is known of people, in this session."""
        from workshop_tui.documents.contacts_standing import Setting as ContactsSetting

        return ContactsSetting(self.whole, self.session_id, self.dates)

    @property
    def context(self) -> SetContext:
        """When, where and before whom a field is set now."""
        return SetContext(self.dates, self.clock, self.session_id, self.audience, self._end_reasons)

    def _end_reasons(self) -> tuple[str, ...]:
        """Return why an account may come to an end, by the open session's playbook; the usual without it."""
        from workshop_tui.playbooks.loader import load_playbook  # of no use to a first screen

        session = self._shown.plan.get(Session, self.session_id)
        name = session.playbook if session else ""
        if name not in self._reasons:
            try:
                is_file = name.endswith(".toml")  # anywhere, by a plan that was brought in
                playbook = None if is_file else load_playbook(name, self.playbook_folders)
                self._reasons[name] = playbook.reasons if playbook else REASONS
            except PlaybookError:
                self._reasons[name] = REASONS
        return self._reasons[name]

    @property
    def _rules(self) -> Rules:
        return rules_of(self._shown.plan, self.session_id)

    @property
    def moment(self) -> dt.datetime:
        """This time of day (UTC), on the day everything is worked out for."""
        now, day = self.clock(), self.whole.account.as_of
        return dt.datetime.combine(day, now.timetz()) if day else now

    def _look(self) -> None:
        """Look anew: at the record of a sealed session, which stays, or at the plan as it is now."""
        earlier = None if self.looks_back else self.whole.get(Seal, self.earlier_seal)
        earlier = earlier if earlier and earlier.session == self.session_id else None
        self.earlier_seal = earlier.id if earlier else ""
        seal = None if self.looks_back else earlier or seal_of(self.whole, self.session_id)
        errata = errata_of(self.whole, seal.id) if seal else ()
        if seal is None or self._shown.fault or (seal, errata) != (self._shown.seal, self._shown.errata):
            is_now = self.looks_back
            self._shown = Shown(self.whole) if is_now else as_shown(self.whole, self.session_id, earlier)
        self.view = project(self._shown.plan, self.audience)
        self._day = self.today
        self.figures = PlanMetrics(
            self._shown.plan, self.view, self._day, self._rules, opened=self.session_id
        )

    def _refuse(self, changes: Changes) -> None:
        """Refuse what can't be changed in the open session, nor where it is looked at by an earlier seal."""
        if self.looks_back:
            refuse_in_sealed(self.whole, self.session_id, changes)
            return
        if self.earlier_seal and not all(stays_open(change, changes) for change in changes):
            raise Refused(EARLIER)
        super()._refuse(changes)

    def keep_up(self) -> bool:
        """Look anew if it is another day than the one looked at; return whether it is."""
        is_another = self._day != self.today
        if is_another:
            self._look()
        return is_another

    def comparison(self, earlier: str, later: str) -> Compared | None:
        """Return what changed between two sessions, for the audience; None before the customer.

        Also while it is worked out in the background; of a plan that has changed since, that of before it.
        """
        if self.audience == CUSTOMER:
            return None
        whole, found = self._compared.get((earlier, later, self.audience), (None, None))
        if whole is not self.whole:
            if self.compares is None:
                return self.comparing(earlier, later)()
            self.compares(earlier, later)
        return found

    def comparing(self, earlier: str, later: str) -> Callable[[], Compared | None]:
        """Return what compares two sessions of the plan as it is now and keeps it; runs in any thread.

        Reading the records of a long account takes more than a second.
        """
        whole, audience = self.whole, self.audience
        one, other = (whole.get(Session, name) for name in (earlier, later))

        def work() -> Compared | None:
            from workshop_tui.live.looking_back import compared

            if one is None or other is None or audience == CUSTOMER:
                return None
            found = compared(whole, one, other, audience)
            self._compared[earlier, later, audience] = whole, found
            self.compared_last = object()
            return found

        return work

    def to_write(self, session: str, seal: str = "") -> Callable[[], PlanToWrite]:
        """Return what makes a plan ready to be written; runs in any thread.

        It is the plan of a session, by its record or that of an earlier seal; "" is the plan as it is now.
        """
        from workshop_tui.live.exporting import plan_to_write

        whole, today = self.whole, self.clock().astimezone().date()
        of, held = whole.get(Session, session), whole.get(Seal, seal)
        return partial(plan_to_write, whole, of, held, today)

    def shows(self, clash: Clash) -> bool:
        """Whether the audience may see what two people have changed: row and field."""
        is_gone = self.audience != CUSTOMER and self.whole.get(clash.kind, *clash.key) is None
        is_there = is_gone or self.view.get(clash.kind, *clash.key) is not None
        return is_there and (not clash.name or shows(clash.kind, clash.name, self.audience))

    def may_look(self, audience: str) -> bool:
        """Whether this may be cut for an audience."""
        return is_within(audience, self.widest)

    def _bounded(self, audience: str) -> str:
        """Return an audience, or the narrower one that sees no more than this is for."""
        return audience if self.may_look(audience) else narrowest({audience, self.widest})

    def look_as(self, audience: str) -> None:
        """Cut the plan for another audience; the session reopens under it."""
        audience = self._bounded(audience)
        if CUSTOMER == audience != self.audience:
            self._shared_since = self.clock()
        self.audience = audience
        self._look()
        self.post(PlanChanged())
        self._following.announce()
        if self.whole.get(Session, self.session_id) and not self.reads_only:
            self.commit(lambda plan: _with_audience(plan, self.session_id, audience))

    def open_session(self, session_id: str) -> None:
        """Show another session, under the narrowest audience that it was left with or is open for.

        Where this is for one audience alone, whoever opened it has said who looks.
        """
        self.session_id, self.earlier_seal = session_id, ""
        session = self.whole.get(Session, session_id)
        seen = self.audiences.get(session_id, ())
        self.audience = self.widest or (narrowest({session.audience, *seen}) if session else CUSTOMER)
        self._look()
        if self.audience not in audiences(self._shown.plan):  # a partner that the record doesn't know
            self.audience = CUSTOMER

    def look_back(self, *, looks_back: bool) -> None:
        """Look at the account as it is now, or again at the open session, by its record if it is sealed."""
        if looks_back is not self.looks_back:
            self.looks_back = looks_back
            if self.earlier_seal or seal_of(self.whole, self.session_id):  # else it is looked at as it is now
                self._look()

    def look_at_seal(self, seal: str) -> None:
        """Look at the open session by the record of an earlier seal of it; "" as it is now."""
        self.earlier_seal = seal
        self._look()
        if self.audience not in audiences(self._shown.plan):  # a partner that the record doesn't know
            self.audience = CUSTOMER
            self._look()
        self.post(PlanChanged())

    @property
    def seals(self) -> tuple[Seal, ...]:
        """The seals of the open session, the oldest first, without their records; none for the customer."""
        return self.view.where(Seal, session=self.session_id) if self.audience != CUSTOMER else ()

    def errata_at(self, row: Entity) -> tuple[Erratum, ...]:
        """Return what was put right of a row of the sealed record that is looked at, for the audience."""
        wanted = (type(row).__name__, "/".join(row.key))
        return tuple(one for one in self.errata if (one.kind, one.row) == wanted)

    @property
    def errata(self) -> tuple[Erratum, ...]:
        """What was put right in the sealed record that is looked at, for the audience."""
        return self.view.all(Erratum) if self.is_held and not self._shown.fault else ()

    def readable(self, row: Entity, name: str) -> SealedText | None:
        """Return a text of the sealed record that is looked at, as it reads by now; None where it is none."""
        held = self._shown.plan.get(type(row), *row.key)
        seal = self._shown.seal
        if seal is None or self._shown.fault or held is None or name not in texts(held):
            return None
        return read_at(self.whole, seal.id, held, name)

    def put_right(self, place: SealedText, new: str, why: str) -> None:
        """Put a text of the sealed record that is looked at right; raises Refused with a sentence."""
        seal, record = self._shown.seal, self._shown.plan
        if seal is None or self._shown.fault or self.audience == CUSTOMER:
            raise Refused(CLOSED_NOW)
        by, at = self.actor, self.moment
        self.commit(
            lambda plan: put_right(plan, seal, record, place, new, erratum=new_id(), by=by, why=why, at=at)
        )

    def look_into(self, session_id: str) -> bool:
        """Show another session to the same audience, as one looks back; whether its record knows that one.

        This screen shows no more than it did: what else is open of that session is left as it is.
        """
        shown = as_shown(self.whole, session_id)
        if self.whole.get(Session, session_id) is None or self.audience not in audiences(shown.plan):
            return False
        self.session_id, self.earlier_seal, self._shown = session_id, "", shown
        self._look()
        self.post(PlanChanged())
        self._following.announce()
        return True

    def carries(self, action: Action) -> bool:
        """Whether another day that an action gets in the open session counts as a carry."""
        return is_carry(self.whole, action, self.session_id)

    def seen_by(self, audience: str) -> LivePlan:
        """Return the same for another audience, to be read from alone: what is shown here stays as it is."""
        other = copy(self)
        other.audience, other.compares, other.post = self._bounded(audience), None, lambda _event: None
        other.look_at_seal(self.earlier_seal)
        return other

    def look_on(self, session_id: str, audience: str = ALLIANCE) -> None:
        """Look on at a session as an audience, whomever the shared screen is cut for; nothing is written."""
        self.session_id, self.audience = session_id, self._bounded(audience)
        self._look()
        if self.audience not in audiences(self._shown.plan):  # a partner that the record doesn't know
            self.audience = CUSTOMER
            self._look()

    async def next_undo(self, *, redo: bool = False) -> tuple[Step, ...]:
        """Return the Steps that undo (or redo) would take back now; () when there are none.

        Raises StoreError while what was done last isn't written: it would be passed over.
        """
        account, actor = self.account_id, self.actor
        if redo:
            return await asyncio.wrap_future(self._writing.ask(lambda s: s.next_redo(account, actor)))
        return await asyncio.wrap_future(self._writing.ask(lambda s: s.next_undo(account, actor)))

    def may_take_back(self, steps: tuple[Step, ...]) -> bool:
        """Whether these Steps may be taken back before the audience.

        Before the customer that is what was done since they have been looking, and what they see anything of,
        before it or after it.
        """
        if self.audience != CUSTOMER:
            return True
        return not self._is_before(steps, self._shared_since) and self._tells(steps)

    def _tells(self, steps: tuple[Step, ...]) -> bool:
        """Whether taking these Steps back changes anything that the audience sees, as a row that comes."""
        return describe(undoing(steps), self.view, self._once_undone(steps)) != NOT_SHOWN

    def _once_undone(self, steps: tuple[Step, ...]) -> AccountPlan:
        """Return what the audience sees once these Steps are taken back."""
        try:
            return project(apply(self.whole, undoing(steps)), self.audience)
        except Refused:  # it is refused when it is taken back, too
            return self.view

    def is_older(self, steps: tuple[Step, ...]) -> bool:
        """Whether any of these Steps was taken before this sitting, which goes on if reopened soon."""
        return self._is_before(steps, self._since - OPENED_AGAIN)

    @staticmethod
    def _is_before(steps: tuple[Step, ...], moment: dt.datetime) -> bool:
        return any(step.at is not None and step.at < moment for step in steps)

    def take_back(self, steps: tuple[Step, ...], *, redo: bool = False) -> str:
        """Undo these Steps, or redo what they undid; return what they did at first, in words.

        Raises Refused when somebody has changed the same since: the Steps are then set aside, and the
        next undo takes those before them.
        """
        step, before = undoing(steps), self.view
        try:
            apply(self.whole, step)
        except Refused:
            self.skip_undo(step.undoes)
            raise
        self.commit(lambda _plan: step.changes, undoes=step.undoes)
        first = step if redo else Step(tuple(change for taken in steps for change in taken.changes))
        return describe(first, self.view, before)

    def words(self, steps: tuple[Step, ...]) -> str:
        """Return what undoing these Steps would take back, in words."""
        taken = Step(tuple(change for step in steps for change in step.changes))
        removes = any(isinstance(change, Remove) for change in taken.changes)
        # what is removed has its name only in the plan in which it is there again
        return describe(taken, self.view, self._once_undone(steps) if removes else None)

    async def moves_clock(self) -> bool:
        """Whether the clock goes where this keyboard goes: for who started it, or once they have left."""
        here = {seat.actor for seat in self.others if seat.session == self.session_id}
        if not here:
            return True
        account = self.account_id
        return (
            await asyncio.wrap_future(self.storage.call(lambda s: s.who_set(account, "started"))) not in here
        )

    async def clock_keeper(self) -> str:
        """Return who moved the clock last; empty while it has not run in a session of today."""
        today = {session.id for session in self.whole.sessions if session.held_on == self.today}
        blocks = (block for block in self.whole.all(Block) if block.session in today)
        if not any(block.started or block.spent for block in blocks):
            return ""
        account = self.account_id
        return await asyncio.wrap_future(self.storage.call(lambda s: s.who_set(account, "started")))

    async def lately(self) -> tuple[Step, ...]:
        """Return the latest Steps of the journal, oldest first, whoever took them."""
        account, since = self.account_id, max(self.number - LATELY, 0)
        return await asyncio.wrap_future(self.storage.call(lambda s: s.since(account, since)))

    def leave_at(self, block: str, view: int, row: str) -> None:
        """Keep where the session is left, to go on there: beside the drafts, as that is nobody else's.

        It is not waited for: it isn't worth a question when it can't be written.
        """
        if self.reads_only:
            return
        account, actor, place = self.account_id, self.actor, _LEFT + self.session_id
        text = f"{block}\n{view}\n{row}"
        self.storage.call(lambda store: store.save_draft(account, actor, place, text))

    async def drafts(self) -> dict[str, str]:
        """Return what was typed and is not valid yet, by its place; waits until it can be read."""
        account, actor = self.account_id, self.actor
        stored = await patiently(lambda: self.storage.read(lambda at: reading.drafts(at, account, actor)))
        waiting = {place: text for (of, place), text in self._writing.drafts.items() if of == actor}
        return unfinished({**stored, **waiting})

    async def typed_elsewhere(self) -> tuple[str, ...]:
        """Return the names of those in this session who have typed what isn't entered yet.

        What they typed is theirs, and not told. Where nobody else is, nothing is waited for.
        """
        account = self.account_id
        here = [seat.actor for seat in self.others if seat.session == self.session_id]
        if not here:
            return ()
        stored = await asyncio.wrap_future(
            self.storage.read(lambda at: {name: reading.drafts(at, account, name) for name in here})
        )
        return tuple(name for name in here if any(map(str.strip, unfinished(stored[name]).values())))


def unfinished(drafts: Mapping[str, str]) -> dict[str, str]:
    """Return what of the drafts was typed: beside them is kept where sessions were left."""
    return {place: text for place, text in drafts.items() if text and not place.startswith(_LEFT)}


def places_of(drafts: Mapping[str, str]) -> dict[str, tuple[str, int, str]]:
    """Return session → (block, number of its view, row) of what is kept of where sessions were left."""
    found: dict[str, tuple[str, int, str]] = {}
    for place, text in drafts.items():
        parts = text.split("\n")
        if place.startswith(_LEFT) and len(parts) == _PARTS and parts[1].isdecimal():
            found[place.removeprefix(_LEFT)] = (parts[0], int(parts[1]), parts[2])
    return found


def _with_audience(plan: AccountPlan, session_id: str, audience: str) -> tuple[Change, ...]:
    session = plan.get(Session, session_id)
    return set_field(session, "audience", audience) if session else ()
