"""A field that refers to another row: chosen from what is there or brought in by name, never an id."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.app.driver import driving, seed
from tests.domain.plans import FRAME, ON, plan_of
from tests.store.plans import one_of
from tests.views.plans import looked_at
from workshop_tui.domain.base.dates import Calendar
from workshop_tui.domain.base.entity import Entity, references
from workshop_tui.domain.base.validation import validated
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.discovery import Objective
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Block, Presence, Session
from workshop_tui.domain.model.value import Target
from workshop_tui.domain.plan.audience import project, shows, shows_kind
from workshop_tui.domain.plan.plan import KIND, KINDS, AccountPlan, referred_noun
from workshop_tui.domain.plan.setters import SetContext
from workshop_tui.domain.plan.step import Step, apply
from workshop_tui.domain.rules.people import meetings_with
from workshop_tui.tui.features.drafts import Drafts
from workshop_tui.views.approach.meetings import Meetings
from workshop_tui.views.cell import Col, Edit
from workshop_tui.views.choices import bringing
from workshop_tui.views.fields import cell, edit_of
from workshop_tui.views.value.targets import put_under_edit

REFERENCES = [(kind, name) for kind in KINDS for name in references(kind) if name not in kind.KEY]
TEAMLESS = AccountPlan.of(row for row in FRAME if not isinstance(row, Member))
CASES = pytest.mark.parametrize(
    ("kind", "name"), REFERENCES, ids=[f"{kind.__name__}.{name}" for kind, name in REFERENCES]
)

CONTEXT = SetContext(Calendar(ON), lambda: dt.datetime.combine(ON, dt.time(9), dt.UTC), session="S2")


@CASES
def test_a_reference_is_chosen_even_where_there_is_nothing_yet(kind: type[Entity], name: str) -> None:
    row, col = one_of(kind), Col(kind, name)
    for plan in (TEAMLESS, plan_of()):
        edit = edit_of(project(plan_of(*plan, row), ALLIANCE), row, col, CONTEXT)
        assert edit.chooses
        assert edit.of == referred_noun(kind, name)


@CASES
def test_before_the_customer_a_cell_is_closed_that_can_hold_nothing_they_see(
    kind: type[Entity], name: str
) -> None:
    """It would take what is typed and then lose it, or tell that something else stands there."""
    if not (shows_kind(kind, CUSTOMER) and shows(kind, name, CUSTOMER)):
        return
    target, row = KIND[references(kind)[name]], one_of(kind)
    hidden = {"visibility": "ps"} if "visibility" in target.fields else {}
    there = validated(target, {**one_of(target).plain(), **hidden})
    view = project(plan_of(there, row), CUSTOMER)
    found = cell(view, row, Col(kind, name), CONTEXT)
    if found.edit:
        assert found.edit.choices or found.edit.adds
        assert all(view.referred(kind, name, str(c.value)) for c in found.edit.choices if c.value is not None)
    assert bool(found.edit) is (target in {Member, Session, Stakeholder} or name == "party")


def test_what_nobody_has_named_yet_comes_in_with_the_value_in_one_step() -> None:
    session = Session(id="S4", held_on=ON)
    plan = plan_of(*TEAMLESS, session)
    edit = edit_of(project(plan, ALLIANCE), session, Col(Session, "facilitator"), CONTEXT)
    assert edit.adds is not None
    one, two = edit.adds("  Ana   Pires ")
    assert [one.text, two.text] == ["+ Add Ana Pires to One", "+ Add Ana Pires to Two"]
    after = apply(plan, Step(tuple(bringing(edit, two).build(plan, two.value))))
    (ana,) = after.where(Member, name="Ana Pires", party="tech")
    assert after.where(Session, facilitator=ana.id)


@pytest.mark.parametrize(
    ("row", "name", "kind", "audience", "seen_by"),
    [
        (Action(id="a1", title="Call", session="S1"), "stakeholder", Stakeholder, ALLIANCE, CUSTOMER),
        (Action(id="a1", title="Call", session="S1"), "stakeholder", Stakeholder, CUSTOMER, CUSTOMER),
        (Target(id="t1", title="Faster"), "objective", Objective, ALLIANCE, ALLIANCE),
        (Target(id="t1", title="Faster"), "objective", Objective, "ps", "ps"),
    ],
)
def test_who_comes_in_is_for_whom_it_was_named_before(
    row: Entity, name: str, kind: type[Entity], audience: str, seen_by: str
) -> None:
    plan = plan_of(row)
    edit = edit_of(project(plan, audience), row, Col(type(row), name), CONTEXT)
    assert edit.adds is not None
    (choice,) = edit.adds("Grow")
    after = apply(plan, Step(tuple(bringing(edit, choice).build(plan, choice.value))))
    (new,) = after.all(kind)
    assert (new.words, new.plain()["visibility"]) == ("Grow", seen_by)
    assert after.where(type(row), **{name: new.key[0]})


async def test_lists_that_are_put_together_by_hand_are_chosen_from_too() -> None:
    live = looked_at(plan_of(*TEAMLESS, Stakeholder(id="ana", name="Ana Müller")))
    whom = Meetings().table(live).rows[0].cells[0].edit
    assert whom is not None
    assert whom.follow is not None
    ours, under = whom.follow("ana"), put_under_edit(live, ())
    assert ours is not None
    assert [edit.of for edit in (under, whom, ours)] == ["value target", "stakeholder", "team member"]
    assert under.chooses
    assert ours.chooses


async def test_whom_we_met_is_added_by_name_with_the_meeting_in_one_step() -> None:
    live = looked_at(plan_of(*FRAME))
    whom = Meetings().table(live).rows[0].cells[0].edit
    assert whom
    assert whom.adds
    (new,) = whom.adds("Ana Pires")
    assert whom.follow
    ours = bringing(some(whom.follow(new.value)), new)
    member = next(choice for choice in ours.choices if choice.value)
    assert ours.follow
    day = bringing(some(ours.follow(member.value)), member)
    after = apply(live.whole, Step(tuple(day.build(live.whole, "today"))))
    (ana,) = after.where(Stakeholder, name="Ana Pires")
    assert [meeting.on for meeting in meetings_with(after, ana)] == [live.today]
    target = put_under_edit(live, ())
    assert target.adds
    (new,) = target.adds("Faster")
    after = apply(live.whole, Step(tuple(bringing(target, new).build(live.whole, new.value))))
    assert after.where(Target, title="Faster")


def some(edit: Edit | None) -> Edit:
    assert edit
    return edit


async def test_the_facilitator_is_added_by_name_before_the_team_is_there(tmp_path: Path) -> None:
    path = tmp_path / "teamless.db"
    opening = Block(id="b1", session="S3", kind=BlockKind.OPENING, title="Opening", minutes=10)
    seed(path, AccountPlan.of([*TEAMLESS, opening]))
    day = dt.datetime.combine(TEAMLESS.where(Session, id="S3")[0].held_on, dt.time(9), dt.UTC)
    async with driving(path, account="acc", size=(100, 32), at=day) as app:
        await app.press("v", "1")
        await app.go("Facilitator", "", "main", "enter")
        await app.type_text("Ana Pires")
        assert "Enter twice adds" in app.beneath
        await app.press("enter")
        assert app.beneath.startswith("✗ No team member «Ana Pires»: Enter adds what is marked")
        assert not app.live.whole.all(Member)
        await app.press("down", "enter")
        (ana,) = app.live.whole.all(Member)
        assert (ana.name, ana.party) == ("Ana Pires", "tech")
        assert app.live.whole.where(Session, facilitator=ana.id)
        assert app.live.whole.where(Presence, member=ana.id)  # it is the day, so who joins is here
        assert app.editor.edit is None
        await app.press("ctrl+z")
        await app.wait_until(lambda: not app.live.whole.all(Member), "both are taken back at once")
        assert not app.live.whole.where(Session, facilitator=ana.id)


async def test_a_name_that_nothing_has_is_kept_as_a_draft(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        people = len(app.live.whole.all(Stakeholder))
        await app.go("Reports to", "", "card", "enter")
        await app.type_text("Zork", "escape")
        await app.wait_until(lambda: app.editor.edit is None, "it is left")
        assert list(app.workspace[Drafts].all().values()) == ["Zork"]
        await app.go("Reports to", "", "card", "enter")
        assert app.editor.typed == "Zork"
        await app.press("enter", "enter")
        await app.wait_until(lambda: len(app.live.whole.all(Stakeholder)) == people + 1, "Zork is there")
        assert app.live.whole.where(Stakeholder, name="Zork", visibility=CUSTOMER)
        assert app.workspace[Drafts].all() == {}


async def test_where_nothing_can_come_in_it_says_what_is_there(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Action/A12")
        await app.go("Answer", "", "card", "enter")
        await app.type_text("zork", "enter")
        assert app.beneath.startswith("✗ No answer «zork»: ")
        assert "more." in app.beneath
