"""What a cell shows and how it changes: worked out from the field it stands for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, get_args, get_origin

from pydantic import ValidationError

from workshop_tui.domain.audience import shows
from workshop_tui.domain.dates import DateError, format_date, parse_date
from workshop_tui.domain.entity import (
    MULTILINE,
    Entity,
    Json,
    Key,
    explain,
    marks,
    optional,
    references,
    title_of,
    value_type,
)
from workshop_tui.domain.plan import KIND, AccountPlan, audiences, called, rank_after
from workshop_tui.domain.step import Add, Changes, Refused, removal, set_field
from workshop_tui.domain.words import CUSTOMER, Sentiment, Word
from workshop_tui.tui.grid import TICK, Cell, Choice, Col, Edit

MISSING = "·"
WHEEL = "○◔◑◕●"


def shown(view: AccountPlan, kind: type[Entity], name: str, value: object, *, sign: bool = False) -> str:
    """Return a field's value as people read it; empty when there is none."""
    target = references(kind).get(name)
    if value is None or value == "":
        return ""
    if target:
        return view.name_of(KIND[target], str(value))
    if name == "visibility":
        return _audience_name(view, str(value))
    return _plain_words(value, sign=sign)


def _plain_words(value: object, *, sign: bool) -> str:
    match value:
        case bool():
            return TICK if value else "–"
        case Sentiment():
            return value.sign if sign else f"{value.sign.strip()} {value.label}"
        case Word():
            return value.sign if sign and value.sign else value.label
        case dt.date():
            return format_date(value)
        case float():
            return f"{value:g}"
        case _:
            return str(value)


def _audience_name(view: AccountPlan, audience: str) -> str:
    return next((party.short for party in view.partners if party.id == audience), audience)


def cell(view: AccountPlan, row: Entity, col: Col, today: dt.date) -> Cell:
    """Return what a column shows for a row, and how it is changed there."""
    holder = view.get(col.kind, *col.key(row)) if col.key else row
    if col.is_tick:
        return Cell(TICK if holder else "–", "good" if holder else "muted", _tick(view, row, col))
    value = getattr(holder, col.name) if holder else None
    if value is None and holder is None:
        value = _default(col)
    text = shown(view, col.kind, col.name, value, sign=col.sign)
    tone = _tone(value) if text else ("warn" if col.asked else "muted")
    return Cell(text or ("?" if col.asked else MISSING), tone, edit_of(view, row, col, today))


def _tick(view: AccountPlan, row: Entity, col: Col) -> Edit:
    """Return how a row that is there or not is put in or taken out."""
    key = col.key(row) if col.key else row.key

    def build(plan: AccountPlan, _new: Json) -> Changes:
        there = plan.get(col.kind, *key)
        return removal(plan, there) if there else upsert(plan, col.kind, key, {})

    title = f"{col.heading} · {called(view, row)}"
    return Edit(title, f"{col.kind.__name__}/{'/'.join(key)}", "", build, toggles=True)


def _default(col: Col) -> object:
    """Return what a field of a row that isn't there yet is taken to be; False for ticks."""
    return False if value_type(col.kind, col.name) is bool else None


def _tone(value: object) -> str:
    if isinstance(value, Sentiment):
        return "good" if value > 0 else "bad" if value < 0 else ""
    return "good" if value is True else ""


def edit_of(view: AccountPlan, row: Entity, col: Col, today: dt.date) -> Edit:
    """Return how a column's field of a row is changed, by the type of the field."""
    key = col.key(row) if col.key else row.key
    holder = view.get(col.kind, *key)
    value = holder.plain()[col.name] if holder else None
    choices = choices_of(view, col.kind, col.name)
    kind = value_type(col.kind, col.name)

    def build(plan: AccountPlan, new: Json) -> Changes:
        typed = typed_value(col.kind, col.name, new, today)
        if col.build:
            return col.build(plan, row, typed)
        return upsert(plan, col.kind, key, {col.name: typed})

    return Edit(
        title=f"{col.heading} · {called(view, row)}",
        place=f"{col.kind.__name__}/{'/'.join(key)}/{col.name}",
        text=_typed_text(value, choices),
        build=build,
        choices=choices,
        hint=_hint(col.kind, col.name, today),
        multiline=MULTILINE in marks(col.kind, col.name),
        toggles=kind is bool,
    )


def _typed_text(value: Json, choices: tuple[Choice, ...]) -> str:
    if choices:
        return next((choice.text for choice in choices if choice.value == value), "")
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)


def choices_of(view: AccountPlan, kind: type[Entity], name: str) -> tuple[Choice, ...]:
    """Return the values a field can have when they are few; () when any text will do."""
    values = tuple(_choices(view, kind, name))
    return (
        (*values, Choice(None, "none" if name != "value" else "unknown", "?"))
        if values and optional(kind, name)
        else values
    )


def _choices(view: AccountPlan, kind: type[Entity], name: str) -> Iterable[Choice]:
    target, annotation = references(kind).get(name), value_type(kind, name)
    if target:
        return [
            Choice(row.key[0], called(view, row), meaning=_beside(view, row))
            for row in _targets(view, target)
        ]
    if name in {"visibility", "audience"}:
        return [
            Choice(a, _audience_name(view, a), _audience_name(view, a)[:1].lower()) for a in audiences(view)
        ]
    if annotation is Sentiment:
        return [
            Choice(int(s), s.label, key, s.sign) for s, key in zip(reversed(Sentiment), "210-x", strict=True)
        ]
    if isinstance(annotation, type) and issubclass(annotation, Word):
        return _words(list(annotation))
    return _numbers(kind, name)


def _numbers(kind: type[Entity], name: str) -> list[Choice]:
    annotation, bounds = value_type(kind, name), _bounds(kind, name)
    if get_origin(annotation) is Literal:
        return [Choice(n, f"{WHEEL[at]} {n}", str(at)) for at, n in enumerate(get_args(annotation))]
    if annotation is int and bounds and bounds[1] <= 5:  # noqa: PLR2004 - one digit each
        return [Choice(n, str(n), str(n)) for n in range(bounds[0], bounds[1] + 1)]
    return []


def _targets(view: AccountPlan, target: str) -> Iterable[Entity]:
    return view.partners if target == "Party" else view.all(KIND[target])


def _beside(view: AccountPlan, row: Entity) -> str:
    """Return what tells people of one name apart: their firm or title."""
    party = getattr(row, "party", None)
    return _audience_name(view, party) if party else str(getattr(row, "title", "") or "")


def _words(words: list[Word]) -> list[Choice]:
    """Return each word with the first of its letters that no word before it took."""
    taken: set[str] = set()
    choices = []
    for word in words:
        letters = [word.sign.lower(), *word.label]
        key = next((c for c in letters if len(c) == 1 and c.isascii() and c.isalnum() and c not in taken), "")
        taken.add(key)
        choices.append(Choice(word.value, word.label, key, word.meaning))
    return choices


def _bounds(kind: type[Entity], name: str) -> tuple[int, int] | None:
    limits = {type(mark).__name__: mark for mark in marks(kind, name)}
    if "Ge" in limits and "Le" in limits:
        return limits["Ge"].ge, limits["Le"].le
    return None


def typed_value(kind: type[Entity], name: str, new: Json, today: dt.date) -> Json:
    """Return what was typed as the JSON value of the field; raises Refused with a sentence."""
    annotation = value_type(kind, name)
    if isinstance(new, str) and not new.strip() and optional(kind, name):
        return None
    if annotation is dt.date and isinstance(new, str):
        try:
            return parse_date(new, today).isoformat()
        except DateError as error:
            raise Refused(str(error)) from None
    if annotation in {int, float} and isinstance(new, str):
        return _number(kind, name, new)
    return new


def _number(kind: type[Entity], name: str, text: str) -> Json:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        raise Refused(f"{title_of(kind, name)} is a number: «{text[:20]}» is none.") from None
    return int(number) if value_type(kind, name) is int else number


def _hint(kind: type[Entity], name: str, today: dt.date) -> Callable[[str], str] | None:
    if value_type(kind, name) is not dt.date:
        return None

    def tell(text: str) -> str:
        value = typed_value(kind, name, text, today)
        return (
            f"{dt.date.fromisoformat(str(value)):%a} {format_date(dt.date.fromisoformat(str(value)))}"
            if value
            else ""
        )

    return tell


def upsert(plan: AccountPlan, kind: type[Entity], key: Key, values: Mapping[str, Json]) -> Changes:
    """Return the changes that give a row these values, adding the row if it isn't there."""
    row = plan.get(kind, *key)
    if row is None:
        return (Add(made(kind, {**dict(zip(kind.KEY, key, strict=True)), **values})),)
    return tuple(change for name, value in values.items() for change in set_field(row, name, value))


def made(kind: type[Entity], values: Mapping[str, Json]) -> Entity:
    """Make a row, or raise Refused with a sentence."""
    try:
        return kind.model_validate(dict(values))
    except ValidationError as error:
        raise Refused(explain(error, kind)) from None


def new_row(  # noqa: PLR0913 - each says another thing about the row
    kind: type[Entity],
    name: str,
    row_id: str,
    audience: str,
    given: Mapping[str, Json],
    *,
    title: str = "",
    choices: tuple[Choice, ...] = (),
) -> Edit:
    """Return the edit that makes a new row out of what is typed for its first field.

    The row comes in with the first character and goes out again when all is deleted, so that every
    stroke is saved. Under the customer audience a new row is the customer's.
    """

    def build(plan: AccountPlan, new: Json) -> Changes:
        there = plan.get(kind, row_id)
        if new in {"", None}:
            return removal(plan, there) if there else ()
        if there:
            return set_field(there, name, new)
        shared = (
            {"visibility": CUSTOMER} if audience == CUSTOMER and "visibility" in kind.model_fields else {}
        )
        rank = rank_after(plan.all(kind))
        return (Add(made(kind, {"id": row_id, "rank": rank, name: new, **given, **shared})),)

    return Edit(
        title=title or f"New {kind.LABEL}",
        place=f"{kind.__name__}/new/{name}",
        text="",
        build=build,
        choices=choices,
        multiline=MULTILINE in marks(kind, name),
        again=not choices,
        makes=f"{kind.__name__}/{row_id}",
    )


def visible_cols(cols: Iterable[Col], audience: str) -> tuple[Col, ...]:
    """Return the columns this audience may see."""
    return tuple(col for col in cols if shows(col.kind, col.name, audience))
