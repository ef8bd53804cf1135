import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop_tui.domain.base.text import (
    all_of,
    brief_name,
    clean_text,
    fold,
    initials,
    nearest,
    one_line,
    one_of,
    slug,
)

ANY_TEXT = st.text(st.characters(codec=None))  # lone surrogates too
TRICKY = st.text(st.sampled_from("aé \t\r\n\x00\x1b\x85\u2028\u200d\u200e\u202e\u2069\ufeff\ud800e\u0301ß"))
FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("  Priya  Vantongeren ", "Priya Vantongeren"),
        ("one\r\ntwo\tthree", "one two three"),
        ("one\u2028two\x85three", "one two three"),
        ("a\x1b]52;c;ZXZpbA==\x07b", "a]52;c;ZXZpbA==b"),
        ("safe\u202etxt.exe\u2066!", "safetxt.exe!"),
        ("\ufeffname\x00\x7f\x9b", "name"),
        ("lone\ud83d", "lone"),
        ("Jose\u0301", "José"),
        ("👩\u200d🔬 Zoë", "👩\u200d🔬 Zoë"),
        ("a \x00 b", "a b"),
        ("e\x00\u0301", "é"),
        ("   ", ""),
    ],
)
def test_clean_text_of_one_line(given_text: str, kept: str) -> None:
    assert clean_text(given_text) == kept


def test_clean_text_keeps_lines_and_inner_spaces_when_asked() -> None:
    assert clean_text("\n- a\r\n  - b\tc\rd\u2029e\x1b \n", lines=True) == "- a\n  - b c\nd\ne"


@given(ANY_TEXT | TRICKY, st.booleans())
def test_clean_text_is_clean_and_cleaning_again_changes_nothing(text: str, lines: bool) -> None:
    once = clean_text(text, lines=lines)
    assert clean_text(once, lines=lines) == once
    assert not FORBIDDEN.search(once)
    assert lines or "\n" not in once
    assert unicodedata.is_normalized("NFC", once)
    once.encode()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Lucía", "lucia"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Łukasz Đorđević", "lukasz dordevic"),
        ("Søren Ærø", "soren aero"),
        ("Œuvre", "oeuvre"),
        ("İstanbul ışık", "istanbul isik"),
        ("ﬁnance", "finance"),
        ("Ελένη", "ελενη"),
    ],
)
def test_fold(text: str, key: str) -> None:
    assert fold(text) == key


@given(ANY_TEXT)
def test_fold_is_blind_to_case_and_form_and_folding_again_changes_nothing(text: str) -> None:
    key = fold(text)
    assert fold(key) == key
    assert fold(unicodedata.normalize("NFD", text)) == key


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("Norvane Bank", "norvane-bank"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "con-"),
        ("Com1", "com1-"),
        ("com¹", "com1-"),
        ("Crème brûlée & Søn.", "creme-brulee-son"),
        ("日本", "untitled"),
        ("", "untitled"),
        ("a" * 79 + " b", "a" * 79),
    ],
)
def test_slug(text: str, stem: str) -> None:
    assert slug(text) == stem


@given(ANY_TEXT)
def test_slug_is_a_safe_name(text: str) -> None:
    stem = slug(text)
    assert re.fullmatch("[a-z0-9][a-z0-9-]{0,79}", stem)
    assert not re.fullmatch("con|prn|aux|nul|(com|lpt)[0-9]", stem)
    assert slug(stem) == stem


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Quilhaven", "Quillhaven"),
        ("lucia", "Lucía Brightwater"),
        ("britewater", "Lucía Brightwater"),
        ("Zork", ""),
        ("", ""),
    ],
)
def test_the_nearest_name_is_found_by_all_of_it_or_by_a_word(typed: str, name: str) -> None:
    assert nearest(typed, ["Quillhaven Partners LLP", "Quillhaven", "Lucía Brightwater"]) == name


@pytest.mark.parametrize(
    ("names", "told"), [(["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")]
)
def test_names_to_choose_from_are_listed_as_people_do(names: list[str], told: str) -> None:
    assert one_of(names) == told
    assert all_of(names) == told.replace(" or ", " and ")


def test_a_text_of_several_lines_in_one() -> None:
    assert one_line("First \n  second\nthird") == "First second third"
    assert one_line(" 0 ") == " 0 "  # the sign of a figure keeps its place


@pytest.mark.parametrize(
    ("name", "brief", "letters"),
    [
        ("Zoë Åkerlund", "Zoë Å.", "ZÅ"),
        ("Mirela Sandoval-Pike", "Mirela S.", "MSP"),
        ("Cher", "Cher", "C"),
        ("Ana (guest)", "Ana", "A"),
        ("·", "·", "·"),
        ("", "", ""),
    ],
)
def test_a_name_has_a_brief_form_and_initials(name: str, brief: str, letters: str) -> None:
    assert (brief_name(name), initials(name)) == (brief, letters)
