"""Seals: the record of a session as the room left it, and what may be changed once it is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from hashlib import sha256

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.model.session import Erratum, Seal, Session
from workshop_tui.domain.plan.plan import AccountPlan, rank_after
from workshop_tui.domain.plan.step import Add, Change, Refused, Remove, Set, fleeting, set_field

SEALED = "This session is sealed: reopen it in closing (view Seal), or begin the next one."

EARLIER = (
    "This is how the session was sealed earlier, and stays so: the view Seal goes back to how it is now."
)


def seal_of(plan: AccountPlan, session: str) -> Seal | None:
    """Return the seal that holds: the last one that was not reopened; None for an open session."""
    seals = plan.where(Seal, session=session, reopened_at=None)
    return seals[-1] if seals else None


def is_sealed(plan: AccountPlan, session: str) -> bool:
    """Whether a session is sealed now."""
    return seal_of(plan, session) is not None


def checksum(record: str) -> str:
    """Return the SHA-256 of a record, in hexadecimal digits."""
    return sha256(record.encode("utf-8", "surrogatepass")).hexdigest()


def verify(seal: Seal) -> str:
    """Return what is wrong with a seal's record in a sentence; empty when its checksum matches."""
    if checksum(seal.record) == seal.sha256:
        return ""
    return (
        "The sealed record doesn't match its SHA-256, so this is not what was sealed:"
        " put a backup in its place, or reopen the session and seal it anew."
    )


def recorded(plan: AccountPlan) -> AccountPlan:
    """Return what goes into a record: the whole plan without any seal, or records would hold records.

    What was put right in an earlier record stands beside that one alone.
    """
    return AccountPlan({kind: rows for kind, rows in plan.rows.items() if kind not in {Seal, Erratum}})


def seal_session(  # noqa: PLR0913 - each is a part of the seal
    plan: AccountPlan, session: str, *, record: str, seal: str, at: dt.datetime, journal: int
) -> tuple[Change, ...]:
    """Return the change that seals a session with a record made of `recorded(plan)`.

    `seal` is the new seal's id and `journal` the number of the last Step in the record. A seal before
    it is superseded and stays as it is; raises Refused while one holds.
    """
    if is_sealed(plan, session):
        raise Refused(SEALED)
    before = plan.where(Seal, session=session)
    made = Seal(
        id=seal,
        rank=rank_after(plan.all(Seal)),
        session=session,
        sealed_at=at,
        record=record,
        sha256=checksum(record),
        journal=journal,
        supersedes=before[-1].id if before else None,
    )
    return (Add(made),)


def reopen_session(plan: AccountPlan, session: str, at: dt.datetime, why: str) -> tuple[Change, ...]:
    """Return the changes that open a sealed session again, with when and why on each seal that holds.

    Two hold when two people sealed at one moment. Raises Refused without a reason.
    """
    if not why.strip():
        raise Refused("Reopening needs a reason: say why in a few words.")
    return tuple(
        change
        for seal in plan.where(Seal, session=session, reopened_at=None)
        for change in (*set_field(seal, "reopened_at", at.isoformat()), *set_field(seal, "reopened_why", why))
    )


def refuse_if_sealed(plan: AccountPlan, session: str, changes: Iterable[Change]) -> None:
    """Refuse changes made in a sealed session, but for reopening it, errata, and who looks at it.

    Raises:
        Refused: the session is sealed; the sentence says what to do.
    """
    made = tuple(changes)
    if is_sealed(plan, session) and not all(stays_open(change, made) for change in made):
        raise Refused(SEALED)


def refuse_in_sealed(plan: AccountPlan, session: str, changes: Iterable[Change]) -> None:
    """Refuse that anything new comes into a sealed session, where the account is changed between sessions.

    What was agreed in it goes on: it is done, told, handed over.

    Raises:
        Refused: something new would belong to it; the sentence says what to do.
    """
    new = (change.row for change in changes if isinstance(change, Add))
    if is_sealed(plan, session) and any(getattr(row, "session", None) == session for row in new):
        held = plan.get(Session, session)
        day = f" of {format_date(held.held_on)}" if held else ""
        raise Refused(
            f"Session {plan.number_of(session)}{day} is sealed, and nothing new comes into it: "
            "begin the next one in the library, or reopen it in closing."
        )


def refuse_renumbering(before: AccountPlan, after: AccountPlan) -> None:
    """Refuse that a sealed session, whose record has its number, gets another number.

    Raises:
        Refused: a session has come in, moved or gone before one that is sealed.
    """
    for number, held in enumerate(before.sessions, 1):
        if is_sealed(before, held.id) and after.number_of(held.id) != number:
            raise Refused(
                f"Session {number} of {format_date(held.held_on)} is sealed and keeps its number: "
                "take a later day, or reopen it first."
            )


def stays_open(change: Change, made: Iterable[Change]) -> bool:
    """Whether a change may be made in a sealed session, with others in one Step.

    That is one that reopens it, an erratum with what it puts right in the plan, and the audience under which
    the session opens next time.
    """
    return _is_of_seal(change) or _goes_along(change, made)


def _is_of_seal(change: Change) -> bool:
    if isinstance(change, Add | Remove):
        return isinstance(change.row, Erratum)
    if not isinstance(change, Set):
        return False
    is_audience = change.kind is Session and fleeting(change.kind, change.name)
    return is_audience or (change.kind is Seal and change.name in {"reopened_at", "reopened_why"})


def _goes_along(change: Change, made: Iterable[Change]) -> bool:
    """Whether a change puts right in the plan what an erratum of the same Step puts right in the record."""
    errata = (one.row for one in made if isinstance(one, Add | Remove) and isinstance(one.row, Erratum))
    return isinstance(change, Set) and any(
        (row.kind, row.row, row.name) == (change.kind.__name__, "/".join(change.key), change.name)
        for row in errata
    )
