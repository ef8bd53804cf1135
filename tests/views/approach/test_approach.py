"""Who leads with whom, the four steps and their rule, the meetings, and the actions that come of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.app.driver import Driven, driving
from tests.views.plans import cells, changed, looked_at, rows
from workshop_tui.domain.base.entity import Json
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import CUSTOMER, ApproachKind, BlockKind, StepStatus
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action, Approach, ApproachStep, CrmId
from workshop_tui.domain.model.people import Meeting, MeetingMember, MeetingStakeholder, Stakeholder
from workshop_tui.domain.model.session import Guest
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Refused, Step, apply
from workshop_tui.domain.rules.people import meetings_with
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.approach.meetings import Meetings
from workshop_tui.views.approach.table import SHORT, Approaches
from workshop_tui.views.cell import Cell, Edit, RowAction

TEST, INTRODUCTION, THREE_WAY, PIPELINE = ApproachKind
BOOKED, DONE = StepStatus.BOOKED, StepStatus.DONE


def row(live: LivePlan, person: str) -> list[str]:
    return cells(rows(Approaches(), live)[f"Stakeholder/{person}"])


def step(live: LivePlan, person: str, kind: ApproachKind) -> Cell:
    return rows(Approaches(), live)[f"Stakeholder/{person}"].cells[3 + list(SHORT).index(kind)]


def card(live: LivePlan, person: str) -> dict[str, Cell]:
    """Label → value; a label that comes several times keeps its first."""
    table = Approaches().card(live, f"Stakeholder/{person}")
    assert table is not None
    return {r.cells[0].text: r.cells[1] for r in reversed(table.rows) if len(r.cells) > 1}


def row_actions(live: LivePlan, person: str) -> dict[str, RowAction]:
    return {deed.key: deed for deed in Approaches().row_actions(live, f"Stakeholder/{person}")}


def done(live: LivePlan, edit: Edit, value: Json = None) -> LivePlan:
    """Do what an edit does, and look again."""
    after = apply(live.whole, Step(tuple(edit.build(live.whole, value))))
    return looked_at(after, live.audience, live.session_id)


def asked(edit: Edit | None, value: Json) -> Edit:
    assert edit is not None
    assert edit.follow is not None
    first = edit.follow(value)
    assert first is not None
    return first


async def test_the_table_of_the_sample(sample: AccountPlan) -> None:
    live = looked_at(sample)
    assert len(rows(Approaches(), live)) == 11
    assert row(live, "ST03") == [
        *("Priya Vantongeren", "Mirela S.", "Gideon Farrowmere"),
        *("✓ 12 May", "✓ 2 Jun", "◷ 23 Jun", "·"),
    ]
    assert row(live, "ST10")[3:] == ["✗ 15 May", "· 25 Jun", "·", "–"]
    flagged = {name for name, found in rows(Approaches(), live).items() if "!" in found.cells[0].text}
    assert flagged == {"Stakeholder/ST02", "Stakeholder/ST08"}
    assert row(live, "ST02")[0] == "Marcus Hale-Obi\n! Quillhaven alone 3×"
    assert row(live, "ST08")[0] == "Bram Osterveld\n! Stratalume alone 3×"
    assert rows(Approaches(), looked_at(sample, CUSTOMER)) == {}


async def test_a_lead_is_suggested_with_the_reason_and_taken_by_a_deed(sample: AccountPlan) -> None:
    live = looked_at(sample)
    leads = {name[-4:]: cells(found)[1] for name, found in rows(Approaches(), live).items()}
    suggested = {"ST01": "? Rowan A.", "ST11": "? Rowan A.", "ST12": "? Chidi V.", "ST14": "? Rowan A."}
    assert {person: lead for person, lead in leads.items() if lead.startswith("?")} == suggested
    reason = "Rowan owns the tie for Quillhaven (known); driving is next to expressive; owns 2 others"
    assert card(live, "ST01")["  suggested"].text.startswith(f"Rowan Achterberg: {reason}\n")
    deed = row_actions(live, "ST01")["l"]
    assert deed.text == f"Have Rowan Achterberg lead: {reason}"
    after = done(live, deed.edit)
    assert after.whole.where(Approach, stakeholder="ST01", lead="P1", visibility="alliance")
    assert row(after, "ST01")[1] == "Rowan A."
    assert "l" not in row_actions(after, "ST01")
    assert "  suggested" not in card(after, "ST01")


async def test_whoever_is_still_to_be_named_goes_by_the_title(sample: AccountPlan) -> None:
    assert row(looked_at(sample), "ST14")[0] == "Chair of the Board Risk Committee"


async def test_an_approach_begins_with_any_of_its_fields(sample: AccountPlan) -> None:
    live = looked_at(sample)
    for label, value in (("Lead", "P1"), ("Message", "Listen"), ("  on", "+2w"), ("Quillhaven CRM", "QH-1")):
        after = changed(live, card(live, "ST12")[label], value)
        assert after.get(Approach, "ST12"), label
    after = changed(live, step(live, "ST12", TEST), "done")
    assert after.get(ApproachStep, "ST12", "test_interest") == ApproachStep(
        stakeholder="ST12", step=TEST, status=DONE, on=live.today
    )


async def test_no_answer_tells_one_partner_what_the_other_keeps(sample: AccountPlan) -> None:
    kept = AccountPlan.of([*sample, Approach(stakeholder="ST12", lead="P1", visibility="ps")])
    for plan in (sample, kept):
        theirs = looked_at(plan, "tech")
        assert "Visible to" not in card(theirs, "ST12")
        assert row(theirs, "ST12")[1].startswith("? ")
        for cell, value in (
            (card(theirs, "ST12")["Lead"], "T1"),
            (step(theirs, "ST12", TEST), "done"),
            (card(theirs, "ST12")["Stratalume CRM"], "SL-1"),
        ):
            with pytest.raises(Refused, match="An approach is of both firms: begin it while the alliance"):
                changed(theirs, cell, value)


async def test_a_three_way_meeting_asks_why_before_an_introduction(sample: AccountPlan) -> None:
    live = looked_at(sample)
    too_early = step(live, "ST05", THREE_WAY)  # the introduction is booked
    with pytest.raises(Refused, match="no introduction is done yet"):
        changed(live, too_early, "done")
    why = asked(too_early.edit, "done")
    assert why.title == "No introduction yet: why all the same?"
    assert why.must
    with pytest.raises(Refused, match="say in a few words why"):
        why.build(live.whole, "")
    after = done(live, why, "She came along to the drill")
    held = after.whole.get(ApproachStep, "ST05", "three_way")
    assert held is not None
    assert (held.status, held.on, held.override) == (DONE, live.today, "She came along to the drill")
    assert row(after, "ST05")[5] == "✓!9 Jun"
    assert card(after, "ST05")["  all the same"].text == "She came along to the drill"
    with pytest.raises(Refused, match="say in a few words why"):
        changed(after, card(after, "ST05")["  all the same"], "")
    assert asked(card(live, "ST05")["Three-way"].edit, "done").title == why.title
    fine = step(live, "ST03", THREE_WAY).edit  # the introduction is done
    assert fine is not None
    assert fine.follow is not None
    assert fine.follow("done") is None


async def test_booked_asks_for_the_day_and_is_flagged_without_one(sample: AccountPlan) -> None:
    live = looked_at(sample)
    day = asked(step(live, "ST10", THREE_WAY).edit, "booked")
    assert day.must
    booked = done(live, day, "+1w").whole.get(ApproachStep, "ST10", "three_way")
    assert booked is not None
    assert (booked.status, booked.on) == (BOOKED, dt.date(2026, 6, 16))
    open_ended = done(live, day, "")
    assert row(open_ended, "ST10")[5] == "◷?"
    assert card(open_ended, "ST10")["  !"].text == "booked, but for which day?"
    planned = step(live, "ST10", INTRODUCTION).edit  # it has a day already
    assert planned is not None
    assert planned.follow is not None
    assert planned.follow("booked") is None
    later = looked_at(AccountPlan.of((*sample, with_values(sample.account, as_of="2026-06-20"))))
    assert row(later, "ST05")[4] == "◷?18 Jun"
    assert card(later, "ST05")["  !"].text == "booked for 18 Jun 2026: was it held?"


async def test_a_crm_id_comes_goes_and_is_kept_by_partner(sample: AccountPlan) -> None:
    live = looked_at(sample)
    assert card(live, "ST04")["Quillhaven CRM"].text == "QH-20417"
    cleared = changed(live, card(live, "ST04")["Quillhaven CRM"], "")
    assert [crm.party for crm in cleared.where(CrmId, stakeholder="ST04")] == ["tech"]


async def test_booked_steps_become_actions_when_asked_and_once(sample: AccountPlan) -> None:
    live = looked_at(sample)
    assert {key: deed.text for key, deed in row_actions(live, "ST03").items()} == {
        "m": "Met Priya Vantongeren …",
        "3": "Make an action: Three-way meeting with Priya Vantongeren, 23 Jun 2026",
        "b": "Make an action of every booked step",
    }
    deed = row_actions(live, "ST03")["3"]
    after = done(live, deed.edit)
    (made,) = after.whole.where(Action, title="Three-way meeting with Priya Vantongeren")
    assert (made.owner, made.accountable, made.stakeholder, made.session) == ("P2", None, "ST03", "S2")
    assert (made.due, made.milestone) == (dt.date(2026, 6, 23), "Three-way meeting")
    assert card(after, "ST03")["  action"].text == "open, due 23 Jun 2026"
    with pytest.raises(Refused, match="is an open action already"):
        done(after, deed.edit)
    every = done(after, row_actions(after, "ST03")["b"].edit)
    assert {a.title for a in every.whole.all(Action)} - {a.title for a in after.whole.all(Action)} == {
        "Introduction to Elena Marchetti-Roe"
    }


async def test_the_meetings_the_latest_first_say_where_one_partner_goes_alone(sample: AccountPlan) -> None:
    live = looked_at(sample)
    log = [cells(found)[:3] for found in rows(Meetings(), live).values()]
    assert len(log) == len(sample.all(Meeting)) + len(sample.all(Guest))
    assert log[0] == ["9 Jun 2026", "Dev Rathmore", "in the room, session 2"]
    assert ["3 Jun 2026", "Nadia Okonjo-Wells", "Jonty Eskeland, Lucía Brightwater"] in log
    flagged = [(day, whom) for day, whom, _ in log if "!" in whom]
    assert flagged == [
        ("30 May 2026", "Bram Osterveld\n! Stratalume alone 3×"),
        ("28 May 2026", "Marcus Hale-Obi\n! Quillhaven alone 3×"),
    ]
    said = "Quillhaven alone 3× with Marcus Hale-Obi · Stratalume alone 3× with Bram Osterveld"
    assert Meetings().head(live) == f"! {said}: bring the other partner"
    for view_of in (Meetings().head, lambda hidden: rows(Meetings(), hidden)):
        assert not view_of(looked_at(sample, CUSTOMER))


async def test_a_meeting_is_corrected_but_not_into_the_future(sample: AccountPlan) -> None:
    live = looked_at(sample)
    (met,) = meetings_with(sample, person(sample, "ST09"))
    day, whom, *_ = rows(Meetings(), live)[f"Meeting/{met.id}"].cells
    assert changed(live, day, "4 jun 2026").where(Meeting, id=met.id, on=dt.date(2026, 6, 4))
    both = changed(live, whom, "ST08").where(MeetingStakeholder, meeting=met.id)
    assert [there.stakeholder for there in both] == ["ST08", "ST09"]
    with pytest.raises(Refused, match="A meeting is with somebody: choose another first"):
        changed(live, whom, "ST09")
    with pytest.raises(Refused, match="10 Jun 2026 has not come yet"):
        changed(live, day, "+1d")


async def test_a_joint_meeting_ends_the_run(sample: AccountPlan) -> None:
    live = looked_at(sample)
    for ours, run in ((("P1",), "Quillhaven alone 4×"), (("P1", "T4"), "")):
        met = Meeting(id="new", on=live.today, rank=99)
        whom = MeetingStakeholder(meeting="new", stakeholder="ST02")
        there = (MeetingMember(meeting="new", member=member) for member in ours)
        after = looked_at(AccountPlan.of((*sample, met, whom, *there)))
        assert row(after, "ST02")[0].removeprefix("Marcus Hale-Obi") == (f"\n! {run}" if run else "")


def person(plan: AccountPlan, person_id: str) -> Stakeholder:
    found = plan.get(Stakeholder, person_id)
    assert found
    return found


# At the keyboard


async def to(app: Driven, kind: BlockKind) -> None:
    app.workspace.open_block(next(block.id for block in app.workspace.blocks() if block.kind is kind))
    await app.quiet()


async def test_the_approach_is_worked_through_by_the_keyboard(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await to(app, BlockKind.APPROACH)
        before = app.live.whole
        for step in ("With", "Interest"):  # nothing is chosen, so nothing has changed
            await app.go("Stakeholder/ST12", step, "main", "enter", "enter")
            assert not app.editor.is_open
            assert app.live.whole == before
        await app.go("Stakeholder/ST12", "Lead", "main", "enter")
        assert app.shows("Chidi Varnholt")
        await app.press("enter")  # what is proposed is marked, so that Enter takes it
        (begun,) = app.live.whole.where(Approach, stakeholder="ST12")
        assert app.live.whole.name_of(Member, str(begun.lead)).startswith("Chidi Varnholt")
        await app.go("Stakeholder/ST01")
        await app.press("d", "l", "enter")
        assert app.live.whole.where(Approach, stakeholder="ST01", lead="P1")
        await app.go("Elena", "3-way", "main", "d")
        await app.type_text("She came along to the drill", "enter")
        assert app.live.whole.where(ApproachStep, stakeholder="ST05", override="She came along to the drill")
        await app.go("Elena", "Introd.", "main", "left", "left")
        await app.press("d", "2", "enter")
        assert app.told.startswith("«Introduction to Elena Marchetti-Roe» is an action now")
        await app.press("d", "2", "enter")
        assert app.told.startswith("«Introduction to Elena Marchetti-Roe» is an open action already")
        assert len(app.live.whole.where(Action, title="Introduction to Elena Marchetti-Roe")) == 1
        await app.press("d", "m", "enter")
        await app.type_text("lucia", "enter")
        await app.type_text("today", "enter")
        met = meetings_with(app.live.whole, person(app.live.whole, "ST05"))
        assert [meeting.on for meeting in met].count(app.live.today) == 1


async def test_a_meeting_is_noted_in_three_answers(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await to(app, BlockKind.APPROACH)
        await app.to_view("2")
        await app.press("a")
        for answer in ("farah", "gideon", "-1d"):
            await app.type_text(answer, "enter")
        there = meetings_with(app.live.whole, person(app.live.whole, "ST11"))
        (met,) = (meeting for meeting in there if meeting.on == dt.date(2026, 6, 8))
        assert app.shows("8 Jun 2026")
        await app.go(f"Meeting/{met.id}", "Ours", "main", "enter")
        await app.type_text("rowan", "enter")
        assert len(app.live.whole.where(MeetingMember, meeting=met.id)) == 2
        assert app.live.whole.get(Stakeholder, "ST11")


async def test_dots_are_given_by_plus_and_minus_and_a_refusal_leaves_no_draft(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await to(app, BlockKind.PROPOSITION)
        await app.to_view("2")
        await app.go("Evidence", "Dots", "main", "plus")
        assert app.told.startswith("«Evidence first for the six worst")
        assert "✎" not in app.text
        await app._send("minus", "minus", "minus")
        assert app.shows("13 given · 3 left")
        await app.press("J")
        assert app.sheet().row == 1
        await app.press("enter", "ctrl+u")
        await app.type_text("8", "enter")
        assert "«Evidence first for the six worst services» can have 7 dots at the most" in " ".join(
            app.beneath.split()
        )
        await app.press("ctrl+u")
        await app.type_text("+2", "enter")
        assert app.cell == "6"
        assert app.shows("15 given · 1 left")
