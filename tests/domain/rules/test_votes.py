from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.plans import plan_of
from workshop_tui.domain.model.session import Presence
from workshop_tui.domain.model.value import Option
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Refused, Step, apply
from workshop_tui.domain.rules.votes import Ballot, ballot, dots_each, places, set_votes

VOTES = st.lists(st.integers(0, 9), min_size=1, max_size=9)


def room(votes: list[int], voters: int) -> AccountPlan:
    """Options with so many dots, and so many of ours in session S1."""
    options = (Option(id=f"o{n}", text=f"Option {n}", votes=dots, rank=n) for n, dots in enumerate(votes))
    present = (Presence(session="S1", member=member) for member in ("P1", "P2", "T1")[:voters])
    return plan_of(*options, *present)


def test_the_vote_of_the_sample(sample: AccountPlan) -> None:
    vote = ballot(sample, "S2")
    assert vote == Ballot(options=5, voters=8, given=16)
    assert (vote.each, vote.most, vote.left) == (2, 16, 0)
    assert ballot(sample, "S1").left == -4  # six were there in March
    assert places([option.votes for option in sample.all(Option)]) == ("1", "2", "3", "4", "5")


@pytest.mark.parametrize(("options", "dots"), [(0, 1), (1, 1), (2, 1), (3, 2), (5, 2), (6, 3), (12, 5)])
def test_dots_each(options: int, dots: int) -> None:
    assert dots_each(options) == dots


@pytest.mark.parametrize(
    ("votes", "said"),
    [
        ([], ()),
        ([0, 0], ("", "")),
        ([3, 5, 3], ("2=", "1", "2=")),
        ([4, 4, 1, 0, 0], ("1=", "1=", "3", "4=", "4=")),
    ],
)
def test_ties_are_shown_as_ties(votes: list[int], said: tuple[str, ...]) -> None:
    assert places(votes) == said


def test_too_many_dots_are_refused_in_one_sentence() -> None:
    plan = room([1, 1, 0], voters=2)
    with pytest.raises(Refused, match="«Option 2» can have 2 dots at the most: 2 voters have 2 each"):
        set_votes(plan, "S1", "o2", 3)
    assert apply(plan, Step(set_votes(plan, "S1", "o2", 2))).where(Option, votes=2)


def test_a_long_option_is_cut_in_the_sentence() -> None:
    plan = plan_of(*room([], 1), Option(id="long", text="word " * 30))
    with pytest.raises(Refused, match=r"^«(word ){11}word…» can have 1 dots"):
        set_votes(plan, "S1", "long", 2)


def test_nothing_is_too_much_while_nobody_is_ticked_as_present() -> None:
    plan = room([1], voters=0)
    assert ballot(apply(plan, Step(set_votes(plan, "S1", "o0", 40))), "S1").given == 40


def test_what_no_longer_fits_can_be_lowered_but_not_raised() -> None:
    plan = room([5, 5], voters=1)  # somebody has left, or options have gone
    assert ballot(plan, "S1").left == -9
    with pytest.raises(Refused, match="0 dots at the most"):
        set_votes(plan, "S1", "o0", 6)
    assert apply(plan, Step(set_votes(plan, "S1", "o0", 4))).where(Option, votes=4)
    assert set_votes(plan, "S1", "gone", 1) == ()


@given(VOTES)
def test_places_follow_the_votes_and_ties_share_one(votes: list[int]) -> None:
    said = places(votes)
    for one, mine in zip(votes, said, strict=True):
        for other, theirs in zip(votes, said, strict=True):
            if not any(votes):
                assert mine == theirs == ""
                continue
            assert (one > other) == (int(mine.rstrip("=")) < int(theirs.rstrip("=")))
            assert (one == other) == (mine == theirs)
        assert mine.endswith("=") == (any(votes) and votes.count(one) > 1)


@given(st.integers(0, 300), st.integers(0, 300))
def test_more_options_never_mean_fewer_dots(one: int, other: int) -> None:
    assert 3 * (dots_each(one) - 1) <= one < 3 * dots_each(one)
    assert (one <= other) <= (dots_each(one) <= dots_each(other))


@settings(max_examples=40)
@given(
    st.integers(1, 6),
    st.integers(1, 3),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 12)), max_size=12),
)
def test_the_sum_never_exceeds_what_all_have(options: int, voters: int, typed: list[tuple[int, int]]) -> None:
    plan = room([0] * options, voters)
    for at, dots in typed:
        fits = ballot(plan, "S1").left + sum(o.votes for o in plan.where(Option, id=f"o{at}")) >= dots
        try:
            plan = apply(plan, Step(set_votes(plan, "S1", f"o{at}", dots)))
        except Refused:
            assert not fits
        else:
            assert fits or at >= options
        assert ballot(plan, "S1").left >= 0
