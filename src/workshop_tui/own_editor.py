"""Opens a text in the program that $VISUAL or $EDITOR names, and reads back what it has made of it."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path


class EditorError(Exception):
    """The program could not be started, ended with an error, or left something that is no text."""


def program(env: Mapping[str, str]) -> tuple[str, ...]:
    """Return the program with its arguments; () where none is named."""
    try:
        return tuple(shlex.split(env.get("VISUAL") or env.get("EDITOR") or ""))
    except ValueError:  # a quote that isn't closed
        return ()


def edited(text: str, command: Sequence[str]) -> str:
    """Return a text as the program leaves it, without the line end that it puts behind the last line.

    The file it is given lies in a folder that only its owner may open, and both are gone afterwards.
    Raises EditorError with a sentence.
    """
    import tempfile

    name = command[0] if command else ""
    with tempfile.TemporaryDirectory(prefix="workshop-") as folder:
        file = Path(folder) / "text.md"
        file.write_text(f"{text}\n", encoding="utf-8")
        file.chmod(0o600)
        try:
            ended = subprocess.run([*command, os.fspath(file)], check=False).returncode  # noqa: S603
            after = file.read_text("utf-8")
        except (OSError, ValueError) as error:
            raise EditorError(f"{name} could not be used: the text is as it was.") from error
    if ended:
        raise EditorError(f"{name} ended with an error: the text is as it was.")
    return after.removesuffix("\n").replace("\r\n", "\n")
