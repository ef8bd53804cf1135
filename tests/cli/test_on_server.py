"""Every command on a database on a server: its password in none of what they say or write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.conftest import SAMPLE
from tests.postgres import CANARY, PEOPLE, Server

WHO = "Priya Vantongeren"


@pytest.fixture
def url(server: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty database of somebody who has a password."""
    name = server.new()
    server.run(f"ALTER SCHEMA public OWNER TO {PEOPLE}", name)
    found = server.url(name, user=PEOPLE).url
    monkeypatch.setenv("WORKSHOP_TUI_DB", found)
    return found


def test_every_command_works_and_none_tells_the_password(
    server: Server, url: str, cli: Cli, tmp_path: Path
) -> None:
    said = []

    def ran(line: str, code: int = 0) -> str:
        done = cli(*line.split())
        assert done.code == code, (line, done.err)
        said.append(done.out + done.err)
        return done.out + done.err

    assert "There are no accounts in postgresql://anna@/w" in ran("list")
    ran(f"import {SAMPLE} --keep-date")
    place = json.loads(ran("where --json"))["database"]
    assert place["path"].startswith("postgresql://anna@/w")
    assert (place["exists"], place["why"]) == (None, "WORKSHOP_TUI_DB names it")
    assert "postgresql://anna@/w" in ran("where")
    assert "Norvane Bank" in ran("list")
    for line in ("actions", "digest", "select", "learnt", "search resid", "coach norvane", "gaps norvane"):
        assert ran(line, int(line.startswith("gaps"))), line
    ran("done A07 --account norvane")
    ran("undo norvane")
    ran("export norvane -o plan.md --for alliance")
    assert "✗" not in (told := ran("doctor"))
    assert "Its server's administrator makes them, as by pg_dump." in told
    for line in ("backup", "restore last", "backup --list"):
        assert "on its server, as by pg_dump and pg_restore" in ran(line, 2)
    ran(f"copy {url} copied.db")
    assert "holds something already" in ran(f"copy copied.db {url}", 2)
    assert "This would copy 1 account with " in ran(f"copy {url} other.db --dry-run")
    assert not (tmp_path / "other.db").exists()
    assert WHO in ran("person show Vantongeren -o held.md")
    assert WHO in dumped(server, url)
    assert "nothing has changed" in ran("person erase Vantongeren --name Priya", 2)
    done = cli("person", "erase", WHO, "--name", WHO)
    assert done.code == 0, done.err
    assert "What the server's own backups and log hold of it stays" in done.err
    assert "vantongeren" not in dumped(server, url).casefold()
    said.append(done.err)
    written = [each.read_bytes().decode("utf-8", "replace") for each in tmp_path.rglob("*") if each.is_file()]
    for password in (CANARY, CANARY.replace("%2F", "/")):
        assert not any(password in text for text in (*said, *written))


def dumped(server: Server, url: str) -> str:
    """Return all that the tables hold, the search's too."""
    name = url.partition("?")[0].rpartition("/")[2]
    tables = server.run("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", name)
    return repr([server.run(f'SELECT * FROM "{table}"', name) for (table,) in tables])  # noqa: S608
