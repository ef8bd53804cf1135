"""`playbook list|show|copy|check`: an account lead makes one of their own and is told what is wrong in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from workshop_tui.playbooks.loader import OURS


def test_the_list_says_how_long_each_is_and_where_it_is_from(cli: Cli) -> None:
    Path("playbooks").mkdir()
    Path("playbooks/broken.toml").write_text("title = 1\n")
    ran = cli("--db", "a.db", "playbook", "list")
    assert ran.code == 0
    assert "half-day" in ran.out
    assert "240 min\n" in ran.out
    assert "broken         can't be used: " in ran.out
    listed = {
        line["name"]: line for line in json.loads(cli("--db", "a.db", "playbook", "list", "--json").out)
    }
    assert (listed["ninety"]["minutes"], listed["ninety"]["from"]) == (90, "workshop-tui")
    assert listed["broken"]["minutes"] is None


def test_a_playbook_is_shown_with_its_agenda_questions_and_rules(cli: Cli) -> None:
    ran = cli("playbook", "show", "half-day")
    assert ran.code == 0
    assert "Value co-discovery" in ran.out
    assert "  [value; the customer may be in the room; protected]\n" in ran.out
    assert "What must go right this year for your part of the business?" in ran.out
    assert "gap rules in force: 27 of 27\n" in ran.out
    assert json.loads(cli("playbook", "show", "half-day", "--json").out)["agenda"][0]["kind"] == "opening"


@pytest.mark.parametrize("here", [True, False])
def test_a_copy_is_one_s_own_and_is_there_for_the_next_session(cli: Cli, here: bool) -> None:
    where = ["--here"] if here else []
    ran = cli("--db", "client/a.db", "playbook", "copy", "ninety", "our-ninety", *where)
    assert ran.code == 0
    path = Path(ran.out.strip())
    assert path.read_bytes() == (OURS / "ninety.toml").read_bytes()
    assert (path.parent == Path("client/playbooks").absolute()) == here
    assert path.stat().st_mode & 0o777 == 0o600
    assert "our-ninety" in cli("--db", "client/a.db", "playbook", "list").out
    again = cli("--db", "client/a.db", "playbook", "copy", "ninety", "our-ninety", *where)
    assert again.code == 2
    assert "is there already: choose another name" in again.err


@pytest.mark.parametrize("name", ["../mine", "Our half day", "con", ""])
def test_a_copy_has_a_name_that_every_system_takes(cli: Cli, name: str) -> None:
    ran = cli("--db", "a.db", "playbook", "copy", "ninety", name)
    assert ran.code == 2
    assert f"A playbook can't be called «{name}»: use a name such as " in ran.err


def test_check_says_what_is_wrong_and_where(cli: Cli) -> None:
    path = Path("mine.toml")
    path.write_bytes((OURS / "ninety.toml").read_bytes())
    assert cli("playbook", "check", "mine.toml").code == 0
    path.write_text(path.read_text().replace("no_owner = true", "no_owner = 3"))
    ran = cli("playbook", "check", "mine.toml")
    assert (ran.code, ran.err) == (1, "")
    assert ran.out == "mine.toml: gaps.no_owner has no figure: write true or false.\n"


@pytest.mark.parametrize("name", ["gone.toml", "gone"])
def test_a_playbook_that_is_not_there_is_wrong_use(cli: Cli, name: str) -> None:
    ran = cli("playbook", "check", name)
    assert ran.code == 2
    assert ran.err.startswith("There is no ")


def test_without_saying_what_one_is_told_what_there_is(cli: Cli) -> None:
    ran = cli("playbook")
    assert ran.code == 2
    assert "see `workshop-tui playbook --help`." in ran.err
