from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.plans import ON, plan_of
from workshop_tui.domain.account import Member
from workshop_tui.domain.actions import Action
from workshop_tui.domain.audience import project
from workshop_tui.domain.capture import LONGEST, format_capture, parse
from workshop_tui.domain.captured import GRAMMAR, INFLUENCE, PREFIXES, Captured, Place, State
from workshop_tui.domain.dates import format_day
from workshop_tui.domain.entity import Entity, Json
from workshop_tui.domain.people import Reading, Stakeholder, Tie
from workshop_tui.domain.plan import AccountPlan
from workshop_tui.domain.session import Decision, Parking, Risk
from workshop_tui.domain.step import Add, Refused, Step, apply
from workshop_tui.domain.text import clean_text
from workshop_tui.domain.value import Answer
from workshop_tui.domain.words import ALLIANCE, CUSTOMER, BlockKind, Sentiment

PEOPLE, VALUE, ACTIONS = BlockKind.STAKEHOLDERS, BlockKind.VALUE, BlockKind.ACTIONS
PERSON = "Ana Pires, Head of Payments >Lindqvar @Rowan #user %driving ps+1 tech-1 inf4"
ACTION = 'Send cost range @Lucía !Gideon by +2w ^Hale-Obi *"Cost range given" ~customer'


def read(
    line: str, plan: AccountPlan, block: BlockKind = PEOPLE, audience: str = ALLIANCE, **how: Any
) -> Captured:
    return parse(line, project(plan, audience), block=block, audience=audience, today=ON, **how)


def said(captured: Captured) -> dict[str, Json]:
    """What was understood, as part.field → value."""
    names = {(part, name): value for (_, part, name), value in captured.given.items()}
    return {f"{part}.{name}" if part else name: value for (part, name), value in names.items()}


# The two lines of the specification


def test_the_person_of_the_specification(sample: AccountPlan) -> None:
    captured = read(PERSON, sample)
    assert captured.problems == ()
    assert [chip.text for chip in captured.chips] == [
        "new person",
        "reports to Tomasz Lindqvar",
        "owner Rowan Achterberg",
        "role user",
        "style driving",
        "ps +1",
        "tech −1",
        "influence 4",
    ]
    new, *beside = captured.changes(sample, "S2", lambda: "new1")
    assert isinstance(new, Add)
    assert isinstance(new.row, Stakeholder)
    assert (new.row.id, new.row.name, new.row.title) == ("new1", "Ana Pires", "Head of Payments")
    assert (new.row.reports_to, new.row.role, new.row.style) == ("ST04", "user", "driving")
    assert (new.row.influence, new.row.visibility, new.row.placeholder) == (4, "customer", False)
    assert beside == [
        Add(Tie(stakeholder="new1", party="ps", owner="P1")),
        Add(Reading(session="S2", stakeholder="new1", toward="ps", value=Sentiment.SUPPORTIVE)),
        Add(Reading(session="S2", stakeholder="new1", toward="tech", value=Sentiment.SCEPTICAL)),
    ]


def test_the_action_of_the_specification(sample: AccountPlan) -> None:
    captured = read(ACTION, sample, ACTIONS)
    assert captured.problems == ()
    assert [chip.text for chip in captured.chips] == [
        "new action",
        "owner Lucía Brightwater",
        "accountable Gideon Farrowmere",
        "due Tue 23 Jun 2026",
        "about Marcus Hale-Obi",
        "milestone Cost range given",
        "visible to customer",
    ]
    (new,) = captured.changes(sample, "S2", lambda: "new1")
    assert isinstance(new, Add)
    last = sample.all(Action)[-1].rank
    assert new.row == Action(
        id="new1",
        rank=last + 1,
        session="S2",
        title="Send cost range",
        owner="T1",
        accountable="T4",
        due=dt.date(2026, 6, 23),
        stakeholder="ST02",
        milestone="Cost range given",
        visibility="customer",
    )


def test_each_chip_says_where_its_words_stand(sample: AccountPlan) -> None:
    chips = read(ACTION, sample, ACTIONS).chips[1:]
    assert [ACTION[chip.start : chip.end] for chip in chips] == [
        "@Lucía",
        "!Gideon",
        "by +2w",
        "^Hale-Obi",
        '*"Cost range given"',
        "~customer",
    ]


# What a line says

_ANA: dict[str, Json] = {"name": "Ana Pires"}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Ana Pires", _ANA),
        ("  Ana   Pires  ", _ANA),
        ("Ana Pires,", _ANA),
        ("Ana Pires, Head of Risk", {**_ANA, "title": "Head of Risk"}),
        ("Ana Pires , Head of Risk", {**_ANA, "title": "Head of Risk"}),
        ("Ana Pires, Head, Risk", {**_ANA, "title": "Head, Risk"}),
        ("Ana Pires,Jr", {"name": "Ana Pires,Jr"}),
        (r"Pires\, Ana, Head of Risk", {"name": "Pires, Ana", "title": "Head of Risk"}),
        (r"Pires\\, Ana", {"name": "Pires\\, Ana"}),
        ("Ana >Lindqvar Pires", {**_ANA, "reports_to": "ST04"}),
        ("Ana Pires >Lindqvar, Head of Risk", {**_ANA, "title": "Head of Risk", "reports_to": "ST04"}),
        ("Ana Pires, >Lindqvar, Head", {**_ANA, "title": "Head", "reports_to": "ST04"}),
        ("Ana Pires >lindq", {**_ANA, "reports_to": "ST04"}),
        ('Ana Pires >"Tomasz L"', {**_ANA, "reports_to": "ST04"}),
        ('Ana Pires >"Tomasz Lindqvar", Head', {**_ANA, "title": "Head", "reports_to": "ST04"}),
        ("Ana Pires >Obi", {**_ANA, "reports_to": "ST02"}),
        ('Ana Pires >"to be named"', {**_ANA, "reports_to": "ST14"}),
        ("Ana Pires >ST14", {**_ANA, "reports_to": "ST14"}),
        ("Ana Pires > Lindqvar", {"name": "Ana Pires > Lindqvar"}),
        ("Ana Pires >", {"name": "Ana Pires >"}),
        ("Ana P>ires", {"name": "Ana P>ires"}),
        (r"Ana \>Lindqvar", {"name": "Ana >Lindqvar"}),
        (r"Ana \\>Lindqvar", {"name": r"Ana \>Lindqvar"}),
        (r"Ana \ B \c", {"name": r"Ana \ B \c"}),
        ("Ana Pires @lucia", {**_ANA, "tech.owner": "T1"}),
        ("Ana Pires @LUCÍA @Rowan", {**_ANA, "tech.owner": "T1", "ps.owner": "P1"}),
        ("Ana Pires #eco", {**_ANA, "role": "economic"}),
        ("Ana Pires %an", {**_ANA, "style": "analytical"}),
        ("Ana Pires %unknown", {**_ANA, "style": "unknown"}),
        ("Ana Pires all+1", {**_ANA, "all.value": 1}),
        ("Ana Pires ALL+2 Tech=0", {**_ANA, "all.value": 2, "tech.value": 0}),
        ("Ana Pires ps−2 tech=?", {**_ANA, "ps.value": -2, "tech.value": None}),
        ("Ana Pires ps-1, Head", {**_ANA, "title": "Head", "ps.value": -1}),
        (r"Ana Pires, Head of \ps-1", {**_ANA, "title": "Head of ps-1"}),
        ("Ana Pires inf1 INF", {"name": "Ana Pires INF", "influence": 1}),
        ("Ana Pires, Head of infrastructure by fri", {**_ANA, "title": "Head of infrastructure by fri"}),
        ("s:Ana Pires", _ANA),
        ("S: Ana Pires", _ANA),
        (r"\s: Ana", {"name": "s: Ana"}),
        ("s: a: Ana", {"name": "a: Ana"}),
        ("Ana\tPires\x1b", _ANA),
        ("Ana Pires, by 1 dec, 2-fold", {**_ANA, "title": "by 1 dec, 2-fold"}),
    ],
)
def test_a_person(sample: AccountPlan, line: str, told: dict[str, Json]) -> None:
    captured = read(line, sample)
    assert (captured.kind, captured.problems) == (Stakeholder, ())
    assert said(captured) == told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Call Dev", {"title": "Call Dev"}),
        ("a: Call Dev", {"title": "Call Dev"}),
        (
            "Review step by step plan by fri",
            {"title": "Review step by step plan", "due": "2026-06-12"},
        ),
        ("Review by mon plan by fri", {"title": "Review by mon plan", "due": "2026-06-12"}),
        ("Send the range by eom.", {"title": "Send the range", "due": "2026-06-30"}),
        ("Review by fri step by step", {"title": "Review step by step", "due": "2026-06-12"}),
        ("By 1 Dec 2026 call Dev", {"title": "call Dev", "due": "2026-12-01"}),
        ("Call Dev by next fri, then write", {"title": "Call Dev then write", "due": "2026-06-19"}),
        ("Call Dev by + 2 w", {"title": "Call Dev", "due": "2026-06-23"}),
        ("Call Dev by 1 / 12 / 2026", {"title": "Call Dev", "due": "2026-12-01"}),
        ("Call Dev by q1 2027", {"title": "Call Dev", "due": "2027-03-31"}),
        ("Call Dev by fri @Rowan", {"title": "Call Dev", "due": "2026-06-12", "owner": "P1"}),
        (r"Call Dev \by fri", {"title": "Call Dev by fri"}),
        ("Call Dev by hand", {"title": "Call Dev by hand"}),
        ("Call Dev by", {"title": "Call Dev by"}),
        (
            "Call @Rowan, then !Mirela, write",
            {"title": "Call then write", "owner": "P1", "accountable": "P2"},
        ),
        ("Call Dev *Trust", {"title": "Call Dev", "milestone": "Trust"}),
        (r'Call *"the \"new\" \\ way"', {"title": "Call", "milestone": r'the "new" \ way'}),
        ('Call *"a"b" Dev', {"title": "Call Dev", "milestone": 'a"b'}),
        ('Call "the bank"', {"title": 'Call "the bank"'}),
        ("Call Dev ~ps", {"title": "Call Dev", "visibility": "ps"}),
        ("Call Dev ~quill", {"title": "Call Dev", "visibility": "ps"}),
        ("Call Dev ~all", {"title": "Call Dev", "visibility": "alliance"}),
        ("Call Dev 2026-12-01", {"title": "Call Dev 2026-12-01"}),
        ("Move to tier-1 x+1", {"title": "Move to tier-1 x+1"}),
    ],
)
def test_an_action(sample: AccountPlan, line: str, told: dict[str, Json]) -> None:
    captured = read(line, sample, ACTIONS)
    assert (captured.kind, captured.problems) == (Action, ())
    assert said(captured) == told


@pytest.mark.parametrize(
    ("line", "kind", "told"),
    [
        ("d: Go ~customer", Decision, {"text": "Go", "visibility": "customer"}),
        ("r: Late by fri @Hana", Risk, {"text": "Late by fri", "owner": "T3"}),
        ("p: Price @Lucia by fri", Parking, {"text": "Price", "owner": "T1", "due": "2026-06-12"}),
        (
            "v: Less cost ^Dev @Mirela ~ps",
            Answer,
            {
                "text": "Less cost",
                "stakeholder": "ST06",
                "heard_by": "P2",
                "visibility": "ps",
                "heard_on": "2026-06-09",
            },
        ),
    ],
)
def test_the_other_kinds(sample: AccountPlan, line: str, kind: type[Entity], told: dict[str, Json]) -> None:
    captured = read(line, sample)
    assert (captured.kind, captured.problems, said(captured)) == (kind, (), told)


@pytest.mark.parametrize("block", BlockKind)
def test_the_block_gives_the_kind_where_no_prefix_does(sample: AccountPlan, block: BlockKind) -> None:
    usual = {PEOPLE: Stakeholder, VALUE: Answer}.get(block, Action)
    assert read("Some words here", sample, block).kind is usual
    for letter, kind in PREFIXES.items():
        assert read(f"{letter}: Some words here", sample, block).kind is kind


# What is not understood


@pytest.mark.parametrize(
    ("line", "block", "part", "sentence", "kept"),
    [
        (
            "Ana >Nobody",
            PEOPLE,
            ">Nobody",
            "Nothing here is called «Nobody»: type another name",
            "Ana >Nobody",
        ),
        ("Ana >Ma", PEOPLE, ">Ma", "«Ma» fits Marcus Hale-Obi, Elena Marchetti-Roe: type more", "Ana >Ma"),
        ("Ana #boss", PEOPLE, "#boss", "Nothing here is called «boss»", "Ana #boss"),
        ("Ana %a", PEOPLE, "%a", "«a» fits amiable, analytical", "Ana %a"),
        ("Ana @Rowan @Mirela", PEOPLE, "@Mirela", "«@Mirela» is one too many", "Ana @Mirela"),
        ("Ana ps+1 ps-1", PEOPLE, "ps-1", "«ps-1» is one too many", "Ana ps-1"),
        ("Ana ps+3", PEOPLE, "ps+3", "Sentiment can't be +3: use +2, +1", "Ana ps+3"),
        ("Ana sp+1", PEOPLE, "sp+1", "«sp» is no partner here: use all, ps, tech", "Ana sp+1"),
        ("Ana inf0", PEOPLE, "inf0", "Influence can't be 0: use inf1 to inf5", "Ana inf0"),
        ("Ana inf44", PEOPLE, "inf44", "Influence can't be 44", "Ana inf44"),
        ('Ana >"Dev R', PEOPLE, '>"Dev R', "A quote is open behind >: close it", 'Ana >"Dev R'),
        ('Call *""', ACTIONS, '*""', "Nothing here is called «»", 'Call *""'),
        ("Call @Ro @Mirela", ACTIONS, "@Mirela", "«@Mirela» is one too many", "Call @Mirela"),
        ("Call !x", ACTIONS, "!x", "Nothing here is called «x»", "Call !x"),
        ("Call ~everybody", ACTIONS, "~everybody", "Nothing here is called «everybody»", "Call ~everybody"),
    ],
)
def test_the_first_enter_refuses_and_the_second_keeps_as_text(
    sample: AccountPlan, *, line: str, block: BlockKind, part: str, sentence: str, kept: str
) -> None:
    first, second = read(line, sample, block), read(line, sample, block, keep_unknown=True)
    refused = [chip for chip in first.chips if chip.state is State.REFUSED]
    assert [line[chip.start : chip.end] for chip in refused] == [part]
    assert first.problems == (refused[0].why,)
    assert refused[0].why.startswith(sentence)
    assert refused[0].why.endswith(", or press Enter again to keep it as text.")
    with pytest.raises(Refused, match="press Enter again"):
        first.changes(sample, "S2", lambda: "new1")
    assert second.problems == ()
    assert [chip.text for chip in second.chips if chip.state is State.FLAGGED] == [part]
    assert second.given[second.kind, "", second.kind.CALLED] == kept


@pytest.mark.parametrize(
    ("line", "block", "part"),
    [
        ("Ana !Rowan", PEOPLE, "!Rowan"),
        ("Ana *Board", PEOPLE, "*Board"),
        ("Ana ~customer", PEOPLE, "~customer"),
        ("Fix #42", ACTIONS, "#42"),
        ("Call >Dev", ACTIONS, ">Dev"),
        ("Call inf4", ACTIONS, "inf4"),
        ("Call ps+1", ACTIONS, "ps+1"),
        ("Call by 31 feb", ACTIONS, "by"),
        ("Call by 1 dec 26", ACTIONS, "by"),
        ("d: Go @Rowan", ACTIONS, "@Rowan"),
        ("r: Late ^Dev", ACTIONS, "^Dev"),
    ],
)
def test_a_sign_of_another_kind_stays_text_and_is_flagged(
    sample: AccountPlan, line: str, block: BlockKind, part: str
) -> None:
    captured = read(line, sample, block)
    flagged = [chip for chip in captured.chips if chip.state is State.FLAGGED]
    assert [line[chip.start : chip.end] for chip in flagged] == [part]
    assert flagged[0].why.endswith("it stays text.")
    assert captured.problems == ()
    assert captured.given[captured.kind, "", captured.kind.CALLED] == line.removeprefix("d: ").removeprefix(
        "r: "
    )


def test_a_person_of_a_known_name_is_added_by_the_second_enter_alone(sample: AccountPlan) -> None:
    first = read("priya vantongeren, CRO", sample)
    again = "change the name, or press Enter again to add another"
    assert first.problems == (f"There is a Priya Vantongeren already: {again}.",)
    second = read("priya vantongeren, CRO", sample, keep_unknown=True)
    assert (second.problems, second.chips[0].state) == ((), State.FLAGGED)


def test_seats_without_a_person_may_be_many(sample: AccountPlan) -> None:
    captured = read("To be named, Chair of Audit", sample)
    (new,) = captured.changes(sample, "S2", lambda: "new1")
    assert isinstance(new, Add)
    assert isinstance(new.row, Stakeholder)
    assert new.row.placeholder is True


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("s: >Dev", "A new person needs a name: type it first."),
        ("s: , Head of Risk", "A new person needs a name: type it first."),
        ("a: @Rowan", "A new action needs words: type it first."),
        ("", "A new person needs a name: type it first."),
        ("v: Less cost", "A new answer needs the person who gave it: type ^ and a name."),
        ("s: " + "a" * 161, "Name "),
        ("s: Ana, " + "a" * 501, "Title "),
        ("a: " + "a" * 4_001, "Action "),
        ("a: " + "a b" * LONGEST, "The line is longer than 5,000 characters: split it."),
    ],
)
def test_a_row_that_cannot_be_made(sample: AccountPlan, line: str, sentence: str) -> None:
    (problem,) = read(line, sample).problems
    assert problem.startswith(sentence)


def test_an_answer_is_that_of_the_person_in_focus_unless_it_says_whose(sample: AccountPlan) -> None:
    assert said(read("Less cost", sample, VALUE, about="ST06"))["stakeholder"] == "ST06"
    assert said(read("Less cost ^Priya", sample, VALUE, about="ST06"))["stakeholder"] == "ST03"
    assert read("Less cost", sample, VALUE, about="gone").problems
    captured = read("Less cost", sample, VALUE, about="ST06")
    (new,) = captured.changes(sample, "S2", lambda: "new1", question="Q01")
    assert isinstance(new, Add)
    assert isinstance(new.row, Answer)
    assert (new.row.question, new.row.status, new.row.visibility) == ("Q01", "heard", "alliance")


def test_month_first(sample: AccountPlan) -> None:
    assert said(read("Call by 12/1", sample, ACTIONS, day_first=False))["due"] == "2026-12-01"


# Before the customer


@pytest.mark.parametrize(
    ("line", "block"),
    [
        *(
            (f"Ana {token}", PEOPLE)
            for token in ("@Rowan", "@x", "#user", "%a", "ps+1", "all=?", "ps+9", "inf4")
        ),
        *((f"{letter}: Go ~{whom}", ACTIONS) for letter in "avpdr" for whom in ("customer", "ps", "x")),
        ("Less cost ^Dev @Mirela", VALUE),
    ],
)
@pytest.mark.parametrize("keep", [False, True])
def test_tokens_of_internal_fields_are_refused_before_the_customer(
    sample: AccountPlan, line: str, block: BlockKind, keep: bool
) -> None:
    captured = read(line, sample, block, CUSTOMER, keep_unknown=keep, about="ST06")
    assert captured.problems[0].endswith("can't be typed in this view: take it out.")
    assert len(captured.problems) == 1
    token = line.rsplit(maxsplit=1)[-1]
    assert [chip.text for chip in captured.chips if chip.state is State.REFUSED] == [token]


@pytest.mark.parametrize(
    ("line", "block"),
    [(f"{letter}: Go ^Dev" if letter in "va" else f"{letter}: Go", ACTIONS) for letter in PREFIXES],
)
def test_what_is_made_before_the_customer_is_for_the_customer(
    sample: AccountPlan, line: str, block: BlockKind
) -> None:
    captured = read(line, sample, block, CUSTOMER)
    (new,) = captured.changes(sample, "S2", lambda: "new1")
    assert isinstance(new, Add)
    assert getattr(new.row, "visibility", "") == CUSTOMER
    seen = project(apply(sample, Step((new,))), CUSTOMER)
    assert seen.get(captured.kind, "new1")


def test_names_that_the_audience_does_not_see_are_unknown() -> None:
    secret = Stakeholder(id="x1", name="Zed Hidden", visibility="ps")
    plan = plan_of(secret)
    assert read("Ana >Zed", plan, audience="ps").problems == ()
    for audience in (ALLIANCE, "tech", CUSTOMER):
        captured = read("Zed Hidden >Zed", plan, audience=audience)
        assert [chip.state for chip in captured.chips] == [State.OK, State.REFUSED]
        assert captured.problems[0].startswith("Nothing here is called «Zed»")


# Laws

_PIECES = st.sampled_from(
    [
        *(" ", " ", " ", ",", ", ", "\\", '"', "\t", "\u00a0", "\u0338", "\u200e", "é"),
        *(">", "@", "#", "%", "!", "^", "*", "~", "by", " by ", "fri", "+2w", "1 dec", "26"),
        *("s:", "a:", "v:", "p:", "d:", "r:", "ps+1", "tech-1", "all=?", "ps+9", "inf4", "inf9"),
        *("Ana", "Dev", "Rowan", "Mirela", "Lucía", "Marcus", "user", "driv", "customer", "x"),
    ]
)
LINES = st.lists(_PIECES, max_size=16).map("".join) | st.text(max_size=60)
_BLOCKS = st.sampled_from(BlockKind)
_AUDIENCES = st.sampled_from([ALLIANCE, "ps", "tech", CUSTOMER])


@given(LINES, _BLOCKS, _AUDIENCES, st.booleans())
def test_any_line_is_taken_or_says_in_one_line_why_not(
    sample: AccountPlan, line: str, block: BlockKind, audience: str, keep: bool
) -> None:
    captured = read(line, sample, block, audience, keep_unknown=keep, about="ST06")
    for chip in captured.chips:
        assert 0 <= chip.start <= chip.end <= len(line)
        assert (chip.state is State.OK) is (chip.why == "")
    for text in (*captured.problems, *(chip.text for chip in captured.chips)):
        assert text.splitlines() == [text]
    if not captured.problems:
        ids = (f"new{n}" for n in itertools.count())
        after = apply(sample, Step(captured.changes(sample, "S2", lambda: next(ids))))
        assert len(list(after)) == len(list(sample)) + len(captured.changes(sample, "S2", lambda: "new1"))


@given(LINES, _BLOCKS, _AUDIENCES)
def test_what_was_taken_is_written_and_read_back(
    sample: AccountPlan, line: str, block: BlockKind, audience: str
) -> None:
    captured = read(line, sample, block, audience, keep_unknown=True, about="ST06")
    if not captured.problems:
        again = read(format_capture(captured, project(sample, audience)), sample, BlockKind.BREAK, audience)
        assert again.given == captured.given
        assert all(chip.state is State.OK for chip in again.chips[1:])


_TEXT = st.lists(_PIECES, min_size=1, max_size=6).map("".join) | st.text(min_size=1, max_size=20)
_HARD_TO_TELL_APART = plan_of(
    Stakeholder(id="x1", name="Ana"),
    Stakeholder(id="x2", name="Ana Lu"),
    Stakeholder(id="x3", name="Lu, Anabel"),
    Stakeholder(id="x4", name="To be named"),
    Stakeholder(id="x5", name="To be named"),
    Stakeholder(id="x6", name='de "Ana" \\'),
    Member(id="x7", party="ps", name="Müller"),
    Member(id="x8", party="tech", name="Muller"),
)


@st.composite
def given_rows(draw: st.DrawFn) -> tuple[type[Entity], dict[Place, Json]]:
    """Anything that a line could say."""
    kind = draw(st.sampled_from(list(PREFIXES.values())))
    texts = (kind.CALLED, "title") if kind is Stakeholder else (kind.CALLED,)
    given: dict[Place, Json] = {}
    for name in texts:
        if text := clean_text(draw(_TEXT)) or (name == kind.CALLED and "x"):
            given[kind, "", name] = text
    for sign, slot in GRAMMAR[kind].items():
        if draw(st.booleans()) or (kind, sign) == (Answer, "^"):
            given.update(draw(_slot_values(slot.kind, slot.name)))
    if kind is Answer:
        given[Answer, "", "heard_on"] = ON.isoformat()
    if kind is Stakeholder:
        for toward in draw(st.sets(st.sampled_from(["all", "ps", "tech"]))):
            given[Reading, toward, "value"] = draw(st.sampled_from([None, -2, -1, 0, 1, 2]))
        given[INFLUENCE.kind, "", INFLUENCE.name] = draw(st.integers(1, 5))
    return kind, given


def _slot_values(kind: type[Entity], name: str) -> st.SearchStrategy[dict[Place, Json]]:
    people = [person.id for person in _HARD_TO_TELL_APART.all(Stakeholder)]
    members = _HARD_TO_TELL_APART.all(Member)
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
        "milestone": _TEXT.map(lambda text: clean_text(text) or "x"),
        "visibility": st.sampled_from(["customer", "alliance", "ps", "tech"]),
        "due": st.dates(dt.date(2026, 1, 1), dt.date(2030, 1, 1)).map(dt.date.isoformat),
    }
    return values[name].map(lambda value: {(kind, "", name): value})


@given(given_rows())
def test_what_is_formatted_parses_back(row: tuple[type[Entity], dict[Place, Json]]) -> None:
    kind, told = row
    view = project(_HARD_TO_TELL_APART, ALLIANCE)
    line = format_capture(Captured(kind, told, (), (), ALLIANCE), view)
    assert read(line, _HARD_TO_TELL_APART).given == told, line


@given(
    st.dates(dt.date(2026, 6, 10), dt.date(2030, 1, 1)), st.sampled_from(["", "step by step ", "by hand "])
)
def test_a_due_date_shows_at_once(sample: AccountPlan, day: dt.date, before: str) -> None:
    captured = read(f"Go on {before}by {day.isoformat()}", sample, ACTIONS)
    assert captured.chips[-1].text == f"due {format_day(day)}"
