"""Milestones painted in time, as text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

import pytest
from rich.cells import cell_len

from tests.views.plans import looked_at
from workshop_tui.domain.base.validation import validated, with_values
from workshop_tui.domain.base.vocabulary import CUSTOMER, ActionStatus
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Refused, Step, apply
from workshop_tui.domain.rules.milestones import milestones
from workshop_tui.views.actions.timeline import Milestones, paint
from workshop_tui.views.pictures.picture import Picture

ON = dt.date(2026, 6, 9)


def text(picture: Picture) -> list[str]:
    """Return the rows of a picture as they are read."""
    painted = []
    for runs in picture.rows:
        row = ""
        for run in runs:
            assert cell_len(row) <= run.x, (row, run)
            row += " " * (run.x - cell_len(row)) + run.text
        painted.append(row.rstrip())
    return painted


def action(number: int, milestone: str, due: str | None, status: str = "open") -> Action:
    values = {"id": f"a{number}", "session": "S1", "title": "Do it well", "milestone": milestone}
    return validated(Action, {**values, "due": due, "status": status})


def painted(actions: Sequence[Action], width: int = 60, **more: bool) -> list[str]:
    return text(paint(milestones(actions), ON, width, **more))


def test_the_sample_as_a_line_in_time(sample: AccountPlan) -> None:
    live_rows = text(paint(milestones(sample.where(Action, visibility="alliance")), ON, 76))
    assert live_rows == [
        "Mar 2026           Apr               May                Jun",
        "┬──────────────────┬─────────────────┬──────────────────┬────▼──────────────",
        "           ━━━━━━━◆ Discovery complete 2/2 ✓                 │",
        "                                 ◆ Interest tested 1/1 ✓     │",
        "                            Awareness dropped ×              │",
        "                                   Terms agreed 1/1 ✓ ◆      │",
        "                                                Trust repaired 0/1 ◆",
        "◇ Board contact 0/1 no date",
    ]


def test_what_is_late_says_so_in_colour_and_by_sign() -> None:
    actions = [
        action(1, "Terms", "2026-05-04", "done"),
        action(2, "Terms", "2026-06-01"),
        action(3, "Launch", "2026-07-01"),
    ]
    picture = paint(milestones(actions), ON, 60)
    (terms,) = (row for row in text(picture) if "Terms" in row)
    assert "━◆ Terms 1/2 !" in terms
    assert {run.tone for run in picture.rows[2]} == {"bad"}
    assert not any("!" in row for row in painted(actions, tells_late=False))


def test_the_year_stands_where_it_is_another_and_months_give_way() -> None:
    actions = [action(1, "Start", "2025-11-15"), action(2, "End", "2027-02-10")]
    head, axis, *_ = painted(actions, 40)
    assert head.startswith("Nov 2025")
    assert "2026" in head
    assert head.count("2025") == head.count("2026") == 1
    assert len(axis) == 40
    assert axis.count("▼") == 1
    few = painted([action(1, "Near", "2026-06-12")], 40)
    assert few[0] == "Jun 2026"


@pytest.mark.parametrize("width", [24, 40, 60, 120])
@pytest.mark.parametrize("name", ["Go", "Cost range given to the board", "漢字の長い里程標" * 4, "é" * 90])
def test_a_label_fits_its_row_and_stands_off_its_mark(width: int, name: str) -> None:
    dues = ["2026-01-02", "2026-06-09", "2026-12-30", None]
    actions = [action(n, f"{name} {n}", due) for n, due in enumerate(dues)]
    picture = paint(milestones(actions), ON, width)
    for row in text(picture):  # which checks that nothing is painted over anything else
        assert cell_len(row) <= width
    for place in picture.items.values():
        assert 0 <= place.x < place.right <= width
    assert len(picture.items) == 4


def test_the_cursor_goes_from_one_to_the_next(sample: AccountPlan) -> None:
    picture = paint(milestones(sample.all(Action)), ON, 60)
    names = list(picture.items)
    for name, after in pairwise(names):
        assert picture.beyond(name, (0, 1)) == after
        assert picture.beyond(after, (0, -1)) == name
    assert picture.beyond(names[0], (0, -1)) == ""


async def test_the_card_has_its_actions_and_the_foot_its_date(sample: AccountPlan) -> None:
    live, view = looked_at(sample), Milestones()
    name = "Milestone/A01"
    card = view.card(live, name)
    assert card is not None
    assert [row.id for row in card.rows] == ["Action/A01", "Action/A02"]
    assert view.foot(live, name, 60)[0][0].startswith("Discovery complete: 2/2 done, due Tue 31 Mar 2026")
    assert view.foot(live, "Milestone/A05", 60)[0][0].startswith("Awareness: dropped, due ")
    assert view.find(live, "comp") == name
    assert view.find(live, "zzz") == ""
    assert view.card(live, "new") is None


async def test_a_milestone_is_renamed_in_all_its_actions(sample: AccountPlan) -> None:
    live = looked_at(sample)
    (rename,) = Milestones().row_actions(live, "Milestone/A01")
    after = apply(live.whole, Step(tuple(rename.edit.build(live.whole, "We know enough"))))
    assert {a.id for a in after.where(Action, milestone="We know enough")} == {"A01", "A02"}
    with pytest.raises(Refused, match="needs a name"):
        rename.edit.build(live.whole, "")
    with pytest.raises(Refused, match="There is a milestone «Interest tested» already"):
        rename.edit.build(live.whole, "interest Tested")
    recased = apply(live.whole, Step(tuple(rename.edit.build(live.whole, "DISCOVERY complete"))))
    assert {a.id for a in recased.where(Action, milestone="DISCOVERY complete")} == {"A01", "A02"}
    with pytest.raises(Refused, match="is called otherwise by now"):
        rename.edit.build(after, "We know more")


async def test_a_milestone_keeps_its_hidden_actions_when_it_is_renamed_and_tells_nothing_of_others(
    sample: AccountPlan,
) -> None:
    shared = with_values(action(1, "Go-live", "2026-07-01"), visibility=CUSTOMER)
    hidden, other = action(2, "go-live", "2026-07-02"), action(3, "Behind the scenes", "2026-07-03")
    live = looked_at(AccountPlan.of((*sample, shared, hidden, other)), CUSTOMER)
    (rename,) = Milestones().row_actions(live, "Milestone/a1")
    after = apply(live.whole, Step(tuple(rename.edit.build(live.whole, "In use"))))
    assert {a.id for a in after.where(Action, milestone="In use")} == {"a1", "a2"}
    assert rename.edit.build(live.whole, "Behind the scenes")


async def test_each_audience_sees_the_milestones_of_its_actions(sample: AccountPlan) -> None:
    def names(audience: str) -> set[str]:
        live = looked_at(sample, audience)
        return {name.partition("/")[2] for name in Milestones().picture(live, 76, 20).items}

    assert names(CUSTOMER) == {"A07", "A08", "A11"}
    assert "A10" in names("ps") - names("tech")
    assert "A09" in names("tech") - names("ps")
    late = sample.all(Action)[6]
    assert late.milestone == "Value validated"
    late_plan = AccountPlan.of((*sample, with_values(late, due="2026-06-01")))
    row = text(Milestones().picture(looked_at(late_plan, CUSTOMER), 76, 20))[2]
    assert "Value validated 0/1" in row
    assert "!" not in row
    assert "Value validated 0/1 !" in "\n".join(text(Milestones().picture(looked_at(late_plan), 76, 20)))


async def test_without_milestones_it_says_how_to_get_one(sample: AccountPlan) -> None:
    bare = AccountPlan.of(row for row in sample if not isinstance(row, Action))
    live = looked_at(bare)
    assert not Milestones().is_drawn(live)
    assert "give an action one" in Milestones().table(live).told_empty
    dropped = AccountPlan.of((*bare, action(1, "Gone", None, ActionStatus.DROPPED.value)))
    assert Milestones().is_drawn(looked_at(dropped))
