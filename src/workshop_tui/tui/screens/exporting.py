"""The export dialog: for whom, in which form, into which file."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from msgspec import Struct
from msgspec.structs import replace
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Select, Static

from workshop_tui.documents.document import Style
from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.export import TEMPLATED, Exported, format_for, placed
from workshop_tui.documents.files import InTheWayError, anything, is_folder, write_all
from workshop_tui.documents.office_files import TemplateError, template_of
from workshop_tui.documents.plan_json import UNPROJECTED
from workshop_tui.domain.base.text import counted
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.plan.plan import audiences
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.settings import expanded, own_files
from workshop_tui.store.errors import StoreError
from workshop_tui.tui.commands.command import Command, Section
from workshop_tui.tui.host import Host
from workshop_tui.tui.screens.dialogs import Ask, Field, Take, Values, confirm
from workshop_tui.tui.widgets.literal import literal
from workshop_tui.views.account.written import written, written_name
from workshop_tui.views.base import View
from workshop_tui.views.exporting import (
    DOCUMENTS,
    FORMATS,
    FRONT_MATTER,
    PAPERS,
    TASKS,
    ExportChoice,
    ExportPreview,
    PreviewLine,
    audience_choices,
    audience_name,
    called,
    fields_for,
    letters,
    owner_choices,
    previewing,
    session_choices,
)

INTO = "A file or a folder; empty for this folder."
_TEMPLATE = "Your firm's own file; empty for none."
FOR_LEADERS = "A brief is for our own leaders: it is for the alliance now, not for the customer."
_TITLE = "Export the joint action plan"
_HOW = "Enter next line · PgDn reads on · Ctrl+S exports · Esc leaves"
_WIDE = 104
"""From how many columns on the preview stands beside the fields."""
_here = partial(Command[Any], section=Section.DIALOG)


class ExportDialog(Ask):
    """Asks what to export, for whom and where to, and shows beside it what that is going to be."""

    KEY_COMMANDS: ClassVar[tuple[Command[Any], ...]] = (
        *Ask.KEY_COMMANDS,
        _here(
            "export.down",
            "pagedown",
            "Read on",
            lambda dialog: dialog.action_scroll(1),
            "read on in the preview of an export · back",
            priority=True,
        ),
        _here("export.up", "pageup", "Read back", lambda dialog: dialog.action_scroll(-1), priority=True),
    )

    def __init__(self, live: LivePlan, take: Take, session: str) -> None:
        """Take the plan that is exported, who takes the answers, and what it is of to begin with."""
        super().__init__(_TITLE, _fields(live, session), take, "Export", account=live.account_id)
        self._live = live
        self._name = ""
        """What the file is called in a folder; empty where there are several, or none."""

    def compose(self) -> ComposeResult:
        """Make the fields and what is told beneath them, and the preview."""
        with Container(classes="dialog exporting") as box:
            box.border_title, box.border_subtitle = literal(_TITLE), literal(_HOW)
            with Vertical(id="export-fields", classes="scrolls"):
                yield from self.asked()
                yield from self.buttons()
                yield Static(id="export-told", markup=False)
            with VerticalScroll(id="export-preview", can_focus=False):
                yield Static(id="export-lines", markup=False)

    def on_resize(self) -> None:
        """Put the preview beneath the fields where there is no room beside them."""
        self.query_one(".exporting").set_class(self.size.width < _WIDE, "narrow")

    def _bring_back(self, asked: Field, value: str | None) -> None:
        super()._bring_back(asked, value)
        self.preview()

    def action_go(self, by: int) -> None:
        """Go to the next field that is asked, or to the one before, also where it isn't laid out yet."""
        asked = fields_for(self._values())
        stops: list[Widget] = [self._widget(field) for field in self._fields if field.name in asked]
        stops += self.query(Button)
        here = {self.focused, *(self.focused.ancestors if self.focused else ())}
        at = next((n for n, each in enumerate(stops) if each in here), -by)
        self.set_focus(stops[(at + by) % len(stops)])

    @property
    def _lines(self) -> list[Input | Select[str]]:
        asked = fields_for(self._values())
        return [self._widget(field) for field in self._fields if field.name in asked]

    def _ask_what_applies(self) -> None:
        """Put away the fields that mean nothing for the format that is chosen."""
        asked = fields_for(self._values())
        for field in self._fields:
            for part in (f"#row-{field.name}", f"#told-{field.name}"):
                self.query_one(part).set_class(field.name not in asked, "put-away")

    @on(Select.Changed, "#f-layout")
    def _go_to_our_own(self, event: Select.Changed) -> None:
        """Turn from the customer to the alliance for a brief, which is for our own leaders, and say so."""
        audience = self.query_one("#f-audience", Select)
        turns = event.value == "brief" and audience.value == CUSTOMER
        if turns:
            audience.value = ALLIANCE
        self.query_one("#told-audience", Static).update(literal(FOR_LEADERS if turns else ""))

    @on(Select.Changed)
    def preview(self) -> None:
        """Show anew what the export is going to be."""
        self._ask_what_applies()
        self._preview()

    @on(Input.Changed, "#f-template-docx")
    def _with_template(self) -> None:
        """Ask no paper where a template says it."""
        self._ask_what_applies()

    @work(exclusive=True, group="preview")
    async def _preview(self) -> None:
        choice = ExportChoice.of(self._values())
        shown = await asyncio.to_thread(previewing(self._live, choice))
        self._show(shown)
        self._name = "" if choice.is_each or shown.wrong else shown.name
        self._call()

    @on(Input.Changed, "#f-path")
    @work(exclusive=True, group="called")
    async def _call(self) -> None:
        """Say what the file is called where it goes to."""
        if name := self._name:
            told = await asyncio.to_thread(called, name, self._values()["path"].strip())
            self.query_one("#export-preview").border_title = literal(told)

    def _show(self, shown: ExportPreview) -> None:
        wrong = literal(f"✗ {shown.wrong}", "bold $error") if shown.wrong else literal(shown.held_back)
        told = [literal(said, "$warning") for said in shown.told]
        self.query_one("#export-told", Static).update(Content("\n").join([*told, wrong]))
        pane = self.query_one("#export-preview")
        pane.border_title, pane.border_subtitle = literal(shown.name), literal(shown.size)
        self.query_one("#export-lines", Static).update(Content("\n").join(map(_line, shown.lines)))
        pane.scroll_home(animate=False)

    def action_scroll(self, pages: int) -> None:
        """Read on in the preview, or back."""
        pane = self.query_one("#export-preview")
        pane.scroll_relative(y=pages * max(pane.size.height - 1, 1), animate=False)


def _line(line: PreviewLine) -> Content:
    tone = _TONES[line.tone]
    runs = (literal(run.text, " ".join(filter(None, (tone, _STYLES[run.style])))) for run in line.text)
    return Content.assemble(*runs)


_TONES = {"": "", "accent": "$accent", "muted": "$secondary"}
_STYLES: Mapping[Style, str] = {
    "": "",
    "bold": "bold",
    "italic": "italic",
    "struck": "strike",
    "code": "$secondary",
}


def export_dialog(live: LivePlan, host: Host, session: str) -> ExportDialog:
    """Return a dialog that writes documents of the plan, and tells what they held back and have nothing of.

    That isn't told to another audience, to whom the screen is shown by the time the files are written.
    `session` is what it begins with: an id, with that of an earlier seal behind it; "" for the plan as it
    is now.
    """

    async def take(values: Values) -> Mapping[str, str]:
        choice, typed, before = ExportChoice.of(values), values["path"].strip(), live.audience
        into_folder = not typed or await asyncio.to_thread(is_folder, expanded(typed))
        if wrong := choice.wrong():
            return wrong
        if misplaced := choice.wrong_place(typed, is_folder=into_folder):
            return {"path": misplaced}
        try:
            made = await _made(live, choice, singly=bool(typed) and into_folder)
        except TemplateError as error:
            return {f"template-{choice.form}": str(error)}
        except (DocumentError, StoreError) as error:
            return {"format": str(error)}
        try:
            paths = await put(host, typed, made)
        except DocumentError as error:
            return {"path": str(error)}
        if live.audience == before:
            path = paths[0] if len(paths) == 1 else expanded(typed).absolute()
            host.say(_told(live, choice, made, path, len(paths)), path=str(path))
        return {}

    return ExportDialog(live, take, session)


class Made(Struct, frozen=True):
    """A document that is to be written."""

    name: str
    """What its file is called in a folder."""
    document: Exported
    singly: bool = False
    """Whether in a folder it is a file for each event."""


async def _made(live: LivePlan, choice: ExportChoice, *, singly: bool) -> Sequence[Made]:
    """Return the documents that are chosen.

    Raises:
        TemplateError: the firm's template can't be used.
        DocumentError: there is no such document.
        StoreError: it can't be read how often what stands in a calendar has changed.
    """
    of = await asyncio.to_thread(live.to_write(choice.session, choice.seal))
    template = await asyncio.to_thread(template_of, expanded(choice.template)) if choice.template else b""
    options = choice.options(template=template, singly=singly)
    if choice.form == "ics":
        options = replace(options, revisions=await asyncio.wrap_future(live.storage.call(of.revisions)))

    def work() -> Sequence[Made]:
        asked = choice.form, choice.layout, options
        return [
            Made(of.name(audience, *asked), of.document(audience, *asked), options.singly)
            for audience in choice.readers(live)
        ]

    return await asyncio.to_thread(work)


def _told(live: LivePlan, choice: ExportChoice, made: Sequence[Made], path: Path, files: int) -> str:
    """Say what was written, and of a single document what it held back and has nothing of."""
    if len(made) > 1:
        return f"{counted(files, 'file')} written into {path}."
    document = made[0].document
    kept_out = f"Held back, as not for {audience_name(live, choice.audience)}: {document.held_back_told}."
    held_back = "" if choice.audience == UNPROJECTED else kept_out
    return " ".join(filter(None, (f"Written to {path}.", held_back, *document.lacking, document.note)))


async def put(host: Host, typed: str, made: Sequence[Made]) -> Sequence[Path]:
    """Write documents into the file or folder that is typed, "" for this folder; return the files' paths.

    Whatever is there and isn't an unchanged earlier export is written over only when that is answered; and
    of several files none is written while one can't be.

    Raises:
        DocumentError: they can't be written, or aren't to be.
    """
    kept = own_files(host.settings, host.path)
    over = set[Path]()
    while True:
        try:
            return await asyncio.to_thread(write, typed, made, kept, frozenset(over))
        except InTheWayError as there:
            lost = f"«{there.path}» is there already, and what is in it would be lost."
            if await host.ask(confirm("Write over it?", lost, "Yes, write over it")) != "yes":
                raise
            over.add(there.path)


async def put_page(host: Host, typed: str, made: Sequence[Made]) -> Sequence[Path]:
    """Write what a page shows, which is Markdown, as `put` does.

    Raises:
        DocumentError: as of `put`, and where the name is for another format.
    """
    if not await asyncio.to_thread(is_folder, expanded(typed)):
        format_for(typed, "md", "a page")
    return await put(host, typed, made)


def write(
    typed: str, made: Sequence[Made], kept: tuple[Path, ...], over: frozenset[Path] = frozenset()
) -> Sequence[Path]:
    """Write documents where it is typed; each over an earlier export alone, or where `over` has its path."""
    path = expanded(typed).absolute()
    files = {
        file: (content, anything if file in over else one.document.replaces)
        for one in made
        for file, content in placed(one.document, path, one.name, singly=one.singly).items()
    }
    write_all(files, kept=kept)
    return list(files)


def page_dialog(live: LivePlan, view: View, host: Host) -> Ask:
    """Return a dialog that writes what a view of the account's page shows, cut for one of our audiences."""

    def made(audience: str) -> Made:
        seen = live.seen_by(audience)
        return Made(written_name(seen, view), written(seen, view))

    async def take(values: Values) -> Mapping[str, str]:
        audience, typed, before = values["audience"], values["path"].strip(), live.audience
        try:
            paths = await put_page(host, typed, [await asyncio.to_thread(made, audience)])
        except DocumentError as error:
            return {"path": str(error)}
        if live.audience == before:
            host.say(f"Written to {paths[0]}.", path=str(paths[0]))
        return {}

    ours = [audience for audience in audiences(live.view) if audience != CUSTOMER]
    fields = (
        Field(
            "audience",
            "For",
            live.audience,
            choices=tuple((audience_name(live, one), one) for one in ours),
            letters=letters(live),
        ),
        Field("path", "Into", "", INTO),
    )
    return Ask(f"Write this page: {view.title}", fields, take, "Write", account=live.account_id)


def _fields(live: LivePlan, session: str) -> tuple[Field, ...]:
    """Return what is asked; the look of a document is remembered, for whom and of what it is never is."""
    sessions = session_choices(live)
    known = {value for _, value in sessions}
    first = next((each for each in (session, session.partition(" ")[0]) if each in known), "")
    return (
        Field("audience", "For", CUSTOMER, choices=audience_choices(live), letters=letters(live)),
        Field("layout", "Document", "plan", choices=DOCUMENTS),
        Field("format", "As", "md", choices=FORMATS),
        Field("path", "Into", "", INTO),
        Field("tasks", "Tasks", "plain", choices=TASKS, is_remembered=True),
        Field("front_matter", "Front matter", "no", choices=FRONT_MATTER, is_remembered=True),
        *(Field(f"template-{each}", "Template", "", _TEMPLATE, is_remembered=True) for each in TEMPLATED),
        Field("paper", "Paper", "a4", choices=PAPERS, is_remembered=True),
        Field("session", "Of", first, choices=sessions),
        Field("owner", "Actions of", "", choices=owner_choices(live)),
    )
