"""The command line as a whole.

It stands on argparse: typer loads pydantic for every option, which alone is longer than `where` may take.
"""

import os
import sys
from argparse import Namespace
from collections.abc import Sequence

from workshop_tui import __version__
from workshop_tui.cli.command_line import NOTES_IMPORT, without_commands
from workshop_tui.cli.speech import DONE, data, speak_utf8, spoken


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code."""
    return spoken(lambda: _run(_parsed(_two_words_as_one(arguments))))


def _parsed(arguments: Sequence[str]) -> Namespace:
    """Read a command line; all 40 commands, a twentieth of each start, only where another is named."""
    at = _behind_db(arguments)
    if at >= len(arguments):
        return without_commands().parse_args(arguments)
    from workshop_tui.cli import screen_commands

    if arguments[at] in screen_commands.NAMES:
        return screen_commands.parser().parse_args(arguments)
    from workshop_tui.cli.commands import parser

    return parser().parse_args(arguments)


def _behind_db(arguments: Sequence[str]) -> int:
    """Return how many words tell of the database alone, in front of the command."""
    at = 0
    while at < len(arguments) and arguments[at].startswith("--db"):
        at += 1 if "=" in arguments[at] else 2
    return at


def _two_words_as_one(arguments: Sequence[str]) -> list[str]:
    """Return the command line with `notes import` as one word: behind `notes` alone stands an account."""
    found, at = [*arguments], _behind_db(arguments)
    if found[at : at + 2] == NOTES_IMPORT.split():
        found[at : at + 2] = [NOTES_IMPORT]
    return found


def _run(parsed: Namespace) -> int:
    values = vars(parsed)
    if values.pop("version"):
        data(__version__)
        return DONE
    command = values.pop("command")
    return int(command(**values))


def main() -> None:
    """Run the command line.

    No plugin of pydantic is looked for: it would be told every value, and looking takes 30 ms.
    """
    speak_utf8()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    sys.exit(run(sys.argv[1:]))
