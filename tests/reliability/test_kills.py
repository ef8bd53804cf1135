"""A person types, and the process is killed: what was shown as saved is there, and hardly more is lost."""

from __future__ import annotations

import random
import re
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.pty_driver import ENTER, Terminal
from tests.reliability.conftest import Open, stored
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder

KILLS = 20
BATCH = 5
"""Kills on one database, one after the other."""
LOSS = 0.25
"""Seconds of typing that may be lost when they were not yet shown as saved."""
SAVED = re.compile(r" saved \d\d:\d\d:\d\d *$", re.MULTILINE)
FIRSTS = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя"
"""Letters that stand nowhere else on the screen: each begins one line that is typed."""


@dataclass
class Person:
    """Types line after line at the pace of a fast typist, and remembers what the screen showed, and when."""

    terminal: Terminal
    chance: random.Random
    firsts: Iterator[str]
    until: float
    lines: list[str] = field(default_factory=list)
    painted: dict[str, float] = field(default_factory=dict)
    """What was typed of the last line, by when it was first seen."""
    kept: int = 0
    """Lines that were finished when the bar said «saved»."""

    def type(self) -> None:
        """Type until it is time."""
        while time.perf_counter() < self.until:
            self._line()

    def _line(self) -> None:
        words = ("".join(self.chance.choices("qzxjkvw", k=self.chance.randint(2, 6))) for _ in range(3))
        self.lines.append("")
        self.painted.clear()
        for sign in f"{next(self.firsts)}{' '.join(words)}{ENTER}":
            if time.perf_counter() >= self.until:
                return
            if sign != ENTER:
                self.lines[-1] += sign
            self.terminal.send(sign)
            pace = self.chance.uniform(0.02, 0.08)
            self.terminal.watch(min(pace, self.until - time.perf_counter()), self.see)

    def see(self, screen: str) -> None:
        """Notice what is shown now, and since when."""
        line = self.lines[-1]
        for typed in (line[:length] for length in range(1, len(line) + 1)):
            if typed not in self.painted and typed in screen:
                self.painted[typed] = time.perf_counter()
        if line[:1] in self.painted and SAVED.search(screen.partition("\n")[0]):
            self.kept = len(self.lines) - 1


def names(database: Path, kind: type[Entity]) -> dict[str, str]:
    """First letter → text of the rows that were typed."""
    texts = (str(getattr(row, kind.NAME_FIELD)) for row in stored(database).all(kind))
    return {text[0]: text for text in texts if text[0] in FIRSTS}


@pytest.mark.parametrize("batch", range(KILLS // BATCH))
def test_a_kill_loses_nothing_that_was_shown_as_saved(open_app: Open, database: Path, batch: int) -> None:
    chance, firsts = random.Random(batch), iter(FIRSTS)  # noqa: S311 - the same moments every time
    kind, blocks = ((Stakeholder, 3), (Action, 9))[batch % 2]
    for _ in range(BATCH):
        terminal = open_app()
        terminal.send("n" * blocks + "a")
        terminal.wait(f"New {kind.VERBOSE_NAME}|New person")
        person = Person(terminal, chance, firsts, time.perf_counter() + chance.uniform(0.3, 1.2))
        person.type()
        died = time.perf_counter()
        terminal.signal(signal.SIGKILL)
        assert terminal.ended() == -signal.SIGKILL
        found = names(database, kind)
        for line in person.lines[: person.kept]:
            assert found.get(line[0]) == line
        late = [typed for typed, at in person.painted.items() if at < died - LOSS]
        last = found.get(person.lines[-1][:1], "")
        assert not late or last.startswith(max(late, key=len).strip()), (last, person.painted, died)
