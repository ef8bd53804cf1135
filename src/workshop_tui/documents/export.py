"""One account plan as text for one audience, and how much of it was held back."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Literal

from workshop_tui.documents.as_html import as_html
from workshop_tui.documents.as_markdown import Dialect, as_markdown
from workshop_tui.documents.errors import DocumentError, quoted
from workshop_tui.documents.plan_json import CHECKSUM, FAMILY, UNPROJECTED, dump_plan
from workshop_tui.documents.plan_layouts import Layout, document
from workshop_tui.documents.source import Source
from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.text import counted, fold, nearest, one_of
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.gaps.registry import rules_of
from workshop_tui.domain.metrics import PlanMetrics
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.actions import Action, Approach
from workshop_tui.domain.model.discovery import Objective
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.scorecard import Goal, Initiative
from workshop_tui.domain.model.session import Decision, Erratum, Parking, Risk, Seal, Session
from workshop_tui.domain.model.value import Answer, Difference, GrowthStep, Option, Proof, Proposition, Target
from workshop_tui.domain.plan.audience import project, shows_kind
from workshop_tui.domain.plan.past import dated_by
from workshop_tui.domain.plan.plan import AccountPlan, audiences

Format = Literal["md", "html", "json"]
_SIGNED: Final = re.compile(rb"<!-- workshop-tui (?:\S+ for \S+ (?:[0-9a-f]{12} )?)?([0-9a-f]{32}) -->\s*\Z")
_SIGNATURE: Final = re.compile(
    r"<!-- workshop-tui (?P<account>\S+) for (?P<audience>\S+) (?:(?P<mark>[0-9a-f]{12}) )?"
    r"(?P<checksum>[0-9a-f]{32}) -->"
)
_MARKS: Final = 16**12
_AFTER_AUDIENCE: Final = re.compile(r'(?<=\n)(?=  "account": \{)')
_SIGNED_JSON: Final = re.compile(
    rb'\{\n  "schema": "' + FAMILY.encode() + rb'\d+",\n  "audience": "[^"\n]*",\n'
    rb'(  "checksum": "([0-9a-f]{32})",\n)  "account": \{'
)


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How a document is written, whatever is in it."""

    tasks: Dialect = "plain"
    """How tasks are written in Markdown."""
    front_matter: bool | None = None
    """Whether Markdown begins with facts for a machine; None is as readers of the dialect want it."""
    is_drawn: bool = True
    """Whether there is a chart of the customer's people."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A document, and what of the whole plan its audience doesn't get to see."""

    text: str
    held_back: Mapping[str, int]
    """What a kind of line is called → how many of them are not in it."""
    account: str
    """The account's id."""
    note: str = ""
    """What whoever exports has to know besides, in a sentence."""
    lacking: tuple[str, ...] = ()
    """What it has nothing of although there is some, each in a sentence."""

    @property
    def held_back_told(self) -> str:
        """What is held back, as in «3 decisions, 9 actions»; «nothing» for nothing."""
        return ", ".join(counted(count, name) for name, count in self.held_back.items()) or "nothing"

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


@dataclass(frozen=True, slots=True)
class Signature:
    """What the last line of a document says of it."""

    account: str
    audience: str
    mark: str
    """Of the actions as they stood when it was written; empty where it tells of none."""
    is_intact: bool
    """Whether nobody has changed the document since."""


def signed(text: str, account: str, audience: str, mark: str = "") -> str:
    """Add a line that no reader sees, by which `replaces` and a read-back know the text again."""
    body = f"{text}\n"
    of = " ".join(filter(None, (account, "for", audience, mark, _checksum(account, body.encode()))))
    return f"{body}<!-- workshop-tui {of} -->\n"


def signatures(text: str) -> tuple[Signature, ...]:
    """Return the signatures in a text whose lines end as we write them; a document of ours has one."""
    return tuple(map(_signature, _SIGNATURE.finditer(text)))


def _signature(found: re.Match[str]) -> Signature:
    before, behind = found.string[: found.start()], found.string[found.end() :]
    is_intact = not behind.strip() and _checksum(found["account"], before.encode()) == found["checksum"]
    return Signature(found["account"], found["audience"], found["mark"] or "", is_intact)


def mark_of(view: AccountPlan) -> str:
    """Return a mark of the actions as they stand for an audience, by which a read-back finds them again.

    It is made of nothing but what the audience sees: a number of the journal would tell how much was
    changed that they don't.
    """
    return mark_joined(mark_of_action(view, row) for row in view.all(Action))


def mark_joined(marks: Iterable[int]) -> str:
    """Return the mark of actions from those of each, in whatever order."""
    return f"{sum(marks) % _MARKS:012x}"


def mark_of_action(view: AccountPlan, row: Action) -> int:
    """Return what one action adds to a mark, so that it is known again when only that one has changed."""
    told = [
        row.id,
        row.title,
        *(_named(view, who) for who in (row.owner, row.accountable)),
        row.status.value,
        *(day.isoformat() if day else "" for day in (row.due, row.done_on)),
    ]
    return int.from_bytes(sha256(json.dumps(told).encode()).digest()) % _MARKS


def _sign_json(text: str, account: str) -> str:
    """Add the checksum to an account plan's head, which `load_plan` passes over."""
    line = f'  "{CHECKSUM}": "{_checksum(account, text.encode())}",\n'
    return _AFTER_AUDIENCE.sub(line, text, count=1)


def _named(view: AccountPlan, person_id: str | None) -> str:
    person = view.person(person_id)
    return f"{person_id} {person.words}" if person else ""


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
    layout: Layout = "plan",
    options: ExportOptions = ExportOptions(),
) -> Exported:
    """Return a document of a whole plan, or the plan as JSON, cut for an audience.

    The document tells of `session`, the latest when None, with figures as they are on a day and gaps by
    that session's rules. `sealed` says of which record it is made, to those who may hear of seals. An
    earlier session of which there is no record is told alone, by what it dated itself. The audience
    «all» is the whole plan, as JSON alone.

    Raises:
        DocumentError: there is no such audience, or it can't have this format or document.
    """
    if audience not in {UNPROJECTED, *audiences(whole)}:
        raise DocumentError(f"There is no audience {quoted(audience)}.")
    account = whole.account.id
    if audience == UNPROJECTED and form != "json":
        raise DocumentError("The whole plan is for JSON alone: use `--format json`, or choose an audience.")
    if form == "json":
        view = whole if audience == UNPROJECTED else project(whole, audience)
        return Exported(_sign_json(dump_plan(view), account), held_back(whole, view), account)
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
    held = session.id if session else ""
    figures = PlanMetrics(whole, view, on, rules_of(whole, held), opened=held)
    shown = view.get(Session, session.id) if session else None
    source = Source(view, shown, figures, sealed if shows_kind(Seal, audience) else "", is_alone)
    left_out = held_back(whole, view)
    told_of = document(source, layout, is_drawn=options.is_drawn)
    text = (
        as_html(told_of)
        if form == "html"
        else as_markdown(told_of, options.tasks, front_matter=options.front_matter)
    )
    text = signed(text, account, audience, mark_of(view))
    return Exported(text, left_out, account, note, lacking(whole, view, shown))


_COUNTED: Final[tuple[type[Entity], ...]] = (
    Decision,
    Action,
    Answer,
    Stakeholder,
    Target,
    Proposition,
    Option,
    Proof,
    Difference,
    GrowthStep,
    Objective,
    Risk,
    Parking,
    Goal,
    Initiative,
    Approach,
)
"""What is told of line by line, in the order in which what is held back is counted."""


def held_back(whole: AccountPlan, view: AccountPlan) -> Mapping[str, int]:
    """Return of how many lines of each kind an audience hears nothing: what the kind is called → count."""
    counts = {kind.VERBOSE_NAME: len(whole.all(kind)) - len(view.all(kind)) for kind in _COUNTED}
    return {name: count for name, count in counts.items() if count}


_EMPTY: Final = ((Decision, "No decision of this session"), (Action, "No action"), (Answer, "No answer"))


def lacking(whole: AccountPlan, view: AccountPlan, session: Session | None) -> tuple[str, ...]:
    """Return what the customer's plan has nothing of although there is some, each in a sentence."""
    if view.audience != CUSTOMER:
        return ()
    of = {"session": session.id} if session else {}
    return tuple(
        f"{what} is marked for the customer."
        for kind, what in _EMPTY
        for these in [of if kind is Decision else {}]
        if whole.where(kind, **these) and not view.where(kind, **these)
    )
