"""The commands that open a screen, which needn't wait for the forty others."""

from argparse import SUPPRESS, ArgumentParser
from collections.abc import Callable
from typing import Any, Final

from workshop_tui.cli import screens
from workshop_tui.cli.command_line import DB, NOTES_IMPORT, Parser, without_commands

NAMES: Final = ("demo", "new", "open", "notes", NOTES_IMPORT, "room")


class Commands:
    """Takes in commands: each says which function it calls; those that list anything can also write JSON."""

    def __init__(self, among: Any) -> None:
        self._among = among

    def add(self, name: str, function: Any, told: str) -> ArgumentParser:
        """Return the reader of a command's arguments."""
        added: ArgumentParser = self._among.add_parser(name, help=told, description=f"{told.capitalize()}.")
        added.set_defaults(command=function)
        added.add_argument("--db", metavar="PATH|URL", default=SUPPRESS, help=DB)
        return added

    def group(self, name: str, told: str) -> Callable[..., ArgumentParser]:
        """Return what takes in the commands that stand behind a word of their own."""
        parted = self._among.add_parser(name, help=told, description=f"{told.capitalize()}.")
        among = parted.add_subparsers(title="what to do", metavar="WHAT", required=True, parser_class=Parser)
        return Commands(among).add


def parser() -> ArgumentParser:
    """Return the reader of a command line that names one of these."""
    root = without_commands()
    add_to(commands_of(root).add)
    return root


def commands_of(root: ArgumentParser) -> Commands:
    """Return what takes in the commands of a command line."""
    return Commands(root.add_subparsers(title="commands", metavar="COMMAND", parser_class=Parser))


def add_to(command: Callable[[str, Any, str], ArgumentParser]) -> None:
    """Add the commands that open a screen."""
    command("demo", screens.demo, "open the sample account in a throw-away database")
    new = command("new", screens.new, "begin an account")
    new.add_argument("name", nargs="?", default="", metavar="NAME", help="what you call the customer")
    with_session(
        with_account(command("open", screens.open_account, "open an account, or one of its sessions"))
    )
    told = "show the facilitator, on a screen of their own, the session that runs"
    with_session(with_account(command("notes", screens.notes, told)))
    told = "open a session with the turns of a transcript beside it, or with notes"
    turns = command(NOTES_IMPORT, screens.notes_import, told)
    turns.add_argument(
        "file", metavar="FILE", help="VTT, SRT, text or Markdown, as Teams, Zoom and Meet write it"
    )
    with_session(with_account(turns), "its number; the latest without it")
    turns.add_argument("--encoding", metavar="NAME", help="how it is encoded, where it is guessed wrong")
    told = "follow the main screen in a window for the room, always cut for its audience"
    room = with_session(with_account(command("room", screens.room, told)))
    seen = "customer (which it is without this), alliance, or a partner's name or id"
    add_audience(room, "customer", seen)


def add_audience(command: ArgumentParser, otherwise: str, told: str) -> None:
    """Add for whom."""
    command.add_argument("--for", dest="audience", default=otherwise, metavar="AUDIENCE", help=told)


def with_session(command: ArgumentParser, told: str = "its number") -> ArgumentParser:
    """Add the number of a session, which may be left out."""
    command.add_argument("session", nargs="?", type=int, metavar="SESSION", help=told)
    return command


def with_account(command: ArgumentParser) -> ArgumentParser:
    """Add the account that is meant."""
    command.add_argument("account", metavar="ACCOUNT", help="its id, its name, or how the name starts")
    return command
