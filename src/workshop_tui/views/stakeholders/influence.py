"""Influence against sentiment: who counts, who is for us, who listens to whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len

from workshop_tui.domain.base.entity import Key
from workshop_tui.domain.base.vocabulary import TOWARD_ALL, Quadrant, RelationKind, Sentiment
from workshop_tui.domain.model.people import Reading, Relation, Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.setters import FieldRef, set_value
from workshop_tui.domain.plan.step import Changes
from workshop_tui.domain.rules.influence import feeling, in_words, paths_to, short_names
from workshop_tui.domain.rules.people import HIGH_INTEREST, KEY_INFLUENCE, quadrant
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.live.replica import Build
from workshop_tui.views.base import people_here, row_id
from workshop_tui.views.cell import Col, Edit
from workshop_tui.views.pictures.picture import Brush, Foot, Picture, Way
from workshop_tui.views.pictures.pictured import Pictured
from workshop_tui.views.pictures.place import Place
from workshop_tui.views.stakeholders.card import reading_of
from workshop_tui.views.stakeholders.people_picture import PeoplePicture, person_at, sign
from workshop_tui.views.stakeholders.table import related
from workshop_tui.views.text_layout import fit, wrapped

_COLUMNS: tuple[Sentiment | None, ...] = (*Sentiment, None)
_ROWS: tuple[int | None, ...] = (5, 4, 3, 2, 1, None)
_LEFT = 2
"""Cells of the figures at the left."""
_PATHS, _PATH_LINES = 3, 2
_NAME = 14
"""Cells of a name at an end of a relation, at the most; more where columns are wider."""
_NEARLY = 0.8
"""Share of the names that have to fit for whole names to be shown: a mixture reads badly."""
_AIR = 2
"""Empty lines between two rows of people, at the most."""
_MIDDLE = 3
"""The influence that somebody of unknown influence is given first."""
_ABOVE = f"▲ {Quadrant.MANAGE_CLOSELY.label}  ▽ {Quadrant.KEEP_SATISFIED.label}"
_BELOW = f"▲ {Quadrant.KEEP_INFORMED.label}  ▽ {Quadrant.MONITOR.label}"


class Influence(PeoplePicture, Pictured):
    """Influence upward, sentiment across, toward the alliance or one partner."""

    title: str = "Influence"
    shows_field: ClassVar[str] = "influence"
    keys: ClassVar[frozenset[str]] = frozenset({"nudge", "toward"})
    relates: ClassVar[bool] = True

    def __init__(self) -> None:
        """Start with the alliance as a whole."""
        super().__init__()
        self._toward = TOWARD_ALL

    def relating(self, live: LivePlan, name: str) -> Edit | None:
        """Return how somebody's new relation comes in."""
        return related(live, name)

    def toward(self, live: LivePlan) -> str:
        """Return «all» for the alliance, or a partner's id."""
        return self._toward if self._toward in _whom(live) else TOWARD_ALL

    def state(self, live: LivePlan) -> object:
        """Return toward whom, and in which session."""
        return self.toward(live), live.session_id

    def draw(self, live: LivePlan, width: int, height: int) -> Picture:
        """Paint the plane, and beneath it who is tied to whom.

        Where there is room names go on in a second line rather than being cut, and there is more air.
        """

        def painted(air: int = 0, lines: int = 1) -> Picture:
            return _Plane(live, self.toward(live), width, air, lines).picture()

        lines = 2 if painted(lines=2).height <= height else 1
        close = painted(lines=lines)
        air = min((height - close.height) // len(_ROWS), _AIR)
        return painted(air, lines) if air > 0 else close

    def foot(self, live: LivePlan, name: str, width: int) -> Foot:
        """Return where the person belongs, and the ways on which our friends reach them."""
        person = person_at(live, name)
        field = quadrant(person) if person else None
        told = f"{person.name}: {field.label if field else 'influence or interest unknown'}" if person else ""
        ways = paths_to(live.view, person, self.toward(live))[:_PATHS] if person else ()
        text = ". ".join(in_words(live.view, way) for way in ways)
        lines = (*(wrapped(f"{text}.", width) if ways else ("No friend of ours reaches them yet.",)), "", "")
        return ((told, "heading"), *((line, "") for line in lines[:_PATH_LINES]))

    def asked(self, live: LivePlan) -> Col:
        """Enter changes the sentiment that is shown."""
        toward = self.toward(live)
        return Col(
            Reading, "value", title=f"To {whom(live, toward)}", key=reading_of(live.session_id, toward)
        )

    def press(self, live: LivePlan, name: str, what: str, way: Way) -> Build | None:
        """Turn to the next partner; or move somebody up and down in influence, across in sentiment."""
        person = person_at(live, name)
        if what == "toward":
            whom = _whom(live)
            self._toward = whom[(whom.index(self.toward(live)) + 1) % len(whom)]
        elif what == "nudge" and person and way[0]:
            toward = self.toward(live)
            key = (live.session_id, person.id, toward)
            return set_sentiment(live, key, next_sentiment(feeling(live.view, person, toward), way[0]))
        elif what == "nudge" and person:
            return shift_influence(live, person.id, -way[1])
        return None


def _whom(live: LivePlan) -> tuple[str, ...]:
    """Return toward whom sentiment is shown, one after the other."""
    return (TOWARD_ALL, *(party.id for party in live.view.partners))


def whom(live: LivePlan, toward: str) -> str:
    """Return the alliance or a partner as people call them."""
    return next((party.short for party in live.view.partners if party.id == toward), "the alliance")


def next_sentiment(value: Sentiment | None, by: int) -> Sentiment:
    """Return the next sentiment to one side; neutral where it was unknown."""
    if value is None:
        return Sentiment.NEUTRAL
    return Sentiment(max(min(value + by, max(Sentiment)), min(Sentiment)))


def set_sentiment(live: LivePlan, key: Key, value: Sentiment) -> Build:
    """Return how a sentiment is read in a session."""
    return lambda plan: set_value(plan, FieldRef(Reading, key, "value"), int(value), live.context)


def shift_influence(live: LivePlan, person: str, by: int) -> Build:
    """Return how somebody's influence goes up or down by one; unknown becomes 3."""

    def build(plan: AccountPlan) -> Changes:
        there = plan.get(Stakeholder, person)
        if there is None:
            return ()
        value = max(1, min(5, there.influence + by)) if there.influence else _MIDDLE
        return set_value(plan, FieldRef(Stakeholder, (person,), "influence"), value, live.context)

    return build


class _Plane:
    """Paints the plane for one width; a name takes so many lines at the most."""

    def __init__(self, live: LivePlan, toward: str, width: int, air: int, lines: int) -> None:
        self.live, self.toward, self.width, self.air, self.lines = live, toward, width, air, lines
        self.brush = Brush()
        self.column = (width - _LEFT) // len(_COLUMNS)
        self.names = self._names()

    def _names(self) -> Mapping[str, str]:
        """Return whole names where the columns have room for nearly all of them, else short ones."""
        short = short_names(self.live.view)
        people = [person for person in people_here(self.live) if not person.placeholder]
        whole = {p.id: p.name for p in people if self._has_room(p.name)}
        return {**short, **whole} if len(whole) >= _NEARLY * len(people) else short

    def _has_room(self, name: str) -> bool:
        room = self.column - _LEFT - 1
        return len(wrapped(name, room)) <= self.lines and all(cell_len(word) <= room for word in name.split())

    def picture(self) -> Picture:
        """Paint all of it."""
        felt_by: dict[tuple[int | None, Sentiment | None], list[Stakeholder]] = defaultdict(list)
        for person in people_here(self.live):
            felt_by[person.influence, feeling(self.live.view, person, self.toward)].append(person)
        y = heads = self._heads()
        for row in _ROWS:
            if row == KEY_INFLUENCE - 1:
                self._line(y, f"─ key above ─ {_BELOW} ")
                y += 1
            y = self._row(y, row, [felt_by[row, column] for column in _COLUMNS])
        self._relations(y + 1)
        return self.brush.picture(heads)

    def _heads(self) -> int:
        self.brush.row(0, 0, (f"Toward {whom(self.live, self.toward)}  ", "accent"), (_ABOVE, "muted"))
        for n, value in enumerate(_COLUMNS):
            text, tone = sign(value)
            label = f"{text.strip()} {value.label if value is not None else 'unknown'}"
            shown = label if cell_len(label) < self.column else text.strip()
            self.brush.put(_LEFT + n * self.column, 1, shown, tone or "heading")
        return 2

    def _line(self, y: int, text: str) -> None:
        self.brush.put(0, y, text + "─" * (self.width - cell_len(text)), "muted")

    def _row(self, y: int, influence: int | None, cells: Sequence[Sequence[Stakeholder]]) -> int:
        """Paint the people of one influence, those of one sentiment under one another."""
        self.brush.put(0, y, str(influence or "?"), "heading")
        end = y + 1
        for n, people in enumerate(cells):
            x = _LEFT + n * self.column
            if not people:
                self.brush.put(x, y, "·", "muted")
            below = y
            for person in people:
                below = self._person(person, x, below, sign(_COLUMNS[n])[1])
            end = max(end, below)
        return end + self.air

    def _person(self, person: Stakeholder, x: int, y: int, tone: str) -> int:
        """Paint a person; return the row beneath."""
        mark = "·" if person.interest is None else "▲" if person.interest >= HIGH_INTEREST else "▽"
        room = self.column - _LEFT - 1
        words = wrapped(self.names[person.id], room)
        shown = (
            words
            if len(words) <= self.lines
            else (*words[: self.lines - 1], " ".join(words[self.lines - 1 :]))
        )
        cut = [fit(text, min(cell_len(text), room)) for text in shown]
        wide = max(map(cell_len, cut))
        for down, text in enumerate(cut):
            self.brush.put(x, y + down, f"{' ' if down else mark} {text}", tone or "strong")
        self.brush.items[row_id(person)] = Place(x, y, wide + _LEFT, len(cut))
        return y + len(cut)

    def _relations(self, y: int) -> None:
        """Paint who influences whom and how strongly, who stands together and who is at odds."""
        told = list(self._told())
        if not told:
            return
        kinds = "→ influences, 1 weak to 3 strong  = allied  ≠ in conflict  ┄ also answers to"
        self.brush.put(0, y, fit(kinds, min(cell_len(kinds), self.width)), "heading")
        wide = max(cell_len(text) for text, _ in told) + 2
        across = max(self.width // wide, 1)
        for n, (text, tone) in enumerate(told):
            self.brush.put(n % across * wide, y + 1 + n // across, text, tone)

    def _told(self) -> Iterable[tuple[str, str]]:
        most = max(_NAME, min(self.column, self.width // 4)) if self.lines == 1 else self.width // 2 - _LEFT
        here = {person.id for person in people_here(self.live)}
        for edge in self.live.view.all(Relation):
            if not {edge.source, edge.target} <= here:
                continue
            ends = [_cut(self.names.get(end, ""), most) for end in (edge.source, edge.target)]
            strength = f" {edge.strength}" if edge.kind is RelationKind.INFLUENCES else ""
            tone = "bad" if edge.kind is RelationKind.CONFLICT else ""
            yield f"{ends[0]} {edge.kind.sign} {ends[1]}{strength}", tone


def _cut(name: str, most: int) -> str:
    return fit(name, min(cell_len(name), most))
