"""The growth path as a road map: periods across, units down, short against long."""

from __future__ import annotations

import pytest

from tests.views.plans import at, cells, changed, looked_at
from tests.views.value.targets import RESTORED, gathered
from workshop_tui.domain.base.vocabulary import CUSTOMER, GrowthStatus
from workshop_tui.domain.model.discovery import Objective
from workshop_tui.domain.model.value import GrowthStep
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.setters import FieldRef, set_value
from workshop_tui.domain.plan.step import Refused, Step, apply
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.pictures.picture import Picture
from workshop_tui.views.proposition.growth_path import GrowthPath

STEPS = (
    GrowthStep(
        id="G1",
        period="2026-Q3",
        unit="Payments",
        what="Drills for all services",
        worth=400_000,
        status=GrowthStatus.BEGUN,
        owner="ST13",
        visibility="customer",
        rank=1,
        proof="F2",
        objective="O1",
    ),
    GrowthStep(id="G2", period="2027-Q1", unit="Retail", what="The same for cards", worth=250_000, rank=2),
    GrowthStep(id="G3", period="2028", unit="Payments", what="Run it as a service", worth=1_200_000, rank=3),
    GrowthStep(id="G4", period="2026-Q1", unit="Retail", what="A first review", rank=4),
)
OBJECTIVE = Objective(id="O1", text="No outage at month end", visibility="customer")


def plan(sample: AccountPlan) -> AccountPlan:
    return gathered(sample, RESTORED, OBJECTIVE, *STEPS)


def painted(picture: Picture) -> list[str]:
    """Return the rows as text."""
    lines = []
    for row in picture.rows:
        line = ""
        for run in row:
            line = line.ljust(run.x) + run.text
        lines.append(line.rstrip())
    return lines


async def test_periods_stand_across_units_down_and_short_against_long_above(sample: AccountPlan) -> None:
    live, view = looked_at(plan(sample)), GrowthPath()
    picture = view.picture(live, 120, 30)
    assert painted(picture)[0] == (
        f"Within 12 months 2 steps, GBP 650,000 {'█' * 8}{'░' * 16} 1 step, GBP 1,200,000 beyond"
    )
    assert painted(picture)[1].split() == ["Q1", "2026", "Q3", "2026", "Q1", "2027", "2028"]
    where = {name.removeprefix("GrowthStep/"): place for name, place in picture.items.items()}
    assert list(where) == ["G4", "G1", "G2", "G3"]  # as one walks from Home to End
    assert where["G1"].y == where["G3"].y < where["G2"].y == where["G4"].y
    assert where["G4"].x < where["G1"].x < where["G2"].x < where["G3"].x
    tones = {run.text: run.tone for row in picture.rows for run in row}
    assert tones["○! A first review"] == "bad"  # its time has passed
    assert tones["◑ Drills for all services"] == "accent"
    assert picture.pinned == 3


async def test_where_there_is_no_room_across_the_steps_are_listed_by_period(sample: AccountPlan) -> None:
    live, view = looked_at(plan(sample)), GrowthPath()
    picture = view.picture(live, 52, 14)
    assert picture.width <= 52
    assert painted(picture)[2:] == [
        "Q1 2026 over",
        "  Retail    ○! A first review",
        "Q3 2026 within a year",
        "  Payments  ◑ Drills for all services 400,000",
        "Q1 2027 within a year",
        "  Retail    ○ The same for cards 250,000",
        "2028 later than a year",
        "  Payments  ○ Run it as a service 1,200,000",
    ]
    assert [name.removeprefix("GrowthStep/") for name in picture.items] == ["G4", "G1", "G2", "G3"]
    assert picture.beyond("GrowthStep/G1", (0, -1)) == "GrowthStep/G4"


@pytest.mark.parametrize("width", [20, 34, 52, 80, 96, 130, 190])
async def test_every_step_is_in_the_picture_at_any_width_and_nothing_overlaps(
    sample: AccountPlan, width: int
) -> None:
    live, view = looked_at(plan(sample)), GrowthPath()
    picture = view.picture(live, width, 20)
    assert len(picture.items) == len(STEPS)
    for row in picture.rows:
        ends = [run.x + len(run.text) for run in row]
        assert all(end <= after.x for end, after in zip(ends, row[1:], strict=False))
    assert picture.width <= width


async def test_a_step_is_told_with_what_it_serves_and_builds_on(sample: AccountPlan) -> None:
    live, view = looked_at(plan(sample)), GrowthPath()
    told = [text.rstrip() for text, _ in view.foot(live, "GrowthStep/G1", 120)]
    assert told == [
        "Drills for all services: Q3 2026 · Payments · GBP 400,000 · begun · Nadia Okonjo-Wells",
        "serves “No outage at month end” · builds on “Payments restored in an hour”",
        "○ planned ◑ begun ✓ done × dropped · ! its time has passed",
    ]
    assert view.find(live, "retail") == "GrowthStep/G4"
    assert view.find(live, "serv") == "GrowthStep/G1"
    assert view.find(live, "nothing") == ""


def _pressed(view: GrowthPath, live: LivePlan, step: str, way: tuple[int, int]) -> GrowthStep:
    build = view.press(live, f"GrowthStep/{step}", "nudge", way)
    assert build is not None
    (now,) = apply(live.whole, Step(tuple(build(live.whole)))).where(GrowthStep, id=step)
    return now


async def test_shift_and_an_arrow_move_a_step_in_time_and_among_the_units(sample: AccountPlan) -> None:
    live, view = looked_at(plan(sample)), GrowthPath()
    assert _pressed(view, live, "G1", (1, 0)).period == "2026-Q4"
    assert _pressed(view, live, "G3", (-1, 0)).period == "2027"
    assert _pressed(view, live, "G1", (0, 1)).unit == "Retail"
    assert _pressed(view, live, "G1", (0, -1)).unit == "Payments"
    assert view.press(live, "heading/x", "nudge", (1, 0)) is None


async def test_period_and_worth_are_typed_as_people_say_them(sample: AccountPlan) -> None:
    live, view = looked_at(plan(sample)), GrowthPath()
    period = at(view, live, "GrowthStep/G1", "Period")
    assert period.text == "Q3 2026"
    assert period.edit is not None
    assert period.edit.hint is not None
    assert period.edit.hint("q4 2026") == "Q4 2026: 1 Oct 2026 to 31 Dec 2026"
    assert period.edit.hint("20") == "a quarter or a year: q3 2026, 2027"
    assert period.edit.whole
    assert changed(live, period, "q1 2027").where(GrowthStep, id="G1", period="2027-Q1")
    with pytest.raises(Refused, match="a quarter or a year, as in Q3 2026 or 2027"):
        changed(live, period, "soon")
    worth = at(view, live, "GrowthStep/G1", "Worth")
    assert worth.text == "400,000"
    assert changed(live, worth, "1.2m").where(GrowthStep, id="G1", worth=1_200_000.0)
    (row,) = (row for row in view.table(live).rows if row.placeholder)
    (made,) = changed(live, row.cells[0], "Cards").where(GrowthStep, what="Cards")
    assert (made.period, made.status) == ("2026-Q3", GrowthStatus.PLANNED)


async def test_the_customer_sees_its_steps_alone_without_what_we_expect_of_them(sample: AccountPlan) -> None:
    live, view = looked_at(plan(sample), CUSTOMER), GrowthPath()
    picture = view.picture(live, 120, 30)
    text = "\n".join(painted(picture))
    assert list(picture.items) == ["GrowthStep/G1"]
    assert not [word for word in ("400", "GBP", "Within", "Retail", "2028", "!") if word in text]
    card = view.card(live, "GrowthStep/G1")
    assert card is not None
    assert "Worth" not in [cells(row)[0] for row in card.rows]
    told = " ".join(text for text, _ in view.foot(live, "GrowthStep/G1", 120))
    assert "GBP" not in told
    assert "passed" not in told
    assert view.card(live, "GrowthStep/G2") is None


async def test_a_cell_of_a_step_changes_what_the_rule_of_its_field_says(sample: AccountPlan) -> None:
    live, view = looked_at(plan(sample)), GrowthPath()
    for heading, name, value in (("Worth", "worth", "2"), ("Owner", "owner", "P1"), ("Unit", "unit", "HR")):
        cell = at(view, live, "GrowthStep/G1", heading)
        assert cell.edit is not None
        by_rule = set_value(live.whole, FieldRef(GrowthStep, ("G1",), name), value, live.context)
        assert tuple(cell.edit.build(live.whole, value)) == tuple(by_rule)
