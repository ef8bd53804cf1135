"""Where the editor stands: over the cell it changes, as high as what it holds."""

from __future__ import annotations

from textual.containers import Vertical
from textual.geometry import Region

from workshop_tui.tui.widgets.text_input import TypedText
from workshop_tui.views.cell import Choice, Edit
from workshop_tui.views.text_layout import wrapped

SHORT_LIST = 9
"""Choices that are shown at once."""
MOST_ADDED = 4
"""Lines kept free for what can be added under a name that nothing has."""


class Floating(Vertical):
    """Floats over a cell, within the screen."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's word
        """Start with nothing to edit."""
        super().__init__(id=id)
        self.edit: Edit | None = None
        self._at = Region()
        self._choices: tuple[Choice, ...] = ()

    @property
    def typed(self) -> str:
        """What stands in the editor now."""
        raise NotImplementedError

    @property
    def _chooses(self) -> bool:
        return bool(self.edit and self.edit.chooses)

    def place(self, at: Region) -> None:
        """Stand over a cell, wherever on the screen it has gone."""
        self._at = at
        screen = self.screen.size
        edit = self.edit
        least = 60 if edit and (edit.multiline or edit.chooses) else 44
        width = min(max(at.width + 4, least), screen.width)
        x = max(0, min(at.x - 2, screen.width - width))
        height = self._height(width)
        over = at.y if edit and edit.makes else at.y - 1  # a new row hides none of those before it
        y = max(0, min(over, screen.height - 1 - height))
        self.styles.width, self.styles.offset = width, (x, y)

    def _height(self, width: int) -> int:
        if self.edit and self.edit.multiline:
            lines = min(max(len(wrapped(self.typed, max(width - 4, 8))) + 1, 3), 8)
            self.query_one(TypedText).styles.height = lines
            return lines + 3
        least = MOST_ADDED if self.edit and self.edit.adds else 0
        listed = min(max(len(self._choices), least), SHORT_LIST + 1) if self._chooses else 0
        return 4 + self._chooses + listed
