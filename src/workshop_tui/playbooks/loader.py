"""Read playbooks from TOML files, saying of a bad one which key is wrong and how to mend it."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from workshop_tui.bounds import LARGEST_TOML, TooMuchError, toml
from workshop_tui.domain.base.text import one_of
from workshop_tui.domain.gaps.registry import LIMITS, RULES
from workshop_tui.domain.model.playbook import Playbook
from workshop_tui.os_errors import why
from workshop_tui.playbooks.errors import PlaybookError

OURS: Final = Path(__file__).parent
"""The folder of the playbooks that come with the app."""
_SHOWN = 40


def playbooks(folders: Iterable[Path] = ()) -> tuple[str, ...]:
    """Return the names that `load_playbook` knows, in alphabetical order."""
    return tuple(sorted({path.stem for folder in (*folders, OURS) for path in folder.glob("*.toml")}))


def load_playbook(
    name_or_path: str | Path, folders: Iterable[Path] = (), rules: Collection[str] = RULES.keys()
) -> Playbook:
    """Return the playbook of this name, or in this TOML file, with all of it validated.

    A name is looked for in `folders` first, then among our own. `rules` are the gap rules there are.

    Raises:
        PlaybookError: there is none such, or the file is not a playbook.
    """
    path = find_playbook(name_or_path, tuple(folders))
    values = _read(path)
    if "name" in values:
        raise PlaybookError(f"{path}: name is no key of a playbook, as the file's name says it: remove it.")
    try:
        playbook = Playbook.model_validate({**values, "name": path.stem})
    except ValidationError as error:
        raise PlaybookError(f"{path}: {_explain(error)}.") from None
    if wrong := next(filter(None, (_wrong_rule(*said, rules) for said in playbook.gaps.items())), ""):
        raise PlaybookError(f"{path}: gaps.{wrong}.")
    return playbook


def _wrong_rule(rule: str, said: bool | int, rules: Collection[str]) -> str:  # noqa: FBT001 - what TOML holds
    if rule not in rules:
        return f"{rule} is no gap rule: use {one_of(sorted(rules))}"
    if not isinstance(said, bool) and rule not in LIMITS:
        return f"{rule} has no figure: write true or false"
    return ""


def find_playbook(name_or_path: str | Path, folders: tuple[Path, ...]) -> Path:
    """Return the file of a playbook; raises PlaybookError when there is none of this name."""
    said = Path(name_or_path)
    if said.suffix == ".toml":
        return said
    for folder in (*folders, OURS):
        if str(said) == said.name and (path := folder / f"{said}.toml").is_file():
            return path
    names = one_of(playbooks(folders))
    raise PlaybookError(f"There is no playbook «{said}»: use {names}, or the path of a .toml file.")


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_TOML + 1)
    except OSError as error:
        raise PlaybookError(f"{path} can't be read, as {why(error)}.") from None
    try:
        return toml(data)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PlaybookError(f"{path}: line {line} is not UTF-8 text: save the file as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise PlaybookError(f"{path}: this is not TOML, mend it: {error}.") from None
    except TooMuchError as error:
        raise PlaybookError(f"{path} can't be read, as {error}: shorten it.") from None


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    key, given, limits = _key(_said(first["loc"])), first["input"], first.get("ctx", {})
    shown = "a table" if isinstance(given, Mapping) else f"«{str(given)[:_SHOWN]}»"
    match first["type"]:
        case "missing":
            why = "is missing: add it"
        case "extra_forbidden":
            why = "is no key of a playbook: remove it"
        case "too_short" if key == "agenda":
            why = "is empty: add at least one [[agenda]]"
        case "string_too_short" | "too_short":
            why = "is empty: write at least one character"
        case "too_long":
            why = f"is too long: {limits['max_length']} characters are the most"
        case "enum":
            why = f"can't be {shown}: use {limits['expected']}"
        case "greater_than_equal" | "less_than_equal":
            side, bound = ("least", limits["ge"]) if "ge" in limits else ("most", limits["le"])
            why = f"can't be {shown}: use at {side} {bound:g}"
        case "string_pattern_mismatch":
            why = f"can't be {shown}: write three capitals, as in EUR"
        case "value_error":
            why = str(limits["error"])
        case kind:
            why = f"can't be {shown}: write {_WANTED.get(kind, 'what the other playbooks have there')}"
    return f"{key} {why}"


_WANTED = {
    "string_type": 'text in quotes, as in "Opening"',
    "int_type": "a whole number without quotes, as in 15",
    "float_type": "a number without quotes, as in 20",
    "finite_number": "a number, as in 20",
    "bool_type": "true or false without quotes",
    "tuple_type": "a list",
    "mapping_type": "a table of rule = true or false",
    "model_type": "a table",
}


def _said(parts: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Leave out which of several types was tried for a gap rule."""
    return parts[:2] if parts[:1] == ("gaps",) else parts


def _key(parts: Iterable[str | int]) -> str:
    """Return a key as in «agenda[3].minutes», counted from 1."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in parts).lstrip(".")
