"""A view of the account's page as Markdown, as it is shown to one audience."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workshop_tui.documents.export import Exported, signed
from workshop_tui.documents.files import reader_slug
from workshop_tui.documents.looking_back import reader
from workshop_tui.documents.markdown import md
from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.text import slug
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.account.columns import parts_of
from workshop_tui.views.account.page import AccountView
from workshop_tui.views.base import View
from workshop_tui.views.copied import words_of
from workshop_tui.views.keys import names_key
from workshop_tui.views.table import Row, Table

_KEYS = re.compile(r"\s*\([^()]*\ue000[^()]*\)")
"""A hint that names a key: a page of paper has none."""
LIBRARY = "library"
"""What stands in a document over all accounts where others have the id of theirs."""


def written(live: LivePlan, view: View) -> Exported:
    """Return what a view shows to the audience of a live plan, as a document of the account."""
    table = view.on_paper(live) if isinstance(view, AccountView) else view.table(live)
    lines = [f"# {md(live.view.account.name)}: {md(view.title)}", ""]
    lines += [md(f"{reader(live.view)}, as of {format_date(live.today)}."), ""]
    if head := _KEYS.sub("", view.head(live)):
        lines += [md(head), ""]
    lines += _parts(live, table)
    if (legend := view.legend(live)) and not names_key(legend):  # paper has no keys
        lines += ["", md(f"{legend}.")]
    account = live.view.account.id
    return Exported(signed(_joined(lines), account, live.audience), {}, account)


def written_list(title: str, told: str, table: Table, audience: str) -> Exported:
    """Return a table over all accounts as a document: its title, for whom and of when it is, its parts."""
    lines = [f"# {md(title)}", "", md(told), "", *_parts(None, table)]
    return Exported(signed(_joined(lines), LIBRARY, audience), {}, LIBRARY)


def _joined(lines: Sequence[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip()


def written_name(live: LivePlan, view: View) -> str:
    """Return what the file is called when nobody says otherwise."""
    parts = (live.view.account.name, view.title, reader_slug(live.view))
    return f"{'-'.join(map(slug, parts))}.md"


def _parts(live: LivePlan | None, table: Table) -> Iterator[str]:
    if not table.rows:
        yield md(table.empty)
    for part in parts_of(table.rows):
        heading = part[0] if part[0].picks else None
        if heading:
            yield from ("", f"## {md(_KEYS.sub('', heading.heading))}", "")
        yield from _lines(live, table, part[1:] if heading else part)


def _lines(live: LivePlan | None, table: Table, rows: Sequence[Row]) -> Iterator[str]:
    """Yield rows as items of a list where they are sentences, else as rows of a table."""
    heads = [col.heading for col in table.cols]
    is_in_table = False
    for row in rows:
        if row.note or row.heading:
            yield from ("", md(_KEYS.sub("", row.heading)), "")
            is_in_table = False
        elif row.wide or len(table.cols) == 1:
            yield from ([""] if is_in_table else [])
            is_in_table = False
            yield f"- {md(row.cells[0].text.strip())}"
        else:
            if not is_in_table:
                yield from ("", _row(md(head) for head in heads), _row("---" for _ in heads))
            is_in_table = True
            yield _row(md(text) for text in words_of(live, table, row))


def _row(cells: Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |"
