"""Pages of the library over all accounts: Monday, and the open actions; what they show is read in threads."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, Protocol

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from workshop_tui.clipboard import copy_by_command
from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.export import Exported
from workshop_tui.documents.monday import MondayLane, MondayLine, monday_lanes
from workshop_tui.domain.base.dates import Calendar, format_date
from workshop_tui.domain.base.text import counted, fold, one_line
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, UNCUT
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Changes
from workshop_tui.domain.rules.action_lanes import NOBODY, action_line
from workshop_tui.domain.rules.digest import tell
from workshop_tui.live.account_beside import AccountBeside, account_beside
from workshop_tui.live.monday import monday
from workshop_tui.live.poller import SHORTLY
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
from workshop_tui.store.errors import StoreError
from workshop_tui.store.open_actions import OpenAction, firms, in_each, open_actions
from workshop_tui.tui.account_actions import AccountActions
from workshop_tui.tui.commands.command import Command, Commanded, Section, key_of
from workshop_tui.tui.host import Host, sent, why_no_files
from workshop_tui.tui.keyboard import Mode
from workshop_tui.tui.screens.dialogs import Ask, Choose, Field, Values
from workshop_tui.tui.screens.exporting import INTO, Made, put_page
from workshop_tui.tui.widgets.canvas import Canvas
from workshop_tui.tui.widgets.filter_chips import FilterChips
from workshop_tui.tui.widgets.filter_line import FilterLine
from workshop_tui.tui.widgets.literal import literal, set_text
from workshop_tui.tui.widgets.sheet import MARGINS, Sheet
from workshop_tui.views.account.written import written_list
from workshop_tui.views.account_beside import TimeLineBeside, action_card, also_table
from workshop_tui.views.cell import Cell, Choice
from workshop_tui.views.choices import audience_letters
from workshop_tui.views.copied import as_line
from workshop_tui.views.monday import (
    in_columns,
    lanes_shown,
    line_id,
    lines_in,
    monday_head,
    monday_picture,
    monday_table,
    seen_as,
)
from workshop_tui.views.open_actions import (
    CARRY,
    SOUGHT,
    ActionList,
    ListedActions,
    actions_head,
    actions_table,
    day_read,
    days_told,
    redating,
)
from workshop_tui.views.pictures.picture import Art, Picture
from workshop_tui.views.row_id import HEADING, OPENS, RowId
from workshop_tui.views.table import Table, arranged
from workshop_tui.views.text_layout import fit

LOW = 30
"""Lines of the terminal under which a line is shown in one, and the whole of it beneath the list."""
WIDE = 160
"""Cells of the terminal from which a line has room for all of it."""
CARDED, THREE_PANES = 112, 180
"""Cells of the terminal from which the card of an action stands beside the list, and what else there is."""
AROUND = 9
"""Lines of the terminal that the actions don't have."""
TALL = 50
"""Lines of the terminal from which there is room for a time line beneath the lines."""
READING = "Reading …"
_SAID = 40
"""Cells of a row's words that are told of it."""
ADDED_THERE = "Who is not here yet is added in the session: Enter on the action opens it there."
NO_ROW = "Go to a line first."


def _verbs(those: Sequence[OpenAction]) -> tuple[Choice, ...]:
    """Return what can become of these actions, with the letters that it has in a session."""
    verb, counts = redating(those)
    return (
        Choice("done", "Done", "d"),
        Choice("due", "Carry to another date" if verb == CARRY else verb, "c", counts),
        Choice("drop", "Drop, for a reason", "r"),
        Choice("owner", "Hand over", "h"),
        Choice("accountable", "Who answers for it", "a"),
    )


_SEEN_BY = (
    Choice(CUSTOMER, "the customer, from now on", "c"),
    Choice("", "nobody else: it stays as it is", "n"),
)

_page = partial(Command[Any], section=Section.LIBRARY)


_COMMON = (
    _page(
        "page.lines",
        "escape,ctrl+l",
        "Back to the lines",
        lambda page: page.take_keys(),
        "from what stands beside the lines of Monday or Actions: back to them; `Tab` leads there",
        applies=lambda page: page.is_beside,
        shown=True,
    ),
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
        disabled=why_no_files,
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


class SidePane(Sheet):
    """What stands beside the lines and is about the one under the cursor."""

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
        self._beside: AccountBeside | None = None
        """What was read last of the account of a line."""
        self._is_stale = False
        """Whether that may be another one by now."""
        self._time_line: TimeLineBeside | None = None
        """As it is shown, until another one is known."""
        self.part = ""
        """The id of the heading to which it is narrowed; "" for all."""
        self._read_for = ""
        """For which audience it was read; "" before it was."""

    def compose(self) -> ComposeResult:
        """Make the head, the list, and the place for the whole of a line."""
        yield Static(id="page-head", markup=False)
        yield from self.above()
        with Horizontal(id="page-body"):
            sheet = PageRows(id=f"{self.id}-rows", classes="pane")
            sheet.border_title, sheet.crosses = literal(self.title), self.cross
            yield sheet
            yield from self.beside()
        yield self._canvas("page-time")
        yield Static(id="page-line", markup=False)

    def _canvas(self, name: str) -> Canvas:
        """Return a place for a picture, which is away until there is room for it."""
        canvas = Canvas(id=name)
        canvas.add_class("pane")
        canvas.adds = canvas.removes = canvas.display = False
        return canvas

    def above(self) -> ComposeResult:
        """Make what stands between the head and the list."""
        yield from ()

    def beside(self) -> ComposeResult:
        """Make what stands beside the list where there is room."""
        yield from ()

    def on_mount(self) -> None:
        """Say that it is being read."""
        self.rows.show(Table(empty=READING))

    @property
    def rows(self) -> PageRows:
        """The list."""
        return self.query_one(PageRows)

    @property
    def sheet(self) -> Sheet:
        """The list, or what stands in its place: what the cursor is in."""
        return self.rows

    @property
    def panes(self) -> list[Sheet]:
        """What the cursor can go to, from left to right, as far as it is shown."""
        return [self.sheet]

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

    def go_to(self, row: str) -> None:
        """Put the cursor on a line, if it is there."""
        self.sheet.go_to(row)

    # Reading

    def open(self) -> None:
        """Be there again; what was read for another audience is not shown to this one."""
        if self._read_for not in {"", self._audience}:
            self._is_read = False
            self._show_lines(Table(empty=READING))
            self._beside = self._time_line = None
            self.show_beside()
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
                self._show_lines(Table(empty=str(error)))
            return
        if self.is_mounted and audience == self._audience:
            if self._read_for != audience:
                self._beside = self._time_line = None
            self._is_read, self._read_for, self._is_stale = True, audience, True
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
            self._look_beside()
            self.refresh_bindings()

    def _show_lines(self, table: Table) -> None:
        """Show the lines; where that under the cursor has gone, the cursor is on a line again, no heading."""
        was = self.rows.current
        self.rows.show(table)
        row = self.rows.current
        if row and row.heading and not (was and was.heading):
            self.rows.action_move(1, 0)

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
    def _moved(self, event: Sheet.Moved) -> None:
        if event.sheet is self.sheet:
            self._show_line()
            self._look_beside()

    def cross(self, by: int) -> None:
        """Go to the pane on the left (-1) or on the right, if there is one."""
        here = next((n for n, pane in enumerate(self.panes) if pane.has_focus), 0)
        if 0 <= here + by < len(self.panes):
            self.panes[here + by].focus()

    @property
    def is_beside(self) -> bool:
        """Whether the cursor is in what stands beside the lines."""
        focused = self.app.focused
        is_pane = isinstance(focused, Sheet) and focused is not self.sheet and self in focused.ancestors
        return is_pane and isinstance(focused, Sheet) and focused.key_mode is Mode.BROWSE

    @on(Canvas.Sought)
    def _sought(self, event: Canvas.Sought) -> None:
        """Go to the line, or the mark of the time line, that has what is typed."""
        event.stop()
        canvas = self.app.focused
        if isinstance(canvas, Canvas):
            wanted = f" {fold(event.text.strip())}"
            names = (name for name in self.searched(canvas) if wanted in f" {fold(self.told_at(name))}")
            found = next(names, "") if wanted.strip() else ""
            canvas.none_found(
                "" if found or not wanted.strip() else f"Nothing has a word like «{event.text}»."
            )
            if found and canvas is self.sheet:
                self.go_to(found)
            elif found:
                canvas.go_to(found)

    def searched(self, canvas: Canvas) -> Iterable[str]:
        """Return the names of what can be found in a picture."""
        return canvas.picture.items

    def told_at(self, name: str) -> str:
        """Return what a mark of the time line stands for."""
        return "\n".join(one.text for one in self._time_line.at(name)) if self._time_line else ""

    # What stands beside the lines

    @property
    def time_line(self) -> Canvas:
        """The place for the time line."""
        return self.query_one("#page-time", Canvas)

    @property
    def has_time_line(self) -> bool:
        """Whether there is room for a time line beneath the lines, and something that it is of."""
        size = self.app.size
        has_room = size.width >= WIDE and size.height >= TALL
        return self._is_read and has_room and bool(self.sheet.table.rows)

    @property
    def account(self) -> str:
        """The id of the account that the line under the cursor is of; "" where it is none."""
        return account_at(self.current)

    @property
    def looks_beside(self) -> bool:
        """Whether anything of the account of the line under the cursor is shown."""
        return self.has_time_line

    @property
    def seen_beside(self) -> AccountBeside | None:
        """What has been read of the account of the line under the cursor; None while that is to come."""
        return self._beside if self._beside and self._beside.id == self.account else None

    def _look_beside(self) -> None:
        """Show what is about the line under the cursor, and have read what is not known of its account."""
        self.show_beside()
        if self.looks_beside and self.account and (self.seen_beside is None or self._is_stale):
            self._read_beside(self.account)

    @work(exclusive=True, group="beside")
    async def _read_beside(self, account: str) -> None:
        """Read an account once the cursor stays on its lines."""
        host, audience = self._host, self._audience
        await asyncio.sleep(SHORTLY)
        try:
            found = await asyncio.to_thread(account_beside, host.path, account, host.today, audience)
        except StoreError:
            return  # what is wrong is told by whoever reads the lines
        if self.is_mounted and audience == self._audience:
            self._beside, self._is_stale = found, False
            self._time_line = TimeLineBeside(found) if found else None
            self.show_beside()

    def show_beside(self) -> None:
        """Show what is about the line under the cursor, as far as it is known."""
        pane, of = self.time_line, self._time_line
        had_keys = pane.has_focus and not self.has_time_line
        pane.display = self.has_time_line
        if had_keys:
            self.take_keys()
        if of is None:
            pane.border_title = ""
            pane.paint(Art(lambda _width, _height: Picture(), lambda _name: Cell(""), lambda _n, _w: ()))
        elif pane.display and self.seen_beside:
            pane.border_title = literal(of.title)
            pane.paint(Art(of.draw, lambda _name: Cell(""), of.foot))

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
        if event.sheet is self.time_line and self._time_line:
            self._open_of(self._time_line, event.row.id)
        elif at.kind == HEADING:
            self.narrow(str(RowId(HEADING, at.key)))
        elif at.kind == OPENS:
            self._host.open_line(event.row.id)

    @work(exclusive=True, group="several")
    async def _open_of(self, of: TimeLineBeside, name: str) -> None:
        """Open what stands in a cell of the time line; which, where it is several."""
        those, at = of.at(name), "0"
        if len(those) > 1:
            choices = [Choice(str(n), one.text) for n, one in enumerate(those)]
            chosen = await self._host.ask(Choose(f"On {format_date(those[0].on)}", choices))
            at = "" if chosen is None else chosen
        if those and at:
            self._host.open_line(of.opens(those[int(at)]))

    # Taking out

    def copy(self) -> None:
        """Copy the line under the cursor, or those that are marked."""
        lines = self.lines_meant()
        self.run_worker(self._copy("\n".join(lines), counted(len(lines), "line")), group="copy")

    async def _copy(self, text: str, what: str) -> None:
        self.app.copy_to_clipboard(text)
        by = "" if self.app.is_web else await asyncio.to_thread(copy_by_command, text)
        self._host.say(f"{what} copied by {by}." if by else sent(what, self))

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
                audience_letters({name: name for name in names}),
            ),
            Field("path", "Into", "", INTO),
        )
        await self._host.ask(Ask(f"Write this page: {self.title}", fields, self._write, "Write"))

    async def _write(self, values: Values) -> Mapping[str, str]:
        audience, typed = values["audience"], values["path"].strip()
        try:
            written = await self.document(audience)
            name = f"{self.called}-{'-'.join(audience.lower().split())}.md"
            paths = await put_page(self._host, typed, [Made(name, written)])
        except (DocumentError, StoreError) as error:
            return {"path": str(error)}
        self._host.say(f"Written to {paths[0]}.", path=str(paths[0]))
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


def account_at(row: str) -> str:
    """Return the id of the account that a line is of; "" for none."""
    return next(iter(RowId.parse(row).line), "") if RowId.parse(row).kind == OPENS else ""


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
        self._keeps = ""
        """The line that is shown however little room there is: the one under the cursor."""

    async def load(self) -> None:
        """Read the digests of all accounts."""
        found = await asyncio.to_thread(_read_monday, self._host, self._audience)
        self._lanes, self._days, self._lines = found

    def beside(self) -> ComposeResult:
        """Make the lanes in columns."""
        yield self._canvas("monday-columns")

    @property
    def columns(self) -> Canvas:
        """The lanes side by side."""
        return self.query_one("#monday-columns", Canvas)

    @property
    def sheet(self) -> Sheet:
        """The lanes beneath one another, or side by side."""
        return self.columns if self.columns.display else self.rows

    def _show_lines(self, table: Table) -> None:
        """Show the lanes side by side where there are several and room for them, else as a list."""
        lanes = lanes_shown(self._lanes, self.part) if self._is_read else ()
        is_wide = len(lanes) > 1 and len(in_columns(lanes, self.app.size.width - MARGINS)) > 1
        before = self.sheet
        at = self._keeps = self.current or self._keeps
        self.columns.display, self.rows.display = is_wide, not is_wide
        if is_wide:
            self.columns.paint(Art(self._drawn, lambda _name: Cell(""), lambda _name, _width: ()))
        else:
            super()._show_lines(table)
        if self.sheet is not before:
            self.sheet.go_to(at if at in self._lines else next(iter(self._lines), ""))
            if before.has_focus or self.app.focused is None:
                self.take_keys()

    def _drawn(self, width: int, height: int) -> Picture:
        return monday_picture(lanes_shown(self._lanes, self.part), width, height, self._keeps)

    def _show_line(self) -> None:
        self._keeps = self.current or self._keeps
        super()._show_line()

    def go_to(self, row: str) -> None:
        """Put the cursor on a line, though there may be no room for all before it."""
        if row in self._lines and row not in {each.id for each in self.sheet.table.rows}:
            self._keeps = row
            self.show()
        super().go_to(row)

    def searched(self, canvas: Canvas) -> Iterable[str]:
        """Return the names of what can be found in a picture: of the lanes those too for which is no room."""
        return self._lines if canvas is self.columns else super().searched(canvas)

    def told_at(self, name: str) -> str:
        """Return a line, or what a mark of the time line stands for."""
        return self._lines[name].text if name in self._lines else super().told_at(name)

    def table(self) -> Table:
        """Return the lanes, or the one it is narrowed to."""
        most = lines_in(self.app.size.height, self._lanes if self.is_low else ())
        return monday_table(self._lanes, self.part, most=most, low=self.is_low, keeps=self._keeps)

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
        lanes, days, _ = await asyncio.to_thread(_read_monday, self._host, audience)
        told = _told(self._host, audience, monday_head(lanes), days)
        return written_list("What to know on a Monday", told, monday_table(lanes, self.part), audience)


def _told(host: PageHost, audience: str, head: str, days: str) -> str:
    whom = {UNCUT: "All of it", ALLIANCE: "For the alliance"}.get(audience, f"For {audience}")
    as_of = days or f"as of {format_date(host.today)}"
    return f"{whom}, {as_of}: {head}."


def _asked_of_store(audience: str) -> str:
    """Return an audience as the lists of the store take it: "" for all of it."""
    return "" if audience == UNCUT else audience


def _read_monday(host: PageHost, audience: str) -> tuple[tuple[MondayLane, ...], str, dict[str, MondayLine]]:
    """Return the lanes, which accounts are told as of another day, and each line by its id; in a thread."""
    found = monday(host.path, host.today, audience=audience)
    days = (f"{one.name} as of {format_date(one.day)}" for one in found if one.day != host.today)
    lanes = monday_lanes(found)
    return lanes, "; ".join(days), {line_id(line): line for lane in lanes for line in lane.lines}


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
        self._listed = ListedActions((), "")
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

    def beside(self) -> ComposeResult:
        """Make the card of the action under the cursor, and the list of what else its owner does."""
        for name, title in (("actions-card", "The action"), ("actions-also", "What else")):
            pane = SidePane(id=name, classes="pane")
            pane.border_title, pane.display, pane.crosses = title, False, self.cross
            yield pane

    @property
    def panes(self) -> list[Sheet]:
        """The list, the card, and what else there is, as far as there is room."""
        return [self.sheet, *(pane for pane in self.query(SidePane) if pane.display)]

    @property
    def has_card(self) -> bool:
        """Whether the card stands beside the list."""
        return self._is_read and bool(self._listed.actions) and self.app.size.width >= CARDED

    @property
    def looks_beside(self) -> bool:
        """Whether anything of the account of the action under the cursor is shown."""
        return self.has_card or super().looks_beside

    @property
    def tells_line(self) -> bool:
        """Whether the whole action stands beneath the list."""
        return super().tells_line and not self.has_card

    def show_beside(self) -> None:
        """Show the card of the action, what else its owner does, and the time line of its account."""
        super().show_beside()
        card, also = self.query(SidePane)
        keys_lost = [card.has_focus and not self.has_card]
        card.display = self.has_card
        also.display = self.has_card and self.app.size.width >= THREE_PANES
        keys_lost.append(also.has_focus and not also.display)
        if any(keys_lost):
            self.take_keys()
        action = self._listed.by_row.get(self.current)
        if card.display:
            card.show(action_card(action, self.seen_beside))
        if also.display:
            also.show(also_table(action, self._listed.actions))

    async def load(self) -> None:
        """Read the open actions, and work out what is shown of each."""
        room = self.rows.size.width - MARGINS
        self._listed = await asyncio.to_thread(self._prepared, self._audience, room)
        self._days = days_told(self._listed.actions, self._host.today)
        self._asked_for.marked &= self._listed.by_row.keys()

    def _prepared(self, audience: str, room: int) -> ListedActions:
        """Return the actions once their texts are broken for so many cells: of thousands it takes a while."""
        listed = self._read(audience)
        arranged(actions_table(listed, self._asked_for, low=self.is_low), room)
        return listed

    def _read(self, audience: str) -> ListedActions:
        host = self._host
        return ListedActions(
            open_actions(host.path, host.today, audience=_asked_of_store(audience)), self._actor
        )

    def table(self) -> Table:
        """Return the actions that are wanted, under their headings; in a line each where they are many."""
        shown = partial(actions_table, self._listed, self._asked_for, self.part)
        if self.is_low or not self.has_card:
            return shown(low=self.is_low)
        height = self.app.size.height - AROUND
        if len(self._listed.wanted(self._asked_for.wanted)) > height:
            return shown(low=True)
        whole = shown()
        fits = arranged(whole, self.rows.size.width - MARGINS).starts[-1] <= height
        return whole if fits else shown(low=True)

    def head(self) -> str:
        """Return how many there are, and show the words to filter by."""
        self._chips.show(() if self.is_low else self._listed.chips, self._asked_for.wanted.strip())
        return actions_head(self._listed, self._asked_for)

    def line_of(self, row: str) -> str:
        """Return the whole of an action in words."""
        action = self._listed.by_row.get(row)
        return action_line(action) if action else ""

    def _meant_rows(self) -> list[OpenAction]:
        """Return the actions that are marked and shown, else the one under the cursor."""
        marked = [self._listed.by_row[row.id] for row in self.sheet.table.rows if row.marked]
        here = self._listed.by_row.get(self.current)
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
        return self.current in self._listed.by_row

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
        found = await asyncio.to_thread(self._read, audience)
        asked = ActionList(self._asked_for.by, self._asked_for.wanted)
        told = _told(host, audience, actions_head(found, asked), days_told(found.actions, host.today))
        table = actions_table(found, asked, self.part)
        return written_list(self.title, told, table, audience)
