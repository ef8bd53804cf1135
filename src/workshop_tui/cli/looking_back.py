"""Commands that look back on an account: what changed between two sessions, and who meets whom."""

import datetime as dt
from argparse import ArgumentParser
from collections.abc import Callable
from typing import TYPE_CHECKING

from workshop_tui.cli.place import located, opened, user_settings
from workshop_tui.cli.plans import day_of, load, session_number
from workshop_tui.cli.speech import DONE, CommandError, data, data_json, words
from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.text import clean_text, counted, one_line, one_of

if TYPE_CHECKING:
    from workshop_tui.domain.model.session import Session
    from workshop_tui.domain.plan.plan import AccountPlan

_NAMED = 5
"""Places that are named where words stand in several."""

Add = Callable[[str, Callable[..., int], str], ArgumentParser]


def add_to(command: Add) -> tuple[ArgumentParser, ...]:
    """Add the commands to the reader of command lines, each with its ACCOUNT; return them."""
    compared = command("compare", compare, "say what changed between two sessions, the last two without any")
    for name, which in (("earlier", "one session"), ("later", "the other")):
        compared.add_argument(name, nargs="?", metavar="AB"[name == "later"], help=f"{which}, by its number")
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
    righted = command("erratum", erratum, "put a slip of the pen in a sealed session right, beside its seal")
    righted.add_argument("session", type=int, metavar="SESSION", help="its number")
    righted.add_argument(
        "old", metavar="OLD", help="the words as they were sealed, enough of them to be found"
    )
    righted.add_argument("new", metavar="NEW", help="the words as they should read")
    righted.add_argument("--why", default="", metavar="TEXT", help="why, in a few words")
    return compared, covered, righted


def erratum(  # noqa: PLR0913 - one for each option
    account: str, *, session: int, old: str, new: str, why: str, db: str | None, json: bool
) -> int:
    """Put words of a sealed record right: an erratum stands beside the seal, and the record stays.

    Where the plan still says the same it is put right there, too. The sealed words put back
    take away what was put right.
    """
    from workshop_tui.domain.lifecycle.errata import places_with, put_right, told
    from workshop_tui.domain.model.session import Erratum
    from workshop_tui.domain.plan.step import Add, Set, Step, apply
    from workshop_tui.live.live_plan import new_id
    from workshop_tui.live.record import as_shown

    with opened(located(db).path) as store:
        of = store.find(account)
        plan, _ = store.load(of)
        chosen = session_number(plan, session)
        shown = as_shown(plan, chosen.id)
        if shown.seal is None:
            raise CommandError(f"Session {session} is not sealed: put it right where it stands.")
        if shown.fault:
            raise CommandError(shown.fault)
        found = places_with(plan, shown.seal.id, shown.plan, old) if old.strip() else ()
        if not found:
            raise CommandError(f"Nothing in the record of session {session} says «{clean_text(old)}».")
        if len(found) > 1:
            those = one_of(f"«{one_line(place.text)}»" for place in found[:_NAMED])
            raise CommandError(f"«{clean_text(old)}» stands in {len(found)} places: give more of {those}.")
        (place,) = found
        at, by = dt.datetime.now(dt.UTC), user_settings().actor
        right = place.text.replace(old, new)
        changes = put_right(
            plan, shown.seal, shown.plan, place, right, erratum=new_id(), by=by, why=why, at=at
        )
        store.commit(of, Step(changes, by, at))
    now = " In the plan it is put right too." if any(type(change) is Set for change in changes) else ""
    new_rows = (change.row for change in changes if type(change) is Add)
    made = next((row for row in new_rows if isinstance(row, Erratum)), None)
    if json:
        data_json({"account": of, "session": session, **(made.plain() if made else {"new": right})})
    if made is None:
        words(f"Session {session} reads as it was sealed again: «{one_line(right)}».{now}")
        return DONE
    text = told(made, apply(plan, Step(changes)))
    words(f"Session {session} stays as it was sealed; beside it stands: {text} ({made.why}).{now}")
    return DONE


def compare(  # noqa: PLR0913 - one for each option
    account: str,
    *,
    earlier: str | None,
    later: str | None,
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
    from workshop_tui.documents.export import audience_choices, audience_named
    from workshop_tui.domain.base.vocabulary import CUSTOMER

    audience = audience_named(whole, typed, {CUSTOMER})
    if audience == CUSTOMER:
        raise CommandError(f"{refused}: use {audience_choices(whole, {CUSTOMER})}.")
    return audience


def _session_typed(whole: "AccountPlan", typed: str) -> "Session":
    if not typed.isdecimal():
        numbers = one_of(str(n) for n in range(1, len(whole.sessions) + 1)) or "it has none yet"
        raise CommandError(f"There is no session «{clean_text(typed)}»: {numbers}.")
    return session_number(whole, int(typed))


def _two_of(
    whole: "AccountPlan", earlier: str | None, later: str | None, day: dt.date
) -> tuple["Session", "Session"]:
    """Return the two sessions that are meant; without numbers the last two held by the day."""
    if earlier is not None and later is not None:
        return _session_typed(whole, earlier), _session_typed(whole, later)
    if earlier is not None:
        raise CommandError("One session is compared with another: give two numbers, as in 1 2, or none.")
    held = [session for session in whole.sessions if session.held_on <= day]
    if not held[1:]:
        there = counted(len(held), "session")
        raise CommandError(
            f"{whole.account.name} has {there} by {format_date(day)}: two are needed to compare."
        )
    return held[-2], held[-1]
