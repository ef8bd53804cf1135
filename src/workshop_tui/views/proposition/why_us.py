"""Why us: in what the firms are unlike others, dimension by dimension, and the proof each line stands on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from msgspec.structs import replace

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import CUSTOMER, Dimension
from workshop_tui.domain.model.value import Difference, Proof
from workshop_tui.domain.plan.plan import NEW, draft_place
from workshop_tui.domain.rules.difference import by_dimension, next_dimension, proven, unproven
from workshop_tui.live.live_plan import LivePlan, new_id
from workshop_tui.views.base import View, entity_at, fields_of, form, line, new_row_edit, row_id
from workshop_tui.views.cell import TICK, Cell, Col, Edit
from workshop_tui.views.fields import new_row, visible_cols
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table
from workshop_tui.views.value.firms import firm_cell


class WhyUs(View):
    """A line a difference, those of a dimension together; a dimension without any has an empty line."""

    title: str = "Why us"
    kind: ClassVar[type[Entity]] = Difference
    empty: str = "No differences yet."
    invite: str = (
        f"press {key('sheet.add')} and say in one line what only we have, "
        f"or {key('capture')} and «We know their regulator in:people»."
    )
    start: ClassVar[int] = 2

    def cols(self, live: LivePlan) -> tuple[Col, ...]:
        """Whether it is shown by anything, in what it lies, what it is, whose, and the proof it stands on."""
        return (
            Col(Difference, "id", 1, " ", gap=1),
            Col(Difference, "dimension", 10, "In", grow=1, wrap=True),
            Col(Difference, "text", 22, grow=3, wrap=True),
            Col(Difference, "party", 10, drop=1),
            Col(Difference, "proof", 16, grow=2, wrap=True, asked=live.audience != CUSTOMER),
            Col(Difference, "visibility", 10, drop=2),
        )

    def head(self, live: LivePlan) -> str:
        """Return how many stand on a proof, and which don't; for us alone."""
        each = live.view.all(Difference)
        if live.audience == CUSTOMER or not each:
            return ""
        bare = unproven(live.view, each)
        told = f"{len(each) - len(bare)} of {len(each)} stand on a proof"
        return f"{told}; without one: {', '.join(row.words for row in bare)}" if bare else told

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return the differences; before the customer no empty lines."""
        for dimension, each in by_dimension(live.view.all(Difference)).items():
            for row in each:
                yield _line(live, row, cols)
            if not each and live.audience != CUSTOMER and live.view.all(Difference):
                yield _empty(live, dimension, len(cols))

    def placeholder(self, live: LivePlan) -> Edit:
        """A new difference comes in by its words, in the first dimension that has none."""
        dimension = next_dimension(live.view.all(Difference))
        return new_row_edit(
            live, Difference, "text", f"New difference in {dimension.label}", dimension=dimension.value
        )

    def card(self, live: LivePlan, name: str) -> Table | None:
        """Return every field of a difference."""
        row = entity_at(live.view, name)
        if not isinstance(row, Difference):
            return None
        cols = visible_cols(
            fields_of(Difference, "text", "dimension", "party", "proof", "visibility"), live.audience
        )
        table = form(live, row, cols)
        lines = (
            replace(each, cells=(each.cells[0], firm_cell(live, row.party, each.cells[1])))
            if col.name == "party"
            else each
            for col, each in zip(cols, table.rows, strict=True)
        )
        return replace(table, rows=tuple(lines))


def _line(live: LivePlan, row: Difference, cols: tuple[Col, ...]) -> Row:
    shown = line(live, row, cols)
    cells = (
        _sign(live, row)
        if col.name == "id"
        else firm_cell(live, row.party, cell)
        if col.name == "party"
        else cell
        for col, cell in zip(cols, shown.cells, strict=True)
    )
    return replace(shown, id=row_id(row), cells=tuple(cells))


def _sign(live: LivePlan, row: Difference) -> Cell:
    """Return the mark of a difference that nothing shows, or whose proof the customer acknowledges."""
    if not proven(live.view, row):
        return Cell("" if live.audience == CUSTOMER else "!", "warn")
    proof = live.view.get(Proof, row.proof)
    return Cell(TICK, "good") if proof and proof.is_recognised else Cell("●", "accent")


def _empty(live: LivePlan, dimension: Dimension, columns: int) -> Row:
    """Return the line on which the first difference of a dimension is typed."""

    def adding() -> Edit:
        return new_row(
            *(Difference, "text", new_id(), live.context, {"dimension": dimension.value}),
            title=f"New difference in {dimension.label}",
            place=draft_place(Difference, (NEW, dimension.value), "text"),
        )

    cells = (Cell(""), Cell(dimension.label, "muted"), Cell("·", "muted", adding))
    rest = (Cell("", "muted"),) * (columns - len(cells))
    return Row(str(RowId.new(dimension.value)), (*cells, *rest))
