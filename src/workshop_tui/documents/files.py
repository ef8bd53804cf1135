"""Files as we write them: whole or not at all, for their owner's eyes only, and never over what matters.

Everything that is written at somebody's word goes through `write_whole`.
"""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.plan_json import UNPROJECTED
from workshop_tui.domain.base.text import slug
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.durable import sync_folder
from workshop_tui.os_errors import why
from workshop_tui.settings import expanded

_SIDECARS: Final = ("-journal", "-wal", "-shm")
"""What stands behind a database's name in the names of the files that SQLite keeps beside it."""
_BEGINNINGS: Final = (
    b"SQLite format 3\x00",
    b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7",  # a journal
    b"\x37\x7f\x06\x82",  # a write-ahead log, in either order of bytes
    b"\x37\x7f\x06\x83",
    b"\x18\xe2\x2d\x00",  # its index, in either order of bytes
    b"\x00\x2d\xe2\x18",
)
"""How databases and the files beside them begin (sqlite.org: Database File Format, WAL-mode File Format)."""
_LARGEST_EARLIER: Final = 50 * 1024 * 1024


class InTheWayError(DocumentError):
    """Another file is there already, which is written over only when somebody says so."""

    def __init__(self, path: Path, target: Path) -> None:
        """Say which file it is."""
        link = f" (a link to «{target}»)" if path.is_symlink() else ""
        super().__init__(f"«{path}»{link} is there already: choose another name.")
        self.path = path


def anything(_: bytes) -> bool:
    """Let any file be written over that isn't a database or the app's own."""
    return True


def nothing(_: bytes) -> bool:
    """Let no file be written over."""
    return False


def file_name(plan: AccountPlan, session: Session | None, suffix: str) -> str:
    """Return a file name such as `norvane-bank-session-2-quillhaven.md`, with whom the plan is cut for."""
    number = [f"session-{plan.number_of(session.id)}"] if session else []
    return "-".join([slug(plan.account.name), *number, reader_slug(plan)]) + f".{suffix}"


def reader_slug(plan: AccountPlan) -> str:
    """Return in the name of a file whom a plan is cut for: a firm by its short name.

    Where that could be taken for another audience's, so that one file would be written over by the other,
    it goes by its id.
    """
    audience = plan.audience or UNPROJECTED
    called = {firm.id: slug(firm.short) for firm in plan.partners}
    own = called.pop(audience, "untitled")
    others = {*called, *called.values(), CUSTOMER, ALLIANCE, UNPROJECTED, "untitled"}
    return slug(audience) if own in others else own


def is_folder(path: Path) -> bool:
    """Whether a folder is there; one that may not be looked at is none, as nothing can be put into it."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_there(path: Path) -> bool:
    """Whether anything is there, if only a link to nothing."""
    return os.path.lexists(path)


def refuse_missing_folder(typed: str) -> None:
    """Refuse a path that is typed as a folder's and is none: else a file would get its name.

    Raises:
        DocumentError: there is no such folder.
    """
    if typed.endswith(os.sep) and not is_folder(expanded(typed)):
        raise DocumentError(f"There is no folder «{typed}»: make it first, or name a file.")


def write_all(
    files: Mapping[Path, tuple[str | bytes, Callable[[bytes], bool]]], *, kept: Iterable[Path]
) -> None:
    """Write files, none where one is in the way: path → what is in it, and over what it may be written.

    Raises:
        InTheWayError: a file is there that it may not be written over.
        DocumentError: a file can't be written.
    """
    own = tuple(kept)
    for path, (_, replaces) in files.items():
        refuse_in_the_way(path, kept=own, replaces=replaces)
    for path, (content, replaces) in files.items():
        write_whole(path, content, kept=own, replaces=replaces)


def write_whole(
    path: Path, content: str | bytes, *, kept: Iterable[Path], replaces: Callable[[bytes], bool]
) -> None:
    """Write a file so that it holds all of the content or is as it was, also when the power goes.

    A new file is readable by its owner alone (0600); an existing one keeps its mode, and a symbolic
    link its target. `kept` are files and folders of the app itself. Neither these nor any database nor
    what SQLite keeps beside one is ever written over, by whatever name or link it is reached. Of other
    files, those are whose content `replaces` lets go.

    Raises:
        InTheWayError: a file is there that `replaces` doesn't let go.
        DocumentError: the file can't be written.
    """
    try:
        target, mode = _target(path, kept, replaces)
        _replace(target, content.encode() if isinstance(content, str) else content, mode)
    except OSError as error:
        raise DocumentError(f"«{path}» can't be written, as {why(error, writing=True)}.") from None
    except ValueError:  # a NUL in the path, or half of a character in the text
        raise DocumentError(f"«{path}» can't be written: choose another name.") from None


def refuse_in_the_way(path: Path, *, kept: Iterable[Path], replaces: Callable[[bytes], bool]) -> None:
    """Refuse what `write_whole` would refuse for what is there, so that of several files none is written.

    Raises:
        InTheWayError: a file is there that `replaces` doesn't let go.
        DocumentError: it is never written over, or can't be read.
    """
    try:
        _target(path, kept, replaces)
    except OSError as error:
        raise DocumentError(f"«{path}» can't be written, as {why(error, writing=True)}.") from None
    except ValueError:  # a NUL in the path
        raise DocumentError(f"«{path}» can't be written: choose another name.") from None


def _target(path: Path, kept: Iterable[Path], replaces: Callable[[bytes], bool]) -> tuple[Path, int]:
    """Return the file that a path leads to and the mode it is to have, if it may be written."""
    target = Path(os.path.realpath(path))
    _refuse_kept(path, target, kept)
    if not target.exists():
        return target, 0o600
    mode = _mode(target)
    if not replaces(_read(target)):
        raise InTheWayError(path, target)
    return target, mode


def _refuse_kept(path: Path, target: Path, kept: Iterable[Path]) -> None:
    if _is_database(target) or any(_is_database(base) for base in _bases(target)):
        raise DocumentError(f"«{path}» is a database, which is never written over: choose another file.")
    for own in kept:
        real = Path(os.path.realpath(own))
        those = [real, *(real.with_name(real.name + sidecar) for sidecar in _SIDECARS)]
        if target.is_relative_to(real) or any(_is_same(target, each) for each in those):
            raise DocumentError(
                f"«{path}» belongs to workshop-tui itself and is never written over: choose another file."
            )


def _bases(target: Path) -> list[Path]:
    """Return the file that this would lie beside if it were one of SQLite's."""
    name = target.name.casefold()
    return [
        target.with_name(target.name[: -len(sidecar)])
        for sidecar in _SIDECARS
        if name.endswith(sidecar) and name != sidecar
    ]


def _is_database(target: Path) -> bool:
    if not target.is_file():
        return False
    with target.open("rb") as file:
        return file.read(16).startswith(_BEGINNINGS)


def _is_same(one: Path, other: Path) -> bool:
    """Whether two names lead to one file, also through hard links and where case doesn't matter."""
    if one.exists() and other.exists():
        return one.samefile(other)
    return os.path.normcase(one) == os.path.normcase(other)


def _read(target: Path) -> bytes:
    """Return what a file holds; nothing of one that is far too large to be a document."""
    return target.read_bytes() if target.stat().st_size <= _LARGEST_EARLIER else b""


def _replace(target: Path, content: bytes, mode: int) -> None:
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=".workshop-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).chmod(mode)
        Path(draft).replace(target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def _mode(target: Path) -> int:
    found = target.stat().st_mode
    if not stat.S_ISREG(found):
        raise OSError(errno.EISDIR, "it is a folder or a device")
    return stat.S_IMODE(found)
