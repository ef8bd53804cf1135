"""Textual's parser of what a terminal sends, made to read on behind what it can't read."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress

from textual import events
from textual._parser import Peek1, Read1
from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.keys import Keys
from textual.message import Message

_TOLD_KEY = re.compile(
    r"\x1b\[(?P<code>\d{1,7})(?::[\d:]*)?;(?P<modifiers>\d{0,3})(?::(?P<event>\d?))?(?P<text>;[\d:]*)?(?P<end>[u~A-FHPQRS])"
)
"""A key as the kitty protocol tells it: code:alternates;modifiers:event;text."""
_LET_GO = "3"
_LARGEST = 2000
"""Columns and rows beyond which a size is none that a terminal has."""


class TolerantParser(XTermParser):
    """Reads keys; drops what it can't read, which would end Textual's, and sizes that no terminal has."""

    @property
    def waits(self) -> float | None:
        """Seconds after which what was read is a key by itself, as Escape is; None when nothing is open."""
        due = self._timeout_time
        return None if due is None else max(due - get_time(), 0)

    def parse(self, token_callback: Callable[[Message], None]) -> Generator[Read1 | Peek1, str, None]:
        """Read on behind whatever can't be read."""

        def take(token: Message) -> None:
            if not isinstance(token, events.Resize) or 0 < min(token.size) <= max(token.size) <= _LARGEST:
                token_callback(token)

        while not self.is_eof:
            with suppress(ValueError, OverflowError, ArithmeticError, LookupError, TypeError):
                yield from super().parse(take)

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:  # noqa: FBT001, FBT002 - as Textual has it
        """Read also what a terminal tells of a key beyond Textual's reading; drop one that is let go."""
        told = _TOLD_KEY.fullmatch(sequence)
        if told and told["event"] == _LET_GO:
            return [events.Key(Keys.Ignore, sequence)]
        if told:
            sequence = f"\x1b[{told['code']};{told['modifiers']}{told['text'] or ''}{told['end']}"
        return super()._sequence_to_key_events(sequence, alt)
