"""Editing in place: one editor, over whichever sheet was asked."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.plan.step import Refused, Step
from workshop_tui.live.events import ConflictFound, PlanChanged
from workshop_tui.tui.keyboard import Mode, give_keys
from workshop_tui.tui.screens.dialogs import Choose
from workshop_tui.tui.widgets.editor import Editor
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.workspace import Committed, PlanShown, Workspace
from workshop_tui.views.base import entity_at
from workshop_tui.views.cell import TICK, Cell, Choice, Edit, by_key
from workshop_tui.views.choices import gone_from, next_value, set_to, weekend_in
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import RowId
from workshop_tui.views.text_layout import fit

MEANWHILE = "Somebody else has changed this too: you will be asked which text stays."
REMOVED = "Somebody else has removed this: what you type is kept, and you are told where."
NOTHING_TO_SET = "Somebody else has removed this: nothing can be set in it any more."
WAITS_FOR_IT = "That has been removed meanwhile. «{}» is kept, and stands there again (✎) once it is back."
NOTHING_SET = "Nothing has changed: a question was left open."
KEPT = f"What was answered so far is kept: {key('undo')} undoes it."
STAYS = "What you type stays as a draft (✎), and is there again once this can be changed."
ONLY_HERE = "What you type or choose here is not kept once you leave the field."


LAST_FIELD = "This is the last field."
TOLD = 40
"""Signs of a text that are told."""
MARKED, THIS = "marked", "this"


class Editing:
    """Opens the editor over a cell, has its change made, and goes on with the next cell."""

    def __init__(
        self, workspace: Workspace, keep: Callable[[str, str], None], draft: Callable[[str], str]
    ) -> None:
        """Take what keeps the draft of a place, and what returns it."""
        self._workspace, self._live = workspace, workspace.live
        self._keep, self._draft = keep, draft
        self._asked: Sheet | None = None
        self._is_for_this = False
        """Whether what was last asked about is set for the row under the cursor, and not for the marked."""
        self._is_behind = False
        """Whether something has changed, while something is edited, that is not shown yet."""
        self._unset = ""
        """Why what was typed for several rows was not set in them, as nothing keeps it as a draft."""
        self._row: Entity | None = None
        """The row that is edited, as it was seen when that began; None where it comes in only now."""
        self._has_set = ""
        """The undo group in which something was set last."""
        self._told_closed = ""
        """Why what is being typed can't be saved now, as it was told."""
        workspace.inputs.append(self)
        workspace.listen(ConflictFound, self._warn)
        workspace.listen(PlanChanged, self._changes_meanwhile)
        workspace.listen(PlanShown, lambda _: self._is_shown())

    def widget(self) -> Editor:
        """Return the editor, to be put on the screen."""
        return Editor(self.commit, self._keep, self._left, self._holds, lambda: bool(self._live.closed))

    def _holds(self) -> bool:
        """Whether half a sentence typed here would be read by the customer on another screen.

        Where a question is asked in large type, the answer is theirs to see as it is typed.
        """
        view = self._workspace.stage.view
        return self._live.is_shared_elsewhere and not (view and view.staged)

    @property
    def _editor(self) -> Editor:
        return self._workspace.screen.query_one(Editor)

    # As something that is typed in

    @property
    def is_open(self) -> bool:
        """Whether something is being edited."""
        return self._editor.is_open

    def flush(self) -> None:
        """Hand over for saving what is being typed."""
        editor = self._editor
        editor.flush()
        self._keep_overwritten(editor)

    def leave(self) -> None:
        """Stop editing at once."""
        self._editor.leave()

    def follow(self) -> None:
        """Have the editor stand over its cell, wherever that has gone."""
        editor, sheet = self._editor, self._sheet
        if editor.edit and sheet:
            if editor.edit.makes:
                sheet.go_to(editor.edit.makes)
            editor.place(sheet.cell_region())

    @property
    def _sheet(self) -> Sheet | None:
        """The sheet that was asked; what stands in its place once the first row makes it a picture."""
        gone = self._asked is not None and self._asked.id == "main" and not self._asked.display
        return self._workspace.stage.main if gone else self._asked

    def _warn(self, event: ConflictFound) -> None:
        editor = self._editor
        edit = editor.edit
        if edit and {edit.place, *(one.place for one in edit.parts)} & set(self._live.typed(event.step)):
            editor.warn(self._meanwhile(edit))

    def _is_shown(self) -> None:
        self._is_behind = False

    def _changes_meanwhile(self, event: PlanChanged) -> None:
        """Say so where another has put something else over what is typed; or has sealed the session."""
        editor = self._editor
        if editor.is_open and event.rows:
            self._is_behind = True
            lost = event.others and (self._is_removed or self._live.overwritten(editor.undo_group))
            if lost and editor.edit:
                editor.warn(self._meanwhile(editor.edit))
        self._closes_meanwhile()

    def _meanwhile(self, edit: Edit) -> str:
        """Return what becomes of what is typed; before the customer nothing tells what somebody else did."""
        if self._is_removed and self._live.audience != CUSTOMER:
            return NOTHING_TO_SET if edit.chooses else REMOVED
        return MEANWHILE

    @property
    def _is_removed(self) -> bool:
        """Whether the row that is edited has gone since that began."""
        return self._row is not None and self._live.view.get(type(self._row), *self._row.key) is None

    def _keep_overwritten(self, editor: Editor) -> None:
        """Keep as a draft what was saved and another has put something else over, lest the app ends first."""
        if step := self._live.overwritten(editor.undo_group):
            for place, text in self._live.typed(step).items():
                self._keep(place, text)

    def _closes_meanwhile(self) -> None:
        """Keep as a draft what is being typed while somebody else seals the session, and say so at once."""
        workspace, before = self._workspace, self._told_closed
        self._told_closed = self._live.closed if workspace.is_typing else ""
        if self._told_closed and not before:
            workspace.flush()
            edit = self._editor.edit
            workspace.tell(f"{self._told_closed} {STAYS if edit is None or edit.place else ONLY_HERE}")

    # Changing

    def commit(self, edit: Edit, value: Json, undo_group: str) -> str:
        """Have an edit's change made; return what is wrong with it, and keep as a draft what was typed."""
        try:
            step = self._live.commit(lambda plan: edit.build(plan, value), undo_group=undo_group)
        except Refused as refused:
            # of a choice the editor keeps what is typed; a key that is refused leaves nothing to go on with
            if undo_group and not edit.chooses:
                self._keep(edit.place, str(value or ""))
            self._unset = "" if edit.place else f"Nothing is set: {refused}"
            return str(refused)
        self._unset = ""
        self._keep(edit.place, "")
        if step:
            self._has_set = undo_group
            self._workspace.emit(Committed(step))
            told = (
                gone_from(self._live.view, step.changes)
                or weekend_in(edit, step.changes, self._live.today)
                or (self._told_of(edit, value, step) if undo_group else "")
            )
            if told:
                self._workspace.stage.tell(told)
        return ""

    def _told_of(self, edit: Edit, value: Json, step: Step) -> str:
        """Return what was chosen, or what day or number was typed, as the next field may open at once.

        A text is seen where it is typed, and a row that comes in where it stands.
        """
        if edit.makes or not (edit.chooses or edit.whole or edit.must):
            return ""
        said = "" if edit.must else set_to(edit, value)
        return said or f"{self._live.words((step,))}, {key('undo')} undoes"

    def edit(self, sheet: Sheet, edit: Edit, text: str, key: str = "") -> None:
        """Change a cell: by a key at once, else in the editor.

        Nothing is edited that was asked for before the capture line came: the keys are its own now.
        """
        if self._workspace.mode is Mode.CAPTURE or self._workspace.is_closed():
            return
        if edit.alone and self._is_where_marking_led:
            edit, self._is_for_this = replace(edit, alone=None), False
        if edit.alone:
            self._workspace.run_worker(self._whose, sheet, edit, text, key, group="whose", exclusive=True)
            return
        self._asked = sheet
        if edit.toggles and not key:
            self._turn(sheet, edit, text != TICK)
        elif key:
            self._at_once(sheet, edit, key)
        else:
            self._open(sheet, edit, self._draft(edit.place))

    @property
    def _is_where_marking_led(self) -> bool:
        """Whether nobody has chosen the row under the cursor: marking goes on to the next by itself."""
        stage = self._workspace.stage
        return stage.main.current is not None and stage.main.current.id == stage.listing.led_to

    async def _whose(self, sheet: Sheet, edit: Edit, text: str, key: str) -> None:
        """Ask whether the marked rows are meant or the one under the cursor, and change those."""
        workspace, number = self._workspace, max(len(edit.parts), 1)
        entity = entity_at(self._live.view, workspace.stage.at_cursor)
        name = self._live.view.name_of(type(entity), *entity.key).partition("\n")[0] if entity else ""
        choices = (Choice(MARKED, f"The {number} marked", "m"), Choice(THIS, f"This one: {name}", "t"))
        title = f"{edit.title.partition(' · ')[0]}: the {number} marked, or this one?"
        answer = await workspace.ask(Choose(title, choices))
        if answer:
            self._is_for_this = answer == THIS
            self.edit(sheet, self._meant(edit), text if self._is_for_this else edit.text, key)

    def _meant(self, edit: Edit) -> Edit:
        """Return the edit of those rows for which the last one was."""
        return edit.alone if edit.alone and self._is_for_this else replace(edit, alone=None)

    def _open(self, sheet: Sheet, edit: Edit, draft: str = "") -> None:
        """Have a value typed or chosen, on the plan as it is seen now."""
        editor = self._editor
        of = entity_at(self._live.view, str(RowId.typed_in(edit.place))) if edit.place else None
        self._row = None if edit.makes else of or entity_at(self._live.view, self._workspace.stage.at_cursor)
        editor.open(edit, sheet.cell_region(), draft)
        self._live.see(editor.undo_group)

    def _at_once(self, sheet: Sheet, edit: Edit, key: str) -> None:
        """Set what a key stands for; ask first what has to be known for it."""
        value = _meant_by(edit, key)
        if first := edit.follow and edit.follow(value):
            self._open(sheet, first)
        else:
            self._set(sheet, edit, value, is_told=True)

    def _turn(self, sheet: Sheet, edit: Edit, value: Json) -> None:
        """Put a tick in or take it out; ask first what has to be known for it."""
        if first := edit.follow and edit.follow(value):
            self._open(sheet, first)
        else:
            self._set(sheet, edit, value, is_told=sheet.has_edit(edit))

    def _set(self, sheet: Sheet, edit: Edit, value: Json, *, is_told: bool) -> None:
        """Set a value at once, and go on with the row that comes next."""
        before = self._live.reached
        self._workspace.tell(wrong := self.commit(edit, value, ""))
        if is_told and self._live.reached > before:
            self._workspace.stage.tell(set_to(edit, value))
        if not wrong:
            sheet.kept()
        if edit.then and value and not wrong:  # not where a tick is taken back
            sheet.go_to(edit.then)

    # Going on

    def _left(self, edit: Edit, to: str) -> None:
        """Go on with the next cell at once, so that what is typed ahead goes there; else back to the sheet.

        A tick is only gone to: Tab does not turn it over.
        """
        workspace = self._workspace
        self._live.ask_about_overwritten(self._editor.undo_group)
        sheet = self._sheet
        self._tell_unset(edit)
        if not sheet or workspace.is_typing:  # elsewhere, by now
            self._editor.later = None
            return
        self._tell_unanswered(edit, to)
        self._is_for_this = self._is_for_this or bool(edit.makes)  # what goes on with a new row is for it
        row = edit.makes or (sheet.current.id if sheet.current else "")
        if to in {"", "kept"} and self._asks_later(sheet, row, None):
            return
        if to and to != "kept":
            workspace.show()  # with the row that has come in, and the line for the next one
            cell = _following(sheet, edit, to)
            if self._asks_later(sheet, row, cell):
                return
            if cell and cell.edit:
                self._go_to(sheet, self._meant(cell.edit), stands=to in {"next", "previous"})
                return
            sheet.kept()  # by Tab one stays here, as no field follows
            if not workspace.stage.is_telling:
                workspace.stage.tell(LAST_FIELD, sheet)
        if self._is_behind:
            workspace.show()  # the next edit is of what there is now
        if to == "kept":
            sheet.kept()
        give_keys(sheet)

    def _tell_unset(self, edit: Edit) -> None:
        """Say what was typed and not set: where it waits, or that nothing keeps it."""
        if self._is_removed and self._live.audience != CUSTOMER and (typed := self._draft(edit.place)):
            self._workspace.tell(WAITS_FOR_IT.format(fit(one_line(typed), TOLD).rstrip()))
        if self._unset:
            self._workspace.stage.tell(self._unset)
            self._unset = ""

    def _tell_unanswered(self, edit: Edit, to: str) -> None:
        """Say what a question that was left open means for what was answered before it."""
        if edit.must and not to:
            has_set = self._has_set == self._editor.undo_group
            self._workspace.stage.tell(KEPT if has_set else NOTHING_SET)

    def _asks_later(self, sheet: Sheet, row: str, cell: Cell | None) -> bool:
        """Ask what waits until a row is left, or until its own field is gone to; whether anything does."""
        later = self._editor.later
        is_there = cell is not None and sheet.current is not None and sheet.current.id == row
        if later is None or (is_there and cell and cell.edit and cell.edit.sets != later.sets):
            return False
        self._editor.later = None
        sheet.go_to(row)
        self._open(sheet, later)
        return True

    def go_on(self, sheet: Sheet, way: int) -> None:
        """Go on to the field behind the one that was set, in the same row, or to the one before."""
        cell = sheet.to_field(way)
        if cell and cell.edit:
            self._go_to(sheet, self._meant(cell.edit), stands=True)
        else:
            self._workspace.stage.tell(LAST_FIELD, sheet)

    def _go_to(self, sheet: Sheet, edit: Edit, *, stands: bool) -> None:
        """Edit the field that was gone to; but only stand where digits set it: its list would take them."""
        if stands and sheet.takes_digits and not sheet.is_unseen and not self._draft(edit.place):
            sheet.kept()
            give_keys(sheet)
        else:
            self.edit(sheet, edit, "")


def _following(sheet: Sheet, edit: Edit, to: str) -> Cell | None:
    if to == "again":
        return sheet.to_placeholder()
    if edit.makes:
        sheet.go_to(edit.makes, edit.sets[1] if edit.sets else "")
    return sheet.to_field(-1 if to == "previous" else 1, in_row=to == "fill")  # a paste fills one row


def _meant_by(edit: Edit, key: str) -> Json:
    """Return the value that a key stands for: + and - go on from what there is, -2 is a figure."""
    if key in {"+", "-"}:
        return next_value(edit, up=key == "+")
    return int(key) if key.startswith("-") else by_key(edit)[key].value
