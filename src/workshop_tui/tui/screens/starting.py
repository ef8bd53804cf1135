"""Dialogs with which an account or a session begins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import cache, partial
from pathlib import Path

from workshop_tui.domain.base.dates import Calendar, DateError, format_date, said_in_full
from workshop_tui.domain.base.text import fold
from workshop_tui.domain.lifecycle.start import partner_id, short_name, start_account, start_session
from workshop_tui.domain.model.playbook import Playbook
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Change, Refused, Step, apply
from workshop_tui.live.live_plan import new_id
from workshop_tui.playbooks.errors import PlaybookError
from workshop_tui.playbooks.loader import load_playbook, playbooks
from workshop_tui.tui.screens.dialogs import Ask, Field, Values

USUAL = "half-day"
"""The playbook that is proposed to begin with."""

Take = Callable[[tuple[Change, ...]], Awaitable[str]]
"""Has changes committed; returns "" or what is wrong."""

Start = Callable[[Playbook, dt.date], tuple[Change, ...]]
"""Returns what the next session begins with, by a playbook, on a day; may raise Refused."""


def account_dialog(dates: Calendar, folders: Iterable[Path], name: str, take: Take) -> Ask:
    """Return the dialog that begins an account with its two partners and its first session."""
    folders = tuple(folders)

    async def taken(values: Values) -> Mapping[str, str]:
        wrong = {n: "A name is needed here." for n in ("name", "first", "second") if not values[n].strip()}
        if not wrong and fold(values["first"]) == fold(values["second"]):
            wrong = {"second": "Both partners have this name: give the second its own."}
        if wrong:
            return wrong
        try:
            playbook = load_playbook(values["playbook"], folders)
            held_on = dates.agreed(playbook.dates.order, playbook.dates.week_start).parse(values["date"])
            changes = start_account(values["name"], values["name"], _partners(values), playbook, new_id)
            plan = apply(AccountPlan(), Step(changes))
            return _said(await take((*changes, *start_session(plan, playbook, held_on, new_id))), "name")
        except DateError as error:
            return {"date": str(error)}
        except PlaybookError as error:
            return {"playbook": str(error)}
        except Refused as error:
            return {"name": str(error)}

    return Ask(
        "New account",
        (
            Field("name", "Customer", name, "The account you plan for together."),
            Field("first", "First partner", "", "Your firm.", reads=partial(_called, at=0)),
            Field("second", "Second partner", "", "The firm you plan with.", reads=partial(_called, at=1)),
            *_session_fields(dates, folders, dates.today),
        ),
        taken,
        "Begin",
    )


def session_dialog(
    view: AccountPlan, dates: Calendar, folders: Iterable[Path], start: Start, take: Take
) -> Ask:
    """Return the dialog that begins the next session of an account, today or when the latest is planned."""
    folders = tuple(folders)
    day = max((dates.today, *(session.held_on for session in view.sessions)))

    async def taken(values: Values) -> Mapping[str, str]:
        try:
            playbook = load_playbook(values["playbook"], folders)
            held_on = dates.agreed(playbook.dates.order, playbook.dates.week_start).parse(values["date"])
            return _said(await take(start(playbook, held_on)), "date")
        except DateError as error:
            return {"date": str(error)}
        except (Refused, PlaybookError) as error:
            return {"playbook": str(error)}

    before = view.sessions[-1].playbook if view.sessions else ""
    fields, account = _session_fields(dates, folders, day, before), view.account
    return Ask(f"New session · {account.name}", fields, taken, "Begin", account=account.id)


def _session_fields(
    dates: Calendar, folders: tuple[Path, ...], day: dt.date, before: str = ""
) -> tuple[Field, ...]:
    """Return what is asked of a session; the playbook of the one before is proposed, if it is still there."""
    names = tuple(playbooks(folders))
    load = cache(partial(load_playbook, folders=folders))

    def read(values: Values) -> str:
        try:
            said = load(values["playbook"]).dates
            return said_in_full(dates.agreed(said.order, said.week_start).parse(values["date"]))
        except (DateError, PlaybookError):
            return ""

    return (
        Field("date", "Held on", format_date(day), "A date such as 9 jun, fri or +2w.", reads=read),
        Field(
            "playbook",
            "Playbook",
            before if before in names else USUAL,
            "Type to find it, or ↓ for the list.",
            tuple((name, name) for name in names),
        ),
    )


def _partners(values: Values) -> list[tuple[str, str, str]]:
    firms: list[tuple[str, str, str]] = []
    for name in (values["first"], values["second"]):
        short = short_name(name, [taken for _, _, taken in firms])
        firms.append((partner_id(short, [taken for taken, _, _ in firms]), name, short))
    return firms


def _called(values: Values, at: int) -> str:
    """Return what a firm is called in headings, where that is not its whole name."""
    name = (values["first"], values["second"])[at]
    short = _partners(values)[at][2] if name.strip() else ""
    return f"{short} in headings; change it in Opening, Purpose" if short != name.strip() else ""


def _said(error: str, name: str) -> Mapping[str, str]:
    return {name: error} if error else {}
