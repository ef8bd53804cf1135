"""What is refused or kept as text: words that are not understood, and fields that are not the customer's."""

from __future__ import annotations

import pytest

from tests.domain.captures import ACTIONS, PEOPLE, VALUE, read
from tests.domain.plans import plan_of
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.capture.parse import LONGEST
from workshop_tui.domain.capture.rows import PREFIXES, State
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Step, apply

# What is not understood


@pytest.mark.parametrize(
    ("line", "block", "part", "sentence"),
    [
        (
            "Ana >Nobody",
            PEOPLE,
            ">Nobody",
            "No stakeholder «Nobody»: Ingrid Solvane, Marcus Hale-Obi, Priya Vantongeren and 11 more",
        ),
        ("Ana >Ma", PEOPLE, ">Ma", "«Ma» fits Marcus Hale-Obi, Elena Marchetti-Roe: type more"),
        ("Call !x", ACTIONS, "!x", "No person «x»: "),
    ],
)
def test_the_first_enter_refuses_a_name_that_nobody_has_and_the_second_keeps_it_as_text(
    sample: AccountPlan, *, line: str, block: BlockKind, part: str, sentence: str
) -> None:
    first, second = read(line, sample, block), read(line, sample, block, keep_unknown=True)
    (refused,) = (chip for chip in first.chips if chip.state is State.REFUSED)
    assert (line[refused.start : refused.end], first.problems) == (part, (refused.why,))
    assert refused.why.startswith(sentence)
    assert refused.why.endswith(", or press Enter again to keep it as text.")
    assert second.problems == ()
    assert [chip.text for chip in second.chips if chip.state is State.FLAGGED] == [part]
    assert second.given[second.kind, "", second.kind.NAME_FIELD] == line


@pytest.mark.parametrize(
    ("line", "block", "part", "sentence"),
    [
        (
            "Ana #boss",
            PEOPLE,
            "#boss",
            "No role «boss»: economic, technical, user, coach, champion, influencer",
        ),
        ("Ana @Rowan @Mirela", PEOPLE, "@Mirela", "«@Mirela» is one too many"),
        ("Ana ps+1 ps-1", PEOPLE, "ps-1", "«ps-1» is one too many"),
        ("Ana ps+3", PEOPLE, "ps+3", "Sentiment can't be +3: use +2, +1"),
        ("Ana sp+1", PEOPLE, "sp+1", "«sp» is no partner here: use all, ps, tech"),
        ("Ana inf0", PEOPLE, "inf0", "Influence can't be 0: use inf1 to inf5"),
        ("Ana int9", PEOPLE, "int9", "Interest can't be 9: use int1 to int5"),
        ("Ana inf44", PEOPLE, "inf44", "Influence can't be 44"),
        ('Ana >"Dev R', PEOPLE, '>"Dev R', "A quote is open behind >: close it"),
        ('Call *""', ACTIONS, '*""', "No milestone «»: "),
        ("Call @Rowan @Mirela", ACTIONS, "@Mirela", "«@Mirela» is one too many"),
        ("Call ~everybody", ACTIONS, "~everybody", "No audience «everybody»: "),
        ("Call by 31 feb", ACTIONS, "by", "«31 feb» is not a day in the calendar"),
        ("Call by fri 4 dec 2027 at noon", ACTIONS, "by", "«fri 4 dec 2027» is not a day in the calendar"),
        ("Call by 1.13.", ACTIONS, "by", "«1.13.» is not a day in the calendar"),
        ("Review by mon, send by 31 feb", ACTIONS, "by", "«31 feb» is not a day in the calendar"),
    ],
)
def test_no_enter_takes_as_words_a_sign_of_the_line_behind_which_nothing_is_known(
    sample: AccountPlan, *, line: str, block: BlockKind, part: str, sentence: str
) -> None:
    captured = read(line, sample, block)
    (refused,) = (chip for chip in captured.chips if chip.state is State.REFUSED)
    assert line[refused.start : refused.end] == part
    assert captured.problems == (refused.why,)
    assert refused.why.startswith(sentence)
    assert refused.why.endswith(r", or \ in front makes it text.")
    assert read(line, sample, block, keep_unknown=True).problems == captured.problems
    text = line[: refused.start] + "\\" + line[refused.start :]
    kept = read(text, sample, block)
    assert kept.problems == ()
    assert part in str(kept.given[kept.kind, "", kept.kind.NAME_FIELD])


def test_all_that_is_wrong_is_told_at_once_and_no_second_enter_is_promised(sample: AccountPlan) -> None:
    line = "s: Nadia Farrell, Head of Risk #d all+1 inf6"
    for keep in (False, True):
        wrong = [each.partition(":")[0] for each in read(line, sample, keep_unknown=keep).problems]
        assert wrong[:2] == ["No role «d»", "Influence can't be 6"]
    told = read(line, sample).problems
    assert told[2] == "Nadia Okonjo-Wells is there: say only what changes."
    assert not [each for each in told if "Enter" in each or "\\" in each]
    (figure,) = read("Nadia inf6", sample).problems
    assert figure.startswith("Influence can't be 6: use inf1 to inf5")


@pytest.mark.parametrize(
    ("line", "made"),
    [
        ("Send the pilot plan @mi by 18 dec", Action),
        ("Send the pilot plan tomorrow", Action),
        ("Send the pilot plan by 31 feb", Action),
        ("Mei Sun", Stakeholder),
        ("Ana Pires, Head of Payments since 1 dec", Stakeholder),
        ("Ana Pires #user by fri", Stakeholder),
        ("Ana Pires left:5 jun", Stakeholder),
    ],
)
def test_among_people_what_has_a_day_is_an_action(sample: AccountPlan, line: str, made: type) -> None:
    assert read(line, sample).kind is made


def test_a_person_with_a_title_who_is_due_some_day_is_asked_about(sample: AccountPlan) -> None:
    line = "Send the plan, then call, by 18 dec"
    (problem,) = read(line, sample).problems
    assert problem.startswith("«by» announces a day, as of an action: a: in front makes it one, or press")
    assert (read(f"s: {line}", sample).problems, read(line, sample, keep_unknown=True).problems) == ((), ())


def test_an_action_in_the_words_of_an_open_one_says_so(sample: AccountPlan) -> None:
    open_one = next(each for each in sample.all(Action) if each.status.is_open)
    told = [chip.why for chip in read(f"a: {open_one.title.upper()}", sample).chips if chip.why]
    assert "An open action says just this already: Enter adds it once more." in told
    heard = next(iter(sample.all(Answer)))
    for person, is_told in (
        (heard.stakeholder, True),
        ("ST09" if heard.stakeholder != "ST09" else "ST08", False),
    ):
        chips = read(f"v: {heard.text}", sample, about=person).chips
        assert ("there already" in [chip.text for chip in chips]) is is_told


def test_a_parked_item_with_an_owner_and_a_day_is_told_as_settled(sample: AccountPlan) -> None:
    settled = "settled: it has an owner and a day"
    assert settled in [chip.text for chip in read("p: Which archive? @mir by 9 dec", sample).chips]
    assert settled not in [chip.text for chip in read("p: Which archive? by 9 dec", sample).chips]


@pytest.mark.parametrize(
    ("line", "block", "part"),
    [
        ("Ana !Rowan", PEOPLE, "!Rowan"),
        ("Ana *Board", PEOPLE, "*Board"),
        ("Ana ~customer", PEOPLE, "~customer"),
        ("Call >Dev", ACTIONS, ">Dev"),
        ("Call inf4", ACTIONS, "inf4"),
        ("Call ps+1", ACTIONS, "ps+1"),
        ("Call unit:Risk", ACTIONS, "unit:Risk"),
        ("d: Go @Rowan", ACTIONS, "@Rowan"),
        ('d: Go @"Rowan Achterberg"', ACTIONS, '@"Rowan Achterberg"'),
        ("r: Late ^Dev", ACTIONS, "^Dev"),
        ("p: Prices ^Dev", ACTIONS, "^Dev"),
    ],
)
def test_a_sign_of_another_kind_stays_text_by_the_second_enter_alone(
    sample: AccountPlan, line: str, block: BlockKind, part: str
) -> None:
    first = read(line, sample, block)
    (refused,) = (chip for chip in first.chips if chip.state is State.REFUSED)
    assert (refused.start, line[refused.start : refused.end]) == (line.rfind(f" {part}") + 1, part)
    assert first.problems == (refused.why,)
    assert refused.why.endswith(", or press Enter again to keep it as text.")
    second = read(line, sample, block, keep_unknown=True)
    assert second.problems == ()
    said = str(second.given[second.kind, "", second.kind.NAME_FIELD])
    assert line.endswith(said.removeprefix("Review ")) or said == line


@pytest.mark.parametrize(("letter", "sign"), [("d", "@"), ("p", "^"), ("v", "!")])
def test_a_name_that_a_kind_does_not_take_is_asked_about_before_the_customer_too(
    sample: AccountPlan, letter: str, sign: str
) -> None:
    first = read(f"{letter}: One report {sign}Dev", sample, VALUE, CUSTOMER, about="ST06")
    assert first.problems[0].startswith(f"«{sign}Dev» means nothing in a new ")


@pytest.mark.parametrize(
    ("line", "block", "part"),
    [
        ("Fix #42", ACTIONS, "#42"),
        ("Call by 1 dec 26 people", ACTIONS, "by"),
        ("Call by 1 dec 260", ACTIONS, "by"),
        ("Call by the 3rd week", ACTIONS, "by"),
        ("Call by next month, then write", ACTIONS, "by"),
        ("Extend the pilot by 2 weeks", ACTIONS, "by"),
        ("Call Dev by hand", ACTIONS, "by"),
        ("Call Dev by", ACTIONS, "by"),
        ("step by step by hand", ACTIONS, "by"),
    ],
)
def test_what_may_well_be_words_stays_text_and_is_flagged(
    sample: AccountPlan, line: str, block: BlockKind, part: str
) -> None:
    captured = read(line, sample, block)
    flagged = [chip for chip in captured.chips if chip.state is State.FLAGGED]
    assert [line[chip.start : chip.end] for chip in flagged] == [part]
    assert flagged[0].start == line.rfind(f" {part}") + 1
    assert flagged[0].why.endswith("it stays text.")
    assert captured.problems == ()
    assert captured.given[captured.kind, "", captured.kind.NAME_FIELD] == line


@pytest.mark.parametrize(
    ("line", "block", "made"),
    [
        ("s Owen Tresk, Deputy", PEOPLE, "s: in front makes it a new person"),
        ("S Owen Tresk, Deputy", PEOPLE, "s: in front makes it a new person"),
        ("a call her", PEOPLE, "a: in front makes it a new action"),
        ("a Call her by fri", VALUE, "a: in front makes it a new action"),
        ("d one report a month", ACTIONS, "d: in front makes it a new decision"),
    ],
)
def test_the_letter_of_a_kind_without_its_colon_is_asked_about(
    sample: AccountPlan, line: str, block: BlockKind, made: str
) -> None:
    problem = read(line, sample, block, about="ST06").problems[0]
    assert problem == f"«{line[0]}» stands alone: {made}, or press Enter again to keep it as text."
    kept = read(line, sample, block, about="ST06", keep_unknown=True)
    assert kept.problems == ()
    assert str(kept.given[kept.kind, "", kept.kind.NAME_FIELD]).startswith(f"{line[0]} ")


@pytest.mark.parametrize("line", ["a partner who listens", "A Call a day", "I want one report", "D is done"])
def test_a_sentence_that_begins_with_a_letter_is_taken(sample: AccountPlan, line: str) -> None:
    assert read(line, sample, VALUE, about="ST06").problems == ()


@pytest.mark.parametrize("letter", "rme")
def test_before_the_customer_no_letter_tells_of_a_kind_that_is_closed_to_them(
    sample: AccountPlan, letter: str
) -> None:
    captured = read(f"{letter} Sabine Ort", sample, PEOPLE, CUSTOMER)
    told = [chip.why for chip in captured.chips if chip.why]
    assert not [why for why in told if "risk" in why or "meeting" in why]


def test_addresses_and_hours_are_words(sample: AccountPlan) -> None:
    line = "Write to dev@norvane.example @ 9:00 about R&D (10 % more)"
    captured = read(line, sample, ACTIONS)
    assert (captured.problems, captured.values(Action)["title"]) == ((), line)


def test_figures_of_a_risk_are_read_in_its_line_alone_and_up_to_three(sample: AccountPlan) -> None:
    (problem,) = read("r: It slips lik4", sample, ACTIONS).problems
    assert problem.startswith("Likelihood can't be 4: use lik1 to lik3, or ")
    (problem,) = read("r: It slips imp0", sample, ACTIONS).problems
    assert problem.startswith("Impact can't be 0: use imp1 to imp3, or ")
    kept = read("Send it again imp2", sample, ACTIONS, keep_unknown=True)
    assert kept.given[Action, "", "title"] == "Send it again imp2"
    assert [chip.text for chip in kept.chips if chip.state is State.FLAGGED] == ["imp2"]


def test_a_decision_replaces_one_that_is_there(sample: AccountPlan) -> None:
    (problem,) = read("d: One report *D99", sample, ACTIONS).problems
    assert problem.startswith("No decision «D99»: ")
    (problem,) = read('r: It slips *"kept free', sample, ACTIONS).problems
    assert problem.startswith("A quote is open behind *")


def test_an_action_is_no_answer_by_the_first_enter_alone(sample: AccountPlan) -> None:
    line = "Send the list !Rowan, by q1 *Cost"
    first = read(line, sample, VALUE, about="ST06")
    assert first.problems[0].startswith(
        "«!Rowan» means nothing in a new answer: a: in front makes it an action"
    )
    assert [chip.text for chip in first.chips if chip.state is State.REFUSED] == ["!Rowan", "*Cost"]
    second = read(line, sample, VALUE, about="ST06", keep_unknown=True)
    assert (second.problems, second.values(Answer)["text"]) == ((), line)
    said = read(f"v: {line}", sample, VALUE, about="ST06").problems[0]  # whoever types v: means an answer
    assert said.startswith("«!Rowan» means nothing in a new answer: take it out")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Call by Mon 4 Dec 2026", "«Mon 4 Dec 2026» is not a day in the calendar: 4 Dec 2026 is a Friday: "),
        (
            "Call by 12/13/2026",
            "«12/13/2026» is not a day in the calendar: the day comes first here, as in 13",
        ),
        ("Call by hand", "No date that we know follows «by», such as 2026-12-01, 1 dec"),
    ],
)
def test_a_by_without_a_date_says_what_is_wrong(sample: AccountPlan, line: str, why: str) -> None:
    (wrong,) = (chip for chip in read(line, sample, ACTIONS).chips if chip.why)
    assert wrong.why.startswith(why)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("priya vantongeren", "Priya Vantongeren is there already: say what changes, as in all+2, or"),
        ("Priya", "Priya Vantongeren is there already: type the whole name to change that person, or"),
        ("Priya, CRO", "Priya Vantongeren is there already: type the whole name to change that person, or"),
    ],
)
def test_a_person_of_a_known_name_is_added_by_the_second_enter_alone(
    sample: AccountPlan, line: str, sentence: str
) -> None:
    first = read(line, sample)
    assert first.problems == (f"{sentence} press Enter again to add another.",)
    second = read(line, sample, keep_unknown=True)
    assert (second.problems, second.chips[0].state, second.there) == ((), State.FLAGGED, "")


@pytest.mark.parametrize(
    ("line", "name", "told"),
    [
        (
            "s: Tomasz #economic buyer ps-1 said he doubts the dates",
            "Tomasz buyer said he doubts the dates",
            "Tomasz Lindqvar",
        ),
        ("priya vantongeren has left, CRO", "priya vantongeren has left", "Priya Vantongeren"),
    ],
)
def test_words_behind_the_name_of_somebody_make_another_by_the_second_enter_alone(
    sample: AccountPlan, line: str, name: str, told: str
) -> None:
    (problem,) = read(line, sample).problems
    assert problem == f"{told} is there: say only what changes, or Enter again adds another."
    second = read(line, sample, keep_unknown=True)
    assert (second.problems, second.chips[0].state, second.there) == ((), State.FLAGGED, "")
    assert second.values(Stakeholder)["name"] == name


def test_a_name_that_begins_as_several_do_is_taken_at_once() -> None:
    plan = plan_of(Stakeholder(id="x1", name="Ana Lu"), Stakeholder(id="x2", name="Ana Pires"))
    assert read("Ana Berg, CFO", plan).problems == ()


def test_words_that_several_names_have_change_nobody() -> None:
    plan = plan_of(Stakeholder(id="x1", name="Ana Lu"), Stakeholder(id="x2", name="Ana Pires"))
    captured = read("Ana all+2", plan)
    assert captured.there == ""
    assert captured.problems[0].startswith("«Ana» fits Ana Lu, Ana Pires: type the whole name")


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


# Before the customer


@pytest.mark.parametrize(
    ("line", "block"),
    [
        *((f"Ana {token}", PEOPLE) for token in ("#user", "%a", "ps+1", "all=?", "ps+9", "inf4")),
        *((f"{letter}: Go ~{whom}", ACTIONS) for letter in "avpd" for whom in ("customer", "ps", "x")),
        *(
            (f"{line} {token}", VALUE)
            for line in ("Marit Halvorsen", "v: Less cost", "a: Call", "d: Go", "p: Go")
            for token in ("#champion", "#1", "%driving", "all-2", "alliance-2", "ps=?", "inf4", "int3")
        ),
        *((f"Ana {token}", PEOPLE) for token in ("~ps", "a-1", "int3")),
    ],
)
@pytest.mark.parametrize("keep", [False, True])
def test_tokens_of_internal_fields_are_refused_before_the_customer(
    sample: AccountPlan, line: str, block: BlockKind, keep: bool
) -> None:
    captured = read(line, sample, block, CUSTOMER, keep_unknown=keep, about="ST06")
    token = line.rsplit(maxsplit=1)[-1]
    assert captured.problems == (f"Not here: take «{token}» out, or Enter puts the line aside for later.",)
    assert captured.is_closed
    assert [chip.text for chip in captured.chips if chip.state is State.REFUSED] == [token]


@pytest.mark.parametrize(
    ("line", "block", "problem"),
    [
        ("Less cost @Mirela by fri", VALUE, "can't stand in a new answer: a: in front makes it an action."),
        ("Less cost ^Dev @Mirela", VALUE, "can't stand in a new answer: a: in front makes it an action."),
        ("v: Less cost @Mirela", VALUE, "can't stand in a new answer: take it out."),
        ("Ana @Mirela", PEOPLE, "can't stand in a new person: a: in front makes it an action."),
        ("s: Ana @Mirela", PEOPLE, "can't stand in a new person: take it out."),
    ],
)
@pytest.mark.parametrize("keep", [False, True])
def test_a_sign_that_another_line_may_have_before_the_customer_is_to_be_put_right(
    sample: AccountPlan, line: str, block: BlockKind, problem: str, keep: bool
) -> None:
    captured = read(line, sample, block, CUSTOMER, keep_unknown=keep, about="ST06")
    assert captured.problems == (f"«@Mirela» {problem}",)
    assert not captured.is_closed


def test_what_a_refusal_before_the_customer_says_would_do_does(sample: AccountPlan) -> None:
    assert not read("a: Less cost @Mirela by fri", sample, VALUE, CUSTOMER, about="ST06").problems


@pytest.mark.parametrize(
    ("line", "block"),
    [
        (f"{letter}: Go ^Dev" if letter in "va" else f"{letter}: Go", ACTIONS)
        for letter in PREFIXES
        if letter not in "mr"
    ],
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


@pytest.mark.parametrize("line", ["r: Colm will leave", "r:", "m: ^Dev @Rowan", "r: It slips lik3 ^Dev"])
@pytest.mark.parametrize("keep", [False, True])
def test_what_is_ours_by_nature_is_closed_before_the_customer(
    sample: AccountPlan, line: str, keep: bool
) -> None:
    captured = read(line, sample, ACTIONS, CUSTOMER, keep_unknown=keep)
    assert captured.problems == ("Not here: Enter puts the line aside for later.",)
    assert not captured.given


def test_who_is_there_and_a_name_that_nobody_has_are_told_together(sample: AccountPlan) -> None:
    (problem,) = read("s: Colm Addington tech0", sample, ACTIONS, CUSTOMER).problems
    assert problem == "Not here: take «tech0» out, or Enter puts the line aside for later."
    there, unknown = read("s: Colm Addington @Zzyzx", sample, ACTIONS).problems
    assert there.startswith("Colm Addington is there already")
    assert unknown.startswith("No team member «Zzyzx»")


def test_no_sentence_before_the_customer_has_a_token_that_is_not_theirs(sample: AccountPlan) -> None:
    (problem,) = read("s: Nadia Okonjo-Wells", sample, VALUE, CUSTOMER).problems
    assert problem == (
        "Nadia Okonjo-Wells is there already: say what changes, or press Enter again to add another."
    )


def test_before_the_customer_nobody_is_called_by_our_name_for_a_seat(sample: AccountPlan) -> None:
    assert (
        read("a: Call @na", sample, ACTIONS)
        .problems[0]
        .startswith("«na» fits Nadia Okonjo-Wells, To be named")
    )
    captured = read("a: Call @na", sample, ACTIONS, CUSTOMER)
    assert (captured.problems, captured.values(Action)["owner"]) == ((), "ST13")
    assert "To be named" not in read("a: Call @zz", sample, ACTIONS, CUSTOMER).problems[0]


def test_names_that_the_audience_does_not_see_are_unknown() -> None:
    secret = Stakeholder(id="x1", name="Zed Hidden", visibility="ps")
    plan = plan_of(secret)
    assert read("Ana >Zed", plan, audience="ps").problems == ()
    for audience in (ALLIANCE, "tech", CUSTOMER):
        captured = read("Zed Hidden >Zed", plan, audience=audience)
        states = [chip.state for chip in captured.chips]
        assert states == [State.OK, State.OK, State.REFUSED]
        assert captured.problems[0].startswith("No stakeholder «Zed»")
