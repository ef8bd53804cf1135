"""What a key has moved is painted at once: Textual has word of it pass three queues first.

Reaches for private names of Textual: tests/tui/textual_patches/test_prompt_paint.py notices when one moves.
"""
# ruff: noqa: SLF001

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual.screen import Screen
from textual.widget import Widget


def paint_at_once(moved: Widget) -> None:
    """Paint what is to be painted anew around a widget, unless something is to be laid out or styled before.

    That is left to Textual, which does it in turn. What has word of it on its way already comes behind this.
    """
    if not moved.is_attached or not moved.screen.is_current or moved.app._batch_count:
        return
    screen: Screen[Any] = moved.screen
    widgets = list(_displayed(screen))
    if any(map(_comes_first, widgets)):
        return
    for widget in widgets:
        if widget._repaint_required:
            widget._repaint_required = False
            if widget.display:
                screen._dirty_widgets.add(widget)
    screen._on_timer_update()


def _displayed(screen: Screen[Any]) -> Iterator[Widget]:
    """Yield what is displayed, and of what is not only the outermost: it may have been until now."""
    waiting: list[Widget] = [screen]
    while waiting:
        widget = waiting.pop()
        yield widget
        if widget.display:
            waiting += widget._nodes


def _comes_first(widget: Widget) -> bool:
    return (
        widget._layout_required
        or widget._scroll_required
        or widget._refresh_styles_required
        or widget._recompose_required
    )
