"""Commands about actions: what is open over all accounts, and what has been done."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, Ran

FIELDS = [
    *("id", "title", "owner", "side", "accountable", "due", "first_due", "carried", "days_late"),
    *("status", "visibility", "session", "account", "account_name"),
]


@pytest.fixture
def own(norvane: Path, tmp_path: Path) -> Path:
    """A database with the sample account, to be changed at will."""
    return Path(shutil.copy(norvane, tmp_path / "own.db"))


def ids(ran: Ran) -> list[str]:
    return [line["id"] for line in json.loads(ran.out)]


def test_open_actions_stand_by_owner(cli: Cli, norvane: Path) -> None:
    ran = cli("actions", "--db", norvane)
    lines = ran.out.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [
        "Anselm Dovrik · 1 open",
        "Jonty Eskeland · 2 open",
        "Lucía Brightwater · 1 open",
        "Mirela Sandoval-Pike · 1 open",
        "Nadia Okonjo-Wells · the customer's · 1 open",
        "Rowan Achterberg · 2 open",
    ]
    assert lines[1] == (
        "   A04 · 19 Jun 2026 · Close the outage report with security · answers: Gideon Farrowmere"
        " · carried 1× from 1 May 2026 · Norvane Bank"
    )
    assert any("A11" in line and "nobody answers for it" in line for line in lines)
    assert any("A12" in line and "no date" in line for line in lines)
    assert (ran.code, ran.err) == (0, "8 open actions; Norvane Bank as of 9 Jun 2026.\n")


def test_json_has_stable_fields(cli: Cli, norvane: Path) -> None:
    first = json.loads(cli("--db", norvane, "actions", "--json").out)[0]
    assert list(first) == FIELDS
    assert list(first.values()) == [
        *("A04", "Close the outage report with security", "Anselm Dovrik", "tech", "Gideon Farrowmere"),
        *("2026-06-19", "2026-05-01", 1, 0, "open", "alliance", 1, "norvane", "Norvane Bank"),
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--owner", "lucia"], ["A09"]),
        (["--owner", "Sandoval-P"], ["A08"]),
        (["--owner", "achter", "--due-before", "2027-01-01"], ["A10"]),
        (["--due-before", "+2w"], ["A04", "A07"]),
        (["--due-before", "23 jun"], ["A04", "A07"]),
        (["--overdue"], []),
        (["--account", "norv", "--owner", "jonty"], ["A07", "A11"]),
    ],
)
def test_which_actions_are_asked_for(
    cli: Cli, norvane: Path, options: list[str], expected: list[str]
) -> None:
    assert ids(cli("actions", "--json", "--db", norvane, *options)) == expected


def test_a_name_without_open_actions_is_said_to_have_none(cli: Cli, norvane: Path) -> None:
    ran = cli("actions", "--owner", "gideon", "--db", norvane)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("Nobody called «gideon» owns an open action: ")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--owner", "Zork"], "There is nobody called «Zork»: use "),
        (["--owner", "Zork", "--json"], "There is nobody called «Zork»: use "),
        (["--owner", "Lucia Britewater"], "use Lucía Brightwater."),
        (["--account", "Norvan Bnk"], "use Norvane Bank."),
        (["--account", "norvane", "--owner", "Gidion"], "use Gideon Farrowmere."),
    ],
)
def test_a_filter_that_names_nobody_is_refused_with_the_nearest(
    cli: Cli, norvane: Path, options: list[str], said: str
) -> None:
    ran = cli("actions", "--db", norvane, *options)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_accounts_that_are_archived_are_named_where_nothing_else_is_there(cli: Cli) -> None:
    head = {"schema": "workshop-tui/account-plan/1", "audience": "all"}
    for id_ in ("a", "b"):
        account = {"id": id_, "name": f"Account {id_}", "archived": True}
        Path(f"{id_}.json").write_text(json.dumps({**head, "account": account}))
    assert cli("--db", "a.db", "import", "a.json").code == 0
    told = "0 open actions.\nAccount a is archived and not looked at: `--account` names one that is to be.\n"
    assert cli("--db", "a.db", "actions").err == told
    assert cli("--db", "a.db", "import", "b.json").code == 0
    assert "Account a, Account b are archived and not looked at" in cli("--db", "a.db", "actions").err
    assert "archived" not in cli("--db", "a.db", "actions", "--account", "a").err


def test_what_is_late_is_marked_and_comes_first(cli: Cli) -> None:
    plan = {"schema": "workshop-tui/account-plan/1", "audience": "all", "account": {"id": "a", "name": "Abe"}}
    session = {"id": "s", "held_on": "2020-01-01"}
    actions = [
        {"id": "k1", "session": "s", "title": "Send the range", "due": "2199-01-01"},
        {"id": "k2", "session": "s", "title": "Ask\nher again", "due": "2020-02-01"},
    ]
    Path("a.json").write_text(json.dumps({**plan, "sessions": [session], "actions": actions}))
    assert cli("--db", "a.db", "import", "a.json").code == 0
    ran = cli("--db", "a.db", "actions")
    head, late, later = ran.out.splitlines()
    assert head == "Nobody · 2 open · 1 overdue"
    assert late.startswith(" ! k2 · ")
    assert " days overdue (1 Feb 2020) · Ask her again · " in late
    assert later.startswith("   k1 · 1 Jan 2199 · Send the range · ")
    assert ran.err == "2 open actions, 1 overdue.\n"
    assert ids(cli("--db", "a.db", "actions", "--overdue", "--json")) == ["k2"]
    assert ids(cli("--db", "a.db", "actions", "--owner", "nobody", "--json")) == ["k2", "k1"]


def test_an_action_is_done_on_a_day_with_what_shows_it(cli: Cli, own: Path) -> None:
    ran = cli("done", "a04", "--on", "-1d", "--evidence", "Report signed", "--db", own)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "Done on 8 Jun 2026: Close the outage report with security (A04, Norvane Bank).\n"
    whole = json.loads(cli("export", "norvane", "--for", "all", "--format", "json", "--db", own).out)
    (action,) = (action for action in whole["actions"] if action["id"] == "A04")
    assert (action["status"], action["done_on"], action["evidence"]) == (
        "done",
        "2026-06-08",
        "Report signed",
    )
    assert "A04" not in ids(cli("actions", "--json", "--db", own))


def test_done_without_a_day_is_done_on_the_day_of_the_account(cli: Cli, own: Path) -> None:
    assert cli("done", "A08", "--account", "norvane", "--db", own).err.startswith("Done on 9 Jun 2026: ")
    again = cli("done", "A08", "--db", own)
    assert again.code == 2
    assert again.err.endswith("was done already on 9 Jun 2026: nothing has changed.\n")


def test_an_id_in_several_accounts_needs_the_account(cli: Cli, own: Path) -> None:
    whole = json.loads(cli("export", "norvane", "--for", "all", "--format", "json", "--db", own).out)
    whole["account"] |= {"id": "twin", "name": "Twin"}
    Path("twin.json").write_text(json.dumps(whole))
    assert cli("import", "twin.json", "--db", own).code == 0
    ran = cli("done", "A07", "--db", own)
    assert (ran.code, ran.out) == (2, "")
    assert (
        ran.err == "«A07» could be several actions (A07 in norvane, A07 in twin): say which with --account.\n"
    )
    assert cli("done", "A07", "--account", "Twin", "--db", own).code == 0
    assert "A07" in ids(cli("actions", "--account", "norvane", "--json", "--db", own))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("done A99", "There is no action «A99»: `workshop-tui actions` lists those that are open."),
        ("done A01", "«Share the list of 14 services short of evidence» was done already on 19 Mar 2026: "),
        ("done A05", "«Joint press note» was dropped (Customer asked for quiet until the tests pass): open"),
        ("done A04 --on soon", "«soon» is not a form of date we know"),
        ("done A04 --on +1d", "10 Jun 2026 is still to come: give the day it was done, as in -3d or today."),
        ("done A04 --account nobody", "There is no account «nobody» in "),
        ("done", "`workshop-tui done` needs ID: see `workshop-tui done --help`."),
        ("actions --account nobody", "There is no account «nobody» in "),
        ("actions --due-before soon", "«soon» is not a form of date we know"),
    ],
)
def test_what_goes_wrong_is_one_sentence(cli: Cli, norvane: Path, line: str, told: str) -> None:
    ran = cli("--db", norvane, *line.split())
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(told)
    assert ran.err.count("\n") == 1
    assert ids(cli("actions", "--json", "--db", norvane, "--owner", "anselm")) == ["A04"]


def test_without_a_database_there_is_nothing_open(cli: Cli) -> None:
    ran = cli("actions", "--db", "none.db", "--json")
    assert (ran.code, ran.out, ran.err) == (0, "[]\n", "0 open actions.\n")
    assert not Path("none.db").exists()
    assert cli("done", "A01", "--db", "none.db").code == 2
