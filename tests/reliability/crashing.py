"""The app with a bug in it: whoever steps to the next person meets an exception that knows a secret."""

import sys

from workshop_tui.cli.app import run
from workshop_tui.tui.screens.workshop import WorkshopScreen

VALUE = "Vermilion-Seven"


def _explode(self: WorkshopScreen, by: int) -> None:
    value = f"{VALUE} {by} {self}"
    raise RuntimeError(value)


if __name__ == "__main__":
    WorkshopScreen.action_subject = _explode  # type: ignore[method-assign]
    sys.exit(run(sys.argv[1:]))
