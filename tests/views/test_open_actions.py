"""The open actions of all accounts as rows: in lanes, grouped, filtered by words, marked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.app.driver import AT
from tests.domain.plans import ON
from workshop_tui.documents.monday import monday_lanes
from workshop_tui.domain.base.vocabulary import ALLIANCE, UNCUT, DateOrder
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Step, set_field
from workshop_tui.domain.rules.action_lanes import By, action_line, filter_of, in_order
from workshop_tui.domain.rules.follow_through import is_carry
from workshop_tui.live.monday import monday
from workshop_tui.store.listing import accounts
from workshop_tui.store.open_actions import OpenAction, firms, in_each, open_actions
from workshop_tui.store.store import Store
from workshop_tui.views.monday import monday_head, seen_as
from workshop_tui.views.open_actions import (
    ActionList,
    ListedActions,
    action_id,
    actions_head,
    actions_table,
    day_read,
    redating,
)
from workshop_tui.views.table import arranged

Read = Callable[..., tuple[OpenAction, ...]]


@pytest.fixture
def norvane(norvane_grown: Path) -> Path:
    """A database with the sample account as it is shipped: one of its actions is the customer's."""
    return norvane_grown


@pytest.fixture
def read(norvane: Path) -> Read:
    def read(audience: str = "", days: int = 0) -> tuple[OpenAction, ...]:
        return open_actions(norvane, ON, on=lambda day: day + dt.timedelta(days), audience=audience)

    return read


def told(found: tuple[OpenAction, ...], asked: ActionList, actor: str = "me") -> list[str]:
    table = actions_table(ListedActions(found, actor), asked)
    return [row.heading or row.cells[0].text.removeprefix("norvane/") for row in table.rows]


def test_the_lanes_of_the_sample(read: Read) -> None:
    every = ["A04", "A08", "A09", "A13", "A10", "A11"]
    lanes = ["This week · 1", "A07", "Later · 6", *every, "No date or owner · 1", "A12"]
    assert told(read(), ActionList()) == lanes
    assert told(read(days=11), ActionList())[:3] == ["Late · 2", "A07", "A04"]
    assert actions_head(ListedActions(read(), ""), ActionList()) == "8 open actions · 1 without date or owner"
    assert actions_head(ListedActions(read(days=11), ""), ActionList()).startswith(
        "8 open actions · 2 late · "
    )


def test_cells_say_how_late_what_is_missing_and_how_often_it_was_carried(read: Read) -> None:
    table = actions_table(ListedActions(read(days=11), ""), ActionList())
    heads = [col.heading for col in table.cols]
    cells = {row.cells[0].text: dict(zip(heads, row.cells, strict=True)) for row in table.rows if row.cells}
    assert (cells["norvane/A07"]["Due"].text, cells["norvane/A07"]["Due"].tone) == ("9 d late", "bad")
    assert cells["norvane/A12"]["Due"].text == cells["norvane/A11"]["Answers for it"].text == "?"
    assert cells["norvane/A04"]["Action"].text.endswith("↻ 1× from 1 May 2026")
    assert cells["norvane/A08"]["Owner"].brief == "Mirela S."


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("@mirela", ["A08"]),
        ("late", ["A07", "A04"]),
        ("mine", ["A07", "A08", "A12"]),
        ("theirs", ["A13"]),
        ("acct:nor drill", ["A13", "A11"]),
        ("acct:zebra", []),
        ("late @anselm", ["A04"]),
    ],
)
def test_words_filter(read: Read, wanted: str, found: list[str]) -> None:
    rows = told(read(days=11), ActionList(wanted=wanted), "Mirela")
    assert [row for row in rows if row.startswith("A")] == found
    if not found:
        assert actions_table(ListedActions(read(), ""), ActionList(wanted=wanted)).empty.startswith(
            "No account with an open action is called «zebra»: use Norvane Bank; "
        )


def test_a_filter_that_names_nobody_says_so(read: Read) -> None:
    for wanted, said in (
        ("@mirella", "Nobody with an open action is called «mirella»: use Mirela Sandoval-Pike; "),
        ("mine", "Nothing is yours: you go by «zorro», which `actor` in config.toml changes; "),
        ("@mirela zebra", "No action has «@mirela zebra»: "),
    ):
        assert actions_table(ListedActions(read(), "zorro"), ActionList(wanted=wanted)).empty.startswith(said)


def test_groups_and_what_their_headings_tell_needs_no_column(read: Read) -> None:
    asked = ActionList()
    heads = {}
    for _ in By:
        heads[asked.by] = [
            row.heading for row in actions_table(ListedActions(read(), ""), asked).rows if row.heading
        ]
        asked.group_next()
    assert asked.by is By.LANE
    assert "Nadia Okonjo-Wells · the customer's · 1" in heads[By.OWNER]
    assert heads[By.ACCOUNT] == ["Norvane Bank · 8"]
    assert len(heads[By.FIRM]) == 3
    assert "First drill passed · 2" in heads[By.MILESTONE]
    cols = [col.heading for col in actions_table(ListedActions(read(), ""), ActionList(By.OWNER)).cols]
    assert "Owner" not in cols
    assert "Account" not in cols


def test_a_heading_narrows_and_marks_stay_on_their_rows(read: Read) -> None:
    found, asked = read(), ActionList()
    part = actions_table(ListedActions(found, ""), asked).rows[0].id
    assert [row.cells[0].text for row in actions_table(ListedActions(found, ""), asked, part).rows[1:]] == [
        "norvane/A07"
    ]
    asked.marked = {action_id(found[0])}
    assert [row.id for row in actions_table(ListedActions(found, ""), asked).rows if row.marked] == [
        action_id(found[0])
    ]
    assert actions_head(ListedActions(found, ""), asked).endswith("1 marked")
    asked.clear()
    assert not any(row.marked for row in actions_table(ListedActions(found, ""), asked).rows)


def test_of_two_accounts_ids_stay_apart_and_the_account_has_a_column(read: Read) -> None:
    twin = tuple(
        replace(action, account="twin", account_name="Twin", ref=f"twin/{action.id}") for action in read()
    )
    table = actions_table(ListedActions((*read(), *twin), ""), ActionList())
    assert "Account" in [col.heading for col in table.cols]
    refs = [row.cells[0].text for row in table.rows if row.cells]
    assert len(set(refs)) == 16
    assert {"norvane/A07", "twin/A07"} <= set(refs)


def test_an_audience_sees_its_own_and_words_are_offered_that_find_something(
    read: Read, norvane: Path
) -> None:
    shown = {audience: {one.id for one in read(audience)} for audience in (ALLIANCE, *firms(norvane))}
    assert {"A09", "A10"}.isdisjoint(shown[ALLIANCE])
    assert shown["Stratalume"] - shown[ALLIANCE] == {"A09"}
    assert dict(ListedActions(read(), "Mirela").chips) == {"week": 1, "mine": 3, "theirs": 1}
    line = action_line(next(one for one in read() if one.id == "A11"))
    assert line.startswith("norvane/A11 · 31 Jul 2026 · First drill")
    assert "nobody answers for it" in line


def test_accounts_monday_and_actions_count_the_same_as_late(norvane: Path, grown: AccountPlan) -> None:
    on = ON + dt.timedelta(days=20)  # an action that Stratalume keeps to itself is late, and the review
    with closing(Store.open(norvane)) as store:
        store.commit("norvane", Step(set_field(grown.account, "as_of", None), "me", AT))
    (listed,) = accounts(norvane, on)
    assert listed.overdue == sum(bool(one.days_late) for one in open_actions(norvane, on)) == 4
    head = monday_head(monday_lanes(monday(norvane, on, audience=UNCUT)))
    assert ", 4 actions and 1 review late · " in head
    head = monday_head(monday_lanes(monday(norvane, on, audience=ALLIANCE)))
    assert ", 3 actions and 1 review late · " in head


@pytest.mark.parametrize(
    ("whom", "said"),
    [(UNCUT, "all of it"), (ALLIANCE, "as the alliance sees it"), ("Stratalume", "as Stratalume sees it")],
)
def test_it_says_for_whom_it_is_cut(whom: str, said: str) -> None:
    assert seen_as(whom) == said


def test_a_day_that_is_typed_is_said_in_full_and_as_each_account_reads_it(read: Read) -> None:
    one = next(each for each in read() if each.id == "A07")
    assert day_read([one], "13 dec", day_first=True) == "Sun 13 Dec 2026, a weekend"
    assert day_read([one], "3/4", day_first=False) == "Thu 4 Mar 2027"
    ours = replace(one, date_order=DateOrder.DAY_FIRST)
    assert day_read([ours], "3/4", day_first=False) == "Sat 3 Apr 2027, a weekend"
    assert day_read([one, ours], "3/4", day_first=False) == "Thu 4 Mar 2027 or Sat 3 Apr 2027, a weekend"
    assert day_read([one], "some day", day_first=True) == ""


def test_another_day_is_a_carry_where_the_day_was_agreed(read: Read, grown: AccountPlan) -> None:
    found = {one.id: one for one in read()}
    assert {one.id for one in read() if one.is_agreed} == {
        "A04"
    }  # made in session 1, the others in session 2
    for one in read():
        action = grown.get(Action, one.id)
        assert action
        assert one.is_agreed is (bool(action.due) and is_carry(grown, action, "S2"))
    assert redating([found["A04"]]) == ("Carry", "")
    assert redating([found["A07"]]) == ("Give another day", "")
    both = [found["A04"], found["A07"]]
    assert redating(both) == ("Give another day", "1 of 2 count as carried")


def test_an_action_is_handed_to_whoever_is_in_every_account_and_has_not_left_ours_first(
    norvane: Path, grown: AccountPlan
) -> None:
    people = in_each(norvane, {"norvane"}, ON, ALLIANCE)
    assert set(people) <= set(in_each(norvane, {"norvane"}, ON, ""))
    ours = [name for name, is_ours in people if is_ours]
    assert people[: len(ours)] == tuple((name, True) for name in ours)
    assert ("Nadia Okonjo-Wells", False) in people
    assert in_each(norvane, {"norvane", "nowhere"}, ON, ALLIANCE) == ()
    nadia = next(person for person in grown.all(Stakeholder) if person.name == "Nadia Okonjo-Wells")
    with closing(Store.open(norvane)) as store:
        store.commit("norvane", Step(set_field(nadia, "left_on", ON.isoformat()), "me", AT))
    assert ("Nadia Okonjo-Wells", False) not in in_each(norvane, {"norvane"}, ON, ALLIANCE)


def test_each_key_of_a_filter_shows_the_rows_that_were_made_once_in_columns_that_stand_still(
    read: Read,
) -> None:
    listed = ListedActions(read(), "Mirela")
    every = actions_table(listed, ActionList())
    some = actions_table(listed, ActionList(wanted="the"))
    made = {row.id: row for row in every.rows if row.cells}
    shown = [row for row in some.rows if row.cells]
    assert 0 < len(shown) < len(made)
    assert all(row is made[row.id] for row in shown)
    assert every.cols == some.cols
    assert arranged(every, 116).widths == arranged(some, 116).widths
    assert every.widest[1] == max(len(row.cells[1].text) for row in made.values())
    marked = actions_table(listed, ActionList(marked={shown[0].id}))
    assert [row.id for row in marked.rows if row.marked] == [shown[0].id]
    assert not made[shown[0].id].marked


def test_what_a_filter_looks_at_is_the_same_however_often_it_is_asked(read: Read) -> None:
    listed = ListedActions(read(days=11), "Mirela")
    for wanted in ("late", "@mirela", "", "acct:nor drill", "late"):
        told_ = filter_of(wanted)
        assert listed.wanted(wanted) == tuple(
            one for one in in_order(read(days=11)) if told_.lets_through(one, "Mirela")
        )


def test_a_wider_list_never_has_fewer_columns_nor_a_narrower_title_than_the_narrowest(read: Read) -> None:
    twin = tuple(replace(action, account="twin", account_name="Twin") for action in read())
    table = actions_table(ListedActions((*read(), *twin), ""), ActionList(), low=True)
    layouts = [arranged(table, width) for width in (76, 98, 116, 157, 197)]
    shown = [{table.cols[n].heading for n in layout.columns} for layout in layouts]
    assert all(some <= more for some, more in pairwise(shown))
    assert {"Id", "Action", "Owner", "Due"} <= shown[0]
    assert len(shown[-1]) == len(table.cols) == 8
    titles = [layout.widths[1] for layout in layouts]
    assert titles[0] <= min(titles)
