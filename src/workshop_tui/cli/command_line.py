"""How a command line is read: in our words, and without a command as the library."""

import re
from argparse import ArgumentParser
from typing import Any, NoReturn

from workshop_tui.cli import screens
from workshop_tui.cli.speech import CommandError
from workshop_tui.cli.wrong_use import in_our_words

DB = "the database: a file, or the URL of one on a PostgreSQL server; `where` says which one else"
NOTES_IMPORT = "notes import"


class Parser(ArgumentParser):
    """Says in one sentence what is wrong with a command line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_abbrev=False, **kwargs)
        self._negative_number_matcher = re.compile("-[0-9]")  # a date such as -3d is a value, no option

    def error(self, message: str) -> NoReturn:
        """Say it in our words."""
        raise CommandError(in_our_words(message, self.prog))


def without_commands() -> ArgumentParser:
    """Return the reader of a command line that has no command: without one, the library opens."""
    root = Parser(
        prog="workshop-tui",
        description="Run a live joint account-planning workshop in the terminal, and get its actions out. "
        "Without a command, the library of accounts and sessions opens.",
    )
    root.add_argument("--version", action="store_true", help="show the version")
    root.add_argument("--db", metavar="PATH|URL", help=DB)
    root.set_defaults(command=screens.library)
    return root
