"""What would come of each line of a file of contacts."""

from __future__ import annotations

import pytest

from tests.views.plans import looked_at
from workshop_tui.documents.contacts_columns import ALIASES, TITLES
from workshop_tui.documents.contacts_read import read_contacts
from workshop_tui.domain.model.people import Reading, Stakeholder, Tie
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.views.contacts import COLUMN, DOUBT, SCALE, Arriving
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import RowId

FILE = """First Name,Last Name,Title,Email
Marcus,Hale-Obi,Chief Financial Officer,marcus@norvane.example
Pria,Vantongeren,Chief Risk Officer,
Ana,Pires,Head of Payments,ana.pires@norvane.example
"""


def arriving(sample: AccountPlan, text: str = FILE) -> Arriving:
    return Arriving(looked_at(sample), "people.csv", read_contacts(text.encode()))


def headings(found: Arriving) -> list[str]:
    return [row.heading for row in found.table().rows if row.heading]


async def test_what_needs_a_look_comes_first_and_each_line_is_told_once(sample: AccountPlan) -> None:
    found = arriving(sample)
    assert headings(found)[:3] == [
        f"Doubtful: {key('sheet.edit')} chooses · 1",
        "New · 1",
        "There already · 1",
    ]
    shown = [row for row in found.table().rows if row.cells and RowId.parse(row.id).kind != COLUMN]
    lines = [row.cells[0].text for row in shown]
    assert sorted(lines) == ["2", "3", "4"]
    assert found.counts() == "people.csv: 1 new · 1 there already · 1 doubtful"


@pytest.mark.parametrize(("merge", "told"), [(True, "✓ the same as"), (False, "+ somebody new")])
async def test_a_doubtful_line_stays_where_it_is_once_it_is_said_who_it_is(
    sample: AccountPlan, merge: bool, told: str
) -> None:
    found = arriving(sample)
    found.choose(found.open_lines, merge=merge)
    assert found.open_lines == []
    doubtful = [row for row in found.table().rows if RowId.parse(row.id).kind == DOUBT]
    assert [row.cells[-1].text.startswith(told) for row in doubtful] == [True]
    assert found.counts() == f"people.csv: {1 if merge else 2} new · {2 if merge else 1} there already"


async def test_it_comes_in_once(sample: AccountPlan) -> None:
    found = arriving(sample)
    found.choose(found.open_lines, merge=True)
    assert found.bring_in().startswith("1 new person and")
    again = Arriving(found.live, "people.csv", read_contacts(FILE.encode()))
    again.choose(again.open_lines, merge=True)
    assert again.bring_in() == "There is nothing new in people.csv."


async def test_known_sentiment_is_kept_in_a_session_without_readings_and_that_is_told(
    sample: AccountPlan,
) -> None:
    plan = AccountPlan.of(row for row in sample if row.key[0] != "S2" or not isinstance(row, Reading))
    found = arriving(plan, "Name,Attitude\nDev Rathmore,opposed\n")
    told = [row.cells[-1].text for row in found.table().rows if RowId.parse(row.id).kind == "note"]
    assert len(told) == 1
    assert told[0].startswith("Dev Rathmore keeps the sentiment, «")
    assert found.bring_in() == "There is nothing new in people.csv."


async def test_a_file_without_names_asks_for_the_column_that_holds_them(sample: AccountPlan) -> None:
    found = arriving(sample, "Wer,Size,Size\nAna Pires,3,4\n")
    assert found.wrong.startswith("No column is known to hold names: choose below")
    assert [row.cells[-1].text for row in found.table().rows if RowId.parse(row.id).kind == COLUMN] == [
        "→ not used · Ana Pires",
        "→ not used · 3",
        "→ not used · 4",
    ]
    found.map_column(0, "name")
    assert (found.wrong, found.counts()) == ("", "people.csv: 1 new · 2 columns not used")
    found.map_column(2, "title")
    assert [new.title for new in found.proposal.new] == ["4"]
    assert found.said == {"Wer": "name", "Size#2": "title"}
    found.map_column(1, "title")  # a field has one column: the one before is free again
    assert [new.title for new in found.proposal.new] == ["3"]
    assert (found.column(1), found.column(2)) == ("title", "ignore")
    found.map_column(0, "ignore")
    assert found.wrong


async def test_two_columns_may_hold_owners(sample: AccountPlan) -> None:
    found = arriving(sample, "Name,One,Two\nAna Pires,Rowan,Lucía\n")
    found.map_column(1, "owner")
    found.map_column(2, "owner")
    assert (found.column(1), found.column(2)) == ("owner", "owner")


def test_each_field_that_a_column_may_hold_has_a_name() -> None:
    assert TITLES.keys() == ALIASES.keys()


async def test_of_which_scale_figures_are_stands_over_them(sample: AccountPlan) -> None:
    found = arriving(sample, "Name,Influence\nAna Pires,9\n")
    shown = [(row.heading, row.cells[-1].text if row.cells else "") for row in found.table().rows]
    at = next(n for n, (heading, _) in enumerate(shown) if heading.startswith("Words"))
    assert [told for _, told in shown[at + 1 : at + 3]] == [
        "Influence is read as 0 to 10: 9 becomes 5.",
        "→ Influence 5 (much)",
    ]


async def test_a_word_of_a_sheet_is_put_on_our_scale_in_the_preview(sample: AccountPlan) -> None:
    found = arriving(sample, "Name,Influence,Sentiment,Owner\nAna Pires,H,lukewarm,Rowan\n")
    words = [row for row in found.table().rows if RowId.parse(row.id).kind == SCALE]
    assert [row.cells[-1].text for row in words] == ["→ Sentiment not taken", "→ Influence 5 (much)"]
    found.meant("sentiment", "lukewarm", "0")
    owner = "owner of Quillhaven: Rowan Achterberg"
    assert found.proposal.new[0].given == ("influence 5", "sentiment 0 neutral (assumed)", owner)
    assert found.bring_in() == f"1 new person and 0 filled in: {key('undo')} takes all of it back."
    (ana,) = found.live.whole.where(Stakeholder, name="Ana Pires")
    assert [tie.owner for tie in found.live.whole.where(Tie, stakeholder=ana.id)] == ["P1"]
    again = Arriving(found.live, "b.csv", read_contacts(b"Name,Influence,Sentiment\nEva Lund,M,lukewarm\n"))
    assert again.proposal.new[0].given == ("influence 3",)
