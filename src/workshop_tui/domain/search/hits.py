"""What is found, as it is told: the words around a hit, the best first, by account and session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from workshop_tui.domain.base.entity import Key
from workshop_tui.domain.search.query import LETTERS, Query, kind_called

AROUND: Final = 96
"""Signs that are told around a hit."""
_BEFORE: Final = 36


ROLES: Final = {
    "Answer": "said by",
    "Reading": "of",
    "Session": "led by",
    "Learnt": "told by",
    "Target": "confirmed by",
    "Proof": "acknowledged by",
    "Meeting": "with",
    **dict.fromkeys(("Action", "Risk", "Parking", "GrowthStep", "Initiative"), "owner"),
}
"""Kind of a row → what whoever it names first has to do with it."""


class Excerpt(Struct, frozen=True):
    """The words around a hit, and where in them the words stand that were looked for."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


class SearchHit(Struct, frozen=True):
    """One row that was found."""

    account: str
    session: str
    """The id of the session in which it was said; empty for what stands in the account as it is now."""
    kind: str
    key: Key
    letter: str
    called: str
    """What its kind is called."""
    title: str
    """What the row is known by, where the hit is elsewhere in it; else empty."""
    excerpt: Excerpt
    who: str
    on: dt.date | None
    place: int
    score: int
    role: str = ""
    """What whoever is named has to do with it, as «owner»; empty where that is not told."""


class HitGroup(Struct, frozen=True):
    """What was found in one session of an account, or in the account as it is now."""

    account: str
    account_name: str
    session: str
    number: int
    """The session's number; 0 for the account as it is now."""
    held_on: dt.date | None
    hits: tuple[SearchHit, ...]


class SearchResult(Struct, frozen=True):
    """All that was found, the newest first."""

    groups: tuple[HitGroup, ...] = ()
    is_cut: bool = False
    """Whether there is more than was asked for: these are the newest."""
    unknown: str = ""
    """Why nothing can be found: that no account, or nobody, goes by what narrows the search; else empty."""

    @property
    def count(self) -> int:
        """How many rows are told."""
        return sum(len(group.hits) for group in self.groups)


def found(  # noqa: PLR0913 - each says another thing about the row
    query: Query,
    text: str,
    *,
    account: str,
    session: str,
    kind: str,
    key: Key,
    who: str,
    on: dt.date | None,
    place: int,
    role: str = "",
) -> SearchHit:
    """Return a row with these words as a hit."""
    fields = text.split("\n")
    marks = [query.marks(field) for field in fields]
    counts = [sum(bool(places) for places in each.values()) for each in marks]
    best = counts.index(max(counts))
    excerpt = _excerpt(fields[best], marks[best])
    return SearchHit(
        account=account,
        session=session,
        kind=kind,
        key=key,
        letter=LETTERS.get(kind, "·"),
        called=kind_called(kind),
        title=fields[0] if best else "",
        excerpt=excerpt,
        who=who,
        on=on,
        place=place,
        role=role if who else "",
        # a word that stands whole in what a row is known by fits before one that is begun
        score=counts[0] * 4 + query.is_whole_in(fields[0]) * 2 + (not best),
    )


def around(query: Query, text: str, most: int = AROUND) -> Excerpt:
    """Return the words around the first that was looked for; what is cut ends in «…»."""
    return _excerpt(text, query.marks(text), most)


def _excerpt(text: str, found_at: Mapping[str, Sequence[tuple[int, int]]], most: int = AROUND) -> Excerpt:
    marks = sorted({span for spans in found_at.values() for span in spans})
    first = marks[0][0] if marks else 0
    start = 0 if len(text) <= most or first <= _BEFORE else _begin_of_word(text, first - _BEFORE)
    end = len(text) if len(text) - start <= most else _end_of_word(text, start + most)
    head, tail = "… " if start else "", " …" if end < len(text) else ""
    shift = len(head) - start
    kept = tuple((a + shift, b + shift) for a, b in marks if start <= a and b <= end)
    return Excerpt(f"{head}{text[start:end].rstrip()}{tail}", kept)


def _begin_of_word(text: str, at: int) -> int:
    space = text.find(" ", at)
    return space + 1 if 0 <= space < at + _BEFORE else at


def _end_of_word(text: str, at: int) -> int:
    space = text.rfind(" ", 0, at)
    return space if space > at - _BEFORE else at


def grouped(
    hits: Iterable[SearchHit],
    names: Mapping[str, str],
    sessions: Mapping[tuple[str, str], tuple[int, dt.date]],
) -> tuple[HitGroup, ...]:
    """Return hits by account and session, those of the newest first; in each the best first.

    `names` is account → its name; `sessions` is (account, session) → its number and day. What stands in the
    account as it is now comes before its sessions. Evidence that was noted of several firms is told once.
    """
    by_place: dict[tuple[str, str], list[SearchHit]] = {}
    newest: dict[str, int] = {}
    noted: set[tuple[str, str, str, str]] = set()
    for hit in hits:
        if hit.kind == "Reading":
            if (said := (hit.account, hit.session, hit.excerpt.text, hit.who)) in noted:
                continue
            noted.add(said)
        by_place.setdefault((hit.account, hit.session), []).append(hit)
        newest[hit.account] = max(newest.get(hit.account, 0), hit.place)

    def order(place: tuple[str, str]) -> tuple[int, str, int]:
        account, session = place
        number = sessions.get(place, (0, None))[0]
        return -newest[account], account, -number if session else -(10**9)

    groups = []
    for account, session in sorted(by_place, key=order):
        number, held_on = sessions.get((account, session), (0, None))
        those = sorted(
            by_place[account, session], key=lambda hit: (-hit.score, -hit.place, hit.kind, hit.key)
        )
        name = names.get(account, account)
        groups.append(HitGroup(account, name, session, number, held_on, tuple(those)))
    return tuple(groups)
