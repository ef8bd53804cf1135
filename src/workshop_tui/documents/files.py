"""Documents as files: written whole or not at all, for their owner's eyes only."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from pathlib import Path
from typing import Final

from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.plan_json import WHOLE
from workshop_tui.domain.plan import AccountPlan
from workshop_tui.domain.session import Session
from workshop_tui.domain.text import slug

_WHY: Final = {
    errno.ENOENT: "its folder is not there: make the folder or choose another",
    errno.ENOTDIR: "part of its path is a file: choose another folder",
    errno.EACCES: "you may not write there: choose another folder",
    errno.EPERM: "you may not write there: choose another folder",
    errno.EROFS: "that disk is read-only: choose another folder",
    errno.ENOSPC: "the disk is full: free some space or choose another folder",
    errno.EDQUOT: "your share of the disk is full: free some space or choose another folder",
    errno.ENAMETOOLONG: "its name is too long: choose a shorter one",
}


def file_name(plan: AccountPlan, session: Session | None, suffix: str) -> str:
    """Return a file name such as `norvane-bank-session-2-customer.md`, with the audience of the plan."""
    number = [f"session-{plan.number_of(session.id)}"] if session else []
    return "-".join([slug(plan.account.name), *number, slug(plan.audience or WHOLE)]) + f".{suffix}"


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it holds all of the text or is as it was, also when the power goes.

    A new file is readable by its owner alone (0600); an existing one keeps its mode, and a symbolic
    link its target.

    Raises:
        DocumentError: the file can't be written.
    """
    try:
        _replace(Path(os.path.realpath(path)), text.encode())
    except OSError as error:
        why = _WHY.get(error.errno or 0, f"{error.strerror}: choose another file")
        raise DocumentError(f"«{path}» can't be written, as {why}.") from None
    except ValueError:  # a NUL in the path, or half of a character in the text
        raise DocumentError(f"«{path}» can't be written: choose another name.") from None


def _replace(target: Path, data: bytes) -> None:
    mode = _mode(target)
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=".workshop-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).chmod(mode)
        Path(draft).replace(target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _mode(target: Path) -> int:
    if not target.exists():
        return 0o600
    found = target.stat().st_mode
    if not stat.S_ISREG(found):
        raise OSError(errno.EISDIR, "it is a folder or a device")
    return stat.S_IMODE(found)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows can't open a folder
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
