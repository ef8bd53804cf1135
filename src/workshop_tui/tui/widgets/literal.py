"""The one way by which people's text reaches a widget: as it is, never as markup, and only if it differs."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Static


def literal(text: str, style: str = "") -> Content:
    """Return text in which brackets are brackets."""
    return Content.styled(text, style) if style else Content(text)


def set_text(static: Static, text: str, style: str = "") -> None:
    """Have a widget show this text; each widget has a style of its own.

    Textual lays out and paints the whole screen for it, so it is left where it says so already.
    """
    if static.content != literal(text):
        static.update(literal(text, style))


def set_border_title(widget: Widget, text: str | Content) -> None:
    """Write this text into a widget's border, and paint that line alone."""
    title = literal(text) if isinstance(text, str) else text
    if widget.border_title != title.markup:
        widget._border_title = title  # noqa: SLF001 - the public one paints the whole widget
        left, top = widget.content_offset
        widget.refresh(Region(-left, -top, widget.outer_size.width, 1))
