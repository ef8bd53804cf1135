"""One account plan as text for one audience, and how much of it was held back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final, Literal

from workshop_tui.documents.action_plan import Page, action_plan
from workshop_tui.documents.errors import DocumentError, quoted
from workshop_tui.documents.plan_json import CHECKSUM, FAMILY, UNPROJECTED, dump_plan
from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.text import fold, nearest, one_of
from workshop_tui.domain.gaps.registry import rules_of
from workshop_tui.domain.metrics import PlanMetrics
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.discovery import Objective
from workshop_tui.domain.model.session import Decision, Erratum, Seal, Session
from workshop_tui.domain.plan.audience import project, shows_kind
from workshop_tui.domain.plan.past import dated_by
from workshop_tui.domain.plan.plan import AccountPlan, audiences

Format = Literal["md", "json"]
_SIGNED: Final = re.compile(rb"<!-- workshop-tui ([0-9a-f]{32}) -->\s*\Z")
_AFTER_AUDIENCE: Final = re.compile(r'(?<=\n)(?=  "account": \{)')
_SIGNED_JSON: Final = re.compile(
    rb'\{\n  "schema": "' + FAMILY.encode() + rb'\d+",\n  "audience": "[^"\n]*",\n'
    rb'(  "checksum": "([0-9a-f]{32})",\n)  "account": \{'
)


@dataclass(frozen=True, slots=True)
class Exported:
    """A document, and how many lines of the whole plan its audience doesn't get to see."""

    text: str
    held_back: int
    account: str
    """The account's id."""
    note: str = ""
    """What whoever exports has to know besides, in a sentence."""

    def replaces(self, content: bytes) -> bool:
        """Whether a file holds an earlier export of the same account, which this may be written over.

        What somebody has changed since is none any more: it has a checksum in it.
        """
        if signed := _SIGNED.search(content):
            return signed[1].decode() == _checksum(self.account, content[: signed.start()])
        if signed := _SIGNED_JSON.match(content):
            body = content[: signed.start(1)] + content[signed.end(1) :]
            return signed[2].decode() == _checksum(self.account, body)
        return False


def signed(text: str, account: str) -> str:
    """Add a line that no reader sees and by which `replaces` knows the text again."""
    body = f"{text}\n"
    return f"{body}<!-- workshop-tui {_checksum(account, body.encode())} -->\n"


def _sign_json(text: str, account: str) -> str:
    """Add the checksum to an account plan's head, which `load_plan` passes over."""
    line = f'  "{CHECKSUM}": "{_checksum(account, text.encode())}",\n'
    return _AFTER_AUDIENCE.sub(line, text, count=1)


def _checksum(account: str, body: bytes) -> str:
    return sha256(account.encode() + b"\n" + body).hexdigest()[:32]


def audience_named(whole: AccountPlan, typed: str) -> str:
    """Return the audience that is meant by its id, its firm's name or short name, in any case, or «all».

    Raises:
        DocumentError: there is none such, or there are several.
    """
    names = {audience: _names(whole, audience) for audience in audiences(whole)} | {
        UNPROJECTED: (UNPROJECTED,)
    }
    if typed in names:
        return typed
    wanted = fold(typed.strip())
    found = [audience for audience, called in names.items() if wanted in map(fold, called)]
    if len(found) == 1:
        return found[0]
    if found:
        raise DocumentError(f"{quoted(typed)} could be several audiences: use {one_of(found)}.")
    near = nearest(typed, (name for called in names.values() for name in called))
    choices = near or f"{', '.join(audiences(whole))}, or all for JSON"
    raise DocumentError(f"There is no audience {quoted(typed)}: use {choices}.")


def _names(whole: AccountPlan, audience: str) -> tuple[str, ...]:
    firm = whole.get(Party, audience)
    return (audience, firm.short, firm.name) if firm else (audience,)


def export(  # noqa: PLR0913 - each says another thing about the document
    whole: AccountPlan,
    audience: str,
    form: Format,
    *,
    on: dt.date,
    session: Session | None = None,
    sealed: str = "",
) -> Exported:
    """Return a whole plan as the joint action plan (md) or as JSON, cut for an audience.

    The action plan tells of `session`, the latest when None, with figures as they are on a day and
    gaps by that session's rules. `sealed` says of which record it is made, to those who may hear of
    seals. An earlier session of which there is no record is told alone, by what it dated itself. The
    audience «all» is the whole plan, as JSON alone.

    Raises:
        DocumentError: there is no such audience, or it can't have this format.
    """
    if audience not in {UNPROJECTED, *audiences(whole)}:
        raise DocumentError(f"There is no audience {quoted(audience)}.")
    account = whole.account.id
    if audience == UNPROJECTED and form != "json":
        raise DocumentError("The whole plan is for JSON alone: use `--format json`, or choose an audience.")
    if form == "json":
        view = whole if audience == UNPROJECTED else project(whole, audience)
        return Exported(_sign_json(dump_plan(view), account), len(list(whole)) - len(list(view)), account)
    note = ""
    is_alone = session is not None and not sealed and session.id != whole.sessions[-1].id
    if session and is_alone:
        told = f"Session {whole.number_of(session.id)} of {format_date(session.held_on)}"
        note = f"{told} is written by what it dated itself alone, not by what came of it later."
        whole, on = dated_by(whole, session), session.held_on
    session = session or next(reversed(whole.sessions), None)
    if not sealed:  # what was put right in records is right in the plan
        whole = AccountPlan({**whole.rows, Erratum: {}}, whole.audience)
    view = project(whole, audience)
    all_of_it, seen = (_page(whole, cut, session, on, alone=is_alone) for cut in (whole, view))
    shown = view.get(Session, session.id) if session else None
    told = sealed if shows_kind(Seal, audience) else ""
    text = action_plan(view, shown, seen.figures, told, alone=is_alone)
    return Exported(signed(text, account), _lines(all_of_it) - _lines(seen), account, note)


def _page(
    whole: AccountPlan, cut: AccountPlan, session: Session | None, on: dt.date, *, alone: bool = False
) -> Page:
    held = session.id if session else ""
    return Page(cut, session, PlanMetrics(whole, cut, on, rules_of(whole, held), opened=held), alone)


def _lines(page: Page) -> int:
    """Return how many lines of the action plan there are, what is listed twice counted once."""
    return sum(len(part) for part in _parts(page))


def _parts(page: Page) -> Iterator[Sequence[Any]]:
    yield from (
        page.went(),
        page.put_right(),
        page.followed(),
        page.here(Decision),
        page.parked(),
        page.risks(),
    )
    yield from (page.decided_before(), page.felt() if page.alone else ())
    yield from (page.gaps(), page.besides(), page.view.all(Objective), page.options())
    yield from (page.account(), page.unacknowledged(), page.differences(), page.governance())
    yield from ((each, *each.beneath) for each in page.measured())
    for _, worth, answers in page.targets():
        yield [worth]
        yield from ((answer, *answer.beneath) for answer in answers)
    for answers in page.answers().values():
        yield from ((answer, *answer.beneath) for answer in answers)
    yield from ((*each.lines, *each.stands_on) for each in page.propositions())
    yield from (lines for _, lines in page.approaches())
    for milestone in page.milestones():
        yield milestone.actions
        yield from (page.beneath(action) for action in milestone.actions)
