"""Which lines of a Markdown document somebody has changed: it holds a short mark of each that was written.

A mark is made of nothing but the line itself, without what an editor may write otherwise: signs of lists,
spaces, widths of columns. Lines of tasks have none: those are read.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from typing import Final

_MARKS: Final = re.compile(r"<!-- lines ([A-Za-z0-9+/]*) -->")
_SIGNED: Final = re.compile(r"^<!-- (?:lines|workshop-tui) ", re.MULTILINE)
_LEAD: Final = re.compile(r"^[\s>]*(?:(?:[-*+•∙◦▪‣●·–—]|\d+[.)])\s+)?")
_LOST: Final = re.compile(r"[\s\\*_`|#]+")
_BOX: Final = re.compile(r"\[.?\]\s")
_LENGTH: Final = 4


def line_marks(text: str) -> str:
    """Return a comment, which no reader sees, with the marks of a document's lines."""
    marks = sorted({mark for line in text.split("\n") if (mark := _mark(line))})
    return f"<!-- lines {''.join(marks)} -->"


def is_written(text: str) -> Callable[[str], bool] | None:
    """Return what tells whether a line was in a document when it was written; None without marks."""
    found = _MARKS.search(text)
    if not found:
        return None
    marks = {found[1][at : at + _LENGTH] for at in range(0, len(found[1]), _LENGTH)}
    return lambda line: not (mark := _mark(line)) or mark in marks


def last_line(text: str) -> int:
    """Return how many lines a document has before its marks: what stands behind them is none of it."""
    found = _SIGNED.search(text)
    return text.count("\n", 0, found.start() if found else len(text)) + (not found)


def _mark(line: str) -> str:
    """Return a line's mark; empty for one that says nothing, and for that of a task."""
    rest = _LEAD.sub("", line)
    words = _LOST.sub("", rest)
    if _BOX.match(rest) or not any(sign.isalnum() for sign in words):
        return ""
    return b64encode(sha256(words.encode()).digest()[:3]).decode()
