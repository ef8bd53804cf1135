"""Gaps in the order in which a room hears of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workshop_tui.domain.gaps.ranking import _TOLD, GapGroup, ranked
from workshop_tui.domain.gaps.registry import RULES, Gap, gaps
from workshop_tui.domain.plan.plan import AccountPlan


def gap(rule: str, key: str, message: str = "what is missing: the fix", kind: str = "Stakeholder") -> Gap:
    return Gap(rule, kind, (key,), key, message)


def rules(*found: Gap, here: str = "", key_people: tuple[str, ...] = ()) -> list[str]:
    keys = {(key,) for key in key_people}
    return [group.rule for group in ranked(found, lambda gap: gap.rule == here, keys)]


FOUND = gap("style_unknown", "a"), gap("no_owner", "b"), gap("assumed_only", "c")


def test_those_of_this_block_come_first_then_those_about_key_people_then_by_the_rules() -> None:
    assert rules(*FOUND) == ["no_owner", "assumed_only", "style_unknown"]
    assert rules(*FOUND, key_people=("c",)) == ["assumed_only", "no_owner", "style_unknown"]
    assert rules(*FOUND, key_people=("c",), here="style_unknown") == [
        "style_unknown",
        "assumed_only",
        "no_owner",
    ]


def test_what_is_late_is_as_urgent_as_what_a_key_person_lacks() -> None:
    late = gap("action_overdue", "A1", kind="Action")
    assert rules(*FOUND, late, here="no_owner") == [
        "no_owner",
        "action_overdue",
        "assumed_only",
        "style_unknown",
    ]


def test_key_people_come_first_within_a_group_and_others_keep_their_order() -> None:
    found = [gap("no_owner", key) for key in "abcd"]
    (group,) = ranked(found, lambda _: False, {("c",), ("d",)})
    assert [each.name for each in group.gaps] == ["c", "d", "a", "b"]


def test_a_group_is_told_by_how_many_there_are() -> None:
    one, two = gap("one_partner_only", "a"), gap("one_partner_only", "b")
    assert GapGroup("one_partner_only", (one,)).told == "1 key person has one owner"
    assert GapGroup("one_partner_only", (one, two)).told == "2 key people have one owner"
    assert GapGroup("a rule of tomorrow", (one,)).told == "what is missing"


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
    assert [GapGroup("r", (alike, days)).of_its_own(each) for each in (alike, days)] == ["", "119 days"]
    found = tuple(gap("r", "a", f"missing {firm}: at {firm}") for firm in "XYZ")
    assert GapGroup("r", found).of_its_own(found[0]) == "missing X"


def test_every_rule_is_told_in_words_for_one_and_for_several() -> None:
    assert _TOLD.keys() == RULES.keys()


@given(st.lists(st.tuples(st.sampled_from(sorted(RULES)), st.sampled_from("abc")), max_size=30))
def test_every_gap_is_in_one_group(found: list[tuple[str, str]]) -> None:
    every = [gap(*each) for each in found]
    groups = ranked(every, lambda gap: gap.name == "a", {("b",)})
    told = [each for group in groups for each in group.gaps]
    assert len(told) == len(every)
    assert set(told) == set(every)
    assert len({group.rule for group in groups}) == len(groups)


def test_the_sample_has_as_many_in_groups_as_it_has(sample: AccountPlan) -> None:
    assert sample.account.as_of is not None
    found = gaps(sample, sample.account.as_of)
    assert sum(len(group.gaps) for group in ranked(found, lambda _: False, set())) == len(found) > 0
