"""Contacts become people: who is new, who cannot come in, who reports to whom."""

import itertools
import json

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.documents.contacts import HEAD, INGRID, PLAN, PRIYA, after, ids, merge, person, proposed, sheet_of
from tests.documents.hostile import HOSTILE
from tests.domain.plans import plan_of
from workshop_tui.documents.contacts import Same, sure
from workshop_tui.documents.contacts_cells import said_in
from workshop_tui.documents.contacts_names import name_key
from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.plan_json import dump_plan
from workshop_tui.domain.base.text import clean_text
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Step, apply


def test_somebody_new_comes_in_behind_the_others_as_the_customer_may_see_them() -> None:
    proposal = proposed(sheet_of(("Ana Pires", "Head of Payments", "ana@norvane.example", "Ingrid Solvane")))
    then = after(PLAN, proposal)
    assert then.all(Stakeholder)[-1] == Stakeholder(
        id="n1",
        rank=3,
        name="Ana Pires",
        title="Head of Payments",
        email="ana@norvane.example",
        reports_to="ingrid",
    )
    ana = project(then, "customer").get(Stakeholder, "n1")
    assert ana
    assert (ana.name, ana.title, ana.reports_to) == ("Ana Pires", "Head of Payments", "ingrid")
    assert "ana@norvane.example" not in dump_plan(project(then, "customer"))


def test_an_id_that_is_taken_is_not_given_again() -> None:
    made = iter(["ingrid", "x", "x", "y"])
    changes = proposed(sheet_of(("Ana Pires",), ("Dev Rao",))).changes(PLAN, made.__next__)
    assert [change.row.key for change in changes if isinstance(change, Add)] == [("x",), ("y",)]


NAMES = [
    (("Ana", "Pires", ""), "Ana Pires"),
    (("Ana", "Pires", "Pires, Ana (N)"), "Ana Pires"),
    (("", "Pires", ""), "Pires"),
    (("Ana", "", "Ana Pires"), "Ana Pires"),
    (("", "", "Pires, Ana"), "Ana Pires"),
    (("", "", "van der Berg, Jan Willem"), "Jan Willem van der Berg"),
    (("", "", "Ana Pires, Ph.D."), "Ana Pires, Ph.D."),
    (("", "", "Pires, Ana, MBA"), "Ana Pires, MBA"),
    (("", "", "  =cmd()  "), "=cmd()"),
    (("\x1b[31mAna", "\u202ePires\t", ""), "[31mAna Pires"),
]


@pytest.mark.parametrize(("cells", "name"), NAMES)
def test_a_name_is_first_and_last_or_the_full_one_put_straight(cells: tuple[str, ...], name: str) -> None:
    (new,) = proposed(sheet_of(cells, head=("First Name", "Last Name", "Full Name"))).new
    assert new.name == name


BAD = [
    (("", "Head"), "Line 3: Name is empty: give one in the file."),
    (("***",), "Line 3: Name «***» has no letter in it: put it right in the file."),
    (("x" * 161,), "Line 3: Name is 1 characters too long: 160 is the most."),
    (("Ana", "x" * 501), "Line 3: Title is 1 characters too long: 500 is the most."),
    (("Ana", "", "=cmd()"), "Line 3: Email «=cmd()» is no address: mend it or leave it empty."),
    (("Ana", "", "a at b, c"), "Line 3: Email «a at b, c» is no address: mend it or leave it empty."),
]


@pytest.mark.parametrize(("row", "says"), BAD)
def test_a_bad_row_is_named_and_the_rest_can_go_in(row: tuple[str, ...], says: str) -> None:
    proposal = proposed(sheet_of(("Bo Lind",), row, ("Cy Mar",)))
    assert [bad.why for bad in proposal.bad] == [says]
    assert [new.name for new in proposal.new] == ["Bo Lind", "Cy Mar"]


def test_bad_rows_stand_in_the_order_of_the_file() -> None:
    proposal = proposed(b"Name,Title\n,x\na,b,c\n***,\n")
    assert [bad.line for bad in proposal.bad] == [2, 3, 4]


# Managers.


@pytest.mark.parametrize("said", ["Dev Rao", "Rao, Dev", "dev rao", "DEV@x.example", "D7", "Rao Dev"])
def test_a_manager_is_found_by_name_address_or_id_also_in_later_rows(said: str) -> None:
    head = ("Contact ID", *HEAD)
    content = sheet_of(("A1", "Ana Pires", "", "", said), ("D7", "Dev Rao", "", "dev@x.example"), head=head)
    then = after(PLAN, proposed(content))
    assert person(then, "Ana Pires").reports_to == person(then, "Dev Rao").id


def test_managers_are_added_before_those_who_report_to_them_and_ranked_as_in_the_file() -> None:
    content = sheet_of(("Ana Pires", "", "", "Dev Rao"), ("Dev Rao", "", "", "Bo Lind"), ("Bo Lind",))
    added = [c.row for c in proposed(content).changes(PLAN, ids()) if isinstance(c, Add)]
    people = [row for row in added if isinstance(row, Stakeholder)]
    assert [(each.name, each.rank) for each in people] == [("Bo Lind", 5), ("Dev Rao", 4), ("Ana Pires", 3)]


def test_a_manager_is_found_under_the_name_the_file_has_for_somebody_known() -> None:
    content = sheet_of(("Priya Vantongerren",), ("Ana Pires", "", "", "Vantongerren, Priya"))
    assert person(after(PLAN, proposed(content, same=merge)), "Ana Pires").reports_to == "priya"


def test_managers_who_are_not_found_are_named() -> None:
    twins = (("Jo Berg", "", "jo1@x.example"), ("Jo Berg", "", "jo2@x.example"))
    content = sheet_of(*twins, ("Ana Pires", "", "", "Jo Berg"), ("Dev Rao", "", "", "Solvane"))
    proposal = proposed(content, same=lambda match: match.sure)
    assert [(each.line, each.name, each.manager, each.why) for each in proposal.unresolved] == [
        (4, "Ana Pires", "Jo Berg", "could be several people"),
        (5, "Dev Rao", "Solvane", "is nobody in the account or the file"),
    ]
    assert person(after(PLAN, proposal), "Ana Pires").reports_to is None


def test_a_manager_that_is_known_stays() -> None:
    plan = plan_of(INGRID, with_values(PRIYA, reports_to="ingrid"))
    proposal = proposed(sheet_of(("Priya Vantongeren", "", "", "Ana Pires"), ("Ana Pires",)), plan)
    assert person(after(plan, proposal), "Priya Vantongeren").reports_to == "ingrid"


CIRCLES = [
    ([("Ana Pires", "", "", "Dev Rao"), ("Dev Rao", "", "", "Ana Pires")], ("Ana Pires", "Dev Rao")),
    (
        [("Ingrid Solvane", "", "", "Ana Pires"), ("Ana Pires", "", "", "Priya Vantongeren")],
        ("Ingrid Solvane", "Ana Pires", "Priya Vantongeren"),
    ),
]


@pytest.mark.parametrize(("rows", "names"), CIRCLES)
def test_a_circle_of_managers_is_refused_with_its_names_and_its_people_come_in(
    rows: list[tuple[str, ...]], names: tuple[str, ...]
) -> None:
    plan = plan_of(INGRID, with_values(PRIYA, reports_to="ingrid"))
    outside = ("Bo Lind", "", "", rows[0][0])
    proposal = proposed(sheet_of(outside, *rows), plan)
    assert proposal.cycles == (names,)
    then = after(plan, proposal)
    assert {each.name for each in then.all(Stakeholder)} >= {*names}
    assert person(then, "Bo Lind").reports_to == person(then, rows[0][0]).id
    assert person(then, "Priya Vantongeren").reports_to == "ingrid"


def test_a_very_long_line_of_managers_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    length, looked = 3000, itertools.count()
    rows = [(f"Person Number{n}", "", "", f"Person Number{n + 1}") for n in range(length)]
    proposal = proposed(sheet_of(*rows), same=lambda match: match.sure)
    step = Step(proposal.changes(PLAN, ids()))
    get = AccountPlan.get

    def counted(plan: AccountPlan, kind: type[Stakeholder], *key: str | None) -> Stakeholder | None:
        next(looked)
        return get(plan, kind, *key)

    monkeypatch.setattr(AccountPlan, "get", counted)
    apply(PLAN, step)
    assert next(looked) < 5 * length


# Laws.

_names = st.sampled_from(["Ana Pires", "Pires Ana", "Ana Pirez", "Pires, Ana", "Dev Rao", "Ingrid Solvane"])
_emails = st.sampled_from(["", "a@x.example", "b@x.example", "ingrid@norvane.example"])
_rows = st.tuples(
    _names | st.text(st.characters(codec="utf-8"), max_size=6),
    st.sampled_from(["", "Head"]),
    _emails,
    st.just("") | _names,
)


def changes_nothing_the_second_time(content: bytes, same: Same, again: Same) -> bool:
    first = proposed(content, same=same)
    assume(not (first.cycles or first.unresolved))  # with a line left open, they may well be found
    then = after(PLAN, first)
    second = proposed(content, then, again)
    return (second.new, second.changes(then, ids()), second.bad) == ((), (), first.bad)


ANA = ("Ana Pires", "", "", "")
TURNED = ("Pires Ana", "", "", "")


@settings(max_examples=200)
@given(st.lists(_rows, max_size=7))
@example(
    [
        ANA,
        (*TURNED[:3], "Ana Pires"),
        ("Pires Ana", "", "a@x.example", ""),
        ("Pires Ana", "", "b@x.example", ""),
        TURNED,
    ]
)
def test_importing_again_proposes_only_merges_that_change_nothing(rows: list[tuple[str, ...]]) -> None:
    """What fits several people as well is left open."""
    assert changes_nothing_the_second_time(sheet_of(*rows), lambda match: match.sure, sure)


@settings(max_examples=200)
@given(st.lists(_rows, max_size=7))
def test_importing_again_changes_nothing_where_all_was_merged(rows: list[tuple[str, ...]]) -> None:
    """Not so where several names share an address: then who it belongs to is anybody's guess."""
    own = [
        (name, title, email and f"n{name_key(name).encode().hex()}@x.example", boss)
        for name, title, email, boss in rows
    ]
    assert changes_nothing_the_second_time(sheet_of(*own), merge, merge)


_bytes = st.binary(max_size=200) | st.lists(
    st.sampled_from(
        [b"Name", b"Email", b"Reports To", b",", b";", b'"', b"\n", b"\r", b"Ana", b"\xe9", b"\0"]
    ),
    max_size=40,
).map(b"".join)


@settings(max_examples=400)
@given(_bytes | _bytes.map(b"Full Name,Email,Reports To\n".__add__))
def test_any_bytes_are_a_proposal_or_a_sentence(content: bytes) -> None:
    proposal, refused = None, "."
    try:
        proposal = proposed(content, same=merge)
    except DocumentError as error:
        refused = str(error)
    assert refused.endswith(".")
    assert "\n" not in refused
    if proposal:
        after(PLAN, proposal)


def test_hostile_cells_are_text_and_nothing_more() -> None:
    fit = [text for text in HOSTILE if "\0" not in text and "\ud83d" not in text]
    proposal = proposed(sheet_of(*((f"Person {n}x{n}y", text) for n, text in enumerate(fit))), same=merge)
    told = json.dumps([new.title for new in proposal.new], ensure_ascii=False)
    assert told == clean_text(told)
    titles = {each.title for each in after(PLAN, proposal).all(Stakeholder)}
    assert {said_in(text) for text in fit if len(text) <= 500} <= titles
    assert len(proposal.bad) == sum(len(clean_text(text)) > 500 for text in fit)
