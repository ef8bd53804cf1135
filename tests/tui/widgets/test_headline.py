"""Large type: lines that are quickly read, and a place for the answer that does not jump."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from workshop_tui.tui.widgets.headline import CLOSE, READABLE, ROOMY, balanced, laid_out, readable
from workshop_tui.views.headline import Headline
from workshop_tui.views.text_layout import wrapped

QUESTION = "What would you expect from the two firms together that you would not get from either alone?"


def test_lines_are_about_as_long_as_each_other() -> None:
    assert balanced(QUESTION, 52, 4) == (
        "What would you expect from the two firms together",
        "that you would not get from either alone?",
    )
    assert balanced("What must go right this year for your part of the bank?", 52, 4) == (
        "What must go right this year",
        "for your part of the bank?",
    )
    assert balanced("", 52, 4) == ("",)


def test_what_is_too_long_is_cut_with_a_mark() -> None:
    lines = balanced("one two three four five six", 9, 2)
    assert lines == ("one two", "three…")


@given(st.text(st.sampled_from("abc 漢é-\n"), max_size=120), st.integers(8, READABLE), st.integers(1, 6))
@settings(max_examples=60)
def test_no_line_is_too_wide_and_no_more_are_made_than_there_have_to_be(
    text: str, width: int, most: int
) -> None:
    lines = balanced(text, width, most)
    assert len(lines) == min(len(wrapped(text, width)), most)
    assert all(cell_len(line) <= width for line in lines)


@pytest.mark.parametrize("roomy", [True, False])
def test_a_longer_question_does_not_move_the_answer(roomy: bool) -> None:
    short, long = (laid_out(Headline("PAST", text), 66, roomy=roomy) for text in ("Why?", QUESTION))
    assert short[1] == long[1]
    assert len(short[0]) == len(long[0])
    answered = laid_out(Headline("PAST", QUESTION, "“Less cost”", "○ heard"), 66, roomy=roomy)
    assert answered[0][answered[1]] == ("“Less cost”", "beneath")
    assert len(answered[0]) == len(long[0])


def test_words_that_are_read_back_are_edited_where_they_stand() -> None:
    lines, at = laid_out(Headline("I HEARD YOU SAY", "“Less cost”", "Ana", is_edited=True), 66, roomy=False)
    assert lines[at] == ("“Less cost”", "text")


def test_a_headline_never_fills_a_small_room() -> None:
    everything = Headline("x", "word " * 500, "word " * 500, "note")
    assert len(laid_out(everything, 66, roomy=False)[0]) == sum(CLOSE) + 4
    assert len(laid_out(everything, 66, roomy=True)[0]) == sum(ROOMY) + 8
    assert (readable(200), readable(30), readable(0)) == (READABLE, 24, 8)
