"""Help: what each key of the screen beneath does, out of the same bindings that make it do so."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from workshop_tui.tui.commands.command import Command, Section
from workshop_tui.tui.screens.dialogs import LEAVE, Dialog
from workshop_tui.tui.widgets.literal import literal


class Help(Dialog[None]):
    """The keys of a screen with what they do and the id under which they can be remapped."""

    KEY_COMMANDS = (
        LEAVE,
        Command["Help"](
            "help.leave",
            "q",
            "Close",
            lambda dialog: dialog.action_leave(),
            "close the help",
            section=Section.DIALOG,
        ),
    )

    def __init__(self, about: Screen[object]) -> None:
        """Take the screen whose keys are told."""
        super().__init__()
        self._told = list(about.active_bindings.values())

    def compose(self) -> ComposeResult:
        """List the keys."""
        with VerticalScroll(classes="dialog help") as box:
            box.border_title = "Keys"
            box.border_subtitle = "Esc closes · keys can be changed in the settings file by their id"
            yield Static(Content("\n").join(self._lines()))

    def _lines(self) -> list[Content]:
        by_action: dict[str, list[Binding]] = {}
        for active in self._told:
            binding = active.binding
            if binding.description and binding.id:
                by_action.setdefault(f"{binding.action}{binding.description}", []).append(binding)
        return [self._line(bindings) for bindings in by_action.values()]

    def _line(self, bindings: list[Binding]) -> Content:
        keys = " or ".join(dict.fromkeys(self.app.get_key_display(binding) for binding in bindings))
        first = bindings[0]
        return Content.assemble(
            literal(f"{keys:<20} ", "$accent"),
            literal(f"{first.description:<24} "),
            literal(first.id or "", "$secondary"),
        )

    def action_leave(self) -> None:
        """Close."""
        self.dismiss()
