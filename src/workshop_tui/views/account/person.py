"""One of the customer's people over time: how they felt, when we met, what they said, what is theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workshop_tui.domain.base.dates import format_date, format_short
from workshop_tui.domain.base.text import brief_name, one_line
from workshop_tui.domain.base.vocabulary import TOWARD_ALL, ActionStatus, Confidence, RelationKind
from workshop_tui.domain.model.account import Member, Party
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.rules.person_over_time import (
    ActionTold,
    AnswerGiven,
    ContactThen,
    PersonOverTime,
    ReadingThen,
    Strip,
)
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.account.page import AccountView
from workshop_tui.views.base import part_row
from workshop_tui.views.cell import Cell, Plain
from workshop_tui.views.row_id import RowId
from workshop_tui.views.stakeholders.card_ties import WAYS
from workshop_tui.views.table import Row, Table

MOST = 12
"""Sessions of which readings are shown, the last ones."""
_WIDTH = 15
"""Cells of what was read in a session, as «+1 observed»."""
_AT_FIRST = 2
"""Sessions that are shown however narrow it is."""
_EACH = 17
"""Cells of the table for one session more."""
_NARROW = 76
_TONES = {-2: "bad", -1: "bad", 0: "", 1: "good", 2: "good"}


class AccountPerson(AccountView):
    """Readings by session toward each firm, meetings by firm, answers, actions, relations; who came after."""

    title: str = "Over time"
    empty: str = "Nobody of the customer's people is known yet."

    def subjects(self, live: LivePlan) -> Sequence[str]:
        """Each of the customer's people, who has left too."""
        return tuple(person.id for person in live.view.all(Stakeholder))

    def person(self, live: LivePlan) -> PersonOverTime | None:
        """Return what is known of the person that is shown."""
        people = self.subjects(live)
        if not people:
            return None
        who = people[self.number(live)]
        key = ("over time", who, live.today)
        known: PersonOverTime | None = live.view.memo.get(key)
        if known is None:
            known = live.view.memo[key] = live.figures.over_time(who)
        return known

    def head(self, live: LivePlan) -> str:
        """Tell who it is, since when they are gone, and when they were met last."""
        found = self.person(live)
        if found is None:
            return ""
        left = f"left on {format_date(found.left_on)}" if found.left_on else ""
        last = next(iter(found.contacts), None)
        met = f"met {len(found.contacts)}×, last {format_date(last.on)}" if last else "never met"
        return " · ".join(filter(None, (found.name, one_line(found.title), left, met)))

    def content(self, live: LivePlan) -> Table:
        """Return the strips of readings, then all else in lines, the newest first."""
        found = self.person(live)
        if found is None:
            return Table((), (), self.empty, by_row=True)
        shown = range(max(len(found.sessions) - MOST, 0), len(found.sessions))
        cols = (
            Plain("Toward", 10, grow=1),
            *(_session_col(found, n, len(found.sessions) - 1 - n) for n in shown),
            Plain("Why, the last time", 18, grow=4, wrap=True, drop=1),
        )
        rows = (
            *_noted(live, found, len(cols)),
            *_followed(live, found, len(cols)),
            part_row("Sentiment by session", "strips"),
            *(_strip(live, found, strip, shown) for strip in found.strips),
            *_wide("Meetings", "meetings", (_met(live, one) for one in found.contacts), len(cols)),
            *_wide("What they said", "answers", (_said(live, one) for one in found.answers), len(cols)),
            *_wide("Actions", "actions", (_acts(live, one) for one in found.actions), len(cols)),
            *_wide("Relations", "relations", _related(live, found), len(cols)),
        )
        return Table(cols, rows, by_row=True)


def _session_col(found: PersonOverTime, n: int, after: int) -> Plain:
    """Return the column of a session; of those before the last few only where there is room."""
    one = found.sessions[n]
    since = 0 if after < _AT_FIRST else _NARROW + (after - _AT_FIRST + 1) * _EACH
    return Plain(f"{one.number} · {format_short(one.on)}", _WIDTH, since=since)


def _strip(live: LivePlan, found: PersonOverTime, strip: Strip, shown: range) -> Row:
    toward = "Alliance" if strip.toward == TOWARD_ALL else live.view.name_of(Party, strip.toward)
    read = [(n, strip.readings[n]) for n in shown]
    last = next(((n, one) for n, one in reversed(read) if one), None)
    why = (last[1].evidence or "nobody said why") if last else "never read"
    cells = (Cell(toward), *(_reading(one) for _, one in read), Cell(one_line(why), "muted"))
    session = found.sessions[last[0]].id if last else ""
    at = RowId.opening("Reading", (session, found.person, strip.toward), "strip")
    return Row(str(at if session else RowId("strip", (strip.toward,))), cells)


def _reading(one: ReadingThen | None) -> Cell:
    if one is None:
        return Cell("·", "muted")
    if one.value is None:
        return Cell("?", "muted")
    sure = one.confidence.label
    tone = "muted" if one.confidence is Confidence.ASSUMED else _TONES[one.value.value]
    return Cell(f"{one.value.sign.strip()} {sure}", tone)


def _wide(heading: str, name: str, found: Iterator[tuple[str, str, str]], width: int) -> Iterator[Row]:
    """Yield lines under their heading, each over all columns: (id, text, tone)."""
    lines = tuple(found)
    if not lines:
        return
    yield part_row(f"{heading} · {len(lines)}", name)
    for at, text, tone in lines:
        yield _line(at, text, tone, width)


def _line(at: str, text: str, tone: str, width: int) -> Row:
    return Row(at, (Cell(one_line(text), tone), *(Cell("") for _ in range(width - 1))), wide=True)


def _noted(live: LivePlan, found: PersonOverTime, width: int) -> Iterator[Row]:
    """Yield what else we know of them, as their card has it."""
    person = live.view.get(Stakeholder, found.person)
    if person and person.note:
        at = RowId.opening("Stakeholder", (found.person,), "note")
        yield _line(str(at), f"Note: {person.note}", "", width)


def _followed(live: LivePlan, found: PersonOverTime, width: int) -> Iterator[Row]:
    """Yield who came after them, and after whom they came."""
    after, before = found.successor, found.predecessors
    told = [(after, "{} came after")] if after else []
    told += [(one, "Came after {}") for one in before]
    for who, words in told:
        name = live.view.name_of(Stakeholder, who)
        if name:
            yield _line(
                str(RowId.opening("Stakeholder", (who,), "after")), words.format(name), "accent", width
            )


def _met(live: LivePlan, one: ContactThen) -> tuple[str, str, str]:
    ticks = "  ".join(
        f"{'•' if party.id in one.parties else '·'} {party.short}" for party in live.view.partners
    )
    ours = ", ".join(brief_name(live.view.name_of(Member, each)) for each in one.members)
    theirs = ", ".join(live.view.name_of(Stakeholder, each) for each in one.others)
    said = f"“{one.said}”" if one.said else ""
    then = f"next: {one.next_step}" if one.next_step else ""
    where = f"session {live.view.number_of(one.session)}" if one.session else ""
    told = "; ".join(filter(None, (where, ours, f"with {theirs}" if theirs else "", said, then)))
    kind, key = ("Meeting", one.meeting) if one.meeting else ("Session", one.session)
    return str(RowId.opening(kind, (key,), "met")), f"{format_date(one.on):>11}  {ticks}  {told}", ""


def _said(live: LivePlan, one: AnswerGiven) -> tuple[str, str, str]:
    day = one.validated_on or one.heard_on
    by = brief_name(live.view.name_of(Member, one.heard_by))
    when = f"{one.status.label} {format_date(day)}" if day else one.status.label
    heard = f", heard by {by}" if by else ""
    text = f"“{one_line(one.text)}”: {when}{heard}, asked {one_line(one.question)}"
    return str(RowId.opening("Answer", (one.answer,))), text, ""


def _acts(live: LivePlan, one: ActionTold) -> tuple[str, str, str]:
    whose = "theirs to do" if one.is_theirs else "about them"
    day = one.done_on or one.due
    is_late = one.status.is_open and one.due is not None and one.due < live.today
    when = f", {'due ' if one.status.is_open else ''}{format_date(day)}" if day else ", no date"
    text = f"{one_line(one.title)}: {one.status.label}{when}, {whose}"
    tone = "bad" if is_late else "muted" if one.status is ActionStatus.DROPPED else ""
    return str(RowId.opening("Action", (one.action,))), text, tone


def _related(live: LivePlan, found: PersonOverTime) -> Iterator[tuple[str, str, str]]:
    for n, one in enumerate(found.relations):
        way = next(w for w in WAYS if w.kind is one.kind and (w.mutual or w.out is one.is_source))
        graded = f" ({one.strength})" if one.kind is RelationKind.INFLUENCES else ""
        name = live.view.name_of(Stakeholder, one.other)
        yield (
            str(RowId.opening("Stakeholder", (one.other,), "related", str(n))),
            f"{way.text} {name}{graded}",
            "",
        )
