"""The smallest Textual apps there can be, to compare with: one text, or one line to type in."""

import sys

from textual.app import App
from textual.widget import Widget
from textual.widgets import Input, Static

READY = "Hello READY"


class Bare(App[None]):
    """Shows one widget."""

    def __init__(self, widget: Widget) -> None:
        """Take the widget."""
        super().__init__()
        self._widget = widget

    def compose(self) -> list[Widget]:
        """Yield it."""
        return [self._widget]


if __name__ == "__main__":
    Bare(Static(READY) if sys.argv[1] == "static" else Input(placeholder=READY)).run()
