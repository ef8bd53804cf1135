"""What the files of office programs have in common: how a template opens, and what goes out with none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, Final, TypeVar
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from workshop_tui.documents.document import Document
from workshop_tui.documents.errors import DocumentError, quoted
from workshop_tui.os_errors import why

T = TypeVar("T")
LARGEST_TEMPLATE: Final = 50 * 1024 * 1024
"""The largest template that is read, in bytes."""
_LARGEST_UNPACKED: Final = 200 * 1024 * 1024
_TYPES: Final = "[Content_Types].xml"
_TEMPLATES: Final = (
    (b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml"),
    (b"presentationml.template.main+xml", b"presentationml.presentation.main+xml"),
)
"""What a template's main part is called → what a document's is."""
_TRACES: Final = ("/metadata/thumbnail", "/extended-properties")
_LANGUAGES: Final = {"en": "en-GB"}


class TemplateError(DocumentError):
    """A firm's template can't be used; the message is one sentence: which, why, and what to do."""


def template_of(file: Path) -> bytes:
    """Return what a template holds.

    Raises:
        TemplateError: it can't be read, or is too large for one.
    """
    try:
        if file.stat().st_size > LARGEST_TEMPLATE:
            limit = LARGEST_TEMPLATE // 1024**2
            raise TemplateError(f"«{file}» is over {limit} MB, which no template is: choose another.")
        return file.read_bytes()
    except (OSError, ValueError) as error:
        raise TemplateError(f"«{file}» can't be read, as {why(error)}.") from None


def language(lang: str) -> str:
    """Return a language as office programs name it, with its country."""
    return _LANGUAGES.get(lang, lang)


def as_opened(opened: Callable[[Any], T], template: bytes, name: str, program: str, endings: str) -> T:
    """Return what a library makes of a template, be it a document or a program's own template.

    Raises:
        TemplateError: it is no such file.
    """
    try:
        return opened(BytesIO(_as_document(template)))
    except DocumentError:
        raise
    except Exception:  # noqa: BLE001 - a foreign file breaks a library in many ways
        is_so_called = name.lower().endswith(tuple(endings.split(" or ")))
        cure = f"choose one that {program} has saved" if is_so_called else f"choose a {endings} file"
        called = ", whatever its name says" if is_so_called else ""
        raise TemplateError(f"{quoted(name)} is no {program} template{called}: {cure}.") from None


def _as_document(template: bytes) -> bytes:
    with ZipFile(BytesIO(template)) as archive:
        if sum(info.file_size for info in archive.infolist()) > _LARGEST_UNPACKED:
            raise BadZipFile
        types = archive.read(_TYPES)
        if not any(begun in types for begun, _ in _TEMPLATES):
            return template
        for begun, ended in _TEMPLATES:
            types = types.replace(begun, ended)
        file = BytesIO()
        with ZipFile(file, "w", ZIP_DEFLATED) as changed:
            for each in archive.namelist():
                changed.writestr(each, types if each == _TYPES else archive.read(each))
    return file.getvalue()


def tell_of_itself(properties: Any, document: Document) -> None:
    """Say in a file's properties what it is, and nothing of who or what has written it, or when."""
    for name in (
        "author",
        "category",
        "comments",
        "content_status",
        "keywords",
        "last_modified_by",
        "subject",
    ):
        setattr(properties, name, "")
    properties.title, properties.language = document.title, language(document.lang)
    day = dict(document.facts).get("as_of")
    at = dt.date.fromisoformat(day) if day else dt.date(2000, 1, 1)
    properties.created = properties.modified = dt.datetime(at.year, at.month, at.day, tzinfo=dt.UTC)
    properties.revision = 1


def without_old_traces(package: Any) -> None:
    """Leave out what a template tells of another document: a picture of it, its figures and titles."""
    relations = package._rels if hasattr(package, "_rels") else package.rels  # noqa: SLF001
    gone = [key for key, relation in relations.items() if relation.reltype.endswith(_TRACES)]
    for key in gone:
        relations.pop(key)
