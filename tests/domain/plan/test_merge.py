"""Where two people changed one thing: what has to be asked, and what comes of each answer."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.plans import changes, plans
from workshop_tui.domain.base.entity import Json
from workshop_tui.domain.base.validation import validated, with_values
from workshop_tui.domain.base.vocabulary import Level
from workshop_tui.domain.model.people import Reading, Stakeholder, Tie
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.merge import can_rebase, clashes, joined, rebase, row_by_row, typed
from workshop_tui.domain.plan.plan import AccountPlan, typed_at
from workshop_tui.domain.plan.step import Add, Change, Conflict, Refused, Remove, Set, Step, apply

ANA = Stakeholder(id="ana", name="Ana", title="Chair")
TEXT = Answer(id="a", stakeholder="ana", text="First")
TIE = Tie(stakeholder="ana", party="ps", owner="P1")


def plan(*rows: Stakeholder | Answer | Tie | Reading) -> AccountPlan:
    return AccountPlan.of(rows)


def title(old: str, new: str) -> Set:
    return Set(Stakeholder, ("ana",), "title", old, new)


@pytest.mark.parametrize(
    ("there", "change", "found"),
    [
        (plan(ANA), title("Chair", "Head"), []),
        (plan(ANA), title("", "Head"), [("title", "Head", "Chair")]),
        (plan(ANA), title("", "Chair"), []),
        (plan(ANA), Set(Stakeholder, ("ana",), "influence", None, 4), []),
        (plan(), title("", "Head"), [("title", "Head", None)]),
        (plan(ANA), Remove(ANA), []),
        (plan(ANA), Remove(with_values(ANA, title="Head")), [("", None, None)]),
        (plan(), Remove(ANA), []),
        (plan(), Add(TIE), []),
        (plan(TIE), Add(Tie(stakeholder="ana", party="ps", level=Level.KNOWN)), []),
        (plan(TIE), Add(Tie(stakeholder="ana", party="ps", owner="P2")), [("owner", "P2", "P1")]),
        (plan(TIE), Add(TIE), []),
    ],
)
def test_only_what_both_gave_different_values_is_asked(
    there: AccountPlan, change: Change, found: list[tuple[str, Json, Json]]
) -> None:
    assert [(clash.name, clash.mine, clash.theirs) for clash in clashes(there, Step((change,)))] == found


def test_what_is_fleeting_is_never_asked() -> None:
    session = validated(Session, {"id": "S", "held_on": "2026-06-09"})
    step = Step((Set(Session, ("S",), "audience", "ps", "customer"),))
    assert clashes(AccountPlan.of([session]), step) == ()


def test_two_rows_of_one_key_are_put_together_without_asking() -> None:
    mine = Step((Add(Tie(stakeholder="ana", party="ps", level=Level.KNOWN)),))
    with pytest.raises(Conflict):
        apply(plan(TIE), mine)
    assert can_rebase(plan(TIE), mine)
    after = apply(plan(TIE), Step(tuple(rebase(plan(TIE), mine))))
    assert after == plan(with_values(TIE, level=Level.KNOWN.value))


@pytest.mark.parametrize(
    ("step", "settled"),
    [
        (Step((Add(ANA),)), False),  # the very same again: something else is in its way
        (Step((title("", "Chair"),)), True),
        (Step((title("", "Head"),)), False),
    ],
)
def test_what_needs_nobody_to_be_asked(step: Step, settled: bool) -> None:
    assert can_rebase(plan() if isinstance(step.changes[0], Add) else plan(ANA), step) is settled


@pytest.mark.parametrize(
    ("row", "name", "theirs", "mine", "both"),
    [
        (ANA, "title", "Chair", "Head", "Chair; Head"),
        (TEXT, "text", "One\ntwo", "Three", "One\ntwo\n/ Three"),
        (TEXT, "text", "Agree the plan and budget", "Draft it", "Agree the plan and budget / Draft it"),
        (TEXT, "text", "First, and more", "First", "First, and more"),
        (TEXT, "text", "First", "First, and more", "First, and more"),
        (ANA, "name", "A" * 100, "B" * 100, None),  # does not fit
        (ANA, "style", "driving", "amiable", None),
        (ANA, "reports_to", "x", "y", None),
        (ANA, "visibility", "ps", "tech", None),
        (ANA, "influence", 3, 4, None),
        (ANA, "title", "Chair", None, None),
    ],
)
def test_two_texts_are_joined_where_that_makes_sense(
    row: Stakeholder, name: str, theirs: Json, mine: Json, both: Json
) -> None:
    assert joined(row, name, theirs, mine) == both


BO = Stakeholder(id="bo", name="Bo", title="Head")


@pytest.mark.parametrize(
    ("changes", "apart"),
    [
        ((title("Chair", "Both"), Set(Stakeholder, ("bo",), "title", "Head", "Both")), True),
        ((Add(TIE), Add(Tie(stakeholder="bo", party="ps", owner="P1"))), True),
        ((title("Chair", "Both"), Set(Stakeholder, ("bo",), "email", "", "Both")), False),
        ((title("Chair", "Both"), Set(Stakeholder, ("ana",), "email", "", "Both")), False),
        ((Remove(ANA), Remove(BO)), False),
        ((title("Chair", "Both"), Add(TIE)), False),
    ],
)
def test_what_is_done_alike_to_several_rows_meets_others_row_by_row(
    changes: tuple[Change, ...], apart: bool
) -> None:
    step = Step(changes, "me", undo_group="burst")
    found = row_by_row(step)
    assert found == (tuple(Step((one,), "me", undo_group="burst") for one in changes) if apart else (step,))


def test_each_answer_gives_what_it_says() -> None:
    there, step = plan(ANA, TEXT), Step((title("", "Head"), Set(Answer, ("a",), "text", "Old", "Second")))
    for join, (job, said) in {False: ("Head", "Second"), True: ("Chair; Head", "First / Second")}.items():
        after = apply(there, Step(tuple(rebase(there, step, join=join))))
        assert after == plan(with_values(ANA, title=job), with_values(TEXT, text=said))
    assert rebase(plan(), Step((title("", "Head"), Remove(ANA)))) == ()
    assert [type(c) for c in rebase(there, Step((Remove(ANA),)))] == [Remove, Remove]  # with what is hers


def test_what_was_typed_is_known_by_its_place() -> None:
    step = Step((Add(ANA), title("", "Head"), Set(Stakeholder, ("ana",), "style", "unknown", "driving")))
    assert typed(plan(ANA), step) == {"Stakeholder/ana/name/gone": "Ana", "Stakeholder/ana/title": "Head"}
    gone = Step((Set(Answer, ("a",), "text", "Old", "Second"), title("", "")))
    assert typed(plan(), gone) == {"Answer/a/text/gone": "Second"}


@pytest.mark.parametrize(
    ("place", "text", "here", "while_gone"),
    [
        ("Stakeholder/ana/name/gone", "Anna", "Stakeholder/ana/name", "Stakeholder/new/name"),
        ("Stakeholder/ana/name/gone", ANA.name, "", "Stakeholder/new/name"),  # she says so already
        ("Stakeholder/ana/title/gone", "Head", "Stakeholder/ana/title", ""),
        ("Stakeholder/ana/title", "Head", "Stakeholder/ana/title", "Stakeholder/ana/title"),
        ("capture", "Head", "capture", "capture"),
    ],
)
def test_what_was_typed_for_a_row_that_went_is_its_own_again_once_it_is_back(
    place: str, text: str, here: str, while_gone: str
) -> None:
    assert (typed_at(plan(ANA), place, text), typed_at(plan(), place, text)) == (here, while_gone)


@settings(max_examples=40)
@given(data=st.data(), there=plans())
def test_whatever_two_people_do_mine_can_be_carried_out_or_is_asked(
    data: st.DataObject, there: AccountPlan
) -> None:
    mine, theirs = Step((data.draw(changes(there)),)), Step((data.draw(changes(there)),))
    try:
        apply(there, mine)
        after = apply(there, theirs)
    except Refused:
        return
    try:
        apply(after, mine)
    except Conflict:
        merged = apply(after, Step(tuple(rebase(after, mine))))
        wanted = [c for c in mine.changes if isinstance(c, Set) and after.get(c.kind, *c.key)]
        assert all(merged.rows[c.kind][c.key].plain()[c.name] == c.new for c in wanted)
        assert clashes(merged, mine) == tuple(
            c for c in clashes(after, mine) if not after.get(c.kind, *c.key)
        )
    except Refused:
        return
    else:
        assert clashes(after, mine) == ()
