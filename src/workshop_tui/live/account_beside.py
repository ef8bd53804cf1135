"""What stands beside a line of a list over all accounts: its account's time line, what its row refers to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from msgspec import Struct

from workshop_tui.domain.base.vocabulary import ALLIANCE
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.time_line import Event, time_line
from workshop_tui.live.looking_back import cut, known_to
from workshop_tui.live.monday import audience_in
from workshop_tui.server_url import Database
from workshop_tui.store import opening, reading


class AccountBeside(Struct, frozen=True):
    """An account as one audience sees it on its own day."""

    plan: AccountPlan
    today: dt.date
    events: tuple[Event, ...]

    @property
    def id(self) -> str:
        """The account's id."""
        return self.plan.account.id

    @property
    def firms(self) -> Mapping[str, str]:
        """Id → short name of the firms of the alliance."""
        return {party.id: party.short for party in self.plan.partners}


def account_beside(path: Database, account: str, today: dt.date, audience: str) -> AccountBeside | None:
    """Return what an audience sees of an account; None where it has no part in that.

    The audience is «all», alliance, or a firm by its id or name. Raises StoreError for what can't be read.
    """
    with opening.reading(path) as connection:
        whole, _ = reading.load(connection, account, path)
    return seen_beside(whole, today, audience)


def seen_beside(whole: AccountPlan, today: dt.date, audience: str = ALLIANCE) -> AccountBeside | None:
    """Return the same of a whole plan."""
    whom = audience_in(whole, audience)
    if whom is None:
        return None
    day = whole.account.as_of or today
    opened = whole.sessions[-1].id if whole.sessions else ""
    known = known_to(whole, day, whom or audience, opened)
    return AccountBeside(cut(whole, whom or audience), day, time_line(known, day))
