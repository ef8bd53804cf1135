"""A field obeys its rule wherever it is set from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Iterator
from functools import partial
from itertools import product

import pytest

from tests.views.plans import looked_at
from tests.views.value.targets import REACHED, TESTED, gathered
from workshop_tui.domain.base.entity import Entity, Json, value_type
from workshop_tui.domain.base.vocabulary import ALLIANCE, ApproachKind, LabeledEnum, StepStatus
from workshop_tui.domain.model.actions import Approach, ApproachStep
from workshop_tui.domain.model.people import Reading, Stakeholder
from workshop_tui.domain.model.scorecard import SteeringDate, SteeringSeat
from workshop_tui.domain.model.session import Parking, Risk
from workshop_tui.domain.model.value import GrowthStep, Option
from workshop_tui.domain.plan.plan import KIND, AccountPlan
from workshop_tui.domain.plan.setters import ASKS, SETTERS, FieldRef, SetContext, set_value
from workshop_tui.domain.plan.step import Change, Changes, Refused, Set, Step, apply
from workshop_tui.domain.rules.approach import step_of
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.block_views import STAGES
from workshop_tui.views.cell import Edit
from workshop_tui.views.pictures.pictured import Pictured
from workshop_tui.views.table import Table

WAYS = ((1, 0), (-1, 0), (0, 1), (0, -1))


NO_CELL_YET: set[tuple[type[Entity], str]] = {
    *((GrowthStep, name) for name in ("worth", "owner")),
    *((Parking, name) for name in ("dropped", "became", "became_decision", "became_risk")),
    *(
        (Stakeholder, "successor"),
        (Risk, "status"),
        (Risk, "owner"),
        (SteeringSeat, "person"),
        (SteeringDate, "held_on"),
    ),
}
"""Fields with a rule that no view shows of the sample: their rules have tests of their own."""


def edits(live: LivePlan) -> Iterator[Edit]:
    """Yield how each cell of each view, of its cards and of its pictures is changed."""
    for kind in dict.fromkeys(kind for kinds in STAGES.values() for kind in kinds):
        view = kind()
        for _ in range(max(len(view.subjects(live)), 1)):
            table = view.table(live)
            yield from _of(table)
            for row in table.rows:
                if card := view.card(live, row.id):
                    yield from _of(card)
            if isinstance(view, Pictured) and view.is_drawn(live):
                art = view.art(live)
                yield from (edit for name in art.draw(100, 40).items if (edit := art.cell(name).edit))
            for row in table.rows:
                yield from (deed.edit for deed in view.row_actions(live, row.id))
            view.step(live, "", 1)


def _of(table: Table) -> Iterator[Edit]:
    yield from (edit for row in table.rows for cell in row.cells if (edit := cell.edit))


def field_of(edit: Edit, among: Container[tuple[type[Entity], str] | None] = SETTERS) -> FieldRef | None:
    """Return the field that an edit sets; None for one that makes a row or does something else."""
    kind, *key, name = edit.place.split("/")
    if kind not in KIND or (KIND[kind], name) not in among or len(key) != len(KIND[kind].KEY):
        return None
    return FieldRef(KIND[kind], tuple(key), name)


def values(kind: type[Entity], name: str) -> tuple[Json, ...]:
    """Return values that a field can have, as JSON."""
    of = value_type(kind, name)
    if isinstance(of, type) and issubclass(of, LabeledEnum):
        return tuple(word.value for word in of)
    if of is dt.date:
        return ("2026-06-09", "2026-05-01", "2026-09-30")
    if of in {int, float}:
        return (0, 2)
    if of is bool:
        return (True, False)
    if name in {"lead", "companion", "owner", "accountable"}:
        return ("P1", "T1")
    theirs = ("ST06", "ST13")
    named = {
        **dict.fromkeys(("confirmed_by", "recognised_by"), theirs),
        "replaces": ("D1", "D2", ""),
        "visibility": ("customer", "ps"),
    }
    return named.get(name, ("other words", ""))


def outcome(make: Callable[[], Changes]) -> tuple[object, ...]:
    """Return the changes, or the sentence with which they are refused."""
    try:
        return tuple(make())
    except Refused as refused:
        return ("refused", str(refused))


def with_an_override(plan: AccountPlan) -> AccountPlan:
    """Return the plan with a three-way meeting held too early: only then a reason is shown."""
    live = looked_at(plan, ALLIANCE)
    person = next(
        approach.stakeholder
        for approach in plan.all(Approach)
        if step_of(plan, approach.stakeholder, ApproachKind.INTRODUCTION).status is not StepStatus.DONE
    )
    at = FieldRef(ApproachStep, (person, "three_way"), "override")
    return apply(plan, Step(tuple(set_value(plan, at, "met at a fair", live.context))))


def set_by(change: Change) -> tuple[FieldRef, Json]:
    """Return the field that a change sets and the value it gets."""
    if isinstance(change, Set):
        return FieldRef(change.kind, change.key, change.name), change.new
    return FieldRef(Reading, change.row.key, "value"), change.row.plain()["value"]


async def test_a_cell_and_a_card_change_what_the_rule_of_the_field_says(sample: AccountPlan) -> None:
    live = looked_at(gathered(with_an_override(sample), REACHED, TESTED), ALLIANCE)
    met: set[tuple[type[Entity], str]] = set()
    for edit in edits(live):
        at = field_of(edit)
        if at is None or edit.must or edit.toggles or edit.counts or edit.makes:
            continue  # what is asked first, done at once or counted is another deed, by the same rule
        met.add((at.kind, at.name))
        for value in values(at.kind, at.name):
            by_cell = outcome(partial(edit.build, live.whole, value))
            by_rule = outcome(partial(set_value, live.whole, at, value, live.context))
            assert by_cell == by_rule, (edit.place, value)
    counted = {(Option, "votes")}  # as it is set: tests of the proposition
    assert set(SETTERS) - met == counted | NO_CELL_YET


async def test_nothing_where_there_is_no_row_makes_none(sample: AccountPlan) -> None:
    live = looked_at(sample, ALLIANCE)
    met: set[type[Entity]] = set()
    for edit in edits(live):
        at = field_of(edit, {edit.sets})
        if at is None or edit.must or edit.makes or edit.toggles or live.whole.get(at.kind, *at.key):
            continue
        nothing: set[Json] = {None, ""}
        if (at.kind, at.name) == (Reading, "value"):  # unknown is something, against what was read before
            continue
        if (at.kind, at.name) == (ApproachStep, "status"):
            nothing = {StepStatus.TODO.value}
        met.add(at.kind)
        for value in nothing:
            done = outcome(partial(edit.build, live.whole, value))
            assert not done or done[0] == "refused", edit.place
    approaches: set[type[Entity]] = {Approach, ApproachStep}
    assert approaches <= met


async def test_a_key_of_a_picture_changes_what_the_rule_of_the_field_says(sample: AccountPlan) -> None:
    live = looked_at(sample, ALLIANCE)
    met: set[tuple[type[Entity], str]] = set()
    for kind in dict.fromkeys(kind for kinds in STAGES.values() for kind in kinds):
        view = kind()
        if not isinstance(view, Pictured):
            continue
        for row, what, way in product(view.picture(live, 100, 40).items, sorted(view.keys), WAYS):
            build = view.press(live, row, what, way)
            changes = build(live.whole) if build else ()
            for change in changes:
                field, value = set_by(change)
                met.add((field.kind, field.name))
                assert tuple(changes) == tuple(set_value(live.whole, field, value, live.context)), (row, what)
    assert met == {
        *((Stakeholder, name) for name in ("influence", "reports_to", "style")),
        (Reading, "value"),
    }


async def test_a_new_row_goes_on_by_the_rule_of_its_field(
    sample: AccountPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = looked_at(sample)
    typed: set[str] = set()

    def refusing(_plan: AccountPlan, at: FieldRef, _value: Json, _context: SetContext) -> Changes:
        raise Refused(f"{at.kind.__name__}.{at.name}")

    makers = [(e, e.sets) for e in edits(live) if e.makes and e.sets and not e.choices]
    for edit, (kind, name) in makers:
        first, other = ("1 dec", "2 dec") if value_type(kind, name) is dt.date else ("Words", "Other words")
        there = apply(live.whole, Step(tuple(edit.build(live.whole, first))))
        monkeypatch.setattr("workshop_tui.domain.plan.setters.SETTERS", {(kind, name): refusing})
        with pytest.raises(Refused) as refused:
            edit.build(there, other)
        monkeypatch.undo()
        typed.add(str(refused.value))
    assert {"Action.title", "Decision.text", "Question.text", "Member.name", "SteeringDate.on"} <= typed


async def test_whatever_has_to_be_asked_first_is_asked_by_every_cell(sample: AccountPlan) -> None:
    live = looked_at(sample, ALLIANCE)
    met: set[tuple[type[Entity], str]] = set()
    for edit in edits(live):
        at = field_of(edit, ASKS)
        if at is None or edit.must:
            continue
        if edit.toggles and value_type(at.kind, at.name) is not bool:
            continue
        met.add((at.kind, at.name))
        assert edit.follow is not None, edit.place
        for value in values(at.kind, at.name):
            first = ASKS[at.kind, at.name](live.view, at.key, value, live.context)
            then = edit.follow(value)
            assert (first.title if first else None) == (then.title if then else None), (edit.place, value)
    assert met == set(ASKS)


@pytest.mark.parametrize(("kind", "name"), SETTERS, ids=lambda part: getattr(part, "__name__", part))
def test_a_rule_is_of_a_field_that_there_is(kind: type[Entity], name: str) -> None:
    assert name in kind.fields
