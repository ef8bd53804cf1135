"""What would eat the machine is refused before it is parsed; measured from outside, in a process."""

import json
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.workbooks import with_rows
from workshop_tui.bounds import (
    DEEPEST,
    LARGEST_JSON,
    LARGEST_TOML,
    MOST_ESCAPES,
    MOST_OBJECTS,
    MOST_VALUES,
    TooMuchError,
    check_json,
    toml,
)
from workshop_tui.playbooks.loader import OURS

MOST_SECONDS, MOST_MEGABYTES = 2, 200
USUAL = 0.045
"""Seconds of the processor that `work` takes on a machine that does nothing else."""
MEASURED = """
import json, os, sys, time
def work():
    began = time.process_time()
    {n: str(n) for n in range(200000)}
    return time.process_time() - began
started = time.process_time()
from workshop_tui.cli.app import run
import gc, workshop_tui.cli.contacts, workshop_tui.documents.plan_json
import workshop_tui.playbooks.loader, workshop_tui.store.store
gc.freeze()
spent = time.process_time() - started
for settings, arguments in json.loads(sys.argv[1]):
    if os.fork():  # each for itself, after what all import
        os.wait()
        continue
    os.environ["WORKSHOP_TUI_CONFIG"] = settings
    slowness = work()
    started = time.process_time()
    code = run(arguments)
    spent += time.process_time() - started
    with open("/proc/self/status") as status:  # ru_maxrss counts what the parent held, too
        peak = next(line.split()[1] for line in status if line.startswith("VmHWM:"))
    slowness = (slowness + work()) / 2
    print("measured", code, spent, peak, slowness, flush=True)
    os._exit(0)
"""


def _lines(line: str, size: int) -> str:
    """Return lines that differ by a number, up to a size."""
    return "".join(f"{line.replace('#', str(n))}\n" for n in range(size // (len(line) + 6)))


TOML: dict[str, Callable[[], str]] = {
    "a dotted key": lambda: ".".join("a" * 20_000) + " = 1",
    "a dotted key with spaces": lambda: " . ".join("a" * 10_000) + " = 1",
    "a key in quotes": lambda: ".".join(['"a"'] * 10_000) + " = 1",
    "a dotted table": lambda: f"[{'.'.join('a' * 20_000)}]",
    "a dotted key in a table in a line": lambda: f"x = {{{'.'.join('a' * 20_000)} = 1}}",
    "lists in lists": lambda: "x = " + "[" * 40_000,
    "tables in tables": lambda: "x = " + "{a = " * 10_000,
    "strings that don't close": lambda: 'x = """' + '\\"""' * 10_000,
    "as many tables as there can be": lambda: _lines("[a#.b.c.d.e.f.g.h]", LARGEST_TOML),
    "as many keys as there can be": lambda: _lines("a#.b.c.d.e.f.g.h = 1", LARGEST_TOML),
    "as many lists as there can be": lambda: "x = [" + "[]," * (LARGEST_TOML // 3 - 10) + "]",
    "far too much": lambda: "#" * 50_000_000,
}
HEAD = '{"schema": "workshop-tui/account-plan/2", "audience": "all", "account": {"id": "a", "name": "A"}, '
PERSON = '{"id": "s%d", "name": "Person of a name %d", "title": "Head of something", "influence": 3}'
LONG = LARGEST_JSON - 1_000
JSON: dict[str, Callable[[], str]] = {
    "50 MB of people": lambda: f'{HEAD}"stakeholders": [{", ".join([PERSON % (1, 1)] * 500_000)}]}}',
    "50 MB of lists": lambda: "[" * 50_000_000,
    "as many people as there can be": lambda: (
        HEAD + f'"stakeholders": [{", ".join(PERSON % (n, n) for n in range(MOST_OBJECTS - 2))}]}}'
    ),
    "lists as long as they can be": lambda: f'{HEAD}"goals": [{"[]," * (LONG // 3)}[]]}}',
    "numbers": lambda: f'{HEAD}"goals": [{"1.5," * (LONG // 4)}1]}}',
    "names": lambda: "{" + ",".join(f'"{n:x}":1' for n in range(LONG // 12)) + "}",
    "one string as long as it can be": lambda: f'{HEAD}"goals": "{"x" * (LONG - 200)}"}}',
    "one string of faces": lambda: f'{HEAD}"goals": "{"😀" * ((LONG - 200) // 4)}"}}',
    "a face and letters": lambda: f'{HEAD}"goals": "😀{"x" * (LONG - 200)}"}}',
    "a string that is escaped": lambda: f'{HEAD}"goals": "{chr(92) * 2 * ((LONG - 200) // 2)}"}}',
    "a string with as many escapes as there can be": lambda: (
        f'{HEAD}"goals": "{chr(92) * MOST_ESCAPES}{"x" * (LONG - MOST_ESCAPES - 200)}"}}'
    ),
    "lists in lists": lambda: f'{HEAD}"goals": {"[" * 200_000}',
}


Command = tuple[str, list[str]]
"""The settings file, or "", and what stands behind the command's name."""


def _measured(*commands: Command) -> list[tuple[float, float]]:
    """Run commands, each in a process; return what each took: seconds of the processor, and megabytes.

    Seconds are those of a machine that does nothing else: a busy one makes all slower, also a little work
    that is measured beside them.
    """
    command = [sys.executable, "-c", MEASURED, json.dumps(commands)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    measured = [line.split()[1:] for line in ran.stdout.splitlines() if line.startswith("measured ")]
    assert len(measured) == len(commands)
    assert {code for code, *_ in measured} <= {"0", "1", "2"}
    assert "Traceback" not in ran.stderr
    return [
        (float(seconds) / max(1, float(slowness) / USUAL), int(kilobytes) / 1024)
        for _, seconds, kilobytes, slowness in measured
    ]


def _is_modest(*commands: Command) -> None:
    """Check what commands take; a second time where it is too long, as how busy a machine is changes."""
    measured = _measured(*commands)
    if any(seconds > MOST_SECONDS for seconds, _ in measured):
        measured = _measured(*commands)
    for command, (seconds, megabytes) in zip(commands, measured, strict=True):
        assert seconds <= MOST_SECONDS, command
        assert megabytes <= MOST_MEGABYTES, command


def test_no_settings_and_no_playbook_eat_the_machine(tmp_path: Path) -> None:
    files = [tmp_path / f"{what}.toml" for what in TOML]
    for file in files:
        file.write_text(TOML[file.stem]())
    checks = [("", ["playbook", "check", str(file)]) for file in files]
    _is_modest(*checks, *((str(file), ["where"]) for file in files))


def test_no_plan_eats_the_machine(tmp_path: Path) -> None:
    files = [tmp_path / f"{what}.json" for what in JSON]
    for file in files:
        file.write_text(JSON[file.stem]())
    _is_modest(*(("", ["--db", f"{file}.db", "import", "--dry-run", str(file)]) for file in files))


CSV: dict[str, Callable[[], str]] = {
    "columns": lambda: "Name" + "," * 9_000_000,
    "cells": lambda: "Name,Title\nAnna" + "," * 9_000_000,
    "rows": lambda: "Name\n" + "x\n" * 5_000_000,
    "blank rows": lambda: "Name" + "\r" * 10_000_000,
    "a quote that doesn't close": lambda: 'Name\n"' + "x\n" * 5_000_000,
}


WORKBOOKS = (
    "<sheetData>" + "<row/>" * 1_000_000 + "</sheetData>",
    "<sheetData><row><c><v>" + "x" * 30_000_000 + "</v></c></row></sheetData>",
    "<col/>" * 2_000_000,
)


def test_no_contacts_eat_the_machine(tmp_path: Path, norvane: Path) -> None:
    files = [tmp_path / f"{what}.csv" for what in CSV]
    for file in files:
        file.write_text(CSV[file.stem]())
    for n, part in enumerate(WORKBOOKS):
        files.append(tmp_path / f"{n}.xlsx")
        files[-1].write_bytes(with_rows(part))
    line = ["--db", str(norvane), "import", "--dry-run", "--account", "norvane"]
    _is_modest(*(("", [*line, str(file)]) for file in files))


KEYS = st.lists(st.sampled_from(["a", "b-1", '"a.b"', "'[{'", '"\\""']), min_size=1, max_size=3).map(".".join)
VALUES = st.sampled_from(
    [
        "1",
        '"a.b.c.d.e.f.g.h.i.j.k"',
        "'[[[[[[[[[['",
        '"""[[[\n[[[\n[[[[" ""."""',
        "[[1], [2.5]]",
        "{x.y = 1}",
        "1.5",
    ]
)


@given(
    st.lists(st.tuples(KEYS, VALUES), max_size=8), st.sampled_from(["", "[t]\n", "[[t.u]]\n", "# [.[.[.\n"])
)
def test_toml_of_a_usual_depth_is_read_as_ever(pairs: list[tuple[str, str]], head: str) -> None:
    text = head + "".join(f"{key} = {value}  # a.b.c.d.e.f.g.h.i.j\n" for key, value in pairs)
    try:
        expected = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(tomllib.TOMLDecodeError):
            toml(text.encode())
    else:
        assert toml(text.encode()) == expected


@pytest.mark.parametrize("path", sorted(OURS.glob("*.toml")), ids=lambda path: path.stem)
def test_our_own_playbooks_are_far_from_the_bounds(path: Path) -> None:
    content = path.read_bytes()
    assert toml(content) == tomllib.loads(content.decode())
    assert len(content) * 10 < LARGEST_TOML


def test_the_depth_is_that_of_lists_and_objects_outside_of_strings() -> None:
    deepest = "[" * DEEPEST + '"[[[[[[[[[[ \\" [[[[[["' + "]" * DEEPEST
    check_json(deepest)
    check_json(deepest.encode())
    for text in (f"[{deepest}]", f"[{deepest}]".encode()):
        with pytest.raises(TooMuchError, match="it is nested too deep"):
            check_json(text)


def test_the_values_are_counted_with_their_names() -> None:
    check_json(json.dumps(list(range(MOST_VALUES - 1))))
    with pytest.raises(TooMuchError, match="it holds over 800,000 values"):
        check_json(json.dumps(list(range(MOST_VALUES + 1))))
    check_json(json.dumps([{}] * MOST_OBJECTS))
    with pytest.raises(TooMuchError, match="it holds over 25,000 rows"):
        check_json(json.dumps([{}] * (MOST_OBJECTS + 1)))
