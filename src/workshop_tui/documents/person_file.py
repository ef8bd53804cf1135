"""All that is held about a person as a file for them: Markdown to read, or JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from msgspec import Struct

from workshop_tui.documents.markdown import md
from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Entity, referents, title_of, value_type
from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.base.vocabulary import LabeledEnum
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.plan.plan import AccountPlan, display_name
from workshop_tui.domain.rules.person_held import Mention, PersonHeld

_UNTOLD = {"id", "rank", "visibility"}
"""Fields that say nothing about anybody."""


class AccountHolding(Struct, frozen=True):
    """What one account holds about a person, and where more of it is kept."""

    plan: AccountPlan
    held: PersonHeld
    also: tuple[str, ...] = ()
    """Where else they stand, each in a few words, as in «12 changes in the journal»."""


def person_json(holdings: Iterable[AccountHolding]) -> list[dict[str, Any]]:
    """Return what is held as JSON values: whole rows, as an export has them."""
    return [
        {
            "account": each.plan.account.name,
            "person": {"kind": type(each.held.row).__name__, **each.held.row.plain()},
            "rows": [{"kind": type(row).__name__, **row.plain()} for row in each.held.about],
            "mentions": [_mention(one) for one in each.held.mentions],
            "also": list(each.also),
        }
        for each in holdings
    ]


def _mention(one: Mention) -> dict[str, Any]:
    row = {"kind": type(one.row).__name__, "key": list(one.row.key)}
    return {**row, "field": one.name, "sentence": one.sentence}


def person_markdown(name: str, holdings: Iterable[AccountHolding], on: dt.date) -> str:
    """Return what is held as a page of Markdown."""
    lines = [f"# All that is held about {md(name)}", "", f"As of {format_date(on)}."]
    for each in holdings:
        lines += ["", f"## {md(each.plan.account.name)}", *_account(each)]
    return "\n".join(lines) + "\n"


def _account(holding: AccountHolding) -> Iterator[str]:
    plan, held = holding.plan, holding.held
    yield from ("", *(f"- {title}: {md(text)}" for title, text in _facts(plan, held.row)))
    for noun, rows in groupby(held.about, key=lambda row: row.VERBOSE_NAME):
        yield from ("", f"### {noun[:1].upper()}{noun[1:]}", "")
        for row in rows:
            told = "; ".join(f"{title}: {text}" for title, text in _facts(plan, row))
            yield f"- {md(told or display_name(plan, row))}"
    if held.mentions:
        yield from ("", "### Named in", "")
        for one in held.mentions:
            where = f"{type(one.row).VERBOSE_NAME}, {title_of(type(one.row), one.name)}"
            yield f"- {md(f'{where}: «{one.sentence}»')}"
    if holding.also:
        yield from ("", f"Also in {', '.join(holding.also)}.")


def _facts(plan: AccountPlan, row: Entity) -> Iterator[tuple[str, str]]:
    """Yield what the fields of a row say, references by name."""
    kind = type(row)
    for name in kind.fields:
        value = getattr(row, name)
        if name in _UNTOLD or value is None or value == "":
            continue
        yield title_of(kind, name), one_line(_said(plan, row, name, value))


def _said(plan: AccountPlan, row: Entity, name: str, value: object) -> str:
    kind = type(row)
    if name in referents(kind):
        return plan.name_of_ref(kind, name, str(value)) or str(value)
    if name == "toward":
        return plan.name_of(Party, str(value)) or str(value)
    if isinstance(value, LabeledEnum):
        return value.label
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date) and value_type(kind, name) is dt.date:
        return format_date(value)
    return str(value)
