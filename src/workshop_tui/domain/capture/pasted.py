"""What is pasted, taken apart: rows of a spreadsheet into cells, lines of a list without their signs."""

from __future__ import annotations

import re

from workshop_tui.domain.base.text import clean_text

_SIGN = r"(?:(?:[-–—*•◦▪‣·]|[0-9]{1,3}[.)])(?:\s+|$))?(?:(?:\[[ xX]?\]|[☐☑☒✓✔])(?:\s+|$))?"


def rows_of(text: str) -> list[list[str]]:
    """Return the lines of a paste that say something, each as its cells.

    A tab begins another cell. The bullet, number or box before a line is no part of it.
    """
    rows = ([clean_text(cell) for cell in line.split("\t")] for line in text.splitlines())
    found = ([_unsigned(first), *rest] for first, *rest in rows)
    return [_without_end(row) for row in found if any(row)]


def _without_end(row: list[str]) -> list[str]:
    """Return the cells up to the last one that is not empty."""
    last = max(at for at, cell in enumerate(row) if cell)
    return row[: last + 1]


def is_list(text: str) -> bool:
    """Whether a text of several lines is rows or a list: each line has cells or a sign before it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return len(lines) > 1 and all("\t" in line or _unsigned(line) != line for line in lines)


def _unsigned(line: str) -> str:
    return re.sub(_SIGN, "", line, count=1)
