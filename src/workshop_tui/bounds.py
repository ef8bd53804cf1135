"""Text from files, kept from eating the machine: how much there is and how deep it goes, before it is parsed.

What is counted is what costs: TOML takes the square of the parts of a dotted key, and each value of
JSON takes far more room than its text. Strings are passed over, whatever is in them.
"""

from __future__ import annotations

import re
from typing import Any, Final

DEEPEST: Final = 8
"""Lists, objects and tables in one another, or parts of a dotted key: ours have at most three."""
LARGEST_TOML: Final = 256 * 1024
"""The largest TOML file that is read, in bytes: the largest of ours has some 8,000."""
LARGEST_JSON: Final = 12 * 1024 * 1024
"""The largest JSON text that is read, in bytes, or in characters once it is decoded."""
MOST_VALUES: Final = 800_000
"""Values and strings in a JSON text, names too."""
MOST_OBJECTS: Final = 25_000
"""Rows in a JSON text: contacts that come in are 20,000 at most."""
MOST_ESCAPES: Final = 500_000
"""Signs with a backslash in one string of a JSON text, each of which is a piece of its own at first."""

_IN_JSON: Final = r'"(?:[^"\\]++|\\.)*+"?|([\[{])|([\]}])|,'
_OF_TEXT: Final = re.compile(_IN_JSON, re.DOTALL)
_OF_BYTES: Final = re.compile(_IN_JSON.encode(), re.DOTALL)
_TOML_SIGNS: Final = re.compile(
    r'''
      """ (?: [^"\\] | \\. | "(?!"") )* (?: """ | \Z )    # what isn't closed goes to the end
    | \'\'\' (?: [^'] | '(?!'') )* (?: \'\'\' | \Z )
    | (?P<name> " (?: [^"\\\n] | \\. )* (?: " | $ ) | ' [^'\n]* (?: ' | $ ) | [A-Za-z0-9_-]+ )
    | \# [^\n]*
    | (?P<sign> [\[\]{}.=,\n] )
    ''',
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)


class TooMuchError(ValueError):
    """A text is too deep or has too much in it; the message says which, as in «it is nested too deep»."""


def toml(content: bytes) -> dict[str, Any]:
    """Return what a TOML file holds, of which no more than `LARGEST_TOML` + 1 bytes have to be read.

    Raises:
        TooMuchError: it is too large or nested too deep, or has a number that is too long.
        UnicodeDecodeError: it is no UTF-8.
        tomllib.TOMLDecodeError: it is no TOML.
    """
    if len(content) > LARGEST_TOML:
        raise TooMuchError(f"it is over {LARGEST_TOML // 1024} kB")
    text = content.decode("utf-8-sig")
    depth = parts = 0
    for found in _TOML_SIGNS.finditer(text):
        match found["sign"]:
            case "[" | "{":
                depth += 1
            case "]" | "}":
                depth -= 1
            case ".":
                parts += 1
            case "=" | "," | "\n":
                parts = 0
        if depth > DEEPEST or parts > DEEPEST:
            raise TooMuchError("it is nested too deep")
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except (RecursionError, ValueError):
        raise TooMuchError("it is nested too deep or has too long a number") from None


def check_json(content: str | bytes) -> None:
    """Refuse a JSON text that is too large, or would take far more room than it has itself.

    Raises:
        TooMuchError: it is too large, nested too deep, or holds too many values.
    """
    if len(content) > LARGEST_JSON:
        raise TooMuchError(f"it is over {LARGEST_JSON // 1024**2} MB")
    depth = values = objects = 0
    signs = _OF_TEXT.finditer(content) if isinstance(content, str) else _OF_BYTES.finditer(content)
    for found in signs:
        if found.lastindex == 1:
            depth += 1
            objects += found[0] in ("{", b"{")
        elif found.lastindex == 2:  # noqa: PLR2004 - the second group
            depth -= 1
        elif found.end() - found.start() > MOST_ESCAPES and _escapes(found[0]) > MOST_ESCAPES:
            raise TooMuchError(f"one of its texts has over {MOST_ESCAPES:,} backslashes")
        values += found.lastindex != 2  # noqa: PLR2004
        if depth > DEEPEST:
            raise TooMuchError("it is nested too deep")
        if objects > MOST_OBJECTS:
            raise TooMuchError(f"it holds over {MOST_OBJECTS:,} rows")
        if values > MOST_VALUES:
            raise TooMuchError(f"it holds over {MOST_VALUES:,} values")


def _escapes(string: str | bytes) -> int:
    return string.count("\\") if isinstance(string, str) else string.count(b"\\")
