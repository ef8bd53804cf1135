"""Where the next key goes, and what keeps keys in their order when they come within milliseconds.

Textual has a key go through the focused widget and all around it, one queue after the other, and has commands
with priority overtake the letters before them. So that each key goes where the one before it has led:

1. Where every key is a command (`Mode.is_commanded`), the app runs it before it looks at the next key. In a
   field it runs so every key that types no letter, once the letters before it are typed
   (`HardenedApp.do_now`): letters alone go to the field one behind the other.
2. Whatever opens or closes a field has the keyboard change hands at once (`give_keys`).
3. A command that depends on the letters before it waits for them, and is for where they have led (`in_turn`,
   which a `Command` asks for).
4. A letter that reaches a field which has closed meanwhile goes back to the app (`pass_on`).

And one rule keeps text from being read as commands: where nothing is edited, a printable key waits `APART`
for another one (`Burst`). Only waiting can tell the first letter of a word from a command, and what a command
has shown can't be unseen by the room. What needs no waiting is done at once: a move, as the cursor is put
back if it was a letter; a key that is held down; and every key that prints nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum, auto
from typing import Any

from msgspec import Struct, field
from textual import events
from textual.screen import Screen
from textual.widget import Widget

APART = 0.15
"""Seconds between two keys from which they are two commands, rather than a text that is typed or pasted."""
WORD = 4
"""Keys that are a text, as nobody gives so many commands that fast."""
LET_GO = 1.0
"""Seconds without a key after which one no longer types what a field would have taken that has not opened."""
HELD_DOWN = 3
"""Presses of one and the same key that no text begins with."""


class Mode(Enum):
    """What the next key is for. A widget or screen says it in its `key_mode`."""

    BROWSE = auto()
    """A command, or a value of the cell under the cursor."""
    VIEWS = auto()
    """The digit of a view."""
    EDIT = auto()
    """A value that is typed."""
    CHOOSE = auto()
    """Words by which one of several is found."""
    MENU = auto()
    """Words by which a choice of a dialog is found; each is taken before the next key is looked at."""
    CAPTURE = auto()
    """A line that becomes a row."""
    FILTER = auto()
    """Words that the rows shown must have."""
    SEEK = auto()
    """A name to jump to in a picture."""
    COVERED = auto()
    """Nothing but lifting the curtain."""
    OTHER = auto()
    """Whatever a dialog, the palette or the help makes of it."""

    @property
    def is_commanded(self) -> bool:
        """Whether every key is done with at once, as no field takes it as text."""
        return self in _COMMANDED


_COMMANDED = {Mode.BROWSE, Mode.VIEWS, Mode.MENU}


class Burst(Struct):
    """Printable keys that came within `APART` of each other where nothing is edited."""

    keys: list[events.Key] = field(default_factory=list)
    done: int = 0
    """How many of them have been done already: moves."""
    is_lost: bool = False
    """Whether they are a text for which there is no place: none of them is done, nor what follows."""

    apart: float = APART
    """Seconds without a key after which the next one is none of them."""

    @property
    def waiting(self) -> list[events.Key]:
        """Those that are not done yet, as nobody knows what they are."""
        return self.keys[self.done :]

    @property
    def text(self) -> str:
        """What they write."""
        return "".join(key.character or "" for key in self.keys)

    @property
    def is_held_down(self) -> bool:
        """Whether they are one key that repeats."""
        return len(self.keys) >= HELD_DOWN and len({key.key for key in self.keys}) == 1

    @property
    def is_text(self) -> bool:
        """Whether they are no commands, but typed or pasted."""
        return len(self.keys) >= WORD and not self.is_held_down and self.done < len(self.keys)

    def is_over(self, at: float) -> bool:
        """Whether a key at this moment is none of them any more."""
        return bool(self.keys) and at - self.keys[-1].time >= self.apart

    def take(self, key: events.Key, *, moves: bool) -> bool:
        """Take in the next key; return whether it is done at once: a move behind nothing that waits."""
        if self.is_held_down and key.key != self.keys[-1].key:
            self.keys.clear()
            self.done = 0
        at_once = moves and not self.waiting
        self.keys.append(key)
        self.done += at_once
        return at_once


def mode(screen: Screen[Any]) -> Mode:
    """Return what the next key is for on a screen: the nearest around the focus that says it, says it."""
    around = (screen.focused or screen).ancestors_with_self
    found: Iterator[Mode] = (said for node in around if (said := getattr(node, "key_mode", None)))
    return next(found, Mode.OTHER)


def give_keys(widget: Widget, *, scroll_visible: bool = True) -> None:
    """Have the next key go to a widget, at once: Textual's `focus` comes in turn, after keys on their way."""
    widget.screen.set_focus(widget, scroll_visible)


def in_turn(screen: Screen[Any], do: Callable[[], object]) -> None:
    """Do something once the keys that came before are typed: keys with priority overtake them."""
    (screen.focused or screen).call_later(do)


def pass_on(field: Widget, event: events.Key) -> bool:
    """Give back a key that was typed behind the one that closed the field: it is for where that one led.

    Returns whether it was given back.
    """
    is_closed = not getattr(field.parent, "is_open", True)
    if is_closed:
        event.stop()
        event.prevent_default()
        field.app.post_message(events.Key(event.key, event.character))
    return is_closed
