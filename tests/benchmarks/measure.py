"""Stop-watches: from outside in a real pseudo-terminal, and inside for what has no screen."""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.pty_driver import Terminal, environment

COLUMNS, ROWS = 120, 40
PACE = 0.05
"""Seconds from key to key, as a quick typist has them."""
QUIET = 0.06
"""Seconds without output after which a screen has settled."""
LONG = 0.25
"""Seconds in which a whole screen is painted."""
LETTERS = "qzxjkvwbgfdmh"


@dataclass(frozen=True)
class Spread:
    """Median and 95th percentile of some times, in milliseconds."""

    p50: float
    p95: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Spread:
        """Sum up times in seconds."""
        times = sorted(seconds)
        return cls(statistics.median(times) * 1e3, times[int(0.95 * (len(times) - 1))] * 1e3)


def start(command: Sequence[str], home: Path) -> Terminal:
    """Start a command in a terminal."""
    return Terminal(command, columns=COLUMNS, rows=ROWS, env=environment(HOME=str(home)))


def until(terminal: Terminal, marker: bytes, after: int, seconds: float = 20.0) -> float:
    """Read until the marker has been painted behind a place in the output; return when it was."""
    deadline = time.perf_counter() + seconds
    while marker not in terminal.raw[after:]:
        terminal.read(deadline - time.perf_counter())
        if time.perf_counter() > deadline:
            raise TimeoutError(f"{marker!r} was not painted:\n{terminal.text}")
    return terminal.heard


def settle(terminal: Terminal, quiet: float = QUIET) -> float:
    """Read until nothing more is painted; return when the last was."""
    while terminal.read(quiet):
        pass
    return terminal.heard


def first_paint(command: Sequence[str], marker: str, home: Path) -> float:
    """Seconds from the start of a command until the marker is painted."""
    with start(command, home) as terminal:
        return until(terminal, marker.encode(), 0) - terminal.started


def typing(terminal: Terminal, count: int) -> list[float]:
    """Seconds from each key to the paint that shows it; every three letters in a row are unique."""
    times = []
    for number, letter in enumerate(text := unlike(count)):
        seen = text[max(number - 2, 0) : number + 1].encode()
        before, sent = len(terminal.raw), time.perf_counter()
        terminal.send(letter)
        times.append(until(terminal, seen, before) - sent)
        terminal.watch(sent + PACE - time.perf_counter(), len)
    return times


def unlike(count: int) -> str:
    """Return letters of which no three in a row come twice."""
    chance, text = random.Random(1), "qz"  # noqa: S311 - the same letters every time
    while len(text) < count:
        text += next(a for a in chance.sample(LETTERS, len(LETTERS)) if text[-2:] + a not in text)
    return text


def moving(
    terminal: Terminal, keys: Sequence[str], count: int, *markers: str, waits: float = 0.0
) -> list[float]:
    """Seconds from each key to the paint that has its marker; keys and markers come in turn.

    Without those in which a letter waits for the next one of a text, if it is one that does.
    """
    times = []
    for number in range(count):
        before, sent = len(terminal.raw), time.perf_counter()
        terminal.send(keys[number % len(keys)])
        times.append(until(terminal, markers[number % len(markers)].encode(), before) - sent - waits)
        settle(terminal)
    return times


def covering(terminal: Terminal, key: str, words: str, count: int) -> list[float]:
    """Seconds from a key to the paint after which nothing but these words is left; the key lifts it, too."""
    return [_covered(terminal, key, words.split()) for _ in range(count)]


def _covered(terminal: Terminal, key: str, words: list[str]) -> float:
    terminal.wait_until(lambda text: text.split() != words)
    settle(terminal, LONG)
    sent, heard = time.perf_counter(), []
    terminal.send(key)
    while terminal.read(LONG):
        heard.append((terminal.heard, len(terminal.raw)))
    whole = bytes(terminal.raw)

    def is_covered(upto: int) -> bool:
        terminal.raw[:] = whole[:upto]
        return terminal.text.split() == words

    when = next(when for when, upto in heard if is_covered(upto))  # afterwards: to look takes its time, too
    terminal.raw[:] = whole
    terminal.wait_until(lambda text: text.split() == words)
    terminal.send(key)
    return when - sent


def cpu(terminal: Terminal) -> float:
    """Seconds of processor that all threads of the command have had."""
    tasks = Path(f"/proc/{terminal.process.pid}/task")
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks.iterdir()) / 1e9


def idle(terminal: Terminal) -> float:
    """Seconds of processor that the command has in ten seconds in which nobody does anything."""
    terminal.watch(1, len)
    before = cpu(terminal)
    terminal.watch(10, len)
    return cpu(terminal) - before


def memory(terminal: Terminal) -> float:
    """Megabytes that the command holds now."""
    status = Path(f"/proc/{terminal.process.pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def inside(what: Callable[[], object], count: int) -> list[float]:
    """Seconds that each of so many calls takes."""
    times = []
    for _ in range(count):
        began = time.perf_counter()
        what()
        times.append(time.perf_counter() - began)
    return times


def command(*line: str) -> None:
    """Run a command that has no screen."""
    env = {**environment(), "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-m", "workshop_tui", *line], check=True, capture_output=True, env=env)
