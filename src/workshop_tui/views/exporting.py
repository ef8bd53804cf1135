"""What an export is going to be: the name of its file, how much is in it, what isn't, and how it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, assert_never, cast

from workshop_tui.documents.as_csv import Profile
from workshop_tui.documents.as_ics import Revisions
from workshop_tui.documents.as_markdown import task_line
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
    Exported,
    ExportOptions,
    Format,
    name_suffix,
)
from workshop_tui.documents.owner import NOBODYS, people
from workshop_tui.documents.plan_json import UNPROJECTED
from workshop_tui.documents.plan_layouts import Layout
from workshop_tui.domain.base.text import counted
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.plan.plan import audiences
from workshop_tui.live.live_plan import LivePlan
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
EVERYBODY: Final = ("everybody: the whole plan (JSON)", UNPROJECTED)
EVERYBODYS: Final = ("everybody", "")
NO_OWNER: Final = ("nobody", NOBODYS)
_NOTHING: Final = "–"
"""Stands in an empty cell, so that each figure is beneath its heading's place."""
_MOST_LINES: Final = 400
"""How many lines of a long file are shown."""


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What is to be exported."""

    audience: str
    form: Format
    layout: Layout = "plan"
    profile: Profile = "plain"
    owner: str = ""

    @classmethod
    def of(cls, values: Mapping[str, str]) -> ExportChoice:
        """Return what is chosen in the dialog, whose values are text."""
        form, _, profile = values["format"].partition(" ")
        return cls(
            values["audience"],
            cast("Format", form),
            cast("Layout", values["layout"]),
            cast("Profile", profile or "plain"),
            values["owner"],
        )

    def options(self, revisions: Revisions | None = None, *, singly: bool = False) -> ExportOptions:
        """Return how it is written, and whether a calendar is a file for each event."""
        return ExportOptions(owner=self.owner, profile=self.profile, revisions=revisions or {}, singly=singly)

    def wrong(self) -> Mapping[str, str]:
        """Return what of it doesn't go together: field → what is wrong, with the cure."""
        if self.audience == UNPROJECTED and self.form != "json":
            return {"audience": "The whole plan goes out as JSON only: choose JSON, or an audience."}
        if self.form in OF_THE_PLAN_ALONE and self.layout != "plan":
            return {"format": OF_THE_PLAN_ALONE[self.form]}
        if self.form == "json" and self.owner:
            return {"owner": "JSON holds everybody's actions: choose everybody, or another format."}
        if self.layout == "brief" and self.audience == CUSTOMER:
            return {"layout": "The brief is for our own leaders: choose the alliance or a firm."}
        return {}


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A line of how a document reads."""

    text: Text
    tone: str = ""
    """As of a cell: «accent» for a heading, «muted» for what stands in the background."""


@dataclass(frozen=True, slots=True)
class ExportPreview:
    """What an export is going to be."""

    name: str = ""
    """What the file is called when nobody says otherwise."""
    size: str = ""
    """How much is in it, as in «64 lines»."""
    held_back: str = ""
    """What is not in it as it is not for the audience, by kind, in a sentence."""
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
    form = choice.form if choice.form in ROW_FORMATS | {"json"} else "md"
    make = live.documenting(choice.audience, form, choice.layout, choice.options())
    name = default_name(live, choice)
    whom = audience_name(live, choice.audience)

    def work() -> ExportPreview:
        try:
            made = make()
        except DocumentError as error:
            return ExportPreview(wrong=str(error))
        lines = tuple(_read(made))
        shown = lines[:_MOST_LINES]
        if more := len(lines) - len(shown):
            shown += (PreviewLine(text(f"And {counted(more, 'line')} more."), "muted"),)
        held_back = f"Held back, as not for {whom}: {made.held_back_told}."
        return ExportPreview(
            name,
            made.size or counted(len(made.text.splitlines()), "line"),
            "" if choice.audience == UNPROJECTED else held_back,
            tuple(filter(None, (*made.lacking, made.note))),
            shown,
        )

    return work


def default_name(live: LivePlan, choice: ExportChoice) -> str:
    """Return what a file is called when nobody says otherwise."""
    suffix = name_suffix(live.view, choice.form, choice.layout, choice.options())
    return live.file_name(choice.audience, suffix)


def audience_name(live: LivePlan, audience: str) -> str:
    """Return who an audience is in words, as in «the customer» and «Quillhaven»."""
    return next((firm.short for firm in live.view.partners if firm.id == audience), f"the {audience}")


def audience_choices(live: LivePlan) -> Choices:
    """Return for whom it can be, the customer first."""
    return (*((audience_name(live, each), each) for each in reversed(audiences(live.view))), EVERYBODY)


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


def _read(made: Exported) -> Iterator[PreviewLine]:
    if made.document:
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
