"""The quarterly review on one page: what was promised, who moved, what it was worth, what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

from workshop_tui.documents.document import (
    BlockOfText,
    Document,
    Paragraph,
    Task,
    Tasks,
    Text,
    TextRun,
    TextTable,
    bold,
    bullets,
    joined,
    section,
    table,
    text,
)
from workshop_tui.documents.source import Source, by_due, day
from workshop_tui.domain.base.text import counted, one_line
from workshop_tui.domain.base.vocabulary import TOWARD_ALL, ActionStatus, RiskStatus
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.scorecard import Goal, Initiative
from workshop_tui.domain.model.session import Risk
from workshop_tui.domain.model.value import Target
from workshop_tui.domain.rules.follow_through import fate, first_due
from workshop_tui.domain.rules.people import side_of
from workshop_tui.domain.rules.risks import ranked
from workshop_tui.domain.rules.value import estimated, realised

R = TypeVar("R")
MOST_COMMITMENTS: Final = 5
"""New commitments a side that a quarter can bear."""
_MOST: Final = {"commitments": 8, "moved": 8, "scorecard": 8, "risks": 5}
"""Lines of each part that fit on the page."""
_FATES: Final = {"on_time": "kept", "late": "late", "overdue": "not done", "dropped": "dropped"}


def qbr(of: Source) -> Document:
    """Return the review on one page; what does not fit is counted and named."""
    parts = (
        ("What we promised", _promised(of)),
        ("Who moved", _moved(of)),
        ("Value confirmed", _value(of)),
        ("Scorecard", _scorecard(of)),
        ("Risks and blockers", _risks(of)),
        ("New commitments", _commitments(of)),
    )
    found = [blocks for title, blocks_of in parts if (blocks := section(title, *blocks_of))]
    title = f"{of.view.account.name}: quarterly review, {day(of.on)}"
    blocks = (Paragraph(text(of.reader)), *(block for each in found for block in each))
    return Document(title, blocks, of.facts(), is_page=True)


def _cut(rows: Sequence[R], part: str) -> tuple[Sequence[R], Sequence[R]]:
    return rows[: _MOST[part]], rows[_MOST[part] :]


def _more(names: Sequence[str], of_what: str) -> Paragraph | None:
    """Return what did not fit: how much, and what."""
    if not names:
        return None
    count, what = counted(len(names), of_what).split(" ", 1)
    return Paragraph(text(f"And {count} more {what}: {'; '.join(names)}."))


def _promised(of: Source) -> Iterator[BlockOfText | None]:
    """Yield what was agreed and is due: kept, late, not done or dropped, and why."""
    shown, others = _cut(_due(of), "commitments")
    yield table(
        ("Commitment", "Who", "First due", "What became of it"),
        (
            (
                one_line(row.title),
                of.with_side(row.owner),
                day(first),
                _became(of, row, fate(row, first, of.on)),
            )
            for row, first in shown
        ),
    )
    yield _more([one_line(row.title) for row, _ in others], "commitment")


def _due(of: Source) -> Sequence[tuple[Action, dt.date]]:
    """Return the actions of this session and the one before that are due, with their first dates."""
    made = (
        (*of.view.where(Action, session=of.before.id), *of.here(Action)) if of.before else of.view.all(Action)
    )
    due = [(row, first) for row in made if (first := first_due(of.view, row)) and first <= of.on]
    return sorted(due, key=lambda pair: pair[1])


def _became(of: Source, row: Action, what: str) -> Text:
    word = _FATES[what]
    on = day(row.done_on) if row.status is ActionStatus.DONE else ""
    why = one_line(row.reason)
    now = f"now {day(row.due)}" if what == "overdue" and row.due and row.due >= of.on else ""
    return joined((text(bold(word) if what != "on_time" else word, f" {on}" if on else ""), why or now), ": ")


def _moved(of: Source) -> Iterator[BlockOfText | None]:
    if of.is_customers or not (of.before and of.session):
        return  # how somebody feels is not theirs to read
    changes = [
        one
        for one in of.figures.since(of.before.id, of.session.id).sentiment
        if one.then and one.then.value is not None and one.now.value is not None
    ]
    shown, others = _cut(changes, "moved")
    yield table(
        ("Who", "Then", "Now", "Why"),
        (
            (
                text(bold(one.name), "" if one.toward == TOWARD_ALL else f", toward {one.toward_name}"),
                one.then.value.sign.strip() if one.then and one.then.value is not None else "?",
                one.now.value.sign.strip() if one.now.value is not None else "?",
                one_line(one.now.evidence),
            )
            for one in shown
        ),
    )
    yield _more([one.name for one in others], "move")


def _value(of: Source) -> Iterator[BlockOfText | None]:
    """Yield what the customer has confirmed, against what we thought it would be worth."""
    targets = of.view.all(Target)
    counted_in = realised(targets)
    if any(row.realised is not None for row in targets):
        sure = f"{of.money(counted_in.confirmed)} confirmed"
        thought = estimated(targets)
        yield Paragraph(text(bold(sure), f" of {of.money(thought)} estimated." if thought else "."))
    yield bullets(
        f"{one_line(row.title)}: {of.money(row.realised)}, "
        f"{f'confirmed {day(row.confirmed_on)}' if row.confirmed_on else 'not confirmed'}"
        for row in targets
        if row.realised is not None
    )


def _scorecard(of: Source) -> Iterator[BlockOfText | None]:
    """Yield the leading indicators first, those that go down before the rest, then the goals."""
    order = {"▼": 0, "►": 1, "▲": 2}
    rows = sorted(of.view.all(Initiative), key=lambda row: order.get(row.direction.sign, 1))
    shown, others = _cut(rows, "scorecard")
    lines: list[tuple[str | TextRun | Text, ...]] = [
        (
            one_line(row.title),
            f"{row.target:g}",
            f"{row.actual:g} {row.direction.sign}",
            of.whoever(row.owner),
        )
        for row in shown
    ]
    lines += [
        (bold(one_line(row.title)), f"{row.target:g}", f"{row.actual:g} {row.unit}", "")
        for row in of.view.all(Goal)
    ]
    yield TextTable(
        ("", "Target", "Actual", "Owner"), tuple(tuple(map(text, line)) for line in lines), frozenset({1, 2})
    )
    yield _more([one_line(row.title) for row in others], "initiative")


def _risks(of: Source) -> Iterator[BlockOfText | None]:
    risks = [row for row in ranked(of.view.all(Risk)) if row.status is RiskStatus.OPEN]
    blocked = [row for row in of.view.all(Action) if row.status is ActionStatus.BLOCKED]
    lines = [
        *(
            joined((text(bold("Blocked"), f": {one_line(row.title)}"), of.with_side(row.owner)))
            for row in blocked
        ),
        *(joined((one_line(row.text), one_line(row.response), of.with_side(row.owner))) for row in risks),
    ]
    shown, others = _cut(lines, "risks")
    yield bullets(shown)
    yield _more(["".join(span.text for span in line) for line in others], "point")


def _commitments(of: Source) -> Iterator[BlockOfText | None]:
    """Yield what is newly promised, at most five a side; a side that has taken on more is told so.

    What is due already was promised, and is told there.
    """
    told = {row.id for row, _ in _due(of)}
    made = sorted((row for row in of.here(Action) if row.status.is_open and row.id not in told), key=by_due)
    sides: dict[str, list[Action]] = {}
    for row in made:
        sides.setdefault(side_of(of.view, row.owner), []).append(row)
    tasks: list[Task] = [of.task(row) for rows in sides.values() for row in rows[:MOST_COMMITMENTS]]
    yield Tasks(tuple(tasks))
    for side, rows in sides.items():
        others = [one_line(row.title) for row in rows[MOST_COMMITMENTS:]]
        if others:
            who = of.name("Party", side) or "Nobody"
            yield Paragraph(
                text(
                    bold(f"{who} has {len(rows)} new commitments, more than {MOST_COMMITMENTS}"),
                    f": left out here are {'; '.join(others)}.",
                )
            )
