"""The account's page: opened from anywhere; a line leads to what it names, and Esc back to the line."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from msgspec import Struct

from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.session import Decision
from workshop_tui.domain.plan.plan import KIND
from workshop_tui.domain.plan.step import Refused
from workshop_tui.tui.commands.command import Command, Section, key_of
from workshop_tui.tui.keyboard import Mode
from workshop_tui.tui.workspace import BlockOpened, Workspace, is_ours, looks_back
from workshop_tui.views.account.page import NEWS, AccountView, opened_as, person_of
from workshop_tui.views.beside import beside
from workshop_tui.views.block_views import Aside, StageKind, stage_kind
from workshop_tui.views.opening.preparation import Preparation
from workshop_tui.views.row_id import OPENS, RowId
from workshop_tui.views.text_layout import fit

_TOLD = 40
"""Cells of a row's words that are told."""


class Whereabouts(Struct, frozen=True):
    """Where one was: the session, its block, what was open beside it, which view, about what, and the row."""

    session: str
    block: str
    aside: StageKind | None
    view: int
    subject: str
    row: str

    @property
    def shown(self) -> tuple[object, ...]:
        """Which view of what it is, whatever row the cursor is on."""
        return self.session, self.block, self.aside, self.view


class LookingBack:
    """Opens the page over the block, and finds the way back: to the block, and to a line that led away."""

    def __init__(self, workspace: Workspace) -> None:
        """Have two sessions compared in the background."""
        self._workspace, self._live = workspace, workspace.live
        self._from: Whereabouts | None = None
        """Where in the session the page was opened."""
        self._is_from_library = False
        """Whether the library opened it, and one has not gone elsewhere by oneself since."""
        self._trail: list[tuple[Whereabouts, tuple[object, ...]]] = []
        """The lines that led to where one is, each with what it led to; the last one at the end."""
        self._is_led = False
        self._asked: set[tuple[str, str, str]] = set()
        self._live.compares = self._compare
        workspace.listen(BlockOpened, lambda _: self._moved())

    @property
    def is_here(self) -> bool:
        """Whether the page is open."""
        return looks_back(self._workspace)

    @property
    def can_go_back(self) -> bool:
        """Whether Esc goes back: only where there is nothing else to leave."""
        if not (self.is_here or self._trail) or not is_ours(self._workspace):
            return False
        stage = self._workspace.stage
        query = stage.listing.table_query
        is_narrowed = bool(query and (query.wanted or query.marked))
        is_in_table = self._workspace.screen.focused in {None, stage.main} and not stage.main.is_moving
        is_free = not stage.roomy and self._workspace.mode is Mode.BROWSE
        return is_in_table and is_free and not is_narrowed

    def open(self, view: int | None = None) -> bool:
        """Open the page, or another view of it; whether the audience may look at it."""
        if not self._is_open(Aside.ACCOUNT):
            place = None if self.is_here else self.place()
            if not self._workspace.open_aside(Aside.ACCOUNT):
                return False
            self._from, self._trail = place or self._from, []
            self._is_from_library = self._is_from_library and place is None
        if view is not None:
            self._workspace.stage.open_view(view)
        return True

    def open_from_library(self) -> None:
        """Open the page as the library does: Esc goes back there."""
        if self.open():
            self._is_from_library = True

    def open_person(self) -> None:
        """Open all that is known over time of the person that the row under the cursor is about."""
        workspace = self._workspace
        person = person_at(workspace)
        before = self.place()
        if not workspace.open_aside(Aside.PERSON):
            return
        if person and workspace.stage.view:
            workspace.stage.view.turn_to(self._live, person)
            workspace.show()
        if before.aside is not Aside.PERSON:
            self._trail.append((before, self.place().shown))

    def back(self) -> None:
        """Go back: to all of a view that was narrowed, to the line that led here, to where it was opened."""
        workspace, stage = self._workspace, self._workspace.stage
        row = stage.main.current
        if stage.view and self.is_here and stage.view.widen(self._live):
            workspace.show()
            stage.go_to(row.id if row else "")
            return
        while self._trail:
            line, led_to = self._trail.pop()
            if led_to == self.place().shown:
                self.go_to(line)
                return
        if self.is_here and self._is_from_library:
            workspace.go_to_library()
        elif self.is_here and self._from:
            self.go_to(self._from)

    def go_to(self, place: Whereabouts) -> None:
        """Go where one was, as far as that is there: session, block, view, and row."""
        workspace, stage = self._workspace, self._workspace.stage
        self._is_led = True
        try:
            if place.session != self._live.session_id:
                workspace.enter_session(place.session, place.block)
            if place.aside and workspace.open_aside(place.aside):
                pass
            elif workspace.planned and workspace.planned.id == place.block:
                workspace.leave_aside()
            elif place.block:
                workspace.open_block(place.block, looks=True)
        finally:
            self._is_led = False
        if stage.number != place.view and place.view < len(stage.views):
            stage.open_view(place.view)
        if stage.view and stage.view.subject != place.subject:
            stage.view.turn_to(self._live, place.subject)
            workspace.show()
        stage.go_to(place.row)

    def leading(self, follow: Callable[[], bool]) -> bool:
        """Go where a line leads, and keep which line it was if it leads away from its view.

        That is so of the account's page, and of what is to be prepared.
        """
        leads = self.is_here or isinstance(self._workspace.stage.view, Preparation)
        line = self.place() if leads else None
        self._is_led = True
        try:
            done = follow()
        finally:
            self._is_led = False
        if line and line.shown != self.place().shown:
            self._trail.append((line, self.place().shown))
            if not (self.is_here or self._workspace.stage.is_telling):
                self._workspace.stage.tell(
                    f"{key_of(self._workspace.screen, 'account.back')} goes back to the line"
                )
        return done

    def _is_open(self, kind: Aside) -> bool:
        aside = self._workspace.aside
        return aside is not None and stage_kind(aside) is kind

    def place(self) -> Whereabouts:
        """Return where one is."""
        workspace, stage = self._workspace, self._workspace.stage
        row, aside = stage.main.current, workspace.aside
        return Whereabouts(
            self._live.session_id,
            workspace.planned.id if workspace.planned else "",
            stage_kind(aside) if aside else None,
            stage.number,
            stage.view.subject if stage.view else "",
            row.id if row else "",
        )

    def _moved(self) -> None:
        """Forget the lines once one goes elsewhere by oneself."""
        if not self._is_led:
            self._trail.clear()
            self._is_from_library = False

    # Comparing

    def _compare(self, earlier: str, later: str) -> None:
        asked = earlier, later, self._live.audience
        if asked not in self._asked:
            self._asked.add(asked)
            self._workspace.run_worker(self._work, asked, group="compare")

    async def _work(self, asked: tuple[str, str, str]) -> None:
        try:
            await asyncio.to_thread(self._live.comparing(asked[0], asked[1]))
        finally:
            self._asked.discard(asked)
        if self.is_here and self._workspace.screen.is_current:
            self._workspace.show()

    def step_later(self, by: int) -> None:
        """Step to another later session of the two that are compared."""
        from workshop_tui.views.account.compare import AccountCompare

        stage = self._workspace.stage
        if isinstance(stage.view, AccountCompare):
            stage.view.step_later(self._live, by)
            self._workspace.show()

    def turn(self) -> None:
        """Turn to the team of the next firm, where who meets whom is shown."""
        from workshop_tui.views.account.coverage import AccountCoverage

        stage = self._workspace.stage
        if isinstance(stage.view, AccountCoverage):
            stage.view.turn(self._live)
            self._workspace.show()

    def tell_news(self) -> None:
        """Note that the customer knows what the line under the cursor tells: it is no news any more."""
        from workshop_tui.domain.rules.digest import tell

        stage, live = self._workspace.stage, self._live
        named = news_at(self._workspace)
        row = live.whole_row(KIND[named.kind], named.key) if named else None
        if isinstance(row, Action | Decision):
            try:
                step = live.commit(lambda plan: tell(plan, row, live.today, live.today))
            except Refused as refused:
                self._workspace.tell(str(refused))
                return
            if step:
                undo = key_of(self._workspace.screen, "undo")
                stage.tell(f"They know «{fit(row.words, _TOLD).rstrip()}»: {undo} undoes")

    def stretch(self, by: int) -> None:
        """Show a longer or a shorter span of the time line."""
        from workshop_tui.views.account.time_line import AccountTimeLine

        stage = self._workspace.stage
        if isinstance(stage.view, AccountTimeLine):
            told = stage.view.stretch(by)
            self._workspace.show()
            stage.tell(told)

    def show_equal(self) -> None:
        """Show what has not changed too, or changes alone."""
        stage = self._workspace.stage
        if isinstance(stage.view, AccountView):
            stage.view.shows_equal = not stage.view.shows_equal
            self._workspace.show()
            stage.tell("What is equal is shown too" if stage.view.shows_equal else "Changes alone are shown")


def news_at(workspace: Workspace) -> RowId | None:
    """Return what the line under the cursor tells as news; None where it is none."""
    row = workspace.stage.main.current
    at = RowId.parse(row.id) if row else None
    is_news = at is not None and at.kind == OPENS and at.line == (NEWS,)
    return at.opens if at and is_news and _shows(workspace, "AccountNow") else None


def person_at(workspace: Workspace) -> str:
    """Return the id of the customer's person that the row under the cursor is about; "" for nobody."""
    row, live = workspace.stage.main.current, workspace.live
    if row is None:
        return ""
    at = RowId.parse(row.id)
    return person_of(live, opened_as(at.opens) if at.kind == OPENS else at)


def _has_page(workspace: Workspace) -> bool:
    return beside(workspace.live, Aside.ACCOUNT) is not None


def _has_people(workspace: Workspace) -> bool:
    return beside(workspace.live, Aside.PERSON) is not None


def _has_equal(workspace: Workspace) -> bool:
    view = workspace.stage.view
    return isinstance(view, AccountView) and view.has_equal


def _shows(workspace: Workspace, name: str) -> bool:
    """Whether a view is open, by the name of its class: to ask must not import it."""
    view = workspace.stage.view
    return view is not None and view.name == name


def _has_span(workspace: Workspace) -> bool:
    return _shows(workspace, "AccountTimeLine")


def _compares(workspace: Workspace) -> bool:
    return _shows(workspace, "AccountCompare")


def _covers(workspace: Workspace) -> bool:
    return _shows(workspace, "AccountCoverage")


COMMANDS = (
    Command[Workspace](
        "account.page",
        "A",
        "Looking back",
        lambda workspace: workspace[LookingBack].open(),
        "[looking back](docs/guide.md#looking-back) on the account: what moved, what was kept, what is late",
        applies=_has_page,
        section=Section.SESSION,
    ),
    Command[Workspace](
        "account.back",
        "escape,ctrl+l",
        "Back",
        lambda workspace: workspace[LookingBack].back(),
        "from looking back: to the line that led here, or to where one was",
        applies=lambda workspace: workspace[LookingBack].can_go_back,
        shown=True,
        priority=True,
        section=Section.SESSION,
    ),
    Command[Workspace](
        "compare.later",
        "right_curly_bracket",
        "Another later session",
        lambda workspace: workspace[LookingBack].step_later(1),
        "while two sessions are compared: the next later one · the one before; `]` and `[` the earlier",
        applies=_compares,
        section=Section.SESSION,
    ),
    Command[Workspace](
        "compare.later.before",
        "left_curly_bracket",
        "Later session before",
        lambda workspace: workspace[LookingBack].step_later(-1),
        applies=_compares,
        section=Section.SESSION,
    ),
    Command[Workspace](
        "account.person",
        "P",
        "One person over time",
        lambda workspace: workspace[LookingBack].open_person(),
        "all that is known over time of the customer's person that the row is about; `[` and `]` another",
        applies=_has_people,
        section=Section.SESSION,
    ),
    Command[Workspace](
        "time.shorter",
        "less_than_sign",
        "A shorter span",
        lambda workspace: workspace[LookingBack].stretch(-1),
        "on the time line: show fewer months · more; `[` and `]` earlier and later",
        applies=_has_span,
        section=Section.SESSION,
    ),
    Command[Workspace](
        "time.longer",
        "greater_than_sign",
        "A longer span",
        lambda workspace: workspace[LookingBack].stretch(1),
        applies=_has_span,
        section=Section.SESSION,
    ),
    Command[Workspace](
        "account.equal",
        "equals_sign",
        "What has not changed",
        lambda workspace: workspace[LookingBack].show_equal(),
        "looking back: show what has not changed too",
        applies=_has_equal,
        section=Section.SESSION,
    ),
    Command[Workspace](
        "news.told",
        "t",
        "They know",
        lambda workspace: workspace[LookingBack].tell_news(),
        "on news to bring: the customer knows it by now",
        applies=lambda workspace: news_at(workspace) is not None,
        section=Section.SESSION,
    ),
    Command[Workspace](
        "coverage.turn",
        "t",
        "Another firm's team",
        lambda workspace: workspace[LookingBack].turn(),
        "where who meets whom is shown: the team of the other firm",
        applies=_covers,
        section=Section.SESSION,
    ),
)
