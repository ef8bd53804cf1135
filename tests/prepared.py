"""Processes of the app that need not import it: one that has done so forks for each.

An interpreter that imports the app takes most of a second of the processor. What is tested of a whole process
(how it is killed, ends, writes and paints) is the same in one that was forked before anything had run.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import io
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

MODULE = slice(1, 3)
"""Where a command says `-m` and the module."""


class Forked:
    """A process that was forked for a command, as `subprocess.Popen` is one that was started for it."""

    def __init__(self, command: Sequence[str], slave: int, env: Mapping[str, str]) -> None:
        """Run the command, which is `python -m module …`, as the leader of a session on a terminal."""
        assert command[MODULE][0] == "-m"
        self._told, theirs = socket.socketpair()
        asked = json.dumps([str(Path.cwd()), dict(env), command[MODULE][1], command[MODULE.stop :]])
        with theirs:
            socket.send_fds(_prepared(json.dumps(_first(env))), [asked.encode()], [slave, theirs.fileno()])
        self.pid = int(self._told.recv(32))
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit code once it has ended."""
        if self.returncode is None and select.select([self._told], [], [], 0)[0]:
            self._end()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended, and return its exit code."""
        if self.returncode is None:
            if not select.select([self._told], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
            self._end()
        assert self.returncode is not None
        return self.returncode

    def _end(self) -> None:
        self.returncode = int(self._told.recv(32))
        self._told.close()

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it, whatever it is doing."""
        self.send_signal(signal.SIGKILL)


def _first(env: Mapping[str, str]) -> dict[str, str]:
    """Return what modules may read of the environment when they are imported: all but whose home it is."""
    return {name: text for name, text in env.items() if name not in {"HOME", "PYTEST_CURRENT_TEST"}}


@cache
def _prepared(env: str) -> socket.socket:
    """Return where to ask for processes that find such an environment; it ends with this process."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        theirs.set_inheritable(True)
        command = [sys.executable, "-m", __name__, str(theirs.fileno())]
        nothing = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)]
        pid = os.posix_spawn(sys.executable, command, json.loads(env), file_actions=nothing, setpgroup=0)
    atexit.register(os.waitpid, pid, 0)
    atexit.register(ours.close)
    return ours


def _serve(asked: socket.socket) -> tuple[str, list[str]] | None:
    """Fork for each who asks; return in the new process, with what it is to run, and at the end with None."""
    while True:
        data, handles, _, _ = socket.recv_fds(asked, 1 << 17, 2)
        if not data:
            return None
        slave, told = handles
        if os.fork() == 0:  # who waits for the app, so that nobody else is held up
            asked.close()
            return _run(json.loads(data), slave, told)
        for handle in handles:
            os.close(handle)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


def _run(asked: Any, slave: int, told: int) -> tuple[str, list[str]] | None:
    """Fork the app itself, in which this returns what to run, and say when it has ended and how."""
    folder, env, module, arguments = asked
    if pid := os.fork():
        os.close(slave)
        os.write(told, f"{pid}".encode().ljust(32))
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        os.write(told, f"{code}".encode().ljust(32))
        return None
    os.close(told)
    os.login_tty(slave)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    sys.stdin = sys.__stdin__ = io.TextIOWrapper(io.FileIO(0, closefd=False), "utf-8")  # type: ignore[misc]
    sys.stdout = sys.__stdout__ = _writer(1)  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = _writer(2)  # type: ignore[misc]
    return module, arguments


def _writer(handle: int) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.FileIO(handle, "w", closefd=False), "utf-8", write_through=True)


def _import_all() -> None:
    """Import the app, and what it imports once it runs."""
    package = importlib.import_module("workshop_tui")
    for module in pkgutil.walk_packages(package.__path__, "workshop_tui."):
        if not module.name.endswith("__main__") and ".migrations." not in module.name:
            importlib.import_module(module.name)


def _main() -> None:
    _import_all()
    gc.freeze()
    if ran := _serve(socket.socket(fileno=int(sys.argv[1]))):
        module, sys.argv[1:] = ran
        runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _main()
