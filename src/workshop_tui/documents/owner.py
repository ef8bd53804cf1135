"""The actions of one owner: who is meant by a name, and the plan with theirs alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from workshop_tui.documents.errors import DocumentError, quoted
from workshop_tui.domain.base.text import fold, nearest, one_of
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan, display_name
from workshop_tui.domain.rules.action_lanes import NOBODY, is_called

NOBODYS: Final = "nobody"
"""Stands for the actions that nobody owns."""
_MOST_NAMED: Final = 10


def owner_named(view: AccountPlan, typed: str) -> str:
    """Return the id of whoever is meant by a name, the beginning of one, or an id; `NOBODYS` for nobody.

    Raises:
        DocumentError: the audience sees nobody of that name, or several.
    """
    wanted, names = fold(typed.strip()), people(view)
    if wanted == fold(NOBODY):
        return NOBODYS
    exact = [person for person, name in names.items() if wanted in {fold(person), fold(name)}]
    found = exact or [person for person, name in names.items() if wanted and is_called(name, typed)]
    if len(found) == 1:
        return found[0]
    if found:
        those = one_of(sorted({names[person] for person in found})[:_MOST_NAMED])
        raise DocumentError(f"{quoted(typed)} could be several people: use {those}.")
    near = nearest(typed, names.values()) or one_of([*_owners(view, names)[:_MOST_NAMED], NOBODY])
    raise DocumentError(f"There is nobody called {quoted(typed)}: use {near}.")


def people(view: AccountPlan) -> Mapping[str, str]:
    """Return everybody whom an audience sees, ours first: id → name."""
    rows = (*view.all(Member), *view.all(Stakeholder))
    return {row.id: display_name(view, row) for row in reversed(rows)}


def _owners(view: AccountPlan, names: Mapping[str, str]) -> list[str]:
    """Return who owns an action, by name; everybody where nobody does."""
    owners = {row.owner for row in view.all(Action)} & set(names)
    return sorted(names[person] for person in owners or names if person)


def only_of(view: AccountPlan, owner: str) -> tuple[AccountPlan, str]:
    """Return a plan with the actions of one owner alone, and whose these are in a sentence.

    Empty for everybody's: then it is the plan as it is.

    Raises:
        DocumentError: whoever it is isn't for this audience.
    """
    if not owner:
        return view, ""
    if owner != NOBODYS and view.person(owner) is None:
        raise DocumentError("This audience doesn't see whose actions these are: choose another owner.")
    held = None if owner == NOBODYS else owner
    kept = {row.key: row for row in view.all(Action) if row.owner == held}
    return AccountPlan({**view.rows, Action: kept}, view.audience), told(view, owner)


def told(view: AccountPlan, owner: str) -> str:
    """Say whose actions alone a document has."""
    if owner == NOBODYS:
        return "Only the actions that nobody owns."
    person = view.person(owner)
    return f"Only the actions of {display_name(view, person) if person else NOBODY}."
