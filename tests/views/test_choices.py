"""The values a field can have: all of them, each with its own key."""

from __future__ import annotations

import pytest

from workshop_tui.domain.base.entity import Entity, optional
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.model.account import Account, Party
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Reading, Stakeholder
from workshop_tui.domain.model.scorecard import Initiative
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import KINDS, AccountPlan
from workshop_tui.views.cell import Choice, Edit
from workshop_tui.views.choices import audience_letters, choices_at, choices_of, next_value

EVERY_FIELD = [(kind, name) for kind in KINDS for name in kind.fields]


@pytest.fixture
def view(sample: AccountPlan) -> AccountPlan:
    return project(sample, ALLIANCE)


@pytest.mark.parametrize(("kind", "name"), EVERY_FIELD, ids=lambda part: getattr(part, "__name__", part))
def test_each_choice_has_its_own_value_and_key(view: AccountPlan, kind: type[Entity], name: str) -> None:
    choices = choices_of(view, kind, name)
    keys = [choice.key for choice in choices if choice.key]
    assert len(keys) == len(set(keys))
    assert len({choice.value for choice in choices}) == len(choices)
    assert not choices or (choices[-1].value is None) is optional(kind, name)


def test_styles_are_chosen_by_their_own_letters(view: AccountPlan) -> None:
    keys = {choice.key: choice.text for choice in choices_of(view, Stakeholder, "style")}
    assert keys == {
        "d": "driving",
        "e": "expressive",
        "a": "amiable",
        "n": "analytical",
        "u": "unknown",
    }


def test_sentiment_is_chosen_by_figures_and_unknown_is_none(view: AccountPlan) -> None:
    choices = choices_of(view, Reading, "value")
    assert [(choice.key, choice.value) for choice in choices] == [
        ("2", 2),
        ("1", 1),
        ("0", 0),
        ("-", -1),
        ("x", -2),
        ("?", None),
    ]


def test_references_are_found_by_typing_and_told_apart(view: AccountPlan) -> None:
    owners = choices_of(view, Action, "owner")
    assert Choice("P1", "Rowan Achterberg", meaning="Quillhaven", group="Quillhaven") in owners
    assert not any(choice.key for choice in owners[:-1])
    bosses = choices_of(view, Stakeholder, "reports_to")
    assert Choice("ST01", "Ingrid Solvane", meaning="Chief Executive") in bosses


def test_nobody_reports_to_themselves(view: AccountPlan) -> None:
    found = {choice.value for choice in choices_at(view, Stakeholder, ("ST01",), "reports_to")}
    assert "ST01" not in found
    assert {"ST02", None} <= found


def test_only_what_the_audience_sees_can_be_chosen(sample: AccountPlan) -> None:
    for audience in (CUSTOMER, "ps", "tech"):
        answers = {choice.value for choice in choices_of(project(sample, audience), Action, "answer")}
        assert answers - {None} == {row.id for row in project(sample, audience).all(Answer)}


def test_partners_with_one_initial_have_different_keys(sample: AccountPlan) -> None:
    alike = AccountPlan.of(
        with_values(row, short="Alder") if isinstance(row, Party) and row.id == "ps" else row
        for row in sample
    )
    choices = choices_of(project(alike, ALLIANCE), Action, "visibility")
    assert [(choice.text, choice.key) for choice in choices] == [
        ("alliance", "a"),
        ("Alder", "l"),
        ("Stratalume", "s"),
        ("customer", "c"),
    ]


def test_c_is_the_customer_in_every_list_of_audiences_whatever_firms_are_called() -> None:
    letters = audience_letters({"b": "Brightwater", "c": "Corvane", "a": "Alder"})
    assert letters == {"alliance": "a", "customer": "c", "b": "b", "c": "o", "a": "l"}


def test_completion_shows_the_wheel(view: AccountPlan) -> None:
    assert [choice.text for choice in choices_of(view, Initiative, "completion")] == [
        "○ 0",
        "◔ 25",
        "◑ 50",
        "◕ 75",
        "● 100",
    ]


def test_free_text_has_no_choices(view: AccountPlan) -> None:
    assert choices_of(view, Account, "headline") == ()


@pytest.mark.parametrize(
    ("now", "up", "then"),
    [("neutral", True, 1), ("advocate", True, 2), ("opposed", False, -2), ("", True, 1), ("", False, -1)],
)
def test_a_figure_is_stepped_within_its_bounds(view: AccountPlan, now: str, up: bool, then: int) -> None:
    edit = Edit("", "", now, lambda _plan, _new: (), choices_of(view, Reading, "value"))
    assert next_value(edit, up=up) == then
