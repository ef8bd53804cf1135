"""The export dialog: for whom, in which form, into which file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Select, Static

from workshop_tui.documents.document import Style
from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.export import Exported, format_for
from workshop_tui.documents.files import InTheWayError, anything, is_folder, refuse_in_the_way, write_whole
from workshop_tui.documents.plan_json import UNPROJECTED
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
    ExportChoice,
    ExportPreview,
    PreviewLine,
    audience_choices,
    audience_name,
    default_name,
    letters,
    owner_choices,
    previewing,
)

INTO = "A file or a folder; empty for this folder."
FOR_LEADERS = "A brief is for our own leaders: it is for the alliance now, not for the customer."
_TITLE = "Export the joint action plan"
_HOW = "Enter next line, from the last: export · PgDn reads on · Ctrl+S exports · Esc leaves"
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

    def __init__(self, live: LivePlan, take: Take) -> None:
        """Take the plan that is exported, and who takes the answers."""
        super().__init__(_TITLE, _fields(live), take, "Export", account=live.account_id)
        self._live = live

    def compose(self) -> ComposeResult:
        """Make the fields and what is told beneath them, and the preview."""
        with Container(classes="dialog exporting") as box:
            box.border_title, box.border_subtitle = literal(_TITLE), literal(_HOW)
            with VerticalScroll(id="export-fields", can_focus=False):
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

    @on(Select.Changed, "#f-layout")
    def _go_to_our_own(self, event: Select.Changed) -> None:
        """Turn from the customer to the alliance for a brief, which is for our own leaders, and say so."""
        audience = self.query_one("#f-audience", Select)
        if event.value == "brief" and audience.value == CUSTOMER:
            audience.value = ALLIANCE
            self.query_one("#told-audience", Static).update(literal(FOR_LEADERS))

    @on(Select.Changed)
    def preview(self) -> None:
        """Show anew what the export is going to be."""
        self._preview()

    @work(exclusive=True, group="preview")
    async def _preview(self) -> None:
        work_out = previewing(self._live, ExportChoice.of(self._values()))
        self._show(await asyncio.to_thread(work_out))

    def _show(self, shown: ExportPreview) -> None:
        wrong = literal(f"✗ {shown.wrong}", "bold $error") if shown.wrong else literal(shown.held_back)
        told = [literal(said, "$warning") for said in shown.told]
        self.query_one("#export-told", Static).update(Content("\n").join([wrong, *told]))
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


def export_dialog(live: LivePlan, host: Host) -> ExportDialog:
    """Return a dialog that writes a document of the plan, and tells what it held back and has nothing of.

    That isn't told to another audience, to whom the screen is shown by the time the file is written.
    """

    async def take(values: Values) -> Mapping[str, str]:
        choice, before = ExportChoice.of(values), live.audience
        if wrong := choice.wrong():
            return wrong
        audience, typed = choice.audience, values["path"].strip()
        into_folder = bool(typed) and await asyncio.to_thread(is_folder, expanded(typed))
        try:
            if not into_folder:
                format_for(typed, choice.form, "the field As")
        except DocumentError as error:
            return {"path": str(error)}
        try:
            revisions = await live.revisions() if choice.form == "ics" else None
            options = choice.options(revisions, singly=into_folder)
            make = live.documenting(audience, choice.form, choice.layout, options)
            written = await asyncio.to_thread(make)
        except (DocumentError, StoreError) as error:
            return {"format": str(error)}
        try:
            kept = own_files(host.settings, host.path)
            put = partial(write, typed, default_name(live, choice), written, kept)
            try:
                path = await asyncio.to_thread(put)
            except InTheWayError as there:
                lost = f"«{there.path}» is there already, and what is in it would be lost."
                if await host.ask(confirm("Write over it?", lost, "Yes, write over it")) != "yes":
                    raise
                path = await asyncio.to_thread(put, replaces=anything)
        except DocumentError as error:
            return {"path": str(error)}
        kept_out = f"Held back, as not for {audience_name(live, audience)}: {written.held_back_told}."
        held_back = "" if audience == UNPROJECTED else kept_out
        if live.audience == before:
            said = (f"Written to {path}.", held_back, *written.lacking, written.note)
            host.say(" ".join(filter(None, said)), path=str(path))
        return {}

    return ExportDialog(live, take)


def page_dialog(live: LivePlan, view: View, host: Host) -> Ask:
    """Return a dialog that writes what a view of the account's page shows, cut for one of our audiences."""

    def made(audience: str, typed: str, *, over: bool) -> Path:
        seen = live.seen_by(audience)
        page = written(seen, view)
        kept = own_files(host.settings, host.path)
        return write(typed, written_name(seen, view), page, kept, anything if over else None)

    async def take(values: Values) -> Mapping[str, str]:
        audience, typed, before = values["audience"], values["path"].strip(), live.audience
        try:
            try:
                path = await asyncio.to_thread(made, audience, typed, over=False)
            except InTheWayError as there:
                lost = f"«{there.path}» is there already, and what is in it would be lost."
                if await host.ask(confirm("Write over it?", lost, "Yes, write over it")) != "yes":
                    raise
                path = await asyncio.to_thread(made, audience, typed, over=True)
        except DocumentError as error:
            return {"path": str(error)}
        if live.audience == before:
            host.say(f"Written to {path}.", path=str(path))
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


def _fields(live: LivePlan) -> tuple[Field, ...]:
    return (
        Field("audience", "For", CUSTOMER, choices=audience_choices(live), letters=letters(live)),
        Field("layout", "Document", "plan", choices=DOCUMENTS),
        Field("format", "As", "md", choices=FORMATS),
        Field("path", "Into", "", INTO),
        Field("owner", "Actions of", "", choices=owner_choices(live)),
    )


def write(
    typed: str,
    name: str,
    written: Exported,
    kept: tuple[Path, ...],
    replaces: Callable[[bytes], bool] | None = None,
) -> Path:
    """Write a document into the file or folder that is typed, "" for this folder; return where it is.

    A file that is typed without a suffix gets the one of the name that it would have in a folder.
    It is written over an unchanged earlier export alone, or over what `replaces` says.
    """
    path = expanded(typed or name).absolute()
    over = replaces or written.replaces
    if is_folder(path) and written.singles:
        for file in written.singles:
            refuse_in_the_way(path / file, kept=kept, replaces=over)
        for file, text in written.singles.items():
            write_whole(path / file, text, kept=kept, replaces=over)
        return path
    if is_folder(path):
        path /= name
    elif not path.suffix:
        path = path.with_name(path.name + Path(name).suffix)
    write_whole(path, written.content, kept=kept, replaces=over)
    return path
