"""Contacts from a file: which file, a preview of what would come in, and one Step that brings it in."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from textual import on
from textual.widgets import Button

from workshop_tui.documents.contacts_columns import IGNORE, TITLES, plain
from workshop_tui.documents.contacts_decode import EXAMPLES, EncodingError
from workshop_tui.documents.contacts_read import read_contacts
from workshop_tui.documents.contacts_scales import NOT_TAKEN, SCALES
from workshop_tui.documents.contacts_sheet import LARGEST, SheetError
from workshop_tui.documents.contacts_sheet import ContactSheet as Contacts
from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.transcript import Transcript, is_transcript, read_transcript
from workshop_tui.domain.plan.step import Refused
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.os_errors import why
from workshop_tui.settings import expanded
from workshop_tui.tui.commands.command import Command, Section, key_of
from workshop_tui.tui.screens.dialogs import LEAVE, Ask, Choose, Field, Values
from workshop_tui.tui.screens.file_preview import FilePreview
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.views.cell import Choice
from workshop_tui.views.contacts import COLUMN, DOUBT, NOT_USED, SCALE, Arriving, Remembered
from workshop_tui.views.row_id import RowId
from workshop_tui.views.transcript import TurnsView


def contacts_dialog(live: LivePlan, found: Callable[[Arriving | TurnsView], object]) -> Ask:
    """Return a dialog that asks for a file, and hands over the contacts or the turns that are in it."""

    async def take(values: Values) -> Mapping[str, str]:
        typed = values["path"].strip()
        if not typed:
            return {"path": "Type where the file is."}
        try:
            read = await asyncio.to_thread(_read, typed, values)
        except DocumentError as error:
            at = next((name for kind, name in _AT.items() if isinstance(error, kind)), "path")
            return {at: f"{Path(typed).name}: {error}"}
        except (OSError, ValueError) as error:
            return {"path": f"{typed} can't be read, as {why(error)}."}
        if isinstance(read, Transcript):
            found(TurnsView(live, Path(typed).name, read))
            return {}
        before = await _remembered(live, read)
        found(await asyncio.to_thread(Arriving, live, Path(typed).name, read, before))
        return {}

    hint = "Contacts: CSV, XLSX or vCards. A transcript or notes: VTT, SRT, text or Markdown."
    encoding = f"Only where letters come out wrong: {EXAMPLES}."
    sheet = "Only of a workbook with several: else the first with known headings."
    fields = (
        Field("path", "File", "", hint),
        Field("encoding", "Encoding", "", encoding),
        Field("sheet", "Sheet", "", sheet),
    )
    return Ask("Bring in from a file", fields, take, "Open")


_AT: Mapping[type[DocumentError], str] = {EncodingError: "encoding", SheetError: "sheet"}
"""Beside which field it is told what is wrong with a file; else beside its name."""


def _read(typed: str, values: Values) -> Contacts | Transcript:
    with expanded(typed).open("rb") as file:
        content = file.read(LARGEST + 1)
    encoding = values["encoding"].strip()
    if is_transcript(typed, content, encoding):
        return read_transcript(content, encoding)
    return read_contacts(content, encoding, sheet=values["sheet"].strip())


def _place(headers: Sequence[str]) -> str:
    """Return where it is kept what was said of columns under these headings, in whatever order."""
    kept = hashlib.sha256("|".join(sorted(map(plain, headers))).encode()).hexdigest()
    return f"contacts/{kept[:32]}"


async def _remembered(live: LivePlan, contacts: Contacts) -> Remembered:
    """Return what was said of columns and words the last time that a file had these headings."""
    drafts = await asyncio.wrap_future(live.storage.call(lambda store: store.drafts("", live.actor)))
    said = json.loads(drafts.get(_place(contacts.headers), "[{}, {}]"))
    return {column: field for column, field in said[0].items() if field in {*TITLES, IGNORE}}, said[1]


_preview = partial(Command[Any], section=Section.CONTACTS)


class ContactsPreview(FilePreview):
    """Shows what a file of contacts would bring in; nothing has changed until it is brought in."""

    KEY_COMMANDS = (
        LEAVE,
        _preview(
            "contacts.take", "ctrl+s", "Bring in", lambda preview: preview.action_take(), "bring them in"
        ),
        _preview(
            "contacts.same",
            "m",
            "All doubtful are the same",
            lambda preview: preview.choose_all(merge=True),
            "all doubtful lines are people already there · are new",
        ),
        _preview(
            "contacts.new",
            "n",
            "All doubtful are new",
            lambda preview: preview.choose_all(merge=False),
        ),
        _preview(
            "contacts.columns",
            "c",
            "Columns",
            lambda preview: preview.action_columns(),
            "to what each column holds",
        ),
    )
    AUTO_FOCUS = "#contacts"
    part, titled = "contacts", "Bring in contacts"

    def __init__(self, arriving: Arriving) -> None:
        """Take what would come in."""
        super().__init__(arriving)
        self._arriving = arriving

    def verb(self) -> str:
        """Return what the button says that takes it, and how many lines it leaves out."""
        bad = len(self._arriving.proposal.bad)
        lines = "line that can't" if bad == 1 else f"{bad} lines that can't"
        return f"Bring in without the {lines}" if bad else "Bring in"

    def on_mount(self) -> None:
        """Show what would come in, or where it has to be said which column holds names."""
        self.show(self._arriving.wrong)
        if self._arriving.wrong:
            self.action_columns()

    def action_columns(self) -> None:
        """Go to the columns of the file."""
        self.query_one(Sheet).go_to(str(RowId(COLUMN, ("0",))))

    @on(Sheet.Asked)
    def _asked(self, event: Sheet.Asked) -> None:
        event.stop()
        at = RowId.parse(event.row.id)
        if event.what == "edit" and at.kind == DOUBT:
            line = int(*at.key)
            self._arriving.choose([line], merge=not self._arriving.chosen.get(line, False))
            self.show()
        elif event.what == "edit" and at.kind == COLUMN:
            self._ask_column(int(*at.key))
        elif event.what == "edit" and at.kind == SCALE:
            self._ask_word(*at.key)
        else:
            told = "Only lines that are still to be decided, words and columns are changed here."
            self.notify(told, markup=False)

    def _ask_column(self, place: int) -> None:
        """Ask what a column holds, and remember it for files with the same headings."""

        def take(field: str | None) -> None:
            if field is not None:
                self._arriving.map_column(place, field)
                self._remember()
                self.show(self._arriving.wrong)

        choices = [Choice(field, title) for field, title in TITLES.items()]
        choices.append(Choice(IGNORE, NOT_USED.capitalize()))
        label = self._arriving.label(place)
        self.app.push_screen(Choose(f"What {label} holds", choices, now=self._arriving.column(place)), take)

    def _ask_word(self, field: str, word: str) -> None:
        """Ask what a word of the file means, and remember it for files with the same headings."""

        def take(value: str | None) -> None:
            if value is not None:
                self._arriving.meant(field, word, value)
                self._remember()
                self.show()

        choices = [Choice(value, text) for value, text in SCALES[field].items()]
        choices.append(Choice(NOT_TAKEN, "Not taken"))
        now = self._arriving.proposal.scales[field][word]
        self.app.push_screen(Choose(f"{TITLES[field]}: what «{word}» means", choices, now=now), take)

    def _remember(self) -> None:
        place, text = _place(self._arriving.headers), json.dumps([self._arriving.said, self._arriving.scales])
        live = self._arriving.live
        live.storage.call(lambda store: store.save_draft("", live.actor, place, text))

    def choose_all(self, *, merge: bool) -> None:
        """Take all lines that are still doubtful for the people they are like, or for new ones."""
        while lines := self._arriving.open_lines:
            self._arriving.choose(lines, merge=merge)
        self.show()

    @on(Button.Pressed, "#take")
    def action_take(self) -> None:
        """Bring in what is shown; refuse while a line is doubtful, or no column holds names."""
        if self._arriving.wrong:
            self.show(self._arriving.wrong)
            self.action_columns()
            return
        if lines := self._arriving.open_lines:
            self.query_one(Sheet).go_to(str(RowId(DOUBT, (str(lines[0]),))))
            one, same, new = (key_of(self, name) for name in ("sheet.edit", "contacts.same", "contacts.new"))
            self.show(
                f"Say of each doubtful line who it is: {one} on it, or {same} for all the same, "
                f"{new} for all new."
            )
            return
        try:
            told = self._arriving.bring_in()
        except Refused as refused:
            self.show(str(refused))
            return
        self.dismiss()
        self.app.notify(told, markup=False)
