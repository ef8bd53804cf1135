"""A review of the scorecard is held: a line for each initiative, filled in down the column."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.vocabulary import Direction
from workshop_tui.tui.commands.command import Command, Commanded, Section
from workshop_tui.tui.keyboard import Mode
from workshop_tui.tui.screens.dialogs import Dialog
from workshop_tui.tui.widgets.literal import literal, set_text
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.views.scorecard.review import FIRST, ReviewForm

NO_FIGURE = "That is no figure: type a number, as in 12 or 3.5."
HOW = "type a figure · w wheel · u f d arrow · Tab down · Enter on the last line holds it · Esc for later"

_review = partial(Command["ReviewDialog"], section=Section.REVIEW)


def _turn(to: Direction) -> Callable[[ReviewDialog], object]:
    return lambda dialog: dialog.change(lambda form: form.turned(to))


class ReviewDialog(Commanded, Dialog[None]):
    """Shows the form of a review and hands over what is set, key by key.

    `keep` gets the text to go on with another time; `hold` gets the form, and returns the one to go on with
    and why the review is not held, "" once it is.
    """

    KEY_COMMANDS: ClassVar[tuple[Command[Any], ...]] = (
        _review(
            "review.down",
            "tab,down",
            "Down",
            lambda dialog: dialog.change(lambda form: form.moved(1)),
            "the next initiative, in the same column · the one before",
        ),
        _review(
            "review.up",
            "shift+tab,up",
            "Up",
            lambda dialog: dialog.change(lambda form: form.moved(-1)),
        ),
        _review(
            "review.right",
            "right",
            "Right",
            lambda dialog: dialog.change(lambda form: form.crossed(1)),
            "figure, wheel, arrow",
        ),
        _review(
            "review.left",
            "left",
            "Left",
            lambda dialog: dialog.change(lambda form: form.crossed(-1)),
        ),
        _review(
            "review.end",
            "end",
            "To the end",
            lambda dialog: dialog.change(lambda form: form.moved(len(form.lines))),
            "to the line that holds the review · to the first initiative",
        ),
        _review(
            "review.home",
            "home",
            "To the first",
            lambda dialog: dialog.change(lambda form: form.moved(-len(form.lines))),
        ),
        _review(
            "review.wheel",
            "w",
            "Turn the wheel",
            lambda dialog: dialog.change(ReviewForm.wheeled),
            "turn the wheel on by a quarter; in its column 0 to 4 set it",
        ),
        _review("review.better", "u", "Arrow up", _turn(Direction.UP), "the arrow: up · flat · down"),
        _review("review.flat", "f", "Arrow flat", _turn(Direction.FLAT)),
        _review("review.down.arrow", "d", "Arrow down", _turn(Direction.DOWN)),
        _review(
            "review.raise",
            "plus",
            "Raise",
            lambda dialog: dialog.change(lambda form: form.stepped(1)),
            "one more or less; on the wheel a quarter",
        ),
        _review(
            "review.lower",
            "minus",
            "Lower",
            lambda dialog: dialog.change(lambda form: form.stepped(-1)),
        ),
        _review(
            "review.clear",
            "x",
            "Begin again",
            lambda dialog: dialog.change(ReviewForm.cleared),
            "take out all that was set, and begin again",
        ),
        _review(
            "review.take",
            "enter",
            "Hold",
            lambda dialog: dialog.action_enter(),
            "down; on the last line: hold the review",
        ),
        _review("review.now", "ctrl+s", "Hold now", lambda dialog: dialog.action_hold(), "hold the review"),
        _review(
            "review.leave",
            "escape,ctrl+l",
            "Later",
            lambda dialog: dialog.dismiss(),
            "leave it half done: nothing is changed, and what was set is there again the next time",
        ),
    )
    key_mode = Mode.MENU
    AUTO_FOCUS = ""

    def __init__(
        self,
        form: ReviewForm,
        keep: Callable[[str], object],
        hold: Callable[[ReviewForm], tuple[ReviewForm, str]],
    ) -> None:
        """Take the form to begin with."""
        super().__init__()
        self.title = self._title = f"Review of {format_date(form.on)}"
        self.form, self._keep, self._hold = form, keep, hold
        self.is_held = False

    def compose(self) -> ComposeResult:
        """Make the lines, and beneath them what can be done."""
        with Vertical(classes="dialog review") as box:
            box.border_title = literal(self._title)
            sheet = Sheet(id="review")
            sheet.can_focus, sheet.is_driven = False, True
            yield sheet
            yield Static(HOW, id="review-told", markup=False)

    def on_mount(self) -> None:
        """Show the form."""
        self._show()

    def on_resize(self) -> None:
        """Show it in the room there is."""
        self.call_after_refresh(self._show)

    def _show(self, wrong: str = "") -> None:
        form, sheet, told = self.form, self.query_one(Sheet), self.query_one("#review-told", Static)
        sheet.show(form.table())
        sheet.stand_at(sheet.table.rows[form.row].id, FIRST + form.column)
        told.set_class(bool(wrong), "wrong")
        set_text(told, f"✗ {wrong}" if wrong else HOW)

    def change(self, do: Callable[[ReviewForm], ReviewForm]) -> None:
        """Do something with the form, and keep what is set by then."""
        form, before = do(self.form), self.form
        left = before.current if form.row != before.row else None
        self.form = form
        if form.draft() != before.draft():
            self._keep(form.draft())
        self._show(NO_FIGURE if left and left.figure is None else "")

    def types(self, event: events.Key) -> bool:
        """Take a key as a sign of a figure, if it is one; whether it was."""
        if event.key == "backspace":
            self.change(ReviewForm.taken_back)
        elif event.character and event.character in "0123456789.,":
            sign = event.character
            self.change(lambda form: form.typed(sign))
        else:
            return False
        return True

    def on_key(self, event: events.Key) -> None:
        """Take a key as typed where it comes this way, as the first one does in a terminal gone back to."""
        if self.types(event):
            event.stop()

    def action_enter(self) -> None:
        """Go down; on the last line hold the review."""
        if self.form.is_at_end:
            self.action_hold()
        else:
            self.change(lambda form: form.moved(1))

    def action_hold(self) -> None:
        """Hold the review; where a figure is none, go there and say so."""
        at = self.form.wrong
        if at is not None:
            self.change(lambda form: form.moved(at - form.row))
            self._show(NO_FIGURE)
            return
        self.form, wrong = self._hold(self.form)
        if wrong:
            self._show(wrong)
        else:
            self.is_held = True
            self.dismiss()
