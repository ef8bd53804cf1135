"""The command that writes what a plan says, cut for whoever is to read it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workshop_tui.cli.plans import day_of, load, readers, seal_number, session_number, write
from workshop_tui.cli.speech import DONE, CommandError, data, data_bytes, words
from workshop_tui.domain.base.dates import format_date
from workshop_tui.os_errors import why
from workshop_tui.settings import expanded

if TYPE_CHECKING:
    from workshop_tui.documents.as_markdown import Dialect
    from workshop_tui.documents.export import Exported, ExportOptions, Format
    from workshop_tui.documents.measure import Paper
    from workshop_tui.documents.plan_layouts import Layout
    from workshop_tui.domain.plan.plan import AccountPlan

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
        default="customer",
        metavar="AUDIENCE",
        help="customer (which it is without this), alliance, a partner's name or id, each (a file for each "
        "of them), or all (JSON only)",
    )
    export_.add_argument(
        "--format",
        dest="form",
        choices=("md", "html", "docx", "pptx", "pdf", "json"),
        default="md",
        help="Markdown, one HTML file, Word, slides of PowerPoint, PDF, or the plan as JSON",
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
        help="a file, or a folder for a name that says what it is",
    )
    export_.add_argument("--force", action="store_true", help="write over another file that is there")


def export(  # noqa: PLR0913 - one for each option
    account: str,
    *,
    session: int | None,
    seal: int | None,
    audience: str,
    form: Format,
    layout: Layout,
    tasks: Dialect,
    front_matter: bool,
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
    whole of it, which `import` can read. For «each», every audience gets a file of its own.
    """
    from workshop_tui.documents.export import BINARY, TEMPLATED, ExportOptions, audience_named
    from workshop_tui.domain.base.vocabulary import CUSTOMER
    from workshop_tui.domain.plan.plan import audiences

    plan = load(db, account)
    if seal is not None and session is None:
        raise CommandError("A seal is one of a session: say which with --session.")
    if form == "json" and session is not None:
        raise CommandError("JSON holds all sessions: leave out --session, or use `--format md`.")
    if form == "json" and layout != "plan":
        raise CommandError(f"JSON is the plan itself: leave out --{layout}, or use `--format md`.")
    if form in BINARY and output == "-" and sys.stdout.isatty():
        raise CommandError(f"A {form} file is not for the screen: name a file or a folder with -o.")
    if template and form not in TEMPLATED:
        raise CommandError("A template is for Word or PowerPoint: use `--format docx` or `--format pptx`.")
    if audience == EACH:
        if not Path(output).is_dir():
            raise CommandError("For each audience a file is written: name a folder that is there with -o.")
        those = [each for each in audiences(plan) if layout != "brief" or each != CUSTOMER]
    else:
        those = [audience_named(plan, audience)]
    options = ExportOptions(
        tasks,
        True if front_matter else None,
        paper=paper,
        template=template_of(template) if template else b"",
        template_name=template or "",
    )
    wanted = _Wanted(session, seal, form, layout, options, output, force, db)
    for each in those:
        _write(plan, each, wanted)
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
    output: str
    force: bool
    db: str | None


def _write(plan: AccountPlan, audience: str, wanted: _Wanted) -> None:
    from workshop_tui.documents.export import export as exported
    from workshop_tui.documents.files import anything, file_name
    from workshop_tui.domain.plan.audience import project
    from workshop_tui.live.record import Shown, as_shown

    chosen = session_number(plan, wanted.session) if wanted.session is not None else None
    earlier = seal_number(plan, chosen, wanted.seal) if chosen and wanted.seal is not None else None
    shown = as_shown(plan, chosen.id, earlier) if chosen else Shown(plan)
    day = shown.day or day_of(plan)
    document = exported(
        shown.plan,
        audience,
        wanted.form,
        on=day,
        session=chosen,
        sealed=shown.told,
        layout=wanted.layout,
        options=wanted.options,
    )
    path, is_folder = Path(wanted.output), Path(wanted.output).is_dir() and wanted.output != "-"
    if wanted.output == "-" and document.binary:
        data_bytes(document.binary)
    elif wanted.output == "-":
        data(document.text)
    else:
        view = shown.plan if audience == "all" else project(shown.plan, audience)
        suffix = f"{'' if wanted.layout == 'plan' else f'{wanted.layout}.'}{wanted.form}"
        path = (
            path / file_name(view, chosen or next(reversed(plan.sessions), None), suffix)
            if path.is_dir()
            else path
        )
        write(path, document.content, anything if wanted.force else document.replaces, wanted.db)
    for said in (shown.fault, document.note, *document.lacking):
        if said:
            words(said)
    day = chosen.held_on if chosen and document.note else day
    at = shown.told or (f"as of {format_date(day)}" if plan.account.as_of else "")
    _say(
        plan,
        audience,
        document,
        f"{at}: " if at else "",
        f" Written to {path}." if is_folder else "",
    )


def _say(plan: AccountPlan, audience: str, document: Exported, at: str, where: str) -> None:
    if audience == "all":
        words(f"{at}the whole account plan, with what each firm keeps to itself.{where}")
    else:
        words(f"{at}for {readers(plan, audience)}; held back: {document.held_back_told}.{where}")
