"""What Textual paints anew with every key though nothing changed is kept, and each line costs less.

Reaches for private names of Textual; tests/tui/textual_patches/test_render_cache.py notices when one moves.
"""

# ruff: noqa: SLF001 - what paints the same as Textual has to look where that looks

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

import textual.widget
from rich.segment import Segment
from textual._border import get_box
from textual._compositor import Compositor
from textual._styles_cache import StylesCache
from textual.color import Color
from textual.css.styles import StylesBase
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget


class _Sides(NamedTuple):
    """What stands left and right of the content of a widget, on each of its lines."""

    top: int
    bottom: int
    """Lines of border and padding above and beneath."""
    width: int
    """Cells of the content."""
    style: Any
    """Of what the content leaves empty."""
    left: tuple[Segment, ...]
    right: tuple[Segment, ...]


class KeptLines(StylesCache):
    """Keeps all lines of a widget, filters applied, until one of them is to be painted anew.

    An update goes through every line of every widget around the place that changed, some 300, and throws
    most of them away; that took as long as everything else a key does.
    """

    def __init__(self) -> None:
        """Start with nothing painted."""
        super().__init__()
        self._kept: tuple[Region, list[Strip]] | None = None
        self._sides: _Sides | None = None
        self._has_looked = False
        """Whether it is known, for the lines that are painted now, what stands beside the content."""

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
            self._has_looked = False
            self._kept = crop, super().render_widget(widget, crop)
        return self._kept[1]

    def render_line(  # noqa: PLR0913, PLR0917 - as Textual has it
        self,
        styles: StylesBase,
        y: int,
        size: Size,
        content_size: Size,
        padding: Any,
        base_background: Color,
        background: Color,
        render_content_line: Callable[[int], Strip],
        border_title: Any,
        border_subtitle: Any,
        opacity: float,
        ansi_theme: Any,
        native_ansi: bool,  # noqa: FBT001 - as Textual has it
    ) -> Strip:
        """Return a line; one of the content takes from the styles what was looked up for the first."""
        if not self._has_looked:
            self._has_looked = True
            inner, outer = self.get_inner_outer(base_background, background)
            is_plain = opacity == 1.0 and _is_plain(styles)
            self._sides = (
                _sides(styles, content_size.width, base_background, inner, outer) if is_plain else None
            )
        sides = self._sides
        if sides is None or not sides.top <= y < size.height - sides.bottom:
            return super().render_line(
                styles,
                y,
                size,
                content_size,
                padding,
                base_background,
                background,
                render_content_line,
                border_title,
                border_subtitle,
                opacity,
                ansi_theme,
                native_ansi,
            )
        if y - sides.top >= content_size.height:
            line = Strip.blank(sides.width, sides.style)
        else:
            line = render_content_line(y - sides.top).adjust_cell_length(sides.width, sides.style)
        if sides.width == size.width:
            return line
        return Strip([*sides.left, *line._segments, *sides.right], size.width)


def _is_plain(styles: StylesBase) -> bool:
    """Whether the content is painted as it is."""
    has_outline = any(edge for edge, _ in styles.outline)
    is_tinted = bool(styles.tint.a) or styles.text_opacity != 1.0
    return not (has_outline or is_tinted or styles.has_rule("hatch"))


def _sides(styles: StylesBase, width: int, around: Color, inner: Style, outer: Style) -> _Sides:
    """Return what stands beside each line of the content; `around` is the colour that a border lies on."""
    gutter, padding, style = styles.gutter, styles.padding, inner.rich_style
    (left, left_colour), (right, right_colour) = styles.border_left, styles.border_right
    before = [get_box(left, inner, outer, Style(foreground=around + left_colour))[1][0]] if left else []
    behind = [get_box(right, inner, outer, Style(foreground=around + right_colour))[1][2]] if right else []
    before += [Segment(" " * padding.left, style)] if padding.left else []
    behind[:0] = [Segment(" " * padding.right, style)] if padding.right else []
    return _Sides(gutter.top, gutter.bottom, width, style, tuple(before), tuple(behind))


class _NothingKept(dict[Any, Any]):
    """Stands for a cache of a line: hardly any line is asked for the same twice."""

    def __setitem__(self, key: Any, value: Any) -> None:
        """Keep nothing."""


_NOTHING_KEPT: Final = _NothingKept()


def _begin_light(strip: Any, segments: Iterable[Segment], cell_length: int | None = None) -> None:
    """Begin a line that keeps how it looks through the filters alone: seven caches took half its time."""
    strip._segments = list(segments)
    strip._cell_length = cell_length
    strip._filter_cache = {}
    strip._divide_cache = strip._crop_cache = strip._style_cache = _NOTHING_KEPT
    strip._line_length_cache = strip._crop_extend_cache = strip._offsets_cache = _NOTHING_KEPT
    strip._render_cache = strip._link_ids = strip._cell_count = None


def _chops(
    compositor: Compositor, crop: Region, is_rendered_line: Callable[[int], bool]
) -> Sequence[Mapping[int, Strip | None]]:
    """Return of each line that is painted where its parts begin, each with what is seen there.

    Textual asks all whose container stands there, the bar and the agenda for a letter in the editor, and
    paints also what lies wholly behind others, as containers do.
    """
    cuts = compositor.cuts
    chops: list[dict[int, Strip | None]] = [dict.fromkeys(cut[:-1]) for cut in cuts]
    for widget, (region, clip) in compositor.visible_widgets.items():
        seen = region.intersection(clip)
        painted = seen.intersection(crop)
        (first, end), (left, right), lines = seen.column_span, painted.column_span, None
        for y in filter(is_rendered_line, painted.line_range):
            chop = chops[y]
            parts = [cut for cut in cuts[y] if first <= cut <= end]
            lacks = (chop[x] is None and x < right and end_of_it > left for x, end_of_it in pairwise(parts))
            if not any(lacks):
                continue
            if lines is None:
                lines = widget.render_lines(seen.translate((-region.x, -region.y)))
            strips = lines[y - seen.y].divide([cut - first for cut in parts[1:]])
            for cut, strip in zip(parts, strips, strict=False):
                if chop[cut] is None:  # what is in front comes first
                    chop[cut] = strip
    return chops


def paint_quickly() -> None:
    """Have every widget made from now on keep its lines, every line be light, and none painted in vain."""
    Compositor._render_chops = _chops  # type: ignore[assignment, method-assign]
    textual.widget.StylesCache = KeptLines  # type: ignore[attr-defined]
    Strip.__init__ = _begin_light  # type: ignore[assignment, method-assign]
