"""Which command of the machine takes what is copied."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from workshop_tui.clipboard import command, copy_by_command


@pytest.mark.parametrize(
    ("env", "platform", "there", "expected"),
    [
        ({}, "darwin", {"pbcopy"}, "pbcopy"),
        ({}, "win32", {"clip"}, "clip"),
        ({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, "linux", {"wl-copy", "xclip"}, "wl-copy"),
        ({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, "linux", {"xclip"}, "xclip"),
        ({"DISPLAY": ":0"}, "linux", {"wl-copy", "xsel"}, "xsel"),
        ({}, "linux", {"wl-copy", "xclip", "xsel", "pbcopy"}, ""),
        ({"WSL_DISTRO_NAME": "d"}, "linux", {"clip.exe"}, "clip.exe"),
        ({"DISPLAY": ":0"}, "linux", set(), ""),
    ],
)
def test_the_command_is_one_that_this_screen_would_see(
    env: dict[str, str], platform: str, there: set[str], expected: str
) -> None:
    found = command(env, platform, lambda name: name if name in there else None)
    assert "".join(found[:1]) == expected


def test_it_gets_the_text_and_one_that_fails_is_not_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = tmp_path / "wl-copy"
    tool.write_text(f"#!/bin/sh\ncat > {tmp_path}/taken\n")
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("WAYLAND_DISPLAY", "w")
    assert copy_by_command("Zoë Åkerström") == "wl-copy"
    assert (tmp_path / "taken").read_text("utf-8") == "Zoë Åkerström"
    tool.write_text("#!/bin/sh\nexit 1\n")
    assert copy_by_command("Zoë") == ""
