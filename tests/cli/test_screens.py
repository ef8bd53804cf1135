"""Commands that open a screen: with which database, account and session they do so."""

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from tests.cli.conftest import Cli
from workshop_tui.domain.model.account import Account
from workshop_tui.settings import Settings


class Screen(ModuleType):
    """Stands in for the app and keeps how it was called."""

    def __init__(self) -> None:
        super().__init__("workshop_tui.tui.run")
        self.calls: list[tuple[Path, dict[str, Any]]] = []

    def run_workshop(self, path: Path, settings: Settings, **asked: Any) -> int:
        assert settings.actor
        self.calls.append((path, asked))
        return 0


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Pretend that there is a terminal."""
    shown = Screen()
    monkeypatch.setitem(sys.modules, shown.__name__, shown)
    terminal = SimpleNamespace(isatty=lambda: True)
    monkeypatch.setattr("workshop_tui.cli.screens.sys", SimpleNamespace(stdin=terminal, stdout=terminal))
    return shown


def test_the_facilitators_own_screen_opens_with_the_session_that_is_meant(
    cli: Cli, screen: Screen, norvane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[object, ...]] = []

    def run_notes(path: Path, settings: Settings, *asked: str) -> int:
        opened.append((path, settings.actor, *asked))
        return 0

    monkeypatch.setitem(sys.modules, "workshop_tui.tui.run", SimpleNamespace(run_notes=run_notes))
    for line, code in (("notes norv", 0), ("notes norvane 1", 0), ("notes norvane 9", 2), ("notes abe", 2)):
        assert cli("--db", norvane, *line.split()).code == code
    assert [asked[2:] for asked in opened] == [("norvane", ""), ("norvane", "S1")]
    assert screen.calls == []


def test_the_rooms_window_opens_for_the_customer_unless_another_audience_is_named(
    cli: Cli, screen: Screen, norvane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[object, ...]] = []

    def run_room(path: Path, settings: Settings, account: str, session: str, *, audience: str) -> int:
        opened.append((path, settings.actor and account, session, audience))
        return 0

    monkeypatch.setitem(sys.modules, "workshop_tui.tui.run", SimpleNamespace(run_room=run_room))
    before = norvane.read_bytes()
    lines = ("room norv", "room norvane 1 --for alliance", "room norvane --for quillhaven")
    assert [cli("--db", norvane, *line.split()).code for line in lines] == [0, 0, 0]
    assert [asked[1:] for asked in opened] == [
        ("norvane", "", "customer"),
        ("norvane", "S1", "alliance"),
        ("norvane", "", "ps"),
    ]
    for line, said in {
        "room norvane 9": "has no session 9",
        "room abe": "There is no account «abe»",
        "room norvane --for all": "name one, or leave out --for",
        "room norvane --for nobody": "There is no audience",
    }.items():
        ran = cli("--db", norvane, *line.split())
        assert (ran.code, said in ran.err) == (2, True), ran.err
    assert len(opened) == 3
    assert norvane.read_bytes() == before
    assert screen.calls == []


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("--db {db}", {}),
        ("--db {db} new", {"new": ""}),
        ("new Abe --db {db}", {"new": "Abe"}),
        ("--db {db} open norv", {"account": "norvane"}),
        ("--db {db} open norvane 1", {"account": "norvane", "session": 1}),
    ],
)
def test_the_screen_opens_with_what_was_asked_for(
    cli: Cli, screen: Screen, norvane: Path, line: str, asked: dict[str, Any]
) -> None:
    assert cli(*line.format(db=norvane).split()).code == 0
    ((path, opens),) = screen.calls
    assert path == norvane
    assert {name: value for name, value in opens.items() if value is not None} == asked | {"names_db": True}


@pytest.mark.parametrize(
    ("line", "said"),
    [("open nobody", "There is no account «nobody»"), ("open norvane 3", "has no session 3")],
)
def test_what_is_not_there_opens_no_screen(
    cli: Cli, screen: Screen, norvane: Path, line: str, said: str
) -> None:
    ran = cli("--db", norvane, *line.split())
    assert ran.code == 2
    assert said in ran.err
    assert screen.calls == []


def test_the_demo_opens_a_session_that_has_not_begun_and_leaves_nothing_behind(
    cli: Cli, screen: Screen
) -> None:
    assert cli("demo").code == 0
    ((path, asked),) = screen.calls
    account, step = asked.pop("begins")
    assert asked == {"account": "norvane", "session": 3, "names_db": True}
    assert account == "norvane"
    assert [change.row.name for change in step.changes if isinstance(change.row, Account)] == ["Norvane Bank"]
    assert not path.parent.exists()


def test_a_terminal_is_never_steered_by_what_is_written_to_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from workshop_tui.cli.speech import data

    hostile = "one\x1b]52;c;aGk=\x07\u202e\ntwo\n"
    data(hostile)
    assert capsys.readouterr().out == hostile
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    data(hostile)
    assert capsys.readouterr().out == "one]52;c;aGk=\ntwo\n"


def test_a_transcript_opens_beside_the_session_that_is_meant(
    cli: Cli, screen: Screen, norvane: Path, tmp_path: Path
) -> None:
    file, bad = tmp_path / "june.txt", tmp_path / "june.pdf"
    file.write_text("Nadia Okonjo-Wells: one date\n", "utf-8")
    bad.write_bytes(b"%PDF-1.7")
    assert cli("--db", norvane, "notes", "import", file, "norv", "1").code == 0
    ((_, asked),) = screen.calls
    name, transcript = asked["beside"]
    assert (name, transcript.speakers) == ("june.txt", ("Nadia Okonjo-Wells",))
    assert (asked["account"], asked["session"]) == ("norvane", 1)
    told = cli("--db", norvane, "notes", "import", bad, "norv")
    assert (told.code, told.err) == (
        2,
        f"{bad}: This is a PDF and no transcript: save it as VTT, SRT or text.\n",
    )
    assert cli("--db", norvane, "notes", "import", file, "norv", "--encoding", "klingon").code == 2
    assert cli(f"--db={norvane}", "notes", "import").code == 2
    assert len(screen.calls) == 1
