"""The account's page: what each of its views tells of the sample, in which order, and to whom."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from tests.views.plans import cells, looked_at
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder, Tie
from workshop_tui.domain.model.scorecard import Initiative
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Step, apply, set_field
from workshop_tui.domain.rules.scorecard import WHEEL, history
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.account.compare import COMPARING, AccountCompare
from workshop_tui.views.account.coverage import BOTH_FIRMS, AccountCoverage
from workshop_tui.views.account.decisions import AccountDecisions
from workshop_tui.views.account.kept import AccountKept
from workshop_tui.views.account.moved import AccountMoved
from workshop_tui.views.account.now import AccountNow
from workshop_tui.views.account.page import OPENED_IN, opened_as
from workshop_tui.views.account.person import AccountPerson
from workshop_tui.views.account.scorecard import AccountScorecard
from workshop_tui.views.account.team import AccountTeam
from workshop_tui.views.base import View
from workshop_tui.views.beside import beside
from workshop_tui.views.block_views import STAGES, Aside, stage_kind
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import OPENS, RowId
from workshop_tui.views.table import Row, arranged

VIEWS = STAGES[Aside.ACCOUNT]


def parts(view: View, live: LivePlan) -> dict[str, list[str]]:
    """Return the first cells under each heading of a view."""
    found: dict[str, list[str]] = {"": []}
    for row in view.table(live).rows:
        if row.heading and not row.note:
            found[row.heading] = []
        elif row.cells:
            found[list(found)[-1]].append(row.cells[0].text)
    return {heading: lines for heading, lines in found.items() if lines}


def lines(view: View, live: LivePlan) -> dict[str, Row]:
    return {row.cells[0].text: row for row in view.table(live).rows if row.cells}


async def test_it_stands_beside_the_agenda_and_is_no_kind_of_block(sample: AccountPlan) -> None:
    found = beside(looked_at(sample), Aside.ACCOUNT)
    assert found is not None
    assert stage_kind(found) is Aside.ACCOUNT
    assert "account" not in {kind.value for kind in BlockKind}
    assert beside(looked_at(sample, CUSTOMER), Aside.ACCOUNT) is None
    assert beside(looked_at(sample, "ps"), Aside.ACCOUNT) is not None


@pytest.mark.parametrize("audience", [ALLIANCE, "ps", "tech"])
async def test_every_line_opens_something_that_is_there(sample: AccountPlan, audience: str) -> None:
    live = looked_at(sample, audience)
    opened = 0
    for view in (make() for make in VIEWS):
        for row in view.table(live).rows:
            at = RowId.parse(row.id)
            if at.kind != OPENS:
                continue
            kind, name = OPENED_IN[at.opens.kind]
            assert name in {type(each()).__name__ for each in STAGES[kind]}
            to = opened_as(at.opens)
            people = {person.id for person in live.view.all(Stakeholder)}
            assert to.kind != "Stakeholder" or not to.key or to.key[0] in people, row
            opened += 1
    assert opened > 60


# Now


async def test_now_tells_what_is_late_who_moved_what_was_kept_and_who_goes_quiet(sample: AccountPlan) -> None:
    view, live = AccountNow(), looked_at(sample)
    told = parts(view, live)
    assert list(told) == [
        "Late or carried, as the alliance sees it · 2",
        "Due this week · 1",
        "Next stage",
        "To fix first · 3 of 45 gaps",
        "Moved between session 1 and 2 · 6",
        "Actions of session 1 · 3 on time, 1 late, 1 carried, 1 dropped",
        "Going quiet · 4",
        "News to bring · 1",
    ]
    late = told["Late or carried, as the alliance sees it · 2"]
    assert late[0] == "Scorecard review: 3 days overdue: hold it"
    assert late[1].startswith("Close the outage report with security: first due 1 May 2026")
    assert told["Due this week · 1"][0].endswith(": due 11 Jun 2026, Jonty Eskeland")
    moved = told["Moved between session 1 and 2 · 6"]
    assert moved[0] == (
        "Colm Addington: alliance 0 → −1, Stratalume −1 → −2 "
        "(observed: refused a further pilot until the outage report is closed)"
    )
    assert moved[-1] == "and 2 more"
    quiet = [line.partition(":")[0] for line in told["Going quiet · 4"]]
    people = [sample.name_of(Stakeholder, one) for one in ("ST12", "ST14", "ST11", "ST10")]
    assert sorted(quiet[:2]) == sorted(people[:2])
    assert quiet[2:] == people[2:]
    assert view.head(live) == "Norvane Bank: prospect, session 2 is today · 6 moved, 4 quiet"


async def test_now_fits_what_matters_most_on_the_first_screen(sample: AccountPlan) -> None:
    table = AccountNow().table(looked_at(sample))
    starts = arranged(table, 76).starts
    heading = next(n for n, row in enumerate(table.rows) if row.heading.startswith("Moved"))
    assert starts[heading] <= 16


async def test_a_comparison_is_asked_for_once_it_is_worked_out_in_the_background(sample: AccountPlan) -> None:
    live, asked = looked_at(sample), []
    live.compares = lambda *two: asked.append(two)
    assert "Comparing the last two sessions" in {row.heading for row in AccountNow().table(live).rows}
    assert AccountCompare().table(live).empty == COMPARING
    assert set(asked) == {("S1", "S2")}
    live.comparing("S1", "S2")()
    assert len(AccountCompare().table(live).rows) > 50
    assert len(asked) == 2  # of a plan that hasn't changed it is not asked for again


# Moved


async def test_moved_tells_who_fell_first_with_how_we_know_it_now_and_knew_it_then(
    grown: AccountPlan,
) -> None:
    view, live = AccountMoved(), looked_at(grown)
    told = parts(view, live)
    assert told["Fell · 3"] == ["Colm Addington", "Colm Addington", "Bram Osterveld"]
    assert list(told)[1] == "Rose · 6"
    assert told["People · 1"] == ["Henrik Dalmas left on 30 Apr 2026; Nadia Okonjo-Wells came after"]
    first = next(row for row in view.table(live).rows if row.cells)
    assert cells(first) == [
        *("Colm Addington", "alliance", "0 → −1"),
        "observed: refused a further pilot until the outage report is closed",
        "reported: heard from Dev",
    ]
    assert view.head(live) == "2 people fell, 4 rose in the 91 days since session 1"
    later = with_values(grown.account, as_of="2026-06-30")
    live = looked_at(AccountPlan({**grown.rows, type(later): {later.key: later}}, grown.audience))
    assert view.head(live).endswith("; nobody since session 2, 21 days ago: no session has read it")


# Compare


async def test_compare_tells_changes_alone_in_groups_and_what_it_was_worked_out_from(
    grown: AccountPlan,
) -> None:
    view, live = AccountCompare(), looked_at(grown)
    told = parts(view, live)
    assert [heading.partition(" · ")[0] for heading in told][:3] == [
        "What became of the actions of session 1",
        "Sentiment",
        "People",
    ]
    assert told["Decisions · 4"][-1].startswith("One status report to the bank from both firms (in the place")
    assert told["Return on time invested · 1"] == ["Mean 2.83 from 6 seats → 4.13 from 8 seats"]
    assert view.head(live).startswith("Session 1 (10 Mar 2026) → Session 2 (9 Jun 2026), 91 days: ")
    assert view.table(live).rows[-1].heading.startswith("By dated rows, as neither session is sealed")


async def test_each_of_two_sessions_is_stepped_by_itself(grown: AccountPlan) -> None:
    first = grown.sessions[0]
    third = replace(first, id="S0", rank=first.rank - 1, held_on=dt.date(2026, 1, 12))
    live = looked_at(AccountPlan.of((*grown, third)))
    view = AccountCompare()
    assert [one.id for one in view.sessions(live) or ()] == ["S1", "S2"]
    view.step(live, "", -1)
    assert [one.id for one in view.sessions(live) or ()] == ["S0", "S2"]
    view.step_later(live, -1)
    assert [one.id for one in view.sessions(live) or ()] == ["S0", "S1"]
    view.step_later(live, 1)
    assert [one.id for one in view.sessions(live) or ()] == ["S0", "S2"]


async def test_one_session_is_compared_with_nothing(sample: AccountPlan) -> None:
    live = looked_at(AccountPlan.of((sample.account, sample.sessions[0])))
    view = AccountCompare()
    assert view.table(live).rows == ()
    assert "Two sessions" in view.table(live).empty
    assert view.head(live) == ""


# Kept


async def test_a_rate_stands_with_its_n_and_of_few_cases_there_is_none(sample: AccountPlan) -> None:
    view, live = AccountKept(), looked_at(sample)
    assert view.head(live) == "All sessions, as of 9 Jun 2026: 3 of 5, 60% on time"
    rows = lines(view, live)
    assert cells(rows["Stratalume"]) == ["Stratalume", "0 of 2", "1", "1", "1", "1 of 2"]
    told = parts(view, live)
    assert told["Overdue by the date first agreed · 1"][0].startswith("Close the outage report")
    assert told["Dropped, and why · 1"] == ["Joint press note: Customer asked for quiet until the tests pass"]
    assert not any(heading.startswith("Carried twice") for heading in told)
    view.step(live, "", 1)
    assert view.head(live).startswith("Session 1, as of")
    view.step(live, "", 1)
    assert view.head(live) == "Session 2, as of 9 Jun 2026: nothing due"


# Coverage


async def test_coverage_shows_one_firm_where_it_is_narrow_and_both_where_there_is_room(
    sample: AccountPlan,
) -> None:
    view, live = AccountCoverage(), looked_at(sample)
    table = view.table(live)
    narrow = [table.cols[n].heading for n in arranged(table, 76).columns]
    assert narrow == ["Person", "Infl.", "Quillhaven", "RA", "MSP", "JE", "CV", "Last met", "Next"]
    assert len(arranged(table, BOTH_FIRMS).columns) == len(table.cols)
    view.turn(live)
    turned = view.table(live)
    narrow = [turned.cols[n].heading for n in arranged(turned, 76).columns]
    assert narrow == ["Person", "Infl.", "Stratalume", "LB", "AD", "HPC", "GF", "Last met", "Next"]
    view.turn(live)
    assert [col.heading for col in view.table(live).cols] == [col.heading for col in table.cols]


async def test_a_cell_of_coverage_tells_owner_or_meetings_and_who_goes_next(sample: AccountPlan) -> None:
    view, live = AccountCoverage(), looked_at(sample)
    rows = lines(view, live)
    assert cells(rows["Colm Addington"]) == [
        *("Colm Addington", "4", "◔→◑", "·", "O1", "·", "·", "◔→◑", "·", "O1", "·", "·"),
        *("119 d !", "Mirela Sandoval-Pike"),
    ]
    assert cells(rows["Marcus Hale-Obi"])[7:10] == ["○→◔", "·", "1"]
    assert cells(rows["People met"])[-2:] == ["of 14", ""]
    assert "Marcus Hale-Obi: only Rowan Achterberg, 3 meetings" in rows


# Team


async def test_team_shows_who_owes_what_is_late_first_and_each_late_action(sample: AccountPlan) -> None:
    action = sample.get(Action, "A07")
    assert action is not None
    late = apply(sample, Step(set_field(action, "due", "2026-05-20")))
    view, live = AccountTeam(), looked_at(late)
    told = parts(view, live)
    assert told["Quillhaven Partners LLP"][:2] == [
        "Jonty Eskeland",
        "  Send Dev and Nadia the written read-back of today's answers: 20 d late (20 May 2026)",
    ]
    rows = lines(view, live)
    assert cells(rows["Rowan Achterberg"])[-1] == "Chair of the Board Risk Committee (never)"
    assert cells(rows["Anselm Dovrik"])[3] == "0 of 2"
    assert view.head(live) == "8 members: 5 owed, 1 late; 2 owned and not met in time"


async def test_of_much_that_is_late_the_worst_is_told_and_the_line_beneath_lists_all(
    sample: AccountPlan,
) -> None:
    action = sample.get(Action, "A07")
    assert action is not None
    many = [with_values(action, id=f"L{n}", due=f"2026-05-{10 + n}", title=f"Do thing {n}") for n in range(8)]
    live = looked_at(AccountPlan.of([*sample, *many]))
    team = AccountTeam()
    told = parts(team, live)["Quillhaven Partners LLP"]
    assert [line.partition(":")[0].strip() for line in told[:5]] == [
        "Jonty Eskeland",
        *("Do thing 0", "Do thing 1", "Do thing 2"),
        "and 5 more late",
    ]
    on_paper = [row.cells[0].text for row in team.on_paper(live).rows if row.cells]
    assert sum(text.startswith("  Do thing ") for text in on_paper) == 8
    now = AccountNow()
    for view, line, heading, count in (
        (team, "  and 5 more late", "Owes · 10", 10),
        (now, "and 6 more", "Late or carried, as the alliance sees it · 10  (", 10),
    ):
        more = lines(view, live)[line]
        assert view.enter(live, more.id, 0)
        shown = parts(view, live)
        assert len(next(rows for each, rows in shown.items() if each.startswith(heading))) == count
        assert view.widen(live)
        assert line in lines(view, live)


async def test_what_one_firm_keeps_to_itself_is_in_no_count_of_another(sample: AccountPlan) -> None:
    mine = next(one for one in sample.all(Action) if one.status.is_open and one.owner in ours(sample, "ps"))
    plan = apply(sample, Step(set_field(mine, "visibility", "ps")))
    seen, hidden = looked_at(plan, "ps"), looked_at(plan, "tech")
    for view in (AccountTeam(), AccountKept(), AccountNow(), AccountCompare()):
        assert all(mine.title not in text for text in lines(view, hidden))
    owed = [sum(one.owes for one in live.figures.engagement) for live in (looked_at(sample, "tech"), hidden)]
    assert owed[0] - owed[1] == 1
    assert sum(one.owes for one in seen.figures.engagement) >= owed[0]


def ours(plan: AccountPlan, party: str) -> set[str]:
    return {member.id for member in plan.where(Member, party=party)}


# Scorecard


async def test_the_scorecard_shows_what_each_review_found_in_sequence(sample: AccountPlan) -> None:
    view, live = AccountScorecard(), looked_at(sample)
    assert view.legend(live) == f"{key('review.hold')} holds a review · ! arrow and figures disagree"
    assert "the next one 3 days late" in view.head(live)
    rows = lines(view, live)
    for row in sample.all(Initiative):
        found = [each.line for each in history(sample, row.id)]
        told = cells(rows[row.title])
        assert [told[1], told[2]] == [f"{row.actual:g}", f"{row.target:g}"]
        assert told[3] == f"{WHEEL[row.completion // 25]}{row.direction.sign}"
        wheels, arrows, *_ = told[4].split() if found else ("", "")
        assert list(arrows) == [line.direction.sign if line.direction else "·" for line in found]
        assert len(wheels) == len(found)
    flawed = {gap.key for gap in live.figures.gaps if gap.rule == "direction_against_numbers"}
    marked = {RowId.parse(row.id).opens.key for row in rows.values() if row.cells[4].text.endswith(" !")}
    assert marked == flawed
    assert "review" in view.head(live)


# Decisions


async def test_decisions_of_all_sessions_the_newest_first_with_who_was_there(grown: AccountPlan) -> None:
    view, live = AccountDecisions(), looked_at(grown)
    table = view.table(live)
    headings = [row.heading for row in table.rows if row.heading]
    assert headings[0] == "Session 2, 9 Jun 2026 · 4"
    assert headings[1].startswith("In the room: Rowan Achterberg, ")
    rows = {row.cells[1].text: cells(row) for row in table.rows if row.cells}
    assert rows["One status report to the bank from both firms"][3] == "replaces D6"
    assert rows["Each firm sends the bank a status report of its own"][3] == "replaced by D7"
    assert rows["Data residency for drills"][::3] == ["S1", "open"]
    assert view.head(live) == "7 decisions, 6 of them in force"


def test_a_tie_or_a_reading_is_looked_at_in_the_row_of_its_person() -> None:
    person = RowId("Stakeholder", ("ST10",))
    assert opened_as(RowId(Tie.__name__, ("ST10", "ps"))) == person
    assert opened_as(RowId("Reading", ("S2", "ST10", "all"))) == person
    assert opened_as(RowId("ApproachStep", ("ST10", "pipeline"))) == person
    assert opened_as(RowId("Action", ("A07",))) == RowId("Action", ("A07",))


async def test_a_person_over_time_begins_with_our_note_of_them(sample: AccountPlan) -> None:
    person = sample.get(Stakeholder, "ST03")
    assert person
    noted = Step(tuple(set_field(person, "note", "Likes to be asked first")))
    live, view = looked_at(apply(sample, noted)), AccountPerson()
    view.turn_to(live, "ST03")
    assert cells(view.table(live).rows[0])[0] == "Note: Likes to be asked first"
