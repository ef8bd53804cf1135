"""`select` and `learnt`: all accounts side by side."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from tests.app.driver import seed
from tests.cli.conftest import Cli
from tests.store.test_side_by_side import account
from workshop_tui.domain.base.vocabulary import AccountStage
from workshop_tui.domain.model.account import Learnt
from workshop_tui.domain.model.people import Stakeholder

ANA = Stakeholder(id="ana", name="Ana Pires")


def lost(path: Path, name: str, reason: str, **fields: Any) -> None:
    lesson = Learnt(id="1", stage=AccountStage.LOST, on=dt.date(2026, 5, 1), reason=reason, **fields)
    seed(path, account(name, ANA, lesson, stage=AccountStage.LOST))


def test_select_tells_what_each_firm_thinks(cli: Cli, norvane: Path) -> None:
    ran = cli("--db", norvane, "select")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "  1  Norvane Bank (norvane) · prospect · Quillhaven 4.1, leader yes · Stratalume 3.7, leader yes"
        " · widest gap: Senior access today (2 apart)\n"
    )
    (one,) = json.loads(cli("select", "--db", norvane, "--json").out)
    assert [(firm["firm"], firm["leader"]) for firm in one["firms"]] == [
        ("Quillhaven", "yes"),
        ("Stratalume", "yes"),
    ]
    assert (one["account"], one["stage"], round(one["mean"], 2), one["selected_on"]) == (
        *("norvane", "prospect"),
        *(3.9, None),
    )


def test_learnt_counts_reasons_and_tells_no_rate_under_five(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    lost(path, "a", "Price", said="Too dear", told_by="ana", differently="Ask first")
    for name in "bc":
        lost(path, name, "Budget")
    assert cli("--db", path, "learnt").out.splitlines() == [
        "Lost · Budget · 2 of 3",
        "     B · 1 May 2026",
        "     C · 1 May 2026",
        "Lost · Price · 1 of 3",
        "     A · 1 May 2026 · «Too dear» · Ana Pires · next time: Ask first",
    ]
    assert {one["rate"] for one in json.loads(cli("--db", path, "learnt", "--json").out)} == {None}
    for name in "de":
        lost(path, name, "Price", **({"visibility": "ps"} if name == "e" else {}))
    ran = cli("--db", path, "learnt")
    assert "%" not in ran.out
    assert ran.err == "1 line left out: one firm keeps it to itself.\n"
    lost(path, "f", "price")
    assert "Lost · Price · 3 of 5 (60%)" in cli("--db", path, "learnt").out


def test_where_there_is_nothing_it_is_said_how_it_comes(cli: Cli) -> None:
    for command, said in (("select", "no account to choose among"), ("learnt", "Nothing has been learnt")):
        ran = cli("--db", "none.db", command)
        assert (ran.code, ran.out) == (0, "")
        assert said in ran.err
        assert cli("--db", "none.db", command, "--json").out == "[]\n"
