"""Text from people in Markdown: literal, whatever is typed; web addresses alone are links.

Characters are escaped with a backslash, which CommonMark 2.4 allows before any ASCII punctuation;
links are kept from forming where GFM 6.9 and linkify would see one in bare text. The marks of
mathematics, highlights and comments that notes apps know are escaped too. An address of the web, bare
or in angle brackets, is written as an autolink (CommonMark 6.5), in which nothing is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from workshop_tui.domain.base.text import clean_text

_PART: Final = r"[\w\-~:/?\#@!$&*+,;=.%']"
_PAIR: Final = rf"\({_PART}*\) | \[{_PART}*\]"
_ADDRESS: Final = rf"""
      (?P<address>
        < https?://[^\W_] (?: {_PART} | {_PAIR} )* >
      | (?<!\w) https?://[^\W_] (?: (?: {_PART} | {_PAIR} )* (?: [\w\-/\#&=+] | {_PAIR} ) )?
      )                           # bare, what ends a sentence is no part of it
"""
_ADDRESSES: Final = re.compile(_ADDRESS, re.VERBOSE | re.IGNORECASE)
_SIGNS: Final = re.compile(
    rf"""
      {_ADDRESS}
    | (?P<sign>
        [\\`*_{{}}\[\]<>|~^$\#]     # markup wherever it stands
      | &(?=[\w\#])               # an entity
      | :(?=[^\s\d]) | @(?=\S)    # a scheme, an emoji code, an address; but not 09:30
      | \.(?=[^\W\d_]{{2}}) | (?<=[wW]{{3}})\.  # a domain name
      | ([/=%])(?=\3)             # // and ==highlight== and %%comment%%
      )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_AT_START: Final = re.compile(r"^(?:([0-9]{1,9})(?=[.)])|(?=[-+=]))")
"""What would begin a numbered list, or a list or a heading's underline."""


class Markdown(str):
    """Text that is Markdown already, and so is not escaped again."""

    __slots__ = ()


def md(text: object, *, begins: bool = True) -> Markdown:
    """Return text as Markdown that shows just this text, on one line; nothing for None.

    What `begins` no line, as in a cell of a table, needs not be kept from being taken for a list.
    """
    if isinstance(text, Markdown):
        return text
    line = clean_text("" if text is None else str(text))
    literal = _SIGNS.sub(_literal, line)
    return Markdown(_AT_START.sub(r"\1\\", literal) if begins else literal)


def _literal(found: re.Match[str]) -> str:
    address = found["address"]
    return f"<{address.strip('<>')}>" if address else f"\\{found[0]}"


def with_addresses(text: str) -> Iterator[tuple[str, str]]:
    """Yield a text in pieces, each with the address of the web that it is; "" for other words."""
    end = 0
    for found in _ADDRESSES.finditer(text):
        yield text[end : found.start()], ""
        address = found["address"].strip("<>")
        yield address, address
        end = found.end()
    yield text[end:], ""


def code(identifier: str) -> Markdown:
    """Return an id as a code span, the form in which a read-back finds it."""
    return Markdown(f"`{identifier}`")
