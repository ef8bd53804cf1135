"""The one place where a value is typed or chosen: it opens over the cell it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from secrets import token_hex
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from textual import on
from textual.containers import Vertical
from textual.geometry import Region
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static

from workshop_tui.domain.base.entity import Json
from workshop_tui.domain.base.text import clean_text, one_line
from workshop_tui.domain.plan.step import Refused
from workshop_tui.tui.commands.command import Command, Commanded, Section, key_of
from workshop_tui.tui.keyboard import Mode, give_keys
from workshop_tui.tui.widgets.choice_list import ChoiceList
from workshop_tui.tui.widgets.literal import literal, set_text
from workshop_tui.tui.widgets.text_input import AUTOSAVE, TYPED_BEFORE, TypedLine
from workshop_tui.views.cell import Choice, Edit
from workshop_tui.views.choice_list import fits_several, matching, not_there
from workshop_tui.views.choices import bringing
from workshop_tui.views.text_layout import fit, wrapped

if TYPE_CHECKING:
    from textual.widgets import TextArea

    from workshop_tui.tui.widgets.typed_text import TypedText

SHORT_LIST = 9
"""Choices that are shown at once."""
ANSWER_FIRST = "This has to be answered: choose, or {} leaves all of it."
TOAST = 7
"""Rows at the foot of the screen that a toast of two lines may cover, with the line of the keys."""
_THERE = 40
"""Signs of what stands in a cell that are told where a draft would take its place."""
MOST_ADDED = 4
"""Lines kept free for what can be added under a name that nothing has."""

_typing = partial(Command["Editor"], section=Section.TYPING, priority=True, in_turn=True)
_within = partial(_typing, applies=lambda editor: editor.is_open)
"""What goes on to the cell that follows, where the keys before it have closed the editor."""
_COMMANDS = (
    _within(
        "editor.keep",
        "enter",
        "Keep",
        lambda editor: editor.done(),
        "keep, or choose what is highlighted",
        shown=True,
    ),
    _typing(
        "editor.leave",
        "escape,ctrl+l",
        "Done",
        lambda editor: editor.escape(),
        "leave; what was typed is saved already, but a new row goes again",
        shown=True,
    ),
    _within(
        "editor.next",
        "tab",
        "Next field",
        lambda editor: editor.go_on("next"),
        "on to the next field · to the one before",
    ),
    _within(
        "editor.previous",
        "shift+tab",
        "Previous field",
        lambda editor: editor.go_on("previous"),
    ),
    _within(
        "editor.up",
        "up",
        "Choose upward",
        lambda editor: editor.choose(-1),
        "move among what can be chosen, or in a long text",
    ),
    _within("editor.down", "down", "Choose downward", lambda editor: editor.choose(1)),
)


class Editor(Commanded, Vertical):
    """A line or a text, a list to choose from, a hint and an error. Hidden when nothing is edited.

    It floats over the cell that it changes, within the screen.
    """

    class Typing(Message):
        """Something is typed that is not committed yet, or no longer is: see `is_unsaved`."""

    @dataclass
    class Dropped(Message):
        """A new row went again before it was finished; undo brings it back."""

        name: str

    @dataclass
    class Stays(Message):
        """A field was left empty that was not, and by no key that takes it: its value is as it was."""

        title: str

    KEY_COMMANDS = _COMMANDS

    def __init__(
        self,
        commit: Callable[[Edit, Json, str], str],
        keep: Callable[[str, str], None],
        left: Callable[[Edit, str], object],
        holds: Callable[[], bool] = bool,
        is_closed: Callable[[], bool] = bool,
    ) -> None:
        """Start hidden.

        `commit` takes (edit, value, group) and returns "" or what is wrong; `keep` takes (place, text) of
        what is not finished, as a draft. `left` is called when editing is over, with where to go on: "next",
        "fill" for the next one to put a paste in, "previous", "again", "kept" for here as something was
        kept, or "" for here; it opens the next edit at once, so that what is typed ahead goes there. While it
        `holds`, what is typed is a draft until it is finished, as somebody else reads along. While it
        `is_closed`, nothing can be set.
        """
        super().__init__(id="editor")
        self._holds, self._is_closed = holds, is_closed
        self.edit: Edit | None = None
        self._at = Region()
        self._commit, self._keep, self._left = commit, keep, left
        self.undo_group = ""
        self._warning = ""
        self._draft = ""
        self._wrong = ""
        self._taken: str | None = ""
        self._timer: Timer | None = None
        self._settles: tuple[str, ...] = ()
        """Where the choices were made that are set with the answer to what is asked now."""
        self.later: Edit | None = None
        """What is asked once the row is left."""
        self.display = False

    async def compose_fields(self) -> None:
        """Make a line, a text, a list and a place for hints and errors; not before there is time for it."""
        from workshop_tui.tui.widgets.typed_text import TypedText

        line = TypedLine(id="line", select_on_focus=False)
        text = TypedText(id="text", soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        await self.mount(line, text, ChoiceList(), Static(id="told", markup=False))

    @property
    def is_open(self) -> bool:
        """Whether something is being edited."""
        return self.edit is not None

    @property
    def key_mode(self) -> Mode:
        """What the next key is for."""
        return Mode.CHOOSE if self._chooses else Mode.EDIT

    @property
    def is_unsaved(self) -> bool:
        """Whether something is typed that is to be saved in a moment."""
        return self._timer is not None

    @property
    def _list(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    @property
    def _text(self) -> TypedText:
        return cast("TypedText", self.query_one("#text"))

    @property
    def _chooses(self) -> bool:
        return bool(self.edit and self.edit.chooses)

    @property
    def unfound(self) -> str:
        """What is typed to choose by and fits nothing that is there; empty where something fits."""
        if not self.edit or not self._chooses or matching(self.edit.choices, self.typed):
            return ""
        return self.typed.strip() and self.typed

    @property
    def _unchosen(self) -> str:
        """What is typed to choose by and stays as a draft: what fits nothing, and what is not chosen *yet*.

        That is a draft that was only looked at, and anything while nothing can be chosen.
        """
        return self.typed if self._is_closed() or self.typed == self._draft else self.unfound

    @property
    def typed(self) -> str:
        """What stands in the editor now."""
        if self.edit and self.edit.multiline:
            return self._text.text
        return self.query_one(TypedLine).value

    @property
    def is_emptied(self) -> bool:
        """Whether nothing stands in the field of a value: that takes it out only once it is kept."""
        edit = self.edit
        return bool(edit and edit.text and not (edit.makes or edit.chooses or self.typed.strip()))

    def open(self, edit: Edit, at: Region, draft: str = "") -> None:
        """Edit a cell that stands at this place of the screen, from a draft when there is one."""
        if not self.is_open:
            self.undo_group, self._settles = token_hex(4), ()
        self.edit, self._warning, self._draft = edit, "", draft
        self.border_title = literal(one_line(edit.title))
        line, text, choices = self.query_one(TypedLine), self._text, self._list
        line.display = not edit.multiline
        text.display, choices.display = edit.multiline, edit.chooses
        with self.prevent(Input.Changed, text.Changed):
            line.value = draft or ("" if edit.chooses else edit.text)
            line.cursor_position = len(line.value)
            if edit.is_typed_over and not draft:
                line.select_all()
            text.begin(draft or edit.text, goes_on=not draft)
        self._taken = "" if edit.chooses else draft or edit.text
        line.placeholder = "type to find" if edit.chooses else ""
        choices.listed = None
        self._narrow(edit, line.value)
        self.display = True
        self.tell(_told_of(draft, edit))
        self.place(at)
        field = text if edit.multiline else line
        give_keys(field, scroll_visible=False)

    def place(self, at: Region) -> None:
        """Stand over a cell, wherever on the screen it has gone."""
        self._at = at
        screen = self.screen.size
        edit = self.edit
        least = 60 if edit and (edit.multiline or edit.chooses) else 44
        asked = cell_len(one_line(edit.title)) + 6 if edit and edit.must else 0  # a question is shown whole
        width = min(max(at.width + 4, least, asked), screen.width)
        x = max(0, min(at.x - 2, screen.width - width))
        height = self._height(width)
        over = at.y if edit and edit.makes else at.y - 1  # a new row hides none of those before it
        y = max(0, min(over, screen.height - 1 - height))
        self.styles.width, self.styles.offset = width, (x, y)
        typed = self._text.styles.height if edit and edit.multiline else None
        lines = int(typed.value) if typed else 1
        self._have_toasts(above=y + 1 + lines > screen.height - TOAST)

    def _have_toasts(self, *, above: bool) -> None:
        """Have what is told in passing stand where it doesn't cover the line that one types in."""
        for rack in self.screen.query_children("ToastRack"):
            rack.set_class(above, "above")

    def _height(self, width: int) -> int:
        if self.edit and self.edit.multiline:
            lines = min(max(len(wrapped(self.typed, max(width - 4, 8))) + 1, 3), 8)
            self._text.styles.height = lines
            return lines + 3
        least = MOST_ADDED if self.edit and self.edit.adds else 0
        listed = min(max(self._list.option_count, least), SHORT_LIST + 1) if self._chooses else 0
        return 4 + self._chooses + listed

    def tell(self, message: str, *, wrong: bool = False) -> None:
        """Say something beneath the field; what is wrong stands in its own colour, with a sign."""
        told = self.query_one("#told", Static)
        told.set_class(wrong, "wrong")
        set_text(told, f"✗ {message}" if wrong else message or self._help())

    def warn(self, message: str) -> None:
        """Say something that holds until editing is over, in the place of help."""
        if self.is_open:
            self._warning = message
            self._hint()

    def _help(self) -> str:
        if self._chooses:
            among = self._list.among if self.typed else ""
            adds = self.unfound and self._list.choices and self._list.chosen is None
            does = f"{self._key('keep')} {'twice adds' if adds else 'choose'}"
            return self._warning or " · ".join(filter(None, (among, does, f"{self._key('leave')} leave")))
        return self._warning or f"{self._key('keep')} keep · {self._other_key()}"

    def _other_key(self) -> str:
        if self.edit and self.edit.multiline:
            return f"{key_of(self._text, 'editor.newline')} new line"
        is_new = self.edit and self.edit.again and self.typed
        return f"{self._key('leave')} {'drops it' if is_new else 'leave'}"

    def _key(self, name: str) -> str:
        return key_of(self, f"editor.{name}")

    # Choosing

    def _narrow(self, edit: Edit, typed: str) -> None:
        marked = edit.proposes or edit.text
        now = next((choice for choice in edit.choices if choice.text == marked), None)
        self._list.narrow(edit.choices, typed, now, edit.adds if edit.chooses else None)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if choice := self._list.at(event.option_index):
            self._pick(choice)

    def _pick(self, choice: Choice, to: str = "") -> None:
        if not self.edit:
            return
        first = self.edit.follow and self.edit.follow(choice.value)
        waits = first if first and first.later and to and not self.edit.parts else None
        if first and not waits:
            self._settles = (*self._settles, self.edit.place)
            self.open(bringing(first, choice), self._at)
        elif self._take(choice.value, bringing(self.edit, choice)):
            self.later = waits or self.later
            self._close("again" if self.edit.again and not to else to or "kept")
        elif self._is_closed():
            self._waits_as_typed(choice)

    def _waits_as_typed(self, choice: Choice) -> None:
        """Have a choice that can't be set now stand in the line, as what stands there is kept as a draft."""
        with self.prevent(Input.Changed):
            self._put(choice.text)
        self.flush()

    def _take(self, value: Json, edit: Edit | None = None) -> bool:
        """Commit a value; say what is wrong with it if it is refused."""
        edit = edit or self.edit
        self._wrong = self._commit(edit, value, self.undo_group) if edit else ""
        if self._wrong:
            self.tell(self._wrong, wrong=True)
        else:
            for place in self._settles:
                self._keep(place, "")
            self._hint()
        return not self._wrong

    # Typing

    @on(TypedLine.Pasted)
    def _pasted(self, event: TypedLine.Pasted) -> None:
        """Keep every row of a paste: each a new one where rows come in one after the other.

        Its first cell goes where the cursor is, the others into the fields that follow.
        """
        first, *more = event.rows or [[""]]
        if self.edit and self.edit.again and more:
            self._come_in(event.rows)
        elif more:
            event.line.insert_text_at_cursor(" ".join(cell for row in event.rows for cell in row))
            joined = f"{len(event.rows)} lines are one here: the field takes no more."
            self.notify(joined, severity="warning", markup=False)
        else:
            event.line.insert_text_at_cursor(first[0])
            self._fill(first[1:])

    def on_typed_text_pasted_rows(self, event: TypedText.PastedRows) -> None:
        """Keep every row of a paste as one of a line."""
        event.stop()
        if self.edit and self.edit.again:
            self._come_in(event.rows)
        else:
            self._put("\n".join(" ".join(row) for row in event.rows))

    def _come_in(self, rows: Iterable[Sequence[str]]) -> None:
        """Bring in a row for each, the line for the next one open after the last.

        What was half typed there is none of them: it waits, and no Enter for the paste brings it in.
        """
        half = self.typed
        if half.strip():
            self._put("")
            self.flush()
        for first, *more in rows:
            self._put(first)
            if self._fill(more):
                self.leave("again")
            else:
                self.done()
        if half.strip() and self.edit:
            self._keep(self.edit.place, half)
            self._close("")

    def _fill(self, cells: Sequence[str]) -> bool:
        """Put cells into the fields that follow, as far as there are any; whether there was one to put."""
        for at, text in enumerate(cells):
            before = self.edit
            self.leave("fill")
            if not self.edit or self.edit is before:
                self.notify(
                    f"No field here takes «{', '.join(cells[at:])}».", severity="warning", markup=False
                )
                break
            if text:
                self._put(text)
        return bool(cells)

    def _put(self, text: str) -> None:
        """Let a text stand in the field."""
        if self.edit and self.edit.multiline:
            self._text.load_text(text)
        else:
            self.query_one(TypedLine).value = text

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Know that something was typed into the text."""
        self._changed(event)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed | TextArea.Changed) -> None:
        event.stop()
        if not self.edit:
            return
        if self._chooses and self.typed != self._list.listed:
            self._narrow(self.edit, self.typed)
            self.tell("")
        if self._timer is None:
            self._timer = self.set_timer(AUTOSAVE, self.autosave)
            if not self._chooses:
                self.post_message(self.Typing())
        if not self._chooses:
            self._hint()

    def _hint(self) -> None:
        """Say what a typed value is understood as, while it is typed; or what is wrong with it, if it is."""
        if self._wrong and self.typed == self._taken:
            self.tell(self._wrong, wrong=True)
            return
        try:
            told = self.edit.hint(self.typed) if self.edit and self.edit.hint and self.typed else ""
        except Refused:
            told = ""
        self.tell(f"→ {told}" if told and not self._warning else "")

    def autosave(self) -> None:
        """Save what was typed so far; what may not be finished is kept as a draft."""
        if self.edit and (self.edit.whole or self._chooses or self._holds()):
            self._still()
            self._keep(self.edit.place, self._unchosen if self._chooses else self.typed)
        else:
            self.flush()

    def flush(self, *, keeps: bool = False) -> None:
        """Save what was typed now, if anything was; an emptied value goes only where one `keeps` that."""
        self._still()
        if self.edit and self._chooses:
            self._keep(self.edit.place, self._unchosen)
        elif self.edit and self.is_emptied and not keeps:
            self._keep(self.edit.place, "")
        elif self.edit and self.typed != self._taken:
            self._taken = self.typed
            self._take(clean_text(self.typed, lines=True))

    def _still(self) -> None:
        if self._timer:
            self._timer.stop()
            self._timer = None
            self.post_message(self.Typing())

    def choose(self, by: int) -> None:
        """Move in the list of choices, or in the text."""
        area = self._text
        if self._list.choices:
            self._list.move(by)
        elif self.edit and self.edit.multiline:
            (area.action_cursor_up if by < 0 else area.action_cursor_down)()
        if self._chooses:
            self.tell("")

    def done(self) -> None:
        """Keep what was typed or choose what is highlighted."""
        if self.edit and self._chooses:
            choices = self._list
            self._narrow(self.edit, self.typed)
            if (chosen := choices.chosen) and self._holds_already(chosen):
                self._close("kept")
            elif chosen:
                self._pick(chosen)
            else:
                self._say_not_there(self.edit)
        elif self.edit:
            self._taken = None if self.edit.must else self._taken
            self._keep_draft_too()
            self.flush(keeps=True)
            if not self._wrong and (then := self.edit.follow and self.edit.follow(self.typed)):
                self.open(then, self._at)
            elif not self._wrong:
                self._close("again" if self.edit.again and self.typed.strip() else "kept")

    def _holds_already(self, choice: Choice) -> bool:
        """Whether a list that was only looked at has this value marked as it is the one that holds."""
        edit = self.edit
        if edit is None or edit.follow or edit.must or edit.makes:
            return False
        return not self.typed.strip() and choice.text == edit.text

    def _say_not_there(self, edit: Edit) -> None:
        self.tell(not_there(edit, self.typed, has_new=bool(self._list.choices)), wrong=True)
        self._list.mark_first()

    def go_on(self, to: str) -> None:
        """Go on to another field; stay where what is typed fits nothing in the list, or several equally."""
        if self.edit and self.unfound:
            self._narrow(self.edit, self.typed)
            if self._list.chosen is None:
                self._say_not_there(self.edit)
                return
        if self.edit and self._chooses and self.typed.strip():
            self._narrow(self.edit, self.typed)
            if several := self._list.unclear:
                self.tell(fits_several(several, self.typed), wrong=True)
                return
        self.leave(to)

    def leave(self, to: str = "") -> None:
        """Stop editing, and go on where asked; what is wrong is kept as a draft.

        Tab takes what was found by typing.
        """
        if to and self.edit and self._chooses and self.typed:
            self._narrow(self.edit, self.typed)
            if chosen := self._list.chosen:
                self._pick(chosen, to)
                return
        if to in {"next", "fill"} and self.edit and self.edit.follow and not self._chooses:
            self.done()
        elif to == "next" and self._waits_for_answer:
            self._answer()
        else:
            if to:
                self._keep_draft_too()
            elif self.edit and self.is_emptied:
                self.post_message(self.Stays(self.edit.title.partition(" · ")[0]))
            self.flush(keeps=bool(to))
            self._close(to)

    @property
    def _waits_for_answer(self) -> bool:
        """Whether what was answered before is set only with this answer: going on doesn't pass it over."""
        return bool(self.edit and self.edit.must and not self.edit.later)

    def _answer(self) -> None:
        """Take what is typed and go on, or stay and say what is wrong with it."""
        if self._chooses:
            self.tell(ANSWER_FIRST.format(self._key("leave")), wrong=True)
            return
        self._taken = None
        self.flush(keeps=True)
        if not self._wrong:
            self._close("next")

    def escape(self) -> None:
        """Stop editing; a new row that is not finished goes again, so that undo brings back all of it.

        What can't be saved now stays as a draft, and so does a draft that was only looked at.
        """
        edit, is_looked_at = self.edit, bool(self._draft) and self.typed == self._draft
        if edit is None or not edit.again or not self.typed.strip() or is_looked_at:
            self.leave()
            return
        self.flush()
        if self._wrong or self._commit(edit, "", ""):
            self.leave()
            return
        name = one_line(self.typed)
        self._close("")
        self.post_message(self.Dropped(name))

    def leave_unsaved(self) -> str:
        """Stop editing; return what is kept as a draft because it can't be saved, "" where all is saved."""
        self.flush()
        text = (self._unchosen if self._chooses else "") or (self.typed if self._wrong else "")
        self.leave()
        return text

    def _keep_draft_too(self) -> None:
        """What was typed before is taken by Enter or Tab, and not by looking at it alone."""
        if self._draft and self.typed == self._draft:
            self._taken = None

    def _close(self, to: str) -> None:
        if self.edit:
            edit, self.edit, self._wrong = self.edit, None, ""
            self.display = False
            self._have_toasts(above=False)
            self._left(edit, to)


def _told_of(draft: str, edit: Edit) -> str:
    """Say what a draft is, and what Enter would put it in place of: another may have written that since."""
    there = "" if edit.chooses else one_line(edit.text)
    if not draft or not there or there == one_line(draft):
        return TYPED_BEFORE if draft else ""
    return f"{TYPED_BEFORE} Enter puts it in place of «{fit(there, min(cell_len(there), _THERE)).rstrip()}»."
