"""Every text that the app could show of a plan, without an app around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from tests.app.canaries import FIXED
from workshop_tui.domain.base.entity import Json, value_type
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import CUSTOMER, BlockKind
from workshop_tui.domain.capture.completion import offers
from workshop_tui.domain.lifecycle.closing import sealing_question
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.plan import display_name
from workshop_tui.domain.plan.step import Add, Change, Refused, Remove, Set, Step, apply, removal
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.store.presence import OnlinePresence
from workshop_tui.tui.features.conflicts import question
from workshop_tui.views import around as panels
from workshop_tui.views import clock
from workshop_tui.views.base import View, as_seen
from workshop_tui.views.block_views import STAGES
from workshop_tui.views.cell import Edit, RowAction
from workshop_tui.views.pictures.pictured import Pictured
from workshop_tui.views.presence import others_named
from workshop_tui.views.recent import newest_lines, turning
from workshop_tui.views.table import Table

ROOM = (100, 40)
"""Columns and rows for which pictures are painted."""
SIGNS = {"s": ">@#%", "a": "@!^*~", "v": "^", "p": "@", "d": "@", "r": "@"}
"""The signs of the capture line that are followed by names, by the prefix of the line."""
TYPED = ("", "x", "-7", "2031-01-01")
"""What is typed into each kind of field, to hear what is said when it is refused."""


class Teller:
    """Goes through all views, and through each kind of field once."""

    def __init__(self, live: LivePlan) -> None:
        """Take the plan as an audience looks at it."""
        self.live = live
        self._asked: set[str] = set()

    def views(self) -> Iterator[tuple[str, str]]:
        """Yield (where, text) of everything that a view shows, subject by subject."""
        for kind in dict.fromkeys(chain(*STAGES.values())):
            whole = kind()
            view = as_seen(whole, self.live)
            for _ in range(max(len(view.subjects(self.live)), 1)):
                yield type(whole).__name__, "\n".join(self._view(view))
                view.step(self.live, "", 1)

    def around(self) -> Iterator[str]:
        """Yield what stands around the stage, and what is said when something is undone."""
        live = self.live
        session = live.session_id
        live.others = (OnlinePresence("seat", "¤someone", session, live.view.all(Block)[0].id, live.clock()),)
        steps = tuple(Step((Add(row),)) for row in live.whole)
        bar = panels.bar_text(live)
        yield from (bar.place, bar.audience, bar.saved, *bar.frozen)
        yield from others_named(live) if live.audience == CUSTOMER else ()
        now = clock.running(live)
        yield from (*panels.clock_text(live, now).forms, clock.session_line(live, now))
        for block in live.view.where(Block, session=session):
            face = clock.face(live, block, now)
            yield from (face.figures, face.caption)
        newest = newest_lines(live, steps)
        for table in (panels.agenda(live, ""), panels.gap_list(live), newest):
            yield from self._table(table)
        for row in newest.rows:
            yield from self._deeds(turning(live, row.id))
        yield from (live.words((step,)) for step in steps)
        yield sealing_question(live.figures.before_sealing(session))
        for line in (f"{prefix}: x {sign}" for prefix, signs in SIGNS.items() for sign in signs):
            yield from offers(line, len(line), live.view, BlockKind.ACTIONS)

    def removed(self) -> Iterator[str]:
        """Yield how a row is called when it goes out, and why it can't."""
        live = self.live
        for row in live.view:
            yield display_name(live.view, row)
            whole = live.whole.get(type(row), *row.key)
            try:
                apply(live.whole, Step(tuple(removal(live.whole, whole)) if whole else ()))
            except Refused as refused:
                yield str(refused)

    def conflicts(self) -> Iterator[str]:
        """Yield what is asked where somebody else has changed the same field, or a row removed here."""
        for row in self.live.whole:
            kind = type(row)
            words = [name for name in kind.fields if value_type(kind, name) is str]
            names = [name for name in words if name not in {*FIXED, *kind.KEY}]
            changes: list[Change] = [Set(kind, row.key, name, "theirs", "mine") for name in names]
            changes += [
                Remove(with_values(row, **{name: "mine"})) for name in names if name in {"text", "title"}
            ]
            for change in changes:
                yield self.live.words((Step((change,)),))
                if found := self.live.clashes(Step((change,))):
                    asked = question(self.live, found)
                    yield from (asked._title, asked._told, *(choice.text for choice in asked._every))

    def _view(self, view: View) -> Iterator[str]:
        live = self.live
        table = view.table(live)
        yield from self._table(table)
        for row in (row for row in table.rows if not row.heading):
            for column in range(len(table.cols)) if view.by_cell else (view.column,):
                view.column = column
                yield view.head(live)
                if card := view.card(live, row.id):
                    yield from self._table(card)
                if large := view.large(live, row.id):
                    yield from (large.label, large.text, large.beneath, large.note)
            yield from self._deeds(view.row_actions(live, row.id))
        if isinstance(view, Pictured) and view.is_drawn(live):
            yield from self._picture(view)

    def _picture(self, view: Pictured) -> Iterator[str]:
        art = view.art(self.live)
        painted = art.draw(*ROOM)
        yield from (" ".join(run.text for run in row) for row in painted.rows)
        for name in painted.items:
            yield from (text for text, _ in art.foot(name, ROOM[0]))
            yield from self._edit(art.cell(name).edit)

    def _table(self, table: Table) -> Iterator[str]:
        yield table.told_empty
        yield from (col.heading for col in table.cols)
        for row in table.rows:
            yield row.heading
            for cell in row.cells:
                yield cell.text
                yield from self._edit(cell.edit)

    def _deeds(self, row_actions: Iterable[RowAction]) -> Iterator[str]:
        for deed in row_actions:
            yield from (deed.text, deed.told)
            yield from self._edit(deed.edit)

    def _edit(self, edit: Edit | None) -> Iterator[str]:
        """Yield what an editor shows, what it asks next, and what it says of what it refuses."""
        if edit is None:
            return
        yield from (edit.title, edit.text)
        for choice in edit.choices:
            yield f"{choice.text}\n{choice.meaning}"
        kind = edit.place.rpartition("/")[2] + edit.title.partition(" · ")[0]
        if kind not in self._asked:
            self._asked.add(kind)
            for value in [choice.value for choice in edit.choices] or TYPED:
                yield from self._taken(edit, value)

    def _taken(self, edit: Edit, value: Json) -> Iterator[str]:
        try:
            if edit.follow:
                yield from self._edit(edit.follow(value))
            if edit.hint and isinstance(value, str):
                yield edit.hint(value)
            apply(self.live.whole, Step(tuple(edit.build(self.live.whole, value))))
        except Refused as refused:
            yield str(refused)
