"""Shows the app in a browser: by a link that works once, on this machine alone unless told otherwise."""

import json
import os
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from workshop_tui.cli.place import located, opened, user_settings
from workshop_tui.cli.plans import session_number
from workshop_tui.cli.speech import DONE, CommandError, data, words
from workshop_tui.server_url import Database, ServerUrl
from workshop_tui.settings import DATABASE

if TYPE_CHECKING:
    from workshop_tui.domain.plan.plan import AccountPlan

PORT, LAST_PORT = 8000, 65535
LOOPBACK = "127.0.0.1"
NOT_HERE = "Serving needs a library that isn't here: install it with `pip install 'workshop-tui[serve]'`."
ANYBODY = "The link is not encrypted: whoever is on the network between may read all that is shown and typed."


class Served(NamedTuple):
    """What each window of a browser shows."""

    db: str
    """The file; "" for the one on a server that the environment names: others can read a command line."""
    account: str = ""
    """Its id; "" for the library."""
    session: int | None = None
    audience: str = ""
    """For whom at most; "" for no limit."""
    actor: str = ""
    """By whom it is changed what is changed there; nobody else's drafts and undo are that one's."""
    reads_only: bool = False
    room: bool = False
    """Whether it is the window for the room, which follows the main screen."""

    def command(self) -> list[str]:
        """Return what runs the app for one window; nothing of the folder it runs in is imported."""
        return [sys.executable, "-P", "-m", "workshop_tui.cli.browser_window", json.dumps(self._asdict())]


def add_to(command: Callable[..., ArgumentParser]) -> ArgumentParser:
    """Add the command."""
    told = "show the app in a browser, by a link that works once; Ctrl+C ends it"
    serve_: ArgumentParser = command("serve", serve, told)
    serve_.add_argument(
        "account", nargs="?", default="", metavar="ACCOUNT", help="which one opens; without it, the library"
    )
    serve_.add_argument("session", nargs="?", type=int, metavar="SESSION", help="its number")
    serve_.add_argument("--port", type=int, default=PORT, metavar="N", help=f"{PORT} without it; 0 any free")
    serve_.add_argument(
        "--host",
        default=LOOPBACK,
        metavar="HOST",
        help="an address of this machine that others can reach; without it, nobody else can",
    )
    serve_.add_argument(
        "--for",
        dest="audience",
        default="",
        metavar="AUDIENCE",
        help="customer, alliance, or a partner's name or id: the account alone, and never more than they see",
    )
    serve_.add_argument("--read-only", dest="reads_only", action="store_true", help="nothing can be changed")
    serve_.add_argument(
        "--room",
        action="store_true",
        help="the window for the room, which follows the main screen; for the customer without --for",
    )
    return serve_


def serve(  # noqa: PLR0913 - each is an option
    account: str,
    session: int | None,
    *,
    port: int,
    host: str,
    audience: str,
    reads_only: bool,
    room: bool,
    db: str | None,
) -> int:
    """Show the app in a browser until Ctrl+C; whoever has the link may come in."""
    if not 0 <= port <= LAST_PORT:
        raise CommandError(f"--port can't be {port}: give a number from 1 to {LAST_PORT}.")
    try:
        from workshop_tui.served.server import ServeError, Serving
        from workshop_tui.served.server import serve as run
    except ImportError:
        raise CommandError(NOT_HERE) from None
    actor = user_settings().actor
    path = located(db).path
    if isinstance(path, ServerUrl):
        os.environ[DATABASE] = path.url
    served = _served(path, account, session, audience=audience, reads_only=reads_only or room, room=room)
    served = served._replace(actor=f"{served.actor or actor}, browser")
    try:
        ended_by = run(Serving(served.command(), host, port, _Teller(host).tell))
    except ServeError as error:
        raise CommandError(str(error)) from None
    if ended_by == signal.SIGINT:
        words("It is no longer served.")
        return DONE
    return 128 + ended_by


def _served(path: Database, account: str, session: int | None, **asked: Any) -> Served:
    """Return what is served; raises CommandError or StoreError for what is not there or can't be meant."""
    name = str(path.absolute()) if isinstance(path, Path) else ""
    needing = [option for option, is_on in (("--for", asked["audience"]), ("--room", asked["room"])) if is_on]
    if not account:
        if needing:
            raise CommandError(f"{needing[0]} is for one account: name it, as in `serve norvane`.")
        if asked["reads_only"]:
            with opened(path, reads_only=True):
                pass
        return Served(name, **asked)
    from workshop_tui.domain.model.account import Party

    with opened(path, reads_only=asked["reads_only"]) as store:
        plan, _ = store.load(store.find(account))
    if session is not None:
        session_number(plan, session)
    if asked["audience"] or asked["room"]:
        audience = asked["audience"] = _audience(plan, asked["audience"] or "customer")
        party = plan.get(Party, audience)
        asked["actor"] = party.short if party else audience.capitalize()
        if not plan.sessions:
            begin = f"workshop-tui open {plan.account.id}"
            raise CommandError(f"{plan.account.name} has no session yet: begin one with `{begin}`.")
    return Served(name, plan.account.id, session, **asked)


def _audience(plan: "AccountPlan", named: str) -> str:
    from workshop_tui.documents.export import audience_named
    from workshop_tui.domain.plan.plan import audiences

    audience = audience_named(plan, named)
    if audience not in audiences(plan):
        raise CommandError("A browser is cut for one audience: name one, or leave out --for.")
    return audience


class _Teller:
    """Tells the links: the first one with how it ends, and each that follows once the one before is used."""

    def __init__(self, host: str) -> None:
        self._host, self._has_told = host, False

    def tell(self, link: str) -> None:
        from workshop_tui.served.guard import is_loopback

        if self._has_told:
            words("It was opened. For one more browser:")
        else:
            if not is_loopback(self._host):
                words(ANYBODY)
            words("Open this link, which works once, in a browser; Ctrl+C here ends it:")
        self._has_told = True
        data(link)
