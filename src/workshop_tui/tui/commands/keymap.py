"""The user's own keys and theme, held against the commands, keys and themes there are.

What there is is in the registry, which imports every screen, so this is imported only where something is set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product
from string import ascii_letters, ascii_lowercase, digits
from typing import Any, Final, NoReturn

from textual.keys import _character_to_key
from textual.theme import BUILTIN_THEMES

from workshop_tui.domain.base.text import nearest, one_of
from workshop_tui.settings import Settings, SettingsError
from workshop_tui.tui.commands.command import SIGNS, Command
from workshop_tui.tui.commands.registry import TOGETHER, with_keys
from workshop_tui.tui.themes import THEMES

ALWAYS: Final = ("curtain", "audience", "audience.open")
"""Commands that are needed in a hurry, and so keep a key that every terminal sends."""

_NAMED: Final = (
    *("enter", "escape", "tab", "space", "backspace", "delete", "insert"),
    *("home", "end", "pageup", "pagedown", "up", "down", "left", "right"),
    *(f"f{number}" for number in range(1, 25)),
)
_BASES: Final = frozenset((*ascii_letters, *digits, *SIGNS, *_NAMED))
_MODIFIERS: Final = ("alt", "ctrl", "shift")
_TYPED: Final = frozenset((*ascii_letters, *digits, *SIGNS, "space", "backspace"))
"""Keys that write or take away a letter while somebody is typing."""
_SAME: Final = {
    "ctrl+m": "enter",
    "ctrl+i": "tab",
    "ctrl+h": "backspace",
    "ctrl+left_square_bracket": "escape",
}
"""Keys for which a terminal sends the very same bytes as for another."""
_TAKEN: Final = {"ctrl+p": "the command palette", "ctrl+c": "copying"}
_EVERYWHERE: Final = frozenset(
    (
        *_BASES.difference(f"f{number}" for number in range(13, 25)),
        *(f"ctrl+{letter}" for letter in ascii_lowercase if f"ctrl+{letter}" not in _SAME),
    )
)
"""Keys that every terminal sends."""


def checked(settings: Settings) -> Settings:
    """Return the settings with keys as the app knows them, those gone from where the user's own now are.

    Raises SettingsError, naming file, key and the nearest that is right, for what there is not, for two
    commands on one key, and for keys that would leave a command without one.
    """
    themes = [*BUILTIN_THEMES, *(theme.name for theme in THEMES)]
    if settings.theme and settings.theme not in themes:
        right = nearest(settings.theme, themes) or one_of(theme.name for theme in THEMES)
        raise SettingsError(
            f"{settings.file}: theme can't be «{settings.theme}», which isn't known: use {right}."
        )
    return settings._replace(keys=_keymap(settings)) if settings.keys else settings


def _keymap(settings: Settings) -> dict[str, str]:
    everywhere = [with_keys(scopes) for scopes in TOGETHER]
    known = {id_: command for place in reversed(everywhere) for id_, command in place.items()}
    own = {id_: _own(settings, id_, said, known) for id_, said in settings.keys.items()}
    kept = {id_: command.each_key for id_, command in known.items()} | own
    for place in everywhere:
        for id_ in own.keys() & place.keys():
            for key, other in product(own[id_], place.keys() - {id_}):
                if key not in kept[other] or {key} <= {*known[id_].each_key} & {*known[other].each_key}:
                    continue
                if other in own:
                    first, second = sorted((id_, other))
                    _refuse(settings, second, f"can't be {key}, which keys.{first} has: choose another key.")
                kept[other] = tuple(each for each in kept[other] if each != key)
                if not kept[other]:
                    said = f"can't be {key}, the only key of {other} ({known[other].title})"
                    _refuse(settings, id_, f"{said}: choose another, or give {other} another too.")
    return {id_: ",".join(keys) for id_, keys in kept.items() if id_ in own or keys != known[id_].each_key}


def _own(settings: Settings, id_: str, said: str, known: Mapping[str, Command[Any]]) -> tuple[str, ...]:
    if id_ not in known:
        near = nearest(id_, known)
        _refuse(settings, id_, f"is no command: use {near or 'an id that the palette (Ctrl+P) shows'}.")
    keys = tuple(_key(settings, id_, key.strip()) for key in said.split(",") if key.strip())
    if not keys:
        _refuse(settings, id_, f"can't be «{said}»: name a key, as in {known[id_].each_key[0]}.")
    for key in keys:
        if known[id_].priority and key in _TYPED and key not in known[id_].each_key:
            _refuse(settings, id_, f"can't be {key}, which is typed in texts: use a key such as f8.")
        if key in _TAKEN:
            _refuse(settings, id_, f"can't be {key}, which is for {_TAKEN[key]}: choose another key.")
    if id_ in ALWAYS and not _EVERYWHERE & {*keys}:
        _refuse(
            settings,
            id_,
            f"can't be {keys[0]} alone, which not every terminal sends: add another, as in f8.",
        )
    return keys


def _key(settings: Settings, id_: str, said: str) -> str:
    key = _canonical(said)
    if key in _SAME:
        told = f"can't be «{said}», which a terminal sends for {_SAME[key]}: choose another key."
        _refuse(settings, id_, told)
    if key is None:
        parts = [part for part in re.split(r"[-+_\s]+", said) if part]
        right = _canonical("+".join(parts)) or _canonical("".join(parts)) or nearest(said, _suggested())
        _refuse(settings, id_, f"can't be «{said}», which is no key: use {right or 'a key such as f8'}.")
    return key


def _canonical(said: str) -> str | None:
    """Return a key as Textual calls it, None for what is none: case matters only for a letter alone."""
    *modifiers, base = said.split("+") if said != "+" else [said]
    modifiers = sorted(modifier.casefold() for modifier in modifiers)
    base = _character_to_key(base) if len(base) == 1 else base.casefold()
    if modifiers:
        base = base.casefold()
    is_known = base in _BASES and set(modifiers) <= {*_MODIFIERS} and len({*modifiers}) == len(modifiers)
    if not is_known or (modifiers == ["shift"] and base in _TYPED - {"space", "backspace"}):
        return None  # Shift and a letter are the capital letter
    return "+".join((*modifiers, base))


def _suggested() -> Iterator[str]:
    yield from sorted(_EVERYWHERE - {*ascii_letters, *digits})
    yield from (f"shift+{name}" for name in _NAMED)


def _refuse(settings: Settings, id_: str, why: str) -> NoReturn:
    raise SettingsError(f"{settings.file}: keys.{id_} {why}")
