"""The user's own keys: what is refused and in which words, and that what is taken works."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import partial
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.dom import DOMNode

import workshop_tui.tui
from tests.app.driver import driving
from workshop_tui.settings import Settings, SettingsError
from workshop_tui.tui.commands.keymap import ALWAYS, _canonical, checked
from workshop_tui.tui.commands.registry import TOGETHER, with_keys
from workshop_tui.tui.run import run_notes, run_room, run_workshop

FILE = Path("mine.toml")
KNOWN = {id_: command for scopes in TOGETHER for id_, command in with_keys(scopes).items()}


def keymap(**keys: str) -> dict[str, str]:
    return dict(checked(Settings(FILE, "me", keys=keys)).keys)


def refusal(keys: dict[str, str], theme: str = "") -> str:
    with pytest.raises(SettingsError) as refused:
        checked(Settings(FILE, "me", theme=theme, keys=keys))
    told = str(refused.value)
    assert told.startswith("mine.toml: ")
    assert told.endswith(".")
    return told.removeprefix("mine.toml: ")


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"undoo": "ctrl+z"}, "keys.undoo is no command: use undo."),
        ({"blok.next": "f8"}, "keys.blok.next is no command: use block.next."),
        ({"zzz": "f8"}, "keys.zzz is no command: use an id that the palette (Ctrl+P) shows."),
        ({"undo": "ctrl-z"}, "keys.undo can't be «ctrl-z», which is no key: use ctrl+z."),
        ({"audience": "f-4"}, "keys.audience can't be «f-4», which is no key: use f4."),
        ({"undo": "f99"}, "keys.undo can't be «f99», which is no key: use f9."),
        ({"undo": "pgdown"}, "keys.undo can't be «pgdown», which is no key: use pagedown."),
        ({"undo": "esc"}, "keys.undo can't be «esc», which is no key: use escape."),
        ({"undo": "hyper+x"}, "keys.undo can't be «hyper+x», which is no key: use "),
        ({"card": "f8"}, "keys.card is no command: use panel.card."),
        ({"undo": "ctrl+ctrl+x"}, "keys.undo can't be «ctrl+ctrl+x», which is no key: use ctrl+x."),
        ({"undo": ","}, "keys.undo can't be «,»: name a key, as in ctrl+z."),
        ({"row.do": "shift+a"}, "keys.row.do can't be «shift+a», which is no key: use "),
        ({"undo": "ctrl+m"}, "keys.undo can't be «ctrl+m», which a terminal sends for enter: choose another"),
        ({"undo": "Ctrl+I"}, "keys.undo can't be «Ctrl+I», which a terminal sends for tab: "),
        ({"undo": "f8,ctrl+h"}, "keys.undo can't be «ctrl+h», which a terminal sends for backspace: "),
        ({"undo": "ctrl+["}, "keys.undo can't be «ctrl+[», which a terminal sends for escape: "),
        ({"undo": "ctrl+p"}, "keys.undo can't be ctrl+p, which is for the command palette: "),
        ({"curtain": "x"}, "keys.curtain can't be x, which is typed in texts: use a key such as f8."),
        ({"curtain": "ctrl+alt+up"}, "keys.curtain can't be alt+ctrl+up alone, which not every terminal"),
        ({"undo": "f8", "redo": "f8"}, "keys.undo can't be f8, which keys.redo has: choose another key."),
        ({"prompts": "c"}, "keys.prompts can't be c, the only key of panel.card (Card on or off): "),
        ({"undo": "f5,ctrl+g"}, "keys.undo can't be ctrl+g, the only key of curtain (Curtain): choose"),
        ({"sheet.add": "f4,ctrl+o"}, "keys.sheet.add can't be ctrl+o, the only key of audience (Share): "),
    ],
)
def test_what_can_not_be_is_refused_with_the_nearest_that_can(keys: dict[str, str], told: str) -> None:
    assert refusal(keys).startswith(told)


def test_a_theme_that_is_not_there_is_refused_with_the_nearest() -> None:
    told = "theme can't be «workshop-lite», which isn't known: use workshop-light."
    assert refusal({}, "workshop-lite") == told
    assert refusal({}, "zzz").endswith("use workshop-dark or workshop-light.")
    for theme in ("workshop-dark", "nord", ""):
        assert checked(Settings(FILE, "me", theme=theme)).theme == theme


def test_case_does_not_matter_but_for_a_letter_alone() -> None:
    assert keymap(undo="F8, Ctrl+Z") == {"undo": "f8,ctrl+z"}
    assert keymap(**{"row.up": "U"}) == {"row.up": "U"}
    assert keymap(**{"block.next": "Ctrl+N"}) == {"block.next": "ctrl+n"}
    assert keymap(**{"table.filter": "?"}) == {"table.filter": "question_mark", "help": "f1"}


def test_a_key_goes_from_whom_it_was_to_whom_it_is_given() -> None:
    assert keymap(curtain="F9") == {"curtain": "f9", "newest": "r"}
    assert keymap(newest="f5") == {"newest": "f5", "curtain": "ctrl+g"}
    swapped = {"undo": "ctrl+y", "redo": "ctrl+z"}
    assert keymap(**swapped) == swapped


def test_what_shares_a_key_by_design_goes_on_sharing_it() -> None:
    assert keymap(**{"table.mark": "m,f8"}) == {"table.mark": "m,f8"}
    assert keymap(**{"library.rename": "r"}) == {"library.rename": "r"}


@given(
    st.dictionaries(
        st.sampled_from([*ALWAYS, "undo", "newest", "block.next", "sheet.add", "library.new"]),
        st.lists(st.sampled_from(["f4", "f5", "ctrl+o", "ctrl+g", "f8", "f9", "n", "x"]), min_size=1).map(
            ",".join
        ),
    )
)
def test_whatever_is_set_nobody_loses_a_key_and_no_key_does_two_things(keys: dict[str, str]) -> None:
    try:
        told = keymap(**keys)
    except SettingsError:
        return
    for scopes in TOGETHER:
        here = with_keys(scopes)
        has = {id_: {*told.get(id_, each.keys).split(",")} for id_, each in here.items()}
        assert all(has.values())
        for one, other in combinations(has, 2):
            both = has[one] & has[other]
            assert both <= {*here[one].each_key} & {*here[other].each_key}


def _classes() -> Iterator[type[DOMNode]]:
    for module in pkgutil.walk_packages(workshop_tui.tui.__path__, "workshop_tui.tui."):
        for each in vars(importlib.import_module(module.name)).values():
            if isinstance(each, type) and issubclass(each, DOMNode) and "BINDINGS" in vars(each):
                yield each


def test_every_class_with_commands_stands_in_a_place() -> None:
    ours = {each for each in _classes() if each.__module__.startswith("workshop_tui.")}
    placed = {base for scopes in TOGETHER for scope in scopes for base in scope.__mro__}
    assert ours <= placed
    assert {"curtain", "block.next", "sheet.edit", "canvas.take", "notes.quit", "room.quit"} <= KNOWN.keys()


def test_every_key_of_our_own_is_one_that_can_be_written() -> None:
    for command in KNOWN.values():
        for key in command.each_key:
            assert _canonical(key) == key
    keys = {id_: command.keys for id_, command in KNOWN.items()}
    assert keymap(**keys) == keys


@pytest.mark.parametrize(
    "settings",
    [Settings(FILE, "me", keys={"undoo": "f8"}), Settings(FILE, "me", theme="zzz")],
    ids=["keys", "theme"],
)
def test_nothing_is_opened_under_settings_that_are_wrong(tmp_path: Path, settings: Settings) -> None:
    followers = (
        partial(run_notes, account="norvane"),
        partial(run_room, account="norvane", audience="customer"),
    )
    for open_ in (run_workshop, *followers):
        with pytest.raises(SettingsError, match=r"mine\.toml: "):
            open_(tmp_path / "a.db", settings)
    assert not list(tmp_path.iterdir())


async def test_the_keys_that_were_told_are_those_that_work(norvane: Path) -> None:
    keys = keymap(curtain="F9", newest="f5")
    async with driving(norvane, account="norvane", size=(120, 30), keys=keys) as driven:
        await driven.press("f5")
        await driven.wait_until(lambda: driven.shows("Newest"), "the newest lines")
        await driven.press("f9")
        await driven.wait_until(lambda: driven.app.is_covered, "the curtain")
        await driven.press("f9")
        await driven.wait_until(lambda: not driven.app.is_covered, "it lifts")
