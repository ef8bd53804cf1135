"""What every entity has in common: a key, titles, references, and the marks that say who may see it.

Rows are msgspec's Structs: pydantic, by which `validation` validates what comes from outside, takes longer to
load than all of the kinds together, and a first screen needs none of it.
"""

import datetime as dt
import functools
import math
import types
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from types import MappingProxyType
from typing import (
    Annotated,
    Any,
    ClassVar,
    Literal,
    Union,
    cast,
    dataclass_transform,
    get_args,
    get_origin,
)

from msgspec import Meta, Struct, StructMeta, structs

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


class Before(Struct, frozen=True):
    """What a value goes through before it is validated."""

    change: Callable[[object], object]


def _clean(value: object) -> object:
    return clean_text(value) if isinstance(value, str) else value


def _clean_lines(value: object) -> object:
    return clean_text(value, lines=True) if isinstance(value, str) else value


ID = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$"
Id = Annotated[str, Meta(pattern=ID)]
Name = Annotated[str, Before(_clean), Meta(min_length=1, max_length=160)]
Line = Annotated[str, Before(_clean), Meta(max_length=500)]
Prose = Annotated[str, Before(_clean_lines), Meta(min_length=1, max_length=4000), MULTILINE]
Note = Annotated[str, Before(_clean_lines), Meta(max_length=4000), MULTILINE]
Visibility = Annotated[str, Meta(pattern=ID)]


class FieldInfo(Struct, frozen=True):
    """What is known of a field: what forms, help and the JSON Schema say of it, and what it may hold."""

    title: str
    description: str
    default: Any
    """REQUIRED where a row can't be without it."""
    limits: Meta
    annotation: Any = None
    """As it is written, with its marks."""

    @property
    def type(self) -> Any:
        """Its type without marks, as in `Sentiment | None`."""
        return get_args(self.annotation)[0] if self._has_marks else self.annotation

    @property
    def marks(self) -> tuple[Any, ...]:
        """What is beside the type, and its limits: CUSTOMER_VISIBLE, EPHEMERAL, MULTILINE, Ref, Meta."""
        return (*(get_args(self.annotation)[1:] if self._has_marks else ()), self.limits)

    @property
    def is_required(self) -> bool:
        """Whether a row can't be without it."""
        return self.default is REQUIRED

    @property
    def _has_marks(self) -> bool:
        return get_origin(self.annotation) is Annotated


REQUIRED: Any = ...


def field(
    title: str, description: str, *, default: Any = REQUIRED, regex: str | None = None, **limits: Any
) -> Any:
    """Declare a field with what forms, help and the JSON Schema say of it.

    With a `regex`, the description says in words what form the value has.
    """
    return FieldInfo(title, description, default, Meta(pattern=regex, **limits))


def visibility(default: str = ALLIANCE) -> Any:
    """Declare the field that says who may see a row: customer, alliance or one partner's id."""
    return field(
        "Visible to", "Who may see this row: customer, alliance, or one partner alone.", default=default
    )


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
class _EntityMeta(StructMeta):
    """Takes what `field` says out of a class, so that its default stands where msgspec looks for it."""

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **config: Any) -> Any:
        said = {name: value for name, value in namespace.items() if isinstance(value, FieldInfo)}
        defaults = {name: value.default for name, value in said.items() if not value.is_required}
        others = {name: value for name, value in namespace.items() if name not in said}
        # A row refers to no other object, so the garbage collector has nothing to look for in it.
        config |= {"frozen": True, "kw_only": True, "gc": False}
        kind: Any = super().__new__(cls, name, bases, {**others, **defaults}, **config)
        own = {
            name: structs.replace(info, annotation=kind.__annotations__[name]) for name, info in said.items()
        }
        inherited = {name: info for base in bases for name, info in getattr(base, "fields", {}).items()}
        kind.fields = MappingProxyType({**inherited, **own})
        return kind


class Entity(Struct, metaclass=_EntityMeta):
    """One row of an account plan: a frozen value with a key.

    Who makes one by its class answers for its values; what comes from outside is validated (`validation`).
    """

    fields: ClassVar[Mapping[str, FieldInfo]]
    """Name of a field → what is known of it, in their order; those of the base come first."""
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
        """All fields as JSON values, in their order."""
        held = {name: getattr(self, name) for name in type(self).fields}
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


@functools.cache
def _plainly(kind: type[Entity]) -> Mapping[str, Callable[[Any], Json]]:
    """Return the fields whose JSON value is another than their own → what tells it."""
    types_ = {name: value_type(kind, name) for name in kind.fields}
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
    rank: float = field("Rank", "Place in its list; fractions go in between.", default=0.0)


@functools.cache
def required(kind: type[Entity]) -> tuple[str, ...]:
    """Return the fields that a row can't be without, those of its key first."""
    others = (name for name, info in kind.fields.items() if info.is_required and name not in kind.KEY)
    return (*kind.KEY, *others)


@functools.cache
def unvalidated(
    kind: type[Entity], names: tuple[str, ...]
) -> Callable[[Iterable[Sequence[Any]]], Iterator[Entity]]:
    """Return what makes rows out of stored values of these fields; what stands behind them is left out.

    For what was validated when it was stored: validating thousands of rows takes ten times as long as
    reading them. Other fields are as if nothing had been said. It raises ValueError or LookupError for a
    word, a day or a moment that is none, TypeError for too few. Whether others make sense is `are_sound`.
    """
    missing = set(required(kind)) - set(names)
    if missing:
        raise ValueError(f"{kind.__name__} lacks {', '.join(sorted(missing))}")
    readers = [(name, each) for name in names if (each := _reader(value_type(kind, name))) is not None]

    def make(stored: Iterable[Sequence[Any]]) -> Iterator[Entity]:
        for values in stored:
            held: dict[str, Any] = dict(zip(names, values, strict=False))
            for name, reader in readers:
                if (value := held[name]) is not None:
                    held[name] = reader[value]
            yield kind(**held)

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
    limits = kind.fields[name].limits
    least = -math.inf if limits.ge is None else limits.ge
    most = math.inf if limits.le is None else limits.le
    blank = {type(None)} if optional(kind, name) else set()
    return frozenset(found | blank), choices, least, most


_NUMBERS: dict[type, set[type]] = {bool: {bool, int}, int: {int}, float: {float, int}}  # a bool is an int too


@functools.cache
def marks(kind: type[Entity], name: str) -> tuple[Any, ...]:
    """Return the metadata of a field: CUSTOMER_VISIBLE, EPHEMERAL, MULTILINE, Ref, limits."""
    return kind.fields[name].marks


@functools.cache
def references(kind: type[Entity]) -> Mapping[str, str]:
    """Field name → name of the kind it refers to; of several, that which comes first."""
    return {name: kinds[0] for name, kinds in referents(kind).items()}


@functools.cache
def referents(kind: type[Entity]) -> Mapping[str, tuple[str, ...]]:
    """Field name → names of the kinds it may refer to, that which comes first first."""
    return {name: mark.kinds for name in kind.fields for mark in marks(kind, name) if isinstance(mark, Ref)}


@functools.cache
def goes_along(kind: type[Entity], name: str) -> bool:
    """Whether a row goes out with what this field refers to."""
    return any(isinstance(mark, Ref) and mark.goes_along for mark in marks(kind, name))


@functools.cache
def holds_words(kind: type[Entity], name: str) -> bool:
    """Whether a field holds words as somebody typed them, rather than an id or a form of figures."""
    cleaners = (mark.change for mark in marks(kind, name) if isinstance(mark, Before))
    return any(cleaner in {_clean, _clean_lines} for cleaner in cleaners)


@functools.cache
def optional(kind: type[Entity], name: str) -> bool:
    """Whether a field may be None."""
    return type(None) in get_args(kind.fields[name].type)


@functools.cache
def value_type(kind: type[Entity], name: str) -> Any:
    """Return a field's type without None, as in Sentiment for `Sentiment | None`."""
    annotation = kind.fields[name].type
    if get_origin(annotation) in {Union, types.UnionType}:
        return next(arg for arg in get_args(annotation) if arg is not type(None))
    return annotation


def title_of(kind: type[Entity], name: str) -> str:
    """Return what people call a field."""
    return kind.fields[name].title or name


Completion = Literal[0, 25, 50, 75, 100]
