"""Who said what in a transcript, and the capture line that a turn would be. No widgets."""

from __future__ import annotations

from collections.abc import Collection

from workshop_tui.documents.contacts_names import parsed
from workshop_tui.documents.transcript import Transcript, TranscriptTurn
from workshop_tui.domain.capture.names import Candidate, Slot, candidates, matching, shortest
from workshop_tui.domain.capture.tokens import escapable, is_by, may_be_words, quoted
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.value import Answer
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import entity_at
from workshop_tui.views.cell import Cell, Plain
from workshop_tui.views.row_id import TURN, RowId
from workshop_tui.views.table import Row, Table

LETTERS = "avdpr"
"""What a turn can become, by the letters of the capture line: action, answer, decision, parked item, risk."""
_BEGINS = 24
"""Letters of a row by which the line is known that it came of."""
_COLS = (
    Plain("At", 8),
    Plain("Who", 20),
    Plain("What was said", 30, grow=1, wrap=True),
    Plain("Taken as", 10, drop=1, wrap=True),
)
_THEIRS, _OURS = Slot(Answer, "stakeholder", "said by"), Slot(Answer, "heard_by", "heard by")
_SIGNS: dict[str, dict[type, tuple[str, Slot]]] = {
    "a": {
        Stakeholder: ("^", Slot(Action, "stakeholder", "about")),
        Member: ("@", Slot(Action, "owner", "owner")),
    },
    "v": {Stakeholder: ("^", _THEIRS), Member: ("@", _OURS)},
}
"""Letter → kind of person who speaks → the sign behind which they stand in the line."""


class TurnsView:
    """The turns of a transcript, those marked of which something was taken."""

    def __init__(self, live: LivePlan, name: str, transcript: Transcript) -> None:
        """Find the speakers among the people of the account."""
        self.live, self.name, self.transcript = live, name, transcript
        self._people = {speaker: self._person(speaker) for speaker in transcript.speakers}
        self._taken: dict[int, list[str]] = {}
        """Number of a turn → each row that was taken of it."""
        self._left: dict[int, str] = {}
        """Number of a turn → its line that was left in the capture line."""
        self.waiting: frozenset[int] = frozenset()
        """The turns whose line waits there still."""

    def _person(self, speaker: str) -> tuple[type, Candidate] | None:
        """Return who a speaker is: one of theirs or ours, if that is certain."""
        name = parsed(speaker).core
        found = [
            (kind, each)
            for kind, slot in ((Stakeholder, _THEIRS), (Member, _OURS))
            for each in matching(candidates(self.live.view, slot), name)
        ]
        return found[0] if len(found) == 1 else None

    def title(self) -> str:
        """Return what is read, how much of it, and what can be done with a turn."""
        guess = f", read as {self.transcript.encoding} (a guess)" if self.transcript.is_guess else ""
        return f"{self.name}{guess}: {len(self.transcript.turns):,} turns"

    def table(self) -> Table:
        """Return the turns."""
        rows = (self._row(n, turn) for n, turn in enumerate(self.transcript.turns))
        return Table(_COLS, tuple(rows), by_row=True)

    def _row(self, number: int, turn: TranscriptTurn) -> Row:
        person = self._people.get(turn.speaker)
        who = person[1].label if person else turn.speaker
        rows = (entity_at(self.live.view, row) for row in self._taken.get(number, ()))
        taken = ", ".join(dict.fromkeys(type(row).VERBOSE_NAME for row in rows if row))
        mark = f"✓ {taken}" if taken else ""
        if number in self.waiting:
            mark = f"{mark}\n✎ waits".lstrip()
        cells = (
            Cell(turn.at, "muted"),
            Cell(who, "" if person else "muted"),
            Cell(turn.words),
            Cell(mark, "warn" if number in self.waiting else "good"),
        )
        return Row(str(RowId(TURN, (str(number),))), cells)

    def take(self, number: int, row: str) -> None:
        """Note which row was taken of a turn; what is undone, or removed, is marked no longer."""
        self._left.pop(number, None)
        self._taken.setdefault(number, []).append(row)

    def leave(self, number: int, line: str) -> None:
        """Note that the line of a turn was left as it stood."""
        self._left[number] = line

    def look_at(self, lines: Collection[str]) -> None:
        """Know of which turns the lines wait, out of all that wait in the capture line."""
        self.waiting = frozenset(number for number, line in self._left.items() if line in lines)

    def taken_of(self, row: str) -> int | None:
        """Return the turn whose line has waited until this row came of it; None for none."""
        entity = entity_at(self.live.view, row)
        words = self.live.view.name_of(type(entity), *entity.key) if entity else ""
        begins = words.partition("\n")[0][:_BEGINS]
        gone = ((n, line) for n, line in self._left.items() if n not in self.waiting)
        return next((n for n, line in gone if begins and begins in line.replace("\\", "")), None)

    def rows_taken(self) -> frozenset[str]:
        """Return the rows that were taken of turns and are still there."""
        rows = (row for taken in self._taken.values() for row in taken)
        return frozenset(row for row in rows if entity_at(self.live.view, row))

    def line(self, number: int, letter: str) -> str:
        """Return the capture line for a turn: its words as text, who speaks as a person, and when.

        A due date in the words of an action is read as one, and shown before the line is taken.
        """
        turn = self.transcript.turns[number]
        words = " ".join(_as_text(word, may_be_due=letter == "a") for word in turn.words.split())
        person = self._people.get(turn.speaker)
        sign = _SIGNS.get(letter, {}).get(person[0]) if person else None
        named = ""
        if person and sign:
            known = candidates(self.live.view, sign[1])
            meant = next((each for each in known if each.value == person[1].value), None)
            named = f" {sign[0]}{quoted(shortest(known, meant))}" if meant else ""
        speaker = "" if named else person[1].label if person else turn.speaker
        evidence = ", ".join(filter(None, (speaker, turn.at)))
        return f"{letter}: {words}{f' ({evidence})' * bool(evidence)}{named}"


def _as_text(word: str, *, may_be_due: bool) -> str:
    is_words = (may_be_due and is_by(word)) or may_be_words(word.removesuffix(","))  # of no person's line
    return f"\\{word}" if escapable(word) and not is_words else word
