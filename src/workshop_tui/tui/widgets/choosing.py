"""The list of choices in the editor: what is typed narrows it, arrows move in it."""

from __future__ import annotations

from contextlib import suppress

from textual.widgets import OptionList
from textual.widgets.option_list import Option

from workshop_tui.domain.base.text import clean_text
from workshop_tui.domain.plan.step import Refused
from workshop_tui.tui.widgets.chosen import in_columns, matching
from workshop_tui.tui.widgets.floating import Floating
from workshop_tui.tui.widgets.literal import literal
from workshop_tui.tui.widgets.text_input import TypedText
from workshop_tui.views.text_layout import fit

NAMED, LONGEST = 3, 30
"""How many of those that are there a refusal names, and in how many cells each."""


class Choosing(Floating):
    """Has a list of the choices of what is edited."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's word
        """Start with nothing to choose from."""
        super().__init__(id=id)
        self._listed: str | None = None

    @property
    def unfound(self) -> str:
        """What is typed to choose by and fits nothing that is there; empty where something fits."""
        if not self.edit or not self._chooses or matching(self.edit.choices, self.typed):
            return ""
        return self.typed.strip() and self.typed

    def _list(self, typed: str) -> None:
        """Show what fits; where nothing does, what can come in under that name, but unmarked."""
        if not self.edit or typed == self._listed:
            return
        self._listed, self._choices = typed, matching(self.edit.choices, typed)
        if self.edit.adds and self.unfound:
            with suppress(Refused):
                self._choices = self.edit.adds(typed)
        options = self.query_one("#choices", OptionList)
        options.clear_options()
        every = (*self.edit.choices, *self._choices)
        options.add_options(Option(literal(line)) for line in in_columns(self._choices, every))
        now = next((n for n, c in enumerate(self._choices) if c.text == self.edit.text and not typed), 0)
        options.highlighted = now if self._choices and not self.unfound else None

    def _not_there(self) -> str:
        """Return in a sentence that nothing has the name that is typed, and what there is or can be done."""
        edit, typed = self.edit, fit(clean_text(self.typed), LONGEST).rstrip()
        if not edit or not typed:
            return f"There is no {edit.of} yet." if edit and edit.of else ""
        nothing = f"No {edit.of} is called «{typed}»" if edit.of else f"Nothing here is called «{typed}»"
        if self._choices:
            return f"{nothing}: Enter adds what is marked, or type another name."
        there = [fit(choice.text, LONGEST).rstrip() for choice in edit.choices if choice.value is not None]
        more = f" and {len(there) - NAMED} more" if len(there) > NAMED else ""
        is_or_are = "is" if len(there) == 1 else "are"
        return f"{nothing}: there {is_or_are} {', '.join(there[:NAMED]) or 'none'}{more}."

    def _choose(self, by: int) -> None:
        """Move in the list of choices, or in the text."""
        options, area = self.query_one("#choices", OptionList), self.query_one(TypedText)
        if self._choices:
            at = options.highlighted
            start = -1 if by > 0 else 0
            options.highlighted = ((start if at is None else at) + by) % len(self._choices)
        elif self.edit and self.edit.multiline:
            (area.action_cursor_up if by < 0 else area.action_cursor_down)()
