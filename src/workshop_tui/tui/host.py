"""What screens, dialogs and features ask of the app that shows them; so none of them knows the app."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from textual.dom import DOMNode
from textual.notifications import SeverityLevel
from textual.screen import Screen

from workshop_tui.live.limits import Limits
from workshop_tui.server_url import Database
from workshop_tui.settings import Settings
from workshop_tui.store.thread import StorageThread

if TYPE_CHECKING:
    from workshop_tui.live.live_plan import LivePlan

Clock = Callable[[], dt.datetime]
Answer = TypeVar("Answer")

NO_FILES = "Files are read and written where the app is served, and not from a browser."


def now() -> dt.datetime:
    """Return the moment, in UTC."""
    return dt.datetime.now(dt.UTC)


class Host(Protocol):
    """The app, as far as whoever it shows has to know it."""

    path: Database
    """The database."""
    settings: Settings
    storage: StorageThread
    clock: Clock
    limits: Limits
    """What is closed here, as somebody else looks."""

    @property
    def is_web(self) -> bool:
        """Whether a browser shows the app."""

    @property
    def live(self) -> LivePlan | None:
        """The plan of the session that is open, if one is."""

    is_opening: bool
    """Whether an account that was named on the command line is being opened, and nothing is painted yet."""
    uncovered: asyncio.Event
    """Set while the curtain is up."""

    told_path: str
    """The path that was told last, until another key than that for copying is pressed; else empty."""

    def say(self, text: str, *, path: str = "") -> None:
        """Tell the user something, literally; where it names a path, that stays till the next key."""

    def tell_once(self, text: str, *, severity: SeverityLevel = "information") -> None:
        """Say something, unless it still stands there."""

    async def ask(self, dialog: Screen[Answer]) -> Answer | None:
        """Return what a dialog is answered; asked in a worker."""

    async def ask_covered(self, dialog: Screen[Answer]) -> Answer | None:
        """Return what a dialog is answered that is asked over the curtain; asked in a worker."""

    def share(self) -> None:
        """Share the screen with the customer, whatever is open."""

    def show_to(self, audience: str) -> None:
        """Lift the curtain for an audience."""

    def lift_curtain(self) -> None:
        """Uncover the screen."""

    def leave_curtain(self) -> None:
        """Uncover the screen if it was covered for a question alone."""

    def keep_curtain(self) -> None:
        """Leave the screen covered, also where it was covered for a question alone."""

    @property
    def is_covered(self) -> bool:
        """Whether the curtain is down, with a question over it or without."""

    def let_go(self) -> None:
        """Take the next letters for those of a word that has no place any more, not for commands."""

    async def may_leave(self, how: str) -> bool:
        """Whether the session may be left: once all is saved, or when whoever is asked gives it up."""

    def back_to_search(self) -> None:
        """Show again what was found, at the line one came from."""

    async def close_workshop(self) -> None:
        """Go back to the library."""


def host_of(node: DOMNode) -> Host:
    """Return the app that shows a screen or widget."""
    return cast("Host", node.app)


def why_no_files(node: DOMNode) -> str:
    """Return why no file can be read or written from a screen or widget, "" when it can."""
    return NO_FILES if host_of(node).is_web else ""


def sent(what: str, node: DOMNode) -> str:
    """Say that what shows a screen or widget was asked to copy something: it never says whether it did."""
    return f"{what} sent to the {'browser' if host_of(node).is_web else 'terminal'} to copy."
