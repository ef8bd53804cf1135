"""Commands about playbooks: which there are, what is in one, one's own copy, and whether it can be used."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from workshop_tui.cli.place import located, user_settings
from workshop_tui.cli.plans import write
from workshop_tui.cli.speech import DONE, FOUND, CommandError, data, data_json, words
from workshop_tui.playbooks.errors import PlaybookError
from workshop_tui.settings import playbook_folders

if TYPE_CHECKING:
    from workshop_tui.domain.model.playbook import Playbook

Add = Callable[[str, Callable[..., int], str], ArgumentParser]


def add_to(command: Add) -> None:
    """Add the commands to the reader of command lines."""
    listed = command("list", list_playbooks, "list the playbooks there are, and where each is from")
    shown = command("show", show, "show what is in a playbook")
    checked = command("check", check, "say whether a playbook can be used; exit 1 if not")
    for named in (shown, checked):
        named.add_argument("name", metavar="PLAYBOOK", help="its name, or the path of a .toml file")
    copied = command("copy", copy, "copy a playbook, to make it one's own")
    copied.add_argument("name", metavar="PLAYBOOK", help="its name, or the path of a .toml file")
    copied.add_argument("new", metavar="NEW", help="the name of the copy, as in our-half-day")
    copied.add_argument("--force", action="store_true", help="write over a playbook of this name")
    copied.add_argument("--here", action="store_true", help="beside the database, not in your own folder")
    for lists in (listed, shown):
        lists.add_argument("--json", action="store_true", help="write JSON")


def _folders(db: str | None) -> tuple[Path, ...]:
    return playbook_folders(user_settings(), located(db).path)


def list_playbooks(*, db: str | None, json: bool) -> int:
    """List the playbooks, each with its length; one that can't be used says why."""
    from workshop_tui.playbooks.loader import OURS, find_playbook, playbooks

    folders = _folders(db)
    lines = []
    for name in playbooks(folders):
        path, told = find_playbook(name, folders), _told(name, folders)
        lines.append({"name": name, **told, "from": "workshop-tui" if path.parent == OURS else str(path)})
    if json:
        data_json(lines)
    else:
        data("\n".join(f"{line['name']:<14} {line['about']}\n{'':<14} {line['from']}" for line in lines))
    return DONE


def _told(name: str, folders: tuple[Path, ...]) -> dict[str, object]:
    from workshop_tui.playbooks.loader import load_playbook

    try:
        playbook = load_playbook(name, folders)
    except PlaybookError as error:
        return {"minutes": None, "about": f"can't be used: {error}"}
    return {"minutes": playbook.minutes, "about": f"{playbook.title}, {playbook.minutes} min"}


def show(name: str, *, db: str | None, json: bool) -> int:
    """Show what is in a playbook."""
    from workshop_tui.playbooks.loader import load_playbook

    playbook = load_playbook(name, _folders(db))
    if json:
        data_json(playbook.model_dump(mode="json"))
    else:
        data("\n".join(_shown(playbook)))
    return DONE


def _shown(playbook: "Playbook") -> Iterator[str]:
    yield f"{playbook.title} ({playbook.name}), {playbook.minutes} min"
    if playbook.description:
        yield playbook.description
    yield "\nAgenda"
    for block in playbook.agenda:
        marks = ["the customer may be in the room"] * block.customer + ["protected"] * block.protected
        yield f"  {block.minutes:>4} min  {block.title}  [{'; '.join([block.kind.label, *marks])}]"
    yield "\nProfile criteria"
    yield from (f"  {criterion.weight:>4g} %  {criterion.text}" for criterion in playbook.criteria)
    yield "\nDiscovery prompts"
    yield from (f"  {prompt}" for prompt in playbook.prompts)
    yield "\nQuestions"
    for purpose, questions in groupby(playbook.questions, lambda question: question.purpose):
        yield from (f"  {purpose.label:<10} {question.text}" for question in questions)
    yield "\nRules"
    yield from (f"  {line}" for line in _rules(playbook))


def _rules(playbook: "Playbook") -> Iterator[str]:
    from workshop_tui.domain.gaps.registry import LIMITS, RULES

    said = {rule: playbook.gaps.get(rule, True) for rule in RULES}
    off = [rule for rule, value in said.items() if value is False]
    without = f"; off: {', '.join(off)}" if off else ""
    yield f"gap rules in force: {len(RULES) - len(off)} of {len(RULES)}{without}"
    for rule, usual in LIMITS.items():
        yield f"{rule} from {usual if isinstance(said[rule], bool) else said[rule]}"
    yield f"clock amber at {playbook.clock.amber} %, red at {playbook.clock.red} %"
    dates = playbook.dates
    order = dates.order.label if dates.order else "as each user has set it"
    yield f"dates {order}, weeks begin on {dates.week_start.label.title()}, currency {playbook.currency}"


def check(name: str, *, db: str | None) -> int:
    """Say whether a playbook can be used; what is wrong is told with its place and its cure."""
    from workshop_tui.playbooks.loader import find_playbook, load_playbook

    path = find_playbook(name, _folders(db))
    if not path.is_file():
        raise CommandError(f"There is no file {path}: check the path.")
    try:
        playbook = load_playbook(path)
    except PlaybookError as error:
        data(str(error))
        return FOUND
    words(f"{path} can be used: {len(playbook.agenda)} blocks, {playbook.minutes} minutes.")
    return DONE


def copy(name: str, new: str, *, here: bool, force: bool, db: str | None) -> int:
    """Copy a playbook under another name into one's own folder, or beside the database."""
    from workshop_tui.documents.files import anything, nothing
    from workshop_tui.domain.base.text import slug
    from workshop_tui.playbooks.loader import find_playbook, load_playbook

    folders = _folders(db)
    stem = new.removesuffix(".toml")
    if slug(stem) != stem:
        raise CommandError(f"A playbook can't be called «{stem}»: use a name such as {slug(stem)}.")
    source = find_playbook(name, folders)
    load_playbook(source)
    target = (folders[0] if here else folders[-1]) / f"{stem}.toml"
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write(target, source.read_bytes(), anything if force else nothing, db)
    data(str(target))
    words(f"Change it as you like, then try it with `workshop-tui playbook check {stem}`.")
    return DONE
