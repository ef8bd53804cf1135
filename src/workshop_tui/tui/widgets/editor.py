"""The one place where a value is typed or chosen: it opens over the cell it changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from secrets import token_hex
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static, TextArea

from workshop_tui.domain.entity import Json
from workshop_tui.domain.step import Refused
from workshop_tui.domain.text import clean_text
from workshop_tui.tui.grid import Choice, Edit
from workshop_tui.tui.widgets.change import say
from workshop_tui.tui.widgets.choosing import Choosing
from workshop_tui.tui.widgets.literal import literal
from workshop_tui.tui.widgets.typed import TypedLine, TypedText

AUTOSAVE = 0.15
"""Seconds of typing after which it is saved."""


class Editor(Choosing):
    """A line or a text, a list to choose from, a hint and an error. Hidden when nothing is edited."""

    class Typing(Message):
        """Something is typed that is not committed yet."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "done", "Keep", id="editor.keep", priority=True),
        Binding("escape,ctrl+l", "leave", "Done", id="editor.leave", priority=True),
        Binding("tab", "leave('next')", "Next field", show=False, id="editor.next", priority=True),
        Binding("shift+tab", "leave('previous')", "Previous field", show=False, priority=True),
        Binding("up", "choose(-1)", "Choose", show=False, priority=True),
        Binding("down", "choose(1)", "Choose", show=False, priority=True),
    ]

    def __init__(
        self,
        commit: Callable[[Edit, Json, str], str],
        keep: Callable[[str, str], None],
        left: Callable[[Edit, str], object],
    ) -> None:
        """Start hidden.

        `commit` takes (edit, value, burst) and returns "" or what is wrong; `keep` takes (place, text) of
        what is not finished, as a draft. `left` is called when editing is over, with where to go on: "next",
        "previous", "again" or "" for here; it opens the next edit at once, so that what is typed ahead goes
        there.
        """
        super().__init__(id="editor")
        self._commit, self._keep, self._left = commit, keep, left
        self.burst = ""
        self._warning = ""
        self._draft = ""
        self._wrong = ""
        self._taken: str | None = ""
        self._timer: Timer | None = None
        self.display = False

    def compose(self) -> ComposeResult:
        """Make a line, a text, a list and a place for hints and errors."""
        yield TypedLine(id="line", select_on_focus=False)
        yield TypedText(id="text", soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        yield OptionList(id="choices", markup=False)
        yield Static(id="told", markup=False)

    @property
    def is_open(self) -> bool:
        """Whether something is being edited."""
        return self.edit is not None

    @property
    def typed(self) -> str:
        """What stands in the editor now."""
        if self.edit and self.edit.multiline:
            return self.query_one(TypedText).text
        return self.query_one(TypedLine).value

    def open(self, edit: Edit, at: Region, draft: str = "") -> None:
        """Edit a cell that stands at this place of the screen, from a draft when there is one."""
        self.burst = self.burst if self.is_open else token_hex(4)
        self.edit, self._warning, self._draft = edit, "", draft
        self.border_title = literal(edit.title)
        line, text, choices = self.query_one(TypedLine), self.query_one(TypedText), self.query_one("#choices")
        line.display = not edit.multiline
        text.display, choices.display = edit.multiline, bool(edit.choices)
        with self.prevent(Input.Changed, TextArea.Changed):
            line.value = "" if edit.choices else draft or edit.text
            line.cursor_position = len(line.value)
            text.load_text(draft or edit.text)
        self._taken = "" if edit.choices else draft or edit.text
        line.placeholder = "type to find" if edit.choices else ""
        text.move_cursor(text.document.end)
        self._listed = None
        self._list("")
        self.display = True
        self.tell("" if not draft else "Not saved yet: this was typed before.")
        self.place(at)
        field = text if edit.multiline else line
        self.screen.set_focus(field, scroll_visible=False)  # at once: the next key is typed here

    def tell(self, message: str, *, wrong: bool = False) -> None:
        """Say something beneath the field; what is wrong stands in its own colour, with a sign."""
        told = self.query_one("#told", Static)
        told.set_class(wrong, "wrong")
        say(told, f"✗ {message}" if wrong else message or self._help())

    def warn(self, message: str) -> None:
        """Say something that holds until editing is over, in the place of help."""
        if self.is_open:
            self._warning = message
            self._hint()

    def _help(self) -> str:
        if self._chooses:
            at, among = self.query_one("#choices", OptionList).highlighted, len(self._choices)
            found = f"{(at or 0) + 1} of {among} · " if self.typed and among > 1 else ""
            return self._warning or f"{found}Enter choose · Esc leave"
        return (
            self._warning
            or f"Enter keep · {'Ctrl+J new line' if self.edit and self.edit.multiline else 'Esc leave'}"
        )

    # Choosing

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._pick(self._choices[event.option_index])

    def _pick(self, choice: Choice, to: str = "") -> None:
        if not self.edit:
            return
        if first := self.edit.follow and self.edit.follow(choice.value):
            self.open(first, self._at)
        elif self._take(choice.value):
            self._close("again" if self.edit.again and not to else to)

    def _take(self, value: Json) -> bool:
        """Commit a value; say what is wrong with it if it is refused."""
        self._wrong = self._commit(self.edit, value, self.burst) if self.edit else ""
        if self._wrong:
            self.tell(self._wrong, wrong=True)
        else:
            self._hint()
        return not self._wrong

    # Typing

    @on(TypedLine.Pasted)
    def _pasted(self, event: TypedLine.Pasted) -> None:
        """Keep every line of a paste: each a new row where rows come in one after the other."""
        lines = [text for text in event.text.split("\n") if text.strip()]
        if not (self.edit and self.edit.again and len(lines) > 1):
            event.line.insert_text_at_cursor(" ".join(lines))
            return
        for text in lines:
            event.line.insert_text_at_cursor(text)
            self._done()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _changed(self, event: Input.Changed | TextArea.Changed) -> None:
        event.stop()
        if not self.edit:
            return
        if self._chooses:
            if self._listed != self.typed:  # else Enter has been faster, and may have said what is wrong
                self._list(self.typed)
                self.tell("")
            return
        if self._timer is None:
            self._timer = self.set_timer(AUTOSAVE, self.autosave)
            self.post_message(self.Typing())
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
        self.tell(f"→ {told}" if told else "")

    def autosave(self) -> None:
        """Save what was typed so far; what may not be finished is kept as a draft."""
        if self.edit and self.edit.whole:
            self._timer = None
            self._keep(self.edit.place, self.typed)
        else:
            self.flush()

    def flush(self) -> None:
        """Save what was typed now, if anything was."""
        if self._timer:
            self._timer.stop()
            self._timer = None
        if self.edit and not self._chooses and self.typed != self._taken:
            self._taken = self.typed
            self._take(clean_text(self.typed, lines=True))

    def _in_turn(self, do: Callable[[], None], key: str = "") -> None:
        """Do something once the keys that came before are typed: keys with priority overtake them.

        Where those have closed the field meanwhile, the key is for where they led.
        """

        def turn() -> None:
            if self.is_open:
                do()
            elif key:
                self.app.simulate_key(key)

        (self.screen.focused or self).call_later(turn)

    def action_choose(self, by: int) -> None:
        """Move in the list of choices, or in the text."""

        def choose() -> None:
            self._choose(by)
            if self._chooses:
                self.tell("")

        self._in_turn(choose, "up" if by < 0 else "down")

    def action_done(self) -> None:
        """Keep what was typed or choose what is highlighted."""
        self._in_turn(self._done, "enter")

    def _done(self) -> None:
        options = self.query_one("#choices", OptionList)
        if self._chooses:
            self._list(self.typed)
            if self._choices and options.highlighted is not None:
                self._pick(self._choices[options.highlighted])
            else:
                self.tell(f"Nobody and nothing here is called «{self.typed[:30]}».", wrong=True)
        elif self.edit:
            self._taken = None if self.edit.must else self._taken
            self._keep_draft_too()
            self.flush()
            if not self._wrong and (then := self.edit.follow and self.edit.follow(self.typed)):
                self.open(then, self._at)
            elif not self._wrong:
                self._close("again" if self.edit.again and self.typed.strip() else "")

    def action_leave(self, to: str = "") -> None:
        """Stop editing, and go on where asked."""
        self._in_turn(partial(self.leave, to), {"next": "tab", "previous": "shift+tab"}.get(to, ""))

    def leave(self, to: str = "") -> None:
        """Stop editing at once; what is wrong is kept as a draft. Tab takes what was found by typing."""
        options = self.query_one("#choices", OptionList)
        if to and self._chooses and self.typed:
            self._list(self.typed)
            if self._choices and options.highlighted is not None:
                self._pick(self._choices[options.highlighted], to)
                return
        if to == "next" and self.edit and self.edit.follow and not self._chooses:
            self._done()
        else:
            if to:
                self._keep_draft_too()
            self.flush()
            self._close(to)

    def _keep_draft_too(self) -> None:
        """What was typed before is taken by Enter or Tab, and not by looking at it alone."""
        if self._draft and self.typed == self._draft:
            self._taken = None

    def _close(self, to: str) -> None:
        if self.edit:
            edit, self.edit, self._wrong = self.edit, None, ""
            self.display = False
            self._left(edit, to)
