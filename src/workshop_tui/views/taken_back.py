"""What an undo takes back, in words: of which session, each row, and from what to what a field goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.base.text import counted
from workshop_tui.domain.capture.names import in_words
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.plan.describe import describe, telling
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Change, Remove, Set, Step, target, undoing

MOST_ROWS = 3
"""Rows that may come or go without a question."""
_DAY = dt.timedelta(days=1)
_NAMED = 2
"""Rows of one kind that are named; more are counted."""
_FIELDS = 4
"""Fields that are told from what to what they go; more are counted."""


class TakenBack(Struct, frozen=True):
    """What an undo takes back."""

    told: str
    session: int
    """The number of the session that all of it belongs to; 0 where there is not one."""
    rows: int
    """Rows that come or go, without those that only hang on others, as who an action is about."""
    kind: type[Entity] | None
    """The kind of what is told first."""
    at: dt.datetime | None
    """When the latest of it was done."""

    def asks(self, last: type[Entity] | None, now: dt.datetime) -> str:
        """Return why this is not done without a question; empty where it may be.

        `last` is the kind of what was taken back directly before, None where something was done since.
        """
        if self.rows > MOST_ROWS:
            return f"{self.rows} rows come or go"
        if self.at is not None and now - self.at > _DAY:
            return f"it was done on {format_date(self.at.astimezone().date())}"
        if last is not None and self.kind is not last:
            return "it is something else than what you took back last"
        return ""


def taken_back(steps: Sequence[Step], before: AccountPlan, after: AccountPlan) -> TakenBack:
    """Return what undoing these Steps takes back; `before` is the plan with them, `after` without."""
    done = [change for step in steps for change in step.changes]
    told = sorted(telling(done), key=lambda change: target(change)[0] is not Session)
    moved = {(c.kind, c.key, c.name): c for c in undoing(steps).changes if isinstance(c, Set)}
    numbers = {_session(change, before, after) for change in done} - {0}
    return TakenBack(
        "; ".join(_parts(told, tuple(moved.values()), before, after)) or "a change that shows nowhere",
        numbers.pop() if len(numbers) == 1 else 0,
        sum(not isinstance(change, Set) and _stands_alone(change) for change in done),
        target(told[0])[0] if told else None,
        max((step.at for step in steps if step.at), default=None),
    )


def _parts(
    told: Iterable[Change], moved: Sequence[Set], before: AccountPlan, after: AccountPlan
) -> Iterator[str]:
    rows = [change for change in told if not isinstance(change, Set)]
    rows = [change for change in rows if _stands_alone(change)] or rows
    for (kind, what), those in groupby(rows, key=lambda change: (target(change)[0], type(change))):
        found = list(those)
        if len(found) > _NAMED:
            yield f"{counted(len(found), kind.VERBOSE_NAME)} {_came(what)}"
        else:
            yield from (_row(change, before, after) for change in found)
    for change in moved[:_FIELDS]:
        called = describe(Step((change,)), before, after)
        now, was = (_worded(before, after, change, value) for value in (change.new, change.old))
        yield f"{called} from {was} back to {now}"
    if len(moved) > _FIELDS:
        yield f"{counted(len(moved) - _FIELDS, 'more field')}"


def _stands_alone(change: Change) -> bool:
    return target(change)[0].KEY == ("id",)


def _row(change: Add | Remove, before: AccountPlan, after: AccountPlan) -> str:
    row, came = change.row, _came(type(change))
    if isinstance(row, Session):
        number = before.number_of(row.id) or after.number_of(row.id)
        return f"session {number} of {format_date(row.held_on)} {came}"
    called = describe(Step((change,)), before, after)
    return called if called.endswith(came) else f"{called} {came}"


def _came(what: type[Change]) -> str:
    return "added" if what is Add else "removed"


def _worded(before: AccountPlan, after: AccountPlan, change: Set, value: Json) -> str:
    said = in_words(after, change.kind, change.name, value) or in_words(
        before, change.kind, change.name, value
    )
    return said or "nothing"


def _session(change: Change, before: AccountPlan, after: AccountPlan) -> int:
    kind, key = target(change)
    row = change.row if not isinstance(change, Set) else before.get(kind, *key) or after.get(kind, *key)
    of = row.id if isinstance(row, Session) else getattr(row, "session", None)
    return (before.number_of(of) or after.number_of(of)) if isinstance(of, str) else 0
