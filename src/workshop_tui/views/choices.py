"""The values a field can have, when they are few."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, get_args, get_origin

from msgspec.structs import replace

from workshop_tui.domain.base.dates import is_weekend, said_in_full
from workshop_tui.domain.base.entity import (
    Entity,
    Json,
    Key,
    optional,
    references,
    referents,
    value_type,
)
from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.base.vocabulary import (
    ALLIANCE,
    CUSTOMER,
    LabeledEnum,
    Sentiment,
    letters,
    letters_of,
)
from workshop_tui.domain.model.account import Learnt, Member, Party
from workshop_tui.domain.model.discovery import Objective
from workshop_tui.domain.model.people import Stakeholder, Tie
from workshop_tui.domain.model.scorecard import Initiative, SteeringSeat
from workshop_tui.domain.model.value import Target
from workshop_tui.domain.plan.plan import KIND, AccountPlan, audiences, display_name, rank_after
from workshop_tui.domain.plan.step import Add, Changes, Set, Step, apply, made
from workshop_tui.domain.rules.scorecard import WHEEL
from workshop_tui.live.live_plan import new_id
from workshop_tui.views.cell import LOWER, RAISE, TICK, Choice, Edit
from workshop_tui.views.keys import key

_OTHERS = {(Stakeholder, "reports_to"), (Stakeholder, "successor")}
"""Fields that name another one of the kind, and never the row itself."""
_TIE_OWNER = Tie, "owner"
"""Kind and field of who owns a firm's tie to a person."""


def choices_of(view: AccountPlan, kind: type[Entity], name: str) -> tuple[Choice, ...]:
    """Return the values a field can have when they are few; () when any text will do."""
    if ("choices", kind, name) not in view.memo:
        values = tuple(_choices(view, kind, name))
        none = Choice(None, "none" if name != "value" else "unknown", "?")
        view.memo["choices", kind, name] = (*values, none) if values and optional(kind, name) else values
    found: tuple[Choice, ...] = view.memo["choices", kind, name]
    return found


def choices_at(view: AccountPlan, kind: type[Entity], key: Key, name: str) -> tuple[Choice, ...]:
    """Return the values that a field of one row can have: a firm's tie is owned by one of that firm.

    Nobody reports to themselves.
    """
    choices = choices_of(view, kind, name)
    if (kind, name) in _OTHERS:
        return tuple(choice for choice in choices if choice.value != key[0])
    if (kind, name) != _TIE_OWNER:
        return choices
    found = ((choice, view.get(Member, str(choice.value))) for choice in choices)
    return tuple(choice for choice, member in found if member is None or member.party == key[1])


def _choices(view: AccountPlan, kind: type[Entity], name: str) -> Iterable[Choice]:
    targets, annotation = referents(kind).get(name), value_type(kind, name)
    if targets and len(targets) > 1:
        return _people(view, kind)
    if targets:
        return [
            Choice(row.key[0], display_name(view, row), meaning=_beside(view, row))
            for row in _targets(view, kind, targets[0])
        ]
    if name in {"visibility", "audience"}:
        return _audiences(view, (ALLIANCE, CUSTOMER) if kind.JOINT else audiences(view))
    if annotation is Sentiment:
        return [
            Choice(int(s), s.label, key, s.sign) for s, key in zip(reversed(Sentiment), "210-x", strict=True)
        ]
    if isinstance(annotation, type) and issubclass(annotation, LabeledEnum):
        return _words(list(annotation))
    return _numbers(kind, name)


def _people(view: AccountPlan, kind: type[Entity]) -> Iterator[Choice]:
    """Yield the people of both sides: ours firm by firm, then the customer's, each under their side.

    Where a team member and a stakeholder have one id, the team member is meant.
    """
    ours = view.all(Member)
    for party in view.partners:
        for member in ours:
            if member.party == party.id:
                yield Choice(member.id, member.words, meaning=party.short, group=party.short)
    taken, customer = {member.id for member in ours}, customer_name(view)
    for person in _targets(view, kind, Stakeholder.__name__):
        if person.key[0] not in taken:
            title = "" if person.words == _beside(view, person) else _beside(view, person)
            beside = ", ".join(filter(None, (customer, title)))
            yield Choice(person.key[0], person.words, meaning=beside, group=customer)


def customer_name(view: AccountPlan) -> str:
    """Return what the customer is called for short, as a firm is."""
    party = view.get(Party, CUSTOMER)
    return (party.short or party.name if party else "") or CUSTOMER


def _audiences(view: AccountPlan, offered: tuple[str, ...]) -> list[Choice]:
    """Return audiences by key: a and c are the alliance and the customer, whatever firms are called.

    No digits: outside a list they would be values of the cell.
    """
    of = audience_letters({party.id: party.short for party in view.partners})
    return [Choice(who, audience_name(view, who), of[who]) for who in offered]


def audience_letters(firms: Mapping[str, str]) -> Mapping[str, str]:
    """Return by which letter each audience is chosen, out of what the firms, by their ids, are called.

    In every list c is the customer and a the alliance, and each firm has its first letter that is free: so
    none is taken for the customer.
    """
    names = {ALLIANCE: ALLIANCE, CUSTOMER: CUSTOMER, **firms}
    return dict(zip(names, letters(names.values()), strict=True))


def _numbers(kind: type[Entity], name: str) -> list[Choice]:
    annotation, bounds = value_type(kind, name), _bounds(kind, name)
    if get_origin(annotation) is Literal:
        return [Choice(n, f"{WHEEL[at]} {n}", str(at)) for at, n in enumerate(get_args(annotation))]
    if annotation is int and bounds and bounds[1] <= 5:  # noqa: PLR2004 - one digit each
        return [Choice(n, str(n), str(n)) for n in range(bounds[0], bounds[1] + 1)]
    return []


_OF_ANY_PARTY = (Initiative, SteeringSeat)
"""Kinds that the customer may stand behind as well as a firm."""


def _targets(view: AccountPlan, kind: type[Entity], target: str) -> Iterable[Entity]:
    """Return what there is to choose among: firms of the alliance, people who have not left."""
    if target == "Party":
        return view.all(Party) if kind in _OF_ANY_PARTY else view.partners
    return [row for row in view.all(KIND[target]) if not (isinstance(row, Stakeholder) and row.left_on)]


def adds_of(
    view: AccountPlan, kind: type[Entity], name: str, key: Key = ()
) -> Callable[[str], tuple[Choice, ...]] | None:
    """Return what can come in under a name that a field refers to and nothing has; None where nothing can.

    A team member is of one firm or another, the owner of a firm's tie of that firm; who owns an action may be
    one of the customer's people, too. Before the customer nothing is brought in that is usually kept from it.
    """
    if (kind, name) == (Learnt, "reason"):
        return lambda typed: (Choice(one_line(typed), f"+ Add {one_line(typed)}", meaning="new reason"),)
    target = KIND.get(references(kind).get(name, ""))
    if len(referents(kind).get(name, ())) > 1:
        return lambda typed: (*_members(view, typed, ""), _theirs(view, typed))
    if target is Member:
        firm = key[1] if key and (kind, name) == _TIE_OWNER else ""
        return lambda typed: tuple(_members(view, typed, firm))
    if target not in {Stakeholder, Objective, Target} or (
        view.audience == CUSTOMER and target is not Stakeholder
    ):
        return None
    return lambda typed: (_added(_new(view, target, typed)),)


def _members(view: AccountPlan, typed: str, firm: str) -> Iterator[Choice]:
    for party in (party for party in view.partners if not firm or party.id == firm):
        yield _added(_new(view, Member, typed, party=party.id), f" to {party.short}")


def _theirs(view: AccountPlan, typed: str) -> Choice:
    return _added(_new(view, Stakeholder, typed), f" to {customer_name(view)}")


def _added(row: Entity, where: str = "") -> Choice:
    return Choice(row.key[0], f"+ Add {row.words}{where}", meaning=f"new {row.VERBOSE_NAME}", brings=(row,))


def _new(view: AccountPlan, kind: type[Entity], typed: str, **given: Json) -> Entity:
    place: dict[str, Json] = {"id": new_id(), "rank": rank_after(view.all(kind))}
    return made(kind, {**place, kind.NAME_FIELD: typed, **seen_by(kind, view.audience or ALLIANCE), **given})


def seen_by(kind: type[Entity], audience: str) -> dict[str, Json]:
    """Return who sees a row that is made while an audience looks."""
    if "visibility" not in kind.fields:
        return {}
    usual = kind.fields["visibility"].default
    return {"visibility": audience} if audience == CUSTOMER or usual == ALLIANCE else {}


def bringing(edit: Edit, choice: Choice) -> Edit:
    """Return an edit that brings in, with the value, what a choice before it brings: all in one Step.

    What is asked behind it brings that in too, as the last answer makes the Step.
    """
    coming = tuple(Add(row) for row in choice.brings)

    def build(plan: AccountPlan, value: Json) -> Changes:
        return (*coming, *edit.build(apply(plan, Step(coming)), value))

    def follow(value: Json) -> Edit | None:
        then = edit.follow(value) if edit.follow else None
        return bringing(then, choice) if then else None

    return replace(edit, build=build, follow=follow if edit.follow else None) if coming else edit


def _beside(view: AccountPlan, row: Entity) -> str:
    """Return what tells people of one name apart: their firm or title."""
    party = getattr(row, "party", None)
    return audience_name(view, party) if party else str(getattr(row, "title", "") or "")


def _words(words: list[LabeledEnum]) -> list[Choice]:
    found = zip(words, letters_of(words), strict=True)
    return [Choice(word.value, word.label, key, word.meaning) for word, key in found]


def _bounds(kind: type[Entity], name: str) -> tuple[int, int] | None:
    limits = kind.fields[name].limits
    return None if limits.ge is None or limits.le is None else (int(limits.ge), int(limits.le))


def next_value(edit: Edit, *, up: bool) -> Json:
    """Return the figure one above or below the present one; from none, the one nearest to nothing.

    Where any figure may be typed, and where it is for several rows, it is left to the edit what it is one
    more or less than.
    """
    if edit.counts or edit.parts:
        return RAISE if up else LOWER
    figures = sorted(c.value for c in edit.choices if isinstance(c.value, int))
    now = next((c.value for c in edit.choices if c.text == edit.text), None)
    if not isinstance(now, int):
        return min((n for n in figures if (n > 0 if up else n < 0)), default=figures[0], key=abs)
    return figures[max(0, min(len(figures) - 1, figures.index(now) + (1 if up else -1)))]


def set_to(edit: Edit, value: Json) -> str:
    """Return what a key, a list or a typed day has set, as in «Seat 1: 4 → 5, Ctrl+Z undoes».

    "" where the value has no words of its own, as one that comes in with it.
    """
    if edit.told:
        return f"{edit.told}, {key('undo')} undoes"
    if value in (RAISE, LOWER):
        told = f"{value}"
    elif edit.toggles:
        told = f"– → {TICK}" if value else f"{TICK} → –"
    else:
        now = next((choice.text for choice in edit.choices if choice.value == value), "")
        if not (now := now or _typed(edit, value)):
            return ""
        told = f"→ {now}" if edit.parts else f"{_typed(edit, edit.text) or edit.text or '·'} → {now}"
    goes_on = f"; {edit.goes_on}" if edit.goes_on and edit.text else ""
    return f"{edit.title}: {told}, {key('undo')} undoes{goes_on}"


def _typed(edit: Edit, value: Json) -> str:
    """Return a day or a number that was typed as it is understood; "" for what is no such value."""
    if edit.chooses or edit.must or not edit.whole:
        return ""
    said = str(value or "").strip()
    return (edit.hint(said) if edit.hint and said else said) or "·"


def weekend_in(edit: Edit, changes: Changes, today: dt.date) -> str:
    """Return that a date which an edit has set is no working day, as in «Due: Sat 20 Jun 2026»."""
    days = {
        dt.date.fromisoformat(change.new)
        for change in changes
        if isinstance(change, Set)
        and (change.kind, change.name) == edit.sets
        and isinstance(change.new, str)
        and value_type(change.kind, change.name) is dt.date
    }
    found = next((day for day in days if is_weekend(day) and day != today), None)
    return f"{edit.title}: {said_in_full(found)}, {key('undo')} undoes" if found else ""


def gone_from(view: AccountPlan, changes: Changes) -> str:
    """Return for whom alone a line is now that has left the view by a change of it; "" if none has."""
    for change in changes:
        if isinstance(change, Set) and change.name == "left_on" and change.new:
            name = view.name_of(change.kind, *change.key)
            return f"{name} has left: «left» in the filter shows them, {key('undo')} undoes" if name else ""
        if isinstance(change, Set) and change.name == "visibility" and not view.get(change.kind, *change.key):
            name = audience_name(view, str(change.new))
            return f"For {name} alone now: gone from this screen, {key('undo')} undoes"
    return ""


def audience_name(view: AccountPlan, audience: str) -> str:
    """Return what people call an audience: a partner's short name, alliance or customer."""
    return next((party.short for party in view.partners if party.id == audience), audience)
