"""The scorecard as it is shown: page, trend and the reviews."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from msgspec.structs import replace

from tests.domain.plans import plan_of
from tests.views.plans import cells, changed, headings, looked_at, rows
from workshop_tui.domain.base.entity import Completion
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, Direction
from workshop_tui.domain.model.scorecard import Goal, Initiative, Review, ReviewLine
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Step, apply, set_field
from workshop_tui.views.keys import key
from workshop_tui.views.scorecard.page import FIGURE, Goals, Scorecard
from workshop_tui.views.scorecard.trend import Reviews, Trend
from workshop_tui.views.table import arranged

WIDTHS = (75, 89, 129, 169)
"""Cells of the table in terminals of 80, 120, 160 and 200."""


def reviewed(plan: AccountPlan, *found: tuple[dt.date, str, float, Completion, Direction]) -> AccountPlan:
    rows = (
        row
        for n, (on, initiative, actual, wheel, arrow) in enumerate(found)
        for row in (
            Review(id=f"past{n}", on=on),
            ReviewLine(
                review=f"past{n}", initiative=initiative, actual=actual, completion=wheel, direction=arrow
            ),
        )
    )
    return apply(plan, Step(tuple(map(Add, rows))))


async def test_goals_on_top_components_as_headings_twelve_lines(sample: AccountPlan) -> None:
    live, view = looked_at(sample), Scorecard()
    table = view.table(live)
    assert view.head(live) == "Alliance bookings 3.4/12 GBP m · Alliance revenue recognised 1.1/6.5 GBP m"
    assert view.legend(live).startswith(f"Review 3 days late: {key('review.hold')} holds it · ")
    found = [row.heading for row in table.rows if row.heading]
    assert found == [
        "Offerings",
        "Key accounts",
        "Market awareness",
        "Skills and capacity",
        "Delivery",
        "Governance",
    ]
    assert len(rows(view, live)) == 12
    lay = arranged(table, WIDTHS[0])
    assert lay.starts[-1] == 12 + len(found) + 1, "a line each, and the line for a new one"
    assert not table.headed
    first = table.rows[0]
    assert first.cells[1].text == "Leading indicator"
    assert not any(cell.text for cell in table.rows[3].cells[1:]), "the columns are named once"


async def test_at_80_columns_all_seven_are_there_and_wider_ones_show_more(sample: AccountPlan) -> None:
    table = Scorecard().table(looked_at(sample))

    def shown(width: int) -> list[str]:
        return [table.cols[n].heading for n in arranged(table, width).columns]

    needed = ["Initiative", "Leading indicator", "Target", "Actual", "Wheel", "Arrow", "Owner"]
    assert shown(WIDTHS[0]) == needed
    for less, more in pairwise(WIDTHS):
        assert set(shown(less)) <= set(shown(more))
    assert "Prev" in shown(WIDTHS[1])
    assert {"Trend", "Whose", "Reviews"} <= set(shown(WIDTHS[2]))


async def test_names_come_first_and_nothing_gets_shorter_in_a_wider_terminal(sample: AccountPlan) -> None:
    table = Scorecard().table(looked_at(sample))

    def room(width: int) -> dict[str, int]:
        lay = arranged(table, width)
        return {table.cols[n].heading: room for n, room in zip(lay.columns, lay.widths, strict=True)}

    for less, more in pairwise(WIDTHS):
        assert not [name for name, had in room(less).items() if room(more)[name] < had]
    names = [row.cells[0].text for row in table.rows if not row.heading and not row.placeholder]
    assert max(map(len, names)) <= room(WIDTHS[1])["Initiative"], "no name is cut at 120"


async def test_the_card_begins_with_what_has_no_column(sample: AccountPlan) -> None:
    card = Scorecard().card(looked_at(sample), "Initiative/I01")
    assert card is not None
    assert [row.cells[0].text for row in card.rows][:3] == ["Component", "Whose", "Visible to"]


async def test_signs_where_there_is_little_room(sample: AccountPlan) -> None:
    live = looked_at(sample)
    row = rows(Scorecard(), live)["Initiative/I01"]
    table = Scorecard().table(live)
    found = {col.heading: cell for col, cell in zip(table.cols, row.cells, strict=True)}
    assert (found["Wheel"].within(1), found["Wheel"].within(9)) == ("◕", "◕ 75")
    assert (found["Owner"].within(3), found["Owner"].within(30)) == ("MSP", "Mirela Sandoval-Pike")
    assert (found["Prev"].text, found["Arrow"].text) == ("2", "▲")
    assert rows(Scorecard(), live)["Initiative/I08"].cells[4].tone == "good", "5 of 5"


async def test_the_trend_is_told_by_figures_wheels_and_arrows(sample: AccountPlan) -> None:
    plan = reviewed(
        sample,
        (dt.date(2026, 3, 3), "I10", 9, 0, Direction.FLAT),
        (dt.date(2026, 4, 3), "I10", 1, 75, Direction.UP),
    )
    live = looked_at(plan)
    table = Scorecard().table(live)
    row = rows(Scorecard(), live)["Initiative/I10"]
    found = {col.heading: cell for col, cell in zip(table.cols, row.cells, strict=True)}
    assert (found["Trend"].text, found["Trend"].tone) == ("█▁▃▅", "bad"), "more open points are worse"
    assert (found["Earlier"].text, found["Reviews"].text) == ("·", "○► ◕▲ ··")


# An arrow against its figures


@pytest.mark.parametrize(("row", "value", "arrow"), [("I05", "down", "▼"), ("I12", "flat", "►")])
async def test_enter_turns_the_arrow_as_the_figures_say(
    sample: AccountPlan, row: str, value: str, arrow: str
) -> None:
    live = looked_at(sample)
    cell = rows(Scorecard(), live)[f"Initiative/{row}"].cells[7]
    assert cell.text.endswith(" !")
    assert cell.edit is not None
    first = cell.edit.choices[0]
    assert (first.value, first.text[0]) == (value, arrow)
    after = looked_at(changed(live, cell, first.value))
    assert rows(Scorecard(), after)[f"Initiative/{row}"].cells[7].text == arrow


async def test_or_the_figure_is_opened_instead(sample: AccountPlan) -> None:
    live = looked_at(sample)
    edit = rows(Scorecard(), live)["Initiative/I05"].cells[7].edit
    assert edit is not None
    assert edit.follow is not None
    assert edit.follow("down") is None
    assert [choice.text for choice in edit.choices] == [
        "▼ down, as the figures say (9 → 6)",
        "▲ up, as it is",
        "► flat",
        "Put the figure right: 6",
    ]
    opened = edit.follow(FIGURE)
    assert opened is not None
    assert (opened.sets, opened.text) == ((Initiative, "actual"), "6")
    after = apply(live.whole, Step(tuple(opened.build(live.whole, "12"))))
    assert rows(Scorecard(), looked_at(after))["Initiative/I05"].cells[7].text == "▲"


async def test_arrows_that_agree_are_set_as_every_word_is(sample: AccountPlan) -> None:
    edit = rows(Scorecard(), looked_at(sample))["Initiative/I01"].cells[7].edit
    assert edit is not None
    assert [choice.value for choice in edit.choices] == ["up", "flat", "down"]


# Trend and reviews


async def test_each_review_is_a_column_the_latest_first(sample: AccountPlan) -> None:
    plan = reviewed(sample, (dt.date(2025, 12, 3), "I01", 1, 25, Direction.UP))
    view, live = Trend(), looked_at(plan)
    table = view.table(live)
    assert [col.heading for col in table.cols] == ["Initiative", "Trend", "Now", "6 May", "3 Dec 25"]
    assert cells(rows(view, live)["Initiative/I01"])[1:] == ["▁▅█", "◕▲ 3", "·· 2", "◔▲ 1"]
    assert cells(rows(view, live)["Initiative/I02"])[3:] == ["·· 1", "·"]
    assert len(arranged(table, 40).columns) == 3, "the oldest give way first"
    assert len(arranged(table, 54).columns) == 4


async def test_a_review_is_a_row_with_its_day_and_what_it_found_on_its_card(sample: AccountPlan) -> None:
    plan = reviewed(sample, (dt.date(2026, 6, 8), "I01", 4, 100, Direction.UP))
    view, live = Reviews(), looked_at(plan)
    found = [cells(row) for row in rows(view, live).values()]
    assert found[0] == ["8 Jun 2026", "1", "1", "·", "·", "1", "100 %"]
    assert found[1][:2] == ["6 May 2026", "12"]
    card = view.card(live, "Review/past0")
    assert card is not None
    assert [cells(row) for row in card.rows] == [["Continuity Ready packaged", "●▲ 4"]]


async def test_without_anything_it_says_what_goes_there() -> None:
    live = looked_at(plan_of())
    assert Scorecard().table(live).told_empty.startswith("No initiatives yet: press ")
    held = f"No review was held yet: press {key('review.hold')} to hold one."
    assert Reviews().table(live).told_empty == held
    assert Scorecard().head(live) == ""
    unnamed = looked_at(plan_of(Initiative(id="i", title="x"), Goal(id="g", title="Bookings", target=2)))
    assert [row.heading for row in Scorecard().table(unnamed).rows if row.heading] == ["Without a component"]
    assert Scorecard().head(unnamed) == "Bookings 0/2"


async def test_the_customer_sees_what_is_agreed_with_them_and_none_of_the_past(sample: AccountPlan) -> None:
    live = looked_at(sample, CUSTOMER)
    assert [view.is_open(live) for view in (Scorecard(), Goals(), Trend(), Reviews())] == [False] * 4
    agreed = sample.get(Initiative, "I05")
    assert agreed is not None
    theirs = looked_at(apply(sample, Step(set_field(agreed, "visibility", CUSTOMER))), CUSTOMER)
    assert [view.is_open(theirs) for view in (Scorecard(), Goals(), Trend(), Reviews())] == [
        True,
        *[False] * 3,
    ]
    table = Scorecard().table(theirs)
    assert [row.heading for row in table.rows if row.heading] == ["Market awareness"]
    assert headings(table) == [
        "Initiative",
        "Leading indicator",
        "Whose",
        "Target",
        "Actual",
        "Wheel",
        "Arrow",
        "Owner",
    ]
    assert Scorecard().head(theirs) == ""
    (row,) = rows(Scorecard(), theirs).values()
    assert row.cells[6].text == "▲", "that it disagrees with its figures is ours to know"


async def test_whose_performance_it_is_is_said_where_there_is_room(sample: AccountPlan) -> None:
    first = sample.get(Initiative, "I01")
    assert first is not None
    live = looked_at(apply(sample, Step(set_field(first, "party", "tech"))))
    table = Scorecard().table(live)
    found = [row.cells[2].text for row in rows(Scorecard(), live).values()]
    assert found[:2] == ["Stratalume", "alliance"]
    edit = rows(Scorecard(), live)["Initiative/I01"].cells[2].edit
    assert edit is not None
    assert [choice.text for choice in edit.choices] == ["Norvane", "Quillhaven", "Stratalume", "none"]
    assert "Whose" not in [table.cols[n].heading for n in arranged(table, WIDTHS[1]).columns]
    assert "Whose" in [table.cols[n].heading for n in arranged(table, WIDTHS[2]).columns]


async def test_among_us_it_is_said_that_sharing_leads_elsewhere(sample: AccountPlan) -> None:
    assert "shares another block" in Scorecard().legend(looked_at(sample))
    (first, *_) = sample.all(Initiative)
    theirs = apply(sample, Step(set_field(first, "visibility", CUSTOMER)))
    assert "shares another block" not in Scorecard().legend(looked_at(theirs))
    assert Scorecard().legend(looked_at(sample, CUSTOMER)) == ""


async def test_what_is_no_firms_alone_is_the_alliances_in_the_cell_and_in_its_list(
    sample: AccountPlan,
) -> None:
    plan = AccountPlan.of(replace(r, party=None) if isinstance(r, Initiative) else r for r in sample)
    shared = next(iter(rows(Scorecard(), looked_at(plan)).values()))
    ours = next(cell for cell in shared.cells if cell.text == ALLIANCE)
    assert ours.edit
    assert ours.edit.text == ALLIANCE
    assert [choice.value for choice in ours.edit.choices if choice.text == ALLIANCE] == [None]
