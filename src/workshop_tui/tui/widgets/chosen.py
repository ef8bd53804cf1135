"""Which choices what is typed leaves, and how they stand in a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workshop_tui.domain.base.text import fold, one_line
from workshop_tui.views.cell import Choice
from workshop_tui.views.text_layout import fit


def matching(choices: Iterable[Choice], typed: str) -> tuple[Choice, ...]:
    """Return the choices in which each typed word is found, whatever its accents and case, the nearest first.

    Nearest is the one whose key is typed, then those that begin so, then those with words that do.
    """
    words = fold(typed).split()

    def far(choice: Choice) -> int:
        text = fold(choice.text)
        if choice.key and typed.strip().lower() == choice.key:
            return 0
        if text.startswith(" ".join(words)):
            return 1
        return 2 if all(any(part.startswith(word) for part in text.split()) for word in words) else 3

    is_key = {typed.strip().lower()} - {""}
    found = (c for c in choices if c.key in is_key or all(word in fold(c.text) for word in words))
    return tuple(sorted(found, key=far) if words or is_key else found)


def in_columns(choices: Iterable[Choice], every: Sequence[Choice]) -> list[str]:
    """Return key, name and meaning of each choice, in columns that hold every one of them."""
    width = max((len(choice.text) for choice in every), default=0)
    named = ((choice, fit(one_line(choice.text), width)) for choice in choices)
    return [f"{choice.key or ' '}  {name}  {choice.meaning}" for choice, name in named]
