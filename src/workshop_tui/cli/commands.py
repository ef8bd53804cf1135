"""All commands: each says which function it calls, and with what. Imported only where one is named."""

from argparse import SUPPRESS, ArgumentParser
from collections.abc import Callable, Iterator
from typing import Any

from workshop_tui.cli import (
    action_changes,
    actions,
    completion,
    contacts,
    copying,
    digest,
    doctor,
    export,
    form,
    keeping,
    looking_back,
    place,
    plans,
    playbook,
    rights,
    screens,
    search,
    serve,
    side_by_side,
    update,
)
from workshop_tui.cli.command_line import DB, NOTES_IMPORT, Parser, without_commands


class _Commands:
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
        return _Commands(among).add


def parser() -> ArgumentParser:
    """Return the reader of command lines: each says which function to call, and with what."""
    root = without_commands()
    commands = _Commands(root.add_subparsers(title="commands", metavar="COMMAND", parser_class=Parser))
    _add_screens(commands.add)
    serve.add_to(commands.add)
    listing = (*_add_looks(commands), *_add_files(commands), *_add_keeping(commands))
    for lists in listing:
        lists.add_argument("--json", action="store_true", help="write JSON")
    return root


def _add_looks(commands: _Commands) -> Iterator[ArgumentParser]:
    """Add the commands that look at what there is, and those that change actions; all of them list."""
    command = commands.add
    yield command("list", plans.list_accounts, "list accounts and sessions with their open actions")
    yield actions.add_to(command)
    yield from action_changes.add_to(command)
    yield digest.add_to(command)
    yield search.add_to(command)
    yield from side_by_side.add_to(command)
    gaps = _with_account(command("gaps", plans.gaps, "say what is missing; exit 1 if anything is"))
    gaps.add_argument("--on", metavar="DATE", help="as it was known at this date; today without it")
    seen = "alliance (which it is without this), a partner, as their screens count them, or all"
    _add_audience(gaps, "alliance", seen)
    gaps.add_argument("--rule", default="", metavar="RULE", help="by one rule alone, as in no_owner")
    gaps.add_argument("--top", type=int, metavar="N", help="no more than the N that weigh most")
    yield gaps
    told = "say what whoever leads an account should ask, and why: at most seven questions"
    coach = _with_account(command("coach", plans.coach, told))
    _add_audience(coach, "alliance", "a partner's name or id, alliance (which it is without this), or all")
    yield coach
    yield from looking_back.add_to(lambda *told: _with_account(command(*told)))


def _add_files(commands: _Commands) -> Iterator[ArgumentParser]:
    """Add the commands that write files and read them; yield those that list what comes in."""
    command, group = commands.add, commands.group
    written = command("export", export.export, "write the joint action plan for an audience")
    export.add_to(_with_account(written))
    read_back = command("update", update.update, "read a plan back that people have worked in")
    update.add_to(read_back)
    yield read_back
    imported = command("import", contacts.import_file, "bring in a new account, or contacts into one")
    _add_import(imported)
    yield imported
    yield from form.add_to(
        group("form", "write one firm's discovery form, and bring it in when it is filled in")
    )
    playbook.add_to(group("playbook", "list, show, copy and check playbooks"))


def _add_keeping(commands: _Commands) -> Iterator[ArgumentParser]:
    """Add the commands that keep what there is, or erase it; yield those that list."""
    command, group = commands.add, commands.group
    rights.add_account_to(group("account", "delete an account for good"))
    yield rights.add_person_to(group("person", "show all that is held about a person, or erase it"))
    yield from keeping.add_to(command)
    told = "say whether database, backups, settings and disk are well, and mend what can be; exit 1 if not"
    yield command("doctor", doctor.doctor, told)
    yield copying.add_to(command)
    yield command("where", place.where, "say where database, settings, playbooks and log are")
    completion.add_to(command, parser)


def _add_screens(command: Callable[[str, Any, str], ArgumentParser]) -> None:
    """Add the commands that open a screen."""
    command("demo", screens.demo, "open the sample account in a throw-away database")
    new = command("new", screens.new, "begin an account")
    new.add_argument("name", nargs="?", default="", metavar="NAME", help="what you call the customer")
    _with_session(
        _with_account(command("open", screens.open_account, "open an account, or one of its sessions"))
    )
    told = "show the facilitator, on a screen of their own, the session that runs"
    _with_session(_with_account(command("notes", screens.notes, told)))
    told = "open a session with the turns of a transcript beside it, or with notes"
    turns = command(NOTES_IMPORT, screens.notes_import, told)
    turns.add_argument(
        "file", metavar="FILE", help="VTT, SRT, text or Markdown, as Teams, Zoom and Meet write it"
    )
    _with_session(_with_account(turns), "its number; the latest without it")
    turns.add_argument("--encoding", metavar="NAME", help="how it is encoded, where it is guessed wrong")
    told = "follow the main screen in a window for the room, always cut for its audience"
    room = _with_session(_with_account(command("room", screens.room, told)))
    seen = "customer (which it is without this), alliance, or a partner's name or id"
    _add_audience(room, "customer", seen)


def _add_audience(command: ArgumentParser, otherwise: str, told: str) -> None:
    command.add_argument("--for", dest="audience", default=otherwise, metavar="AUDIENCE", help=told)


def _with_session(command: ArgumentParser, told: str = "its number") -> ArgumentParser:
    command.add_argument("session", nargs="?", type=int, metavar="SESSION", help=told)
    return command


def _with_account(command: ArgumentParser) -> ArgumentParser:
    command.add_argument("account", metavar="ACCOUNT", help="its id, its name, or how the name starts")
    return command


def _add_import(import_: ArgumentParser) -> None:
    import_.add_argument(
        "file",
        metavar="FILE",
        help="JSON of `export --for all --format json`, or contacts as CSV, XLSX or vCards with --account; "
        "- is stdin",
    )
    import_.add_argument("--account", metavar="ACCOUNT", help="where contacts go: its id or its name")
    import_.add_argument(
        "--map",
        dest="mapped",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help="what a column of contacts holds: name, first, middle, last, suffix, title, email, manager, "
        "manager_id, id, unit, note, deleted, role, style, influence, "
        "interest, sentiment, owner, met, or ignore; Email#2 is the second column called so",
    )
    import_.add_argument(
        "--encoding", metavar="NAME", help="how contacts are encoded, as in cp1250, where it is guessed wrong"
    )
    import_.add_argument(
        "--sheet", metavar="NAME", help="which sheet of a workbook; without it, the first with known headings"
    )
    import_.add_argument(
        "--likely", choices=("merge", "new"), help="whether contacts much like people already there are these"
    )
    import_.add_argument("--skip-bad", action="store_true", help="leave out lines that can't come in")
    import_.add_argument(
        "--keep-date",
        action="store_true",
        help="leave a sample account frozen at its day; without it, it goes on from today",
    )
    import_.add_argument("--dry-run", action="store_true", help="only say what would come in")
