"""A person taken out: nothing of them is left, and what is not about them stays as it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.plans import changes as any_change
from tests.domain.plans import plan_of, whole_plans
from workshop_tui.domain.base.entity import Entity, holds_words
from workshop_tui.domain.base.validation import validated, with_values
from workshop_tui.domain.lifecycle.seal import checksum, verify
from workshop_tui.domain.model.account import Account, Member, Party
from workshop_tui.domain.model.actions import Action, Approach, ApproachStep
from workshop_tui.domain.model.people import Meeting, MeetingStakeholder, Reading, Stakeholder
from workshop_tui.domain.model.scorecard import SteeringSeat
from workshop_tui.domain.model.session import Decision, Erratum, Seal, Session
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import AccountPlan, problems
from workshop_tui.domain.plan.step import Add, Conflict, Refused, Remove, Set, Step, apply, removal, target
from workshop_tui.domain.rules.erasing import (
    MARK,
    NameWords,
    PersonErasure,
    Sought,
    erased_history,
    erasing,
    gone_rows,
    name_words,
    people_of,
    words_here,
)

NADIA = Stakeholder(id="N", name="Nadia Osei", email="nadia.osei@bank.example")
KARL = Stakeholder(id="K", name="Karl Brandt", reports_to="N")
WORDS = name_words({NADIA.name}, {NADIA.email})
HERS = frozenset({(Stakeholder, ("N",))})


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Nadia Osei agreed", "[erased] agreed"),
        ("ask NADIA OSEI or nadia.osei@BANK.example.", "ask [erased] or [erased]."),
        ("Nadia\nOsei", "[erased]"),
        ("Nadia's view, Osei-led, OSEI", "[erased]'s view, [erased]-led, [erased]"),
        ("Nadiana and Oseis and nadia stay", "Nadiana and Oseis and nadia stay"),
        ("xnadia.osei@bank.example is another's", "xnadia.osei@bank.example is another's"),
    ],
)
def test_names_are_found_as_whole_words(text: str, left: str) -> None:
    assert WORDS.redacted(text) == left


@pytest.mark.parametrize(
    ("name", "alone"),
    [
        ("Dr. Zoë van der Åkerlund Jr.", {"Zoë", "Åkerlund"}),
        ("J. P. O'Neil", set()),
        ("Mirela Sandoval-Pike", {"Mirela", "Sandoval-Pike"}),
        ("Cher", {"Cher"}),
    ],
)
def test_the_given_and_the_family_name_are_found_alone(name: str, alone: set[str]) -> None:
    assert {word for word in name_words({name}, ()).alone if not word.isupper()} == alone


def test_a_name_is_found_as_it_is_typed_without_accents() -> None:
    assert (
        name_words({"Zoë Åkerlund"}, ()).redacted("Zoe and Akerlund, zoe akerlund")
        == f"{MARK} and {MARK}, {MARK}"
    )


def test_what_another_goes_by_too_stays_where_it_stands_alone() -> None:
    other = Stakeholder(id="O", name="Nadia Brown")
    said = Decision(id="D", session="S1", text="Nadia asks Osei; Nadia Osei agrees")
    plan = plan_of(NADIA, other, said)
    sought = Sought(frozenset({("acc", Stakeholder, "N")}), frozenset({NADIA.name}))
    theirs = people_of(sought, "acc", plan)
    erasure = PersonErasure(theirs, words_here(sought, theirs, plan))
    after = apply(plan, Step(erasing(plan, erasure)))
    assert theirs == HERS
    assert after.get(Stakeholder, "O") == other
    assert after.all(Decision)[0].text == f"Nadia asks {MARK}; {MARK} agrees"


def test_rows_go_references_are_blanked_and_records_are_sealed_anew() -> None:
    record = "Nadia Osei said"
    seal = Seal(
        id="x", session="S1", sealed_at=dt.datetime(2026, 3, 10, tzinfo=dt.UTC), record=record,
        sha256=checksum(record), journal=1,
    )  # fmt: skip
    slip = Erratum(
        id="e", seal="x", kind="Stakeholder", row="N", name="title", old="Hed", new="Head", at=seal.sealed_at
    )
    rows = (
        NADIA,
        KARL,
        seal,
        slip,
        Reading(session="S1", stakeholder="N", toward="all", evidence="pays for it herself"),
        Action(id="A", session="S1", title="Call Nadia", owner="N"),
        Meeting(id="M", on=dt.date(2026, 3, 1), said="lunch"),
        MeetingStakeholder(meeting="M", stakeholder="N"),
    )
    plan = plan_of(*rows)
    erasure = PersonErasure(HERS, WORDS, lambda text: text.replace("Nadia Osei", MARK))
    after = apply(plan, Step(erasing(plan, erasure)))
    assert [row for row in after if type(row) in {Erratum, Reading, Meeting, MeetingStakeholder}] == []
    assert after.get(Stakeholder, "K") == with_values(KARL, reports_to=None)
    assert after.get(Action, "A") == Action(id="A", session="S1", title=f"Call {MARK}")
    (sealed,) = after.all(Seal)
    assert sealed.record == f"{MARK} said"
    assert not verify(sealed)
    spoilt = plan_of(replace(seal, sha256="0" * 64))
    (still,) = apply(spoilt, Step(erasing(spoilt, erasure))).all(Seal)
    assert still.record == sealed.record
    assert verify(still)  # what did not match is not made good


def test_a_text_stays_as_short_as_its_field_takes() -> None:
    words = NameWords(alone=frozenset({"Bo"}))
    row = Decision(id="D", session="S1", text=" ".join(["Bo"] * 1300))
    plan = plan_of(row)
    (after,) = apply(plan, Step(erasing(plan, PersonErasure(frozenset(), words)))).all(Decision)
    assert len(after.text) <= 4000
    assert not words.stand_in(after.text)


def test_by_its_name_alone_no_row_is_theirs_where_there_are_namesakes() -> None:
    namesake = Stakeholder(id="O", name="Nadia Osei")
    sought = Sought(frozenset({("acc", Stakeholder, "N")}), frozenset({NADIA.name}), has_namesakes=True)
    assert people_of(sought, "acc", plan_of(NADIA, namesake)) == HERS
    assert people_of(sought, "other", plan_of(namesake)) == frozenset()


def test_a_row_is_theirs_by_name_and_address_and_by_a_shared_mailbox_alone_it_is_not() -> None:
    rows = {
        "a": Stakeholder(id="a", name="N. Osei", email=NADIA.email),
        "b": Stakeholder(id="b", name="Nadia Osei", email=NADIA.email),
        "c": Stakeholder(id="c", name="Karl Brandt", email=NADIA.email),
    }
    sought = Sought(frozenset(), frozenset({NADIA.name}), frozenset({NADIA.email}))
    assert [each for each, row in rows.items() if sought.is_theirs("acc", row)] == ["a", "b"]
    among_namesakes = replace(sought, has_namesakes=True)
    assert [each for each, row in rows.items() if among_namesakes.is_theirs("acc", row)] == ["b"]


def test_an_id_that_another_had_before_is_not_theirs() -> None:
    sought = Sought(frozenset({("acc", Stakeholder, "N")}), frozenset({NADIA.name}))
    assert people_of(sought, "acc", plan_of(Stakeholder(id="N", name="Karl Brandt"))) == frozenset()


# Laws


def texts(plan: AccountPlan) -> Iterator[str]:
    for row in plan:
        yield from (
            str(getattr(row, name) or "") for name in type(row).fields if holds_words(type(row), name)
        )


def bare(row: Entity) -> dict[str, object]:
    """A row without its words."""
    return {name: value for name, value in row.plain().items() if not holds_words(type(row), name)}


ABOUT_PEOPLE = (
    Member,
    Stakeholder,
    Session,
    Reading,
    Meeting,
    MeetingStakeholder,
    Answer,
    Approach,
    ApproachStep,
)
"""Kinds that hang on people, directly and by way of others."""
OTHERS = (Action, Decision, SteeringSeat)
SAID = st.sampled_from(["Nadia Osei", "so Osei said", "and Nadia", "Karl", "NADIA.OSEI@bank.example"])


@st.composite
def plans_with_her(draw: st.DrawFn) -> AccountPlan:
    """Any whole plan in which one is called Nadia Osei, and others' texts may name her."""
    plan = draw(whole_plans([*ABOUT_PEOPLE, *OTHERS]))
    said = draw(st.lists(SAID, min_size=5, max_size=5))
    named = [
        row if isinstance(row, Stakeholder | Member | Account | Party) else _saying(row, said) for row in plan
    ]
    her = draw(st.sampled_from(plan.all(Stakeholder)))
    called = {"name": NADIA.name, "email": NADIA.email}
    return AccountPlan.of((*named, replace(her, **called)))


def _saying(row: Entity, said: list[str]) -> Entity:
    """Return a row whose texts say this, one after the other."""
    names = [name for name in type(row).fields if holds_words(type(row), name)]
    turn = len(row.plain()) + len(str(row.key))
    return validated(
        type(row), {**row.plain(), **{name: said[(turn + n) % len(said)] for n, name in enumerate(names)}}
    )


def taken_out(plan: AccountPlan, steps: Sequence[Step] = ()) -> tuple[PersonErasure, AccountPlan]:
    """As the store does it: whose rows they are, also of those that only the journal tells of."""
    sought = Sought(frozenset(), frozenset({NADIA.name}), frozenset({NADIA.email}))
    theirs = people_of(sought, "acc", (*plan, *gone_rows(steps, plan)))
    erasure = PersonErasure(theirs, words_here(sought, theirs, plan), WORDS.redacted)
    return erasure, apply(plan, Step(erasing(plan, erasure)))


@given(plans_with_her())
def test_nothing_names_her_any_more_and_what_others_are_stays(plan: AccountPlan) -> None:
    assert not list(problems(plan))
    erasure, after = taken_out(plan)
    assert len(erasure.people) == 1
    assert not [text for text in texts(after) if WORDS.stand_in(text)]
    assert not list(problems(after))
    her = next(plan.get(kind, *key) for kind, key in erasure.people)
    assert her is not None
    cascade = removal(plan, her)
    gone = {target(change) for change in cascade if isinstance(change, Remove)}
    assert {(type(row), row.key) for row in plan} - {(type(row), row.key) for row in after} == gone
    blanked = {(c.kind, c.key, c.name) for c in cascade if isinstance(c, Set)}
    for row in after:
        was = plan.get(type(row), *row.key)
        assert was is not None
        for name, value in row.plain().items():
            old = was.plain()[name]
            if (type(row), row.key, name) in blanked:
                assert value is None
            elif holds_words(type(row), name):
                assert value == (WORDS.redacted(old) if isinstance(old, str) else old)
            else:
                assert value == old
    assert not erasing(after, erasure)  # once is enough


@given(plans_with_her(), st.data())
def test_a_journal_without_her_leads_to_the_plan_without_her(plan: AccountPlan, data: st.DataObject) -> None:
    assert not list(problems(plan))
    start = Step(tuple(map(Add, plan)), number=1)
    steps, now = [start], plan
    for _ in range(data.draw(st.integers(0, 6))):
        change = data.draw(any_change(now))
        if isinstance(change, Set) and change.name in {"name", "email"}:
            continue  # whoever has her row then is another
        made = removal(now, change.row) if isinstance(change, Remove) else (change,)
        try:
            then = apply(now, Step(made))
        except (Conflict, Refused):
            continue
        if not list(problems(then)):
            steps.append(Step(made, number=len(steps) + 1))
            now = then
    erasure, after = taken_out(now, steps)
    history = erased_history(steps, now, after, erasure)
    assert [step.number for step in history] == [step.number for step in steps]
    replayed = AccountPlan.of(())
    for step in history:
        replayed = apply(replayed, step)
    assert replayed == after
    told = str([change for step in history for change in step.changes])
    assert not WORDS.stand_in(told)
    assert all(target(change) not in erasure.people for step in history for change in step.changes)


def test_who_has_her_row_now_stays_and_only_her_names_go_from_the_journal() -> None:
    renamed = tuple(
        Set(Stakeholder, ("N",), name, old, new)
        for name, old, new in (("name", NADIA.name, "Karl Brandt"), ("email", NADIA.email, "k@bank.example"))
    )
    steps = [Step(tuple(map(Add, plan_of(NADIA))), number=1), Step(renamed, number=2)]
    now = apply(apply(AccountPlan.of(()), steps[0]), steps[1])
    erasure, after = taken_out(now, steps)
    assert after == now
    history = erased_history(steps, now, after, erasure)
    assert not WORDS.stand_in(str([step.changes for step in history]))
    assert apply(apply(AccountPlan.of(()), history[0]), history[1]) == now


def test_what_was_hers_and_is_another_s_now_always_was() -> None:
    answer = Answer(id="Q", stakeholder="N", text="cheaper")
    moved = Set(Answer, ("Q",), "stakeholder", "N", "K")
    karl = with_values(KARL, reports_to=None)
    first = Step((*map(Add, plan_of(NADIA, karl)), Add(answer)), number=1)
    now = apply(apply(AccountPlan.of(()), first), Step((moved,)))
    erasure, after = taken_out(now)
    first, second = erased_history([first, Step((moved,), number=2)], now, after, erasure)
    assert Add(with_values(answer, stakeholder="K")) in first.changes
    assert second.changes == ()
