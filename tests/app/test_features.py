"""The house of the features: each stands alone, and gets what it needs."""

import importlib
import inspect
import pkgutil

import pytest
from msgspec import Struct

from workshop_tui.tui import features
from workshop_tui.tui.commands.command import Command
from workshop_tui.tui.commands.workshop import WORKSHOP

MODULES = [module.name for module in pkgutil.iter_modules(features.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_a_feature_inherits_nothing_and_is_no_widget(name: str) -> None:
    module = importlib.import_module(f"{features.__name__}.{name}")
    classes = [each for _, each in inspect.getmembers(module, inspect.isclass)]
    own = [each for each in classes if each.__module__ == module.__name__]
    assert [each.__bases__ for each in own if each.__bases__ not in {(object,), (Struct,)}] == []


@pytest.mark.parametrize("name", MODULES)
def test_the_commands_of_a_feature_are_in_the_registry(name: str) -> None:
    module = importlib.import_module(f"{features.__name__}.{name}")
    found = [each for _, each in inspect.getmembers(module) if isinstance(each, tuple)]
    commands = [each for group in found for each in group if isinstance(each, Command)]
    assert [each.id for each in commands if each not in WORKSHOP] == []
