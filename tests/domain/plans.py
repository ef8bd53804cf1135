"""Small plans for case tables, and any plan and any Step for laws."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence
from functools import partial
from typing import Any, Literal, get_args, get_origin

from hypothesis import strategies as st

from workshop_tui.domain.base.entity import Entity, optional, references, referents, value_type
from workshop_tui.domain.base.validation import as_kept, validated, with_values
from workshop_tui.domain.metrics import PlanMetrics
from workshop_tui.domain.model.account import Account, Member, Party
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import KINDS, AccountPlan
from workshop_tui.domain.plan.step import Add, Change, Remove, Set

ON = dt.date(2026, 6, 9)
PARTIES = (
    Party(id="customer", name="Customer", short="Customer", rank=0),
    Party(id="ps", name="Partner one", short="One", rank=1),
    Party(id="tech", name="Partner two", short="Two", rank=2),
)
FRAME: tuple[Entity, ...] = (
    Account(id="acc", name="Account"),
    *PARTIES,
    Member(id="P1", party="ps", name="Member of one"),
    Member(id="P2", party="ps", name="Other of one"),
    Member(id="T1", party="tech", name="Member of two"),
    Session(id="S1", held_on=dt.date(2026, 3, 10)),
    Session(id="S2", held_on=ON),
    Session(id="S3", held_on=dt.date(2026, 9, 9)),
)


def plan_of(*rows: Entity) -> AccountPlan:
    """Two partners with three members, three sessions, and these rows."""
    return AccountPlan.of((*FRAME, *rows))


# Any row: every field of every kind is drawn from its type and its limits. References are drawn from
# a few ids, so that some hit.

_IDS = st.sampled_from(["a", "b", "c"])
_PARTY_IDS = st.sampled_from(["customer", "ps", "tech"])
_TEXT = st.text("ab\u00e9-, ", min_size=1, max_size=8).map(lambda text: f"x{text}")
_DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
_MOMENTS = _DAYS.map(lambda day: dt.datetime(day.year, day.month, day.day, 9, tzinfo=dt.UTC))
_PATTERNED: dict[str, st.SearchStrategy[Any]] = {
    "currency": st.sampled_from(["EUR", "GBP"]),
    "start": st.sampled_from(["09:00", "13:30"]),
    "period": st.sampled_from(["2026-Q3", "2027"]),
    "sha256": st.sampled_from(["0" * 64, "f" * 64]),
    "visibility": st.sampled_from(["customer", "alliance", "ps", "tech"]),
    "toward": st.sampled_from(["all", "ps", "tech"]),
    "audience": st.sampled_from(["customer", "alliance", "ps", "tech"]),
}


def _bounds(kind: type[Entity], name: str) -> dict[str, Any]:
    limits = kind.fields[name].limits
    found = {"min_value": limits.ge, "max_value": limits.le}
    return {side: bound for side, bound in found.items() if bound is not None}


def values(kind: type[Entity], name: str) -> st.SearchStrategy[Any]:
    """Any valid value of a field."""
    some = _values(kind, name)
    return st.none() | some if optional(kind, name) else some


def _values(kind: type[Entity], name: str) -> st.SearchStrategy[Any]:
    of = value_type(kind, name)
    refers_to = references(kind).get(name)
    if refers_to or name in {"id", "seat", "rule"}:
        return _PARTY_IDS if "Party" in {refers_to, kind.__name__} else _IDS
    if name in _PATTERNED:
        return _PATTERNED[name]
    if get_origin(of) is Literal or issubclass(of, enum.Enum):
        return st.sampled_from(get_args(of) or list(of))
    return {
        str: _TEXT,
        bool: st.booleans(),
        int: st.integers(**{"min_value": 0, "max_value": 5, **_bounds(kind, name)}),
        float: st.integers(0, 100).map(float),
        dt.date: _DAYS,
        dt.datetime: _MOMENTS,
    }[of]


def rows_of(kind: type[Entity]) -> st.SearchStrategy[Entity]:
    """Any row of a kind."""
    fields = {name: values(kind, name) for name in kind.fields}
    return st.fixed_dictionaries(fields).map(partial(validated, kind))


_ANY_ROW = st.sampled_from([kind for kind in KINDS if kind not in {Account, Party}]).flatmap(rows_of)


@st.composite
def plans(draw: st.DrawFn) -> AccountPlan:
    """Any plan of two partners without a cycle of reports_to; its references need not all hit."""
    rows = draw(st.lists(_ANY_ROW, max_size=30))
    return AccountPlan.of((FRAME[0], *PARTIES, *map(_reporting_upward, rows)))


@st.composite
def whole_plans(draw: st.DrawFn, kinds: Sequence[type[Entity]]) -> AccountPlan:
    """Any plan with rows of each of these kinds whose references all hit, so that the store takes it."""
    rows = [row for kind in kinds for row in draw(st.lists(rows_of(kind), min_size=1, max_size=4))]
    plan = AccountPlan.of((FRAME[0], *PARTIES, *map(_reporting_upward, rows)))
    for kind in KINDS:  # those referred to come before those that refer
        kept = {key: row for row in plan.all(kind) if (key := row.key) and not _lost(plan, row, must=True)}
        plan = AccountPlan({**plan.rows, kind: kept})
    return AccountPlan.of(_without_lost(plan, row) for row in plan)


def _lost(plan: AccountPlan, row: Entity, *, must: bool) -> list[str]:
    """The fields, those that must be there or the others, that refer to a row that isn't there."""
    return [
        name
        for name in referents(type(row))
        if must is not optional(type(row), name)
        and getattr(row, name) is not None
        and plan.referred(type(row), name, getattr(row, name)) is None
    ]


def _without_lost(plan: AccountPlan, row: Entity) -> Entity:
    blank = dict.fromkeys(_lost(plan, row, must=False))
    return validated(type(row), {**row.plain(), **blank})


def _reporting_upward(row: Entity) -> Entity:
    upward = not isinstance(row, Stakeholder) or (row.reports_to or "") < row.id
    return row if upward else with_values(row, reports_to=None)


def settable(row: Entity) -> list[str]:
    """The fields that can be changed: those that don't say which row it is."""
    return [name for name in type(row).fields if name not in row.KEY]


@st.composite
def setting(draw: st.DrawFn, row: Entity, names: list[str]) -> Set:
    """Any change of one of these fields of a row."""
    name = draw(st.sampled_from(names))
    new = as_kept(type(row), name, draw(values(type(row), name)))
    return Set(type(row), row.key, name, row.plain()[name], new)


@st.composite
def changes(draw: st.DrawFn, plan: AccountPlan) -> Change:
    """Any change that a plan could see: a row comes, a row goes, a field gets another value."""
    rows = [row for row in plan if not isinstance(row, Account | Party)]
    what = draw(st.sampled_from(["add", "remove", "set"])) if rows else "add"
    if what == "add":
        return Add(draw(_ANY_ROW))
    row = draw(st.sampled_from(rows))
    names = settable(row)
    return draw(setting(row, names)) if what == "set" and names else Remove(row)


def figures(whole: AccountPlan, audience: str, on: dt.date) -> PlanMetrics:
    return PlanMetrics(whole, project(whole, audience), on)
