"""How our friends among the customer's people reach somebody who doubts us, by whom they listen to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from workshop_tui.domain.base.text import fold
from workshop_tui.domain.base.vocabulary import TOWARD_ALL, RelationKind, Sentiment
from workshop_tui.domain.model.people import Relation, Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.people import latest_reading

_STRENGTHS = (3, 2, 1)


class Path(Struct, frozen=True):
    """A way from a friend to somebody else; at least one step."""

    steps: tuple[Relation, ...]
    """Each `influences` the next one's source."""

    @property
    def friend(self) -> str:
        """The id of the stakeholder with whom it begins."""
        return self.steps[0].source

    @property
    def strength(self) -> int:
        """That of its weakest step, 1 to 3."""
        return min(step.strength for step in self.steps)


def friends(plan: AccountPlan, toward: str = TOWARD_ALL) -> tuple[Stakeholder, ...]:
    """Return who is supportive or an advocate by the latest reading toward «all» or a partner, in order.

    Who has left is no friend any more.
    """
    here = (person for person in plan.all(Stakeholder) if person.left_on is None)
    return tuple(p for p in here if (feeling(plan, p, toward) or 0) >= Sentiment.SUPPORTIVE)


def paths_to(plan: AccountPlan, person: Stakeholder, toward: str = TOWARD_ALL) -> tuple[Path, ...]:
    """Return the best way along `influences` from each friend who reaches a person, the best first.

    A way is as strong as its weakest step; the stronger comes first, then the shorter, then whose steps
    are stronger together, then the order of the people. Worked out on a projected plan it goes through
    nobody whom the audience doesn't see.
    """
    best: dict[str, Path] = {}
    glad = friends(plan, toward)
    for strength in _STRENGTHS:
        ways = _ways_to(plan, person.id, strength)
        for friend in glad:
            if friend.id in ways and friend.id not in best:
                best[friend.id] = Path(_behind(ways, friend.id))
    return tuple(sorted(best.values(), key=_order))


def in_words(plan: AccountPlan, path: Path) -> str:
    """Return a path as a sentence without its stop: «Dev influences Priya (2), who influences Marcus (2)»."""
    told = (f"influences {short_name(plan, step.target)} ({step.strength})" for step in path.steps)
    return f"{short_name(plan, path.friend)} {', who '.join(told)}"


def short_name(plan: AccountPlan, person_id: str) -> str:
    """Return a first name, the whole name where several share that, the title of a seat to be filled."""
    return short_names(plan).get(person_id, "somebody")


def short_names(plan: AccountPlan) -> Mapping[str, str]:
    """Return everybody's id → what `short_name` calls them."""
    people = plan.all(Stakeholder)
    firsts = Counter(_first(person) for person in people)

    def short(person: Stakeholder) -> str:
        if person.placeholder:
            return person.title or person.name
        return person.name if firsts[_first(person)] > 1 else person.name.split()[0]

    return {person.id: short(person) for person in people}


def _first(person: Stakeholder) -> str:
    return fold(person.name.split()[0])


def feeling(plan: AccountPlan, person: Stakeholder, toward: str = TOWARD_ALL) -> Sentiment | None:
    """Return the sentiment read last toward «all» or a partner; None while it is unknown."""
    reading = latest_reading(plan, person, toward)
    return reading.value if reading else None


def _ways_to(plan: AccountPlan, target: str, strength: int) -> Mapping[str, Relation]:
    """Return the first step of a shortest way for each who reaches the target by steps of this strength."""
    ways: dict[str, Relation] = {}
    reached = [target]
    while reached:
        steps = [
            step
            for goal in reached
            for step in plan.where(Relation, target=goal)
            if step.kind is RelationKind.INFLUENCES and step.strength >= strength
            if step.source != target and (source := plan.get(Stakeholder, step.source))
            if source.left_on is None
        ]
        nearest: dict[str, Relation] = {}
        for step in sorted(steps, key=lambda step: -_together(ways, step)):
            if step.source not in ways:
                nearest.setdefault(step.source, step)
        ways.update(nearest)
        reached = list(nearest)
    return ways


def _together(ways: Mapping[str, Relation], step: Relation) -> int:
    """Return the strengths of a step and of all behind it, added up."""
    return step.strength + sum(each.strength for each in _behind(ways, step.target))


def _behind(ways: Mapping[str, Relation], person: str) -> tuple[Relation, ...]:
    steps = []
    while person in ways:
        steps.append(ways[person])
        person = ways[person].target
    return tuple(steps)


def _order(path: Path) -> tuple[int, int, int]:
    return -path.strength, len(path.steps), -sum(step.strength for step in path.steps)
