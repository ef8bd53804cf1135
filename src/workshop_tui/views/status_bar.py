"""What the line at the top says."""

from __future__ import annotations

from msgspec import Struct
from rich.cells import cell_len

NAMED = "with "
"""How it begins that is told who else is here, where there is room for their names."""


class BarText(Struct, frozen=True):
    """What stands in the bar."""

    place: str = ""
    audience: str = ""
    tone: str = "warning"
    saved: str = ""
    wrong: bool = False
    held: bool = False
    """Nothing can be changed, as in a sealed session: that has to be seen."""
    frozen: tuple[str, ...] = ()
    """At which day the account is looked at in place of today, the longest form first; () for today."""


class ClockText(Struct, frozen=True):
    """What the clock says, the longest form first, and in which colour."""

    forms: tuple[str, ...] = ()
    tone: str = "accent"

    def within(self, room: int) -> str:
        """Return the longest form that has room; the shortest where none has, as time must not be hidden."""
        return longest(self.forms, room)


def longest(forms: tuple[str, ...], room: int) -> str:
    """Return the first of ways to say something, the longest first, that has room; else the last."""
    return next((form for form in forms if cell_len(form) <= room), "".join(forms[-1:]))
