"""The line at the foot: which keys answer now, painted by one widget."""

from __future__ import annotations

from itertools import accumulate

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from workshop_tui.tui.widgets.literal import literal

HURRY = {"help", "audience", "curtain"}


class Keys(Widget):
    """Keys with what they do; a click presses one. The palette's stands at the right.

    Textual's Footer makes a widget of each key anew whenever the focus moves, which took more time than
    all the rest of opening an editor.
    """

    def __init__(self) -> None:
        """Start empty: the screen tells when its keys are known."""
        super().__init__(id="keys")
        self._told: tuple[Binding, ...] = ()

    def on_mount(self) -> None:
        """Listen for keys that come and go."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, screen: Screen[object]) -> None:
        if screen is not self.screen or not screen.is_attached:
            return
        nearest = sorted(screen.active_bindings.values(), key=lambda each: each.node in (screen, self.app))
        active = [binding for _, binding, enabled, _ in nearest if enabled]
        first: dict[str, Binding] = {}
        for binding in active:
            if binding.show:
                first.setdefault(binding.action, binding)
        palette = [binding for binding in active if binding.action == "command_palette"]
        if self._told != (told := (*first.values(), *palette)):
            self._told = told
            self.refresh()

    def _labels(self) -> list[tuple[str, str]]:
        """Return (key, what it does) for those there is room for, and the room in front of the palette's.

        Help, audience and curtain stay the longest: they are needed in a hurry.
        """
        told = list(self._told)
        while len(told) > 1 and _width(labels := [self._label(b) for b in told]) > self.size.width:
            told.remove(next((b for b in reversed(told[:-1]) if b.id not in HURRY), told[-2]))
        labels = [self._label(b) for b in told]
        if told and told[-1].action == "command_palette":
            labels[-1:] = [("", " " * max(self.size.width - _width(labels), 0)), labels[-1]]
        return labels

    def _label(self, binding: Binding) -> tuple[str, str]:
        return f" {self.app.get_key_display(binding)} ", f"{binding.description} "

    def render(self) -> RenderResult:
        """Paint the line."""
        parts = (
            part
            for key, does in self._labels()
            for part in (literal(key, "bold $footer-key-foreground"), literal(does, "$footer-foreground"))
        )
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        labels = self._labels()
        ends = accumulate(cell_len(key + does) for key, does in labels)
        key = next((key for (key, _), end in zip(labels, ends, strict=True) if event.x < end), "")
        binding = next((b for b in self._told if key and f" {self.app.get_key_display(b)} " == key), None)
        if binding:
            self.app.simulate_key(binding.key)


def _width(labels: list[tuple[str, str]]) -> int:
    return sum(cell_len(key + does) for key, does in labels)
