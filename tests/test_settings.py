"""Where the database is, what the config file may say, and what is said of a bad one."""

import getpass
from pathlib import Path

import pytest

from workshop_tui.settings import (
    CONFIG,
    DATABASE,
    Location,
    SettingsError,
    database,
    keep_theme,
    load_settings,
    log_folder,
    settings_file,
)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)


def test_the_database_is_what_the_option_names_before_all_else(tmp_path: Path) -> None:
    (tmp_path / "sessions").mkdir()
    environ = {DATABASE: "other.db"}
    assert database("my.db", environ, tmp_path) == Location(tmp_path / "my.db", "--db names it")
    assert database(None, environ, tmp_path) == Location(tmp_path / "other.db", f"{DATABASE} names it")
    assert database(None, {DATABASE: ""}, tmp_path).path == tmp_path / "sessions" / "workshops.db"
    assert "sessions folder" in database(None, {}, tmp_path).why


def test_without_a_name_and_a_sessions_folder_it_is_in_the_users_data(tmp_path: Path) -> None:
    (tmp_path / "sessions").write_text("a file, no folder")
    found = database(None, {}, tmp_path)
    assert isinstance(found.path, Path)
    assert found.path.name == "workshops.db"
    assert found.path.is_relative_to(tmp_path / "home")
    assert "your data folder" in found.why


@pytest.mark.parametrize(
    ("named", "path"),
    [
        ("a/b.db", "/here/a/b.db"),
        ("/a/b.db", "/a/b.db"),
        ("sqlite:///b.db", "/here/b.db"),
        ("sqlite:////a/b.db", "/a/b.db"),
        ("~nobody-of-that-name/b.db", "/here/~nobody-of-that-name/b.db"),
    ],
)
def test_a_database_is_named_by_path_or_url(named: str, path: str) -> None:
    assert database(named, {}, Path("/here")).path == Path(path)


def test_a_tilde_is_the_users_home(tmp_path: Path) -> None:
    assert database(None, {DATABASE: "~/b.db"}, Path("/here")).path == tmp_path / "home" / "b.db"


@pytest.mark.parametrize(
    ("named", "said"),
    [
        (
            "postgresql://anna:secret/x@host/db",
            "--db names a PostgreSQL URL that can't be read",
        ),
        ("postgres://anna:se#secret@host/db", "write @ as %40, / as %2F"),
        ("postgresql://anna:secret", "write it as in postgresql://anna@db.example/workshops"),
        ("postgresql://[anna:secret@host/db", "write it as in postgresql:"),
        ("postgresql:anna:secret@host/db", "--db names no file: write a PostgreSQL URL as in"),
        ("host=db password=secret", "--db names no file: write a PostgreSQL URL as in"),
        ("postgresql+psycopg://anna:secret@host/db", "«postgresql.psycopg» URL, which isn't known"),
        ("mysql://host/db", "--db names a «mysql» URL, which isn't known"),
        ("", "--db names no file"),
        ("sqlite://", "--db names no file"),
        ("a\0b", "--db names no file"),
    ],
)
def test_what_is_no_file_is_refused(named: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as refused:
        database(named, {}, Path("/here"))
    assert "secret" not in str(refused.value)


def test_without_a_file_the_actor_is_the_login_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "mirela")
    settings = load_settings({}, tmp_path)
    assert (settings.actor, settings.theme, dict(settings.keys), settings.day_first) == (
        "mirela",
        "",
        {},
        True,
    )
    assert settings.file.is_relative_to(tmp_path / "home")
    assert settings.playbooks == (settings.file.parent / "playbooks",)


def test_a_user_without_a_name_is_somebody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr(getpass, "getuser", nameless)
    assert load_settings({}, tmp_path).actor == "somebody"


def test_all_settings_are_read(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        'actor = "Chidi \\u001b[31mVarnholt"\ntheme = "light"\nday_first = false\n'
        'clock = "facilitator"\n'
        'playbooks = ["shared", "~/own"]\n[keys]\nundo = "ctrl+z"\n'
    )
    settings = load_settings({CONFIG: "mine.toml"}, tmp_path)
    assert settings.actor == "Chidi [31mVarnholt"
    assert (settings.theme, settings.day_first, dict(settings.keys)) == ("light", False, {"undo": "ctrl+z"})
    assert settings.clock == "facilitator"
    own = tmp_path / "home" / "own"
    assert settings.playbooks == (tmp_path / "shared", own, tmp_path / "playbooks")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("zzz = 1", "zzz is no setting: use actor, theme, day_first, playbooks, clock, recall or keys."),
        ('theem = "x"', "theem is no setting: use theme."),
        (
            '[keys]\nblock.next = "f8"',
            'keys.block.next has a dot in it: write it in quotes, as in "block.next" = ',
        ),
        (
            'keys.table.mark.up = "f8"',
            'keys.table.mark.up has a dot in it: write it in quotes, as in "table.mark',
        ),
        ("actor = 1", "actor can't be «1»: write your name in quotes."),
        (f'actor = ["{"x" * 162}"]', "write your name in quotes."),
        (f'actor = "{"x" * 162}"', "actor is 2 characters too long: 160 is the most."),
        ("theme = true", "theme can't be «True»: write the name of a theme in quotes."),
        ('day_first = "yes"', "day_first can't be «yes»: write true or false without quotes."),
        ('playbooks = "mine"', "playbooks can't be «mine»: write a list of folders"),
        ('clock = "nobody"', 'clock can\'t be «nobody»: write "room" or "facilitator".'),
        ("playbooks = [1]", "playbooks[1] can't be «1»: write text in quotes."),
        ('keys = "f4"', "keys can't be «f4»: write a table of commands"),
        ("[keys]\nundo = 1", "keys.undo can't be «1»: write text in quotes."),
        ('[keys]\nundo = ""', "keys.undo can't be «»: write text in quotes."),
        ("actor = ", "is not TOML, mend it: Invalid value"),
        ("\nactor = \n", "(at line 2, column 9)"),
        (b"\xff", "is not UTF-8 text: save it as UTF-8."),
        ("x = " + "[" * 20_000, "nested too deep"),
    ],
)
def test_a_bad_file_is_refused_with_file_key_and_cure(tmp_path: Path, text: str | bytes, said: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(SettingsError) as refused:
        load_settings({CONFIG: str(file)}, tmp_path)
    sentence = str(refused.value)
    assert sentence.startswith(str(file))
    assert said in sentence
    assert sentence.endswith(".")


def test_a_named_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=f"gone.toml, which {CONFIG} names, is not there"):
        load_settings({CONFIG: "gone.toml"}, tmp_path)


def test_a_folder_is_no_settings_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="can't be read"):
        load_settings({CONFIG: str(tmp_path)}, tmp_path)


def test_settings_and_log_are_in_the_users_folders(tmp_path: Path) -> None:
    assert settings_file({}, tmp_path).is_relative_to(tmp_path / "home")
    assert log_folder().is_relative_to(tmp_path / "home")


# The theme that is chosen in the palette


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'theme = "nord"\n'),
        ('theme = "light"  # at home\nactor = "Zoë"\n', 'theme = "nord"  # at home\nactor = "Zoë"\n'),
        ("theme='light'\n", 'theme = "nord"\n'),
        ('# mine\n[keys]\n"theme" = "f8"\n', 'theme = "nord"\n# mine\n[keys]\n"theme" = "f8"\n'),
    ],
)
def test_a_theme_is_kept_and_all_else_stays(tmp_path: Path, before: str, after: str) -> None:
    file = tmp_path / "of" / "config.toml"
    if before:
        file.parent.mkdir()
        file.write_text(before, "utf-8")
    keep_theme(file, "nord")
    assert file.read_text("utf-8") == after
    assert [each.name for each in file.parent.iterdir()] == ["config.toml"]


@pytest.mark.parametrize("before", ["theme = ", 'actor = """\ntheme = "x"\n"""\n'])
def test_a_file_that_can_not_take_a_theme_stays_as_it_is(tmp_path: Path, before: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(before, "utf-8")
    with pytest.raises(SettingsError, match="can't take the theme"):
        keep_theme(file, "nord")
    assert file.read_text("utf-8") == before
