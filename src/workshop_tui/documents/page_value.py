"""The joint action plan's part about value: what the customer says, and what is proposed for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workshop_tui.documents.page import Line, Part, grouped, labelled
from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import title_of
from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.base.vocabulary import CUSTOMER, AnswerStatus, GrowthStatus
from workshop_tui.domain.model.value import (
    Answer,
    Contribution,
    Difference,
    GrowthStep,
    Option,
    Proof,
    Proposition,
    Target,
    TargetAnswer,
)
from workshop_tui.domain.rules.difference import by_dimension
from workshop_tui.domain.rules.growth import in_time, period_name
from workshop_tui.domain.rules.proposition import answers_behind, one_sentence
from workshop_tui.domain.rules.value import behind, by_recognition, holds, surest_first, written
from workshop_tui.domain.rules.votes import places


@dataclass(frozen=True)
class Proposed:
    """A proposition as it is told."""

    status: str
    sentence: str
    lines: tuple[str, ...]
    """What each partner brings, what they do together, what the customer and each partner gain."""
    stands_on: tuple[str, ...]


class ValuePart(Part):
    """Targets, answers, proofs, propositions, options and the growth path.

    Answers that were withdrawn are told nowhere.
    """

    def targets(self) -> list[tuple[str, str, list[Line]]]:
        """Return each value target with what is known of it and the answers behind it."""
        found = ((target, _holding(behind(self.view, target.id))) for target in self.view.all(Target))
        return [
            (target.title, self._worth(target), [self._said(answer, by=True) for answer in answers])
            for target, answers in found
        ]

    def _worth(self, target: Target) -> str:
        objective, estimate, horizon = target.objective, target.estimate, target.horizon
        facts = (
            f"serves “{self.name('Objective', objective)}”" if objective else "",
            "" if estimate is None else f"worth {self.view.account.currency} {written(estimate)}",
            f"{horizon.label} horizon ({horizon.meaning})" if horizon else "",
            *self._reached(target),
            "no validated answer behind it yet" if target.id in self._unproven else "",
        )
        line = "; ".join(filter(None, facts))
        return f"{line[0].upper()}{line[1:]}." if line else ""

    def _reached(self, target: Target) -> Iterator[str]:
        """Yield what was realised of a target, and whether and by whom it is confirmed."""
        if target.realised is None:
            return
        if target.baseline is not None:
            yield f"{self._money(target.baseline)} before"
        yield f"{self._money(target.realised)} realised, {self._sure(target)}"

    def _sure(self, target: Target) -> str:
        """Return who confirmed a realised value and when, or that nobody has."""
        if target.confirmed_on is None:
            return "not confirmed"
        by = self.person(target.confirmed_by)
        return f"confirmed {format_date(target.confirmed_on)}{f' by {by}' if by else ''}"

    def _money(self, sum_of: float) -> str:
        return f"{self.view.account.currency} {written(sum_of)}"

    def proofs(self) -> list[str]:
        """Return what we have done that the customer acknowledges, each in a line."""
        acknowledged, _ = by_recognition(self.view.all(Proof))
        return [self._proof(proof) for proof in acknowledged]

    def unacknowledged(self) -> list[str]:
        """Return what we have done that nobody acknowledges yet; nothing for the customer."""
        _, waiting = by_recognition(self.view.all(Proof))
        return [self._proof(proof) for proof in waiting] if self.view.audience != CUSTOMER else []

    def _proof(self, proof: Proof) -> str:
        by, on = self.person(proof.recognised_by), proof.recognised_on
        facts = (
            self.name("Party", proof.party),
            "" if proof.worth is None else f"worth {self._money(proof.worth)}",
            f"acknowledged{f' by {by}' if by else ''}{f' {format_date(on)}' if on else ''}"
            if proof.is_recognised
            else "not acknowledged yet",
        )
        return f"{one_line(proof.text)} — {', '.join(filter(None, facts))}"

    def differences(self) -> list[str]:
        """Return in what we are unlike others, each with the proof it stands on; nothing for the customer."""
        if self.view.audience == CUSTOMER:
            return []
        found = by_dimension(self.view.all(Difference)).values()
        return [self._difference(row) for rows in found for row in rows]

    def _difference(self, row: Difference) -> str:
        proof, firm = self.name("Proof", row.proof), self.name("Party", row.party)
        shown = f"shown by “{one_line(proof)}”" if proof else "no proof yet"
        return f"{row.dimension.label.capitalize()}: {row.text} — {', '.join(filter(None, (firm, shown)))}"

    def growth(self) -> list[str]:
        """Return the growth path as it runs, each step in a line; those that were dropped are left out."""
        steps = in_time(self.view.all(GrowthStep))
        return [self._growth_step(step) for step in steps if step.status is not GrowthStatus.DROPPED]

    def _growth_step(self, step: GrowthStep) -> str:
        objective, proof = self.name("Objective", step.objective), self.name("Proof", step.proof)
        facts = (
            step.unit,
            "" if step.worth is None else self._money(step.worth),
            self.whoever(step.owner),
            step.status.label,
            f"serves “{objective}”" if objective else "",
            f"builds on “{proof}”" if proof else "",
        )
        return f"{period_name(step.period)}: {step.what} — {', '.join(filter(None, facts))}"

    @property
    def _unproven(self) -> set[str]:
        return {target.id for target in self.figures.balance.unproven}

    def answers(self) -> dict[str, list[Line]]:
        """Return the answers that no target is gathered from, by person."""
        told = {row.answer for row in self.view.all(TargetAnswer)}
        others = _holding(answer for answer in self.view.all(Answer) if answer.id not in told)
        people = grouped(others, lambda answer: self.titled(answer.stakeholder))
        return {person: [self._said(answer) for answer in said] for person, said in people.items()}

    def _said(self, answer: Answer, *, by: bool = False) -> Line:
        """Return an answer in their words, what was asked and what else is known of it beneath."""
        who = f" — {self.titled(answer.stakeholder)}" if by else ""
        more = ((name, getattr(answer, name)) for name in ("success", "measure", "horizon", "personal"))
        return Line(
            f"“{answer.text}”{who} ({self._standing(answer)})",
            labelled(
                ("Asked", self.name("Question", answer.question)),
                *((title_of(Answer, name), value) for name, value in more),
            ),
        )

    def _standing(self, answer: Answer) -> str:
        """Return how sure an answer is, as in «heard 28 May 2026 by Rowan Achterberg»."""
        validated = answer.status == AnswerStatus.VALIDATED
        day = answer.validated_on if validated else answer.heard_on
        said = f"{answer.status.label} {format_date(day)}" if day else answer.status.label
        hearer = self.name("Member", answer.heard_by)
        by = f"{', heard by' if validated else ' by'} {hearer}" if hearer else ""
        return f"{said}{by}{f'; theme: {answer.theme}' if answer.theme else ''}"

    def propositions(self) -> list[Proposed]:
        """Return the propositions in which anything is written."""
        told = [
            Proposed(
                row.status.label, one_sentence(self.view, row), self._proposed(row), self._stands_on(row)
            )
            for row in self.view.all(Proposition)
        ]
        return [each for each in told if each.lines]

    def _proposed(self, proposition: Proposition) -> tuple[str, ...]:
        shares = self.view.where(Contribution, proposition=proposition.id)
        return labelled(
            *((f"{self.name('Party', share.party)} brings", share.brings) for share in shares),
            ("Together", proposition.together),
            (f"{self.customer} gains", proposition.customer_gains),
            *((f"{self.name('Party', share.party)} gains", share.gains) for share in shares),
        )

    def _stands_on(self, proposition: Proposition) -> tuple[str, ...]:
        answers = _holding(answers_behind(self.view, proposition))
        return tuple(f"“{a.text}” — {self.titled(a.stakeholder)} ({a.status.label})" for a in answers)

    def options(self) -> list[tuple[str, Option]]:
        """Return the options with their places, most dots first; ties share a place."""
        options = sorted(self.view.all(Option), key=lambda option: -option.votes)
        return list(zip(places([option.votes for option in options]), options, strict=True))


def _holding(answers: Iterable[Answer]) -> list[Answer]:
    """Return the answers that still hold, the surest first."""
    return surest_first(filter(holds, answers))
