"""The workshop: agenda, the stage of the open block, gaps; every change goes through the live plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Click, Resize
from textual.screen import Screen
from textual.widgets import Footer, Static

from workshop_tui.domain.entity import Json
from workshop_tui.domain.session import Block
from workshop_tui.domain.step import Refused, removal
from workshop_tui.domain.words import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.tui.grid import TICK, Edit
from workshop_tui.tui.live_plan import ConflictFound, LivePlan, PlanChanged
from workshop_tui.tui.panels import KIND_OF_GAP, agenda, bar_text, gap_list
from workshop_tui.tui.screens.dialogs import Choose, confirm
from workshop_tui.tui.stages import STAGES
from workshop_tui.tui.stages.base import View, entity_at
from workshop_tui.tui.widgets.bar import Bar, Tabs
from workshop_tui.tui.widgets.editor import Editor
from workshop_tui.tui.widgets.literal import literal
from workshop_tui.tui.widgets.sheet import Row, Sheet, Table

if TYPE_CHECKING:
    from workshop_tui.tui.app import WorkshopApp

WIDE = 110
"""Cells from which agenda and gaps stand beside the stage by themselves."""
BESIDE = 100
"""Cells of the stage from which the card stands beside the table rather than beneath."""


class WorkshopScreen(Screen[None]):
    """One session of one account. Shows projections; posts nothing, asks the live plan for changes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "undo", "Undo", id="undo", priority=True),
        Binding("ctrl+y,ctrl+shift+z", "redo", "Redo", id="redo", show=False, priority=True),
        Binding("n", "block(1)", "Next", id="block.next"),
        Binding("b", "block(-1)", "Block before", id="block.before", show=False),
        Binding(
            "right_square_bracket,full_stop",
            "subject(1)",
            "Next person or question",
            id="subject.next",
            show=False,
        ),
        Binding(
            "left_square_bracket,comma",
            "subject(-1)",
            "Person or question before",
            id="subject.before",
            show=False,
        ),
        Binding("o", "panel('rail')", "Agenda on or off", id="panel.agenda", show=False),
        Binding("g", "panel('gaps')", "Gaps on or off", id="panel.gaps", show=False),
        Binding("c", "panel('card')", "Card on or off", id="panel.card", show=False),
        Binding("e", "export", "Export", id="export", show=False),
        Binding("q", "library", "Library", id="library", show=False),
        *(Binding(str(n), f"view({n - 1})", f"View {n}", id=f"view.{n}", show=False) for n in range(1, 7)),
    ]

    app: WorkshopApp

    def __init__(self, live: LivePlan) -> None:
        """Take the open plan."""
        super().__init__()
        self.live = live
        live.post = self.post_message
        self._views: dict[BlockKind, tuple[View, ...]] = {
            kind: tuple(v() for v in STAGES[kind]) for kind in BlockKind
        }
        self._open: dict[BlockKind, int] = dict.fromkeys(BlockKind, 0)
        self._block = ""
        self._asked: Sheet | None = None
        self._drafts: dict[str, str] = {}
        self._hidden: set[str] = set()
        self._wanted: set[str] = set()

    def compose(self) -> ComposeResult:
        """Make the bar, the three panes and the editor that floats over them."""
        yield Bar(id="bar")
        with Horizontal(id="body"):
            yield Sheet(id="rail", classes="pane")
            with Vertical(id="stage", classes="pane"):
                yield Tabs(id="tabs")
                yield Static(id="head", markup=False)
                with Vertical(id="views"):
                    yield Sheet(id="main")
                    yield Sheet(id="card")
            yield Sheet(id="gaps", classes="pane")
        yield Footer(show_command_palette=True)
        yield Editor(self._commit)

    async def on_mount(self) -> None:
        """Show the first block and what was typed but not saved."""
        self.set_interval(1, self.live.retry)
        self._drafts = await self.live.drafts()
        self.query_one("#main").focus()
        self.show()

    # Showing

    @property
    def block(self) -> Block | None:
        """The open block; for an audience that may not see it, the first that it may."""
        return self.live.view.get(Block, self._block) or next(iter(self.blocks()), None)

    @property
    def view(self) -> View | None:
        """The open view of the open block."""
        views = self._views[self.block.kind] if self.block else ()
        return views[self._open[self.block.kind] % len(views)] if self.block and views else None

    def blocks(self) -> tuple[Block, ...]:
        """The blocks of this session that the audience may see."""
        return self.live.view.where(Block, session=self.live.session_id)

    def show(self) -> None:
        """Show the live plan as it is."""
        self._show_bar()
        open_block = self.block.id if self.block else ""
        rail = self.query_one("#rail", Sheet)
        rail.show(agenda(self.live, open_block))
        if not rail.has_focus:
            rail.go_to(f"Block/{open_block}")
        rail.border_title = "Agenda"
        gaps = self.query_one("#gaps", Sheet)
        gaps.show(gap_list(self.live))
        gaps.border_title = f"Gaps {len(self.live.figures.gaps)}"
        self._show_stage()
        self._show_panes()

    def _show_bar(self) -> None:
        self.query_one(Bar).text = bar_text(self.live)

    def _show_stage(self) -> None:
        view, block = self.view, self.block
        stage = self.query_one("#stage")
        stage.border_title = literal(block.title if block else "Welcome")
        tabs, head = self.query_one(Tabs), self.query_one("#head", Static)
        views = self._views[block.kind] if block else ()
        tabs.names = tuple(v.title for v in views)
        tabs.open = views.index(view) if view else 0
        tabs.display = len(views) > 1
        text = self._head(view)
        head.display = bool(text)
        head.update(literal(text, "bold"))
        self.query_one("#main", Sheet).show(view.table(self.live) if view else _nothing(block))
        self._show_card()

    def _head(self, view: View | None) -> str:
        text = view.head(self.live) if view else ""
        count = view.subjects(self.live) if view else 0
        return f"[ {view.subject % count + 1} of {count} ]  {text}" if view and count else text

    def _show_card(self) -> None:
        main, card = self.query_one("#main", Sheet), self.query_one("#card", Sheet)
        table = self.view.card(self.live, main.current.id) if self.view and main.current else None
        card.display = table is not None and "card" not in self._hidden
        if table:
            card.show(table)
            row = entity_at(self.live.view, main.current.id) if main.current else None
            card.border_title = literal(self.live.view.name_of(type(row), *row.key) if row else "")

    def _show_panes(self) -> None:
        wide = self.size.width >= WIDE
        for name in ("rail", "gaps"):
            shown = name not in self._hidden if wide else name in self._wanted
            if name == "gaps" and self.live.audience == CUSTOMER:
                shown = False
            self.query_one(f"#{name}").display = shown
        self.query_one("#views").set_class(self.query_one("#stage").size.width >= BESIDE, "beside")

    @on(PlanChanged)
    def _changed(self, event: PlanChanged) -> None:
        if not event.rows:
            self._show_bar()
            return
        self.show()
        editor = self.query_one(Editor)
        if editor.edit and self._asked:
            if editor.edit.makes:
                self._asked.go_to(editor.edit.makes)
            editor.place(self._asked.cell_region())

    def on_resize(self, _event: Resize) -> None:
        """Fit the panes to the screen."""
        self.call_after_refresh(self._show_panes)

    # Changing

    def _commit(self, edit: Edit, value: Json, burst: str) -> str:
        """Have an edit's change made; return what is wrong with it, and keep it as a draft then."""
        try:
            self.live.commit(lambda plan: edit.build(plan, value), burst=burst)
        except Refused as refused:
            self._keep_draft(edit.place, str(value or ""))
            return str(refused)
        self._keep_draft(edit.place, "")
        return ""

    def _keep_draft(self, place: str, text: str) -> None:
        if self._drafts.get(place, "") != text:
            self._drafts[place] = text
            self.live.keep_draft(place, text)

    @on(Sheet.Asked)
    def _asked_for(self, event: Sheet.Asked) -> None:
        event.stop()
        if event.sheet.id == "rail":
            self._go_to_block(event.row.id.partition("/")[2])
        elif event.sheet.id == "gaps":
            self._go_to_gap(event.row.id)
        elif event.what == "remove":
            self._remove(event.row)
        elif event.row.id == "do/export":
            self.action_export()
        elif event.cell.edit:
            self._edit(event.sheet, event.cell.edit, event.cell.text, event.key)

    def _edit(self, sheet: Sheet, edit: Edit, text: str, key: str = "") -> None:
        self._asked = sheet
        choice = next((c for c in edit.choices if key and c.key == key), None)
        if edit.toggles:
            self._tell(self._commit(edit, text != TICK, ""))
        elif choice:
            self._tell(self._commit(edit, choice.value, ""))
        else:
            self.query_one(Editor).open(edit, sheet.cell_region(), self._drafts.get(edit.place, ""))

    def _tell(self, wrong: str) -> None:
        if wrong:
            self.notify(wrong, severity="error", markup=False)

    @on(Editor.Left)
    def _left(self, event: Editor.Left) -> None:
        event.stop()
        sheet = self._asked or self.query_one("#main", Sheet)
        sheet.focus()
        if event.to == "again":
            sheet.action_add()
        elif event.to in {"next", "previous"}:
            self._next_field(sheet, event.edit, 1 if event.to == "next" else -1)

    def _next_field(self, sheet: Sheet, edit: Edit, way: int) -> None:
        if edit.makes:
            sheet.go_to(edit.makes)
        if sheet.table.form:
            sheet.action_move(way, 0)
        else:
            sheet.action_move(0, way)
        sheet.action_edit()

    @work
    async def _remove(self, row: Row) -> None:
        entity = entity_at(self.live.view, row.id)
        if entity is None:
            return
        with_it = len(removal(self.live.view, entity)) - 1
        name = self.live.view.name_of(type(entity), *entity.key)
        if with_it:
            question = f"«{name}» goes out, and {with_it} more that belong to it. Undo brings them back."
            if await self.app.push_screen_wait(confirm("Remove?", question, "Yes, remove")) != "yes":
                return
        kind, key = type(entity), entity.key
        try:
            self.live.commit(lambda plan: removal(plan, there) if (there := plan.get(kind, *key)) else ())
        except Refused as refused:
            self._tell(str(refused))

    # Undo and redo

    def action_undo(self) -> None:
        """Take back the last thing done."""
        self._take_back(redo=False)

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._take_back(redo=True)

    @work(exclusive=True)
    async def _take_back(self, *, redo: bool) -> None:
        self.query_one(Editor).action_leave()
        steps = await self.live.next_undo(redo=redo)
        word = "Redo" if redo else "Undo"
        if not steps:
            self.notify(f"Nothing to {word.lower()}.", markup=False)
            return
        if not redo and self.live.is_older(steps):
            question = "This was done before today's sitting."
            if await self.app.push_screen_wait(confirm("Undo?", question, "Yes, undo it")) != "yes":
                return
        try:
            self.notify(f"{word}: {self.live.take_back(steps, redo=redo)}", markup=False)
        except Refused as refused:
            self._tell(f"{word} is not possible: {refused}")

    @on(ConflictFound)
    @work
    async def _collided(self, event: ConflictFound) -> None:
        """Show both values; nothing is overwritten silently."""
        await self.live.reload()
        mine, theirs = event.conflict.mine, event.conflict.theirs
        told = f"{event.conflict}\n\nYours:  {mine}\nThere:  {theirs}"
        choices = (("t", "Keep what is there", ""), ("m", "Put yours in its place", "mine"))
        if await self.app.push_screen_wait(Choose("Changed by somebody else", choices, told)) == "mine":
            try:
                self.live.insist(event.step)
            except Refused as refused:
                self._tell(str(refused))

    # Moving about

    def action_block(self, by: int) -> None:
        """Open the next block of the agenda, or the one before."""
        blocks = [block.id for block in self.blocks()]
        if blocks:
            at = blocks.index(self.block.id) if self.block else 0
            self._go_to_block(blocks[max(0, min(len(blocks) - 1, at + by))])

    def _go_to_block(self, block: str) -> None:
        self._block = block
        self.show()
        self.query_one("#main").focus()

    def action_view(self, number: int) -> None:
        """Open another view of the block."""
        if self.block and number < len(self._views[self.block.kind]):
            self._open[self.block.kind] = number
            self.show()
            self.query_one("#main").focus()

    @on(Click, "#tabs")
    def _tab_clicked(self, event: Click) -> None:
        number = self.query_one(Tabs).at(event.x)
        if number is not None:
            self.action_view(number)

    def action_subject(self, by: int) -> None:
        """Step to the next person or question."""
        if self.view and self.view.subjects(self.live):
            self.view.subject += by
            self.show()

    def _go_to_gap(self, name: str) -> None:
        kind = KIND_OF_GAP.get(name.partition("/")[0])
        block = next((b for b in self.blocks() if b.kind is kind), None)
        if block:
            self._open[block.kind] = 0
            self._go_to_block(block.id)
            self.query_one("#main", Sheet).go_to(name.partition("#")[0])

    @on(Sheet.Moved, "#main")
    def _moved(self) -> None:
        self._show_card()

    def action_panel(self, name: str) -> None:
        """Put a panel away or bring it back."""
        pane = self.query_one(f"#{name}")
        (self._hidden.add if pane.display else self._hidden.discard)(name)
        (self._wanted.discard if pane.display else self._wanted.add)(name)
        self.show()
        if pane.display:
            pane.focus()
        elif pane.has_focus or self.focused is None:
            self.query_one("#main").focus()

    # Audience

    @work(exclusive=True, group="audience")
    async def switch_audience(self) -> None:
        """Make the screen safe for the customer at once; from there, ask for whom to open it."""
        self.query_one(Editor).action_leave()
        if self.live.audience != CUSTOMER:
            self.look_as(CUSTOMER)
            return
        partners = ((str(n), f"{p.short} only", p.id) for n, p in enumerate(self.live.view.partners, 1))
        choices = (("a", "Alliance: both firms", ALLIANCE), *partners, ("c", "Customer", CUSTOMER))
        chosen = await self.app.push_screen_wait(Choose("Who may look at this screen?", choices))
        if chosen:
            self.look_as(chosen)

    def look_as(self, audience: str) -> None:
        """Show the plan to another audience."""
        self.app.clear_notifications()
        self.live.look_as(audience)
        self.query_one("#main").focus()

    def flush(self) -> None:
        """Hand over for saving what is being typed."""
        self.query_one(Editor).flush()

    def action_export(self) -> None:
        """Write the joint action plan; under the customer audience that stays closed."""
        if self.live.audience == CUSTOMER:
            self.notify("Export is closed while the customer looks: press F4 first.", markup=False)
            return
        from workshop_tui.tui.screens.exporting import export_dialog

        self.app.push_screen(export_dialog(self.live, self.notify))

    @work
    async def action_library(self) -> None:
        """Go back to the library, once all is saved."""
        if self.live.audience == CUSTOMER:
            self.notify("The library is closed while the customer looks: press F4 first.", markup=False)
            return
        self.query_one(Editor).action_leave()
        await self.live.settle()
        await self.app.close_workshop()


def _nothing(block: Block | None) -> Table:
    if block is None:
        return Table(empty="This part of the agenda is not shown now.")
    if block.kind is BlockKind.BREAK:
        return Table(empty=f"Break: {block.minutes} minutes.")
    return Table(empty="Nothing here.")
