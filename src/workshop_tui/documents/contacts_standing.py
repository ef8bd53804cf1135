"""What a sheet says of how somebody stands → the changes beside them: roles, readings, owners, meetings."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct, field

from workshop_tui.documents.contacts_cells import addresses, said_in
from workshop_tui.documents.contacts_columns import Columns
from workshop_tui.documents.contacts_scales import NOT_TAKEN, SCALES, as_value, scale, told_figures, word
from workshop_tui.documents.contacts_sheet import Note, SheetRow
from workshop_tui.documents.errors import quoted
from workshop_tui.domain.base.dates import Calendar, DateError, format_date
from workshop_tui.domain.base.entity import Json
from workshop_tui.domain.base.text import fold
from workshop_tui.domain.base.validation import validated
from workshop_tui.domain.base.vocabulary import TOWARD_ALL, Confidence, SocialStyle
from workshop_tui.domain.capture.names import Slot, candidates, matching
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.people import Meeting, MeetingStakeholder, Reading, Stakeholder, Tie
from workshop_tui.domain.plan.plan import AccountPlan, rank_after
from workshop_tui.domain.plan.step import Add, Change, set_field
from workshop_tui.domain.rules.people import last_contact, latest_reading

OWN: Final = ("role", "style", "influence", "interest")
"""Fields of a person that a sheet may say in words of its own."""
_OWNERS: Final = Slot(Tie, "owner", "owner")
_PARTING: Final = str.maketrans(dict.fromkeys("/;,&|\n+", "\n"))

Given = Mapping[str, Json]
"""Field → value: of the scales by its name, «owner/ps» a member's id, «met» a day as 2026-06-09."""


class Setting(Struct, frozen=True):
    """Where a sheet comes in: what is there, the session that a reading belongs to, and how dates are read.

    Without a session no sentiment is taken, and without dates no contact.
    """

    plan: AccountPlan
    session: str = ""
    dates: Calendar | None = None


class StandingReader(Struct):
    """What the rows of a sheet say, once its words are on our scales."""

    setting: Setting
    where: Columns
    labels: Sequence[str]
    said: Mapping[str, Mapping[str, str]]
    """Field → word → value: what was chosen for the words of the sheet."""
    scales: dict[str, dict[str, str]] = field(default_factory=dict)
    """Field → word → value, "" where it isn't taken."""
    scales_told: list[str] = field(default_factory=list)
    """Of which scale figures are taken that aren't on ours, in sentences."""
    notes: list[Note] = field(default_factory=list)
    _left: set[str] = field(default_factory=set)

    def learn(self, rows: Iterable[SheetRow]) -> None:
        """Look at all words of the sheet first: what figures mean is told by all of them together."""
        found = tuple(rows)
        for name in SCALES:
            if places := self.where.places.get(name):
                words = Counter(w for row in found for p in places if (w := word(name, row.cells[p])))
                self.scales[name] = scale(name, words, self.said.get(name, {}))
                self._tell_strange(name, words, found)
                if told := told_figures(name, self.scales[name], self.said.get(name, {})):
                    self.scales_told.append(f"{TITLES[name]} is read as {told}.")
        if "sentiment" in self.scales and not self.setting.session:
            self.notes.append(Note(0, "No session is open, so no sentiment is taken."))

    def _tell_strange(self, name: str, words: Mapping[str, int], rows: Sequence[SheetRow]) -> None:
        place = self.where.places[name][0]
        for each, count in words.items():
            if self.scales[name][each] == NOT_TAKEN and each not in self.said.get(name, {}):
                row = next((row for row in rows if word(name, row.cells[place]) == each), None)
                line, shown = (row.line, row.cells[place]) if row else (0, each)
                more = f", nor is it on {count - 1} more" * (count > 1)
                told = (
                    f"{quoted(shown.strip())} of {self.labels[place]} is not on our scale, so it isn't taken"
                )
                self.notes.append(Note(line, f"Line {line}: {told}{more}."))

    def of(self, row: SheetRow) -> Given:
        """Return what a row says."""
        given: dict[str, Json] = {}
        for name, meant in self.scales.items():
            words = (word(name, row.cells[place]) for place in self.where.places[name])
            value = next((meant[each] for each in words if each), NOT_TAKEN)
            if value != NOT_TAKEN and (name != "sentiment" or self.setting.session):
                given[name] = as_value(name, value)
        for place in self.where.places.get("owner", ()):
            self._owners(row, said_in(row.cells[place]), given)
        for place in self.where.places.get("met", ())[:1]:
            given |= self._last(row, said_in(row.cells[place]))
        return given

    def _owners(self, row: SheetRow, cell: str, given: dict[str, Json]) -> None:
        for said in filter(None, map(str.strip, cell.translate(_PARTING).split("\n"))):
            fit = self._members(said)
            member = self.setting.plan.get(Member, fit[0]) if len(fit) == 1 else None
            if member is None:
                why = "could be several of ours" if fit else "is nobody of ours"
                self._leave(row, f"the owner {quoted(said)} {why}")
            elif given.setdefault(f"owner/{member.party}", member.id) != member.id:
                self._leave(row, f"a firm has one owner, and {quoted(said)} is a second")

    def _members(self, said: str) -> list[str]:
        """Return the ids of who of ours is meant, by name or address."""
        if mails := addresses(said):
            everybody = self.setting.plan.all(Member)
            return [each.id for each in everybody if each.email and fold(each.email) == fold(mails[0])]
        return [each.value for each in matching(candidates(self.setting.plan, _OWNERS), said)]

    def _last(self, row: SheetRow, cell: str) -> dict[str, Json]:
        if not cell or self.setting.dates is None:
            return {}
        try:
            day = self.setting.dates.parse(cell, past=True)
        except DateError:
            self._leave(row, f"{quoted(cell)} is no date of a last contact")
            return {}
        if day > self.setting.dates.today:
            self._leave(row, f"{format_date(day)} has not come yet")
            return {}
        return {"met": day.isoformat()}

    def _leave(self, row: SheetRow, what: str) -> None:
        """Tell once of what isn't taken, on the first line that says it."""
        if what not in self._left:
            self._left.add(what)
            self.notes.append(Note(row.line, f"Line {row.line}: {what}, so it isn't taken."))

    def there(self, person: Stakeholder) -> Given:
        """Return what is known of a person already."""
        plan, dates = self.setting.plan, self.setting.dates
        values: dict[str, Json] = {"role": person.role, "influence": person.influence}
        values["interest"] = person.interest
        values["style"] = None if person.style is SocialStyle.UNKNOWN else person.style
        here = plan.get(Reading, self.setting.session, person.id, TOWARD_ALL)
        is_read = here is not None and here.value is not None
        reading = here if is_read else latest_reading(plan, person, TOWARD_ALL)  # it stands until the next
        values["sentiment"] = reading.value if reading else None
        for tie in plan.where(Tie, stakeholder=person.id):
            values[f"owner/{tie.party}"] = tie.owner
        last = last_contact(plan, person, dates.today) if dates else None
        values["met"] = last.isoformat() if last else None
        return {name: value for name, value in values.items() if value is not None}

    def title(self, name: str) -> str:
        """Return what a field is called, as in «Owner of Lindhaus»."""
        what, _, party = name.partition("/")
        return f"{TITLES[what]} of {self._short(party)}" if party else TITLES[what]

    def words(self, name: str, value: Json) -> str:
        """Return a value as people read it."""
        if name.startswith("owner/"):
            member = self.setting.plan.get(Member, str(value))
            return member.name if member else ""
        if name == "met":
            return format_date(dt.date.fromisoformat(str(value)))
        return SCALES[name][str(value)].partition(" (")[0]

    def told(self, given: Given) -> tuple[str, ...]:
        """Return what is given in words, as in «influence 5», «owner of Lindhaus: Lena Ek»."""
        return tuple(
            f"{self.title(name)[0].lower()}{self.title(name)[1:]}{': ' if '/' in name else ' '}"
            f"{self.words(name, value)}{' (assumed)' * (name == 'sentiment')}"
            for name, value in given.items()
        )

    def _short(self, party: str) -> str:
        return next((each.short for each in self.setting.plan.partners if each.id == party), party)


TITLES: Final = {
    "role": "Buying role",
    "style": "Social style",
    "influence": "Influence",
    "interest": "Interest",
    "sentiment": "Sentiment",
    "owner": "Owner",
    "met": "Last contact",
}


def is_news(name: str, value: Json, there: Given) -> bool:
    """Whether a value fills what is empty; a contact counts if it is later than the last one."""
    if name == "met":
        return str(value) > str(there.get(name, ""))
    return name not in there


def beside(
    plan: AccountPlan, person: str, given: Given, session: str, ids: Callable[[], str]
) -> Iterator[Change]:
    """Yield the changes beside a person: a reading that is assumed, owners, and a meeting."""
    for name, value in given.items():
        what, _, party = name.partition("/")
        if what == "sentiment" and session:
            if reading := plan.get(Reading, session, person, TOWARD_ALL):
                yield from set_field(reading, "value", value)
                yield from set_field(reading, "confidence", Confidence.ASSUMED)
            else:
                place = {"session": session, "stakeholder": person, "toward": TOWARD_ALL}
                yield Add(validated(Reading, {**place, "value": value, "confidence": Confidence.ASSUMED}))
        elif what == "owner":
            if tie := plan.get(Tie, person, party):
                yield from set_field(tie, "owner", value)
            else:
                yield Add(validated(Tie, {"stakeholder": person, "party": party, "owner": value}))
        elif what == "met":
            rank = rank_after(plan.all(Meeting))
            met = validated(Meeting, {"id": ids(), "on": value, "rank": rank})
            yield Add(met)
            yield Add(MeetingStakeholder(meeting=met.id, stakeholder=person))
