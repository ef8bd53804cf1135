"""Value targets: what the answers come to, which customer objective it serves, and what it is worth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from msgspec.structs import replace

from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.base.text import counted
from workshop_tui.domain.base.vocabulary import CUSTOMER, AnswerStatus
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.value import Answer, Target, TargetAnswer
from workshop_tui.domain.plan.plan import AccountPlan, draft_place
from workshop_tui.domain.plan.step import Add, Changes, removal
from workshop_tui.domain.rules.value import Side, behind, common_horizon, estimated, written
from workshop_tui.live.live_plan import LivePlan, new_id
from workshop_tui.views.base import View, entity_at, fields_of, new_row_edit
from workshop_tui.views.cell import TICK, Cell, Choice, Col, Edit, RowAction
from workshop_tui.views.choices import adds_of
from workshop_tui.views.fields import new_row
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table
from workshop_tui.views.value.answers import TONES, status_told, told
from workshop_tui.views.value.money import form_with_sums, line_with_sums, money

FIGURES = frozenset({"baseline", "realised", "confirmed_by", "confirmed_on"})
"""What the customer sees of a target only once the realised value is confirmed."""


class Targets(View):
    """The targets, each with the answers behind it; short stands against long in the head."""

    title: str = "Targets"
    kind: ClassVar[type[Entity]] = Target
    empty: str = "No value targets yet."
    invite: str = (
        f"press {key('sheet.add')} and type what will be better, "
        f"or {key('capture')} and «Month end closes in two days is:short»."
    )
    removes: ClassVar[tuple[type[Entity], ...] | None] = (Target, TargetAnswer)
    ordered: ClassVar[bool] = True

    def cols(self, live: LivePlan) -> tuple[Col, ...]:
        """What will be better, for which objective, worth how much, what of it was reached, by when."""
        return (
            Col(Target, "title", 20, grow=3, wrap=True),
            Col(Target, "objective", 13, "Objective", grow=2, wrap=True, drop=2),
            Col(Target, "estimate", 10, f"Worth, {live.view.account.currency}"),
            Col(Target, "baseline", 10, drop=4),
            Col(Target, "realised", 11),
            Col(Target, "confirmed_by", 12, grow=1, wrap=True, drop=3),
            Col(Target, "horizon", 7, drop=1),
            Col(Target, "visibility", 10, drop=5),
        )

    def head(self, live: LivePlan) -> str:
        """Return the totals, the balance, and which targets nothing validated stands behind; for us alone."""
        found = live.figures.balance
        if live.audience == CUSTOMER or not (
            found.short.targets or found.long.targets or found.unsaid.targets
        ):
            return ""
        said = [_totals(live), f"Short: {_side(live, found.short)}", f"Long: {_side(live, found.long)}"]
        if found.unsaid != Side():
            said.append(f"Horizon open: {_side(live, found.unsaid)}")
        if found.unproven:
            said.append(f"No validated answer behind: {', '.join(row.title for row in found.unproven)}")
        return "\n".join(said)

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return each target, and beneath it the answers behind it."""
        for target in live.view.all(Target):
            row = line_with_sums(live, target, cols, FIGURES)
            cells = (
                _marked(target, cell) if col.name == "realised" else cell
                for col, cell in zip(cols, row.cells, strict=True)
            )
            yield replace(row, cells=tuple(cells))
            for answer in told(live, behind(live.view, target.id)):
                yield _behind(live, target, answer, len(cols))

    def placeholder(self, live: LivePlan) -> Edit:
        """A new target comes in by its title."""
        return new_row_edit(live, Target, "title")

    def row_actions(self, live: LivePlan, name: str) -> tuple[RowAction, ...]:
        """Put answers behind a target, and take them out again."""
        row = entity_at(live.view, name)
        if isinstance(row, Target) and _choices(live, row):
            return (RowAction("a", "Put an answer behind it", _adding_to(live, row)),)
        if isinstance(row, TargetAnswer):
            return (RowAction("o", "Take this answer out", _taking_out(row)),)
        return ()

    def card(self, live: LivePlan, name: str) -> Table | None:
        """Return every field of a target."""
        target = entity_at(live.view, name)
        if not isinstance(target, Target):
            return None
        names = ("title", "objective", "horizon", "estimate", "baseline", "realised", "confirmed_by")
        cols = fields_of(Target, *names, "confirmed_on", "competitor", "visibility")
        return form_with_sums(live, target, cols, FIGURES)

    def why_not(self, live: LivePlan, name: str) -> str:
        """Return why a figure can't be changed where it stands."""
        return "This stands as it is." if live.audience == CUSTOMER else super().why_not(live, name)


def _totals(live: LivePlan) -> str:
    """Return what is hoped for, what the customer has confirmed and what it hasn't: three sums, never one."""
    reached, targets = live.figures.realised, live.view.all(Target)
    said = [f"Estimated {money(live, estimated(targets))}"]
    if reached.confirmed_targets:
        said.append(f"Realised, confirmed {money(live, reached.confirmed)}")
    if reached.unconfirmed_targets:
        said.append(f"Realised, not confirmed {money(live, reached.unconfirmed)}")
    return " · ".join(said)


def _marked(target: Target, shown: Cell) -> Cell:
    """Return a realised value with the sign of whether the customer has confirmed it."""
    if target.realised is None:
        return shown
    sign, tone = (TICK, "good") if target.is_confirmed else ("○", "warn")
    return replace(shown, text=f"{sign} {shown.text}", tone=tone)


def _side(live: LivePlan, side: Side) -> str:
    """Return one side of the balance in words."""
    is_known = side.targets > side.unestimated
    worth = f", {live.view.account.currency} {written(side.estimate)}" if is_known else ""
    lacking = f", {side.unestimated} without an estimate" if side.unestimated else ""
    return f"{counted(side.targets, 'target')}{worth}{lacking} · {counted(side.answers, 'answer')}"


def _behind(live: LivePlan, target: Target, answer: Answer, columns: int) -> Row:
    who = live.view.name_of(Stakeholder, answer.stakeholder)
    horizon = f", {answer.horizon.label}" if answer.horizon else ""
    status = " ".join(filter(None, (answer.status.sign, status_told(live, answer))))
    line = f"└ {status}{horizon} · {who}: “{answer.words}”"
    cells = (Cell(line, TONES.get(answer.status, "muted")), *(Cell("") for _ in range(columns - 1)))
    return Row(str(RowId.entity(TargetAnswer, target.id, answer.id)), cells, wide=True)


# Putting answers behind targets


def new_target_edit(live: LivePlan, answers: Iterable[Answer]) -> Edit:
    """Return how a target is made of answers: by its title; it takes the horizon they have in common."""
    target, answers = new_id(), tuple(answers)
    horizon = common_horizon(answers)
    links = tuple(TargetAnswer(target=target, answer=answer.id) for answer in answers)
    given = {"horizon": horizon.value if horizon else None}
    title = f"New value target of {counted(len(answers), 'answer')}"
    return new_row(
        *(Target, "title", target, live.context, given),
        title=title,
        place=draft_place(Target, (), "title"),
        along=links,
    )


def put_under_edit(live: LivePlan, answers: Iterable[Answer]) -> Edit:
    """Return how answers are put under a target that is there."""
    ids = tuple(answer.id for answer in answers)

    def build(plan: AccountPlan, new: Json) -> Changes:
        return _linked(plan, str(new), ids)

    choices = tuple(Choice(target.id, target.words) for target in live.view.all(Target))
    title = f"Put {counted(len(ids), 'answer')} under a target"
    return Edit(
        *(title, draft_place(TargetAnswer, (), "target"), "", build, choices),
        of=Target.VERBOSE_NAME,
        adds=adds_of(live.view, TargetAnswer, "target"),
    )


def _adding_to(live: LivePlan, target: Target) -> Edit:
    def build(plan: AccountPlan, new: Json) -> Changes:
        return _linked(plan, target.id, (str(new),))

    title = f"Put an answer behind · {target.title}"
    return Edit(
        title,
        draft_place(TargetAnswer, (target.id,), "answer"),
        "",
        build,
        choices=_choices(live, target),
        of=Answer.VERBOSE_NAME,
    )


def _choices(live: LivePlan, target: Target) -> tuple[Choice, ...]:
    """Return the answers that could still stand behind a target, those of one person together."""
    there = {answer.id for answer in behind(live.view, target.id)}
    others = (
        a for a in live.view.all(Answer) if a.id not in there and a.status is not AnswerStatus.WITHDRAWN
    )
    return tuple(
        Choice(answer.id, f"{live.view.name_of(Stakeholder, answer.stakeholder)}: {answer.words}")
        for answer in others
    )


def _linked(plan: AccountPlan, target: str, answers: Iterable[str]) -> Iterator[Add]:
    """Yield the links that are not there yet, between what is still there."""
    for answer in answers:
        if (
            plan.get(Target, target)
            and plan.get(Answer, answer)
            and not plan.get(TargetAnswer, target, answer)
        ):
            yield Add(TargetAnswer(target=target, answer=answer))


def _taking_out(link: TargetAnswer) -> Edit:
    def build(plan: AccountPlan, _new: Json) -> Changes:
        there = plan.get(TargetAnswer, *link.key)
        return removal(plan, there) if there else ()

    return Edit("Take out", draft_place(TargetAnswer, link.key, "answer"), "", build, toggles=True)
