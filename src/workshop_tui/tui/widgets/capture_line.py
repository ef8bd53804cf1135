"""The capture line: what is typed becomes a row; what is understood of it shows beneath while typing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len
from textual import on
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Entity, Key
from workshop_tui.domain.base.text import counted
from workshop_tui.domain.base.vocabulary import CUSTOMER, BlockKind
from workshop_tui.domain.capture.completion import complete, offers
from workshop_tui.domain.capture.kinds import kind_in
from workshop_tui.domain.capture.names import Slot, is_day, is_money, is_number, is_period, is_prose
from workshop_tui.domain.capture.parse import parse
from workshop_tui.domain.capture.rows import (
    BY,
    FIGURES,
    GRAMMAR,
    LIVES_IN_A_VIEW,
    PREFIXES,
    SENTIMENT,
    Captured,
    State,
    may_capture,
    may_give,
    new,
)
from workshop_tui.domain.capture.tokens import scan
from workshop_tui.domain.capture.unfinished import (
    Asked,
    following,
    kept,
    shown,
    taken_apart,
    taken_up,
    unsaid,
    waiting,
)
from workshop_tui.domain.model.people import Meeting, Stakeholder
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.step import Refused, target
from workshop_tui.domain.search.recall import recall
from workshop_tui.live.live_plan import LivePlan, new_id
from workshop_tui.tui.commands.command import Command, Commanded, Section, key_of
from workshop_tui.tui.host import host_of
from workshop_tui.tui.keyboard import Mode, give_keys, in_turn, mode
from workshop_tui.tui.widgets.chips import ChipLine
from workshop_tui.tui.widgets.literal import set_text
from workshop_tui.tui.widgets.text_input import AUTOSAVE, TextHistory, TypedLine
from workshop_tui.views.text_layout import fit

QUESTION_GONE = "The question that this answered is gone."
"""Said of an answer that has waited, before it comes in to none."""
PLACE = "capture"
"""Where the unfinished line is kept as a draft."""
NOT_ADDED = "Not added."
"""Said first, once Enter has not added a line."""
CLOSED_LINE = "That line is put aside for later."
"""Said of a line that has gone from before the customer, and waits among ourselves."""
_STOPS = "stops"
STOPS_UNTOLD = f"{_STOPS} at one for later"
"""Said, in place of its words, of a line behind another that is not for the customer who reads it."""
_OFFERED = 6
_BEHIND = 8
"""Up to so many lines that wait are read anew with each key: more never fit."""
_WORDS_BEHIND = 28
"""Cells that one of them gets."""
_EXAMPLES = (
    ("inf4", FIGURES["inf"]),
    ("int3", FIGURES["int"]),
    ("all+1", SENTIMENT),
    ("lik3", FIGURES["lik"]),
    ("imp2", FIGURES["imp"]),
)

_line = partial(Command["CaptureLine"], section=Section.CAPTURE, priority=True)
_COMMANDS = (
    _line(
        "capture.take",
        "enter",
        "Add",
        lambda line: line.take(),
        "add the row; again: as it stands, where that was asked",
        shown=True,
        in_turn=True,
    ),
    _line(
        "capture.complete",
        "tab",
        "Complete",
        lambda line: line.complete(1),
        "complete the name; again: the next that fits · the one before",
        shown=True,
        in_turn=True,
    ),
    _line(
        "capture.complete.back",
        "shift+tab",
        "Complete with the one before",
        lambda line: line.complete(-1),
        in_turn=True,
    ),
    _line(
        "capture.drop",
        "ctrl+d",
        "Drop all",
        lambda line: line.drop(),
        "where lines wait: drop the line and all of them, once it is pressed again",
        applies=lambda line: line.waits,
        in_turn=True,
    ),
    _line(
        "capture.leave",
        "escape,ctrl+l",
        "Leave",
        lambda line: line.action_leave(),
        "leave; an unfinished line is still there when you come back",
        shown=True,
    ),
)


class Where(Struct, frozen=True):
    """Where a line is typed: the block, and the ids of the question and the person in focus there."""

    block: BlockKind
    question: str | None = None
    about: str | None = None
    room: tuple[str | None, str | None] = (None, None)
    """The ids of the question and the person that the room is at, on another screen."""
    asks: bool = False
    """Whether this screen asks a question itself, and doesn't merely list what was asked."""
    lists: type[Entity] | None = None
    """Of which rows the view is a list, where there is one."""


class CaptureLine(Commanded, Vertical):
    """One line that takes a row with each Enter, and what it says of it. Hidden while nobody captures."""

    KEY_COMMANDS = _COMMANDS
    key_mode = Mode.CAPTURE

    @dataclass
    class Added(Message):
        """A row has come in, named as sheets name it."""

        row: str
        told: str
        """What the line has added, in words; "" where whoever looks may not see it."""

    def __init__(
        self,
        live: LivePlan,
        where: Callable[[], Where],
        keep: Callable[[str, str, str], None],
        keep_for_us: Callable[[str, str], None],
        left: Callable[[], object],
    ) -> None:
        """Start hidden.

        `keep` takes (place, text, audience) of the line that is not added yet, as a draft; `keep_for_us`
        (place, text) of one that was typed before the customer and is not for them; `left` puts the focus
        elsewhere at once.
        """
        super().__init__(id="capture")
        self._live, self._where, self._left = live, where, left
        self._keep, self._keep_for_us = keep, keep_for_us
        self._ahead: list[str] = []
        """Lines that haven't come in yet, in their order, as `taken_up` has them."""
        self._asked_of: Asked | None = None
        """To which question and of whom the line is an answer, where it has waited since it was typed."""
        self._given_up: tuple[str, Asked | None] = ("", None)
        """The line in whose place another was begun, with the same of that one: undo brings both back."""
        self._following = 0
        """How many of them come in by the Enter that takes the line; the others wait to be shown first."""
        self._letter_then = ""
        """The letter in front of the line as it was put in before those lines: they follow another one."""
        self._is_letter_its_own = False
        """Whether it stood in front of that line alone, and is no letter that all of them have."""
        self._is_to_drop = False
        """Whether all is dropped if that is asked for once more."""
        self._dropped: tuple[str, list[str], int] | None = None
        """What was dropped, as it stood: the line, those that waited, how many of them come in with it."""
        self._history = TextHistory()
        self._typed = ""
        """The line as it was before the last key."""
        self._unfinished = ""
        """The line from before that stands there, as it was left."""
        self._set_aside = ""
        """The line from before that waits, as something else was put in its place."""
        self._came_in = 0
        """How many rows the last Enter has brought in."""
        self._refused: str | None = None
        """The line as it was refused last."""
        self._asked: str | None = None
        """The line that an Enter of its own was refused: the next one takes it as it stands."""
        self._why = ""
        self._is_put_away = False
        """Whether the line has just gone from before the customer, as it was not for them."""
        self._tabbed: tuple[tuple[str, int], int, tuple[str, int]] | None = None
        self._news: tuple[str, type[Entity], Key] | None = None
        self._audience = live.audience
        self._timer: Timer | None = None
        self._is_to_read = False
        self._recalled: tuple[str, str] = ("", "")
        """For whom the line was looked at, and what was said before of the same, in a sentence."""
        self._room: tuple[str | None, str | None] = (None, None)
        """What the room was at when the line was read last."""
        self._place = Where(BlockKind.ACTIONS)
        """The kind of block in which the line was opened: it says what a line without a prefix adds."""
        self.display = False

    async def compose_fields(self) -> None:
        """Make the line and the place beneath it; not before there is time for it."""
        line = TypedLine(id="capture-line", select_on_focus=False, compact=True)
        line.cursor_blink = False  # the room reads beside it
        line.replaces = self._replaced
        label = Static("capture ▸", id="capture-label", markup=False)
        await self.mount(Horizontal(label, line), ChipLine(id="capture-told"))

    @property
    def is_open(self) -> bool:
        """Whether the line is there to be typed on."""
        return self.display

    @property
    def line(self) -> TypedLine:
        """The line itself."""
        return self.query_one(TypedLine)

    def open(self, draft: str) -> None:
        """Let a line be typed, from its draft; nothing typed goes astray."""
        if not self.is_open:
            self._is_put_away = self._is_put_away and self._live.audience == CUSTOMER  # which nobody saw go
            self._audience, self._news = self._live.audience, None
            self._place = self._where()
            first, self._ahead, self._following = self._brought_back(draft)
            self._put_unfinished(first)
            self.display = True
        elif self._ahead and not self.line.value.strip():
            self._show_next()
        self.screen.add_class("capturing")
        give_keys(self.line, scroll_visible=False)
        self.read()

    def bring_back(self, draft: str) -> None:
        """Take in what was left unfinished, where that is known only once the line is open.

        It comes into an empty line, and waits behind one in which something is typed.
        """
        first, ahead, following = self._brought_back(draft)
        if self.line.value.strip() or self._ahead:
            self._ahead += [first, *ahead]
        else:
            self._put_unfinished(first)
            self._ahead, self._following = ahead, following
        self.flush()
        self.read()

    def _brought_back(self, draft: str) -> tuple[str, list[str], int]:
        """Return the first line of a draft, those that wait behind it, and how many of them follow at once.

        Each has the kind that it had where it was typed. The first one says something, where any does: an
        empty line was left in front of it. Behind another empty line stands what only waits.
        """
        at_once, _, later = draft.lstrip(" \n").partition("\n\n")
        left = [*at_once.split("\n"), *filter(None, later.split("\n"))]
        first, *ahead = (taken_up(line, self._place.block, self._place.lists) for line in left)
        return first, ahead, at_once.count("\n")

    def _here(self) -> Where:
        """Return where the line is typed: it stays what it was if another block comes under it meanwhile."""
        where = self._where()
        is_where_it_was = (where.block, where.lists) == (self._place.block, self._place.lists)
        is_seen_by_same = self._live.audience == self._audience  # else the cursor stands elsewhere, too
        if (is_where_it_was and is_seen_by_same) or not (self.line.value.strip() or self._ahead):
            self._place = where
            return where
        return replace(self._place, room=where.room)

    def _put(self, line: str) -> None:
        text, self._asked_of = taken_apart(shown(line))
        self._letter_then = _letter_of(text)
        self._is_letter_its_own = bool(self._letter_then) and shown(line) == line
        self._given_up = ("", None)
        with self.prevent(Input.Changed):
            self.line.value = text
        self.line.cursor_position = 0
        self._refused = self._asked = self._dropped = None
        self._is_to_drop = False
        self._typed = text
        self._unfinished = self._set_aside = ""
        self._history.begin(text)

    def _put_unfinished(self, text: str) -> None:
        """Put in a line from before: typing goes on with it."""
        self._put(text)
        self.line.cursor_position = len(self.line.value)
        self._unfinished = self.line.value

    def _replaced(self, text: str) -> None:
        """Have a line from before wait, where something else is put in its place."""
        if text.strip() and text == self._unfinished:
            self._set_aside = waiting(text, self._asked_of)
            self._ahead.insert(self._following, self._set_aside)
            self._asked_of = None

    # What it says

    def read(self) -> None:
        """Say how the line is understood as the plan is now."""
        self._is_to_read = False
        told, line, where = self.query_one(ChipLine), self.line, self._here()
        self._room = where.room
        captured = self._parsed()
        told.chips = captured.chips
        waits = self._said(self._ahead)
        drops = f"{key_of(self, 'capture.drop')} drops all"
        label = f"{waits} more wait{'s' * (waits == 1)}, {drops} ▸" if waits else "capture ▸"
        set_text(self.query_one("#capture-label", Static), label)
        if self._is_to_drop:
            again, back = key_of(self, "capture.drop"), key_of(self.screen, "undo")
            lines = f"this line and {waits} more" if line.value.strip() else counted(waits, "line")
            told.said = ((f"{again} again drops {lines}; {back} brings them back", "bold $error"),)
        elif captured.chips or self._refused == line.value != "":
            problem = tuple(self._problem(captured))
            is_refused = bool(captured.problems) or self._refused == line.value
            room = 1 if problem else told.left_by(captured.chips)
            behind = tuple(self._waiting(room * told.columns, adds=not is_refused))
            told.said = (
                *(problem + behind if is_refused else behind + problem),
                *self._offered(line, where),
                *self._said_before(),
            )
        else:
            hints = ((text, "$secondary") for text in self._hints(where))
            newest = () if line.value.strip() else self._newest()
            told.said = (*newest, *self._waiting(told.columns), *hints)

    def read_elsewhere(self) -> None:
        """Say it anew where the room has gone on to somebody or something else."""
        if self._here().room != self._room:
            self.read()

    def _newest(self) -> Iterator[tuple[str, str]]:
        """Yield what came in last, while it is there; what is not for this audience is not told again."""
        if self._is_put_away:
            yield CLOSED_LINE, "bold $warning"
        elif self._news and not self._news[0] and self._live.audience == self._audience:
            yield f"✓ added{'' if self._audience == CUSTOMER else ', for others than look now'}", "$success"
        elif self._news and self._live.view.get(self._news[1], *self._news[2]):
            many = f"{self._came_in} lines came in, the last: " if self._came_in > 1 else ""
            yield f"✓ {many}{self._news[0]}", "$success"

    def _said_before(self) -> Iterator[tuple[str, str]]:
        """Yield what was said before of the same, if those who look now may see it."""
        audience, told = self._recalled
        if told and audience == self._live.audience and self.line.value.strip():
            yield told, "$secondary"

    def _recall(self) -> None:
        """Look for what was said before, once typing pauses: no key waits for it."""
        live, before = self._live, self._recalled
        found = recall(live.view, self.line.value) if host_of(self).settings.recall else None
        on = format_date(found.on).removesuffix(f" {live.today.year}") if found else ""
        told = f"said {on}: {found.text}" if found else ""
        self._recalled = live.audience, told
        if self.is_open and self._recalled != before:
            self.read()

    def _parsed(self, *, keep: bool = False) -> Captured:
        return self._read_as(self.line.value, self._asked_of, keep=keep)

    def _read_as(self, line: str, asked_of: Asked | None, *, keep: bool = False) -> Captured:
        """Return what a line says; an answer that has waited is still to what it was typed for."""
        live, where = self._live, self._here()
        question, about = asked_of or (where.question, where.about)
        return parse(
            line,
            live.view,
            block=where.block,
            audience=live.audience,
            dates=live.dates,
            lists=where.lists,
            keep_unknown=keep,
            about=about,
            question=question,
            room=where.room,
            asks=where.asks or asked_of is not None,
            session=live.session_id,
            is_shared=live.is_shared_elsewhere,
        )

    def _problem(self, captured: Captured) -> Iterator[tuple[str, str]]:
        flagged = (chip.why for chip in captured.chips if chip.state is State.FLAGGED)
        if captured.problems:
            refused = self._refused == self.line.value
            said = f"{NOT_ADDED} " if refused else ""
            yield f"✗ {said}{' '.join(captured.problems)}", "bold $error" if refused else "$error"
            return
        if self._refused == self.line.value:  # for what nobody sees in the line itself
            yield f"✗ {NOT_ADDED} {self._why}", "bold $error"
            return
        if elsewhere := self._of_somebody_else(captured):
            yield f"? {elsewhere}", "$warning"
        if why := next(flagged, ""):
            day = self._date_at()
            if day >= 0 and why in {c.why for c in captured.chips if c.start == day}:
                why = f"{why.partition(': ')[0]}: {key_of(self, 'capture.complete')} takes it as the date."
            elif (proposed := self._proposed()) and proposed in why:
                why = f"{why.partition(': ')[0]}: {key_of(self, 'capture.complete')} adds {proposed}."
            yield f"? {why}", "$warning"

    def _of_somebody_else(self, captured: Captured) -> str:
        """Say that an answer from before stays what it was, where this screen asks something else by now."""
        where, (question, person) = self._here(), _asked_in(captured) or (None, None)
        if self._asked_of is None or captured.kind is not Answer:
            return ""
        name = partial(self._live.view.name_of, Stakeholder)
        if where.about and person and person != where.about:
            return f"It stays the answer of {name(person)}: this screen is at {name(where.about)} now."
        if where.question and question != where.question:
            return "It stays to what it was typed for: this screen is at another question now."
        return ""

    def _waiting(self, cells: int, *, adds: bool = False) -> Iterator[tuple[str, str]]:
        """Say how many lines wait, counted as before the line, and which of them Enter brings in with it.

        Where it `adds` them it is said what each becomes, as far as there are cells for it.
        """
        number = self._said(self._ahead)
        behind, take = self._said(self._ahead[: self._following]), key_of(self, "capture.take")
        if not number:
            return
        told = f"{number} more line{' waits' if number == 1 else 's wait'}"
        if not self.line.value.strip():
            told = f"{told}: {take} shows the next"
        elif behind:
            becoming = list(self._becoming()) if adds else []
            if becoming and becoming[-1].startswith(_STOPS):
                behind = len(becoming) - 1
            which = f"{behind or 'none'} of them" if behind < number else "it" if number == 1 else "them"
            told = f"{told}: {take} adds {which}{', too' if behind else ''}"
            if becoming:
                told = _listed(f"{told}: ", becoming, behind, cells)
        yield told, "bold $warning"

    def _becoming(self) -> Iterator[str]:
        """Yield what each line becomes that comes in with the one that is typed, up to one that is refused.

        None is told that is not for the customer who reads it.
        """
        for line in islice(filter(str.strip, self._behind()), _BEHIND):
            text, asked_of = taken_apart(shown(line))
            captured = self._read_as(text, asked_of)
            if captured.is_closed and self._live.audience == CUSTOMER:
                yield STOPS_UNTOLD
                return
            prefix, pieces = scan(text)
            words = text[pieces[0].start :] if prefix and pieces else text
            named = f"«{fit(words, _WORDS_BEHIND).rstrip()}»"
            why = QUESTION_GONE if _lacks_its_question(captured, asked_of) else captured.why_not
            if why:
                yield f"{_STOPS} at {named}: {why.removesuffix('.')}"
                return
            yield f"{captured.chips[0].text} {named}"

    @staticmethod
    def _said(lines: Sequence[str]) -> int:
        """Return how many lines say anything."""
        return sum(bool(line.strip()) for line in lines)

    def _offered(self, line: TypedLine, where: Where) -> Iterator[tuple[str, str]]:
        found = offers(line.value, line.cursor_position, self._live.view, where.block, where.lists)
        if len(found) > 1 or (found and self._names_go_on):
            more = f" and {len(found) - _OFFERED} more" if len(found) > _OFFERED else ""
            yield f"Tab: {', '.join(found[:_OFFERED])}{more}", "$secondary"

    def _hints(self, where: Where) -> Iterator[str]:
        """Yield what can be typed here, or behind a prefix that stands alone, and the prefixes."""
        kind, audience = kind_in(self.line.value, where.block, where.lists), self._live.audience
        slots = [(sign, slot) for sign, slot in GRAMMAR[kind].items() if may_give(slot, audience)]
        signs = [_example(sign, slot) for sign, slot in slots if not sign.endswith(":")]
        named = [_example(sign, slot) for sign, slot in slots if sign.endswith(":")]
        figures = [
            example
            for example, slot in _EXAMPLES
            if (slot.kind is kind or (kind is Stakeholder and slot is SENTIMENT)) and may_give(slot, audience)
        ]
        days = ["2 jun (else today)"] if kind is Meeting else []
        tokens = [*signs, *days, *figures, *named]
        yield "  ".join(["Name, title" if kind is Stakeholder else f"The {kind.VERBOSE_NAME}", *tokens])
        kinds = [(letter, other) for letter, other in PREFIXES.items() if is_named(other, audience)]
        yield "  ".join(f"{letter}: {new(other).removeprefix('new ')}" for letter, other in kinds)

    # Typing

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        """Keep the draft, and read the line once the keys that wait are typed."""
        event.stop()
        before, self._typed = self._typed, event.value
        self._is_to_drop, self._dropped = False, None if event.value else self._dropped
        self._is_put_away, self._asked = False, None
        self._history.note(self.line.value)
        if len(event.value) <= 1 < len(before):  # typed anew: what was pasted behind the old one waits
            self._have_its_kind(before)
            self._following = 0
            self._given_up, self._asked_of = (before, self._asked_of), None
        elif not event.value:
            self._asked_of = None
        self._live.note(typing=True)
        if self._timer is None:
            self._timer = self.set_timer(AUTOSAVE, self._pause)
        if not self._is_to_read:
            self._is_to_read = True
            self.call_later(self.read)

    @on(TypedLine.Pasted)
    def _pasted(self, event: TypedLine.Pasted) -> None:
        """Put in a paste: Enter brings in its first line, and those behind that are refused by none.

        Of several lines none goes on with one that is half typed: that waits, and stays what it was.
        """
        if len(event.rows) > 1:
            self._have_its_kind(event.line.value)
        if len(event.rows) > 1 and self._says_more_than_its_kind:
            self._unfinished = event.line.value
            event.line.selection = Selection(0, len(event.line.value))
        first, *rest = [self._as_typed(row) for row in event.rows] or [""]
        event.line.replace(first, *event.line.selection)  # what is selected goes, as when typing
        if rest:
            self._put_ahead(first, rest)
            self.flush()
            self.read()

    @property
    def _says_more_than_its_kind(self) -> bool:
        """Whether anything stands in the line but the letter of a kind, for what is pasted behind."""
        _, pieces = scan(self.line.value)
        return bool(pieces)

    @property
    def waits(self) -> bool:
        """Whether lines wait behind the one that is typed."""
        return bool(self._said(self._ahead))

    def drop(self) -> None:
        """Drop the line and all that wait behind it; asked once."""
        if not self._is_to_drop:
            self._is_to_drop = True
            self.read()
            return
        self._have_its_kind(self.line.value)
        dropped = self._first(), self._ahead, self._following
        self._ahead, self._following, self._news = [], 0, None
        self._put("")
        self._dropped = dropped
        self.flush()
        self.read()

    def _take_back_drop(self) -> bool:
        """Bring back what was dropped; whether anything was, since when nothing else was typed."""
        if self._dropped is None or self.line.value:
            return False
        text, self._ahead, self._following = self._dropped
        self._put(text)
        self.line.cursor_position = len(self.line.value)
        self.flush()
        self.read()
        return True

    def _put_ahead(self, first: str, lines: Sequence[str]) -> None:
        """Have lines follow the one that is typed; those that wait already go on waiting behind them.

        A kind that stands in front of their `first` one already, as it was put there by hand, is theirs, too.
        """
        self._ahead, self._following = [*lines, *self._ahead], len(lines)
        self._letter_then = _letter_of(first)
        self._is_letter_its_own = bool(self._letter_then)

    @property
    def _tabbed_here(self) -> bool:
        """Whether Tab has just completed what stands at the cursor and there are others that fit."""
        at = (self.line.value, self.line.cursor_position)
        if not self._tabbed or self._tabbed[2] != at:
            return False
        start = self._tabbed[0]
        where = self._here()
        return len(offers(*start, self._live.view, where.block, where.lists)) > 1

    def begin(self, rows: Sequence[Sequence[str]]) -> None:
        """Put in what was typed or pasted elsewhere; it comes in by Enter alone, also if it is many lines.

        A line from before, in whose place it comes before anybody has seen it, waits.
        """
        line = self.line
        self._have_its_kind(line.value)
        if line.value and line.value == self._unfinished:
            line.selection = Selection(0, len(line.value))
        first, *rest = [self._as_typed(row) for row in rows] or [""]
        is_behind = line.selection.is_empty and bool(line.value) and not line.value.endswith(" ")
        line.replace(f" {first}" if is_behind else first, *line.selection)
        self._put_ahead(first, rest)
        self._typed = line.value
        self._history.note(line.value)
        self.read()

    def _as_typed(self, row: Sequence[str]) -> str:
        """Return a row of a spreadsheet as one types it: a comma before the next cell, as before a title."""
        first, *more = row
        where = self._here()
        if more and kind_in(self.line.value, where.block, where.lists) is Stakeholder:
            first = first.replace(", ", "\\, ")
        return ", ".join(cell for cell in (first, *more) if cell)

    def _pause(self) -> None:
        """Keep what is typed, and say what was said before of the same."""
        self.flush()
        self._recall()

    def flush(self) -> None:
        """Keep what is typed for the audience it was typed for, also what came in since it closed.

        An answer stays to the question and of the person that it is now, wherever it is gone on with.
        """
        if self._timer:
            self._timer.stop()
            self._timer = None
        first = self._first()
        later = self._ahead[self._following :]
        all_of_it = (
            self._waiting_alone(first) if self.is_open else first,
            *filter(None, self._behind()),
            *(("", *later) if later else ()),
        )
        lines = (kept(line, self._place.block, self._place.lists) for line in all_of_it)
        self._keep(PLACE, "\n".join(lines), self._audience)

    def take(self) -> None:
        """Add what the line says and the lines pasted behind it, up to one that is refused.

        What may mean something else is taken once Enter is pressed again as it stands, after it was told.
        Where a line was typed in the place of a refused one, those behind wait: Enter on the empty line shows
        the next of them, so that nothing comes in unseen. What one Enter brings in is one undo.
        """
        if self.line.value.strip():
            self._came_in = 0
            self._have_its_kind(self.line.value)
            is_read = True
            group = new_id() if self._following else ""
            while self._take_one(is_read=is_read, group=group) and self._following:
                is_read = False
                self._following -= 1
                self._put(self._ahead.pop(0))
            self.line.cursor_position = len(self.line.value)
        elif self._ahead:
            self._show_next()
        self.flush()
        self.read()

    def _show_next(self) -> None:
        """Put in the first line that waits; those behind it come in with it."""
        self._put_unfinished(self._ahead.pop(0))
        self._following = len(self._ahead)

    def _first(self) -> str:
        """Return the line as it waits; a kind that those behind have by it is no more its own than theirs."""
        line = self.line.value
        is_theirs = self._following and not self._is_letter_its_own
        return waiting(unsaid(line) if is_theirs else line, self._asked_of)

    def _behind(self) -> Iterator[str]:
        """Yield the lines that come in with the one that is typed, as they do: of the kind put before it."""
        return self._with_kind_of(self.line.value)

    def _with_kind_of(self, first: str) -> Iterator[str]:
        now = _letter_of(first)
        return (following(each, self._letter_then, now) for each in self._ahead[: self._following])

    def _have_its_kind(self, first: str) -> None:
        """Have those lines stay of the kind of the first, whatever becomes of that one."""
        self._ahead[: self._following] = self._with_kind_of(first)
        self._letter_then = _letter_of(first)

    def _take_one(self, *, is_read: bool, group: str) -> bool:
        text = self.line.value
        if not text.strip():
            return True
        if self._live.audience != self._audience:
            return False  # somebody else looks now: what was typed for others stays a draft of theirs
        captured = self._parsed(keep=self._asked == text)
        if self._put_away(captured):
            return False
        if not is_read and _lacks_its_question(captured, self._asked_of):
            self._refused, self._why = text, QUESTION_GONE
            return False
        session = self._live.session_id
        try:
            step = self._live.commit(lambda whole: captured.changes(whole, session, new_id), undo_group=group)
        except Refused as refused:
            self._refused, self._why = text, str(refused)
            self._asked = text if is_read else None
            if not is_read:
                self.call_after_refresh(self._shown, text)
            return False
        if step:
            kind, key = (captured.kind, (captured.there,)) if captured.there else target(step.changes[0])
            said = told(captured) if self._live.view.get(kind, *key) else ""
            self._news = said, kind, key
            self._came_in += 1
            self.post_message(self.Added("/".join((kind.__name__, *key)), said))
        self._put("")
        return True

    def _shown(self, text: str) -> None:
        """Have the next Enter do what is said of a line that came up from behind, once that can be read."""
        if self._refused == text == self.line.value:
            self._asked = text

    def _put_away(self, captured: Captured) -> bool:
        """Keep for ourselves a line that is not for the customer who reads it; whether it is one."""
        if not captured.is_closed or self._audience != CUSTOMER:
            return False
        line = waiting(self.line.value, _asked_in(captured))
        self._keep_for_us(PLACE, kept(line, self._place.block, self._place.lists))
        self._ahead = [self._waiting_alone(each) for each in self._ahead]
        self._put("")
        self._news, self._is_put_away = None, True
        return True

    def _waiting_alone(self, line: str) -> str:
        """Return a line for when it is gone on with elsewhere, an answer with what it was typed for."""
        text, asked_of = taken_apart(line)
        if asked_of or not text.strip():
            return line
        asked_of = _asked_in(self._read_as(shown(text), None))
        return waiting(text, asked_of if asked_of and any(asked_of) else None)

    def _completed(self, at: tuple[str, int], choice: int = 0) -> tuple[str, int] | None:
        """Return a line and its cursor with the name there completed; None where none fits."""
        where = self._here()
        return complete(*at, self._live.view, where.block, choice, lists=where.lists)

    def _proposed(self) -> str:
        """Return what Tab adds where it completes no name, as ~customer; "" for nothing."""
        return "" if self._names_go_on else self._parsed().proposes

    @property
    def _names_go_on(self) -> bool:
        """Whether Tab completes the name at the cursor, and not only by a space behind it."""
        line = self.line
        completed = self._completed((line.value, line.cursor_position))
        return completed is not None and completed[0].rstrip() != line.value.rstrip()

    def _put_by(self, at: int) -> None:
        """Make the date that stands in the words at a place the due date."""
        line, before = self.line, self.line.cursor_position
        line.value = f"{line.value[:at]}{BY} {line.value[at:]}"
        line.cursor_position = len(line.value) if before >= at else before

    def _date_at(self) -> int:
        """Return where Tab puts `by` in front of a date in the words; -1 where it completes a name."""
        return -1 if self._names_go_on else self._parsed().date_at

    def take_back_typing(self, *, redo: bool = False) -> bool:
        """Take back in the line what was typed last, or put it in again; whether there was anything of it."""
        if not redo and self.is_open and self._take_back_drop():
            return True
        text = self._history.step(redo=redo) if self.is_open else None
        if text is not None:
            if len(text) > 1 and self._given_up[0].startswith(text):  # it, or it some words ago
                self._asked_of = self._given_up[1]
            self.line.value = text
            self.line.cursor_position = len(text)
            line, asked_of = taken_apart(self._set_aside)
            if text == line and self._set_aside in self._ahead:  # it is there again, and waits no longer
                self._ahead.remove(self._set_aside)
                self._set_aside, self._asked_of = "", asked_of
        return text is not None

    @property
    def has_text(self) -> bool:
        """Whether anything stands in the line that is typed now, or was dropped and nothing since."""
        return self.is_open and bool(self.line.value.strip() or self._dropped)

    def complete(self, by: int) -> None:
        """Complete the name at the cursor, or take what is proposed; again: the next that fits."""
        if by > 0 and not self._tabbed_here and self._date_at() >= 0:
            self._put_by(self._date_at())
            return
        if by > 0 and not self._tabbed_here and (proposed := self._proposed()):
            value = f"{self.line.value.rstrip()} {proposed} "
            self.line.value, self.line.cursor_position = value, len(value)
            return
        at = (self.line.value, self.line.cursor_position)
        start, choice = at, min(by, 0)
        if self._tabbed and self._tabbed[2] == at:
            start, choice = self._tabbed[0], self._tabbed[1] + by
        found = self._completed(start, choice)
        if found:
            self._tabbed = start, choice, found
            self.line.value, self.line.cursor_position = found

    # Leaving

    def action_leave(self) -> None:
        """Go away once all keys before are typed; those behind go elsewhere already."""
        in_turn(self.screen, self.leave)
        self._left()

    def leave(self) -> None:
        """Go away at once; the line stays as a draft."""
        if self.is_open:
            self._have_its_kind(self.line.value)
            if self.line.value.strip():
                self._put_away(self._parsed())
            first, *self._ahead = map(self._waiting_alone, (self._first(), *self._ahead))
            _, self._asked_of = taken_apart(first)
            self.flush()
            self.display = False
            self.screen.remove_class("capturing")
            if mode(self.screen) is Mode.CAPTURE:
                self._left()


def _asked_in(captured: Captured) -> Asked | None:
    """Return the ids of the question and the person of an answer; None for another kind of line."""
    if captured.kind is not Answer:
        return None
    values = captured.values(Answer)
    question, person = values.get("question"), values.get("stakeholder")
    return (str(question) if question else None, str(person) if person else None)


def _letter_of(line: str) -> str:
    """Return the letter of a kind in front of a line; "" for none."""
    prefix, _ = scan(line)
    return prefix.text if prefix else ""


def _lacks_its_question(captured: Captured, asked_of: Asked | None) -> bool:
    """Whether an answer that has waited is to nothing now, as its question has gone meanwhile.

    What was made another kind of line since is to none.
    """
    question, _ = asked_of or (None, None)
    return question is not None and _asked_in(captured) not in {None, asked_of}


def _listed(told: str, each: list[str], number: int, cells: int) -> str:
    """Return what is told with as many of the lines behind it as fit, and how many there are more.

    Where one of them is refused it is told at which line it stops, in any case.
    """
    end = f" · {each.pop()}" if each and each[-1].startswith(_STOPS) else ""
    shown = ""
    for n, text in enumerate(each, 1):
        longer = f"{shown} · {text}" if shown else text
        rest = end or (f" · and {number - n} more" if n < number else "")
        if shown and cell_len(f"{told}{longer}{rest}") > cells:
            return f"{told}{shown}{' · …' + end if end else f' · and {number - n + 1} more'}"
        shown = longer
    more = "" if end or len(each) == number else f" · and {number - len(each)} more"
    return f"{told}{shown}{end if shown else end.removeprefix(' · ')}{more}"


def is_named(kind: type[Entity], audience: str) -> bool:
    """Whether the letter of a kind is told: before the customer those of what a workshop makes with them."""
    return may_capture(kind, audience) and not (audience == CUSTOMER and kind in LIVES_IN_A_VIEW)


def _example(sign: str, slot: Slot) -> str:
    """Return how a sign, or the name of a field, is typed with its value."""
    if sign == BY:
        return f"{sign} date"
    if not sign.endswith(":"):
        return f"{sign}{slot.says}"
    values = ((is_day, "date"), (is_period, "2027"), (is_money, "250k"), (is_number, "30"), (is_prose, '"…"'))
    return next((f"{sign}{example}" for is_so, example in values if is_so(slot)), f"{sign}…")


def told(captured: Captured) -> str:
    """Return in words what a line has added, as in «new person Ana Pires, reports to Tomasz Lindqvar»."""
    if captured.kind is Meeting:
        return ", ".join(chip.text for chip in captured.chips if chip.state is State.OK)
    called = str(captured.values(captured.kind)[captured.kind.NAME_FIELD])
    first = captured.chips[0].text
    read = [chip for chip in captured.chips[1:] if chip.state in {State.OK, State.NOTED}]
    rest = [chip.text for chip in read if not chip.is_words]
    hidden = ("not shown to the customer",) if captured.proposes else ()
    if captured.kind is Answer:
        return f"new {', '.join((first, *rest, *hidden))}: {called}"
    if captured.there:
        return f"{first}: {', '.join(rest)}"
    return ", ".join([f"{first} {called}", *rest, *hidden])
