"""What was typed into a dialog is there again however the app has ended, and is told to be from before."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from tests.prepared import Forked
from tests.pty_driver import COMMAND, TAB, Terminal, environment

DIALOGS = [
    ("n", "New account", "", signal.SIGTERM),
    ("s", "New session", "", signal.SIGHUP),
    ("r", "Rename account", "", None),
    ("i", "Import an account plan", "", signal.SIGTERM),
    ("e", "Export the joint action plan", TAB * 3, signal.SIGHUP),
    ("n", "New account", TAB * 2, signal.SIGKILL),
]


@pytest.mark.parametrize("dialog", DIALOGS)
def test_what_is_typed_into_a_dialog_outlives_the_app(
    database: Path, tmp_path: Path, dialog: tuple[str, str, str, signal.Signals | None]
) -> None:
    key, title, way, end = dialog
    line, env = [*COMMAND, "--db", str(database)], environment(HOME=str(tmp_path / "home"))
    with Terminal(line, env=env, start=Forked) as terminal:
        terminal.wait("Norvane")
        terminal.send(key)
        terminal.wait(f"─ {title} ")
        terminal.send(f"{way}Abelone")
        terminal.wait("Abelone")
        if end is None:
            terminal.close()
        elif end == signal.SIGKILL:
            deadline = time.perf_counter() + 0.25
            while (rest := deadline - time.perf_counter()) > 0:
                terminal.read(rest)
            terminal.signal(end)
        else:
            terminal.signal(end)
        terminal.ended()
    with Terminal(line, env=env, start=Forked) as terminal:
        terminal.wait("Norvane")
        terminal.send(key)
        terminal.wait("Abelone")
        terminal.wait("Not saved yet: this was typed before.")
