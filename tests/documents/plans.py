"""Any account plan at all, for Hypothesis: derived from the kinds, so that a new field is in it at once."""

import datetime as dt
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from hypothesis import strategies as st

from workshop_tui.domain.base.entity import Entity, optional, references, value_type
from workshop_tui.domain.base.text import clean_text
from workshop_tui.domain.base.validation import validated, with_values
from workshop_tui.domain.plan.plan import KINDS, AccountPlan

_PARTIES = ("customer", "ps", "tech")
_ids = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,5}", fullmatch=True)
_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_SPECIAL: dict[str, st.SearchStrategy[Any]] = {
    "currency": st.sampled_from(["GBP", "EUR"]),
    "start": st.none() | st.times().map(lambda time: f"{time:%H:%M}"),
    "period": st.from_regex(r"[1-9][0-9]{3}(-Q[1-4])?", fullmatch=True),
    "sha256": st.text("0123456789abcdef", min_size=64, max_size=64),
    "toward": st.sampled_from(["all", "ps", "tech"]),
    "visibility": st.sampled_from(["alliance", *_PARTIES]),
    "audience": st.sampled_from(["alliance", *_PARTIES]),
    "id": _ids,
    "seat": _ids,
    "rule": _ids,
}


def _limits(kind: type[Entity], name: str) -> tuple[float, float]:
    limits = kind.fields[name].limits
    return (
        -(2.0**53) if limits.ge is None else limits.ge,
        2.0**53 if limits.le is None else limits.le,
    )


def _values(kind: type[Entity], name: str) -> st.SearchStrategy[Any]:
    type_ = value_type(kind, name)
    least, most = _limits(kind, name)
    plain: dict[Any, st.SearchStrategy[Any]] = {
        str: _texts.map(lambda text: text if clean_text(text, lines=True) else "x"),
        bool: st.booleans(),
        int: st.integers(int(least), int(most)),
        float: st.floats(least, most),
        dt.date: st.dates(),
        dt.datetime: st.datetimes(timezones=st.just(dt.UTC)),
    }
    if name in _SPECIAL:
        return _SPECIAL[name]
    if get_origin(type_) is Literal:
        return st.sampled_from(get_args(type_))
    return st.sampled_from(type_) if issubclass(type_, Enum) else plain[type_]


@st.composite
def _row(draw: st.DrawFn, kind: type[Entity], there: dict[str, list[str]]) -> Entity | None:
    values: dict[str, Any] = {}
    for name in kind.fields:
        if target := references(kind).get(name):
            if not there[target] and not optional(kind, name):
                return None
            choice = there[target] + [None] * optional(kind, name)
            values[name] = draw(st.sampled_from(choice))
        else:
            value = _values(kind, name)
            values[name] = draw(st.none() | value if optional(kind, name) else value)
    return validated(kind, values)


@st.composite
def plans(draw: st.DrawFn) -> AccountPlan:
    """Return an account plan that is whole: one account, references that hold, no cycle of reports_to."""
    there: dict[str, list[str]] = {kind.__name__: [] for kind in KINDS}
    rows: dict[tuple[type[Entity], tuple[str, ...]], Entity] = {}
    for kind in KINDS:
        name = kind.__name__
        least, most = {"Account": (1, 1), "Party": (3, 3)}.get(name, (0, 2))
        for number in range(draw(st.integers(least, most))):
            row = draw(_row(kind, there))
            if row and name == "Party":
                row = with_values(row, id=_PARTIES[number])
            if row and (kind, row.key) not in rows:  # what is there already may be referred to: it stays
                rows[kind, row.key] = row
                there[name].append(row.key[0])
    return AccountPlan.of(rows.values())
