"""Contacts files: bytes → text, with what it was read as."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice, pairwise
from typing import Final

from workshop_tui.documents.errors import DocumentError, quoted

_UTF8_MARK, _UTF16_MARKS = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
_GUESSES: Final = {
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp932": "Shift-JIS",
    "mac_roman": "Mac Roman",
}
"""What a file that isn't Unicode may be: Python's name → what people call it, the likeliest first."""
EXAMPLES: Final = "cp1252, cp1250, cp1251, shift_jis or mac_roman"

_SAMPLE_LINES, _SAMPLE_BYTES = 2000, 100_000
_WORD = re.compile(r"[^\s,;|\"<>()]+")
_SIGNS = frozenset("‘’“”„«»–—…·€°\xa0")
_JAPANESE = frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC"})
_SHORT = 3  # letters of a word from which accents on most of them are odd
_NO_TEXT = "save the file as CSV in UTF-8, or say its encoding"


class EncodingError(DocumentError):
    """A file isn't in the encoding that was said."""


def decoded(content: bytes, said: str = "") -> tuple[str, str, bool]:
    """Return a file's text, the name of its encoding, and whether that is a guess.

    Unicode is recognised; otherwise it is the encoding in which the least looks odd. `said` goes before
    all that. Raises DocumentError when the text isn't what it is said or marked to be.
    """
    if said:
        return _as_said(content, said), said, False
    encoding = "UTF-16" if content.startswith(_UTF16_MARKS) else "UTF-8"
    try:
        return content.decode("utf-8-sig" if encoding == "UTF-8" else "utf-16"), encoding, False
    except UnicodeDecodeError as error:
        if encoding == "UTF-8" and not _meant_as_utf8(content):
            return _guessed(content)
        raise _not(encoding, error) from None


def _as_said(content: bytes, said: str) -> str:
    try:
        return content.decode(said).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise EncodingError(str(_not(said, error))) from None
    except (LookupError, ValueError):
        raise EncodingError(f"There is no encoding {quoted(said)}: use utf-8, {EXAMPLES}.") from None


def _not(encoding: str, error: UnicodeDecodeError) -> DocumentError:
    line = error.object.count(b"\n", 0, error.start) + 1
    return DocumentError(f"Line {line} is not {encoding} text: {_NO_TEXT}.")


def _meant_as_utf8(content: bytes) -> bool:
    """Tell UTF-8 with a few damaged bytes from another encoding with a few accidental matches."""
    sound = sum(not sign.isascii() for sign in content.decode("utf-8", "ignore"))
    damaged = content.decode("utf-8", "replace").count("\ufffd")
    return content.startswith(_UTF8_MARK) or sound >= damaged


def _guessed(content: bytes) -> tuple[str, str, bool]:
    foreign = (line for line in content.splitlines() if not line.isascii())
    sample = b"\n".join(islice(foreign, _SAMPLE_LINES))[:_SAMPLE_BYTES]
    order = sorted(_GUESSES, key=lambda each: _oddness(sample.decode(each, "replace")))
    return next((text, _GUESSES[each], True) for each in order if (text := _strictly(content, each)))


def _strictly(content: bytes, encoding: str) -> str:
    """Return the text, or nothing where it isn't in this encoding; Mac Roman can be any bytes."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _oddness(text: str) -> int:
    return sum(_odd(found[0]) for found in _WORD.finditer(text) if not found[0].isascii())


def _odd(word: str) -> int:
    """Count what people don't write: symbols in words, capitals behind small letters, mixed scripts."""
    letters = [sign for sign in word if sign.isalpha()]
    scripts = {unicodedata.name(sign, "?").split()[0] for sign in letters}
    accented = sum(not sign.isascii() for sign in letters)
    return (
        sum(not (sign.isascii() or sign.isalpha() or sign in _SIGNS) for sign in word)
        + sum(a.isalpha() and not b.isalpha() and not b.isascii() for a, b in pairwise(word[:-1]) if b != "’")
        + sum(a.islower() and b.isupper() and not (a + b).isascii() for a, b in pairwise(word))
        + (len(scripts) > 1 and not scripts <= _JAPANESE)
        + ("HALFWIDTH" in scripts)
        + (scripts == {"LATIN"} and len(letters) >= _SHORT and 2 * accented > len(letters))
    )
