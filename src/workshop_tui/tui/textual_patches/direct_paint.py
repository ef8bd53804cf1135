"""A widget that paints itself without the others: what changes each second may cost next to nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from rich.style import Style
from textual._compositor import ChopsUpdate
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class PaintsAlone(Widget):
    """Painted by the Line API, in the tones of its component classes, by `paint` rather than `refresh`.

    Has neither border nor padding: its lines are all there is of it.
    Textual's compositor goes through all that is on the screen, whatever little has changed.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's word
        """Start without tones: they are looked up when they are first needed."""
        super().__init__(id=id)
        self._tones: Mapping[str, Style] = {}
        self._painted: list[Strip] = []
        """The lines as they were painted last, while nothing else has painted them since."""

    @property
    def tones(self) -> Mapping[str, Style]:
        """The last part of a component class's name → its style."""
        if not self._tones:
            names = sorted(self.COMPONENT_CLASSES)
            self._tones = {name.partition("--")[2]: self.get_component_rich_style(name) for name in names}
        return self._tones

    def notify_style_update(self) -> None:
        """Look the tones up anew, as in another theme."""
        super().notify_style_update()
        self._tones = {}

    def refresh(self, *regions: Region, **how: bool) -> Self:
        """Have the compositor paint it."""
        self._painted = []
        return super().refresh(*regions, **how)

    def paint(self) -> None:
        """Show what has changed: alone where nothing lies over it, else as usual."""
        place, screen = self.region, self.screen
        if screen is not self.app.screen or not self._is_in_front(place):
            self.refresh()
            return
        self._styles_cache.clear()
        before, self._painted = self._painted, [self.render_line(y) for y in range(place.height)]
        anew = before if len(before) == place.height else [Strip([])] * place.height
        parts = [_changed(*lines) for lines in zip(anew, self._painted, strict=True)]
        if not any(part.cell_length for _, part in parts):
            return
        above: list[dict[int, Strip]] = [{}] * place.y
        chops = [{place.x + x: self._filtered(part)} for x, part in parts]
        spans = [
            (y, place.x + x, place.x + x + part.cell_length) for y, (x, part) in enumerate(parts, place.y)
        ]
        ends = [[end] for _, _, end in ([(0, 0, 0)] * place.y + spans)]
        update = ChopsUpdate([*above, *chops], spans, ends)
        self.app._display(screen, update)  # noqa: SLF001 - there is no other way past the compositor

    def _filtered(self, strip: Strip) -> Strip:
        """Return a line as every other goes through the filters."""
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, self.background_colors[1])
        return strip

    def _is_in_front(self, place: Region) -> bool:
        """Whether all of it is seen: the compositor has what is in front first."""
        for other, (region, clip) in self.screen._compositor.visible_widgets.items():  # noqa: SLF001
            if other is self:
                return clip.contains_region(place)
            if region.intersection(clip).overlaps(place):
                return False
        return False


def _changed(before: Strip, now: Strip) -> tuple[int, Strip]:
    """Return where a line begins to look otherwise, and what stands there; all of it where parts moved."""
    was, is_ = [*before], [*now]
    if [segment.cell_length for segment in was] != [segment.cell_length for segment in is_]:
        return 0, now
    changed = [n for n, (one, other) in enumerate(zip(was, is_, strict=True)) if one != other]
    if not changed:
        return 0, Strip([])
    first, last = changed[0], changed[-1] + 1
    return sum(segment.cell_length for segment in is_[:first]), Strip(is_[first:last])
