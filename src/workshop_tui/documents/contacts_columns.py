"""Which column of a contacts file holds what: header names of CRM exports, or what a person says."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Final

from msgspec import Struct

from workshop_tui.documents.errors import DocumentError, quoted
from workshop_tui.domain.base.text import fold

IGNORE: Final = "ignore"
"""What a column is mapped to that would be read otherwise."""

ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "name": (
        *("Full Name", "Name", "Contact Name", "Contact: Full Name", "Contact", "Display Name", "Person"),
        *("Person - Name", "Employee Name", "Worker", "Vollständiger Name", "Anzeigename", "Ansprechpartner"),
        *("Nom complet", "Nom", "Nombre completo", "Nombre", "Volledige naam", "Naam", "Contactpersoon"),
    ),
    "first": (
        *("First Name", "Given Name", "Forename", "Person - First name", "Vorname", "Prénom"),
        *("Nombre de pila", "Primer nombre", "Voornaam"),
    ),
    "middle": (
        *("Middle Name", "Additional Name", "Weitere Vornamen", "Zweiter Vorname", "Deuxième prénom"),
        *("Segundo nombre", "Tussenvoegsel"),
    ),
    "last": (
        *("Last Name", "Surname", "Family Name", "Person - Last name", "Nachname", "Familienname", "Zuname"),
        *("Nom de famille", "Apellidos", "Apellido", "Achternaam"),
    ),
    "suffix": ("Name Suffix", "Suffix", "Namenszusatz", "Suffixe", "Sufijo", "Achtervoegsel"),
    "title": (
        *("Job Title", "Title", "Position", "Business Title", "Position Title", "Organization Title"),
        *("Organization 1 - Title", "Person - Job title", "Person - Title", "Role", "Funktion", "Stelle"),
        *("Stellenbezeichnung", "Berufsbezeichnung", "Fonction", "Poste", "Intitulé du poste", "Cargo"),
        *("Puesto", "Functie", "Functietitel", "Titel", "Titre"),
    ),  # Outlook's «Title» is Mr or Ms
    "email": (
        *("Email", "Email Address", "Primary Email", "Work Email", "Business Email"),
        *("Email Address 1", "Email 1", "E-mail 1 - Value", "Person - Email - Work", "E-Mail-Adresse"),
        *("Adresse e-mail", "Courriel", "Correo electrónico", "Correo", "E-mailadres", "Mail"),
        *("Secondary Email", "Additional Email Addresses", "hs_additional_emails", "Other Email"),
        *("Person - Email", "Person - Email - Other", "Person - Email - Home", "Home Email"),
        *("Personal Email", "User Principal Name"),
        *(
            form.format(n)
            for n in range(2, 6)
            for form in ("Email {}", "Email {} Address", "Email Address {}")
        ),
        *(f"E-mail {n} - Value" for n in range(2, 6)),
    ),
    "manager": (
        *("Reports To", "ReportsTo.Name", "Reports To: Full Name", "Reporting To", "Manager", "Manager Name"),
        *("Manager's Name", "Line Manager", "Supervisor", "Supervisor Name", "Boss", "ReportsTo.Email"),
        *("Manager Email", "Vorgesetzter", "Vorgesetzte", "Führungskraft"),
        *("Name des/der Vorgesetzten", "Berichtet an", "Responsable", "Supérieur", "Supérieur hiérarchique"),
        *("N+1", "Jefe", "Reporta a", "Jefe directo", "Leidinggevende", "Rapporteert aan"),
    ),
    "manager_id": (
        *("ReportsToId", "Reporting To.id", "Manager ID", "Supervisor ID"),
        *("Parent ID", "Manager Employee ID", "Manager Employee Number", "Vorgesetzten-ID"),
    ),
    "id": (
        *("Contact ID", "Record ID", "(Do Not Modify) Contact", "Id", "Record ID - Contact", "Person - ID"),
        *("Employee ID", "Employee Number", "Worker ID", "hs_object_id", "Personalnummer"),
        *("Mitarbeiternummer", "Distinguished Name"),
    ),
    "unit": (
        *("Department", "Organization Department", "Organization 1 - Department", "Business Unit", "Unit"),
        *("Abteilung", "Bereich", "Département", "Departamento", "Afdeling"),
    ),
    "note": (
        *("Note", "Notes", "Comment", "Comments", "Person - Notes", "Notiz", "Notizen", "Bemerkung"),
        *("Bemerkungen", "Remarque", "Remarques", "Nota", "Notas", "Notitie", "Notities", "Opmerkingen"),
    ),
    "deleted": ("Is Deleted", "Deleted"),
    "role": (
        *("Buying Role", "Buyer Role", "Decision Role", "Role in Decision", "Role in the Decision", "Role"),
        *(
            "Buying Center Role",
            "Buying Centre Role",
            "Stakeholder Role",
            "Kaufrolle",
            "Rolle",
            "Rol",
            "Rôle",
        ),
    ),
    "style": ("Social Style", "Style", "Personality", "Stil"),
    "influence": ("Influence", "Influence Level", "Power", "Einfluss", "Influencia", "Invloed"),
    "interest": ("Interest", "Interest Level", "Interesse", "Intérêt", "Interés", "Belang"),
    "sentiment": (
        *(
            "Sentiment",
            "Attitude",
            "Stance",
            "Disposition",
            "Support",
            "Sentiment, alliance",
            "Alliance Sentiment",
            "Position to Us",
            "Haltung",
            "Stimmung",
        ),
        *("Einstellung", "Actitud", "Houding"),
    ),
    "owner": (
        *("Owner", "Relationship Owner", "Our Owner", "Owner (ours)", "Our Contact", "Relationship Lead"),
        *("Betreuer", "Verantwortlich", "Beziehungseigner"),
    ),
    "met": (
        *("Last Touch", "Last Contact", "Last Contacted", "Last Met", "Last Meeting", "Last Met On"),
        *("Last Interaction", "Letzter Kontakt", "Dernier contact", "Último contacto", "Laatste contact"),
    ),
}
"""Field → header names, the best first; compared by letters and digits alone.

From the exports of Salesforce (reports, and the API names of Data Loader and Data Export), HubSpot
(labels and internal names), Dynamics 365 (views exported to Excel, and Dataverse's logical names),
Pipedrive, Zoho, LinkedIn, Google (before and since 2024), Outlook, Thunderbird and Active Directory, and
plain German, French, Spanish and Dutch. `id` tells people apart and finds a manager who is named by it.
"""

TITLES: Final[Mapping[str, str]] = {
    "name": "Name",
    "first": "First name",
    "middle": "Middle name",
    "last": "Last name",
    "suffix": "Behind the name",
    "title": "Title",
    "email": "Email",
    "manager": "Manager",
    "manager_id": "Manager's id",
    "id": "Id",
    "unit": "Unit",
    "note": "Note",
    "deleted": "Marked as deleted",
    "role": "Buying role",
    "style": "Social style",
    "influence": "Influence",
    "interest": "Interest",
    "sentiment": "Sentiment",
    "owner": "Owner of ours",
    "met": "Last contact",
}
"""Field → what it is called on the screen."""

_NAMES: Final = ("name", "first", "last")
SEVERAL: Final = frozenset({"email", "owner"})
"""Fields that are read from all their columns; others from those of the best header only."""
_BESIDE_FIRM: Final = frozenset({"owner", "at", "of", "in", "our", "the", "relationship", "betreuer", "bei"})
_FEWEST, _MOST_SHORT = 2, 4
"""Letters of what a firm's name is shortened to."""
_SHOWN = 12
_NUMBERED = re.compile(r"(.*)#([1-9]\d?)", re.DOTALL)


class Columns(Struct, frozen=True):
    """Where each field is read from; the first column that is filled counts."""

    places: Mapping[str, tuple[int, ...]]
    unused: tuple[int, ...]
    """Columns that aren't read, without those that were said to be ignored."""


def plain(header: str) -> str:
    """Return a header's letters and digits, so that «First Name», first_name and FirstName are one."""
    return "".join(sign for sign in fold(header) if sign.isalnum())


_PLAIN: Final = {field: tuple(map(plain, aliases)) for field, aliases in ALIASES.items()}
KNOWN: Final = frozenset(chain.from_iterable(_PLAIN.values()))
OF_NAMES: Final = frozenset(chain.from_iterable(_PLAIN[field] for field in _NAMES))
"""The headings of columns with names; a file needs one of them."""


def mapping(texts: Iterable[str]) -> dict[str, str]:
    """Return column → field of texts such as «Boss=manager».

    Raises DocumentError for one that maps nothing, and for a column that is mapped twice.
    """
    said: dict[str, str] = {}
    for text in texts:
        column, sign, field = map(str.strip, text.rpartition("="))
        if not (sign and column and field):
            raise DocumentError(
                f"{quoted(text.strip())} maps nothing: write COLUMN=FIELD, as in Boss=manager."
            )
        if column in said:
            raise DocumentError(f"{quoted(column)} is mapped twice: choose one field.")
        said[column] = field.casefold()
    return said


def labels(headers: Sequence[str]) -> tuple[str, ...]:
    """Return what each column is called in a message: those that are called alike are numbered."""
    twice = {key for key, count in Counter(map(plain, headers)).items() if count > 1}
    seen: Counter[str] = Counter()
    found = []
    for place, header in enumerate(headers, 1):
        key = plain(header)
        seen[key] += 1
        number = f"#{seen[key]}" if key in twice else ""
        found.append(f"«{header}{number}»" if header else f"column {place} (no heading)")
    return tuple(found)


def column_keys(headers: Sequence[str]) -> tuple[str, ...]:
    """Return what each column is called in a mapping: alone where it is, else as the how manieth."""
    counts = Counter(map(plain, headers))
    seen: Counter[str] = Counter()
    found = []
    for header in headers:
        key = plain(header)
        seen[key] += 1
        found.append(header if key and counts[key] == 1 else f"{header}#{seen[key]}")
    return tuple(found)


def columns(
    headers: Sequence[str],
    said: Mapping[str, str] | None = None,
    *,
    needs_names: bool = True,
    firms: Collection[Sequence[str]] = (),
) -> Columns:
    """Return what is read from where; `said` (column → field, or `ignore`) goes before what is known.

    `firms` are what each of ours is called: a column may hold the owners of one of them alone.
    Of columns that are called alike, `said` names the second by «Email#2». Raises DocumentError when a
    column named isn't there or could be several, or, if that is needed, none holds a name.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for place, header in enumerate(headers):
        places[plain(header)].append(place)
    found: dict[str, tuple[int, ...]] = {}
    taken: set[int] = set()
    for column, field in (said or {}).items():
        place = _only(headers, places, column)
        _check(field, found)
        if place in taken:
            raise DocumentError(f"{quoted(column)} is mapped twice: choose one field.")
        taken.add(place)
        if field != IGNORE:
            found[field] = (*found.get(field, ()), place)
    of_firms = tuple(p for p, head in enumerate(headers) if p not in taken and _is_of_a_firm(head, firms))
    for field in [field for field in ALIASES if field not in found]:
        known = (tuple(p for p in places.get(a, ()) if p not in taken) for a in _PLAIN[field])
        by_alias = [each for each in known if each]
        if by_alias:
            found[field] = sum(by_alias, ()) if field in SEVERAL else by_alias[0]
            taken.update(found[field])
    found["owner"] = (*found.get("owner", ()), *(place for place in of_firms if place not in taken))
    if not found["owner"]:
        del found["owner"]
    if needs_names and found.keys().isdisjoint(_NAMES):
        raise DocumentError(
            f"No column is known to hold names: map the one that does, COLUMN=name; {_listed(headers)}."
        )
    taken.update(*found.values())
    return Columns(found, tuple(place for place in range(len(headers)) if place not in taken))


def _is_of_a_firm(header: str, firms: Collection[Sequence[str]]) -> bool:
    """Whether a column holds the owners of one firm, as «Owner at Lindhaus», «ps owner» and «LH owner» do."""
    words = [word for word in re.findall(r"\w+", fold(header)) if word not in _BESIDE_FIRM]
    if len(words) == len(re.findall(r"\w+", fold(header))) or not words:
        return False
    said = "".join(words)
    if any(said == plain(name) for names in firms for name in names):
        return True
    near = [names for names in firms if any(_is_short_for(said, plain(name)) for name in names)]
    return len(near) == 1


def _is_short_for(said: str, name: str) -> bool:
    """Whether letters may be short for a name: they begin as it does, and stand in it in their order."""
    rest = iter(name)
    return _FEWEST <= len(said) <= _MOST_SHORT and said[0] == name[:1] and all(sign in rest for sign in said)


def _only(headers: Sequence[str], places: Mapping[str, list[int]], column: str) -> int:
    found = places.get(plain(column), [])
    if not found and (numbered := _NUMBERED.fullmatch(column)):
        found = places.get(plain(numbered[1]), [])[int(numbered[2]) - 1 :][:1]
    if not found:
        raise DocumentError(f"There is no column {quoted(column)}: {_listed(headers)}.")
    if len(found) > 1:
        header = headers[found[0]]
        raise DocumentError(
            f"{len(found)} columns are called {quoted(header)}: say which, as in {quoted(f'{header}#2')}."
        )
    return found[0]


def _check(field: str, found: Mapping[str, object]) -> None:
    if field not in {*ALIASES, IGNORE}:
        raise DocumentError(
            f"{quoted(field)} is no field of a contact: use {', '.join(ALIASES)} or {IGNORE}."
        )
    if field in found and field not in SEVERAL:
        raise DocumentError(f"Two columns are mapped to {field}: choose one.")


def _listed(headers: Sequence[str]) -> str:
    named = [quoted(header) for header in headers if header]
    more = f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
    return f"the columns are {', '.join(named[:_SHOWN])}{more}"
