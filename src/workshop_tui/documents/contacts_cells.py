"""What one cell of a contacts file says, freed of what spreadsheets and directories put around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from workshop_tui.documents.contacts_names import word_set
from workshop_tui.domain.base.text import clean_text, fold

_NO_NAMES: Final = word_set("#n/a n/a - -- --- – — . ? /")
"""What is empty in a name, too: people are called Null and Nan."""
_EMPTY: Final = _NO_NAMES | {
    *word_set("#na na n.a. null (null) none nan nil #ref! #name? #value! #null! undefined keine k.a."),
    *("(blank)", "(empty)", "[not provided]", "not provided", "not available", "not applicable"),
}

_YES: Final = frozenset({"true", "1", "yes", "y", "x", "ja", "wahr", "oui", "vrai", "si", "verdadero"})
_NO: Final = frozenset({"false", "0", "no", "n", "nein", "falsch", "non", "faux", "falso", "nee", "onwaar"})
_GUARD = re.compile(r"'(?![a-z][ -])")  # what Excel puts before text; «'t Hooft» keeps it
_APART = re.compile(r"[\s<>()\[\]\",;:|]+")
_LINKS = frozenset({"mailto", "smtp"})
_EXCHANGE = re.compile(r"(?:ex|x500):|/o=", re.IGNORECASE)
_COMMON_NAME = re.compile(r"\s*cn\s*=\s*((?:\\.|[^,/\\])+)", re.IGNORECASE)


def said_in(cell: str, *, of_name: bool = False) -> str:
    """Return a cell's text; empty where it only says that there is none."""
    text = clean_text(_GUARD.sub("", cell.lstrip(), count=1) if cell.lstrip()[:1] == "'" else cell)
    return "" if text.casefold() in (_NO_NAMES if of_name else _EMPTY) else text


def is_yes(cell: str) -> bool:
    """Whether a cell says yes."""
    return fold(clean_text(cell)) in _YES


def is_no(cell: str) -> bool:
    """Whether a cell says no, or nothing."""
    return not said_in(cell) or fold(clean_text(cell)) in _NO


def addresses(cell: str) -> tuple[str, ...]:
    """Return the addresses in a cell, without `mailto:`, brackets, names and dots at the end."""
    return tuple(dict.fromkeys(part for part in _parts(cell) if _is_address(part)))


def beside_addresses(cell: str) -> str:
    """Return the words of a cell that are no address, as the name in «Ana Pires <ana@x.example>»."""
    return " ".join(
        part for part in _parts(cell) if part and not _is_address(part) and fold(part) not in _LINKS
    )


def _parts(cell: str) -> Iterator[str]:
    return (part.strip("'").rstrip(".") for part in _APART.split(cell))


def _is_address(part: str) -> bool:
    whose, at, where = part.partition("@")
    return bool(whose and at and where) and "@" not in where


def is_exchange(cell: str) -> bool:
    """Whether a cell holds a name out of an Exchange directory, to which nobody can write from outside."""
    return bool(_EXCHANGE.match(cell))


def manager_names(cell: str) -> Iterator[str]:
    """Yield what a manager may be found by, the surest first: all of the cell, an address, a name.

    Takes «Ana Pires (COO)», «Ana Pires <ana@x.example>», «CN=Ana Pires,OU=Users,DC=corp», and of an
    address the name it is made of.
    """
    yield cell
    if found := _COMMON_NAME.match(cell):
        yield re.sub(r"\\(.)", r"\1", found[1]).strip()
    elif mails := addresses(cell):
        yield from mails
        yield beside_addresses(cell)
        words = re.findall(r"[^\W\d_]+", mails[0].partition("@")[0])
        if len(words) > 1:
            yield " ".join(words)
