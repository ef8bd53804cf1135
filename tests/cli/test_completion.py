"""Completion at Tab: the shells that are here really complete, and no Python is started for it."""

from __future__ import annotations

import os
import shutil
import subprocess
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.pty_driver import TAB, Terminal, environment
from workshop_tui.cli.commands import parser
from workshop_tui.cli.completion import SHELLS

BASH = """
source "$1"
COMP_WORDS=("${@:2}")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
COMP_LINE="${COMP_WORDS[*]}"
COMP_POINT=${#COMP_LINE}
$(complete -p workshop-tui | sed 's/.*-F \\([^ ]*\\).*/\\1/') workshop-tui "${COMP_WORDS[$COMP_CWORD]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""
"""Has the function of the script complete the last of some words, as Tab does."""
FISH, ZSH = shutil.which("fish"), shutil.which("zsh")
CASES = (
    ("cover", {"coverage"}),
    ("playbook c", {"check", "copy"}),
    ("room norvane --f", {"--for"}),
    ("room norvane --for c", {"customer"}),
    ("export norvane --for a", {"alliance", "all"}),
    ("export norvane --format pp", {"pptx"}),
    ("notes im", {"import"}),
    ("completion z", {"zsh"}),
)
"""What is typed behind the command, and what it may become at Tab."""


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def script(cli: Cli, shell: str, tmp_path: Path) -> Path:
    file = tmp_path / f"completion.{shell}"
    ran = cli("completion", shell)
    assert (ran.code, ran.err) == (0, "")
    file.write_text(ran.out)
    return file


def test_each_command_and_each_option_is_named(script: Path) -> None:
    text = script.read_text()
    every = parser()
    named = {word for name in _commands(every) for word in name.split()}
    assert {"where", "completion", "notes", "import", "erase"} <= named
    assert [name for name in named if name not in text] == []
    options = {option for each in _parsers(every) for option in each._option_string_actions}
    assert [name for name in options if name.lstrip("-") not in text] == []


def _parsers(of: ArgumentParser) -> Iterator[ArgumentParser]:
    yield of
    for action in of._actions:
        if isinstance(action.choices, dict):
            for each in action.choices.values():
                yield from _parsers(each)


def _commands(of: ArgumentParser) -> Iterator[str]:
    for each in _parsers(of):
        for action in each._actions:
            if isinstance(action.choices, dict):
                yield from action.choices


@pytest.mark.parametrize("shell", ["bash"], indirect=True)
def test_bash_completes_commands_options_and_values_without_python(script: Path, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    for name in ("python", "python3", "workshop-tui"):  # whatever starts one fails
        file = tmp_path / "bin" / name
        file.write_text(f"#!/bin/sh\necho started >> {tmp_path}/started\nexit 1\n")
        file.chmod(0o700)
    env = {**os.environ, "PATH": f"{tmp_path}/bin:{os.environ['PATH']}"}
    for typed, meant in CASES:
        line = ["bash", "-c", BASH, "bash", str(script), "workshop-tui", *typed.split(" ")]
        done = subprocess.run(line, env=env, capture_output=True, text=True, check=True)
        assert ({word.strip() for word in done.stdout.splitlines()}, done.stderr) == (meant, ""), typed
    (tmp_path / "notes.vtt").touch()
    line = ["bash", "-c", BASH, "bash", str(script), "workshop-tui", "import", "no"]
    done = subprocess.run(line, env=env, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "notes.vtt"
    assert not (tmp_path / "started").exists()


if FISH:

    @pytest.mark.parametrize("shell", ["fish"], indirect=True)
    def test_fish_completes_commands_options_and_values(script: Path, tmp_path: Path) -> None:
        env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
        for typed, meant in CASES:
            ask = f'source {script}; complete -C "workshop-tui {typed}"'
            done = subprocess.run([str(FISH), "-c", ask], env=env, capture_output=True, text=True, check=True)
            assert {line.split("\t")[0] for line in done.stdout.splitlines()} == meant, typed


if ZSH:

    @pytest.mark.parametrize("shell", ["zsh"], indirect=True)
    def test_zsh_completes_what_can_only_be_one(script: Path, tmp_path: Path) -> None:
        (tmp_path / ".zshrc").write_text(
            f"PS1='ready> '\nfpath=({tmp_path} $fpath)\nautoload -Uz compinit && compinit -u -D\n"
        )
        script.rename(tmp_path / "_workshop-tui")  # as zsh looks for it
        with Terminal([str(ZSH), "-i"], env=environment(HOME=str(tmp_path), ZDOTDIR=str(tmp_path))) as zsh:
            zsh.wait("ready>")
            for typed, meant in CASES:
                if len(meant) == 1:
                    zsh.send(f"workshop-tui {typed}{TAB}")
                    zsh.wait(f"workshop-tui {typed.rpartition(' ')[0]} ?{min(meant)} ")
                    zsh.send("\x15\x0c")
