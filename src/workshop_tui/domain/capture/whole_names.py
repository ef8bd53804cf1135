"""Names of several words behind a sign, typed without quotes, as in `@Rowan Achterberg by fri`.

The longest run of words that begins a known name is that name; a last name that is nearly known goes with
its first name, so that the whole of it is refused rather than half of it kept as words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from msgspec.structs import replace

from workshop_tui.domain.base.text import fold
from workshop_tui.domain.capture.names import (
    WORD_STARTS,
    Candidate,
    Slot,
    alike,
    candidates,
    folded,
    is_free,
    is_said_once,
    matching,
)
from workshop_tui.domain.capture.rows import BY
from workshop_tui.domain.capture.tokens import Piece, is_by
from workshop_tui.domain.plan.plan import AccountPlan

_MOST = 12
"""Words behind a sign that are looked at."""
_TELLING = 3
"""Letters from which an unfinished word is that of a name rather than «a» or «to»."""
_NEAR = 0.7
"""How alike two spellings of a last name are, as difflib measures it."""
_STOPS = ",.;:!?"


def with_names(
    pieces: Sequence[Piece], slots: Mapping[str, Slot], view: AccountPlan, *, is_typing: bool = False
) -> tuple[Piece, ...]:
    """Return the pieces with each name of several words as one, and free words up to the next sign.

    `is_typing` takes in an unfinished word, however short it is yet.
    """
    found: list[Piece] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        slot = slots.get(piece.sign) if piece.means and piece.value else None
        is_quoted = piece.text[len(piece.sign) :].startswith('"')
        end = at + 1
        if slot and not is_quoted:
            behind = list(takewhile(lambda word: _is_word(word, slots), pieces[end:]))
            first = piece.value.removeprefix("^") if piece.sign.endswith(":") else piece.value
            words = (first, *(word.text for word in behind[:_MOST]))
            end += len(behind) if is_said_once(slot) else _belonging(view, slot, words, is_typing=is_typing)
        found += _joined(pieces[at:end], keeps_stop=bool(slot and is_said_once(slot)))
        at = end
    return tuple(found)


def _is_word(piece: Piece, slots: Mapping[str, Slot]) -> bool:
    """Whether a piece is nothing but a word; `by` is one where nothing is ever due."""
    means = piece.means and not (is_by(piece.text) and BY not in slots)
    return not piece.sign and not means and piece.text != ","


def _joined(pieces: Sequence[Piece], *, keeps_stop: bool) -> Iterator[Piece]:
    """Yield a sign with all words of its value as one piece, and the comma that ends them."""
    first, *behind = pieces
    if not behind:
        yield first
        return
    end = behind[-1].end
    value = " ".join((first.value, *(word.text for word in behind)))
    text = " ".join((first.text, *(word.text for word in behind)))
    stop = value[len(value.rstrip(_STOPS)) :] if not keeps_stop else ""
    cut = len(stop)
    yield replace(first, text=text[: len(text) - cut], value=value[: len(value) - cut], end=end - cut)
    if stop == ",":
        yield Piece(",", end - 1, end)


def _belonging(view: AccountPlan, slot: Slot, words: Sequence[str], *, is_typing: bool) -> int:
    """Return how many of the words behind the first belong to the name that the first begins."""
    known = candidates(view, slot)
    longest = 0
    for count in range(len(words) - 1, 0, -1):
        if _is_run(known, slot, words[: count + 1], is_typing=is_typing):
            longest = count
            break
    behind = words[longest + 1 :]
    is_misspelt = bool(behind) and not is_free(slot) and _is_nearly(known, words[: longest + 1], behind[0])
    return longest + is_misspelt


def _is_run(known: Iterable[Candidate], slot: Slot, words: Sequence[str], *, is_typing: bool) -> bool:
    """Whether words begin a name that is known; of free words they must be all that was said before."""
    known = tuple(known)
    run = _key(words)
    if is_free(slot) and slot.name != "milestone":
        return any(folded(each.label) == run for each in known)
    ends = [name[at + len(run) : at + len(run) + 1] for name, at in _beginning(known, run)]
    is_whole = any(not (end.isalnum() or end == "_") for end in ends)
    last = run.rpartition(" ")[2]
    is_telling = is_typing or len(last) >= _TELLING or len(matching(known, _key(words[:-1]))) > 1
    return bool(ends) and (is_whole or is_telling)


def _is_nearly(known: Iterable[Candidate], words: Sequence[str], behind: str) -> bool:
    """Whether the word behind is nearly the one that goes on in a name as these words begin it."""
    run, typed = _key(words), _key([behind])
    rest = (name[at + len(run) :] for name, at in _beginning(known, run))
    nexts = (text.split()[0] for text in rest if text.startswith(" "))
    return len(typed) >= _TELLING and any(alike(typed, word) >= _NEAR for word in nexts)


def _beginning(known: Iterable[Candidate], run: str) -> Iterator[tuple[str, int]]:
    """Yield each name in which these words stand, folded, and where they begin: at a word's start."""
    names = (folded(name) for each in known for name in (each.label, each.also) if name)
    for name in names:
        places = {0, *(found.start() for found in WORD_STARTS.finditer(name))}
        yield from ((name, at) for at in sorted(places) if run and name.startswith(run, at))


def _key(words: Sequence[str]) -> str:
    return fold(" ".join(words)).rstrip(_STOPS)
