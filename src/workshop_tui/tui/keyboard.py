"""Where the next key goes, and what keeps keys in their order when they come within milliseconds.

Textual has a key go through the focused widget and all around it, one queue after the other, and has commands
with priority overtake the letters before them. So that each key goes where the one before it has led:

1. Where every key is a command (`Mode.is_commanded`), the app runs it before it looks at the next key.
2. Whatever opens or closes a field has the keyboard change hands at once (`give_keys`).
3. A command that depends on the letters before it waits for them, and is for where they have led (`in_turn`,
   which a `Command` asks for).
4. A letter that reaches a field which has closed meanwhile goes back to the app (`pass_on`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum, auto
from typing import Any

from textual import events
from textual.screen import Screen
from textual.widget import Widget


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


def pass_on(field: Widget, event: events.Key) -> None:
    """Give back a key that was typed behind the one that closed the field: it is for where that one led."""
    if not getattr(field.parent, "is_open", True):
        event.stop()
        event.prevent_default()
        field.app.post_message(events.Key(event.key, event.character))
