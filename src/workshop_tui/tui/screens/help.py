"""Help: what each key of the screen beneath does, and which of them can't do it now."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from workshop_tui.tui.commands.command import Command, Commanded, Section, is_listed, why_not
from workshop_tui.tui.screens.dialogs import LEAVE, Dialog
from workshop_tui.tui.widgets.literal import literal


class Help(Commanded, Dialog[None]):
    """The keys of a screen with what they do and the id under which they can be remapped."""

    KEY_COMMANDS = (
        LEAVE,
        Command["Help"](
            "help.leave",
            "q,question_mark",
            "Close",
            lambda dialog: dialog.action_leave(),
            "close the help",
            section=Section.DIALOG,
        ),
    )

    def __init__(self, about: Screen[object]) -> None:
        """Take the screen whose keys are told."""
        super().__init__()
        self._told = [active for active in about.active_bindings.values() if is_listed(active)]

    def compose(self) -> ComposeResult:
        """List the keys."""
        with VerticalScroll(classes="dialog help") as box:
            box.border_title = "Keys"
            box.border_subtitle = "Esc closes · keys can be changed in the settings file by their id"
            yield Static(Content("\n").join(self._lines()))

    def _lines(self) -> list[Content]:
        by_action: dict[str, list[ActiveBinding]] = {}
        for active in self._told:
            binding = active.binding
            if binding.description and binding.id:
                by_action.setdefault(f"{binding.action}{binding.description}", []).append(active)
        return [self._line(found) for found in by_action.values()]

    def _line(self, found: list[ActiveBinding]) -> Content:
        """Return a line of the list; what can't be used now is dimmed."""
        keys = " or ".join(dict.fromkeys(self.app.get_key_display(active.binding) for active in found))
        first, dim = found[0].binding, "dim" if why_not(found[0]) else ""
        return Content.assemble(
            literal(f"{keys:<20} ", f"$accent {dim}"),
            literal(f"{first.description:<24} ", dim),
            literal(first.id or "", f"$secondary {dim}"),
        )

    def action_leave(self) -> None:
        """Close."""
        self.dismiss()
