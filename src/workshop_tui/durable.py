"""What was made or renamed in a folder, kept over a power cut."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Have a folder's names outlive a power cut, where system and disk have a way to ask for that."""
    with suppress(OSError):  # Windows can't open a folder, and some file systems can't sync one
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
