"""What is typed to find something."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from workshop_tui.domain.base.dates import Calendar
from workshop_tui.domain.search.query import LETTERED, LETTERS, Query, QueryError, named, parse
from workshop_tui.domain.search.said import SAID
from workshop_tui.domain.search.words import LONGEST

DATES = Calendar(dt.date(2026, 6, 9))


def read(typed: str) -> Query:
    return parse(typed, DATES)


def test_words_and_what_narrows_stand_in_any_order() -> None:
    found = read('kind:d Data who:priya  since:q2 acct:nor résid who:"chidi v"')
    assert found.words == ("data", "resid")
    assert found.kinds == {"Decision"}
    assert found.who == ("priya", "chidi v")
    assert found.accounts == ("nor",)
    assert found.since == dt.date(2026, 4, 1)


@pytest.mark.parametrize(
    ("typed", "since"),
    [
        ("q2", dt.date(2026, 4, 1)),
        ("q3", dt.date(2025, 7, 1)),
        ("2025-q3", dt.date(2025, 7, 1)),
        ('"q1 2024"', dt.date(2024, 1, 1)),
        ("mar", dt.date(2026, 3, 1)),
        ("September", dt.date(2025, 9, 1)),
        ('"mar 2024"', dt.date(2024, 3, 1)),
        ("2026-02", dt.date(2026, 2, 1)),
        ("2025", dt.date(2025, 1, 1)),
        ("-2w", dt.date(2026, 5, 26)),
        ('"10 mar"', dt.date(2026, 3, 10)),
        ("10/3", dt.date(2026, 3, 10)),
    ],
)
def test_since_is_the_first_day_of_what_is_named(typed: str, since: dt.date) -> None:
    assert read(f"since:{typed}").since == since


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("s", {"Stakeholder"}),
        ("v", {"Answer"}),
        ("dec", {"Decision"}),
        ("Risk", {"Risk"}),
        ("meet", {"Meeting"}),
        ("w", {"Approach", "ApproachStep", "CrmId"}),
    ],
)
def test_a_kind_is_named_by_its_letter_or_how_its_name_begins(typed: str, kinds: set[str]) -> None:
    assert read(f"kind:{typed}").kinds == kinds


def test_every_kind_that_is_found_has_a_letter_and_is_named_by_what_it_is_called() -> None:
    assert {kind.__name__ for kind in SAID} == set(LETTERS)
    for kind in SAID:
        assert kind.__name__ in read(f'kind:"{kind.VERBOSE_NAME}"').kinds, kind


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("colour:red", "«colour:» narrows nothing: use kind:, who:, since: or acct:."),
        (
            "kind:zebra",
            (
                "«zebra» is no kind of line: use person s, action a, answer v, parked p, "
                "decision d, risk r, meeting m, team member t, evidence e, objective o, question q, form f, "
                "approach w, value target u, proposition c, goal g or account or session n."
            ),
        ),
        ("since:soon", "«soon» is no day: use q2, mar, 2026, 10 mar or -2w."),
    ],
)
def test_what_is_not_known_is_one_sentence(typed: str, told: str) -> None:
    with pytest.raises(QueryError) as refused:
        read(typed)
    assert str(refused.value) == told


@pytest.mark.parametrize("typed", ["", "  ", "kind:", "who: since:", "acct:nor", "…"])
def test_nothing_is_looked_for_while_nothing_is_typed_yet(typed: str) -> None:
    assert read(typed).is_empty


@pytest.mark.parametrize("typed", ["10:30", "re:", "a/b", "(data)"])
def test_signs_of_a_text_narrow_nothing(typed: str) -> None:
    assert read(typed).words


@pytest.mark.parametrize(
    ("typed", "text", "fits"),
    [
        ("data resid", "Data residency for drills", True),
        ("resid data", "Data residency for drills", False),  # only the last word may be begun
        ("RESIDENCY", "Data résidency", True),
        ("data data", "Data", True),
        ("zoe", "Zoë Å.", True),
        ("zoe x", "Zoë Å.", False),
    ],
)
def test_all_words_are_there_the_last_begun(typed: str, text: str, fits: bool) -> None:
    query = read(typed)
    assert query.fits(text) is fits
    assert all(query.marks(text).values()) is fits


@given(st.text("ab Zé", max_size=12), st.text("ab Zé", max_size=12))
def test_what_fits_is_marked_and_what_is_marked_fits(typed: str, text: str) -> None:
    query = read(typed)
    if query.words:
        assert query.fits(text) is all(query.marks(text).values())


_LETTERS = st.text("abZ1 _-", max_size=14)


@given(_LETTERS, _LETTERS)
@example("a ab", "ab a")
@example("x" * LONGEST, "x" * (LONGEST + 1))
def test_a_text_of_plain_letters_is_read_as_any_other(typed: str, text: str) -> None:
    query, other = read(typed), f"{text} é"  # which is looked at word by word
    assume(query.words)
    assert query.fits(text) is query.fits(other)
    assert query.is_whole_in(text) is query.is_whole_in(other)
    assert query.marks(text) == query.marks(other)


@pytest.mark.parametrize(
    ("beginning", "name", "meant"),
    [
        ("pri", "Priya Vantongeren", True),
        ("vanton", "Priya Vantongeren", True),
        ("pr va", "Priya Vantongeren", True),
        ("va pr", "Priya Vantongeren", False),
        ("iya", "Priya Vantongeren", False),
        ("…", "Priya Vantongeren", False),
    ],
)
def test_a_name_is_meant_by_how_its_words_begin(beginning: str, name: str, meant: bool) -> None:
    assert named(beginning, name) is meant


def test_every_letter_is_told_and_the_word_beside_it_is_a_kind() -> None:
    assert set(LETTERED) == set(LETTERS.values())
    assert all(read(f"kind:{letter}").kinds for letter in LETTERED)
    for word in LETTERED.values():
        if " or " not in word:
            assert read(f'kind:"{word}"').kinds, word
