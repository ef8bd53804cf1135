"""What the operating system's errors mean to a person. Light to import: `where` stands on it."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_FULL: Final = {
    errno.ENOSPC: "the disk is full: free some space and try again",
    errno.EDQUOT: "your share of the disk is full: free some space and try again",
    errno.EFBIG: "it would be larger than that disk lets a file be: choose another folder",
    errno.EROFS: "that disk is read-only: choose another folder",
    errno.EIO: "the disk doesn't answer: check the disk and try again",
    errno.EMFILE: "too many files are open: close some programs and try again",
    errno.ENFILE: "too many files are open: close some programs and try again",
    errno.ENAMETOOLONG: "its name is too long: choose a shorter one",
    errno.ELOOP: "its links lead in a circle: choose another",
}
_READING: Final[Mapping[int, str]] = _FULL | {
    errno.ENOENT: "it is not there: check the path",
    errno.ENOTDIR: "part of its path is a file: check the path",
    errno.EISDIR: "it is a folder: name a file in it",
    errno.EACCES: "you may not use it: get the right to, or name another",
    errno.EPERM: "you may not use it: get the right to, or name another",
}
_WRITING: Final[Mapping[int, str]] = _FULL | {
    errno.ENOENT: "its folder is not there: make the folder or choose another",
    errno.ENOTDIR: "part of its path is a file: choose another folder",
    errno.EISDIR: "it is a folder or a device: choose another file",
    errno.EACCES: "you may not write there: choose another folder",
    errno.EPERM: "you may not write there: choose another folder",
}


def _has_folder(file: object) -> bool:
    """Whether there is a folder for a file: one that the system itself keeps, as /proc, takes no new one."""
    return isinstance(file, str | os.PathLike) and Path(file).parent.is_dir()


def why(error: OSError | ValueError, *, writing: bool = False) -> str:
    """Return what has kept a file from being used and what to do, as in «it is not there: check the path»."""
    if isinstance(error, ValueError):  # a NUL in its name
        return "nothing can have that name: choose another"
    known = _WRITING if writing else _READING
    if writing and error.errno == errno.ENOENT and _has_folder(error.filename):
        return "nothing can be made in its folder: choose another"
    if told := known.get(error.errno or 0):
        return told
    return f"{error.strerror or error}: {'choose another file' if writing else 'check the path'}"
