"""What a file is that was given in the place of another."""

from __future__ import annotations

import re
from typing import Final

_BINARY: Final = {
    b"PK\x03\x04": "a workbook or an archive",
    b"\xd0\xcf\x11\xe0": "a workbook",
    b"SQLite format 3\x00": "a database",
    b"%PDF": "a PDF",
}
_OFFICE: Final = {b"word/document.xml": "a Word document", b"ppt/presentation.xml": "a presentation"}
"""The name of a part in an archive that tells what it is."""
NO_TEXT: Final = frozenset({*_BINARY.values(), *_OFFICE.values()})
"""What of it is never text."""
_JSON: Final = re.compile(r'\{\s*["}]|\[\s*["{\[]')
_MARKDOWN: Final = re.compile(r"#{1,6} |---\s*$|[-*+] \[[ xX]\] ", re.MULTILINE)
_TABLE: Final = re.compile(r"[^\n,;\t|]+[,;\t|][^\n]*$", re.MULTILINE)

_LOOKED_AT: Final = 4_096


def is_binary(text: str) -> bool:
    """Whether what was read as text has too many signs that nobody types."""
    sample = text[:_LOOKED_AT]
    return sum(sign < " " and sign not in "\t\n\r\f\v" for sign in sample) * 100 > len(sample)


def file_type(content: bytes) -> str:
    """Return what a file seems to be, as in «a table»; empty for what nothing tells."""
    for begins, kind in _BINARY.items():
        if content.startswith(begins):
            return next((told for part, told in _OFFICE.items() if part in content), kind)
    text = content[:4096].decode("utf-8-sig", "ignore").lstrip()
    if _JSON.match(text):
        return "JSON"
    if _MARKDOWN.match(text):
        return "Markdown"
    return "a table" if _TABLE.match(text) else ""
