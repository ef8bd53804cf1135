"""`compare`, `coverage`, `erratum` and `export --seal`: an account looked back on."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from tests.app.driver import seed
from tests.cli.conftest import Cli
from workshop_tui.domain.lifecycle.seal import reopen_session
from workshop_tui.domain.model.session import Decision, Session
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Step, apply, set_field
from workshop_tui.live.record import seal_now

SEALED_AT = dt.datetime(2026, 6, 9, 17, 2, tzinfo=dt.UTC)

DATED = (
    "by dated rows, as neither session is sealed: who came, levels, owners, the proposition and standings"
    " keep no day.\n"
)


def test_compare_tells_the_last_two_sessions(cli: Cli, norvane: Path) -> None:
    ran = cli("--db", norvane, "compare", "norv")
    lines = ran.out.splitlines()
    assert ran.code == 0
    assert lines[0] == ("# Norvane Bank: what changed from session 1 (10 Mar 2026) to session 2 (9 Jun 2026)")
    assert lines[2] == f"For the alliance alone, {DATED}".rstrip()
    assert [line for line in lines if line.startswith("## ")] == [
        *("## People", "## Sentiment", "## Answers", "## Approach", "## Decisions"),
        *("## What became of the actions of session 1", "## New actions", "## Parking lot", "## Meetings"),
        *("## Stage", "## Return on time invested"),
    ]
    assert ran.err == f"62 changes for the audience alliance, {DATED}"
    assert cli("compare", "norvane", "2", "1", "--db", norvane).out == ran.out
    assert cli("compare", "norvane", "--on", "9 jun 2026", "--db", norvane).out == ran.out


def test_compare_in_json_is_cut_for_a_firm(cli: Cli, norvane: Path) -> None:
    found = {
        firm: json.loads(cli("compare", "norvane", "--for", firm, "--json", "--db", norvane).out)
        for firm in ("Quillhaven", "tech", "all")
    }
    heard = {
        firm: {one["answer"] for one in told["answers"] if one["what"] == "heard"}
        for firm, told in found.items()
    }
    assert heard["all"] - heard["Quillhaven"] == {"V09"}
    assert heard["all"] == heard["tech"]
    new = {firm: {one["action"] for one in told["actions"]} for firm, told in found.items()}
    assert (new["all"] - new["Quillhaven"], new["all"] - new["tech"]) == ({"A09"}, {"A10"})
    all_ = found["all"]
    assert (all_["audience"], all_["by_records"], all_["earlier"]["number"]) == ("all", False, 1)
    assert all_["roti"] == [{"what": "moved", "then": 2.83, "now": 4.13, "seats_then": 6, "seats_now": 8}]


def test_a_session_still_to_come_is_compared_only_by_its_number(
    cli: Cli, sample: AccountPlan, empty: Path
) -> None:
    later = (
        Session(id="S9", held_on=dt.date(2026, 7, 1)),
        Decision(id="D9", session="S9", text="Prepared already"),
    )
    seed(empty, AccountPlan.of([*sample, *later]))
    assert "Prepared already" not in cli("compare", "norvane", "--db", empty).out
    assert "- Prepared already\n" in cli("compare", "norvane", "2", "3", "--db", empty).out


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            ("--for", "customer"),
            "What changed is not told to the customer: use alliance, Quillhaven, Stratalume or all.\n",
        ),
        (("1",), "One session is compared with another: give two numbers, as in 1 2, or none.\n"),
        (("1", "3"), "Norvane Bank has no session 3: it has 1 to 2.\n"),
        (("1", "x"), "There is no session «x»: 1 or 2.\n"),
        (("--for", "zorro"), "There is no audience «zorro»: use alliance, Quillhaven, Stratalume or all.\n"),
        (
            ("--on", "1 apr 2026"),
            "Norvane Bank has 1 session by 1 Apr 2026: two are needed to compare.\n",
        ),
        (("1", "2", "--on", "1 apr 2026"), "Norvane Bank has no session 2: it has only session 1.\n"),
        (("--on", "soon"), "«soon» is not a form of date we know"),
    ],
)
def test_what_can_not_be_compared_is_one_sentence(
    cli: Cli, norvane: Path, given: tuple[str, ...], said: str
) -> None:
    ran = cli("compare", "norvane", *given, "--db", norvane)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(said)
    assert ran.err.count("\n") == 1


def test_coverage_tells_who_meets_whom(cli: Cli, norvane: Path) -> None:
    ran = cli("coverage", "norvane", "--for", "ps", "--db", norvane)
    lines = ran.out.splitlines()
    assert (ran.code, ran.err) == (0, "4 people go quiet as of 9 Jun 2026 for the audience ps.\n")
    assert (
        "| Colm Addington | 4 | known → working | known → working | · | O1 | · | · | · | O1 | · | · "
        "| 10 Feb 2026, 119 days ago ! | Mirela Sandoval-Pike |"
    ) in lines
    assert lines[-2:] == [
        "- Priya Vantongeren: only Mirela Sandoval-Pike, 1 meeting in 180 days",
        "- Elena Marchetti-Roe: only Lucía Brightwater, 2 meetings in 180 days",
    ]
    plain = json.loads(cli("coverage", "norvane", "--json", "--db", norvane).out)
    assert plain["quiet"] == ["ST14", "ST12", "ST11", "ST10"]
    assert (plain["on"], plain["audience"], len(plain["rows"])) == ("2026-06-09", "alliance", 14)


def test_coverage_at_a_date_knows_nothing_of_later_meetings(cli: Cli, norvane: Path) -> None:
    ran = cli("coverage", "norvane", "--on", "1 mar 2026", "--json", "--db", norvane)
    rows = {row["person"]: row for row in json.loads(ran.out)["rows"]}
    assert (rows["ST10"]["days"], rows["ST02"]["days"], rows["ST01"]["days"]) == (19, 118, None)
    refused = cli("coverage", "norvane", "--for", "Norvane Bank plc", "--db", norvane)
    assert (refused.code, refused.out) == (2, "")
    assert (
        refused.err
        == "Who meets whom is not told to the customer: use alliance, Quillhaven, Stratalume or all.\n"
    )


@pytest.fixture
def sealed_twice(sample: AccountPlan, empty: Path) -> Path:
    """Session 2 sealed, reopened with another decision, and sealed anew."""
    first = apply(sample, Step(seal_now(sample, "S2", seal="e1", at=SEALED_AT, journal=1)))
    again = apply(first, Step(reopen_session(first, "S2", SEALED_AT, "One more decision")))
    (decision,) = again.where(Decision, id="D3")
    again = apply(again, Step(set_field(decision, "text", "Option O1 is the openning offer")))
    seed(empty, apply(again, Step(seal_now(again, "S2", seal="e2", at=SEALED_AT, journal=2))))
    return empty


def test_an_erratum_stands_beside_the_seal_and_in_its_document(cli: Cli, sealed_twice: Path) -> None:
    why = ("--why", "A slip of the pen", "--db", sealed_twice)
    ran = cli("erratum", "norvane", "2", "openning", "opening", *why)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == (
        "Session 2 stays as it was sealed; beside it stands: decision: «Option O1 is the openning offer» → "
        "«Option O1 is the opening offer» (A slip of the pen). In the plan it is put right too.\n"
    )
    told = cli("export", "norvane", "--session", "2", "--for", "alliance", "--db", sealed_twice).out
    assert "## Put right since" in told
    assert "Option O1 is the openning offer |" in told
    now = cli("export", "norvane", "--for", "alliance", "--db", sealed_twice).out
    assert "openning" not in now
    refused = (
        (("2", "openning", "opening", *why), "Nothing in the record of session 2 says «openning».\n"),
        (("1", "x", "y", *why), "Session 1 is not sealed: put it right where it stands.\n"),
        (("2", "Option O1", "Option O2", "--db", sealed_twice), "An erratum needs a reason: "),
    )
    for given, said in refused:
        ran = cli("erratum", "norvane", *given)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(said)
    back = cli("erratum", "norvane", "2", "opening", "openning", *why)
    said = "Session 2 reads as it was sealed again: «Option O1 is the openning offer»."
    assert (back.code, back.err) == (0, f"{said} In the plan it is put right too.\n")
    told = cli("export", "norvane", "--session", "2", "--for", "alliance", "--db", sealed_twice).out
    assert "## Put right since" not in told
    several = cli("erratum", "norvane", "2", "the", "teh", *why)
    assert several.code == 2
    assert "places: give more of «" in several.err


def test_an_earlier_seal_is_exported_by_its_number(cli: Cli, sealed_twice: Path) -> None:
    of = ("export", "norvane", "--for", "alliance", "--db", sealed_twice)
    texts = [cli(*of, "--session", "2", "--seal", str(number)).out for number in (1, 2)]
    assert ["Option O1 is the opening offer" in text for text in texts] == [True, False]
    assert cli(*of, "--session", "2").out == texts[1]
    ran = cli(*of, "--session", "2", "--seal", "3")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Session 2 has no seal 3: its seals are 1 of 9 Jun 2026")
    assert cli(*of, "--session", "1", "--seal", "1").err == "Session 1 has no seal 1: it was never sealed.\n"
    assert cli(*of, "--seal", "1").err == "A seal is one of a session: say which with --session.\n"
