"""The power is cut at any moment while Steps are written: what was acknowledged is there.

Simulated: the system calls of a process that writes are carried out up to a moment, and what was not
synced by then is lost, wholly or in part. Where strace isn't at hand these tests aren't there;
`tests/store/test_file.py` asserts everywhere the settings that they show to be enough.
"""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

from tests.reliability import acknowledging
from tests.reliability.power import Disk, Left, can_trace, put, traced
from workshop_tui.store import file

STEPS = 4
CUTS = [(names, share) for names in (True, False) for share in (0.0, 0.5, 1.0)]
"""What a cut spares: names that weren't synced, and which share of what was written and not synced."""


def outcomes(tmp_path: Path, *options: str) -> list[tuple[int, int]]:
    """Return (how many Steps were acknowledged, how many are there) after each cut."""
    root, log = tmp_path / "disk", tmp_path / "calls"
    root.mkdir()
    path = root / "sessions" / "workshops.db"
    command = [sys.executable, "-m", acknowledging.__name__, str(path), str(STEPS), *options]
    disk, acknowledged = Disk(root), 0
    known: dict[Left, int] = {}
    found = []
    for name, texts, arguments in traced(command, log):
        if name == "write" and arguments.startswith("1<"):
            acknowledged = int(texts[-1])
        elif not disk.do(name, texts, arguments) or (name == "pwrite64" and not acknowledged):
            continue  # the tables are made in hundreds of writes: a few moments of it will do
        for names, share in CUTS:
            left = disk.left(names=names, share=share)
            if left not in known:
                into = tmp_path / str(len(known))
                into.mkdir()
                put(left, into)
                known[left] = steps_in(into / path.relative_to(root))
            found.append((acknowledged, known[left]))
    assert acknowledged == STEPS
    return found


def steps_in(path: Path) -> int:
    """Return how many Steps are stored, after making sure that the rest is whole."""
    if not path.exists() or not path.stat().st_size:
        return 0
    with file.reading(path) as connection, closing(connection.cursor()) as cursor:
        assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if file.revision(connection, path) is None:
            return 0
        numbers = [number for (number,) in cursor.execute("SELECT number FROM journal ORDER BY number")]
        assert numbers == list(range(1, len(numbers) + 1))
        (named,) = cursor.execute("SELECT max(name) FROM stakeholder").fetchone()
        assert len(numbers) < 2 or named == f"Ana {len(numbers)}"
        return len(numbers)


if can_trace():

    def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
        found = outcomes(tmp_path)
        assert len(found) > 100
        assert not [(said, there) for said, there in found if there < said]

    def test_the_simulation_sees_what_a_folder_that_is_not_synced_costs(tmp_path: Path) -> None:
        assert [there for said, there in outcomes(tmp_path, "2") if there < said]
