"""Enter on a gap leads to the very cell that mends it, for every rule, whatever the size."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.app.driver import Driven, driving, seed
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import (
    AccountStage,
    BlockKind,
    BuyingRole,
    Direction,
    GrowthStatus,
    Sentiment,
)
from workshop_tui.domain.gaps.registry import RULES
from workshop_tui.domain.model.account import Account, Member
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Reading, Stakeholder
from workshop_tui.domain.model.scorecard import Initiative, Review
from workshop_tui.domain.model.session import Block, Parking
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.tui.features.navigation import Navigation
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.views.row_id import GAP, VIEW, RowId

MENDED = {
    "no_economic_buyer": {("Stakeholder", "role")},
    "no_champion": {("Stakeholder", "role")},
    "no_owner": {("Tie", "owner")},
    "one_partner_only": {("Tie", "owner")},
    "alliance_sentiment_unknown": {("Reading", "value")},
    "assumed_only": {("Reading", "confidence"), ("Reading", "value")},
    "no_contact_90_days": {("Stakeholder", "met")},
    "solo_3_or_more": {("Stakeholder", "met")},
    "key_people_never_asked": {("Answer", "text")},
    "style_unknown": {("Stakeholder", "style")},
    "action_overdue": {("Action", "status")},
    "action_no_owner": {("Action", "owner")},
    "action_no_accountable": {("Action", "accountable")},
    "action_no_due": {("Action", "due")},
    "action_vague": {("Action", "title"), ("Action", "due")},
    "answers_not_validated": {("Answer", "validated_on"), ("Answer", "status")},
    "parking_no_owner": {("Parking", "owner")},
    "scorecard_review_overdue": {("Initiative", "actual")},
    "direction_against_numbers": {("Initiative", "direction")},
    "competition_unknown": {("Stakeholder", "competitor")},
    "customer_cannot_see": {("Action", "visibility")},
    "one_sided_milestone": {("Action", "owner")},
    "value_not_recognised": {("Proof", "recognised_by")},
    "nothing_unique": {("Difference", "proof")},
    "no_growth_beyond": {("GrowthStep", "period")},
    "no_deputy": {("SteeringSeat", "person")},
    "steering_overdue": {("SteeringDate", "on")},
}
"""Rule → the fields by which what it finds is mended."""


_LACKS: dict[str, dict[str, object]] = {
    "A08": {"milestone": "Value validated"},
    "A11": {"title": "Call", "due": dt.date(2026, 5, 4)},
    "A12": {"owner": None, "accountable": None, "due": None},
    "A13": {"visibility": "alliance"},
    "SS5": {"person": None},
    "SS6": {"person": None},
    "SD2": {"on": dt.date(2026, 6, 2)},
    "PF1": {"recognised_by": None, "recognised_on": None},
    "DF1": {"proof": None},
    "GS3": {"status": GrowthStatus.DROPPED},
    "GS4": {"status": GrowthStatus.DROPPED},
}
"""Row of the sample → what it lacks."""


def _lacking(row: Entity) -> Entity:
    """Return a row of the sample with something missing; the break is a scorecard block."""
    without: dict[str, object] = {}
    match row:
        case Stakeholder(role=BuyingRole.ECONOMIC | BuyingRole.CHAMPION):
            without = {"role": None}
        case Parking():
            without = {"owner": None, "became": None, "dropped": False}
        case Block(kind=BlockKind.BREAK):
            without = {"kind": BlockKind.SCORECARD}
        case Review():
            without = {"on": row.on - dt.timedelta(days=400)}
        case Initiative():
            is_down = row.direction is Direction.DOWN
            without = {"direction": Direction.UP if is_down else Direction.DOWN}
        case _:
            without = _LACKS.get(row.key[-1], {})
    return replace(row, **without)


def _field(app: Driven) -> tuple[str, str]:
    """Return the kind and the field of the cell that has the keyboard."""
    sheet = app.app.focused
    assert isinstance(sheet, Sheet), "\n".join(app.rows)
    row = sheet.current
    edit = row.cells[0].edit if row and row.placeholder else sheet.current_cell.edit
    assert edit is not None, "\n".join(app.rows)
    kind, *_, name = edit.place.split("/")
    return kind, name


def kind(app: Driven) -> BlockKind | None:
    """Return what the open block shows."""
    return app.workspace.block.kind if app.workspace.block else None


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_every_gap_leads_to_the_cell_that_mends_it(
    grown: AccountPlan, empty: Path, size: tuple[int, int]
) -> None:
    seed(empty, AccountPlan.of(map(_lacking, grown)))
    async with driving(empty, account="norvane", size=size) as app:
        found = {gap.rule: RowId.gap(gap.kind, gap.key, gap.rule) for gap in app.live.figures.gaps}
        assert set(found) == set(RULES) == set(MENDED)
        for rule, gap in found.items():
            app.workspace[Navigation].go_to_fix(gap)
            await app.quiet()
            assert _field(app) in MENDED[rule], "\n".join([rule, *app.rows])
            row, _ = gap.lacks
            if row.kind != "Account" and rule != "key_people_never_asked":
                assert app.workspace.stage.at_cursor == str(row), rule


async def test_what_is_typed_behind_a_gap_mends_it_and_nothing_else(sample: AccountPlan, empty: Path) -> None:
    seed(empty, AccountPlan.of(map(_lacking, sample)))
    async with driving(empty, account="norvane") as app:
        await app.press("g")
        await app.go("gap/Action/A12#action_no_accountable", "", "gaps")
        await app.press("enter")  # they are ranked anew there
        await app.press("enter")
        await app.type_text("mir", "enter")
        before, after = sample.get(Action, "A12"), app.live.whole.get(Action, "A12")
        assert before
        assert after
        assert after.title == before.title
        assert app.live.view.name_of(Member, after.accountable).startswith("Mir")


async def test_how_sure_we_are_is_said_on_the_card_where_the_table_has_no_column(
    sample: AccountPlan, empty: Path
) -> None:
    reading = Reading(session="S2", stakeholder="ST14", toward="ps", value=Sentiment.SUPPORTIVE)
    seed(empty, AccountPlan.of((*sample, reading)))
    async with driving(empty, account="norvane", size=(80, 24)) as app:
        app.workspace[Navigation].go_to_fix(RowId.gap("Stakeholder", ("ST14",), "assumed_only"))
        await app.quiet()
        assert app.sheet("card").has_focus
        assert _field(app) == ("Reading", "confidence")
        assert app.workspace.stage.at_cursor == "Stakeholder/ST14"


async def test_what_a_gap_says_of_who_was_never_met_can_be_done_where_it_leads(norvane: Path) -> None:
    def met(app: Driven) -> list[str]:
        return [gap.message for gap in app.live.figures.gaps if gap.rule == "no_contact_90_days"]

    async with driving(norvane, account="norvane") as app:
        never, *_ = (gap for gap in app.live.figures.gaps if gap.message.startswith("never met"))
        assert never.message == "never met: meet them and note it, or give somebody an action to"
        number = len(met(app))
        app.workspace[Navigation].go_to_fix(RowId.gap(never.kind, never.key, never.rule))
        await app.quiet()
        await app.press("enter")
        await app.type_text("mir", "enter")
        await app.type_text("+2w", "enter")
        assert "has not come yet: make an action of a meeting ahead" in " ".join(app.beneath.split())
        assert len(met(app)) == number
        await app.press(*["backspace"] * 3)
        await app.type_text("today", "enter")
        assert len(met(app)) == number - 1


async def test_from_where_a_gap_has_led_next_goes_back_and_then_on_and_the_clock_stays_till_then(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.APPROACH)
        start = app.workspace.block
        assert start is not None
        await app.press("f7", "s", "enter")
        assert app.live.running_block() == start.id
        gap = next(gap for gap in app.live.figures.gaps if gap.rule == "no_owner")
        app.workspace[Navigation].follow(RowId.gap(gap.kind, gap.key, gap.rule))
        await app.quiet()
        assert kind(app) is BlockKind.STAKEHOLDERS
        assert (
            str(app.workspace.stage.border_subtitle) == f"n goes back to «{start.title}», where the room is."
        )
        style = next(gap for gap in app.live.figures.gaps if gap.rule == "style_unknown")
        app.workspace[Navigation].follow(RowId.gap(style.kind, style.key, style.rule))
        assert str(app.workspace.stage.border_subtitle).startswith("b goes back"), "n is a value there"
        app.workspace[Navigation].follow(RowId.gap(gap.kind, gap.key, gap.rule))
        await app.press("n")
        assert app.workspace.block == app.live.view.get(Block, start.id)
        assert app.live.running_block() == start.id
        assert "n goes on from here" in str(app.workspace.stage.border_subtitle)
        await app.press("n")
        await app.wait_until(lambda: app.live.running_block() != start.id, "the clock goes along")
        assert kind(app) is BlockKind.ACTIONS
        app.workspace[Navigation].follow(RowId.gap(gap.kind, gap.key, gap.rule))
        await app.to_block(BlockKind.CLOSING)  # one has gone elsewhere oneself
        await app.press("b")
        assert kind(app) is BlockKind.ACTIONS


async def test_a_line_of_the_seal_leads_away_and_the_next_block_leads_back(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.CLOSING)
        start = app.workspace.block
        assert start
        await app.press("v", "5")
        lines = [row for row in app.sheet().table.rows if RowId.parse(row.id).kind in {GAP, VIEW}]
        away = []
        for line in lines:
            app.workspace[Navigation].follow(RowId.parse(line.id))
            if app.workspace.block != start:
                away.append(line)
                assert str(app.workspace.stage.border_subtitle).endswith(f"goes back to «{start.title}».")
                app.workspace[Navigation].step_block(1)
            assert app.workspace.block == start
        assert away


async def test_where_a_pursued_account_has_no_row_the_first_is_typed(
    sample: AccountPlan, empty: Path
) -> None:
    pursued = with_values(sample.account, stage=AccountStage.PURSUIT.value)
    seed(empty, AccountPlan.of((*(row for row in sample if not isinstance(row, Account)), pursued)))
    async with driving(empty, account="norvane") as app:
        for rule, place in (
            ("nothing_unique", ("Difference", "text")),
            ("no_growth_beyond", ("GrowthStep", "what")),
        ):
            app.workspace[Navigation].go_to_fix(RowId.gap("Account", pursued.key, rule))
            await app.quiet()
            assert _field(app) == place, "\n".join([rule, *app.rows])
