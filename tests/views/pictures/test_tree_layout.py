from __future__ import annotations

import random
import time
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.plans import plans
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.views.pictures.tree_layout import DROP, GAP, Box, Chart, Managers, layout, managers

Sizes = dict[str, tuple[int, int]]


def boxes_of(reports: Managers, width: int = 6, height: int = 3) -> Sizes:
    return dict.fromkeys(reports, (width, height))


@st.composite
def forests(draw: st.DrawFn) -> tuple[dict[str, str | None], Sizes]:
    """Any people with any managers among those before them, or none; boxes of any size."""
    count = draw(st.integers(0, 40))
    reports: dict[str, str | None] = {}
    for n in range(count):
        at = draw(st.integers(-2, n - 1))
        reports[f"p{n}"] = f"p{at}" if at >= 0 else (None, "nobody")[at]
    sizes = {who: (draw(st.integers(1, 12)), draw(st.integers(1, 4))) for who in reports}
    return reports, sizes


def under(chart: Chart, manager: str | None) -> list[Box]:
    return [box for box in chart.boxes.values() if box.manager == manager]


def subtree(chart: Chart, top: Box) -> list[Box]:
    below = [deeper for box in under(chart, top.person) for deeper in subtree(chart, box)]
    return [top, *below]


def clear_of(left: list[Box], right: list[Box]) -> int:
    """The fewest cells between two groups of boxes, over the lines they share."""
    return min(r.x - (le.x + le.width) for le in left for r in right if le.y == r.y)


# Small charts, by hand


def test_nobody() -> None:
    assert layout({}, {}) == Chart({}, 0, 0)


def test_a_manager_stands_centred_over_the_reports() -> None:
    reports: Managers = {"a": None, "b": "a", "c": "a", "d": "a"}
    chart = layout(reports, boxes_of(reports))
    assert {who: (box.x, box.y) for who, box in chart.boxes.items()} == {
        "a": (7, 0),
        "b": (0, 4),
        "c": (7, 4),
        "d": (14, 4),
    }
    assert (chart.width, chart.height) == (20, 7)
    assert [(up.person, down.person) for up, down in chart.edges()] == [("a", "b"), ("a", "c"), ("a", "d")]


def test_a_wide_manager_over_one_narrow_report() -> None:
    chart = layout({"a": None, "b": "a"}, {"a": (10, 1), "b": (4, 1)})
    assert (chart.boxes["a"].x, chart.boxes["b"].x) == (0, 3)


def test_a_shallow_subtree_slips_in_beside_a_deep_one() -> None:
    reports: Managers = {"top": None, "a": "top", "b": "top", "a1": "a", "a2": "a", "a3": "a"}
    chart = layout(reports, boxes_of(reports, 4, 1))
    assert chart.boxes["b"].x == chart.boxes["a"].x + 5
    assert chart.boxes["b"].x < chart.boxes["a3"].x + 4


def test_roots_stand_side_by_side_and_orphans_are_roots() -> None:
    reports: Managers = {"a": None, "b": "gone", "c": "b"}
    chart = layout(reports, boxes_of(reports))
    assert [(box.person, box.x, box.y) for box in under(chart, None)] == [("a", 0, 0), ("b", 7, 0)]


def test_a_line_is_as_high_as_its_highest_box() -> None:
    chart = layout(
        {"a": None, "b": None, "c": "a", "d": "c"}, {"a": (3, 1), "b": (3, 4), "c": (3, 2), "d": (3, 1)}
    )
    assert [box.y for box in chart.boxes.values()] == [0, 5, 8, 0]
    assert chart.height == 9


@pytest.mark.parametrize(
    ("reports", "roots"),
    [
        ({"a": "a"}, ["a"]),
        ({"a": "b", "b": "a"}, ["a"]),
        ({"c": "a", "a": "b", "b": "a"}, ["a"]),
        ({"a": "b", "b": "c", "c": "b", "d": None}, ["b", "d"]),
    ],
)
def test_a_circle_of_managers_is_cut_open(reports: Managers, roots: list[str]) -> None:
    chart = layout(reports, boxes_of(reports))
    assert {box.person for box in under(chart, None)} == set(roots)
    assert set(chart.boxes) == set(reports)


def test_a_collapsed_person_stands_for_all_below() -> None:
    reports: Managers = {"a": None, "b": "a", "c": "b", "d": "c", "e": "a"}
    chart = layout(reports, boxes_of(reports), {"b", "d", "elsewhere"})
    assert {who: box.below for who, box in chart.boxes.items()} == {"a": 0, "b": 2, "e": 0}
    assert chart.height == layout({"a": None, "b": "a"}, {"a": (6, 3), "b": (6, 3)}).height


def test_the_sample(sample: AccountPlan) -> None:
    reports = managers(project(sample, "customer"))
    chart = layout(reports, boxes_of(reports, 24, 3))
    assert [box.person for box in under(chart, None)] == ["ST01", "ST14"]
    assert [box.person for box in under(chart, "ST01")] == ["ST02", "ST03", "ST04", "ST12"]
    assert chart.boxes["ST05"].y == chart.boxes["ST06"].y == 2 * (3 + DROP)
    assert len(chart.boxes) == 14


def test_a_very_long_line_of_managers_is_laid_out() -> None:
    reports: dict[str, str | None] = {"p0": None, **{f"p{n}": f"p{n - 1}" for n in range(1, 5_000)}}
    chart = layout(reports, boxes_of(reports))
    assert (chart.width, chart.height) == (6, 5_000 * (3 + DROP) - DROP)


def _seconds(people: int) -> float:
    chance = random.Random(people)  # noqa: S311 - made people
    reports: dict[str, str | None] = {
        f"p{n}": f"p{chance.randrange(max(1, n // 6), n + 1) - 1}" if n else None for n in range(people)
    }
    sizes = {who: (chance.randrange(10, 30), 3) for who in reports}
    tries = []
    for _ in range(5):
        begun = time.process_time()
        layout(reports, sizes)
        tries.append(time.process_time() - begun)
    return min(tries)


def test_four_times_the_people_take_about_four_times_as_long() -> None:
    assert _seconds(1_600) < 12 * _seconds(400)


# Laws


@given(forests())
def test_everybody_has_a_box_of_the_size_asked_for(forest: tuple[Managers, Sizes]) -> None:
    reports, sizes = forest
    chart = layout(reports, sizes)
    assert {who: (box.width, box.height) for who, box in chart.boxes.items()} == sizes
    assert all(
        box.manager == (reports[who] if reports[who] in reports else None) for who, box in chart.boxes.items()
    )
    assert min((box.x for box in chart.boxes.values()), default=0) == 0
    assert chart.width == max((box.x + box.width for box in chart.boxes.values()), default=0)
    assert chart.height == max((box.y + box.height for box in chart.boxes.values()), default=0)


@given(forests())
def test_no_boxes_overlap(forest: tuple[Managers, Sizes]) -> None:
    chart = layout(*forest)
    for one, other in combinations(chart.boxes.values(), 2):
        if one.y == other.y:
            left, right = sorted((one, other), key=lambda box: box.x)
            assert left.x + left.width + GAP <= right.x
        else:
            upper, lower = sorted((one, other), key=lambda box: box.y)
            assert upper.y + upper.height <= lower.y


@given(forests())
def test_managers_are_centred_and_above_with_the_reports_in_order(forest: tuple[Managers, Sizes]) -> None:
    reports, _ = forest
    chart = layout(*forest)
    for box in chart.boxes.values():
        below = under(chart, box.person)
        assert [report.person for report in below] == [who for who in reports if reports[who] == box.person]
        assert all(one.x < other.x for one, other in pairwise(below))
        assert all(report.y >= box.y + box.height + DROP for report in below)
        if below:
            ends = sum(2 * end.x + end.width for end in (below[0], below[-1]))
            assert 0 <= ends - 2 * (2 * box.x + box.width) <= 3  # in quarters of a cell


@given(forests())
def test_each_subtree_is_pushed_against_those_to_its_left(forest: tuple[Managers, Sizes]) -> None:
    chart = layout(*forest)
    for manager in (None, *chart.boxes):
        trees = [subtree(chart, box) for box in under(chart, manager)]
        for n in range(1, len(trees)):
            assert clear_of([box for tree in trees[:n] for box in tree], trees[n]) == GAP


@given(forests())
def test_equal_subtrees_look_the_same(forest: tuple[Managers, Sizes]) -> None:
    reports, sizes = forest
    twice = {f"{twin}{who}": boss and f"{twin}{boss}" for twin in "xy" for who, boss in reports.items()}
    chart = layout(twice, {f"{twin}{who}": size for twin in "xy" for who, size in sizes.items()})
    for root in under(chart, None):
        if root.person.startswith("x"):
            twin = chart.boxes["y" + root.person[1:]]
            places = [[(b.x - top.x, b.y) for b in subtree(chart, top)] for top in (root, twin)]
            assert places[0] == places[1]


@given(forests(), st.data())
def test_collapsing_hides_those_below_and_counts_them(
    forest: tuple[Managers, Sizes], data: st.DataObject
) -> None:
    reports, sizes = forest
    collapsed = data.draw(st.sets(st.sampled_from(list(reports)))) if reports else set()
    chart, whole = layout(reports, sizes, collapsed), layout(reports, sizes)
    for who, box in chart.boxes.items():
        assert box.below == (len(subtree(whole, whole.boxes[who])) - 1 if who in collapsed else 0)
        assert not (who in collapsed and under(chart, who))
    hidden = {b.person for who in collapsed for b in subtree(whole, whole.boxes[who])[1:]}
    assert set(chart.boxes) == set(reports) - hidden


@given(plans())
def test_any_plan_has_a_chart_of_all_its_people(plan: AccountPlan) -> None:
    reports = managers(plan)
    assert set(layout(reports, boxes_of(reports)).boxes) == {person.id for person in plan.all(Stakeholder)}
