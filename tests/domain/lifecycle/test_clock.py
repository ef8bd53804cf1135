"""The clock's arithmetic: cases, the sample's figures, and laws."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.plans import plan_of
from workshop_tui.domain.base.validation import validated
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.lifecycle.clock import (
    KEPT,
    LEAST,
    Tone,
    allotted,
    at,
    behind,
    catch_up,
    clock,
    elapsed,
    extend,
    pause,
    proportions,
    running,
    set_used,
    start,
)
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Changes, Refused, Step, apply, undoable

NOW = dt.datetime(2026, 6, 9, 9, 0, tzinfo=dt.UTC)


def after(seconds: float) -> dt.datetime:
    return NOW + dt.timedelta(seconds=seconds)


def block(number: int, minutes: int = 15, **more: object) -> Block:
    given_ = {"id": f"b{number}", "rank": float(number), "session": "S1", "kind": BlockKind.VALUE}
    return validated(Block, {**given_, "title": f"Block {number}", "minutes": minutes, **more})


def agenda(*minutes: int) -> list[Block]:
    return [block(n, length) for n, length in enumerate(minutes, 1)]


def changed(blocks: Sequence[Block], changes: Changes) -> list[Block]:
    """The blocks after these changes, which undo passes over."""
    step = Step(tuple(changes))
    assert not step.changes or not undoable(step)
    return list(apply(plan_of(*blocks), step).where(Block, session="S1"))


def lengths(blocks: Sequence[Block]) -> list[int]:
    return [allotted(b) for b in blocks]


def test_four_quarters_of_an_hour_with_the_first_extended_by_five() -> None:
    blocks = changed(agenda(15, 15, 15, 15), extend(agenda(15, 15, 15, 15), "b1", 300))
    assert lengths(blocks) == [20 * 60, 13 * 60 + 20, 13 * 60 + 20, 13 * 60 + 20]
    assert behind(blocks, NOW) == 0


def test_who_began_is_over_or_is_protected_gives_nothing() -> None:
    done, going, kept, free = block(1, spent=600), block(2, started=NOW), block(3, protected=True), block(4)
    blocks = changed([done, going, kept, free], extend([done, going, kept, free], "b2", 300))
    assert lengths(blocks) == [900, 1200, 900, 600]
    back = changed(blocks, extend(blocks, "b2", -300))
    assert lengths(back) == [900] * 4


def test_nobody_gives_below_five_minutes_and_the_rest_makes_the_session_longer() -> None:
    blocks = agenda(20, 8, 20, 4)
    more = changed(blocks, extend(blocks, "b1", 20 * 60))
    assert lengths(more) == [40 * 60, 5 * 60, 5 * 60, 4 * 60]
    assert behind(more, NOW) == 2 * 60


@pytest.mark.parametrize(("seconds", "fine"), [(-840, True), (-841, False)])
def test_a_block_has_at_least_a_minute(seconds: int, fine: bool) -> None:
    blocks = agenda(15, 15)
    if fine:
        assert lengths(changed(blocks, extend(blocks, "b1", seconds))) == [60, 15 * 60 + 840]
        return
    with pytest.raises(Refused, match="at least a minute"):
        extend(blocks, "b1", seconds)


def test_a_block_made_shorter_after_it_gave_still_has_a_minute() -> None:
    assert allotted(block(1, 5, extended=-600)) == LEAST
    assert extend(agenda(15), "gone", 300) == ()


def test_starting_one_pauses_the_other_and_nothing_is_lost() -> None:
    blocks = changed(agenda(15, 15), start(agenda(15, 15), "b1", NOW))
    assert (at(blocks), elapsed(blocks[0], after(90.9))) == (0, 90)
    assert start(blocks, "b1", after(60)) == ()
    blocks = changed(blocks, start(blocks, "b2", after(90)))
    assert [(b.spent, b.started) for b in blocks] == [(90, None), (0, after(90))]
    blocks = changed(blocks, pause(blocks, after(100)))
    assert [(b.spent, b.started) for b in blocks] == [(90, None), (10, None)]
    assert pause(blocks, after(200)) == ()


def test_a_clock_that_is_ahead_of_ours_or_has_no_zone_is_no_error() -> None:
    assert elapsed(block(1, started=after(60)), NOW) == 0
    assert elapsed(block(1, started=NOW.replace(tzinfo=None)), after(5)) == 5


def test_what_was_used_is_put_right_while_it_runs_or_not() -> None:
    (paused,) = changed([block(1)], set_used(block(1), 7, NOW))
    assert (paused.spent, paused.started) == (420, None)
    going = block(1, started=NOW)
    (going,) = changed([going], set_used(going, 7, after(60)))
    assert elapsed(going, after(90)) == 450


@pytest.mark.parametrize(
    ("seconds", "left", "tone"),
    [
        (0, 900, Tone.NORMAL),
        (719, 181, Tone.NORMAL),
        (720, 180, Tone.AMBER),
        (854, 46, Tone.AMBER),
        (855, 45, Tone.RED),
        (900, 0, Tone.RED),
        (901, -1, Tone.OVER),
        (1030, -130, Tone.OVER),
    ],
)
def test_amber_at_a_fifth_and_red_at_a_twentieth(seconds: int, left: int, tone: Tone) -> None:
    told = running([block(1, started=NOW)], after(seconds), 20, 5)
    assert told is not None
    assert (told.left, told.tone, told.runs) == (left, tone, True)
    assert told.share == pytest.approx(left / 900)


def test_behind_and_the_end_follow_the_running_block() -> None:
    blocks = [block(1, spent=20 * 60), block(2, started=NOW), block(3)]
    told = running(blocks, after(300), 20, 5)
    assert told is not None
    assert (told.behind, told.ends) == (300, after(30 * 60))
    late = running(blocks, after(960), 20, 5)
    assert late is not None
    assert (late.behind, late.ends) == (360, after(31 * 60))
    assert running(agenda(15), NOW, 20, 5) is None


def test_a_block_passed_over_is_time_won_until_the_clock_goes_back_to_it() -> None:
    blocks = [block(1, spent=900), block(2), block(3, started=NOW), block(4)]
    assert behind(blocks, NOW) == -900
    blocks = changed(blocks, start(blocks, "b2", after(60)))
    assert (at(blocks), behind(blocks, after(60))) == (1, 0)


def test_catching_up_takes_what_we_are_behind_from_the_rest() -> None:
    blocks = [block(1, spent=24 * 60), block(2, started=NOW), block(3), block(4, 30)]
    assert behind(blocks, NOW) == 540
    blocks = changed(blocks, catch_up(blocks, NOW))
    assert (lengths(blocks), behind(blocks, NOW)) == ([900, 900, 720, 24 * 60], 0)
    assert catch_up(blocks, NOW) == ()
    ahead = [block(1, spent=600), block(2, started=NOW), block(3)]
    assert lengths(changed(ahead, catch_up(ahead, NOW)))[-1] == 20 * 60
    with pytest.raises(Refused, match="No block that is still to come can give time"):
        catch_up([block(1, spent=1200), block(2, started=NOW), block(3, protected=True)], NOW)
    with pytest.raises(Refused, match="No block is still to come that could have more time"):
        catch_up([block(1, spent=600), block(2, started=NOW)], NOW)


def test_the_sample(sample: AccountPlan) -> None:
    """As each block begins, the session is behind by what it was behind after the one before."""
    blocks = list(sample.where(Block, session="S2"))
    late = list(accumulate(block.spent - block.minutes * 60 for block in blocks))
    assert [late[n] / 60 for n, b in enumerate(blocks) if b.id in {"H4", "H7", "H11"}] == [9, 11, 0]
    for n, now in enumerate(blocks[1:], 1):
        to_come = [validated(Block, {**b.plain(), "spent": 0}) for b in blocks[n + 1 :]]
        begun = [*blocks[:n], _begun(now), *to_come]
        assert behind(begun, NOW) == late[n - 1], now.title
    assert behind(blocks, NOW) == late[-1]


def _begun(row: Block) -> Block:
    return validated(Block, {**row.plain(), "spent": 0, "started": NOW.isoformat()})


def test_the_customer_hears_of_its_own_block_alone(sample: AccountPlan) -> None:
    value = next(b for b in sample.where(Block, session="S2") if b.visibility == CUSTOMER)
    other = next(b for b in sample.where(Block, session="S2") if b.visibility == ALLIANCE)
    for row, heard in ((value, True), (other, False)):
        plan = AccountPlan.of((*sample, _begun(row)))
        ours = clock(plan, project(plan, ALLIANCE), "S2", after(60))
        theirs = clock(plan, project(plan, CUSTOMER), "S2", after(60))
        assert ours is not None
        assert (ours.block, ours.behind is None) == (row.id, False)
        assert (theirs is not None) is heard
        if theirs:
            assert (theirs.left, theirs.behind, theirs.ends) == (ours.left, None, None)
    assert clock(sample, project(sample, ALLIANCE), "none", NOW) is None


# Laws

AGENDAS = st.lists(
    st.tuples(st.integers(1, 90), st.booleans(), st.integers(0, 3)), min_size=1, max_size=9
).map(
    lambda rows: [
        block(n, minutes, protected=protected, spent=0 if spent else minutes * 60)
        for n, (minutes, protected, spent) in enumerate(rows)
    ]
)


@settings(max_examples=60)
@given(AGENDAS, st.integers(0, 8), st.integers(-40 * 60, 90 * 60))
def test_an_extension_keeps_the_total_the_protected_and_the_order(
    blocks: list[Block], which: int, seconds: int
) -> None:
    one = blocks[which % len(blocks)]
    if allotted(one) + seconds < LEAST:
        return
    later = blocks[at(blocks) + 1 :] if at(blocks) is not None else blocks  # type: ignore[operator]
    free = {b.id for b in later if not (b.protected or b.spent) and b.id != one.id}
    again = changed(blocks, extend(blocks, one.id, seconds))
    assert [b.id for b in again] == [b.id for b in blocks]
    before, now = (
        dict(zip(ids(blocks), lengths(blocks), strict=True)),
        dict(zip(ids(again), lengths(again), strict=True)),
    )
    assert now[one.id] == before[one.id] + seconds
    assert all(now[name] == before[name] for name in now if name not in {*free, one.id})
    can_give = sum(max(before[name] - KEPT, 0) for name in free)
    longer = seconds - min(seconds, can_give) if seconds >= 0 else seconds * (not free)
    assert sum(now.values()) == sum(before.values()) + longer
    assert all(now[name] >= min(before[name], KEPT) for name in free)


def ids(blocks: Sequence[Block]) -> list[str]:
    return [b.id for b in blocks]


@settings(max_examples=40)
@given(AGENDAS)
def test_nothing_more_changes_nothing(blocks: list[Block]) -> None:
    assert all(extend(blocks, b.id, 0) == () for b in blocks)


@settings(max_examples=60)
@given(st.dictionaries(st.text(min_size=1), st.integers(1, 10_000), min_size=1), st.integers(0, 20_000))
def test_parts_are_in_proportion_and_add_up(has: dict[str, int], seconds: int) -> None:
    parts = proportions(has, seconds, None)
    assert sum(parts.values()) == seconds
    assert all(abs(parts[name] - seconds * n / sum(has.values())) < 1 for name, n in has.items())
    kept = proportions(has, seconds, 300)
    assert sum(kept.values()) == min(seconds, sum(max(n - 300, 0) for n in has.values()))
    assert all(0 <= kept[name] <= max(n - 300, 0) for name, n in has.items())
