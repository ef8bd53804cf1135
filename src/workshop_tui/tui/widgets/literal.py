"""The one way by which people's text reaches a widget: as it is, never as markup."""

from __future__ import annotations

from textual.content import Content


def literal(text: str, style: str = "") -> Content:
    """Return text in which brackets are brackets."""
    return Content.styled(text, style) if style else Content(text)
