"""The search over everything people said, from anywhere but before the customer."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen

from workshop_tui.tui.commands.command import Command, Commanded, Section
from workshop_tui.tui.host import host_of
from workshop_tui.tui.widgets.key_bar import Keys
from workshop_tui.tui.widgets.search_pane import LookedFor, SearchPane
from workshop_tui.tui.widgets.status_bar import Bar
from workshop_tui.views.around import bar_text
from workshop_tui.views.status_bar import BarText


class SearchScreen(Commanded, Screen[None]):
    """The search by itself, over whatever is open."""

    KEY_COMMANDS = (
        Command["SearchScreen"](
            "search.leave",
            "escape,ctrl+l",
            "Back",
            lambda screen: screen.action_leave(),
            "back to where one was",
            section=Section.SEARCH,
            shown=True,
            priority=True,
        ),
    )

    def __init__(self, looked_for: LookedFor) -> None:
        """Begin with what was looked for before."""
        super().__init__()
        self._looked_for = looked_for

    def compose(self) -> ComposeResult:
        """Make the bar, the search and the footer."""
        yield Bar(id="bar")
        yield SearchPane(self._looked_for)
        yield Keys()

    def on_mount(self) -> None:
        """Have one type at once, and say who may look, as everywhere."""
        self._show_bar()
        self.set_interval(1, self._show_bar)
        self.query_one(SearchPane).take_keys()

    def _show_bar(self) -> None:
        live = host_of(self).live
        self.query_one(Bar).text = bar_text(live) if live else BarText("Search")

    def action_leave(self) -> None:
        """Go back to where one was."""
        self.dismiss()
