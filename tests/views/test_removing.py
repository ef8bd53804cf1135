"""What is asked before rows are removed names all that goes with them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Parking
from workshop_tui.domain.model.value import Option
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Step, apply, removal
from workshop_tui.views.removing import question


@pytest.fixture
def view(sample: AccountPlan) -> AccountPlan:
    return project(sample, ALLIANCE)


def test_an_option_with_dots_is_not_removed_unasked(view: AccountPlan) -> None:
    first, second, *_, last = view.all(Option)
    assert (first.votes, last.votes) == (7, 0)
    asked = question(view, [first], "Ctrl+Z")
    assert asked == f"Remove «{first.text}» and its 7 dots? Ctrl+Z brings all back."
    assert question(view, [last], "Ctrl+Z") == ""
    asked = question(view, [first, second, last], "F8")
    assert asked == (
        "Remove the 3 marked and their 11 dots? F8 brings all back.\n\n"
        "«Evidence first for the six worst servic…»\n"
        "«Full second run-time for payments»\n"
        "«Outage repair plan with security»"
    )


def test_of_many_marked_the_first_are_named(view: AccountPlan) -> None:
    people = view.all(Stakeholder)[:9]
    *named, more = question(view, people, "Ctrl+Z").partition("\n\n")[2].split("\n")
    assert named == [f"«{person.name}»" for person in people[:6]]
    assert more == "… and 3 more"


def test_to_whom_no_dots_are_shown_none_are_named(sample: AccountPlan) -> None:
    view = project(sample, CUSTOMER)
    assert all("dot" not in question(view, [option], "Ctrl+Z") for option in view.all(Option))


def test_a_single_entry_is_named(view: AccountPlan) -> None:
    action, decided = view.all(Action)[0], Parking(id="p9", session="S2", text="Who pays", became="A99")
    made = replace(action, id="A99")
    with_it = apply(view, Step((Add(made), Add(decided))))
    asked = question(with_it, [made], "Ctrl+Z")
    assert asked == (
        f"Remove {made.title} and the tie to the parking lot item «Who pays»? Ctrl+Z brings all back."
    )


def test_of_a_person_it_is_told_how_much_goes(view: AccountPlan) -> None:
    person = view.get(Stakeholder, "ST02")
    assert person
    goes = len(removal(view, person)) - 1
    asked = question(view, [person], "Ctrl+Z")
    assert asked == f"Remove {person.name} and {goes} entries about them? Ctrl+Z brings all back."
