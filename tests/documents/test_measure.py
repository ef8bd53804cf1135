"""How wide words are taken to be, and what follows for lines and columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop_tui.documents.document import table
from workshop_tui.documents.measure import column_widths, rounded, shortened, width, wrapped

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80)


@given(WORDS, st.floats(30, 300))
def test_no_line_is_wider_than_there_is_room_and_no_sign_is_lost(words: str, across: float) -> None:
    lines = wrapped(words, 10, across)
    assert all(width(line, 10) <= across or len(line.replace(" ", "")) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(words.split())


@given(WORDS, st.integers(1, 3))
def test_what_is_shortened_fits(words: str, most: int) -> None:
    short = shortened(words, 10, 60, most)
    assert len(wrapped(short, 10, 60)) <= most + ("  " in words)
    assert short == words or short.endswith("…")


@pytest.mark.parametrize("across", [300.0, 470.0, 900.0])
def test_columns_take_the_width_and_have_room_for_their_words(across: float) -> None:
    rows = [("Priya Vantongeren", "+1", "a long reason that is told in many words, " * 3)] * 3
    widths = column_widths(table(("Person", "Now", "Why"), rows), 9, across, 8)
    assert sum(widths) == pytest.approx(across)
    assert widths[2] == max(widths)
    assert all(each >= width("Vantongeren" if n == 0 else "Now", 9) for n, each in enumerate(widths[:2]))
    assert sum(rounded(widths, 20)) == round(across * 20)
