"""How text is cut, padded and broken into lines, counted in columns of the terminal."""

from __future__ import annotations

import re
from functools import lru_cache

from rich.cells import cell_len, set_cell_size

_UNDOES = re.compile(r"(?:,| {2,}) ?\S+ undoes$")
_LEAST = 8
"""Cells of a name that is cut, at the least."""


def fit(text: str, width: int) -> str:
    """Cut or pad text to so many cells; what is cut ends in «…»."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, max(width - 1, 0)).rstrip() + "…", width)


def shortened(text: str, width: int) -> str:
    """Cut text that is longer than so many cells; where that is within a quotation, this ends behind «…»."""
    if cell_len(text) <= width:
        return text
    for room in range(width, 0, -1):
        cut = fit(text, room).rstrip()
        cut += "»" * (cut.count("«") - cut.count("»"))
        if cell_len(cut) <= width:
            return cut
    return ""


@lru_cache(maxsize=4096)
def wrapped(text: str, width: int) -> tuple[str, ...]:
    """Break text into lines of so many cells at the most, at spaces where there are any; one at the least."""
    lines: list[str] = []
    width = max(width, 1)
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            line = _placed(word, line, width, lines)
        lines.append(line)
    return tuple(lines)


def cut_to(text: str, width: int, most: int) -> tuple[str, ...]:
    """Break text into so many lines at the most; what is cut ends in «…»."""
    lines = wrapped(text, width)
    if len(lines) <= most:
        return lines
    return (*lines[: most - 1], fit(f"{lines[most - 1]}…", width).rstrip())


def _placed(word: str, line: str, width: int, lines: list[str]) -> str:
    """Put a word behind the line or on the next one; break a word that no line can hold."""
    joined = f"{line} {word}" if line else word
    if cell_len(joined) <= width:
        return joined
    if line:
        lines.append(line)
    while cell_len(word) > width:
        head = _head(word, width)
        lines.append(head)
        word = word[len(head) :]
    return word


def _head(word: str, width: int) -> str:
    """Return as much of a word as a line holds, up to a hyphen where there is one."""
    head = set_cell_size(word, width).rstrip() or word[:1]
    at = head.rfind("-") + 1
    return head[:at] if at else head


def in_border(text: str, room: int) -> str:
    """Return what has been done in so many cells: the words on undo go first, then the end of what is named.

    What it was set to stands at the end, and stays.
    """
    if room <= 0 or cell_len(text) <= room:  # 0 before it is laid out
        return text
    text = _UNDOES.sub("", text)
    name, named, value = text.partition(": ")
    left = room - cell_len(named + value)
    return (
        f"{fit(name, left).rstrip()}{named}{value}"
        if cell_len(text) > room and named and left >= _LEAST
        else text
    )
