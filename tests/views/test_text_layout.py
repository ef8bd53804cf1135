"""Words in the room there is."""

from __future__ import annotations

import pytest

from workshop_tui.views.text_layout import in_border, shortened


@pytest.mark.parametrize(
    ("room", "told"),
    [
        (80, "Outcome · Close the outage report: ? → carried, Ctrl+Z undoes"),
        (50, "Outcome · Close the outage report: ? → carried"),
        (36, "Outcome · Close the ou…: ? → carried"),
        (12, "Outcome · Close the outage report: ? → carried"),
    ],
)
def test_what_was_set_stays_in_the_border_the_longest(room: int, told: str) -> None:
    assert in_border("Outcome · Close the outage report: ? → carried, Ctrl+Z undoes", room) == told


def test_what_names_nothing_stays_as_it_is() -> None:
    assert in_border("There is no row here to move.", 10) == "There is no row here to move."


def test_of_what_came_in_only_the_words_on_undo_go() -> None:
    assert in_border("✓ new action Call, owner Dev   Ctrl+Z undoes", 30) == "✓ new action Call, owner Dev"


@pytest.mark.parametrize(
    ("room", "told"),
    [
        (40, "action «Order lunch for eight»"),
        (30, "action «Order lunch for eight»"),
        (29, "action «Order lunch for eig…»"),
        (18, "action «Order lu…»"),
        (6, "actio…"),
    ],
)
def test_a_quotation_that_is_cut_ends_all_the_same(room: int, told: str) -> None:
    assert shortened("action «Order lunch for eight»", room) == told
