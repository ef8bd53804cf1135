"""Commands that change actions: several at once, one Step an account, with the rules of the app."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli, Ran
from workshop_tui.domain.lifecycle.start import start_session
from workshop_tui.domain.model.actions import Action, Carry
from workshop_tui.domain.model.session import Decision, Parking
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Conflict, Step, set_field
from workshop_tui.domain.rules.follow_through import first_due
from workshop_tui.live.live_plan import new_id
from workshop_tui.live.record import seal_now
from workshop_tui.playbooks.loader import load_playbook
from workshop_tui.settings import load_settings
from workshop_tui.store import file
from workshop_tui.store.store import Store

NOW = dt.datetime(2026, 6, 9, 17, tzinfo=dt.UTC)


@pytest.fixture
def own(norvane: Path, tmp_path: Path) -> Path:
    """A database with the sample account, to be changed at will."""
    return Path(shutil.copy(norvane, tmp_path / "own.db"))


@pytest.fixture
def two(cli: Cli, own: Path) -> Path:
    """A database with the sample account twice, the other as `twin`."""
    whole = json.loads(cli("export", "norvane", "--for", "all", "--format", "json", "--db", own).out)
    whole["account"] |= {"id": "twin", "name": "Twin"}
    Path("twin.json").write_text(json.dumps(whole))
    assert cli("import", "twin.json", "--keep-date", "--db", own).code == 0
    return own


def plan_in(path: Path, account: str = "norvane") -> tuple[AccountPlan, int]:
    with closing(Store.open(path)) as store:
        return store.load(account)


def action(path: Path, id_: str, account: str = "norvane") -> Action:
    found = plan_in(path, account)[0].get(Action, id_)
    assert found
    return found


def open_ids(cli: Cli, path: Path) -> set[str]:
    return {line["ref"] for line in json.loads(cli("actions", "--json", "--db", path).out)}


def refused(ran: Ran, said: str) -> None:
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


# Done


def test_an_action_is_done_on_a_day_with_what_shows_it(cli: Cli, own: Path) -> None:
    ran = cli("done", "a04", "--on", "-1d", "--evidence", "Report signed", "--db", own)
    assert (ran.code, ran.out) == (0, "")
    told = "Done on 8 Jun 2026: Close the outage report with security (norvane/A04, Norvane Bank).\n"
    assert ran.err == told
    done = action(own, "A04")
    assert (done.status, done.done_on, done.evidence) == ("done", dt.date(2026, 6, 8), "Report signed")
    assert "norvane/A04" not in open_ids(cli, own)


def test_done_without_a_day_is_done_on_the_day_of_the_account(cli: Cli, own: Path) -> None:
    assert cli("done", "A08", "--account", "norvane", "--db", own).err.startswith("Done on 9 Jun 2026: ")
    refused(cli("done", "A08", "--db", own), "was done already on 9 Jun 2026: nothing has changed.\n")


def test_several_are_done_at_once_in_one_step_an_account(cli: Cli, two: Path) -> None:
    before = {of: plan_in(two, of)[1] for of in ("norvane", "twin")}
    ran = cli("done", "norvane/A07", "twin/a08", "norvane/A08", "norvane/A07", "--db", two)
    assert ran.code == 0
    assert [line.rpartition("(")[2] for line in ran.err.splitlines()] == [
        "norvane/A07, Norvane Bank).",
        "norvane/A08, Norvane Bank).",
        "twin/A08, Twin).",
    ]
    assert {of: plan_in(two, of)[1] - before[of] for of in before} == {"norvane": 1, "twin": 1}
    assert {"twin/A07"} <= open_ids(cli, two)
    assert cli("undo", "norvane", "--db", two).code == 0
    assert {"norvane/A07", "norvane/A08"} <= open_ids(cli, two)
    assert "twin/A08" not in open_ids(cli, two)


def test_what_is_refused_of_one_changes_nothing_of_the_others(cli: Cli, two: Path) -> None:
    before = {of: plan_in(two, of) for of in ("norvane", "twin")}
    refused(cli("done", "norvane/A07", "twin/A01", "--db", two), "was done already on 19 Mar 2026")
    refused(cli("due", "norvane/A07", "twin/A01", "+2w", "--db", two), "was done already on 19 Mar 2026")
    assert {of: plan_in(two, of) for of in ("norvane", "twin")} == before


def test_a_bare_id_is_taken_where_one_account_has_it(cli: Cli, two: Path) -> None:
    told = "«A07» could be norvane/A07 or twin/A07: say which."
    refused(cli("done", "A07", "--db", two), told)
    assert cli("done", "A07", "--account", "Twin", "--db", two).code == 0
    assert "norvane/A07" in open_ids(cli, two)
    assert cli("drop", "norvane bank/A07", "--reason", "Not any more", "--db", two).code == 0
    assert "norvane/A07" not in open_ids(cli, two)


def test_json_says_what_has_changed(cli: Cli, own: Path) -> None:
    ran = cli("done", "A07", "A08", "--on", "today", "--json", "--db", own)
    first, second = json.loads(ran.out)
    assert first == {
        "ref": "norvane/A07",
        "id": "A07",
        "account": "norvane",
        "kind": "action",
        "title": "Send Dev and Nadia the written read-back of today's answers",
        "changed": {
            "done_on": {"from": None, "to": "2026-06-09"},
            "status": {"from": "open", "to": "done"},
        },
    }
    assert second["changed"]["status"] == {"from": "in_progress", "to": "done"}


def test_the_journal_has_the_actor_of_the_settings(
    cli: Cli, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("config.toml").write_text('actor = "Mirela"\n')
    monkeypatch.setenv("WORKSHOP_TUI_CONFIG", "config.toml")
    number = plan_in(own)[1]
    assert cli("done", "A07", "--db", own).code == 0
    with closing(Store.open(own)) as store:
        (step,) = store.since("norvane", number)
    assert step.actor == "Mirela"


# Due


def test_the_date_comes_last_and_may_have_several_words(cli: Cli, own: Path) -> None:
    ran = cli("due", "A07", "norvane/A08", "next", "fri", "--db", own)
    assert ran.code == 0
    assert ran.err.startswith("Due on 19 Jun 2026, was 11 Jun 2026: Send Dev and Nadia")
    assert (action(own, "A07").due, action(own, "A08").due) == (dt.date(2026, 6, 19),) * 2
    assert cli("due", "A12", "1 dec", "--db", own).err.startswith("Due on 1 Dec 2026: Find out who")
    assert cli("due", "norvane/A07", "2/12", "--db", own).err.startswith("Due on 2 Dec 2026, was 19 Jun 2026")
    assert plan_in(own)[0].where(Carry, action="A07") == ()  # it was made in this session


def test_a_later_date_for_an_action_of_an_earlier_session_is_a_carry(cli: Cli, own: Path) -> None:
    assert cli("due", "A04", "+4w", "--db", own).code == 0
    plan = plan_in(own)[0]
    (carry,) = plan.where(Carry, action="A04")
    assert (carry.session, carry.from_due, carry.to_due) == ("S2", dt.date(2026, 5, 1), dt.date(2026, 7, 7))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("due A07", "There is no date behind the ids: say `workshop-tui due A07 +2w`."),
        ("due +2w A07 A08", "The date comes last: say `workshop-tui due A07 A08 +2w`."),
        (
            "due A99 +2w",
            "There is no action «A99»: `workshop-tui actions` lists those that are open; the date",
        ),
        ("due A07 A99 +2w", "There is no action «A99»: `workshop-tui actions` lists"),
        ("due A07 soon", "«soon» is not a form of date we know"),
        ("due A07 -1d", "8 Jun 2026 is past: give a day still to come, as in +2w."),
        ("due A07 11 jun", "is due on 11 Jun 2026 already: nothing has changed."),
        ("due A01 +2w", "was done already on 19 Mar 2026"),
        (
            "due A05 +2w",
            "(Customer asked for quiet until the tests pass): `workshop-tui reopen norvane/A05` opens it",
        ),
        ("due", "`workshop-tui due` needs ID… DATE: see `workshop-tui due --help`."),
        ("assign A07", "There is no name behind the ids: say `workshop-tui assign A07 Mirela`."),
        ("assign Mirela A07", "The name comes last: say `workshop-tui assign A07 Mirela`."),
        ("assign A07 A99 Mirela", "There is no action «A99»: "),
        ("assign A07 Mirella", "There is nobody called «Mirella» in Norvane Bank: use Mirela Sandoval-Pike."),
        ("assign A07 Zq", "There is nobody called «Zq» in Norvane Bank: use "),
        ("assign A07 r", "«r» fits "),
        ("assign A07 Henrik", "There is nobody called «Henrik» in Norvane Bank: use "),
        ("assign A07 Jonty", "is theirs already: nothing has changed."),
        (
            "assign A07 Nadia --visible-to bob",
            "There is no audience «bob»: use alliance, Quillhaven, Stratalume or customer.\n",
        ),
        ("drop A07", "A dropped action needs a reason: add --reason and in a few words why."),
        ("drop A01 --reason no", "was done already on 19 Mar 2026"),
        ("reopen A07", "is open already: nothing has changed."),
        ("told A07", "is still open, so there is nothing to tell yet: complete or drop it first."),
        ("told A99", "There is no action or decision «A99»: "),
        (
            "told D3 --on -1w",
            "2 Jun 2026 was before «Option O1 is the opening offer» came about, on 9 Jun 2026",
        ),
        ("done A99", "There is no action «A99»: `workshop-tui actions` lists those that are open."),
        ("done D1", "There is no action «D1»: `workshop-tui actions` lists those that are open."),
        ("done nobody/A07", "There is no account «nobody» in "),
        ("done A01", "«Share the list of 14 services short of evidence» was done already on 19 Mar 2026: "),
        ("done A04 --on soon", "«soon» is not a form of date we know"),
        ("done A04 --on +1d", "10 Jun 2026 is still to come: give the day it was done, as in -3d or today."),
        ("done A04 --account nobody", "There is no account «nobody» in "),
        ("done", "`workshop-tui done` needs ID: see `workshop-tui done --help`."),
        ("act norvane Send it @Zork", "No person «Zork»: "),
        ("act norvane @Mirela", "A new action needs words: type it first."),
        ("act norvane a", "«a» is too short to be an action: add --keep if it is one."),
        ("act norvane Send it by blursday", "No date that we know follows «by», such as "),
        ("act norvane Send it by yesterday", "8 Jun 2026 is past: give a day still to come, as in +2w."),
        ("act nobody Send it soon", "There is no account «nobody» in "),
        ("undo nobody", "There is no account «nobody» in "),
    ],
)
def test_what_goes_wrong_is_one_sentence_and_changes_nothing(
    cli: Cli, norvane: Path, line: str, said: str
) -> None:
    before = plan_in(norvane)
    refused(cli("--db", norvane, *line.split()), said)
    assert plan_in(norvane) == before


# Whose it is


def test_actions_are_handed_over(cli: Cli, own: Path) -> None:
    ran = cli("assign", "A07", "A11", "lucia", "bright", "--db", own)
    assert ran.code == 0
    assert ran.err.splitlines()[0] == (
        "Lucía Brightwater does Send Dev and Nadia the written read-back of today's answers"
        " (norvane/A07, Norvane Bank) now."
    )
    assert (action(own, "A07").owner, action(own, "A11").owner) == ("T1", "T1")
    assert cli("assign", "A11", "Mirela", "--accountable", "--db", own).err.startswith(
        "Mirela Sandoval-Pike answers for First drill"
    )
    assert action(own, "A11").accountable == "P2"
    assert cli("assign", "A11", "nobody", "--db", own).err.startswith("Nobody does First drill")
    assert action(own, "A11").owner is None


def test_an_action_that_the_customer_does_not_see_says_how_to_show_it(cli: Cli, own: Path) -> None:
    ran = cli("assign", "A12", "nadia", "--db", own)
    assert ran.err.rstrip().endswith("the customer doesn't see it: `--visible-to customer` shows it.")
    shown = cli("assign", "A12", "nadia", "--visible-to", "Customer", "--db", own)
    assert "doesn't see it" not in shown.err
    assert (action(own, "A12").owner, action(own, "A12").visibility) == ("ST13", "customer")


# Dropped, open again, told


def test_actions_are_dropped_and_opened_again(cli: Cli, own: Path) -> None:
    ran = cli("drop", "A07", "A12", "--reason", "Not any more", "--db", own)
    assert ran.err.startswith("Dropped (Not any more): Send Dev and Nadia")
    dropped = action(own, "A12")
    assert (dropped.status, dropped.reason, dropped.dropped_on) == (
        *("dropped", "Not any more"),
        dt.date(2026, 6, 9),
    )
    assert cli("reopen", "A12", "A01", "--db", own).err.startswith("Open again: Find out who takes")
    again = action(own, "A12")
    assert (again.status, again.reason, again.dropped_on) == ("open", "", None)
    assert (action(own, "A01").status, action(own, "A01").done_on) == ("open", None)


def test_what_the_customer_was_told_is_noted_once(cli: Cli, own: Path) -> None:
    ran = cli("told", "A06", "norvane/D3", "--on", "today", "--db", own)
    assert ran.err.startswith("Told on 9 Jun 2026: Agree contracting route")
    decision = plan_in(own)[0].get(Decision, "D3")
    assert decision
    assert (action(own, "A06").told_on, decision.told_on) == (dt.date(2026, 6, 9),) * 2
    refused(cli("told", "A06", "--db", own), "was told already on 9 Jun 2026: nothing has changed.")


# A line, as the capture line takes it


def test_a_line_becomes_an_action_of_the_latest_session(cli: Cli, own: Path) -> None:
    line = 'Send cost range @Lucía !Gideon by +2w ^Hale-Obi *"Cost range given" ~customer'
    ran = cli("act", "norvane", line, "--db", own)
    assert ran.code == 0
    assert ran.out == (
        "⟨new action⟩ ⟨Send cost range⟩ ⟨owner Lucía Brightwater⟩ ⟨accountable Gideon Farrowmere⟩"
        " ⟨due Tue 23 Jun 2026⟩ ⟨about Marcus Hale-Obi⟩ ⟨new milestone Cost range given⟩"
        " ⟨visible to customer⟩\n"
    )
    plan = plan_in(own)[0]
    made = plan.all(Action)[-1]
    ref = f"norvane/{made.id[:3]}"
    assert ran.err == f"Added {ref} in Norvane Bank.\n"
    assert (
        cli("drop", ref, "--reason", "No", "--db", own).err
        == f"Dropped (No): {made.title} ({ref}, Norvane Bank).\n"
    )
    refused(
        cli("done", made.id, "--db", own), f"was dropped (No): `workshop-tui reopen {ref}` opens it again.\n"
    )
    assert cli("reopen", ref, "--db", own).code == 0
    assert [cli("undo", "norvane", "--db", own).code for _ in range(2)] == [0, 0]
    assert (made.title, made.session, made.owner, made.accountable) == ("Send cost range", "S2", "T1", "T4")
    undone = cli("undo", "norvane", "--db", own)
    assert undone.err == "Undone in Norvane Bank, session 2: action «Send cost range» added.\n"
    assert plan_in(own)[0].get(Action, made.id) is None


def test_a_day_that_has_just_been_is_said_to_be_next_years(cli: Cli, own: Path) -> None:
    told = "20 May 2026 is past, so this is for 20 May 2027.\n"
    assert cli("act", "norvane", "Send it by 20 may", "--db", own).err.startswith(told)
    assert cli("due", "A07", "20", "may", "--db", own).err.startswith(told)
    assert cli("act", "norvane", "Ask again by 20 may 2027", "--db", own).err.startswith("Added")
    assert cli("act", "norvane", "Send it by blursday", "--keep", "--db", own).code == 0


def test_a_line_of_another_kind_has_its_prefix(cli: Cli, own: Path) -> None:
    ran = cli("act", "norvane", "p:", "Who", "pays", "for", "it", "@Mirela", "--json", "--db", own)
    taken = json.loads(ran.out)
    assert (taken["kind"], taken["flagged"]) == ("parking", [])
    assert taken["understood"] == ["new parking lot item", "Who pays for it", "owner Mirela Sandoval-Pike"]
    (row,) = taken["rows"]
    assert row["row"]["text"] == "Who pays for it"
    assert plan_in(own)[0].all(Parking)[-1].owner == "P2"


def test_what_is_not_known_is_refused_and_kept_as_text_when_one_says_so(cli: Cli, own: Path) -> None:
    ran = cli("act", "norvane", "Send the range #Zork by soon", "--db", own)
    refused(ran, "or let --keep keep it as text.")
    kept = cli("act", "norvane", "Send the range #Zork by soon", "--keep", "--db", own)
    assert kept.code == 0
    assert "«#Zork» means nothing in a new action: it stays text." in kept.err
    assert plan_in(own)[0].all(Action)[-1].title == "Send the range #Zork by soon"


# What may still change after the seal


@pytest.fixture
def sealed(own: Path) -> Path:
    """The sample account, its last session sealed."""
    with closing(Store.open(own)) as store:
        plan, number = store.load("norvane")
        changes = seal_now(plan, "S2", seal="seal1", at=NOW, journal=number)
        store.commit("norvane", Step(changes, "me", NOW))
    return own


def test_nothing_new_comes_into_a_sealed_session(cli: Cli, sealed: Path) -> None:
    before = plan_in(sealed)
    told = "Session 2 of 9 Jun 2026 is sealed, and nothing new comes into it: begin the next one"
    for line in ("Send the cost range", "d: We go", "s: Priya Vantongeren all+2"):
        refused(cli("act", "norvane", line, "--db", sealed), told)
    assert plan_in(sealed) == before
    assert cli("act", "norvane", "m: ^Priya @Mirela on the phone", "--db", sealed).code == 0


def test_what_was_agreed_in_it_goes_on_and_its_first_date_stays(cli: Cli, sealed: Path) -> None:
    for line in (
        ["due", "A07", "1 dec"],
        ["done", "A08"],
        ["assign", "A09", "Anselm"],
        ["drop", "A10", "--reason", "Settled"],
        ["reopen", "A10"],
    ):
        assert cli(*line, "--db", sealed).code == 0
    plan = plan_in(sealed)[0]
    moved = plan.get(Action, "A07")
    assert moved
    assert (moved.due, first_due(plan, moved)) == (dt.date(2026, 12, 1), dt.date(2026, 6, 11))
    (line,) = (one for one in json.loads(cli("actions", "--json", "--db", sealed).out) if one["id"] == "A07")
    assert (line["carried"], line["first_due"]) == (1, "2026-06-11")
    exported = cli("export", "norvane", "--session", "2", "--for", "alliance", "--db", sealed).out
    assert "1 Dec 2026" not in exported  # the record is as it was sealed


# Undo, and others at work


def test_undo_takes_back_ones_own_last_step_and_says_which(
    cli: Cli, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli("due", "A07", "fri", "--db", own).code == 0
    Path("config.toml").write_text('actor = "Somebody"\n')
    monkeypatch.setenv("WORKSHOP_TUI_CONFIG", "config.toml")
    refused(cli("undo", "norvane", "--db", own), "There is nothing of yours to undo in Norvane Bank.")
    assert cli("assign", "A08", "Rowan", "--db", own).code == 0
    ran = cli("undo", "norvane", "--json", "--db", own)
    assert ran.err == (
        "Undone in Norvane Bank, session 2: «Three-way meeting with the Chief Risk Officer», owner "
        "from Rowan Achterberg back to Mirela Sandoval-Pike.\n"
    )
    undone = json.loads(ran.out)
    assert undone["rows"] == [
        {"kind": "action", "id": "A08", "changed": {"owner": {"from": "P1", "to": "P2"}}}
    ]
    assert action(own, "A08").owner == "P2"
    assert action(own, "A07").due == dt.date(2026, 6, 12)


class Terminal(io.StringIO):
    """Somebody who types at a terminal."""

    def isatty(self) -> bool:
        return True


def test_undo_takes_no_whole_session_back_without_a_yes(
    cli: Cli, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Store.open(own)) as store:
        playbook = load_playbook("half-day", ())
        begun = start_session(store.load("norvane")[0], playbook, NOW.date(), new_id)
        store.commit(
            "norvane", Step(begun, load_settings(os.environ, Path.cwd()).actor, dt.datetime.now(dt.UTC))
        )
    assert cli("due", "A08", "fri", "--db", own).code == 0
    assert cli("undo", "norvane", "--db", own).code == 0
    before = plan_in(own)
    ran = cli("undo", "norvane", "--db", own)
    refused(ran, "Undo takes back in Norvane Bank, session 3: session 3 of 9 Jun 2026 added; ")
    assert ran.err.endswith("rows come or go, nothing has changed yet: add --yes to go on.\n")
    assert plan_in(own) == before
    monkeypatch.setattr(sys, "stdin", Terminal("n\n"))
    ran = cli("undo", "norvane", "--db", own)
    assert (ran.code, ran.err.endswith("Take it back? y or n: Nothing has changed.\n")) == (2, True)
    assert plan_in(own) == before
    assert cli("undo", "norvane", "--yes", "--db", own).err.startswith("Undone in Norvane Bank, session 3: ")
    assert len(plan_in(own)[0].sessions) == len(before[0].sessions) - 1


def test_what_somebody_else_has_changed_since_is_passed_over(cli: Cli, own: Path) -> None:
    assert cli("due", "A08", "fri", "--db", own).code == 0
    assert cli("due", "A07", "fri", "--db", own).code == 0
    _change(own, "A07", "due", "2026-12-01")
    refused(
        cli("undo", "norvane", "--db", own), "somebody else has changed it since: the next undo takes what"
    )
    assert action(own, "A07").due == dt.date(2026, 12, 1)
    assert cli("undo", "norvane", "--db", own).code == 0
    assert action(own, "A08").due == dt.date(2026, 6, 23)


def _change(path: Path, id_: str, name: str, value: Any) -> None:
    with closing(Store.open(path)) as store:
        row = store.load("norvane")[0].get(Action, id_)
        assert row
        store.commit("norvane", Step(set_field(row, name, value), "Another", NOW))


def test_who_is_quicker_is_not_written_over(cli: Cli, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load = Store.load

    def late(self: Store, account: str) -> tuple[AccountPlan, int]:
        found = load(self, account)
        monkeypatch.setattr(Store, "load", load)
        _change(own, "A07", "due", "2026-12-01")
        return found

    monkeypatch.setattr(Store, "load", late)
    refused(cli("due", "A07", "A08", "+3w", "--db", own), "Due has been changed by somebody else.")
    assert action(own, "A07").due == dt.date(2026, 12, 1)
    assert action(own, "A08").due == dt.date(2026, 6, 23)


def test_what_was_stored_before_another_account_met_somebody_is_told(
    cli: Cli, two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = Store.commit

    def stopped(self: Store, account: str, step: Step) -> Step:
        if account == "twin":
            raise Conflict("Due has been changed by somebody else.")
        return commit(self, account, step)

    monkeypatch.setattr(Store, "commit", stopped)
    ran = cli("due", "norvane/A07", "twin/A07", "+3w", "--json", "--db", two)
    assert ran.code == 2
    assert [one["ref"] for one in json.loads(ran.out)] == ["norvane/A07"]
    first, second = ran.err.splitlines()
    assert first.startswith("Due on 30 Jun 2026, was 11 Jun 2026: ")
    assert second == "Due has been changed by somebody else."
    assert (action(two, "A07").due, action(two, "A07", "twin").due) == (
        dt.date(2026, 6, 30),
        dt.date(2026, 6, 11),
    )


@pytest.fixture
def locked(cli: Cli, own: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A database in which there is something to undo, while another program writes to it."""
    assert cli("done", "A08", "--db", own).code == 0
    monkeypatch.setattr(file, "BUSY_SECONDS", 0.01)
    with closing(sqlite3.connect(own, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield own
        other.execute("ROLLBACK")


@pytest.mark.parametrize("line", ["done A07", "due A07 +2w", "act norvane Send the range", "undo norvane"])
def test_a_database_that_is_locked_is_said_to_be(cli: Cli, locked: Path, line: str) -> None:
    refused(cli(*line.split(), "--db", locked), "locked by another program")


def test_without_a_database_nothing_is_made(cli: Cli) -> None:
    for line in ("done A01", "act norvane Send the range", "undo norvane", "due A01 +2w"):
        refused(cli(*line.split(), "--db", "none.db"), "")
    assert not Path("none.db").exists()


def test_an_account_without_a_session_says_what_to_do(cli: Cli) -> None:
    Path("a.json").write_text(
        json.dumps(
            {
                "schema": "workshop-tui/account-plan/1",
                "audience": "all",
                "account": {"id": "a", "name": "Abe"},
            }
        )
    )
    assert cli("--db", "a.db", "import", "a.json").code == 0
    refused(
        cli("--db", "a.db", "act", "a", "Send the range"), "Abe has no session yet: `workshop-tui open a`"
    )


def test_a_decision_and_an_action_of_one_id_are_the_action(cli: Cli, own: Path) -> None:
    with closing(Store.open(own)) as store:
        store.commit("norvane", Step((Add(Decision(id="A06", session="S2", text="Go")),), "me", NOW))
    assert cli("told", "A06", "--db", own).code == 0
    assert action(own, "A06").told_on == dt.date(2026, 6, 9)
