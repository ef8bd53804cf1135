"""Commands that read and write account plans: list, gaps, export, import."""

import asyncio
import datetime as dt
import json
import re
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.cli.conftest import Cli, unsigned
from tests.conftest import SAMPLE
from tests.views.plans import looked_at
from workshop_tui.cli import plans
from workshop_tui.domain.base.vocabulary import Sentiment
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Meeting, MeetingStakeholder, Reading
from workshop_tui.domain.model.scorecard import Initiative, Review, ReviewLine
from workshop_tui.domain.model.session import Decision, GapRule, Session
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Step, set_field
from workshop_tui.live.record import seal_now
from workshop_tui.store.store import Store
from workshop_tui.views.around import gap_count, gap_list
from workshop_tui.views.closing.seal import Sealing
from workshop_tui.views.notes import gaps as noted
from workshop_tui.views.row_id import RowId

EXPECTED_GAPS = {  # worked out by hand at 9 June 2026
    "no_owner": {"ST11", "ST12"},
    "one_partner_only": {"ST01", "ST02", "ST03", "ST05", "ST14"},
    "alliance_sentiment_unknown": {"ST01", "ST12", "ST14"},
    "assumed_only": {"ST11", "ST12", "ST14"},
    "style_unknown": {"ST12", "ST14"},
    "no_contact_90_days": {"ST10", "ST11", "ST12", "ST14"},
    "solo_3_or_more": {"ST02", "ST08"},
    "action_no_accountable": {"A11"},
    "action_no_due": {"A12"},
    "answers_not_validated": {"V02", "V06", "V07", "V08", "V09", "V10"},
    "key_people_never_asked": {"ST01", "ST04", "ST11", "ST12", "ST14"},
    "direction_against_numbers": {"I05", "I12"},
    "scorecard_review_overdue": {"norvane"},
    "competition_unknown": {"ST01", "ST02", "ST03", "ST04", "ST05", "ST10", "ST11", "ST12", "ST14"},
}
ANSWERS = {f"V{n:02}" for n in range(1, 11)}
ACTIONS = {f"A{n:02}" for n in range(1, 14)}
READERS = {"alliance": "the alliance", "ps": "Quillhaven", "tech": "Stratalume"}
NEVER = set(
    """
    ties readings relations approaches approach_steps crm_ids meetings meeting_members bullets forms criteria
    scores goals reviews review_lines options gates carries
""".split()  # noqa: SIM905 - easier to read than a list of quotes
)
NEVER_FIELDS = {
    "stakeholders": ["style", "influence", "interest", "authority", "role", "email"],
    "answers": ["theme", "personal", "heard_by"],
    "contributions": ["gains"],
    "members": ["rate", "style"],
}


def test_list_shows_accounts_and_sessions_with_their_actions(cli: Cli, norvane: Path) -> None:
    ran = cli("list", "--db", norvane)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "Norvane Bank (norvane) · prospect · 8 open · as of 9 Jun 2026",
        "  2 · 9 Jun 2026 · half-day · 7 open",
        "  1 · 10 Mar 2026 · ninety · 1 open",
    ]


def test_list_as_json_has_dates_and_counts(cli: Cli, norvane: Path) -> None:
    (account,) = json.loads(cli("--db", norvane, "list", "--json").out)
    assert (account["id"], account["stage"], account["open"], account["as_of"]) == (
        *("norvane", "prospect"),
        *(8, "2026-06-09"),
    )
    assert [session["held_on"] for session in account["sessions"]] == ["2026-06-09", "2026-03-10"]


def test_list_of_no_database_says_how_to_begin(cli: Cli) -> None:
    ran = cli("--db", "none.db", "list")
    assert (ran.code, ran.out) == (0, "")
    assert "begin one with `workshop-tui new`" in ran.err
    assert cli("--db", "none.db", "list", "--json").out == "[]\n"
    assert not Path("none.db").exists()


def test_gaps_agree_with_what_was_worked_out_by_hand(cli: Cli, norvane: Path) -> None:
    ran = cli("gaps", "Norvane Bank", "--for", "all", "--json", "--db", norvane)
    found = defaultdict(set)
    for gap in json.loads(ran.out):
        assert list(gap) == ["rule", "id", "name", "message", "kind", "weight"]
        assert gap["name"]
        assert gap["message"]
        found[gap["rule"]].add(gap["id"])
    assert found == EXPECTED_GAPS
    told = "46 gaps as of 9 Jun 2026, 1 of them in what one firm keeps to itself.\n"
    assert (ran.code, ran.err) == (1, told)


def test_gaps_are_those_of_the_alliance_where_nobody_says_for_whom(cli: Cli, norvane: Path) -> None:
    bare, theirs = (cli("gaps", "norvane", *of, "--db", norvane) for of in ((), ("--for", "alliance")))
    assert (bare.out, bare.err) == (theirs.out, theirs.err)
    assert bare.err == "45 gaps as of 9 Jun 2026 for the alliance.\n"


@pytest.mark.parametrize(("audience", "count"), [("alliance", 45), ("ps", 45), ("tech", 46)])
def test_gaps_are_counted_and_ranked_once_by_command_document_screen_notes_and_closing(
    cli: Cli, norvane: Path, audience: str, count: int
) -> None:
    ran = cli("gaps", "norvane", "--for", audience, "--json", "--db", norvane)
    assert ran.err.startswith(f"{count} gaps as of 9 Jun 2026 for {READERS[audience]}")
    listed = [(gap["rule"], gap["id"]) for gap in json.loads(ran.out)]
    assert len(listed) == count
    lines = cli("gaps", "norvane", "--for", audience, "--db", norvane).out.splitlines()
    heads = [line for line in lines if not line.startswith(("→", "  "))]

    exported = cli("export", "norvane", "--for", audience, "--db", norvane).out
    told = exported.partition(f"\n{count} gaps, the heaviest first:\n")[2].partition("What else would")[0]
    said = re.findall(r"^- \*\*([^*]*)\*\*", told, re.MULTILINE)
    assert [head.casefold() for head in said] == [head.casefold() for head in heads[:10]]

    with closing(Store.open(norvane)) as store:
        whole = store.load("norvane")[0]

    async def looked() -> None:
        live = looked_at(whole, audience)
        rows = gap_list(live).rows
        at = [RowId.parse(row.id).lacks for row in rows if not row.heading]
        assert [(rule, "/".join(row.key)) for row, rule in at] == listed
        assert [row.heading for row in rows if row.heading and not row.note] == heads
        assert gap_count(live) == count
        first, *rest = noted(live, None, 200)
        assert first == (f"{count} gaps", "heading")
        assert [text for text, tone in rest if tone == "strong"] == heads
        (row,) = (row for row in Sealing().table(live).rows if row.id.endswith("panel.gaps"))
        assert row.cells[0].text == f"{count} gaps"

    asyncio.run(looked())


def test_gaps_of_one_rule_and_those_that_weigh_most(cli: Cli, norvane: Path) -> None:
    ran = cli("gaps", "norvane", "--rule", "no-owner", "--json", "--db", norvane)
    assert {(gap["rule"], gap["id"]) for gap in json.loads(ran.out)} == {
        ("no_owner", "ST11"),
        ("no_owner", "ST12"),
    }
    assert (ran.code, ran.err) == (1, "2 gaps as of 9 Jun 2026 for the alliance.\n")
    none = cli("gaps", "norvane", "--rule", "no_champion", "--db", norvane)
    assert (none.code, none.out, none.err) == (
        *(0, ""),
        "0 gaps as of 9 Jun 2026 for the alliance.\n",
    )
    every = json.loads(cli("gaps", "norvane", "--json", "--db", norvane).out)
    top = cli("gaps", "norvane", "--top", "5", "--json", "--db", norvane)
    assert json.loads(top.out) == every[:5]
    assert (top.code, top.err) == (1, "5 of 45 gaps as of 9 Jun 2026 for the alliance.\n")
    both = cli("gaps", "norvane", "--top", "1", "--rule", "no_owner", "--db", norvane)
    assert both.out.splitlines() == ["1 person has no owner", "→ choose an owner", "  Farah Nouriel"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--rule", "nobody"), "There is no gap rule «nobody»: use action_no_accountable, action_no_due, "),
        (("--top", "0"), "--top can't be 0: give how many gaps to list, from 1 on.\n"),
        (("--top", "few"), "--top can't be «few»: give a whole number, as in 2.\n"),
    ],
)
def test_a_wrong_rule_or_number_of_gaps_is_one_sentence(
    cli: Cli, norvane: Path, given: tuple[str, str], said: str
) -> None:
    ran = cli("gaps", "norvane", *given, "--db", norvane)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(said)
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("audience", "said"),
    [
        ("customer", "Gaps are not told to the customer: use alliance, Quillhaven, Stratalume or all.\n"),
        (
            "Norvane Bank plc",
            "Gaps are not told to the customer: use alliance, Quillhaven, Stratalume or all.\n",
        ),
        ("nobody", "There is no audience «nobody»: use "),
    ],
)
def test_gaps_are_not_told_to_the_customer_nor_to_nobody(
    cli: Cli, norvane: Path, audience: str, said: str
) -> None:
    ran = cli("gaps", "norvane", "--for", audience, "--db", norvane)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(said)


def test_what_to_ask_is_told_with_its_reason(cli: Cli, norvane: Path) -> None:
    ran = cli("coach", "norvane", "--for", "Stratalume", "--db", norvane)
    lines = ran.out.splitlines()
    assert lines[-2:] == [
        "7. Whom of Stratalume could Quillhaven introduce to Marcus?",
        "   Only Quillhaven owns the relationship.",
    ]
    assert (ran.code, ran.err, len(lines)) == (
        0,
        "7 questions as of 9 Jun 2026 for Stratalume.\n",
        14,
    )
    plain = json.loads(cli("coach", "norvane", "--json", "--db", norvane).out)
    assert plain[-1] == {
        "question": "Who could introduce Stratalume to Priya?",
        "reason": "Only Quillhaven owns the relationship; Stratalume −1 → 0.",
        "rule": "one_partner_only",
        "kind": "stakeholder",
        "id": "ST03",
    }
    refused = cli("coach", "norvane", "--for", "customer", "--db", norvane)
    assert (refused.code, refused.out) == (2, "")
    assert (
        refused.err
        == "What to ask is not told to the customer: use alliance, Quillhaven, Stratalume or all.\n"
    )


def test_gaps_know_a_firm_by_its_name(cli: Cli, norvane: Path) -> None:
    for name in ("Quillhaven", "PS"):
        assert (
            cli("gaps", "norvane", "--for", name, "--db", norvane).out
            == cli("gaps", "norvane", "--for", "ps", "--db", norvane).out
        )


def test_gaps_at_a_date_know_nothing_of_later_days(cli: Cli, sample: AccountPlan) -> None:
    day = dt.date(2026, 6, 20)
    later = (
        Session(id="S9", held_on=day),
        GapRule(session="S9", rule="no_owner", in_force=False),
        Action(id="A50", session="S9", title="Vague"),
        Reading(session="S9", stakeholder="ST12", toward="all", value=Sentiment.SUPPORTIVE),
        Meeting(id="M50", on=day),
        MeetingStakeholder(meeting="M50", stakeholder="ST12"),
        Answer(id="V50", stakeholder="ST12", text="Heard later", heard_on=day),
        Review(id="R50", on=day),
        *(ReviewLine(review="R50", initiative=each.id, actual=99) for each in sample.all(Initiative)),
    )
    with closing(Store.open(Path("more.db"))) as store:
        store.commit("norvane", Step(tuple(map(Add, [*sample, *later]))))
    before = cli("gaps", "norvane", "--on", "9 jun 2026", "--db", "more.db")
    with closing(Store.open(Path("less.db"))) as store:
        store.commit("norvane", Step(tuple(map(Add, sample))))
    assert before.out == cli("gaps", "norvane", "--on", "9 jun 2026", "--db", "less.db").out
    after = cli("gaps", "norvane", "--on", "20 jun 2026", "--db", "more.db")
    assert "1 action is vague\n" in after.out
    assert "2 people have no owner\n" in before.out
    assert "no owner" not in after.out.replace("1 action has no owner", "")


def test_what_a_planned_session_has_already_counts_without_a_date(cli: Cli, sample: AccountPlan) -> None:
    planned = (Session(id="S9", held_on=dt.date(2026, 7, 1)), Action(id="A50", session="S9", title="Vague"))
    with closing(Store.open(Path("planned.db"))) as store:
        store.commit("norvane", Step(tuple(map(Add, [*sample, *planned]))))
    assert "  Vague\n" in cli("gaps", "norvane", "--db", "planned.db").out
    assert "  Vague\n" not in cli("gaps", "norvane", "--on", "9 jun 2026", "--db", "planned.db").out


def test_what_is_missing_stands_once_and_beneath_it_what_lacks_it(cli: Cli, norvane: Path) -> None:
    lines = cli("gaps", "norv", "--db", norvane).out.splitlines()
    at = lines.index("4 people not met lately")
    assert lines[at + 1 : at + 4] == [
        "→ meet them and note it, or give somebody an action to",
        "  Chair of the Board Risk Committee",
        "  Colm Addington: not met for 119 days",
    ]


def test_a_gap_of_words_in_two_lines_stands_in_one(cli: Cli, sample: AccountPlan) -> None:
    (answer,) = sample.where(Answer, id="V02")
    with closing(Store.open(Path("two.db"))) as store:
        store.commit("norvane", Step(tuple(map(Add, sample))))
        store.commit("norvane", Step(set_field(answer, "text", "First.\nSecond.")))
    assert "  First. Second." in cli("gaps", "norvane", "--db", "two.db").out.splitlines()


def test_gaps_are_those_of_the_date_asked_for(cli: Cli, norvane: Path) -> None:
    ran = cli("gaps", "norvane", "--on", "+1m", "--for", "all", "--json", "--db", norvane)
    assert " gaps as of 9 Jul 2026, 2 of them in what one firm keeps to itself" in ran.err
    late = {"action_overdue", "steering_overdue"}  # the committee meets on 7 July, and has not by the 9th
    assert {gap["rule"] for gap in json.loads(ran.out)} == EXPECTED_GAPS.keys() | late


def test_a_date_is_read_as_the_settings_say(cli: Cli, norvane: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("mine.toml").write_text("day_first = false\n")
    monkeypatch.setenv("WORKSHOP_TUI_CONFIG", "mine.toml")
    assert "as of 1 Jul 2026" in cli("gaps", "norvane", "--on", "7/1/2026", "--db", norvane).err


def test_no_gaps_are_exit_0_and_a_session_turns_rules_off(cli: Cli) -> None:
    session = {"id": "s", "held_on": "2026-06-09"}
    plan = {"schema": "workshop-tui/account-plan/1", "audience": "all", "account": {"id": "a", "name": "Abe"}}
    off = [{"session": "s", "rule": rule, "in_force": False} for rule in ("no_economic_buyer", "no_champion")]
    for name, rules in (("a", []), ("b", off)):
        content = {
            **plan,
            "account": {"id": name, "name": f"{name} Bank"},
            "sessions": [session],
            "gap_rules": rules,
        }
        Path(f"{name}.json").write_text(json.dumps(content))
        assert cli("--db", "a.db", "import", f"{name}.json").code == 0
    assert "2 gaps" in cli("--db", "a.db", "gaps", "a").err
    ran = cli("--db", "a.db", "gaps", "b", "--json")
    assert (ran.code, ran.out) == (0, "[]\n")
    assert ran.err.startswith("0 gaps as of ")
    ran = cli("--db", "a.db", "gaps", "b", "--rule", "no_champion")
    assert (ran.code, ran.err.splitlines()[1:]) == (
        0,
        ["The rule no_champion is not in force: the session's playbook has it off."],
    )


@pytest.mark.parametrize(
    ("audience", "no_answers", "no_actions"),
    [
        ("customer", ANSWERS - {"V01", "V03", "V04", "V05", "V06"}, ACTIONS - {"A07", "A08", "A11", "A13"}),
        ("alliance", {"V09"}, {"A09", "A10"}),
        ("ps", {"V09"}, {"A09"}),
        ("tech", set(), {"A10"}),
        ("all", set(), set()),
    ],
)
def test_json_holds_what_the_audience_may_see(
    cli: Cli, norvane: Path, audience: str, no_answers: set[str], no_actions: set[str]
) -> None:
    ran = cli("--db", norvane, "export", "norvane", "--for", audience, "--format", "json")
    document = json.loads(ran.out)
    assert (ran.code, document["audience"]) == (0, audience)
    assert {row["id"] for row in document["answers"]} == ANSWERS - no_answers
    assert {row["id"] for row in document["actions"]} == ACTIONS - no_actions
    assert ("held back" in ran.err) == (audience != "all")


def test_json_for_the_customer_has_none_of_what_is_never_theirs(cli: Cli, norvane: Path) -> None:
    document = json.loads(cli("--db", norvane, "export", "norvane", "--format", "json").out)
    assert document.keys().isdisjoint(NEVER)
    assert document["initiatives"] == []  # none of them is agreed with the customer
    for kind, names in NEVER_FIELDS.items():
        assert document[kind]
        for row in document[kind]:
            assert row.keys().isdisjoint(names)


def test_the_action_plan_is_the_customers_unless_said(cli: Cli, norvane: Path) -> None:
    ran = cli("--db", norvane, "export", "norvane")
    assert ran.out == cli("--db", norvane, "export", "norvane", "--for", "customer", "--format", "md").out
    assert ran.out.startswith(
        "# Norvane Bank: our joint plan\n\nWith Quillhaven and Stratalume. Workshop of "
    )
    assert {action for action in ACTIONS if f"`{action}`" in ran.out} == {"A07", "A08", "A11", "A13"}
    assert "What is missing" not in ran.out
    assert "held back" not in ran.out
    empty, held_back = ran.err.splitlines()
    assert empty == "No decision of this session is marked for the customer."
    assert held_back.startswith("as of 9 Jun 2026: for the customer; held back: 7 decisions, 9 actions, ")


@pytest.mark.parametrize(("audience", "hidden"), [("ps", {"A09"}), ("tech", {"A10"})])
def test_a_partners_action_plan_lacks_what_the_other_keeps(
    cli: Cli, norvane: Path, audience: str, hidden: set[str]
) -> None:
    text = cli("--db", norvane, "export", "norvane", "--for", audience).out
    assert {action for action in ACTIONS if f"`{action}`" not in text} == hidden
    assert "What is missing" in text


def test_who_sees_all_but_one_line_is_told_of_one(cli: Cli, norvane: Path) -> None:
    ran = cli("--db", norvane, "export", "norvane", "--for", "tech")
    assert ran.err == "as of 9 Jun 2026: for Stratalume; held back: 1 action.\n"


def test_an_earlier_session_that_was_never_sealed_is_written_by_what_it_dated(
    cli: Cli, norvane: Path
) -> None:
    ran = cli("--db", norvane, "export", "norvane", "--session", "1", "--for", "alliance")
    assert ran.err == (
        "Session 1 of 10 Mar 2026 is written by what it dated itself alone, not by what came of it later.\n"
        "as of 10 Mar 2026: for the alliance; held back: nothing.\n"
    )
    assert "For Quillhaven and Stratalume, not for the customer. Session 1, 10 Mar 2026" in ran.out
    assert "This tells only what the session itself dated" in ran.out
    assert "Norvane confirmed as a priority account" in ran.out
    assert {action for action in ACTIONS if f"`{action}`" in ran.out} == {f"A{n:02}" for n in range(1, 7)}
    assert " · 1 May 2026" in ran.out  # as agreed then: it was carried to June later
    for later in ("Option O1", "done 2026", "2026-06", "quiet until the tests pass", "validated"):
        assert later not in ran.out


def test_a_sealed_session_that_is_named_is_written_by_its_record(cli: Cli, sample: AccountPlan) -> None:
    at = dt.datetime(2026, 3, 10, 12, 2, tzinfo=dt.UTC)
    (decision,) = sample.where(Decision, id="D1")
    with closing(Store.open(Path("sealed.db"))) as store:
        store.commit("norvane", Step(tuple(map(Add, sample))))
        store.commit("norvane", Step(seal_now(sample, "S1", seal="e1", at=at, journal=1)))
        store.commit("norvane", Step(set_field(decision, "text", "No priority any more")))
    export = ("--db", "sealed.db", "export", "norvane", "--for")
    named = cli(*export, "alliance", "--session", "1")
    assert re.search(r"As sealed on 10 Mar 2026 \d\d:\d\d, SHA-256 [0-9a-f]{12}\.", named.out)
    assert named.err.startswith("As sealed on 10 Mar 2026")
    assert "Norvane confirmed as a priority account" in named.out
    assert "No priority any more" not in named.out
    assert "sealed" not in cli(*export, "customer", "--session", "1").out
    assert "sealed" not in cli(*export, "alliance").out
    assert "No priority any more" in cli(*export, "all", "--format", "json").out


def test_an_earlier_session_with_a_damaged_record_is_written_by_what_it_dated(
    cli: Cli, sample: AccountPlan
) -> None:
    at = dt.datetime(2026, 3, 10, 12, 2, tzinfo=dt.UTC)
    (sealing,) = seal_now(sample, "S1", seal="e1", at=at, journal=1)
    assert isinstance(sealing, Add)
    with closing(Store.open(Path("damaged.db"))) as store:
        damaged = replace(sealing.row, record="{}")
        store.commit("norvane", Step(tuple(map(Add, [*sample, damaged]))))
    ran = cli("--db", "damaged.db", "export", "norvane", "--session", "1", "--for", "alliance")
    assert ran.err.startswith("The sealed record doesn't match its SHA-256, so this is not what was sealed: ")
    assert "is written by what it dated itself alone" in ran.err
    assert "Norvane confirmed as a priority account" in ran.out
    assert "Option O1" not in ran.out


def test_an_export_goes_into_a_file(cli: Cli, norvane: Path) -> None:
    printed = cli("--db", norvane, "export", "norvane", "-o", "-")
    ran = cli("--db", norvane, "export", "norvane", "-o", "plan.md")
    assert (ran.code, ran.out, ran.err) == (0, "", printed.err)
    assert Path("plan.md").read_text("utf-8") == printed.out


def test_an_export_into_a_folder_gets_a_name_and_for_each_audience_a_file(cli: Cli, norvane: Path) -> None:
    Path("out").mkdir()
    assert ": for the alliance" in cli("--db", norvane, "export", "norvane", "--brief").err
    ran = cli("--db", norvane, "export", "norvane", "--for", "each", "--brief", "-o", "out")
    assert ran.code == 0
    name = "norvane-bank-session-2-{}.brief.md"
    assert {path.name for path in Path("out").iterdir()} == {
        name.format(each) for each in ("alliance", "quillhaven", "stratalume")
    }
    assert f" Written to out/{name.format('quillhaven')}.\n" in ran.err
    ran = cli("--db", norvane, "export", "norvane", "--format", "html", "-o", "out")
    assert (ran.code, ran.out) == (0, "")
    assert Path("out/norvane-bank-session-2-customer.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    refused = cli("--db", norvane, "export", "norvane", "--for", "each")
    assert refused.err == "For each audience a file is written: name a folder that is there with -o.\n"


def test_export_import_export_is_byte_equal(cli: Cli, norvane: Path) -> None:
    whole = ("export", "norvane", "--for", "all", "--format", "json")
    first = cli("--db", norvane, *whole)
    assert unsigned(first.out) == SAMPLE.read_text("utf-8")
    Path("first.json").write_text(first.out, "utf-8")
    ran = cli("--db", "second.db", "import", "first.json", "--keep-date")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("Brought in Norvane Bank (norvane), ")
    assert ran.err.endswith("\nIt stays frozen at 9 Jun 2026 until a new session begins.\n")
    assert cli("--db", "second.db", *whole).out == first.out


def test_an_import_is_one_step_by_the_actor(cli: Cli) -> None:
    from workshop_tui.store.store import Store

    Path("mine.toml").write_text('actor = "Mirela"\n')
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKSHOP_TUI_CONFIG", "mine.toml")
        assert cli("--db", "a.db", "import", SAMPLE).code == 0
    store = Store.open(Path("a.db"))
    (step,) = store.since("norvane", 0)
    store.close()
    assert (step.number, step.actor) == (1, "Mirela")


def test_a_dry_run_says_what_would_come_in_and_changes_nothing(cli: Cli) -> None:
    ran = cli("--db", "a.db", "import", SAMPLE, "--dry-run")
    assert ran.code == 0
    assert {"   15 stakeholders", "   13 actions", "    2 sessions"} <= set(ran.out.splitlines())
    assert ran.err == (
        "This would bring in Norvane Bank (norvane); nothing has changed.\n"
        "It was frozen at 9 Jun 2026 and would go on from today: --keep-date keeps it as on that day.\n"
    )
    assert not Path("a.db").exists()


def test_an_account_that_is_brought_in_goes_on_from_today(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "clock", lambda: dt.date(2026, 11, 28))
    ran = cli("--db", "a.db", "import", SAMPLE)
    assert ran.err.endswith(
        "It was frozen at 9 Jun 2026 and goes on from today: --keep-date keeps it as on that day.\n"
    )
    assert "as of" not in cli("--db", "a.db", "list").out
    assert " as of 28 Nov 2026" in cli("--db", "a.db", "gaps", "norvane").err
    exported = cli("--db", "a.db", "export", "norvane", "--for", "all", "--format", "json").out
    assert unsigned(exported) == SAMPLE.read_text("utf-8").replace('"as_of": "2026-06-09"', '"as_of": null')
    plain = exported.replace('"norvane"', '"other"').replace("Norvane Bank", "Other Bank")
    Path("other.json").write_text(plain, "utf-8")
    assert "frozen" not in cli("--db", "a.db", "import", "other.json").err


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_an_account_that_is_there_is_not_brought_in_again(
    cli: Cli, norvane: Path, dry: tuple[str, ...]
) -> None:
    ran = cli("--db", norvane, "import", SAMPLE, *dry)
    assert (ran.code, ran.out) == (2, "")
    assert (
        ran.err
        == "There is an account «Norvane Bank» (norvane) already: rename it, or use another database.\n"
    )


def test_an_account_of_the_same_name_is_not_brought_in_either(cli: Cli, norvane: Path) -> None:
    document = json.loads(SAMPLE.read_text("utf-8"))
    document["account"].update(id="other", name="NORVANE  bank")
    Path("other.json").write_text(json.dumps(document))
    assert cli("--db", norvane, "import", "other.json").err.startswith("There is an account «Norvane Bank»")
