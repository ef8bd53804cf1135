"""Where something stands in a picture."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A rectangle in columns and rows, from its upper left corner."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column behind it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row beneath it."""
        return self.y + self.height

    def contains(self, x: int, y: int) -> bool:
        """Whether a cell of the terminal is part of it."""
        return self.x <= x < self.right and self.y <= y < self.bottom
