"""What would come of each line of a file of contacts, shown before anything comes in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from workshop_tui.documents.contacts import (
    Arrival,
    ContactMatch,
    Proposal,
    counted_changes,
    firms_of,
    propose,
)
from workshop_tui.documents.contacts_columns import IGNORE, SEVERAL, TITLES, column_keys, columns, labels
from workshop_tui.documents.contacts_scales import SCALES
from workshop_tui.documents.contacts_sheet import ContactSheet as Contacts
from workshop_tui.documents.errors import DocumentError
from workshop_tui.domain.base.text import clean_text
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.live.live_plan import LivePlan, new_id
from workshop_tui.views.cell import Cell, Plain
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

DOUBT = "doubt"
"""The kind of row of a line of which is to be said who it is."""
COLUMN = "column"
"""The kind of row of a column of the file, which can be said to hold something else."""
SCALE = "scale"
"""The kind of row of a word of the file that stands for a value of ours."""
NOT_USED = "not used"
_NOT_TAKEN = "not taken"
_NOBODY = Proposal((), (), (), (), (), (), (), {}, (), ())
_EXAMPLES = 3
_LOOKED_AT = 100  # rows among which examples of a column are found
_COLS = (
    Plain("Line", 5),
    Plain("Who", 22, grow=1),
    Plain("What comes of it", 36, grow=4, wrap=True),
)


Remembered = tuple[Mapping[str, str], Mapping[str, Mapping[str, str]]]
"""What was said before of files with the same headings: column → field, and field → word → value."""


class Arriving:
    """A file of contacts on its way into the open account, and what was chosen for its doubtful lines.

    People whom the audience can't see are not looked at: they must not show as somebody's double.
    """

    def __init__(
        self, live: LivePlan, name: str, contacts: Contacts, remembered: Remembered | None = None
    ) -> None:
        """Work out what would come in, by what was said before of columns and words."""
        self.live, self.name = live, name
        self._contacts = contacts
        self._keys = column_keys(contacts.headers)
        columns_said, scales_said = remembered or ({}, {})
        self.said = {key: field for key, field in columns_said.items() if key in self._keys}
        self.scales = {field: dict(words) for field, words in scales_said.items()}
        """Field → word → value: what was chosen for words of the file."""
        self.wrong = ""
        """Why nobody can come in as the columns are understood now; a sentence."""
        self.chosen: dict[int, bool] = {}
        self.doubtful: dict[int, ContactMatch] = {}
        self.proposal = self._proposed()

    def _proposed(self) -> Proposal:
        self.doubtful, self.wrong = {}, ""
        try:
            plan = self.live.without_hidden(Stakeholder)
            setting = self.live.contacts_setting()
            return propose(self._contacts, plan, self.said, self._same, setting=setting, scales=self.scales)
        except DocumentError:
            self.wrong = "No column is known to hold names: choose below which one does."
            return _NOBODY

    @property
    def headers(self) -> tuple[str, ...]:
        """The headings of the file."""
        return self._contacts.headers

    def label(self, place: int) -> str:
        """Return what a column is called."""
        return labels(self.headers)[place]

    def _read_from(self) -> Mapping[str, tuple[int, ...]]:
        firms = firms_of(self.live.view)
        return columns(self.headers, self.said, needs_names=False, firms=firms).places

    def column(self, place: int) -> str:
        """Return what a column is taken for: a field, or IGNORE."""
        read = self._read_from()
        return next((field for field, places in read.items() if place in places), IGNORE)

    def map_column(self, place: int, field: str) -> None:
        """Take a column for another field, of which there is one alone but for addresses and owners."""
        others = {at: of for at, of in self.said.items() if of != field or field in {IGNORE, *SEVERAL}}
        self.said = {**others, self._keys[place]: field}
        self.proposal = self._proposed()

    def _same(self, match: ContactMatch) -> bool | None:
        if match.sure:
            return True
        self.doubtful[match.line] = match
        return self.chosen.get(match.line)

    def choose(self, lines: Iterable[int], *, merge: bool) -> None:
        """Take doubtful lines for the people they are like, or for somebody new."""
        self.chosen |= dict.fromkeys(lines, merge)
        self.proposal = self._proposed()

    @property
    def open_lines(self) -> list[int]:
        """The doubtful lines for which nothing is chosen."""
        return [line for line in self.doubtful if line not in self.chosen]

    def table(self) -> Table:
        """Return what is shown of the file before anything comes in."""
        return Table(_COLS, tuple(self._rows()), "Nobody is in this file.", by_row=True)

    def _rows(self) -> Iterator[Row]:
        """Yield every line of the file under what would become of it; what needs a look comes first."""
        found = self.proposal
        yield from _group(
            f"Doubtful: {key('sheet.edit')} chooses", map(self._doubtful_row, self.doubtful.values())
        )
        yield from _group(
            "Can't come in",
            (
                _row("bad", bad.line, "", bad.why.removeprefix(f"Line {bad.line}: "), "bad")
                for bad in found.bad
            ),
        )
        unresolved = (
            _row(
                "manager", each.line, each.name, f"Manager «{each.manager}» {each.why}: none is set.", "warn"
            )
            for each in found.unresolved
        )
        circles = (
            _row(
                "circle",
                n,
                names[0],
                f"Report in a circle, so none gets a manager: {', '.join(names)}.",
                "warn",
            )
            for n, names in enumerate(found.cycles)
        )
        yield from _group("Managers", (*unresolved, *circles))
        yield from _group("Not taken from the file", self._not_taken())
        new = (each for each in found.new if each.line not in self.doubtful)
        yield from _group("New", (_row("new", each.line, each.name, _of(each), "good") for each in new))
        merged = (match for match in found.merged if match.line not in self.doubtful)
        yield from _group("There already", map(_merged_row, merged))
        yield from _group(f"Words: {key('sheet.edit')} says what one means", self._words())
        yield from _group(f"Columns: {key('sheet.edit')} says what one holds", self._columns())

    def meant(self, field: str, word: str, value: str) -> None:
        """Take a word of a column for a value of our scale, or for none."""
        self.scales = {**self.scales, field: {**self.scales.get(field, {}), word: value}}
        self.proposal = self._proposed()

    def _words(self) -> Iterator[Row]:
        """Yield of which scale figures are, and what each word is taken for; what isn't taken comes first."""
        for n, told in enumerate(self.proposal.scales_told):
            yield Row(str(RowId("scale told", (str(n),))), (Cell(""), Cell("Figures"), Cell(told, "warn")))
        every = [(f, w, value) for f, words in self.proposal.scales.items() for w, value in words.items()]
        for field, word, value in sorted(every, key=lambda each: bool(each[2])):
            told = f"→ {TITLES[field]} {SCALES[field][value]}" if value else f"→ {TITLES[field]} {_NOT_TAKEN}"
            cells = (Cell(""), Cell(f"«{word}»"), Cell(told, "" if value else "warn"))
            yield Row(str(RowId(SCALE, (field, word))), cells)

    def _columns(self) -> Iterator[Row]:
        """Yield what each column is taken for, with what stands in it."""
        read = self._read_from()
        fields = {place: field for field, places in read.items() for place in places}
        for place, label in enumerate(labels(self.headers)):
            cells = (clean_text(row.cells[place]) for row in self._contacts.rows[:_LOOKED_AT])
            examples = islice(dict.fromkeys(filter(None, cells)), _EXAMPLES)
            taken = TITLES.get(fields.get(place, ""), NOT_USED)
            told = " · ".join((f"→ {taken}", *examples))
            cells_shown = (
                Cell(str(place + 1), "muted"),
                Cell(label),
                Cell(told, "" if place in fields else "warn"),
            )
            yield Row(str(RowId(COLUMN, (str(place),))), cells_shown)

    def _doubtful_row(self, match: ContactMatch) -> Row:
        told = {
            True: f"✓ the same as {match.into}{_filled(match)}",
            False: "+ somebody new",
            None: " · ".join(filter(None, (f"? may be {match.into}: {match.why}", match.title, match.email))),
        }
        chosen = self.chosen.get(match.line)
        return _row(DOUBT, match.line, match.name, told[chosen], "warn" if chosen is None else "good")

    def _not_taken(self) -> Iterator[Row]:
        """Yield what else of the file doesn't come in, and that its letters may be wrong."""
        if self._contacts.is_guess:
            told = f"{self._contacts.encoding} is a guess: where letters are wrong, say which it is."
            yield _row("told", 0, "Encoding", told, "warn")
        if unused := self.proposal.unused:
            yield _row("told", 1, "Columns not used", f"{', '.join(unused)}.", "warn")
        for n, note in enumerate(self.proposal.notes):
            what = note.what.removeprefix(f"Line {note.line}: ")
            yield Row(
                str(RowId("note", (str(n),))),
                (Cell(str(note.line or ""), "muted"), Cell(""), Cell(what, "warn")),
            )

    def counts(self) -> str:
        """Return how many lines become what."""
        found = self.proposal
        parts = (
            (len(found.new), "new"),
            (len(found.merged), "there already"),
            (len(self.open_lines), "doubtful"),
            (len(found.bad), "that can't come in"),
            (len(found.unused), "column not used" if len(found.unused) == 1 else "columns not used"),
        )
        guessed = f", read as {self._contacts.encoding} (a guess)" if self._contacts.is_guess else ""
        return f"{self.name}{guessed}: " + " · ".join(
            f"{number} {what}" for number, what in parts if number or what == "new"
        )

    def bring_in(self) -> str:
        """Bring the people in as one Step; return what it did. Raises Refused."""
        step = self.live.commit(lambda whole: self.proposal.changes(whole, new_id))
        changes = step.changes if step else ()
        new, filled = counted_changes(changes)
        if not changes:
            return f"There is nothing new in {self.name}."
        people = "1 new person" if new == 1 else f"{new} new people"
        return f"{people} and {filled} filled in: {key('undo')} takes all of it back."


def _group(heading: str, rows: Iterable[Row]) -> Iterator[Row]:
    if found := list(rows):
        yield Row(str(RowId.heading(heading)), heading=f"{heading} · {len(found)}")
        yield from found


def _row(group: str, line: int, who: str, what: str, tone: str) -> Row:
    number = "" if group in {"circle", "told"} else str(line)
    return Row(str(RowId(group, (str(line),))), (Cell(number, "muted"), Cell(who), Cell(what, tone)))


def _merged_row(match: ContactMatch) -> Row:
    return _row(
        "merged", match.line, match.into, f"{match.why}{_filled(match) or ': nothing to fill in'}", ""
    )


def _filled(match: ContactMatch) -> str:
    return f", fills {', '.join(match.filled)}" if match.filled else ""


def _of(new: Arrival) -> str:
    title = "to be named" if new.seat and new.title else new.title
    manager = f"reports to {new.manager}" if new.manager else ""
    return " · ".join(part for part in (title, new.email, manager, *new.given) if part)
