"""`digest`: what we owe, what news to bring and who goes quiet, over all accounts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

SAMPLE = """\
We owe · 6
 ! Scorecard review · 3 days overdue: hold it · Norvane Bank
   norvane/A04 · first due 1 May 2026, carried to 19 Jun 2026 · Close the outage report with security\
 · Anselm Dovrik · Norvane Bank
   norvane/A07 · due 11 Jun 2026 · Send Dev and Nadia the written read-back of today's answers\
 · Jonty Eskeland · Norvane Bank
   norvane/V09 · heard 15 May 2026, not read back for 25 days · Colm Addington: The outage report was closed\
 without talking to security. · Anselm Dovrik · Norvane Bank
   norvane/K2 · parked with no date · Data residency for drills · Anselm Dovrik · Norvane Bank
   norvane/K4 · parked with no date · Is audit a user or a judge · Mirela Sandoval-Pike · Norvane Bank
News to bring · 1
   norvane/A06 · done 27 May 2026 · Agree contracting route between the two firms · for Farah Nouriel,\
 met 9 Oct 2025 · by Chidi Varnholt · not marked for the customer · Norvane Bank
Going quiet · 4
"""


@pytest.fixture
def own(norvane: Path, tmp_path: Path) -> Path:
    """A database with the sample account, to be changed at will."""
    return Path(shutil.copy(norvane, tmp_path / "own.db"))


def test_the_digest_of_the_sample(cli: Cli, norvane: Path) -> None:
    ran = cli("digest", "--db", norvane)
    assert ran.out.startswith(SAMPLE)
    chair, leif, farah, colm = ran.out.removeprefix(SAMPLE).splitlines()
    assert chair.startswith(
        "   Chair of the Board Risk Committee · never met · owned by Rowan Achterberg · Rowan"
    )
    assert leif.startswith(
        "   Leif Brandvold · never met · nobody owns the relationship · Chidi Varnholt should"
    )
    assert farah.startswith("   Farah Nouriel · not met for 243 days · nobody owns the relationship · ")
    assert " · owned by Mirela Sandoval-Pike and Anselm Dovrik · Mirela Sandoval-Pike should go: " in colm
    told = "6 things owed, 1 news to bring, 4 going quiet; Norvane Bank as of 9 Jun 2026.\n"
    assert (ran.code, ran.err) == (0, told)
    assert cli("digest", "--on", "2026-06-09", "--db", norvane).out == ran.out


def test_in_json_it_says_the_same(cli: Cli, norvane: Path) -> None:
    found = json.loads(cli("digest", "--json", "--db", norvane).out)
    assert list(found) == ["we_owe", "news", "going_quiet"]
    assert [(line["why"], line["ref"], line["days"]) for line in found["we_owe"]] == [
        ("review", None, 3),
        ("carried", "norvane/A04", 39),
        ("this_week", "norvane/A07", 0),
        ("not_read_back", "norvane/V09", 25),
        ("parked", "norvane/K2", 91),
        ("parked", "norvane/K4", 0),
    ]
    (news,) = found["news"]
    assert (news["ref"], news["for"], news["met"], news["on"]) == (
        *("norvane/A06", "Farah Nouriel"),
        *("2025-10-09", "2026-05-27"),
    )
    quiet = [(one["name"], one["days"], one["owners"], one["goes"]) for one in found["going_quiet"]]
    assert quiet == [
        ("Chair of the Board Risk Committee", None, ["Rowan Achterberg"], "Rowan Achterberg"),
        ("Leif Brandvold", None, [], "Chidi Varnholt"),
        ("Farah Nouriel", 243, [], "Rowan Achterberg"),
        ("Colm Addington", 119, ["Mirela Sandoval-Pike", "Anselm Dovrik"], "Mirela Sandoval-Pike"),
    ]


def test_it_is_cut_for_a_firm_and_closed_to_the_customer(cli: Cli, norvane: Path) -> None:
    ours, theirs = (cli("digest", "--for", firm, "--db", norvane) for firm in ("Quillhaven", "tech"))
    assert "V09" not in ours.out
    assert "V09" in theirs.out
    assert "K3" not in ours.out
    assert ours.err.startswith("5 things owed, 1 news to bring, 4 going quiet for the audience Quillhaven; ")
    for typed, said in (
        ("customer", "A digest is not for the customer: use alliance, or a firm's name or id.\n"),
        (
            "bob",
            "There is no audience «bob» in these accounts: use alliance, Quillhaven, Stratalume or all.\n",
        ),
    ):
        ran = cli("digest", "--for", typed, "--db", norvane)
        assert (ran.code, ran.out, ran.err) == (2, "", said)


def test_what_was_told_is_no_news_any_more(cli: Cli, own: Path) -> None:
    assert cli("told", "A06", "--db", own).code == 0
    ran = cli("digest", "--db", own)
    assert "News to bring" not in ran.out
    assert ran.err.startswith("6 things owed, no news to bring, 4 going quiet")
    assert cli("undo", "norvane", "--db", own).code == 0
    assert "A06" in cli("digest", "--db", own).out


def test_on_a_later_day_what_was_this_week_is_late(cli: Cli, norvane: Path) -> None:
    lines = cli("digest", "--on", "+11d", "--db", norvane).out.splitlines()
    assert lines[2].startswith(" ! norvane/A07 · 9 days overdue (11 Jun 2026) · ")
    assert lines[3].startswith(" ! norvane/A04 · 1 day overdue (19 Jun 2026) · ")


def test_two_accounts_stand_together_the_worst_first(cli: Cli, own: Path) -> None:
    whole = json.loads(cli("export", "norvane", "--for", "all", "--format", "json", "--db", own).out)
    whole["account"] |= {"id": "twin", "name": "Twin", "as_of": "2026-06-20"}
    Path("twin.json").write_text(json.dumps(whole))
    assert cli("import", "twin.json", "--keep-date", "--db", own).code == 0
    lines = cli("digest", "--db", own).out.splitlines()
    assert [line.rpartition(" · ")[2] for line in lines[1:5]] == ["Norvane Bank", "Twin", "Twin", "Twin"]
    assert "twin" not in cli("digest", "--account", "norvane", "--db", own).out
    assert cli("digest", "--account", "Twin", "--db", own).err.endswith("; Twin as of 20 Jun 2026.\n")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("digest --account nobody", "There is no account «nobody» in "),
        ("digest --on soon", "«soon» is not a form of date we know"),
    ],
)
def test_what_goes_wrong_is_one_sentence(cli: Cli, norvane: Path, line: str, said: str) -> None:
    ran = cli("--db", norvane, *line.split())
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(said)
    assert ran.err.count("\n") == 1


def test_where_there_is_nothing_it_says_so(cli: Cli) -> None:
    ran = cli("digest", "--db", "none.db", "--json")
    assert (ran.code, json.loads(ran.out)) == (0, {"we_owe": [], "news": [], "going_quiet": []})
    assert ran.err.startswith("There is no account to look after in ")
    assert not Path("none.db").exists()
