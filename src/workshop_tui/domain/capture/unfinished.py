"""An unfinished line, kept with the kind that it had where it was typed; an answer with what it is to."""

from __future__ import annotations

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.capture.kinds import kind_to_be
from workshop_tui.domain.capture.rows import PREFIXES
from workshop_tui.domain.capture.tokens import scan

Asked = tuple[str | None, str | None]
"""The ids of a question and a person."""
_SIGN = "\t"
"""Stands behind a prefix that nobody typed, where a space stands behind one that somebody did; and about
the ids of the question and the person in front of an answer that waits. Nobody types it."""


def kept(line: str, block: BlockKind, lists: type[Entity] | None = None) -> str:
    """Return a line as it is kept: with the prefix of what it adds in the block where it was typed."""
    text, asked = taken_apart(line)
    prefix, _ = scan(text)
    is_said = bool(prefix) or not text.strip()
    return line if is_said else waiting(f"{_letter(text, block, lists)}:{_SIGN}{text}", asked)


def taken_up(line: str, block: BlockKind, lists: type[Entity] | None = None) -> str:
    """Return a kept line as it waits in a block: with its kind, unsaid, where it would be another there."""
    whole, asked = taken_apart(line)
    letter, text = _unsigned(whole)
    return waiting(text, asked) if letter and letter == _letter(text, block, lists) else line


def shown(line: str) -> str:
    """Return a line that waits as somebody would have typed it."""
    whole, asked = taken_apart(line)
    letter, text = _unsigned(whole)
    return waiting(f"{letter}: {text}", asked) if letter else line


def brought_back(line: str, block: BlockKind, lists: type[Entity] | None = None) -> str:
    """Return a kept line as it is typed in a block: with its prefix where that would mean another kind."""
    return shown(taken_up(line, block, lists))


def unsaid(text: str) -> str:
    """Return a line as one whose kind nobody typed in front of it alone: several lines have it together."""
    prefix, pieces = scan(text)
    return f"{prefix.text}:{_SIGN}{text[pieces[0].start :]}" if prefix and pieces else text


def following(line: str, was: str, now: str) -> str:
    """Return a line that waits behind one in front of which another letter was put: of that kind, too.

    It keeps a kind that somebody typed, and one that was another than the first one's before. `was` and `now`
    are the letters in front of that one; "" for none.
    """
    whole, asked = taken_apart(line)
    letter, text = _unsigned(whole)
    prefix, pieces = (None, ()) if was == now or letter != was else scan(text)
    if not pieces or (prefix and not letter):
        return line
    return waiting(f"{now}:{_SIGN}{text}" if now else text, asked)


def waiting(line: str, asked: Asked | None) -> str:
    """Return a line with whose answer to what it stays, however long it waits; None where it is none."""
    return line if asked is None else _SIGN.join(("", *(each or "" for each in asked), line))


def taken_apart(line: str) -> tuple[str, Asked | None]:
    """Return the line itself, and whose answer to what it stays; None where it is as where it is typed."""
    if not line.startswith(_SIGN) or line.count(_SIGN) < len(("question", "person", "line")):
        return line, None
    _, question, person, text = line.split(_SIGN, 3)
    return text, (question or None, person or None)


def _unsigned(text: str) -> tuple[str, str]:
    """Return the letter that nobody typed, "" where there is none, and the line behind it."""
    letter, sign, behind = text.partition(f":{_SIGN}")
    return (letter, behind) if sign and letter in PREFIXES else ("", text)


def _letter(line: str, block: BlockKind, lists: type[Entity] | None) -> str:
    made = kind_to_be(line, block, lists)
    return next(letter for letter, kind in PREFIXES.items() if kind is made)
