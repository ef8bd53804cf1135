"""Pages of the library over all accounts: Monday, and the open actions; what they show is read in threads."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, Protocol

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from workshop_tui.clipboard import copy_by_command
from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.export import Exported
from workshop_tui.documents.files import InTheWayError, anything
from workshop_tui.documents.monday import MondayLane, MondayLine, monday_lanes
from workshop_tui.domain.base.dates import Calendar, format_date
from workshop_tui.domain.base.text import counted, one_line
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, UNCUT
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Changes
from workshop_tui.domain.rules.action_lanes import NOBODY, action_line
from workshop_tui.domain.rules.digest import tell
from workshop_tui.live.monday import monday
from workshop_tui.live.row_changes import (
    Build,
    Changed,
    RowMeant,
    complete,
    context_of,
    dates_of,
    drop,
    hand_over,
    person_called,
    redate,
)
from workshop_tui.settings import own_files
from workshop_tui.store.errors import StoreError
from workshop_tui.store.open_actions import OpenAction, firms, in_each, open_actions
from workshop_tui.tui.account_actions import AccountActions
from workshop_tui.tui.commands.command import Command, Commanded, Section, key_of
from workshop_tui.tui.host import Host
from workshop_tui.tui.screens.dialogs import Ask, Choose, Field, Values, confirm
from workshop_tui.tui.screens.exporting import INTO, write
from workshop_tui.tui.widgets.filter_chips import FilterChips
from workshop_tui.tui.widgets.filter_line import FilterLine
from workshop_tui.tui.widgets.literal import literal, set_text
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.views.account.written import written_list
from workshop_tui.views.cell import Choice
from workshop_tui.views.copied import as_line
from workshop_tui.views.monday import line_id, lines_in, monday_head, monday_table, seen_as
from workshop_tui.views.open_actions import (
    CARRY,
    SOUGHT,
    ActionList,
    action_chips,
    action_id,
    actions_head,
    actions_table,
    day_read,
    days_told,
    redating,
)
from workshop_tui.views.row_id import HEADING, OPENS, RowId
from workshop_tui.views.table import Table
from workshop_tui.views.text_layout import fit

LOW = 30
"""Lines of the terminal under which a line is shown in one, and the whole of it beneath the list."""
WIDE = 160
"""Cells of the terminal from which a line has room for all of it."""
READING = "Reading …"
_SAID = 40
"""Cells of a row's words that are told of it."""
ADDED_THERE = "Who is not here yet is added in the session: Enter on the action opens it there."
NO_ROW = "Go to a line first."


def _verbs(those: Sequence[OpenAction]) -> tuple[Choice, ...]:
    """Return what can become of these actions, with the letters that it has in a session."""
    verb, counts = redating(those)
    return (
        Choice("done", "done", "d"),
        Choice("due", "carry to another date" if verb == CARRY else verb.lower(), "c", counts),
        Choice("drop", "drop, for a reason", "r"),
        Choice("owner", "hand over", "h"),
        Choice("accountable", "who answers for it", "a"),
    )


_SEEN_BY = (
    Choice(CUSTOMER, "the customer, from now on", "c"),
    Choice("", "nobody else: it stays as it is", "n"),
)

_page = partial(Command[Any], section=Section.LIBRARY)


_COMMON = (
    _page(
        "page.clear",
        "escape,ctrl+l",
        "Show all",
        lambda page: page.clear(),
        "show all lines again, unmarked, on Monday and Actions",
        applies=lambda page: page.is_narrowed,
        shown=True,
    ),
    _page(
        "page.audience",
        "f",
        "For whom",
        lambda page: page.turn_audience(),
        "show all of Monday and Actions, or as the alliance sees them, or one of the firms",
        shown=True,
    ),
    _page(
        "copy.row",
        "y",
        "Copy",
        lambda page: page.copy(),
        "copy the line, or the marked ones, on Monday and Actions",
        disabled=lambda page: "" if page.lines_meant() else NO_ROW,
        shown=True,
    ),
    _page(
        "export",
        "e",
        "Write",
        lambda page: page.write(),
        "export; on Monday and Actions write what the page shows as Markdown",
        shown=True,
    ),
)
"""Commands of both pages."""


class PageHost(Host, Protocol):
    """What is asked of the app."""

    @property
    def today(self) -> dt.date:
        """The day on the wall."""

    @property
    def accounts(self) -> AccountActions:
        """What is done with whole accounts."""

    def open_line(self, row: str) -> None:
        """Open what a line names, in its account; Esc there comes back to the line."""

    def complain(self, wrong: str) -> None:
        """Say what is wrong, once as long as it stands there."""


class Shared(Protocol):
    """What the pages have in common: as whom they are seen, and what was changed on them."""

    audience: str
    """The alliance, a firm by its short name, or uncut."""
    batches: list[tuple[tuple[str, ...], str]]
    """The accounts of each change that was made on the pages, and on which line; the last one at the end."""


class PageRows(Sheet):
    """The lines of a page: Enter opens what one names, or narrows the list to what is beneath a heading."""

    adds = removes = False


class LibraryPage(Commanded, Vertical):
    """A list over all accounts: all of it, or as the alliance sees it, or one of the firms."""

    title: ClassVar[str]
    called: ClassVar[str]
    """What the document is called that it is written as."""

    def __init__(self, host: PageHost, shared: Shared, id_: str) -> None:
        """Begin with nothing read."""
        super().__init__(id=id_)
        self._host = host
        self._is_read = False
        self._shared, self._days = shared, ""
        self.part = ""
        """The id of the heading to which it is narrowed; "" for all."""
        self._read_for = ""
        """For which audience it was read; "" before it was."""

    def compose(self) -> ComposeResult:
        """Make the head, the list, and the place for the whole of a line."""
        yield Static(id="page-head", markup=False)
        yield from self.above()
        sheet = PageRows(id=f"{self.id}-rows", classes="pane")
        sheet.border_title = literal(self.title)
        yield sheet
        yield Static(id="page-line", markup=False)

    def above(self) -> ComposeResult:
        """Make what stands between the head and the list."""
        yield from ()

    def on_mount(self) -> None:
        """Say that it is being read."""
        self.sheet.show(Table(empty=READING))

    @property
    def sheet(self) -> PageRows:
        """The list."""
        return self.query_one(PageRows)

    @property
    def is_low(self) -> bool:
        """Whether there is little height."""
        return self.app.size.height < LOW

    @property
    def tells_line(self) -> bool:
        """Whether the whole of the line under the cursor stands beneath the list, as it may be cut there."""
        return self.is_low or self.app.size.width < WIDE

    @property
    def _audience(self) -> str:
        return self._shared.audience

    def take_keys(self) -> None:
        """Have the keys go to the list."""
        self.sheet.focus()

    # Reading

    def open(self) -> None:
        """Be there again; what was read for another audience is not shown to this one."""
        if self._read_for not in {"", self._audience}:
            self._is_read = False
            self.sheet.show(Table(empty=READING))
            set_text(self.query_one("#page-head", Static), "")
        self.display = True

    async def read(self) -> None:
        """Read it anew in a thread, and show it; the cursor stays on its line."""
        audience = self._audience
        try:
            await self.load()
        except StoreError as error:
            self._host.complain(str(error))
            if self.is_mounted and not self._is_read:
                self.sheet.show(Table(empty=str(error)))
            return
        if self.is_mounted and audience == self._audience:
            self._is_read, self._read_for = True, audience
            self.show()

    async def load(self) -> None:
        """Read what is shown."""

    def show(self) -> None:
        """Show what was read."""
        if self._is_read:
            self._show_lines(self.table())
            set_text(self.query_one("#page-head", Static), self.head())
            self.sheet.border_title = literal(f"{self.title} · {seen_as(self._audience)}")
            self.sheet.border_subtitle = literal(self._days)
            self._show_line()
            self.refresh_bindings()

    def _show_lines(self, table: Table) -> None:
        """Show the lines; where that under the cursor has gone, the cursor is on a line again, no heading."""
        was = self.sheet.current
        self.sheet.show(table)
        row = self.sheet.current
        if row and row.heading and not (was and was.heading):
            self.sheet.action_move(1, 0)

    def table(self) -> Table:
        """Return the lines as they are shown now."""
        return Table()

    def head(self) -> str:
        """Return what stands above them."""
        return self.title

    def on_resize(self) -> None:
        """Have it fit the terminal."""
        self.show()

    @on(Sheet.Moved)
    def _moved(self) -> None:
        self._show_line()

    def _show_line(self) -> None:
        line, text = (
            self.query_one("#page-line", Static),
            self.line_of(self.current) if self.tells_line else "",
        )
        line.display = bool(text)
        set_text(line, text)

    @work(group="audience")
    async def turn_audience(self) -> None:
        """Show all of it, or as the next of alliance and firms sees it."""
        try:
            every = [UNCUT, ALLIANCE, *await asyncio.to_thread(firms, self._host.path)]
        except StoreError as error:
            self._host.complain(str(error))
            return
        at = every.index(self._audience) if self._audience in every else 0
        self._shared.audience = every[(at + 1) % len(every)]
        await self.read()

    # Lines

    @property
    def current(self) -> str:
        """The id of the row under the cursor."""
        row = self.sheet.current
        return row.id if row else ""

    def line_of(self, row: str) -> str:
        """Return the whole of a line in words; "" for what is none."""
        found = next((each for each in self.sheet.table.rows if each.id == row and each.cells), None)
        return as_line(None, self.sheet.table, found) if found else ""

    def lines_meant(self) -> list[str]:
        """Return the lines that are marked, else the one under the cursor, in words."""
        line = self.line_of(self.current)
        return [line] if line else []

    @property
    def is_narrowed(self) -> bool:
        """Whether something isn't shown."""
        return bool(self.part)

    def clear(self) -> None:
        """Show all again, and stay on the line."""
        self.part = ""
        self.show_again()

    def narrow(self, part: str) -> None:
        """Show what is beneath a heading alone, or all again."""
        self.part = "" if self.part == part else part
        self.show_again()

    def show_again(self) -> None:
        """Show the lines otherwise, the one under the cursor wherever it has gone."""
        at = self.current
        self.show()
        self.sheet.go_to(at)

    @on(Sheet.Asked)
    def _asked(self, event: Sheet.Asked) -> None:
        event.stop()
        at = RowId.parse(event.row.id)
        if event.what != "edit":
            return
        if at.kind == HEADING:
            self.narrow(str(RowId(HEADING, at.key)))
        elif at.kind == OPENS:
            self._host.open_line(event.row.id)

    # Taking out

    def copy(self) -> None:
        """Copy the line under the cursor, or those that are marked."""
        lines = self.lines_meant()
        self.run_worker(self._copy("\n".join(lines), counted(len(lines), "line")), group="copy")

    async def _copy(self, text: str, what: str) -> None:
        self.app.copy_to_clipboard(text)
        by = "" if self.app.is_web else await asyncio.to_thread(copy_by_command, text)
        self._host.say(f"{what} copied by {by}." if by else f"{what} sent to the terminal to copy.")

    @work(exclusive=True, group="write")
    async def write(self) -> None:
        """Ask for whom and where to, and write what the page shows as Markdown."""
        try:
            names = await asyncio.to_thread(firms, self._host.path)
        except StoreError as error:
            self._host.complain(str(error))
            return
        fields = (
            Field(
                "audience",
                "For",
                self._audience if self._audience in names else ALLIANCE,
                "All of it has what each firm keeps to itself, too." if self._audience == UNCUT else "",
                (("the alliance", ALLIANCE), *((name, name) for name in names), ("all of it", UNCUT)),
            ),
            Field("path", "Into", "", INTO),
        )
        await self._host.ask(Ask(f"Write this page: {self.title}", fields, self._write, "Write"))

    async def _write(self, values: Values) -> Mapping[str, str]:
        audience, typed = values["audience"], values["path"].strip()
        try:
            written = await self.document(audience)
            name = f"{self.called}-{'-'.join(audience.lower().split())}.md"
            kept = own_files(self._host.settings, self._host.path)
            put = partial(write, typed, name, written, kept)
            try:
                path = await asyncio.to_thread(put)
            except InTheWayError as there:
                lost = f"«{there.path}» is there already, and what is in it would be lost."
                if await self._host.ask(confirm("Write over it?", lost, "Yes, write over it")) != "yes":
                    raise
                path = await asyncio.to_thread(put, replaces=anything)
        except (DocumentError, StoreError) as error:
            return {"path": str(error)}
        self._host.say(f"Written to {path}.", path=str(path))
        return {}

    async def document(self, audience: str) -> Exported:
        """Return what is shown as it is for an audience."""
        return written_list(self.title, self.head(), self.table(), audience)

    # Changing

    async def change(
        self, meant: Sequence[RowMeant], build: Build, told: Callable[[Sequence[Changed]], str]
    ) -> str:
        """Change rows, in one Step an account; say what has come of it, return what is wrong."""
        stored, wrong = await self._host.accounts.change_rows(meant, build)
        changed = [one for one in stored if one.before != one.after]
        if stored and not changed:
            return wrong or "That is so already: nothing has changed."
        if changed:
            accounts = tuple(dict.fromkeys(one.meant.account for one in changed))
            self._shared.batches.append((accounts, self.current))
            self._host.say(f"{told(changed)}: {key_of(self, 'undo')} undoes.")
            self.changed()
            await self.read()
        return wrong

    def changed(self) -> None:
        """Know that what was meant has been changed."""

    def undoes(self) -> tuple[tuple[str, ...], str]:
        """Return in which accounts an undo takes back what was done here last; () where nothing was.

        With it comes the line on which that was done, which may be there again.
        """
        return self._shared.batches.pop() if self._shared.batches else ((), self.current)

    def day_of(self, plan: AccountPlan) -> dt.date:
        """Return an account's own day, or today."""
        return plan.account.as_of or self._host.today


def _named(changed: Sequence[Changed]) -> str:
    """Return which rows these are, by account."""
    accounts = dict.fromkeys(one.plan.account.name for one in changed)
    those = {name: [one for one in changed if one.plan.account.name == name] for name in accounts}
    if len(changed) == 1:
        (one,) = changed
        said = fit(one_line(one.after.words), _SAID).rstrip()
        return f"«{said}» ({one.meant.ref})"
    kind = changed[0].meant.kind.lower()
    return " and ".join(f"{counted(len(found), kind)} of {name}" for name, found in those.items())


class MondayPage(LibraryPage):
    """What we owe, what news to bring, who goes quiet."""

    KEY_COMMANDS: ClassVar[tuple[Command[Any], ...]] = (
        _page(
            "news.told",
            "t",
            "They know",
            lambda page: page.tell_news(),
            "note on Monday's news to bring that the customer knows it by now",
            applies=lambda page: page.news is not None,
            shown=True,
        ),
        *_COMMON,
    )
    title, called = "What to know over all accounts", "monday"

    def __init__(self, host: PageHost, shared: Shared) -> None:
        """Begin with all lanes."""
        super().__init__(host, shared, "monday")
        self._lanes: tuple[MondayLane, ...] = ()
        self._lines: dict[str, MondayLine] = {}

    async def load(self) -> None:
        """Read the digests of all accounts."""
        self._lanes, self._days = await asyncio.to_thread(_read_monday, self._host, self._audience)
        self._lines = {line_id(line): line for lane in self._lanes for line in lane.lines}

    def table(self) -> Table:
        """Return the lanes, or the one it is narrowed to."""
        most = lines_in(self.app.size.height)
        return monday_table(self._lanes, self.part, most=most, low=self.is_low)

    def head(self) -> str:
        """Return how much there is in each lane."""
        return monday_head(self._lanes)

    def line_of(self, row: str) -> str:
        """Return the whole of a line in words."""
        line = self._lines.get(row)
        return line.text if line else ""

    @property
    def news(self) -> MondayLine | None:
        """The news under the cursor; None where it is none."""
        line = self._lines.get(self.current)
        return line if line and line.is_news else None

    @work(exclusive=True, group="change")
    async def tell_news(self) -> None:
        """Note that the customer knows what the line tells: it is no news any more."""
        if line := self.news:

            def build(plan: AccountPlan, row: Any) -> Changes:
                return tell(plan, row, self.day_of(plan), self.day_of(plan))

            meant = RowMeant("/".join(line.key), line.account, line.kind, line.ref)
            wrong = await self.change((meant,), build, lambda changed: f"They know {_named(changed)}")
            if wrong:
                self._host.say(wrong)

    async def document(self, audience: str) -> Exported:
        """Return the lanes as they are for an audience."""
        lanes, days = await asyncio.to_thread(_read_monday, self._host, audience)
        told = _told(self._host, audience, monday_head(lanes), days)
        return written_list("What to know on a Monday", told, monday_table(lanes, self.part), audience)


def _told(host: PageHost, audience: str, head: str, days: str) -> str:
    whom = {UNCUT: "All of it", ALLIANCE: "For the alliance"}.get(audience, f"For {audience}")
    as_of = days or f"as of {format_date(host.today)}"
    return f"{whom}, {as_of}: {head}."


def _asked_of_store(audience: str) -> str:
    """Return an audience as the lists of the store take it: "" for all of it."""
    return "" if audience == UNCUT else audience


def _read_monday(host: PageHost, audience: str) -> tuple[tuple[MondayLane, ...], str]:
    """Return the lanes, and which accounts are told as of another day; in a thread."""
    found = monday(host.path, host.today, audience=audience)
    days = (f"{one.name} as of {format_date(one.day)}" for one in found if one.day != host.today)
    return monday_lanes(found), "; ".join(days)


def _as_meant(those: Sequence[OpenAction]) -> tuple[RowMeant, ...]:
    return tuple(RowMeant(action.id, action.account, "Action", action.ref) for action in those)


class ActionsPage(LibraryPage):
    """The open actions of all accounts: grouped, filtered, marked, and done in place."""

    KEY_COMMANDS: ClassVar[tuple[Command[Any], ...]] = (
        _page(
            "row.do",
            "d",
            "Do",
            lambda page: page.do(),
            "complete, carry, drop or hand over the action, or the marked ones, on Actions",
            disabled=lambda page: "" if page.meant() else NO_ROW,
            shown=True,
        ),
        _page(
            "table.mark",
            "m",
            "Mark",
            lambda page: page.mark(1),
            "mark the action and go on, on Actions",
            disabled=lambda page: "" if page.is_on_action else NO_ROW,
            shown=True,
        ),
        _page("table.mark.down", "shift+down", "Mark downward", lambda page: page.mark(1)),
        _page("table.mark.up", "shift+up", "Mark upward", lambda page: page.mark(-1)),
        _page(
            "table.filter",
            "slash",
            "Filter",
            lambda page: page.filter(),
            "show the actions that have a word, as `@name`, `late`, `week`, `mine`, `theirs`, `acct:nor`",
            shown=True,
        ),
        _page(
            "actions.group",
            "s",
            "Group",
            lambda page: page.group(),
            "group the actions by lane, owner, firm, account or milestone",
            shown=True,
        ),
        *_COMMON,
    )
    title, called = "Open actions of all accounts", "actions"

    def __init__(self, host: PageHost, shared: Shared) -> None:
        """Begin with all actions, in lanes."""
        super().__init__(host, shared, "actions")
        self._found: tuple[OpenAction, ...] = ()
        self._by_row: dict[str, OpenAction] = {}
        self._asked_for = ActionList()
        self._line = FilterLine()
        self._chips = FilterChips(self._seek)

    def above(self) -> ComposeResult:
        """Make the words to filter by, and the line to type others in."""
        yield self._chips
        yield self._line

    @property
    def _actor(self) -> str:
        return self._host.settings.actor

    async def load(self) -> None:
        """Read the open actions."""
        host = self._host
        read = partial(open_actions, host.path, host.today, audience=_asked_of_store(self._audience))
        self._found = await asyncio.to_thread(read)
        self._days = days_told(self._found, host.today)
        self._by_row = {action_id(action): action for action in self._found}
        self._asked_for.marked &= self._by_row.keys()

    def table(self) -> Table:
        """Return the actions that are wanted, under their headings."""
        return actions_table(self._found, self._asked_for, self._actor, self.part, low=self.is_low)

    def head(self) -> str:
        """Return how many there are, and show the words to filter by."""
        chips = () if self.is_low else action_chips(self._found, self._actor)
        self._chips.show(chips, self._asked_for.wanted.strip())
        return actions_head(self._found, self._asked_for, self._actor)

    def line_of(self, row: str) -> str:
        """Return the whole of an action in words."""
        action = self._by_row.get(row)
        return action_line(action) if action else ""

    def _meant_rows(self) -> list[OpenAction]:
        """Return the actions that are marked and shown, else the one under the cursor."""
        marked = [self._by_row[row.id] for row in self.sheet.table.rows if row.marked]
        here = self._by_row.get(self.current)
        return marked or ([here] if here else [])

    def lines_meant(self) -> list[str]:
        """Return the actions that are marked, else the one under the cursor, in words."""
        return [action_line(action) for action in self._meant_rows()]

    def meant(self) -> tuple[RowMeant, ...]:
        """Return which actions are to be changed."""
        return _as_meant(self._meant_rows())

    # What is shown

    @property
    def is_on_action(self) -> bool:
        """Whether the cursor is on an action."""
        return self.current in self._by_row

    @property
    def is_narrowed(self) -> bool:
        """Whether something isn't shown, or is marked."""
        is_narrowed = super().is_narrowed or bool(self._asked_for.wanted or self._asked_for.marked)
        return is_narrowed and not self._line.has_focus

    def clear(self) -> None:
        """Show all, unmarked."""
        self._asked_for.clear()
        super().clear()

    def group(self) -> None:
        """Group by the next of lane, owner, firm, account, milestone."""
        self._asked_for.group_next()
        self.part = ""
        self.show_again()

    def mark(self, way: int) -> None:
        """Mark the action under the cursor, or take its mark away; go on to the next."""
        if self.is_on_action:
            self._asked_for.marked ^= {self.current}
            self.show()
            self.sheet.action_move(way, 0)
            while not self.is_on_action and self._is_further(way):
                self.sheet.action_move(way, 0)

    def _is_further(self, way: int) -> bool:
        return 0 <= self.sheet.row + way < len(self.sheet.table.rows)

    def filter(self) -> None:
        """Have one type what to see."""
        line = self._line
        line.value, line.placeholder, line.display = self._asked_for.wanted, SOUGHT, True
        line.focus()

    def _seek(self, wanted: str) -> None:
        if wanted != self._asked_for.wanted:
            self._asked_for.wanted = wanted
            self.show_again()

    @on(Input.Changed, "#filter")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._line.display:
            self._seek(event.value)

    @on(FilterLine.Left)
    def _left(self, event: FilterLine.Left) -> None:
        event.stop()
        if not event.kept:
            self._seek("")
        self.take_keys()
        self._line.display = False

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """Tell anew which keys answer."""
        self.refresh_bindings()

    # What is done

    def changed(self) -> None:
        """Take the marks away from what was changed."""
        self._asked_for.marked.clear()

    @work(exclusive=True, group="change")
    async def do(self) -> None:
        """Ask what becomes of the actions, and have it done."""
        those = self._meant_rows()
        if not those:
            return
        name = f"{len(those)} actions" if len(those) > 1 else fit(those[0].title, _SAID).rstrip()
        meant = self.meant()
        verb = await self._host.ask(Choose(name, _verbs(those)))
        if verb in {"owner", "accountable"}:
            await self._hand_over(those, name, verb)
        elif verb == "done":
            field = Field("on", "Done on", "today", reads=self._reads(those, "on"))
            await self._ask(f"Done: {name}", field, "Done", partial(self._done, meant))
        elif verb == "due":
            title, counts = redating(those)
            hint = " ".join(filter(None, ("As in fri, +2w or 1 dec.", counts and f"{counts}.")))
            field = Field("due", "To which day", "", hint, reads=self._reads(those, "due"))
            take = partial(self._redate, meant, "Carried to" if title == CARRY else "Due on")
            await self._ask(f"{title}: {name}", field, title, take)
        elif verb == "drop":
            field = Field("reason", "Why", "", "In a few words.")
            await self._ask(f"Drop: {name}", field, "Drop", partial(self._drop, meant))

    async def _ask(self, title: str, field: Field, verb: str, take: Callable[[str], Any]) -> None:
        async def taken(values: Values) -> Mapping[str, str]:
            wrong = await take(values[field.name].strip())
            return {field.name: wrong} if wrong else {}

        await self._host.ask(Ask(title, (field,), taken, verb))

    def _reads(self, those: Sequence[OpenAction], name: str) -> Callable[[Values], str]:
        return lambda values: day_read(those, values[name], day_first=self._host.settings.day_first)

    def _calendar(self, plan: AccountPlan) -> Calendar:
        return dates_of(plan, self._host.today, day_first=self._host.settings.day_first)

    async def _done(self, meant: Sequence[RowMeant], typed: str) -> str:
        def build(plan: AccountPlan, action: Any) -> Changes:
            dates = self._calendar(plan)
            return complete(plan, action, dates.parse(typed or "today"), dates.today)

        return await self.change(meant, build, lambda changed: f"Done: {_named(changed)}")

    async def _redate(self, meant: Sequence[RowMeant], verb: str, typed: str) -> str:
        def build(plan: AccountPlan, action: Any) -> Changes:
            dates = self._calendar(plan)
            return redate(plan, action, dates.parse(typed), context_of(plan, dates))

        def told(changed: Sequence[Changed]) -> str:
            return f"{verb} {format_date(changed[0].after.due)}: {_named(changed)}"

        return await self.change(meant, build, told) if typed else "Type a day, as in fri, +2w or 1 dec."

    async def _drop(self, meant: Sequence[RowMeant], reason: str) -> str:
        def build(plan: AccountPlan, action: Any) -> Changes:
            return drop(action, reason, self.day_of(plan))

        return await self.change(meant, build, lambda changed: f"Dropped: {_named(changed)}")

    async def _hand_over(self, those: Sequence[OpenAction], name: str, field: str) -> None:
        accounts = {action.account for action in those}
        meant = _as_meant(those)
        try:
            people = await asyncio.to_thread(
                in_each, self._host.path, accounts, self._host.today, _asked_of_store(self._audience)
            )
        except StoreError as error:
            self._host.complain(str(error))
            return
        groups = {True: "Ours", False: "The customer's"}
        choices = [Choice(str(n), who, group=groups[is_ours]) for n, (who, is_ours) in enumerate(people)]
        title = f"Who answers for it: {name}" if field == "accountable" else f"Hand over: {name}"
        several = "These are in all of the accounts." if people else "Nobody is in all of these accounts."
        there = several if len(accounts) > 1 else ADDED_THERE
        at = await self._host.ask(Choose(title, (*choices, Choice("", NOBODY)), there))
        if at is None:
            return
        who, is_ours = people[int(at)] if at else (NOBODY, True)
        seen_by: str | None = ""
        if not is_ours and any(action.visibility != CUSTOMER for action in those):
            seen_by = await self._host.ask(Choose(f"{who} is the customer's: who may see it?", _SEEN_BY))
        if seen_by is None:
            return

        def build(plan: AccountPlan, action: Any) -> Changes:
            person = person_called(plan, who, is_ours=is_ours) if at else None
            return hand_over(plan, action, person, context_of(plan, self._calendar(plan)), field, seen_by)

        def told(changed: Sequence[Changed]) -> str:
            return f"{who} {'answers for' if field == 'accountable' else 'does'} {_named(changed)} now"

        if wrong := await self.change(meant, build, told):
            self._host.say(wrong)

    async def document(self, audience: str) -> Exported:
        """Return the actions as they are shown, for an audience."""
        host = self._host
        read = partial(open_actions, host.path, host.today, audience=_asked_of_store(audience))
        found = await asyncio.to_thread(read)
        asked = ActionList(self._asked_for.by, self._asked_for.wanted)
        told = _told(host, audience, actions_head(found, asked, self._actor), days_told(found, host.today))
        table = actions_table(found, asked, self._actor, self.part)
        return written_list(self.title, told, table, audience)
