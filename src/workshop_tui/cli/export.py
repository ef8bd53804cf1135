"""The command that writes what a plan says, cut for whoever is to read it."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from workshop_tui.cli.place import located, opened
from workshop_tui.cli.plans import day_of, load, readers, seal_number, session_number, write_all
from workshop_tui.cli.speech import DONE, CommandError, data, data_bytes, words
from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.text import counted
from workshop_tui.os_errors import why
from workshop_tui.settings import expanded

if TYPE_CHECKING:
    from workshop_tui.documents.as_csv import Profile
    from workshop_tui.documents.as_ics import Revisions
    from workshop_tui.documents.as_markdown import Dialect
    from workshop_tui.documents.export import Exported, ExportOptions, Format
    from workshop_tui.documents.measure import Paper
    from workshop_tui.documents.plan_layouts import Layout
    from workshop_tui.domain.plan.plan import AccountPlan
    from workshop_tui.live.record import Shown

EACH = "each"
"""Stands for every audience, a file for each."""


def add_to(export_: ArgumentParser) -> None:
    """Add the options of the command."""
    export_.add_argument(
        "--session",
        type=int,
        metavar="N",
        help="its number: by its record, or without one by what it dated itself; else the plan as it is now",
    )
    export_.add_argument(
        "--seal", type=int, metavar="N", help="by the record of its Nth seal, which may have been reopened"
    )
    export_.add_argument(
        "--for",
        dest="audience",
        metavar="AUDIENCE",
        help="customer (which it is without this; a brief is the alliance's), alliance, a partner's name or "
        "id, each (a file for each of them), or all (JSON only)",
    )
    export_.add_argument(
        "--format",
        dest="form",
        choices=("md", "html", "docx", "pptx", "pdf", "xlsx", "csv", "ics", "json"),
        help="Markdown, one HTML file, Word, slides of PowerPoint, PDF, a workbook, the actions as CSV, a "
        "calendar, or the plan as JSON; without this what the name behind -o ends with, or Markdown",
    )
    export_.add_argument(
        "--as",
        dest="profile",
        choices=("plain", "jira", "asana"),
        help="whose importer a CSV is for; plain, with all columns, without this",
    )
    export_.add_argument(
        "--owner", metavar="NAME", help="only the actions of whoever has a name that begins so; or nobody"
    )
    export_.add_argument(
        "--template", metavar="FILE", help="your firm's own template of Word or PowerPoint, by its styles"
    )
    export_.add_argument(
        "--paper", choices=("a4", "letter"), default="a4", help="the paper of Word and PDF (a4 without this)"
    )
    which = export_.add_mutually_exclusive_group()
    for layout, told in (
        ("brief", "half a page for our own leaders"),
        ("qbr", "a quarterly review on one page"),
    ):
        which.add_argument(f"--{layout}", dest="layout", action="store_const", const=layout, help=told)
    export_.set_defaults(layout="plan")
    export_.add_argument(
        "--tasks",
        choices=("plain", "obsidian", "dataview"),
        default="plain",
        help="how Markdown writes actions: for GitHub and the like, or for one of Obsidian's plugins",
    )
    export_.add_argument(
        "--front-matter", action="store_true", help="begin Markdown with facts for a machine"
    )
    export_.add_argument(
        "-o",
        "--output",
        default="-",
        metavar="PATH",
        help="a file, or a folder for a name that says what it is; a calendar is one file an event there",
    )
    export_.add_argument("--force", action="store_true", help="write over another file that is there")


def export(  # noqa: PLR0913 - one for each option
    account: str,
    *,
    session: int | None,
    seal: int | None,
    audience: str | None,
    form: Format | None,
    layout: Layout,
    tasks: Dialect,
    front_matter: bool,
    profile: Profile | None,
    owner: str | None,
    template: str | None,
    paper: Paper,
    output: str,
    force: bool,
    db: str | None,
) -> int:
    """Write the joint action plan, the brief or the quarterly review, cut for an audience.

    A sealed session that is named is written by its record, an earlier one that was never sealed by what
    it dated itself; without a number it is the plan as it is now. With a seal's number it is written by the
    record of that seal, also if it was reopened since. As JSON, it is the account plan: with `--for all` the
    whole of it, which `import` can read. For «each», every audience gets a file of its own. Of several
    files none is written while one of them can't be.
    """
    from workshop_tui.documents.export import ExportOptions, audience_named, format_for
    from workshop_tui.documents.files import is_folder
    from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
    from workshop_tui.domain.plan.plan import audiences

    plan = load(db, account)
    is_file = output != "-" and not is_folder(Path(output))
    form = format_for(output if is_file else "", form, "--format")
    wanted = _Wanted(session, seal, form, layout, ExportOptions(), owner, output, force, db)
    _refuse(wanted, profile, template)
    if audience == EACH:
        if not is_folder(Path(output)):
            raise CommandError("For each audience a file is written: name a folder that is there with -o.")
        those = [each for each in audiences(plan) if layout != "brief" or each != CUSTOMER]
    else:
        those = [audience_named(plan, audience or (ALLIANCE if layout == "brief" else CUSTOMER))]
    options = ExportOptions(
        tasks,
        True if front_matter else None,
        profile=profile or "plain",
        paper=paper,
        template=template_of(template) if template else b"",
        template_name=template or "",
    )
    wanted = replace(wanted, options=options)
    made = [_made(plan, each, wanted) for each in those]
    write_all({path: (content, replaces) for one in made for path, content, replaces in one.files()}, db)
    for one in made:
        one.say()
    return DONE


def template_of(file: str) -> bytes:
    """Return what a template holds."""
    from workshop_tui.documents.office_files import LARGEST_TEMPLATE

    path = expanded(file)
    try:
        if path.stat().st_size > LARGEST_TEMPLATE:
            limit = LARGEST_TEMPLATE // 1024**2
            raise CommandError(f"«{file}» is over {limit} MB, which no template is: choose another.")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise CommandError(f"«{file}» can't be read, as {why(error)}.") from None


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be written."""

    session: int | None
    seal: int | None
    form: Format
    layout: Layout
    options: ExportOptions
    owner: str | None
    output: str
    force: bool
    db: str | None


def _refuse(wanted: _Wanted, profile: Profile | None, template: str | None) -> None:
    """Refuse what doesn't go together."""
    from workshop_tui.documents.export import BINARY, TEMPLATED
    from workshop_tui.documents.files import is_folder

    if wanted.seal is not None and wanted.session is None:
        raise CommandError("A seal is one of a session: say which with --session.")
    if wanted.form == "json" and wanted.session is not None:
        raise CommandError("JSON holds all sessions: leave out --session, or use `--format md`.")
    if wanted.form == "json" and wanted.layout != "plan":
        raise CommandError(f"JSON is the plan itself: leave out --{wanted.layout}, or use `--format md`.")
    if wanted.form == "json" and wanted.owner is not None:
        raise CommandError("JSON holds everybody's actions: leave out --owner, or use another --format.")
    if profile is not None and wanted.form != "csv":
        raise CommandError("--as is for CSV alone: leave it out, or use `--format csv`.")
    if wanted.form in BINARY and wanted.output == "-" and sys.stdout.isatty():
        raise CommandError(f"A {wanted.form} file is not for the screen: name a file or a folder with -o.")
    if template and wanted.form not in TEMPLATED:
        raise CommandError("A template is for Word or PowerPoint: use `--format docx` or `--format pptx`.")
    if wanted.output.endswith(os.sep) and not is_folder(Path(wanted.output)):
        raise CommandError(f"There is no folder «{wanted.output}»: make it first, or name a file.")


@dataclass(frozen=True, slots=True)
class _Made:
    """A document, and what is said of it."""

    document: Exported
    said: tuple[str, ...]
    name: str
    """What its file is called in a folder."""
    wanted: _Wanted

    def files(self) -> Iterator[tuple[Path, str | bytes, Callable[[bytes], bool]]]:
        """Yield where it goes, what is in the file, and over what that may be written."""
        from workshop_tui.documents.files import anything, is_folder

        replaces = anything if self.wanted.force else self.document.replaces
        path = Path(self.wanted.output)
        if self.wanted.output == "-":
            return
        if is_folder(path) and self.wanted.form == "ics":
            for name, text in self.document.singles.items():
                yield path / name, text, replaces
        else:
            yield path / self.name if is_folder(path) else path, self.document.content, replaces

    def say(self) -> None:
        """Say what was written, what was held back and what is lacking; or write it where the output goes."""
        from workshop_tui.documents.export import BINARY, ROW_FORMATS

        is_shown = self.wanted.output == "-"
        if is_shown and self.wanted.form in ROW_FORMATS | BINARY and not sys.stdout.isatty():  # byte for byte
            content = self.document.content
            data_bytes(content.encode() if isinstance(content, str) else content)
        elif is_shown:
            data(self.document.text)
        for each in self.said:
            words(each)


def _made(plan: AccountPlan, audience: str, wanted: _Wanted) -> _Made:
    from workshop_tui.documents.export import export as exported
    from workshop_tui.documents.export import name_suffix
    from workshop_tui.documents.files import file_name, is_folder
    from workshop_tui.documents.owner import owner_named
    from workshop_tui.domain.plan.audience import project
    from workshop_tui.live.record import Shown, as_shown

    chosen = session_number(plan, wanted.session) if wanted.session is not None else None
    earlier = seal_number(plan, chosen, wanted.seal) if chosen and wanted.seal is not None else None
    shown = as_shown(plan, chosen.id, earlier) if chosen else Shown(plan)
    day = shown.day or day_of(plan)
    view = shown.plan if audience == "all" else project(shown.plan, audience)
    options = replace(
        wanted.options,
        owner="" if wanted.owner is None else owner_named(view, wanted.owner),
        revisions=_revisions(wanted, plan, shown) if wanted.form == "ics" else {},
        singly=wanted.output != "-" and is_folder(Path(wanted.output)),
    )
    document = exported(
        shown.plan,
        audience,
        wanted.form,
        on=day,
        session=chosen,
        sealed=shown.told,
        layout=wanted.layout,
        options=options,
    )
    name = file_name(
        view,
        chosen or next(reversed(plan.sessions), None),
        name_suffix(view, wanted.form, wanted.layout, options),
    )
    told = [shown.fault, document.note, *document.lacking]
    day = chosen.held_on if chosen and document.note else day
    at = shown.told or (f"as of {format_date(day)}" if plan.account.as_of else "")
    told.append(_told(plan, audience, document, f"{at}: " if at else "", _where(document, name, wanted)))
    return _Made(document, tuple(filter(None, told)), name, wanted)


def _revisions(wanted: _Wanted, plan: AccountPlan, shown: Shown) -> Revisions:
    """Return how often what stands in a calendar has changed, up to the record that is written."""
    from workshop_tui.documents.as_ics import CALENDAR_FIELDS

    until = shown.seal.journal if shown.seal and not shown.fault else None
    with opened(located(wanted.db).path) as store:
        return store.revisions(plan.account.id, CALENDAR_FIELDS, until)


def _where(document: Exported, name: str, wanted: _Wanted) -> str:
    from workshop_tui.documents.files import is_folder

    if wanted.output == "-" or not is_folder(Path(wanted.output)):
        return ""
    if wanted.form == "ics":
        return f" {counted(len(document.singles), 'event')} written into {wanted.output}, a file for each."
    return f" Written to {Path(wanted.output) / name}."


def _told(plan: AccountPlan, audience: str, document: Exported, at: str, where: str) -> str:
    if audience == "all":
        return f"{at}the whole account plan, with what each firm keeps to itself.{where}"
    return f"{at}for {readers(plan, audience)}; held back: {document.held_back_told}.{where}"
