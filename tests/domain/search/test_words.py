"""Words are parted and folded alike, wherever they come from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop_tui.domain.search.words import LONGEST, placed, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Data residency for drills", ["data", "residency", "for", "drills"]),
        ("Lucía Brightwater, Zoë Å.", ["lucia", "brightwater", "zoe", "a"]),
        ("Łukasz_Straße", ["lukasz", "strasse"]),
        ("CR-7: 14 of 22", ["cr", "7", "14", "of", "22"]),
        ("東京 – ｗｉｄｅ", ["東京", "wide"]),
        ("¤¶ …", []),
        ("x" * 99, ["x" * LONGEST]),
    ],
)
def test_words_are_blind_to_case_accents_and_width(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text())
def test_each_word_stands_where_it_is_said_to_stand(text: str) -> None:
    found = list(placed(text))
    assert [word for *_, word in found] == words(text)
    assert all(0 <= start < end <= len(text) for start, end, _ in found)
    assert all(word in words(text[start:end]) for start, end, word in found)
    assert words(" ".join(words(text))) == words(text)
