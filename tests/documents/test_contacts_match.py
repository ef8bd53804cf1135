"""Who in a contacts file is likely somebody who is there already, and what merging the two fills in."""

import time

import pytest

from tests.documents.contacts import PLAN, after, ids, merge, person, proposed, sheet_of
from tests.domain.plans import plan_of
from workshop_tui.documents.contacts_names import name_key
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.step import Set

OTHERWISE = "same name but for (Risk), another title"
DUPLICATES: list[tuple[tuple[str, ...], str, str, bool]] = [
    (("priya VANTONGEREN",), "Priya Vantongeren", "same name", True),
    (("Priya Vantongéren", "", "p@norvane.example"), "Priya Vantongeren", "same name", True),
    (("Vantongeren Priya",), "Priya Vantongeren", "name the other way round", False),
    (("Ingrid Solvane", "", "INGRID@norvane.example"), "Ingrid Solvane", "same name", True),
    (("Ingrid Solvane", "", "other@norvane.example"), "Ingrid Solvane", "same name, another email", False),
    (("Priya Vantongeren", "CRO"), "Priya Vantongeren", "same name, another title", False),
    (("Priya Vantongeren", "chief risk officer"), "Priya Vantongeren", "same name", True),
    (("Solvane Ingrid", "", "INGRID@norvane.example"), "Ingrid Solvane", "name the other way round", False),
    (("Vantongeren Priya", "CRO"), "Priya Vantongeren", "name the other way round, another title", False),
    (("Dr. Priya Vantongeren",), "Priya Vantongeren", "same name but for Dr.", False),
    (("Priya Vantongeren (Risk)", "CRO"), "Priya Vantongeren", OTHERWISE, False),
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
    assert (match.line, match.into, match.why, match.sure) == (2, into, why, certain)
    assert name_key(match.name) == name_key(row[0])
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


TWINS = plan_of(
    Stakeholder(id="a", name="Jo Berg", title="Buyer", rank=1),
    Stakeholder(id="b", name="Jo Berg", title="Clerk", rank=2),
)


@pytest.mark.parametrize(
    ("row", "into", "why"),
    [
        (("Jo Berg", "Clerk"), ["b"], ""),
        (("Jo Berg",), [], "same name as 2 people"),
        (("Jo Berg", "Chief"), [], "same name, another title"),
    ],
)
def test_of_two_people_of_one_name_the_one_who_fits_better_is_meant(
    row: tuple[str, ...], into: list[str], why: str
) -> None:
    proposal = proposed(sheet_of(row), TWINS)
    assert [match.why for match in proposal.likely] == [why] * bool(why)
    assert len(proposal.merged) == len(into)
    filled = proposed(sheet_of((row[0], row[1] if row[1:] else "", "jo@x.example")), TWINS)
    assert [person.id for person in after(TWINS, filled).all(Stakeholder) if person.email] == into


def test_the_same_id_is_the_same_person_and_another_id_never_is() -> None:
    head = ("Id", "Full Name", "Job Title", "Email")
    rows = (
        ("1", "Jo Berg", "Buyer", "jo@x.example"),
        ("1", "Jo Berg", "Clerk", "jo2@x.example"),
        ("1", "Joanna Berg"),
        ("2", "Jo Berg", "Buyer", "jo@x.example"),
        ("", "Jo Berg", "Buyer", "jo@x.example"),
    )
    proposal = proposed(sheet_of(*rows, head=head))
    assert [(new.line, new.name) for new in proposal.new] == [(2, "Jo Berg"), (5, "Jo Berg")]
    assert [(match.line, match.why) for match in proposal.merged] == [
        (3, "same id and name"),
        (6, "same name"),
    ]
    assert [(match.line, match.why) for match in proposal.likely] == [(4, "same id, another name")]


def test_what_somebody_has_already_is_kept_and_the_rest_is_told() -> None:
    content = sheet_of(
        ("Ingrid Solvane", "CEO", "ingrid@norvane.example", "Ana Pires"),
        ("Ingrid Solvane", "Chief", "ingrid@norvane.example", "Dev Rao"),
        ("Ingrid Solvane", "CEO", "ingrid@norvane.example", "Pires, Ana"),
        *(("Ana Pires",), ("Dev Rao",)),
    )
    assert [note.what for note in proposed(content).notes] == [
        "Line 3: Ingrid Solvane keeps the title «CEO»; «Chief» is not taken.",
        "Line 3: Ingrid Solvane has a manager already; «Dev Rao» is not taken.",
    ]


def test_each_line_of_an_empty_seat_is_one_of_the_account_s_or_a_new_one() -> None:
    seats = sheet_of(("TBD", "Head of IT"), ("VACANT", "Head of IT"), ("N.N.", "Head of Legal"))
    then = after(PLAN, proposed(seats))
    more = proposed(sheet_of(*[("TBD", "head of it", "", "Ingrid Solvane")] * 3), then)
    assert [(match.into, match.why, match.filled) for match in more.merged] == [
        ("Head of IT", "same seat", ("Reports to",))
    ] * 2
    assert [(new.name, new.seat) for new in more.new] == [("head of it", True)]


def test_a_person_is_never_taken_for_a_seat() -> None:
    then = after(PLAN, proposed(sheet_of(("TBD", "Head of IT"))))
    assert [new.seat for new in proposed(sheet_of(("Head Of It",)), then).new] == [False]


def test_thousands_of_one_name_take_no_time() -> None:
    rows = (("x", f"{n}", "Jo Berg", f"Title {n}") for n in range(3000))
    started = time.process_time()
    assert len(proposed(sheet_of(*rows, head=("x", "Id", "Name", "Title"))).new) == 3000
    assert time.process_time() - started < 20
