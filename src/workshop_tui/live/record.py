"""A session as it is to be looked at: by its record while it is sealed, else as the plan is now."""

from __future__ import annotations

import datetime as dt
import functools

from msgspec import Struct

from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.plan_json import dump_plan, load_plan
from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.lifecycle.errata import errata_of
from workshop_tui.domain.lifecycle.seal import recorded, seal_of, seal_session, verify
from workshop_tui.domain.model.session import Erratum, Seal, Session
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Change


def format_moment(at: dt.datetime) -> str:
    """Return a day and a time as people here read them, as in 9 Jun 2026 17:02."""
    here = at.astimezone()
    return f"{format_date(here.date())} {here:%H:%M}"


class Shown(Struct, frozen=True):
    """A whole plan to be looked at, and the seal that holds it still."""

    plan: AccountPlan
    seal: Seal | None = None
    fault: str = ""
    """Why the plan as it is now stands in the place of the record, in a sentence."""

    @property
    def errata(self) -> tuple[Erratum, ...]:
        """What was put right in its record."""
        return errata_of(self.plan, self.seal.id) if self.seal and not self.fault else ()

    @property
    def day(self) -> dt.date | None:
        """The day everything is worked out for; None for the day it is looked at."""
        of_record = self.seal.sealed_at.astimezone().date() if self.seal and not self.fault else None
        return self.plan.account.as_of or of_record

    @property
    def told(self) -> str:
        """Of which record this is, in words; empty where it is the plan as it is now."""
        if self.seal is None or self.fault:
            return ""
        return f"As sealed on {format_moment(self.seal.sealed_at)}, SHA-256 {self.seal.sha256[:12]}"


def as_shown(whole: AccountPlan, session: str, earlier: Seal | None = None) -> Shown:
    """Return a session's sealed record with the session's seals, or the whole plan when none holds.

    What was put right in that record is beside it. With an earlier seal of the session it is that one's
    record, whether the session is sealed now or not. A record that doesn't match its checksum, or can't
    be read, is a `fault`: then it is the whole plan as it is now, held still all the same.
    """
    seal = earlier or seal_of(whole, session)
    if seal is None:
        return Shown(whole)
    if fault := verify(seal):
        return Shown(whole, seal, fault)
    try:
        record = _read(seal.record)
    except DocumentError as error:
        return Shown(whole, seal, f"The sealed record can't be read, so this is not what was sealed: {error}")
    if record.get(Session, session) is None:
        told = "The sealed record holds another session, so this is not what was sealed:"
        return Shown(whole, seal, f"{told} reopen the session and seal it anew.")
    seals = {row.key: row for row in whole.where(Seal, session=session)}
    errata = {row.key: row for row in errata_of(whole, seal.id)}
    return Shown(AccountPlan({**record.rows, Seal: seals, Erratum: errata}), seal)


@functools.lru_cache(maxsize=4)
def _read(record: str) -> AccountPlan:
    """Return the plan in a record; the last few are kept, as a long account's takes more than a second."""
    return load_plan(record)


def seal_now(
    whole: AccountPlan, session: str, *, seal: str, at: dt.datetime, journal: int
) -> tuple[Change, ...]:
    """Return the change that seals a session with the whole plan as its record; see `seal_session`."""
    record = dump_plan(recorded(whole))
    return seal_session(whole, session, record=record, seal=seal, at=at, journal=journal)
