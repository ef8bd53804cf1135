"""The agenda, changed in the room: one Step for each thing that is done."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.app.driver import AT, driving
from tests.views.plans import at, cells, changed, headings, looked_at, rows
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.lifecycle.clock import elapsed
from workshop_tui.domain.model.session import Block, Session
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Refused, Step, apply, set_field
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.cell import by_key
from workshop_tui.views.opening.agenda import Agenda


def titles(plan: AccountPlan) -> list[str]:
    return [block.title for block in plan.where(Block, session="S2")]


def done(live: LivePlan, which: str, key: str, value: str | bool = True) -> AccountPlan:
    deed = next(deed for deed in Agenda().row_actions(live, f"Block/{which}") if deed.key == key)
    return apply(live.whole, Step(tuple(deed.edit.build(live.whole, value))))


async def test_it_says_when_each_block_begins_how_long_it_has_and_how_long_it_took(
    sample: AccountPlan,
) -> None:
    longer = with_values(sample.where(Block, id="H5")[0], extended=300)
    live = looked_at(AccountPlan.of((*sample, longer)))
    found = rows(Agenda(), live)
    start = dt.datetime.combine(AT.date(), dt.time.fromisoformat(live.session.start or ""))
    assert headings(Agenda().table(live))[:5] == ["From", "Title", "Kind", "Minutes", "Used"]
    assert cells(found["Block/H4"])[0] == f"{start + dt.timedelta(minutes=50):%H:%M}"
    assert cells(found["Block/H4"])[2:5] == ["stakeholders", "35", "44"]
    assert cells(found["Block/H5"])[3:5] == ["30\n→ 35:00", "32"]
    assert cells(found["Block/H6"])[0] == f"{start + dt.timedelta(minutes=120):%H:%M}"
    assert Agenda().head(live).startswith(f"240 minutes planned, {start:%H:%M} to ")


async def test_the_customer_sees_no_time_but_its_own_length(sample: AccountPlan) -> None:
    live = looked_at(sample, CUSTOMER)
    assert [cells(row) for row in rows(Agenda(), live).values()] == [["Value co-discovery", "value", "40"]]
    assert Agenda().head(live) == ""
    going = with_values(sample.where(Block, id="H7")[0], started=AT.isoformat())
    live = looked_at(AccountPlan.of((*sample, going)), CUSTOMER)
    assert Agenda().head(live) == ""


async def test_a_block_comes_in_by_its_kind_at_the_end_or_after_another(sample: AccountPlan) -> None:
    live = looked_at(sample, "ps")
    ghost = next(row for row in Agenda().table(live).rows if row.placeholder)
    assert {choice.value for choice in ghost.cells[0].edit.choices} == set(BlockKind)  # type: ignore[union-attr]
    after = changed(live, ghost.cells[0], "break")
    assert titles(after) == [*titles(sample), "Break"]
    (new,) = (b for b in after.where(Block, session="S2") if live.whole.get(Block, b.id) is None)
    assert (new.kind, new.minutes, new.visibility) == (BlockKind.BREAK, 15, "ps")
    between = done(live, "H2", "a", "scorecard")
    assert titles(between) == [*titles(sample)[:2], "Scorecard", *titles(sample)[2:]]
    assert done(live, "H2", "a", "") == sample


async def test_one_comes_between_two_of_the_same_rank(sample: AccountPlan) -> None:
    same = [with_values(block, rank=1.0) for block in sample.where(Block, session="S2")]
    live = looked_at(AccountPlan.of((*sample, *same)))
    assert titles(done(live, "H2", "a", "break"))[:5] == [*titles(live.whole)[:4], "Break"]


async def test_its_clock_is_started_from_there(sample: AccountPlan) -> None:
    going = [b.id for b in done(looked_at(sample), "H3", "t").all(Block) if b.started]
    assert going == ["H3"]


async def test_its_clock_starts_when_that_is_chosen_not_when_the_menu_or_the_table_was_made(
    sample: AccountPlan,
) -> None:
    live, later = looked_at(sample), AT + dt.timedelta(minutes=7)
    moments = [AT]
    live.clock = lambda: moments[-1]
    begin = next(action.edit for action in Agenda().row_actions(live, "Block/H3") if action.key == "t")
    used = at(Agenda(), live, "Block/H4", "Used")
    moments.append(later)
    after = apply(live.whole, Step(tuple(begin.build(live.whole, True))))
    assert after.where(Block, id="H3")[0].started == later
    live.whole = AccountPlan.of(
        (*sample, with_values(sample.where(Block, id="H4")[0], started=AT.isoformat()))
    )
    assert elapsed(changed(live, used, "2").where(Block, id="H4")[0], later) == 120


async def test_that_it_pauses_the_clock_of_another_session_is_said_by_name(sample: AccountPlan) -> None:
    other = with_values(next(block for block in sample.where(Block, session="S1")), started=AT.isoformat())

    def told(live: LivePlan) -> str:
        return next(action.told for action in Agenda().row_actions(live, "Block/H3") if action.key == "t")

    assert told(looked_at(sample)) == ""
    going = AccountPlan.of((*sample, other))
    name = going.name_of(Session, "S1")
    assert told(looked_at(going)) == f"The clock of {name} is paused: the account has one."


async def test_blocks_are_moved_within_the_agenda(sample: AccountPlan) -> None:
    live = looked_at(sample)
    after = apply(sample, Step(tuple(Agenda().shift(live, "Block/H3", -1))))
    assert [b.id for b in after.where(Block, session="S2")][:4] == ["H1", "H3", "H2", "H4"]
    assert Agenda().shift(live, "Block/H1", -1) == ()


async def test_no_letter_on_its_kind_makes_another_block_of_it(sample: AccountPlan) -> None:
    live = looked_at(sample)
    card = Agenda().card(live, "Block/H3")
    assert card is not None
    kinds = [at(Agenda(), live, "Block/H3", "Kind"), *(row.cells[1] for row in card.rows)]
    (by_list, on_card) = (cell.edit for cell in kinds if cell.edit and cell.edit.sets == (Block, "kind"))
    for edit in (by_list, on_card):
        assert {choice.key for choice in edit.choices} > {"l", "p"}  # they find it in its list
        assert by_key(edit) == {}


async def test_minutes_protection_and_what_was_used_are_changed_in_place(sample: AccountPlan) -> None:
    live = looked_at(sample)
    after = changed(live, at(Agenda(), live, "Block/H3", "Minutes"), "30")
    assert after.where(Block, id="H3")[0].minutes == 30
    tick = at(Agenda(), live, "Block/H3", "Protected")
    assert changed(live, tick, True).where(Block, id="H3")[0].protected
    used = at(Agenda(), live, "Block/H3", "Used")
    assert used.edit is not None
    assert used.edit.text == "25"
    assert changed(live, used, "31").where(Block, id="H3")[0].spent == 31 * 60
    going = with_values(sample.where(Block, id="H3")[0], started=AT.isoformat())
    live = looked_at(AccountPlan.of((*sample, going)))
    right = changed(live, at(Agenda(), live, "Block/H3", "Used"), "2").where(Block, id="H3")[0]
    assert elapsed(right, AT + dt.timedelta(minutes=1)) == 180


@pytest.mark.parametrize("typed", ["", "soon", "-1", "601", "1e9", "inf", "nan", "1,5"])
@pytest.mark.parametrize("column", ["Used", "Minutes"])
async def test_minutes_that_are_none_are_refused_in_one_sentence(
    sample: AccountPlan, column: str, typed: str
) -> None:
    live = looked_at(sample)
    with pytest.raises(Refused) as refused:
        changed(live, at(Agenda(), live, "Block/H3", column), typed)
    assert str(refused.value).endswith(".")


async def test_the_agenda_is_changed_by_keyboard_one_step_each(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        assert app.live.audience == ALLIANCE
        before = titles(app.live.whole)
        await app.to_view(str([view.title for view in app.workspace.stage.views].index("Agenda") + 1))
        reached = app.live.reached
        await app.go("Last session", "Title")
        await app.press("d", "a", "enter", "b", "enter")
        assert titles(app.live.whole)[2] == "Break"
        assert app.live.reached == reached + 1
        await app.press("J")
        assert titles(app.live.whole)[:3] == [before[0], "Break", before[1]]
        assert app.live.reached == reached + 2
        await app.stored()
        await app.press("ctrl+z")
        await app.wait_until(lambda: titles(app.live.whole)[2] == "Break", "it is where it came in")
        await app.stored()
        await app.press("ctrl+z")
        await app.wait_until(lambda: titles(app.live.whole) == before, "it has gone")
        block = app.live.whole.where(Block, id="H1")[0]
        app.live.commit(lambda _plan: set_field(block, "title", "[/x] [@click=app.quit]"))
        await app.quiet()
        assert app.shows("[/x] [@click=app.quit]")
        app.live.commit(lambda plan: set_field(plan.where(Block, id="H1")[0], "kind", BlockKind.CLOSING))
        await app.quiet()
        assert app.shows("Read-back"), "of another kind, the block has other views, and fewer"
