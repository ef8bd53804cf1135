"""A review while it is held: what each key makes of the form, and what is held in the end."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.plans import ON, plan_of
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import Direction
from workshop_tui.domain.model.scorecard import Initiative, Review, ReviewLine
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Refused, Step, apply, set_field
from workshop_tui.views.scorecard.review import ARROWS, NEW_FIGURE, WHEELS, ReviewForm

LAST = dt.date(2026, 5, 6)
PLAN = plan_of(
    Initiative(id="a", rank=1, title="Round table", component="One", target=20, actual=6),
    Initiative(id="b", rank=2, title="Story", component="Two", target=2, completion=25),
    Initiative(id="c", rank=3, title="Open points", component="One", actual=5, lower_is_better=True),
    Review(id="r", on=LAST),
    ReviewLine(review="r", initiative="a", actual=9),
    ReviewLine(review="r", initiative="c", actual=3),
)


def form(draft: str = "") -> ReviewForm:
    return ReviewForm.of(PLAN, ON, draft)


def texts(shown: ReviewForm) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in shown.table().rows]


def held(shown: ReviewForm, plan: AccountPlan = PLAN) -> AccountPlan:
    return apply(plan, Step(tuple(shown.build(plan, lambda: "new"))))


def test_the_last_figure_stands_beside_the_new_one_those_of_a_component_together() -> None:
    assert texts(form()) == [
        ["Round table", "", "20", "9", "6", "○ 0", "► !▼"],
        ["Open points", "", "0", "3", "5", "○ 0", "► !▼"],
        ["Story", "", "2", "·", "0", "◔ 25", "►"],
        ["Hold the review of 9 Jun 2026: 0 of 3 changed · 2 arrows to check"],
    ]


def test_digits_type_a_figure_over_the_one_that_is_there_and_go_on_behind_it() -> None:
    shown = form().typed("1").typed("2").typed(".").typed("5")
    assert shown.lines[0].figure == 12.5
    assert shown.moved(1).moved(-1).typed("7").lines[0].figure == 7
    assert shown.taken_back().taken_back().typed("3").lines[0].figure == 123


def test_what_was_there_comes_back_once_all_is_taken_back() -> None:
    shown = form().typed("1").taken_back()
    assert shown == ReviewForm(ON, form().lines, is_typing=True)
    assert shown.taken_back() == shown


def test_wheel_and_arrow_are_set_from_wherever_in_the_line() -> None:
    shown = form().wheeled().turned(Direction.DOWN)
    assert (shown.lines[0].wheel, shown.lines[0].arrow, shown.column) == (25, Direction.DOWN, NEW_FIGURE)
    assert form().crossed(1).typed("4").lines[0].wheel == 100
    assert form().crossed(1).typed("5") == form().crossed(1)
    assert form().crossed(1).typed("4").wheeled().lines[0].wheel == 0
    assert form().crossed(1).stepped(1).stepped(1).stepped(-1).lines[0].wheel == 25
    assert form().stepped(-1).lines[0].figure == 5


def test_a_figure_typed_on_the_arrow_goes_where_figures_stand() -> None:
    shown = form().crossed(5).typed("8")
    assert (shown.column, shown.lines[0].figure) == (NEW_FIGURE, 8)
    assert form().crossed(5).column == ARROWS
    assert form().crossed(5).crossed(-1).column == WHEELS


def test_an_arrow_turned_as_the_figures_say_disagrees_no_more() -> None:
    shown = form().turned(Direction.DOWN)
    assert shown.lines[0].against is None
    assert form().moved(1).turned(Direction.DOWN).lines[1].against is None, "five points for three is worse"


def test_nothing_is_set_on_the_line_that_holds_it() -> None:
    end = form().moved(9)
    assert end.is_at_end
    assert end.current is None
    for same in (end.typed("4"), end.wheeled(), end.turned(Direction.UP), end.stepped(1), end.taken_back()):
        assert same == end


def test_all_is_held_in_one_step_what_was_not_set_stays() -> None:
    after = held(form().typed("8").moved(1).turned(Direction.DOWN))
    assert {i.id: (i.actual, i.completion, i.direction.value) for i in after.all(Initiative)} == {
        "a": (8, 0, "flat"),
        "b": (0, 25, "flat"),
        "c": (5, 0, "down"),
    }
    assert len(after.where(ReviewLine, review="new")) == 3


@pytest.mark.parametrize("typed", [".", ",", "1,234", "1.2.3"])
def test_what_is_no_figure_is_found(typed: str) -> None:
    shown = form().moved(1)
    for sign in typed:
        shown = shown.typed(sign)
    assert shown.wrong == 1
    assert form().wrong is None


def test_somebody_elses_value_is_not_overwritten_unseen() -> None:
    mine = form().typed("8")
    theirs = apply(PLAN, Step(set_field(mine.lines[0].row, "actual", 7)))
    with pytest.raises(Refused, match="Somebody else has set Round table to 7 ○ ► meanwhile"):
        mine.build(theirs, lambda: "new")
    again = mine.seen(theirs)
    assert held(again, theirs).get(Initiative, "a") == with_values(mine.lines[0].row, actual=8)
    untouched = form().moved(1).typed("4")
    assert held(untouched, theirs).get(Initiative, "a") == theirs.get(Initiative, "a")


@pytest.mark.parametrize(
    "draft", ["", "{", "[]", "3", '{"a":3}', '{"a":["1"]}', '{"a":[1,2,[]]}', '{"gone":["1",25,"up"]}']
)
def test_a_draft_that_means_nothing_is_left_out(draft: str) -> None:
    assert form(draft) == form()


def test_begun_again_nothing_is_set() -> None:
    assert form().typed("8").moved(2).wheeled().cleared() == form()


KEYS = st.lists(
    st.sampled_from(
        [
            *(lambda each, sign=sign: each.typed(sign) for sign in "0123456789.,"),
            *(lambda each, by=by: each.moved(by) for by in (1, -1)),
            *(lambda each, by=by: each.crossed(by) for by in (1, -1)),
            *(lambda each, way=way: each.turned(way) for way in Direction),
            *(lambda each, by=by: each.stepped(by) for by in (1, -1)),
            ReviewForm.wheeled,
            ReviewForm.taken_back,
        ]
    ),
    max_size=25,
)


@given(KEYS)
def test_a_draft_brings_back_all_that_was_set(keys: list[object]) -> None:
    shown = form()
    for key in keys:
        shown = key(shown)  # type: ignore[operator]
    assert form(shown.draft()).lines == shown.lines
    assert bool(shown.draft()) is (shown.changed > 0)
    if shown.wrong is None:
        after = held(shown)
        for found in shown.lines:
            now = after.get(Initiative, found.row.id)
            assert now is not None
            assert (now.actual, now.completion, now.direction) == (found.figure, found.wheel, found.arrow)
