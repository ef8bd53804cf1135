"""The export dialog: for whom, in which form, into which file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import cast

from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.export import Exported, Format
from workshop_tui.documents.files import InTheWayError, anything, write_whole
from workshop_tui.documents.plan_json import UNPROJECTED
from workshop_tui.documents.plan_layouts import Layout
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.plan.plan import audiences
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.settings import expanded, own_files
from workshop_tui.tui.host import Host
from workshop_tui.tui.screens.dialogs import Ask, Field, Values, confirm
from workshop_tui.views.account.written import written, written_name
from workshop_tui.views.base import View

FORMATS = (("Markdown", "md"), ("HTML", "html"), ("JSON", "json"))
DOCUMENTS = (("joint plan", "plan"), ("brief", "brief"), ("quarterly review", "qbr"))
EVERYBODY = ("everybody: the whole plan (JSON)", UNPROJECTED)

INTO = "A file or a folder; empty for this folder and a name that says what it is."


def export_dialog(live: LivePlan, host: Host) -> Ask:
    """Return a dialog that writes a document of the plan, and tells what it held back and has nothing of.

    That isn't told to another audience, to whom the screen is shown by the time the file is written.
    """

    async def take(values: Values) -> Mapping[str, str]:
        audience, before = values["audience"], live.audience
        form, layout = cast("Format", values["format"]), cast("Layout", values["layout"])
        if audience == UNPROJECTED and form != "json":
            return {"audience": "The whole plan goes out as JSON only: choose JSON, or an audience."}
        if form == "json" and layout != "plan":
            return {"format": "JSON is the plan itself: choose Markdown or HTML, or the joint plan."}
        if layout == "brief" and audience == CUSTOMER:
            return {"layout": "The brief is for our own leaders: choose the alliance or a firm."}
        try:
            written = live.document(audience, form, layout)
            name = live.file_name(audience, form if layout == "plan" else f"{layout}.{form}")
            kept = own_files(host.settings, host.path)
            put = partial(write, values["path"].strip(), name, written, kept)
            try:
                path = await asyncio.to_thread(put)
            except InTheWayError as there:
                lost = f"«{there.path}» is there already, and what is in it would be lost."
                if await host.ask(confirm("Write over it?", lost, "Yes, write over it")) != "yes":
                    raise
                path = await asyncio.to_thread(put, replaces=anything)
        except DocumentError as error:
            return {"path": str(error)}
        kept_out = f"Held back, as not for {_name(live, audience)}: {written.held_back_told}."
        held_back = "" if audience == UNPROJECTED else kept_out
        if live.audience == before:
            said = (f"Written to {path}.", held_back, *written.lacking, written.note)
            host.say(" ".join(filter(None, said)), path=str(path))
        return {}

    return Ask("Export the joint action plan", _fields(live), take, "Export", account=live.account_id)


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
        Field("audience", "For", live.audience, choices=tuple((_name(live, one), one) for one in ours)),
        Field("path", "Into", "", INTO),
    )
    return Ask(f"Write this page: {view.title}", fields, take, "Write", account=live.account_id)


def _fields(live: LivePlan) -> tuple[Field, ...]:
    audience = (*((_name(live, a), a) for a in reversed(audiences(live.view))), EVERYBODY)
    return (
        Field("audience", "For", CUSTOMER, choices=audience),
        Field("layout", "Document", "plan", choices=DOCUMENTS),
        Field("format", "As", "md", choices=FORMATS),
        Field("path", "Into", "", INTO),
    )


def write(
    typed: str,
    name: str,
    written: Exported,
    kept: tuple[Path, ...],
    replaces: Callable[[bytes], bool] | None = None,
) -> Path:
    """Write a document into the file or folder that is typed, "" for this folder; return where it is.

    It is written over an unchanged earlier export alone, or over what `replaces` says.
    """
    path = expanded(typed or name).absolute()
    path = path / name if path.is_dir() else path
    write_whole(path, written.text, kept=kept, replaces=replaces or written.replaces)
    return path


def _name(live: LivePlan, audience: str) -> str:
    return next((p.short for p in live.view.partners if p.id == audience), f"the {audience}")
