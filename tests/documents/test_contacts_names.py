"""Names put straight, what stands with them, and seats that are empty."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop_tui.documents.contacts_names import is_seat, name_key, parsed, whole_name
from workshop_tui.domain.base.text import fold

STRAIGHT = [
    ("Ana Pires", "Ana Pires", ()),
    ("Pires, Ana", "Ana Pires", ()),
    ("PIRES,ANA", "ANA PIRES", ()),
    ("van der Berg, Jan Willem", "Jan Willem van der Berg", ()),
    ("Dr. Ana Pires", "Ana Pires", ("Dr.",)),
    ("Prof. Dr. Ana Pires, MBA", "Ana Pires", ("Prof. Dr.", "MBA")),
    ("Pires, Ana, Ph.D.", "Ana Pires", ("Ph.D.",)),
    ("Ana Pires PhD", "Ana Pires", ("PhD",)),
    ("Pires, Mary Ana Jr.", "Mary Ana Pires", ("Jr.",)),
    ("Ana Ma", "Ana Ma", ()),
    ("Dr. Pires", "Pires", ("Dr.",)),
    ("Pires, Ana (IT, Leeds)", "Ana Pires", ("(IT, Leeds)",)),
    ("Ana [old] Pires", "Ana Pires", ("[old]",)),
    ("Ana Pires, Head of IT", "Ana Pires", ("Head of IT",)),
    ("Pires, Ana, CFO", "Ana Pires", ("CFO",)),
    ("Ana Pires, Norvane Bank", "Ana Pires", ("Norvane Bank",)),
    ("Ana Pires, who knows all about it", "Ana Pires", ("who knows all about it",)),
    ("Dr.", "Dr.", ()),
    ("(IT)", "(IT)", ()),
    ("=cmd()", "=cmd()", ()),
    ("Pires, Ana (IT (Leeds))", "Pires, Ana (IT (Leeds))", ()),
    ("a, b, c", "a, b, c", ()),
    ("", "", ()),
]


@pytest.mark.parametrize(("text", "core", "beside"), STRAIGHT)
def test_a_name_is_told_from_what_stands_with_it(text: str, core: str, beside: tuple[str, ...]) -> None:
    assert (parsed(text).core, parsed(text).beside) == (core, beside)


def test_what_is_far_too_long_for_a_name_is_left_as_it_is() -> None:
    text = "Pires, Ana (IT)" + " and so on" * 100
    assert parsed(text).core == text


_parts = st.lists(
    st.sampled_from(
        ("Ana", "Pires", "van der", "Dr.", "PhD", "Jr.", "Head", "of", "(IT)", "[x]", "(", ")", ",", ", ")
    )
    | st.text(max_size=4),
    max_size=8,
).map(" ".join)


@settings(max_examples=400)
@given(_parts)
def test_a_name_as_it_is_shown_is_read_the_same_again_and_nothing_is_lost(text: str) -> None:
    read = parsed(text)
    assert parsed(read.shown) == read
    assert sorted(_signs(read.shown)) == sorted(_signs(text))


def _signs(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def test_titles_order_case_and_accents_make_no_difference_to_the_key() -> None:
    texts = ("Ana Pires", "PIRES, ANA", "Pires Ana", "Dr. Ana Pirés", "Ana Pires (IT)", "Pires, Ana, MBA")
    assert {name_key(text) for text in texts} == {"ana pires"}


WHOLE = [
    (("", "Ana", "", "Pires", ""), "Ana Pires"),
    (("", "Ana", "Maria", "Pires", "Jr."), "Ana Maria Pires, Jr."),
    (("Ana", "", "", "Pires", ""), "Ana Pires"),
    (("Pires", "Ana", "", "", ""), "Ana Pires"),
    (("Ana Pires", "Ana", "", "", ""), "Ana Pires"),
    (("Pires, Ana", "", "", "Pires", ""), "Ana Pires"),
    (("Berg", "", "van der", "", ""), "Berg, van der"),
    (("Ana M. Pires", "", "M.", "", "Jr."), "Ana M. Pires, Jr."),
    (("Ana Pires Jr.", "", "", "", "Jr."), "Ana Pires, Jr."),
    (("", "", "", "Pires", ""), "Pires"),
    (("", "", "", "", ""), ""),
]


@pytest.mark.parametrize(("parts", "name"), WHOLE)
def test_one_name_is_made_of_its_columns(parts: tuple[str, str, str, str, str], name: str) -> None:
    assert whole_name(*parts) == name


@settings(max_examples=200)
@given(*[st.sampled_from(["", "Ana", "Pires", "Dr.", "Ana Pires", "Pires, Ana", "Jr."])] * 5)
def test_no_first_or_last_name_is_lost(name: str, first: str, middle: str, last: str, suffix: str) -> None:
    whole = set(fold(whole_name(name, first, middle, last, suffix)).replace(",", "").split())
    assert all(set(fold(part).replace(",", "").split()) <= whole for part in (first, middle, last, suffix))


@pytest.mark.parametrize(
    "text",
    ["VACANT", "Vacancy", "TBD", "t.b.c.", "N.N.", "N. N.", "To be named", "Offen", "Vacant (Head of IT)"],
)
def test_an_empty_seat_is_one_in_any_writing(text: str) -> None:
    assert is_seat(text)


@pytest.mark.parametrize("text", ["", "Ana Vacant", "Tim Open", "Nina N.", "TBD Rao", "***"])
def test_a_person_is_no_seat(text: str) -> None:
    assert not is_seat(text)
