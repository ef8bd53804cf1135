"""Which choices what is typed leaves, how they stand in a list, and what is said where none is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from workshop_tui.domain.base.entity import title_of
from workshop_tui.domain.base.text import clean_text, fold, one_line
from workshop_tui.views.cell import Choice, Edit
from workshop_tui.views.text_layout import fit

NAMED, LONGEST = 3, 30
"""How many of those that are there a refusal names, and in how many cells each."""
SHORT = 60
"""Letters that all of them may take for a refusal to name every one."""


def matching(choices: Iterable[Choice], typed: str) -> tuple[Choice, ...]:
    """Return the choices in which each typed word is found, whatever its accents and case, the nearest first.

    Nearest is the one whose key is typed, then those that begin so, then those with words that do.
    """
    words = _typed(typed).split()
    is_key = {typed.strip().lower()} - {""}
    found = (c for c in choices if c.key in is_key or all(word in _typed(c.text) for word in words))
    return tuple(sorted(found, key=partial(_far, typed)) if words or is_key else found)


def _typed(text: str) -> str:
    """Return a text as it is typed: without case and accents, and with the minus that keyboards have."""
    return fold(text).replace("−", "-")


def equally_near(found: Sequence[Choice], typed: str) -> tuple[Choice, ...]:
    """Return which of the choices that were found are as near to what is typed as the first of them."""
    return tuple(choice for choice in found if _far(typed, choice) == _far(typed, found[0]))


def _far(typed: str, choice: Choice) -> int:
    text, words = _typed(choice.text), _typed(typed).split()
    if choice.key and typed.strip().lower() == choice.key:
        return 0
    if text.startswith(" ".join(words)):
        return 1 if text != " ".join(words) else 0
    return 2 if all(any(part.startswith(word) for part in text.split()) for word in words) else 3


def in_columns(choices: Iterable[Choice], every: Sequence[Choice]) -> list[str]:
    """Return key, name and meaning of each choice, in columns that hold every one of them."""
    width = max((len(choice.text) for choice in every), default=0)
    named = ((choice, fit(one_line(choice.text), width)) for choice in choices)
    return [f"{choice.key or ' '}  {name}  {choice.meaning}" for choice, name in named]


def fits_several(found: Sequence[Choice], typed: str) -> str:
    """Return in a sentence that what is typed means more than one of those that stand in the list."""
    name = fit(clean_text(typed), LONGEST).rstrip()
    return f"«{name}» fits {len(found)} of these: type more, or choose by ↓ and Enter."


def not_there(edit: Edit, typed: str, *, has_new: bool) -> str:
    """Return in a sentence that nothing has the name that is typed, and what there is or can be done.

    `has_new` says whether something can come in under that name.
    """
    name = fit(clean_text(typed), LONGEST).rstrip()
    if not name:
        return f"There is no {edit.of} yet." if edit.of else ""
    nothing = f"No {what} «{name}»" if (what := edit.of or _field(edit)) else f"«{name}» is not in the list"
    if has_new:
        return f"{nothing}: Enter adds what is marked, or type another name."
    there = [fit(choice.text, LONGEST).rstrip() for choice in edit.choices if choice.value is not None]
    if not there:
        return f"{nothing}: there is none yet."
    named = len(there) if sum(map(len, there)) <= SHORT else NAMED
    more = f" and {len(there) - named} more" if len(there) > named else ""
    return f"{nothing}: {', '.join(there[:named])}{more}."


def _field(edit: Edit) -> str:
    """Return in a word what is chosen, as in «style»; empty where the field's title is no noun."""
    title = title_of(*edit.sets).lower() if edit.sets else ""
    return "" if title.endswith(" to") else title.removeprefix("social ").removeprefix("buying ")
