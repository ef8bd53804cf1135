"""The words of a text, as they are searched: the same for what is kept, what is typed and what is shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from workshop_tui.domain.base.text import fold

_WORD = re.compile(r"[^\W_]+")
LONGEST = 64
"""Signs of a word that are looked at: what is longer is no word that anybody types."""


def words(text: str) -> list[str]:
    """Return the words of a text, blind to case, accents and width."""
    if text.isascii():
        return [word[:LONGEST] for word in _WORD.findall(text.casefold())]
    return [word for _, _, word in placed(text)]


def placed(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each word of a text begins and ends, and the word as `words` has it."""
    for found in _WORD.finditer(text):
        for word in _parts(found.group()):
            yield found.start(), found.end(), word


@lru_cache(maxsize=4096)
def _parts(word: str) -> tuple[str, ...]:
    """Return what one run of letters is searched as: what older tables of Unicode don't know parts it."""
    bare = fold(word)
    if not bare.isascii():
        bare = "".join(sign if sign.isascii() or _is_known(sign) else " " for sign in bare)
    return tuple(part[:LONGEST] for part in _WORD.findall(bare))


@lru_cache(maxsize=4096)
def _is_known(sign: str) -> bool:
    """Whether a sign has long been a letter or a digit: every database takes it as a part of a word then."""
    return unicodedata.ucd_3_2_0.category(sign)[0] in "LN"
