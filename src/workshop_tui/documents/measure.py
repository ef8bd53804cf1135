"""How large paper is, and how wide words are, where no program that lays them out is there to ask.

The widths are Helvetica's, which Arial and its likes share; they are told in thousandths of the size.
What is no letter of these is taken for as wide as it may be, so that an estimate is rather too wide.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal

from workshop_tui.documents.document import TextTable, plainly

Paper = Literal["a4", "letter"]
PAPERS: Final[dict[Paper, tuple[float, float]]] = {"a4": (595.3, 841.9), "letter": (612.0, 792.0)}
"""Width and height in points."""
_ASCII: Final = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556),
    *(1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556),
    *(333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556),
    *(556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
)
"""From the space to the tilde."""
_OTHERS: Final = {"“": 333, "”": 333, "‘": 222, "’": 222, "–": 556, "—": 1000, "…": 1000, "·": 278, "−": 584}
_BOLD: Final = 1.08
_WIDE: Final = 1000
_MARGIN: Final = 1.04
"""By how much another font may be wider."""

_IN_ONE: Final = 11
"""Letters of what isn't broken in a cell, as in «30 Jun 2026»."""


@lru_cache(maxsize=4096)
def _letter(sign: str) -> int:
    if " " <= sign <= "~":
        return _ASCII[ord(sign) - 32]
    if sign in _OTHERS:
        return _OTHERS[sign]
    if unicodedata.combining(sign) or unicodedata.category(sign) == "Cf":
        return 0
    base = unicodedata.normalize("NFD", sign)[0]
    if " " <= base <= "~":
        return _ASCII[ord(base) - 32]
    return 667 if sign.isalpha() and unicodedata.east_asian_width(sign) not in "WF" else _WIDE


def width(words: str, size: float, *, is_bold: bool = False) -> float:
    """Return how wide words are in a size, both in points."""
    return sum(map(_letter, words)) / 1000 * size * _MARGIN * (_BOLD if is_bold else 1)


def wrapped(words: str, size: float, across: float, *, is_bold: bool = False) -> list[str]:
    """Return the lines into which words break in a width; a word that is wider by itself is cut."""
    lines: list[str] = []
    line = ""
    for word in words.split(" "):
        tried = f"{line} {word}" if line else word
        if width(tried, size, is_bold=is_bold) <= across:
            line = tried
            continue
        if line:
            lines.append(line)
        *full, line = _cut_up(word, size, across, is_bold=is_bold)
        lines += full
    return [*lines, line]


def _cut_up(word: str, size: float, across: float, *, is_bold: bool) -> list[str]:
    pieces, piece = [], ""
    for sign in word:
        if piece and width(piece + sign, size, is_bold=is_bold) > across:
            pieces.append(piece)
            piece = ""
        piece += sign
    return [*pieces, piece]


def shortened(words: str, size: float, across: float, lines: int, *, is_bold: bool = False) -> str:
    """Return words as they fit into so many lines, with an ellipsis for what doesn't."""
    broken = wrapped(words, size, across, is_bold=is_bold)
    if len(broken) <= lines:
        return words
    last = broken[lines - 1]
    while last and width(f"{last}…", size, is_bold=is_bold) > across:
        last = last[:-1]
    return " ".join((*broken[: lines - 1], f"{last.rstrip(' ,;.·')}…"))


def column_widths(of: TextTable, size: float, across: float, padding: float) -> list[float]:
    """Return how wide the columns of a table are, so that together they take a width.

    Each has room for its longest word, as far as that isn't overlong; what is over goes to those that have
    more to say, by how much they say in a row.
    """
    cells = [[of.head[n], *(plainly(row[n]) for row in of.rows if len(row) > 1)] for n in range(len(of.head))]
    most = across / 3
    least = [min(_longest_word(column, size) + padding, most) for column in cells]
    whole = [max(width(cell, size, is_bold=True) for cell in column) + padding for column in cells]
    if sum(least) >= across:
        return [across * each / sum(least) for each in least]
    wants = [max(longest - word, 0.0) for word, longest in zip(least, whole, strict=True)]
    left = across - sum(least)
    if sum(wants) <= left:
        grown = [word + want for word, want in zip(least, wants, strict=True)]
        return [across * each / sum(grown) for each in grown]
    usual = [sum(width(cell, size) for cell in column[1:]) / max(len(column) - 1, 1) for column in cells]
    return [word + more for word, more in zip(least, _shared(wants, usual, left), strict=True)]


def _longest_word(column: Sequence[str], size: float) -> float:
    """Return how wide the longest word is; what is as short as a date or a figure stays in one piece."""
    pieces = (piece for cell in column for piece in ([cell] if len(cell) <= _IN_ONE else cell.split(" ")))
    return max(width(piece, size, is_bold=True) for piece in pieces)


def _shared(wants: Sequence[float], weights: Sequence[float], left: float) -> list[float]:
    """Share out what is left by weights, to each no more than it wants."""
    given = [0.0] * len(wants)
    for _ in wants:
        open_ones = [n for n, want in enumerate(wants) if given[n] < want and weights[n] > 0]
        over = left - sum(given)
        if not open_ones or over <= 0:
            break
        weight = sum(weights[n] for n in open_ones)
        for n in open_ones:
            given[n] = min(wants[n], given[n] + over * weights[n] / weight)
    return given


def rounded(widths: Sequence[float], unit: float) -> list[int]:
    """Return widths in whole units that sum up to the whole."""
    edges = [round(sum(widths[:n]) * unit) for n in range(len(widths) + 1)]
    return [right - left for left, right in pairwise(edges)]
