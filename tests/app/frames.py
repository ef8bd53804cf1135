"""Everything that the app sends to the terminal, frame by frame: what was there for a moment counts, too."""

from __future__ import annotations

import re
from typing import Any

import pytest
from rich.console import RenderableType
from textual import events
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.screen import Screen

from tests.app.driver import Driven
from workshop_tui.tui.app import WorkshopApp

_STEERING = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


class Frames(list[str]):
    """The text of each frame, oldest first; of a frame only what it paints anew."""

    begins_with: str | None = None
    """The key with which they begin, once the app has it: until then what was asked for before is painted."""

    def begin_whole(self, app: Driven) -> None:
        """Forget what was, and have the next frame paint all, so that it tells all there is to be seen."""
        app.app.screen.refresh()
        self.clear()

    @property
    def text(self) -> str:
        """All of them."""
        return "\n".join(self)


def recorded(monkeypatch: pytest.MonkeyPatch, of: type[App[Any]] = WorkshopApp) -> Frames:
    """Return the frames of whatever app of a kind is run from now on."""
    frames, display, on_event = Frames(), of._display, of.on_event

    def record(self: App[Any], screen: Screen[Any], painted: RenderableType | None) -> None:
        if isinstance(painted, CompositorUpdate):
            frames.append(_STEERING.sub("", painted.render_segments(self.console)))
        display(self, screen, painted)

    async def begin(self: App[Any], event: events.Event) -> None:
        if isinstance(event, events.Key) and event.key == frames.begins_with:
            frames.clear()
        await on_event(self, event)

    monkeypatch.setattr(of, "_display", record)
    monkeypatch.setattr(of, "on_event", begin)
    return frames
