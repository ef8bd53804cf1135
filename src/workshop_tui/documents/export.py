"""One account plan as text for one audience, and how much of it was held back."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path, PurePath
from typing import Final, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from workshop_tui.documents.as_csv import Profile, as_csv
from workshop_tui.documents.as_csv import table as csv_table
from workshop_tui.documents.as_html import as_html
from workshop_tui.documents.as_ics import CalendarEvent, Revisions, as_ics, events, single_events
from workshop_tui.documents.as_markdown import Dialect, as_markdown
from workshop_tui.documents.as_xlsx import as_xlsx
from workshop_tui.documents.document import Document, Heading, TextTable, bold, table, text
from workshop_tui.documents.errors import DocumentError, quoted
from workshop_tui.documents.files import is_folder, is_there
from workshop_tui.documents.line_marks import line_marks
from workshop_tui.documents.measure import Paper
from workshop_tui.documents.owner import only_of
from workshop_tui.documents.plan_json import CHECKSUM, FAMILY, UNPROJECTED, dump_plan
from workshop_tui.documents.plan_layouts import Layout, document
from workshop_tui.documents.sheets import CellValue, sheets
from workshop_tui.documents.signed_files import is_signed, sign_package, sign_pdf
from workshop_tui.documents.source import Source, attended
from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.text import counted, fold, nearest, one_line, one_of, slug
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
from workshop_tui.domain.plan.plan import AccountPlan, audiences, display_name

Format = Literal["md", "html", "docx", "pptx", "pdf", "xlsx", "csv", "ics", "json"]
_SUFFIXES: Final[Mapping[str, Format]] = {
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".pptx": "pptx",
    ".pdf": "pdf",
    ".xlsx": "xlsx",
    ".csv": "csv",
    ".ics": "ics",
    ".json": "json",
}
"""What the name of a file says of what is in it."""
_OTHERS: Final[Mapping[str, Format]] = {
    **dict.fromkeys(
        (".doc", ".docm", ".dot", ".dotx", ".dotm", ".odt", ".ott", ".rtf", ".pages", ".wps"), "docx"
    ),
    **dict.fromkeys((".xls", ".xlsm", ".xlsb", ".xlt", ".xltx", ".ods", ".numbers"), "xlsx"),
    **dict.fromkeys((".ppt", ".pps", ".ppsx", ".pptm", ".pot", ".potx", ".odp", ".key"), "pptx"),
    **dict.fromkeys((".ps", ".eps", ".xps", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"), "pdf"),
    **dict.fromkeys((".xhtml", ".mht", ".mhtml", ".eml", ".msg"), "html"),
    **dict.fromkeys((".ical", ".ifb", ".vcs", ".vcf"), "ics"),
    **dict.fromkeys((".xml", ".yaml", ".yml"), "json"),
    ".tsv": "csv",
}
"""Endings of what other programs write, each with the format of ours that is nearest to it."""
_CALLED: Final[Mapping[Format, str]] = {
    "md": "Markdown",
    "html": "HTML",
    "docx": "Word",
    "pptx": "PowerPoint",
    "pdf": "PDF",
    "xlsx": "a workbook",
    "csv": "CSV",
    "ics": "a calendar",
    "json": "JSON",
}
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
_CALENDAR_BEGINS: Final = re.compile(r"\ABEGIN:VCALENDAR\r\nPRODID:[^\r\n]*\r\n(?:VERSION:2.0\r\n)?")
_SIGNED_CALENDAR: Final = re.compile(
    _CALENDAR_BEGINS.pattern.encode() + rb"(X-WORKSHOP-TUI:([0-9a-f]{32})\r\n)"
)


class ExportOptions(Struct, frozen=True):
    """How a document is written, whatever is in it."""

    tasks: Dialect = "plain"
    """How tasks are written in Markdown."""
    front_matter: bool | None = None
    """Whether Markdown begins with facts for a machine; None is as readers of the dialect want it."""
    is_drawn: bool = True
    """Whether there is a chart of the customer's people."""
    owner: str = ""
    """Whose actions alone it has: the id of one of ours or of theirs, or `NOBODYS`; empty for everybody's."""
    profile: Profile = "plain"
    """Whose importer a CSV is for."""
    revisions: Revisions = field(default_factory=dict)
    """How often what stands in a calendar has changed, as the journal has it."""
    singly: bool = False
    """Whether a calendar is to be a file for each event, as in a folder."""
    paper: Paper = "a4"
    """The paper of what is made in pages."""
    template: bytes = b""
    """A firm's own template for an office program; empty for none."""
    template_name: str = ""
    """What that file is called."""


class Exported(Struct, frozen=True):
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
    binary: bytes = b""
    """The file, where it isn't text."""
    size: str = ""
    """How much is in it, as in «14 events»; empty where its lines are counted."""
    document: Document | None = None
    """What it says before it has a format; None for JSON."""
    singles: Mapping[str, str] = field(default_factory=dict)
    """What goes into a folder in its place, if it is to be so: name of a file → what is in it."""

    @property
    def content(self) -> str | bytes:
        """What is written."""
        return self.binary or self.text

    @property
    def held_back_told(self) -> str:
        """What is held back, as in «3 decisions, 9 actions»; «nothing» for nothing."""
        return ", ".join(counted(count, name) for name, count in self.held_back.items()) or "nothing"

    def replaces(self, content: bytes) -> bool:
        """Whether a file holds an earlier export of the same account, which this may be written over.

        What somebody has changed since is none any more: it has a checksum in it. A CSV has none, as an
        importer would take that for a line of its own: it is written over only by what is the same.
        """
        if content and content == (self.text.encode() or self.binary):
            return True
        if signed := _SIGNED.search(content):
            return signed[1].decode() == _checksum(self.account, content[: signed.start()])
        if signed := _SIGNED_JSON.match(content):
            body = content[: signed.start(1)] + content[signed.end(1) :]
            return signed[2].decode() == _checksum(self.account, body)
        if signed := _SIGNED_CALENDAR.match(content):
            body = content[: signed.start(1)] + content[signed.end(1) :]
            return signed[2].decode() == _checksum(self.account, body)
        return is_signed(content, self.account)


class Signature(Struct, frozen=True):
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


def format_for(file: str, asked: Format | None, asked_by: str) -> Format:
    """Return the format of a file: what is asked for, or what its name says, or Markdown.

    Raises:
        DocumentError: the name says something else than what is asked for by an option or a field, or it
            is for what isn't written here.
    """
    suffix = PurePath(file).suffix.lower()
    if nearest_to := _OTHERS.get(suffix):
        raise DocumentError(
            f"No {suffix} is written here: end the name in .{nearest_to}, for {_CALLED[nearest_to]}, "
            "or in .md."
        )
    named = _SUFFIXES.get(suffix)
    if named and asked and named != asked:
        raise DocumentError(
            f"The name {quoted(PurePath(file).name)} is for {_CALLED[named]}, but {asked_by} says "
            f"{_CALLED[asked]}: change one of the two."
        )
    return asked or named or "md"


def placed(written: Exported, path: Path, name: str, *, singly: bool = False) -> Mapping[Path, str | bytes]:
    """Return the files into which a document goes, by the path that is typed: path → what is in it.

    In a folder it goes by its name, or singly is a file for each event. A file that is typed without a
    suffix, and isn't there, gets the one of that name.
    """
    if is_folder(path):
        files = written.singles if singly else {name: written.content}
        return {path / each: content for each, content in files.items()}
    if not path.suffix and not is_there(path):
        path = path.with_name(path.name + PurePath(name).suffix)
    return {path: written.content}


def readers_of(whole: AccountPlan, layout: Layout) -> tuple[str, ...]:
    """Return the audiences of which each can have a document."""
    return tuple(each for each in audiences(whole) if layout != "brief" or each != CUSTOMER)


def name_suffix(view: AccountPlan, form: Format, layout: Layout, options: ExportOptions) -> str:
    """Return how the name of a file ends: whose actions it has, which document it is, its format."""
    person = view.person(options.owner)
    owner = slug(display_name(view, person)) if person else options.owner
    which = "" if layout == "plan" else layout
    profile = options.profile if form == "csv" and options.profile != "plain" else ""
    return ".".join(filter(None, (owner, which, profile, form)))


def _sign_calendar(text: str, account: str) -> str:
    """Add the checksum to a calendar's head, as a property that no calendar knows."""
    begins = _CALENDAR_BEGINS.match(text)
    at = begins.end() if begins else 0
    return f"{text[:at]}X-WORKSHOP-TUI:{_checksum(account, text.encode())}\r\n{text[at:]}"


def _named(view: AccountPlan, person_id: str | None) -> str:
    person = view.person(person_id)
    return f"{person_id} {person.words}" if person else ""


def _checksum(account: str, body: bytes) -> str:
    return sha256(account.encode() + b"\n" + body).hexdigest()[:32]


def audience_named(whole: AccountPlan, typed: str, closed: Collection[str] = ()) -> str:
    """Return the audience that is meant by its id, its firm's name or short name, in any case, or «all».

    What is `closed` to the command is understood, so that it can say why it is, and never proposed.

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
    near = nearest(typed, (name for of, called in names.items() if of not in closed for name in called))
    raise DocumentError(
        f"There is no audience {quoted(typed)}: use {near or audience_choices(whole, closed)}."
    )


def audience_choices(whole: AccountPlan, closed: Collection[str] = ()) -> str:
    """Return the audiences that may be chosen, as people know them: firms by their short names."""
    parties = {party.id: party.short or party.id for party in whole.partners}
    those = [parties.get(each, each) for each in (*audiences(whole), UNPROJECTED) if each not in closed]
    if closed:
        return one_of(those)
    return f"{', '.join(those[:-1])}, or {UNPROJECTED} for JSON"


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

    Workbook, CSV and calendar hold the rows of the plan in place of a document. The document tells of
    `session`, the latest when None, with figures as they are on a day and gaps by that session's rules.
    `sealed` says of which record it is made, to those who may hear of seals. An earlier session of which
    there is no record is told alone, by what it dated itself. The audience «all» is the whole plan, as
    JSON alone.

    Raises:
        DocumentError: there is no such audience, or it can't have this format or document.
    """
    _refuse(whole, audience, form, layout)
    if form == "json":
        return _json(whole, audience)
    is_alone = session is not None and not sealed and session.id != whole.sessions[-1].id
    note = ""
    if session and is_alone:
        note, whole, on = _told_alone(whole, session), dated_by(whole, session), session.held_on
    if not sealed:  # what was put right in records is right in the plan
        whole = AccountPlan({**whole.rows, Erratum: {}}, whole.audience)
    view = project(whole, audience)
    source = _source(whole, view, session, on, options.owner)
    source = replace(source, sealed=sealed if shows_kind(Seal, audience) else "", is_alone=is_alone)
    return replace(
        _made(source, view, form, layout, options),
        held_back=held_back(whole, view),
        note=" ".join(filter(None, (note, source.owner))),
        lacking=(*lacking(whole, view, _latest(whole, view, session)), *_unasked(view, layout)),
    )


def _refuse(whole: AccountPlan, audience: str, form: Format, layout: Layout) -> None:
    """Refuse an audience that there isn't, and what of audience, format and document doesn't go together."""
    if audience not in {UNPROJECTED, *audiences(whole)}:
        raise DocumentError(f"There is no audience {quoted(audience)}.")
    if audience == UNPROJECTED and form != "json":
        raise DocumentError("The whole plan is for JSON alone: use `--format json`, or choose an audience.")
    if form in OF_THE_PLAN_ALONE and layout != "plan":
        raise DocumentError(OF_THE_PLAN_ALONE[form])


def _json(whole: AccountPlan, audience: str) -> Exported:
    view, account = whole if audience == UNPROJECTED else project(whole, audience), whole.account.id
    return Exported(_sign_json(dump_plan(view), account), held_back(whole, view), account)


def _told_alone(whole: AccountPlan, session: Session) -> str:
    told = f"Session {whole.number_of(session.id)} of {format_date(session.held_on)}"
    return f"{told} is written by what it dated itself alone, not by what came of it later."


def _unasked(view: AccountPlan, layout: Layout) -> tuple[str, ...]:
    """Return that a brief asks nothing of whoever reads it, where it doesn't."""
    is_brief = layout == "brief" and not view.account.ask.strip()
    return (_NO_ASK,) if is_brief else ()


def _latest(whole: AccountPlan, view: AccountPlan, session: Session | None) -> Session | None:
    """Return a session as an audience sees it, the latest when None."""
    latest = session or next(reversed(whole.sessions), None)
    return view.get(Session, latest.id) if latest else None


def _source(
    whole: AccountPlan, view: AccountPlan, session: Session | None, on: dt.date, owner: str
) -> Source:
    """Return what a document is made of, with the actions of one owner alone where one is given."""
    shown, latest = _latest(whole, view, session), session or next(reversed(whole.sessions), None)
    held = latest.id if latest else ""
    figures = PlanMetrics(whole, view, on, rules_of(whole, held), opened=held)
    if view.audience == CUSTOMER and session is None:  # the latest of those in which they were
        shown = next(reversed(attended(view)), shown)
    cut, whose = only_of(view, owner)
    return Source(cut, shown, figures, owner=whose)


def _made(of: Source, view: AccountPlan, form: Format, layout: Layout, options: ExportOptions) -> Exported:
    """Return a document in its format; the view is all that its audience sees, whosever actions it has."""
    account, audience = view.account.id, view.audience or ""
    if form in _OF_ROWS:
        return _OF_ROWS[form](of, options)
    told = document(of, layout, is_drawn=options.is_drawn)
    if form in _PAGES:
        pages = _PAGES[form]
        binary = pages.sign(pages.write(told, of, layout, options), account, audience)
        return Exported("", {}, account, binary=binary, document=told)
    if form == "html":
        return Exported(signed(as_html(told), account, audience, mark_of(view)), {}, account, document=told)
    written = as_markdown(told, options.tasks, front_matter=options.front_matter)
    text_of = signed(f"{written}\n{line_marks(written)}", account, audience, mark_of(view))
    return Exported(text_of, {}, account, document=told)


def _xlsx(of: Source, _: ExportOptions) -> Exported:
    found, account = sheets(of), of.view.account
    about = f"{of.reader} As of {format_date(of.on)}."
    title = f"{account.name}: {'our joint plan' if of.is_customers else 'account plan'}"
    book = as_xlsx(found, title=title, about=about, on=of.on)
    rows = sum(len(sheet.rows) for sheet in found)
    size = f"{counted(rows, 'row')} in {counted(len(found), 'sheet')}"
    told_of = Document(
        title,
        tuple(
            block
            for sheet in found
            for block in (
                Heading(f"{sheet.title}, {counted(len(sheet.rows), 'row')}"),
                _read_out(sheet.heads, sheet.rows),
            )
        ),
    )
    signed_book = sign_package(book, account.id, of.view.audience or "")
    return Exported("", {}, account.id, binary=signed_book, size=size, document=told_of)


def _csv(of: Source, options: ExportOptions) -> Exported:
    heads, *rows = csv_table(of, options.profile)
    told_of = Document("Actions", (_read_out(list(map(str, heads)), rows),))
    written, size = as_csv(of, options.profile), counted(len(rows), "action")
    return Exported(written, {}, of.view.account.id, size=size, document=told_of)


def _ics(of: Source, options: ExportOptions) -> Exported:
    found, account = events(of, options.revisions), of.view.account.id
    days = [(format_date(event.day), _event_title(event)) for event in found]
    singles = single_events(of, found) if options.singly else {}
    return Exported(
        _sign_calendar(as_ics(of, found), account),
        {},
        account,
        size=counted(len(found), "event"),
        document=Document("Calendar", (table(("Day", "What"), days),)),
        singles={name: _sign_calendar(one, account) for name, one in singles.items()},
    )


def _event_title(event: CalendarEvent) -> str:
    return f"{event.title}{' (cancelled)' if event.status == 'CANCELLED' else ''}"


_TITLES: Final = frozenset({"Action", "Name", "Answer", "What", "Decision", "Summary"})
"""The headings of what a row is about."""


def _read_out(heads: Sequence[str], rows: Iterable[Sequence[CellValue]]) -> TextTable:
    """Return rows as a table to be read at a glance, what each is about in bold."""
    return table(
        heads,
        (
            [
                text(bold(_said(cell))) if head in _TITLES else _said(cell)
                for head, cell in zip(heads, row, strict=True)
            ]
            for row in rows
        ),
    )


def _said(cell: CellValue) -> str:
    if isinstance(cell, dt.date):
        return format_date(cell)
    return "" if cell is None else one_line(cell) if isinstance(cell, str) else f"{cell:g}"


_OF_ROWS: Final[Mapping[Format, Callable[[Source, ExportOptions], Exported]]] = {
    "xlsx": _xlsx,
    "csv": _csv,
    "ics": _ics,
}
ROW_FORMATS: Final = frozenset(_OF_ROWS)
"""The formats that hold rows of the plan instead of a document."""


class _Pages(Struct, frozen=True):
    """A kind of file that isn't text and holds a document."""

    write: Callable[[Document, Source, Layout, ExportOptions], bytes]
    sign: Callable[[bytes, str, str], bytes]


def _docx(told: Document, _of: Source, _layout: Layout, options: ExportOptions) -> bytes:
    from workshop_tui.documents.as_docx import as_docx

    return as_docx(told, paper=options.paper, template=options.template, template_name=options.template_name)


def _pptx(told: Document, of: Source, layout: Layout, options: ExportOptions) -> bytes:
    from workshop_tui.documents.as_pptx import as_pptx
    from workshop_tui.documents.slides import deck

    return as_pptx(deck(of, told, layout), template=options.template, template_name=options.template_name)


def _pdf(told: Document, _of: Source, _layout: Layout, options: ExportOptions) -> bytes:
    from workshop_tui.documents.as_pdf import as_pdf

    return as_pdf(told, paper=options.paper)


_PAGES: Final[Mapping[Format, _Pages]] = {
    "docx": _Pages(_docx, sign_package),
    "pptx": _Pages(_pptx, sign_package),
    "pdf": _Pages(_pdf, sign_pdf),
}
BINARY: Final[frozenset[Format]] = frozenset({*_PAGES, "xlsx"})
"""What isn't text."""
TEMPLATED: Final[tuple[Format, ...]] = ("docx", "pptx")
"""What may follow a firm's own template."""


OF_THE_PLAN_ALONE: Final[Mapping[Format, str]] = {
    "json": "JSON is the plan itself: choose another format, or the joint plan.",
    "xlsx": "A workbook holds rows of the plan: choose another format, or the joint plan.",
    "csv": "A CSV holds the actions: choose another format, or the joint plan.",
    "ics": "A calendar holds days: choose another format, or the joint plan.",
}
"""What has no brief and no quarterly review, and what is said of it."""

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


_NO_ASK: Final = "The brief asks nothing of your leaders: fill in «Our ask» of the account."
_EMPTY: Final = (
    (Decision, "decision of this session", "was replaced by one that is not"),
    (Action, "action", ""),
    (Answer, "answer", "was withdrawn"),
)
"""Kind, what it is called, and why the customer isn't told those that are marked for them."""


def lacking(whole: AccountPlan, view: AccountPlan, session: Session | None) -> tuple[str, ...]:
    """Return what the customer's plan has nothing of although there is some, each in a sentence."""
    if view.audience != CUSTOMER:
        return ()
    of = {"session": session.id} if session else {}
    return tuple(
        f"Each {what} that is marked for the customer {gone}."
        if gone and any(getattr(row, "visibility", "") == CUSTOMER for row in there)
        else f"No {what} is marked for the customer."
        for kind, what, gone in _EMPTY
        for these in [of if kind is Decision else {}]
        if (there := whole.where(kind, **these)) and not view.where(kind, **these)
    )
