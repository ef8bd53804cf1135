"""What every store holds to, whatever database it stands on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import ExitStack, closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.plans import PARTIES, changes, rows_of
from tests.store.conftest import Opening, in_a_file
from tests.store.plans import ACC, ANA, AT, ONE_OF_EACH, add, begin, dump, name_ana, name_of_ana, redo, undo
from workshop_tui.domain.model.account import Account, Member
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.plan.plan import KINDS, AccountPlan, problems
from workshop_tui.domain.plan.step import (
    Add,
    Change,
    Conflict,
    Refused,
    Remove,
    Set,
    Step,
    apply,
    fleeting,
    removal,
    undoable,
)
from workshop_tui.server_url import ServerUrl
from workshop_tui.store.errors import StoreError
from workshop_tui.store.store import Store

NewPlace = Callable[[], Opening]
laws = settings(
    max_examples=settings().max_examples // 2,  # each begins with a new database
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def test_a_row_of_every_kind_comes_back_as_it_was(place: Opening) -> None:
    place().commit(ACC, add(*ONE_OF_EACH))
    plan, number = place().load(ACC)
    assert plan == AccountPlan.of(ONE_OF_EACH)
    assert {type(row) for row in plan} == set(KINDS)
    assert number == 1


def _action() -> Action:
    return next(row for row in ONE_OF_EACH if isinstance(row, Action))


def test_it_counts_the_steps_that_have_changed_what_counts_of_a_row(place: Opening) -> None:
    store, later = place(), AT + dt.timedelta(1)
    fields = {"Action": ["title", "milestone"], "Session": ["held_on"]}
    store.commit(ACC, add(*ONE_OF_EACH))
    action, session = ("Action", ("x1",)), ("Session", ("x1",))
    assert store.revisions(ACC, fields) == {action: (1, AT), session: (1, AT)}
    changes = (
        Set(Action, ("x1",), "title", _action().title, "Another title"),
        Set(Action, ("x1",), "milestone", _action().milestone, "M"),
    )
    store.commit(ACC, Step(changes, at=later))
    store.commit(ACC, Step((Set(Action, ("x1",), "evidence", _action().evidence, "E"),)))
    store.commit(ACC, Step((Set(Session, ("x1",), "audience", "customer", "ps"),)))
    assert store.revisions(ACC, fields) == {action: (2, later), session: (1, AT)}
    assert store.revisions(ACC, fields, until=1) == {action: (1, AT), session: (1, AT)}


@in_a_file
@laws
@given(data=st.data())
def test_what_is_loaded_is_what_apply_gives(new_place: NewPlace, data: st.DataObject) -> None:
    _loads_what_apply_gives(new_place()(), data)


def _loads_what_apply_gives(store: Store, data: st.DataObject) -> None:
    begin(store)
    plan, _ = store.load(ACC)
    for _ in range(6):
        step = data.draw(_steps(plan))
        plan = _both_ways(store, plan, step)
    assert store.load(ACC)[0] == plan


def _both_ways(store: Store, plan: AccountPlan, step: Step) -> AccountPlan:
    """Take the Step in memory and in the store; both take it or both refuse it."""
    before = dump(store)
    try:
        after = apply(plan, step)
        broken = set(problems(after)) - set(problems(plan))
    except Refused:
        after, broken = plan, {"refused"}
    if broken:
        with pytest.raises(Refused):
            store.commit(ACC, step)
        assert dump(store) == before
        return plan
    store.commit(ACC, step)
    return after


@st.composite
def _steps(draw: st.DrawFn, plan: AccountPlan) -> Step:
    undo_group = draw(st.sampled_from(["", "b1"]))
    people = st.lists(rows_of(Stakeholder).map(Add), max_size=2).map(tuple)
    return Step((draw(changes(plan)), *draw(people)), actor="me", at=AT, undo_group=undo_group)


@in_a_file
@laws
@given(data=st.data())
def test_any_steps_then_as_many_undos_give_the_same_tables(new_place: NewPlace, data: st.DataObject) -> None:
    _undoes_all_of_it(new_place(), data)


@settings(laws, max_examples=laws.max_examples // 6)
@given(data=st.data())
def test_on_a_server_these_laws_hold_too(new_on_server: Callable[[], ServerUrl], data: st.DataObject) -> None:
    with ExitStack() as stack:

        def place() -> Opening:
            url = new_on_server()
            return lambda: stack.enter_context(closing(Store.open(url)))

        _loads_what_apply_gives(place()(), data)
        _undoes_all_of_it(place(), data)


def _undoes_all_of_it(place: Opening, data: st.DataObject) -> None:
    store = place()
    begin(store, ANA)
    start = dump(store)
    plan, _ = store.load(ACC)
    for _ in range(6):
        plan = _both_ways(store, plan, data.draw(_steps(plan).filter(_can_be_undone)))
    end = dump(store)
    store = place()  # as after a restart
    while undo(store):
        pass
    assert dump(store) == start
    assert dump(place()) == start
    while redo(store):
        pass
    assert dump(store) == end


def _can_be_undone(step: Step) -> bool:
    """Whether undo takes back all of a Step: it passes over seals, and leaves what is fleeting."""
    sets = [change for change in step.changes if isinstance(change, Set)]
    return undoable(step) and not any(fleeting(change.kind, change.name) for change in sets)


def test_numbers_count_per_account_without_holes(store: Store) -> None:
    begin(store, ANA)
    begin(store, account="other")
    for step in (name_ana("nobody", "Bo"), name_ana("Ana Müller", "")):
        with pytest.raises(Refused):
            store.commit(ACC, step)
    assert store.commit(ACC, name_ana("Ana Müller", "Bo")).number == 2
    assert store.commit("other", add(ANA)).number == 2
    assert [step.number for step in store.since(ACC, 0)] == [1, 2]


def test_the_journal_gives_back_the_very_same_steps(store: Store) -> None:
    begin(store, ANA)
    taken = store.commit(ACC, name_ana("Ana Müller", "Ana M.", undo_group="b1"))
    undone = undo(store)
    assert undone is not None
    assert store.since(ACC, 1) == (taken, undone)
    assert undone.undoes == (2,)
    assert store.since(ACC, 3) == ()
    assert Add(ANA) in store.since(ACC, 0)[0].changes


def test_a_conflict_carries_both_values_and_stores_nothing(place: Opening) -> None:
    mine, theirs = place(), place()
    begin(mine, ANA)
    theirs.commit(ACC, name_ana("Ana Müller", "Anna", actor="you"))
    before = dump(mine)
    with pytest.raises(Conflict) as caught:
        mine.commit(
            ACC, Step((*add(Stakeholder(id="bo", name="Bo")).changes, *name_ana("Ana Müller", "Ann").changes))
        )
    assert (caught.value.mine, caught.value.theirs) == ("Ann", "Anna")
    assert dump(mine) == before
    assert mine.load(ACC)[1] == 2


def test_two_fields_of_one_row_do_not_collide(place: Opening) -> None:
    mine, theirs = place(), place()
    begin(mine, ANA)
    theirs.commit(ACC, name_ana("Ana Müller", "Anna", actor="you"))
    mine.commit(ACC, Step((Set(Stakeholder, ("ana",), "influence", None, 4),)))
    assert mine.load(ACC)[0].get(Stakeholder, "ana") == Stakeholder(id="ana", name="Anna", influence=4)


def test_fleeting_fields_take_the_last_word_and_undo_passes_over_them(store: Store) -> None:
    begin(store, ANA)
    store.commit(ACC, name_ana("Ana Müller", "Anna"))
    store.commit(ACC, Step((Set(Session, ("S1",), "audience", "never so", "customer"),), actor="me"))
    assert store.load(ACC)[0].sessions[0].audience == "customer"
    assert [step.number for step in store.next_undo(ACC, "me")] == [2]


def test_a_row_changed_since_is_not_removed(store: Store) -> None:
    begin(store, ANA)
    store.commit(ACC, name_ana("Ana Müller", "Anna"))
    with pytest.raises(Conflict, match="changed since"):
        store.commit(ACC, Step((Remove(ANA),)))
    assert name_of_ana(store) == "Anna"


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (
            Step((Set(Stakeholder, ("ana",), "reports_to", None, "gone"),)),
            "Somebody else has removed what this belongs to",
        ),
        (Step((Remove(PARTIES[1]),)), "Others belong to this meanwhile"),
    ],
)
def test_a_reference_to_nothing_is_a_conflict(store: Store, step: Step, sentence: str) -> None:
    begin(store, ANA)
    with pytest.raises(Conflict, match=sentence):
        store.commit(ACC, step)
    assert store.load(ACC)[1] == 1


TASK = Action(id="a", session="S1", title="Send the list", owner="ana")


@pytest.mark.parametrize("owner", ["ana", "P1"])
def test_an_action_may_be_owned_by_either_side(store: Store, owner: str) -> None:
    begin(store, ANA, replace(TASK, owner=None))
    store.commit(ACC, Step((Set(Action, ("a",), "owner", None, owner),)))
    assert store.load(ACC)[0].where(Action, owner=owner)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (Set(Action, ("a",), "owner", "ana", "gone"), "Somebody else has removed what this belongs to"),
        (Add(replace(TASK, id="b", accountable="x")), "Somebody else has removed"),
        (Remove(ANA), "Others belong to this meanwhile"),
    ],
)
def test_an_owner_of_neither_side_is_a_conflict(store: Store, change: Change, sentence: str) -> None:
    begin(store, ANA, TASK)
    with pytest.raises(Conflict, match=sentence):
        store.commit(ACC, Step((change,)))
    assert store.load(ACC)[0].all(Action) == (TASK,)
    assert store.load(ACC)[1] == 1


def test_an_owner_goes_when_the_action_is_nobodys_or_anothers_in_the_same_step(store: Store) -> None:
    begin(store, ANA, TASK)
    store.commit(ACC, Step(removal(store.load(ACC)[0], ANA)))
    (action,) = store.load(ACC)[0].all(Action)
    assert action.owner is None


def test_of_two_with_one_id_either_may_go_while_the_other_stays(store: Store) -> None:
    twin = Stakeholder(id="P1", name="Twin")
    owned = replace(TASK, owner="P1")
    begin(store, ANA, twin, owned)
    store.commit(ACC, Step((Remove(twin),)))
    assert store.load(ACC)[0].all(Action) == (owned,)


def test_a_first_step_with_a_broken_reference_is_a_conflict(store: Store) -> None:
    root, lost = Account(id=ACC, name="A"), Member(id="m", party="nobody", name="M")
    with pytest.raises(Conflict, match="Somebody else has removed what this belongs to"):
        store.commit(ACC, add(root, lost))
    with pytest.raises(StoreError, match="no account"):
        store.load(ACC)


def test_a_row_that_others_refer_to_goes_only_with_them(store: Store) -> None:
    bo = Stakeholder(id="bo", name="Bo", reports_to="ana")
    begin(store, ANA, bo)
    with pytest.raises(Conflict, match="Others belong to this"):
        store.commit(ACC, Step((Remove(ANA),)))
    store.commit(ACC, Step(removal(store.load(ACC)[0], ANA)))
    assert store.load(ACC)[0].all(Stakeholder) == (Stakeholder(id="bo", name="Bo"),)


def test_two_people_cannot_make_a_cycle_between_them(place: Opening) -> None:
    mine, theirs = place(), place()
    begin(mine, ANA, Stakeholder(id="bo", name="Bo"))
    theirs.commit(ACC, Step((Set(Stakeholder, ("ana",), "reports_to", None, "bo"),)))
    with pytest.raises(Refused, match="already reports"):
        mine.commit(ACC, Step((Set(Stakeholder, ("bo",), "reports_to", None, "ana"),)))


def test_people_who_come_in_under_one_another_are_refused(store: Store) -> None:
    begin(store)
    one = Stakeholder(id="one", name="One", reports_to="two")
    two = Stakeholder(id="two", name="Two", reports_to="one")
    with pytest.raises(Refused):
        store.commit(ACC, add(one, two))


def test_a_row_that_is_there_already_is_a_conflict(store: Store) -> None:
    begin(store, ANA)
    with pytest.raises(Conflict, match="already"):
        store.commit(ACC, add(Stakeholder(id="ana", name="Another")))


def test_a_row_that_was_never_validated_is_refused(store: Store) -> None:
    begin(store)
    with pytest.raises(Refused, match="needed"):
        store.commit(ACC, add(replace(ANA, name="")))
    assert name_of_ana(store) is None


@pytest.mark.parametrize(
    "step",
    [
        add(Stakeholder(id="bo", name="Bo")),
        add(Account(id="elsewhere", name="A")),
        add(Account(id=ACC, name="A"), Account(id="b", name="B")),
        Step((Set(Account, (ACC,), "name", "A", "B"),)),
    ],
)
def test_an_account_begins_with_its_account(store: Store, step: Step) -> None:
    with pytest.raises(Conflict, match="account is not there any more"):
        store.commit(ACC, step)


@pytest.mark.parametrize(
    "change", [Add(Account(id="two", name="Two")), Remove(Account(id=ACC, name="Account acc"))]
)
def test_an_account_stays_one(store: Store, change: Add | Remove) -> None:
    begin(store)
    with pytest.raises(Conflict, match="archive"):
        store.commit(ACC, Step((change,)))


def test_accounts_do_not_see_one_another(store: Store) -> None:
    begin(store, ANA)
    begin(store, account="other")
    assert store.load("other")[0].all(Stakeholder) == ()
    with pytest.raises(Conflict):
        store.commit("other", name_ana("Ana Müller", "Bo"))


def test_a_burst_is_undone_and_redone_as_one_by_its_actor_alone(place: Opening) -> None:
    store = place()
    begin(store, ANA)
    store.commit(ACC, name_ana("Ana Müller", "A", undo_group="b1"))
    store.commit(ACC, add(Stakeholder(id="bo", name="Bo"), actor="you"))
    store.commit(ACC, name_ana("A", "An", undo_group="b1"))
    store = place()
    assert [step.number for step in store.next_undo(ACC, "me")] == [2, 4]
    assert store.next_redo(ACC, "me") == ()
    undone = undo(store)
    assert undone is not None
    assert (undone.undoes, undone.actor, undone.at, undone.number) == ((2, 4), "me", AT, 5)
    assert name_of_ana(store) == "Ana Müller"
    assert store.load(ACC)[0].get(Stakeholder, "bo")
    assert undo(store) is None
    assert store.next_redo(ACC, "me") == (undone,)
    assert redo(store)
    assert name_of_ana(store) == "An"
    assert redo(store) is None


def test_an_undo_that_would_overwrite_another_person_is_a_conflict_and_then_passed_over(
    store: Store,
) -> None:
    begin(store, ANA)
    store.commit(ACC, add(Stakeholder(id="bo", name="Bo")))
    store.commit(ACC, name_ana("Ana Müller", "Anna"))
    store.commit(ACC, name_ana("Anna", "Hanna", actor="you"))
    with pytest.raises(Conflict) as caught:
        undo(store)
    assert (caught.value.mine, caught.value.theirs) == ("Ana Müller", "Hanna")
    assert name_of_ana(store) == "Hanna"
    assert store.next_redo(ACC, "me") == ()
    undone = undo(store)  # the one before
    assert undone is not None
    assert undone.undoes == (2,)
    assert undo(store) is None
    assert [type(step.changes[0]) for step in store.next_redo(ACC, "me")] == [Remove]


def test_what_left_all_as_it_was_is_passed_over(place: Opening) -> None:
    store = place()
    begin(store, ANA)
    store.commit(ACC, name_ana("Ana Müller", "A"))
    bo = Stakeholder(id="bo", name="Bo")
    store.commit(ACC, Step((Add(bo),), actor="me", at=AT, undo_group="b1"))
    store.commit(ACC, Step((Remove(bo),), actor="me", at=AT, undo_group="b1"))
    store = place()
    assert undo(store) is not None
    assert name_of_ana(store) == "Ana Müller"
    assert undo(store) is None
    assert redo(store) is not None
    assert name_of_ana(store) == "A"
    assert redo(store) is None
