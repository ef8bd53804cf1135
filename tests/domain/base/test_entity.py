from __future__ import annotations

import datetime as dt
import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.plans import rows_of
from workshop_tui.domain.base.entity import (
    CUSTOMER_VISIBLE,
    EPHEMERAL,
    MULTILINE,
    Entity,
    marks,
    optional,
    references,
    title_of,
    value_type,
)
from workshop_tui.domain.base.validation import Invalid, as_kept, validated, with_values
from workshop_tui.domain.base.vocabulary import Sentiment, SocialStyle
from workshop_tui.domain.model.account import Account, Member
from workshop_tui.domain.model.discovery import Bullet
from workshop_tui.domain.model.people import Meeting, Reading, Stakeholder
from workshop_tui.domain.model.scorecard import Initiative
from workshop_tui.domain.model.session import Block, Session
from workshop_tui.domain.model.value import Answer, Proposition
from workshop_tui.domain.plan.plan import KIND, KINDS

ANA: dict[str, Any] = {"id": "ana", "name": "Ana"}
FIELDS = [(kind, name) for kind in KINDS for name in kind.fields]


@given(st.sampled_from(KINDS).flatmap(rows_of))
def test_any_row_is_the_same_after_a_round_trip_through_json(row: Entity) -> None:
    assert validated(type(row), row.plain()) == row
    assert validated(type(row), json.loads(json.dumps(row.plain()))) == row
    assert {name: row.plain_value(name) for name in type(row).fields} == row.plain()


@given(st.sampled_from(KINDS).flatmap(rows_of))
def test_a_value_is_kept_as_the_row_keeps_it(row: Entity) -> None:
    assert {name: as_kept(type(row), name, value) for name, value in row.plain().items()} == row.plain()


def test_every_field_says_what_it_is() -> None:
    infos = {f"{kind.__name__}.{name}": kind.fields[name] for kind, name in FIELDS}
    assert [name for name, info in infos.items() if not info.title] == []
    assert [name for name, info in infos.items() if not (info.description or "").endswith(".")] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_called_something_and_refers_only_to_kinds(kind: type[Entity]) -> None:
    assert kind.VERBOSE_NAME
    assert kind.__doc__
    assert not kind.NAME_FIELD or kind.NAME_FIELD in kind.fields
    assert set(kind.KEY) <= set(kind.fields)
    assert set(references(kind).values()) <= set(KIND)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_a_row_is_known_of(kind: type[Entity]) -> None:
    assert set(kind.__struct_fields__) == set(kind.fields)


def test_no_text_is_without_a_bound_but_a_sealed_record() -> None:
    texts = [(kind, name) for kind, name in FIELDS if value_type(kind, name) is str]
    limits = ("max_length", "pattern")
    unbound = [
        f"{kind.__name__}.{name}"
        for kind, name in texts
        if not any(getattr(mark, limit, None) for mark in marks(kind, name) for limit in limits)
    ]
    assert unbound == ["Seal.record"]


def test_a_row_cannot_be_changed_in_place() -> None:
    with pytest.raises(AttributeError, match="immutable"):
        Stakeholder(**ANA).name = "Bo"


def test_a_changed_row_is_validated_and_the_old_one_stays() -> None:
    ana = Stakeholder(**ANA)
    assert with_values(ana, name=" A\x1bna  Pires\n") == Stakeholder(id="ana", name="Ana Pires")
    assert ana == Stakeholder(**ANA)
    with pytest.raises(Invalid):
        with_values(ana, influence=9)


def test_lines_stay_where_text_may_have_several() -> None:
    bullet = validated(Bullet, {"id": "b", "party": "ps", "text": " one\r\ntwo\x07 "})
    assert bullet.text == "one\ntwo"
    assert MULTILINE in marks(Bullet, "text")
    assert MULTILINE not in marks(Stakeholder, "name")


def test_what_is_known_of_a_field() -> None:
    assert references(Reading) == {"session": "Session", "stakeholder": "Stakeholder"}
    assert optional(Reading, "value")
    assert not optional(Answer, "stakeholder")
    assert value_type(Reading, "value") is Sentiment
    assert value_type(Stakeholder, "style") is SocialStyle
    assert value_type(Session, "held_on") is dt.date
    assert EPHEMERAL in marks(Block, "spent")
    assert CUSTOMER_VISIBLE not in marks(Member, "rate")
    assert title_of(Stakeholder, "reports_to") == "Reports to"


@pytest.mark.parametrize(
    ("kind", "data", "says"),
    [
        (Stakeholder, {"id": "a"}, "Name is needed: type at least one character."),
        (Stakeholder, {**ANA, "name": " \t"}, "Name is needed: type at least one character."),
        (Stakeholder, {**ANA, "name": "x" * 200}, "Name is 40 characters too long: 160 is the most."),
        (
            Stakeholder,
            {**ANA, "name": f"  {'x' * 161}\x1b"},
            "Name is 1 characters too long: 160 is the most.",
        ),
        (
            Stakeholder,
            {**ANA, "id": "a b"},
            "Id can't be «a b»: keep it as it was exported.",
        ),
        (Stakeholder, {**ANA, "name": None}, "Name can't be empty: use text."),
        (Answer, {"id": "a", "stakeholder": None, "text": "x"}, "Stakeholder can't be empty: use text."),
        (Meeting, {"id": "a", "on": None}, "Date can't be empty: use a day that exists, as in 2026-12-01."),
        (Stakeholder, {**ANA, "influence": 0}, "Influence can't be 0: use at least 1."),
        (Stakeholder, {**ANA, "influence": 6}, "Influence can't be 6: use at most 5."),
        (Stakeholder, {**ANA, "influence": "many"}, "Influence can't be «many»: use a whole number."),
        (Stakeholder, {**ANA, "influence": 2.5}, "Influence can't be «2.5»: use a whole number."),
        (
            Proposition,
            {"id": "p", "status": "final"},
            "Status can't be «final»: use 'draft' or 'agreed'.",
        ),
        (Stakeholder, {**ANA, "colour": "red"}, "«colour» is not a field: remove it."),
        (Stakeholder, {**ANA, "title": ["Head"]}, "Title can't be «['Head']»: use text."),
        (
            Reading,
            {"session": "a", "stakeholder": "b", "toward": "all", "value": 3},
            "Sentiment can't be «3»: use -2, -1, 0, 1 or 2.",
        ),
        (
            Meeting,
            {"id": "a", "on": "2026-02-30"},
            "Date can't be «2026-02-30»: use a day that exists, as in 2026-12-01.",
        ),
        (
            Initiative,
            {"id": "a", "title": "t", "completion": 30},
            "Completion can't be «30»: use 0, 25, 50, 75 or 100.",
        ),
        (Initiative, {"id": "a", "title": "t", "target": math.nan}, "Target can't be «nan»: use a number."),
        (
            Account,
            {"id": "a", "name": "t", "archived": "perhaps"},
            "Archived can't be «perhaps»: use true or false.",
        ),
        (
            Account,
            {"id": "a", "name": "t", "currency": "pounds"},
            "Currency can't be «pounds»: three letters, as in GBP.",
        ),
        (
            Block,
            {"id": "a", "session": "s", "kind": "value", "title": "t", "started": "noon"},
            "Started can't be «noon»: use a day and a time, as in 2026-12-01T09:00:00Z.",
        ),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(kind: type[Entity], data: dict[str, Any], says: str) -> None:
    with pytest.raises(Invalid) as caught:
        validated(kind, data)
    assert str(caught.value) == says
