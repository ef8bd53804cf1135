"""Text from people: made safe to show and keep, comparable, and fit for a file name."""

import re
import unicodedata
from collections.abc import Iterable

# Surrogates, C0, DEL and C1, marks of direction, the byte order mark. Joiners stay: emoji and
# Indic and Persian words need them. The list is that of Unicode TR 36 "bidirectional text spoofing".
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]",
)
_LINE_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(" {2,}")
_NOT_WORD = re.compile("[^a-z0-9]+")
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
_SLUG_LENGTH = 80

# Letters that Unicode does not take apart into a base and a mark.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)


def clean_text(value: str, *, lines: bool = False) -> str:
    """Return text as it is kept: NFC, stripped, with nothing that steers a terminal or reorders it.

    Line ends, tabs and runs of spaces become one space; with `lines`, every kind of line end
    becomes a newline and spaces inside a line stay. Cleaning twice changes nothing more.
    """
    if value.isascii() and value.isprintable() and "  " not in value:  # as nearly all is: ten times as fast
        return value.strip()
    text = _LINE_ENDS.sub("\n" if lines else " ", value).replace("\t", " ")
    text = "\n".join(_UNSAFE.sub("", line) for line in text.split("\n"))
    text = unicodedata.normalize("NFC", text)
    return (text if lines else _SPACES.sub(" ", text)).strip()


def one_line(text: str) -> str:
    """Return a text without its line breaks, as it stands in a list, a title or a sentence."""
    return " ".join(line.strip() for line in text.split("\n")) if "\n" in text else text


def initials(name: str) -> str:
    """Return the first letter of each part of a name: «MSP» for Mirela Sandoval-Pike; no sign for none."""
    return (
        "".join(part[0].upper() for part in re.split(r"[\s-]+", name) if part and part[0].isalnum()) or name
    )


def brief_name(name: str) -> str:
    """Return a name as people write it in a list: «Zoë Å.» for Zoë Åkerlund; one word stays as it is."""
    words = name.split()
    has_last = len(words) > 1 and words[-1][0].isalpha()
    return f"{words[0]} {words[-1][0]}." if has_last else "".join(words[:1])


def fold(text: str) -> str:
    """Return the key by which text is searched and matched: blind to case, accents and width."""
    if text.isascii():
        return text.casefold()
    parted = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in parted if not unicodedata.combining(sign))
    return bare.casefold().translate(_PLAIN)


def slug(text: str) -> str:
    """Return a file-name stem of a-z, 0-9 and hyphens that every system takes.

    It has 1 to 80 characters and is no Windows device; text without a Latin letter or digit gives `untitled`.
    """
    stem = _NOT_WORD.sub("-", fold(text)).strip("-")[:_SLUG_LENGTH].rstrip("-") or "untitled"
    return f"{stem}-" if stem in _DEVICES else stem


def nearest(typed: str, names: Iterable[str]) -> str:
    """Return the name that somebody has most likely meant by what they typed; empty when none is near."""
    from difflib import get_close_matches  # only needed once something is wrong

    given = [*names]
    words = {fold(word): name for name in reversed(given) for word in re.split(r"[\s.]+", name)}
    by_key = words | {fold(name): name for name in reversed(given)}
    return next((by_key[key] for key in get_close_matches(fold(typed.strip()), by_key, 1)), "")


def likely(typed: str, names: Iterable[str], most: int = 10) -> str:
    """Return what to use instead of a name that isn't there: the nearest, or the first ones there are."""
    known = sorted(dict.fromkeys(names), key=fold)
    return nearest(typed, known) or one_of(known[:most]) or "none, as there is none yet"


def one_of(names: Iterable[str]) -> str:
    """Return names to choose from as people list them, as in «a, b or c»."""
    return _listed(names, "or")


def all_of(names: Iterable[str]) -> str:
    """Return names as people list them, as in «a, b and c»."""
    return _listed(names, "and")


def _listed(names: Iterable[str], last: str) -> str:
    return re.sub(r", ([^,]*)$", rf" {last} \1", ", ".join(names))


SHORT = 40
"""Letters of a text by which a sentence names it."""


def shortened(text: str) -> str:
    """Return a text on one line, cut where it is long."""
    cleaned = clean_text(text)
    return cleaned if len(cleaned) <= SHORT else f"{cleaned[: SHORT - 1]}…"


_HISSING = ("s", "x", "ch", "sh")


def with_article(noun: str) -> str:
    """Return «an action», «a risk»."""
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"


def counted(count: int, noun: str) -> str:
    """Return a count with its noun, as in «1 gap» and «2 gaps»."""
    return f"{count} {noun if count == 1 else f'{noun}es' if noun.endswith(_HISSING) else f'{noun}s'}"


_FEW = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def in_words(count: int) -> str:
    """Return a small count as people write it, as in «three»; a larger one in figures."""
    return _FEW[count] if 0 <= count < len(_FEW) else str(count)
