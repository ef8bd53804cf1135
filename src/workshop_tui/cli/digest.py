"""The command for a Monday: what we owe, what news to bring, who goes quiet, over all accounts."""

import datetime as dt
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from workshop_tui.cli.place import located
from workshop_tui.cli.plans import clock, day_of, joined
from workshop_tui.cli.speech import DONE, CommandError, data, data_json, words
from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.text import clean_text, counted, fold, nearest, one_of
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workshop_tui.domain.plan.plan import AccountPlan
    from workshop_tui.domain.rules.digest import Digest, NewsLine, OwedLine
    from workshop_tui.domain.rules.quiet import QuietPerson

_ALL = "all"
_LATE = ("late", "review")

Add = Callable[[str, Callable[..., int], str], ArgumentParser]


def add_to(command: Add) -> ArgumentParser:
    """Add the command to the reader of command lines; return it."""
    told = "say of all accounts what we owe, what news to bring, and who goes quiet"
    added = command("digest", digest, told)
    added.add_argument("--account", metavar="ACCOUNT", help="of this account alone: its id or its name")
    added.add_argument("--on", metavar="DATE", help="as of this day, as it was known then; today without it")
    added.add_argument(
        "--for",
        dest="audience",
        default=_ALL,
        metavar="AUDIENCE",
        help="alliance, or a firm's name or id: what they may hear; the whole of it without it",
    )
    return added


@dataclass(frozen=True)
class _Of:
    """The digest of one account, and by what names it is told."""

    view: "AccountPlan"
    day: dt.date
    digest: "Digest"

    @property
    def account(self) -> dict[str, str]:
        return {"account": self.view.account.id, "account_name": self.view.account.name}

    def name(self, member: str) -> str:
        person = self.view.person(member)
        return person.words if person else ""

    def ref(self, key: tuple[str, ...]) -> str:
        return f"{self.view.account.id}/{'/'.join(key)}"


def digest(*, account: str | None, on: str | None, audience: str, json: bool, db: str | None) -> int:
    """Say of all accounts what we owe, what news to bring, and who goes quiet."""
    from workshop_tui.store.digest_plans import digest_plans

    if fold(audience.strip()) == CUSTOMER:
        raise CommandError("A digest is not for the customer: use alliance, or a firm's name or id.")
    path = located(db).path
    plans = digest_plans(path, account, past=on is not None)
    if not plans:
        words(f"There is no account to look after in {path}.")
    seen = [(plan, _audience(plan, audience)) for plan in plans]
    if plans and not any(whom for _, whom in seen):
        _refuse_audience(plans, audience)
    found = [_of(plan, whom, on) for plan, whom in seen if whom]
    if json:
        data_json(_as_json(found))
    elif text := "\n".join(_lines(found)):
        data(text)
    if plans:
        words(_summary(found, audience))
    return DONE


def _of(plan: "AccountPlan", audience: str, on: str | None) -> _Of:
    from workshop_tui.domain.metrics import PlanMetrics
    from workshop_tui.domain.plan.audience import project

    day = day_of(plan, on)
    opened = plan.sessions[-1].id if plan.sessions and on is None else ""
    view = plan if audience == _ALL else project(plan, audience)
    return _Of(view, day, PlanMetrics(plan, view, day, opened=opened).digest)


def _audience(plan: "AccountPlan", typed: str) -> str:
    """Return the audience of an account that is meant; empty where that firm has no part in it."""
    wanted = fold(typed.strip())
    if wanted in {_ALL, ALLIANCE}:
        return wanted
    firms = (firm for firm in plan.partners if wanted in map(fold, (firm.id, firm.short, firm.name)))
    return next((firm.id for firm in firms), "")


def _refuse_audience(plans: "Sequence[AccountPlan]", typed: str) -> None:
    firms = sorted({firm.short for plan in plans for firm in plan.partners})
    choices = (ALLIANCE, *firms, _ALL)
    cure = nearest(typed, choices) or one_of(choices)
    raise CommandError(f"There is no audience «{clean_text(typed)}» in these accounts: use {cure}.")


def _owed(found: "Sequence[_Of]") -> "list[tuple[_Of, OwedLine]]":
    every = [(one, line) for one in found for line in one.digest.owe]
    return sorted(every, key=lambda each: each[1].place)


def _news(found: "Sequence[_Of]") -> "list[tuple[_Of, NewsLine]]":
    every = [(one, line) for one in found for line in one.digest.news]
    return sorted(every, key=lambda each: each[1].place)


def _quiet(found: "Sequence[_Of]") -> "list[tuple[_Of, QuietPerson]]":
    every = [(one, person) for one in found for person in one.digest.quiet]
    return sorted(every, key=lambda each: each[1].place)


def _lines(found: "Sequence[_Of]") -> Iterator[str]:
    """Yield each lane in which there is something, with its heading."""
    lanes = (
        ("We owe", [_owed_line(*each) for each in _owed(found)]),
        ("News to bring", [_news_line(*each) for each in _news(found)]),
        ("Going quiet", [_quiet_line(*each) for each in _quiet(found)]),
    )
    for title, lines in lanes:
        if lines:
            yield f"{title} · {len(lines)}"
            yield from map(clean_line, lines)


def clean_line(line: str) -> str:
    """Return a line as it is listed: with its sign before it, and nothing that steers a terminal."""
    return f" {line[0]} {clean_text(line[1:])}"


def _owed_line(one: _Of, line: "OwedLine") -> str:
    sign, account = "!" if line.why.id in _LATE else " ", one.view.account.name
    if line.kind == "Account":
        return sign + joined(line.name, line.told, account)
    return sign + joined(one.ref(line.key), line.told, line.name, line.who, account)


def _news_line(one: _Of, line: "NewsLine") -> str:
    met = f"met {format_date(line.since)}" if line.since else "never met"
    return " " + joined(
        one.ref(line.key),
        line.told,
        line.name,
        f"for {line.whom_name or 'the customer'}, {met}",
        f"by {line.who}" if line.who else "",
        "" if line.visibility == CUSTOMER else "not marked for the customer",
        one.view.account.name,
    )


def _quiet_line(one: _Of, person: "QuietPerson") -> str:
    owners = one_of(filter(None, map(one.name, person.owners))).replace(" or ", " and ")
    return " " + joined(
        person.name,
        person.told,
        f"owned by {owners}" if owners else "nobody owns the relationship",
        f"{one.name(person.goes)} should go: {person.why}" if person.goes else "",
        one.view.account.name,
    )


def _as_json(found: "Sequence[_Of]") -> dict[str, Any]:
    return {
        "we_owe": [
            {
                **one.account,
                "why": line.why.id,
                "kind": line.kind.lower(),
                "ref": None if line.kind == "Account" else one.ref(line.key),
                "name": line.name,
                "since": line.since,
                "days": line.days,
                "owner": line.who or None,
                "told": line.told,
            }
            for one, line in _owed(found)
        ],
        "news": [
            {
                **one.account,
                "kind": line.kind.lower(),
                "ref": one.ref(line.key),
                "name": line.name,
                "on": line.on,
                "for": line.whom_name or None,
                "met": line.since,
                "owner": line.who or None,
                "visibility": line.visibility,
            }
            for one, line in _news(found)
        ],
        "going_quiet": [
            {
                **one.account,
                **{name: value for name, value in asdict(person).items() if name not in {"owners", "goes"}},
                "owners": [one.name(owner) for owner in person.owners],
                "goes": one.name(person.goes) or None,
            }
            for one, person in _quiet(found)
        ],
    }


def _summary(found: "Sequence[_Of]", audience: str) -> str:
    owed, news, quiet = (len(lane(found)) for lane in (_owed, _news, _quiet))
    whom = "" if audience == _ALL else f" for the audience {clean_text(audience)}"
    days = (f"; {one.view.account.name} as of {format_date(one.day)}" for one in found if one.day != clock())
    return (
        f"{counted(owed, 'thing')} owed, {news or 'no'} news to bring, "
        f"{quiet or 'nobody'} going quiet{whom}{''.join(days)}."
    )
