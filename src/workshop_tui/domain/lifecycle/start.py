"""How an account and a session begin: everything is copied out of a playbook.

A playbook that is changed later therefore changes no session already held.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.text import fold, slug
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, TOWARD_ALL
from workshop_tui.domain.gaps.registry import LIMITS
from workshop_tui.domain.model.account import Account, Member, Party
from workshop_tui.domain.model.discovery import Criterion
from workshop_tui.domain.model.session import Block, GapRule, Session
from workshop_tui.domain.model.value import Question
from workshop_tui.domain.plan.plan import AccountPlan, rank_after
from workshop_tui.domain.plan.step import Add, Change, Refused, made, set_field

if TYPE_CHECKING:
    from workshop_tui.domain.model.playbook import PlannedCriterion, PlannedQuestion, Playbook

RESERVED = frozenset({CUSTOMER, ALLIANCE, TOWARD_ALL})
"""Ids that mean something else, so that no partner can have them."""

LONGEST_SHORT = 10
"""Letters of the short name that is proposed for a firm: what a narrow column shows."""
_LEGAL = frozenset(
    {
        "ltd",
        "limited",
        "plc",
        "llp",
        "llc",
        "inc",
        "corp",
        "co",
        "ag",
        "gmbh",
        "se",
        "sa",
        "sas",
        "bv",
        "nv",
        "ab",
        "as",
        "oy",
    }
)
_LONGEST_ID = 12  # a partner's id heads narrow columns and is typed in the capture line

Ids = Callable[[], str]
P = TypeVar("P", "PlannedCriterion", "PlannedQuestion")


def partner_id(short: str, taken: Collection[str] = ()) -> str:
    """Return an id to propose for a firm: the first word of its short name, or that with a number."""
    stem = slug(short)
    word = "partner" if stem == slug("") else stem.split("-")[0][:_LONGEST_ID]
    numbered = (f"{word}{n}" for n in itertools.count(2))
    refused = RESERVED | {fold(other) for other in taken}
    return next(proposed for proposed in itertools.chain([word], numbered) if proposed not in refused)


def short_name(name: str, taken: Collection[str] = ()) -> str:
    """Return what to call a firm where there is little room: how its name begins, in ten letters at the most.

    As many whole words as there is room for, without «Ltd» and the like; the first one cut where it is
    longer. One that another firm has gets the first letters of its words, or a number.
    """
    words = name.split()
    words = words[1:] if len(words) > 1 and fold(words[0]) == "the" else words
    named = [word.rstrip(",") for word in words if fold(word).strip(".,()") not in _LEGAL]
    words = [word for word in named if word] or words
    fitting = (" ".join(words[:n]) for n in range(1, len(words) + 1))
    whole = [said for said in fitting if len(said) <= LONGEST_SHORT]
    first = words[0][:LONGEST_SHORT] if words else ""
    initials = "".join(word[0] for word in words)[:LONGEST_SHORT]
    numbered = (f"{first[: LONGEST_SHORT - 2]} {n}" for n in itertools.count(2))
    refused = {fold(other) for other in taken}
    proposals = itertools.chain(
        whole[:1] or [first], whole[1:], [initials] if len(words) > 1 else [], numbered
    )
    return next(proposed for proposed in proposals if fold(proposed) not in refused)


def start_account(  # noqa: PLR0913 - what a facilitator is asked for
    name: str,
    customer_name: str,
    partners: Sequence[tuple[str, str, str]],
    playbook: Playbook,
    ids: Ids,
    *,
    alliance: str = "",
) -> tuple[Change, ...]:
    """Return the changes that begin an account plan with its parties, criteria and questions.

    Each partner is (id, full name, short name). Raises Refused when something is missing or wrong.
    """
    _check_partners([partner for partner, _, _ in partners])
    firms = [(CUSTOMER, customer_name, name), *partners]
    account = made(Account, {"id": ids(), "name": name, "currency": playbook.currency, "alliance": alliance})
    parties = [
        made(Party, {"id": party, "name": full, "short": short, "rank": float(rank)})
        for rank, (party, full, short) in enumerate(firms, 1)
    ]
    bank = _new_criteria_and_questions(AccountPlan(), playbook, ids)
    return tuple(Add(row) for row in (account, *parties, *bank))


def start_from(whole: AccountPlan, known: Iterable[tuple[str, str]]) -> tuple[Change, ...]:
    """Return the changes that bring in a whole account plan from elsewhere as a new account.

    `known` are (id, name) of the accounts already there; raises Refused when the plan's is one of them.
    """
    new = whole.account
    for account, name in known:
        if account == new.id or fold(name) == fold(new.name):
            raise Refused(
                f"There is an account «{name}» ({account}) already: rename it, or use another database."
            )
    return tuple(Add(row) for row in whole)


def thawed(whole: AccountPlan) -> AccountPlan:
    """Return a whole account plan that is looked at as of today, no longer as of the day it is frozen at."""
    account = with_values(whole.account, as_of=None)
    return AccountPlan({**whole.rows, Account: {account.key: account}}, whole.audience)


def start_session(  # noqa: PLR0913 - what a facilitator is asked for
    plan: AccountPlan,
    playbook: Playbook,
    held_on: dt.date,
    ids: Ids,
    *,
    start: str | None = None,
    facilitator: str | None = None,
) -> tuple[Change, ...]:
    """Return the changes that begin a session of the whole plan, with the playbook's agenda.

    Criteria and questions that the account doesn't have yet come along; an account that is frozen at a
    day goes on from today. `start` is as in 09:00,
    `facilitator` the id of a team member. Raises Refused when either is none such.
    """
    if facilitator is not None and plan.get(Member, facilitator) is None:
        raise Refused(f"«{facilitator}» is no team member of this account: choose one of them.")
    session = made(
        Session,
        {
            "id": ids(),
            "rank": rank_after(plan.all(Session)),
            "held_on": held_on,
            "start": start,
            "facilitator": facilitator,
            "playbook": playbook.name,
            "date_order": playbook.dates.order,
            "week_start": playbook.dates.week_start,
            "amber": playbook.clock.amber,
            "red": playbook.clock.red,
        },
    )
    rules = _rules(playbook, session.id)
    blocks = _blocks(playbook, session.id, ids)
    bank = _new_criteria_and_questions(plan, playbook, ids)
    begun = tuple(Add(row) for row in (session, *rules, *blocks, *bank))
    return (*begun, *set_field(plan.account, "as_of", None))


def _blocks(playbook: Playbook, session: str, ids: Ids) -> Iterator[Block]:
    for rank, planned in enumerate(playbook.agenda, 1):
        yield made(
            Block,
            {
                "id": ids(),
                "rank": float(rank),
                "session": session,
                "kind": planned.kind,
                "title": planned.title,
                "minutes": planned.minutes,
                "protected": planned.protected,
                "notes": playbook.notes_for(planned),
                "visibility": CUSTOMER if planned.customer else ALLIANCE,
            },
        )


def _rules(playbook: Playbook, session: str) -> Iterator[GapRule]:
    """Yield the gap rules that are treated other than usual; `True` and the usual figure need no row."""
    for rule, said in playbook.gaps.items():
        limit = None if isinstance(said, bool) else said
        if said is not True and limit != LIMITS.get(rule, 0):
            yield made(
                GapRule, {"session": session, "rule": rule, "in_force": said is not False, "limit": limit}
            )


def _new_criteria_and_questions(plan: AccountPlan, playbook: Playbook, ids: Ids) -> Iterator[Entity]:
    criteria, questions = plan.all(Criterion), plan.all(Question)
    for rank, criterion in enumerate(_unknown(playbook.criteria, criteria)):
        yield made(Criterion, {"id": ids(), "rank": rank_after(criteria) + rank, **criterion.model_dump()})
    for rank, question in enumerate(_unknown(playbook.questions, questions)):
        place = {"id": ids(), "rank": rank_after(questions) + rank}
        yield made(Question, {"visibility": CUSTOMER, **place, **question.model_dump()})


def _unknown(planned: Iterable[P], held: Iterable[Criterion | Question]) -> Iterator[P]:
    """Yield the parts whose text isn't held yet, each once."""
    known = {fold(row.text) for row in held}
    for part in planned:
        if fold(part.text) not in known:
            known.add(fold(part.text))
            yield part


def _check_partners(partners: Sequence[str]) -> None:
    if not partners:
        raise Refused("An alliance needs a partner: add at least one firm.")
    if reserved := next((partner for partner in partners if fold(partner) in RESERVED), None):
        raise Refused(
            f"No partner can be called «{reserved}», which has a meaning here: choose another name."
        )
    if twice := next((p for n, p in enumerate(partners) if fold(p) in map(fold, partners[:n])), None):
        raise Refused(f"Two partners are called «{twice}»: give each a name of its own.")
