"""The scorecard by keyboard: from anywhere, on one page, and a review of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.app.driver import Driven, driving
from tests.app.test_sizes import SIZES, Seen, seen
from workshop_tui.domain.base.vocabulary import BlockKind, SteeringRole
from workshop_tui.domain.gaps.work import direction_against_numbers, scorecard_review_overdue
from workshop_tui.domain.model.scorecard import Initiative, Review, ReviewLine, SteeringDate, SteeringSeat
from workshop_tui.domain.plan.step import removal, set_field
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.tui.screens.review import ReviewDialog

NEW = ("4", "2", "6", "5", "8", "1", "25", "5", "1", "4", "6", "4")
"""The figures of the twelve at this review."""
MOST_KEYS = 40


def form(app: Driven) -> ReviewDialog:
    screen = app.app.screen
    assert isinstance(screen, ReviewDialog), app.text
    return screen


def open_kind(app: Driven) -> BlockKind | None:
    return app.workspace.block.kind if app.workspace.block else None


def rules(app: Driven) -> list[str]:
    return [gap.rule for gap in app.live.figures.gaps]


def filled_in() -> Iterator[str]:
    """The keys of a whole review: figures, some arrows and wheels, down the column, and held."""
    arrows = {4: "d", 9: "u", 11: "u"}
    wheels = {1: "w", 4: "w", 8: "w"}
    for at, figure in enumerate(NEW):
        yield from figure
        yield from filter(None, (arrows.get(at), wheels.get(at)))
        yield "tab"
    yield "enter"


async def test_a_review_of_twelve_initiatives_in_forty_keys_and_one_step(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        before, number = app.live.whole, app.live.reached
        assert scorecard_review_overdue.__name__ in rules(app)
        keys = ("R", *filled_in())
        assert len(keys) <= MOST_KEYS
        await app.press(*keys)
        assert app.live.reached == number + 1
        now = app.live.whole.all(Initiative)
        assert tuple(f"{row.actual:g}" for row in now) == NEW
        assert [now[at].direction.sign for at in (4, 9, 11)] == ["▼", "▲", "▲"]
        assert [now[at].completion for at in (1, 4, 8)] == [50, 50, 25]
        (review,) = app.live.whole.where(Review, on=app.live.today)
        assert len(app.live.whole.where(ReviewLine, review=review.id)) == len(NEW)
        assert scorecard_review_overdue.__name__ not in rules(app)
        assert "The review of 9 Jun 2026 is held, Ctrl+Z undoes" in app.text
        await app.stored()
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.live.whole == before, "all of it is taken back")
        assert scorecard_review_overdue.__name__ in rules(app)


async def test_left_half_way_nothing_is_lost_and_nothing_half_written(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        before = app.live.whole
        await app.press("R", "4", "tab", "2", "w", "down", "u", "escape")
        assert app.live.whole == before
        assert "The review is left half done: R goes on with it" in app.text
        await app.stored()
    async with driving(norvane, account="norvane") as app:
        await app.wait_until(lambda: "half done: R goes on with it" in app.text)
        await app.press("R")
        lines = form(app).form.lines
        assert [(each.typed, each.completion, each.direction) for each in lines[:3]] == [
            ("4", None, None),
            ("2", 50, None),
            (None, None, "up"),
        ]
        await app.press("ctrl+s")
        assert [row.actual for row in app.live.whole.all(Initiative)][:3] == [4, 2, 5]
        await app.press("R")
        assert form(app).form.changed == 0, "what was held is no draft any more"


@pytest.fixture
def joins_late(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Have one's drafts known only once this is set."""
    answered, drafts = asyncio.Event(), LivePlan.drafts

    async def slowly(live: LivePlan) -> dict[str, str]:
        await answered.wait()
        return await drafts(live)

    monkeypatch.setattr(LivePlan, "drafts", slowly)
    return answered


async def test_what_is_typed_while_one_still_joins_is_not_said_to_have_been_left(
    norvane: Path, joins_late: asyncio.Event
) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Three-way", "Due", "main", "enter")
        await app.type_text("someday", "escape")
        await app.press("R")
        await app.type_text("4", "tab")
        assert "1 of 12 changed" in app.text
        joins_late.set()
        await app.arrived()
        assert "half done" not in app.text
        assert "not saved in Actions" not in str(app.workspace.stage.border_subtitle)


async def test_one_left_half_way_is_told_of_where_the_help_is_open_as_one_joins(
    norvane: Path, joins_late: asyncio.Event
) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.press("R", "4", "tab", "escape")
        joins_late.set()
        await app.arrived()
        await app.stored()
    joins_late.clear()
    async with driving(norvane, account="norvane") as app:
        await app.press("f1")
        joins_late.set()
        await app.arrived()
        await app.press("escape")
        assert "half done: R goes on with it" in app.text


async def test_what_is_no_figure_is_said_where_it_stands(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        before = app.live.whole
        await app.press("R", "4", ".", ".", "end", "enter")
        assert app.shows("✗ That is no figure: type a number")
        assert form(app).form.row == 0
        assert app.live.whole == before
        await app.press("backspace", "5", "ctrl+s")
        assert app.live.whole.all(Initiative)[0].actual == 4.5


async def test_somebody_elses_figure_is_told_before_it_is_replaced(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.press("R", "4")
        first = app.live.whole.all(Initiative)[0]
        app.live.commit(lambda _plan: set_field(first, "actual", 1.0))
        await app.press("ctrl+s")
        assert app.shows("Somebody else has set Continuity Ready packaged to 1")
        assert app.live.whole.all(Initiative)[0].actual == 1
        await app.press("ctrl+s")
        assert app.live.whole.all(Initiative)[0].actual == 4


async def test_before_the_customer_there_is_no_scorecard_to_hold_a_review_of(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        before = app.live.whole
        await app.press("R", "9")
        await app.press("f4")
        assert app.app.screen is app.workshop, "the form is gone with what it showed"
        for key in ("R", "S"):
            await app.press(key)
            assert app.app.screen is app.workshop
            assert "corecard" not in app.text
        assert app.live.whole.all(Initiative) == before.all(Initiative)
        await app.press("f1")
        assert "review" not in app.text.lower()
        assert "corecard" not in app.text


@pytest.mark.parametrize("size", SIZES)
async def test_it_stands_on_one_page_without_a_block_for_it(norvane: Path, size: tuple[int, int]) -> None:
    async with driving(norvane, account="norvane", size=size) as app:
        assert all(block.kind is not BlockKind.SCORECARD for block in app.workspace.blocks())
        await app.press("S")
        assert app.shows("Alliance bookings 3.4/12 GBP m · Alliance revenue recognised 1.1/6.5 GBP m")
        for row in app.live.view.all(Initiative):
            assert app.shows(row.title[:20]), row.title
            assert app.shows(row.component), row.component
        assert app.shows("Leading indicator     Target Actual" if size == SIZES[0] else "Leading indicator")


async def test_a_larger_terminal_never_shows_less_of_it(norvane: Path) -> None:
    found: list[list[Seen]] = []
    for size in SIZES:
        async with driving(norvane, account="norvane", size=size) as app:
            await app.press("S")
            views = range(len(app.workspace.stage.views))
            now = []
            for number in views:
                app.workspace.stage.open_view(number)
                await app.quiet()
                now.append(seen(app.workspace.stage.main))
            found.append(now)
    for less, more in pairwise(found):
        assert all(a.columns <= b.columns and a.rows <= b.rows for a, b in zip(less, more, strict=True))


async def test_from_beside_the_agenda_one_goes_back_to_the_block_one_came_from(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("S")
        assert open_kind(app) is BlockKind.SCORECARD
        await app.press("f7")
        assert app.shows("Start «Actions»")
        assert not app.shows("Start «Scorecard»")
        await app.press("escape", "n")
        assert open_kind(app) is BlockKind.ACTIONS
        assert not any(block.started for block in app.workspace.blocks())


async def test_a_gap_of_the_scorecard_leads_there_and_enter_mends_the_arrow(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.press("g")
        gap = f"gap/Initiative/I05#{direction_against_numbers.__name__}"
        await app.go(gap, "", "gaps")
        await app.press("enter")
        assert app.workspace.stage.at_cursor == "Initiative/I05"
        await app.go("Initiative/I05", "Arrow", "main", "enter")
        assert app.shows("▼ down, as the figures say (9 → 6)")
        await app.press("enter")
        assert app.cell == "▼"
        assert gap not in {row.id for row in app.sheet("gaps").table.rows}
        await app.go("Initiative/I12", "Arrow", "main", "e")
        assert app.editor.edit is not None
        await app.type_text("2", "enter")
        assert app.live.whole.where(Initiative, id="I12", actual=2.0)
        assert direction_against_numbers.__name__ not in rules(app)


async def test_a_review_held_is_listed_and_can_be_taken_out(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.press("R", "4", "ctrl+s")
        await app.to_view("4")
        assert app.shows("9 Jun 2026")
        assert app.shows("6 May 2026")
        await app.to_view("3")
        assert app.shows("◕▲ 4")
        await app.to_view("4")
        await app.press("ctrl+home", "x")
        assert app.shows("12 entries")
        await app.press("y", "enter")
        assert not app.live.whole.where(Review, on=app.live.today)


async def test_without_an_initiative_it_says_what_is_missing(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        rows = app.live.whole.all(Initiative)
        app.live.commit(lambda plan: removal(plan, *rows))
        await app.press("R")
        assert app.app.screen is app.workshop
        assert "There is no initiative to review" in app.told


async def test_the_customer_finds_the_metrics_that_are_agreed_with_them(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        agreed = app.live.whole.all(Initiative)[4]
        app.live.commit(lambda _plan: set_field(agreed, "visibility", "customer"))
        await app.press("f4", "S")
        assert app.shows("Regulator round table")
        assert not app.shows("Reference story")
        assert not app.shows("Trend")
        assert not app.shows(" !")
        await app.press("R")
        assert app.app.screen is app.workshop
        await app.press("f1")
        assert "review" not in app.text.lower()


async def test_the_committee_is_seated_by_keys_and_its_gaps_lead_there(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.press("S")
        await app.to_view("5")
        await app.press("enter")
        await app.type_text("Gideon", "enter")
        (chair,) = app.live.whole.all(SteeringSeat)
        assert (chair.role, chair.person) == (SteeringRole.CHAIR, "T4")
        assert "no_deputy" in rules(app)
        await app.press("ctrl+end", "down")
        await app.press("enter")
        await app.type_text("2026-06-01", "enter", "escape")
        assert [f"{date.on}" for date in app.live.whole.all(SteeringDate)] == ["2026-06-01"]
        assert app.shows("8 d late")
        assert "steering_overdue" in rules(app)
        await app.to_view("1")
        await app.press("g")
        await app.go(f"gap/Account/{app.live.account_id}#steering_overdue", "", "gaps")
        await app.press("enter")
        assert app.shows("Terms of reference")
        date = app.live.whole.all(SteeringDate)[0]
        await app.go(f"SteeringDate/{date.id}")
        await app.press("d", "h", "enter")
        await app.type_text("", "enter")
        assert app.shows("✓ held 9 Jun 2026")
        await app.go("Deputy", "", "main", "enter")
        await app.type_text("Jonty", "enter")
        assert not {"no_deputy", "steering_overdue"} & {*rules(app)}
