"""What whoever leads an account is asked, by the sample and by laws."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.plans import ON, figures, plan_of, plans
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import ActionStatus, AnswerStatus, Sentiment
from workshop_tui.domain.gaps.registry import RULES, gaps
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import (
    Meeting,
    MeetingMember,
    MeetingStakeholder,
    Reading,
    Stakeholder,
    Tie,
)
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.audience import project, sees
from workshop_tui.domain.plan.plan import KIND, AccountPlan, display_name
from workshop_tui.domain.rules.coach import FALL, MOST, QUESTIONS, coach

PRIYA = Stakeholder(id="priya", name="Priya Vantongeren", influence=5)
OWNED = Tie(stakeholder="priya", party="ps", owner="P1")


def asked(plan: AccountPlan, audience: str = "alliance") -> list[tuple[str, str]]:
    return [(one.text, one.reason) for one in figures(plan, audience, ON).coach]


def about(row: str, plan: AccountPlan) -> tuple[str, str]:
    (found,) = (one for one in figures(plan, "alliance", ON).coach if one.key == (row,))
    return found.text, found.reason


def test_the_questions_of_the_sample(sample: AccountPlan) -> None:
    assert asked(sample) == [
        (
            "What has changed for Colm, and who of ours asks?",
            "The alliance 0 → −1, Stratalume −1 → −2; not met for 119 days.",
        ),
        (
            "Who of ours meets the Chair of the Board Risk Committee, and when?",
            "Never met; only Quillhaven owns the relationship.",
        ),
        ("Who of ours should own the relationship with Leif?", "Nobody owns the relationship; never met."),
        (
            "Who of ours should own the relationship with Farah?",
            "Nobody owns the relationship; not met for 243 days.",
        ),
        (
            "Who could introduce Stratalume to Ingrid?",
            "Only Quillhaven owns the relationship; sentiment toward the alliance is unknown.",
        ),
        (
            "Who of Stratalume comes along to the next meeting with Marcus?",
            "Quillhaven held the last 3 meetings alone; only Quillhaven owns the relationship.",
        ),
        (
            "Who could introduce Stratalume to Priya?",
            "Only Quillhaven owns the relationship; Stratalume −1 → 0.",
        ),
    ]


LEIF, FARAH = (
    "Nobody owns the relationship; never met.",
    "Nobody owns the relationship; not met for 243 days.",
)
ONLY = {firm: f"Only {firm} owns the relationship" for firm in ("Quillhaven", "Stratalume")}
RIVALS = "nobody knows whom else they listen to"


def test_each_firm_of_the_sample_is_asked_what_it_can_do(sample: AccountPlan) -> None:
    """By hand: Quillhaven alone owns Ingrid, Marcus, Priya and the chair, Stratalume alone owns Elena.

    Colm and Tomasz are owned by both, Leif and Farah by nobody, who have seven and five things missing. Of
    the rest, Stratalume can do two things about Tomasz and Elena, and one about each of Quillhaven's people.
    """
    assert asked(sample, "ps") == [
        (
            "What has changed for Colm, and who of Quillhaven asks?",
            "The alliance 0 → −1; not met for 119 days.",
        ),
        (
            "Who of Quillhaven meets the Chair of the Board Risk Committee, and when?",
            "Never met; only Quillhaven owns the relationship.",
        ),
        ("Who of Quillhaven should own the relationship with Leif?", LEIF),
        ("Who of Quillhaven should own the relationship with Farah?", FARAH),
        (
            "Whom of Stratalume does Quillhaven introduce to Ingrid?",
            f"{ONLY['Quillhaven']}; sentiment toward the alliance is unknown.",
        ),
        (
            "Whom of Stratalume does Quillhaven take along to the next meeting with Marcus?",
            "Quillhaven held the last 3 meetings alone; only Quillhaven owns the relationship.",
        ),
        ("Whom of Stratalume does Quillhaven introduce to Priya?", f"{ONLY['Quillhaven']}; {RIVALS}."),
    ]
    assert asked(sample, "tech") == [
        (
            "What has changed for Colm, and who of Stratalume asks?",
            "The alliance 0 → −1, Stratalume −1 → −2; not met for 119 days.",
        ),
        ("Who of Stratalume should own the relationship with Leif?", LEIF),
        ("Who of Stratalume should own the relationship with Farah?", FARAH),
        (
            "What does Tomasz want to get out of this, and who of Stratalume asks?",
            f"Never asked what they value; {RIVALS}.",
        ),
        ("Whom of Quillhaven does Stratalume introduce to Elena?", f"{ONLY['Stratalume']}; {RIVALS}."),
        ("Whom of Stratalume could Quillhaven introduce to Ingrid?", f"{ONLY['Quillhaven']}."),
        ("Whom of Stratalume could Quillhaven introduce to Marcus?", f"{ONLY['Quillhaven']}."),
    ]


def test_a_firm_is_asked_about_its_own_meetings_alone_and_its_own_work() -> None:
    both = (OWNED, Tie(stakeholder="priya", party="tech", owner="T1"))
    met = [Meeting(id=f"m{n}", on=ON.replace(day=n)) for n in (1, 2, 3)]
    there: list[Entity] = [MeetingMember(meeting=each.id, member="T1") for each in met]
    there += [MeetingStakeholder(meeting=each.id, stakeholder="priya") for each in met]
    late = Action(id="a", session="S1", title="Close the report now", owner="P1", due=ON.replace(day=1))
    nobodys = Action(id="b", session="S1", title="Call the board now", due=ON.replace(day=1))
    plan = plan_of(PRIYA, *both, *met, *there, late, nobodys)
    rules = {
        firm: {(one.key[0], one.rule) for one in figures(plan, firm, ON).coach} for firm in ("ps", "tech")
    }
    assert ("priya", "solo_3_or_more") in rules["tech"]
    assert "Whom of One does Two take along to the next meeting with Priya?" in dict(asked(plan, "tech"))
    assert ("priya", "solo_3_or_more") not in rules["ps"]
    assert ("a", "action_overdue") in rules["ps"]
    assert "a" not in {row for row, _ in rules["tech"]}
    assert all("b" in {row for row, _ in found} for found in rules.values())


@pytest.mark.parametrize("audience", ["customer", "nobody"])
def test_the_customer_is_told_no_question(sample: AccountPlan, audience: str) -> None:
    assert asked(sample, audience) == []


def test_whoever_goes_along_is_of_the_firm_that_was_not_there() -> None:
    both = (OWNED, Tie(stakeholder="priya", party="tech", owner="T1"))
    met = [Meeting(id=f"m{n}", on=ON.replace(day=n)) for n in (1, 2, 3)]
    there: list[Entity] = [MeetingMember(meeting=each.id, member="T1") for each in met]
    there += [MeetingStakeholder(meeting=each.id, stakeholder="priya") for each in met]
    text, reason = about("priya", plan_of(PRIYA, *both, *met, *there))
    assert text == "Who of One comes along to the next meeting with Priya?"
    assert reason.startswith("Two held the last 3 meetings alone; ")


def test_a_name_that_others_have_too_is_told_whole() -> None:
    other = Stakeholder(id="other", name="Priya Other", influence=1)
    assert "Priya Vantongeren" in about("priya", plan_of(PRIYA, other))[0]
    hidden = Stakeholder(id="other", name="Priya Other", influence=1, visibility="tech")
    (text, _), *_ = asked(plan_of(PRIYA, hidden), "ps")
    assert "Priya," in text or "Priya?" in text


def test_a_fall_is_asked_about_where_nothing_is_missing_and_a_rise_is_not() -> None:
    low = with_values(PRIYA, influence=2)
    then = Reading(session="S1", stakeholder="priya", toward="ps", value=Sentiment.NEUTRAL)
    for value, told in ((Sentiment.OPPOSED, [FALL]), (Sentiment.ADVOCATE, [])):
        now = Reading(session="S2", stakeholder="priya", toward="ps", value=value)
        plan = plan_of(low, then, now)
        assert [one.rule for one in coach(plan, plan, (), ON)] == told
    plan = plan_of(low, then, Reading(session="S2", stakeholder="priya", toward="ps", value=None))
    assert coach(plan, plan, (), ON) == ()


def test_work_is_asked_about_by_its_words_and_whoever_said_them() -> None:
    late = Action(
        id="a",
        session="S1",
        title="Close the\nreport now",
        owner="P1",
        accountable="P1",
        due=ON.replace(day=1),
    )
    heard = Answer(id="v", stakeholder="priya", text="Less cost", status=AnswerStatus.HEARD)
    plan = plan_of(with_values(PRIYA, influence=1), late, heard)
    assert about("a", plan) == ("What stands in the way of «Close the report now»?", "8 days overdue.")
    assert about("v", plan) == ("Who goes back to Priya with «Less cost»?", "Heard, not validated.")
    assert about("acc", plan)[0] == "Who at Customer alone can release the money?"
    done = with_values(late, status=ActionStatus.DONE.value)
    assert "a" not in {one.key[0] for one in figures(plan_of(done), "alliance", ON).coach}


def test_every_rule_has_a_question() -> None:
    assert RULES.keys() <= QUESTIONS.keys()


# Laws


@given(plans(), st.sampled_from(["alliance", "ps", "tech"]))
def test_they_are_seven_at_most_each_about_another_row_that_the_audience_sees(
    plan: AccountPlan, audience: str
) -> None:
    found, view = figures(plan, audience, ON).coach, project(plan, audience)
    assert len(found) <= MOST
    assert len({(one.kind, one.key) for one in found}) == len(found)
    for one in found:
        row = view.get(KIND[one.kind], *one.key)
        assert row is not None
        names = [getattr(row, "milestone", ""), display_name(view, row), view.name_of(Party, "customer")]
        if isinstance(row, Stakeholder):
            names = [row.name.split()[0], row.title if row.placeholder else ""]
        assert any(one_line(name) in one.text for name in names if name)
        assert one.text.endswith("?")
        assert one.reason.rstrip(".")


@given(plans(), st.randoms(use_true_random=False))
def test_they_are_the_same_however_rows_and_gaps_come_in(plan: AccountPlan, random: Random) -> None:
    found, rows = list(gaps(plan, ON)), list(plan)
    mixed = AccountPlan.of(random.sample(rows, len(rows)))
    assert coach(mixed, mixed, random.sample(found, len(found)), ON) == coach(plan, plan, found, ON)


def _secret(row: Entity) -> Entity:
    hidden = not sees("ps", getattr(row, "visibility", "customer"))
    if not hidden or not row.NAME_FIELD:
        return row
    return with_values(row, **{row.NAME_FIELD: f"Zsecret {row.key[0]}"})


@given(plans())
def test_what_is_hidden_from_a_firm_is_in_none_of_its_questions(plan: AccountPlan) -> None:
    plan = AccountPlan.of(map(_secret, plan))
    assert "Zsecret" not in repr(asked(plan, "ps"))


def test_the_law_of_what_is_hidden_can_fail() -> None:
    plan = plan_of(_secret(replace(PRIYA, visibility="tech")))
    assert "Zsecret" in repr(asked(plan, "tech"))
