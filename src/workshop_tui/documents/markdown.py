"""Text from people in Markdown: literal, whatever is typed; web addresses alone are links.

Characters are escaped with a backslash, which CommonMark 2.4 allows before any ASCII punctuation;
links are kept from forming where GFM 6.9 and linkify would see one in bare text. The marks of
mathematics, highlights and comments that notes apps know are escaped too. An address of the web, bare
or in angle brackets, is written as an autolink (CommonMark 6.5), in which nothing is escaped.
"""

from __future__ import annotations

import re
from typing import Final

from workshop_tui.domain.base.text import clean_text

_PART: Final = r"[\w\-~:/?\#@!$&*+,;=.%']"
_PAIR: Final = rf"\({_PART}*\) | \[{_PART}*\]"
_SIGNS: Final = re.compile(
    rf"""
      (?P<address>
        < https?://[^\W_] (?: {_PART} | {_PAIR} )* >
      | (?<!\w) https?://[^\W_] (?: (?: {_PART} | {_PAIR} )* (?: [\w\-/\#&=+] | {_PAIR} ) )?
      )                           # bare, what ends a sentence is no part of it
    | (?P<sign>
        [\\`*_{{}}\[\]<>|~^$\#]     # markup wherever it stands
      | &(?=[\w\#])               # an entity
      | :(?=[^\s\d]) | @(?=\S)    # a scheme, an emoji code, an address; but not 09:30
      | \.(?=[^\W\d_]{{2}}) | (?<=[wW]{{3}})\.  # a domain name
      | ([/=%])(?=\3)             # // and ==highlight== and %%comment%%
      | ^[-+=]                    # a list or a heading's underline
      )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NUMBERED: Final = re.compile(r"^([0-9]{1,9})(?=[.)])")


class Markdown(str):
    """Text that is Markdown already, and so is not escaped again."""

    __slots__ = ()


def md(text: object) -> Markdown:
    """Return text as Markdown that shows just this text, on one line; nothing for None."""
    if isinstance(text, Markdown):
        return text
    line = clean_text("" if text is None else str(text))
    return Markdown(_NUMBERED.sub(r"\1\\", _SIGNS.sub(_literal, line)))


def _literal(found: re.Match[str]) -> str:
    address = found["address"]
    return f"<{address.strip('<>')}>" if address else f"\\{found[0]}"


def code(identifier: str) -> Markdown:
    """Return an id as a code span, the form in which a read-back finds it."""
    return Markdown(f"`{identifier}`")
