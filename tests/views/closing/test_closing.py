"""What the views of closing show of the sample: read-back, parking lot, time, seal."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.app.driver import AT, driving
from tests.views.plans import at, cells, changed, looked_at, rows
from workshop_tui.domain.base.vocabulary import CUSTOMER, AnswerStatus, BlockKind
from workshop_tui.domain.lifecycle.closing import confirm_line, read_back
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.session import Decision, Parking, Presence, Risk, Roti
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Step, apply, set_field
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, entity_at
from workshop_tui.views.cell import TICK
from workshop_tui.views.choices import set_to
from workshop_tui.views.clock import big_digits
from workshop_tui.views.closing.parking_lot import ParkingLot
from workshop_tui.views.closing.read_back import SessionReadBack
from workshop_tui.views.closing.risks import Risks
from workshop_tui.views.closing.roti import RotiView
from workshop_tui.views.closing.seal import Sealing
from workshop_tui.views.confirming import GO_ON, keys_told
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import arranged
from workshop_tui.views.text_layout import wrapped


def done(live: LivePlan, view: View, name: str, key: str) -> AccountPlan:
    """Return the plan after one of a row's deeds."""
    deed = next(deed for deed in view.row_actions(live, name) if deed.key == key)
    return apply(live.whole, Step(tuple(deed.edit.build(live.whole, True))))


# Read-back


async def test_read_back_says_how_far_the_room_has_come_and_goes_on_to_what_is_left(
    sample: AccountPlan,
) -> None:
    live = looked_at(sample)
    assert SessionReadBack().head(live) == "Confirmed 4 of 15"
    shown = rows(SessionReadBack(), live)
    assert list(shown)[:4] == ["Decision/D3", "Decision/D4", "Decision/D5", "Action/A07"]
    to = [row.cells[0].edit.then for row in shown.values() if row.cells[0].edit]
    assert to[:4] == ["Decision/D4", "Decision/D5", "Action/A07", "Action/A08"]
    assert to[-1] == "Decision/D3"
    assert shown["Answer/V01"].cells[0].text == "✓"
    again = shown["Answer/V01"].cells[0].edit
    assert again is not None
    assert [(choice.value, choice.key) for choice in again.choices] == [(GO_ON, "y")]
    assert again.then
    assert not again.build(sample, GO_ON)
    after = changed(live, shown["Decision/D4"].cells[0], "yes")
    assert SessionReadBack().head(looked_at(after)) == "Confirmed 5 of 15"
    (decided,) = after.where(Decision, id="D4")
    assert decided.confirmed_on == live.today


async def test_a_decision_is_called_as_we_call_it_among_ourselves_and_told_with_who_was_there(
    sample: AccountPlan,
) -> None:
    view, live = SessionReadBack(), looked_at(sample)
    assert rows(view, live)["Decision/D3"].cells[1].text == "D3  Option O1 is the opening offer"
    large = view.large(live, "Decision/D3")
    assert large is not None
    assert large.label == "1 OF 15 · DECISION D3"
    card = view.card(live, "Decision/D3")
    assert card is not None
    told = {row.cells[0].text: row.cells[1].text for row in card.rows}
    assert (told["Called"], told["Decided in"]) == ("D3", "session 2, 9 Jun 2026")
    assert told["In the room"].startswith("Rowan Achterberg, ")
    assert told["In the room"].endswith(", Dev Rathmore, Nadia Okonjo-Wells")
    assert {"Replaces", "Visible to"} <= set(told)
    card = view.card(live, "Action/A07")
    assert card is not None
    assert [row.cells[0].text for row in card.rows] == ["Action", "Owner", "Accountable", "Due", "Visible to"]


async def test_the_customer_reads_a_decision_without_our_name_for_it(sample: AccountPlan) -> None:
    shared = apply(sample, Step(set_field(sample.where(Decision, id="D3")[0], "visibility", "customer")))
    view, live = SessionReadBack(), looked_at(shared, CUSTOMER)
    assert rows(view, live)["Decision/D3"].cells[1].text == "Option O1 is the opening offer"
    large = view.large(live, "Decision/D3")
    assert large is not None
    assert large.label.endswith("· DECISION")
    assert view.card(live, "Decision/D3") is None


async def test_what_a_tick_says_names_the_line_and_what_it_was(sample: AccountPlan) -> None:
    live = looked_at(sample)
    shown = rows(SessionReadBack(), live)
    waiting, ticked = shown["Decision/D4"].cells[0].edit, shown["Answer/V01"].cells[0].edit
    assert waiting
    assert ticked
    decided = live.view.name_of(Decision, "D4")
    assert set_to(waiting, "yes").startswith(f"Confirmed · {decided[:20]}")
    assert ": – → ✓, " in set_to(waiting, "yes")
    assert ": ✓ → –, " in set_to(ticked, False)


async def test_a_line_that_is_confirmed_keeps_its_day(sample: AccountPlan) -> None:
    early = AT.date() - dt.timedelta(days=3)
    live = looked_at(sample)
    for kind, name in ((Decision, "D4"), (Action, "A08"), (Answer, "V06")):
        tick = rows(SessionReadBack(), live)[f"{kind.__name__}/{name}"].cells[0]
        confirmed = apply(sample, Step(confirm_line(sample.where(kind, id=name)[0], early)))
        live.whole = confirmed  # at another keyboard, while this one still shows it as it was
        assert changed(live, tick, "yes") == confirmed
        live.whole = sample


async def test_confirming_an_answer_validates_it_and_the_tick_is_taken_back(sample: AccountPlan) -> None:
    live = looked_at(sample)
    after = changed(live, rows(SessionReadBack(), live)["Answer/V06"].cells[0], value=True)
    (answer,) = after.where(Answer, id="V06")
    assert (answer.status, answer.validated_on) == (AnswerStatus.VALIDATED, live.today)
    live = looked_at(after)
    back = changed(live, rows(SessionReadBack(), live)["Answer/V06"].cells[0], value=False)
    assert back == sample


async def test_words_put_right_anywhere_have_to_be_confirmed_again(sample: AccountPlan) -> None:
    lines = read_back(sample, "S2")
    plan = apply(
        sample, Step(tuple(change for row in lines for change in confirm_line(row, sample.account.as_of)))
    )
    live = looked_at(plan)
    assert SessionReadBack().head(live) == "Confirmed 15 of 15"
    for row in ("Decision/D3", "Action/A07", "Answer/V06"):
        after = changed(live, rows(SessionReadBack(), live)[row].cells[1], "Other words altogether")
        assert rows(SessionReadBack(), looked_at(after))[row].cells[0].text == "○"


async def test_the_customer_reads_and_confirms_their_lines_and_counts_no_others(sample: AccountPlan) -> None:
    live = looked_at(sample, CUSTOMER)
    assert SessionReadBack().head(live) == "Confirmed 4 of 8"
    shown = rows(SessionReadBack(), live)
    assert {name for name in shown if name.startswith("Action/")} == {
        "Action/A07",
        "Action/A08",
        "Action/A11",
    }
    assert at(SessionReadBack(), live, "Action/A08", TICK).text == "○"
    (now,) = changed(live, shown["Action/A08"].cells[0], "yes").where(Action, id="A08")
    assert now.confirmed_on == live.today


async def test_what_the_keys_do_with_a_line_is_told_as_it_is(sample: AccountPlan) -> None:
    shown = rows(SessionReadBack(), looked_at(sample))
    waits, done = shown["Decision/D4"], shown["Answer/V01"]
    tick, edit = key("sheet.tick"), key("sheet.edit")
    assert (
        keys_told(waits, 1, is_alone=False, has_menu=False)
        == f"y or {tick} confirms, {edit} on the words corrects"
    )
    assert (
        keys_told(waits, 1, is_alone=True, has_menu=False)
        == f"y or {tick} confirms, {edit} corrects the words"
    )
    told = keys_told(waits, 1, is_alone=True, has_menu=True)
    assert told.endswith(f", {edit} corrects the words, {key('row.do')} the rest")
    assert (
        keys_told(done, 1, is_alone=True, has_menu=False)
        == f"{tick} takes it back, {edit} corrects the words"
    )
    fixed = replace(done, cells=tuple(replace(cell, how=None) for cell in done.cells))
    assert keys_told(fixed, 1, is_alone=True, has_menu=False) == ""
    assert keys_told(replace(waits, placeholder=True), 1, is_alone=False, has_menu=False) == ""


# Parking lot


async def test_the_parking_lot_says_what_is_settled_and_what_earlier_sessions_left(
    sample: AccountPlan,
) -> None:
    live = looked_at(sample)
    view = ParkingLot()
    assert view.head(live) == "2 of 3 settled · 1 from earlier sessions · d settles one"
    fates = {name: at(view, live, name, "Becomes").text for name in rows(view, live)}
    assert list(fates) == ["Parking/K3", "Parking/K4", "Parking/K5", "Parking/K2"]
    assert fates["Parking/K3"] == "✓ settled"  # by an action that one firm keeps to itself
    assert fates["Parking/K5"].startswith("✓ action: Find out who takes")
    assert fates["Parking/K4"] == fates["Parking/K2"] == "? open"
    settled = changed(live, at(view, live, "Parking/K4", "By"), "+1w")
    assert at(view, looked_at(settled), "Parking/K4", "Becomes").text == "✓ settled"
    assert view.head(looked_at(settled)).startswith("3 of 3 settled")
    assert view.head(looked_at(AccountPlan.of(row for row in sample if not isinstance(row, Parking)))) == ""


async def test_a_parked_item_becomes_an_action_by_one_deed(sample: AccountPlan) -> None:
    live = looked_at(sample)
    view = ParkingLot()
    after = done(live, view, "Parking/K2", "a")
    (made,) = after.where(Action, title="Data residency for drills")
    assert (made.owner, made.session) == ("T2", "S2")
    (kept,) = after.where(Parking, id="K2")
    assert kept.became == made.id
    assert {deed.key for deed in view.row_actions(live, "Parking/K4")} == {"a", "d", "r", "x"}
    assert [deed.key for deed in view.row_actions(live, "Parking/K5")] == ["o"]
    told = {deed.key: deed.text for deed in view.row_actions(live, "Parking/K2")}
    assert told["a"] == "Turn it into an action"
    assert told["d"] == "Turn it into a decision"
    assert view.row_actions(live, "heading/earlier") == ()


async def test_a_parked_item_is_decided_risked_dropped_and_taken_up_again(sample: AccountPlan) -> None:
    live = looked_at(sample)
    view, parked = ParkingLot(), "Parking/K4"
    assert done(live, view, parked, "d").where(Decision, text="Is audit a user or a judge", session="S2")
    assert done(live, view, parked, "r").where(Risk, text="Is audit a user or a judge", owner="P2")
    dropped = done(live, view, parked, "x")
    assert dropped.where(Parking, id="K4", dropped=True)
    assert at(view, looked_at(dropped), parked, "Becomes").text == "✓ dropped"
    assert done(looked_at(dropped), view, parked, "x") == sample
    assert done(live, view, "Parking/K5", "o").where(Parking, id="K5", became=None)


async def test_what_becomes_of_an_item_is_chosen_from_its_cell_too(sample: AccountPlan) -> None:
    live = looked_at(sample)
    view = ParkingLot()
    fate = at(view, live, "Parking/K4", "Becomes")
    assert changed(live, fate, "Action/A08").where(Parking, id="K4", became="A08")
    assert changed(live, fate, "a").where(Action, title="Is audit a user or a judge")
    dropped = looked_at(changed(live, fate, "x"))
    assert dropped.whole.where(Parking, id="K4", dropped=True)
    after = changed(dropped, at(view, dropped, "Parking/K4", "Becomes"), "Action/A08")
    assert after.where(Parking, id="K4", became="A08", dropped=False)
    assert len(rows(Risks(), live)) == len(sample.all(Risk))


# Time


async def test_the_mean_of_the_sample_stands_in_large_figures_beside_how_the_scores_lie(
    sample: AccountPlan,
) -> None:
    for session, mean, bars in (("S1", 2.83, "2 2 3 · 1"), ("S2", 4.13, "2 5 1 · ·")):
        live = looked_at(sample, session=session)
        assert live.figures.roti(session) == mean
        card = RotiView().card(live, "")
        assert card
        figures, told = card.rows[0].cells
        assert len(figures.within(26).split("\n")) == 5
        assert max(map(len, figures.within(26).split("\n"))) <= 26
        counts = [line.rpartition("\xa0")[2] for line in told.text.split("\n")]
        if session == "S2":
            assert " ".join(counts) == bars
        assert [line[0] for line in told.text.split("\n")] == list("54321")


async def test_the_large_mean_is_whole_at_any_width_or_small(sample: AccountPlan) -> None:
    live = looked_at(sample)
    card = RotiView().card(live, "")
    assert card
    sizes = set()
    for width in range(8, 120):
        layout = arranged(card, width)
        room = layout.widths[0]
        painted = card.rows[0].cells[0].within(room)
        sizes.add(len(painted.split("\n")))
        assert wrapped(painted, room) == tuple(painted.split("\n")), width
        assert len(painted.split("\n")) == 5 or painted.strip("\xa0") == "4.13"
    assert sizes == {1, 5}


@pytest.mark.parametrize(
    ("size", "aside"), [((120, 36), True), ((120, 36), False), ((160, 45), False), ((200, 60), False)]
)
async def test_the_large_mean_is_large_on_usual_screens(
    norvane: Path, size: tuple[int, int], *, aside: bool
) -> None:
    async with driving(norvane, account="norvane", size=size) as app:
        await app.to_block(BlockKind.CLOSING)
        if aside:
            await app.press("o", "g")
        await app.press("v", "4")
        four = big_digits("4.13", 26, 5)
        shown = app.text.replace("\xa0", " ")
        assert all(line.strip() in shown for line in four), app.text


async def test_a_score_comes_in_by_seat_one_for_each_who_is_here_and_another_on_request(
    sample: AccountPlan,
) -> None:
    live = looked_at(sample)
    view = RotiView()
    assert view.head(live) == "8 of 8 have scored · 1 lost time … 5 well spent: a digit, + or -"
    assert len(rows(view, live)) == 8
    ghost = view.table(live).rows[-1]
    assert (ghost.placeholder, ghost.cells[0].text) == (True, "+ Another seat")
    more = changed(live, ghost.cells[0], 5)
    assert more.get(Roti, "S2", "9")
    bare = AccountPlan.of(row for row in sample if not isinstance(row, Presence | Roti))
    assert list(rows(view, looked_at(bare))) == ["seat/1"]
    card = view.card(looked_at(bare), "")
    assert card
    assert card.rows[0].cells[0].text == "no score yet"


# Seal


async def test_the_seal_shows_what_is_left_to_do_and_each_line_leads_there(sample: AccountPlan) -> None:
    live = looked_at(sample)
    told = {row.id: cells(row)[1] for row in Sealing().table(live).rows if len(row.cells) > 1}
    assert told["do/seal"].startswith("Not sealed")
    assert told["view/SessionReadBack"] == "11 lines are not confirmed"
    assert told["view/ParkingLot"] == "2 parked items are not settled"
    first = str(RowId.gap("Action", ("A11",), "action_no_accountable"))
    assert told.pop(first) == "2 actions lack an owner, who answers for it, a date or clear words"
    assert told["view/RotiView"] == "Every seat has said whether it was worth it"
    assert told["quality"].endswith("%")
    leads = [name.removeprefix("gap/") for name in told if name.startswith("gap/")]
    assert {"Action/A11", "Action/A12", "Stakeholder/ST01"} <= set(leads)
    assert all(entity_at(live.view, name) for name in leads if "/" in name)
    assert not any(name.startswith(("seals/", "do/reopen")) for name in told)


@pytest.mark.parametrize("view", ["Read-back", "Parking", "Was it worth it?"])
async def test_enter_on_what_is_left_to_do_opens_its_view(norvane: Path, view: str) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.CLOSING)
        stage = app.workspace.stage
        await app.to_view(str([each.title for each in stage.views].index("Seal") + 1))
        lead = next(row.id for row in stage.main.table.rows if row.cells and view in row.cells[0].text)
        await app.go(lead)
        await app.press("enter")
        assert stage.view
        assert stage.view.title == view


async def test_risks_are_opened_to_the_customer_once_one_is_theirs(sample: AccountPlan) -> None:
    ours, theirs = (
        Risk(id="R1", session="S2", text="The budget moves", visibility=audience)
        for audience in ("alliance", CUSTOMER)
    )
    assert not Risks().is_open(looked_at(apply(sample, Step((Add(ours),))), CUSTOMER))
    live = looked_at(apply(sample, Step((Add(theirs),))), CUSTOMER)
    assert Risks().is_open(live)
    assert "Risk/R1" in rows(Risks(), live)
