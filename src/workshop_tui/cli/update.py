"""The command by which an exported Markdown plan comes back, in one Step that can be taken back."""

import datetime as dt
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

from workshop_tui.cli.place import located, opened
from workshop_tui.cli.sent_back import read_sent_back, take, tell_taken
from workshop_tui.cli.speech import DONE, FOUND, words

if TYPE_CHECKING:
    from workshop_tui.documents.read_back import LineEdit, NewAction, RefusedLines
    from workshop_tui.live.plan_update import PlanUpdate


def add_to(update_: ArgumentParser) -> None:
    """Add the options of the command."""
    update_.add_argument(
        "file",
        metavar="PLAN.md",
        help="Markdown that `export` has written, and people have changed; - is stdin",
    )
    update_.add_argument(
        "--conflicts",
        choices=("file", "plan"),
        help="which one holds where the file and the plan have both changed something since",
    )
    update_.add_argument(
        "--likely",
        choices=("same", "new"),
        help="whether lines that have lost their id are the actions they are much like",
    )
    update_.add_argument("--new", action="store_true", help="take lines without an id for new actions")
    update_.add_argument("--dry-run", action="store_true", help="only say what would change")


def update(  # noqa: PLR0913 - one for each option
    file: str,
    *,
    conflicts: Literal["file", "plan"] | None,
    likely: Literal["same", "new"] | None,
    new: bool,
    dry_run: bool,
    json: bool,
    db: str | None,
) -> int:
    """Read a plan back: what people have changed in its lines of actions since it was written.

    What isn't sure or isn't read is left as it is, and told: the exit code is then 1.
    """
    from workshop_tui.documents.read_back import told_together
    from workshop_tui.live.plan_update import read_update

    with opened(located(db).path) as store:
        found = read_sent_back(
            file, lambda content, day_first: read_update(store, content, _now, day_first=day_first)
        )
        found.choose_all(conflicts=conflicts, likely=likely, new="new" if new else "leave")
        changes, refused = found.changes()
        refused = (*found.read.refused, *refused)
        is_applied = take(store, found, changes, dry_run=dry_run)
    tell_taken(_lines(found, refused), lambda: _as_json(found, refused, is_applied=is_applied), json=json)
    left = [*_left(found, refused)]
    for sentence in left:
        words(sentence)
    for lines, what in told_together(found.read.not_read):
        words(what if len(lines) > 1 else f"Line {lines[0]}: {what}")
    has_left = bool(left or found.read.not_read)
    words(_summary(found, refused if changes else None, has_left=has_left, dry_run=dry_run))
    return FOUND if has_left else DONE


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _lines(found: "PlanUpdate", refused: "tuple[RefusedLines, ...]") -> Iterator[str]:
    """Yield what is taken, a line each."""
    lost = {line for one in refused for line in one.lines}
    for edit in found.edits():
        if edit.line not in lost:
            yield f"{edit.id}  {found.told(edit)}: {found.title(edit)}"
    for each in found.new():
        if each.line not in lost:
            yield f"new  {found.told_new(each)}"


def _left(found: "PlanUpdate", refused: "tuple[RefusedLines, ...]") -> Iterator[str]:
    """Yield what is not taken, and what to say to have it taken."""
    for one in refused:
        several = len(one.lines) > 1  # it names them itself
        yield one.why if several else f"Line {one.lines[0]}: {one.why}"
    for question in found.read.questions:
        edit = question.edit
        if edit.line not in found.chosen:
            since = " since it was written" if question.is_known else ""
            yield (
                f"Line {edit.line}, {found.title(edit)}: {found.told_both(edit)}{since}: "
                "say --conflicts file, or --conflicts plan."
            )
    for likely in found.read.likely:
        if likely.line not in found.chosen:
            title = found.title(_of(likely.id, likely.line))
            yield (
                f"Line {likely.line} has no id and may be «{title}» ({likely.id}): "
                "say --likely same, or --likely new."
            )
    for each in found.read.new:
        if found.chosen.get(each.line) == "leave":
            yield f"Line {each.line} has no id: --new takes it for a new action, {found.told_new(each)}."


def _of(id_: str, line: int) -> "LineEdit":
    from workshop_tui.documents.read_back import LineEdit

    return LineEdit(line, id_, "title", None, None)


def _summary(
    found: "PlanUpdate",
    refused: "tuple[RefusedLines, ...] | None",
    *,
    has_left: bool,
    dry_run: bool,
) -> str:
    account, cut = found.whole.account, f"The file was cut for {found.readers}."
    whose = f"{account.name} ({account.id})"
    if refused is None:
        return f"{'Nothing has changed' if has_left else 'There is nothing to do'} in {whose}. {cut}"
    told = found.summary(refused)
    if dry_run:
        return f"This would come into {whose}: {told}; nothing has changed. {cut}"
    return f"{told[0].upper()}{told[1:]} in {whose}. {cut}"


def _as_json(found: "PlanUpdate", refused: "tuple[RefusedLines, ...]", *, is_applied: bool) -> dict[str, Any]:
    lost = {line for one in refused for line in one.lines}
    account = found.whole.account.id
    return {
        "account": account,
        "audience": found.audience,
        "applied": is_applied,
        "edits": [_edit(account, one) for one in found.edits() if one.line not in lost],
        "new": [_new(one) for one in found.new() if one.line not in lost],
        "conflicts": [
            _edit(account, one.edit) for one in found.read.questions if one.edit.line not in found.chosen
        ],
        "likely": [
            {
                "line": one.line,
                "ref": f"{account}/{one.id}",
                "edits": [_edit(account, each) for each in (*one.edits, *(q.edit for q in one.questions))],
            }
            for one in found.read.likely
            if one.line not in found.chosen
        ],
        "offered": [_new(one) for one in found.read.new if found.chosen.get(one.line) == "leave"],
        "refused": [{"lines": one.lines, "why": one.why} for one in refused],
        "not_read": [{"line": one.line, "what": one.what} for one in found.read.not_read],
    }


def _edit(account: str, edit: "LineEdit") -> dict[str, Any]:
    return {
        "line": edit.line,
        "ref": f"{account}/{edit.id}",
        "field": edit.name,
        "from": edit.was,
        "to": edit.value,
    }


def _new(new: "NewAction") -> dict[str, Any]:
    from msgspec.structs import asdict

    return asdict(new)
