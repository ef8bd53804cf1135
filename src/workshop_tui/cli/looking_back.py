"""Commands that look back on an account: what changed between two sessions, and who meets whom."""

import datetime as dt
from argparse import ArgumentParser
from collections.abc import Callable
from typing import TYPE_CHECKING

from workshop_tui.cli.plans import day_of, load, session_number
from workshop_tui.cli.speech import DONE, CommandError, data, data_json, words
from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.text import counted, one_of

if TYPE_CHECKING:
    from workshop_tui.domain.model.session import Session
    from workshop_tui.domain.plan.plan import AccountPlan

Add = Callable[[str, Callable[..., int], str], ArgumentParser]


def add_to(command: Add) -> tuple[ArgumentParser, ...]:
    """Add the commands to the reader of command lines, each with its ACCOUNT; return them."""
    compared = command("compare", compare, "say what changed between two sessions, the last two without any")
    for name, which in (("earlier", "one session"), ("later", "the other")):
        compared.add_argument(
            name, nargs="?", type=int, metavar="AB"[name == "later"], help=f"{which}, by its number"
        )
    told = "say who of ours meets whom of the customer's people, and who goes quiet"
    covered = command("coverage", coverage, told)
    for each in (compared, covered):
        each.add_argument("--on", metavar="DATE", help="as it was known at this date; today without it")
        each.add_argument(
            "--for",
            dest="audience",
            default="alliance",
            metavar="AUDIENCE",
            help="a partner's name or id, alliance (which it is without this), or all",
        )
    return compared, covered


def compare(  # noqa: PLR0913 - one for each option
    account: str,
    *,
    earlier: int | None,
    later: int | None,
    on: str | None,
    audience: str,
    db: str | None,
    json: bool,
) -> int:
    """Say what changed between two sessions: from the records of both, or from rows with a day."""
    from workshop_tui.documents.looking_back import comparison_page, plainly
    from workshop_tui.live.looking_back import compared, cut

    whole, day = _known(db, account, on)
    audience = _audience(whole, audience, "What changed is not told to the customer")
    one, other = _two_of(whole, earlier, later, day)
    found = compared(whole, one, other, audience)
    if json:
        data_json({"audience": audience, "basis": found.basis, **plainly(found.comparison)})
    else:
        data(comparison_page(cut(whole, audience), found.comparison, found.basis))
    words(f"{counted(len(found.comparison), 'change')} for the audience {audience}, {found.basis}.")
    return DONE


def coverage(account: str, *, on: str | None, audience: str, db: str | None, json: bool) -> int:
    """Say who of ours meets whom of the customer's people, by the meeting log, and who goes quiet."""
    from workshop_tui.documents.looking_back import coverage_page, plainly
    from workshop_tui.domain.rules.coverage import coverage as covered
    from workshop_tui.live.looking_back import known_to

    whole, day = _known(db, account, on)
    audience = _audience(whole, audience, "Who meets whom is not told to the customer")
    view = known_to(whole, day, audience)
    found = covered(view, day)
    if json:
        told = {"account": whole.account.id, "audience": audience}
        quiet = [row.person for row in found.quiet]
        data_json({**told, **plainly(found), "quiet": quiet})
    else:
        data(coverage_page(view, found))
    goes = "person goes" if len(found.quiet) == 1 else "people go"
    words(f"{len(found.quiet)} {goes} quiet as of {format_date(day)} for the audience {audience}.")
    return DONE


def _known(db: str | None, account: str, on: str | None) -> tuple["AccountPlan", dt.date]:
    """Return the whole plan, at a date as far as it was known by then, and the day."""
    from workshop_tui.domain.plan.past import as_known

    plan = load(db, account)
    day = day_of(plan, on)
    return plan if on is None else as_known(plan, day), day


def _audience(whole: "AccountPlan", typed: str, refused: str) -> str:
    from workshop_tui.documents.export import audience_named
    from workshop_tui.domain.base.vocabulary import CUSTOMER
    from workshop_tui.domain.plan.plan import audiences

    audience = audience_named(whole, typed)
    if audience == CUSTOMER:
        choices = [*(each for each in audiences(whole) if each != CUSTOMER), "all"]
        raise CommandError(f"{refused}: use {one_of(choices)}.")
    return audience


def _two_of(
    whole: "AccountPlan", earlier: int | None, later: int | None, day: dt.date
) -> tuple["Session", "Session"]:
    """Return the two sessions that are meant; without numbers the last two held by the day."""
    if earlier is not None and later is not None:
        return session_number(whole, earlier), session_number(whole, later)
    if earlier is not None:
        raise CommandError("One session is compared with another: give two numbers, as in 1 2, or none.")
    held = [session for session in whole.sessions if session.held_on <= day]
    if not held[1:]:
        there = counted(len(held), "session")
        raise CommandError(
            f"{whole.account.name} has {there} by {format_date(day)}: two are needed to compare."
        )
    return held[-2], held[-1]
