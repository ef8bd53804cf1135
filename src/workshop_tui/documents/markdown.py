"""Text from people in Markdown: always literal, whatever is typed.

Characters are escaped with a backslash, which CommonMark 2.4 allows before any ASCII punctuation;
links are kept from forming where GFM 6.9 and linkify would see one in bare text. The marks of
mathematics, highlights and comments that notes apps know are escaped too.
"""

from __future__ import annotations

import re
from typing import Final

from workshop_tui.domain.text import clean_text

_SIGNS: Final = re.compile(
    r"""
      [\\`*_{}\[\]<>|~^$#]        # markup wherever it stands
    | &(?=[\w#])                  # an entity
    | :(?=[^\s\d]) | @(?=\S)      # a scheme, an emoji code, an address; but not 09:30
    | \.(?=[^\W\d_]{2}) | (?<=[wW]{3})\.  # a domain name
    | ([/=%])(?=\1)               # // and ==highlight== and %%comment%%
    | ^[-+=]                      # a list or a heading's underline
    """,
    re.VERBOSE,
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
    return Markdown(_NUMBERED.sub(r"\1\\", _SIGNS.sub(r"\\\g<0>", line)))


def code(identifier: str) -> Markdown:
    """Return an id as a code span, the form in which a read-back finds it."""
    return Markdown(f"`{identifier}`")
