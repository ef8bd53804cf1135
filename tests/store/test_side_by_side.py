"""All accounts side by side and what was learnt, as read for library and commands."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.app.driver import seed
from tests.domain.plans import PARTIES
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import AccountStage
from workshop_tui.domain.model.account import Account, Gate, Learnt
from workshop_tui.domain.model.discovery import Criterion, Score
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.profile import profile_score, widest_gap
from workshop_tui.domain.rules.selection import CandidateAccount
from workshop_tui.server_url import Database
from workshop_tui.store.listing import up_to_date
from workshop_tui.store.raw import RawConnection
from workshop_tui.store.side_by_side import _candidates, candidates, lessons

DAY = dt.date(2026, 6, 9)


def account(name: str, *rows: Entity, **fields: Any) -> AccountPlan:
    return AccountPlan.of((Account(id=name, name=name.title(), **fields), *PARTIES, *rows))


def scored(one: int, two: int) -> tuple[Entity, ...]:
    return (
        Criterion(id="c", text="Access", weight=50),
        Score(criterion="c", party="ps", score=one),
        Score(criterion="c", party="tech", score=two),
    )


def test_the_sample_has_the_figures_that_its_own_rules_work_out(
    database: Database, grown: AccountPlan
) -> None:
    seed(database, grown)
    (norvane,) = candidates(database)
    by_rule = [profile_score(grown, party.id) for party in grown.partners]
    assert [firm.firm for firm in norvane.firms] == ["Quillhaven", "Stratalume"]
    assert by_rule == pytest.approx([4.1, 3.7])
    assert [firm.score for firm in norvane.firms] == by_rule
    widest = widest_gap(grown)
    assert widest
    assert (norvane.widest, norvane.spread) == (widest.text, 2) == ("Senior access today", 2)
    assert [firm.leader for firm in norvane.firms] == ["yes", "yes"]


def test_accounts_stand_by_their_mean_those_that_a_firm_has_not_scored_last(database: Database) -> None:
    no = Gate(stage=AccountStage.VALIDATED, party="ps", agreed=False, by="Bo", on=DAY)
    nameless = Gate(stage=AccountStage.VALIDATED, party="tech")
    half = (Criterion(id="c", text="Access", weight=50), Score(criterion="c", party="ps", score=5))
    for plan in (
        account("low", *scored(2, 2)),
        account("half", *half),
        account("high", *scored(5, 3), no, nameless, selected_on=DAY, selected_by="Ana"),
        account("lost", *scored(5, 5), stage=AccountStage.LOST),
        account("away", *scored(5, 5), archived=True),
        account("none"),
    ):
        seed(database, plan)
    found = candidates(database)
    assert [one.account for one in found] == ["high", "low", "half", "none"]
    assert [firm.leader for firm in found[0].firms] == ["no", "?"]
    assert (found[0].selected_on, found[0].selected_by) == (DAY, "Ana")
    assert (found[1].widest, found[1].spread) == ("", 0)
    assert [firm.score for firm in found[2].firms] == [5, None]


def test_lessons_of_all_accounts_are_read_but_what_a_firm_keeps_to_itself(database: Database) -> None:
    assert candidates(database) == []
    assert lessons(database) == ((), 0)
    lost = AccountStage.LOST
    ana = Stakeholder(id="ana", name="Ana Pires")
    mine = Learnt(id="2", stage=lost, on=DAY, reason="Our fault", visibility="ps")
    told = Learnt(
        id="1", stage=lost, on=DAY, reason="Price", said="Too dear", told_by="ana", differently="Ask"
    )
    seed(database, account("old", ana, told, mine, stage=lost, archived=True))
    (lesson,), kept = lessons(database)
    assert kept == 1
    assert (lesson.account_name, lesson.end, lesson.reason, lesson.said, lesson.told_by) == (
        *("Old", lost, "Price"),
        *("Too dear", "Ana Pires"),
    )


def test_one_query_a_table_reads_however_many_accounts(empty: Path) -> None:
    for name in "abcdefgh":
        seed(empty, account(name, *scored(2, 3)))
    asked: list[str] = []

    def read(connection: RawConnection) -> list[CandidateAccount]:
        assert isinstance(connection, sqlite3.Connection)
        connection.set_trace_callback(asked.append)
        return _candidates(connection)

    none: list[CandidateAccount] = []
    assert len(up_to_date(empty, read, none)) == 8
    assert len([sql for sql in asked if sql.lstrip().startswith("SELECT")]) == 5
