"""What is asked before rows are removed: by their names, with all that goes with them. No widgets."""

from __future__ import annotations

from collections.abc import Sequence

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.value import Option
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Remove, removal, target
from workshop_tui.views.text_layout import fit

_NAMED = 40
"""Cells of the name of what goes, or goes with a row."""
_LISTED = 6
"""Rows of many that are named."""


def called(view: AccountPlan, rows: Sequence[Entity]) -> tuple[str, str]:
    """Return what is removed, and by which word it is meant after that."""
    first, *others = rows
    if others:
        return f"the {len(rows)} marked", "them"
    name = view.name_of(type(first), *first.key)
    if not first.NAME_FIELD:
        return f"the {first.VERBOSE_NAME} of {name}", "it"
    return name, "them" if isinstance(first, (Stakeholder, Member)) else "it"


def question(view: AccountPlan, rows: Sequence[Entity], undo: str) -> str:
    """Return what has to be asked before rows go out; "" where one goes by itself.

    Several are named, as they needn't be the ones in view. `undo` is the key that brings all back.
    """
    name, about = called(view, rows)
    goes = [more for more in (_dots(rows), _others(view, rows, about)) if more]
    if not goes and len(rows) == 1:
        return ""
    name = f"«{name}»" if _dots(rows) and len(rows) == 1 else name
    asked = f"Remove {' and '.join([name, *goes])}? {undo} brings all back."
    return f"{asked}\n\n{_list_of(view, rows)}" if len(rows) > 1 else asked


def _list_of(view: AccountPlan, rows: Sequence[Entity]) -> str:
    """Name rows, one a line: the first of many, and how many more there are."""
    names = [one_line(view.name_of(type(row), *row.key)) for row in rows[:_LISTED]]
    more = [f"… and {len(rows) - _LISTED} more"] if rows[_LISTED:] else []
    return "\n".join([*(f"«{fit(name, _NAMED).rstrip()}»" for name in names), *more])


def _dots(rows: Sequence[Entity]) -> str:
    """Tell of the dots that the room gave to options."""
    dots = sum(row.votes or 0 for row in rows if isinstance(row, Option))
    whose = "its" if len(rows) == 1 else "their"
    return f"{whose} {dots} dot{'s' * (dots > 1)}" if dots else ""


def _others(view: AccountPlan, rows: Sequence[Entity], about: str) -> str:
    """Tell of the rows that go out, or change, with these: a single one by its name."""
    keys = {(type(row), row.key) for row in rows}
    others = [change for change in removal(view, *rows) if target(change) not in keys]
    if len(others) != 1:
        return f"{len(others)} entries about {about}" if others else ""
    (change,) = others
    kind, key = target(change)
    if not kind.NAME_FIELD:
        return f"1 entry about {about}"
    named = f"the {kind.VERBOSE_NAME} «{fit(one_line(view.name_of(kind, *key)), _NAMED).rstrip()}»"
    return named if isinstance(change, Remove) else f"the tie to {named}"
