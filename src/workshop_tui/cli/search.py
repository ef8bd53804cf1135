"""The command that finds what people said or typed, over all accounts."""

import datetime as dt
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from workshop_tui.cli.place import located, opened, user_settings
from workshop_tui.cli.plans import clock, joined
from workshop_tui.cli.speech import DONE, CommandError, data, data_json, words
from workshop_tui.domain.base.dates import Calendar, format_date
from workshop_tui.domain.base.text import clean_text, counted, fold, nearest, one_of
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER

if TYPE_CHECKING:
    from workshop_tui.domain.search.hits import HitGroup, SearchHit, SearchResult
    from workshop_tui.domain.search.query import Query
    from workshop_tui.server_url import Database
    from workshop_tui.store.naming import ShortIds
    from workshop_tui.store.search import Readers, SearchReader

_ALL = "all"
_MOST = 50

Add = Callable[[str, Callable[..., int], str], ArgumentParser]


def add_to(command: Add) -> ArgumentParser:
    """Add the command to the reader of command lines; return it."""
    told = "find what people said or typed in any account: words, the last of which may be begun"
    found = command("search", search, told)
    found.add_argument(
        "wanted",
        nargs="+",
        metavar="TEXT",
        help="words, and what narrows them: kind:d, who:NAME, since:q2, acct:NAME",
    )
    found.add_argument("--account", metavar="ACCOUNT", help="in this account alone: its id or its name")
    found.add_argument(
        "--kind",
        metavar="KIND",
        help="of this kind alone, as in decision or d; one that isn't known lists all",
    )
    found.add_argument(
        "--for",
        dest="audience",
        default=_ALL,
        metavar="AUDIENCE",
        help="alliance, or a firm's name or id: what they see; all of it without it",
    )
    found.add_argument(
        "--limit", type=int, default=_MOST, metavar="N", help=f"the newest N; {_MOST} without it"
    )
    return found


def search(  # noqa: PLR0913 - one for each option
    wanted: Sequence[str],
    *,
    account: str | None,
    kind: str | None,
    audience: str,
    limit: int,
    json: bool,
    db: str | None,
) -> int:
    """Find what people said or typed, the newest first, by account and session."""
    from contextlib import closing

    from workshop_tui.store.search import SearchReader

    if fold(audience.strip()) == CUSTOMER:
        raise CommandError("Nothing is searched for the customer: use alliance, or a firm's name or id.")
    if limit < 1:
        raise CommandError(f"--limit can't be {limit}: give how many lines to list, from 1 on.")
    query = _query(" ".join([*wanted, *([f'kind:"{kind}"'] if kind else [])]))
    path = located(db).path
    only = _caught_up(path, account)
    with closing(SearchReader(path)) as reader:
        readers = _readers(reader, audience, only)
        found = reader.search(query, readers, limit)
    if found.unknown:
        raise CommandError(found.unknown)
    if json:
        data_json([_as_json(group, hit) for group in found.groups for hit in group.hits])
    elif found.groups:
        from workshop_tui.store.open_actions import short_ids

        ids = short_ids(path)
        data("\n".join(line for group in found.groups for line in _lines(group, ids)))
    words(_summary(found, audience))
    return DONE


def _query(typed: str) -> "Query":
    from workshop_tui.domain.search.query import QueryError, parse

    try:
        query = parse(typed, Calendar(clock(), user_settings().day_first))
    except QueryError as error:
        raise CommandError(str(error)) from None
    if query.is_empty:
        raise CommandError("There is nothing to look for: type a word, or what narrows, as in kind:d.")
    return query


def _caught_up(path: "Database", account: str | None) -> str:
    """Have all found that was said until now; return the id of the account that is meant, "" for all."""
    with opened(path) as store:
        only = store.find(account) if account else ""
        for behind in store.search_behind():
            store.update_search(behind)
    return only


def _readers(reader: "SearchReader", audience: str, only: str) -> "Readers":
    from workshop_tui.store.search import Readers

    wanted = fold(audience.strip())
    if wanted in {_ALL, ALLIANCE}:
        return Readers(wanted, only=only)
    firms = {firm for firms in reader.firms().values() for firm in firms}
    if not any(wanted in firm.names for firm in firms):
        choices = (ALLIANCE, *sorted({firm.short for firm in firms}), _ALL)
        cure = nearest(audience, choices) or one_of(choices)
        raise CommandError(f"There is no audience «{clean_text(audience)}» in these accounts: use {cure}.")
    return Readers(audience.strip(), frozenset({wanted}), only=only)


def _lines(group: "HitGroup", ids: "ShortIds") -> Iterator[str]:
    """Yield the heading of a session or account and the lines beneath it."""
    where = f"session {group.number} · {format_date(group.held_on)}" if group.held_on else "as it is now"
    yield clean_text(f"{group.account_name} · {where}")
    yield from (f"  {hit.letter}  {clean_text(_told(group, hit, ids))}" for hit in group.hits)


def _told(group: "HitGroup", hit: "SearchHit", ids: "ShortIds") -> str:
    key = "/".join(hit.key)
    ref = (
        ids.ref(group.account, key)
        if key in ids.rows.get(group.account, ())
        else f"{ids.account(group.account)}/{key}"
    )
    day = format_date(hit.on) if hit.on and hit.on != group.held_on else ""
    return joined(hit.title, hit.excerpt.text, f"{hit.role} {hit.who}".strip(), day, ref)


def _as_json(group: "HitGroup", hit: "SearchHit") -> dict[str, Any]:
    on: dt.date | None = hit.on
    return {
        "account": group.account,
        "account_name": group.account_name,
        "session": group.session or None,
        "number": group.number or None,
        "held_on": group.held_on,
        "kind": hit.kind.lower(),
        "letter": hit.letter,
        "ref": f"{group.account}/{'/'.join(hit.key)}",
        "title": hit.title or hit.excerpt.text,
        "excerpt": hit.excerpt.text,
        "marks": hit.excerpt.marks,
        "who": hit.who or None,
        "role": hit.role or None,
        "on": on,
    }


def _summary(found: "SearchResult", audience: str) -> str:
    whom = "" if fold(audience.strip()) == _ALL else f" for the audience {clean_text(audience)}"
    if not found.groups:
        return f"Nobody said that{whom}: fewer words, or the beginning of one, find more."
    more = ", the newest: --limit lists more" if found.is_cut else ""
    accounts = len({group.account for group in found.groups})
    return f"{counted(found.count, 'line')} in {counted(accounts, 'account')}{whom}{more}."
