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

    PDF is named whatever is in it, as nobody sees into it; what can't be read is passed over.
    """
    for each in sorted(folder.iterdir()):
        if each in passed_over or not each.is_file() or each.stat().st_size > _LARGEST:
            continue
        try:
            content = each.read_bytes()
        except OSError:
            continue
        if content.startswith(b"%PDF") or any(_names(part, words) for part in _parts(content)):
            yield each


def _parts(content: bytes) -> Iterator[bytes]:
    """Yield what a file holds: of an office document each of its parts."""
    yield content
    if content.startswith(b"PK"):
        try:
            with zipfile.ZipFile(BytesIO(content)) as packed:
                for part in packed.infolist():
                    if part.file_size <= _LARGEST:
                        yield packed.read(part)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
            return


def _names(content: bytes, words: NameWords) -> bool:
    is_ours = any(sign in content for sign in _SIGNED)
    return names_in(content, words) or (is_ours and words.stand_in(content.decode("utf-8", "replace")))
