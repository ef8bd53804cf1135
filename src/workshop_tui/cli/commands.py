"""All commands: each says which function it calls, and with what. Imported only where one is named."""

from argparse import ArgumentParser
from collections.abc import Iterator

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
    screen_commands,
    search,
    serve,
    side_by_side,
    update,
)
from workshop_tui.cli.command_line import without_commands
from workshop_tui.cli.screen_commands import Commands, add_audience, commands_of, with_account


def parser() -> ArgumentParser:
    """Return the reader of command lines: each says which function to call, and with what."""
    root = without_commands()
    commands = commands_of(root)
    screen_commands.add_to(commands.add)
    serve.add_to(commands.add)
    listing = (*_add_looks(commands), *_add_files(commands), *_add_keeping(commands))
    for lists in listing:
        lists.add_argument("--json", action="store_true", help="write JSON")
    return root


def _add_looks(commands: Commands) -> Iterator[ArgumentParser]:
    """Add the commands that look at what there is, and those that change actions; all of them list."""
    command = commands.add
    yield command("list", plans.list_accounts, "list accounts and sessions with their open actions")
    yield actions.add_to(command)
    yield from action_changes.add_to(command)
    yield digest.add_to(command)
    yield search.add_to(command)
    yield from side_by_side.add_to(command)
    gaps = with_account(command("gaps", plans.gaps, "say what is missing; exit 1 if anything is"))
    gaps.add_argument("--on", metavar="DATE", help="as it was known at this date; today without it")
    seen = "alliance (which it is without this), a partner, as their screens count them, or all"
    add_audience(gaps, "alliance", seen)
    gaps.add_argument("--rule", default="", metavar="RULE", help="by one rule alone, as in no_owner")
    gaps.add_argument("--top", type=int, metavar="N", help="no more than the N that weigh most")
    yield gaps
    told = "say what whoever leads an account should ask, and why: at most seven questions"
    coach = with_account(command("coach", plans.coach, told))
    add_audience(coach, "alliance", "a partner's name or id, alliance (which it is without this), or all")
    yield coach
    yield from looking_back.add_to(lambda *told: with_account(command(*told)))


def _add_files(commands: Commands) -> Iterator[ArgumentParser]:
    """Add the commands that write files and read them; yield those that list what comes in."""
    command, group = commands.add, commands.group
    written = command("export", export.export, "write the joint action plan for an audience")
    export.add_to(with_account(written))
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


def _add_keeping(commands: Commands) -> Iterator[ArgumentParser]:
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
