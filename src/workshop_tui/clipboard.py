"""Puts text where other programs find it: by the terminal, and by a command of this machine if it has one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping

SECONDS = 3.0
"""After which a command that takes no text is left alone."""


def command(
    env: Mapping[str, str], platform: str, found: Callable[[str], str | None] = shutil.which
) -> tuple[str, ...]:
    """Return the command that takes what is copied; () where there is none that this screen would see."""
    known: list[tuple[str, ...]]
    if platform == "darwin":
        known = [("pbcopy",)]
    elif platform == "win32":
        known = [("clip",)]
    else:
        known = [("wl-copy",)] if env.get("WAYLAND_DISPLAY") else []
        known += [("xclip", "-selection", "clipboard"), ("xsel", "-ib")] if env.get("DISPLAY") else []
        known += [("clip.exe",)] if env.get("WSL_DISTRO_NAME") else []
    return next((each for each in known if found(each[0])), ())


def copy_by_command(text: str) -> str:
    """Hand a text to the command of this machine; return its name, "" if there is none or it fails."""
    line = command(os.environ, sys.platform)
    if not line:
        return ""
    encoded = text.encode("utf-16-le" if line[0].startswith("clip") else "utf-8")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        subprocess.run(line, input=encoded, timeout=SECONDS, check=True, **quiet)  # type: ignore[call-overload]  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return ""
    return line[0]
