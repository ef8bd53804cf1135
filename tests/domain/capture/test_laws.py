"""Whatever is typed is taken or refused in one line, and what is taken is written and read back."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.captures import ACTIONS, LINES, PIECES, format_capture, read
from tests.domain.plans import ON, plan_of
from workshop_tui.domain.base.dates import format_date, format_day, format_short
from workshop_tui.domain.base.entity import Entity, Json, value_type
from workshop_tui.domain.base.text import clean_text
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind, Dimension, GrowthStatus
from workshop_tui.domain.capture.rows import FIGURES, GRAMMAR, HIGHEST, PREFIXES, Captured, Place, State
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.discovery import Objective
from workshop_tui.domain.model.people import Meeting, Reading, Stakeholder, Tie
from workshop_tui.domain.model.session import Decision
from workshop_tui.domain.model.value import Answer, Difference, GrowthStep, Proof
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Refused, Step, apply, target

_UNDERSTOOD = {State.OK, State.NOTED}
_BLOCKS = st.sampled_from(BlockKind)
_AUDIENCES = st.sampled_from([ALLIANCE, "ps", "tech", CUSTOMER])


@given(LINES, _BLOCKS, _AUDIENCES, st.booleans())
def test_any_line_is_taken_or_says_in_one_line_why_not(
    sample: AccountPlan, line: str, block: BlockKind, audience: str, keep: bool
) -> None:
    captured = read(line, sample, block, audience, keep_unknown=keep, about="ST06")
    for chip in captured.chips:
        assert 0 <= chip.start <= chip.end <= len(line)
        assert (chip.state in _UNDERSTOOD) is (chip.why == "")
    for text in (*captured.problems, *(chip.text for chip in captured.chips)):
        assert text.splitlines() == [text]
    if not captured.problems:
        ids = (f"new{n}" for n in itertools.count())
        try:
            changes = captured.changes(sample, "S2", lambda: next(ids))
        except Refused:
            assert captured.there  # who has all of it already
            return
        after = apply(sample, Step(changes))
        assert len(list(after)) == len(list(sample)) + sum(isinstance(change, Add) for change in changes)


@given(LINES, _BLOCKS, _AUDIENCES)
def test_what_was_taken_is_written_and_read_back(
    sample: AccountPlan, line: str, block: BlockKind, audience: str
) -> None:
    captured = read(line, sample, block, audience, keep_unknown=True, about="ST06")
    if not captured.problems:
        again = read(format_capture(captured, project(sample, audience)), sample, BlockKind.BREAK, audience)
        assert again.given == captured.given
        undated = again.date_at  # a day that is only words is flagged, as it was
        assert all(chip.state in _UNDERSTOOD or chip.start == undated for chip in again.chips[1:])


_NAMES = st.sampled_from(["Tomasz", "Nadia Okonjo", "marcus hale-obi", "Dev", "Priya Vantongeren"])
_SAID = st.lists(
    st.sampled_from(
        [
            "all+2",
            "all0",
            "ps-1",
            "te=?",
            "inf5",
            "int3",
            "#champion",
            "%driving",
            "@Rowan",
            "@Lucía",
            ">Ingrid",
        ]
    ),
    min_size=1,
    max_size=5,
)


@given(_NAMES, _SAID, st.sampled_from(["S1", "S2"]))
def test_a_line_about_a_person_changes_what_it_names_and_nothing_else(
    sample: AccountPlan, name: str, tokens: list[str], session: str
) -> None:
    captured = read(" ".join([name, *tokens]), sample, session=session, keep_unknown=True)
    person = sample.get(Stakeholder, captured.there)
    if person is None or captured.problems:
        return
    try:
        changes = captured.changes(sample, session, lambda: "new1")
    except Refused:
        changes = ()  # all is there already, as is looked at below
    after = apply(sample, Step(changes))
    named: dict[tuple[type[Entity], tuple[str, ...]], set[str]] = {}
    for kind, part, field in captured.given:
        key = {Reading: (session, person.id, part), Tie: (person.id, part)}.get(kind, (person.id,))
        named.setdefault((kind, key), set()).add(field)
    named[Stakeholder, (person.id,)].remove("name")
    for row in after:
        before = sample.get(type(row), *row.key)
        if before is None:
            assert (type(row), row.key) in named
        elif before != row:
            was, now = before.plain(), row.plain()
            assert {field for field in now if now[field] != was[field]} <= named[type(row), row.key]
    assert len(list(after)) >= len(list(sample))
    for kind, part, field in set(captured.given) - {(Stakeholder, "", "name")}:
        key = {Reading: (session, person.id, part), Tie: (person.id, part)}.get(kind, (person.id,))
        there = after.get(kind, *key)
        assert there is not None
        assert there.plain()[field] == captured.given[kind, part, field]
    assert {target(change)[0] for change in changes} <= {Stakeholder, Tie, Reading}


_TEXT = st.lists(PIECES, min_size=1, max_size=6).map("".join) | st.text(min_size=1, max_size=20)
_WORDS = _TEXT.map(lambda text: clean_text(text) or "x")
_MONEY = st.integers(0, 10**9).map(float)
_PAST_DAYS = st.dates(dt.date(2020, 1, 1), ON).map(dt.date.isoformat)
HARD_TO_TELL_APART = plan_of(
    Stakeholder(id="x1", name="Ana"),
    Stakeholder(id="x2", name="Ana Lu"),
    Stakeholder(id="x3", name="Lu, Anabel"),
    Stakeholder(id="x4", name="To be named"),
    Stakeholder(id="x5", name="To be named"),
    Stakeholder(id="x6", name='de "Ana" \\'),
    Decision(id="D1", session="S1", text="One report a month"),
    Decision(id="D2", session="S1", text="One report"),
    Decision(id="x9", session="S1", text='two "reports, a month \\'),
    Member(id="x7", party="ps", name="Müller"),
    Member(id="x8", party="tech", name="Muller"),
    Objective(id="o1", text="Close by fri"),
    Objective(id="o2", text='Close, "at last"'),
    Proof(id="p1", text="Two workloads live"),
    Proof(id="p2", text="Two workloads"),
)


_KINDS = [kind for kind in PREFIXES.values() if kind is not Meeting]
_NEEDED = {(Answer, "^"), (Difference, "in:"), (GrowthStep, "in:")}


@st.composite
def given_rows(
    draw: st.DrawFn, kinds: Sequence[type[Entity]] = _KINDS
) -> tuple[type[Entity], dict[Place, Json]]:
    """Anything that a line of one of these kinds could say."""
    kind = draw(st.sampled_from(kinds))
    texts = (kind.NAME_FIELD, "title") if kind is Stakeholder else (kind.NAME_FIELD,)
    given: dict[Place, Json] = {}
    for name in texts:
        if text := clean_text(draw(_TEXT)) or (name == kind.NAME_FIELD and "x"):
            given[kind, "", name] = text
    for sign, slot in GRAMMAR[kind].items():
        if draw(st.booleans()) or (kind, sign) in _NEEDED:
            given.update(draw(_slot_values(slot.kind, slot.name)))
    if kind is Answer:
        given[Answer, "", "heard_on"] = ON.isoformat()
    if kind is Stakeholder:
        for toward in draw(st.sets(st.sampled_from(["all", "ps", "tech"]))):
            given[Reading, toward, "value"] = draw(st.sampled_from([None, -2, -1, 0, 1, 2]))
    for slot in FIGURES.values():
        if slot.kind is kind and draw(st.booleans()):
            given[kind, "", slot.name] = draw(st.integers(1, HIGHEST[kind]))
    return kind, given


def _slot_values(kind: type[Entity], name: str) -> st.SearchStrategy[dict[Place, Json]]:
    people = [person.id for person in HARD_TO_TELL_APART.all(Stakeholder)]
    members = HARD_TO_TELL_APART.all(Member)
    if kind is Tie:
        return st.sampled_from(members).map(lambda member: {(Tie, member.party, "owner"): member.id})
    values: dict[str, st.SearchStrategy[Any]] = {
        "reports_to": st.sampled_from(people),
        "stakeholder": st.sampled_from(people),
        "owner": st.sampled_from([member.id for member in members]),
        "accountable": st.sampled_from([member.id for member in members]),
        "heard_by": st.sampled_from([member.id for member in members]),
        "role": st.sampled_from(["economic", "coach", "champion"]),
        "style": st.sampled_from(["amiable", "analytical", "unknown"]),
        "replaces": st.sampled_from([decision.id for decision in HARD_TO_TELL_APART.all(Decision)]),
        "response": _WORDS,
        "milestone": _WORDS,
        "visibility": st.sampled_from(["customer", "alliance", "ps", "tech"]),
        "unit": _WORDS,
        "competitor": _WORDS,
        "note": _WORDS,
        "rhythm_days": st.integers(1, 999),
        "successor": st.sampled_from(people),
        "objective": st.sampled_from([objective.id for objective in HARD_TO_TELL_APART.all(Objective)]),
        "proof": st.sampled_from([proof.id for proof in HARD_TO_TELL_APART.all(Proof)]),
        "horizon": st.sampled_from([word.value for word in value_type(kind, name)])
        if name == "horizon"
        else st.nothing(),
        "status": st.sampled_from([word.value for word in GrowthStatus]),
        "dimension": st.sampled_from([word.value for word in Dimension]),
        "party": st.sampled_from(["ps", "tech"]),
        "period": st.sampled_from(["2026-Q3", "2027", "2031-Q1"]),
        **dict.fromkeys(("worth", "estimate", "baseline", "realised"), _MONEY),
        **dict.fromkeys(("confirmed_by", "recognised_by"), st.sampled_from(people)),
        **dict.fromkeys(("left_on", "confirmed_on", "recognised_on"), _PAST_DAYS),
        "due": st.dates(dt.date(2026, 1, 1), dt.date(2030, 1, 1)).map(dt.date.isoformat),
    }
    return values[name].map(lambda value: {(kind, "", name): value})


@given(given_rows())
def test_what_is_formatted_parses_back(row: tuple[type[Entity], dict[Place, Json]]) -> None:
    kind, told = row
    view = project(HARD_TO_TELL_APART, ALLIANCE)
    line = format_capture(Captured(kind, told, (), (), ALLIANCE), view)
    assert read(line, HARD_TO_TELL_APART).given == told, line


@given(
    st.dates(dt.date(1980, 1, 1), dt.date(2150, 1, 1)),
    st.sampled_from(
        [dt.date.isoformat, format_date, format_day, format_short, partial(format_short, today=ON)]
    ),
    st.sampled_from(["", "step by step ", "by hand "]),
    st.sampled_from(["", ".", ",", " @Rowan"]),
)
def test_a_due_date_shows_at_once_in_every_form_that_we_write(
    sample: AccountPlan, day: dt.date, write: Callable[[dt.date], str], before: str, behind: str
) -> None:
    captured = read(f"Go on {before}by {write(day)}{behind}", sample, ACTIONS)
    assert [chip.state for chip in captured.chips] == [State.OK] * len(captured.chips)
    assert captured.chips[2].text == f"due {format_day(day)}"
    assert captured.given[Action, "", "title"] == f"Go on {before}".strip()
