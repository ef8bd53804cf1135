"""What a file says anywhere in it: in every part of an office program's, in every text of a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    TextStringObject,
)

_FIGURE = re.compile(r"-?[0-9.]+|[0-9A-F]{6,8}|\{[0-9A-F-]{36}\}")
"""A measure, a colour or a number of the format's own, which says nothing."""

_CHECKSUM = re.compile(
    r'(workshop-tui \S+ for \S+ (?:[0-9a-f]{12} )?|"checksum": "|X-WORKSHOP-TUI:)[0-9a-f]{32}\b'
)
"""By which a file is known again; in its digits any number may stand."""


def all_of(content: str | bytes) -> str:
    """Return all that a file says to whoever takes it apart, without its checksum and places in charts."""
    return _CHECKSUM.sub(r"\1", _all_of(content))


def _all_of(content: str | bytes) -> str:
    if isinstance(content, str):
        return re.sub(r'(?<=[" ])(?:x|y|width|height|d|viewBox)="[-MVH0-9 ]*"', "", content)
    if content.startswith(b"%PDF-"):
        return "\n".join(_of_pdf(content))
    return "\n".join(_of_package(content))


def _of_package(content: bytes) -> Iterator[str]:
    """Yield every name, text and attribute of every part: properties, notes, comments, alt texts, links."""
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            yield name
            part = archive.read(name)
            if name.endswith((".xml", ".rels")):
                yield from _of_xml(part)
            else:
                yield part.decode("utf-8", "replace")


def _of_xml(part: bytes) -> Iterator[str]:
    for element in ET.fromstring(part).iter():  # noqa: S314 - we have written it ourselves
        yield from (words for words in (element.text, element.tail) if words)
        yield from (value for value in element.attrib.values() if not _FIGURE.fullmatch(value))


def _of_pdf(content: bytes) -> Iterator[str]:
    """Yield the words of each page, and every text among the objects: titles, tags, links, properties."""
    reader = PdfReader(BytesIO(content), strict=True)
    yield from (page.extract_text() for page in reader.pages)
    yield str(reader.metadata)
    if reader.xmp_metadata is not None:
        yield reader.xmp_metadata.rdf_root.toxml()
    for number in reader.xref[0]:
        yield from _texts(reader.get_object(IndirectObject(number, 0, reader)))


def _texts(found: object) -> Iterator[str]:
    match found:
        case TextStringObject():
            yield str(found)
        case ByteStringObject():
            yield found.decode("latin-1")
        case DictionaryObject():
            for value in found.values():
                yield from _texts(value)
        case ArrayObject():
            for value in found:
                yield from _texts(value)
