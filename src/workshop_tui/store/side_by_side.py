"""Accounts side by side, and what their ends taught, read without SQLModel: one query a table."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, AccountStage
from workshop_tui.domain.rules.reasons import Lesson
from workshop_tui.domain.rules.selection import (
    OPEN,
    CandidateAccount,
    FirmView,
    in_order,
    leaders_word,
    weighted_mean,
)
from workshop_tui.server_url import Database
from workshop_tui.store.listing import up_to_date
from workshop_tui.store.raw import RawConnection

_ACCOUNTS = "SELECT account, name, stage, archived, selected_on, selected_by FROM account"
_FIRMS = "SELECT account, id, short FROM party WHERE id <> 'customer' ORDER BY account, rank, id"
_CRITERIA = "SELECT account, id, text, weight FROM criterion ORDER BY account, rank, id"
_SCORES = "SELECT account, criterion, party, score FROM score"
_WORDS = """SELECT account, party, agreed, "by", "on" FROM gate WHERE stage = 'validated'"""
_LESSONS = """
    SELECT account, stage, "on", reason, said, told_by, differently, visibility FROM learnt
    ORDER BY account, "on", rank, id
"""
_PEOPLE = "SELECT account, id, name FROM stakeholder"


def candidates(path: Database) -> Sequence[CandidateAccount]:
    """Return every account that has not come to an end and is not archived, in the order of `in_order`.

    A file that isn't there has none; raises StoreError for one that can't be read.
    """
    none: list[CandidateAccount] = []
    return in_order(up_to_date(path, _candidates, none))


def _candidates(connection: RawConnection) -> list[CandidateAccount]:
    firms: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for account, party, short in connection.execute(_FIRMS):
        firms[account].append((party, short))
    criteria: dict[str, list[tuple[str, str, float]]] = defaultdict(list)
    for account, criterion, text, weight in connection.execute(_CRITERIA):
        criteria[account].append((criterion, text, weight))
    scores: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for account, criterion, party, score in connection.execute(_SCORES):
        scores[account, criterion][party] = score
    words = {
        (account, party): leaders_word(agreed=bool(agreed), by=by, on=on)
        for account, party, agreed, by, on in connection.execute(_WORDS)
    }
    found = []
    for account, name, stage, archived, selected_on, selected_by in connection.execute(_ACCOUNTS):
        if archived or AccountStage(stage).is_end:
            continue
        widest, spread = _widest(criteria[account], {c: scores[account, c] for c, _, _ in criteria[account]})
        views = tuple(
            FirmView(
                short,
                weighted_mean(
                    (weight, scores[account, criterion][party])
                    for criterion, _, weight in criteria[account]
                    if party in scores[account, criterion]
                ),
                words.get((account, party), OPEN),
            )
            for party, short in firms[account]
        )
        found.append(
            CandidateAccount(
                *(account, name, AccountStage(stage), views, widest, spread),
                *(_day(selected_on), selected_by),
            )
        )
    return found


def _widest(criteria: list[tuple[str, str, float]], scores: dict[str, dict[str, int]]) -> tuple[str, int]:
    """Return the criterion on which the scores lie furthest apart, the heavier of equals, and how far."""
    apart = [
        (max(given.values()) - min(given.values()), weight, text)
        for criterion, text, weight in criteria
        if (given := scores[criterion])
    ]
    widest = max(apart, key=lambda one: one[:2], default=(0, 0.0, ""))
    return (widest[2], widest[0]) if widest[0] else ("", 0)


def lessons(path: Database) -> tuple[tuple[Lesson, ...], int]:
    """Return what the ends of all accounts taught, archived ones too, and how many lessons are left out.

    What one firm keeps to itself is left out, whoever asks. A file that isn't there has none; raises
    StoreError for one that can't be read.
    """
    none: tuple[tuple[Lesson, ...], int] = ((), 0)
    return up_to_date(path, _lessons, none)


def _lessons(connection: RawConnection) -> tuple[tuple[Lesson, ...], int]:
    names = {row[0]: row[1] for row in connection.execute(_ACCOUNTS)}
    rows = connection.execute(_LESSONS).fetchall()
    shown = [row for row in rows if row[7] in {ALLIANCE, CUSTOMER}]
    people = {row[:2]: row[2] for row in connection.execute(_PEOPLE)} if shown else {}
    return tuple(_lesson(row, names, people) for row in shown), len(rows) - len(shown)


def _lesson(row: tuple[Any, ...], names: dict[str, str], people: dict[tuple[str, str], str]) -> Lesson:
    account, stage, on, reason, said, told_by, differently, _ = row
    return Lesson(
        account,
        names.get(account, account),
        AccountStage(stage),
        dt.date.fromisoformat(on),
        reason,
        said,
        people.get((account, told_by), ""),
        differently,
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
