"""What an introduction call is about: where the firms' forms differ, and where they say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from workshop_tui.domain.base.text import fold
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.discovery import Bullet, Criterion, Form, Score
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan

_PLACED = re.compile(
    r"(?<!\w)(?:below|beneath|under|underneath|above|behind|around|beside|next to|reports? to|reporting to)"
    r"(?: (?:the|their|its|his|her|our))? (?=\w)[^.;,:]*"
)
"""Where somebody stands, as in «below the chief information officer», up to the end of what is said."""

DIFFER, SILENT = "differ", "say nothing"


class TalkingPoint(Struct, frozen=True):
    """Something to talk about: what it is, why, and what each firm says of it."""

    topic: str
    why: str
    """DIFFER or SILENT."""
    says: tuple[tuple[str, str], ...]
    """(id of a firm, what it says); "" for one that says nothing."""
    weight: float = 0.0
    """The higher, the sooner it is talked about."""

    @property
    def silent(self) -> tuple[str, ...]:
        """The firms that say nothing."""
        return tuple(party for party, said in self.says if not said)


def talking_points(plan: AccountPlan) -> tuple[TalkingPoint, ...]:
    """Return what the firms should talk about, by what an audience sees of their forms.

    First where they differ, the widest first, then where one says nothing: of criteria by their scores, of
    the position each has with the account, of the customer's people that one form names alone, and of forms
    without a line. Where both say the same, or nothing, there is nothing to compare.
    """
    firms = plan.partners
    found = (*_forms(plan, firms), *_criteria(plan, firms), *_positions(firms), *_people(plan, firms))
    return tuple(sorted(found, key=lambda point: (point.why != DIFFER, -point.weight)))


def _point(topic: str, says: Sequence[tuple[str, str]], weight: float = 0.0) -> TalkingPoint | None:
    """Return a topic on which not all say the same; None where they do, or nobody says anything."""
    said = {text for _, text in says}
    if len(said) < 2:  # noqa: PLR2004 - all the same
        return None
    return TalkingPoint(topic, SILENT if "" in said else DIFFER, tuple(says), weight)


def _forms(plan: AccountPlan, firms: Sequence[Party]) -> Iterator[TalkingPoint]:
    says = [(firm.id, _lines(plan, firm)) for firm in firms]
    if point := _point("The form itself", says, weight=100):
        yield point


def _lines(plan: AccountPlan, firm: Party) -> str:
    form = plan.get(Form, firm.id)
    is_there = bool(plan.where(Bullet, party=firm.id)) or bool(form and form.sent)
    return "there" if is_there else ""


def _criteria(plan: AccountPlan, firms: Sequence[Party]) -> Iterator[TalkingPoint]:
    for criterion in plan.all(Criterion):
        scores = {firm.id: plan.get(Score, criterion.id, firm.id) for firm in firms}
        says = [(party, f"{score.score} of 5" if score else "") for party, score in scores.items()]
        given = [score.score for score in scores.values() if score]
        apart = max(given) - min(given) if given else 0
        if point := _point(criterion.text, says, apart * 100 + criterion.weight):
            yield point


def _positions(firms: Sequence[Party]) -> Iterator[TalkingPoint]:
    now = [(firm.id, firm.standing.label if firm.standing else "") for firm in firms]
    wanted = [(firm.id, firm.wanted.label if firm.wanted else "") for firm in firms]
    for topic, says in (("Position with the customer now", now), ("Position wanted", wanted)):
        if point := _point(topic, says, weight=50):
            yield point


def _people(plan: AccountPlan, firms: Sequence[Party]) -> Iterator[TalkingPoint]:
    texts = {firm.id: [bullet.text for bullet in plan.where(Bullet, party=firm.id)] for firm in firms}
    for person in plan.all(Stakeholder):
        says = [(party, _mention(person, lines)) for party, lines in texts.items()]
        if any(said for _, said in says) and not all(said for _, said in says):
            name = f"{person.name}, {person.title}" if person.title else person.name
            yield TalkingPoint(name, SILENT, tuple(says), weight=person.influence or 0)


def _mention(person: Stakeholder, lines: Sequence[str]) -> str:
    """Return the first line of a form that names somebody, by name or by title."""
    return next((line for line in lines if _names(line, person.name) or _speaks_of(line, person.title)), "")


def _names(line: str, name: str) -> bool:
    return bool(name.strip()) and re.search(rf"(?<!\w){re.escape(fold(name))}(?!\w)", fold(line)) is not None


def _speaks_of(line: str, title: str) -> bool:
    """Whether a line speaks of who has a title, and not only of others by their place to it."""
    return _names(_PLACED.sub("", fold(line)), title)


def told(plan: AccountPlan, point: TalkingPoint) -> str:
    """Return what to do about a point: which firms say nothing, or that they say different things."""
    if point.why == DIFFER:
        return "They differ: what does each see?"
    firms = [plan.name_of(Party, party) for party in point.silent]
    says = f"{' and '.join(firms)} {'says' if len(firms) == 1 else 'say'} nothing"
    return f"{says}: ask"
