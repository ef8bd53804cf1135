"""Opening what was found, in its session, and going back to the line that led there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from textual.screen import Screen

from workshop_tui.tui.host import Host
from workshop_tui.tui.screens.search import SearchScreen
from workshop_tui.tui.widgets.search_pane import LookedFor
from workshop_tui.tui.workspace import Leaving
from workshop_tui.views.search import place_of, with_words

if TYPE_CHECKING:
    from workshop_tui.tui.account_actions import AccountActions
    from workshop_tui.tui.features.looking_back import Whereabouts
    from workshop_tui.tui.screens.workshop import WorkshopScreen


class FoundHost(Host, Protocol):
    """What is asked of the app."""

    workshop: WorkshopScreen | None

    @property
    def screen(self) -> Screen[Any]:
        """The screen on top."""

    @property
    def accounts(self) -> AccountActions:
        """What is done with whole accounts."""

    async def leave_workshop(self) -> None:
        """Go back to the library, and return once that is shown."""

    def push_screen(self, screen: Screen[None]) -> object:
        """Show a screen."""

    def flush(self) -> None:
        """Hand over for saving what is being typed."""


class Finding:
    """Knows what was looked for and where, while one looks at what was found."""

    def __init__(self, app: FoundHost) -> None:
        """Begin with nothing looked for."""
        self._app = app
        self._looked_for = LookedFor()
        self._is_screen = True
        """Whether it was looked for on a screen of its own, rather than on a page of the library."""
        self._from: tuple[str, str] | None = None
        """The account and session over which it was looked for; None for the library."""
        self._place: Whereabouts | None = None
        """Where in that session one was."""

    def search(self) -> None:
        """Open the search."""
        self._app.push_screen(SearchScreen(LookedFor()))

    @property
    def _here(self) -> tuple[str, str] | None:
        live = self._app.live
        return (live.account_id, live.session_id) if live else None

    async def open(self, row: str, looked_for: LookedFor) -> None:
        """Open a line in its session; what is of the account as it is now, in the open one or the last."""
        app, here = self._app, self._here
        account, session = place_of(row)
        is_here = here is not None and here[0] == account and session in {"", here[1]}
        if not is_here and here and not await self._may_leave():
            return
        self._looked_for, self._from = looked_for, here
        self._place = app.workshop.place() if app.workshop else None
        row = with_words(row, looked_for.typed)
        self._is_screen = isinstance(app.screen, SearchScreen)
        if self._is_screen:
            await app.screen.dismiss()
        if is_here and app.workshop:
            app.workshop.go_to_found(row)
            return
        await app.leave_workshop()
        await app.accounts.open(account, session, leads_to=row)

    async def back(self) -> None:
        """Go back to where it was looked for, and there to the line."""
        app = self._app
        if self._here != self._from:
            if not await self._may_leave():
                return
            await app.leave_workshop()
            if self._from:
                await app.accounts.open(*self._from)
        if self._place and app.workshop and self._here == self._from:
            app.workshop.go_back_to(self._place)
        if self._is_screen and self._here == self._from:
            app.push_screen(SearchScreen(self._looked_for))

    async def _may_leave(self) -> bool:
        """Whether the open session may be left; what is typed in it is saved."""
        app = self._app
        app.flush()
        if not await app.may_leave("Leave"):
            return False
        if app.workshop:
            app.workshop.workspace.emit(Leaving())
        return True
