"""What a line says of a person, an action and the other kinds."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.domain.captures import ACTIONS, PEOPLE, VALUE, read, said
from tests.domain.plans import ON, plan_of
from workshop_tui.domain.base.dates import Calendar
from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.base.vocabulary import ALLIANCE, BlockKind, Sentiment, Weekday
from workshop_tui.domain.capture.rows import PREFIXES, State
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Reading, Stakeholder, Tie
from workshop_tui.domain.model.session import Decision, Parking, Risk
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Refused, Set, Step, apply
from workshop_tui.views.choices import choices_of

PERSON = "Ana Pires, Head of Payments >Lindqvar @Rowan #user %driving ps+1 tech-1 inf4"
ACTION = 'Send cost range @Lucía !Gideon by +2w ^Hale-Obi *"Cost range given" ~customer'


# The two lines that the guide shows


def test_the_person_that_the_guide_shows(sample: AccountPlan) -> None:
    captured = read(PERSON, sample)
    assert captured.problems == ()
    assert [chip.text for chip in captured.chips] == [
        "new person",
        "Ana Pires",
        "title Head of Payments",
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


def test_the_action_that_the_guide_shows(sample: AccountPlan) -> None:
    captured = read(ACTION, sample, ACTIONS)
    assert captured.problems == ()
    assert [chip.text for chip in captured.chips] == [
        "new action",
        "Send cost range",
        "owner Lucía Brightwater",
        "accountable Gideon Farrowmere",
        "due Tue 23 Jun 2026",
        "about Marcus Hale-Obi",
        "new milestone Cost range given",
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
    chips = read(ACTION, sample, ACTIONS).chips[2:]
    assert [ACTION[chip.start : chip.end] for chip in chips] == [
        "@Lucía",
        "!Gideon",
        "by +2w",
        "^Hale-Obi",
        '*"Cost range given"',
        "~customer",
    ]


# Somebody who is there


@pytest.mark.parametrize(
    ("token", "toward", "value"),
    [
        ("allx", "all", -2),
        ("all:x", "all", -2),
        ("alliance:2", "all", 2),
        ("all1", "all", 1),
        ("all:-", "all", -1),
        ("all:?", "all", None),
        ("all:+2", "all", 2),
        ("psx", "ps", -2),
        ("ps:0", "ps", 0),
        ("TECHX", "tech", -2),
        ("tech2", "tech", 2),
    ],
)
def test_every_key_by_which_a_cell_takes_a_sentiment_does_behind_a_code(
    sample: AccountPlan, token: str, toward: str, value: int | None
) -> None:
    captured = read(f"Ana Pires, Head of Linux {token}", sample)
    assert captured.problems == ()
    assert captured.given[Reading, toward, "value"] == value
    assert captured.given[Stakeholder, "", "title"] == "Head of Linux"


@pytest.mark.parametrize(
    ("token", "value"), [("quelx", -2), ("QUEL?", None), ("quel0", 0), ("que1", 1), ("quellm2", 2)]
)
def test_a_firm_goes_by_its_heading_too_and_by_how_it_begins_in_front_of_a_figure(
    sample: AccountPlan, token: str, value: int | None
) -> None:
    third = Party(id="k7m2xq9", name="Quellmark Ltd", short="Quellmark")
    captured = read(f"Ana Pires, Head of Linux {token}", AccountPlan.of((*sample, third)))
    assert captured.problems == ()
    assert captured.given[Reading, third.id, "value"] == value
    assert captured.given[Stakeholder, "", "title"] == "Head of Linux"


def test_a_word_that_only_looks_so_stays_one(sample: AccountPlan) -> None:
    captured = read("s: Max Fox, Phase2 tax, ratio:1 @Rowan", sample)
    assert captured.given[Stakeholder, "", "title"] == "Phase2 tax, ratio:1"
    assert read("Call ps2 about allx", sample, ACTIONS).problems[0].startswith("«allx» means nothing in")


def test_a_role_an_owner_and_whom_one_reports_to_are_taken_away_as_in_a_cell(sample: AccountPlan) -> None:
    captured = read("Priya #? @ps? >none", sample, session="S2")
    assert [chip.text for chip in captured.chips][1:3] == [
        "role influencer → none",
        "owner Mirela Sandoval-Pike → none",
    ]
    after = apply(sample, Step(captured.changes(sample, "S2", lambda: "new1")))
    priya, tie = after.get(Stakeholder, "ST03"), after.get(Tie, "ST03", "ps")
    assert priya
    assert (priya.role, priya.reports_to, tie and tie.owner) == (None, None, None)
    assert read("Priya @?", sample).problems[0].startswith("«@?» fits ps and tech: say whose owner goes")


@pytest.mark.parametrize(("typed", "firm", "owner"), [("ad", "tech", "T2"), ("MSP", "ps", "P2")])
def test_an_owner_goes_by_the_initials_that_tables_show(
    sample: AccountPlan, typed: str, firm: str, owner: str
) -> None:
    assert read(f"s: Ana Pires @{typed}", sample).given[Tie, firm, "owner"] == owner
    assert read("a: Call them !msp", sample).given[Action, "", "accountable"] == "P2"


def test_a_name_that_is_there_changes_that_person_in_one_step(sample: AccountPlan) -> None:
    captured = read("Priya all+2 #champion tech=0 @Rowan inf5", sample, session="S2")
    assert captured.problems == ()
    assert [chip.text for chip in captured.chips] == [
        "Priya Vantongeren",
        "alliance +1 → +2",
        "role influencer → champion",
        "tech 0 already",
        "owner Mirela Sandoval-Pike → Rowan Achterberg",
        "influence 5 already",
    ]
    assert captured.changes(sample, "S2", lambda: "new1") == (
        Set(Stakeholder, ("ST03",), "role", "influencer", "champion"),
        Set(Reading, ("S2", "ST03", "all"), "value", 1, 2),
        Set(Tie, ("ST03", "ps"), "owner", "P2", "P1"),
    )


@pytest.mark.parametrize(
    ("line", "chips"),
    [
        ("Priya all? ps?", ["Priya Vantongeren", "alliance +1 → unknown", "ps +2 → unknown"]),
        ("Ana Pires, Head of what?", ["new person", "Ana Pires", "title Head of what?"]),
        ("a: Ask whether that is all? or ps?", ["new action", "Ask whether that is all? or ps?"]),
    ],
)
def test_a_question_mark_makes_unknown_of_whoever_is_named_before_it(
    sample: AccountPlan, line: str, chips: list[str]
) -> None:
    captured = read(line, sample, session="S2")
    assert captured.problems == ()
    assert [chip.text for chip in captured.chips] == chips


def test_the_sentiment_of_an_earlier_session_stays(sample: AccountPlan) -> None:
    captured = read("Priya all+2", sample, session="S3")
    assert [chip.text for chip in captured.chips] == ["Priya Vantongeren", "alliance +1 → +2"]
    assert captured.changes(sample, "S3", lambda: "new1") == (
        Add(Reading(session="S3", stakeholder="ST03", toward="all", value=Sentiment.ADVOCATE)),
    )


def test_what_is_there_already_is_said_to_be(sample: AccountPlan) -> None:
    captured = read("Priya inf5", sample, session="S2")
    with pytest.raises(Refused, match="Priya Vantongeren has all of this already: nothing changes"):
        captured.changes(sample, "S2", lambda: "new1")


def test_the_whole_name_gives_another_title_too(sample: AccountPlan) -> None:
    captured = read("priya vantongeren, CRO", sample)
    assert [chip.text for chip in captured.chips] == [
        "Priya Vantongeren",
        "title Chief Risk Officer → CRO",
    ]
    (change,) = captured.changes(sample, "S2", lambda: "new1")
    assert change == Set(Stakeholder, ("ST03",), "title", "Chief Risk Officer", "CRO")


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
        ("Ana Pires, Ops lead, @Gideon", {**_ANA, "title": "Ops lead", "tech.owner": "T4"}),
        ("Ana Pires, Ops, lead, ps+1, #user,", {**_ANA, "title": "Ops, lead", "ps.value": 1, "role": "user"}),
        ("Ana Pires, Ops lead,", {**_ANA, "title": "Ops lead,"}),
        (r"Ana Pires, Ops lead\, #user", {**_ANA, "title": r"Ops lead\,", "role": "user"}),
        ("Ana Pires, #user", {**_ANA, "role": "user"}),
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
        ("Ana Pires all0", {**_ANA, "all.value": 0}),
        ("Ana Pires te+1 quil-1 Al0", {**_ANA, "tech.value": 1, "ps.value": -1, "all.value": 0}),
        ("Ana Pires te0, Head of H0 and zz0", {**_ANA, "title": "Head of H0 and zz0", "tech.value": 0}),
        ("Ana Pires int3", {**_ANA, "interest": 3}),
        ("Ana Pires inf1 INF", {"name": "Ana Pires INF", "influence": 1}),
        ("s: Ana Pires, Head of infrastructure by fri", {**_ANA, "title": "Head of infrastructure by fri"}),
        ("s:Ana Pires", _ANA),
        ("S: Ana Pires", _ANA),
        (r"\s: Ana", {"name": "s: Ana"}),
        ("s: a: Ana", {"name": "a: Ana"}),
        ("Ana\tPires\x1b", _ANA),
        ("s: Ana Pires, by 1 dec, 2-fold", {**_ANA, "title": "by 1 dec, 2-fold"}),
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
        ("Call Dev, @Rowan, by fri", {"title": "Call Dev", "due": "2026-06-12", "owner": "P1"}),
        ("Call Dev, @Rowan then write,", {"title": "Call Dev, then write,", "owner": "P1"}),
        ("Call Dev by fri @Rowan", {"title": "Call Dev", "due": "2026-06-12", "owner": "P1"}),
        (r"Call Dev \by fri", {"title": "Call Dev by fri"}),
        ("Call Dev by hand", {"title": "Call Dev by hand"}),
        ("Call Dev by", {"title": "Call Dev by"}),
        (
            "Call @Rowan, then !Mirela, write",
            {"title": "Call then write", "owner": "P1", "accountable": "P2"},
        ),
        ("Call Dev *Trusted", {"title": "Call Dev", "milestone": "Trusted"}),
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
        ('d: One report *"Lead with evidence"', Decision, {"text": "One report", "replaces": "D2"}),
        ("d: One report *evidence", Decision, {"text": "One report", "replaces": "D2"}),
        ("d: One report *D2", Decision, {"text": "One report", "replaces": "D2"}),
        ("r: Late by fri @Hana", Risk, {"text": "Late", "owner": "T3", "due": "2026-06-12"}),
        (
            'r: It slips by fri lik3 imp2 @Nadia *"two weeks are kept free"',
            Risk,
            {
                "text": "It slips",
                "due": "2026-06-12",
                "likelihood": 3,
                "impact": 2,
                "owner": "ST13",
                "response": "two weeks are kept free",
            },
        ),
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


def test_seats_without_a_person_may_be_many(sample: AccountPlan) -> None:
    captured = read("To be named, Chair of Audit", sample)
    (new,) = captured.changes(sample, "S2", lambda: "new1")
    assert isinstance(new, Add)
    assert isinstance(new.row, Stakeholder)
    assert new.row.placeholder is True


def test_an_answer_is_that_of_the_person_in_focus_unless_it_says_whose(sample: AccountPlan) -> None:
    assert said(read("Less cost", sample, VALUE, about="ST06"))["stakeholder"] == "ST06"
    assert said(read("Less cost ^Priya", sample, VALUE, about="ST06"))["stakeholder"] == "ST03"
    assert read("Less cost", sample, VALUE, about="gone").problems
    captured = read("Less cost", sample, VALUE, about="ST06", question="Q01")
    (new,) = captured.changes(sample, "S2", lambda: "new1")
    assert isinstance(new, Add)
    assert isinstance(new.row, Answer)
    assert (new.row.question, new.row.status, new.row.visibility) == ("Q01", "heard", "alliance")


@pytest.mark.parametrize(
    ("typed", "milestone", "chip"),
    [
        ("*Cost", "Cost range given", "milestone Cost range given"),
        ('*"cost range GIVEN"', "Cost range given", "milestone Cost range given"),
        ("*given", "Cost range given", "milestone Cost range given"),
        ("*Ost", "Ost", "new milestone Ost"),
        ('*"Cost range given late"', "Cost range given late", "new milestone Cost range given late"),
    ],
)
def test_a_part_of_a_milestone_means_it_and_a_new_one_is_noted(typed: str, milestone: str, chip: str) -> None:
    plan = plan_of(Action(id="x1", title="Send", session="S1", milestone="Cost range given"))
    captured = read(f"Call {typed}", plan, ACTIONS)
    assert said(captured)["milestone"] == milestone
    state = State.NOTED if chip.startswith("new") else State.OK
    assert [(last.text, last.state) for last in captured.chips[-1:]] == [(chip, state)]


def test_a_part_that_several_milestones_have_is_refused_and_a_whole_name_is_not() -> None:
    known = ("Cost range given", "Cost agreed", "cost agreed")
    plan = plan_of(
        *(Action(id=f"x{n}", title="Send", session="S1", milestone=name) for n, name in enumerate(known))
    )
    assert (
        read("Call *Cost", plan, ACTIONS).problems[0].startswith("«Cost» fits Cost range given, Cost agreed")
    )
    assert said(read('Call *"cost agreed"', plan, ACTIONS))["milestone"] == "cost agreed"


def test_month_first_and_weeks_that_begin_on_sunday(sample: AccountPlan) -> None:
    theirs = Calendar(ON, day_first=False, week_start=Weekday.SUNDAY.number)
    assert said(read("Call by 12/1", sample, ACTIONS, dates=theirs))["due"] == "2026-12-01"
    sunday, monday = (
        said(read("Call by next sun", sample, ACTIONS, dates=dates))["due"]
        for dates in (theirs, Calendar(ON))
    )
    assert (sunday, monday) == ("2026-06-14", "2026-06-21")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Book the audit walk-through @Mirela fri 4 dec", "fri 4 dec"),
        ("Book the audit walk-through fri 4 dec @Mirela", "fri 4 dec"),
        ("Book the audit walk-through 2026-12-04", "2026-12-04"),
        ("Book the audit walk-through by fri 4 dec", ""),
        ("Book the fri 4 dec walk-through", ""),
        ("fri 4 dec", ""),
        ("Book 3 rooms", ""),
    ],
)
def test_a_date_without_by_stays_words_and_is_offered_as_the_date(
    sample: AccountPlan, line: str, day: str
) -> None:
    captured = read(line, sample, ACTIONS)
    offered = [chip.text for chip in captured.chips if chip.text.startswith("due?")]
    assert offered == ([f"due? by {day}"] if day else [])
    assert captured.date_at == (line.index(day) if day else -1)
    assert ((Action, "", "due") in captured.given) is ("by fri" in line)


def test_two_signs_are_no_action_unless_they_are_kept(sample: AccountPlan) -> None:
    refused = read("v8", sample, ACTIONS)
    assert refused.problems == ("«v8» is too short to be an action: press Enter again if it is one.",)
    assert read("v8", sample, ACTIONS, keep_unknown=True).problems == ()
    assert read("a: Go", sample, ACTIONS).problems == ()


def test_the_letters_of_the_lists_work_behind_the_sign_too(sample: AccountPlan) -> None:
    view = project(sample, ALLIANCE)
    for sign, name in (("%", "style"), ("#", "role")):
        choices = choices_of(view, Stakeholder, name)
        for choice in choices:
            if choice.value is not None:
                given = read(f"Ana Pires {sign}{choice.key}", sample).given
                assert given[Stakeholder, "", name] == choice.value, choice
    assert read("Ana Pires %N", sample).given[Stakeholder, "", "style"] == "analytical"
    for choice in choices_of(view, Action, "visibility"):
        given = read(f"Call ~{choice.key}", sample, ACTIONS).given
        assert given[Action, "", "visibility"] == choice.value, choice
