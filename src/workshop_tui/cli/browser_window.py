"""The app in one window of a browser: what `serve` starts for each, and nobody else does."""

import gc
import json
import os
import select
import sys
import threading
import time

from workshop_tui.cli.place import located, user_settings
from workshop_tui.cli.serve import Served
from workshop_tui.cli.speech import spoken
from workshop_tui.server_url import Database

_DRIVER = "workshop_tui.tui.textual_patches.browser_driver:BrowserDriver"
ENDS = 1.5
"""Seconds in which the app has to save and end once the server is gone."""
_GONE = 128 + 1
"""The exit code of what ends as nobody listens any more."""


def main() -> None:
    """Run what the command line says in JSON."""
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    os.environ["TEXTUAL_DRIVER"] = _DRIVER  # Textual reads it once, when it is imported
    sys.exit(spoken(lambda: _run(Served(**json.loads(sys.argv[1])))))


def _end_with_the_server() -> None:
    """End for good shortly after the server has gone and closed the pipe: the app may hang, or just begin."""
    if not hasattr(select, "poll"):  # Windows has none
        return
    pipe = select.poll()
    pipe.register(0, 0)  # no event is asked for: that it is closed is always told
    pipe.poll()
    time.sleep(ENDS)
    os._exit(_GONE)


def _run(served: Served) -> int:
    gc.disable()  # until all is imported, as nothing of it is garbage: the app enables it
    from workshop_tui.live.limits import Limits
    from workshop_tui.tui.run import run_room, run_workshop

    path, settings = located(served.db or None).path, user_settings()
    if served.room:
        session = _session_id(path, served)
        return run_room(path, settings, served.account, session, audience=served.audience)
    return run_workshop(
        path,
        settings._replace(actor=served.actor),
        account=served.account or None,
        session=served.session,
        limits=Limits(served.audience, served.reads_only),
    )


def _session_id(path: Database, served: Served) -> str:
    """Return the id of the session that is meant; "" for the one that is open."""
    if served.session is None:
        return ""
    from workshop_tui.cli.place import opened
    from workshop_tui.cli.plans import session_number

    with opened(path, reads_only=True) as store:
        plan, _ = store.load(served.account)
    return session_number(plan, served.session).id


if __name__ == "__main__":
    main()
