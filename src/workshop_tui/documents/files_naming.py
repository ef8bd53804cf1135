"""Files in a folder that name somebody, found by their bytes."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from workshop_tui.domain.rules.erasing import NameWords

_LARGEST: Final = 50 * 1024 * 1024
_SIGNED: Final = (b"<!-- workshop-tui ", b'"schema": "workshop-tui/')


def names_in(content: bytes, words: NameWords) -> bool:
    """Whether bytes hold a full name or an address, blind to the case of a to z."""
    low = content.lower()
    return any(word.lower().encode() in low for word in words.whole)


def files_naming(folder: Path, words: NameWords, passed_over: Collection[Path]) -> Iterator[Path]:
    """Yield the files in a folder that name somebody, and documents of ours in which they stand by one name.

    What nobody can look into, as PDF, is among them: it may name them.
    """
    for each in sorted(folder.iterdir()):
        if each not in passed_over and each.is_file() and _may_name(each, words):
            yield each


def _may_name(path: Path, words: NameWords) -> bool:
    try:
        if path.stat().st_size > _LARGEST:
            return True
        content = path.read_bytes()
        return content.startswith(b"%PDF") or any(_names(part, words) for part in _parts(content))
    except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        return True


def _parts(content: bytes) -> Iterator[bytes]:
    """Yield what a file holds: of an office document each of its parts.

    Raises:
        RuntimeError: a part is too large to be looked into, or is encrypted.
    """
    yield content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as packed:
            for part in packed.infolist():
                if part.file_size > _LARGEST:
                    raise RuntimeError(part.filename)
                yield packed.read(part)


def _names(content: bytes, words: NameWords) -> bool:
    is_ours = any(sign in content for sign in _SIGNED)
    return names_in(content, words) or (is_ours and words.stand_in(content.decode("utf-8", "replace")))
