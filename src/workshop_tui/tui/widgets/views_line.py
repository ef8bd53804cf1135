"""The line in which a view is chosen by its number, from whatever cell."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_letters
from typing import ClassVar

from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from workshop_tui.tui.commands.command import Command, Commanded, Section
from workshop_tui.tui.keyboard import Mode, give_keys
from workshop_tui.tui.widgets.literal import literal
from workshop_tui.tui.widgets.status_bar import Tabs
from workshop_tui.views.choices import VIEWS

FAR = " v next · V before · Esc"
MOST = 9
"""Views of a block, at the most: each has a digit."""


class ViewsLine(Commanded, Tabs, can_focus=True):
    """The views with their digits; it has the keyboard until one of them, or none, is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n + 1), f"choose({n})", show=False) for n in range(MOST)),
        *(Binding(key, "leave", show=False) for key in sorted({*ascii_letters} - {VIEWS, VIEWS.upper()})),
        Binding(VIEWS.upper(), "beside(-1)", "View before", show=False),
        Binding("escape,ctrl+l", "leave", "No other view", show=False),
    ]
    """Which open a view by its digit, or none."""
    key_mode = Mode.VIEWS
    KEY_COMMANDS = (
        Command["ViewsLine"](
            "view.next",
            VIEWS,
            "Next view",
            lambda line: line.action_beside(1),
            "the next view, while `v` waits",
            section=Section.SESSION,
        ),
    )

    @dataclass
    class Chosen(Message):
        """A view was chosen, counted from 0."""

        number: int

    def __init__(self) -> None:
        """Start hidden."""
        super().__init__(id="views-line")
        self.display = False
        self._from: Widget | None = None

    def wait(self, names: tuple[str, ...], number: int) -> None:
        """Wait for the digit of a view."""
        self._from = self.screen.focused
        self.names, self.open, self.display = names, number, True
        give_keys(self)

    def render(self) -> RenderResult:
        """Paint the views with what else may be pressed."""
        return Content.assemble(self.painted(), literal(FAR, "$accent"))

    @property
    def room(self) -> int:
        """Cells that there are for the names."""
        return self.size.width - len(FAR)

    def action_choose(self, number: int) -> None:
        """Open a view."""
        self.action_leave()
        self.post_message(self.Chosen(number))

    def action_beside(self, by: int) -> None:
        """Open the view after the open one, or the one before; after the last comes the first."""
        self.action_choose((self.open + by) % max(len(self.names), 1))

    def action_leave(self) -> None:
        """Go back to where the keyboard was."""
        self.display = False
        self.screen.set_focus(self._from)

    def on_blur(self) -> None:
        """Go away."""
        self.display = False
