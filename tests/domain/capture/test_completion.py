from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.captures import LINES
from tests.domain.plans import ON, plan_of
from workshop_tui.domain.base.dates import Calendar
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.capture.completion import complete, offers
from workshop_tui.domain.capture.parse import parse
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan

PEOPLE, ACTIONS = BlockKind.STAKEHOLDERS, BlockKind.ACTIONS
ALIKE = plan_of(
    Stakeholder(id="x1", name="Ana Lu", rank=1),
    Stakeholder(id="x2", name="Anabel de Lu", rank=2),
    Stakeholder(id="x3", name="To be named", rank=3),
    Stakeholder(id="x4", name="To be named", rank=4),
    Member(id="x5", party="ps", name="Zoë, the “Boss”"),
)


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("Ana >Lin|", "Ana >Lindqvar |"),
        ("Ana >tom|", "Ana >Tomasz |"),
        ("Ana >|", "Ana >Ingrid |"),
        ("Ana >L|in, Head", "Ana >Lindqvar|, Head"),
        ("Ana >Lin| @Rowan", "Ana >Lindqvar| @Rowan"),
        ('Ana >"Tomasz L|', 'Ana >"Tomasz Lindqvar" |'),
        ('Ana >"Lin| @Rowan', "Ana >Lindqvar| @Rowan"),
        ('Ana >"to be"|', 'Ana >"To be named" |'),
        ("Ana >M|", "Ana >Marcus |"),
        ("Ana @luc|", "Ana @Lucía |"),
        ("Ana @bri|", "Ana @Brightwater |"),
        ("Ana #c|", "Ana #coach |"),
        ("a: Call *value|", 'a: Call *"Value validated" |'),
        ("a: Call *tru|", 'a: Call *"Trust repaired" |'),
        ("a: Call ~cu|", "a: Call ~customer |"),
        ("a: Call ~Quill|", "a: Call ~ps |"),
    ],
)
def test_tab_completes_the_token_at_the_cursor(sample: AccountPlan, typed: str, completed: str) -> None:
    line, cursor = typed.replace("|", ""), typed.index("|")
    got = complete(line, cursor, project(sample, ALLIANCE), PEOPLE)
    assert got == (completed.replace("|", ""), completed.index("|"))


@pytest.mark.parametrize(
    "typed",
    [
        "|",
        "Ana|",
        "Ana |>Lin",
        "Ana >Nobody|",
        "Ana !Row|",
        "a: Call by fr|",
        "Ana ps+|",
        r"Ana \>Lin|",
        "Ana inf4|",
    ],
)
def test_elsewhere_tab_completes_nothing(sample: AccountPlan, typed: str) -> None:
    line, cursor, view = typed.replace("|", ""), typed.index("|"), project(sample, ALLIANCE)
    assert complete(line, cursor, view, PEOPLE) is None
    assert offers(line, cursor, view, PEOPLE) == ()


def test_tab_again_offers_the_next_one_round_and_round(sample: AccountPlan) -> None:
    view = project(sample, ALLIANCE)
    assert offers("Ana >M", 6, view, PEOPLE) == ("Marcus Hale-Obi", "Elena Marchetti-Roe")
    lines = [complete("Ana >M", 6, view, PEOPLE, choice) for choice in range(3)]
    assert lines == [("Ana >Marcus ", 12), ("Ana >Marchetti-Roe ", 19), ("Ana >Marcus ", 12)]


def test_milestones_of_another_firm_are_not_offered(sample: AccountPlan) -> None:
    line = "a: Call *Cost"
    assert offers(line, len(line), project(sample, "tech"), PEOPLE) == ("Cost range given",)
    assert offers(line, len(line), project(sample, ALLIANCE), PEOPLE) == ()


@pytest.mark.parametrize(
    ("choice", "line"),
    [(0, 'Ann >"Ana Lu" '), (1, "Ann >Anabel "), (2, "Ann >x3 "), (3, "Ann >x4 ")],
)
def test_names_that_are_hard_to_tell_apart_get_a_form_of_their_own(choice: int, line: str) -> None:
    view = project(ALIKE, ALLIANCE)
    assert complete("Ann >", 5, view, PEOPLE, choice) == (line, len(line))
    reports_to = ALIKE.all(Stakeholder)[choice].id
    captured = parse(line, view, block=PEOPLE, audience=ALLIANCE, dates=Calendar(ON))
    assert captured.values(Stakeholder)["reports_to"] == reports_to


def test_the_customer_sees_no_names_behind_internal_signs(sample: AccountPlan) -> None:
    view = project(sample, CUSTOMER)
    for typed in ("Ana @R", "Ana #", "Ana %", "a: Call ~"):
        assert offers(typed, len(typed), view, PEOPLE) == ()
    assert offers("Ana >Lin", 8, view, PEOPLE) == ("Tomasz Lindqvar",)
    assert offers("Call @Row", 9, view, ACTIONS) == ("Rowan Achterberg",)


@given(LINES, st.data(), st.sampled_from([ALLIANCE, CUSTOMER]), st.integers(0, 20))
def test_what_tab_puts_in_is_understood(line: str, data: st.DataObject, audience: str, choice: int) -> None:
    view = project(ALIKE, audience)
    cursor = data.draw(st.integers(0, len(line)))
    got = complete(line, cursor, view, PEOPLE, choice)
    if got is None:
        assert offers(line, cursor, view, PEOPLE) == ()
        return
    longer, behind = got
    captured = parse(longer, view, block=PEOPLE, audience=audience, dates=Calendar(ON))
    chips = [
        chip for chip in captured.chips if chip.start < behind and chip.end >= len(longer[:behind].rstrip())
    ]
    assert chips
    assert "Nothing here" not in chips[-1].why
    assert "fits" not in chips[-1].why
