"""What each view shows of the sample, and to whom it is closed."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.tui.plans import looked_at
from workshop_tui.domain.account import Member
from workshop_tui.domain.actions import Action, Approach, Carry
from workshop_tui.domain.discovery import Bullet
from workshop_tui.domain.entity import Json
from workshop_tui.domain.people import Stakeholder
from workshop_tui.domain.plan import AccountPlan
from workshop_tui.domain.session import Block, Decision, Presence
from workshop_tui.domain.step import Refused, Step, apply
from workshop_tui.domain.value import Answer, Question
from workshop_tui.domain.words import ALLIANCE, CUSTOMER, ActionStatus, AnswerStatus, BlockKind
from workshop_tui.tui.grid import Cell, Edit
from workshop_tui.tui.live_plan import LivePlan
from workshop_tui.tui.stages import STAGES, first_view
from workshop_tui.tui.stages.actions import Actions, ByOwner
from workshop_tui.tui.stages.approach import Approaches
from workshop_tui.tui.stages.base import CLOSED, View, entity_at
from workshop_tui.tui.stages.closing import ParkingLot, ReadBack, Sealing, TimeWell
from workshop_tui.tui.stages.discovery import Forms, Objectives, Profile, Standings
from workshop_tui.tui.stages.opening import Guests, LastActions, Moved, Purpose, Team
from workshop_tui.tui.stages.proposition import Lines, Options
from workshop_tui.tui.stages.value import ByPerson, ByQuestion, Heard
from workshop_tui.tui.widgets.table import Row, Table

VIEWS = [view for views in STAGES.values() for view in views]
OPEN_TO_THE_CUSTOMER = {
    *("Purpose", "Team", "Guests", "Agenda", "Objectives", "People", "Everybody", "OrgChart"),
    *("ByPerson", "ByQuestion", "Heard", "Lines", "Actions", "ByOwner", "ReadBack", "ParkingLot", "Risks"),
}
"""Any other view is closed: one that is added is closed until somebody puts it here."""


def rows(view: View, live: LivePlan) -> dict[str, Row]:
    """Return a view's rows by id, without headings and lines for new rows."""
    return {row.id: row for row in view.table(live).rows if not row.heading and not row.ghost}


def headings(table: Table) -> list[str]:
    return [col.heading for col in table.cols]


def cells(row: Row) -> list[str]:
    return [cell.text for cell in row.cells]


def changed(live: LivePlan, cell: Cell, value: Json) -> AccountPlan:
    assert cell.edit is not None
    return apply(live.whole, Step(tuple(cell.edit.build(live.whole, value))))


def at(view: View, live: LivePlan, row: str, heading: str) -> Cell:
    """Return one cell of a table, or of its card when the table has no such column."""
    table = view.table(live)
    found = next(r for r in table.rows if r.id == row)
    if heading in headings(table):
        return found.cells[headings(table).index(heading)]
    card = view.card(live, row)
    assert card is not None
    return next(r.cells[1] for r in card.rows if r.cells[0].text == heading)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
async def test_what_is_ours_is_closed_to_the_customer_and_open_to_us(
    sample: AccountPlan, view: type[View]
) -> None:
    for audience in (ALLIANCE, "ps", "tech"):
        assert view().table(looked_at(sample, audience)).empty != CLOSED
    table = view().table(looked_at(sample, CUSTOMER))
    is_closed = view.__name__ not in OPEN_TO_THE_CUSTOMER
    assert (table.empty == CLOSED) is is_closed
    assert not is_closed or not table.rows


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
@pytest.mark.parametrize("audience", [CUSTOMER, ALLIANCE, "ps"])
async def test_rows_stand_for_what_the_audience_sees_and_have_a_cell_a_column(
    sample: AccountPlan, view: type[View], audience: str
) -> None:
    live = looked_at(sample, audience)
    table = view().table(live)
    assert len({row.id for row in table.rows}) == len(table.rows)
    for row in table.rows:
        assert row.heading or row.ghost or len(row.cells) == len(table.cols)
        stands_for = row.id.partition("/")[0] in {kind.__name__ for kind in live.whole.rows}
        assert not stands_for or entity_at(live.view, "/".join(row.id.split("/")[:2])) or view is Moved


async def test_a_view_of_an_empty_account_says_how_to_begin(sample: AccountPlan) -> None:
    bare = AccountPlan.of((sample.account, *sample.sessions, *sample.all(Block)))
    live = looked_at(bare)
    for view in VIEWS:
        table = view().table(live)
        assert table.rows or table.empty


async def test_a_later_opening_block_begins_with_the_last_actions(sample: AccountPlan) -> None:
    live = looked_at(sample)
    first, later = (
        block for block in live.view.where(Block, session="S2") if block.kind is BlockKind.OPENING
    )
    assert STAGES[first.kind][first_view(live, first)] is Purpose
    assert STAGES[later.kind][first_view(live, later)] is LastActions


async def test_the_customer_sees_date_and_facilitator_but_not_our_purpose(sample: AccountPlan) -> None:
    labels = [row.cells[0].text for row in Purpose().table(looked_at(sample, CUSTOMER)).rows]
    assert labels == ["Date", "Start", "Facilitator"]
    ours = [row.cells[0].text for row in Purpose().table(looked_at(sample)).rows if row.cells]
    assert ours[0] == "Purpose"


async def test_the_team_stands_under_its_firms_and_who_is_typed_in_is_here(sample: AccountPlan) -> None:
    live = looked_at(sample, session="S1")
    table = Team().table(live)
    here = [row.cells[1].text for row in table.rows if row.cells and row.cells[0].text == "✓"]
    assert len(here) == 6
    assert [row.heading for row in table.rows if row.heading] == [
        "Quillhaven Partners LLP",
        "Stratalume Cloud Ltd",
    ]
    ghosts = [row for row in table.rows if row.ghost]
    after = changed(live, ghosts[1].cells[0], "Somebody New")
    (member,) = after.where(Member, name="Somebody New")
    assert member.party == "tech"
    assert after.get(Presence, "S1", member.id)
    assert "Rate" not in headings(Team().table(looked_at(sample, CUSTOMER)))


async def test_guests_are_ticked_for_the_blocks_that_are_the_customers_too(sample: AccountPlan) -> None:
    live = looked_at(sample)
    table = Guests().table(live)
    assert headings(table) == ["Name", "Title", "Value co-discovery"]
    assert {row.id for row in table.rows if row.cells[2].text == "✓"} == {
        "Stakeholder/ST06",
        "Stakeholder/ST13",
    }


async def test_last_actions_are_those_from_before_the_open_ones_first(sample: AccountPlan) -> None:
    live = looked_at(sample)
    assert list(rows(LastActions(), live)) == [
        f"Action/{row}" for row in ("A04", "A01", "A02", "A03", "A05", "A06")
    ]
    assert "carried 1×, first due 1 May 2026" in at(LastActions(), live, "Action/A04", "Action").text
    assert rows(LastActions(), looked_at(sample, session="S1")) == {}


async def test_a_later_date_in_a_later_session_is_a_carry(sample: AccountPlan) -> None:
    live = looked_at(sample)
    after = changed(live, at(LastActions(), live, "Action/A04", "Due"), "2026-07-31")
    carry = after.get(Carry, "A04", "S2")
    assert carry is not None
    assert (carry.from_due, carry.to_due) == (dt.date(2026, 5, 1), dt.date(2026, 7, 31))
    with pytest.raises(Refused, match="carry it to another date, or drop it"):
        changed(live, at(LastActions(), live, "Action/A04", "Due"), "")


async def test_dropping_asks_for_a_reason_and_done_keeps_the_day(sample: AccountPlan) -> None:
    live = looked_at(sample)
    for view in (LastActions(), Actions(), ByOwner()):
        edit = at(view, live, "Action/A04", "Status").edit
        assert edit is not None
        assert edit.follow is not None
        assert edit.follow("done") is None
        asked = edit.follow("dropped")
        assert isinstance(asked, Edit)
        with pytest.raises(Refused, match="needs a reason"):
            asked.build(live.whole, "")
        after = apply(live.whole, Step(tuple(asked.build(live.whole, "No longer asked for"))))
        (dropped,) = after.where(Action, id="A04")
        assert (dropped.status, dropped.reason) == (ActionStatus.DROPPED, "No longer asked for")
    (done,) = changed(live, at(Actions(), live, "Action/A04", "Status"), "done").where(Action, id="A04")
    assert done.done_on == live.today


async def test_who_has_moved_since_the_last_session(sample: AccountPlan) -> None:
    table = Moved().table(looked_at(sample))
    assert {row.id.removeprefix("Stakeholder/"): cells(row)[1:] for row in table.rows} == {
        "ST02": ["▲ +1", "·", "·"],
        "ST03": ["▲ +1", "·", "▲ +1"],
        "ST06": ["▲ +1", "·", "▲ +1"],
        "ST08": ["▼ −1", "·", "·"],
        "ST10": ["▼ −1", "·", "▼ −1"],
        "ST13": ["▲ +1", "·", "·"],
    }
    assert Moved().table(looked_at(sample, session="S1")).rows == ()


async def test_the_profile_compares_the_partners_and_marks_the_widest_gap(sample: AccountPlan) -> None:
    table = Profile().table(looked_at(sample))
    (widest,) = (row for row in table.rows if row.cells and "widest gap" in row.cells[0].text)
    assert cells(widest)[0].startswith("Senior access today")
    assert cells(widest)[2:] == ["4", "2"]
    (mean,) = (row for row in table.rows if row.id == "mean")
    assert cells(mean)[2:] == ["4.1", "3.7"]


async def test_each_partner_sees_its_own_secret_lines_alone(sample: AccountPlan) -> None:
    texts = {
        who: " ".join(c for row in rows(Forms(), looked_at(sample, who)).values() for c in cells(row))
        for who in ("ps", "tech", ALLIANCE)
    }
    assert "Fee dispute" in texts["ps"]
    assert "Discount floor" in texts["tech"]
    assert "Fee dispute" not in texts["tech"] + texts[ALLIANCE]
    assert "Discount floor" not in texts["ps"] + texts[ALLIANCE]
    live = looked_at(sample)
    heads = [row.heading for row in Forms().table(live).rows if row.heading]
    assert heads == ["Quillhaven, sent 20 Feb 2026", "Stratalume, sent 23 Feb 2026"]
    ghosts = [row.cells[0] for row in Forms().table(live).rows if row.ghost]
    assert changed(live, ghosts[1], "New fact").where(Bullet, text="New fact", party="tech")


async def test_standings_show_both_partners_now_and_wanted(sample: AccountPlan) -> None:
    live = looked_at(sample)
    assert [cells(row)[:3] for row in rows(Standings(), live).values()] == [
        ["Quillhaven", "partner", "trusted advisor"],
        ["Stratalume", "vendor", "partner"],
    ]
    assert rows(Objectives(), live) == {}


async def test_answers_by_person_and_by_question(sample: AccountPlan) -> None:
    live = looked_at(sample)
    people, questions = live.view.all(Stakeholder), live.view.all(Question)
    by_person, by_question = ByPerson(), ByQuestion()
    assert (by_person.subjects(live), by_question.subjects(live)) == (len(people), len(questions))
    by_person.subject = next(n for n, person in enumerate(people) if person.id == "ST06")
    assert by_person.head(live).startswith("Dev Rathmore")
    assert {"Answer/V03", "Answer/V04"} <= set(rows(by_person, live))
    assert len(rows(by_person, live)) == len(questions)
    by_question.subject = next(n for n, question in enumerate(questions) if question.id == "Q22")
    assert "Answer/V06" in rows(by_question, live)
    assert len(rows(by_question, live)) == len(people)
    assert set(rows(Heard(), live)) == {f"Answer/V{n:02}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 10)}
    assert set(rows(Heard(), looked_at(sample, CUSTOMER))) == {f"Answer/V0{n}" for n in (1, 3, 4, 5, 6)}


async def test_a_first_answer_is_heard_today_and_validated_keeps_the_day(sample: AccountPlan) -> None:
    live = looked_at(sample)
    view = ByPerson()
    row, empty = next((n, r) for n, r in rows(view, live).items() if n.startswith("new/"))
    after = changed(live, empty.cells[1], "Fewer surprises")
    (answer,) = after.where(Answer, text="Fewer surprises")
    assert row == f"new/{answer.question}/{answer.stakeholder}"
    assert (answer.status, answer.heard_on) == (AnswerStatus.HEARD, live.today)
    validated = changed(live, at(Heard(), live, "Answer/V06", "Status"), "validated")
    (now,) = validated.where(Answer, id="V06")
    assert now.validated_on == live.today


async def test_actions_stand_by_session_and_by_owner(sample: AccountPlan) -> None:
    live = looked_at(sample)
    heads = [row.heading for row in Actions().table(live).rows if row.heading]
    assert heads == ["Open from earlier sessions", "Settled"]
    assert list(rows(Actions(), live))[:4] == ["Action/A07", "Action/A08", "Action/A11", "Action/A12"]
    owners = [row.heading for row in ByOwner().table(live).rows if row.heading]
    assert owners == sorted(owners)
    assert set(rows(Actions(), looked_at(sample, CUSTOMER))) == {"Action/A07", "Action/A08", "Action/A11"}
    assert "Action/A09" in rows(Actions(), looked_at(sample, "tech"))
    assert "Action/A09" not in rows(Actions(), looked_at(sample, "ps"))
    assert at(Actions(), live, "Action/A11", "Accountable").text == "?"
    assert at(Actions(), live, "Action/A12", "Due").text == "?"


async def test_read_back_ticks_decisions_actions_and_answers(sample: AccountPlan) -> None:
    live = looked_at(sample)
    view = ReadBack()
    decision = sample.where(Decision, session="S2")[0]
    for row in (f"Decision/{decision.id}", "Action/A07"):
        tick = rows(view, live)[row].cells[0]
        after = changed(live, tick, True)
        entity = entity_at(after, row)
        assert getattr(entity, "confirmed_on", None) == live.today
    after = changed(live, rows(view, live)["Answer/V06"].cells[0], True)
    (answer,) = after.where(Answer, id="V06")
    assert (answer.status, answer.validated_on) == (AnswerStatus.VALIDATED, live.today)
    assert "Answer/V10" not in rows(view, live)  # it is only assumed
    customers = rows(view, looked_at(sample, CUSTOMER))
    assert all(r.cells[0].text == "" for n, r in customers.items() if not n.startswith("Answer/"))


async def test_time_is_scored_by_seats_without_names(sample: AccountPlan) -> None:
    table = TimeWell().table(looked_at(sample))
    assert [row.id for row in table.rows] == [*(f"seat/{n}" for n in range(1, 9)), "mean"]
    assert table.rows[-1].cells[1].text == "4.12"
    assert set(rows(ParkingLot(), looked_at(sample))) >= {"Parking/PK1"} or rows(
        ParkingLot(), looked_at(sample)
    )


async def test_the_seal_shows_what_the_plan_is_worth(sample: AccountPlan) -> None:
    told = {row.id: cells(row)[1] for row in Sealing().table(looked_at(sample)).rows if len(row.cells) > 1}
    assert told["do/seal"].startswith("Not sealed")
    assert told["quality"].endswith("%")


async def test_approaches_are_those_of_key_people_and_begin_with_the_first_field(sample: AccountPlan) -> None:
    live = looked_at(sample)
    assert len(rows(Approaches(), live)) == 11
    after = changed(live, at(Approaches(), live, "Stakeholder/ST01", "Lead"), "P1")
    assert after.where(Approach, stakeholder="ST01", lead="P1")


async def test_the_proposition_hides_what_the_partners_gain_and_the_options(sample: AccountPlan) -> None:
    ours = [row.cells[0].text for row in Lines().table(looked_at(sample)).rows]
    customers = [row.cells[0].text for row in Lines().table(looked_at(sample, CUSTOMER)).rows]
    assert "Quillhaven gains" in ours
    assert customers == ["Quillhaven brings", "Stratalume brings", "Together", "Customer gains", "Status"]
    assert Options().head(looked_at(sample)) == "2 dots each"
    assert Options().head(looked_at(sample, CUSTOMER)) == ""
