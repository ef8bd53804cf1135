"""Prints what has a shell complete commands, options and values at Tab, without starting Python for it."""

from argparse import Action, ArgumentParser
from collections.abc import Callable, Iterator
from typing import Any

from workshop_tui.cli.speech import DONE, data

SHELLS = ("bash", "zsh", "fish")
_AUDIENCES = ("customer", "alliance", "all", "each")
"""What may be for all accounts; a firm is called otherwise in each."""
_FILES = {"FILE", "FROM", "PATH", "PATH|URL", "PLAN.md", "TO"}
"""How arguments are called that name a file."""
_NOTHING = {"zsh": "()"}
"""For an argument of which nothing is known: else zsh only says what it is, where one option is left."""


def add_to(command: Callable[..., ArgumentParser], parser: Callable[[], ArgumentParser]) -> None:
    """Add the command, which tells of the commands of a reader of command lines."""

    def completion(shell: str, *, db: str | None) -> int:  # noqa: ARG001 - each command takes a database
        data(script(parser(), shell))
        return DONE

    added = command("completion", completion, "print what has a shell complete commands at Tab")
    added.add_argument("shell", choices=SHELLS, metavar="SHELL", help="bash, zsh or fish")


def script(parser: ArgumentParser, shell: str) -> str:
    """Return the script for a shell; the reader of command lines is of no other use afterwards."""
    import shtab

    for each in _parsers(parser):
        for action in each._actions:  # noqa: SLF001 - argparse shows them nowhere else
            _describe(action, shtab.FILE, shell)
    return str(shtab.complete(parser, shell))


def _parsers(parser: ArgumentParser) -> Iterator[ArgumentParser]:
    """Yield a reader of command lines and those of its commands, none of which is of two words."""
    yield parser
    for action in parser._actions:  # noqa: SLF001 - as above
        if isinstance(action.choices, dict):
            _part(action)
            for each in action.choices.values():
                yield from _parsers(each)


def _part(commands: Action) -> None:
    """Have the second word of a command be what may stand first behind the first word: shells part them."""
    choices: dict[str, ArgumentParser] = commands.choices  # type: ignore[assignment]
    for name in [name for name in choices if " " in name]:
        first, second = name.split(" ", 1)
        del choices[name]
        told = commands._choices_actions  # type: ignore[attr-defined]  # noqa: SLF001 - as above
        told[:] = [each for each in told if each.dest != name]
        place = next(a for a in choices[first]._actions if not a.option_strings)  # noqa: SLF001 - as above
        place.choices = [second]


def _describe(action: Action, file: Any, shell: str) -> None:
    """Say what may stand in an argument, as far as that is the same for everybody."""
    if action.metavar == "AUDIENCE":
        meant, *_ = (action.help or "").split(";")  # behind it stands what holds without the option
        told = meant.replace(",", " ").split()
        action.choices = [audience for audience in _AUDIENCES if audience in told] or [*_AUDIENCES[:2]]
    elif action.metavar in _FILES:
        action.complete = file  # type: ignore[attr-defined]
    elif shell == "zsh" and not action.option_strings and not action.choices:
        action.complete = _NOTHING  # type: ignore[attr-defined]
