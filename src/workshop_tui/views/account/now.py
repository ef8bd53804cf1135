"""Now: what an account lead needs first, coming back to the plan; the worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from workshop_tui.documents.looking_back import change_groups
from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.text import counted, one_line
from workshop_tui.domain.base.vocabulary import AccountStage
from workshop_tui.domain.gaps.ranking import heaviest, ranked
from workshop_tui.domain.model.account import Member, Party
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.rules.compare import Fate, Read, SentimentChange, Turn
from workshop_tui.domain.rules.digest import NewsLine, Owed, OwedLine
from workshop_tui.domain.rules.quiet import QuietPerson
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.live.looking_back import Compared
from workshop_tui.views.account.columns import InColumns
from workshop_tui.views.account.compare import AccountCompare, change_row
from workshop_tui.views.account.coverage import AccountCoverage
from workshop_tui.views.account.moved import AccountMoved
from workshop_tui.views.account.page import NEWS, SENTENCES, AccountView, held, more, sentence
from workshop_tui.views.base import part_row
from workshop_tui.views.cell import Cell
from workshop_tui.views.keys import key
from workshop_tui.views.monday import seen_as
from workshop_tui.views.pictures.pictured import Pictured
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

FIXED_FIRST = 3
"""Gaps that are told here, the heaviest."""
_LATE = (Owed.LATE, Owed.REVIEW, Owed.CARRIED)
_SHOWN = 4
"""Lines of a part, of which more lead on to where all are."""
_ALL = 1_000_000


class AccountNow(InColumns, AccountView, Pictured):
    """What is late or due this week, what to fix first, who moved, what became of it, who goes quiet."""

    title: str = "Now"
    timed = True
    has_equal = True

    def head(self, live: LivePlan) -> str:
        """Tell the stage, and how many days ago the last session was."""
        last = next(reversed(held(live)), None)
        ago = counted((live.today - last.held_on).days, "day") if last else ""
        told = f"session {live.view.number_of(last.id)} was {ago} ago" if last else "no session yet"
        if last and last.held_on == live.today:
            told = f"session {live.view.number_of(last.id)} is today"
        return f"{live.view.account.name}: {live.view.account.stage.label}, {told}{self._counts(live)}"

    def _counts(self, live: LivePlan) -> str:
        """Return how many actions are late, and who have moved and go quiet: the answers before all else."""
        late = sum(line.why is Owed.LATE for line in live.figures.digest.owe)
        quiet = len(live.figures.digest.quiet)
        two = held(live)[-2:]
        found = live.comparison(two[0].id, two[1].id) if len(two) > 1 else None
        moved = {one.person for one in found.comparison.sentiment if one.what is Turn.MOVED} if found else ()
        told = [f"{late} late"] if late else []
        told += [f"{len(moved)} moved"] if moved else []
        told += [f"{quiet} quiet"] if quiet else []
        return f" · {', '.join(told)}" if told else ""

    def legend(self, live: LivePlan) -> str:
        """Tell which key notes that the customer knows some news, where there is any."""
        return f"{key('news.told')} on news: they know it by now" if live.figures.digest.news else ""

    def content(self, live: LivePlan) -> Table:
        """Return the parts in which there is something to tell."""
        two = held(live)[-2:]
        found = live.comparison(two[0].id, two[1].id) if len(two) > 1 else None
        rows = (
            *_late(live, self._most("late")),
            *_due(live, self._most("due")),
            *_stage(live),
            *_first(live, self._most("first")),
            *_since(two, found, self._most, shows_equal=self.shows_equal),
            *_quiet(live, self._most("quiet")),
            *_news(live, self._most(NEWS)),
        )
        return Table(SENTENCES, rows, "Nothing is late, missing or changed.", by_row=True)

    def _most(self, part: str) -> int:
        """Return how many lines of a part are told: all where the view is narrowed to it."""
        is_whole = self.tells_all and part != "first"
        return _ALL if is_whole or self.part == str(RowId.heading(part)) else _SHOWN


def _part(heading: str, name: str, rows: Sequence[Row], others: Iterable[Row] = ()) -> Iterator[Row]:
    if rows:
        yield part_row(heading, name)
        yield from (*rows, *others)


def _late(live: LivePlan, most: int) -> Iterator[Row]:
    late = [line for line in live.figures.digest.owe if line.why in _LATE]
    rows = [_owed(line, "late", "warn" if line.why is Owed.CARRIED else "bad") for line in late]
    firm = live.view.get(Party, live.audience)
    heading = f"Late or carried, {seen_as(firm.short if firm else live.audience)} · {len(rows)}"
    yield from _part(heading, "late", rows[:most], _others(len(rows) - most, "late"))


def _due(live: LivePlan, most: int) -> Iterator[Row]:
    due = [line for line in live.figures.digest.owe if line.why is Owed.THIS_WEEK]
    rows = [_owed(line, "due", "") for line in due]
    yield from _part(f"Due this week · {len(rows)}", "due", rows[:most], _others(len(rows) - most, "due"))


def _others(count: int, part: str) -> tuple[Row, ...]:
    """Return the line that narrows the view to a part, where there is more of it; () where there isn't."""
    at = str(RowId.heading(part).about("more"))
    return (Row(at, (Cell(f"and {count} more", "accent"),)),) if count > 0 else ()


def _owed(line: OwedLine, part: str, tone: str) -> Row:
    key = line.key if line.kind != "Account" else ()
    kind = line.kind if line.kind != "Account" else "Initiative"  # the review is held at the scorecard
    text = f"{line.name}: {', '.join(filter(None, (line.told, line.who)))}"
    return sentence(kind, key, text, tone, part)


def _stage(live: LivePlan) -> Iterator[Row]:
    now = live.view.account.stage
    if now.is_end:
        return
    following = tuple(AccountStage)[tuple(AccountStage).index(now) + 1]
    lacks = [one.missing for one in live.figures.conditions(following) if not one.is_met]
    told = f"For {following.label}: {'; '.join(lacks) if lacks else 'all is met'}"
    yield from _part(
        "Next stage",
        "stage",
        [sentence("Account", live.view.account.key, told, "warn" if lacks else "good", "stage")],
    )


def _first(live: LivePlan, most: int) -> Iterator[Row]:
    every = ranked(live.figures.gaps)
    groups = heaviest(every, FIXED_FIRST) if most == _SHOWN else every
    rows = [
        Row(str(RowId.gap(gap.kind, gap.key, gap.rule)), (Cell(one_line(f"{gap.name}: {gap.message}")),))
        for group in groups
        for gap in group.gaps
    ]
    count = len(live.figures.gaps)
    yield from _part(f"To fix first · {len(rows)} of {counted(count, 'gap')}", "first", rows)


def _since(
    two: Sequence[Session], found: Compared | None, most: Callable[[str], int], *, shows_equal: bool
) -> Iterator[Row]:
    """Yield who moved between the last two sessions and what became of what was agreed."""
    if found is None:
        if len(two) > 1:
            yield part_row("Comparing the last two sessions", "comparing")
        return
    of = found.comparison
    moved = tuple(_moves(of.sentiment))
    shown = most("moved")
    rest = more(len(moved) - shown, AccountMoved, "moved")
    yield from _part(
        f"Moved between session {of.earlier.number} and {of.later.number} · {len(moved)}",
        "moved",
        moved[:shown],
        rest,
    )
    counts = Counter(one.fate for one in of.outcomes)
    told = ", ".join(f"{counts[fate]} {fate.value.replace('_', ' ')}" for fate in Fate if counts[fate])
    lines = next((group.lines for group in change_groups(of) if group.name == "outcomes"), ())
    became = [
        change_row(line, "became", str(number))
        for number, (line, one) in enumerate(zip(lines, of.outcomes, strict=True))
        if shows_equal or one.fate is not Fate.ON_TIME
    ]
    shown = most("became")
    rest = more(len(became) - shown, AccountCompare, "became")
    heading = f"Actions of session {of.earlier.number} · {told}"
    if told:
        yield part_row(heading, "became")
        yield from (*became[:shown], *rest)


def _moves(changes: Iterable[SentimentChange]) -> Iterator[Row]:
    """Yield a line for each who moved: toward whom, from what to what, and why; who fell first."""
    of_each: dict[str, list[SentimentChange]] = {}
    for one in changes:
        if one.what is Turn.MOVED:
            of_each.setdefault(one.person, []).append(one)
    for person, those in of_each.items():
        toward = ", ".join(
            f"{one.toward_name or 'alliance'} {_sign(one.then)} → {_sign(one.now)}" for one in those
        )
        why = next((one.now.evidence for one in those if one.now.evidence), "nobody said why")
        how = those[0].now.confidence.label
        tone = "bad" if min(one.by for one in those) < 0 else "good"
        yield sentence("Stakeholder", (person,), f"{those[0].name}: {toward} ({how}: {why})", tone, "moved")


def _sign(read: Read | None) -> str:
    return read.value.sign.strip() if read and read.value is not None else "?"


def _quiet(live: LivePlan, most: int) -> Iterator[Row]:
    rows = [_person(live, one) for one in live.figures.digest.quiet]
    rest = more(len(rows) - most, AccountCoverage, "quiet")
    yield from _part(f"Going quiet · {len(rows)}", "quiet", rows[:most], rest)


def _news(live: LivePlan, most: int) -> Iterator[Row]:
    news = live.figures.digest.news
    rows = [_news_of(line) for line in news]
    heading = f"News to bring · {len(rows)}"
    yield from _part(heading, NEWS, rows[:most], _others(len(rows) - most, NEWS))


def _person(live: LivePlan, one: QuietPerson) -> Row:
    owners = " and ".join(filter(None, (live.view.name_of(Member, owner) for owner in one.owners)))
    goes = live.view.name_of(Member, one.goes)
    told = [one.told, f"owned by {owners}" if owners else "nobody owns the relationship"]
    text = f"{one.name}: {', '.join(told)}{f'; {goes} should go' if goes else ''}"
    return sentence("Stakeholder", (one.person,), text, "warn", "quiet")


def _news_of(line: NewsLine) -> Row:
    whom = f"for {line.whom_name}" if line.whom_name else "for the customer"
    met = f", last met {format_date(line.since)}" if line.since else ""
    who = f" by {line.who}" if line.who else ""
    return sentence(line.kind, line.key, f"{line.name}: {line.told}{who}, {whom}{met}", "", NEWS)
