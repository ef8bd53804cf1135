"""The command that writes what a plan says, cut for whoever is to read it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from workshop_tui.cli.place import located, opened
from workshop_tui.cli.plans import day_of, load, readers, seal_number, session_number, write_all
from workshop_tui.cli.speech import DONE, CommandError, data, data_bytes, words
from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.text import counted
from workshop_tui.settings import expanded

if TYPE_CHECKING:
    from workshop_tui.documents.as_csv import Profile
    from workshop_tui.documents.as_markdown import Dialect
    from workshop_tui.documents.export import Exported, ExportOptions, Format
    from workshop_tui.documents.measure import Paper
    from workshop_tui.documents.plan_layouts import Layout
    from workshop_tui.domain.plan.plan import AccountPlan
    from workshop_tui.live.exporting import PlanToWrite

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
        help="customer, alliance, a partner's name or id, each (a file for each of them), or all (JSON "
        "only); without this the customer, and for a brief the alliance",
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
    from msgspec.structs import replace

    from workshop_tui.documents.export import ExportOptions, format_for
    from workshop_tui.documents.files import is_folder
    from workshop_tui.documents.office_files import template_of

    plan = load(db, account)
    is_file = output != "-" and not is_folder(Path(output))
    form = format_for(output if is_file else "", form, "--format")
    options = ExportOptions(
        tasks,
        True if front_matter else None,
        profile=profile or "plain",
        paper=paper,
        template_name=template or "",
        singly=form == "ics" and output != "-" and not is_file,
    )
    wanted = _Wanted(session, seal, form, layout, options, owner, output, force, db)
    _refuse(wanted, has_profile=profile is not None)
    if template:
        wanted = wanted._replace(options=replace(options, template=template_of(expanded(template))))
    made = [_made(plan, each, wanted) for each in _readers(plan, audience, wanted)]
    write_all({path: (content, replaces) for one in made for path, content, replaces in one.files()}, db)
    for one in made:
        one.say()
    return DONE


class _Wanted(NamedTuple):
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

    @property
    def is_shown(self) -> bool:
        """Whether it goes to stdout."""
        return self.output == "-"


def _readers(plan: AccountPlan, audience: str | None, wanted: _Wanted) -> tuple[str, ...]:
    """Return for whom a file is to be written: the customer unless it says otherwise, or is a brief."""
    from workshop_tui.documents.export import audience_named, readers_of
    from workshop_tui.documents.files import is_folder
    from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER

    if audience != EACH:
        return (audience_named(plan, audience or (ALLIANCE if wanted.layout == "brief" else CUSTOMER)),)
    if not is_folder(Path(wanted.output)):
        raise CommandError("For each audience a file is written: name a folder that is there with -o.")
    return readers_of(plan, wanted.layout)


def _refuse(wanted: _Wanted, *, has_profile: bool) -> None:
    """Refuse what doesn't go together."""
    from workshop_tui.documents.export import BINARY, TEMPLATED
    from workshop_tui.documents.files import refuse_missing_folder

    if wanted.seal is not None and wanted.session is None:
        raise CommandError("A seal is one of a session: say which with --session.")
    if wanted.form == "json" and wanted.session is not None:
        raise CommandError("JSON holds all sessions: leave out --session, or use `--format md`.")
    if wanted.form == "json" and wanted.layout != "plan":
        raise CommandError(f"JSON is the plan itself: leave out --{wanted.layout}, or use `--format md`.")
    if wanted.form == "json" and wanted.owner is not None:
        raise CommandError("JSON holds everybody's actions: leave out --owner, or use another --format.")
    if has_profile and wanted.form != "csv":
        raise CommandError("--as is for CSV alone: leave it out, or use `--format csv`.")
    if wanted.form in BINARY and wanted.is_shown and sys.stdout.isatty():
        raise CommandError(f"A {wanted.form} file is not for the screen: name a file or a folder with -o.")
    if wanted.options.template_name and wanted.form not in TEMPLATED:
        raise CommandError("A template is for Word or PowerPoint: use `--format docx` or `--format pptx`.")
    refuse_missing_folder(wanted.output)


class _Made(NamedTuple):
    """A document, and what is said of it."""

    document: Exported
    said: tuple[str, ...]
    placed: Mapping[Path, str | bytes]
    """The files that it goes into."""
    wanted: _Wanted

    def files(self) -> Iterator[tuple[Path, str | bytes, Callable[[bytes], bool]]]:
        """Yield where it goes, what is in the file, and over what that may be written."""
        from workshop_tui.documents.files import anything

        replaces = anything if self.wanted.force else self.document.replaces
        yield from ((path, content, replaces) for path, content in self.placed.items())

    def say(self) -> None:
        """Say what was written, what was held back and what is lacking; or write it where the output goes."""
        from workshop_tui.documents.export import BINARY, ROW_FORMATS

        is_exact, is_shown = self.wanted.form in ROW_FORMATS | BINARY, self.wanted.is_shown
        if is_shown and is_exact and not sys.stdout.isatty():  # byte for byte
            content = self.document.content
            data_bytes(content.encode() if isinstance(content, str) else content)
        elif is_shown:
            data(self.document.text)
        for each in self.said:
            words(each)


def _made(plan: AccountPlan, audience: str, wanted: _Wanted) -> _Made:
    from workshop_tui.documents.export import placed

    of = _to_write(plan, wanted)
    options = _options(of, audience, wanted)
    document = of.document(audience, wanted.form, wanted.layout, options)
    name = of.name(audience, wanted.form, wanted.layout, options)
    path, singly = Path(wanted.output), options.singly
    files = {} if wanted.is_shown else placed(document, path, name, singly=singly)
    said = (
        of.shown.fault,
        document.note,
        *document.lacking,
        _told(plan, audience, document, _at(of, document), _where(files, wanted)),
    )
    return _Made(document, tuple(filter(None, said)), files, wanted)


def _to_write(plan: AccountPlan, wanted: _Wanted) -> PlanToWrite:
    """Return the plan as it is now, or that of the session that is named, by the seal that is."""
    from workshop_tui.live.exporting import plan_to_write

    session = session_number(plan, wanted.session) if wanted.session is not None else None
    seal = seal_number(plan, session, wanted.seal) if session and wanted.seal is not None else None
    return plan_to_write(plan, session, seal, day_of(plan))


def _options(of: PlanToWrite, audience: str, wanted: _Wanted) -> ExportOptions:
    """Return how it is written for an audience, which may not know the owner who is named."""
    from msgspec.structs import replace

    from workshop_tui.documents.owner import owner_named

    options = wanted.options
    if wanted.owner is not None:
        options = replace(options, owner=owner_named(of.view(audience), wanted.owner))
    if wanted.form == "ics":
        with opened(located(wanted.db).path) as store:
            options = replace(options, revisions=of.revisions(store))
    return options


def _at(of: PlanToWrite, document: Exported) -> str:
    """Say of which record it is, or of which day where that isn't today."""
    day = of.session.held_on if of.session and document.note else of.on
    at = of.shown.told or (f"as of {format_date(day)}" if of.shown.plan.account.as_of else "")
    return f"{at}: " if at else ""


def _where(files: Mapping[Path, str | bytes], wanted: _Wanted) -> str:
    if wanted.options.singly:
        return f" {counted(len(files), 'event')} written into {wanted.output}, a file for each."
    return "".join(f" Written to {path}." for path in files if path != Path(wanted.output))


def _told(plan: AccountPlan, audience: str, document: Exported, at: str, where: str) -> str:
    if audience == "all":
        return f"{at}the whole account plan, with what each firm keeps to itself.{where}"
    return f"{at}for {readers(plan, audience)}; held back: {document.held_back_told}.{where}"
