"""A session that was named on the command line is the first thing that is painted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pty_driver import COMMAND, QUIT, Terminal, environment

OF_THE_LIBRARY = ("Opening …", "Workshops", "Accounts and sessions", "New account")


@pytest.mark.parametrize("command", ["open", "demo"])
def test_nothing_of_the_library_is_painted_before_the_session(
    database: Path, tmp_path: Path, command: str
) -> None:
    line = ["demo"] if command == "demo" else ["--db", str(database), "open", "norvane"]
    painted: list[str] = []
    with Terminal([*COMMAND, *line], env=environment(HOME=str(tmp_path / "home"))) as terminal:
        while not all(words in (painted or [""])[-1] for words in ("TEAM ONLY", "f4 Share")):
            terminal.wait_until(_other_than(painted), what="the next frame")
            painted.append(terminal.text)
        terminal.send(QUIT)
        assert terminal.ended() == 0
    for frame in painted:
        for words in OF_THE_LIBRARY:
            assert words not in frame


def _other_than(painted: list[str]) -> Callable[[str], bool]:
    return lambda text: text != (painted or [""])[-1]
