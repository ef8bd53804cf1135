"""Change what a widget says only where it differs: Textual lays out and paints the whole screen for it."""

from __future__ import annotations

from textual.widget import Widget
from textual.widgets import Static

from workshop_tui.tui.widgets.literal import literal


def say(static: Static, text: str, style: str = "") -> None:
    """Have a widget show this text; each widget has a style of its own."""
    if static.content != literal(text):
        static.update(literal(text, style))


def entitle(widget: Widget, text: str) -> None:
    """Write this text into a widget's border."""
    if widget.border_title != literal(text).markup:
        widget.border_title = literal(text)
