"""Actions as CSV: plain for spreadsheets, or as Jira's and Asana's importers want them.

UTF-8 with a byte order mark, by which Excel knows it; commas; every field in quotation marks, as Jira
asks for. The importers know their columns by these headings:
https://support.atlassian.com/jira-software-cloud/docs/prepare-a-csv-file-for-import and
https://help.asana.com/hc/articles/14244171470491, where the order counts, too: name, description, section,
assignee, and the days behind them. That Asana wants one form of day, with the month first, is said in
https://asana.com/guide/help/api/csv-importer as far as we know, and wasn't tried with an Asana: so the day
stands in words in the description as well, where a turned one is seen.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal

from workshop_tui.documents.document import plainly
from workshop_tui.documents.sheets import CellValue, actions_sheet, email_of
from workshop_tui.documents.source import Source, by_due
from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.text import one_line, slug
from workshop_tui.domain.base.vocabulary import ActionStatus
from workshop_tui.domain.model.actions import Action

Profile = Literal["plain", "jira", "asana"]
BOM: Final = "\ufeff"
_ASKS: Final = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
"""How a cell begins that a spreadsheet takes for a formula, or that would be taken for a guarded one."""
_JIRA_STATUS: Final = {
    ActionStatus.OPEN: "To Do",
    ActionStatus.IN_PROGRESS: "In Progress",
    ActionStatus.BLOCKED: "In Progress",
}


def as_csv(of: Source, profile: Profile = "plain") -> str:
    """Return the actions that an audience sees; for an importer those that are still to be done.

    Raises:
        ValueError: the plan was not cut.
    """
    if of.view.audience is None:
        raise ValueError("A table is made from a projection, never from the whole plan.")
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([guarded(_cell(value)) for value in row] for row in table(of, profile))
    return BOM + file.getvalue()


def table(of: Source, profile: Profile) -> Iterator[Sequence[CellValue]]:
    """Yield the headings, then a row for each action."""
    if profile == "plain":
        sheet = actions_sheet(of)
        yield sheet.heads
        yield from sheet.rows
        return
    to_do = sorted((row for row in of.view.all(Action) if row.status.is_open), key=by_due)
    yield from (_jira if profile == "jira" else _asana)(of, to_do)


def _jira(of: Source, to_do: Iterable[Action]) -> Iterator[Sequence[CellValue]]:
    yield ("Summary", "Issue Type", "Status", "Assignee", "Due Date", "Labels", "Description")
    for row in to_do:
        blocked = " blocked" if row.status is ActionStatus.BLOCKED else ""
        yield (
            one_line(row.title),
            "Task",
            _JIRA_STATUS[row.status],
            email_of(of, row.owner) or of.whoever(row.owner),
            row.due,
            f"{slug(of.view.account.name)}{blocked}",
            _described(of, row),
        )


def _asana(of: Source, to_do: Iterable[Action]) -> Iterator[Sequence[CellValue]]:
    """Yield what Asana reads: an assignee is an address and nothing else, a date has its month first."""
    yield ("Name", "Description", "Section", "Assignee", "Due Date")
    for row in to_do:
        yield (
            one_line(row.title),
            f"{_due(row)}{_described(of, row)}",
            (not of.is_customers and row.milestone) or row.status.label.capitalize(),
            email_of(of, row.owner),
            f"{row.due.month:02}/{row.due.day:02}/{row.due.year}" if row.due else "",
        )


def _due(row: Action) -> str:
    return f"Due: {format_date(row.due)}\n" if row.due else ""


def _described(of: Source, row: Action) -> str:
    """Return what else is known of an action, in lines, with the id by which it is found again."""
    task = of.task(row)
    lines = (
        f"Owner: {task.who}",
        f"Accountable: {task.answers}" if task.answers else "",
        " · ".join(task.facts),
        *map(plainly, task.beneath),
        f"{of.view.account.name} · {row.id}",
    )
    return "\n".join(filter(None, lines))


def _cell(value: CellValue) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str):
        return value
    return "" if value is None else f"{value:g}"


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: with an apostrophe before what looks like one.

    Whatever reads tables here takes one apostrophe off again (`contacts_cells.said_in`).
    """
    return f"'{cell}" if _ASKS.match(cell) else cell
