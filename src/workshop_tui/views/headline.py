"""What stands in large type above a table, to be read from the back of the room."""

from __future__ import annotations

from msgspec import Struct


class Headline(Struct, frozen=True):
    """What is shown in large type, with a few small words above and the answer beneath."""

    label: str
    text: str
    beneath: str = ""
    note: str = ""
    tone: str = ""
    """Of the note: good, warn or muted."""
    is_edited: bool = False
    """Whether the large words themselves are what is edited, rather than those beneath."""
