"""How text is cut, padded and broken into lines, counted in columns of the terminal."""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len, set_cell_size


def fit(text: str, width: int) -> str:
    """Cut or pad text to so many cells; what is cut ends in «…»."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, max(width - 1, 0)).rstrip() + "…", width)


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
