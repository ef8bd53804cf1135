"""The command that lists what is open over all accounts."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, Ran

FIELDS = [
    *("id", "title", "owner", "side", "accountable", "due", "first_due", "carried", "days_late"),
    *("status", "visibility", "session", "account", "account_name", "ref", "lane", "milestone"),
]


def ids(ran: Ran) -> list[str]:
    return [line["id"] for line in json.loads(ran.out)]


def test_open_actions_stand_in_lanes(cli: Cli, norvane: Path) -> None:
    ran = cli("actions", "--db", norvane)
    lines = ran.out.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [
        "This week · 1",
        "Later · 6",
        "No date or owner · 1",
    ]
    assert lines[3] == (
        "   norvane/A04 · 19 Jun 2026 · Close the outage report with security · Anselm Dovrik"
        " · answers: Gideon Farrowmere · carried 1× from 1 May 2026 · Norvane Bank"
    )
    assert (ran.code, ran.err) == (0, "8 open actions; Norvane Bank as of 9 Jun 2026.\n")


@pytest.mark.parametrize(
    ("by", "headings"),
    [
        ("firm", ["Norvane · 1 open", "Quillhaven · 5 open", "Stratalume · 2 open"]),
        ("account", ["Norvane Bank · 8 open"]),
        (
            "milestone",
            [
                *("Board contact · 1 open", "Cost range given · 1 open", "First drill passed · 2 open"),
                *("Procurement cleared · 1 open", "Three-way held · 1 open", "Trust repaired · 1 open"),
                "Value validated · 1 open",
            ],
        ),
    ],
)
def test_open_actions_are_put_together_otherwise(
    cli: Cli, norvane: Path, by: str, headings: list[str]
) -> None:
    lines = cli("actions", "--by", by, "--db", norvane).out.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == headings


def test_open_actions_stand_by_owner(cli: Cli, norvane: Path) -> None:
    ran = cli("actions", "--by", "owner", "--db", norvane)
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
        "   norvane/A04 · 19 Jun 2026 · Close the outage report with security · answers: Gideon Farrowmere"
        " · carried 1× from 1 May 2026 · Norvane Bank"
    )
    assert any("A11" in line and "nobody answers for it" in line for line in lines)
    assert any("A12" in line and "no date" in line for line in lines)
    assert (ran.code, ran.err) == (0, "8 open actions; Norvane Bank as of 9 Jun 2026.\n")


def test_json_has_stable_fields(cli: Cli, norvane: Path) -> None:
    first = json.loads(cli("--db", norvane, "actions", "--json").out)[1]
    assert list(first) == FIELDS
    assert list(first.values()) == [
        *("A04", "Close the outage report with security", "Anselm Dovrik", "tech", "Gideon Farrowmere"),
        *("2026-06-19", "2026-05-01", 1, 0, "open", "alliance", 1, "norvane", "Norvane Bank"),
        *("norvane/A04", "later", "Trust repaired"),
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--owner", "lucia"], ["A09"]),
        (["--owner", "Sandoval-P"], ["A08"]),
        (["--owner", "achter", "--due-before", "2027-01-01"], ["A10"]),
        (["--due-before", "+2w"], ["A07", "A04"]),
        (["--due-before", "23 jun"], ["A07", "A04"]),
        (["--overdue"], []),
        (["--account", "norv", "--owner", "jonty"], ["A07", "A11"]),
        (["@lucia"], ["A09"]),
        (["@jonty", "week"], ["A07"]),
        (["late"], []),
        (["theirs"], ["A13"]),
        (["acct:nor", "drill"], ["A13", "A11"]),
        (["--for", "Quillhaven", "--owner", "rowan"], ["A10", "A12"]),
        (["--for", "tech", "@rowan"], ["A12"]),
        (["--for", "alliance", "week", "@jonty"], ["A07"]),
        (["--on", "+3w", "late"], ["A07", "A04", "A08", "A09"]),
        (["--on", "2026-04-10", "--overdue"], ["A02"]),
    ],
)
def test_which_actions_are_asked_for(
    cli: Cli, norvane: Path, options: list[str], expected: list[str]
) -> None:
    assert ids(cli("actions", "--json", "--db", norvane, *options)) == expected


def test_mine_are_those_of_the_actor_of_the_settings(
    cli: Cli, norvane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("config.toml").write_text('actor = "mirela"\n')
    monkeypatch.setenv("WORKSHOP_TUI_CONFIG", "config.toml")
    assert ids(cli("actions", "--mine", "--json", "--db", norvane)) == ["A07", "A08", "A12"]
    assert ids(cli("actions", "mine", "week", "--json", "--db", norvane)) == ["A07"]
    Path("config.toml").write_text('actor = "somebody"\n')
    ran = cli("actions", "--mine", "--db", norvane)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith("None of ours goes by «somebody», so nothing is yours: write actor = ")
    assert ran.err.rstrip().endswith("config.toml.")


def test_what_is_open_is_cut_for_an_audience_and_closed_to_the_customer(cli: Cli, norvane: Path) -> None:
    ran = cli("actions", "--for", "tech", "--db", norvane)
    assert "A09" in ran.out
    assert "A10" not in ran.out
    assert ran.err == "7 open actions for the audience tech; Norvane Bank as of 9 Jun 2026.\n"
    closed = cli("actions", "--for", "Customer", "--db", norvane)
    assert (closed.code, closed.out) == (2, "")
    assert closed.err.startswith("What is open is not told to the customer: use alliance")


def test_a_name_without_open_actions_is_said_to_have_none(cli: Cli, norvane: Path) -> None:
    for options in (["--owner", "gideon"], ["@gideon"]):
        ran = cli("actions", *options, "--db", norvane)
        assert (ran.code, ran.out) == (0, "")
        assert ran.err.startswith("Nobody called «gideon» owns an open action: ")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--owner", "Zork"], "There is nobody called «Zork»: use "),
        (["@zork"], "There is nobody called «zork»: use "),
        (["--for", "stratalum"], "There is no audience «stratalum» in these accounts: use Stratalume."),
        (["--owner", "Zork", "--json"], "There is nobody called «Zork»: use "),
        (["--owner", "Lucia Britewater"], "use Lucía Brightwater."),
        (["acct:zorro"], "There is no account «zorro»: use Norvane Bank."),
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
    first, late, bare, later = ran.out.splitlines()
    assert (first, bare) == ("Late · 1", "No date or owner · 1")
    assert late.startswith(" ! a/k2 · ")
    assert " days overdue (1 Feb 2020) · Ask her again · nobody does it · " in late
    assert later.startswith("   a/k1 · 1 Jan 2199 · Send the range · ")
    assert cli("--db", "a.db", "actions", "--by", "owner").out.startswith(
        "Nobody · 2 open · 1 overdue\n ! a/k2"
    )
    assert ran.err == "2 open actions, 1 overdue.\n"
    assert ids(cli("--db", "a.db", "actions", "--overdue", "--json")) == ["k2"]
    assert ids(cli("--db", "a.db", "actions", "--owner", "nobody", "--json")) == ["k2", "k1"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("actions --account nobody", "There is no account «nobody» in "),
        ("actions --due-before soon", "«soon» is not a form of date we know"),
        ("actions --on soon", "«soon» is not a form of date we know"),
        ("actions --by colour", "--by can't be «colour»: use lane, owner, firm, account or milestone."),
    ],
)
def test_what_goes_wrong_is_one_sentence(cli: Cli, norvane: Path, line: str, told: str) -> None:
    ran = cli("--db", norvane, *line.split())
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(told)
    assert ran.err.count("\n") == 1


def test_without_a_database_there_is_nothing_open(cli: Cli) -> None:
    ran = cli("actions", "--db", "none.db", "--json")
    assert (ran.code, ran.out, ran.err) == (0, "[]\n", "0 open actions.\n")
    assert not Path("none.db").exists()
