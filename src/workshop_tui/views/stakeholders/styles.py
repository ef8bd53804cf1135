"""The social styles: who asks or tells, who controls or shows emotion; the customer's people and ours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len

from workshop_tui.domain.base.text import brief_name
from workshop_tui.domain.base.vocabulary import SocialStyle
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.setters import FieldRef, set_value
from workshop_tui.domain.plan.step import Changes
from workshop_tui.domain.rules.firm_codes import firm_codes
from workshop_tui.domain.rules.influence import feeling
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.live.replica import Build
from workshop_tui.views.base import people_here, row_id
from workshop_tui.views.cell import Col
from workshop_tui.views.keys import key
from workshop_tui.views.pictures.picture import Brush, Foot, Picture, Way
from workshop_tui.views.pictures.pictured import Pictured
from workshop_tui.views.pictures.place import Place
from workshop_tui.views.stakeholders.people_picture import PeoplePicture, person_at, sign
from workshop_tui.views.text_layout import fit, wrapped

_SIDE = 18
"""Cells of the column of those whose style is unknown."""
_ENTRY = 24
"""Cells of a name with its sentiment."""
_SAID = 16
"""Cells beside a style in which some of what it means can be said."""
_TOP = SocialStyle.ANALYTICAL, SocialStyle.DRIVING
_BOTTOM = SocialStyle.AMIABLE, SocialStyle.EXPRESSIVE


class _Size(NamedTuple):
    """How much room the four fields take."""

    tells_all: bool
    """What a style means is told in as many lines as it needs; else as far as the line of its name goes."""
    ours_apart: bool
    """Each of ours has a line; else all of a style are in one, by their brief names."""
    entry: int
    """Cells of one of the customer's people."""


_SIZES = (
    _Size(tells_all=True, ours_apart=True, entry=_ENTRY),
    _Size(tells_all=True, ours_apart=False, entry=_ENTRY),
    _Size(tells_all=False, ours_apart=True, entry=_ENTRY),
    _Size(tells_all=False, ours_apart=False, entry=_ENTRY),
    _Size(tells_all=False, ours_apart=False, entry=15),
    _Size(tells_all=False, ours_apart=False, entry=10),
)
"""From the largest on; the first that fits is painted."""


class Styles(PeoplePicture, Pictured):
    """Assertiveness from left to right, responsiveness from top to bottom; unknowns at the side."""

    title: str = "Styles"
    shows_field: ClassVar[str] = "style"
    keys: ClassVar[frozenset[str]] = frozenset({"nudge"})

    def state(self, live: LivePlan) -> object:
        """Return the session, whose readings are shown."""
        return live.session_id

    def draw(self, live: LivePlan, width: int, height: int) -> Picture:
        """Paint the four fields about a cross, and the side: shrunk to fit, else as high as they must be."""
        pictures = (self._draw(live, width, height, size) for size in _SIZES)
        picture = next(pictures)
        while picture.height > height and (smaller := next(pictures, None)):
            picture = smaller if smaller.height < picture.height else picture
        return picture

    def _draw(self, live: LivePlan, width: int, height: int, size: _Size) -> Picture:
        brush = Brush()
        side = max(width // 5, _SIDE)
        half = (width - side - 2) // 2
        least = (height - 3) // 2
        middle = _pair(live, brush, _TOP, Place(1, 1, half - 2, least), size)
        rest = max(height - middle - 2, 0)
        bottom = _pair(live, brush, _BOTTOM, Place(1, middle + 1, half - 2, rest), size)
        _axes(brush, half, middle, bottom)
        x = 2 * half + 2
        for y in range(bottom + 1):
            brush.put(x - 1, y, "┊", "muted")
        _field(live, brush, SocialStyle.UNKNOWN, Place(x + 1, 0, side - 2, 0), size)
        return brush.picture()

    def foot(self, _live: LivePlan, _name: str, _width: int) -> Foot:
        """Return what the marks mean and which keys move a person."""
        return ((f"◆ ours · +1 toward all · Shift+arrow or {key('sheet.edit')} sets another style", "muted"),)

    def asked(self, _live: LivePlan) -> Col:
        """Enter changes the style."""
        return Col(Stakeholder, "style")

    def press(self, live: LivePlan, name: str, what: str, way: Way) -> Build | None:
        """Move somebody to the field that lies this way."""
        person = person_at(live, name)
        return set_style(live, person.id, beside(person.style, way)) if person and what == "nudge" else None


def beside(style: SocialStyle, way: Way) -> SocialStyle:
    """Return the style that lies in a direction; from the unknowns one comes in at the upper left."""
    tells, shows = style.axes or (False, False)
    across, down = way
    axes = (across > 0 if across else tells), (down > 0 if down else shows)
    return next(other for other in SocialStyle if other.axes == axes)


def set_style(live: LivePlan, person: str, style: SocialStyle) -> Build:
    """Return how somebody gets another style."""

    def build(plan: AccountPlan) -> Changes:
        at = FieldRef(Stakeholder, (person,), "style")
        return set_value(plan, at, style.value, live.context) if plan.get(Stakeholder, person) else ()

    return build


def _pair(live: LivePlan, brush: Brush, styles: Sequence[SocialStyle], at: Place, size: _Size) -> int:
    """Paint two fields beside each other from the place of the first; return the row beneath both."""
    places = (at, at._replace(x=at.right + 3))
    ends = [_field(live, brush, style, place, size) for style, place in zip(styles, places, strict=True)]
    return max(*ends, at.bottom)


def _field(live: LivePlan, brush: Brush, style: SocialStyle, at: Place, size: _Size) -> int:
    """Paint how to approach a style, our people of that style, and the customer's; return the row beneath."""
    x, y, width, _ = at
    end = brush.row(x, y, (style.label.capitalize(), "heading"), (f" {style.sign}", "accent"))
    beside_it = x + width - end - 2
    has_room = cell_len(style.meaning) <= beside_it
    if has_room or (not size.tells_all and beside_it >= _SAID):
        brush.put(end + 2, y, fit(style.meaning, beside_it).rstrip(), "muted")
    told = wrapped(style.meaning, width) if size.tells_all and not has_room else ()
    y = _lines(brush, x, y + 1, told, "muted")
    y = _lines(brush, x, y, [fit(text, width) for text in _ours(live, style, size)], "accent")
    across = max(width // size.entry, 1)
    room = width // across
    people = [person for person in people_here(live) if person.style is style]
    for n, person in enumerate(people):
        _person(live, brush, person, Place(x + n % across * room, y + n // across, room - 1, 1))
    return y + -(-len(people) // across) + (size is _SIZES[0])


def _ours(live: LivePlan, style: SocialStyle, size: _Size) -> list[str]:
    """Return the lines that say who of ours has a style."""
    firms, members = firm_codes(live.view), live.view.where(Member, style=style)
    if size.ours_apart or not members:
        return [f"◆ {member.name} {firms.get(member.party, '')}" for member in members]
    return [f"◆ {', '.join(brief_name(member.name) for member in members)}"]


def _person(live: LivePlan, brush: Brush, person: Stakeholder, at: Place) -> None:
    text, tone = sign(feeling(live.view, person))
    has_room = person.placeholder or cell_len(person.name) <= at.width - 3
    name = person.name if has_room else brief_name(person.name)
    brush.row(at.x, at.y, (f"{text} ", tone), (fit(name, at.width - 3), "strong"))
    brush.items[row_id(person)] = at


def _lines(brush: Brush, x: int, y: int, lines: Iterable[str], tone: str) -> int:
    for text in lines:
        brush.put(x, y, text, tone)
        y += 1
    return y


def _axes(brush: Brush, half: int, middle: int, bottom: int) -> None:
    """Paint the cross with what its four ends mean."""
    for y in (*range(1, middle), *range(middle + 1, bottom)):
        brush.put(half, y, "│", "muted")
    for y, text in ((0, "controls emotion"), (bottom, "shows emotion")):
        brush.put(half - len(text) // 2, y, text, "accent")
    left, right = "◂ asks ", " tells ▸"
    line = "─" * (half - len(left))
    brush.row(0, middle, (left, "accent"), (f"{line}┼{line[:-1]}", "muted"), (right, "accent"))
