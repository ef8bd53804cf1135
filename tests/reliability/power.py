"""A disk whose power can be cut: built from the system calls of a process, which strace has written down."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

CALLS = (
    "open,openat,creat,write,writev,pwrite64,pwritev,ftruncate,truncate,fallocate,fsync,fdatasync,"
    "unlink,unlinkat,rename,renameat,renameat2,link,linkat,mkdir,mkdirat,rmdir"
)
ROOT = Path(__file__).parents[2]
_LINE = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)(?:<((?:\\x..)*)>)?")
_TEXT = re.compile(r'"((?:\\x..)*)"')
_OPEN_FILE = re.compile(r"^\d+<((?:\\x..)*)>")


def can_trace() -> bool:
    """Whether strace is there and may look at a process."""
    strace = shutil.which("strace")
    return (
        strace is not None
        and subprocess.run([strace, "-qq", "-e", "none", "true"], check=False).returncode == 0
    )


def traced(command: Sequence[str], log: Path) -> Iterator[tuple[str, list[bytes], str]]:
    """Run a command; yield (name, its paths and texts, all arguments) of each of its calls that succeeded."""
    strace = ["strace", "-f", "-qq", "-y", "-xx", "-s", "10000000", "-e", f"trace={CALLS}", "-o", str(log)]
    subprocess.run([*strace, *command], check=True, capture_output=True, cwd=ROOT)
    for line in log.read_text("ascii").splitlines():
        found = _LINE.match(line)
        if found and int(found[3]) >= 0:
            opened = _OPEN_FILE.match(found[2])
            texts = [found[4] or "", opened[1] if opened else "", *_TEXT.findall(found[2])]
            yield found[1], [_bytes(text) for text in texts], found[2]


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


Left = tuple[tuple[Path, bytes | None], ...]
"""What lies on a disk: (path, data) of each file; no data for a folder."""


@dataclass
class Content:
    """A file, whatever it is called: what is on the disk for sure, and what was written since."""

    synced: bytes = b""
    since: list[tuple[int, bytes | None]] = field(default_factory=list)
    """(where, what); None cuts the file off there."""

    def kept(self, chance: random.Random, share: float) -> bytes:
        """Return what is there after a cut that spares this share of what wasn't synced."""
        data = bytearray(self.synced)
        for at, new in self.since:
            if chance.random() < share:
                data.extend(bytes(max(at - len(data), 0)))
                data[at:] = b"" if new is None else new + data[at + len(new) :]
        return bytes(data)


@dataclass
class Disk:
    """Files in folders beneath a root: a name is there for sure once its folder was synced since."""

    root: Path
    names: dict[Path, Content | None] = field(default_factory=dict)
    """Path → file; None for a folder."""
    synced: dict[Path, Content | None] = field(default_factory=dict)

    def do(self, name: str, texts: list[bytes], arguments: str) -> bool:
        """Carry a call out; return whether it was about this disk."""
        result, opened, *given = texts
        paths = [Path(os.fsdecode(text)) for text in (result, opened, *given) if text.startswith(b"/")]
        about = [path for path in paths if self.root in (path, *path.parents)]
        if not about:
            return False
        match name:
            case "open" | "openat" | "creat":
                if "O_CREAT" in arguments and about[-1] not in self.names:
                    self.names[about[-1]] = Content()
                assert "O_TRUNC" not in arguments
            case "pwrite64":
                self._file(about[0]).since.append((int(arguments.rpartition(", ")[2]), given[0]))
            case "ftruncate":
                self._file(about[0]).since.append((int(arguments.rpartition(", ")[2]), None))
            case "fsync" | "fdatasync":
                self._sync(about[0])
            case "unlink":
                del self.names[about[0]]
            case "mkdir":
                self.names[about[0]] = None
            case _:
                raise AssertionError(f"The simulated disk knows nothing of {name}.")
        return True

    def _file(self, path: Path) -> Content:
        content = self.names[path]
        assert content is not None
        return content

    def _sync(self, path: Path) -> None:
        if (content := self.names.get(path)) is not None:
            content.synced, content.since = content.kept(random.Random(0), 1), []  # noqa: S311
            return
        for other in {*self.names, *self.synced}:
            if other.parent == path:
                self.synced.pop(other, None)
                if other in self.names:
                    self.synced[other] = self.names[other]

    def left(self, *, names: bool, share: float) -> Left:
        """Return what a cut leaves: with or without names that weren't synced, and a share of other data."""
        chance = random.Random(0)  # noqa: S311 - the same loss every time
        return tuple(
            (path.relative_to(self.root), content.kept(chance, share) if content else None)
            for path, content in sorted((self.names if names else self.synced).items())
        )


def put(left: Left, into: Path) -> None:
    """Put what a cut has left into a folder; what lay in a folder that is gone is gone with it."""
    for name, data in left:
        path = into / name
        if path.parent.exists():
            path.mkdir() if data is None else path.write_bytes(data)
