"""Errata: a slip of the pen in a sealed record is put right beside the seal; the record stays as it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain.base.entity import WHOLE, Entity, Key, holds_words, marks, title_of
from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.model.session import Erratum, Seal
from workshop_tui.domain.plan.audience import project, shows
from workshop_tui.domain.plan.plan import KIND, AccountPlan, audiences, display_name, rank_after
from workshop_tui.domain.plan.step import Add, Change, Refused, Remove, made, set_field

NOT_THERE = "That does not stand in the sealed record: nothing has changed."


class SealedText(Struct, frozen=True):
    """A text of a record: the field of a row, how it reads by now, and how it was sealed."""

    kind: type[Entity]
    key: Key
    name: str
    text: str
    sealed: str

    @property
    def row(self) -> str:
        """The key as an erratum keeps it."""
        return "/".join(self.key)


def texts(row: Entity) -> Iterator[str]:
    """Yield the names of the fields of a row that hold what people wrote, its own words first."""
    kind = type(row)
    names = [name for name in kind.fields if holds_words(kind, name) and WHOLE not in marks(kind, name)]
    yield from sorted(names, key=lambda name: name != kind.NAME_FIELD)


def errata_of(plan: AccountPlan, seal: str) -> tuple[Erratum, ...]:
    """Return what was put right in a seal's record, the oldest first."""
    return plan.where(Erratum, seal=seal)


def read_at(plan: AccountPlan, seal: str, row: Entity, name: str) -> SealedText:
    """Return a text of a record as it reads after what was put right in it."""
    sealed = str(getattr(row, name) or "")
    place = SealedText(type(row), row.key, name, sealed, sealed)
    errata = _errata_of_place(plan, seal, place)
    return replace(place, text=errata[-1].new) if errata else place


def _errata_of_place(plan: AccountPlan, seal: str, place: SealedText) -> tuple[Erratum, ...]:
    wanted = (place.kind.__name__, place.row, place.name)
    return tuple(one for one in errata_of(plan, seal) if (one.kind, one.row, one.name) == wanted)


def places_with(plan: AccountPlan, seal: str, record: AccountPlan, text: str) -> tuple[SealedText, ...]:
    """Return where in a record a text stands."""
    found = (read_at(plan, seal, row, name) for row in record for name in texts(row) if type(row) not in _OWN)
    return tuple(place for place in found if text in place.text)


_OWN = {Seal, Erratum}


def put_right(  # noqa: PLR0913 - what an erratum says
    plan: AccountPlan,
    seal: Seal,
    record: AccountPlan,
    place: SealedText,
    new: str,
    *,
    erratum: str,
    by: str,
    why: str,
    at: dt.datetime,
) -> tuple[Change, ...]:
    """Return the changes that put a text of a sealed record right: an erratum beside the seal.

    The plan's own row is put right too where it still says the same. An erratum is for whoever may read
    the text in the record. Where it is to read as it was sealed, what was put right is taken away.
    Raises Refused where nothing is changed, or no reason is given.
    """
    row = record.get(place.kind, *place.key)
    if row is None or place.name not in texts(row):
        raise Refused(NOT_THERE)
    if not why.strip():
        raise Refused("An erratum needs a reason: say why in a few words.")
    if not new.strip():
        raise Refused("An erratum puts words right: type how it should read.")
    values = {
        "id": erratum,
        "rank": rank_after(plan.all(Erratum)),
        "seal": seal.id,
        "kind": place.kind.__name__,
        "row": place.row,
        "name": place.name,
        "old": place.text,
        "new": new,
        "by": by,
        "why": why,
        "at": at,
        "visibility": _visibility(record, row, place.name),
    }
    right = made(Erratum, values)
    now = plan.get(place.kind, *place.key)
    goes = set_field(now, place.name, right.new) if now and _says(now, place) else ()
    if right.new == right.old:
        raise Refused("It reads so already: nothing has changed.")
    if right.new == place.sealed:
        return (*map(Remove, _errata_of_place(plan, seal.id, place)), *goes)
    return (Add(right), *goes)


def _says(row: Entity, place: SealedText) -> bool:
    return bool(getattr(row, place.name) == place.text)


def _visibility(record: AccountPlan, row: Entity, name: str) -> str:
    """Return the widest audience that reads a text in a record."""
    for audience in (CUSTOMER, ALLIANCE, *audiences(record)):
        seen = project(record, audience).get(type(row), *row.key)
        if seen and shows(type(row), name, audience) and getattr(seen, name) == getattr(row, name):
            return audience
    return ALLIANCE


def what(erratum: Erratum, view: AccountPlan) -> str:
    """Return which text an erratum puts right, as far as an audience may know: «Decision» or «title of …»."""
    kind = KIND.get(erratum.kind)
    if kind is None or erratum.name not in kind.fields:
        return erratum.kind.lower()
    row = view.get(kind, *erratum.row.split("/"))
    if erratum.name == kind.NAME_FIELD or row is None:
        return kind.VERBOSE_NAME
    return f"{title_of(kind, erratum.name).lower()} of {display_name(view, row)}"


def told(erratum: Erratum, view: AccountPlan) -> str:
    """Return an erratum in a line, without who, when and why."""
    return f"{what(erratum, view)}: «{one_line(erratum.old)}» → «{one_line(erratum.new)}»"
