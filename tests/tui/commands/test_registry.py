"""Laws of the commands: named once, one key one meaning, and every key that can't do anything says why."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.app.driver import AT, driving, seed
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.lifecycle.seal import SEALED
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import KINDS, AccountPlan
from workshop_tui.domain.plan.step import Step, apply
from workshop_tui.live.record import seal_now
from workshop_tui.tui.commands.command import Command, Section, _always
from workshop_tui.tui.commands.registry import SCOPES, every_command
from workshop_tui.tui.features.audience import Audience
from workshop_tui.tui.widgets.key_bar import Keys
from workshop_tui.views.choices import choices_of


@pytest.mark.parametrize("scope", SCOPES)
def test_within_a_scope_no_id_and_no_key_occurs_twice(scope: str) -> None:
    ids = Counter(command.id for command in SCOPES[scope])
    always = [command for command in SCOPES[scope] if command.applies is _always]
    keys = Counter(key for command in always for key in command.each_key)
    assert [name for name, times in (ids + keys).items() if times > 1] == []


def test_every_function_key_has_a_second_key() -> None:
    for scope in SCOPES.keys() - {"ClockPanel"}:  # there letters find a choice, and Esc leaves it too
        for command in SCOPES[scope]:
            functions = [key for key in command.each_key if re.fullmatch(r"f\d+", key)]
            assert len(functions) < len(command.each_key) or not functions, command.id


def test_an_id_means_the_same_keys_in_every_scope_but_letters_where_they_are_typed() -> None:
    keys: dict[str, set[tuple[str, ...]]] = {}
    for command in (each for scope in SCOPES.keys() - {"Choose"} for each in SCOPES[scope]):
        keys.setdefault(command.id, set()).add(command.each_key)
    assert {name: found for name, found in keys.items() if len(found) > 1} == {}
    for command in SCOPES["Choose"]:
        for elsewhere in keys.get(command.id, {command.each_key}):
            assert command.each_key == tuple(key for key in elsewhere if len(key) > 1)


def test_no_letter_moves_the_cursor_but_two_of_which_one_is_a_value_in_one_list(sample: AccountPlan) -> None:
    moves = [command for command in every_command() if command.moves]
    letters = {key for command in moves for key in command.each_key if len(key) == 1}
    assert letters == {"j", "k"}
    view = project(sample, ALLIANCE)
    every = ((kind, name) for kind in KINDS for name in kind.fields)
    short = [
        edit for kind, name in every if (edit := choices_of(view, kind, name)) and all(c.key for c in edit)
    ]
    assert len(short) > 10
    assert [c.text for choices in short for c in choices if c.key in letters] == ["known"] * 2


@pytest.mark.parametrize("command", every_command(), ids=lambda command: command.id)
def test_every_command_has_a_title_and_a_section_and_its_id_is_one_for_the_settings(
    command: Command[Any],
) -> None:
    assert command.title
    assert command.section in Section
    assert re.fullmatch(r"[a-z0-9]+(\.[a-z0-9]+)*", command.id)


def test_the_first_command_of_a_section_says_what_it_does() -> None:
    firsts = {command.section: command for command in reversed(every_command()) if command.keys}
    assert [command.id for command in firsts.values() if not command.about] == []


async def test_in_a_sealed_session_the_keys_that_change_anything_are_not_offered_and_say_why(
    sample: AccountPlan, empty: Path
) -> None:
    seal = seal_now(sample, "S2", seal="e1", at=AT, journal=7)
    seed(empty, apply(sample, Step(seal)))
    async with driving(empty, account="norvane") as app:
        keys = app.workshop.query_one(Keys)
        assert keys.ids
        assert not {"capture", "clock", "undo", "sheet.add"}.intersection(keys.ids)
        await app.press("f1")
        assert not app.shows("Add a row")
        await app.press("escape")
        for key in ("f2", "f7", "ctrl+z", "d", "J"):
            app.app.clear_notifications()
            await app.press(key)
            assert (app.told, app.app.screen) == (SEALED, app.workshop), key
            assert not app.workspace.is_typing


async def test_what_is_not_for_the_customer_is_not_there_for_them(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        assert {"capture", "clock", "undo"} < {*app.workshop.query_one(Keys).ids}
        app.workspace[Audience].look_as(CUSTOMER)
        await app.stored()
        before = app.rows
        for key in ("e", "q", "i", "p", "g"):
            await app.press(key)
            assert (app.told, app.app.screen, app.rows) == ("", app.workshop, before), key


async def test_a_key_that_has_nothing_to_go_to_says_so_once_as_long_as_it_is_read(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("]", "]", "[")
        toasts = [toast.message for toast in app.app._notifications]
        assert toasts == ["This view has no next person or question."]


async def test_in_the_library_what_is_for_an_account_waits_for_one(norvane: Path) -> None:
    async with driving(norvane) as app:
        keys = app.app.screen.query_one(Keys)
        assert "library.session" in keys.ids
        await app.press("end")
        assert "library.session" not in keys.ids
        for key in ("s", "f", "r", "z", "e"):
            app.app.clear_notifications()
            await app.press(key)
            assert (app.told, app.app.screen) == ("Go to an account first.", app.app._library), key
        await app.press("home")
        assert "library.session" in keys.ids


async def test_a_key_that_sets_a_value_here_is_no_command(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_people()
        await app.go("Social style", "", "card")
        await app.press("a")
        assert app.sheet("card").current_cell.text == "amiable"
        assert not app.workspace.is_typing
        await app.go("Title", "", "card")
        assert "a" not in app.sheet("card").keys
