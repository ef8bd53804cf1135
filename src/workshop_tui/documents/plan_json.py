"""JSON of a whole account plan, loss-free both ways, and of what one audience may see of it.

Every field is written, also where it equals its default: a file then means the same when a later
version has other defaults, and a value that is set back to its default shows in a diff.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NoReturn

from workshop_tui.bounds import TooMuchError, check_json
from workshop_tui.documents.errors import DocumentError, quoted
from workshop_tui.documents.file_type import file_type
from workshop_tui.domain.base.entity import Entity, Json, title_of, unvalidated, value_type
from workshop_tui.domain.base.validation import Invalid, model, validated
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.model.people import Meeting, MeetingStakeholder
from workshop_tui.domain.plan.audience import shows, shows_kind
from workshop_tui.domain.plan.plan import KINDS, AccountPlan, problems

FAMILY: Final = "workshop-tui/account-plan/"
VERSION: Final = 3
SCHEMA: Final = f"{FAMILY}{VERSION}"
UNPROJECTED: Final = "all"
"""The audience of a plan that nothing was cut from: the only one that can be read back."""
CHECKSUM: Final = "checksum"
"""Part of the head of an exported file, by which the next export knows whether somebody has changed it."""
_CURE: Final = "export an account's whole plan, as JSON for everybody."
"""What the app's dialog calls it; a command has `--for all --format json`."""
_HEAD = 4096  # bytes that tell what a file is
_LARGEST_WHOLE = 2**53  # beyond it other readers of JSON lose digits
_SURROGATE = re.compile("[\ud800-\udfff]")

_IRREGULAR = {
    "account": "account",  # there is one
    "party": "parties",
    "criterion": "criteria",
    "approach": "approaches",
    "carry": "carries",
    "parking": "parking",
    "roti": "roti",
    "learnt": "learnt",
    "stage_entry": "stage_entries",
    "chemistry": "chemistry",
    "terms": "terms",
    "erratum": "errata",
}


def _plural(kind: type[Entity]) -> str:
    snake = re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
    return _IRREGULAR.get(snake, f"{snake}s")


NAMES: Final[Mapping[type[Entity], str]] = {kind: _plural(kind) for kind in KINDS}
"""Under which name the rows of a kind stand in the document."""


def dump_plan(plan: AccountPlan) -> str:
    """Return a plan as JSON text, the same for equal plans.

    A plan that `project` has cut is written without the kinds and fields its audience doesn't see.
    """
    document: dict[str, Any] = {"schema": SCHEMA, "audience": plan.audience or UNPROJECTED}
    for kind in KINDS:
        if shows_kind(kind, plan.audience):
            rows = [_shown(row, plan.audience) for row in plan.all(kind)]
            document[NAMES[kind]] = rows[0] if kind is Account else rows
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _shown(row: Entity, audience: str | None) -> dict[str, Json]:
    return {name: value for name, value in row.plain().items() if shows(type(row), name, audience)}


def load_plan(text: str | bytes) -> AccountPlan:
    """Return the whole account plan that a JSON text holds.

    Fields left out take their defaults; apart from that values are read exactly as `dump_plan`
    writes them: `"3"` and `true` are no number.

    Raises:
        DocumentError: the text is no account plan of ours, or holds something invalid.
    """
    _refuse_other(text)
    try:
        check_json(text)
    except TooMuchError as error:
        raise DocumentError(f"This can't be read, as {error}: choose an account plan.") from None
    document = _parsed(_decoded(text))
    _check_head(document)
    document = _of_this_version(document)
    entities = [row for kind in KINDS for row in _rows(kind, document)]
    plan = AccountPlan.of(entities)
    if problem := next(problems(plan), None):
        raise DocumentError(problem)
    return plan


def load_sample(text: bytes) -> AccountPlan:
    """Return the plan of a file that came with the app: it was valid when that was made (see its test)."""
    document = json.loads(text)
    found = {kind: document[name] for kind, name in NAMES.items() if document[name]}
    found[Account] = [document[NAMES[Account]]]
    return AccountPlan.of(
        row
        for kind, rows in found.items()
        for row in unvalidated(kind, tuple(rows[0]))(tuple(each.values()) for each in rows)
    )


def _refuse_other(text: str | bytes) -> None:
    """Say of a file of another kind what it is, rather than that it is no JSON."""
    match file_type(text[:_HEAD].encode(errors="replace") if isinstance(text, str) else text[:_HEAD]):
        case "Markdown":
            raise DocumentError(f"This is Markdown, which is only written and not read: {_CURE}")
        case "a table":
            raise DocumentError(
                "This is a table and no account plan: "
                "contacts come into an account, with `--account` or by i in its session."
            )
        case kind if kind not in {"", "JSON"}:
            raise DocumentError(f"This is {kind} and no account plan: {_CURE}")


def _decoded(text: str | bytes) -> str:
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        raise DocumentError(f"Line {line} is not UTF-8 text: save the file as UTF-8.") from None


def _parsed(text: str) -> dict[str, Any]:
    try:
        document = json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise DocumentError(
            f"Line {error.lineno}, column {error.colno} is not JSON ({error.msg}): mend it."
        ) from None
    except RecursionError:
        raise DocumentError("This file is nested too deep for an account plan: export it again.") from None
    except ValueError:
        raise DocumentError("This file holds a number with too many digits: shorten it.") from None
    if not isinstance(document, dict):
        raise DocumentError(f"This file holds no JSON object: {_CURE}")
    return document


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            where = f" (id {quoted(found['id'])})" if "id" in found else ""
            raise DocumentError(f"{quoted(name)} stands twice in one object{where}: keep one of them.")
        found[name] = value
    return found


def _check_head(document: Mapping[str, Any]) -> None:
    family, _, version = str(document.get("schema")).rpartition("/")
    if f"{family}/" != FAMILY or not re.fullmatch("[1-9][0-9]{0,8}", version):
        raise DocumentError(f"This is no file of schema {SCHEMA}: {_CURE}")
    if int(version) > VERSION:  # whatever an older one lacks has a default
        raise DocumentError(
            f"This file has schema number {version} and this version reads {VERSION}: update workshop-tui."
        )
    if (audience := document.get("audience")) != UNPROJECTED:
        why = (
            f"was cut for the audience {quoted(audience)}" if audience else "doesn't say that nothing was cut"
        )
        raise DocumentError(f"This file {why}: {_CURE}")
    known = {"schema", "audience", CHECKSUM, *NAMES.values()}
    if unknown := next((name for name in document if name not in known), None):
        raise DocumentError(f"{quoted(unknown)} is no part of an account plan: remove it.")


_SEVERAL_MET = 3
"""The first version in which a meeting is with several people; up to then it names one."""


def _of_this_version(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document as this version writes it; whatever else an older one lacks has a default."""
    meetings = document.get("meetings")
    is_older = int(str(document["schema"]).rpartition("/")[2]) < _SEVERAL_MET
    if not is_older or not isinstance(meetings, list):
        return document
    met = [
        {"meeting": meeting.get("id"), "stakeholder": meeting["stakeholder"]}
        for meeting in meetings
        if isinstance(meeting, dict) and "stakeholder" in meeting
    ]
    held = [
        {name: value for name, value in meeting.items() if name != "stakeholder"}
        if isinstance(meeting, dict)
        else meeting
        for meeting in meetings
    ]
    return {**document, NAMES[Meeting]: held, NAMES[MeetingStakeholder]: met}


def _rows(kind: type[Entity], document: Mapping[str, Any]) -> Iterator[Entity]:
    name = NAMES[kind]
    found = document.get(name, [])
    if not isinstance(found, dict if kind is Account else list):
        form = "one object" if kind is Account else "a list of objects"
        raise DocumentError(f"{quoted(name)} is not {form}: write it as the schema says.")
    seen = set()
    for number, values in enumerate([found] if kind is Account else found, 1):
        row = _row(kind, values, number)
        if row.key in seen:
            raise DocumentError(
                f"The {kind.VERBOSE_NAME} {quoted('/'.join(row.key))} is there twice: remove one."
            )
        seen.add(row.key)
        yield row


def _row(kind: type[Entity], values: Any, number: int) -> Entity:
    if not isinstance(values, dict):
        _refuse(f"{kind.VERBOSE_NAME} number {number}", "this is no object: write it in braces.")
    key = [part for name in kind.KEY if isinstance(part := values.get(name), str)]
    named = len(key) == len(kind.KEY)
    where = (
        f"{kind.VERBOSE_NAME} {quoted('/'.join(key))}" if named else f"{kind.VERBOSE_NAME} number {number}"
    )
    for name, value in values.items():
        if name not in kind.fields:
            _refuse(where, f"{quoted(name)} is not a field: remove it.")
        if fault := _fault(value):
            _refuse(where, f"{title_of(kind, name)} {fault}.")
    try:
        row = validated(kind, values)
    except Invalid as error:
        _refuse(where, str(error))
    _check_form(row, values, where)
    return row


def _fault(value: object) -> str:
    """Return what is wrong with a value whatever its field, or nothing."""
    match value:
        case dict() | list():
            return "can't be a list or an object: write one value"
        case float() if not math.isfinite(value):
            return "is not a finite number: write a number or null"
        case int() if abs(value) > _LARGEST_WHOLE:
            return "is too large a number: write a smaller one"
        case str() if not value.isascii() and _SURROGATE.search(value):
            return "holds half of a character (a surrogate): write the character itself"
        case _:
            return ""


def _check_form(row: Entity, values: Mapping[str, Json], where: str) -> None:
    """Refuse what was understood but isn't written our way, as "3" or true for a number."""
    kind, plain = type(row), row.plain()
    for name, value in values.items():
        held = getattr(row, name)
        if isinstance(held, dt.datetime) and held.tzinfo is None:
            _refuse(where, f"{title_of(kind, name)} has no time zone: write it in UTC, with a Z at its end.")
        as_meant = isinstance(plain[name], float) and type(value) is int and value == plain[name]
        if value_type(kind, name) is not str and not as_meant and not _alike(value, plain[name]):
            given, wanted = (json.dumps(each, ensure_ascii=False) for each in (value, plain[name]))
            _refuse(where, f"{title_of(kind, name)} can't be {given[:40]}: write {wanted}.")


def _alike(one: Json, other: Json) -> bool:
    return type(one) is type(other) and one == other


def _refuse(where: str, why: str) -> NoReturn:
    raise DocumentError(f"In the {where}: {why}")


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the whole account plan, derived from the kinds."""
    from pydantic.json_schema import models_json_schema

    models = {kind: model(kind) for kind in KINDS}
    refs, shared = models_json_schema([(each, "validation") for each in models.values()])
    rows: dict[str, Any] = {
        NAMES[kind]: refs[of_kind, "validation"]
        if kind is Account
        else {"type": "array", "items": refs[of_kind, "validation"]}
        for kind, of_kind in models.items()
    }
    head = {"schema": {"const": SCHEMA}, "audience": {"const": UNPROJECTED}}
    checksum = {CHECKSUM: {"type": "string", "description": "Of the file as exported; not needed to import."}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Account plan",
        "description": "The whole account plan of one customer, as workshop-tui exports it with `--for all`.",
        "type": "object",
        "properties": head | checksum | rows,
        "required": [*head, NAMES[Account]],
        "additionalProperties": False,
        **shared,
    }
