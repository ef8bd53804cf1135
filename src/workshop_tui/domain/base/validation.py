"""Values from outside, validated: the models that pydantic validates entities by, and what it finds wrong.

pydantic is imported where it is used: a first screen needs none of it.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, Union, cast, get_args, get_origin

from msgspec import Meta

from workshop_tui.domain.base.entity import (
    ID,
    MULTILINE,
    Before,
    Entity,
    Item,
    Json,
    references,
    title_of,
)
from workshop_tui.domain.base.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel, TypeAdapter, ValidationError

E = TypeVar("E", bound=Entity)


class Invalid(ValueError):  # noqa: N818 - a word of the domain, as Refused is
    """A value can't be that of a field; the text is one sentence that says what to do."""


@functools.cache
def model(kind: type[Entity]) -> type[BaseModel]:
    """Return the model by which rows of a kind are validated, and which their JSON Schema is made of."""
    from pydantic import ConfigDict, Field, create_model

    fields: dict[str, Any] = {}
    for name, said in kind.fields.items():
        about = {"title": said.title, "description": said.description, **_limits(said.limits)}
        fields[name] = for_pydantic(said.annotation), Field(said.default, **about)
    config = ConfigDict(extra="forbid", allow_inf_nan=False, defer_build=True)
    return create_model(kind.__name__, __config__=config, __doc__=kind.__doc__, **fields)


def for_pydantic(annotation: Any) -> Any:
    """Return an annotation with what pydantic understands in the place of our marks; others stay out."""
    of, *marks = get_args(annotation) if get_origin(annotation) is Annotated else (annotation,)
    if (union := get_args(of)) and type(None) in union:
        of = Union[*(for_pydantic(arg) for arg in union)]
    known = [said for mark in marks for said in _pydantic_marks(mark)]
    return Annotated[of, *known] if known else of


def _pydantic_marks(mark: object) -> Iterator[Any]:
    from pydantic import BeforeValidator, StringConstraints

    if isinstance(mark, Before):
        yield BeforeValidator(mark.change)
    elif isinstance(mark, Meta):
        yield StringConstraints(**_limits(mark))


def _limits(said: Meta) -> dict[str, Any]:
    names = ("ge", "le", "min_length", "max_length", "pattern")
    return {name: limit for name in names if (limit := getattr(said, name)) is not None}


def prepare() -> None:
    """Load what validates rows, so that the first edit doesn't wait for it: it takes 0.1 s."""
    model(Item).model_rebuild()


def validated(kind: type[E], values: dict[str, Any]) -> E:
    """Return a row of values; raises Invalid with a sentence for the first that is wrong."""
    from pydantic import ValidationError

    try:
        found = model(kind).model_validate(values)
    except ValidationError as error:
        raise Invalid(explain(error, kind)) from None
    return kind(**found.__dict__)


def with_values(row: E, /, **values: Any) -> E:
    """Return a row with some fields changed and everything validated; raises Invalid."""
    return validated(type(row), {**row.plain(), **values})


@functools.cache
def _adapter(kind: type[Entity], name: str) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    info = model(kind).model_fields[name]
    of: Any = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
    return TypeAdapter(of)


def as_kept(kind: type[Entity], name: str, value: object) -> Json:
    """Return a field's value as it is kept: cleaned, as JSON; unchanged when it isn't valid."""
    adapter = _adapter(kind, name)
    try:
        return cast("Json", adapter.dump_python(adapter.validate_python(value), mode="json"))
    except ValueError:  # as ValidationError is
        return cast("Json", value)


def as_held(kind: type[Entity], name: str, value: Json) -> Any:
    """Return a field's value as a row holds it, by the field alone; unchanged when it isn't valid."""
    try:
        return _adapter(kind, name).validate_python(value)
    except ValueError:
        return value


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
    known = kind.fields.get(name)
    title = title_of(kind, name) if known else f"«{name}»" if name else kind.VERBOSE_NAME
    limits, shown = (
        first.get("ctx", {}),
        "empty" if first["input"] is None else f"«{str(first['input'])[:40]}»",
    )
    match first["type"]:
        case "too_short" | "string_too_short" | "missing":
            why = "is needed: type at least one character"
        case "too_long" | "string_too_long":
            kept = clean_text(str(first["input"]), lines=known is not None and MULTILINE in known.marks)
            over = len(kept) - int(limits["max_length"])
            why = f"is {over} characters too long: {limits['max_length']} is the most"
        case "extra_forbidden":
            why = "is not a field: remove it"
        case "enum" | "literal_error":
            why = f"can't be {shown}: use {limits['expected']}"
        case "greater_than_equal" | "less_than_equal":
            bound = limits.get("ge", limits.get("le"))
            why = f"can't be {first['input']}: use at {'least' if 'ge' in limits else 'most'} {bound}"
        case "string_pattern_mismatch" if limits["pattern"] == ID and known:
            why = f"can't be {shown}: {_cure_of_id(kind, name)}"
        case "string_pattern_mismatch" if known and known.description:
            why = f"can't be {shown}: {known.description[0].lower()}{known.description[1:].rstrip('.')}"
        case error_type:
            cure = next(
                (cure for start, cure in _CURES.items() if error_type.startswith(start)), first["msg"]
            )
            why = f"can't be {shown}: {cure}"
    return f"{title} {why}."
