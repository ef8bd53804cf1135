from __future__ import annotations

import pytest
from msgspec.structs import replace

from workshop_tui.domain.model.value import Answer, Contribution, Proposition, PropositionAnswer
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan, audiences
from workshop_tui.domain.plan.step import Step, apply, set_field
from workshop_tui.domain.rules.proposition import answers_behind, is_unproven, one_sentence, unwritten

SENTENCE = (
    "Quillhaven brings: Reading of the rule, the 22-service assessment, drill design and attestation "
    "support; Stratalume brings: A second run-time for the services, automatic evidence from each test, "
    "engineers on site; together: Continuity Ready - every important service tested against the loss of a "
    "supplier, with evidence drawn from the test itself; and so Norvane gains: From 8 to 22 tested services "
    "by December 2026 and one cold data centre closed in 2027."
)


def said(sample: AccountPlan, *rows: Proposition | Contribution) -> str:
    plan = AccountPlan.of([*sample, *rows])
    return one_sentence(plan, plan.all(Proposition)[0])


def test_the_sample_in_one_sentence_is_the_same_for_everybody(sample: AccountPlan) -> None:
    assert said(sample) == SENTENCE
    assert {said(project(sample, audience)) for audience in audiences(sample)} == {SENTENCE}


def test_a_draft_says_what_there_is(sample: AccountPlan) -> None:
    ps, tech = (Contribution(proposition="PR1", party=party) for party in ("ps", "tech"))
    begun = Proposition(id="PR1", together="  One plan;\nevidence first. ")
    assert said(sample, begun, ps, tech) == "together: One plan; evidence first."
    assert said(sample, begun, ps, replace(tech, brings="Tests")) == (
        "Stratalume brings: Tests; together: One plan; evidence first."
    )


@pytest.mark.parametrize("text", ["", "...", "\n"])
def test_nothing_written_is_no_sentence(sample: AccountPlan, text: str) -> None:
    ps, tech = (Contribution(proposition="PR1", party=party, brings=text) for party in ("ps", "tech"))
    assert said(sample, Proposition(id="PR1", together=text, customer_gains=text), ps, tech) == ""


def test_what_nobody_has_written_is_named(sample: AccountPlan) -> None:
    (whole,) = sample.all(Proposition)
    assert unwritten(sample, whole) == ()
    bare = AccountPlan.of(row for row in sample if not isinstance(row, Contribution | Proposition))
    assert unwritten(bare, Proposition(id="new", together=" . ")) == (
        "Quillhaven brings",
        "Stratalume brings",
        "together",
        "Norvane gains",
    )


def test_a_proposition_is_unproven_until_one_of_its_answers_is_validated(sample: AccountPlan) -> None:
    (whole,) = sample.all(Proposition)
    assert [answer.id for answer in answers_behind(sample, whole)] == ["V01", "V03", "V04", "V05", "V08"]
    assert not is_unproven(sample, whole)
    plan = AccountPlan.of(row for row in sample if not isinstance(row, PropositionAnswer))
    assert is_unproven(plan, whole)
    for answer, proven in (("V08", False), ("V01", True)):
        plan = AccountPlan.of((*plan, PropositionAnswer(proposition=whole.id, answer=answer)))
        assert is_unproven(plan, whole) is not proven
    (v01,) = plan.where(Answer, id="V01")
    assert is_unproven(apply(plan, Step(set_field(v01, "status", "withdrawn"))), whole)
