"""The documents of a plan against their golden files; run as a script to write them anew, then read them."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from tests.app.canaries import FINE, LEAKS, hidden_words, with_canaries
from tests.conftest import SAMPLE
from tests.documents.full import full
from tests.documents.hostile import HOSTILE
from tests.domain.plan.test_past import later_rows
from tests.domain.plans import figures
from tests.grown import as_given
from workshop_tui.documents.as_markdown import as_markdown
from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.export import export
from workshop_tui.documents.plan_json import load_plan
from workshop_tui.documents.plan_layouts import Layout, document
from workshop_tui.documents.source import Source
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.text import clean_text
from workshop_tui.domain.base.validation import validated, with_values
from workshop_tui.domain.base.vocabulary import (
    CUSTOMER,
    ActionStatus,
    AnswerStatus,
    ApproachKind,
    Dimension,
)
from workshop_tui.domain.gaps.ranking import ranked
from workshop_tui.domain.model.account import Account, Member, Party
from workshop_tui.domain.model.actions import Action, Approach, ApproachStep, Carry, CrmId
from workshop_tui.domain.model.discovery import Objective
from workshop_tui.domain.model.people import Meeting, MeetingMember, MeetingStakeholder, Stakeholder
from workshop_tui.domain.model.scorecard import Initiative
from workshop_tui.domain.model.session import Decision, GapRule, Guest, Parking, Presence, Risk, Session
from workshop_tui.domain.model.value import (
    Answer,
    Contribution,
    Difference,
    Option,
    Proof,
    Proposition,
    Question,
    Target,
)
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import KINDS, AccountPlan, audiences

GOLDEN = Path(__file__).with_name("golden")
READER = MarkdownIt("gfm-like")
ON = dt.date(2026, 6, 9)
CARRIED = (("S1", dt.date(2026, 3, 20)), ("S2", dt.date(2026, 5, 1)))
AUDIENCES = ("customer", "alliance", "ps", "tech")


def written(plan: AccountPlan, audience: str, layout: Layout = "plan", on: dt.date | None = None) -> str:
    view = project(plan, audience)
    session = next(reversed(view.sessions), None)
    day = on or plan.account.as_of
    assert day
    return as_markdown(document(Source(view, session, figures(plan, audience, day)), layout))


def section(text: str, title: str) -> str:
    """Return what stands beneath a heading, whatever its number."""
    parts = re.split(rf"^## (?:[0-9]+ )?{re.escape(title)}\n", text, maxsplit=1, flags=re.MULTILINE)
    return re.split(r"^## ", parts[1], flags=re.MULTILINE)[0] if len(parts) == 2 else ""


def without(plan: AccountPlan, *kinds: type[Entity]) -> AccountPlan:
    return AccountPlan({kind: rows for kind, rows in plan.rows.items() if kind not in kinds})


def plus(plan: AccountPlan, *rows: Entity) -> AccountPlan:
    return AccountPlan.of([*plan, *rows])


def phrases(row: Entity) -> set[str]:
    """Return what is said in a row in several words; single words stand in other texts too."""
    return {value for name in type(row).fields if " " in str(value := getattr(row, name))}


GOLDENS: tuple[tuple[str, Layout], ...] = (
    *((audience, "plan") for audience in AUDIENCES),
    ("alliance", "brief"),
    ("alliance", "qbr"),
    ("customer", "qbr"),
)


def golden(audience: str, layout: Layout) -> Path:
    return GOLDEN / f"{audience}{'' if layout == 'plan' else f'-{layout}'}.md"


@pytest.mark.parametrize(("audience", "layout"), GOLDENS)
def test_the_sample_reads_as_agreed(sample: AccountPlan, audience: str, layout: Layout) -> None:
    assert written(sample, audience, layout).encode() == golden(audience, layout).read_bytes()


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_plan_with_everything_reads_as_agreed(sample: AccountPlan, audience: str) -> None:
    assert written(full(sample), audience).encode() == (GOLDEN / f"full-{audience}.md").read_bytes()


def test_each_action_stands_once_with_its_id_and_a_box_unless_it_was_dropped(sample: AccountPlan) -> None:
    for plan in (sample, full(sample)):
        for audience in ("alliance", "ps", "tech"):
            text, view = written(plan, audience), project(plan, audience)
            ids = [action.id for action in view.all(Action)]
            assert sorted(re.findall(r"^- .* `(A\w+)`$", text, re.MULTILINE)) == sorted(ids)
            boxes = re.findall(r"^- \[[ x]\] .* `(A\w+)`$", section(text, "Actions"), re.MULTILINE)
            dropped = {row.id for row in view.all(Action) if row.status is ActionStatus.DROPPED}
            assert set(boxes) == set(ids) - dropped


def test_the_customer_reads_within_a_page_what_was_agreed_and_who_does_what(sample: AccountPlan) -> None:
    text = written(sample, CUSTOMER)
    assert len(re.findall(r"\S+", text)) <= 450
    assert re.findall(r"^## (.*)$", text, re.MULTILINE)[:2] == ["In short", "Who does what by when"]
    first = section(text, "Who does what by when").strip().splitlines()[0]
    assert first == (
        "- [ ] **Send Dev and Nadia the written read-back of today's answers** · "
        "Jonty Eskeland (Quillhaven) · 11 Jun 2026 `A07`"
    )


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("kind", [Guest, Presence, Member, Objective])
def test_no_line_ends_in_a_stray_space_whatever_is_not_known(
    sample: AccountPlan, audience: str, kind: type[Entity]
) -> None:
    lines = written(without(full(sample), kind), audience).splitlines()
    assert [line for line in lines if line.endswith(" ") and line != "> "] == []


def test_late_is_bold_and_first(sample: AccountPlan) -> None:
    text = written(sample, "alliance", on=dt.date(2026, 11, 28))
    tasks = re.findall(r"^- \[ \] .*$", section(text, "Actions"), re.MULTILINE)
    assert ["**170 days late**" in tasks[0], "**162 days late**" in tasks[1]] == [True, True]
    assert section(text, "Actions").strip().startswith("**4** late · ")
    assert "**162 days late**" not in section(text, "In short")


def test_what_comes_next_says_whose_it_is_and_that_it_is_late(grown: AccountPlan) -> None:
    on = dt.date(2026, 7, 15)
    ahead = section(written(grown, CUSTOMER, on=on), "In short")
    assert (
        "- **Next**: First drill on two services with the bank's team, Jonty Eskeland, 31 Jul 2026." in ahead
    )
    ours = "Send Dev and Nadia the written read-back of today's answers, Jonty Eskeland, was due 11 Jun 2026"
    assert f"- **Late on our side**: {ours}, **34 days late**.\n- **Next**: " in ahead
    late = "Nadia Okonjo-Wells, was due 30 Jun 2026, **15 days late**"
    assert f"- **What we ask of you**: Name the two services for the first drill ({late})." in ahead
    late = section(written(grown, CUSTOMER, on=dt.date(2026, 11, 29)), "In short")
    assert "today's answers, Jonty Eskeland, was due 11 Jun 2026, **171 days late**." in late
    for audience in ("alliance", CUSTOMER):
        review = written(grown, audience, "qbr", on=dt.date(2026, 7, 15))
        assert "| First drill on" not in section(review, "What we promised")
        assert "First drill on" in section(review, "New commitments")
        review = written(grown, audience, "qbr", on=dt.date(2026, 11, 29))
        assert "First drill on" in section(review, "What we promised")
        assert review.count("First drill on") == review.count("Three-way meeting with") == 1


def test_the_brief_is_half_a_page_and_not_for_the_customer(sample: AccountPlan) -> None:
    text = written(full(sample), "alliance", "brief")
    assert len(text.splitlines()) <= 60
    with pytest.raises(DocumentError, match="choose the alliance or a firm"):
        written(sample, CUSTOMER, "brief")


def test_the_review_bears_five_new_commitments_a_side_and_names_what_it_leaves_out(
    sample: AccountPlan,
) -> None:
    more = [
        Action(id=f"B{n}", session="S2", title=f"Write down part {n}", owner="P1", due=dt.date(2026, 7, n))
        for n in range(1, 6)
    ]
    text = written(plus(sample, *more), "alliance", "qbr")
    commitments = section(text, "New commitments")
    assert len(re.findall(r"^- \[ \]", commitments, re.MULTILINE)) == 5
    assert "**Quillhaven has 9 new commitments, more than 5**: left out here are " in commitments
    assert "Write down part 5" in commitments


def test_what_was_said_at_the_last_meeting_of_each_and_comes_next_is_told_to_us_alone(
    sample: AccountPlan,
) -> None:
    def met(name: str, on: dt.date, said: str, next_step: str, *people: str) -> tuple[Entity, ...]:
        there = (MeetingStakeholder(meeting=name, stakeholder=person) for person in people)
        ours = MeetingMember(meeting=name, member="P4")
        return (Meeting(id=name, on=on, said=said, next_step=next_step), *there, ours)

    plan = plus(
        sample,
        *met("old", dt.date(2026, 5, 20), "Not yet", "", "ST03"),
        *met("new", dt.date(2026, 6, 2), "agreed to a\nthree-way", "call in December", "ST03", "ST06"),
        *met("mute", dt.date(2026, 6, 3), "", "", "ST03"),
        *met("later", dt.date(2026, 6, 10), "Of another day", "", "ST03"),
    )
    told = written(plan, "alliance", on=ON)
    who = f"{plan.name_of(Stakeholder, 'ST03')}, {plan.name_of(Stakeholder, 'ST06')}"
    said = "agreed to a three-way; next: call in December"
    line = f"Met 2 Jun 2026, {who} with {plan.name_of(Member, 'P4')}: {said}"
    assert line in section(told, "Stakeholder map")
    assert "Not yet" not in told
    assert "Of another day" not in told
    assert "three-way" not in written(plan, CUSTOMER, on=ON)


def test_what_else_we_know_of_somebody_is_told_to_us_alone(sample: AccountPlan) -> None:
    person = sample.get(Stakeholder, "ST03")
    assert person
    known = with_values(person, note="Likes to be\nasked first", competitor="Fenwick")
    plan = AccountPlan.of((*(row for row in sample if row is not person), known))
    told = written(plan, "alliance", on=ON)
    line = "**Priya Vantongeren**: also listens to Fenwick; Likes to be asked first"
    assert line in section(told, "Stakeholder map")
    assert "asked first" not in written(plan, CUSTOMER, on=ON)


def test_the_customer_gets_its_answers_and_actions_alone(sample: AccountPlan) -> None:
    text = written(sample, "customer")
    assert set(re.findall(r"`(\w+)`", text)) == {"A07", "A08", "A11"}
    heard = [answer.id for answer in sample.all(Answer) if f"“{answer.text}”" in text]
    assert heard == ["V01", "V03", "V04", "V05", "V06"]


def test_the_customer_gets_no_word_that_is_not_for_it(sample: AccountPlan) -> None:
    plan = full(sample)
    text, view = written(plan, "customer"), project(plan, "customer")
    shown, known = ({value for row in each for value in phrases(row)} for each in (view, plan))
    hidden = {phrase for phrase in known if not any(phrase in each for each in shown)}
    assert len(hidden) > 100
    assert [phrase for phrase in hidden if phrase in text] == []
    assert not re.search("theme|carried|Plan quality|Cost|Return on|[Ll]ast met|accountable", text)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_canary_gets_out(sample: AccountPlan, audience: str) -> None:
    text = written(with_canaries(sample, audience), audience)
    assert [leak for leak in LEAKS if leak in text] == []
    words = set(re.findall(r"[a-z][a-z ]*[a-z]", text)) & hidden_words(audience)
    assert words <= {"together"}  # the sentence's own word, and a hidden purpose of questions
    assert text.count(FINE) > 100


def test_the_customers_document_is_as_if_what_is_hidden_were_not_there(sample: AccountPlan) -> None:
    plan = full(sample)
    shown = {(type(row), row.key) for row in project(plan, CUSTOMER)}
    bare = AccountPlan.of(row for row in plan if (type(row), row.key) in shown)
    assert len(list(bare)) < len(list(plan))
    for layout in ("plan", "qbr"):
        assert written(bare, CUSTOMER, layout) == written(plan, CUSTOMER, layout)


def followed(text: str) -> str:
    """Return the part about follow-through."""
    return section(text, "Annex").partition("### Follow-through\n")[2].partition("###")[0]


@pytest.mark.parametrize("audience", ["ps", "tech"])
def test_figures_are_those_of_the_whole_plan(sample: AccountPlan, audience: str) -> None:
    alliance, firm = (written(full(sample), each) for each in ("alliance", audience))
    assert followed(firm) == followed(alliance) != ""
    for said in ("Plan quality [0-9]", "[*]Cost[*]", "- [*][*]Return on time invested"):
        (here,), (there,) = (re.findall(rf"^.*{said}.*$", text, re.MULTILINE) for text in (firm, alliance))
        assert here == there


def test_the_whole_plan_is_never_written(sample: AccountPlan) -> None:
    source = Source(sample, None, figures(sample, "alliance", sample.sessions[0].held_on))
    with pytest.raises(ValueError, match="projection"):
        document(source)


ON_RECORD = (
    Session(id="S9", held_on=dt.date(2026, 9, 1)),
    Answer(id="V50", stakeholder="ST06", text="Heard on the day", heard_on=ON),
    Answer(id="V51", stakeholder="ST06", text="Heard in August", heard_on=dt.date(2026, 8, 1)),
    Action(id="A50", session="S9", title="Agreed in September alone", due=ON),
    Decision(id="D50", session="S9", text="Decided in September"),
    Risk(id="R50", session="S9", text="Named in September"),
    Parking(id="K50", session="S9", text="Parked in September"),
)


def test_an_earlier_session_without_a_record_is_told_by_what_it_dated_itself(sample: AccountPlan) -> None:
    dropped = {"status": ActionStatus.DROPPED, "reason": "Not this year"}
    (first,) = (replace(row, **dropped) for row in sample.where(Action, id="A07"))
    plan = plus(full(sample), *ON_RECORD, first)
    written = export(plan, "alliance", "md", on=dt.date(2026, 9, 1), session=plan.get(Session, "S2"))
    text = written.text
    assert "This tells only what the session itself dated: " in text
    assert "what came of it later" in written.note
    assert "September" not in text
    assert "Not this year" not in text
    assert "Heard on the day" in text
    assert "Heard in August" not in text
    assert set(re.findall(r"`(\w+)`", text)) >= {"A04", "A07", "A08", "A11", "A12"}  # A04 was carried here
    assert "- [ ] **Send Dev and Nadia the written read-back" in text
    assert "D1" not in text
    sections = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert sections == [
        "Decisions",
        "Actions",
        "What they said",
        "How people felt",
        "Risks and parking lot",
        "The session",
    ]


def test_the_sentiment_of_a_session_is_told_with_how_it_is_known(sample: AccountPlan) -> None:
    text = export(sample, "alliance", "md", on=ON, session=sample.get(Session, "S1")).text
    row = "| **Marcus Hale-Obi** | −1 | +1 | −1 | raised outage credits (reported) |"
    assert row in section(text, "How people felt").splitlines()
    assert (
        "How people felt" not in export(sample, CUSTOMER, "md", on=ON, session=sample.get(Session, "S1")).text
    )


@given(later_rows(), st.sampled_from(AUDIENCES), st.sampled_from([1, 2]))
def test_rows_of_later_days_change_nothing_in_an_earlier_session(
    sample: AccountPlan, later: list[Entity], audience: str, number: int
) -> None:
    new = [row for row in later if sample.get(type(row), *row.key) is None]
    before = plus(sample, ON_RECORD[0])
    plan = plus(before, *new)
    session = sample.sessions[number - 1]
    told = (export(each, audience, "md", on=ON, session=session).text for each in (before, plan))
    assert len(set(told)) == 1


def test_what_earlier_sessions_decided_and_feared_stays(sample: AccountPlan) -> None:
    text = written(plus(sample, Risk(id="R9", session="S1", text="A tender", owner="P1")), "alliance")
    decisions = section(text, "Decisions")
    assert "| D1 | Norvane confirmed as a priority account | 1, 10 Mar 2026 |" in decisions
    assert decisions.index("D5") < decisions.index("D1")
    assert "In the room on 10 Mar 2026: Rowan Achterberg, Mirela Sandoval-Pike, Chidi Varnholt, " in decisions
    assert "| A tender | Rowan Achterberg |" in section(text, "Risks and parking lot")


def test_follow_through_lists_every_session_with_actions_due_and_a_total(sample: AccountPlan) -> None:
    late = dt.date(2026, 12, 1)
    plan = plus(sample, Session(id="S3", held_on=late), *_kept("S3", late, done=4, of=5))
    lines = followed(written(plan, "alliance", on=late)).strip().splitlines()[4:]
    assert [line.split(" | ")[0] for line in lines] == [
        "| 1, 10 Mar 2026",
        "| 2, 9 Jun 2026",
        "| 3, 1 Dec 2026",
        "| All sessions",
    ]
    each = [[int(count) for count in line.split(" | ")[1:6]] for line in lines]
    assert [sum(column) for column in zip(*each[:-1], strict=True)] == each[-1]
    assert lines[2].endswith("| 80% | 80% |")


def _kept(session: str, due: dt.date, *, done: int, of: int) -> Iterator[Entity]:
    for n in range(of):
        status, on = (ActionStatus.DONE, due) if n < done else (ActionStatus.OPEN, None)
        yield Action(id=f"B{n}", session=session, title="Do it in time", due=due, status=status, done_on=on)


def test_the_document_counts_the_gaps_as_they_are_counted_everywhere(sample: AccountPlan) -> None:
    for audience in ("alliance", "ps", "tech"):
        plan = full(sample)
        missing = section(written(plan, audience), "What is missing")
        counted, _, besides = missing.partition("What else would raise plan quality:")
        groups = ranked(figures(plan, audience, ON).gaps)
        total = sum(len(group.gaps) for group in groups)
        assert f"\n{total} gaps, the heaviest first:\n" in counted
        shown = [name.casefold() for name in re.findall(r"^- \*\*([^*\n]*)\*\*", counted, re.MULTILINE)]
        assert shown == [group.told.casefold() for group in groups[:10]]
        more = sum(len(group.gaps) for group in groups[10:])
        assert (f"And {more} gaps more." in counted) == (more > 1)
        assert "without an approach" in besides


def test_what_the_alliance_is_and_measures_is_told_to_us_and_of_the_customer_only_what_it_measures(
    sample: AccountPlan,
) -> None:
    plan = full(sample)
    ours, theirs = written(plan, "alliance"), written(plan, CUSTOMER)
    for title in ("Stakeholder map", "Scorecard", "Governance", "What is missing"):
        assert section(ours, title).strip(), title
        assert title not in theirs
    assert {"### Why us", "### What we have done"} <= set(ours.splitlines())
    assert "not yet" in ours
    assert len(re.findall(r"^\| \*\*.*[▲►▼]", section(ours, "Scorecard"), re.MULTILINE)) == 12
    assert section(theirs, "What we measure together").strip().splitlines()[2:] == [
        "| Reference story | customers willing to speak | 2 | 0 ► | Chidi Varnholt |"
    ]
    assert "Brackwell" in ours
    assert "Brackwell" not in theirs
    hidden = [with_values(row, visibility="alliance") for row in plan.where(Initiative, id="I06")]
    assert written(plus(plan, *hidden), CUSTOMER) == theirs.replace(
        f"## What we measure together\n{section(theirs, 'What we measure together')}", ""
    )


def test_a_decision_goes_by_its_short_name_for_us_and_without_for_the_customer(sample: AccountPlan) -> None:
    plan = plus(full(sample), Decision(id="kx4", rank=10, session="S2", text="Drills first", replaces="D9"))
    ours = section(written(plan, "alliance"), "Decisions").splitlines()
    assert "| D9 | ~~Evidence comes first~~ | 2, 9 Jun 2026 | customer too | D10 |" in ours
    assert any(line.startswith("| D10 | Drills first |") for line in ours)
    shown = [with_values(row, visibility="customer") for row in plan.where(Decision, id="kx4")]
    theirs = section(written(plus(plan, *shown), CUSTOMER), "What we agreed")
    assert theirs.strip().splitlines()[0] == "1. Drills first. *(9 Jun 2026)*"
    assert "Evidence comes first" not in theirs


def test_an_account_without_sessions_says_so(sample: AccountPlan) -> None:
    empty = AccountPlan.of(without(sample).all(Account))
    assert written(empty, CUSTOMER).startswith("# Norvane Bank: our joint plan\n\nNo workshop yet.\n")
    ours = written(empty, "alliance")
    assert ours.startswith(
        "# Norvane Bank: joint account plan\n\nFor the alliance, not for the customer. No session yet"
    )
    assert "gaps, the heaviest first:" in ours


def headless(text: str) -> list[str]:
    """Return the headings of sections beneath which there is nothing."""
    titles = re.findall(r"^## (?:[0-9]+ )?(.*)$", text, re.MULTILINE)
    return [title for title in titles if not section(text, title).strip()]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_section_is_empty(sample: AccountPlan, audience: str) -> None:
    plan = full(sample)
    for kind in KINDS:
        if kind not in {Account, Session}:
            assert headless(written(without(plan, kind), audience)) == [], kind


def test_what_else_was_caught_is_told(sample: AccountPlan) -> None:
    plan = plus(
        sample,
        Answer(id="V11", stakeholder="ST06", text="No question asked", success="One list", personal="Sleep"),
        Answer(id="V12", stakeholder="ST06", text="Never mind", status=AnswerStatus.WITHDRAWN),
        Action(id="A13", session="S2", title="Wait", answer="V12", visibility="customer"),
        Option(id="O6", text="A pilot | with a bar", votes=1),
        *(Carry(action="A04", session=session, from_due=day, to_due=day) for session, day in CARRIED),
    )
    text = written(plan, "alliance")
    said = "- “No question asked” Dev Rathmore (heard)\n  - Success: One list\n  - Personal reason: Sleep\n"
    assert said in text
    assert "Never mind" not in text
    assert "- [ ] **Wait** · nobody yet `A13`\n" in text
    assert " · carried 2× · " in text
    assert "\n| 5 | A pilot \\| with a bar `O6` | 1 |\n" in text
    assert "Sleep" not in written(plan, "customer")


def test_what_is_missing_has_no_rule_that_the_session_has_put_aside(sample: AccountPlan) -> None:
    plan = plus(full(sample), GapRule(session="S2", rule="solo_3_or_more", in_force=False))
    text = export(plan, "alliance", "md", on=ON).text
    assert "met by one firm alone" in written(full(sample), "alliance")
    assert "met by one firm alone" not in text
    assert re.search(r"without an approach\*\*: .*Farah Nouriel", text)


HIDDEN = (
    Objective(id="X", text="x"),
    Answer(id="X", stakeholder="ST06", text="x"),
    Target(id="X", title="x"),
    Proposition(id="X", together="x"),
    Option(id="X", text="x"),
    Approach(stakeholder="ST12"),
    Action(id="X", session="S2", title="x x x", status=ActionStatus.DONE),
    Decision(id="X", session="S2", text="x"),
    Parking(id="X", session="S2", text="x", owner="P1"),
    Risk(id="X", session="S2", text="x"),
    Initiative(id="X", title="x"),
    Proof(id="X", text="x"),
    Difference(id="X", dimension=Dimension.BRAND, text="x"),
)


@pytest.mark.parametrize("row", HIDDEN, ids=lambda row: type(row).__name__)
def test_whoever_exports_is_told_of_each_line_held_back(sample: AccountPlan, row: Entity) -> None:
    plan = full(sample)
    before, now = (export(each, CUSTOMER, "md", on=ON) for each in (plan, plus(plan, row)))
    assert now.text == before.text
    what = type(row).VERBOSE_NAME
    assert now.held_back == {**before.held_back, what: before.held_back.get(what, 0) + 1}


def test_a_decision_replaced_unseen_is_held_back_from_the_customer_in_every_document(
    sample: AccountPlan,
) -> None:
    first = Decision(id="X1", session="S2", text="Visits on Mondays", visibility=CUSTOMER)
    second = Decision(id="X2", rank=99, session="S2", text="Visits on Fridays", replaces="X1")
    there, gone = plus(sample, first), plus(sample, first, second)
    for file_format in ("md", "html", "json"):
        before, now = (export(each, CUSTOMER, file_format, on=ON) for each in (there, gone))
        assert "Visits on Mondays" in before.text
        assert "Visits on" not in now.text
        assert now.held_back["decision"] == before.held_back.get("decision", 0) + 2
    assert "Visits on Fridays" in export(gone, "alliance", "md", on=ON).text


def test_whoever_exports_is_told_what_the_customer_reads_nothing_of(sample: AccountPlan) -> None:
    written = export(sample, CUSTOMER, "md", on=ON)
    assert written.lacking == ("No decision of this session is marked for the customer.",)
    first = Decision(id="X1", session="S2", text="Visits on Mondays", visibility=CUSTOMER)
    second = Decision(id="X2", rank=99, session="S2", text="Visits on Fridays", replaces="X1")
    assert export(plus(sample, first, second), CUSTOMER, "md", on=ON).lacking == (
        "Each decision of this session that is marked for the customer was replaced by one that is not.",
    )
    withdrawn = [with_values(row, status=AnswerStatus.WITHDRAWN) for row in sample.all(Answer)]
    assert export(plus(sample, *withdrawn), CUSTOMER, "md", on=ON).lacking[1:] == (
        "Each answer that is marked for the customer was withdrawn.",
    )
    marked = [with_values(row, visibility=CUSTOMER) for row in sample.where(Decision, session="S2")]
    assert export(plus(sample, *marked), CUSTOMER, "md", on=ON).lacking == ()
    assert export(sample, "alliance", "md", on=ON).lacking == ()


@pytest.fixture(scope="module")
def plain(sample: AccountPlan) -> str:
    return written(plus(full(sample), *_saying(sample, "plain")), "alliance")


@pytest.fixture(scope="module")
def shape(plain: str) -> list[str]:
    return [token.type for token in READER.parse(plain)]


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: ascii(text)[:30])
def test_hostile_text_changes_nothing_but_itself(
    sample: AccountPlan, plain: str, shape: list[str], hostile: str
) -> None:
    text = clean_text(clean_text(hostile)[:150]) or "x"
    page = READER.parse(written(plus(full(sample), *_saying(sample, text)), "alliance"))
    assert [token.type for token in page] == shape
    inline = [inner for token in page for inner in token.children or ()]
    of_links = {"link_open", "link_close"}
    styles = {f"{kind}_{end}" for kind in ("s", "strong", "em") for end in ("open", "close")}
    assert {inner.type for inner in inline} - of_links == {"text", "code_inline", *styles}
    said = "".join(inner.content for inner in inline)
    shown = re.sub("<(http://[^>]*)>", r"\1", text)  # the brackets of an address are those of its link
    assert (
        said.count(shown) >= plain.count("plain") - 3
    )  # the one sentence leaves out a full stop or the like


def _saying(sample: AccountPlan, text: str) -> Iterator[Entity]:
    """Yield rows that say the same text wherever people can say one in the document."""
    yield with_values(sample.account, name=text)
    yield Member(id="P1", party="ps", name=text, role=text)
    yield Party(id="ps", name=text, short=text)
    yield Stakeholder(id="ST06", name=text, title=text, reports_to="ST03", influence=5)
    yield Session(id="S2", held_on=sample.sessions[1].held_on, purpose=text, facilitator="P1")
    yield Question(id="Q01", text=text, visibility="customer")
    said = dict.fromkeys(("text", "success", "measure", "personal", "theme"), text)
    for answer in ("V01", "V13"):
        yield validated(Answer, {"id": answer, "stakeholder": "ST06", "question": "Q01", **said})
    yield Objective(id="J1", text=text)
    yield Target(id="G1", title=text, objective="J1")
    yield Proposition(id="PR1", together=text, customer_gains=text)
    yield Contribution(proposition="PR1", party="ps", brings=text, gains=text)
    yield Option(id="O1", text=text, votes=9)
    yield Approach(stakeholder="ST06", lead="P1", message=text)
    yield ApproachStep(stakeholder="ST06", step=ApproachKind.PIPELINE, override=text)
    yield CrmId(stakeholder="ST06", party="ps", crm=text)
    yield Action(
        id="A07",
        session="S2",
        title=f"Say in words {text}",
        owner="P1",
        milestone=text,
        due=ON,
        stakeholder="ST06",
        answer="V01",
        evidence=text,
    )
    yield Action(id="A05", session="S1", title=text, status=ActionStatus.DROPPED, reason=text)
    for kind in (Decision, Parking, Risk):
        yield validated(kind, {"id": "K3", "session": "S2", "text": text})


if __name__ == "__main__":
    whole = as_given(load_plan(SAMPLE.read_bytes()))
    for each, kind in GOLDENS:
        golden(each, kind).write_text(written(whole, each, kind), encoding="utf-8")
    for each in audiences(whole):
        (GOLDEN / f"full-{each}.md").write_text(written(full(whole), each), encoding="utf-8")


def test_what_takes_the_place_of_a_decision_stands_beside_it(grown: AccountPlan) -> None:
    (line,) = (line for line in written(grown, "alliance").splitlines() if "Each firm sends the bank" in line)
    assert line == "| D6 | ~~Each firm sends the bank a status report of its own~~ | 1, 10 Mar 2026 | D7 |"
