"""Compare: what changed between any two sessions, changes only, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workshop_tui.documents.looking_back import ChangeLine, change_groups
from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.text import counted
from workshop_tui.domain.model.session import Session
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.live.looking_back import Compared
from workshop_tui.views.account.columns import InColumns
from workshop_tui.views.account.page import SENTENCES, AccountView, equal_rows, held, sentence
from workshop_tui.views.base import part_row
from workshop_tui.views.pictures.pictured import Pictured
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

COMPARING = "Comparing the two sessions."
_ORDER = (
    *("outcomes", "sentiment", "people", "decisions", "actions", "parking", "answers", "steps"),
    *("scorecard", "meetings_by_firm", "levels", "owners", "proposition", "standings", "stage", "roti"),
)
"""The groups in the order in which one asks for them: what was agreed, who moved, what is new."""


class AccountCompare(InColumns, AccountView, Pictured):
    """Two sessions side by side; the last two at first."""

    title: str = "Compare"
    empty: str = "Two sessions are needed to compare."
    has_equal = True

    def __init__(self) -> None:
        """Begin with the last two."""
        super().__init__()
        self._later = ""

    def subjects(self, live: LivePlan) -> Sequence[str]:
        """Return the sessions that can be the earlier one."""
        later = self.later(live)
        return [one.id for one in held(live) if later and _place(live, one) < _place(live, later)]

    def number(self, live: LivePlan) -> int:
        """Return which of them is the earlier one: the last, until another is chosen."""
        subjects = self.subjects(live)
        if subjects and self._subject not in subjects:
            self._subject = subjects[-1]
        return super().number(live)

    def later(self, live: LivePlan) -> Session | None:
        """Return the later session; the last one, until another is chosen."""
        can_be = held(live)[1:]
        return next((one for one in can_be if one.id == self._later), next(reversed(can_be), None))

    def step_later(self, live: LivePlan, by: int) -> None:
        """Step to another later session; the earlier one stays, as far as it still is one."""
        if (can_be := [one.id for one in held(live)[1:]]) and (later := self.later(live)):
            self._later = can_be[(can_be.index(later.id) + by) % len(can_be)]

    def state(self, live: LivePlan) -> object:
        """Both sessions."""
        return super().state(live), self._later

    def sessions(self, live: LivePlan) -> tuple[Session, Session] | None:
        """Return the two that are compared; None where there is but one."""
        later, subjects = self.later(live), self.subjects(live)
        earlier = live.view.get(Session, subjects[self.number(live)]) if subjects else None
        return (earlier, later) if earlier and later else None

    def compared(self, live: LivePlan) -> Compared | None:
        """Return what changed between them; None while that is worked out."""
        two = self.sessions(live)
        return live.comparison(two[0].id, two[1].id) if two else None

    def head(self, live: LivePlan) -> str:
        """Tell which two, how many days apart, how many changes, and what they were worked out from."""
        if not (two := self.sessions(live)):
            return ""
        told = [f"Session {_place(live, one)} ({format_date(one.held_on)})" for one in two]
        days = counted((two[1].held_on - two[0].held_on).days, "day")
        found = self.compared(live)
        count = counted(len(found.comparison), "change") if found else "comparing"
        return f"{told[0]} → {told[1]}, {days}: {count}"

    def content(self, live: LivePlan) -> Table:
        """Return the changes in groups, and at the foot what they were worked out from."""
        found = self.compared(live)
        if found is None:
            return Table(SENTENCES, (), COMPARING if self.sessions(live) else self.empty, by_row=True)
        one = found.comparison
        equal = equal_rows(live, one.earlier.session, one.later.session) if self.shows_equal else ()
        rows = (*_rows(found), *equal)
        if not rows:
            return Table(SENTENCES, (), "Nothing has changed.", by_row=True)
        basis = f"{found.basis[:1].upper()}{found.basis[1:]}."
        foot = Row(str(RowId.heading("basis")), heading=basis, note=True)
        return Table(SENTENCES, (*rows, foot), by_row=True)


def _place(live: LivePlan, session: Session) -> int:
    return live.view.number_of(session.id)


def _rows(found: Compared) -> Iterator[Row]:
    groups = sorted(change_groups(found.comparison), key=lambda group: _ORDER.index(group.name))
    for group in groups:
        yield part_row(f"{group.title} · {len(group.lines)}", group.name)
        for number, line in enumerate(group.lines):
            yield change_row(line, group.name, str(number))


def change_row(line: ChangeLine, *where: str) -> Row:
    """Return a change in a line; the number tells two lines about one person from each other."""
    return sentence(line.kind, line.key, line.text, "", *where)
