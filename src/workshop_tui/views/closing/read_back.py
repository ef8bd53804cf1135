"""Read-back: decisions, actions and answers aloud, line by line, each confirmed or put right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.lifecycle.closing import (
    Line,
    is_confirmed,
    read_back,
    words_of,
)
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Decision
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.rules.decisions import short_id
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.actions.table import due_col
from workshop_tui.views.base import (
    View,
    entity_at,
    fields_of,
    form,
    heading_row,
    line,
    new_row_edit,
    placeholder_row,
    row_id,
)
from workshop_tui.views.cell import TICK, Cell, Col, RowAction
from workshop_tui.views.closing.decisions import decision_card, replacing, told, with_told
from workshop_tui.views.confirming import confirm_cell
from workshop_tui.views.fields import cell, edit_of, visible_cols
from workshop_tui.views.headline import Headline
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table
from workshop_tui.views.value.answers import status_told

_HEADINGS: tuple[tuple[type[Line], str], ...] = (
    (Decision, "Decisions"),
    (Action, "Actions of this session"),
    (Answer, "What the customer values"),
)
_OF_ACTION = (
    *fields_of(Action, "title", "owner", "accountable"),
    due_col(),
    *fields_of(Action, "visibility"),
)
_ANOTHER = (("due", "b", "Another date …"), ("owner", "o", "Another owner …"))
"""What of an action is put right by the menu of its line, as it stands alone in large type for the room."""


class SessionReadBack(View):
    """The line under the cursor in large type; confirming it goes on to the next that is not confirmed."""

    title: str = "Read-back"
    kind: ClassVar[type[Entity]] = Decision
    removes: ClassVar[tuple[type[Entity], ...] | None] = (Decision, Action, Answer)
    large_column: ClassVar[int] = 1
    staged: ClassVar[str] = "headline"
    confirms: ClassVar[bool] = True
    has_quiet_card: ClassVar[bool] = True

    def head(self, live: LivePlan) -> str:
        """How far the room has come."""
        rows = read_back(live.view, live.session_id)
        return f"Confirmed {sum(map(is_confirmed, rows))} of {len(rows)}"

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """A tick, the line, who and by when."""
        return (
            Col(Decision, "id", 2, TICK),
            Col(Decision, "text", 28, "What is read aloud", grow=3, wrap=True),
            Col(Action, "owner", 12, "Who", grow=1, drop=1, wrap=True),
            Col(Action, "due", 11, drop=2),
        )

    def lines(self, live: LivePlan, _cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return the lines under what they are, with a line for a decision that somebody still has."""
        rows = read_back(live.view, live.session_id)
        for kind, heading in _HEADINGS:
            those = [row for row in rows if isinstance(row, kind)]
            if those or kind is Decision:
                none = (
                    ""
                    if those or live.closed
                    else f": none yet, {key('capture')} and «d: we start in June» adds one"
                )
                yield heading_row(f"{heading}{none}", heading)
            for row in those:
                yield _read_aloud(live, row, rows)
            if kind is Decision:
                yield placeholder_row(
                    RowId.new(), new_row_edit(live, Decision, "text", session=live.session_id)
                )

    def card(self, live: LivePlan, name: str) -> Table | None:
        """Return what is known of a decision, or who does an action by when."""
        row = entity_at(live.view, name)
        if isinstance(row, Action):
            return form(live, row, visible_cols(_OF_ACTION, live.audience))
        return decision_card(live, row) if isinstance(row, Decision) else None

    def row_actions(self, live: LivePlan, name: str) -> tuple[RowAction, ...]:
        """Say which other decision one takes the place of, or put right who does an action by when."""
        row = entity_at(live.view, name)
        if isinstance(row, Action):
            return tuple(_another(live, row, *each) for each in _ANOTHER)
        return (replacing(live, row),) if isinstance(row, Decision) else ()

    def large(self, live: LivePlan, name: str) -> Headline | None:
        """Return the words that are read aloud, with who does it by when, or whose words they are."""
        rows = read_back(live.view, live.session_id)
        row = next((row for row in rows if row_id(row) == name), None)
        if row is None:
            return None
        named = short_id(live.view, row) if isinstance(row, Decision) else ""
        what = f"{row.VERBOSE_NAME.upper()} {named}".rstrip()
        label = f"{rows.index(row) + 1} OF {len(rows)} · {what}"
        said = one_line(told(live, row)) if isinstance(row, Decision) else ""
        beneath = " · ".join(filter(None, (said, *(beside.text for beside in _beside(live, row)))))
        note, tone = ("confirmed", "good") if is_confirmed(row) else ("not confirmed", "warn")
        return Headline(label, getattr(row, words_of(row)), beneath, note, tone, is_edited=True)


def _another(live: LivePlan, action: Action, name: str, letter: str, text: str) -> RowAction:
    return RowAction(letter, text, edit_of(live.view, action, Col(Action, name), live.context))


def _read_aloud(live: LivePlan, row: Line, rows: tuple[Line, ...]) -> Row:
    words = cell(live.view, row, Col(type(row), words_of(row)), live.context)
    if isinstance(row, Decision):
        words = with_told(live, row, words)
    return Row(row_id(row), (confirm_cell(live, row, rows), words, *_beside(live, row)))


def _beside(live: LivePlan, row: Line) -> Iterator[Cell]:
    """Yield who and by when."""
    if isinstance(row, Action):
        yield from line(live, row, (Col(Action, "owner", asked=True), due_col())).cells
    elif isinstance(row, Answer):
        yield from (Cell(live.view.name_of(Stakeholder, row.stakeholder)), Cell(status_told(live, row)))
    else:
        yield from (Cell(""), Cell(""))
