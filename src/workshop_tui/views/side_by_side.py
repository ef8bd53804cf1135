"""Accounts side by side, and the reasons that ended some, as rows. Light, as the library is."""

from __future__ import annotations

from collections.abc import Sequence

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.rules.reasons import Lesson, ReasonCount, count_reasons
from workshop_tui.domain.rules.selection import NO, YES, CandidateAccount, FirmView
from workshop_tui.views.cell import TICK, Cell, Plain
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

_TONES = {YES: "good", NO: "bad"}


def account_row(account: str) -> str:
    """Return the id of the row of an account."""
    return str(RowId("account", (account,)))


def selection(found: Sequence[CandidateAccount]) -> Table:
    """Return the accounts one could go for, the best first, with what each firm thinks of them.

    A firm's name heads its column where it is the same of all accounts; else it stands with the score.
    """
    firms = max((len(one.firms) for one in found), default=0)
    names = [_common(found, place) for place in range(firms)]
    cols = (
        Plain("", 1),
        Plain("Account", 20, grow=2),
        *(Plain(name or f"Firm {place}", 7, grow=1) for place, name in enumerate(names, 1)),
        Plain("Leaders", 9),
        Plain("Stage", 10, drop=2),
        Plain("Widest gap", 20, grow=2, wrap=True, drop=1),
        Plain("Chosen", 11, drop=3),
        Plain("By", 12, grow=1, drop=4),
    )
    rows = tuple(_candidate(one, names) for one in found)
    return Table(
        cols, rows, "No account to choose among.", "those that came to an end are under What was learnt.",
        by_row=True,
    )  # fmt: skip


def _common(found: Sequence[CandidateAccount], place: int) -> str:
    """Return what the firm in a place is called in all accounts; "" where that differs."""
    names = {one.firms[place].firm for one in found if len(one.firms) > place}
    return names.pop() if len(names) == 1 else ""


def _candidate(one: CandidateAccount, names: Sequence[str]) -> Row:
    scores = (_score(one.firms[n] if n < len(one.firms) else None, name) for n, name in enumerate(names))
    words = [firm.leader for firm in one.firms]
    tone = _TONES.get(words[0], "") if len(set(words)) == 1 else ""
    gap = f"{one.widest} ({one.spread} apart)" if one.widest else ""
    cells = (
        Cell(TICK if one.selected_on else "", "good"),
        Cell(one.name, "accent"),
        *scores,
        Cell(" · ".join(words), tone),
        Cell(one.stage.label),
        Cell(gap, "warn" if one.widest else ""),
        Cell(format_date(one.selected_on) if one.selected_on else "", "muted"),
        Cell(one.selected_by, "muted"),
    )
    return Row(account_row(one.account), cells)


def _score(firm: FirmView | None, name: str) -> Cell:
    if firm is None:
        return Cell("")
    score = "–" if firm.score is None else f"{firm.score:.1f}"
    return Cell(score if name else f"{score} {firm.firm}", "" if firm.score is not None else "muted")


def learnt(found: Sequence[Lesson]) -> Table:
    """Return how often each reason ended an account, and beneath each where it did, in whose words."""
    cols = (
        Plain("Reason", 22, grow=1, wrap=True),
        Plain("Where", 18, grow=1, wrap=True),
        Plain("In their words", 20, grow=2, wrap=True, drop=1),
        Plain("What we do differently", 20, grow=2, wrap=True, drop=2),
    )
    rows: list[Row] = []
    last = None
    for one in count_reasons(found):
        if one.end is not last:
            last = one.end
            rows.append(
                Row(str(RowId.heading(one.end.value)), heading=f"{one.end.label.capitalize()}: {one.of}")
            )
        rows += (_lesson(one, at, lesson) for at, lesson in enumerate(one.lessons))
    told = "a reason is asked for when an account is won, lost, not decided or qualified out."
    return Table(cols, tuple(rows), "Nothing learnt yet.", told, by_row=True)


def _lesson(one: ReasonCount, at: int, lesson: Lesson) -> Row:
    said = f"{lesson.said} ({lesson.told_by})" if lesson.said and lesson.told_by else lesson.said
    cells = (
        Cell(counted_reason(one) if not at else "", "accent"),
        Cell(f"{lesson.account_name}, {format_date(lesson.on)}"),
        Cell(said or lesson.told_by),
        Cell(lesson.differently),
    )
    return Row(str(RowId("account", (lesson.account,), (one.end.value, one.reason, str(at)))), cells)


def counted_reason(one: ReasonCount) -> str:
    """Return a reason with how often it was given; its share only where there are enough to say so."""
    share = f", {one.rate:.0%}" if one.rate is not None else ""
    return f"{one.reason} ({one.count} of {one.of}{share})"
