"""One firm's discovery form, to be filled in without the app: its lines, its scores, and what to ask oneself.

It holds nothing of the other firm: no line, no score, not whether there is any. `form_read` reads it back.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from msgspec import Struct

from workshop_tui.documents.as_markdown import as_markdown
from workshop_tui.documents.as_xlsx import as_xlsx
from workshop_tui.documents.document import (
    BlockOfText,
    Document,
    Heading,
    Paragraph,
    TextItem,
    TextList,
    TextTable,
    code,
    text,
)
from workshop_tui.documents.errors import DocumentError, quoted
from workshop_tui.documents.files import reader_slug
from workshop_tui.documents.sheets import WorkbookSheet
from workshop_tui.documents.signed_files import is_signed, sign_package
from workshop_tui.documents.task_line import as_read
from workshop_tui.domain.base.text import one_line, one_of, slug
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.discovery import Bullet, Criterion, Score
from workshop_tui.domain.plan.plan import AccountPlan

OWN: Final = "own"
"""How a form says that a line is for nobody but its firm."""
PROFILE, LINES, QUESTIONS = "Profile", "What we know", "Questions to ask yourselves"
_LINES_TOLD = (
    "Fill this in without the other firm, and send it back. Each line is one fact, hope or worry about the "
    "account. Behind it stand its id, which is to stay, and who sees it, which may be changed: own (your "
    "firm alone), alliance or customer."
)
_MORE_TOLD = (
    "A new line needs neither, and is for your own firm alone. A line that you leave out stays as it was. "
    "Score each criterion from 1 (weak) to 5 (strong)."
)
INTRODUCTION: Final = (_LINES_TOLD, _MORE_TOLD)
HEADS: Final = ("ID", "Question", "What we know", "Seen by")
SCORE_HEADS: Final = ("ID", "Criterion", "Weight", "Score")
SIGNATURE: Final = re.compile(
    r"workshop-tui form (?P<account>\S+) for (?P<firm>\S+) (?P<mark>[0-9a-f]{12})"
    r"(?: asks (?P<asks>[0-9a-f-]+))?(?: (?P<checksum>[0-9a-f]{32}))?"
)
_SIGNED: Final = re.compile(
    rb"<!-- workshop-tui form \S+ for \S+ [0-9a-f]{12}(?: asks [0-9a-f-]+)? ([0-9a-f]{32}) -->\s*\Z"
)


class WrittenForm(Struct, frozen=True):
    """A form as a file."""

    content: str | bytes
    account: str
    """The account's id."""

    def replaces(self, content: bytes) -> bool:
        """Whether a file is an earlier form of this account that nobody has changed since."""
        if signed := _SIGNED.search(content):
            return signed[1].decode() == checksum(self.account, content[: signed.start()])
        return is_signed(content, self.account)


def firm_of_form(whole: AccountPlan, typed: str, audience: str) -> Party:
    """Return the firm that an audience is, as it was typed.

    Raises:
        DocumentError: it is no firm of the alliance.
    """
    firm = next((one for one in whole.partners if one.id == audience), None)
    if firm is None:
        firms = one_of(one.id for one in whole.partners) or "a partner, once there is one"
        raise DocumentError(f"A form is one firm's, and {quoted(typed)} is none: use {firms}.")
    return firm


def lines_of(view: AccountPlan, firm: str) -> tuple[Bullet, ...]:
    """Return the lines of a firm's form, as it sees them itself."""
    return view.where(Bullet, party=firm)


def label_of(visibility: str, firm: str) -> str:
    """Return how a firm's form says who sees a line."""
    return OWN if visibility == firm else visibility


def labels(firm: Party) -> dict[str, str]:
    """Return what may be written for who sees a line → what that is."""
    mine = dict.fromkeys((OWN, "us", "only us", firm.short, firm.name, firm.id), firm.id)
    return {**mine, ALLIANCE: ALLIANCE, CUSTOMER: CUSTOMER}


def mark_of_form(view: AccountPlan, firm: str) -> str:
    """Return a mark of what a firm's form says, by which a read-back finds again what was written.

    It is made of nothing but what stands in the form.
    """
    told = (
        [(row.id, row.text, row.visibility) for row in lines_of(view, firm)],
        [(row.id, row.text, row.weight, score_of(view, row.id, firm)) for row in view.all(Criterion)],
    )
    return sha256(json.dumps(told).encode()).hexdigest()[:12]


def score_of(view: AccountPlan, criterion: str, firm: str) -> int | None:
    """Return a firm's own score; None where it hasn't scored."""
    found = view.get(Score, criterion, firm)
    return found.score if found else None


def mark_of_question(shown: str) -> str:
    """Return a mark of a question as it is read, by which a read-back sees what was typed in its place."""
    return sha256(shown.encode()).hexdigest()[:8]


def _signature(view: AccountPlan, firm: Party, prompts: Sequence[str]) -> str:
    asks = "-".join(mark_of_question(as_read(prompt)) for prompt in prompts)
    told = f"workshop-tui form {view.account.id} for {firm.id} {mark_of_form(view, firm.id)}"
    return f"{told} asks {asks}" if asks else told


def checksum(account: str, body: bytes) -> str:
    """Return by what it is known that nobody has changed a form since it was written."""
    return sha256(account.encode() + b"\nform\n" + body).hexdigest()[:32]


def form_name(view: AccountPlan, suffix: str) -> str:
    """Return what the file of a form is called in a folder, with the firm for which the plan is cut."""
    return f"{slug(view.account.name)}-form-{reader_slug(view)}.{suffix}"


def form_markdown(view: AccountPlan, firm: Party, prompts: Sequence[str]) -> WrittenForm:
    """Return a form as Markdown, of a plan that was cut for its firm."""
    account, body = _cut(view, firm), as_markdown(_document(view, firm, prompts)) + "\n"
    told = f"{_signature(view, firm, prompts)} {checksum(account, body.encode())}"
    return WrittenForm(f"{body}<!-- {told} -->\n", account)


def form_workbook(view: AccountPlan, firm: Party, prompts: Sequence[str], on: dt.date) -> WrittenForm:
    """Return a form as a workbook, of a plan that was cut for its firm.

    Raises:
        DocumentError: the library that writes it isn't there.
    """
    account = _cut(view, firm)
    rows = (
        *((row.id, "", row.text, label_of(row.visibility, firm.id)) for row in lines_of(view, firm.id)),
        *(("", prompt, "", "") for prompt in prompts),
    )
    scores = tuple(
        (row.id, row.text, row.weight, score_of(view, row.id, firm.id)) for row in view.all(Criterion)
    )
    signature = _signature(view, firm, prompts)
    sheets = (
        WorkbookSheet("lines", HEADS, rows),
        WorkbookSheet("profile", SCORE_HEADS, scores),
        WorkbookSheet("form", ("About this form",), (*((told,) for told in INTRODUCTION), (signature,))),
    )
    book = as_xlsx(sheets, title=_title(view, firm), about=f"For {firm.short} alone.", on=on)
    return WrittenForm(sign_package(book, account, firm.id), account)


def _cut(view: AccountPlan, firm: Party) -> str:
    """Return the account's id of a plan that was cut for a firm; refuse any other."""
    if view.audience != firm.id:
        raise ValueError("A form is made from its own firm's projection.")
    return view.account.id


def _title(view: AccountPlan, firm: Party) -> str:
    return f"{view.account.name}: discovery form of {firm.short}"


def _document(view: AccountPlan, firm: Party, prompts: Sequence[str]) -> Document:
    lines = tuple(
        TextItem(text(one_line(row.text), " ", code(f"{row.id} {label_of(row.visibility, firm.id)}")))
        for row in lines_of(view, firm.id)
    )
    scores = tuple(
        (
            text(code(row.id)),
            text(row.text),
            text(f"{row.weight:g}"),
            text(str(score_of(view, row.id, firm.id) or "")),
        )
        for row in view.all(Criterion)
    )
    asked: list[BlockOfText] = []
    for prompt in prompts:
        asked += [Heading(prompt, 3), _BLANK]
    return Document(
        _title(view, firm),
        (
            *(Paragraph(text(told)) for told in INTRODUCTION),
            *((Heading(PROFILE), TextTable(SCORE_HEADS, scores, frozenset({2}))) if scores else ()),
            Heading(LINES),
            TextList(lines) if lines else _BLANK,
            *((Heading(QUESTIONS), *asked) if asked else ()),
        ),
    )


_BLANK: Final = TextList((TextItem(()),))
"""Where the first line is to be written."""
