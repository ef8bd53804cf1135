"""Names as contacts files write them: put straight, told from what stands with them, and empty seats."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from workshop_tui.domain.base.text import fold

_WORD = re.compile(r"\w+")
_BRACKETS = re.compile(r"[(\[]\s*[^()\[\]\s][^()\[\]]*[)\]]")
_ODD: Final = frozenset("()[]")
_LONGEST: Final = 1000  # beyond it, it is no name, and would take its time
_LONGEST_PART: Final = 3  # words before or behind the comma of «Last, First»


def word_set(words: str) -> frozenset[str]:
    """Return words parted by spaces as a set."""
    return frozenset(words.split())


_BEFORE: Final = word_set(
    "mr mrs ms miss mx dr prof professor sir rev herr frau mme mlle dhr mevr mevrouw sra srta ing dipling "
    "mag drs lic"
)
_BEHIND: Final = word_set(
    "jr sr ii iii iv phd dphil md mba emba msc bsc cfa cpa fca aca acca esq pmp llm llb obe mbe cbe dba "
    "dr prof"
)
_NO_NAME: Final = word_set(
    "ceo cfo coo cto cio ciso cro cmo chro cpo cdo vp svp evp avp md of for the and head chief officer "
    "director manager president partner chair chairman lead leader engineer analyst consultant architect "
    "assistant secretary treasurer counsel buyer controller sales finance marketing procurement operations "
    "legal it hr inc ltd llc llp plc gmbh ag sa bv nv co corp group bank department team leiter leiterin "
    "leitung directeur directrice responsable jefe directora gerente hoofd"
)
"""Words that people aren't called by: behind a comma they are a job or a firm, not a first name."""
_SEATS: Final = word_set(
    "vacant vacancy vacantposition vacantrole vacantseat tbd tbc tba tbh tbn nn tobenamed tobehired "
    "tobedetermined tobeconfirmed tobeappointed open openposition openrole openheadcount unfilled "
    "unbesetzt vakant offen offenestelle nochoffen aposvoir apourvoir posteapourvoir vacante porcubrir "
    "pordefinir vacature nogintevullen"
)


class PersonName(Struct, frozen=True):
    """What somebody is called, and what stands with it: titles, degrees, what is in brackets."""

    core: str
    beside: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The whole, with what isn't the name behind it, as in «Ana Pires, Dr.» and «Ana Pires (IT)»."""
        behind = (f" {each}" if _BRACKETS.fullmatch(each) else f", {each}" for each in self.beside)
        return self.core + "".join(behind)

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words of the name, in its order."""
        return tuple(_WORD.findall(fold(self.core)))


@functools.lru_cache(maxsize=1024)
def parsed(text: str) -> PersonName:
    """Return a name put straight: «Pires, Ana» is Ana Pires, and «Ana Pires, Head of IT» stays so.

    Nothing is lost: what isn't the name stands beside it. A name as it is shown is read the same again.
    """
    rest = _BRACKETS.sub(" ", text)
    if len(text) > _LONGEST or not _ODD.isdisjoint(rest):
        return PersonName(" ".join(text.split()))
    brackets = _BRACKETS.findall(text)
    parts = [part for each in rest.split(",") if (part := " ".join(each.split()))]
    names, beside = [], []
    for place, part in enumerate(parts):
        name, before, behind = _without_titles(part.split())
        if place and _is_no_first_name(name):
            beside.append(part)
        else:
            beside += [" ".join(words) for words in (before, behind) if words]
            names += [" ".join(name)] if name else []
    core = ", ".join(names)
    if len(names) == 2 and len(names[0].split()) <= _LONGEST_PART:  # noqa: PLR2004 - «Last, First»
        name, before, behind = _without_titles(f"{names[1]} {names[0]}".split())
        beside += [" ".join(words) for words in (before, behind) if words]
        core = " ".join(name)
    return PersonName(core, (*brackets, *beside)) if core else PersonName(" ".join(text.split()))


def _without_titles(words: Sequence[str]) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """Return the words of a name, those before and those behind; no name where all are titles."""
    if all(_letters(word) in _BEFORE | _BEHIND for word in words):
        return (), words, ()
    start, end = 0, len(words)
    while _letters(words[start]) in _BEFORE:
        start += 1
    while end - start > 2 and _letters(words[end - 1]) in _BEHIND:  # noqa: PLR2004 - first and last
        end -= 1
    return words[start:end], words[:start], words[end:]


def _is_no_first_name(words: Sequence[str]) -> bool:
    """Whether what stands behind a comma is a job, a firm or a sentence."""
    return len(words) > _LONGEST_PART or not _NO_NAME.isdisjoint(map(_letters, words))


def _letters(word: str) -> str:
    return "".join(sign for sign in fold(word) if sign.isalnum())


@functools.lru_cache(maxsize=1024)
def name_key(name: str) -> str:
    """Return the folded words of a name in alphabetical order, without what stands beside it."""
    return " ".join(sorted(parsed(name).words))


def is_seat(name: str) -> bool:
    """Whether this is said where there is nobody yet, as in «VACANT», «TBD» and «N.N.»."""
    words = {_letters(word) for word in parsed(name).core.split()}
    return bool(words) and (words <= _SEATS or _letters(parsed(name).core) in _SEATS)


def whole_name(name: str, first: str, middle: str, last: str, suffix: str) -> str:
    """Return one name made of its columns.

    First and last go before the whole name, whose titles stand behind them; where only one of them is there,
    it is joined to a «Name» that doesn't hold it, which is then the other.
    """
    whole = parsed(name)
    if not (first and last) and name:
        lone = first or last
        if lone and not set(parsed(lone).words) <= set(whole.words):
            first, last = (first, name) if first else (name, last)
        else:
            return _with_suffix(whole, middle, suffix)
    joined = parsed(" ".join(filter(None, (first, middle, last))))
    is_same = set(joined.words) <= set(whole.words)
    return _with_suffix(joined, *(filter(_is_title, whole.beside) if is_same else ()), suffix)


def _is_title(beside: str) -> bool:
    return all(_letters(word) in _BEFORE | _BEHIND for word in beside.split())


def _with_suffix(name: PersonName, *parts: str) -> str:
    """Return a name with the parts behind it that it doesn't hold already."""
    for part in filter(None, parts):
        if not set(map(_letters, part.split())) <= set(map(_letters, name.shown.split())):
            name = PersonName(name.core, (*name.beside, part))
    return name.shown
