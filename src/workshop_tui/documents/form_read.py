"""A discovery form comes back: what its firm has changed in lines and scores since it was written.

The id alone says which line or criterion is meant. Each value is held against what was written and against
the plan as it is: what the file alone has changed is an edit, what both have changed is a question. What is
gone changes nothing. Nothing here knows more than the form's firm sees, or touches another firm's rows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from math import isclose
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from workshop_tui.documents.contacts_workbook import is_workbook, rows_by_sheet
from workshop_tui.documents.errors import DocumentError, quoted
from workshop_tui.documents.form import (
    HEADS,
    INTRODUCTION,
    LINES,
    PROFILE,
    QUESTIONS,
    SCORE_HEADS,
    SIGNATURE,
    checksum,
    labels,
    lines_of,
    mark_of_form,
    mark_of_question,
)
from workshop_tui.documents.read_back import LARGEST, LIKE, likeness, text_of
from workshop_tui.documents.task_line import (
    LONGEST,
    MOST_BRACKETS,
    MOST_LINES,
    MOST_OF_TASKS,
    MOST_TASKS,
    as_read,
    plain,
    told_with_codes,
    without_codes,
    words_of,
)
from workshop_tui.domain.base.entity import Entity, Json, Key
from workshop_tui.domain.base.text import clean_text, fold, one_of
from workshop_tui.domain.model.account import Account, Party
from workshop_tui.domain.model.discovery import Bullet, Criterion, Score
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan, rank_after
from workshop_tui.domain.plan.setters import FieldRef, SetContext, set_value
from workshop_tui.domain.plan.step import Add, Change, Refused, Step, apply, invert, made, target

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_KINDS: Final[tuple[type[Entity], ...]] = (Account, Party, Criterion, Score, Bullet)
"""What a form is made of."""
_SCORE: Final = re.compile(r"[1-5]")
_NO_FORM: Final = (
    "This is neither Markdown in UTF-8 nor a workbook: choose the file that `form export` has written."
)
_TOO_MUCH: Final = "This has far more in it than any form: choose the file that was sent out."


class Spot(NamedTuple):
    """Where something stands in a form: a line, or the row of a sheet."""

    number: int
    sheet: str = ""

    @property
    def told(self) -> str:
        """In words, as in «Line 12» and «Row 3 of «lines»»."""
        return told_at((self,))


def told_at(spots: Sequence[Spot]) -> str:
    """Return where something stands, as in «Lines 12 and 15»; what is in several sheets is told singly."""
    *others, last = (str(spot.number) for spot in spots)
    numbers = f"{', '.join(others)} and {last}" if others else last
    many = "s" if others else ""
    sheet = spots[0].sheet
    if any(spot.sheet != sheet for spot in spots):
        return " and ".join(spot.told for spot in spots)
    return f"Row{many} {numbers} of «{sheet}»" if sheet else f"Line{many} {numbers}"


class FormEdit(Struct, frozen=True):
    """A value of a line or a score becomes another one."""

    spot: Spot
    kind: type[Bullet | Score]
    key: Key
    name: str
    """Of the field."""
    value: Json
    was: Json
    """What the plan has now; None for a score that isn't there."""


class FormQuestion(Struct, frozen=True):
    """The file and the plan have both changed a value since, or it isn't known which: one is to be chosen."""

    edit: FormEdit
    is_known: bool = True
    """Whether it is known what was written, so that both are known to have changed it."""


class NewLine(Struct, frozen=True):
    """A line that isn't there yet."""

    spot: Spot
    text: str
    visibility: str


class LikelyLine(Struct, frozen=True):
    """A line without an id that may be one which stands nowhere else in the file."""

    spot: Spot
    id: str
    edits: tuple[FormEdit, ...]
    new: NewLine
    """What it is otherwise."""


class RefusedSpots(Struct, frozen=True):
    """Lines or rows of which nothing is taken, and why, in a sentence."""

    spots: tuple[Spot, ...]
    why: str


class FormRead(Struct, frozen=True):
    """What a form that comes back would change."""

    edits: tuple[FormEdit, ...] = ()
    questions: tuple[FormQuestion, ...] = ()
    new: tuple[NewLine, ...] = ()
    likely: tuple[LikelyLine, ...] = ()
    refused: tuple[RefusedSpots, ...] = ()
    not_read: tuple[RefusedSpots, ...] = ()
    """What isn't read from a form, while the rest of its line is."""

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to do, and nothing to say."""
        return self == FormRead()


# The file


class FormFile(Struct, frozen=True):
    """A form that comes back, and what it says of itself."""

    account: str
    firm: str
    mark: str
    is_intact: bool
    """Whether nobody has changed it since it was written."""
    asks: frozenset[str] = frozenset()
    """The marks of the questions in it."""
    text: str = ""
    """Markdown; empty for a workbook."""
    sheets: Mapping[str, Sequence[tuple[int, Sequence[str]]]] = field(default_factory=dict)


def form_file(content: bytes) -> FormFile:
    """Return a form, of which `LARGEST` + 1 bytes have to be read at most.

    Raises:
        DocumentError: it is too large, no form of ours, or there are several in it.
    """
    if len(content) > LARGEST:
        raise DocumentError("This is far larger than a form of ours: choose the file that was sent out.")
    if is_workbook(content):
        try:
            sheets = rows_by_sheet(content)
        except DocumentError:
            raise DocumentError(
                "This workbook can't be read: save it again as XLSX, without a password."
            ) from None
        said = "\n".join(cell for rows in sheets.values() for _, cells in rows for cell in cells)
        found = _signature(said)
        return _named(found, is_intact=False, sheets=sheets)
    try:
        text = text_of(content)
    except DocumentError:
        raise DocumentError(_NO_FORM) from None
    found = _signature(text)
    start = text.rfind("<!--", 0, found.start())
    is_intact = (
        found["checksum"] == checksum(found["account"], text[:start].encode())
        and text[start:].strip() == f"<!-- {found[0]} -->"
    )
    return _named(found, is_intact=is_intact, text=text)


def _named(signature: re.Match[str], **content: Any) -> FormFile:
    asks = frozenset((signature["asks"] or "").split("-"))
    return FormFile(signature["account"], signature["firm"], signature["mark"], asks=asks, **content)


def _signature(said: str) -> re.Match[str]:
    found = [*SIGNATURE.finditer(said)]
    if len({(one["account"], one["firm"]) for one in found}) > 1:
        raise DocumentError("There are several forms in this file: bring each in from a file of its own.")
    if not found:
        raise DocumentError(
            "This is no form that was exported here: the line of it that says so may have been lost."
        )
    return found[-1]


# What was written


def form_as_written(whole: AccountPlan, firm: str, mark: str, steps: Iterable[Step]) -> AccountPlan | None:
    """Return, for a firm, the plan as it stood when a form with this mark was written.

    `steps` are those of the whole plan's journal, the latest first. None where it never stood so.
    """
    rows = AccountPlan({kind: whole.rows.get(kind, {}) for kind in _KINDS})
    if mark_of_form(view := project(rows, firm), firm) == mark:
        return view
    for step in steps:
        changes = tuple(change for change in step.changes if target(change)[0] in _KINDS)
        if not changes:
            continue
        try:
            rows = apply(rows, invert(Step(changes)))
        except Refused:
            return None
        if rows.get(Party, firm) is None or not rows.all(Account):
            return None
        if mark_of_form(view := project(rows, firm), firm) == mark:
            return view
    return None


# What stands in it


class _RefusedLine(Exception):  # noqa: N818 - it never leaves this module
    """A line is refused; the message is the sentence."""


class _Line(Struct, frozen=True):
    """What a line says; an id or a visibility where it says one."""

    spot: Spot
    text: str
    id: str = ""
    visibility: str = ""


class _Scored(Struct, frozen=True):
    """What a row of the profile says."""

    spot: Spot
    id: str
    criterion: str
    weight: str
    score: str


class _Contents(Struct):
    """What stands in a form, by whatever file it came."""

    lines: list[_Line] = field(default_factory=list)
    scores: list[_Scored] = field(default_factory=list)
    refused: list[RefusedSpots] = field(default_factory=list)
    not_read: list[RefusedSpots] = field(default_factory=list)

    def leave(self, spot: Spot, words: str, why: str = "isn't read from a form") -> None:
        """Tell of words that aren't read."""
        self.not_read.append(RefusedSpots((spot,), f"{quoted(words)} {why}."))

    @contextmanager
    def refusing(self, spot: Spot) -> Iterator[None]:
        """Refuse a line or a row where it can't be read."""
        try:
            yield
        except _RefusedLine as error:
            self.refused.append(RefusedSpots((spot,), str(error)))


class _Known(Struct, frozen=True):
    """What the form's firm may name: its lines by their ids, and who may see one."""

    ids: frozenset[str]
    labels: Mapping[str, str]
    asks: frozenset[str]

    def is_question(self, shown: str) -> bool:
        """Whether words are a question of the form, as they are read."""
        return mark_of_question(shown) in self.asks

    def line(self, said: str) -> str:
        """Return the id of a line as it is kept, in whatever case it was written; empty for none."""
        if said in self.ids:
            return said
        found = [id_ for id_ in self.ids if fold(id_) == fold(said)]
        return found[0] if len(found) == 1 else ""

    def reader(self, said: str) -> str:
        """Return for whom a line is by what is written there; empty for nobody known."""
        wanted = fold(" ".join(said.split()))
        return next((seen for label, seen in self.labels.items() if fold(label) == wanted), "")

    def reader_of(self, said: str) -> str:
        """Return for whom a line is; empty where nothing is said.

        Raises:
            _RefusedLine: nobody is called so.
        """
        found = self.reader(said)
        if said.strip() and not found:
            raise _RefusedLine(
                f"{quoted(said.strip())} is nobody for whom a line can be: use own, alliance or customer."
            )
        return found


@cache
def _blocks() -> MarkdownIt:
    """Return a reader of blocks alone, in which whatever is typed stays words."""
    from markdown_it import MarkdownIt

    return (
        MarkdownIt("commonmark")
        .enable("table")
        .disable(["inline", "reference", "text_join", "code", "lheading"])
    )


def _of_markdown(text: str, known: _Known) -> _Contents:
    """Return what stands in Markdown.

    Raises:
        DocumentError: there is more than any form has.
    """
    found = _Contents()
    if text.count("\n") > MOST_LINES:
        raise DocumentError(_TOO_MUCH)
    parts, tables = _parted(text, known, found)
    rows = sum(map(len, tables))
    if len(parts) + rows > MOST_TASKS or sum(len(part.words) for part in parts) > MOST_OF_TASKS:
        raise DocumentError(_TOO_MUCH)
    for part in parts:
        if not _is_sound(part.words):
            found.refused.append(RefusedSpots((part.spot,), "This is far longer than a line may be."))
        elif part.is_item or part.section not in {"", PROFILE}:
            with found.refusing(part.spot):
                found.lines.append(_line_of(part.spot, part.words, known))
        elif plain(part.words) not in _INTRODUCED:
            found.leave(part.spot, plain(part.words), "stands above the lines, so it isn't read")
    for table in tables:
        _take_scores(found, table)
    return found


class _Part(Struct, frozen=True):
    """A paragraph or an item of a list in Markdown."""

    section: str
    """The heading of the second level above it; empty for none."""
    spot: Spot
    words: str
    is_item: bool


_SECTIONS: Final = frozenset({PROFILE, LINES, QUESTIONS})
_INTRODUCED: Final = frozenset(map(as_read, INTRODUCTION))


def _is_sound(words: str) -> bool:
    return len(words) <= LONGEST and words.count("[") - words.count("\\[") <= MOST_BRACKETS


_Table = list[tuple[Spot, list[str]]]


def _parted(  # noqa: C901, PLR0912 - a case for each token
    text: str, known: _Known, found: _Contents
) -> tuple[list[_Part], list[_Table]]:
    """Return the paragraphs, the items of lists and the tables of Markdown; what is neither is told.

    The paragraphs of an item of a list are one line; others are each a line.
    """
    parts: list[_Part] = []
    tables: list[_Table] = []
    section, heading, is_cell = "", "", False
    open_items: list[int | None] = []
    """Of each list's item that is open, which part it is; None before it says anything."""
    for token in _blocks().parse(text.replace("\u00a0", " ")):
        spot = Spot(token.map[0] + 1 if token.map else 0)
        match token.type:
            case "heading_open" | "heading_close":
                heading = token.tag if token.type == "heading_open" else ""
            case "list_item_open":
                open_items.append(None)
            case "list_item_close":
                open_items.pop()
            case "table_open":
                tables.append([])
            case "tr_open":
                tables[-1].append((spot, []))
            case "th_open" | "td_open" | "th_close" | "td_close":
                is_cell = token.type.endswith("open")
            case "html_block" | "fence":
                if not _is_comment(token.content.strip()):
                    found.leave(spot, " ".join(token.content.split()))
            case "inline" if heading:
                words = plain(token.content) if _is_sound(token.content) else token.content
                section = words if heading == "h2" else section
                if heading != "h1" and words not in _SECTIONS and not known.is_question(words):
                    found.leave(spot, words, "is a heading, so it isn't read: write lines beneath it")
            case "inline" if is_cell:
                tables[-1][-1][1].append(plain(token.content) if _is_sound(token.content) else "")
            case "inline" if open_items and (at := open_items[-1]) is not None:
                parts[at] = replace(parts[at], words=f"{parts[at].words}\n\n{token.content}")
            case "inline":
                if open_items:
                    open_items[-1] = len(parts)
                parts.append(_Part(section, spot, token.content, is_item=bool(open_items)))
    return parts, tables


_LINK: Final = re.compile(r"(?<![\\!])\[([^\[\]\\]*)\]\(<?(https?://[^\s()<>]+)>?\)")


def _address_kept(link: re.Match[str]) -> str:
    """Return a link as words with its address, which would be lost behind them."""
    return f"<{link[2]}>" if link[1] == link[2] else f"{link[1]} (<{link[2]}>)"


def _is_comment(html: str) -> bool:
    """Whether HTML is one comment, as our signature is, and nothing else."""
    return html.startswith("<!--") and html.find("-->") == len(html) - len("-->")


def _line_of(spot: Spot, content: str, known: _Known) -> _Line:
    """Return what a line says: its words, its id and who sees it."""
    parts = content.split("\n\n")
    told, codes = zip(*(told_with_codes(_LINK.sub(_address_kept, part)) for part in parts), strict=True)
    every = tuple(each for some in codes for each in some)
    named = {
        each: id_ for each in every if (id_ := known.line(each.split(maxsplit=1)[0] if each.split() else ""))
    }
    if len(set(named.values())) > 1:
        raise _RefusedLine(f"It has several ids, {one_of(sorted(set(named.values())))}: leave one of them.")
    last = codes[-1][-1] if told[-1].endswith("\ue001") and codes[-1] else ""
    taken = [*named] or ([last] if last else [])
    words = "\n".join(filter(None, (words_of(without_codes(one, taken)) for one in told)))
    if named:
        code, id_ = next(iter(named.items()))
        rest = code.split(maxsplit=1)[1:]
        return _Line(spot, words, id_, known.reader_of(rest[0] if rest else ""))
    if last:
        if not (seen := known.reader(last)):
            raise _RefusedLine(
                f"There is no line {quoted(last)} in this form: write its id as it was, or none."
            )
        return _Line(spot, words, "", seen)
    bare = re.fullmatch(r"(.*\S)\s+(\S+)\s+(\S+)", words, re.DOTALL)
    if bare and (id_ := known.line(bare[2])) and (seen := known.reader(bare[3])):
        return _Line(spot, bare[1], id_, seen)  # its signs of code were lost
    return _Line(spot, words)


def _take_scores(found: _Contents, rows: Iterable[tuple[Spot, Sequence[str]]]) -> None:
    """Take the rows of a profile beneath its headings, whatever their order."""
    columns: dict[str, int] = {}
    for spot, cells in rows:
        said = [clean_text(cell) for cell in cells]
        if not columns:
            columns = _columns(said, SCORE_HEADS, "Score")
            if not columns and any(said):
                found.leave(spot, " ".join(filter(None, said)))
            continue
        _leave_others(found, spot, said, columns)
        row = _Scored(spot, *(_cell(said, columns, head) for head in SCORE_HEADS))
        if row.id or row.criterion or row.score:
            found.scores.append(row)


def _columns(said: Sequence[str], heads: Sequence[str], needed: str) -> dict[str, int]:
    """Return head → column of a row that has the id's and another one among its cells; else nothing."""
    folded = [fold(cell) for cell in said]
    if not {fold("ID"), fold(needed)}.issubset(folded):
        return {}
    return {head: folded.index(fold(head)) for head in heads if fold(head) in folded}


def _cell(said: Sequence[str], columns: Mapping[str, int], head: str) -> str:
    place = columns.get(head, len(said))
    return said[place] if place < len(said) else ""


def _leave_others(found: _Contents, spot: Spot, said: Sequence[str], columns: Mapping[str, int]) -> None:
    """Tell of what stands in columns that a form hasn't."""
    known = set(columns.values())
    for place, cell in enumerate(said):
        if place not in known and cell:
            found.leave(spot, cell, "stands in no column of the form, so it isn't read")


def _of_sheets(sheets: Mapping[str, Sequence[tuple[int, Sequence[str]]]], known: _Known) -> _Contents:
    """Return what stands in the sheets of a workbook; each is known by its headings.

    Raises:
        DocumentError: there is more than any form has.
    """
    found = _Contents()
    if sum(map(len, sheets.values())) > MOST_TASKS:
        raise DocumentError(_TOO_MUCH)
    for name, rows in sheets.items():
        placed = [(Spot(number, name), cells) for number, cells in rows]
        cleaned = [[clean_text(cell) for cell in cells] for _, cells in rows]
        if any(_columns(said, HEADS, "What we know") for said in cleaned):
            _take_lines(found, placed, known)
        elif any(_columns(said, SCORE_HEADS, "Score") for said in cleaned):
            _take_scores(found, placed)
        elif placed and not any(SIGNATURE.search(cell) for said in cleaned for cell in said):
            found.not_read.append(
                RefusedSpots((placed[0][0],), f"The sheet {quoted(name)} is no part of a form.")
            )
    return found


def _take_lines(found: _Contents, rows: Iterable[tuple[Spot, Sequence[str]]], known: _Known) -> None:
    """Take the rows of lines beneath their headings, whatever their order."""
    columns: dict[str, int] = {}
    for spot, cells in rows:
        said = [clean_text(cell, lines=True) for cell in cells]
        if not columns:
            columns = _columns(said, HEADS, "What we know")
            if not columns and any(said):
                found.leave(spot, " ".join(filter(None, said)))
            continue
        _leave_others(found, spot, said, columns)
        words, id_ = _cell(said, columns, "What we know"), _cell(said, columns, "ID")
        question = _cell(said, columns, "Question")
        if question and not known.is_question(as_read(question)):
            found.leave(spot, question, "is no question of the form: write what you know beside it")
        with found.refusing(spot):
            if id_ and not known.line(id_):
                raise _RefusedLine(
                    f"There is no line {quoted(id_)} in this form: write its id as it was, or none."
                )
            if words or id_:
                seen = known.reader_of(_cell(said, columns, "Seen by"))
                found.lines.append(_Line(spot, words, known.line(id_), seen))


# Reading back


def read_form(file: FormFile, view: AccountPlan, was: AccountPlan | None, firm: Party) -> FormRead:
    """Return what a form changes in the plan as it is now for its firm.

    `was` is what stood there when it was written; without it every difference is a question. Nobody has
    changed anything in a file that is intact.

    Raises:
        DocumentError: there is too much in it.
    """
    if file.is_intact:
        return FormRead()
    plans = (was, view) if was else (view,)
    ids = frozenset(row.id for plan in plans for row in lines_of(plan, firm.id))
    known = _Known(ids, labels(firm), file.asks)
    contents = _of_markdown(file.text, known) if file.text else _of_sheets(file.sheets, known)
    return _Reader(view, was, firm, contents, is_markdown=bool(file.text)).read()


class _Reader:
    """Holds what a form says against the plan as it is and, where that is known, as it was written."""

    def __init__(
        self,
        view: AccountPlan,
        was: AccountPlan | None,
        firm: Party,
        contents: _Contents,
        *,
        is_markdown: bool,
    ) -> None:
        self.view, self.was, self.firm, self.contents = view, was, firm, contents
        self.shown: Callable[[str], str] = as_read if is_markdown else _in_a_cell
        self.edits: list[FormEdit] = []
        self.questions: list[FormQuestion] = []
        self.new: list[NewLine] = []
        self.likely: list[LikelyLine] = []

    def read(self) -> FormRead:
        contents = self.contents
        lines = [one for one in contents.lines if one.text or one.id]
        twice = self._refuse_twice(((one.id, one.spot) for one in lines), "line")
        named = {one.id for one in lines}
        free = [row for row in lines_of(self.view, self.firm.id) if row.id not in named]
        for line in lines:
            with contents.refusing(line.spot):
                if line.id and line.id not in twice:
                    self._known_line(line)
        self._unnamed([one for one in lines if not one.id], free)
        self._scores()
        return FormRead(
            tuple(self.edits),
            tuple(self.questions),
            tuple(self.new),
            tuple(self.likely),
            tuple(sorted(contents.refused, key=_order)),
            tuple(sorted(contents.not_read, key=_order)),
        )

    def _refuse_twice(self, named: Iterable[tuple[str, Spot]], what: str) -> set[str]:
        spots: dict[str, list[Spot]] = defaultdict(list)
        for id_, spot in named:
            if id_:
                spots[id_].append(spot)
        twice = {id_: those for id_, those in spots.items() if len(those) > 1}
        for id_, those in twice.items():
            why = f"{told_at(those)} are about the same {what}, {id_}: leave one of them."
            self.contents.refused.append(RefusedSpots(tuple(those), why))
        return {*twice}

    def _same(self, text: str, row: Bullet | Criterion | None) -> bool:
        return row is not None and " ".join(text.split()) == " ".join(self.shown(row.text).split())

    def _known_line(self, line: _Line) -> None:
        now = self._own(self.view, line.id)
        before = self._own(self.was, line.id) if self.was else None
        if not line.text:
            raise _RefusedLine("Its words are gone: write them again, or take the line out in the app.")
        edits = self._of_line(line, now or before, before)
        if now is None and edits:
            raise _RefusedLine("This line is not in the plan any more.")
        for edit, is_sure in edits:
            if is_sure:
                self.edits.append(edit)
            else:
                self.questions.append(FormQuestion(edit, before is not None))

    def _own(self, plan: AccountPlan, id_: str) -> Bullet | None:
        row = plan.get(Bullet, id_)
        return row if row and row.party == self.firm.id else None

    def _of_line(self, line: _Line, now: Bullet | None, before: Bullet | None) -> list[tuple[FormEdit, bool]]:
        """Return what a line changes, each with whether it is sure that the file alone has changed it."""
        found: list[tuple[FormEdit, bool]] = []
        if now is None:
            return found
        if not self._same(line.text, now) and not self._same(line.text, before):
            edit = FormEdit(line.spot, Bullet, now.key, "text", line.text, now.text)
            found.append((edit, before is not None and before.text == now.text))
        seen = {row.visibility for row in (now, before) if row}
        if line.visibility and line.visibility not in seen:
            edit = FormEdit(line.spot, Bullet, now.key, "visibility", line.visibility, now.visibility)
            found.append((edit, before is not None and before.visibility == now.visibility))
        return found

    def _unnamed(self, lines: Sequence[_Line], free: list[Bullet]) -> None:
        """Take lines without an id as those there with the same words, else as like one, else as new."""
        others = []
        for line in lines:
            same = next((row for row in free if self._same(line.text, row)), None)
            if same is None:
                others.append(line)
                continue
            free.remove(same)
            self._known_line(_Line(line.spot, line.text, same.id, line.visibility))
        for line in others:
            new = NewLine(line.spot, line.text, line.visibility or self.firm.id)
            like = self._like(line.text, free)
            if like is None:
                self.new.append(new)
                continue
            free.remove(like)
            edits = tuple(edit for edit, _ in self._of_line(line, like, None))
            self.likely.append(LikelyLine(line.spot, like.id, edits, new))

    def _like(self, text: str, free: Iterable[Bullet]) -> Bullet | None:
        scored = [(likeness(fold(text), fold(self.shown(row.text))), row) for row in free]
        best = max(scored, key=lambda one: one[0], default=None)
        return best[1] if best and best[0] >= LIKE else None

    def _scores(self) -> None:
        rows = [(one, self._criterion_of(one)) for one in self.contents.scores]
        twice = self._refuse_twice(((id_, one.spot) for one, id_ in rows), "criterion")
        for one, id_ in rows:
            with self.contents.refusing(one.spot):
                if id_ not in twice:
                    self._score(one, id_)

    def _criterion_of(self, one: _Scored) -> str:
        """Return the id of a criterion as it is kept; a row that has lost its id is known by its words."""
        plans = (self.view, *((self.was,) if self.was else ()))
        there = {row.id: row for plan in reversed(plans) for row in plan.all(Criterion)}
        if one.id in there:
            return one.id
        found = [id_ for id_ in there if one.id and fold(id_) == fold(one.id)]
        found = found or [id_ for id_, row in there.items() if not one.id and self._same(one.criterion, row)]
        return found[0] if len(found) == 1 else ""

    def _score(self, one: _Scored, id_: str) -> None:
        if not id_:
            said = quoted(one.id or one.criterion or one.score)
            raise _RefusedLine(f"There is no criterion {said}: they are added in the app.")
        now, before = self.view.get(Criterion, id_), self.was.get(Criterion, id_) if self.was else None
        if one.criterion and not self._same(one.criterion, now) and not self._same(one.criterion, before):
            self.contents.leave(one.spot, one.criterion, "isn't read: a criterion is changed in the app")
        if one.weight and not any(_is_weight(one.weight, row.weight) for row in (now, before) if row):
            self.contents.leave(one.spot, one.weight, "isn't read: a weight is changed in the app")
        if not one.score:
            return
        if not _SCORE.fullmatch(one.score):
            raise _RefusedLine(f"{quoted(one.score)} is no score: write a whole number from 1 to 5.")
        key, value = (id_, self.firm.id), int(one.score)
        there = [plan.get(Score, *key) for plan in (self.view, self.was) if plan]
        scores = [row.score if row else None for row in there]
        if value in scores:
            return
        if now is None:
            raise _RefusedLine("This criterion is not in the plan any more.")
        edit = FormEdit(one.spot, Score, key, "score", value, scores[0])
        is_sure = len(set(scores)) == 1 if self.was else scores[0] is None
        if is_sure:
            self.edits.append(edit)
        else:
            self.questions.append(FormQuestion(edit, self.was is not None))


def _is_weight(said: str, weight: float) -> bool:
    """Whether a weight is what is written, as precisely as a form has it."""
    try:
        return isclose(float(said), weight, rel_tol=1e-5)
    except ValueError:
        return False


def _in_a_cell(words: str) -> str:
    """Return words as a cell of a workbook gives them back."""
    return clean_text(words, lines=True)


def _order(one: RefusedSpots) -> tuple[str, int]:
    return one.spots[0].sheet, one.spots[0].number


# Taking it


def form_taken(  # noqa: PLR0913 - what is taken, and how
    whole: AccountPlan,
    firm: str,
    *,
    edits: Iterable[FormEdit],
    new: Iterable[NewLine],
    context: SetContext,
    new_id: Callable[[], str],
) -> tuple[tuple[Change, ...], tuple[RefusedSpots, ...]]:
    """Return the changes of a whole plan that a firm's form makes, and the lines it can't take.

    A line is taken as a whole, by the rules that cells have, or refused.
    """
    after = whole
    changes: list[Change] = []
    refused: list[RefusedSpots] = []
    lines: dict[Spot, list[FormEdit | NewLine]] = defaultdict(list)
    for edit in edits:
        lines[edit.spot].append(edit)
    for one in new:
        lines[one.spot].append(one)
    for spot, those in lines.items():
        now = after
        step: list[Change] = []
        try:
            for each in those:
                of_one = _changes(now, firm, each, context, new_id)
                step += of_one
                now = apply(now, Step(of_one))
        except Refused as error:
            refused.append(RefusedSpots((spot,), str(error)))
        else:
            after = now
            changes += step
    return tuple(changes), tuple(refused)


def _changes(
    plan: AccountPlan, firm: str, one: FormEdit | NewLine, context: SetContext, new_id: Callable[[], str]
) -> tuple[Change, ...]:
    if isinstance(one, FormEdit):
        return tuple(set_value(plan, FieldRef(one.kind, one.key, one.name), one.value, context))
    values: dict[str, Any] = {
        "id": new_id(),
        "rank": rank_after(plan.all(Bullet)),
        "party": firm,
        "text": one.text,
        "visibility": one.visibility,
    }
    return (Add(made(Bullet, values)),)
