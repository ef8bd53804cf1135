"""What to know on a Monday, over all accounts, for one audience."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from msgspec.structs import replace

from workshop_tui.domain.base.text import clean_text, fold, nearest, one_of
from workshop_tui.domain.base.vocabulary import ALLIANCE
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.digest import AccountDigest, digest_for
from workshop_tui.live.looking_back import WHOLE
from workshop_tui.server_url import Database
from workshop_tui.store.digest_plans import DigestPlan, digest_plans
from workshop_tui.store.errors import StoreError
from workshop_tui.store.naming import ShortIds
from workshop_tui.store.open_actions import Day, short_ids


def monday(
    path: Database,
    today: dt.date,
    account: str | None = None,
    *,
    on: Day | None = None,
    audience: str = WHOLE,
) -> tuple[AccountDigest, ...]:
    """Return the digest of each account that isn't archived, or of the one that is named.

    `on` is the day asked for, seen from the account's. The audience is «all», alliance, or a firm by its id
    or name, which hears of the accounts it has a part in. Raises StoreError for a database that can't be
    read, an account or an audience that isn't there.
    """
    plans = digest_plans(path, today, account, on=on)
    seen = [(one, audience_in(one.plan, audience)) for one in plans]
    if plans and not any(whom is not None for _, whom in seen):
        raise StoreError(_no_audience(plans, audience))
    told = (
        digest_for(one.plan, whom, one.day, one.opened, met=one.met) for one, whom in seen if whom is not None
    )
    ids = short_ids(path) if plans else ShortIds({})
    return tuple(replace(one, short=_shortened(one, ids)) for one in told)


def _shortened(one: AccountDigest, ids: ShortIds) -> dict[str, str]:
    """Return whole id → short id of whatever is told of an account by one."""
    owe, news = one.digest.owe, one.digest.news
    told = {"/".join(key) for key in (*(line.key for line in owe), *(line.key for line in news))}
    rows = told.intersection(ids.rows.get(one.account, ()))
    return {f"{one.account}/{row}": ids.ref(one.account, row) for row in rows}


def audience_in(plan: AccountPlan, typed: str) -> str | None:
    """Return the audience of an account that is meant, "" for all; None where it has no part in that."""
    wanted = fold(typed.strip())
    if wanted in {WHOLE, ALLIANCE}:
        return ALLIANCE if wanted == ALLIANCE else ""
    firms = (firm for firm in plan.partners if wanted in map(fold, (firm.id, firm.short, firm.name)))
    return next((firm.id for firm in firms), None)


def _no_audience(plans: Sequence[DigestPlan], typed: str) -> str:
    firms = sorted({firm.short for one in plans for firm in one.plan.partners})
    choices = (ALLIANCE, *firms, WHOLE)
    cure = nearest(typed, choices) or one_of(choices)
    return f"There is no audience «{clean_text(typed)}» in these accounts: use {cure}."
