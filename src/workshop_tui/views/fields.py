"""What a cell shows and how it changes: worked out from the field it stands for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from msgspec.structs import replace

from workshop_tui.domain.base.dates import Calendar, DateError, format_date, format_short, said_in_full
from workshop_tui.domain.base.entity import (
    MULTILINE,
    PAST,
    Entity,
    Json,
    Key,
    marks,
    optional,
    references,
    title_of,
    value_type,
)
from workshop_tui.domain.base.text import fold, one_line
from workshop_tui.domain.base.vocabulary import CUSTOMER, LabeledEnum, Sentiment
from workshop_tui.domain.model.account import Learnt
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.audience import shows, shows_kind
from workshop_tui.domain.plan.plan import (
    KIND,
    NEW,
    AccountPlan,
    display_name,
    draft_place,
    rank_after,
    referred_noun,
)
from workshop_tui.domain.plan.setters import ASKS, AskFirst, Asks, FieldRef, SetContext, set_value, upsert
from workshop_tui.domain.plan.step import Add, Changes, Refused, Set, Step, apply, made, removal
from workshop_tui.domain.rules.scorecard import WHEEL
from workshop_tui.views.cell import TICK, Cell, Choice, Col, Edit
from workshop_tui.views.choices import adds_of, audience_name, choices_at, choices_of, seen_by
from workshop_tui.views.row_id import RowId

MISSING = "·"
_COMMA_OR_POINT = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+")
"""Thousands to some and a fraction to others."""


def shown(view: AccountPlan, kind: type[Entity], name: str, value: object, *, sign: bool = False) -> str:
    """Return a field's value as people read it; empty when there is none."""
    target = references(kind).get(name)
    if value is None or value == "":
        return ""
    if target:
        return view.name_of_ref(kind, name, str(value))
    if name == "visibility":
        return audience_name(view, str(value))
    if name == "completion":
        return f"{WHEEL[int(str(value)) // 25]} {value}"
    return _plain_words(value, sign=sign)


def moved(view: AccountPlan, step: Step) -> str:
    """Return from what to what the one field was set that is seen of a Step; "" where there is not one."""
    sets = [c for c in step.changes if isinstance(c, Set) and shows(c.kind, c.name, view.audience)]
    if len(sets) != 1:
        return ""
    (at,) = sets
    choices = {choice.value: choice.text for choice in choices_at(view, at.kind, at.key, at.name)}
    told = (
        choices.get(value) or shown(view, at.kind, at.name, value) or MISSING for value in (at.old, at.new)
    )
    return " → ".join(told)


def _plain_words(value: object, *, sign: bool) -> str:
    match value:
        case bool():
            return TICK if value else "–"
        case Sentiment():
            return value.sign if sign else f"{value.sign.strip()} {value.label}"
        case LabeledEnum():
            return value.sign if sign and value.sign else value.label
        case dt.date():
            return format_date(value)
        case float():
            return f"{value:g}"
        case _:
            return str(value)


def cell(view: AccountPlan, row: Entity, col: Col, context: SetContext, *, lines: bool = False) -> Cell:
    """Return what a column shows for a row, and how it is changed there; with its line breaks on a card."""
    holder = view.get(col.kind, *col.key(row)) if col.key else row
    if col.is_tick:
        return Cell(TICK if holder else "–", "good" if holder else "muted", partial(_tick, view, row, col))
    value = getattr(holder, col.name) if holder else None
    if value is None and holder is None:
        value = _default(col)
    text = shown(view, col.kind, col.name, value, sign=col.sign)
    text = text if lines else one_line(text)
    if col.sign and isinstance(value, dt.date):
        text = format_short(value, context.today)
    tone = _tone(value) if text else ("warn" if col.asked else "muted")
    how = partial(edit_of, view, row, col, context) if _takes_any(view, col) else None
    return Cell(text or ("?" if col.asked else MISSING), tone, how)


def _takes_any(view: AccountPlan, col: Col) -> bool:
    """Whether a cell can hold anything before this audience: not where the customer sees none of it."""
    target = references(col.kind).get(col.name)
    if view.audience != CUSTOMER or target is None:
        return True
    can_hold = choices_of(view, col.kind, col.name) or adds_of(view, col.kind, col.name)
    return shows_kind(KIND[target], CUSTOMER) and bool(can_hold)


def _answerable(
    view: AccountPlan, choices: tuple[Choice, ...], asks: Callable[[Json], AskFirst | None]
) -> tuple[Choice, ...]:
    """Return the values before which nothing is asked that this audience may not see, as a drop's reason."""

    def may_ask(first: AskFirst | None) -> bool:
        return first is None or shows(first.field.kind, first.field.name, view.audience)

    return tuple(choice for choice in choices if may_ask(asks(choice.value)))


def _tick(view: AccountPlan, row: Entity, col: Col) -> Edit:
    """Return how a row that is there or not is put in or taken out."""
    key = col.key(row) if col.key else row.key

    def build(plan: AccountPlan, _new: Json) -> Changes:
        there = plan.get(col.kind, *key)
        return removal(plan, there) if there else upsert(plan, col.kind, key, {})

    title = f"{col.heading} · {display_name(view, row)}"
    return Edit(title, draft_place(col.kind, key, col.name), "", build, toggles=True)


def _default(col: Col) -> object:
    """Return what a field of a row that isn't there yet is taken to be; False for ticks."""
    return False if value_type(col.kind, col.name) is bool else None


def _tone(value: object) -> str:
    if isinstance(value, Sentiment):
        return "good" if value > 0 else "bad" if value < 0 else ""
    return "good" if value is True else ""


def edit_of(view: AccountPlan, row: Entity, col: Col, context: SetContext) -> Edit:
    """Return how a column's field of a row is changed, by the type of the field and its rule."""
    at = FieldRef(col.kind, col.key(row) if col.key else row.key, col.name)
    return field_edit(view, at, f"{col.heading} · {display_name(view, row)}", context)


def field_edit(view: AccountPlan, at: FieldRef, title: str, context: SetContext) -> Edit:
    """Return how a field is changed, whether or not its row is there yet."""
    kind, key, name = at
    holder, choices = view.get(kind, *key), choices_at(view, kind, key, name)
    if (kind, name) == (Learnt, "reason"):
        choices = reason_choices(view, context)
    typed_as, asks = value_type(kind, name), ASKS.get((kind, name))
    target = references(kind).get(name)
    if asks and view.audience == CUSTOMER:
        choices = _answerable(view, choices, partial(_first, asks, view, key, context))

    def build(plan: AccountPlan, new: Json) -> Changes:
        return set_value(plan, at, typed_value(kind, name, new, context.dates), context)

    was = holder.plain_value(name) if holder else None
    adds, coming = adds_of(view, kind, name, key), dict[Json, tuple[Entity, ...]]()

    def adding(typed: str) -> tuple[Choice, ...]:
        found = adds(typed) if adds else ()
        coming.update({choice.value: choice.brings for choice in found})
        return found

    def follow(new: Json) -> Edit | None:
        """Ask what has to be known first, also about whom the choice brings in."""
        there = apply(view, Step(tuple(Add(row) for row in coming.get(new, ()))))
        first = asks(there, key, new, context) if asks else None
        return asked(view, first, context) if first else None

    return Edit(
        title=title,
        place=draft_place(kind, key, name),
        sets=(kind, name),
        text=_typed_text(was, choices, chooses=bool(choices or target)),
        build=build,
        choices=choices,
        of=referred_noun(kind, name),
        adds=adding if adds else None,
        hint=_hint(kind, name, context.dates),
        whole=typed_as in {dt.date, int, float},
        multiline=MULTILINE in marks(kind, name),
        toggles=typed_as is bool,
        is_listed_only=(kind, name) == (Block, "kind"),  # by a mere letter it would become another block
        follow=follow if asks else None,
    )


def _first(asks: Asks, view: AccountPlan, key: Key, context: SetContext, new: Json) -> AskFirst | None:
    return asks(view, key, new, context)


def asked(view: AccountPlan, first: AskFirst, context: SetContext) -> Edit:
    """Return how what has to be known first is typed and taken."""
    kind, _, name = first.field

    def build(plan: AccountPlan, new: Json) -> Changes:
        return first.build(plan, typed_value(kind, name, new, context.dates))

    def follow(new: Json) -> Edit | None:
        then = first.then(new) if first.then else None
        return asked(view, then, context) if then else None

    edit = field_edit(view, first.field, first.title, context)
    then = follow if first.then else None
    return replace(edit, text=first.text, build=build, must=True, follow=then, later=first.later)


def reason_choices(view: AccountPlan, context: SetContext) -> tuple[Choice, ...]:
    """Return why an account may have come to an end: as the playbook lists it, then what was added here."""
    found = {fold(reason): reason for reason in context.reasons()}
    for lesson in view.all(Learnt):
        found.setdefault(fold(lesson.reason), lesson.reason)
    return tuple(Choice(reason, reason) for reason in found.values())


def _typed_text(value: Json, choices: tuple[Choice, ...], *, chooses: bool) -> str:
    if chooses:
        return next((choice.text for choice in choices if choice.value == value), "")
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)


def typed_value(kind: type[Entity], name: str, new: Json, dates: Calendar) -> Json:
    """Return what was typed as the JSON value of the field; raises Refused with a sentence."""
    annotation = value_type(kind, name)
    if isinstance(new, str) and not new.strip() and optional(kind, name):
        return None
    if annotation is dt.date and isinstance(new, str):
        try:
            return dates.parse(new, past=PAST in marks(kind, name)).isoformat()
        except DateError as error:
            raise Refused(str(error)) from None
    if annotation in {int, float} and isinstance(new, str):
        return _number(kind, name, new)
    return new


def _number(kind: type[Entity], name: str, text: str) -> Json:
    is_whole = value_type(kind, name) is int
    if _COMMA_OR_POINT.fullmatch(text.strip()):
        whole, point = text.strip().replace(",", ""), text.strip().replace(",", ".")
        either = whole if is_whole or text.count(",") > 1 else f"{whole} or {point}"
        raise Refused(f"{title_of(kind, name)} can't be «{text.strip()[:20]}» with a comma: type {either}.")
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        raise Refused(f"{title_of(kind, name)} is a number: «{text[:20]}» is none.") from None
    if is_whole and not number.is_integer():
        raise Refused(f"{title_of(kind, name)} is a whole number: «{text[:20]}» is none.")
    return int(number) if is_whole else number


def _hint(kind: type[Entity], name: str, dates: Calendar) -> Callable[[str], str] | None:
    if value_type(kind, name) is not dt.date:
        return None

    def tell(text: str) -> str:
        value = typed_value(kind, name, text, dates)
        return said_in_full(dt.date.fromisoformat(str(value))) if value else ""

    return tell


def new_row(  # noqa: PLR0913 - each says another thing about the row
    kind: type[Entity],
    name: str,
    row_id: str,
    context: SetContext,
    given: Mapping[str, Json],
    *,
    title: str = "",
    place: str = "",
    along: tuple[Entity, ...] = (),
) -> Edit:
    """Return the edit that makes a new row out of what is typed for its first field.

    With a place it comes in there, and not in the line for new rows, so no other follows it.

    The row comes in with the first character, with what comes `along`, and goes out again when all
    is deleted, so that every stroke is saved. Under the customer audience it is the customer's; under
    one partner's, what would be the alliance's is that partner's alone.
    """

    def build(plan: AccountPlan, new: Json) -> Changes:
        there = plan.get(kind, row_id)
        if new in {"", None}:
            return removal(plan, there) if there else ()
        if there:
            return set_value(plan, FieldRef(kind, (row_id,), name), new, context)
        rank = rank_after(plan.all(kind))
        row = made(kind, {"id": row_id, "rank": rank, name: new, **seen_by(kind, context.audience), **given})
        return tuple(Add(new_one) for new_one in (row, *along))

    return Edit(
        title=title or f"New {kind.VERBOSE_NAME}",
        place=place or draft_place(kind, (NEW,), name),
        sets=None if place else (kind, name),
        text="",
        build=build,
        multiline=MULTILINE in marks(kind, name),
        again=not place,
        makes=str(RowId.entity(kind, row_id)),
    )


def visible_cols(cols: Iterable[Col], audience: str) -> tuple[Col, ...]:
    """Return the columns this audience may see."""
    return tuple(col for col in cols if shows(col.kind, col.name, audience))
