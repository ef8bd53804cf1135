"""The list of choices in the editor: what is typed narrows it, arrows move in it."""

from __future__ import annotations

from textual.widgets import OptionList
from textual.widgets.option_list import Option

from workshop_tui.tui.widgets.chosen import in_columns, matching
from workshop_tui.tui.widgets.floating import Floating
from workshop_tui.tui.widgets.literal import literal
from workshop_tui.tui.widgets.typed import TypedText


class Choosing(Floating):
    """Has a list of the choices of what is edited."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's word
        """Start with nothing to choose from."""
        super().__init__(id=id)
        self._listed: str | None = None

    def _list(self, typed: str) -> None:
        if not self.edit or typed == self._listed:
            return
        self._listed, self._choices = typed, matching(self.edit.choices, typed)
        options = self.query_one("#choices", OptionList)
        options.clear_options()
        options.add_options(Option(literal(line)) for line in in_columns(self._choices, self.edit.choices))
        now = next((n for n, c in enumerate(self._choices) if c.text == self.edit.text and not typed), 0)
        options.highlighted = now if self._choices else None

    def _choose(self, by: int) -> None:
        """Move in the list of choices, or in the text."""
        options, area = self.query_one("#choices", OptionList), self.query_one(TypedText)
        if self._choices and options.highlighted is not None:
            options.highlighted = (options.highlighted + by) % len(self._choices)
        elif self.edit and self.edit.multiline:
            (area.action_cursor_up if by < 0 else area.action_cursor_down)()
