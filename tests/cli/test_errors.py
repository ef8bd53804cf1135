"""Whatever can be foreseen to go wrong is one sentence on stderr and exit 2, with the database as it was."""

import re
from argparse import _SubParsersAction
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.conftest import SAMPLE
from workshop_tui.cli import plans
from workshop_tui.cli.commands import parser

README = SAMPLE.parent.parent / "README.md"
TERMINAL = "This needs a terminal: run it in one, or run `workshop-tui "

ERRORS: list[tuple[str, str]] = [
    ("--db {db} gaps nobody", "There is no account «nobody» in "),
    ("--db {db} export nobody", "There is no account «nobody» in "),
    ("--db none.db gaps norvane", "There is no database at "),
    ("--db {db} gaps norvane --on 31/2", "is not a day in the calendar"),
    ("--db {db} gaps norvane --on soon", "is not a form of date we know"),
    (
        "--db {db} export norvane --for bob",
        "There is no audience «bob»: use alliance, Quillhaven, Stratalume, customer, or all",
    ),
    ("--db {db} export norvane --for all", "The whole plan is for JSON alone: use `--format json`"),
    ("--db {db} export norvane --session 3", "Norvane Bank has no session 3: it has 1 to 2."),
    ("--db {db} export norvane --session 0", "Norvane Bank has no session 0: it has 1 to 2."),
    ("--db {db} export norvane --session 1 --format json", "JSON holds all sessions: leave out --session"),
    ("--db {db} export norvane -o no/plan.md", "its folder is not there"),
    ("--db {db} export norvane --brief --qbr", "--qbr"),
    (
        "--db {db} export norvane --brief --for customer",
        "The brief is for our own leaders: choose the alliance or a firm.",
    ),
    ("--db {db} export norvane --qbr --format json", "JSON is the plan itself: leave out --qbr"),
    (
        "--db a.db import gone.json",
        "gone.json can't be used, as it is not there: check the path.",
    ),
    ("--db a.db import .", ". can't be used, as it is a folder: name a file in it."),
    ("--db a.db import plan.md", "plan.md: This is Markdown, which is only written and not read"),
    ("--db a.db import table", "table: This is a table and no account plan: contacts come into an account"),
    ("--db a.db import foreign.db", "foreign.db: This is a database and no account plan"),
    ("--db {db} import plan.md --account norvane", "plan.md: This is Markdown and no table of contacts"),
    ("--db {db} import foreign.db --account norvane", "foreign.db: This is a database and no table"),
    ("--db a.db import foreign.json", "foreign.json: This is no file of schema"),
    ("--db a.db import bytes.json", "bytes.json: Line 1 is not UTF-8 text"),
    (
        "--db a.db import nan.json",
        "nan.json: In the goal «g»: Target is not a finite number: ",
    ),
    ("--db a.db import cycle.json", "cycle.json: Abe reports to themselves"),
    ("--db a.db import cut.json", "cut.json: This file was cut for the audience «customer»"),
    ("--db bytes.json list", "bytes.json is damaged or no database at all"),
    ("--db foreign.db list", "foreign.db belongs to another program"),
    ("--db . list", "is a folder: name a database file in it."),
    ("--db postgresql://anna:se/cret@h/d list", "--db names a PostgreSQL URL that can't be read: write @"),
    ("--db postgresql:///d?host=/nowhere list", "The database postgresql:///d can't be reached: check that"),
    (
        "--db postgresql:///d backup",
        "Backups of postgresql:///d are made and put back on its server, as by",
    ),
    ("--db postgresql:///d restore last", "or copy it into a file with `workshop-tui copy`."),
    ("copy nothing.db other.db", "There is nothing to copy in "),
    ("copy {db} {db}", "can't be copied into itself: name another database."),
    ("copy {db} x.db --db y.db", "Both databases are named: leave out --db."),
    ("frobnicate", "`workshop-tui` has no command «frobnicate»: use demo, new, "),
    ("digset", "`workshop-tui` has no command «digset»: use digest."),
    ("playbook foo", "`workshop-tui playbook` has no command «foo»: use list, show, check or copy."),
    ("--frobnicate", "«--frobnicate» is not understood here: leave it out, or see `workshop-tui --help`."),
    ("gaps", "`workshop-tui gaps` needs ACCOUNT: see `workshop-tui gaps --help`."),
    ("playbook copy", "`workshop-tui playbook copy` needs PLAYBOOK and NEW: "),
    ("export a --format odt", "--format can't be «odt»: use md, html, "),
    ("export a --session x", "--session can't be «x»: give a whole number, as in 2."),
    ("open a x", "SESSION can't be «x»: give a whole number, as in 2."),
    ("list --db", "--db needs a value behind it: see `workshop-tui list --help`."),
    ("list --json=3", "--json takes no value: leave out «3»."),
    ("", TERMINAL + "list` instead."),
    ("--db {db}", TERMINAL + "list` instead."),
    ("demo", TERMINAL + "--db demo.db import "),
    ("--db {db} demo", "The demo has a database of its own: leave out --db."),
    ("new", TERMINAL + "import FILE` instead."),
    ("new Abe", TERMINAL + "import FILE` instead."),
    ("--db {db} open norvane", TERMINAL + "export ACCOUNT` instead."),
]

_HEAD = '{"schema": "workshop-tui/account-plan/1", "audience": "all", "account": {"id": "a", "name": "A"}'
FILES: dict[str, bytes] = {
    "plan.md": b"# Joint action plan: Norvane Bank\n\n- [ ] Send the report\n",
    "table": b"Name;Title\nAnna;CFO\n",
    "foreign.json": b'{"schema": "other/1"}',
    "bytes.json": b"\xff\xfe\x00",
    "nan.json": f'{_HEAD}, "goals": [{{"id": "g", "title": "G", "target": NaN}}]}}'.encode(),
    "cycle.json": f'{_HEAD}, "stakeholders": [{{"id": "s", "name": "Abe", "reports_to": "s"}}]}}'.encode(),
    "cut.json": b'{"schema": "workshop-tui/account-plan/1", "audience": "customer"}',
}


@pytest.fixture(autouse=True)
def _files(tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    with closing(sqlite3.connect(tmp_path / "foreign.db")) as foreign:
        foreign.execute("CREATE TABLE theirs (x)")


@pytest.mark.parametrize(("line", "said"), ERRORS, ids=[line for line, _ in ERRORS])
def test_one_sentence_and_exit_2(cli: Cli, norvane: Path, line: str, said: str) -> None:
    before = norvane.read_bytes()
    ran = cli(*line.format(db=norvane).split())
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert ran.err.endswith(".\n")
    assert norvane.read_bytes() == before
    assert not Path("a.db").exists()


def test_a_bad_settings_file_is_named(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("mine.toml").write_text("colour = 1\n")
    monkeypatch.setenv("WORKSHOP_TUI_CONFIG", "mine.toml")
    ran = cli("where")
    assert ran.code == 2
    assert "mine.toml: colour is no setting" in ran.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[keys]\ncurtain = "F9"\naudience = "f-4"\n',
            "keys.audience can't be «f-4», which is no key: use f4.",
        ),
        ('[keys]\nundoo = "ctrl+z"\nundo = "ctrl-z"\n', "keys.undoo is no command: use undo."),
        (
            'theme = "workshop-lite"\n',
            "theme can't be «workshop-lite», which isn't known: use workshop-light.",
        ),
        ('[keys]\nblock.next = "f8"\n', "keys.block.next has a dot in it: write it in quotes"),
    ],
)
def test_where_refuses_what_the_app_would_refuse(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    Path("mine.toml").write_text(text)
    monkeypatch.setenv("WORKSHOP_TUI_CONFIG", "mine.toml")
    ran = cli("where")
    assert (ran.code, ran.out) == (2, "")
    assert f"mine.toml: {said}" in ran.err
    assert ran.err.count("\n") == 1


def test_where_takes_the_keys_of_the_readme(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = README.read_text("utf-8").split("```toml\n")[1].split("```")[0]
    assert "[keys]" in settings
    Path("mine.toml").write_text(settings)
    monkeypatch.setenv("WORKSHOP_TUI_CONFIG", "mine.toml")
    assert cli("where").code == 0


def test_what_a_name_does_to_a_terminal_is_taken_out(cli: Cli, norvane: Path) -> None:
    ran = cli("--db", norvane, "gaps", "x\x1b]52;c;aGk=\x07y")
    assert ran.code == 2
    assert "«x]52;c;aGk=y»" in ran.err


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (KeyboardInterrupt(), "Stopped before the end.\n"),
        (
            PermissionError(13, "Permission denied", "/a/b"),
            "/a/b can't be used, as you may not use it: get the right to",
        ),
    ],
)
def test_an_interruption_is_a_sentence(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, error: BaseException, said: str
) -> None:
    def interrupted(**_: object) -> int:
        raise error

    monkeypatch.setattr(plans, "list_accounts", interrupted)
    monkeypatch.setattr("workshop_tui.cli.commands.parser", parser)  # made anew: it holds the functions
    ran = cli("list")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(said)


def test_a_mistake_of_ours_is_not_hidden(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def mistaken(**_: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(plans, "list_accounts", mistaken)
    monkeypatch.setattr("workshop_tui.cli.commands.parser", parser)
    with pytest.raises(ZeroDivisionError):
        cli("list")


def test_readme_names_every_command() -> None:
    told = README.read_text("utf-8").partition("\n## Commands")[2].partition("\n## ")[0]
    (commands,) = (each for each in parser()._actions if isinstance(each, _SubParsersAction))
    lacking = [name for name in commands.choices if not re.search(rf"`(?:workshop-tui )?{name}[ `]", told)]
    assert lacking == []
