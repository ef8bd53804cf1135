"""Which column of a contacts file holds what: header names of CRM exports, or what a person says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from workshop_tui.documents.errors import DocumentError, quoted
from workshop_tui.domain.text import fold

IGNORE: Final = "ignore"
"""What a column is mapped to that would be read otherwise."""

ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("Full Name", "Name", "Contact Name", "Contact: Full Name", "Contact", "Display Name", "Person"),
    "first": ("First Name", "Given Name", "Forename"),
    "last": ("Last Name", "Surname", "Family Name"),
    "title": ("Job Title", "Title", "Position"),  # Outlook's «Title» is Mr or Ms
    "email": ("Email", "Email Address", "Primary Email", "Work Email", "EMailAddress1", "Email Address 1"),
    "manager": (
        *("Reports To", "ReportsTo.Name", "Reports To: Full Name", "Manager", "Manager Name"),
        *("Manager's Name", "Line Manager", "Supervisor", "ReportsTo.Email", "Manager Email", "ReportsToId"),
    ),
    "id": ("Contact ID", "Record ID", "(Do Not Modify) Contact", "Id"),
}
"""Field → header names, the best first; compared by letters and digits alone.

From the exports of Salesforce (reports, and the API names of Data Loader and Data Export), HubSpot
(labels and internal names), Dynamics 365 (views exported to Excel, and Dataverse's logical names) and
Outlook. `id` serves to find a manager who is named by it.
"""

_SHOWN = 12


def plain(header: str) -> str:
    """Return a header's letters and digits, so that «First Name», first_name and FirstName are one."""
    return "".join(sign for sign in fold(header) if sign.isalnum())


KNOWN: Final = frozenset(plain(alias) for aliases in ALIASES.values() for alias in aliases)


def columns(headers: Sequence[str], said: Mapping[str, str] | None = None) -> dict[str, int]:
    """Return field → index of its column; `said` (column → field, or `ignore`) goes before what is known.

    Raises DocumentError when a column named isn't there or stands twice, or none holds a name.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for place, header in enumerate(headers):
        places[plain(header)].append(place)
    found: dict[str, int] = {}
    taken: set[int] = set()
    for column, field in (said or {}).items():
        place = _only(headers, places, column)
        _check(field, found)
        taken.add(place)
        if field != IGNORE:
            found[field] = place
    for field in ALIASES.keys() - found.keys():
        known = (_only(headers, places, alias) for alias in ALIASES[field] if plain(alias) in places)
        place = next((each for each in known if each not in taken), -1)
        if place >= 0:
            found[field] = place
    if found.keys().isdisjoint({"name", "first", "last"}):
        raise DocumentError(
            f"No column is known to hold names: map the one that does, COLUMN=name; {_listed(headers)}."
        )
    return found


def _only(headers: Sequence[str], places: Mapping[str, list[int]], column: str) -> int:
    found = places.get(plain(column), [])
    if not found:
        raise DocumentError(f"There is no column {quoted(column)}: {_listed(headers)}.")
    if len(found) > 1:
        raise DocumentError(
            f"{len(found)} columns are called {quoted(headers[found[0]])}: rename those that don't count."
        )
    return found[0]


def _check(field: str, found: Mapping[str, int]) -> None:
    if field not in {*ALIASES, IGNORE}:
        raise DocumentError(
            f"{quoted(field)} is no field of a contact: use {', '.join(ALIASES)} or {IGNORE}."
        )
    if field in found:
        raise DocumentError(f"Two columns are mapped to {field}: choose one.")


def _listed(headers: Sequence[str]) -> str:
    named = [quoted(header) for header in headers if header]
    more = f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
    return f"the columns are {', '.join(named[:_SHOWN])}{more}"
