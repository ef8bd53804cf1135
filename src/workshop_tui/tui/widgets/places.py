"""Where all stood at each size of the terminal, so that a window made tiny and large again is as it was."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from textual.geometry import Offset, Size
from textual.widget import Widget


class ScrollPlace(Struct, frozen=True):
    """How large a widget was, how far it was scrolled, and where its cursor stood."""

    size: Size
    scroll: Offset
    row: str = ""
    column: int = 0


class Places:
    """Kept until somebody presses a key or the mouse: from then on it is another place."""

    def __init__(self) -> None:
        """Start with no size known."""
        self._kept: dict[Size, dict[Widget, ScrollPlace]] = {}

    def forget(self) -> None:
        """Know of no place: somebody moves."""
        self._kept.clear()

    def keep(self, size: Size, widgets: Iterable[Widget]) -> None:
        """Keep where widgets stand while the terminal is still so large."""
        self._kept[size] = {widget: _place(widget) for widget in widgets if widget.size.area}

    def of(self, widget: Widget) -> ScrollPlace | None:
        """Return where a widget stood when terminal and widget were as large as they are now."""
        place = self._kept.get(widget.screen.size, {}).get(widget)
        return place if place and place.size == widget.size else None

    def give_back(self, widgets: Iterable[Widget]) -> None:
        """Scroll widgets to where they stood."""
        for widget in widgets:
            if (place := self.of(widget)) and place.scroll != widget.scroll_offset:
                widget.scroll_to(*place.scroll, animate=False, immediate=True)


def _place(widget: Widget) -> ScrollPlace:
    row = getattr(getattr(widget, "current", None), "id", "")  # of a table
    return ScrollPlace(widget.size, widget.scroll_offset, row, getattr(widget, "col", 0))
