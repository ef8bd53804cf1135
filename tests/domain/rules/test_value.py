"""What follows from what the customer values."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.plans import ON, plan_of, rows_of
from workshop_tui.domain.base.validation import validated
from workshop_tui.domain.base.vocabulary import AnswerStatus, Horizon, Purpose
from workshop_tui.domain.lifecycle.closing import set_words
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.value import Answer, Proof, Question, Target, TargetAnswer
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Refused, Step, apply, invert
from workshop_tui.domain.rules.value import (
    Balance,
    Side,
    acknowledged_worth,
    amount,
    balance,
    behind,
    by_recognition,
    by_theme,
    common_horizon,
    estimated,
    figures_read_back,
    is_unproven,
    move_question,
    rank_within,
    read_back,
    realised,
    set_answer_status,
    surest,
    theme_called,
    written,
)

ASSUMED, HEARD, VALIDATED, WITHDRAWN = AnswerStatus
LATER = ON + dt.timedelta(days=7)


def said(name: str = "a", status: AnswerStatus = HEARD, **more: object) -> Answer:
    given_on = ON if status is VALIDATED else None
    return validated(
        Answer,
        {"id": name, "stakeholder": "ana", "text": "Less cost", "status": status, "validated_on": given_on}
        | more,
    )


def after(answer: Answer, *changes: object) -> Answer:
    (now,) = apply(plan_of(ANA, answer), Step(changes)).all(Answer)  # type: ignore[arg-type]
    return now


ANA = Stakeholder(id="ana", name="Ana")


@pytest.mark.parametrize(
    ("before", "status", "kept_on"),
    [
        (HEARD, VALIDATED, LATER),
        (ASSUMED, VALIDATED, LATER),
        (VALIDATED, VALIDATED, ON),  # the day of the first time stays
        (VALIDATED, HEARD, None),
        (VALIDATED, WITHDRAWN, None),
    ],
)
def test_validated_keeps_the_day_and_any_other_status_has_none(
    before: AnswerStatus, status: AnswerStatus, kept_on: dt.date | None
) -> None:
    now = after(said(status=before), *set_answer_status(said(status=before), status, LATER))
    assert (now.status, now.validated_on) == (status, kept_on)


@pytest.mark.parametrize(
    ("before", "text", "status"),
    [
        (VALIDATED, "Less cost and less noise", HEARD),
        (VALIDATED, "Less cost", VALIDATED),
        (VALIDATED, "  Less cost ", VALIDATED),  # the same words
        (HEARD, "Less noise", HEARD),
        (ASSUMED, "Less noise", ASSUMED),
        (WITHDRAWN, "Less noise", WITHDRAWN),
    ],
)
def test_words_that_nobody_confirmed_are_only_heard(
    before: AnswerStatus, text: str, status: AnswerStatus
) -> None:
    now = after(said(status=before), *set_words(said(status=before), "text", text))
    assert (now.text, now.status) == (text.strip(), status)
    assert (now.validated_on is not None) is (status is VALIDATED)


@given(rows_of(Answer), st.text("ab ", min_size=1).filter(str.strip))
@settings(max_examples=40)
def test_no_changed_text_is_validated_and_undo_brings_back_what_was(row: Answer, text: str) -> None:
    plan = AccountPlan({Answer: {row.key: row}})
    step = Step(set_words(row, "text", text))
    now = apply(plan, step).all(Answer)[0]
    assert now.text == row.text or now.status is not VALIDATED
    assert apply(apply(plan, step), invert(step)) == plan


def test_the_surest_answer_counts() -> None:
    each = [said("w", WITHDRAWN), said("g", ASSUMED), said("h"), said("h2"), said("v", VALIDATED)]
    assert [surest(each[:n]) for n in range(6)] == [None, each[0], each[1], each[2], each[2], each[4]]


def test_what_waits_is_read_back_and_what_is_confirmed_today_stays_in_sight(sample: AccountPlan) -> None:
    waiting, done = read_back(sample.all(Answer), ON)
    assert [answer.id for answer in waiting] == ["V02", "V06", "V07", "V08", "V09", "V10"]
    assert [answer.id for answer in done] == ["V01", "V03", "V04", "V05"]
    assert read_back(sample.all(Answer), LATER)[1] == ()
    assert read_back([said(status=WITHDRAWN)], ON) == ((), ())


def bank(*purposes: Purpose) -> list[Question]:
    return [
        Question(id=f"q{n}", rank=float(n), purpose=purpose, text=f"Why {n}?")
        for n, purpose in enumerate(purposes, 1)
    ]


PRIORITY, PERSONAL, SUCCESS, *_, VALIDATE = Purpose


@pytest.mark.parametrize(
    ("purpose", "rank"), [(PRIORITY, 2.5), (PERSONAL, 3.5), (SUCCESS, 3.5), (VALIDATE, 5.0)]
)
def test_a_new_question_stands_behind_those_of_its_purpose(purpose: Purpose, rank: float) -> None:
    assert rank_within(bank(PRIORITY, PRIORITY, PERSONAL, VALIDATE), purpose) == rank


def test_a_question_of_the_first_purpose_stands_before_all_others() -> None:
    assert rank_within(bank(PERSONAL), PRIORITY) == 0.0
    assert rank_within([], PRIORITY) == 1.0


@given(st.lists(st.sampled_from(Purpose), max_size=12), st.sampled_from(Purpose))
@settings(max_examples=50)
def test_questions_that_come_in_keep_the_bank_in_the_order_of_the_purposes(
    purposes: list[Purpose], new: Purpose
) -> None:
    questions: list[Question] = []
    for n, purpose in enumerate([*purposes, new]):
        row = Question(id=f"n{n}", rank=rank_within(questions, purpose), purpose=purpose, text="Why?")
        questions = sorted([*questions, row], key=lambda question: question.rank)
    places = [list(Purpose).index(question.purpose) for question in questions]
    assert places == sorted(places)
    assert questions[places.index(places[-1]) :][-1].purpose is questions[-1].purpose
    assert len({question.rank for question in questions}) == len(questions)


@pytest.mark.parametrize(
    ("moved", "by", "order"),
    [
        ("q1", 1, "q2 q1 q3 q4"),
        ("q2", 1, "q1 q2 q3 q4"),  # the last of its purpose stays with its own
        ("q1", 9, "q2 q1 q3 q4"),
        ("q2", -1, "q2 q1 q3 q4"),
        ("q3", -1, "q1 q2 q3 q4"),
    ],
)
def test_a_question_moves_among_those_of_its_purpose(moved: str, by: int, order: str) -> None:
    questions = bank(PRIORITY, PRIORITY, PERSONAL, VALIDATE)
    question = next(row for row in questions if row.id == moved)
    plan = plan_of(*questions)
    now = apply(plan, Step(move_question(questions, question, by)))
    assert " ".join(row.id for row in now.all(Question)) == order


def test_a_theme_is_spelt_as_it_was_the_first_time() -> None:
    answers = [said("a", theme="Preuve testée"), said("b", theme="cost")]
    assert theme_called(answers, " preuve TESTEE ") == "Preuve testée"
    assert theme_called(answers, "one plan ") == "one plan"
    assert theme_called(answers, "") == ""


def test_themes_gather_answers_the_largest_first(sample: AccountPlan) -> None:
    themes = by_theme((*sample.all(Answer), said("x")))
    assert list(themes)[:2] == ["evidence", "cost"]
    assert [answer.id for answer in themes["evidence"]] == ["V01", "V04", "V05"]
    assert [answer.id for answer in themes[""]] == ["x"]
    assert list(themes)[-1] == ""


A, B, C = said("a", VALIDATED, horizon="short"), said("b", horizon="short"), said("c", horizon="long")
D = said("d", WITHDRAWN, horizon="long")
SOON = Target(id="s", title="Fewer drills", horizon=Horizon.SHORT, estimate=250_000.0)
FAR = Target(id="f", title="One data centre", horizon=Horizon.LONG, estimate=1_200_000.5)
FAR_TOO = Target(id="g", title="One plan", horizon=Horizon.LONG)
WHENEVER = Target(id="w", title="Peace of mind")


def gathered(*pairs: str) -> AccountPlan:
    links = (TargetAnswer(target=pair[0], answer=pair[1]) for pair in pairs)
    return plan_of(ANA, A, B, C, D, SOON, FAR, FAR_TOO, WHENEVER, *links)


def test_short_stands_against_long_and_what_is_unproven_is_named() -> None:
    plan = gathered("sa", "sb", "fb", "fc")
    assert [row.id for row in behind(plan, "s")] == ["a", "b"]
    assert balance(plan, plan.all(Target), plan.all(Answer)) == Balance(
        Side(1, 250_000, 0, 2), Side(2, 1_200_000.5, 1, 1), Side(1, 0, 1, 0), (FAR, FAR_TOO, WHENEVER)
    )
    assert balance(plan, (), ()) == Balance()


@given(st.lists(rows_of(Target), max_size=6), st.lists(rows_of(Answer), max_size=6))
@settings(max_examples=40)
def test_the_sides_of_the_balance_are_all_there_is(targets: list[Target], answers: list[Answer]) -> None:
    found = balance(plan_of(), targets, answers)
    sides = (found.short, found.long, found.unsaid)
    assert sum(side.targets for side in sides) == len(targets) == len(found.unproven)
    assert sum(side.estimate for side in sides) == sum(target.estimate or 0 for target in targets)
    assert sum(side.unestimated for side in sides) == sum(target.estimate is None for target in targets)
    assert sum(side.answers for side in sides) == sum(answer.status is not WITHDRAWN for answer in answers)


@given(st.sampled_from("sfgw"), st.sampled_from("abcd"))
def test_an_answer_more_never_makes_a_target_unproven(target: str, answer: str) -> None:
    plan = gathered("sa", "fb")
    more = (
        apply(plan, Step((Add(TargetAnswer(target=target, answer=answer)),)))
        if not plan.get(TargetAnswer, target, answer)
        else plan
    )
    assert {n for n in "sfgw" if is_unproven(more, n)} <= {n for n in "sfgw" if is_unproven(plan, n)}
    assert is_unproven(more, target) is (answer != "a" and is_unproven(plan, target))


def test_a_target_takes_the_horizon_its_answers_have_in_common() -> None:
    assert common_horizon([A, B]) is Horizon.SHORT
    assert common_horizon([A, C]) is None
    assert common_horizon([]) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("250000", 250_000),
        ("250,000", 250_000),
        ("1 250 000", 1_250_000),
        ("1'250'000.50", 1_250_000.5),
        ("250k", 250_000),
        ("1.2m", 1_200_000),
        ("1.15m", 1_150_000),
        (" 1.2 M ", 1_200_000),
        ("2bn", 2_000_000_000),
        ("0", 0),
        ("", None),
    ],
)
def test_money_is_typed_as_people_write_it(typed: str, meant: float | None) -> None:
    assert amount(typed) == meant


@pytest.mark.parametrize(
    "typed", ["1,2m", "1,25", "0,125", "12,50,000", "a lot", "-5", "1e6", "1 250,000", "nan", "k", "9" * 400]
)
def test_what_could_mean_two_sums_is_refused_with_the_ways_to_write_it(typed: str) -> None:
    with pytest.raises(Refused, match=r"type it as 250000, 250,000, 250k or 1\.2m\."):
        amount(typed)


@given(st.integers(0, 10**13))
def test_what_is_written_is_read_as_the_same_sum(cents: int) -> None:
    assert amount(written(cents / 100)) == cents / 100


# Value realised, and proofs

_FIGURES = st.none() | st.integers(0, 999).map(float)
_TARGETS = st.lists(
    st.builds(
        lambda value, day: Target(id="t", title="Faster", realised=value, confirmed_on=day),
        _FIGURES,
        st.none() | st.just(dt.date(2026, 6, 1)),
    )
)


@given(_TARGETS)
def test_confirmed_and_unconfirmed_never_mix(targets: list[Target]) -> None:
    found = realised(targets)
    assert found.confirmed == sum(t.realised or 0 for t in targets if t.confirmed_on)
    assert found.unconfirmed == sum(t.realised or 0 for t in targets if not t.confirmed_on)
    assert found.confirmed_targets + found.unconfirmed_targets + found.unsaid == len(targets)


@given(_TARGETS, st.integers(0, 999).map(float))
def test_what_nobody_confirmed_never_raises_what_is_confirmed(targets: list[Target], more: float) -> None:
    unsure = Target(id="u", title="More", realised=more)
    assert realised([*targets, unsure]).confirmed == realised(targets).confirmed


@given(_TARGETS, st.sampled_from([dt.date(2026, 6, 1), dt.date(2026, 6, 2)]))
def test_what_is_read_back_is_unconfirmed_or_of_today_and_confirming_moves_it(
    targets: list[Target], on: dt.date
) -> None:
    waiting, done = figures_read_back(targets, on)
    assert all(target.realised is not None and not target.is_confirmed for target in waiting)
    assert all(target.confirmed_on == on for target in done)
    assert not {id(target) for target in waiting} & {id(target) for target in done}
    assert sum(target.realised or 0 for target in waiting) == realised(targets).unconfirmed


@given(_TARGETS, st.lists(_FIGURES, max_size=5))
def test_what_is_hoped_for_is_no_part_of_what_was_reached(
    targets: list[Target], hopes: list[float | None]
) -> None:
    hoped = [Target(id="h", title="Hope", estimate=hope) for hope in hopes]
    assert estimated([*targets, *hoped]) == sum(hope or 0 for hope in hopes)
    reached = realised([*targets, *hoped])
    assert (reached.confirmed, reached.unconfirmed) == (
        realised(targets).confirmed,
        realised(targets).unconfirmed,
    )


def test_proofs_are_parted_by_whether_the_customer_acknowledges_them() -> None:
    seen = Proof(id="a", text="Fourteen services tested", worth=10, recognised_on=dt.date(2026, 6, 1))
    unseen, unsaid = Proof(id="b", text="One plan", worth=5), Proof(id="c", text="A list")
    assert by_recognition([seen, unseen, unsaid]) == ((seen,), (unseen, unsaid))
    assert acknowledged_worth([seen, unseen, unsaid]) == (10, 5)
