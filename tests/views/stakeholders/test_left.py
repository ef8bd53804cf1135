"""Who has left is off tables, pictures and counts from that day, and their history is kept."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.views.plans import cells, looked_at, rows
from workshop_tui.domain.base.validation import validated
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.model.people import Reading, Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.approach.table import Approaches
from workshop_tui.views.base import people_here
from workshop_tui.views.opening.purpose import Moved
from workshop_tui.views.stakeholders.chart import OrgChart
from workshop_tui.views.stakeholders.influence import Influence
from workshop_tui.views.stakeholders.styles import Styles
from workshop_tui.views.stakeholders.table import LEFT, Everybody
from workshop_tui.views.value.board import Board

TOMASZ, PRIYA = "Stakeholder/ST04", "Stakeholder/ST03"
ON = dt.date(2026, 6, 8)


@pytest.fixture
def left(sample: AccountPlan) -> AccountPlan:
    """The sample without its operating officer, after whom its resilience head comes."""
    changed = {"left_on": ON.isoformat(), "successor": "ST06"}
    plain = sample.get(Stakeholder, "ST04").plain()  # type: ignore[union-attr]
    gone = validated(Stakeholder, {**plain, **changed})
    return AccountPlan.of(gone if row.key == gone.key and type(row) is Stakeholder else row for row in sample)


@pytest.mark.parametrize("audience", [ALLIANCE, CUSTOMER])
async def test_who_has_left_is_off_the_table_and_found_by_the_filter(
    left: AccountPlan, audience: str
) -> None:
    live, table = looked_at(left, audience), Everybody()
    assert TOMASZ not in rows(table, live)
    assert PRIYA in rows(table, live)
    assert table.chips(live) == ((LEFT, 1),)
    table.table_query(live).wanted = LEFT
    assert list(rows(table, live)) == [TOMASZ]
    assert cells(rows(table, live)[TOMASZ])[0] == "Tomasz Lindqvar · left 8 Jun 2026"
    assert len(people_here(live)) == 13


async def test_nobody_has_left_so_there_is_nothing_to_filter_by(sample: AccountPlan) -> None:
    assert Everybody().chips(looked_at(sample)) == ()


def painted(view: OrgChart | Styles | Influence, live: LivePlan) -> set[str]:
    return set(view.draw(live, 120, 40).items)


@pytest.mark.parametrize("kind", [OrgChart, Styles, Influence])
async def test_pictures_are_without_who_has_left(
    left: AccountPlan, kind: type[OrgChart | Styles | Influence]
) -> None:
    found = painted(kind(), looked_at(left))
    assert TOMASZ not in found
    assert PRIYA in found


async def test_the_approach_and_the_board_are_without_who_has_left(left: AccountPlan) -> None:
    live = looked_at(left)
    assert PRIYA in rows(Approaches(), live)
    assert TOMASZ not in rows(Approaches(), live)
    assert not [row for row in rows(Board(), live).values() if "Tomasz Lindqvar" in cells(row)]


async def test_changes_tell_who_has_left_and_who_comes_after(left: AccountPlan) -> None:
    live = looked_at(left)
    table = Moved().table(live)
    assert "Left" in [row.heading for row in table.rows]
    assert "Tomasz Lindqvar\nleft 8 Jun 2026, Dev Rathmore comes after" in [
        cells(row)[0] for row in table.rows if row.cells
    ]


async def test_what_was_known_of_them_is_kept(left: AccountPlan, sample: AccountPlan) -> None:
    live = looked_at(left)
    assert live.view.where(Reading, stakeholder="ST04") == sample.where(Reading, stakeholder="ST04") != ()
    labels = [cells(row)[0] for row in Everybody().card(live, TOMASZ).rows if row.cells]  # type: ignore[union-attr]
    assert "Left on" in labels
    assert "Successor" in labels
