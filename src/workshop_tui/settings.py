"""Where things are, and what the user has set. Light to import: `where` stands on it."""

from __future__ import annotations

import getpass
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import platformdirs

from workshop_tui.bounds import LARGEST_TOML, TooMuchError, toml
from workshop_tui.domain.base.text import clean_text, nearest, one_of
from workshop_tui.durable import sync_folder
from workshop_tui.os_errors import why
from workshop_tui.server_url import EXAMPLE, SCHEMES, Database, ServerUrl, server_url

APP: Final = "workshop-tui"
DATABASE: Final = "WORKSHOP_TUI_DB"
CONFIG: Final = "WORKSHOP_TUI_CONFIG"
FILE_NAME: Final = "workshops.db"


_TABLE: Final = re.compile(r"^[ \t]*\[", re.MULTILINE)
_THEME: Final = re.compile(
    r"""^[ \t]*theme[ \t]*=[ \t]*(?:"[^"\n]*"|'[^'\n]*')([ \t]*\#[^\n]*)?""", re.MULTILINE
)


class SettingsError(Exception):
    """Something is set wrongly; the message is one sentence: where, which key, and what to do."""

    def __init__(self, message: str) -> None:
        """Keep the message free of whatever a foreign file might do to a terminal."""
        super().__init__(clean_text(message))


class Location(NamedTuple):
    """A database, in a file or on a server, and in a few words why it is this one."""

    path: Database
    why: str


class Settings(NamedTuple):
    """What the user has set in `file`, or what holds without it."""

    file: Path
    actor: str
    """By whom changes are made: the login name, unless set."""
    theme: str = ""
    keys: Mapping[str, str] = MappingProxyType({})
    """A command's id → its keys, as in «f4,ctrl+o»."""
    day_first: bool = True
    """Whether 1/12 is the first of December."""
    playbooks: tuple[Path, ...] = ()
    """Folders in which playbooks are looked for, before our own."""
    clock: str = "room"
    """Who sees the clock: the room, or the facilitator alone, by F7 and in `notes`."""
    recall: bool = True
    """Whether the capture line says what was said before of the same."""


def database(option: str | None, environ: Mapping[str, str], cwd: Path) -> Location:
    """Return the database to use: `--db`, environment, folder, user's data.

    Raises SettingsError for a URL of another database than SQLite or PostgreSQL, and for an empty name.
    """
    if option is not None:
        return Location(database_named(option, "--db", cwd), "--db names it")
    if named := environ.get(DATABASE):
        return Location(database_named(named, DATABASE, cwd), f"{DATABASE} names it")
    if (folder := cwd / "sessions").is_dir():
        return Location(folder / FILE_NAME, "the current folder has a sessions folder")
    data = platformdirs.user_data_path(APP, appauthor=False)
    return Location(data / FILE_NAME, "your data folder, as nothing names another")


def database_named(named: str, by: str, cwd: Path) -> Database:
    """Return the database that is named, be it there or not; `by` says where it is named.

    Raises SettingsError for what names none; nothing of a URL is told but its scheme.
    """
    scheme, slashes, rest = named.partition("://")
    if not slashes and (named.partition(":")[0] in SCHEMES or "password=" in named):
        raise SettingsError(f"{by} names no file: write a PostgreSQL URL as in {EXAMPLE}.")
    if slashes and scheme in SCHEMES:
        try:
            return server_url(named)
        except ValueError as error:
            raise SettingsError(f"{by} names a PostgreSQL URL that can't be read: {error}.") from None
    if slashes and scheme != "sqlite":
        raise SettingsError(
            f"{by} names a «{scheme}» URL, which isn't known: let it name a file, as in my.db."
        )
    path = rest.removeprefix("/") if slashes else named  # sqlite:///my.db and sqlite:////var/my.db
    if not path or "\0" in path:
        raise SettingsError(f"{by} names no file: let it name one, as in my.db.")
    return cwd / expanded(path)


def expanded(path: str) -> Path:
    """Return a path as it is typed, its ~ taken for the home of whoever it names, if there is one."""
    try:
        return Path(path).expanduser()
    except RuntimeError:  # nobody has that name here
        return Path(path)


def playbook_folders(settings: Settings, database: Database) -> tuple[Path, ...]:
    """Return where playbooks are looked for: beside a database in a file, then in the user's own folders."""
    if isinstance(database, ServerUrl):
        return settings.playbooks
    return (database.absolute().parent / "playbooks", *settings.playbooks)


def own_files(settings: Settings, database: Database) -> tuple[Path, ...]:
    """Return the files and folders of the app itself, which no document may be written over."""
    files = () if isinstance(database, ServerUrl) else (database,)
    return *files, settings.file, log_folder()


def log_folder() -> Path:
    """Return the folder of the log and of crash reports."""
    return platformdirs.user_log_path(APP, appauthor=False)


def settings_file(environ: Mapping[str, str], cwd: Path) -> Path:
    """Return the file in which the user's settings are, be it there or not."""
    if named := environ.get(CONFIG):
        return cwd / expanded(named)
    return platformdirs.user_config_path(APP, appauthor=False) / "config.toml"


def load_settings(environ: Mapping[str, str], cwd: Path) -> Settings:
    """Return the user's settings.

    Raises SettingsError, naming file, key and cure, for a file that is wrong, or that the
    environment names and that isn't there.
    """
    file = settings_file(environ, cwd)
    values = _read(file, must_exist=bool(environ.get(CONFIG)))
    for key, value in values.items():
        _check(file, key, value)
    folders = (file.parent / expanded(folder) for folder in values.pop("playbooks", []))
    actor = clean_text(values.pop("actor", "")) or _login()
    return Settings(file, actor, playbooks=(*folders, file.parent / "playbooks"), **values)


def keep_theme(file: Path, theme: str) -> None:
    """Write a theme into the user's settings, and leave all else there as it is.

    Raises SettingsError where the file can't be read or written.
    """
    at = file.resolve()
    try:
        text = at.read_text("utf-8") if at.exists() else ""
        new = _with_theme(text, theme)
        if new is None:
            raise SettingsError(f'{file} can\'t take the theme: write theme = "{theme}" there.')
        at.parent.mkdir(parents=True, exist_ok=True)
        beside = at.with_name(f"{at.name}.new")
        beside.write_text(new, "utf-8")
        beside.replace(at)
        sync_folder(at.parent)
    except OSError as error:
        raise SettingsError(f"{file} can't be written, as {why(error)}.") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{file} is not UTF-8 text: save it as UTF-8.") from None


def _with_theme(text: str, theme: str) -> str | None:
    """Return settings with another theme; None where that is not all that would change."""
    import tomllib

    said = f'theme = "{theme}"'
    tables = _TABLE.search(text)
    head, tail = (text[: tables.start()], text[tables.start() :]) if tables else (text, "")
    new = _THEME.sub(lambda found: said + (found[1] or ""), head, count=1)
    if not _THEME.search(head):
        new = f"{said}\n{head}"
    try:
        before, after = tomllib.loads(text), tomllib.loads(new + tail)
    except tomllib.TOMLDecodeError:
        return None
    return new + tail if after == {**before, "theme": theme} else None


def _read(file: Path, *, must_exist: bool) -> dict[str, Any]:
    try:
        with file.open("rb") as source:
            content = source.read(LARGEST_TOML + 1)
    except FileNotFoundError:
        if must_exist:
            raise SettingsError(f"{file}, which {CONFIG} names, is not there: check the path.") from None
        return {}
    except OSError as error:
        raise SettingsError(f"{file} can't be read, as {why(error)}.") from None
    import tomllib  # which most have no file for

    try:
        return toml(content)
    except UnicodeDecodeError:
        raise SettingsError(f"{file} is not UTF-8 text: save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file} is not TOML, mend it: {error}.") from None
    except TooMuchError as error:
        raise SettingsError(f"{file} can't be read, as {error}: shorten it.") from None


LONGEST_ACTOR: Final = 160
"""Characters, as of any name."""
_FORMS: Final[Mapping[str, tuple[type, str]]] = {
    "actor": (str, "your name in quotes"),
    "theme": (str, "the name of a theme in quotes"),
    "day_first": (bool, "true or false without quotes"),
    "playbooks": (list, 'a list of folders, as in ["~/playbooks"]'),
    "clock": (str, '"room" or "facilitator"'),
    "recall": (bool, "true or false without quotes"),
    "keys": (dict, 'a table of commands and their keys, as in undo = "ctrl+z"'),
}


def _check(file: Path, key: str, value: object) -> None:
    if key not in _FORMS:
        raise SettingsError(f"{file}: {key} is no setting: use {nearest(key, _FORMS) or one_of(_FORMS)}.")
    kind, form = _FORMS[key]
    if not isinstance(value, kind) or (key == "clock" and value not in {"room", "facilitator"}):
        raise SettingsError(f"{file}: {key} can't be «{value}»: write {form}.")
    if key == "actor" and (over := len(str(value)) - LONGEST_ACTOR) > 0:
        raise SettingsError(f"{file}: actor is {over} characters too long: {LONGEST_ACTOR} is the most.")
    inner = (
        value.items() if isinstance(value, dict) else enumerate(value, 1) if isinstance(value, list) else ()
    )
    for part, text in inner:
        if kind is dict and isinstance(text, dict):
            id_ = _dotted(str(part), text)
            raise SettingsError(
                f'{file}: keys.{id_} has a dot in it: write it in quotes, as in "{id_}" = "f8".'
            )
        if not isinstance(text, str) or not text.strip():
            where = f"{key}.{part}" if kind is dict else f"{key}[{part}]"
            raise SettingsError(f"{file}: {where} can't be «{text}»: write text in quotes.")


def _dotted(name: str, inner: Mapping[str, Any]) -> str:
    """Return what was meant by a name with dots that TOML has taken for tables in tables."""
    for part, value in inner.items():
        return _dotted(f"{name}.{part}", value) if isinstance(value, dict) else f"{name}.{part}"
    return name


def _login() -> str:
    try:
        return clean_text(getpass.getuser()) or "somebody"
    except (OSError, KeyError, ImportError):  # a container where the user has no name
        return "somebody"
