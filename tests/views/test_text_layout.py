"""Words in the room there is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

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
    ("text", "room", "told"),
    [
        ("action «Order lunch for eight»", 30, "action «Order lunch for eight»"),
        ("action «Order lunch for eight»", 29, "action «Order lunch for eig…»"),
        ("action «Order lunch for eight»", 18, "action «Order lu…»"),
        ("action «Order lunch for eight»", 9, "action…"),
        ("action «Order lunch for eight»", 6, "actio…"),
        ("Set «abc def» to x", 6, "Set…"),
        ("a «b «c» d e f» g", 9, "a «b «…»»"),
        ("«ab»", 1, "…"),
        ("«ab»", 0, ""),
    ],
)
def test_a_quotation_that_is_cut_ends_all_the_same(text: str, room: int, told: str) -> None:
    assert shortened(text, room) == told


@given(text=st.text("«»ab "), room=st.integers(0, 12))
def test_no_text_is_longer_than_its_room_and_none_that_fits_is_cut(text: str, room: int) -> None:
    assert cell_len(shortened(text, room)) <= room
    assert cell_len(text) > room or shortened(text, room) == text
