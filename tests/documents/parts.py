"""Every part of a file that is written, as its reader gets it."""

from __future__ import annotations

import io
import re
import zipfile

from workshop_tui.documents.export import Exported


def unfolded(calendar: str) -> str:
    """Return a calendar with its long lines joined again, as RFC 5545 has it (3.1)."""
    return calendar.replace("\r\n ", "")


def told_in(written: Exported) -> str:
    """Return all that a file tells: every part of an archive with its name, a calendar's lines whole."""
    if not written.binary:
        return unfolded(written.text)
    with zipfile.ZipFile(io.BytesIO(written.binary)) as archive:
        parts = [(name, archive.read(name).decode()) for name in archive.namelist()]
        return "\n".join((archive.comment.decode(), *(f"{name}\n{part}" for name, part in parts)))


def shown_in(written: Exported) -> str:
    """Return the same without the tags of its markup, in which formats have words of their own."""
    return re.sub(r"<[^>]*>", "\n", told_in(written)) if written.binary else told_in(written)
