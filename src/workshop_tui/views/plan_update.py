"""What would come of each line of a plan that comes back, shown before anything changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workshop_tui.documents.read_back import (
    LikelyAction,
    LineConflict,
    NewAction,
    RefusedLines,
    told_together,
)
from workshop_tui.domain.base.text import counted
from workshop_tui.domain.plan.step import Change
from workshop_tui.live.plan_update import Chosen, PlanUpdate
from workshop_tui.views.cell import Cell, Plain
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

ASKED, LIKELY, OFFERED = "asked", "likely", "offered"
"""Kinds of rows of lines of which something is to be chosen."""
_MOST_LINES = 3
"""Numbers of lines that are shown beside a sentence, which names more of them."""
_NEXT: dict[tuple[str, Chosen | None], Chosen] = {
    (ASKED, None): "file",
    (ASKED, "file"): "plan",
    (ASKED, "plan"): "file",
    (LIKELY, None): "same",
    (LIKELY, "same"): "new",
    (LIKELY, "new"): "leave",
    (LIKELY, "leave"): "same",
    (OFFERED, "new"): "leave",
    (OFFERED, "leave"): "new",
}
_COLS = (
    Plain("Line", 8),
    Plain("Action", 28, grow=2, wrap=True),
    Plain("What comes of it", 30, grow=3, wrap=True),
)


class UpdatePreview:
    """A plan on its way back; new lines come in unless they are left out."""

    def __init__(self, update: PlanUpdate, name: str) -> None:
        """Take what would change, and what the file is called."""
        self.update, self.name = update, name
        update.choose_all(conflicts=None, likely=None, new="new")

    def choose_next(self, row: RowId) -> bool:
        """Choose what comes next for the line of a row; whether there is anything to choose."""
        line = int(row.key[0]) if row.kind in {ASKED, LIKELY, OFFERED} else 0
        if line:
            self.update.chosen[line] = _NEXT[row.kind, self.update.chosen.get(line)]
        return bool(line)

    @property
    def first_open(self) -> str:
        """The row of the first line of which is still to be chosen; empty for none."""
        return next((row.id for row in self.table().rows if self._is_open(RowId.parse(row.id))), "")

    def _is_open(self, row: RowId) -> bool:
        return row.kind in {ASKED, LIKELY} and int(row.key[0]) in self.update.open_lines

    def changes(self) -> tuple[Change, ...]:
        """Return the changes of what is chosen."""
        return self.update.changes()[0]

    def summary(self) -> str:
        """Return how much is changed, in words."""
        told = self.update.summary(self.update.changes()[1])
        return f"{told[:1].upper()}{told[1:]}"

    def counts(self) -> str:
        """Return which file it is, for whom it was cut, and how many lines become what."""
        read, refused = self.update.read, self._refused()
        parts = (
            f"{counted(len({edit.line for edit in self.update.edits()}), 'line')} changed",
            f"{len([*self.update.new()])} new",
            f"{len(self.update.open_lines)} to be chosen",
            f"{sum(len(one.lines) for one in refused)} that can't be taken",
            f"{len(read.not_read)} not read, or in part",
        )
        told = " · ".join(part for n, part in enumerate(parts) if not n or not part.startswith("0 "))
        account = self.update.whole.account.name
        return f"{self.name}, a plan of {account}, cut for {self.update.readers}: {told}"

    def _refused(self) -> tuple[RefusedLines, ...]:
        return (*self.update.read.refused, *self.update.changes()[1])

    def table(self) -> Table:
        """Return what is shown of the file: what needs a look comes first."""
        return Table(_COLS, tuple(self._rows()), "Nobody has changed anything in this file.", by_row=True)

    def _rows(self) -> Iterator[Row]:
        read, update, enter = self.update.read, self.update, key("sheet.edit")
        yield from _group(f"Changed in the plan too: {enter} chooses", map(self._conflict, read.questions))
        yield from _group(f"Without an id: {enter} chooses", map(self._likely, read.likely))
        refused = self._refused()
        lost = {line for one in refused for line in one.lines}
        yield from _group(
            "Can't be taken",
            (_row("bad", n, "", one.why, "bad", one.lines) for n, one in enumerate(refused)),
            sum(len(one.lines) for one in refused),
        )
        edits = (edit for edit in read.edits if edit.line not in lost)
        yield from _group(
            "Changes",
            (
                _row("edit", n, update.title(edit), update.told(edit), "good", (edit.line,))
                for n, edit in enumerate(edits)
            ),
        )
        yield from _group(f"New: {enter} leaves one out", map(self._new, read.new))
        yield from _group(
            "Not read",
            (
                _row("told", n, "", what, "warn", lines[:_MOST_LINES])
                for n, (lines, what) in enumerate(told_together(read.not_read))
            ),
            len(read.not_read),
        )

    def _conflict(self, one: LineConflict) -> Row:
        update, edit = self.update, one.edit
        told = {
            None: f"? {update.told_both(edit)}",
            "file": f"✓ as in the file: {update.told(edit)}",
            "plan": f"✓ as in the plan: {update.told_now(edit)}",
        }
        chosen = update.chosen.get(edit.line)
        tone = "good" if chosen else "warn"
        row = RowId(ASKED, (str(edit.line), edit.name))
        return Row(str(row), _cells((edit.line,), update.title(edit), told[chosen], tone))

    def _likely(self, one: LikelyAction) -> Row:
        update = self.update
        edits = (*one.edits, *(each.edit for each in one.questions))
        what = ", ".join(map(update.told, edits))
        action = f"«{update.title(edits[0])}»"
        told = {
            None: f"? may be {action}: {what}",
            "same": f"✓ {action}: {what}",
            "new": "+ a new action",
            "leave": "left out",
        }
        chosen = update.chosen.get(one.line)
        cells = _cells((one.line,), update.told_new(one.new), told[chosen], "good" if chosen else "warn")
        return Row(str(RowId(LIKELY, (str(one.line),))), cells)

    def _new(self, one: NewAction) -> Row:
        is_in = self.update.chosen.get(one.line) == "new"
        told, tone = ("+ a new action", "good") if is_in else ("left out", "muted")
        cells = _cells((one.line,), self.update.told_new(one), told, tone)
        return Row(str(RowId(OFFERED, (str(one.line),))), cells)


def _group(heading: str, rows: Iterable[Row], lines: int = 0) -> Iterator[Row]:
    """Yield rows beneath a heading with their count, or that of the lines that they are about."""
    if found := list(rows):
        yield Row(str(RowId.heading(heading)), heading=f"{heading} · {lines or len(found)}")
        yield from found


def _row(kind: str, n: int, what: str, told: str, tone: str, lines: tuple[int, ...]) -> Row:  # noqa: PLR0913, PLR0917 - the parts of a row
    return Row(str(RowId(kind, (str(n),))), _cells(lines, what, told, tone))


def _cells(lines: tuple[int, ...], what: str, told: str, tone: str) -> tuple[Cell, ...]:
    return Cell(", ".join(map(str, lines)), "muted"), Cell(what), Cell(told, tone)
