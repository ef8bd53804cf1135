"""`search`: what people said or typed, over all accounts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Cli


@pytest.fixture
def own(norvane: Path, tmp_path: Path) -> Path:
    """A database with the sample account, to be changed at will."""
    return Path(shutil.copy(norvane, tmp_path / "own.db"))


def test_what_was_said_is_found_with_who_and_when(cli: Cli, own: Path) -> None:
    ran = cli("search", "data", "RÉSID", "--db", own)
    assert ran.out == (
        "Norvane Bank · session 1 · 10 Mar 2026\n"
        "  p  Data residency for drills · owner Anselm Dovrik · norvane/K2\n"
    )
    assert (ran.code, ran.err) == (0, "1 line in 1 account.\n")


def test_in_json_it_says_the_same(cli: Cli, own: Path) -> None:
    found = json.loads(cli("search", "who:priya", "--kind", "v", "--json", "--db", own).out)
    assert [(one["ref"], one["number"], one["kind"], one["on"]) for one in found] == [
        ("norvane/V01", 2, "answer", "2026-06-02"),
        ("norvane/V02", 2, "answer", "2026-06-02"),
    ]
    assert (found[0]["who"], found[0]["role"]) == ("Priya Vantongeren", "said by")
    (action,) = json.loads(
        cli("search", "two services first drill", "--kind", "a", "--json", "--db", own).out
    )[:1]
    assert (action["who"], action["role"]) == ("Jonty Eskeland", "owner")


def test_it_is_cut_for_a_firm_and_closed_to_the_customer(cli: Cli, own: Path) -> None:
    """The answer V09 is Stratalume's alone."""
    for audience, seen in (
        ("all", {"V09"}),
        ("Stratalume", {"V09"}),
        ("tech", {"V09"}),
        ("alliance", set()),
        ("Quillhaven", set()),
    ):
        found = json.loads(
            cli("search", "since:2020", "--for", audience, "--limit", "999", "--json", "--db", own).out
        )
        assert {one["ref"].rpartition("/")[2] for one in found} & {"V09"} == seen, audience
    for typed, said in (
        ("customer", "Nothing is searched for the customer: use alliance, or a firm's name or id.\n"),
        (
            "bob",
            "There is no audience «bob» in these accounts: use alliance, Quillhaven, Stratalume or all.\n",
        ),
    ):
        ran = cli("search", "data", "--for", typed, "--db", own)
        assert (ran.code, ran.out, ran.err) == (2, "", said)


def test_what_was_done_since_is_found_at_once(cli: Cli, own: Path) -> None:
    assert cli("search", "watermelon", "--db", own).err.startswith("Nobody said that: ")
    assert cli("act", "norvane", "d: Go on with watermelon", "--db", own).code == 0
    ran = cli("search", "watermelon", "--db", own)
    assert "  d  Go on with watermelon · norvane/" in ran.out
    assert cli("undo", "norvane", "--db", own).code == 0
    assert cli("search", "watermelon", "--db", own).out == ""


def test_an_account_that_is_brought_in_is_found_and_told_apart(cli: Cli, own: Path) -> None:
    whole = json.loads(cli("export", "norvane", "--for", "all", "--format", "json", "--db", own).out)
    whole["account"] |= {"id": "twin", "name": "Twin"}
    Path("twin.json").write_text(json.dumps(whole))
    assert cli("import", "twin.json", "--keep-date", "--db", own).code == 0
    assert cli("search", "data resid", "--db", own).err == "2 lines in 2 accounts.\n"
    for narrow in (("--account", "twin"), ("acct:twi",)):
        ran = cli("search", "data", "resid", *narrow, "--db", own)
        assert ran.out.startswith("Twin · session 1")
        assert ran.err == "1 line in 1 account.\n"
    ran = cli("search", "evidence", "--limit", "2", "--db", own)
    assert ran.err.endswith(", the newest: --limit lists more.\n")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("search data colour:red", "«colour:» narrows nothing: use kind:, who:, since: or acct:."),
        ("search data --kind zebra", "«zebra» is no kind of line: use person s, action a, "),
        ("search data acct:foo", "There is no account «foo»: use Norvane Bank.\n"),
        ("search who:zorro", "There is nobody called «zorro»: use "),
        ("search who:priyah", "There is nobody called «priyah»: use Priya Vantongeren.\n"),
        ("search …", "There is nothing to look for: type a word, or what narrows, as in kind:d."),
        ("search data --limit 0", "--limit can't be 0: give how many lines to list, from 1 on."),
        ("search data --account nobody", "There is no account «nobody» in "),
    ],
)
def test_what_goes_wrong_is_one_sentence(cli: Cli, own: Path, line: str, said: str) -> None:
    ran = cli("--db", own, *line.split())
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(said)
    assert ran.err.count("\n") == 1


def test_where_there_is_no_database_it_says_so_and_makes_none(cli: Cli) -> None:
    ran = cli("search", "data", "--db", "none.db")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("There is no database at ")
    assert not Path("none.db").exists()
