"""Which choices what is typed leaves, and how they stand in a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workshop_tui.domain.text import fold, one_line
from workshop_tui.tui.grid import Choice
from workshop_tui.tui.widgets.literal import fit


def matching(choices: Iterable[Choice], typed: str) -> tuple[Choice, ...]:
    """Return the choices in which each typed word is found, whatever its accents and case."""
    words = fold(typed).split()
    return tuple(choice for choice in choices if all(word in fold(choice.text) for word in words))


def in_columns(choices: Iterable[Choice], every: Sequence[Choice]) -> list[str]:
    """Return key, name and meaning of each choice, in columns that hold every one of them."""
    width = max((len(choice.text) for choice in every), default=0)
    named = ((choice, fit(one_line(choice.text), width)) for choice in choices)
    return [f"{choice.key or ' '}  {name}  {choice.meaning}" for choice, name in named]
