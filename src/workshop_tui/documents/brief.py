"""The brief: half a page for one's own boss. Where we stand, what moved, what is late, what we ask."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from workshop_tui.documents.document import (
    BlockOfText,
    Document,
    Paragraph,
    Text,
    TextTable,
    bold,
    italic,
    joined,
    table,
    text,
)
from workshop_tui.documents.source import Source, by_due, day, grouped, percent, sentence
from workshop_tui.domain.base.text import brief_name, counted, one_line
from workshop_tui.domain.base.vocabulary import TOWARD_ALL, AnswerStatus, Direction
from workshop_tui.domain.metrics import PlanMetrics
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.scorecard import Goal, Initiative
from workshop_tui.domain.model.session import Decision
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.rules.compare import SentimentChange
from workshop_tui.domain.rules.decisions import replaced_by
from workshop_tui.domain.rules.people import has_left, is_key, owning_partners
from workshop_tui.domain.rules.quiet import QuietPerson
from workshop_tui.domain.rules.scorecard import review_overdue

_SOON = dt.timedelta(days=30)
_PAIR = 2
_MOST = 6
"""Names in a line; the others are counted."""
ASK = "Ask"
"""The title of what is asked of the reader, which stands first."""


class BriefParts(Struct, frozen=True):
    """What a brief says before it stands on a page or a slide."""

    stands: Text
    points: tuple[tuple[str, tuple[str, ...]], ...]
    """Title → what is said under it; without those that say nothing."""
    figures: TextTable


def brief(of: Source) -> Document:
    """Return the account on half a page, for the alliance or one firm."""
    said = brief_parts(of)
    points = [
        (title == ASK, Paragraph(text(bold(f"{title}."), f" {' · '.join(lines)}")))
        for title, lines in said.points
    ]
    blocks: list[BlockOfText] = [Paragraph(text(of.reader)), Paragraph(said.stands)]
    blocks += [point for is_ask, point in points if is_ask]
    blocks += [said.figures] if said.figures.rows else []
    blocks += [point for is_ask, point in points if not is_ask]
    return Document(f"{of.view.account.name}, one page, as of {day(of.on)}", tuple(blocks), of.facts())


def brief_parts(of: Source) -> BriefParts:
    """Return what a brief says."""
    points = (
        (ASK, (sentence(of.view.account.ask),)),
        ("Moved", _moved(of)),
        ("Late", _late(of)),
        ("Quiet", (_quiet(of),)),
        ("Scorecard", (_scorecard(of),)),
        (f"Decided {day(of.session.held_on)}" if of.session else "", _decided(of)),
        ("Next 30 days", _next(of)),
    )
    found = ((title, tuple(filter(None, lines))) for title, lines in points)
    kept = tuple((title, lines) for title, lines in found if title and lines)
    return BriefParts(_stands(of), kept, table(_head(of), _figures(of), 1, 2, 3))


def _stands(of: Source) -> Text:
    account = of.view.account
    offer = italic(one_line(account.offer)) if account.offer else ""
    return joined((bold(account.stage.label.capitalize()), offer, one_line(account.headline)))


def _head(of: Source) -> tuple[str, ...]:
    return ("", "Now", day(of.before.held_on) if of.before else "Before", "Target")


def _figures(of: Source) -> Iterator[tuple[str, ...]]:
    """Yield what is measured: now, on the day of the session before, and where it should be."""
    for goal in of.view.all(Goal):
        unit = f", {one_line(goal.unit)}" if goal.unit else ""
        yield f"{one_line(goal.title)}{unit}", f"{goal.actual:g}", "", f"{goal.target:g}"
    key = [row for row in of.view.all(Stakeholder) if is_key(row) and not has_left(row, of.on)]
    if key and len(of.view.partners) > 1:
        firms = len(of.view.partners)
        every = "both" if firms == _PAIR else "all"
        held = sum(len(owning_partners(of.view, person)) == firms for person in key)
        yield (
            f"Key people with an owner in {every} firms",
            f"{held}",
            "",
            f"{len(key)}",
        )
    was = of.figures.as_of(of.before.held_on, of.before.id) if of.before else None
    if answers := [row for row in of.view.all(Answer) if row.status is not AnswerStatus.WITHDRAWN]:
        then = f"{_confirmed(answers, was.on)}" if was else ""
        yield "Answers the customer has confirmed", f"{_confirmed(answers, of.on)}", then, f"{len(answers)}"
    yield from _shares(of.figures, was)


def _confirmed(answers: list[Answer], on: dt.date) -> int:
    sure = [row for row in answers if row.status is AnswerStatus.VALIDATED]
    return sum(row.validated_on is None or row.validated_on <= on for row in sure)


def _shares(now: PlanMetrics, was: PlanMetrics | None) -> Iterator[tuple[str, ...]]:
    kept = now.follow_through()
    if kept and kept.on_time_rate is not None:
        then = was.follow_through() if was else None
        before = percent(then.on_time_rate) if then and then.on_time_rate is not None else ""
        yield f"Promises kept on time, of {kept.due - kept.dropped}", percent(kept.on_time_rate), before, ""
    if now.quality.score is not None:
        before = percent(was.quality.score) if was and was.quality.score is not None else ""
        yield "Plan quality", percent(now.quality.score), before, ""


def _moved(of: Source) -> Sequence[str]:
    """Return who came to think better or worse of us since the session before, and why if worse."""
    if not (of.before and of.session):
        return ()
    changes = of.figures.since(of.before.id, of.session.id).sentiment
    up, down = ([one for one in changes if _turned(one) == way] for way in (1, -1))
    better = _names(one.name for one in up)
    people = grouped(down, lambda one: (one.name, one_line(one.now.evidence)))
    worse = "; ".join(_worse(name, why, moves) for (name, why), moves in people.items())
    return f"▲ {better}" if better else "", f"▼ {worse}" if worse else ""


def _turned(one: SentimentChange) -> int:
    then, now = one.then.value if one.then else None, one.now.value
    return 0 if then is None or now is None else (now > then) - (now < then)


def _worse(name: str, why: str, moves: list[SentimentChange]) -> str:
    values = ", ".join(map(_now, moves))
    return f"{name} ({values}{f': {why}' if why else ''})"


def _now(one: SentimentChange) -> str:
    value = one.now.value.sign.strip() if one.now.value is not None else "?"
    return f"{value}{'' if one.toward == TOWARD_ALL else f' toward {one.toward_name}'}"


def _names(names: Iterator[str]) -> str:
    found = list(dict.fromkeys(names))
    more = len(found) - _MOST
    return ", ".join(found[:_MOST]) + (f" and {more} more" if more > 0 else "")


def _late(of: Source) -> Sequence[str]:
    late = [row for row in of.view.all(Action) if row.status.is_open and row.due and row.due < of.on]
    lines = []
    for row in sorted(late, key=by_due)[:_MOST]:
        task = of.task(row)
        days = f"{counted(task.days_late, 'day')} late"
        lines.append(f"{one_line(row.title)}, {of.whoever(row.owner) or 'nobody'}, {days}")
    more = len(late) - _MOST
    return (*lines, f"and {more} more" if more > 0 else "")


def _quiet(of: Source) -> str:
    """Return who goes quiet, for how long, and who of ours should go."""

    def goes(one: QuietPerson) -> str:
        ours = of.view.name_of(Member, one.goes)
        return f" ({brief_name(ours)} should go)" if ours else ""

    told = (
        f"{one.name} {one.told.removeprefix('not met for ')}{goes(one)}" for one in of.figures.digest.quiet
    )
    return _names(told)


def _scorecard(of: Source) -> str:
    """Return how many initiatives go which way, and how late the next review is."""
    ways = Counter(row.direction for row in of.view.all(Initiative))
    if not ways:
        return ""
    told = ", ".join(f"{ways[way]} {way.label}" for way in Direction if ways[way])
    late = review_overdue(of.view, of.on)
    review = f"; its review is {counted(late, 'day')} late" if late else ""
    return f"{counted(ways.total(), 'initiative')}: {told}{review}"


def _decided(of: Source) -> Sequence[str]:
    held = (row for row in of.here(Decision) if replaced_by(of.view, row) is None)
    return [one_line(row.text) for row in held]


def _next(of: Source) -> Sequence[str]:
    ahead = [
        row
        for row in of.view.all(Action)
        if row.status.is_open and row.due and of.on <= row.due <= of.on + _SOON
    ]
    return [
        f"{one_line(row.title)} ({of.whoever(row.owner) or 'nobody'}, {day(row.due)})"
        for row in sorted(ahead, key=by_due)
    ]
