"""The views of the actions: how they stand together, how several are changed at once, what is asked first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.app.driver import Driven, driving
from tests.views.plans import at, changed, looked_at, rows
from workshop_tui.domain.base.validation import validated
from workshop_tui.domain.base.vocabulary import CUSTOMER, ActionStatus, BlockKind
from workshop_tui.domain.model.actions import Action, Carry
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Changes, Refused, Step, apply
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.actions.grouped import BY_DATE, BY_MILESTONE, BY_OWNER, BY_STAKEHOLDER, GROUPINGS
from workshop_tui.views.actions.table import Actions, Grouping
from workshop_tui.views.base import View
from workshop_tui.views.cell import Cell, Edit
from workshop_tui.views.keys import key

EVERY = [partial(Actions, grouping) for grouping in GROUPINGS]


def grouped(view: View, live: LivePlan) -> dict[str, list[str]]:
    """Return heading → ids of the actions under it."""
    found: dict[str, list[str]] = {}
    for row in view.table(live).rows:
        if row.placeholder:
            continue
        if row.heading:
            found[row.heading] = []
        else:
            found.setdefault("", []) if not found else None
            found[list(found)[-1]].append(row.id.removeprefix("Action/"))
    return found


def with_action(plan: AccountPlan, name: str, **values: object) -> AccountPlan:
    action = plan.get(Action, name)
    assert action is not None
    new = validated(Action, {**action.plain(), **values})
    return AccountPlan.of((*(row for row in plan if row != action), new))


def after(live: LivePlan, changes: Changes) -> AccountPlan:
    return apply(live.whole, Step(tuple(changes)))


def asked(edit: Edit | None, value: str) -> Edit:
    """Return what an edit asks first for a value."""
    assert edit is not None
    assert edit.follow is not None
    first = edit.follow(value)
    assert first is not None
    return first


# How they stand together


async def test_by_date_they_stand_by_how_soon_they_are_due(sample: AccountPlan) -> None:
    plan = with_action(sample, "A04", due="2026-06-08")
    assert grouped(Actions(BY_DATE), looked_at(plan)) == {
        "Overdue": ["A04"],
        "This week": ["A07"],
        "Later": ["A08", "A11"],
        "No date": ["A12"],
    }
    assert grouped(Actions(BY_DATE), looked_at(sample))["Next week"] == ["A04"]


async def test_the_customer_is_not_told_what_is_overdue(sample: AccountPlan) -> None:
    live = looked_at(with_action(sample, "A07", due="2026-06-08"), CUSTOMER)
    assert grouped(Actions(BY_DATE), live) == {"Before today": ["A07"], "Later": ["A08", "A11"]}
    for view in EVERY:
        assert "verdue" not in repr(view().table(live))
        assert [deed.key for deed in view().row_actions(live, "Action/A07")] == ["m"]


async def test_by_milestone_their_headings_say_what_is_done(sample: AccountPlan) -> None:
    late = with_action(sample, "A04", due="2026-06-08")
    groups = grouped(Actions(BY_MILESTONE), looked_at(late))
    assert groups["Discovery complete · 31 Mar 2026 · 2/2 done"] == ["A01", "A02"]
    assert groups["Awareness · dropped"] == ["A05"]
    assert groups["Trust repaired · 8 Jun 2026 · 0/1 done · ! overdue"] == ["A04"]
    assert list(groups)[-1] == "Board contact · no date · 0/1 done"
    without = grouped(Actions(BY_MILESTONE), looked_at(with_action(sample, "A12", milestone="")))
    assert without["No milestone"] == ["A12"]


async def test_by_person_they_stand_under_the_customers_people(sample: AccountPlan) -> None:
    plan = with_action(sample, "A04", stakeholder=None)
    assert grouped(Actions(BY_STAKEHOLDER), looked_at(plan)) == {
        "For no one person": ["A04"],
        "Dev Rathmore": ["A07"],
        "Nadia Okonjo-Wells": ["A11"],
        "Priya Vantongeren": ["A08"],
        "Chair of the Board Risk Committee": ["A12"],
    }


async def test_by_owner_each_has_the_soonest_first(sample: AccountPlan) -> None:
    plan = with_action(sample, "A11", owner=None)
    groups = grouped(Actions(BY_OWNER), looked_at(plan, "ps"))
    assert groups["Nobody"] == ["A11"]
    assert groups["Rowan Achterberg · Quillhaven"] == ["A10", "A12"]


@pytest.mark.parametrize("view", EVERY)
async def test_vague_and_late_ones_say_why_in_every_view(
    sample: AccountPlan, view: Callable[[], View]
) -> None:
    plan = with_action(with_action(sample, "A08", title="Meet"), "A04", due="2026-06-01")
    live = looked_at(plan)
    assert "too short to know when it is done" in at(view(), live, "Action/A08", "Action").text
    assert "\n" not in at(view(), live, "Action/A08", "Action").text
    assert at(view(), live, "Action/A04", "Due") == Cell("8 d late", "bad")
    assert at(view(), live, "Action/A08", "Due").tone != "bad"


async def test_an_action_of_theirs_that_they_can_not_see_says_so(sample: AccountPlan) -> None:
    hidden = looked_at(with_action(sample, "A12", owner="ST13"))
    shown = looked_at(with_action(sample, "A12", owner="ST13", visibility="customer"))
    assert at(Actions(), hidden, "Action/A12", "Action").text.endswith(
        "  ! the customer is to do it and does not see it"
    )
    assert "theirs" not in at(Actions(), shown, "Action/A12", "Action").text


# Short where there is little room


async def test_people_are_told_by_brief_names_where_whole_ones_have_no_room(sample: AccountPlan) -> None:
    owner = at(Actions(), looked_at(sample), "Action/A08", "Owner")
    assert (owner.within(20), owner.within(19)) == ("Mirela Sandoval-Pike", "Mirela S.")


@pytest.mark.parametrize(
    ("grouping", "field"),
    [(BY_OWNER, "owner"), (BY_MILESTONE, "milestone"), (BY_STAKEHOLDER, "stakeholder"), (BY_DATE, "")],
)
async def test_what_the_headings_tell_has_no_column(
    sample: AccountPlan, grouping: Grouping, field: str
) -> None:
    live = looked_at(sample)
    every = {col.name for col in Actions().cols(live)}
    assert {col.name for col in Actions(grouping).cols(live)} == every - {field}


async def test_late_mine_and_without_a_date_are_one_word_of_the_filter(sample: AccountPlan) -> None:
    live, view = looked_at(with_action(sample, "A04", due="2026-06-01")), Actions()
    live.actor = "jonty"
    assert view.chips(live) == (("late", 1), ("mine", 2), ("no date", 1))
    query = view.table_query(live)
    for wanted, found in (("late", ["A04"]), ("Mine ", ["A07", "A11"]), ("no date", ["A12"])):
        query.wanted = wanted
        assert [key for keys in grouped(view, live).values() for key in keys] == found
    live.actor = "nobody here"
    assert dict(view.chips(live)).get("mine") is None


async def test_the_customer_is_shown_no_chip_of_what_is_late(sample: AccountPlan) -> None:
    live = looked_at(with_action(sample, "A07", due="2026-06-01"), CUSTOMER)
    assert Actions().chips(live) == ()
    assert at(Actions(), live, "Action/A07", "Due").text == "1 Jun 2026"


# Sorted, filtered, several at once


async def test_they_are_found_by_any_word_and_sorted_within_their_groups(sample: AccountPlan) -> None:
    live, view = looked_at(sample), Actions()
    query = view.table_query(live)
    query.wanted = "ROWAN three"
    assert grouped(view, live) == {"": ["A08"]}
    assert view.head(live).startswith("«ROWAN three»: 1 of ")
    assert not any(row.placeholder for row in view.table(live).rows)
    query.wanted = "nothing has this"
    assert view.table(live).empty == f"No action has «nothing has this»: {key('table.clear')} shows all."
    query.clear()
    for column, first in (("Due", "A07"), ("Action", "A12"), ("Owner", "A07"), ("Status", "A07")):
        query.column = ""
        query.sort(column)
        assert grouped(view, live)[""][0] == first, column
    query.column = ""
    query.sort("Due")
    query.sort("Due")
    assert grouped(view, live)[""] == ["A11", "A08", "A07", "A12"]
    assert view.table(live).order == ("Due", "▼")
    assert view.table_query(looked_at(sample, CUSTOMER)) is not query


async def test_what_is_set_in_one_marked_action_is_set_in_all_of_them(sample: AccountPlan) -> None:
    live, view = looked_at(sample), Actions()
    view.table_query(live).marked.update({"Action/A07", "Action/A08", "Action/A04"})
    for column, new, name in (
        ("Owner", "P1", "owner"),
        ("Due", "2026-07-01", "due"),
        ("Status", "blocked", "status"),
        ("Visible to", "ps", "visibility"),
    ):
        then = changed(live, at(view, live, "Action/A08", column), new)
        values = {str(getattr(then.get(Action, id_), name)) for id_ in ("A04", "A07", "A08")}
        assert values == {new}, column
    carried = changed(live, at(view, live, "Action/A08", "Due"), "2026-07-01")
    assert carried.get(Carry, "A04", "S2") is not None
    title = at(view, live, "Action/A08", "Action").edit
    assert title is not None
    assert "actions" not in title.title


async def test_dropping_several_asks_one_reason(sample: AccountPlan) -> None:
    live, view = looked_at(sample), Actions()
    marked = ("A04", "A07", "A12")
    view.table_query(live).marked.update(f"Action/{id_}" for id_ in marked)
    row_actions = {deed.key: deed for deed in view.row_actions(live, "Action/A07")}
    status = at(view, live, "Action/A07", "Status").edit
    for why in (asked(status, "dropped"), row_actions["r"].edit):
        assert why.title == "Why is it dropped? · 3 marked actions"
        with pytest.raises(Refused, match="needs a reason"):
            why.build(live.whole, "")
        then = after(live, why.build(live.whole, "No budget"))
        assert [a.id for a in then.where(Action, reason="No budget", status=ActionStatus.DROPPED)] == [
            *marked
        ]
    then = after(live, asked(status, "done").build(live.whole, "Signed"))
    assert len(then.where(Action, evidence="Signed", status=ActionStatus.DONE, done_on=live.today)) == 3
    milestone = after(live, row_actions["m"].edit.build(live.whole, "One date"))
    assert [a.id for a in milestone.where(Action, milestone="One date")] == [*marked]
    assert row_actions["c"].edit.title == "Carry to which day? · 3 marked actions"
    view.table_query(live).wanted = "read-back"  # what isn't seen isn't changed
    assert next(deed for deed in view.row_actions(live, "Action/A07") if deed.key == "r").edit.title.endswith(
        "answers"
    )
    view.table_query(live).wanted = ""
    view.table_query(live).marked.add("Action/A01")
    assert {deed.key for deed in view.row_actions(live, "Action/A07")} == {"m", "v"}  # one of them is done


async def test_marks_are_set_by_keys_and_one_undo_takes_all_back(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Action/A07")
        await app.press("m", "m")
        assert app.shows("2 marked: what is set or done goes for them")
        await app.go("Action/A08", "Owner", "main", "enter")
        await app.type_text("hana", "enter")
        await app.stored()
        assert _owners(app) == ["T3", "T3"]
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.told.startswith("Undo"))
        assert _owners(app) == ["P3", "P2"]
        await app.press("slash")
        await app.type_text("drill", "enter")
        assert [row for row in app.rows if "First drill" in row]
        assert not app.shows("Three-way")


def _owners(app: Driven) -> list[str | None]:
    actions = (app.live.whole.get(Action, id_) for id_ in ("A07", "A08"))
    return [action.owner for action in actions if action]


# What is asked first


@pytest.mark.parametrize("view", EVERY)
async def test_a_drop_asks_for_its_reason_and_done_for_what_shows_it(
    sample: AccountPlan, view: Callable[[], View]
) -> None:
    live = looked_at(sample)
    status = at(view(), live, "Action/A04", "Status").edit
    why = asked(status, "dropped")
    with pytest.raises(Refused, match="needs a reason"):
        why.build(live.whole, "")
    (dropped,) = after(live, why.build(live.whole, "No longer asked for")).where(Action, id="A04")
    assert (dropped.status, dropped.reason) == (ActionStatus.DROPPED, "No longer asked for")
    proof = asked(status, "done")
    for said in ("", "Report signed"):
        (done,) = after(live, proof.build(live.whole, said)).where(Action, id="A04")
        assert (done.status, done.done_on, done.evidence) == (ActionStatus.DONE, live.today, said)
    assert status is not None
    assert status.follow is not None
    assert status.follow("blocked") is None


async def test_before_the_customer_done_is_done_at_once(sample: AccountPlan) -> None:
    live = looked_at(sample, CUSTOMER)
    status = at(Actions(), live, "Action/A07", "Status").edit
    assert status is not None
    assert status.follow is not None
    assert status.follow("done") is None
    (done,) = changed(live, at(Actions(), live, "Action/A07", "Status"), "done").where(Action, id="A07")
    assert (done.status, done.done_on) == (ActionStatus.DONE, live.today)


async def test_a_later_date_in_a_later_session_is_a_carry(sample: AccountPlan) -> None:
    live = looked_at(sample)
    carry = changed(live, at(Actions(), live, "Action/A04", "Due"), "2026-07-31").get(Carry, "A04", "S2")
    assert carry is not None
    assert (carry.from_due, carry.to_due) == (dt.date(2026, 5, 1), dt.date(2026, 7, 31))
    with pytest.raises(Refused, match="carry it to another date, or drop it"):
        changed(live, at(Actions(), live, "Action/A04", "Due"), "")
    deed = next(deed for deed in Actions().row_actions(live, "Action/A04") if deed.key == "c")
    assert (deed.text, deed.edit.title.partition(" · ")[0]) == ("Carry", "Carry to which day?")
    other = next(
        deed for deed in Actions().row_actions(live, "Action/A07") if deed.key == "c"
    )  # of this session
    assert (other.text, other.edit.title.partition(" · ")[0]) == ("Give another day", "Due on which day?")
    with pytest.raises(Refused, match="1 Jun 2026 is past: carry it to a day still to come"):
        deed.edit.build(live.whole, "2026-06-01")
    with pytest.raises(Refused, match="No date was given"):
        deed.edit.build(live.whole, " ")


async def test_the_day_it_was_done_can_be_given_on_the_card_and_is_not_to_come(sample: AccountPlan) -> None:
    live = looked_at(sample)
    cell = at(Actions(), live, "Action/A04", "Done on")
    (done,) = changed(live, cell, "yesterday").where(Action, id="A04")
    assert (done.status, done.done_on) == (ActionStatus.DONE, dt.date(2026, 6, 8))
    with pytest.raises(Refused, match="10 Jun 2026 is still to come"):
        changed(live, cell, "+1d")
    (undated,) = changed(live, at(Actions(), live, "Action/A01", "Done on"), "").where(Action, id="A01")
    assert (undated.status, undated.done_on) == (ActionStatus.DONE, None)


async def test_what_is_settled_can_be_opened_again(sample: AccountPlan) -> None:
    live = looked_at(sample)
    for id_, keys in (("A05", "omv"), ("A01", "oemv"), ("A07", "dcrmv")):
        assert "".join(deed.key for deed in Actions().row_actions(live, f"Action/{id_}")) == keys
    deed = Actions().row_actions(live, "Action/A05")[0]
    (opened,) = after(live, deed.edit.build(live.whole, None)).where(Action, id="A05")
    assert (opened.status, opened.reason) == (ActionStatus.OPEN, "")


async def test_every_row_stands_under_one_heading_alone(sample: AccountPlan) -> None:
    for view in EVERY:
        table = view().table(looked_at(sample))
        assert len({row.id for row in table.rows}) == len(table.rows)
        assert set(rows(view(), looked_at(sample))) <= {f"Action/{a.id}" for a in sample.all(Action)}
