"""What every entity has in common: a key, titles, references, and the marks that say who may see it."""

import datetime as dt
import functools
import math
import types
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Annotated, Any, ClassVar, Literal, Self, Union, cast, get_args, get_origin

from annotated_types import Ge, Le
from msgspec import Struct
from pydantic import BaseModel, BeforeValidator, Field, StringConstraints, TypeAdapter, ValidationError

from workshop_tui.domain.base.text import clean_text, one_line
from workshop_tui.domain.base.vocabulary import ALLIANCE

Json = str | int | float | bool | None
"""A field's value as it stands in the journal, in the database and in JSON."""

Key = tuple[str, ...]


class _Mark(Struct, frozen=True):
    name: str


CUSTOMER_VISIBLE = _Mark("shown")
"""The customer may see this field. Without this mark a field is internal: privacy fails closed."""

EPHEMERAL = _Mark("fleeting")
"""Clock, presence and audience: kept, but undo passes over them."""

MULTILINE = _Mark("multiline")

PAST = _Mark("past")
"""A day on which something has been: one typed without its year is the last such day."""

WHOLE = _Mark("whole")
"""Holds what several audiences keep from each other: in no projection, not even a partner's."""


class Ref(Struct, frozen=True):
    """This field holds the id of an entity of the named kind, or of another kind where it may be either.

    Where both kinds have a row with this id, that of the first is meant. `goes_along`: a row of which this
    is a part goes out with it, though the field could be blank.
    """

    kind: str
    other: str = ""
    goes_along: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds this may refer to, that which comes first first."""
        return (self.kind, self.other) if self.other else (self.kind,)


PERSON = Ref("Member", "Stakeholder")
"""One of ours or one of the customer's people."""


def _clean(value: object) -> object:
    return clean_text(value) if isinstance(value, str) else value


def _clean_lines(value: object) -> object:
    return clean_text(value, lines=True) if isinstance(value, str) else value


_ID = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$"
Id = Annotated[str, StringConstraints(pattern=_ID)]
Name = Annotated[str, BeforeValidator(_clean), StringConstraints(min_length=1, max_length=160)]
Line = Annotated[str, BeforeValidator(_clean), StringConstraints(max_length=500)]
Prose = Annotated[
    str, BeforeValidator(_clean_lines), StringConstraints(min_length=1, max_length=4000), MULTILINE
]
Note = Annotated[str, BeforeValidator(_clean_lines), StringConstraints(max_length=4000), MULTILINE]
Visibility = Annotated[str, StringConstraints(pattern=_ID)]


def field(
    title: str, description: str, default: Any = ..., *, regex: str | None = None, **limits: Any
) -> Any:
    """Declare a field with what forms, help and the JSON Schema say of it.

    With a `regex`, the description says in words what form the value has.
    """
    return Field(default, title=title, description=description, pattern=regex, **limits)


def visibility(default: str = ALLIANCE) -> Any:
    """Declare the field that says who may see a row: customer, alliance or one partner's id."""
    return field("Visible to", "Who may see this row: customer, alliance, or one partner alone.", default)


# Annotations of this file are no text, as pydantic would read those of Entity anew for each kind.
class Entity(BaseModel):
    """One row of an account plan: a frozen, validated value with a key."""

    # A validator is built when the first row is validated: all of them at once would hold up each start.
    model_config = {"frozen": True, "extra": "forbid", "allow_inf_nan": False, "defer_build": True}

    KEY: ClassVar[Key] = ("id",)
    VERBOSE_NAME: ClassVar[str] = ""
    """What one row is called, as in «stakeholder»."""
    JOINT: ClassVar[bool] = False
    """Whether it is of both firms, so that no partner keeps it to itself."""
    NAME_FIELD: ClassVar[str] = ""
    """The field with the words by which a row is known; empty when it is known by its references."""

    @property
    def key(self) -> Key:
        """The values of the key fields."""
        return tuple(getattr(self, name) for name in self.KEY)

    @property
    def words(self) -> str:
        """The words by which this row is known, in one line; empty when it has none of its own."""
        return one_line(str(getattr(self, self.NAME_FIELD))) if self.NAME_FIELD else ""

    def plain(self) -> dict[str, Json]:
        """All fields as JSON values, in their order; as `model_dump` has them, which is to be built first."""
        held = {name: self.__dict__[name] for name in type(self).model_fields}
        for name, plain in _plainly(type(self)).items():
            if held[name] is not None:
                held[name] = plain(held[name])
        return held

    def plain_value(self, name: str) -> Json:
        """Return one field as a JSON value."""
        value, plain = getattr(self, name), _plainly(type(self)).get(name)
        return cast("Json", value if plain is None or value is None else plain(value))

    @property
    def withheld(self) -> frozenset[str]:
        """The fields that this row keeps from the customer as it stands now, though they are marked."""
        return frozenset()

    def changed(self, name: str, value: Json) -> Self:
        """Return this row with one field changed and everything validated (model_copy would not)."""
        return type(self).model_validate({**self.plain(), name: value})


@functools.cache
def _plainly(kind: type[Entity]) -> Mapping[str, Callable[[Any], Json]]:
    """Return the fields whose JSON value is another than their own → what tells it."""
    types_ = {name: value_type(kind, name) for name in kind.model_fields}
    found = {
        name: next((plain for base, plain in _PLAIN if issubclass(value, base)), None)
        for name, value in types_.items()
        if isinstance(value, type)
    }
    return {name: plain for name, plain in found.items() if plain}


_PLAIN: tuple[tuple[type, Callable[[Any], Json]], ...] = (
    (Enum, lambda word: cast("Json", word.value)),
    (dt.datetime, lambda moment: str(moment.isoformat()).replace("+00:00", "Z")),
    (dt.date, lambda day: str(day.isoformat())),
)


class Item(Entity):
    """An entity with a short random id and a place in its list."""

    id: Annotated[Id, CUSTOMER_VISIBLE] = field("Id", "Short and random, so that gaps in ids tell nothing.")
    rank: float = field("Rank", "Place in its list; fractions go in between.", 0.0)


@functools.cache
def _adapter(kind: type[Entity], name: str) -> TypeAdapter[Any]:
    info = kind.model_fields[name]
    of: Any = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
    return TypeAdapter(of)


def as_kept(kind: type[Entity], name: str, value: object) -> Json:
    """Return a field's value as it is kept: cleaned, as JSON; unchanged when it isn't valid."""
    adapter = _adapter(kind, name)
    try:
        return cast("Json", adapter.dump_python(adapter.validate_python(value), mode="json"))
    except ValidationError:
        return cast("Json", value)


def as_held(kind: type[Entity], name: str, value: Json) -> Any:
    """Return a field's value as a row holds it, by the field alone; unchanged when it isn't valid."""
    try:
        return _adapter(kind, name).validate_python(value)
    except ValidationError:
        return value


@functools.cache
def required(kind: type[Entity]) -> tuple[str, ...]:
    """Return the fields that a row can't be without, those of its key first."""
    others = (name for name, info in kind.model_fields.items() if info.is_required() and name not in kind.KEY)
    return (*kind.KEY, *others)


@functools.cache
def unvalidated(
    kind: type[Entity], names: tuple[str, ...]
) -> Callable[[Iterable[Sequence[Any]]], Iterator[Entity]]:
    """Return what makes rows out of stored values of these fields; what stands behind them is left out.

    For what was validated when it was stored: validating thousands of rows takes ten times as long as
    reading them. Other fields are as if nothing had been said. It raises ValueError or LookupError for a
    word, a day or a moment that is none. Whether others make sense is `are_sound`.
    """
    missing = set(required(kind)) - set(names)
    if missing:
        raise ValueError(f"{kind.__name__} lacks {', '.join(sorted(missing))}")
    blank = {name: info.default for name, info in kind.model_fields.items()}
    readers = [(name, each) for name in names if (each := _reader(value_type(kind, name))) is not None]
    said = set(names)
    new, put = object.__new__, object.__setattr__

    def make(stored: Iterable[Sequence[Any]]) -> Iterator[Entity]:
        for values in stored:
            held: dict[str, Any] = blank.copy()  # of its full size at once
            held.update(zip(names, values, strict=False))
            for name, reader in readers:
                if (value := held[name]) is not None:
                    held[name] = reader[value]
            row = new(kind)
            put(row, "__dict__", held)
            put(row, "__pydantic_fields_set__", said)
            put(row, "__pydantic_extra__", None)
            put(row, "__pydantic_private__", None)
            yield row

    return make


class _Days(dict[str, dt.date]):
    """A day as it is stored → the day; the same few come again and again."""

    def __missing__(self, stored: str) -> dt.date:
        day = self[stored] = dt.date.fromisoformat(stored)
        return day


class _Moments(dict[str, dt.datetime]):
    """A moment as it is stored → the moment."""

    def __missing__(self, stored: str) -> dt.datetime:
        return dt.datetime.fromisoformat(stored)


_DAYS, _MOMENTS = _Days(), _Moments()


def _reader(value: Any) -> Mapping[Any, Any] | None:
    """Return stored value → value for a type; None where they are the same."""
    if value is dt.date:
        return _DAYS
    if value is bool:
        return {0: False, 1: True}
    if isinstance(value, type) and issubclass(value, Enum):
        return {member.value: member for member in value}
    return _MOMENTS if value is dt.datetime else None


def are_sound(kind: type[Entity], name: str, stored: Collection[Json]) -> bool:
    """Whether stored values of a field are of its type, and within its bounds where those are numbers.

    Rules count on that. What else makes a row valid holds since it was stored, and is for `doctor`.
    """
    types_, choices, least, most = _soundness(kind, name)
    if not set(map(type, stored)) <= types_:
        return False
    numbers = {value for value in stored if isinstance(value, (int, float))}
    is_one_of_few = not choices or numbers <= choices
    return is_one_of_few and all(math.isfinite(number) and least <= number <= most for number in numbers)


@functools.cache
def _soundness(kind: type[Entity], name: str) -> tuple[frozenset[type], frozenset[Any], float, float]:
    """Return the types of a field's stored values, of which few it is one, and the least and the most."""
    value = value_type(kind, name)
    choices = frozenset(get_args(value)) if get_origin(value) is Literal else frozenset()
    python = type(next(iter(choices))) if choices else value if isinstance(value, type) else str
    found = next((types_ for base, types_ in _NUMBERS.items() if issubclass(python, base)), {str})
    least = next((mark.ge for mark in marks(kind, name) if isinstance(mark, Ge)), -math.inf)
    most = next((mark.le for mark in marks(kind, name) if isinstance(mark, Le)), math.inf)
    blank = {type(None)} if optional(kind, name) else set()
    return frozenset(found | blank), choices, cast("float", least), cast("float", most)


_NUMBERS: dict[type, set[type]] = {bool: {bool, int}, int: {int}, float: {float, int}}  # a bool is an int too


@functools.cache
def marks(kind: type[Entity], name: str) -> tuple[Any, ...]:
    """Return the metadata of a field: CUSTOMER_VISIBLE, EPHEMERAL, MULTILINE, Ref, limits."""
    return tuple(kind.model_fields[name].metadata)


@functools.cache
def is_text(kind: type[Entity], name: str) -> bool:
    """Whether a field holds what people write: a name, a line, prose, a note."""
    cleans = {_clean, _clean_lines}
    return any(isinstance(mark, BeforeValidator) and mark.func in cleans for mark in marks(kind, name))


@functools.cache
def references(kind: type[Entity]) -> Mapping[str, str]:
    """Field name → name of the kind it refers to; of several, that which comes first."""
    return {name: kinds[0] for name, kinds in referents(kind).items()}


@functools.cache
def referents(kind: type[Entity]) -> Mapping[str, tuple[str, ...]]:
    """Field name → names of the kinds it may refer to, that which comes first first."""
    return {
        name: mark.kinds for name in kind.model_fields for mark in marks(kind, name) if isinstance(mark, Ref)
    }


@functools.cache
def goes_along(kind: type[Entity], name: str) -> bool:
    """Whether a row goes out with what this field refers to."""
    return any(isinstance(mark, Ref) and mark.goes_along for mark in marks(kind, name))


@functools.cache
def holds_words(kind: type[Entity], name: str) -> bool:
    """Whether a field holds words as somebody typed them, rather than an id or a form of figures."""
    cleaners = (mark.func for mark in marks(kind, name) if isinstance(mark, BeforeValidator))
    return any(cleaner in {_clean, _clean_lines} for cleaner in cleaners)


@functools.cache
def optional(kind: type[Entity], name: str) -> bool:
    """Whether a field may be None."""
    return type(None) in get_args(kind.model_fields[name].annotation)


@functools.cache
def value_type(kind: type[Entity], name: str) -> Any:
    """Return a field's type without None, as in Sentiment for `Sentiment | None`."""
    annotation = kind.model_fields[name].annotation
    if get_origin(annotation) in {Union, types.UnionType}:
        return next(arg for arg in get_args(annotation) if arg is not type(None))
    return annotation


def title_of(kind: type[Entity], name: str) -> str:
    """Return what people call a field."""
    return kind.model_fields[name].title or name


def _cure_of_id(kind: type[Entity], name: str) -> str:
    """Return what to do about what is no id: nobody is shown a rule for ids, which nobody makes up."""
    if name == "visibility":
        return "use customer, alliance or a partner"
    return "choose one that is there" if name in references(kind) else "keep it as it was exported"


_CURES = {
    "int": "use a whole number",
    "float": "use a number",
    "finite": "use a number",
    "bool": "use true or false",
    "string": "use text",
    "datetime": "use a day and a time, as in 2026-12-01T09:00:00Z",
    "date": "use a day that exists, as in 2026-12-01",
}
"""How a type of error begins, as pydantic calls them → what to do."""


def explain(error: ValidationError, kind: type[Entity]) -> str:
    """Return one sentence for the first thing that is wrong with a value of `kind`."""
    first = error.errors()[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    known = kind.model_fields.get(name)
    title = title_of(kind, name) if known else f"«{name}»" if name else kind.VERBOSE_NAME
    limits, shown = first.get("ctx", {}), f"«{str(first['input'])[:40]}»"
    match first["type"]:
        case "too_short" | "string_too_short" | "missing":
            why = "is needed: type at least one character"
        case "too_long" | "string_too_long":
            kept = clean_text(str(first["input"]), lines=known is not None and MULTILINE in known.metadata)
            over = len(kept) - int(limits["max_length"])
            why = f"is {over} characters too long: {limits['max_length']} is the most"
        case "extra_forbidden":
            why = f"is not a field of a {kind.VERBOSE_NAME}: remove it"
        case "enum" | "literal_error":
            why = f"can't be {shown}: use {limits['expected']}"
        case "greater_than_equal" | "less_than_equal":
            bound = limits.get("ge", limits.get("le"))
            why = f"can't be {first['input']}: use at {'least' if 'ge' in limits else 'most'} {bound}"
        case "string_pattern_mismatch" if limits["pattern"] == _ID and known:
            why = f"can't be {shown}: {_cure_of_id(kind, name)}"
        case "string_pattern_mismatch" if known and known.description:
            why = f"can't be {shown}: {known.description[0].lower()}{known.description[1:].rstrip('.')}"
        case error_type:
            cure = next(
                (cure for start, cure in _CURES.items() if error_type.startswith(start)), first["msg"]
            )
            why = f"can't be {shown}: {cure}"
    return f"{title} {why}."


Completion = Literal[0, 25, 50, 75, 100]
