"""An unfinished line, kept with the kind that it had where it was typed."""

from __future__ import annotations

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.capture.kinds import kind_in
from workshop_tui.domain.capture.rows import PREFIXES
from workshop_tui.domain.capture.tokens import scan

_IMPLIED = "\t"
"""Stands behind a prefix that nobody typed, where a space stands behind one that somebody did."""


def kept(line: str, block: BlockKind, lists: type[Entity] | None = None) -> str:
    """Return a line as it is kept: with the prefix of what it adds in the block where it was typed."""
    prefix, _ = scan(line)
    return line if prefix or not line.strip() else f"{_letter(line, block, lists)}:{_IMPLIED}{line}"


def brought_back(line: str, block: BlockKind, lists: type[Entity] | None = None) -> str:
    """Return a kept line as it is typed in a block: with its prefix where that would mean another kind."""
    prefix, behind, text = line.partition(f":{_IMPLIED}")
    if not behind or prefix not in PREFIXES:
        return line
    return text if prefix == _letter(text, block, lists) else f"{prefix}: {text}"


def _letter(line: str, block: BlockKind, lists: type[Entity] | None) -> str:
    made = kind_in(line, block, lists)
    return next(letter for letter, kind in PREFIXES.items() if kind is made)
