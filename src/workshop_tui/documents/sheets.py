"""What a workbook holds: actions, people, answers, scorecard and decisions as rows of typed cells.

A column is there when its field is for the audience at all, so that no heading tells of what is not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from msgspec import Struct

from workshop_tui.documents.source import Source, by_due
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, TOWARD_ALL
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action, Carry
from workshop_tui.domain.model.people import Reading, Stakeholder, Tie
from workshop_tui.domain.model.scorecard import Goal, Initiative
from workshop_tui.domain.model.session import Decision
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.audience import shows
from workshop_tui.domain.rules.decisions import replaced_by, short_id
from workshop_tui.domain.rules.people import latest_reading, side_of

_ABOUT: Final = frozenset({"ID", "Action", "Name", "Person", "Decision"})
"""The headings of what a row is about."""
CellValue = str | float | dt.date | None
"""Text, a number, a day, or nothing."""


class WorkbookSheet(Struct, frozen=True):
    """One sheet: a heading for each column, and rows of as many cells."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[CellValue, ...], ...]
    held: int = 0
    """How many of the first columns stay in sight: those that say what a row is about."""


class WorkbookColumn(Struct, frozen=True):
    """One column of rows of a kind."""

    head: str
    value: Callable[[Source, Any], CellValue]
    field: str
    """The field that has to be for the audience."""
    kind: type[Entity] | None = None
    """Whose field that is, where it is another kind's than the row's."""
    is_ours: bool = False
    """Whether no document tells the customer of it."""


def sheets(of: Source) -> tuple[WorkbookSheet, ...]:
    """Return the sheets of a plan that was cut for its audience; one without a row is left out.

    Raises:
        ValueError: the plan was not cut.
    """
    if of.view.audience is None:
        raise ValueError("A workbook is made from a projection, never from the whole plan.")
    actions = actions_sheet(of)
    others = (
        _sheet(of, "people", Stakeholder, _people(of), of.view.all(Stakeholder)),
        _sheet(of, "answers", Answer, _ANSWERS, of.view.all(Answer)),
        _scorecard(of),
        _sheet(of, "decisions", Decision, _DECISIONS, of.view.all(Decision)),
    )
    return (actions, *(sheet for sheet in others if sheet.rows))


def actions_sheet(of: Source) -> WorkbookSheet:
    """Return the actions: the open ones by date, those without one last, then what is closed."""
    actions = sorted(of.view.all(Action), key=lambda row: (not row.status.is_open, by_due(row)))
    return _sheet(of, "actions", Action, _ACTIONS, actions)


def _sheet(
    of: Source, title: str, kind: type[Entity], columns: Iterable[WorkbookColumn], rows: Iterable[Entity]
) -> WorkbookSheet:
    audience = of.view.audience
    seen = [
        column
        for column in columns
        if shows(column.kind or kind, column.field, audience) and not (column.is_ours and of.is_customers)
    ]
    cells = tuple(tuple(column.value(of, row) for column in seen) for row in rows)
    held = sum(column.head in _ABOUT for column in seen[:2])
    return WorkbookSheet(title, tuple(column.head for column in seen), cells, held)


def email_of(of: Source, person_id: str | None) -> str:
    """Return the work address of one of ours or of the customer's people, as far as the audience sees it."""
    person = of.view.person(person_id)
    return person.email if person else ""


def firm_of(of: Source, person_id: str | None) -> str:
    """Return the short name of somebody's firm; empty for nobody."""
    return of.name("Party", side_of(of.view, person_id)) if of.view.person(person_id) else ""


def days_late(of: Source, row: Action) -> int | None:
    """Return for how many days an open action has been due; None for one that isn't late."""
    is_late = row.status.is_open and row.due is not None and row.due < of.on
    return (of.on - row.due).days if is_late and row.due else None


def _reader(of: Source, visibility: str) -> str:
    """Return for whom a row is, in words."""
    return visibility if visibility in {CUSTOMER, ALLIANCE} else of.name("Party", visibility)


def _words(row: Entity | None, name: str) -> str:
    return one_line(str(getattr(row, name))) if row else ""


def _text(name: str) -> Callable[[Source, Any], CellValue]:
    return lambda _, row: getattr(row, name)


def _label(name: str) -> Callable[[Source, Any], CellValue]:
    def label(_: Source, row: Any) -> CellValue:
        value = getattr(row, name)
        return value.label if value else None

    return label


def _whoever(name: str) -> Callable[[Source, Any], CellValue]:
    return lambda of, row: of.whoever(getattr(row, name))


def _session(of: Source, row: Any) -> CellValue:
    return of.view.number_of(row.session) or None


def _first_due(of: Source, row: Action) -> CellValue:
    carries = [each.from_due for each in of.view.where(Carry, action=row.id)]
    return min(carries, default=row.due)


_ACTIONS: Final = (
    WorkbookColumn("ID", _text("id"), "title"),
    WorkbookColumn("Action", _text("title"), "title"),
    WorkbookColumn("Owner", _whoever("owner"), "owner"),
    WorkbookColumn("Firm", lambda of, row: firm_of(of, row.owner), "owner"),
    WorkbookColumn("Email", lambda of, row: email_of(of, row.owner), "email", Member),
    WorkbookColumn("Accountable", _whoever("accountable"), "accountable", is_ours=True),
    WorkbookColumn("Due", _text("due"), "due"),
    WorkbookColumn("Days late", days_late, "due"),
    WorkbookColumn("Status", _label("status"), "status"),
    WorkbookColumn("Done on", _text("done_on"), "done_on"),
    WorkbookColumn("Milestone", _text("milestone"), "milestone", is_ours=True),
    WorkbookColumn("About", lambda of, row: of.person(row.stakeholder), "stakeholder", is_ours=True),
    WorkbookColumn(
        "Answer served", lambda of, row: _words(of.view.get(Answer, row.answer), "text"), "answer"
    ),
    WorkbookColumn("Session", _session, "session", is_ours=True),
    WorkbookColumn("First due", _first_due, "from_due", Carry),
    WorkbookColumn(
        "Carried", lambda of, row: len(of.view.where(Carry, action=row.id)) or None, "action", Carry
    ),
    WorkbookColumn("Evidence", _text("evidence"), "evidence"),
    WorkbookColumn("Why dropped", _text("reason"), "reason"),
    WorkbookColumn("For", lambda of, row: _reader(of, row.visibility), "reason"),
)


def _people(of: Source) -> Iterator[WorkbookColumn]:
    """Yield the columns of people: of each firm its own owner and how it is felt about."""
    yield WorkbookColumn("Name", _text("name"), "name")
    yield WorkbookColumn("Title", _text("title"), "title")
    yield WorkbookColumn("Unit", _text("unit"), "unit")
    yield WorkbookColumn("Reports to", lambda of, row: of.person(row.reports_to), "reports_to")
    yield WorkbookColumn("Email", _text("email"), "email")
    yield WorkbookColumn("Buying role", _label("role"), "role")
    yield WorkbookColumn("Authority", _label("authority"), "authority")
    yield WorkbookColumn("Influence", _text("influence"), "influence")
    yield WorkbookColumn("Interest", _text("interest"), "interest")
    yield WorkbookColumn("Social style", _label("style"), "style")
    feelings = (
        (TOWARD_ALL, "Sentiment, alliance"),
        *((p.id, f"Sentiment, {p.short}") for p in of.view.partners),
    )
    for toward, head in feelings:
        yield WorkbookColumn(head, _felt(toward), "value", Reading)
    for firm in of.view.partners:
        yield WorkbookColumn(f"Owner at {firm.short}", _owner(firm.id), "owner", Tie)
    yield WorkbookColumn("Last met", lambda of, row: of.figures.last_contact(row.id), "note")
    yield WorkbookColumn("Left on", _text("left_on"), "left_on")
    yield WorkbookColumn("Note", _text("note"), "note")


def _felt(toward: str) -> Callable[[Source, Any], CellValue]:
    def felt(of: Source, person: Stakeholder) -> CellValue:
        reading = latest_reading(of.view, person, toward)
        return int(reading.value) if reading and reading.value is not None else None

    return felt


def _owner(firm: str) -> Callable[[Source, Any], CellValue]:
    def owner(of: Source, person: Stakeholder) -> CellValue:
        tie = of.view.get(Tie, person.id, firm)
        return of.name("Member", tie.owner) if tie else ""

    return owner


_ANSWERS: Final = (
    WorkbookColumn("Person", lambda of, row: of.person(row.stakeholder), "stakeholder"),
    WorkbookColumn(
        "Title", lambda of, row: _words(of.view.get(Stakeholder, row.stakeholder), "title"), "stakeholder"
    ),
    WorkbookColumn("Question", lambda of, row: of.name("Question", row.question), "question"),
    WorkbookColumn("Answer", _text("text"), "text"),
    WorkbookColumn("Status", _label("status"), "status"),
    WorkbookColumn("Personal reason", _text("personal"), "personal"),
    WorkbookColumn("Success", _text("success"), "success"),
    WorkbookColumn("Measure", _text("measure"), "measure"),
    WorkbookColumn("Horizon", _label("horizon"), "horizon"),
    WorkbookColumn("Theme", _text("theme"), "theme"),
    WorkbookColumn("Heard by", _whoever("heard_by"), "heard_by"),
    WorkbookColumn("Heard on", _text("heard_on"), "heard_on"),
    WorkbookColumn("Confirmed on", _text("validated_on"), "validated_on"),
    WorkbookColumn("For", lambda of, row: _reader(of, row.visibility), "personal"),
)


def _scorecard(of: Source) -> WorkbookSheet:
    """Return goals, which lag, above initiatives, which lead; the kind tells one from the other."""
    audience = of.view.audience
    goals: Sequence[tuple[CellValue, ...]] = [
        ("goal", "", row.title, row.unit, row.target, row.actual, None, "", "", "", "")
        for row in (of.view.all(Goal) if shows(Goal, "title", audience) else ())
    ]
    initiatives: Sequence[tuple[CellValue, ...]] = [
        (
            "initiative",
            row.component,
            row.title,
            row.indicator,
            row.target,
            row.actual,
            row.completion,
            row.direction.label,
            "yes" if row.lower_is_better else "",
            of.whoever(row.owner),
            of.name("Party", row.party),
        )
        for row in of.view.all(Initiative)
    ]
    heads = ("Kind", "Component", "What", "Counted", "Target", "Actual", "Done %", "Direction")
    return WorkbookSheet("scorecard", (*heads, "Lower is better", "Owner", "Whose"), (*goals, *initiatives))


def _decided_on(of: Source, row: Decision) -> CellValue:
    return next((session.held_on for session in of.sessions if session.id == row.session), None)


_DECISIONS: Final = (
    WorkbookColumn("ID", lambda of, row: short_id(of.view, row), "told_on"),
    WorkbookColumn("Decision", _text("text"), "text"),
    WorkbookColumn("Session", _session, "session", is_ours=True),
    WorkbookColumn("Decided on", _decided_on, "session"),
    WorkbookColumn("Read back on", _text("confirmed_on"), "confirmed_on"),
    WorkbookColumn(
        "Replaces", lambda of, row: _words(of.view.get(Decision, row.replaces), "text"), "replaces"
    ),
    WorkbookColumn("Replaced by", lambda of, row: _words(replaced_by(of.view, row), "text"), "replaces"),
    WorkbookColumn("Told on", _text("told_on"), "told_on"),
    WorkbookColumn("For", lambda of, row: _reader(of, row.visibility), "told_on"),
)
