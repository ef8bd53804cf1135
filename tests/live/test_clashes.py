"""Where two change the same: what is asked, what merges, who has the last word, and what undo passes over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from tests.live.pair import Person, ana, both_look, setting
from tests.store.plans import ACC, ANA, AT
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import CUSTOMER, Level
from workshop_tui.domain.model.people import Stakeholder, Tie
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Changes, Conflict, Remove, Step, removal, set_field
from workshop_tui.live.record import seal_now
from workshop_tui.store.store import Store


async def test_the_same_field_is_asked_about_and_nothing_is_overwritten(two: tuple[Person, Person]) -> None:
    rowan, mirela = two
    mirela.live.commit(setting("title", "Theirs"))
    rowan.live.commit(setting("title", "Mine"))
    await mirela.live.settle()
    await both_look(*two)
    late = next(person for person in two if person.conflicts)
    first = next(person for person in two if person is not late)
    (found,) = late.conflicts
    (clash,) = late.live.clashes(found.step)
    assert late.live.who_changed(clash) == first.name
    assert ana(late.live).title == ana(first.live).title == clash.theirs
    late.live.reapply(found.step, join=True)
    await both_look(*two)
    assert ana(rowan.live).title == ana(mirela.live).title == f"{clash.theirs}; {clash.mine}"


async def test_what_is_typed_stands_on_what_was_seen(two: tuple[Person, Person]) -> None:
    rowan, mirela = two
    rowan.live.see("burst")
    rowan.live.commit(setting("title", "M"), undo_group="burst")
    await both_look(*two)
    mirela.live.commit(setting("title", "Theirs"))
    mirela.live.commit(setting("name", "Ana of theirs"))
    await both_look(*two)
    assert ana(rowan.live).title == "Theirs"
    assert rowan.live.commit(setting("title", "Mine"), undo_group="burst") is None  # not: Theirs → Mine
    (found,) = rowan.conflicts
    assert [(clash.mine, clash.theirs) for clash in rowan.live.clashes(found.step)] == [("Mine", "Theirs")]
    assert rowan.live.commit(
        setting("email", "ana@norvane.example"), undo_group="burst"
    )  # another field merges
    await both_look(*two)
    assert ana(mirela.live).email == "ana@norvane.example"
    assert ana(mirela.live).name == "Ana of theirs"


async def test_a_field_of_the_session_is_asked_about_too(two: tuple[Person, Person]) -> None:
    def purpose(text: str) -> Callable[[AccountPlan], Changes]:
        return lambda plan: set_field(plan.rows[Session]["S2",], "purpose", text)

    rowan, mirela = two
    rowan.live.see("burst")
    mirela.live.commit(purpose("Theirs"))
    await both_look(*two)
    assert rowan.live.commit(purpose("Mine"), undo_group="burst") is None
    (found,) = rowan.conflicts
    assert [(clash.mine, clash.theirs) for clash in rowan.live.clashes(found.step)] == [("Mine", "Theirs")]


async def test_a_seal_whose_record_lacks_what_another_has_just_saved_is_no_seal(
    two: tuple[Person, Person],
) -> None:
    def seal(plan: AccountPlan) -> Changes:
        return seal_now(plan, "S2", seal="e1", at=AT, journal=rowan.live.reached)

    rowan, mirela = two
    mirela.live.commit(setting("title", "Chair"))
    await mirela.live.settle()
    rowan.live.commit(seal)
    await both_look(*two)
    (found,) = rowan.conflicts
    assert "seal it again" in str(found.conflict)
    assert not rowan.live.is_held
    rowan.live.commit(seal)
    await both_look(*two)
    assert len(rowan.conflicts) == 1
    assert ana(mirela.live).title == "Chair"
    assert mirela.live.is_held


async def test_what_both_add_is_one_row_and_asked_about_only_where_it_differs(
    two: tuple[Person, Person],
) -> None:
    rowan, mirela = two
    rowan.live.see("burst")
    mirela.live.commit(lambda _plan: (Add(Tie(stakeholder="ana", party="ps", owner="P1")),))
    await both_look(*two)
    rowan.live.commit(
        lambda _plan: (Add(Tie(stakeholder="ana", party="ps", level=Level.KNOWN)),), undo_group="burst"
    )
    await both_look(*two)
    assert rowan.conflicts == []
    (tie,) = mirela.live.view.all(Tie)
    assert (tie.owner, tie.level) == ("P1", Level.KNOWN)


async def test_a_row_that_another_removed_keeps_what_was_typed(two: tuple[Person, Person]) -> None:
    rowan, mirela = two
    rowan.live.see("burst")
    mirela.live.commit(lambda plan: removal(plan, plan.rows[Stakeholder]["ana",]))
    await both_look(*two)
    rowan.live.commit(setting("name", "Ana Pires"), undo_group="burst")
    (found,) = rowan.conflicts
    assert "removed by somebody else" in str(found.conflict)
    assert rowan.live.clashes(found.step) == ()  # there is nothing to choose
    assert rowan.live.typed(found.step) == {"Stakeholder/ana/name/gone": "Ana Pires"}


async def test_a_row_that_another_changed_is_not_removed_unseen(two: tuple[Person, Person]) -> None:
    rowan, mirela = two
    rowan.live.see("burst")
    mirela.live.commit(setting("title", "Chair"))
    await both_look(*two)
    rowan.live.commit(lambda plan: (Remove(plan.rows[Stakeholder]["ana",]),), undo_group="burst")
    (found,) = rowan.conflicts
    rowan.live.reapply(found.step)
    await both_look(*two)
    assert mirela.live.view.where(Stakeholder, id="ana") == ()


async def test_the_last_to_speak_has_the_fleeting(two: tuple[Person, Person]) -> None:
    rowan, mirela = two
    rowan.live.look_as(CUSTOMER)
    mirela.live.look_as("ps")
    await both_look(*two)
    assert rowan.conflicts == mirela.conflicts == []
    last = rowan.live.whole.get(Session, "S2")
    assert last == mirela.live.whole.get(Session, "S2")
    assert (rowan.live.audience, mirela.live.audience) == (CUSTOMER, "ps")  # each screen is one's own


async def test_one_undoes_ones_own_and_passes_over_what_another_has_changed_since(
    two: tuple[Person, Person],
) -> None:
    rowan, mirela = two
    rowan.live.commit(setting("name", "Ana Pires"))
    rowan.live.commit(setting("title", "Mine"))
    await both_look(*two)
    mirela.live.commit(setting("title", "Theirs"))
    await both_look(*two)
    with pytest.raises(Conflict):
        rowan.live.take_back(await rowan.live.next_undo())
    assert rowan.live.take_back(await rowan.live.next_undo()) == f"{ANA.name}, name"
    await both_look(*two)
    assert ana(mirela.live) == with_values(ANA, title="Theirs")
    assert await rowan.live.next_undo() == ()
    assert [step.actor for step in await mirela.live.next_undo()] == ["mirela"]


async def test_an_undo_that_meets_a_change_on_its_way_is_passed_over_too(two: tuple[Person, Person]) -> None:
    rowan, mirela = two
    rowan.live.commit(setting("title", "Mine"))
    await both_look(*two)
    steps = await rowan.live.next_undo()
    await asyncio.wrap_future(
        mirela.storage.call(lambda s: s.commit(ACC, mirela_step(setting("title", "T"), s)))
    )
    rowan.live.take_back(steps)
    await both_look(*two)
    (found,) = rowan.conflicts
    assert found.step.undoes == (2,)
    assert ana(rowan.live).title == "T"
    assert await rowan.live.next_undo() == ()


def mirela_step(build: Callable[[AccountPlan], Changes], store: Store) -> Step:
    return Step(tuple(build(store.load(ACC)[0])), "mirela", AT)
