"""Dialogs: ask for a few values, ask whether, ask which, say something that matters."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from msgspec import Struct, field
from textual import events, on, work
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Button, Input, OptionList, Select, Static
from textual.widgets.input import Selection

from workshop_tui.domain.base.text import one_line
from workshop_tui.live.patience import AGAIN, patiently
from workshop_tui.store import reading
from workshop_tui.store.errors import StoreError
from workshop_tui.tui.commands.command import Command, Commanded, Section, key_of
from workshop_tui.tui.host import host_of
from workshop_tui.tui.keyboard import Mode, give_keys
from workshop_tui.tui.widgets.choice_list import ChoiceList
from workshop_tui.tui.widgets.literal import literal
from workshop_tui.tui.widgets.select_field import SelectField
from workshop_tui.tui.widgets.text_input import AUTOSAVE, TYPED_BEFORE, OneLine
from workshop_tui.views.cell import Choice

if TYPE_CHECKING:
    from workshop_tui.store.store import Store

Values = Mapping[str, str]


class Field(Struct, frozen=True):
    """One line of a dialog: text, or one of few values."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """(what is read, value) for each; () for text."""
    letters: Mapping[str, str] = field(default_factory=dict)
    """By which letter a value is chosen, where it has one."""
    reads: Callable[[Values], str] | None = None
    """Tells what its typed value is understood as beside the others, "" when it can't be yet."""
    is_remembered: bool = False
    """Whether it begins with what was taken of it the last time, in whatever account."""
    is_corrected: bool = False
    """Whether it holds a text to be corrected: what is typed goes on behind it, not in its place."""


Take = Callable[[Values], Awaitable[Mapping[str, str]]]
"""Takes what was asked; answers {field: what is wrong}, or nothing when all is well."""

Answer = TypeVar("Answer")

PATIENCE = 0.5
"""Seconds for which a dialog waits for what was typed before."""
HOW = "Type to find"
LEAVES = "Esc leaves"
KEEPS_CURTAIN = "Esc keeps the curtain"
"""Told in place of that where the screen stays covered then."""
SHOWN = 30
"""Signs of what is typed to find that are shown, from its end."""
TOAST = 10
"""Rows at the top of the screen that a toast of a few lines may cover."""
NO = Choice("", "No, leave it as it is", "n")

_dialog = partial(Command[Any], section=Section.DIALOG)
LEAVE = _dialog("dialog.leave", "escape,ctrl+l", "Cancel", lambda dialog: dialog.action_leave(), "cancel")
_ALONG = (
    _dialog(
        "dialog.next", "down", "Next", lambda dialog: dialog.action_go(1), "the next line · the one before"
    ),
    _dialog("dialog.previous", "up", "Previous", lambda dialog: dialog.action_go(-1)),
)
_BY_TAB = (
    _dialog(
        "dialog.field",
        "tab",
        "Next field",
        lambda ask: ask.action_go(1),
        "the next field, also in a list of values · the one before",
        priority=True,
    ),
    _dialog("dialog.field.before", "shift+tab", "Field before", lambda ask: ask.action_go(-1), priority=True),
)
"""With priority, so that keys typed behind it go there."""


class Dialog(ModalScreen[Answer]):
    """A screen over others that goes away once answered.

    What is told in passing stands at its top, as the keys stand at its foot; but not over a line that one
    types in.
    """

    @on(events.Mount)
    def _take_over_toasts(self) -> None:
        for beneath in self.app.screen_stack[:-1]:  # which shows them again once it is on top
            for rack in beneath.query_children("ToastRack"):
                rack.display = False
        for box in self.query(".scrolls"):
            self.watch(box, "scroll_y", self._make_way, init=False)

    @on(events.DescendantFocus)
    @on(events.Resize)
    def _make_way(self) -> None:
        self.call_after_refresh(self._place_toasts)

    def _place_toasts(self) -> None:
        is_at_top = isinstance(self.focused, Input) and self.focused.region.y < TOAST
        for rack in self.query_children("ToastRack"):
            rack.set_class(is_at_top, "beneath")

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Go away, if this is on top: Textual would take away the curtain over it, or what lay beneath it."""
        return super().dismiss(result) if self.is_active else AwaitComplete()


class Ask(Commanded, Dialog[None]):
    """Asks for a few values; says beside a field what is wrong with it, and keeps what was typed.

    `take` gets the values and returns {field: what is wrong}; with nothing wrong the dialog goes away.
    Until they are taken, or the dialog is left, what was typed is kept as a draft. A field whose row is put
    away keeps its value, and is passed over by the keys.
    """

    KEY_COMMANDS: ClassVar[tuple[Command[Any], ...]] = (
        LEAVE,
        *_ALONG,
        *_BY_TAB,
        _dialog(
            "dialog.line",
            "enter",
            "Next line",
            lambda ask: ask.action_line(),
            "the next line of a form; from the last one: take it",
            applies=lambda ask: ask.is_on_line,
            priority=True,
            in_turn=True,
        ),
        _dialog("dialog.keep", "ctrl+s", "Keep", lambda ask: ask.action_take(), "take what is filled in"),
    )

    enter_does = "on to the next line; from the last line take what is filled in"

    def __init__(
        self, title: str, fields: Sequence[Field], take: Take, verb: str, *, account: str = ""
    ) -> None:
        """Take what is asked and who takes the answers; the account it is about, if none is open."""
        super().__init__()
        self.title = self._title = title
        self._fields, self._take, self._verb = fields, take, verb
        self._is_taking = False
        self._wrong: Mapping[str, str] | None = None
        self._account, self._actor, self._place = account, "", ""
        self._began = {asked.name: asked.value for asked in fields}
        self._kept: str | None = ""
        self._has_begun, self._is_done = asyncio.Event(), False
        self._autosave: Timer | None = None

    def compose(self) -> ComposeResult:
        """Make the fields, and the buttons beneath."""
        with Vertical(classes="dialog scrolls") as box:  # in a VerticalScroll the arrows would scroll
            box.border_title = literal(self._title)
            box.border_subtitle = literal(self._told_keys())
            yield from self.asked()
            yield from self.buttons()

    def asked(self) -> ComposeResult:
        """Make a line for each field, with its error beneath."""
        for asked in self._fields:
            with Horizontal(classes="field", id=f"row-{asked.name}"):
                yield Static(literal(asked.label), classes="label")
                yield self._input(asked)
            yield Static(literal(asked.hint), classes="told", id=f"told-{asked.name}", markup=False)

    def buttons(self) -> ComposeResult:
        """Make what takes the values, and what leaves."""
        with Horizontal(classes="buttons"):
            yield Button(literal(self._verb), variant="primary", id="take")
            yield Button("Cancel", id="leave")

    def _told_keys(self) -> str:
        """Say what takes the form: Enter does where there is but one line, else from the last one."""
        verb = self._verb.lower()
        on = f"Enter {verb}" if len(self._fields) == 1 else f"Enter next line, from the last: {verb}"
        return f"{on} · {key_of(self, 'dialog.keep')} {verb} · {key_of(self, 'dialog.leave')} cancel"

    def _input(self, asked: Field) -> Input | Select[str]:
        if asked.choices:
            return SelectField(asked.choices, asked.value, f"f-{asked.name}", asked.letters)
        selects = not asked.is_corrected
        return OneLine(asked.value, id=f"f-{asked.name}", select_on_focus=selects, compact=True)

    def _values(self) -> dict[str, str]:
        return {asked.name: str(self._widget(asked).value) for asked in self._fields}

    def _widget(self, asked: Field) -> Input | Select[str]:
        at = f"#f-{asked.name}"
        return self.query_one(at, Select) if asked.choices else self.query_one(at, Input)

    # What was typed and not taken

    async def on_mount(self) -> None:
        """Bring back what was typed before and not taken, for the same account and audience.

        It is waited for a moment, so that the fields needn't change before one's eyes. What comes later is
        still brought back, but for the fields in which one has typed by then.
        """
        host = host_of(self)
        live = host.live
        self._account = live.account_id if live else self._account
        self._actor = live.actor if live else host.settings.actor
        self._place = f"{live.audience if live else ''}:dialog/{self._title}"
        self.run_worker(self._begin())
        with suppress(TimeoutError):
            await asyncio.wait_for(self._has_begun.wait(), PATIENCE)

    async def _begin(self) -> None:
        taken: Values = {}
        self._kept = (await self._drafts(self._account)).get(self._place, "")
        if any(asked.is_remembered for asked in self._fields):
            taken = json.loads((await self._drafts("")).get(self._remembered_at, "{}"))
        before: Values = json.loads(self._kept or "{}")
        with self.prevent(Input.Changed, Select.Changed):
            for asked in self._fields:
                self._begin_with(asked, taken.get(asked.name))
                self._bring_back(asked, before.get(asked.name))
        self._has_begun.set()
        self.flush()  # what was typed meanwhile

    async def _drafts(self, account: str) -> Values:
        storage, actor = host_of(self).storage, self._actor
        return await patiently(lambda: storage.read(lambda there: reading.drafts(there, account, actor)))

    @property
    def _remembered_at(self) -> str:
        """Where it is kept, for all accounts, what was taken of the fields that are remembered."""
        return f"taken/{self._title}"

    def _begin_with(self, asked: Field, value: str | None) -> None:
        """Put in what was taken the last time; what is typed meanwhile stays."""
        widget = self._widget(asked)
        if asked.is_remembered and self._may_hold(asked, value) and widget.value == asked.value:
            widget.value = self._began[asked.name] = value or ""

    def _remember(self) -> None:
        """Keep for the next time what was taken of the fields that are remembered."""
        values = self._values()
        taken = {asked.name: values[asked.name] for asked in self._fields if asked.is_remembered}
        if taken:
            at, text = ("", self._actor, self._remembered_at), json.dumps(taken)
            host_of(self).storage.call(lambda store: store.save_draft(*at, text))

    def _may_hold(self, asked: Field, value: str | None) -> bool:
        return value is not None and (not asked.choices or value in {choice for _, choice in asked.choices})

    def _bring_back(self, asked: Field, value: str | None) -> None:
        """Put in what was typed before, selected unless it is corrected; what is typed meanwhile stays."""
        widget = self._widget(asked)
        if value is not None and self._may_hold(asked, value) and widget.value == self._began[asked.name]:
            widget.value = value
            if isinstance(widget, Input):  # the first one has the keyboard before its text is there
                end = len(value)
                widget.selection = Selection(end if asked.is_corrected else 0, end)
            self.query_one(f"#told-{asked.name}", Static).update(literal(TYPED_BEFORE))

    @on(Input.Changed)
    @on(Select.Changed)
    def _changed(self) -> None:
        if self._autosave is None:
            self._autosave = self.set_timer(AUTOSAVE, self.flush)

    @on(events.ScreenSuspend)
    def flush(self) -> None:
        """Keep what was typed now, as far as it is anything else than the dialog began with."""
        self._autosave = None
        if self._is_done:
            return
        typed = {name: value for name, value in self._values().items() if value != self._began[name]}
        if self._has_begun.is_set():
            self._keep(json.dumps(typed) if typed else "")
        elif typed:
            self._add(typed)

    def _add(self, typed: Values) -> None:
        """Keep what was typed beside what was kept before, which is not known yet."""
        account, actor, place = self._account, self._actor, self._place

        def add(store: Store) -> None:
            before: Values = json.loads(store.drafts(account, actor).get(place) or "{}")
            store.save_draft(account, actor, place, json.dumps({**before, **typed}))

        self._save(add)

    def _keep(self, text: str) -> None:
        if text != self._kept:
            self._kept = text
            at = self._account, self._actor, self._place
            self._save(lambda store: store.save_draft(*at, text))

    def _save(self, save: Callable[[Store], None]) -> None:
        saved = host_of(self).storage.call(save)
        if self.app.is_running:
            self.app.run_worker(self._once_saved(saved))

    async def _once_saved(self, saved: Future[None]) -> None:
        """Try again when it couldn't be saved; why not is told as of all that a worker asks of the store."""
        try:
            await asyncio.wrap_future(saved)
        except StoreError:
            self._kept = None
            if self.is_running and not self._is_done:
                self.set_timer(AGAIN, self.flush)
            raise

    def _forget(self) -> None:
        self._is_done = True
        if self._has_begun.is_set():  # what was never brought back is not forgotten either
            self._keep("")

    def action_go(self, by: int) -> None:
        """Go to the next line, or to the one before."""
        (self.focus_next if by > 0 else self.focus_previous)()

    # Telling

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._tell(next(field for field in self._fields if event.input.id == f"f-{field.name}"))

    @on(Select.Changed)
    def _chosen(self) -> None:
        """Tell anew what is understood otherwise now."""
        for asked in self._fields:
            if asked.reads:
                self._tell(asked)

    def _tell(self, asked: Field) -> None:
        told = self.query_one(f"#told-{asked.name}", Static)
        read = asked.reads(self._values()) if asked.reads else ""
        told.update(literal(f"→ {read}" if read else asked.hint))
        told.remove_class("wrong")

    @property
    def is_on_line(self) -> bool:
        """Whether a line has the keyboard, be it typed or chosen, and no list that is open, nor a button."""
        line = next((line for line in self._lines if line is self.focused), None)
        return line is not None and not (isinstance(line, Select) and line.expanded)

    @property
    def _lines(self) -> list[Input | Select[str]]:
        return [self._widget(asked) for asked in self._fields]

    def action_line(self) -> None:
        """Go on to the next line; from the last, hand the values over."""
        lines = self._lines
        at = next((n for n, line in enumerate(lines, 1) if line is self.focused), 0)
        if at == len(lines):
            self.action_take()
        else:
            give_keys(lines[at])

    @on(Button.Pressed, "#take")
    def action_take(self) -> None:
        """Hand the values over, once; while they are taken, everything else goes on.

        From a list that is open, what is highlighted there is taken first: what it leads to is seen before.
        """
        opened = next((line for line in self.query(SelectField) if line.expanded), None)
        if opened:
            opened.take_highlighted()
        elif self.is_active and not self._is_taking:
            self._is_taking = True
            self._hand_over()

    @work
    async def _hand_over(self) -> None:
        self._wrong = await self._take(self._values())
        self._is_taking = False
        if not self._wrong:
            self._remember()
            self._forget()
        self._taken()

    @on(events.ScreenResume)
    def _taken(self) -> None:
        """Go away if the values were taken, else say why not; under the curtain that waits until it lifts."""
        if self._wrong is None or not self.is_active:
            return
        wrong, self._wrong = self._wrong, None
        for asked in self._fields:
            told = self.query_one(f"#told-{asked.name}", Static)
            error = wrong.get(asked.name, "")
            told.update(literal(f"✗ {error}" if error else asked.hint))
            told.set_class(bool(error), "wrong")
        if wrong:
            first = next((asked for asked in self._fields if asked.name in wrong), self._fields[0])
            self._widget(first).focus()
        else:
            self.dismiss()

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Go away without a word."""
        self._forget()
        self.dismiss()


class Choose(Commanded, Dialog[str | None]):
    """Asks which of a few: what is typed finds, arrows move, Enter or a click takes what is highlighted.

    Every key is done with before the next one comes, so that they act in the order in which they are typed.
    """

    KEY_COMMANDS: ClassVar[tuple[Command[Any], ...]] = (
        LEAVE,
        *_ALONG,
        _dialog(
            "dialog.take",
            "enter",
            "Take",
            lambda choose: choose.action_take(),
            "take what is highlighted in a list; what is typed finds it",
        ),
    )
    key_mode = Mode.MENU
    how: ClassVar[str] = HOW
    """What is told beneath the list, while nothing is typed, in front of what takes and leaves."""

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        told: str = "",
        *,
        now: str | None = None,
        leaves: str = LEAVES,
    ) -> None:
        """Take the choices, and the value of the one that is highlighted first; else the first one is."""
        super().__init__()
        self.title = self._title = title
        self._every, self._told, self._typed = tuple(choices), told, ""
        self._now = next((choice for choice in choices if choice.value == now), None)
        self._list = ChoiceList()
        self._list.can_focus = False
        self._leaves, self._does = leaves, f"Enter takes · {leaves}"
        self._line = Static(self._how, id="typed", markup=False)

    @property
    def _how(self) -> str:
        return f"{self.how} · {self._does}"

    def compose(self) -> ComposeResult:
        """Make the list, what it is about above it, and beneath it what is typed and can be done."""
        with Vertical(classes="dialog") as box:
            box.border_title = literal(self._title)
            yield from self.above()
            self._list.narrow(self._every, "", self._now)
            yield self._list
            yield self._line

    def above(self) -> ComposeResult:
        """Make what stands above the list."""
        if self._told:
            yield Static(literal(self._told), classes="say", markup=False)

    def types(self, event: events.Key) -> bool:
        """Take a key as typed, if it is a letter or takes one back; whether it was."""
        if event.is_printable and event.character:
            self._typed += event.character
        elif event.key == "backspace":
            self._typed = self._typed[:-1]
        elif event.key == "ctrl+u":
            self._typed = ""
        else:
            return False
        self._list.styles.min_height = self._list.outer_size.height  # nothing moves as it narrows
        self._narrow()
        return True

    def on_key(self, event: events.Key) -> None:
        """Take a key as typed where it comes this way, as the first one does in a terminal gone back to."""
        if self.types(event):
            event.stop()

    def on_paste(self, event: events.Paste) -> None:
        """Take a paste as typed."""
        self._typed += one_line(event.text)
        self._narrow()

    def _narrow(self) -> None:
        """Show what fits what is typed."""
        self._list.narrow(self._every, self._typed, self._now)
        self._tell()

    def _tell(self) -> None:
        """Say beneath what is typed, which of what fits is highlighted, and what can be done."""
        found, typed = self._list.choices, self._typed.strip()
        among = self._list.among if found else "Nothing here fits"
        parts = (
            literal(f"› {self._typed[-SHOWN:]}", "bold $accent"),
            literal(f" · {among}" if among else "", "" if found else "bold $error"),
            literal(" · "),
        )
        does = literal(self._does if found else f"Backspace takes a letter back · {self._leaves}")
        self._line.update(Content.assemble(*parts, does) if typed else literal(self._how))

    def action_go(self, by: int) -> None:
        """Highlight the next choice, or the one before."""
        self._list.move(by)
        self._tell()

    def action_take(self) -> None:
        """Choose what is highlighted."""
        if chosen := self._list.chosen:
            self.dismiss(str(chosen.value))

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        if choice := self._list.at(event.option_index):
            self.dismiss(str(choice.value))

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)


def confirm(title: str, question: str, yes: str) -> Choose:
    """Return a dialog that asks whether; it answers "yes", or something else for no."""
    return Choose(title, (NO, Choice("yes", yes, "y")), question)


def older_undo(words: str) -> Choose:
    """Return a dialog that asks whether to undo what was done before today's sitting; "yes", or else no."""
    return confirm("Undo?", f"{words}: this was done before today's sitting.", "Yes, undo it")
