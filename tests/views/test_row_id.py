"""The ids of rows: how they are written and read, and that nothing else takes one apart."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import workshop_tui
from tests.views.plans import looked_at
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.views.base import entity_at, row_id
from workshop_tui.views.block_views import STAGES
from workshop_tui.views.row_id import RowId

PARTS = st.text(st.sampled_from("ab1/#%2F3é ·«"), max_size=6) | st.text(max_size=6)
KEYS = st.lists(PARTS, max_size=3).map(tuple)
IDS = st.tuples(PARTS, KEYS, KEYS).map(lambda given: RowId(*given))


@given(IDS)
def test_what_is_written_is_read_again(row: RowId) -> None:
    assert RowId.parse(str(row)) == row


@given(IDS, IDS)
def test_two_rows_are_written_alike_only_if_they_are_one(one: RowId, other: RowId) -> None:
    assert (str(one) == str(other)) is (one == other)


@given(st.text(max_size=8), st.lists(PARTS, max_size=2).map(tuple), st.text(max_size=4))
def test_a_gap_leads_to_what_lacks_something(kind: str, key: tuple[str, ...], rule: str) -> None:
    assert RowId.parse(str(RowId.gap(kind, key, rule))).lacks == (RowId(kind, key), rule)


async def test_the_same_line_of_two_cards_is_alike_and_another_is_not(sample: AccountPlan) -> None:
    one, other = (RowId.of(row) for row in sample.all(Stakeholder)[:2])
    reading = [row.about("Reading", "S1", *row.key, "all", "value") for row in (one, other)]
    assert reading[0].alike(one) == reading[1].alike(other)
    assert reading[0].alike(one) != one.about("Reading", "S1", *one.key, "ps", "value").alike(one)


async def test_every_entity_is_found_by_the_id_of_its_row_and_not_by_a_line_about_it(
    sample: AccountPlan,
) -> None:
    for row in sample:
        assert entity_at(sample, row_id(row)) == row
        assert entity_at(sample, str(RowId.of(row).about("told"))) is None
    for other in (RowId.heading("Stakeholder"), RowId.new("ST01"), RowId.command("seal"), RowId("", ())):
        assert entity_at(sample, str(other)) is None


@pytest.mark.parametrize("audience", [ALLIANCE, CUSTOMER, "ps"])
async def test_no_two_rows_of_a_table_or_card_have_one_id(sample: AccountPlan, audience: str) -> None:
    live = looked_at(sample, audience)
    for view in (make() for views in STAGES.values() for make in views):
        table = view.table(live)
        cards = (card for row in table.rows if (card := view.card(live, row.id)))
        for shown in (table, *cards):
            twice = [name for name, n in Counter(row.id for row in shown.rows).items() if n > 1]
            assert not twice, (view.title, twice)


# In the sources

PACKAGE = Path(workshop_tui.__file__).parent
FILES = [
    path
    for room in ("views", "tui")
    for path in sorted((PACKAGE / room).rglob("*.py"))
    if path.name != "row_id.py"
]
CUTS = {
    "partition",
    "rpartition",
    "split",
    "rsplit",
    "startswith",
    "endswith",
    "removeprefix",
    "removesuffix",
}
TAKES_ID = {"Row": 0, "go_to": 0, "Edit": 1, "keep_draft": 0}
NAMED = {"id", "place", "makes", "then", "row_id"}


def surgery(tree: ast.AST) -> Iterator[int]:
    """Yield the lines where the text of an id is cut, or put together other than by a RowId."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute) and node.func.attr in CUTS:
            of_id = isinstance(node.func.value, ast.Attribute) and node.func.value.attr in {
                "id",
                "place",
                "makes",
            }
            if of_id or any(isinstance(arg, ast.Constant) and arg.value in {"/", "#"} for arg in node.args):
                yield node.lineno
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        ids = [keyword.value for keyword in node.keywords if keyword.arg in NAMED]
        if len(node.args) > (at := TAKES_ID.get(name, len(node.args))):
            ids.append(node.args[at])
        for value in ids:
            parts = [each.value for each in ast.walk(value) if isinstance(each, ast.Constant)]
            if any(isinstance(part, str) and {"/", "#"} & set(part) for part in parts):
                yield node.lineno


@pytest.mark.parametrize(
    "code",
    [
        'row.id.partition("/")[2]',
        'kind, *key = name.split("/")',
        "row.id.endswith(col.heading)",
        'edit.place.startswith("Action")',
        'Row(f"Block/{block}", cells)',
        'Row("do/seal", cells)',
        'sheet.go_to(f"Block/{block}")',
        'replace(row, id=f"{row.id}/settled")',
        'Edit(title, f"Action/{action}/status", "", build)',
        "RowId.parse(name.split('/')[0])",
    ],
)
def test_surgery_is_noticed(code: str) -> None:
    assert [*surgery(ast.parse(code))]


@pytest.mark.parametrize("code", ['text.split("\\n")', 'Row("mean", cells)', 'Cell(f"{used}/{has}")'])
def test_what_is_no_surgery_is_let_be(code: str) -> None:
    assert not [*surgery(ast.parse(code))]


def test_an_id_is_taken_apart_and_put_together_in_one_module() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in FILES
        for line in surgery(ast.parse(path.read_text("utf-8")))
    ]
    assert found == []
