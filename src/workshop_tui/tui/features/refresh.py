"""Showing what has changed: at once, or as soon as whoever types pauses."""

from __future__ import annotations

from textual.timer import Timer

from workshop_tui.live.events import PlanChanged
from workshop_tui.tui.widgets.status_bar import Bar
from workshop_tui.tui.workspace import PlanShown, Workspace
from workshop_tui.views.around import bar_text
from workshop_tui.views.presence import others_named

PAUSE = 0.3
"""Seconds without a change after which the rest of the screen follows what is typed."""


class Refresh:
    """Has the screen follow the live plan; no letter that is typed waits for it."""

    def __init__(self, workspace: Workspace) -> None:
        """Listen for changes."""
        self._workspace = workspace
        self._pause: Timer | None = None
        self._of_others = False
        self._answers = ("", "")
        """What the keys that answer depend on: why all is closed, and the audience."""
        workspace.listen(PlanShown, lambda _: self._show_around())
        workspace.listen(PlanChanged, self._changed)

    def _show_bar(self) -> None:
        bar, live = self._workspace.screen.query_one(Bar), self._workspace.live
        bar.text, bar.others = bar_text(live), others_named(live)

    def _show_around(self) -> None:
        """Show what can have changed with the plan: the bar, and which keys answer."""
        self._show_bar()
        answers = self._workspace.live.closed, self._workspace.live.audience
        if answers != self._answers:
            self._answers = answers
            self._workspace.screen.refresh_bindings()

    def _changed(self, event: PlanChanged) -> None:
        self._show_bar()
        if not event.rows:
            return
        if not self._workspace.is_typing:
            self._show()
        elif not self._of_others:  # what others did is not put off by what is typed here
            self._of_others = event.others
            if self._pause:
                self._pause.stop()
            self._pause = self._workspace.screen.set_timer(PAUSE, self._show)

    def _show(self) -> None:
        if self._pause:
            self._pause.stop()
        self._of_others = False
        self._workspace.show_changes()
