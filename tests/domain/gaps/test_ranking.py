"""Gaps in the order in which a room hears of them."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.plans import ON, plan_of
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import AccountStage, BlockKind
from workshop_tui.domain.gaps.quality import PERSON_NEEDS
from workshop_tui.domain.gaps.ranking import _TOLD, GapGroup, heaviest, ranked, weight
from workshop_tui.domain.gaps.registry import RULES, Gap, gaps, visible
from workshop_tui.domain.gaps.weight import (
    HERE,
    IN_THE_WAY,
    IN_THE_WAY_OF,
    KIND_OF_GAP,
    URGENT,
    in_the_way,
    place_of,
)
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import KIND, AccountPlan

ROOM = 32  # cells of a heading in the pane, at any size


def gap(
    rule: str,
    key: str,
    message: str = "what is missing: the fix",
    *,
    kind: str = "Stakeholder",
    weight: int = 0,
    place: float = 0,
) -> Gap:
    return Gap(rule, kind, (key,), key, message, weight, (place, 0))


def rules(*found: Gap, here: BlockKind | None = None) -> list[str]:
    return [group.rule for group in ranked(found, here)]


FOUND = gap("style_unknown", "a"), gap("answers_not_validated", "b", kind="Answer"), gap("no_owner", "c")
HEAVY = (
    gap("assumed_only", "d", weight=URGENT),
    gap("action_overdue", "A1", kind="Action", weight=URGENT),
    gap("action_no_due", "A2", kind="Action", weight=IN_THE_WAY),
)


def test_key_people_and_the_overdue_come_first_then_this_block_then_the_next_stage() -> None:
    assert rules(*FOUND) == ["no_owner", "style_unknown", "answers_not_validated"]
    assert rules(*FOUND, *HEAVY, here=BlockKind.VALUE) == [
        "assumed_only",
        "action_overdue",
        "answers_not_validated",
        "action_no_due",
        "no_owner",
        "style_unknown",
    ]
    assert rules(*FOUND, *HEAVY, here=BlockKind.ACTIONS) == [
        "action_overdue",
        "assumed_only",
        "action_no_due",
        "no_owner",
        "style_unknown",
        "answers_not_validated",
    ]


def test_each_weight_is_more_than_those_after_it_together() -> None:
    assert URGENT > HERE + IN_THE_WAY
    assert HERE > IN_THE_WAY > 0


def test_a_gap_weighs_by_whom_it_is_about_by_its_day_and_by_the_next_stage() -> None:
    plan = plan_of(
        Stakeholder(id="key", name="Key", influence=4),
        Stakeholder(id="low", name="Low", influence=3),
        Action(id="late", session="S1", title="Ask her again", due=ON.replace(day=1)),
    )

    def weights(stage: AccountStage) -> dict[tuple[str, str], int]:
        account = with_values(plan.account, stage=stage.value)
        found = gaps(AccountPlan.of([*plan, account]), ON)
        return {(each.rule, each.key[0]): each.weight for each in found}

    first, validated, prospect = map(
        weights, (AccountStage.NOMINATED, AccountStage.VALIDATED, AccountStage.PROSPECT)
    )
    assert first["no_owner", "key"] == first["action_overdue", "late"] == URGENT
    assert first["no_owner", "low"] == first["action_no_owner", "late"] == first["no_champion", "acc"] == 0
    assert (validated["no_owner", "key"], validated["no_owner", "low"]) == (URGENT + IN_THE_WAY, IN_THE_WAY)
    assert (prospect["no_champion", "acc"], prospect["no_owner", "low"]) == (IN_THE_WAY, 0)


def test_rules_in_the_way_of_a_stage_are_rules_and_the_last_stage_has_none() -> None:
    assert frozenset().union(*IN_THE_WAY_OF.values()) <= RULES.keys()
    assert in_the_way(AccountStage.QUALIFIED_OUT) == frozenset()


def test_every_gap_is_mended_in_a_block_or_about_the_account() -> None:
    assert set(KIND_OF_GAP) | {"Account"} <= set(KIND)
    assert place_of("key_people_never_asked", "Stakeholder") is BlockKind.VALUE
    assert place_of("no_owner", "Stakeholder") is BlockKind.STAKEHOLDERS
    assert place_of("no_champion", "Account") is BlockKind.STAKEHOLDERS
    assert place_of("no_approach", "Stakeholder") is BlockKind.APPROACH


def test_the_heaviest_come_first_within_a_group_and_others_by_their_place() -> None:
    found = [gap("no_owner", key, place=-n) for n, key in enumerate("abcd")]
    (group,) = ranked([*found[:3], gap("no_owner", "e", weight=URGENT), found[3]])
    assert [each.name for each in group.gaps] == ["e", "d", "c", "b", "a"]


def test_the_first_few_are_taken_with_their_groups() -> None:
    groups = ranked([*FOUND, gap("no_owner", "z")])
    assert [(each.rule, len(each.gaps)) for each in heaviest(groups, 1)] == [("no_owner", 1)]
    assert [(each.rule, len(each.gaps)) for each in heaviest(groups, 3)] == [
        ("no_owner", 2),
        ("style_unknown", 1),
    ]
    assert heaviest(groups, 99) == groups


def test_one_of_a_group_is_told_by_its_name_and_what_is_its_own() -> None:
    days, alike = gap("r", "a", "119 days: fix"), gap("r", "b", "nobody owns it: fix")
    group = GapGroup("r", (days, alike))
    review = gap("scorecard_review_overdue", "acc", "3 days late: hold it", kind="Account")
    assert GapGroup(review.rule, (review,)).line(review) == "3 days late"
    assert [group.line(days), group.line(alike), group.line(days, "Ana")] == [
        "a: 119 days",
        "b",
        "Ana: 119 days",
    ]


def test_a_group_is_told_by_how_many_there_are() -> None:
    one, two = gap("one_partner_only", "a"), gap("one_partner_only", "b")
    assert GapGroup("one_partner_only", (one,)).told == "1 key person has one owner"
    assert GapGroup("one_partner_only", (one, two)).told == "2 key people have one owner"
    assert GapGroup("no_champion", (gap("no_champion", "a", "no champion: ask"),)).told == "no champion"


def test_a_fix_is_told_once_two_together_and_more_by_each() -> None:
    found = tuple(gap("r", "a", f"missing {n}: choose an owner at {firm}") for n, firm in enumerate("XYZ"))
    assert GapGroup("r", found[:1]).fix == "choose an owner at X"
    assert GapGroup("r", found[:2]).fix == "choose an owner at X or Y"
    assert GapGroup("r", found).fix == ""
    assert GapGroup("r", (gap("r", "a", "as it is"),)).fix == ""
    first, again = (gap("r", "a", f"m: {fix}") for fix in ("plan a first meeting", "plan a meeting"))
    assert GapGroup("r", (first, again)).fix == "plan a first meeting, or plan a meeting"


def test_what_one_lacks_is_told_only_where_the_words_for_all_do_not_say_it() -> None:
    alike, days = gap("r", "a", "nobody owns it: fix"), gap("r", "b", "119 days: fix")
    assert [GapGroup("r", (alike, days)).of_its_own(each) for each in (alike, days)] == [
        "",
        "119 days",
    ]
    found = tuple(gap("r", "a", f"missing {firm}: at {firm}") for firm in "XYZ")
    assert GapGroup("r", found).of_its_own(found[0]) == "missing X"


def test_every_rule_is_told_in_words_for_one_and_for_several() -> None:
    assert _TOLD.keys() == RULES.keys() | {check.__name__ for check in PERSON_NEEDS}


@pytest.mark.parametrize("told", [told for rule, told in _TOLD.items() if rule in RULES])
def test_what_is_told_of_a_rule_has_room_in_the_pane(told: tuple[str, str]) -> None:
    assert max(len(words.format(20)) for words in told) <= ROOM


# Laws

_GAPS = st.builds(
    gap,
    st.sampled_from(sorted(RULES)),
    st.sampled_from("abcde"),
    kind=st.sampled_from(["Stakeholder", "Action", "Answer"]),
    weight=st.sampled_from([0, IN_THE_WAY, URGENT, URGENT + IN_THE_WAY]),
    place=st.integers(-2, 2),
)
_FOUND = st.lists(_GAPS, max_size=30, unique_by=lambda each: (each.rule, each.kind, each.key))
_HERE = st.none() | st.sampled_from(BlockKind)


@given(_FOUND, _HERE)
def test_every_gap_is_in_one_group(found: list[Gap], here: BlockKind | None) -> None:
    groups = ranked(found, here)
    told = [each for group in groups for each in group.gaps]
    assert len(told) == len(found)
    assert set(told) == set(found)
    assert len({group.rule for group in groups}) == len(groups)


@given(_FOUND, _HERE, st.randoms(use_true_random=False))
def test_ranking_is_total_however_the_gaps_come_in(
    found: list[Gap], here: BlockKind | None, random: Random
) -> None:
    shuffled = random.sample(found, len(found))
    assert ranked(shuffled, here) == ranked(found, here)


@given(_FOUND, _HERE)
def test_no_group_comes_before_a_heavier_one_and_no_gap_before_a_heavier_one_of_its_group(
    found: list[Gap], here: BlockKind | None
) -> None:
    groups = [[weight(each, here) for each in group.gaps] for group in ranked(found, here)]
    assert groups == sorted(groups, key=lambda weights: -weights[0])
    assert all(weights == sorted(weights, reverse=True) for weights in groups)


@given(_FOUND, _HERE, st.data())
def test_ranking_is_stable_where_a_gap_goes_the_others_keep_their_order(
    found: list[Gap], here: BlockKind | None, data: st.DataObject
) -> None:
    if not found:
        return
    gone = data.draw(st.sampled_from(found))

    def without_its_group(gaps: list[Gap]) -> list[GapGroup]:
        return [group for group in ranked(gaps, here) if group.rule != gone.rule]

    rest = [each for each in found if each != gone]
    assert without_its_group(rest) == without_its_group(found)
    of_its_rule = [
        [each for each in found if each.rule == gone.rule],
        [each for each in rest if each.rule == gone.rule],
    ]
    before, after = ([each for group in ranked(gaps, here) for each in group.gaps] for gaps in of_its_rule)
    assert after == [each for each in before if each != gone]


def test_an_audience_hears_in_the_order_of_the_whole(sample: AccountPlan) -> None:
    found = gaps(sample, ON)
    heard = visible(found, project(sample, "ps"))
    whole = [each for group in ranked(found) for each in group.gaps if each in heard]
    assert [each for group in ranked(heard) for each in group.gaps] == whole != list(found)
