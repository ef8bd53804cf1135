"""What Textual paints anew with every key though nothing changed is kept, and each line costs less.

Reaches for private names of Textual; tests/tui/textual_patches/test_render_cache.py notices when one moves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import textual.strip
import textual.widget
from textual._compositor import Compositor
from textual._styles_cache import StylesCache
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class KeptLines(StylesCache):
    """Keeps all lines of a widget, filters applied, until one of them is to be painted anew.

    An update goes through every line of every widget around the place that changed, some 300, and throws
    most of them away; that took as long as everything else a key does.
    """

    def __init__(self) -> None:
        """Start with nothing painted."""
        super().__init__()
        self._kept: tuple[Region, list[Strip]] | None = None

    def set_dirty(self, *regions: Region) -> None:
        """Have lines painted anew."""
        self._kept = None
        super().set_dirty(*regions)

    def clear(self) -> None:
        """Have all lines painted anew."""
        self._kept = None
        super().clear()

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        """Return the lines of a part of a widget."""
        if self._kept is None or self._kept[0] != crop:
            self._kept = crop, super().render_widget(widget, crop)
        return self._kept[1]


def _cache(_most: int) -> dict[Any, Any]:
    """Return a cache of a line, which is thrown away with it: seven of Textual's own took half its time."""
    return {}


def _renders(
    compositor: Compositor, crop: Region | None = None
) -> Iterator[tuple[Region, Region, list[Strip]]]:
    """Yield place, clip and lines of each widget that stands where something is painted.

    Textual asks all whose container stands there, the bar and the agenda for a letter in the editor.
    """
    for widget, (region, clip) in compositor.visible_widgets.items():
        seen = region.intersection(clip)
        if seen and (crop is None or crop.overlaps(seen)):
            yield region, clip, widget.render_lines(seen.translate((-region.x, -region.y)))


def paint_quickly() -> None:
    """Have every widget made from now on keep its lines, every line be light, and none painted in vain."""
    Compositor._get_renders = _renders  # type: ignore[assignment, method-assign]  # noqa: SLF001
    textual.widget.StylesCache = KeptLines  # type: ignore[attr-defined]
    textual.strip.FIFOCache = _cache  # type: ignore[attr-defined, assignment]
