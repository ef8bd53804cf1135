"""A screen on which the live plan is changed: editing in place, removing, undo."""

from __future__ import annotations

from functools import partial

from textual import on, work

from workshop_tui.domain.entity import Json
from workshop_tui.domain.step import Conflict, Refused, removal
from workshop_tui.tui.choices import set_to, stepped
from workshop_tui.tui.grid import TICK, Cell, Edit, by_key
from workshop_tui.tui.live_plan import LivePlan
from workshop_tui.tui.screens.conflicts import PASSED_OVER, ConflictsScreen
from workshop_tui.tui.screens.dialogs import confirm
from workshop_tui.tui.screens.stage import Stage
from workshop_tui.tui.stages.base import entity_at
from workshop_tui.tui.told import ConflictFound
from workshop_tui.tui.widgets.editor import Editor
from workshop_tui.tui.widgets.sheet import Sheet

MEANWHILE = "Changed by somebody else meanwhile: which text stays is asked when you leave."


class EditingScreen(ConflictsScreen):
    """Asks the live plan for changes; has one editor, over whichever sheet was asked."""

    def __init__(self, live: LivePlan) -> None:
        """Take the open plan."""
        super().__init__(live)
        self._asked: Sheet | None = None
        self._drafts: dict[str, str] = {}

    async def on_mount(self) -> None:
        """Have failed writes tried again, and bring back what was typed but not valid."""
        self.set_interval(1, self.each_second)
        for sheet in self.query(Sheet):
            sheet.opens = self._edit
        await self._fetch_drafts()
        self._arrive()

    @work
    async def _arrive(self) -> None:
        """Sit down; who is called otherwise here, since another has their name, has drafts of their own."""
        before = self.live.actor
        await self.live.sit()
        if self.live.actor != before:
            await self._fetch_drafts()

    async def _fetch_drafts(self) -> None:
        self._drafts = await self.live.drafts()
        self.mark_drafts()

    def each_second(self) -> None:
        """Do what is due once a second: all of it at once, since waking up costs the most."""
        self.live.retry()

    @property
    def is_typing(self) -> bool:
        """Whether somebody types, so that showing what has changed can wait."""
        return self.query_one(Editor).is_open

    def show(self) -> None:
        """Show the live plan as it is."""
        raise NotImplementedError

    def flush(self) -> None:
        """Hand over for saving what is being typed."""
        self.query_one(Editor).flush()

    def _commit(self, edit: Edit, value: Json, burst: str) -> str:
        """Have an edit's change made; return what is wrong with it, and keep as a draft what was typed."""
        try:
            self.live.commit(lambda plan: edit.build(plan, value), burst=burst)
        except Refused as refused:
            if burst:  # a key that is refused leaves nothing to go on with
                self.keep_draft(edit.place, str(value or ""))
            return str(refused)
        self.keep_draft(edit.place, "")
        return ""

    @on(ConflictFound)
    def _warn(self, event: ConflictFound) -> None:
        editor = self.query_one(Editor)
        if editor.edit and editor.edit.place in self.live.typed(event.step):
            editor.warn(MEANWHILE)

    @on(Editor.Typing)
    def _typing(self) -> None:
        self.live.note(typing=True)

    def keep_draft(self, place: str, text: str, audience: str = "") -> None:
        """Keep what is not a value yet, for whom it was typed; cells that have such a draft are marked."""
        self.live.note(typing=False)
        if self.live.closed:
            return
        key = f"{audience or self.live.audience}:{place}"
        if self._drafts.get(key, "") != text:
            self._drafts[key] = text
            self.live.keep_draft(key, text)
            self.mark_drafts()

    def drafts(self) -> dict[str, str]:
        """Return what was typed for this audience and is not a value yet, by its place."""
        if self.live.closed:
            return {}
        prefix = f"{self.live.audience}:"
        return {k.removeprefix(prefix): t for k, t in self._drafts.items() if t and k.startswith(prefix)}

    def mark_drafts(self) -> None:
        """Mark the cells that have a draft."""
        drafts = frozenset(self.drafts())
        for sheet in self.query(Sheet):
            sheet.drafts = drafts

    def _edit(self, sheet: Sheet, edit: Edit, text: str, key: str = "") -> None:
        if self.is_closed():
            return
        self._asked = sheet
        if edit.toggles and not key:
            self._set(sheet, edit, text != TICK, is_told=sheet.current_cell.edit is edit)
        elif key:
            self._at_once(sheet, edit, key)
        else:
            self._open_editor(sheet, edit, self.drafts().get(edit.place, ""))

    def _open_editor(self, sheet: Sheet, edit: Edit, draft: str = "") -> None:
        """Have a value typed or chosen, on the plan as it is seen now."""
        editor = self.query_one(Editor)
        editor.open(edit, sheet.cell_region(), draft)
        self.live.see(editor.burst)

    def _at_once(self, sheet: Sheet, edit: Edit, key: str) -> None:
        """Set what a key stands for; ask first what has to be known for it."""
        value = stepped(edit, up=key == "+") if key in {"+", "-"} else by_key(edit)[key].value
        if first := edit.follow and edit.follow(value):
            self._open_editor(sheet, first)
        else:
            self._set(sheet, edit, value, is_told=True)

    def _set(self, sheet: Sheet, edit: Edit, value: Json, *, is_told: bool) -> None:
        """Set a value at once, and go on with the row that comes next."""
        before = self.live.reached
        self._tell(wrong := self._commit(edit, value, ""))
        if is_told and self.live.reached > before:
            self.query_one(Stage).tell(set_to(edit, value))
        if edit.then and not wrong:
            sheet.go_to(edit.then)

    def is_closed(self) -> bool:
        """Whether nothing can be changed, as in a sealed session; then it says why."""
        self._tell(self.live.closed)
        return bool(self.live.closed)

    def _left(self, edit: Edit, to: str) -> None:
        """Go on with the next cell at once, so that what is typed ahead goes there; else back to the sheet.

        A tick is only gone to: Tab does not turn it over.
        """
        sheet = self._asked or self.query_one("#main", Sheet)
        if to:
            self.show()  # with the row that has come in, and the line for the next one
            cell = self._following(sheet, edit, to)
            if cell and cell.edit and not cell.edit.toggles:
                self._edit(sheet, cell.edit, "")
                return
        self.set_focus(sheet)  # at once: the next key is for it

    def _following(self, sheet: Sheet, edit: Edit, to: str) -> Cell | None:
        if to == "again":
            return sheet.to_ghost()
        if edit.makes:
            sheet.go_to(edit.makes, edit.place.rpartition("/")[2])
        way = 1 if to == "next" else -1
        sheet.action_move(*((way, 0) if sheet.table.form else (0, way)))
        return sheet.current_cell

    @work
    async def _remove(self, *names: str) -> None:
        """Remove rows in one Step; ask first where more goes out than the one that is under the cursor."""
        rows = [entity for name in names if (entity := entity_at(self.live.view, name))]
        if not rows or self.is_closed():
            return
        name = self.live.view.name_of(type(rows[0]), *rows[0].key)
        name = f"«{name if rows[0].CALLED else f'{rows[0].LABEL} of {name}'}»"
        goes, is_, it = "goes", "is", "it"
        if len(rows) > 1:
            name, goes, is_, it = f"The {len(rows)} marked", "go", "are", "them"
        with_it = len(removal(self.live.view, *rows)) - len(rows)
        if with_it or len(rows) > 1:
            more = f", and {with_it} more that belong to {it}" if with_it else ""
            question = f"{name} {goes} out{more}. Undo brings them back."
            if await self.app.ask(confirm("Remove?", question, "Yes, remove")) != "yes":
                return
        keys = [(type(row), row.key) for row in rows]
        try:
            self.live.commit(
                lambda plan: removal(plan, *(there for kind, key in keys if (there := plan.get(kind, *key))))
            )
            self.notify(f"{name} {is_} removed: Ctrl+Z brings {it} back.", markup=False)
        except Refused as refused:
            self._tell(str(refused))

    # Undo and redo

    def action_undo(self) -> None:
        """Take back the last thing done."""
        self._in_turn(redo=False)

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._in_turn(redo=True)

    def _in_turn(self, *, redo: bool) -> None:
        """Take back once the keys that came before are typed: keys with priority overtake them."""
        (self.focused or self).call_later(partial(self._take_back, redo=redo))

    @work(exclusive=True)
    async def _take_back(self, *, redo: bool) -> None:
        self.query_one(Editor).leave()
        if self.is_closed():
            return
        steps = await self.live.next_undo(redo=redo)
        word = "Redo" if redo else "Undo"
        if not steps or not self.live.may_take_back(steps):
            self.notify(f"Nothing to {word.lower()}.", markup=False)
            return
        if not redo and self.live.is_older(steps):
            question = f"{self.live.words(steps)}: this was done before today's sitting."
            if await self.app.ask(confirm("Undo?", question, "Yes, undo it")) != "yes":
                return
        try:
            self.notify(f"{word}: {self.live.take_back(steps, redo=redo)}", markup=False)
        except Conflict:
            self._tell(PASSED_OVER.format(word))
        except Refused as refused:
            self._tell(f"{word} is not possible: {refused}")
