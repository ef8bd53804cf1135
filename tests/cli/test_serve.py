"""What `serve` serves, and what it says where it can't."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli
from workshop_tui.served import server
from workshop_tui.served.server import ServeError, Serving

LINK = "http://127.0.0.1:8000/?token=secret"


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Serving]:
    """Keep what would be served, until Ctrl+C."""
    kept: list[Serving] = []

    def serve(serving: Serving) -> int:
        kept.append(serving)
        serving.tell(LINK)
        return signal.SIGINT

    monkeypatch.setattr(server, "serve", serve)
    return kept


def windows(served: list[Serving]) -> dict[str, Any]:
    """Return what each window would show."""
    *command, what = served[-1].command
    assert command == [sys.executable, "-P", "-m", "workshop_tui.cli.browser_window"]
    return dict(json.loads(what))


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("", {"account": "", "actor": "rowan, browser"}),
        ("norv", {"account": "norvane", "actor": "rowan, browser"}),
        ("norvane 1 --read-only", {"account": "norvane", "session": 1, "reads_only": True}),
        ("norvane --for quillhaven", {"audience": "ps", "actor": "Quillhaven, browser"}),
        ("norvane --for Alliance", {"audience": "alliance", "actor": "Alliance, browser"}),
        ("norvane --room", {"room": True, "audience": "customer", "reads_only": True}),
        ("norvane 2 --room --for alliance", {"room": True, "session": 2, "audience": "alliance"}),
    ],
)
def test_each_window_shows_what_was_asked_for(
    cli: Cli, served: list[Serving], norvane: Path, line: str, shown: dict[str, Any]
) -> None:
    ran = cli("--db", norvane, "serve", *line.split())
    assert (ran.code, ran.out) == (0, f"{LINK}\n")
    assert "works once" in ran.err
    assert "Ctrl+C here ends it" in ran.err
    assert windows(served).items() >= {"db": str(norvane), **shown}.items()
    assert (served[0].host, served[0].port) == ("127.0.0.1", 8000)


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKSHOP_TUI_CONFIG", str(tmp_path / "config.toml"))
    (tmp_path / "config.toml").write_text('actor = "rowan"\n')


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("abe", "There is no account «abe»"),
        ("norvane 9", "has no session 9"),
        ("norvane --for all", "A browser is cut for one audience: name one, or leave out --for."),
        ("norvane --for nobody", "There is no audience"),
        ("--for customer", "--for is for one account: name it"),
        ("--room", "--room is for one account: name it"),
        ("--port 70000", "--port can't be 70000: give a number from 1 to 65535."),
        ("--port x", "--port can't be «x»"),
    ],
)
def test_what_cant_be_served_is_said_in_a_sentence(
    cli: Cli, served: list[Serving], norvane: Path, line: str, said: str
) -> None:
    ran = cli("--db", norvane, "serve", *line.split())
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert served == []


def test_a_database_that_is_not_there_is_none_to_look_on_at(
    cli: Cli, served: list[Serving], tmp_path: Path
) -> None:
    ran = cli("--db", tmp_path / "none.db", "serve", "--read-only")
    assert (ran.code, served) == (2, [])
    assert not (tmp_path / "none.db").exists()


def test_an_account_without_a_session_is_nothing_to_show_to_others(
    cli: Cli, served: list[Serving], tmp_path: Path
) -> None:
    bare = {
        "schema": "workshop-tui/account-plan/1",
        "audience": "all",
        "account": {"id": "abe", "name": "Abe"},
    }
    (tmp_path / "abe.json").write_text(json.dumps(bare))
    assert cli("--db", tmp_path / "a.db", "import", tmp_path / "abe.json").code == 0
    ran = cli("--db", tmp_path / "a.db", "serve", "abe", "--for", "customer")
    assert (ran.code, served) == (2, [])
    assert "Abe has no session yet: begin one with `workshop-tui open abe`." in ran.err


def test_others_who_can_reach_it_can_read_along_which_is_said_once(
    cli: Cli, served: list[Serving], norvane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = cli("--db", norvane, "serve", "--host", "192.0.2.1")
    assert ran.err.count("not encrypted") == 1

    def refuse(serving: Serving) -> int:
        raise ServeError(f"Port {serving.port} is taken.")

    monkeypatch.setattr(server, "serve", refuse)
    ran = cli("--db", norvane, "serve", "--port", "80")
    assert (ran.code, ran.out, ran.err) == (2, "", "Port 80 is taken.\n")
    assert len(served) == 1


def test_without_its_library_it_says_how_to_install_it(
    cli: Cli, norvane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "workshop_tui.served.server")
    monkeypatch.delitem(sys.modules, "workshop_tui.served.window", raising=False)
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    ran = cli("--db", norvane, "serve")
    assert (ran.code, ran.out) == (2, "")
    assert "install it with `pip install 'workshop-tui[serve]'`" in ran.err
