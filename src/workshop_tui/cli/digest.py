"""The command for a Monday: what we owe, what news to bring, who goes quiet, over all accounts."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from workshop_tui.cli.place import located
from workshop_tui.cli.plans import clock, day_reader
from workshop_tui.cli.speech import DONE, CommandError, data, data_json, words
from workshop_tui.domain.base.text import clean_text, fold
from workshop_tui.domain.base.vocabulary import CUSTOMER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workshop_tui.domain.rules.digest import AccountDigest

_ALL = "all"

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


def digest(*, account: str | None, on: str | None, audience: str, json: bool, db: str | None) -> int:
    """Say of all accounts what we owe, what news to bring, and who goes quiet."""
    from workshop_tui.documents.monday import monday_summary
    from workshop_tui.live.monday import monday

    if fold(audience.strip()) == CUSTOMER:
        raise CommandError("A digest is not for the customer: use alliance, or a firm's name or id.")
    path = located(db).path
    found = monday(path, clock(), account, on=day_reader(on), audience=audience)
    if not found:
        words(f"There is no account to look after in {path}.")
    if json:
        data_json(_as_json(found))
    elif text := "\n".join(_lines(found)):
        data(text)
    if found:
        whom = "" if audience == _ALL else f" for the audience {clean_text(audience)}"
        words(f"{monday_summary(found, clock(), whom)}.")
    return DONE


def _lines(found: "Sequence[AccountDigest]") -> Iterator[str]:
    """Yield each lane in which there is something, with its heading."""
    from workshop_tui.documents.monday import monday_lanes

    for lane in monday_lanes(found):
        if lane.lines:
            yield f"{lane.title} · {len(lane.lines)}"
            yield from (clean_line(f"{'!' if line.is_late else ' '}{line.text}") for line in lane.lines)


def clean_line(line: str) -> str:
    """Return a line as it is listed: with its sign before it, and nothing that steers a terminal."""
    return f" {line[0]} {clean_text(line[1:])}"


def _as_json(found: "Sequence[AccountDigest]") -> dict[str, Any]:
    from msgspec.structs import asdict

    from workshop_tui.domain.rules.digest import all_news, all_owed, all_quiet

    return {
        "we_owe": [
            {
                "account": one.account,
                "account_name": one.name,
                "why": line.why.id,
                "kind": line.kind.lower(),
                "ref": None if line.kind == "Account" else f"{one.account}/{'/'.join(line.key)}",
                "name": line.name,
                "since": line.since,
                "days": line.days,
                "owner": line.who or None,
                "told": line.told,
            }
            for one, line in all_owed(found)
        ],
        "news": [
            {
                "account": one.account,
                "account_name": one.name,
                "kind": line.kind.lower(),
                "ref": f"{one.account}/{'/'.join(line.key)}",
                "name": line.name,
                "on": line.on,
                "for": line.whom_name or None,
                "met": line.since,
                "owner": line.who or None,
                "visibility": line.visibility,
            }
            for one, line in all_news(found)
        ],
        "going_quiet": [
            {
                "account": one.account,
                "account_name": one.name,
                **{name: value for name, value in asdict(person).items() if name not in {"owners", "goes"}},
                "owners": [one.called(owner) for owner in person.owners],
                "goes": one.called(person.goes) or None,
            }
            for one, person in all_quiet(found)
        ],
    }
