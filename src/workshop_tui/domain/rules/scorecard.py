"""What follows from the scorecard and the history of its reviews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from workshop_tui.domain.base.entity import Json
from workshop_tui.domain.base.vocabulary import Direction
from workshop_tui.domain.model.scorecard import Goal, Initiative, Review, ReviewLine
from workshop_tui.domain.plan.plan import AccountPlan, rank_after
from workshop_tui.domain.plan.step import Add, Change, Refused, made, set_field

SPARKS = "▁▂▃▄▅▆▇█"
"""A figure in one sign, from the lowest to the highest of its row."""
_LEVEL = SPARKS[3]
"""What stands for figures that never changed."""

WHEEL = "○◔◑◕●"
"""How complete something is: 0, 25, 50, 75, 100 percent."""


class Reviewed(Struct, frozen=True):
    """An initiative as it was found at a review, by the day of that."""

    on: dt.date
    line: ReviewLine


class Entry(Struct, frozen=True):
    """What a review has found about one initiative."""

    initiative: str
    actual: float
    completion: int
    direction: Direction


def reviews(plan: AccountPlan) -> tuple[Review, ...]:
    """Return the reviews by their days, the oldest first."""
    return tuple(sorted(plan.all(Review), key=lambda review: review.on))


def history(plan: AccountPlan, initiative: str) -> tuple[Reviewed, ...]:
    """Return what the reviews have found about an initiative, the oldest first."""
    found = ((review.on, plan.get(ReviewLine, review.id, initiative)) for review in reviews(plan))
    return tuple(Reviewed(on, line) for on, line in found if line)


def last_before(plan: AccountPlan, initiative: str, on: dt.date) -> ReviewLine | None:
    """Return what the latest review before a day has found about an initiative."""
    return next((each.line for each in reversed(history(plan, initiative)) if each.on < on), None)


def previous(plan: AccountPlan, initiative: Initiative) -> float | None:
    """Return an initiative's figure at the latest review; None when it was never reviewed.

    When nothing has changed since that review, neither figure nor arrow, it is the one before it, so
    that a review does not make its own arrows wrong.
    """
    lines = [each.line for each in history(plan, initiative.id)]
    if len(lines) > 1 and _is_as_at(lines[-1], initiative):
        lines.pop()
    return lines[-1].actual if lines else None


def _is_as_at(line: ReviewLine, initiative: Initiative) -> bool:
    """Whether neither figure nor arrow has changed since a review."""
    return (line.actual, line.direction) == (initiative.actual, initiative.direction)


def actuals(plan: AccountPlan, initiative: Initiative) -> tuple[float, ...]:
    """Return an initiative's figures from review to review, and the present one where it is news."""
    lines = [each.line for each in history(plan, initiative.id)]
    figures = tuple(line.actual for line in lines)
    return figures if lines and _is_as_at(lines[-1], initiative) else (*figures, initiative.actual)


def toward(then: float, now: float, *, lower_is_better: bool) -> Direction:
    """Return where a figure is heading from one to the next: up is better, minding lower_is_better."""
    gain = then - now if lower_is_better else now - then
    return Direction.FLAT if gain == 0 else Direction.UP if gain > 0 else Direction.DOWN


def heading(plan: AccountPlan, initiative: Initiative) -> Direction | None:
    """Return where the figures are heading: up is better, minding lower_is_better; None without a past."""
    then = previous(plan, initiative)
    return (
        None if then is None else toward(then, initiative.actual, lower_is_better=initiative.lower_is_better)
    )


def against(plan: AccountPlan, initiative: Initiative) -> Direction | None:
    """Return where the figures are heading if the arrow points elsewhere; None where they agree."""
    figures = heading(plan, initiative)
    return None if figures is initiative.direction else figures


def is_reached(initiative: Initiative) -> bool:
    """Whether an initiative's figure is where it should be at the end; not while no target is set."""
    if initiative.lower_is_better:
        return initiative.actual <= initiative.target
    return initiative.actual >= initiative.target > 0


def sparkline(figures: Sequence[float], most: int = 0) -> str:
    """Return figures as a line of small bars, the lowest at the foot; of so many latest ones (0: of all).

    It shows the figures as they are: whether a fall is good is for its colour to say.
    """
    shown = figures[-most:] if most else figures
    least, greatest = min(shown, default=0.0), max(shown, default=0.0)
    if least == greatest:
        return _LEVEL * len(shown)
    top = len(SPARKS) - 1
    span = greatest / 2 - least / 2  # halved, as the difference of two large figures may be no number
    return "".join(SPARKS[round((each / 2 - least / 2) / span * top)] for each in shown)


def by_component(initiatives: Iterable[Initiative]) -> tuple[tuple[str, tuple[Initiative, ...]], ...]:
    """Return initiatives by their components, these in the order of the first of each."""
    found: dict[str, list[Initiative]] = {}
    for row in initiatives:
        found.setdefault(row.component, []).append(row)
    return tuple((component, tuple(rows)) for component, rows in found.items())


class ToDecideOn(Struct, frozen=True):
    """An initiative that needs a decision, and why."""

    initiative: Initiative
    why: str


def to_decide(plan: AccountPlan, most: int = 3) -> tuple[ToDecideOn, ...]:
    """Return the initiatives that need a decision most, so many of them.

    Those that are where they should be, or whole, need none. First those that are worse than at the review
    before, then those whose owner sees them heading down, then those that stand still; among equals the one
    whose wheel is emptiest. What gets better needs none either.
    """
    found = [(row, _trouble(plan, row)) for row in plan.all(Initiative) if not _is_done(row)]
    in_need = sorted(
        ((row, trouble) for row, trouble in found if trouble),
        key=lambda each: (_TROUBLES.index(each[1]), each[0].completion),
    )
    return tuple(ToDecideOn(row, trouble) for row, trouble in in_need[:most])


WORSE, DOWN, STILL = "the figure is worse than before", "its owner sees it heading down", "nothing has moved"
_TROUBLES = (WORSE, DOWN, STILL)
_WHOLE = 100


def _is_done(row: Initiative) -> bool:
    return row.completion == _WHOLE or is_reached(row)


def _trouble(plan: AccountPlan, row: Initiative) -> str:
    figures = heading(plan, row)
    if figures is Direction.DOWN:
        return WORSE
    if row.direction is Direction.DOWN:
        return DOWN
    return STILL if figures is Direction.FLAT or (figures is None and row.direction is Direction.FLAT) else ""


def last_review(plan: AccountPlan, on: dt.date) -> dt.date | None:
    """Return the day of the latest review up to a date."""
    return max((review.on for review in plan.all(Review) if review.on <= on), default=None)


def review_overdue(plan: AccountPlan, on: dt.date) -> int:
    """Return by how many days the next review is overdue; 0 when it isn't, or was never held."""
    last = last_review(plan, on)
    return max(0, (on - last).days - plan.account.review_every_days) if last else 0


def has_scorecard(plan: AccountPlan) -> bool:
    """Whether there is anything to review."""
    return bool(plan.all(Goal) or plan.all(Initiative))


def hold_review(
    plan: AccountPlan, on: dt.date, entries: Iterable[Entry], ids: Callable[[], str]
) -> tuple[Change, ...]:
    """Return the changes that hold a review: a row of history with its day, and what it has found.

    A line comes in for each initiative, and its figure, wheel and arrow are set. A second review on one
    day puts the first one right. Initiatives that are gone are passed over; raises Refused if all are.
    """
    found = [entry for entry in entries if plan.get(Initiative, entry.initiative)]
    if not found:
        raise Refused("There is no initiative to review: add one first.")
    held = next((review for review in plan.all(Review) if review.on == on), None)
    review = held or made(Review, {"id": ids(), "rank": rank_after(plan.all(Review)), "on": on})
    begun = () if held else (Add(review),)
    return (*begun, *(change for entry in found for change in _entered(plan, review.id, entry)))


def _entered(plan: AccountPlan, review: str, entry: Entry) -> Iterator[Change]:
    values: dict[str, Json] = {
        "actual": entry.actual,
        "completion": entry.completion,
        "direction": entry.direction.value,
    }
    line = plan.get(ReviewLine, review, entry.initiative)
    if line is None:
        yield Add(made(ReviewLine, {"review": review, "initiative": entry.initiative, **values}))
    for row in filter(None, (line, plan.get(Initiative, entry.initiative))):
        for name, value in values.items():
            yield from set_field(row, name, value)
