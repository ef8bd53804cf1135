"""What each view shows of the sample, and to whom it is closed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.app.crowd import crowd
from tests.views.plans import cells, changed, headings, looked_at, rows
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.discovery import Bullet
from workshop_tui.domain.model.session import Block, Presence
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.views.actions.grouped import GROUPINGS
from workshop_tui.views.actions.table import Actions
from workshop_tui.views.base import CLOSED, ClosedView, View, as_seen, entity_at
from workshop_tui.views.block_views import STAGES, StageKind, first_view
from workshop_tui.views.cell import Edit
from workshop_tui.views.discovery.views import Forms, Objectives, Profile, Standings
from workshop_tui.views.keys import key
from workshop_tui.views.opening.attendance import Guests, Team
from workshop_tui.views.opening.last_actions import LastActions
from workshop_tui.views.opening.purpose import Moved, SessionPurpose
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Table

VIEWS = [view for views in STAGES.values() for view in views]
OPEN_TO_THE_CUSTOMER = {
    *("SessionPurpose", "Team", "Guests", "Agenda", "Objectives", "Everybody", "OrgChart", "Break"),
    *(
        "AskView",
        "Board",
        "AnswerList",
        "AnswersReadBack",
        "Targets",
        "Lines",
        "SessionReadBack",
        "ParkingLot",
        "Proofs",
        "WhyUs",
        "GrowthPath",
    ),
    *("Actions", "Milestones"),
}
"""Any other view is closed: one that is added is closed until somebody puts it here."""


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view().title)
async def test_what_is_ours_is_closed_to_the_customer_and_open_to_us(
    sample: AccountPlan, view: Callable[[], View]
) -> None:
    for audience in (ALLIANCE, "ps", "tech"):
        assert view().table(looked_at(sample, audience)).empty != CLOSED
    table = view().table(looked_at(sample, CUSTOMER))
    is_closed = type(view()).__name__ not in OPEN_TO_THE_CUSTOMER
    assert (table.empty == CLOSED) is is_closed
    assert not is_closed or not table.rows


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view().title)
async def test_a_closed_view_has_no_head_no_card_and_nothing_to_do_or_to_step_through(
    sample: AccountPlan, view: Callable[[], View]
) -> None:
    ours, live = looked_at(sample), looked_at(sample, CUSTOMER)
    names = [row.id for row in view().table(ours).rows]
    seen = as_seen(view(), live)
    assert isinstance(seen, ClosedView) is (type(view()).__name__ not in OPEN_TO_THE_CUSTOMER)
    assert type(as_seen(view(), ours)) is type(view())
    if isinstance(seen, ClosedView):
        assert (seen.table(live).empty, seen.table(live).rows) == (CLOSED, ())
        assert (seen.head(live), seen.subjects(live), seen.table_query(live)) == ("", (), None)
        for name in names:
            assert (seen.card(live, name), seen.large(live, name)) == (None, None)
            assert seen.row_actions(live, name) == ()


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view().title)
@pytest.mark.parametrize("audience", [CUSTOMER, ALLIANCE, "ps"])
async def test_rows_stand_for_what_the_audience_sees_and_have_a_cell_a_column(
    sample: AccountPlan, view: Callable[[], View], audience: str
) -> None:
    live = looked_at(sample, audience)
    table = view().table(live)
    assert len({row.id for row in table.rows}) == len(table.rows)
    for row in table.rows:
        assert row.heading or row.placeholder or len(row.cells) == len(table.cols)
        at = RowId.parse(row.id)
        stands_for = at.kind in {kind.__name__ for kind in live.whole.rows}
        assert not stands_for or entity_at(live.view, str(RowId(at.kind, at.key))) or view is Moved


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view().title)
async def test_how_a_cell_is_changed_is_worked_out_only_when_it_is_asked_for(
    sample: AccountPlan, view: Callable[[], View]
) -> None:
    table = view().table(looked_at(sample))
    cells = (cell for row in table.rows if not row.placeholder for cell in row.cells)
    assert [cell for cell in cells if isinstance(cell.how, Edit) or "edit" in vars(cell)] == []


async def test_a_view_of_an_empty_account_says_how_to_begin(sample: AccountPlan) -> None:
    bare = AccountPlan.of((sample.account, *sample.sessions, *sample.all(Block)))
    live = looked_at(bare)
    for view in VIEWS:
        table = view().table(live)
        assert table.rows or table.empty


async def test_a_later_opening_block_begins_with_the_last_actions(sample: AccountPlan) -> None:
    live = looked_at(sample)
    first, later = (
        block for block in live.view.where(Block, session="S2") if block.kind is BlockKind.OPENING
    )
    assert isinstance(STAGES[first.kind][first_view(live, first)](), SessionPurpose)
    assert isinstance(STAGES[later.kind][first_view(live, later)](), LastActions)


async def test_the_customer_sees_date_and_facilitator_but_not_our_purpose(sample: AccountPlan) -> None:
    labels = [row.cells[0].text for row in SessionPurpose().table(looked_at(sample, CUSTOMER)).rows]
    assert labels == ["Date", "Start", "Facilitator"]
    ours = [row.cells[0].text for row in SessionPurpose().table(looked_at(sample)).rows if row.cells]
    assert ours[0] == "Purpose"


async def test_the_team_stands_under_its_firms_and_who_is_typed_in_is_here(sample: AccountPlan) -> None:
    live = looked_at(sample, session="S1")
    table = Team().table(live)
    here = [row.cells[1].text for row in table.rows if row.cells and row.cells[0].text == "✓"]
    assert len(here) == 6
    assert [row.heading for row in table.rows if row.heading] == [
        "Quillhaven",
        "Stratalume",
    ]
    ghosts = [row for row in table.rows if row.placeholder]
    after = changed(live, ghosts[1].cells[0], "Somebody New")
    (member,) = after.where(Member, name="Somebody New")
    assert member.party == "tech"
    assert after.get(Presence, "S1", member.id)
    assert "Rate" not in headings(Team().table(looked_at(sample, CUSTOMER)))


async def test_guests_are_ticked_for_the_blocks_that_are_the_customers_too(sample: AccountPlan) -> None:
    live = looked_at(sample)
    table = Guests().table(live)
    assert headings(table) == ["Name", "Title", "Value co-discovery"]
    assert {row.id for row in table.rows if row.cells[2].text == "✓"} == {
        "Stakeholder/ST06",
        "Stakeholder/ST13",
    }


async def test_who_has_moved_since_the_last_session(sample: AccountPlan) -> None:
    table = Moved().table(looked_at(sample))
    assert {row.id.removeprefix("Stakeholder/"): cells(row)[1:] for row in table.rows} == {
        "ST02": ["▲ +1", "·", "·"],
        "ST03": ["▲ +1", "·", "▲ +1"],
        "ST06": ["▲ +1", "·", "▲ +1"],
        "ST08": ["▼ −1", "·", "·"],
        "ST10": ["▼ −1", "·", "▼ −1"],
        "ST13": ["▲ +1", "·", "·"],
    }
    assert Moved().table(looked_at(sample, session="S1")).rows == ()


async def test_the_profile_compares_the_partners_and_marks_the_widest_gap(sample: AccountPlan) -> None:
    table = Profile().table(looked_at(sample))
    (widest,) = (row for row in table.rows if row.cells and "widest gap" in row.cells[0].text)
    assert cells(widest)[0].startswith("Senior access today")
    assert cells(widest)[2:] == ["4", "2"]
    (mean,) = (row for row in table.rows if row.id == "mean")
    assert cells(mean)[2:] == ["4.1", "3.7"]


async def test_each_partner_sees_its_own_secret_lines_alone(sample: AccountPlan) -> None:
    texts = {
        who: " ".join(c for row in rows(Forms(), looked_at(sample, who)).values() for c in cells(row))
        for who in ("ps", "tech", ALLIANCE)
    }
    assert "Fee dispute" in texts["ps"]
    assert "Discount floor" in texts["tech"]
    assert "Fee dispute" not in texts["tech"] + texts[ALLIANCE]
    assert "Discount floor" not in texts["ps"] + texts[ALLIANCE]
    live = looked_at(sample)
    heads = [row.heading for row in Forms().table(live).rows if row.heading]
    assert heads == ["Quillhaven, sent 20 Feb 2026", "Stratalume, sent 23 Feb 2026"]
    ghosts = [row.cells[0] for row in Forms().table(live).rows if row.placeholder]
    assert changed(live, ghosts[1], "New fact").where(Bullet, text="New fact", party="tech")


async def test_standings_show_both_partners_now_and_wanted(sample: AccountPlan) -> None:
    live = looked_at(sample)
    assert [cells(row)[:3] for row in rows(Standings(), live).values()] == [
        ["Quillhaven", "partner", "trusted advisor"],
        ["Stratalume", "vendor", "partner"],
    ]
    assert rows(Objectives(), live) == {}


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view().title)
async def test_whatever_is_empty_says_in_its_own_words_what_goes_there_and_how(
    view: Callable[[], View],
) -> None:
    table = view().table(looked_at(crowd(0)))
    if all(row.placeholder for row in table.rows):
        assert table.told_empty not in {Table().told_empty, View.empty, f"{View.empty[:-1]}: {View.invite}"}
        is_added_here = any(row.placeholder for row in table.rows)
        assert not is_added_here or key("sheet.add") in table.told_empty or key("capture") in table.told_empty


@pytest.mark.parametrize("kind", STAGES, ids=str)
def test_another_screen_can_tell_the_views_of_a_block_apart(kind: StageKind) -> None:
    names = [view().name for view in STAGES[kind]]
    assert len(set(names)) == len(names)


def test_every_grouping_of_the_actions_is_a_view_of_theirs() -> None:
    made = [make() for make in STAGES[BlockKind.ACTIONS]]
    assert [view.title for view in made[:-1]] == [Actions(grouping).title for grouping in GROUPINGS]
