"""vCards, 2.1 to 4.0, as phones, mail programs and iCloud write them → the table that a CSV would be.

By hand, as vobject gives a whole file up for one broken line, an unknown charset or a picture that isn't
folded, and doesn't say on which line a card stands.
"""

from __future__ import annotations

import binascii
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct, field

from workshop_tui.documents.contacts_decode import decoded
from workshop_tui.documents.contacts_sheet import MOST_ROWS, TOO_MANY, ContactSheet, Note, SheetRow
from workshop_tui.documents.errors import DocumentError, quoted
from workshop_tui.domain.base.text import clean_text, fold

_BEGINS = re.compile(rb"\s*BEGIN\s*:\s*VCARD\s*[\r\n]", re.IGNORECASE)
_MARKS: Final = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_PROPERTY = re.compile(rb'(?:([\w-]+)\.)?([A-Za-z][\w-]*)((?:;(?:[^";:]|"[^"]*")*){0,40}):', re.ASCII)
_PARAMETER = re.compile(r';([\w-]+)(?:=((?:[^";]|"[^"]*")*))?')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PARTS = re.compile(r"(?<!\\)(?:\\\\)*;")
_BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]*")
_APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_")
_MOST_LINES: Final = 600_000  # twice as many as there are, as a line may end in two signs
_MOST_OF_ONE: Final = 8
"""How many values of one property have a column of their own; more stand in the last."""

_HEADINGS: Final = {
    "FN": "Full Name",
    "TITLE": "Job Title",
    "EMAIL": "Email",
    "ROLE": (_ROLE := "ROLE (vCard)"),  # what they do, where there is no title; no role in a decision
    "NOTE": "Note",
    "UID": "Contact ID",
    **dict.fromkeys(
        ("X-MANAGER", "X-MS-MANAGER", "X-EVOLUTION-MANAGER", "X-KADDRESSBOOK-X-MANAGERSNAME"), "Manager"
    ),
}
"""Property → the heading under which its words stand in a CSV; others stand under their own name."""
_OF_N: Final = ("Last Name", "First Name", "Middle Name", "Name Prefix", "Name Suffix")
_OF_FIRM: Final = ("Organization", "Department")
_OF_THE_CARD: Final = frozenset(
    {"VERSION", "PRODID", "REV", "PROFILE", "SOURCE", "NAME", "CLASS", "SORT-STRING", "X-ABLABEL"}
    | {"KIND", "X-ADDRESSBOOKSERVER-KIND", "X-ABSHOWAS", "MEMBER", "X-ADDRESSBOOKSERVER-MEMBER"}
)
"""What is said of the card and not of anybody."""


class _Line(Struct, frozen=True):
    """A line of a card, put together again; `value` is decoded from what is written, not from its charset."""

    number: int
    group: str
    name: str
    parameters: dict[str, str]
    value: bytes

    @property
    def kinds(self) -> set[str]:
        """What it says of its kind, as in `TYPE=work,pref`, and in 2.1 as in `;WORK;PREF`."""
        return {each.strip().casefold() for each in self.parameters.get("TYPE", "").split(",")}

    @property
    def place(self) -> int:
        """Where it stands among several: preferred first."""
        preferred = self.parameters.get("PREF", "")
        return int(preferred) if preferred.isdecimal() else 0 if "pref" in self.kinds else 101


class _Card(Struct):
    line: int
    lines: list[_Line] = field(default_factory=list)
    is_whole: bool = True


def is_vcard(content: bytes) -> bool:
    """Whether a file is one of vCards, by how it begins."""
    return bool(_BEGINS.match(_in_one_byte(content[:400])))


def read_vcards(content: bytes, said: str = "") -> ContactSheet:
    """Return a row for each card; `said` goes before what the file looks like, but not before its charsets.

    Several values of one kind have a column each. Groups, places and firms are no people, and named in
    the notes, as are lines that can't be read. Raises DocumentError where the text isn't what it is said
    to be, or there are too many cards.
    """
    is_marked = content[:2] in _MARKS
    content = _in_one_byte(content)
    if content.count(b"\n") + content.count(b"\r") > _MOST_LINES:
        raise DocumentError("This file has too many lines to be read: split it.")
    notes: list[Note] = []
    cards = list(_cards(content, notes))
    encoding, is_guess = _encoding(cards, content.count(b"\n") + 1, said)
    table: list[tuple[int, dict[tuple[str, int], str]]] = []
    for card in cards:
        if not card.is_whole:
            notes.append(Note(card.line, f"Line {card.line}: this card has no end, so it may be cut off."))
        told, cells = _row(card, encoding)
        if told:
            notes.append(Note(card.line, f"Line {card.line}: {told}"))
        else:
            table.append((card.line, cells))
    columns = sorted({key for _, cells in table for key in cells}, key=_order)
    if not columns:
        raise DocumentError("No card of this file is a person: export it again.")
    rows = [SheetRow(line, tuple(cells.get(column, "") for column in columns)) for line, cells in table]
    name = "UTF-16" if is_marked else encoding
    notes.sort(key=lambda each: each.line)
    return ContactSheet(
        tuple(heading for heading, _ in columns), tuple(rows), (), tuple(notes), name, is_guess, "as vCards"
    )


def _in_one_byte(content: bytes) -> bytes:
    """Return the content so that its lines can be taken apart; UTF-16 becomes UTF-8."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return content.decode(encoding, "replace").encode()
    return content


def _order(column: tuple[str, int]) -> tuple[int, str, int]:
    known = ("Full Name", *_OF_N, *_HEADINGS.values(), *_OF_FIRM)
    heading, number = column
    return (known.index(heading) if heading in known else len(known), heading, number)


# Lines and cards


def _cards(content: bytes, notes: list[Note]) -> Iterator[_Card]:  # noqa: C901 - each kind of line
    """Yield the cards; what stands in a card within a card is told, and not taken."""
    card: _Card | None = None
    inner = number = 0
    before = ""
    for line in _lines(content):
        what = line.value.strip().upper()
        if line.name == "BEGIN" and what == b"VCARD":
            if card and before == "AGENT":
                inner += 1
                notes.append(Note(line.number, f"Line {line.number}: a card within a card is not read."))
            else:
                if card:
                    card.is_whole = False
                    yield card
                card, inner, number = _Card(line.number), 0, number + 1
                if number > MOST_ROWS:
                    raise DocumentError(TOO_MANY)
        elif line.name == "END" and what == b"VCARD":
            if inner:
                inner -= 1
            elif card:
                yield card
                card = None
        elif card is None or not line.name:
            said = quoted(clean_text(line.value.decode("utf-8", "replace")))
            where = "is no line of a vCard" if card else "stands outside of a card"
            notes.append(Note(line.number, f"Line {line.number}: {said} {where}, so it is not read."))
        elif not inner:
            card.lines.append(line)
        before = line.name
    if card:
        card.is_whole = False
        yield card


def _lines(content: bytes) -> Iterator[_Line]:
    """Yield what isn't blank, folded lines put together; a line that can't be read has no name."""
    written = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    at, is_old = 0, False
    while at < len(written):
        number, parts = at + 1, [written[at]]
        at += 1
        found = _PROPERTY.match(parts[0])
        kinds = found[3].upper() if found else b""
        is_quoted, is_binary = b"QUOTED-PRINTABLE" in kinds, b"BASE64" in kinds or b"ENCODING=B" in kinds
        while at < len(written):
            after = written[at]
            if is_quoted and parts[-1].endswith(b"="):
                parts[-1] = parts[-1][:-1]
            elif is_binary and after.strip() and b":" not in after and _BASE64.fullmatch(after):
                after = b""
            elif after[:1] in {b" ", b"\t"} and after.strip():
                after = after if is_old else after[1:]
            else:
                break
            parts.append(after)
            at += 1
        whole = b"".join(parts)
        if not whole.strip():
            continue
        line = _line(number, whole)
        if line.name == "VERSION":
            is_old = line.value.strip().startswith(b"2")
        yield line


def _line(number: int, whole: bytes) -> _Line:
    found = _PROPERTY.match(whole)
    if not found:
        return _Line(number, "", "", {}, whole)
    parameters: dict[str, str] = {}
    for name, value in _PARAMETER.findall(found[3].decode("utf-8", "replace")):
        bare = "" if value else name.upper()
        at = "ENCODING" if bare in {"QUOTED-PRINTABLE", "BASE64"} else "TYPE" if bare else name.upper()
        kept = value.replace('"', "") or name
        parameters[at] = f"{parameters[at]},{kept}" if at in parameters else kept
    value = whole[found.end() :]
    how = parameters.get("ENCODING", "").upper()
    if how == "QUOTED-PRINTABLE":
        value = binascii.a2b_qp(value)
    elif how in {"B", "BASE64"}:
        value = b"(data)"
    group = (found[1] or b"").decode("ascii")
    return _Line(number, group.casefold(), found[2].decode("ascii").upper(), parameters, value)


# Text


def _encoding(cards: Sequence[_Card], length: int, said: str) -> tuple[str, bool]:
    """Return in what the values are written that don't say it, and whether that is a guess."""
    found = [b""] * length
    for card in cards:
        for line in card.lines:
            if not (line.value.isascii() or _charset(line)):
                found[line.number - 1] = line.value.replace(b"\n", b" ").replace(b"\r", b" ")
    _, name, is_guess = decoded(b"\n".join(found), said)
    return name, is_guess


def _charset(line: _Line) -> str:
    """Return the charset that a line names, if there is such a one."""
    try:
        b"a".decode(named := line.parameters.get("CHARSET", ""), "replace")
    except (LookupError, ValueError):
        return ""
    return named


def _text(line: _Line, encoding: str) -> str:
    """Return what a line says; a charset that isn't that of the line gives way to how the file is written."""
    for name in filter(None, (_charset(line), encoding)):
        try:
            return line.value.decode(name)
        except ValueError:
            continue
    return line.value.decode("latin-1")


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text).strip()


def _parts(text: str) -> list[str]:
    """Return the parts of a value with semicolons, each as it is meant."""
    ends = [found.end() for found in _PARTS.finditer(text)]
    return [_plain(text[a:b].removesuffix(";")) for a, b in pairwise([0, *ends, len(text) + 1])]


# One card


def _row(card: _Card, encoding: str) -> tuple[str, dict[tuple[str, int], str]]:
    """Return why a card is nobody, "" where it is somebody, and its cells by heading and number."""
    values: dict[str, list[str]] = defaultdict(list)
    labels = {
        line.group: _APPLE_LABEL.sub(r"\1", _text(line, encoding))
        for line in card.lines
        if line.name == "X-ABLABEL"
    }
    kinds = {fold(_text(line, encoding)) for line in card.lines if line.name.endswith(("KIND", "X-ABSHOWAS"))}
    for line in sorted(card.lines, key=lambda each: each.place):
        if line.name not in _OF_THE_CARD:
            for heading, text in _cells(line, _text(line, encoding), labels.get(line.group, "")):
                if text and text not in values[heading]:
                    values[heading].append(text)
    if not values["Job Title"]:
        values["Job Title"] = values.pop(_ROLE, [])
    name = next(iter(values["Full Name"]), "")
    firm = next(iter(values["Organization"]), "")
    if kinds & {"group", "location", "application", "device"}:
        return f"{quoted(name or 'a card')} is a group or a place and no person: left out.", {}
    has_names = bool(values["First Name"] or values["Last Name"])
    if kinds & {"org", "company"} or (firm and not has_names and name in {"", firm}):
        return f"{quoted(name or firm)} is a firm and no person: left out.", {}
    return "", {
        (heading, number): text
        for heading, texts in values.items()
        for number, text in enumerate(_few(heading, texts))
    }


def _few(heading: str, texts: Sequence[str]) -> Sequence[str]:
    """Return values for a column each; what isn't read has one column, whatever there is of it."""
    most = _MOST_OF_ONE if heading in {*_HEADINGS.values(), *_OF_N, *_OF_FIRM} else 1
    return texts if len(texts) <= most else [*texts[: most - 1], "; ".join(texts[most - 1 :])]


def _cells(line: _Line, text: str, label: str) -> Iterator[tuple[str, str]]:
    if line.name == "N":
        yield from zip(_OF_N, (part.replace(",", " ") for part in _parts(text)), strict=False)
    elif line.name == "ORG":
        firm, *units = _parts(text)
        yield from zip(_OF_FIRM, (firm, ", ".join(filter(None, units))), strict=True)
    elif line.name == "X-ABRELATEDNAMES" and fold(label) == "manager":
        yield "Manager", _plain(text)
    else:
        yield _HEADINGS.get(line.name, line.name), _plain(text)
