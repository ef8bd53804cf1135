"""Beside a list over all accounts: the action under the cursor, what else its owner does, and a time line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.text import counted, one_line
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.rules.time_line import Event
from workshop_tui.live.account_beside import AccountBeside
from workshop_tui.store.open_actions import OpenAction
from workshop_tui.views.account.time_line import LaneRow, axis_in, foot_of, paint, rows_of, span_around
from workshop_tui.views.cell import Cell, Plain
from workshop_tui.views.pictures.picture import Foot, Picture
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

_CARD = (Plain("", 12), Plain("", 16, grow=1, wrap=True))
_ALSO = (Plain("Due", 11), Plain("Action", 16, grow=1, wrap=True))
_MANY = 20
"""Lines of what else there is, of each sort, at the most."""
NO_LINE = "What the line under the cursor is about stands here."
NOTHING_ELSE = "Nothing else is open of whoever owns it, nor toward its milestone."


def action_card(action: OpenAction | None, beside: AccountBeside | None) -> Table:
    """Return what is known of an open action: at once what the list knows, the rest once that is read."""
    if action is None:
        return Table(_CARD, (), NO_LINE, headed=False, by_row=True)
    rows = (*_known(action, beside), *(_referred(action, beside) if beside else ()))
    return Table(_CARD, rows, headed=False, by_row=True)


def _known(action: OpenAction, beside: AccountBeside | None) -> Iterator[Row]:
    title = Cell(one_line(action.title), "strong")
    yield Row(_at(action, "Action", (action.id,)), (title, Cell("")), wide=True)
    owner = ", ".join(filter(None, (action.owner, action.firm)))
    if owner or not action.is_owned:  # else they are hidden from whoever looks
        yield _person(action, "Owner", action.owner_id, owner, beside)
    if action.accountable or not action.is_answered_for:
        yield _person(action, "Answers", action.accountable_id, action.accountable, beside)
    late = f", {counted(action.days_late, 'day')} late" if action.days_late else ""
    due = f"{format_date(action.due)}{late}" if action.due else "no date"
    yield _line("Due", due, "bad" if late else "" if action.due else "warn")
    if action.carried and action.first_due:
        yield _line("First due", f"{format_date(action.first_due)}, carried {action.carried}×", "warn")
    yield _line("Status", action.status.label)
    if action.milestone:
        yield _line("Leads to", action.milestone)
    yield _line("Account", action.account_name)


def _person(action: OpenAction, label: str, id_: str, told: str, beside: AccountBeside | None) -> Row:
    person = beside.plan.person(id_) if beside else None
    if person is None:
        return _line(label, told or "nobody yet", "" if told else "warn")
    at = _at(action, type(person).__name__, (id_,), label)
    return Row(at, (Cell(label, "muted"), Cell(told)))


def _referred(action: OpenAction, beside: AccountBeside) -> Iterator[Row]:
    """Yield what the action serves and whom it concerns, where it was made, and when it is spoken of next."""
    plan = beside.plan
    row = plan.get(Action, action.id)
    if row and (answer := plan.get(Answer, row.answer)):
        told = f"{plan.name_of(Stakeholder, answer.stakeholder)}: {one_line(answer.text)}"
        yield Row(_at(action, "Answer", answer.key), (Cell("Serves", "muted"), Cell(told)))
    if row and (concerns := plan.name_of(Stakeholder, row.stakeholder)):
        at = _at(action, "Stakeholder", (row.stakeholder or "",), "concerns")
        yield Row(at, (Cell("Concerns", "muted"), Cell(concerns)))
    if row and (made := plan.get(Session, row.session)):
        yield _session(action, "Made in", beside, made)
    ahead = next((one for one in plan.sessions if one.held_on > beside.today), None)
    if ahead:
        yield _session(action, "Next session", beside, ahead)
    elif plan.sessions:
        last = plan.sessions[-1]
        if last.held_on == beside.today:
            yield _session(action, "Next session", beside, last)
        else:
            yield _line("Next session", "no session is planned", "warn")


def _session(action: OpenAction, label: str, beside: AccountBeside, session: Session) -> Row:
    days = (session.held_on - beside.today).days
    far = (
        f", in {counted(days, 'day')}"
        if days > 0
        else ", today"
        if not days and label == "Next session"
        else ""
    )
    told = f"session {beside.plan.number_of(session.id)}, {format_date(session.held_on)}{far}"
    at = str(RowId.opening("Session", session.key, action.account, session.id, label))
    return Row(at, (Cell(label, "muted"), Cell(told)))


def _line(label: str, told: str, tone: str = "") -> Row:
    return Row(str(RowId("card", (label,))), (Cell(label, "muted"), Cell(told, tone)))


def _at(action: OpenAction, kind: str, key: tuple[str, ...], where: str = "card") -> str:
    return str(RowId.opening(kind, key, action.account, "", where))


def also_table(action: OpenAction | None, every: Sequence[OpenAction]) -> Table:
    """Return what else is open of who owns an action, in whichever account, and toward its milestone."""
    if action is None:
        return Table(_ALSO, (), NO_LINE, headed=False, by_row=True)
    others = [one for one in every if one is not action]
    owned = [one for one in others if action.owner and (one.owner, one.firm) == (action.owner, action.firm)]
    toward = [
        one
        for one in others
        if action.milestone and (one.milestone, one.account) == (action.milestone, action.account)
    ]
    rows = (
        *_also(f"Also of {action.owner}", "owner", owned, action),
        *_also(f"Also toward «{action.milestone}»", "milestone", toward, action),
    )
    return Table(_ALSO, rows, NOTHING_ELSE, headed=False, by_row=True)


def _also(heading: str, name: str, those: Sequence[OpenAction], of: OpenAction) -> Iterator[Row]:
    if not those:
        return
    yield Row(str(RowId("also", (name,))), heading=f"{heading} · {len(those)}")
    for one in those[:_MANY]:
        late = bool(one.days_late)
        due = f"{one.days_late} d late" if late else format_date(one.due) if one.due else "no date"
        where = f"  {one.account_name}" if one.account != of.account else ""
        who = f"  {one.owner or 'nobody'}" if name == "milestone" else ""
        cells = (Cell(due, "bad" if late else "muted"), Cell(f"{one_line(one.title)}{who}{where}"))
        yield Row(_at(one, "Action", (one.id,), name), cells)
    if len(those) > _MANY:
        told = f"and {len(those) - _MANY} more"
        yield Row(str(RowId("also", (name, "more"))), heading=told, note=True)


class TimeLineBeside:
    """The time line of one account, as its page has it, over the last months and the next."""

    def __init__(self, beside: AccountBeside) -> None:
        """Take the account."""
        self._of = beside
        self._rows: tuple[LaneRow, ...] = ()
        """As they were painted last."""

    @property
    def title(self) -> str:
        """Whose time line it is."""
        return f"Time line of {self._of.plan.account.name}"

    def draw(self, width: int, _height: int) -> Picture:
        """Paint the rows beneath the months."""
        of = self._of
        span = span_around(of.today)
        axis = axis_in(span, width, of.today)
        self._rows = rows_of(of.events, of.firms, span, axis, of.id, "")
        return paint(self._rows, axis, 1)

    def at(self, name: str) -> tuple[Event, ...]:
        """Return what stands in the cell under the cursor."""
        marks = (mark for row in self._rows for mark in row.marks)
        return next((mark.events for mark in marks if mark.name == name), ())

    def foot(self, name: str, width: int) -> Foot:
        """Return what stands under the cursor, and what the marks are."""
        return foot_of(self.at(name), width, "there")

    def opens(self, one: Event) -> str:
        """Return the line that opens something of it."""
        return str(RowId.opening(one.kind, one.key, self._of.id, "", one.lane.value, one.party))
