"""A real pseudo-terminal: run a command in it, type, and wait until its screen shows something.

Nothing here sleeps: whoever waits goes on reading what the command paints.
"""

from __future__ import annotations

import codecs
import functools
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Self

import pyte

from tests.prepared import Forked

Start = Callable[[Sequence[str], int, Mapping[str, str]], "subprocess.Popen[bytes] | Forked"]
COMMAND = (sys.executable, "-m", "workshop_tui")
ENTER, TAB, UNDO, LEAVE, QUIT, BACKSPACE = "\r", "\t", "\x1a", "\x0c", "\x11", "\x7f"
PASTE = "\x1b[200~{}\x1b[201~"

# What pyte would take for text: device control strings, and private sequences such as the kitty keyboard's.
_BEYOND_PYTE = re.compile(r"\x1b(?:P.*?\x1b\\|\[[<=>?][0-9;]*\$?[a-z](?<![hl]))", re.DOTALL)
_UNFINISHED = re.compile(r"\x1b(?:\[[^a-zA-Z]*|P[^\x1b]*)?$")
_DROPPED = {
    *("COLUMNS", "LINES", "PYTHONDONTWRITEBYTECODE", "NO_COLOR"),
    *("TEXTUAL_THEME", "WORKSHOP_TUI_DB", "WORKSHOP_TUI_CONFIG"),
}


def environment(**more: str) -> dict[str, str]:
    """What the command finds around it: compiled code is kept, and the user's own taste left out."""
    kept = {name: value for name, value in os.environ.items() if name not in _DROPPED}
    return {**kept, "TERM": "xterm-256color", "LANG": "C.UTF-8", **more}


def started(command: Sequence[str], slave: int, env: Mapping[str, str]) -> subprocess.Popen[bytes] | Forked:
    """Start a command as the leader of a session on a terminal."""
    take = functools.partial(os.login_tty, slave)
    return subprocess.Popen(command, env=env, preexec_fn=take)  # noqa: PLW1509


class Painted:
    """A screen, as a command has painted it."""

    def __init__(self, columns: int, rows: int) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._text = ""

    def feed(self, painted: bytes | bytearray) -> None:
        """Paint on; what is not finished yet waits for the rest."""
        text = self._text + self._decoder.decode(painted)
        unfinished = _UNFINISHED.search(text)
        self._text = unfinished[0] if unfinished else ""
        self._stream.feed(_BEYOND_PYTE.sub("", text[: len(text) - len(self._text)]))

    def resize(self, columns: int, rows: int) -> None:
        """Be of another size."""
        self._screen.resize(rows, columns)

    @property
    def lines(self) -> list[str]:
        """The screen as it is now."""
        return list(self._screen.display)

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)


class Terminal:
    """A command in a pseudo-terminal of its own, of which it is the session leader."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 36,
        env: Mapping[str, str] | None = None,
        start: Start = started,
    ) -> None:
        """Start the command, or have `Forked` do so where the start itself isn't looked at."""
        self.master, slave = pty.openpty()
        termios.tcsetwinsize(slave, (rows, columns))
        self.before = termios.tcgetattr(slave)
        self.started = time.perf_counter()
        self.process = start(command, slave, env or environment())
        self.slave = slave
        self.raw = bytearray()
        self.heard = self.started
        self._fed = 0
        self._painted = Painted(columns, rows)

    def __enter__(self) -> Self:
        """Take the terminal as it is."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the command, whatever it is doing."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.close()

    def close(self) -> None:
        """Close the terminal, as when its window is closed."""
        for handle in (self.slave, self.master):
            if handle >= 0:
                os.close(handle)
        self.slave = self.master = -1

    # What it paints

    def read(self, seconds: float) -> bool:
        """Read what is painted next; False when nothing was within so many seconds."""
        if not select.select([self.master], [], [], max(seconds, 0))[0]:
            return False
        try:
            self.raw += os.read(self.master, 65536)
        except OSError:  # the last one who had it open is gone
            return False
        self.heard = time.perf_counter()
        return True

    @property
    def lines(self) -> list[str]:
        """The screen as it is now."""
        if self._fed < len(self.raw):
            self._painted.feed(self.raw[self._fed :])
            self._fed = len(self.raw)
        return self._painted.lines

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    def wait_until(self, holds: Callable[[str], object], seconds: float = 20.0, what: str = "") -> str:
        """Read until something holds of the screen, and return the screen; fails after so many seconds."""
        deadline = time.perf_counter() + seconds
        while not holds(text := self.text):
            rest = deadline - time.perf_counter()
            assert rest > 0, f"{what or holds} was not to be seen in {seconds} s:\n{text}"
            if not self.read(min(rest, 0.25)) and self.process.poll() is not None:
                ended = f"It ended with {self.process.returncode} before {what or holds}"
                assert holds(self.text), f"{ended}:\n{self.text}"
        return text

    def wait(self, pattern: str, seconds: float = 20.0) -> str:
        """Read until the screen shows a pattern, and return the screen."""
        return self.wait_until(functools.partial(re.search, pattern), seconds, f"«{pattern}»")

    def wait_gone(self, pattern: str, seconds: float = 20.0) -> str:
        """Read until the screen no longer shows a pattern, and return the screen."""
        return self.wait_until(lambda text: not re.search(pattern, text), seconds, f"no «{pattern}»")

    def watch(self, seconds: float, see: Callable[[str], object]) -> None:
        """Go on reading for so many seconds, and show each screen to somebody."""
        deadline = time.perf_counter() + seconds
        while (rest := deadline - time.perf_counter()) > 0:
            if self.read(rest):
                see(self.text)

    # What is done to it

    def send(self, keys: str | bytes) -> None:
        """Press keys; reads meanwhile, so that neither side waits for the other."""
        data = keys.encode() if isinstance(keys, str) else keys
        while data:
            readable, writable, _ = select.select([self.master], [self.master], [], 20)
            assert readable or writable, "The command takes no more keys."
            if readable:
                self.read(0)
            if writable:
                data = data[os.write(self.master, data[:1024]) :]

    def signal(self, number: signal.Signals) -> None:
        """Send the command a signal."""
        self.process.send_signal(number)

    def ended(self, seconds: float = 10.0) -> int:
        """Read on until the command has ended, and return its exit code."""
        deadline = time.perf_counter() + seconds
        while self.process.poll() is None:
            assert time.perf_counter() < deadline, f"It is still running after {seconds} s:\n{self.text}"
            if self.master < 0:
                return self.process.wait(seconds)
            self.read(0.05)
        while self.read(0):
            pass
        return self.process.wait()

    @property
    def is_restored(self) -> bool:
        """Whether the terminal was given back as it was: main screen, cursor, echo, whole lines."""
        modes = {code: self.raw.rfind(f"\x1b[?{code}".encode()) for code in ("1049h", "1049l", "25l", "25h")}
        flags = termios.tcgetattr(self.slave)[3]
        return (
            modes["1049l"] > modes["1049h"] >= 0 and modes["25h"] > modes["25l"] and flags == self.before[3]
        )
