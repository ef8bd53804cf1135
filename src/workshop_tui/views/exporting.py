"""What an export is going to be: the name of its file, how much is in it, what isn't, and how it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Final, assert_never, cast

from msgspec import Struct

from workshop_tui.documents.as_csv import Profile
from workshop_tui.documents.as_markdown import Dialect, front_matter_in, task_line
from workshop_tui.documents.document import (
    BlockOfText,
    Document,
    Heading,
    Organisation,
    Paragraph,
    Quote,
    Tasks,
    Text,
    TextList,
    TextTable,
    bold,
    italic,
    joined,
    text,
)
from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.export import (
    OF_THE_PLAN_ALONE,
    ROW_FORMATS,
    TEMPLATED,
    Exported,
    ExportOptions,
    Format,
    format_for,
    placed,
    readers_of,
)
from workshop_tui.documents.files import refuse_missing_folder
from workshop_tui.documents.measure import Paper
from workshop_tui.documents.owner import NOBODYS, people
from workshop_tui.documents.plan_json import UNPROJECTED
from workshop_tui.documents.plan_layouts import Layout
from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.text import counted
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.lifecycle.seal import seal_of
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.session import Seal, Session
from workshop_tui.domain.plan.plan import AccountPlan, audiences
from workshop_tui.live.exporting import PlanToWrite
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.live.record import format_moment
from workshop_tui.settings import expanded
from workshop_tui.views.choices import audience_letters

Choices = tuple[tuple[str, str], ...]
"""(what is read, value) for each of few values."""
FORMATS: Final[Choices] = (
    ("Markdown", "md"),
    ("HTML", "html"),
    ("Word", "docx"),
    ("PowerPoint", "pptx"),
    ("PDF", "pdf"),
    ("Workbook (XLSX)", "xlsx"),
    ("CSV of the actions", "csv"),
    ("CSV for Jira", "csv jira"),
    ("CSV for Asana", "csv asana"),
    ("Calendar (ICS)", "ics"),
    ("JSON", "json"),
)
"""What is read, and the format with the profile behind it."""
DOCUMENTS: Final[Choices] = (("joint plan", "plan"), ("brief", "brief"), ("quarterly review", "qbr"))
TASKS: Final[Choices] = (
    ("for GitHub and the like", "plain"),
    ("for Obsidian Tasks", "obsidian"),
    ("for Dataview", "dataview"),
)
FRONT_MATTER: Final[Choices] = (("no", "no"), ("yes, facts for a machine", "yes"))
PAPERS: Final[Choices] = (("A4", "a4"), ("Letter", "letter"))
EVERYBODY: Final = ("everybody: the whole plan (JSON)", UNPROJECTED)
EACH: Final = ("each of them, a file for each", "each")
"""Stands for every audience, as in the command."""
EVERYBODYS: Final = ("everybody", "")
NO_OWNER: Final = ("nobody", NOBODYS)
NOW: Final = ("all sessions, as it is now", "")
_UNASKED: Final[Mapping[str, str]] = {
    "layout": "plan",
    "tasks": "plain",
    "front_matter": "no",
    "template-docx": "",
    "template-pptx": "",
    "paper": "a4",
    "session": "",
    "owner": "",
}
"""What holds of a field where it isn't asked, as it means nothing for the format."""
_NOTHING: Final = "–"
"""Stands in an empty cell, so that each figure is beneath its heading's place."""
_MOST_LINES: Final = 400
"""How many lines of a long file are shown."""


class ExportChoice(Struct, frozen=True):
    """What is to be exported."""

    audience: str
    form: Format
    layout: Layout = "plan"
    profile: Profile = "plain"
    owner: str = ""
    tasks: Dialect = "plain"
    front_matter: bool = False
    template: str = ""
    """Where a firm's own template is, as it is typed."""
    paper: Paper = "a4"
    session: str = ""
    """The id of the session that is told; empty for the plan as it is now."""
    seal: str = ""
    """The id of the earlier seal by whose record it is told."""

    @classmethod
    def of(cls, values: Mapping[str, str]) -> ExportChoice:
        """Return what is chosen in the dialog, whose values are text; what isn't asked is as it always is."""
        form, _, profile = values["format"].partition(" ")
        asked = fields_for(values)
        said = {name: values[name] if name in asked else value for name, value in _UNASKED.items()}
        session, _, seal = said["session"].partition(" ")
        return cls(
            values["audience"],
            cast("Format", form),
            cast("Layout", said["layout"]),
            cast("Profile", profile or "plain"),
            said["owner"],
            cast("Dialect", said["tasks"]),
            said["front_matter"] == "yes",
            (said["template-docx"] or said["template-pptx"]).strip(),
            cast("Paper", said["paper"]),
            session,
            seal,
        )

    @property
    def is_each(self) -> bool:
        """Whether every audience gets a file of its own."""
        return self.audience == EACH[1]

    def readers(self, live: LivePlan) -> tuple[str, ...]:
        """Return for whom a file is written."""
        every = tuple(reversed(readers_of(live.view, self.layout)))  # the customer first, as in the list
        return every if self.is_each else (self.audience,)

    def options(self, *, template: bytes = b"", singly: bool = False) -> ExportOptions:
        """Return how it is written, and whether a calendar is a file for each event."""
        return ExportOptions(
            self.tasks,
            self.front_matter or None,
            owner=self.owner,
            profile=self.profile,
            singly=singly and self.form == "ics",
            paper=self.paper,
            template=template,
            template_name=PurePath(self.template).name,
        )

    def wrong(self) -> Mapping[str, str]:
        """Return what of it doesn't go together: field → what is wrong, with the cure."""
        if self.audience == UNPROJECTED and self.form != "json":
            return {"audience": "The whole plan goes out as JSON only: choose JSON, or an audience."}
        if self.layout == "brief" and self.audience == CUSTOMER:
            return {"layout": "The brief is for our own leaders: choose the alliance or a firm."}
        return {}

    def wrong_place(self, typed: str, *, is_folder: bool) -> str:
        """Return why it can't go to what is typed as its place, in a sentence; empty where it can."""
        if self.is_each and typed and not is_folder:
            return "For each audience a file is written: name a folder that is there, or leave it empty."
        try:
            refuse_missing_folder(typed)
            if typed and not is_folder:
                format_for(typed, self.form, "the field As")
        except DocumentError as error:
            return str(error)
        return ""


def fields_for(values: Mapping[str, str]) -> frozenset[str]:
    """Return the fields that mean something for the format that is chosen."""
    form = cast("Format", values["format"].partition(" ")[0])
    asked = {
        "layout": form not in OF_THE_PLAN_ALONE,
        "tasks": form == "md",
        "front_matter": form == "md" and values["tasks"] == "plain",  # the other readers want it
        **{f"template-{each}": form == each for each in TEMPLATED},
        "paper": form == "pdf" or (form == "docx" and not values["template-docx"].strip()),
        "session": form != "json",
        "owner": form != "json",
    }
    return frozenset(name for name, is_asked in asked.items() if is_asked) | {"audience", "format", "path"}


class PreviewLine(Struct, frozen=True):
    """A line of how a document reads."""

    text: Text
    tone: str = ""
    """As of a cell: «accent» for a heading, «muted» for what stands in the background."""


class ExportPreview(Struct, frozen=True):
    """What an export is going to be."""

    name: str = ""
    """What the file is called when nobody says otherwise."""
    size: str = ""
    """How much is in it, as in «64 lines»."""
    held_back: str = ""
    """What is not in it as it is not for the audience, by kind, in a sentence; of several in a line each."""
    told: tuple[str, ...] = ()
    """What whoever exports has to know besides, each in a sentence."""
    lines: tuple[PreviewLine, ...] = ()
    wrong: str = ""
    """Why there is nothing to be written, in a sentence."""


def previewing(live: LivePlan, choice: ExportChoice) -> Callable[[], ExportPreview]:
    """Return what works out how an export is going to be; runs in any thread.

    A document reads the same whatever its format, so it is not written for that.
    """
    if wrong := choice.wrong():
        return lambda: ExportPreview(wrong=next(iter(wrong.values())))
    make = live.to_write(choice.session, choice.seal)
    whom = {audience: audience_name(live, audience) for audience in choice.readers(live)}

    def work() -> ExportPreview:
        try:
            of = make()
            found = [_previewed(of, choice, audience, name) for audience, name in whom.items()]
        except DocumentError as error:
            return ExportPreview(wrong=str(error))
        return found[0] if len(found) == 1 else _one_by_one(found)

    return work


def _previewed(of: PlanToWrite, choice: ExportChoice, audience: str, whom: str) -> ExportPreview:
    form: Format = choice.form if choice.form in ROW_FORMATS | {"json"} else "md"
    made = of.document(audience, form, choice.layout, choice.options())
    return ExportPreview(
        of.name(audience, choice.form, choice.layout, choice.options()),
        made.size or counted(len(made.text.splitlines()), "line"),
        "" if audience == UNPROJECTED else f"Held back, as not for {whom}: {made.held_back_told}.",
        tuple(filter(None, (of.shown.fault, *made.lacking, made.note))),
        _cut(tuple(_read(made)), _MOST_LINES),
    )


def _cut(lines: tuple[PreviewLine, ...], most: int) -> tuple[PreviewLine, ...]:
    more = len(lines) - most
    told = PreviewLine(text(f"And {counted(more, 'line')} more."), "muted")
    return (*lines[:most], told) if more > 0 else lines


def _one_by_one(found: Sequence[ExportPreview]) -> ExportPreview:
    """Return several as one: what each holds back, and how they read one after the other."""
    lines = [
        line
        for one in found
        for line in (
            PreviewLine(text(bold(f"▸ {one.name}"), f" · {one.size}"), "accent"),
            PreviewLine(()),
            *_cut(one.lines, _MOST_LINES // len(found)),
            PreviewLine(()),
        )
    ]
    return ExportPreview(
        f"{len(found)} files",
        "one for each audience",
        "\n".join(f"{one.name}, {one.size}. {one.held_back}" for one in found),
        tuple(dict.fromkeys(said for one in found for said in one.told)),
        tuple(lines),
    )


def audience_name(live: LivePlan, audience: str) -> str:
    """Return who an audience is in words, as in «the customer» and «Quillhaven»."""
    return next((firm.short for firm in live.view.partners if firm.id == audience), f"the {audience}")


def audience_choices(live: LivePlan) -> Choices:
    """Return for whom it can be, the customer first."""
    ours = ((audience_name(live, each), each) for each in reversed(audiences(live.view)))
    return (*ours, EACH, EVERYBODY)


def session_choices(live: LivePlan) -> Choices:
    """Return of what it can tell: all as it is now, or a session, the latest first, by each of its seals."""
    sessions = reversed(live.view.sessions)
    return (NOW, *(choice for session in sessions for choice in _of_session(live.view, session)))


def _of_session(view: AccountPlan, session: Session) -> Iterator[tuple[str, str]]:
    name = f"session {view.number_of(session.id)} of {format_date(session.held_on)}"
    held, is_latest = seal_of(view, session.id), session.id == view.sessions[-1].id
    how = "as sealed" if held else "" if is_latest else "by itself"
    yield ", ".join(filter(None, (name, how))), session.id
    for n, seal in enumerate(view.where(Seal, session=session.id), 1):
        if seal != held:
            yield f"{name}, by seal {n} of {format_moment(seal.sealed_at)}", f"{session.id} {seal.id}"


def letters(live: LivePlan) -> Mapping[str, str]:
    """Return by which letter each of those is chosen, as in every list of audiences."""
    return audience_letters(
        {**{firm.id: firm.short for firm in live.view.partners}, UNPROJECTED: "everybody"}
    )


def owner_choices(live: LivePlan) -> Choices:
    """Return whose actions alone it can have: everybody's, one owner's, nobody's."""
    owners = {row.owner for row in live.view.all(Action)}
    named = sorted((name, person) for person, name in people(live.view).items() if person in owners)
    return (EVERYBODYS, *named, NO_OWNER)


# How it reads


def called(name: str, typed: str) -> str:
    """Return what a file is called that goes to what is typed as its place, by the name it has in a folder.

    Looks at the disk: not for the thread that draws.
    """
    path = expanded(typed) if typed else Path()
    try:
        return next(iter(placed(Exported("", {}, ""), path, name))).name
    except ValueError:  # no file can be called so
        return name


def _read(made: Exported) -> Iterator[PreviewLine]:
    if made.document:
        if facts := front_matter_in(made.text):
            yield from (PreviewLine(text(line), "muted") for line in facts.splitlines())
            yield PreviewLine(())
        yield from _document(made.document)
    else:
        yield from (PreviewLine(text(line)) for line in made.text.splitlines())


def _document(document: Document) -> Iterator[PreviewLine]:
    yield PreviewLine(text(bold(document.title)), "accent")
    before: BlockOfText | None = None
    for block in document.blocks:
        if not isinstance(before, Heading):  # what stands beneath one stands close to it
            yield PreviewLine(())
        yield from _block(block)
        before = block


def _block(block: BlockOfText) -> Iterator[PreviewLine]:
    match block:
        case Heading():
            yield PreviewLine(text(bold(block.text)), "accent")
        case Paragraph(line):
            yield PreviewLine(line)
        case TextList():
            for n, item in enumerate(block.items, 1):
                yield PreviewLine(text(f"{n}. " if block.is_numbered else "• ", item.text))
                yield from _beneath(item.beneath)
        case Tasks():
            for task in block.tasks:
                yield PreviewLine(text("☑ " if task.is_done else "☐ ", task_line(task)))
                yield from _beneath(task.beneath)
        case TextTable():
            yield PreviewLine(text(" · ".join(name or _NOTHING for name in block.head)), "muted")
            yield from (PreviewLine(joined(cell or text(_NOTHING) for cell in row)) for row in block.rows)
        case Quote():
            yield PreviewLine(text(italic(f"“{block.words}”"), f" {block.by}" if block.by else ""))
        case Organisation():
            yield PreviewLine(text("A chart of who reports to whom stands here."), "muted")
        case _:
            assert_never(block)


def _beneath(lines: Sequence[Text]) -> Iterator[PreviewLine]:
    yield from (PreviewLine(text("  ", line), "muted") for line in lines)
