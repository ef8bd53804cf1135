"""Who in a contacts file is likely somebody who is there already, and what merging the two fills in."""

import pytest

from tests.documents.contacts import PLAN, after, ids, merge, person, proposed, sheet_of
from workshop_tui.domain.people import Stakeholder
from workshop_tui.domain.step import Set

DUPLICATES: list[tuple[tuple[str, ...], str, str, bool]] = [
    (("priya VANTONGEREN",), "Priya Vantongeren", "same name", True),
    (("Priya Vantongéren", "", "p@norvane.example"), "Priya Vantongeren", "same name", True),
    (("Vantongeren Priya",), "Priya Vantongeren", "name the other way round", False),
    (("Ingrid Solvane", "", "INGRID@norvane.example"), "Ingrid Solvane", "same name", True),
    (("Ingrid Solvane", "", "other@norvane.example"), "Ingrid Solvane", "same name, another email", False),
    (("I. S.", "", "ingrid@norvane.example"), "Ingrid Solvane", "same email, another name", False),
    (("Ingrid Solvanes", "", "ingrid@norvane.example"), "Ingrid Solvane", "same email, another name", True),
    (("Priya Vantongerren",), "Priya Vantongeren", "close spelling", False),
    (("Pirya Vantongeren",), "Priya Vantongeren", "close spelling", False),
    (("Priya M. Vantongeren",), "Priya Vantongeren", "close spelling", False),
]


@pytest.mark.parametrize(("row", "into", "why", "certain"), DUPLICATES)
def test_a_likely_duplicate_is_offered(row: tuple[str, ...], into: str, why: str, certain: bool) -> None:
    proposal = proposed(sheet_of(row))
    (match,) = proposal.merged if certain else proposal.likely
    assert (match.line, match.name, match.into, match.why, match.sure) == (2, row[0], into, why, certain)
    assert (proposal.new, len(proposal.merged) + len(proposal.likely)) == ((), 1)


@pytest.mark.parametrize(
    "row",
    [
        ("Petra Vantongeren",),
        ("Ingrid Solvan", "", "other@norvane.example"),
        ("Ingrid",),
        ("Priya Vantongeren Solvane",),
    ],
)
def test_who_is_not_much_alike_is_new(row: tuple[str, ...]) -> None:
    assert [new.name for new in proposed(sheet_of(row)).new] == [row[0]]


def test_what_is_left_open_changes_nothing_until_it_is_said() -> None:
    content = sheet_of(("Priya Vantongerren", "", "priya@norvane.example"))
    assert proposed(content).changes(PLAN, ids()) == ()
    same = after(PLAN, proposed(content, same=merge))
    assert person(same, "Priya Vantongeren").email == "priya@norvane.example"
    apart = after(PLAN, proposed(content, same=lambda _: False))
    assert person(apart, "Priya Vantongerren").email == "priya@norvane.example"
    assert person(apart, "Priya Vantongeren").email == ""


def test_merging_fills_what_is_empty_and_nothing_else() -> None:
    proposal = proposed(sheet_of(("Priya Vantongeren", "", "priya@norvane.example", "Ingrid Solvane")))
    assert [match.filled for match in proposal.merged] == [("Email", "Reports to")]
    assert proposal.changes(PLAN, ids()) == (
        Set(Stakeholder, ("priya",), "email", "", "priya@norvane.example"),
        Set(Stakeholder, ("priya",), "reports_to", None, "ingrid"),
    )
    then = person(after(PLAN, proposal), "Priya Vantongeren")
    assert (then.title, then.reports_to) == ("Chief Risk Officer", "ingrid")


def test_a_manager_who_is_not_found_is_not_told_as_filled_in() -> None:
    (match,) = proposed(sheet_of(("Priya Vantongeren", "", "", "Nobody Here"))).merged
    assert match.filled == ()


def test_duplicates_within_the_file_become_one_person() -> None:
    proposal = proposed(
        sheet_of(
            ("Ana Pires", "", "ana@x.example"),
            ("Pires, Ana", "Head"),
            ("ANA PIRES", "head", "", "Ingrid Solvane"),
        )
    )
    assert [(match.line, match.into, match.filled) for match in proposal.merged] == [
        (3, "Ana Pires", ("Title",)),
        (4, "Ana Pires", ("Reports to",)),
    ]
    (new,) = proposal.new
    assert (new.title, new.email, new.manager) == ("Head", "ana@x.example", "Ingrid Solvane")
    assert len(after(PLAN, proposal).all(Stakeholder)) == 3
