"""What a cell shows and how it changes, worked out from the field it stands for."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from tests.domain.plans import ON, plan_of
from workshop_tui.domain.base.dates import Calendar
from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, ActionStatus, Sentiment, SocialStyle
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.discovery import Bullet, Criterion, Score
from workshop_tui.domain.model.people import Reading, Stakeholder, Tie
from workshop_tui.domain.model.scorecard import Goal
from workshop_tui.domain.model.session import Presence
from workshop_tui.domain.model.value import Option
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.setters import SetContext, upsert
from workshop_tui.domain.plan.step import Add, Refused, Remove, Set, Step, apply, made
from workshop_tui.views.cell import Col, Edit
from workshop_tui.views.fields import cell, edit_of, new_row, shown, typed_value, visible_cols

DATES = Calendar(ON)
CONTEXT = SetContext(DATES, lambda: dt.datetime.combine(ON, dt.time(9), dt.UTC), session="S2", audience="ps")
ANA = Stakeholder(id="ana", name="Ana Müller", title="Chair")
DEED = Action(id="a1", session="S2", title="Send the list over", owner="P1", visibility="ps")
PLAN = plan_of(
    ANA,
    DEED,
    Tie(stakeholder="ana", party="ps", owner="P2"),
    Reading(session="S2", stakeholder="ana", toward="all", value=Sentiment.SCEPTICAL),
)
VIEW = project(PLAN, "ps")


def tie(person: Entity) -> tuple[str, ...]:
    return (person.key[0], "ps")


def no_tie(person: Entity) -> tuple[str, ...]:
    return (person.key[0], "tech")


@pytest.mark.parametrize(
    ("kind", "name", "value", "text"),
    [
        (Stakeholder, "title", "Chair", "Chair"),
        (Stakeholder, "title", "", ""),
        (Stakeholder, "style", SocialStyle.ANALYTICAL, "analytical"),
        (Stakeholder, "placeholder", True, "✓"),
        (Stakeholder, "placeholder", False, "–"),
        (Reading, "value", Sentiment.SCEPTICAL, "−1 sceptical"),
        (Reading, "value", Sentiment.NEUTRAL, "0 neutral"),
        (Reading, "value", None, ""),
        (Action, "owner", "P1", "Member of one"),
        (Action, "owner", "gone", ""),
        (Action, "due", dt.date(2026, 6, 9), "9 Jun 2026"),
        (Action, "visibility", "ps", "One"),
        (Action, "visibility", "customer", "customer"),
        (Criterion, "weight", 25.0, "25"),
        (Criterion, "weight", 12.5, "12.5"),
    ],
)
def test_a_value_is_shown_as_people_read_it(kind: type[Entity], name: str, value: object, text: str) -> None:
    assert shown(VIEW, kind, name, value) == text


@pytest.mark.parametrize(("value", "text"), [(Sentiment.ADVOCATE, "+2"), (SocialStyle.DRIVING, "D")])
def test_narrow_places_show_the_sign(value: object, text: str) -> None:
    assert shown(VIEW, Reading, "value", value, sign=True) == text


@pytest.mark.parametrize(
    ("row", "col", "text", "tone"),
    [
        (ANA, Col(Stakeholder, "name"), "Ana Müller", ""),
        (ANA, Col(Stakeholder, "email"), "·", "muted"),
        (ANA, Col(Tie, "owner", key=tie), "Other of one", ""),
        (ANA, Col(Tie, "owner", key=no_tie), "·", "muted"),
        (ANA, Col(Tie, "owner", key=no_tie, asked=True), "?", "warn"),
        (ANA, Col(Reading, "value", key=lambda _: ("S2", "ana", "all")), "−1 sceptical", "bad"),
        (
            Member(id="P1", party="ps", name="M"),
            Col(Presence, "member", key=lambda m: ("S2", *m.key)),
            "–",
            "muted",
        ),
    ],
)
def test_a_cell_shows_its_field_or_that_there_is_none(row: Entity, col: Col, text: str, tone: str) -> None:
    found = cell(VIEW, row, col, CONTEXT)
    assert (found.text, found.tone) == (text, tone)
    assert found.edit is not None


@pytest.mark.parametrize(
    ("kind", "name", "typed", "kept"),
    [
        (Action, "due", "+2w", "2026-06-23"),
        (Action, "due", "  ", None),
        (Action, "milestone", "", ""),
        (Criterion, "weight", "12,5", 12.5),
        (Member, "rate", "", None),
        (Stakeholder, "influence", 4, 4),
        (Stakeholder, "name", "Ana", "Ana"),
    ],
)
def test_what_is_typed_becomes_the_fields_value(
    kind: type[Entity], name: str, typed: Json, kept: Json
) -> None:
    assert typed_value(kind, name, typed, DATES) == kept


@pytest.mark.parametrize("typed", ["0,125", "0.125"])
def test_a_comma_behind_a_nought_is_a_point(typed: str) -> None:
    assert typed_value(Goal, "target", typed, DATES) == 0.125


@pytest.mark.parametrize(
    ("kind", "name", "typed", "said"),
    [
        (Action, "due", "31 feb", "«31 feb» is not a day in the calendar"),
        (Criterion, "weight", "heavy", "Weight is a number: «heavy» is none."),
        (Goal, "target", "250,000", "Target can't be «250,000» with a comma: type 250000 or 250.000."),
        (Goal, "target", "1,250,000", "Target can't be «1,250,000» with a comma: type 1250000."),
        (Option, "votes", "1,000", "Dots can't be «1,000» with a comma: type 1000."),
        (Option, "votes", "2.5", "Dots is a whole number: «2.5» is none."),
        (Option, "votes", "nan", "Dots is a whole number: «nan» is none."),
    ],
)
def test_what_has_no_form_is_refused_in_a_sentence(
    kind: type[Entity], name: str, typed: str, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        typed_value(kind, name, typed, DATES)


def changed(edit: Edit, value: Json, plan: AccountPlan = PLAN) -> AccountPlan:
    return apply(plan, Step(tuple(edit.build(plan, value))))


def test_a_field_of_the_row_itself_is_set() -> None:
    after = changed(edit_of(VIEW, ANA, Col(Stakeholder, "title"), CONTEXT), "Chief")
    assert after.get(Stakeholder, "ana") == with_values(ANA, title="Chief")


def test_a_field_of_a_row_that_is_not_there_brings_it_in() -> None:
    edit = edit_of(VIEW, ANA, Col(Tie, "owner", key=no_tie), CONTEXT)
    assert changed(edit, "T1").get(Tie, "ana", "tech") == Tie(stakeholder="ana", party="tech", owner="T1")
    assert (edit.text, edit.title) == ("none", "Relationship owner · Ana Müller")


def test_a_relationship_is_owned_by_somebody_of_its_firm() -> None:
    edit = edit_of(VIEW, ANA, Col(Tie, "owner", key=no_tie), CONTEXT)
    assert {choice.value for choice in edit.choices} == {"T1", None}
    assert edit.adds is not None
    assert [choice.text for choice in edit.adds("Ana Pires")] == ["+ Add Ana Pires to Two"]
    with pytest.raises(Refused, match=r"^Member of one is with One: choose somebody of Two\.$"):
        changed(edit, "P1")


def test_an_edit_knows_what_stands_there_and_how_it_is_typed() -> None:
    def of(row: Entity, name: str) -> Edit:
        return edit_of(VIEW, row, Col(type(row), name), CONTEXT)

    assert of(DEED, "owner").text == "Member of one"
    assert of(DEED, "title").multiline
    assert not of(ANA, "name").multiline
    assert of(ANA, "placeholder").toggles
    due = of(DEED, "due")
    assert due.whole
    assert due.hint is not None
    assert due.hint("fri") == "Fri 12 Jun 2026"
    assert due.hint("sat") == "Sat 13 Jun 2026, a weekend"
    with pytest.raises(Refused):
        due.hint("someday")


def test_a_field_with_a_rule_is_set_by_it() -> None:
    edit = edit_of(VIEW, DEED, Col(Action, "done_on"), CONTEXT)
    (deed,) = changed(edit, "today").all(Action)
    assert (deed.status, deed.done_on) == (ActionStatus.DONE, ON)


def test_what_has_to_be_known_first_is_asked() -> None:
    edit = edit_of(VIEW, DEED, Col(Action, "status"), CONTEXT)
    assert edit.follow is not None
    assert edit.follow("open") is None
    why = edit.follow("dropped")
    assert why is not None
    assert (why.title, why.place) == ("Why is it dropped? · Send the list over", "Action/a1/reason")
    (deed,) = changed(why, "no longer wanted").all(Action)
    assert (deed.status, deed.reason) == (ActionStatus.DROPPED, "no longer wanted")


def test_a_tick_brings_a_row_in_or_takes_it_out() -> None:
    here = Col(Presence, "member", key=lambda member: ("S2", member.key[0]))
    (rowan, *_) = VIEW.all(Member)
    edit = cell(VIEW, rowan, here, CONTEXT).edit
    assert edit is not None
    there = changed(edit, True)
    assert there.get(Presence, "S2", rowan.id)
    assert cell(project(there, ALLIANCE), rowan, here, CONTEXT).text == "✓"
    assert changed(edit, False, there).get(Presence, "S2", rowan.id) is None


def test_upsert_adds_or_sets() -> None:
    key = ("c1", "ps")
    (added,) = upsert(PLAN, Score, key, {"score": 3})
    assert added == Add(Score(criterion="c1", party="ps", score=3))
    plan = plan_of(Score(criterion="c1", party="ps", score=3))
    assert upsert(plan, Score, key, {"score": 3}) == ()
    assert upsert(plan, Score, key, {"score": 4}) == (Set(Score, key, "score", 3, 4),)


def test_a_row_that_is_not_valid_is_refused_in_a_sentence() -> None:
    with pytest.raises(Refused, match="Score can't be 9: use at most 5"):
        made(Score, {"criterion": "c1", "party": "ps", "score": 9})


def bullet(audience: str) -> Edit:
    return new_row(Bullet, "text", "b1", replace(CONTEXT, audience=audience), {"party": "ps"})


def test_a_new_row_comes_in_with_the_first_letter_and_goes_with_the_last() -> None:
    edit = bullet(ALLIANCE)
    assert (edit.makes, edit.again, edit.place) == ("Bullet/b1", True, "Bullet/new/text")
    assert edit.build(PLAN, "") == ()
    one = changed(edit, "W")
    assert changed(edit, "We", one).where(Bullet, text="We")
    assert [type(change) for change in edit.build(one, "")] == [Remove]


def test_a_new_row_comes_last() -> None:
    plan = plan_of(Bullet(id="b0", party="ps", text="first", rank=7.0))
    assert [row.id for row in changed(bullet(ALLIANCE), "second", plan).all(Bullet)] == ["b0", "b1"]


@pytest.mark.parametrize(
    ("audience", "seen_by"), [(CUSTOMER, CUSTOMER), (ALLIANCE, ALLIANCE), ("ps", "ps"), ("tech", "tech")]
)
def test_a_new_row_is_for_whom_it_was_made_before(audience: str, seen_by: str) -> None:
    (row,) = changed(bullet(audience), "Told").all(Bullet)
    assert row.visibility == seen_by


@pytest.mark.parametrize("audience", [CUSTOMER, ALLIANCE, "ps"])
def test_a_new_person_may_be_seen_by_the_customer(audience: str) -> None:
    plan = changed(new_row(Stakeholder, "name", "bo", replace(CONTEXT, audience=audience), {}), "Bo")
    assert plan.where(Stakeholder, id="bo", visibility=CUSTOMER)


def test_columns_that_an_audience_may_not_see_are_left_out() -> None:
    cols = [Col(Stakeholder, name) for name in ("name", "title", "style", "influence", "visibility")]
    assert [col.name for col in visible_cols(cols, CUSTOMER)] == ["name", "title"]
    assert len(visible_cols(cols, "ps")) == len(cols)
