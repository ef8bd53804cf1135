"""What one cell says: nothing, an address, a manager."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop_tui.documents.contacts_cells import addresses, beside_addresses, is_yes, manager_names, said_in

EMPTY = ["", " ", "#N/A", "N/A", "n/a", "NULL", "null", "-", "–", "--", "#REF!", "(blank)", "None", "k.A."]


@pytest.mark.parametrize("cell", EMPTY)
def test_what_only_says_that_there_is_nothing_is_empty(cell: str) -> None:
    assert said_in(cell) == ""


@pytest.mark.parametrize("cell", ["Null", "Nan", "None", "Na"])
def test_people_may_be_called_so(cell: str) -> None:
    assert said_in(cell, of_name=True) == cell


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("'Ana", "Ana"),
        ("'=cmd()", "=cmd()"),
        ("'t Hooft", "'t Hooft"),
        ("'s-Gravesande", "'s-Gravesande"),
        (" Head\r\nof  Payments\t", "Head of Payments"),
        ("O'Neil", "O'Neil"),
    ],
)
def test_what_a_spreadsheet_puts_before_text_is_taken_off(cell: str, said: str) -> None:
    assert said_in(cell) == said


ADDRESSES = [
    ("a@x.example", ("a@x.example",)),
    ("a@x.example; b@x.example", ("a@x.example", "b@x.example")),
    ("a@x.example, b@x.example", ("a@x.example", "b@x.example")),
    ("a@x.example ::: b@x.example", ("a@x.example", "b@x.example")),
    ("a@x.example|b@x.example", ("a@x.example", "b@x.example")),
    ("a@x.example a@x.example", ("a@x.example",)),
    ("Ana Pires <a@x.example>", ("a@x.example",)),
    ('"Pires, Ana" <a@x.example>', ("a@x.example",)),
    ("mailto:a@x.example", ("a@x.example",)),
    ("SMTP:a@x.example", ("a@x.example",)),
    ("'a@x.example'", ("a@x.example",)),
    ("a@x.example.", ("a@x.example",)),
    ("o'moss@x.example", ("o'moss@x.example",)),
    ("a at x, @, a@, @x, a@b@c", ()),
    ("", ()),
]


@pytest.mark.parametrize(("cell", "found"), ADDRESSES)
def test_addresses_are_found_whatever_stands_around_them(cell: str, found: tuple[str, ...]) -> None:
    assert addresses(cell) == found


@given(st.text())
def test_an_address_that_was_found_is_one(cell: str) -> None:
    assert all(addresses(found) == (found,) for found in addresses(cell))


def test_the_words_beside_an_address_are_told_from_it() -> None:
    assert beside_addresses("Ana Pires <mailto:a@x.example> (old)") == "Ana Pires old"


@pytest.mark.parametrize(
    ("cell", "yes"), [("TRUE", True), ("1", True), ("ja", True), ("false", False), ("", False)]
)
def test_yes_is_told_from_no(cell: str, yes: bool) -> None:
    assert is_yes(cell) is yes


@pytest.mark.parametrize(
    ("cell", "among"),
    [
        ("Ana Pires (COO)", "Ana Pires (COO)"),
        ("CN=Ana Pires,OU=Users,DC=corp", "Ana Pires"),
        ("cn = Pires\\, Ana,OU=Users", "Pires, Ana"),
        ("CN=Ana Pires/OU=Users/O=Corp", "Ana Pires"),
        ("Ana Pires <a@x.example>", "a@x.example"),
        ("Ana Pires <a@x.example>", "Ana Pires"),
        ("ana.pires@x.example", "ana pires"),
    ],
)
def test_a_manager_can_be_found_by_what_a_cell_holds(cell: str, among: str) -> None:
    assert among in manager_names(cell)
