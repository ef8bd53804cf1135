"""One firm's discovery form: written so that it can be filled in without the app, and brought in again."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from workshop_tui.cli.place import located, opened, user_settings
from workshop_tui.cli.plans import day_of, load, write
from workshop_tui.cli.sent_back import read_sent_back, take, tell_taken
from workshop_tui.cli.speech import DONE, FOUND, CommandError, data, data_bytes, words

if TYPE_CHECKING:
    from workshop_tui.documents.form import WrittenForm
    from workshop_tui.documents.form_read import FormEdit, NewLine, RefusedSpots, Spot
    from workshop_tui.domain.plan.plan import AccountPlan
    from workshop_tui.live.form_import import FormImport

Add = Callable[[str, Callable[..., int], str], ArgumentParser]


def add_to(command: Add) -> tuple[ArgumentParser, ...]:
    """Add the commands; return those that can write JSON."""
    out = command("export", export, "write one firm's discovery form, with nothing of the other firm in it")
    out.add_argument("account", metavar="ACCOUNT", help="its id, its name, or how the name starts")
    out.add_argument(
        "--for", dest="firm", required=True, metavar="FIRM", help="whose form it is: a partner's name or id"
    )
    out.add_argument(
        "--playbook",
        metavar="PLAYBOOK",
        help="whose questions are asked; that of the latest session without it",
    )
    out.add_argument(
        "-o",
        "--output",
        default="-",
        metavar="PATH",
        help="a file that ends in .md or .xlsx, or a folder for Markdown under a name that says what it is",
    )
    out.add_argument("--force", action="store_true", help="write over another file that is there")
    in_ = command("import", import_form, "bring in a discovery form that a firm has filled in")
    in_.add_argument(
        "file", metavar="FILE", help="Markdown or a workbook that `form export` has written; - is stdin"
    )
    in_.add_argument("--account", metavar="ACCOUNT", help="refuse the form of any other account")
    in_.add_argument(
        "--conflicts",
        choices=("file", "plan"),
        help="which one holds where the file and the plan have both changed something since",
    )
    in_.add_argument(
        "--likely",
        choices=("same", "new"),
        help="whether lines that have lost their id are the lines they are much like",
    )
    in_.add_argument("--dry-run", action="store_true", help="only say what would change")
    return (in_,)


def export(  # noqa: PLR0913 - one for each option
    account: str, *, firm: str, playbook: str | None, output: str, force: bool, db: str | None
) -> int:
    """Write one firm's discovery form: its lines, its scores, and what the playbook asks."""
    from workshop_tui.documents.export import audience_named
    from workshop_tui.documents.files import anything, is_folder
    from workshop_tui.documents.form import firm_of_form, form_markdown, form_name, form_workbook
    from workshop_tui.domain.plan.audience import project

    plan = load(db, account)
    whose = firm_of_form(plan, firm, audience_named(plan, firm))
    view, path = project(plan, whose.id), Path(output)
    ending = path.suffix.casefold()
    if output == "-" or is_folder(path):
        path, ending = path / form_name(view, "md"), ".md"
    if ending not in {".md", ".xlsx"}:
        raise CommandError(
            f"A form is Markdown or a workbook: name a file that ends in .md or .xlsx, not «{path}»."
        )
    prompts = _prompts(plan, playbook, db)
    written: WrittenForm = (
        form_markdown(view, whose, prompts)
        if ending == ".md"
        else form_workbook(view, whose, prompts, day_of(plan))
    )
    where = ""
    if output != "-":
        write(path, written.content, anything if force else written.replaces, db)
        where = f" Written to {path}."
    elif isinstance(written.content, bytes):
        data_bytes(written.content)
    else:
        data(written.content)
    words(f"The form of {whose.short} for {plan.account.name}, with nothing of the other firm.{where}")
    return DONE


def _prompts(plan: AccountPlan, playbook: str | None, db: str | None) -> tuple[str, ...]:
    """Return what a playbook asks a firm: the one that is named, or that of the latest session."""
    from workshop_tui.playbooks.errors import PlaybookError
    from workshop_tui.playbooks.loader import load_playbook
    from workshop_tui.settings import playbook_folders

    latest = next(reversed(plan.sessions), None)
    name = playbook or (latest.playbook if latest else "")
    if not name:
        words("There is no session yet whose playbook asks anything: name one with --playbook.")
        return ()
    try:
        return load_playbook(name, playbook_folders(user_settings(), located(db).path)).prompts
    except PlaybookError:
        if playbook:
            raise
        words(
            f"The playbook «{name}» of the latest session can't be used, so nothing is asked: "
            "name another with --playbook."
        )
        return ()


def import_form(  # noqa: PLR0913 - one for each option
    file: str,
    *,
    account: str | None,
    conflicts: Literal["file", "plan"] | None,
    likely: Literal["same", "new"] | None,
    dry_run: bool,
    json: bool,
    db: str | None,
) -> int:
    """Bring in what a firm has filled in: lines that are new or changed, and its scores.

    What isn't sure is left as it is, and told: the exit code is then 1.
    """
    from workshop_tui.live.form_import import read_form_import

    with opened(located(db).path) as store:
        found = read_sent_back(
            file,
            lambda content, day_first: read_form_import(
                store,
                content,
                lambda: dt.datetime.now(dt.UTC),
                account=account,
                day_first=day_first,
                conflicts=conflicts,
                likely=likely,
            ),
        )
        changes, refused = found.changes()
        refused = (*found.read.refused, *refused)
        is_applied = take(store, found, changes, dry_run=dry_run)
    lost = {spot for one in refused for spot in one.spots}
    tell_taken(_lines(found, lost), lambda: _as_json(found, refused, lost, is_applied=is_applied), json=json)
    left = [*_left(found, refused)]
    for sentence in (*left, *(f"{one.spots[0].told}: {one.why}" for one in found.read.not_read)):
        words(sentence)
    words(_summary(found, lost, has_changes=bool(changes), has_left=bool(left), dry_run=dry_run))
    return FOUND if left else DONE


def _lines(found: FormImport, lost: set[Spot]) -> Iterator[str]:
    """Yield what is taken, a line each."""
    for edit in found.edits():
        if edit.spot not in lost:
            yield f"{edit.key[0]}  {found.told(edit)}"
    for new in found.new():
        if new.spot not in lost:
            yield f"new  {found.told_new(new)}"


def _left(found: FormImport, refused: tuple[RefusedSpots, ...]) -> Iterator[str]:
    """Yield what is not taken, and what to say to have it taken."""
    for one in refused:
        yield one.why if len(one.spots) > 1 else f"{one.spots[0].told}: {one.why}"
    for question in found.read.questions if found.conflicts is None else ():
        edit, since = question.edit, " since it was written" if question.is_known else ""
        yield (
            f"{edit.spot.told}, {found.title(edit)}: {found.told_both(edit)}{since}: "
            "say --conflicts file, or --conflicts plan."
        )
    for likely in found.read.likely if found.likely is None else ():
        yield (
            f"{likely.spot.told} has no id and may be the line {likely.id}: "
            "say --likely same, or --likely new."
        )


def _summary(found: FormImport, lost: set[Spot], *, has_changes: bool, has_left: bool, dry_run: bool) -> str:
    account, of = found.whole.account, f"It is the form of {found.firm.short}."
    whose = f"{account.name} ({account.id})"
    if not has_changes:
        return f"{'Nothing has changed' if has_left else 'There is nothing to do'} in {whose}. {of}"
    told = found.summary(lost)
    if dry_run:
        return f"This would come into {whose}: {told}; nothing has changed. {of}"
    return f"Brought into {whose}: {told}. {of}"


def _as_json(
    found: FormImport, refused: tuple[RefusedSpots, ...], lost: set[Spot], *, is_applied: bool
) -> dict[str, Any]:
    asked = found.read.questions if found.conflicts is None else ()
    likely = found.read.likely if found.likely is None else ()
    return {
        "account": found.whole.account.id,
        "firm": found.firm.id,
        "applied": is_applied,
        "edits": [_edit(one) for one in found.edits() if one.spot not in lost],
        "new": [_new(one) for one in found.new() if one.spot not in lost],
        "conflicts": [_edit(one.edit) for one in asked],
        "likely": [{**_at(one.spot), "id": one.id, "edits": [*map(_edit, one.edits)]} for one in likely],
        "refused": [_told(one) for one in refused],
        "not_read": [_told(one) for one in found.read.not_read],
    }


def _at(spot: Spot) -> dict[str, Any]:
    return {"sheet": spot.sheet, "row": spot.number} if spot.sheet else {"line": spot.number}


def _edit(edit: FormEdit) -> dict[str, Any]:
    return {
        **_at(edit.spot),
        "kind": edit.kind.__name__.lower(),
        "id": edit.key[0],
        "field": edit.name,
        "from": edit.was,
        "to": edit.value,
    }


def _new(new: NewLine) -> dict[str, Any]:
    return {**_at(new.spot), "text": new.text, "visibility": new.visibility}


def _told(one: RefusedSpots) -> dict[str, Any]:
    return {"at": [*map(_at, one.spots)], "why": one.why}
