"""What follows from what the customer values: what is confirmed, what gathers, what is in balance."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.text import fold
from workshop_tui.domain.base.vocabulary import AnswerStatus, Horizon, Purpose
from workshop_tui.domain.model.value import Answer, Proof, PropositionAnswer, Question, Target, TargetAnswer
from workshop_tui.domain.plan.order import move_row
from workshop_tui.domain.plan.plan import AccountPlan, rank_after
from workshop_tui.domain.plan.step import Change, Refused, set_field

_SUREST_FIRST = (AnswerStatus.VALIDATED, AnswerStatus.HEARD, AnswerStatus.ASSUMED, AnswerStatus.WITHDRAWN)

# Answers


def set_answer_status(answer: Answer, status: AnswerStatus, on: dt.date | None) -> tuple[Change, ...]:
    """Return the changes that give an answer a status; validated and withdrawn keep the day of it."""
    if status is answer.status:
        return ()

    def day(of: AnswerStatus) -> str | None:
        return on.isoformat() if on and status is of else None

    return (
        *set_field(answer, "status", status.value),
        *set_field(answer, "validated_on", day(AnswerStatus.VALIDATED)),
        *set_field(answer, "withdrawn_on", day(AnswerStatus.WITHDRAWN)),
    )


def holds(answer: Answer) -> bool:
    """Whether an answer has not been withdrawn."""
    return answer.status is not AnswerStatus.WITHDRAWN


def surest_first(answers: Iterable[Answer]) -> list[Answer]:
    """Return answers by how sure they are, those alike in their order."""
    return sorted(answers, key=lambda answer: _SUREST_FIRST.index(answer.status))


def surest(answers: Iterable[Answer]) -> Answer | None:
    """Return the answer that counts among several of one person to one question; None for none."""
    return min(answers, key=lambda answer: _SUREST_FIRST.index(answer.status), default=None)


def read_back(answers: Iterable[Answer], on: dt.date) -> tuple[tuple[Answer, ...], tuple[Answer, ...]]:
    """Return (answers that the customer has still to confirm, those confirmed today), each in their order."""
    each = tuple(answers)
    waiting = {AnswerStatus.HEARD, AnswerStatus.ASSUMED}
    return (
        tuple(answer for answer in each if answer.status in waiting),
        tuple(a for a in each if a.status is AnswerStatus.VALIDATED and a.validated_on == on),
    )


# Questions: their order is that of the bank, purpose by purpose


def rank_within(questions: Sequence[Question], purpose: Purpose) -> float:
    """Return the rank of a question put behind all others of its purpose, before those of the next one."""
    order = list(Purpose)
    before = [question for question in questions if order.index(question.purpose) <= order.index(purpose)]
    if not before:
        return questions[0].rank - 1 if questions else 1.0
    last = max(before, key=lambda question: question.rank).rank
    above = [question.rank for question in questions if question.rank > last]
    return (last + min(above)) / 2 if above else rank_after(before)


def move_question(questions: Sequence[Question], question: Question, by: int) -> tuple[Change, ...]:
    """Return the changes that put a question so many places further down among those of its purpose."""
    kin = [other for other in questions if other.purpose is question.purpose]
    to = kin[max(0, min(len(kin) - 1, kin.index(question) + by))]
    return move_row(questions, question, questions.index(to) - questions.index(question))


# Themes


def theme_called(answers: Iterable[Answer], typed: str) -> str:
    """Return a theme as it is spelt already, whatever the case and accents it is typed with this time."""
    wanted = fold(typed.strip())
    return next((a.theme for a in answers if a.theme and fold(a.theme) == wanted), typed.strip())


def by_theme(answers: Iterable[Answer]) -> Mapping[str, tuple[Answer, ...]]:
    """Return theme → its answers: the theme with the most first, those without a theme last under ""."""
    found: dict[str, list[Answer]] = {}
    for answer in answers:
        found.setdefault(answer.theme, []).append(answer)
    themes = sorted(found, key=lambda theme: (not theme, -len(found[theme]), fold(theme)))
    return {theme: tuple(found[theme]) for theme in themes}


def answers_linked(
    plan: AccountPlan, links: Iterable[TargetAnswer | PropositionAnswer]
) -> tuple[Answer, ...]:
    """Return the answers that these links name, in the order of the answers."""
    ids = {link.answer for link in links}
    return tuple(answer for answer in plan.all(Answer) if answer.id in ids)


def none_validated(answers: Iterable[Answer]) -> bool:
    """Whether the customer has confirmed none of these answers; there may be none at all."""
    return all(answer.status is not AnswerStatus.VALIDATED for answer in answers)


# Targets


def behind(plan: AccountPlan, target: str) -> tuple[Answer, ...]:
    """Return the answers behind a target, in the order of the answers."""
    return answers_linked(plan, plan.where(TargetAnswer, target=target))


def is_unproven(plan: AccountPlan, target: str) -> bool:
    """Whether no answer behind a target is validated: then it is still our idea, not the customer's value."""
    return none_validated(behind(plan, target))


def common_horizon(answers: Iterable[Answer]) -> Horizon | None:
    """Return the horizon that all answers have, None when they differ or have none."""
    horizons = {answer.horizon for answer in answers}
    return horizons.pop() if len(horizons) == 1 else None


class Side(Struct, frozen=True):
    """One side of the balance: what pays off within a year, later, or at a time not said."""

    targets: int = 0
    estimate: float = 0.0
    """Sum of the estimates there are, in the account's currency."""
    unestimated: int = 0
    """Targets without an estimate."""
    answers: int = 0


class Balance(Struct, frozen=True):
    """Short against long, and the targets that no validated answer stands behind."""

    short: Side = Side()
    long: Side = Side()
    unsaid: Side = Side()
    unproven: tuple[Target, ...] = ()


def balance(plan: AccountPlan, targets: Sequence[Target], answers: Iterable[Answer]) -> Balance:
    """Return the balance of these targets and answers; what proves a target may be any answer of the plan.

    Answers that were withdrawn count nowhere.
    """
    said = Counter(answer.horizon for answer in answers if holds(answer))

    def side(horizon: Horizon | None) -> Side:
        here = [target for target in targets if target.horizon is horizon]
        known = [target.estimate for target in here if target.estimate is not None]
        return Side(len(here), sum(known), len(here) - len(known), said[horizon])

    unproven = tuple(target for target in targets if is_unproven(plan, target.id))
    return Balance(side(Horizon.SHORT), side(Horizon.LONG), side(None), unproven)


# Value realised: it counts only when the customer has confirmed it


class Realised(Struct, frozen=True):
    """What was reached of some targets; what is confirmed and what isn't are never added."""

    confirmed: float = 0.0
    """Sum of what the customer has confirmed, in the account's currency."""
    unconfirmed: float = 0.0
    """Sum of what we say and the customer has not confirmed."""
    confirmed_targets: int = 0
    unconfirmed_targets: int = 0
    unsaid: int = 0
    """Targets of which nobody has said what was reached."""


def realised(targets: Iterable[Target]) -> Realised:
    """Return what was reached of these targets, confirmed apart from unconfirmed."""
    each = tuple(targets)
    sure = [target.realised for target in each if target.is_confirmed and target.realised is not None]
    said = [t.realised for t in each if not t.is_confirmed and t.realised is not None]
    return Realised(sum(sure), sum(said), len(sure), len(said), len(each) - len(sure) - len(said))


def figures_read_back(
    targets: Iterable[Target], on: dt.date
) -> tuple[tuple[Target, ...], tuple[Target, ...]]:
    """Return (targets whose realised value the customer has still to confirm, those confirmed today)."""
    each = tuple(target for target in targets if target.realised is not None)
    return (
        tuple(target for target in each if not target.is_confirmed),
        tuple(target for target in each if target.confirmed_on == on),
    )


def estimated(targets: Iterable[Target]) -> float:
    """Return the sum of the estimates there are: what is hoped for, apart from all that was realised."""
    return sum(target.estimate or 0.0 for target in targets)


def set_realised(target: Target, value: float | None) -> tuple[Change, ...]:
    """Return the changes that give a target another realised value: it has to be confirmed anew."""
    changes = set_field(target, "realised", value)
    return (*_unconfirmed(target), *changes) if changes else ()


def confirm_value(target: Target, by: str | None, on: dt.date, today: dt.date) -> tuple[Change, ...]:
    """Return the changes by which one of the customer's people confirms a target's realised value on a day.

    Raises Refused when there is none, or the day has not come.
    """
    if target.realised is None:
        raise Refused("Nothing to confirm yet: type what was realised first.")
    _refuse_to_come(on, today)
    return (*set_field(target, "confirmed_by", by), *set_field(target, "confirmed_on", on.isoformat()))


def take_back_confirmation(target: Target) -> tuple[Change, ...]:
    """Return the changes after which a target's realised value is not confirmed."""
    return _unconfirmed(target)


def _unconfirmed(target: Target) -> tuple[Change, ...]:
    return (*set_field(target, "confirmed_by", None), *set_field(target, "confirmed_on", None))


def _refuse_to_come(on: dt.date, today: dt.date) -> None:
    if on > today:
        raise Refused(f"{format_date(on)} has not come yet: give the day on which they said so.")


# Proofs: what the customer acknowledges of what we have done


def recognise(proof: Proof, by: str | None, on: dt.date, today: dt.date) -> tuple[Change, ...]:
    """Return the changes by which one of the customer's people acknowledges a proof on a day.

    Raises Refused when the day has not come.
    """
    _refuse_to_come(on, today)
    return (*set_field(proof, "recognised_by", by), *set_field(proof, "recognised_on", on.isoformat()))


def take_back_recognition(proof: Proof) -> tuple[Change, ...]:
    """Return the changes after which nobody acknowledges a proof."""
    return (*set_field(proof, "recognised_by", None), *set_field(proof, "recognised_on", None))


def by_recognition(proofs: Iterable[Proof]) -> tuple[tuple[Proof, ...], tuple[Proof, ...]]:
    """Return (proofs that the customer acknowledges, those that nobody has yet), each in their order."""
    each = tuple(proofs)
    return tuple(p for p in each if p.is_recognised), tuple(p for p in each if not p.is_recognised)


def acknowledged_worth(proofs: Iterable[Proof]) -> tuple[float, float]:
    """Return (worth of the proofs that the customer acknowledges, of the others): never one sum."""
    yes, no = by_recognition(proofs)
    return sum(proof.worth or 0.0 for proof in yes), sum(proof.worth or 0.0 for proof in no)


_WHOLE = r"(?P<whole>[1-9]\d{0,2}(?:([,' ])\d{3})(?:\2\d{3}){0,4}|\d{1,15})"
_AMOUNT = re.compile(rf"{_WHOLE}(?P<part>\.\d{{1,9}})? ?(?P<unit>k|m|bn)?", re.IGNORECASE)
_UNITS = {"": 1, "k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}


def amount(text: str) -> float | None:
    """Return a sum of money as people type it: 250000, 250,000, 250 000, 250k, 1.2m, 2bn; None for nothing.

    A comma parts thousands and never stands for a point. Raises Refused for anything else.
    """
    typed = " ".join(text.split())
    if not typed:
        return None
    found = _AMOUNT.fullmatch(typed)
    if found is None:
        raise Refused(f"A sum can't be «{typed[:20]}»: type it as 250000, 250,000, 250k or 1.2m.")
    whole = re.sub(r"\D", "", found["whole"])
    return round(float(f"{whole}{found['part'] or ''}") * _UNITS[(found["unit"] or "").lower()], 2)


def written(sum_of: float) -> str:
    """Return a sum of money with commas between thousands, cents only where there are any."""
    return f"{sum_of:,.0f}" if sum_of == round(sum_of) else f"{sum_of:,.2f}"
