"""The line in which a view is chosen by its number, from whatever cell."""

from __future__ import annotations

from collections.abc import Callable
from string import ascii_letters

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from workshop_tui.domain.base.vocabulary import VIEWS
from workshop_tui.tui.commands.command import Command, Commanded, Section, key_of
from workshop_tui.tui.keyboard import Mode, give_keys
from workshop_tui.tui.widgets.literal import literal
from workshop_tui.tui.widgets.status_bar import Tabs

MOST = 9
"""Views of a block, at the most: each has a digit."""
_FULL = 60
"""Cells from which it says in words what else may be pressed."""
_DIGITS = tuple(map(str, range(1, MOST + 1)))


class ViewsLine(Commanded, Tabs, can_focus=True):
    """The views with their digits; it has the keyboard until one of them, or none, is chosen."""

    key_mode = Mode.VIEWS
    KEY_COMMANDS = (
        Command["ViewsLine"](
            "view.next",
            VIEWS,
            "Next view",
            lambda line: line.choose((line.open + 1) % max(len(line.names), 1)),
            "the next view, while `v` waits",
            section=Section.SESSION,
        ),
        Command["ViewsLine"](
            "views.leave",
            "escape,ctrl+l",
            "No other view",
            lambda line: line.leave(),
            "stay in this view, while `v` waits",
            section=Section.SESSION,
        ),
    )

    def __init__(self, open_view: Callable[[int], None], turned: Callable[[], None]) -> None:
        """Start hidden; `open_view` takes the number of the view that is chosen, counted from 0.

        `turned` is called when it has come or gone.
        """
        super().__init__(id="views-line")
        self.display = False
        self._open_view, self._turned = open_view, turned
        self._from: Widget | None = None

    def wait(self, names: tuple[str, ...], number: int) -> None:
        """Wait for the digit of a view."""
        self._from = self.screen.focused
        self.names, self.open = names, number
        self._turn(is_there=True)
        give_keys(self)

    def _turn(self, *, is_there: bool) -> None:
        self.display = is_there
        self._turned()

    def _other_keys(self) -> set[str]:
        """Return all keys by which the next view is opened, or the one before."""
        bound = self.screen.active_bindings.items()
        return {key for key, active in bound if active.binding.id in {"view.next", "view.before"}}

    @property
    def _far(self) -> str:
        after, before = key_of(self, "view.next"), key_of(self, "view.before")
        if self.size.width < _FULL:
            return f" {after} {before} Esc"
        return f" {after} next · {before} before · Esc"

    def render(self) -> RenderResult:
        """Paint the views with what else may be pressed."""
        return Content.assemble(self.painted(), literal(self._far, "$accent"))

    @property
    def room(self) -> int:
        """Cells that there are for the names."""
        return self.size.width - len(self._far)

    def types(self, event: events.Key) -> bool:
        """Open the view of a digit, none for a letter that is no key of theirs; whether it was either."""
        if event.key in _DIGITS:
            self.choose(_DIGITS.index(event.key))
        elif event.key in {*ascii_letters}.difference(self._other_keys()):
            self.leave()
        else:
            return False
        return True

    def choose(self, number: int) -> None:
        """Open a view."""
        self.leave()
        self._open_view(number)

    def leave(self) -> None:
        """Go back to where the keyboard was."""
        self._turn(is_there=False)
        self.screen.set_focus(self._from)

    def on_blur(self) -> None:
        """Go away."""
        self._turn(is_there=False)
