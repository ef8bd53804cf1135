"""What changed between two sessions, and who meets whom, in sentences and as Markdown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import fields

from workshop_tui.documents.markdown import md
from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Key
from workshop_tui.domain.base.text import brief_name, counted, one_line
from workshop_tui.domain.base.vocabulary import ALLIANCE, AnswerStatus, Level, Sentiment
from workshop_tui.domain.model.account import Member, Party
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.compare import (
    ActionMade,
    ActionOutcome,
    AnswerChange,
    Comparison,
    DecisionMade,
    Fate,
    InitiativeChange,
    LevelChange,
    OwnerChange,
    ParkingChange,
    ParkingTurn,
    PersonChange,
    PersonTurn,
    Read,
    RotiChange,
    SentimentChange,
    StandingChange,
    StepChange,
    TextChange,
    Turn,
)
from workshop_tui.domain.rules.coverage import Coverage, CoverageRow, FirmLevel
from workshop_tui.domain.rules.scorecard import WHEEL


class ChangeLine(Struct, frozen=True):
    """A change in a sentence, and the row that it is about."""

    text: str
    kind: str
    """The kind of the row, as in «Stakeholder»."""
    key: Key
    session: str
    """Id of the session in which it is to be looked at."""


class ChangeGroup(Struct, frozen=True):
    """Changes of one sort, under their heading."""

    name: str
    """The name of the field of the comparison."""
    title: str
    lines: tuple[ChangeLine, ...]


def change_groups(comparison: Comparison) -> tuple[ChangeGroup, ...]:
    """Return a comparison in sentences, in groups; a group without a change is not there."""
    return tuple(group for group in _groups(comparison) if group.lines)


def _groups(of: Comparison) -> Iterator[ChangeGroup]:
    here = of.later.session

    def group(name: str, title: str, lines: Iterable[tuple[str, str, Key]]) -> ChangeGroup:
        told = ((one_line(text), kind, key) for text, kind, key in lines)
        return ChangeGroup(name, title, tuple(ChangeLine(*line, here) for line in told))

    yield group("people", "People", ((_person(one), "Stakeholder", (one.person,)) for one in of.people))
    yield group(
        "sentiment",
        "Sentiment",
        ((_sentiment(one), "Reading", (one.now.session, one.person, one.toward)) for one in of.sentiment),
    )
    yield group("levels", "Levels", ((_level(one), "Tie", (one.person, one.party)) for one in of.levels))
    yield group("owners", "Owners", ((_owner(one), "Tie", (one.person, one.party)) for one in of.owners))
    yield group("answers", "Answers", ((_answer(one), "Answer", (one.answer,)) for one in of.answers))
    yield group("proposition", "Proposition", ((_text(one), one.kind, one.key) for one in of.proposition))
    yield group(
        "steps", "Approach", ((_step(one), "ApproachStep", (one.person, one.step)) for one in of.steps)
    )
    yield group(
        "decisions", "Decisions", ((_decision(one), "Decision", (one.decision,)) for one in of.decisions)
    )
    became = f"What became of the actions of session {of.earlier.number}"
    yield group("outcomes", became, ((_outcome(one), "Action", (one.action,)) for one in of.outcomes))
    yield group("actions", "New actions", ((_action(one), "Action", (one.action,)) for one in of.actions))
    yield group("parking", "Parking lot", ((_parked(one), "Parking", (one.item,)) for one in of.parking))
    yield group("meetings_by_firm", "Meetings", _meetings(of))
    reviewed = " → ".join(map(format_date, of.reviews))
    lines = ((_initiative(one), "Initiative", (one.initiative,)) for one in of.scorecard)
    yield group("scorecard", f"Scorecard, {reviewed}", lines)
    yield group(
        "stage",
        "Stage",
        ((f"{one.then.label} → {one.now.label}", "Account", (of.account,)) for one in of.stage),
    )
    yield group("standings", "Standing", ((_standing(one), "Party", (one.party,)) for one in of.standings))
    yield group("roti", "Return on time invested", ((_roti(one), "Session", (here,)) for one in of.roti))


def _turned(what: Turn, then: str, now: str) -> str:
    """Tell a change; unknown is no value that something goes to or comes from."""
    if what is Turn.FIRST_KNOWN:
        return f"first known, {now}"
    return f"not known any more (was {then})" if what is Turn.NOT_KNOWN else f"{then} → {now}"


def _person(one: PersonChange) -> str:
    match one.what:
        case PersonTurn.NEW:
            return f"{one.name} is new" + (f", reports to {one.now}" if one.now else "")
        case PersonTurn.LEFT:
            day = f" on {format_date(one.on)}" if one.on else ""
            return f"{one.name} left{day}" + (f"; {one.now} came after" if one.now else "")
        case PersonTurn.RENAMED:
            return f"{one.then} is now {one.now}"
        case _:
            return f"{one.name} reports to: {one.then or 'nobody'} → {one.now or 'nobody'}"


def _signed(value: Sentiment | None) -> str:
    return "unknown" if value is None else value.sign.strip()


def _known(read: Read) -> str:
    return ": ".join(filter(None, (read.confidence.label, read.evidence)))


def _sentiment(one: SentimentChange) -> str:
    then = _signed(one.then.value) if one.then else ""
    told = _turned(one.what, then, _signed(one.now.value))
    before = f" (before, {_known(one.then)})" if one.then and one.then.value is not None else ""
    return f"{one.name}, {one.toward_name or 'alliance'}: {told}, {_known(one.now)}{before}"


def _of_level(level: Level | None) -> str:
    return level.label if level else ""


def _level(one: LevelChange) -> str:
    return f"{one.name}, {one.party_name}: {_turned(one.what, _of_level(one.then), _of_level(one.now))}"


def _owner(one: OwnerChange) -> str:
    return f"{one.name}, {one.party_name}: {one.then or 'nobody'} → {one.now or 'nobody'}"


def _answer(one: AnswerChange) -> str:
    day = f" on {format_date(one.on)}" if one.on else ""
    what = "heard" if one.what is AnswerStatus.HEARD else one.what.label
    return f"{what}{day}: " + ", ".join(filter(None, (f"“{one.text}”", one.name)))


def _text(one: TextChange) -> str:
    then, now = (f"“{text}”" for text in (one.then, one.now))
    return f"{one.title}: {_turned(one.what, then, now)}"


def _step(one: StepChange) -> str:
    day = f" on {format_date(one.on)}" if one.on else ""
    now = f"{one.then.label} → {one.now.label}" if one.then else one.now.label
    return f"{one.name}, {one.step.label}: {now}{day}"


def _decision(one: DecisionMade) -> str:
    return one.text + (f" (in the place of “{one.replaced_text}”)" if one.replaces else "")


def _outcome(one: ActionOutcome) -> str:
    return f"{one.title}: {', '.join(filter(None, (_fate(one), one.owner)))}"


def _fate(one: ActionOutcome) -> str:
    done = f" on {format_date(one.done_on)}" if one.done_on else ""
    due = f"due {format_date(one.due)}" if one.due else "no date"
    match one.fate:
        case Fate.ON_TIME:
            return f"done on time{done}"
        case Fate.LATE:
            return f"done late{done}{_by_days(one.days_late, 'late')}"
        case Fate.DONE:
            return f"done{done}"
        case Fate.DROPPED:
            return f"dropped ({one.reason})" if one.reason else "dropped"
        case Fate.CARRIED:
            days = (format_date(day) if day else "no date" for day in (one.carried_from, one.due))
            return f"carried {one.carried}×, {' → '.join(days)}{_by_days(one.days_late, 'overdue')}"
        case _:
            return f"still open, {due}{_by_days(one.days_late, 'overdue')}"


def _by_days(days: int, word: str) -> str:
    return f", {counted(days, 'day')} {word}" if days else ""


def _action(one: ActionMade) -> str:
    due = f"due {format_date(one.due)}" if one.due else "no date"
    return f"{one.title}: {', '.join((one.owner or 'nobody', due))}"


def _parked(one: ParkingChange) -> str:
    opened = "parked; " if one.what is ParkingTurn.OPENED else ""
    if one.became:
        return f"{one.text}: {opened}became the {one.became_kind.lower()} “{one.became_text}”"
    if one.is_dropped:
        return f"{one.text}: {opened}dropped"
    return f"{one.text}: {opened.removesuffix('; ') or 'still open'}"


def _meetings(of: Comparison) -> Iterator[tuple[str, str, Key]]:
    for run in of.solo_runs:
        text = f"{run.party_name} held the last {run.meetings} meetings with {run.name} alone"
        yield text, "Stakeholder", (run.person,)
    for firm in of.meetings_by_firm:
        alone = f", {firm.alone} of them alone" if firm.alone else ""
        yield f"{firm.name}: {counted(firm.meetings, 'meeting')}{alone}", "Party", (firm.party,)


def _initiative(one: InitiativeChange) -> str:
    wheels = [WHEEL[each // 25] if each is not None else "?" for each in one.completion]
    arrows = [each.sign if each else "?" for each in one.direction]
    told = [f"{one.then:g} → {one.now:g}" if one.then != one.now else f"{one.now:g}"]
    told += [f"{then} → {now}" for then, now in (wheels, arrows) if then != now]
    return f"{one.title}: {', '.join(told)}"


def _standing(one: StandingChange) -> str:
    then, now = (each.label if each else "" for each in (one.then, one.now))
    return f"{one.name}: {_turned(one.what, then, now)}"


def _roti(one: RotiChange) -> str:
    then, now = (
        "" if mean is None else f"{mean:.2f} from {counted(seats, 'seat')}"
        for mean, seats in ((one.then, one.seats_then), (one.now, one.seats_now))
    )
    return f"Mean {_turned(one.what, then, now)}"


# Markdown


def comparison_page(view: AccountPlan, comparison: Comparison, basis: str) -> str:
    """Return a comparison as Markdown, for the audience that the plan was cut for."""
    first, last = (
        f"session {held.number} ({format_date(held.on)})" for held in (comparison.earlier, comparison.later)
    )
    lines = [
        f"# {md(view.account.name)}: what changed from {md(first)} to {md(last)}",
        "",
        md(f"{reader(view)}, {basis}."),
    ]
    for group in change_groups(comparison):
        lines += ["", f"## {md(group.title)}", "", *(f"- {md(_by_id(line))}" for line in group.lines)]
    if comparison.is_empty:
        lines += ["", "Nothing has changed."]
    return "\n".join(lines) + "\n"


def _by_id(line: ChangeLine) -> str:
    """Return a sentence; of an action with its id, by which commands take it."""
    return f"{line.key[0]} {line.text}" if line.kind == Action.__name__ else line.text


def reader(view: AccountPlan) -> str:
    """Say whom a page is for; none of these is for the customer."""
    if view.audience is None:
        return "With what each firm keeps to itself"
    return f"For {'the alliance' if view.audience == ALLIANCE else view.name_of(Party, view.audience)} alone"


def coverage_page(view: AccountPlan, found: Coverage) -> str:
    """Return who meets whom as Markdown, for the audience that the plan was cut for."""
    firms = [party.short for party in view.partners]
    team = [
        _column(name, [column.name for column in found.columns]) for name in (c.name for c in found.columns)
    ]
    heads = ["Person", "Influence", *firms, *team, "Last met", "Next"]
    table = [heads, ["---"] * len(heads), *(_cells(view, row) for row in found.rows)]
    table.append(
        ["People met", "", *([""] * len(firms)), *(str(column.met) for column in found.columns), "", ""]
    )
    lines = [
        f"# {md(view.account.name)}: coverage as of {md(format_date(found.on))}",
        "",
        md(
            f"{reader(view)}: meetings of the last 365 days, O for the owner; "
            "! key people beyond their rhythm."
        ),
        "",
        *(f"| {' | '.join(md(cell) if cell != '---' else cell for cell in row)} |" for row in table),
    ]
    for title, told in (("Going quiet", _quiet(view, found)), ("Single thread", _threads(view, found))):
        if told:
            lines += ["", f"## {title}", "", *(f"- {md(line)}" for line in told)]
    return "\n".join(lines) + "\n"


def _column(name: str, names: list[str]) -> str:
    brief = brief_name(name)
    return brief if [brief_name(other) for other in names].count(brief) == 1 else name


def _cells(view: AccountPlan, row: CoverageRow) -> list[str]:
    return [
        row.name,
        str(row.influence or "?"),
        *map(_levels, row.levels),
        *(cell.sign for cell in row.cells),
        last_met(row.last, row.days) + (" !" if row.is_to_be_met and row.is_due else ""),
        view.name_of(Member, row.next.member) if row.next else "",
    ]


def _levels(one: FirmLevel) -> str:
    now, wanted = ((each.label if each else "?") for each in (one.level, one.wanted))
    return now if one.level is one.wanted else f"{now} → {wanted}"


def last_met(day: dt.date | None, days: int | None) -> str:
    """Tell when somebody was last met, as in «10 Feb 2026, 119 days ago»."""
    if day is None or days is None:
        return "never"
    ago = {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")
    return f"{format_date(day)}, {ago}"


def _quiet(view: AccountPlan, found: Coverage) -> list[str]:
    return [
        f"{row.name}: "
        + ("never met" if row.days is None else f"not met for {row.days} days")
        + (f"; {row.next.reason}" if row.next and view.get(Member, row.next.member) else "")
        for row in found.quiet
    ]


def _threads(view: AccountPlan, found: Coverage) -> list[str]:
    return [
        f"{view.name_of(Stakeholder, one.person)}: only {view.name_of(Member, one.member)}, "
        f"{counted(one.meetings, 'meeting')} in 180 days"
        for one in found.single_threads
    ]


# JSON


def plainly(value: Any) -> Any:
    """Return a value of the rules as what JSON can hold, but for dates: objects by the names of fields."""
    if isinstance(value, Struct):
        return {one.name: plainly(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: plainly(each) for name, each in value._asdict().items()}
    if isinstance(value, (tuple, list)):
        return [plainly(each) for each in value]
    return value
