"""What goes by the name of its field, as unit:Risk, and the rows that a line makes in their own views."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given

from tests.domain.capture.test_laws import HARD_TO_TELL_APART, given_rows
from tests.domain.captures import PEOPLE, VALUE, format_capture, read
from tests.domain.plans import ON
from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.base.validation import validated
from workshop_tui.domain.base.vocabulary import (
    ALLIANCE,
    CUSTOMER,
    BlockKind,
    Dimension,
    GrowthStatus,
    Horizon,
)
from workshop_tui.domain.base.vocabulary import ProofHorizon as When
from workshop_tui.domain.capture.completion import complete, offers
from workshop_tui.domain.capture.rows import LIVES_IN_A_VIEW, Captured, Place, State
from workshop_tui.domain.model.people import Meeting, Stakeholder
from workshop_tui.domain.model.session import Decision
from workshop_tui.domain.model.value import Answer, Difference, GrowthStep, Proof, Target
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Refused, Set, Step, apply

PROPOSITION = BlockKind.PROPOSITION
_SAY_OR_ADD = "say what changes, or press Enter again to add another."


def told(captured: Captured) -> list[str]:
    return [chip.text for chip in captured.chips]


def made(captured: Captured, plan: AccountPlan) -> Entity:
    """Return the row that a line adds, which no problem keeps from coming in."""
    assert captured.problems == ()
    first, *_ = captured.changes(plan, "S2", lambda: "new1")
    assert isinstance(first, Add)
    return first.row


# People


def test_a_line_says_of_somebody_all_that_we_keep_of_them(grown: AccountPlan) -> None:
    captured = read('Priya unit:risk every:30 vs:Fenwick note:"reads it twice"', grown)
    assert told(captured) == [
        "Priya Vantongeren",
        "unit Risk",
        "contact every 30 days",
        "competitor Fenwick",
        "note reads it twice",
    ]
    assert captured.changes(grown, "S2", lambda: "new1") == (
        Set(Stakeholder, ("ST03",), "unit", "", "Risk"),
        Set(Stakeholder, ("ST03",), "rhythm_days", None, 30),
        Set(Stakeholder, ("ST03",), "competitor", "", "Fenwick"),
        Set(Stakeholder, ("ST03",), "note", "", "reads it twice"),
    )


@pytest.mark.parametrize("who", ["^Nadia", "Nadia", '"Nadia Okonjo-Wells"'])
def test_who_left_keeps_the_day_and_who_came_in_their_place(grown: AccountPlan, who: str) -> None:
    captured = read(f"Priya left:5 jun after:{who}", grown)
    assert told(captured) == ["Priya Vantongeren", "left Fri 5 Jun 2026", "successor Nadia Okonjo-Wells"]
    after = apply(grown, Step(captured.changes(grown, "S2", lambda: "new1"))).get(Stakeholder, "ST03")
    assert after
    assert (after.left_on, after.successor) == (dt.date(2026, 6, 5), "ST13")


def test_a_day_behind_its_name_ends_at_a_comma_or_the_next_sign(sample: AccountPlan) -> None:
    person = made(read("Bo Lindh left:2 jun 2026, Head of Cards unit:Cards", sample), sample)
    assert isinstance(person, Stakeholder)
    assert (person.name, person.title, person.unit) == ("Bo Lindh", "Head of Cards", "Cards")
    assert person.left_on == dt.date(2026, 6, 2)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Priya left:tomorrow", "10 Jun 2026 has not come yet: give the day once it has."),
        ("Priya left:5 jun after:Priya", "Nobody is their own successor: choose somebody else."),
        ("priya vantongeren every:0", "Rhythm can't be 0: use days, every:1 to every:999"),
        ("priya vantongeren left:soon", "«soon» is no date that we know: use a day, as in left:5 jun"),
        ("priya vantongeren left:31 feb", "«31 feb» is not a day in the calendar"),
        ("priya vantongeren after:Zz", "No stakeholder «Zz»:"),
        ('priya vantongeren note:"open', "A quote is open behind note:"),
        ("t: Less cost worth:lots", "A sum can't be «lots»: type it as 250000, 250,000, 250k or 1.2m"),
        ("t: Less cost ^Priya", "Nothing to confirm yet: type what was realised first."),
        ("e: Done on:tomorrow", "10 Jun 2026 has not come yet: give the day on which they said so."),
        ("e: Done firm:Fenwick", "No firm «Fenwick»: Quillhaven, Stratalume"),
        ("g: Go on in:soon", "«soon» is no quarter or year: use in:q3 2026 or in:2027"),
        ("w: Only we know in:luck", "No in «luck»: product, people, expertise, service"),
    ],
)
def test_what_a_field_can_t_hold_is_refused_by_name(grown: AccountPlan, line: str, problem: str) -> None:
    assert problem in " ".join(read(line, grown).problems)


def test_the_name_of_a_field_of_another_kind_stays_text_by_the_second_enter_alone(
    sample: AccountPlan,
) -> None:
    line = "a: Send it unit:Risk along"
    (problem,) = read(line, sample).problems
    assert problem == (
        "«unit:Risk» means nothing in a new action: take it out, or press Enter again to keep it as text."
    )
    captured = read(line, sample, keep_unknown=True)
    assert captured.given[captured.kind, "", "title"] == "Send it unit:Risk along"
    assert read(r"s: Ana Pires, Head of \unit:Risk", sample).given[Stakeholder, "", "title"] == (
        "Head of unit:Risk"
    )


def test_a_part_of_a_unit_may_be_a_unit_and_its_spelling_is_kept(grown: AccountPlan) -> None:
    captured = read("Priya unit:Operational", grown)
    assert captured.given[Stakeholder, "", "unit"] == "Operational"
    same = read('Priya unit:"operational resilience"', grown)
    assert same.given[Stakeholder, "", "unit"] == "Operational Resilience"


# Rows in their own views


def test_a_line_in_what_we_have_done_is_a_proof(sample: AccountPlan) -> None:
    line = "Fourteen services tested firm:ps is:present worth:250k ^Priya on:2 jun"
    captured = read(line, sample, VALUE, lists=Proof)
    assert told(captured) == [
        "new proof",
        "Fourteen services tested",
        "firm Quillhaven",
        "horizon present",
        "worth 250,000",
        "acknowledged by Priya Vantongeren",
        "acknowledged on Tue 2 Jun 2026",
    ]
    assert made(captured, sample) == Proof(
        id="new1",
        rank=1,
        text="Fourteen services tested",
        party="ps",
        horizon=When.PRESENT,
        worth=250_000,
        recognised_by="ST03",
        recognised_on=dt.date(2026, 6, 2),
    )


def test_whoever_acknowledges_does_so_today_unless_a_day_is_said(sample: AccountPlan) -> None:
    proof = made(read("e: Done ^Priya", sample), sample)
    assert isinstance(proof, Proof)
    assert proof.recognised_on == ON


def test_a_line_in_why_us_is_a_difference(grown: AccountPlan) -> None:
    line = 'We know their regulator in:industry firm:tech *"CR-7 gap" ~customer'
    captured = read(line, grown, PROPOSITION, lists=Difference)
    assert made(captured, grown) == Difference(
        id="new1",
        rank=2,
        dimension=Dimension.INDUSTRY,
        text="We know their regulator",
        party="tech",
        proof="PF1",
        visibility=CUSTOMER,
    )


def test_a_line_in_the_road_map_is_a_growth_step(grown: AccountPlan) -> None:
    line = "Drills for suppliers in:q3 2027 unit:Risk worth:1.2m *workloads @Nadia is:begun"
    captured = read(line, grown, PROPOSITION, lists=GrowthStep)
    assert made(captured, grown) == GrowthStep(
        id="new1",
        rank=5,
        period="2027-Q3",
        unit="Risk",
        what="Drills for suppliers",
        worth=1_200_000,
        proof="PF2",
        owner="ST13",
        status=GrowthStatus.BEGUN,
    )


def test_a_line_among_the_targets_is_a_target(sample: AccountPlan) -> None:
    line = "Fewer outages is:long worth:3m base:9 real:250k ^Marcus on:1 jun vs:Fenwick"
    captured = read(line, sample, VALUE, lists=Target)
    assert made(captured, sample) == Target(
        id="new1",
        rank=1,
        title="Fewer outages",
        estimate=3_000_000,
        horizon=Horizon.LONG,
        baseline=9,
        realised=250_000,
        confirmed_by="ST02",
        confirmed_on=dt.date(2026, 6, 1),
        competitor="Fenwick",
    )


def test_what_a_row_can_t_be_without_is_told_where_the_line_doesn_t_say_it(grown: AccountPlan) -> None:
    difference = read("w: Only we know", grown)
    assert difference.chips[2].text == "in product"
    assert difference.chips[2].state is State.NOTED
    assert read("g: Go on", grown).chips[2].text == "in Q3 2026"  # seen from 9 June


def test_a_meeting_says_what_comes_next(sample: AccountPlan) -> None:
    meeting = made(read('m: ^Priya @Rowan 2 jun "agreed" next:"call in July"', sample), sample)
    assert isinstance(meeting, Meeting)
    assert (meeting.said, meeting.next_step, meeting.on) == ("agreed", "call in July", dt.date(2026, 6, 2))


def test_a_decision_goes_by_its_short_name_too(grown: AccountPlan) -> None:
    decided = [read(f"d: One report {form}", grown).given for form in ("*D5", "*fortnight")]
    assert [given[Decision, "", "replaces"] for given in decided] == ["D5", "D5"]


def test_elsewhere_in_these_blocks_a_line_is_what_it_was(sample: AccountPlan) -> None:
    assert read("Less cost", sample, VALUE, lists=Answer, about="ST03").kind is Answer
    assert read("p: Less cost", sample, VALUE, lists=Proof).kind.VERBOSE_NAME == "parking lot item"


# What is there already


def test_words_of_a_target_change_that_target(grown: AccountPlan) -> None:
    captured = read("Evidence drawn real:300k ^Priya on:5 jun", grown, VALUE, lists=Target)
    assert told(captured) == [
        "Evidence drawn from tests in place of s…",
        "realised 150,000 → 300,000",
        "confirmed by Nadia Okonjo-Wells → Priya Vantongeren",
        "confirmed on Tue 9 Jun 2026 → Fri 5 Jun 2026",
    ]
    assert set(captured.changes(grown, "S2", lambda: "new1")) == {
        Set(Target, ("TG1",), "realised", 150_000.0, 300_000.0),
        Set(Target, ("TG1",), "confirmed_by", "ST13", "ST03"),
        Set(Target, ("TG1",), "confirmed_on", "2026-06-09", "2026-06-05"),
    }


def test_another_figure_has_to_be_confirmed_anew(grown: AccountPlan) -> None:
    captured = read("t: Evidence drawn real:300k", grown)
    assert [(chip.text, chip.state) for chip in captured.chips[2:]] == [
        ("confirmed by Nadia Okonjo-Wells → –", State.NOTED),
        ("confirmed on Tue 9 Jun 2026 → –", State.NOTED),
    ]
    after = apply(grown, Step(captured.changes(grown, "S2", lambda: "new1"))).get(Target, "TG1")
    assert after
    assert (after.realised, after.is_confirmed) == (300_000, False)


def test_what_follows_by_rule_is_told_before_enter(grown: AccountPlan) -> None:
    captured = read("Two workloads live, run by the bank's own platform team ^Dev", grown, VALUE, lists=Proof)
    assert told(captured)[1:] == ["acknowledged by Dev Rathmore", "acknowledged on Tue 9 Jun 2026"]


def test_the_same_words_alone_are_another_row_by_the_second_enter(grown: AccountPlan) -> None:
    line = "Drills for the bank's own suppliers"
    first = read(line, grown, PROPOSITION, lists=GrowthStep)
    assert first.problems == (f"{line} is there already: {_SAY_OR_ADD}",)
    again = read(line, grown, PROPOSITION, lists=GrowthStep, keep_unknown=True)
    assert (again.there, again.problems) == ("", ())
    changed = read(f"{line} worth:600k", grown, PROPOSITION, lists=GrowthStep)
    assert (changed.there, changed.problems) == ("GS4", ())


# Before the customer


@pytest.mark.parametrize(
    "token",
    [
        *("every:30", "vs:Fenwick", "note:cold", "after:Nadia"),
        *("worth:250k", "base:1m", "real:1m", "on:1 jun", "on:soon", "worth:x"),
    ],
)
@pytest.mark.parametrize("line", ["priya vantongeren", "e: Done", "t: Less cost", "a: Call them"])
@pytest.mark.parametrize("keep", [False, True])
def test_what_is_ours_is_closed_before_the_customer(
    grown: AccountPlan, line: str, token: str, *, keep: bool
) -> None:
    captured = read(f"{line} {token}", grown, audience=CUSTOMER, keep_unknown=keep)
    assert any(problem.startswith("Not here: take «") for problem in captured.problems)
    offered = offers(f"{line} vs:", len(line) + 4, project(grown, CUSTOMER), PEOPLE)
    assert offered == ()


def test_before_the_customer_a_person_who_is_there_takes_what_is_theirs_to_see(grown: AccountPlan) -> None:
    captured = read("Priya unit:Risk", grown, audience=CUSTOMER)
    assert captured.problems == ()
    assert captured.changes(grown, "S2", lambda: "new1") == (Set(Stakeholder, ("ST03",), "unit", "", "Risk"),)
    proof = made(read("e: Done", grown, audience=CUSTOMER), grown)
    assert isinstance(proof, Proof)
    assert proof.visibility == CUSTOMER


# Tab


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("Priya unit:op|", 'Priya unit:"Operational Resilience" |'),
        ("Priya UNIT:tech|", "Priya unit:Technology |"),
        ("Priya after:^nad|", "Priya after:Nadia |"),
        ("e: Done firm:q|", "e: Done firm:Quillhaven |"),
        ("e: Done is:pr|", "e: Done is:present |"),
        ("w: Only we in:br|", "w: Only we in:brand |"),
        ("d: One *fortn|", "d: One *fortnight |"),
    ],
)
def test_tab_completes_what_goes_by_its_name(grown: AccountPlan, typed: str, completed: str) -> None:
    line, cursor = typed.replace("|", ""), typed.index("|")
    got = complete(line, cursor, project(grown, ALLIANCE), PEOPLE)
    assert got == (completed.replace("|", ""), completed.index("|"))


@pytest.mark.parametrize("typed", ["Priya every:3", "Priya left:5", "t: Less cost real:1", "Priya note:a"])
def test_tab_makes_up_no_number_no_day_and_no_note(grown: AccountPlan, typed: str) -> None:
    assert complete(typed, len(typed), project(grown, ALLIANCE), PEOPLE) is None


# What a line says is what the row holds


@given(given_rows())
def test_what_a_line_says_is_what_the_row_holds(row: tuple[type[Entity], dict[Place, Json]]) -> None:
    kind, said = row
    view = project(HARD_TO_TELL_APART, ALLIANCE)
    captured = read(format_capture(Captured(kind, said, (), (), ALLIANCE), view), HARD_TO_TELL_APART)
    assert captured.given == said
    assume(not captured.problems and not captured.there)
    after = apply(HARD_TO_TELL_APART, Step(captured.changes(HARD_TO_TELL_APART, "S1", lambda: "new1")))
    new = after.get(kind, "new1")
    assert new
    held = new.plain()
    assert {name: held[name] for of, _, name in said if of is kind} == {
        name: value for (of, _, name), value in said.items() if of is kind
    }


@given(given_rows(LIVES_IN_A_VIEW))
def test_the_words_of_a_row_that_is_there_change_what_is_said_and_nothing_else(
    row: tuple[type[Entity], dict[Place, Json]],
) -> None:
    kind, said = row
    context = {"id": "there", "rank": 7.0}
    needed = {name: value for (_, _, name), value in said.items() if kind.fields[name].is_required}
    there = validated(kind, {**context, **needed})
    plan = apply(HARD_TO_TELL_APART, Step((Add(there),)))
    captured = read(format_capture(Captured(kind, said, (), (), ALLIANCE), project(plan, ALLIANCE)), plan)
    assume(captured.there == "there" and not captured.problems)
    try:
        changes = captured.changes(plan, "S1", lambda: "new1")
    except Refused:
        changes = ()
    after = apply(plan, Step(changes)).get(kind, "there")
    assert after
    now, was = after.plain(), there.plain()
    assert all(now[name] == value for (_, _, name), value in said.items())
    follows = {"confirmed_on", "recognised_on"}  # whoever acknowledges does so today
    assert {name for name in now if now[name] != was[name]} <= {name for _, _, name in said} | follows
