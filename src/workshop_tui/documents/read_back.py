"""A Markdown plan comes back: what people have changed in its lines of actions since it was written.

The id alone says which action a line is about. Each value of a line is held against what was written and
against the plan as it is: what the file alone has changed is an edit, what both have changed is a question.
A line, a date or a name that is gone changes nothing. Nothing here knows more than the file's audience sees.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from functools import cached_property
from typing import Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.documents.as_markdown import block_id
from workshop_tui.documents.contacts_decode import decoded
from workshop_tui.documents.errors import DocumentError, quoted
from workshop_tui.documents.export import Signature, mark_joined, mark_of, mark_of_action, signatures
from workshop_tui.documents.file_type import NO_TEXT, file_type, is_binary
from workshop_tui.documents.source import milestone_fact
from workshop_tui.documents.task_line import (
    PlainLine,
    TaskLine,
    as_read,
    bold_start,
    front_matter,
    parted,
    task_lines,
    without_codes,
    words_of,
)
from workshop_tui.domain.base.dates import EXAMPLES, Calendar, DateError, begins_date, format_date
from workshop_tui.domain.base.entity import Entity, Json, Key
from workshop_tui.domain.base.text import clean_text, fold, nearest, one_line, one_of
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, ActionStatus
from workshop_tui.domain.capture.names import Candidate, Slot, candidates, matching
from workshop_tui.domain.lifecycle.seal import is_sealed
from workshop_tui.domain.model.account import Account, Member, Party
from workshop_tui.domain.model.actions import Action, Carry
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.past import dated_by
from workshop_tui.domain.plan.plan import AccountPlan, display_name, rank_after
from workshop_tui.domain.plan.setters import FieldRef, SetContext, set_value
from workshop_tui.domain.plan.step import Add, Change, Refused, Step, apply, invert, made, target
from workshop_tui.domain.rules.people import side_of

V = TypeVar("V")

LARGEST: Final = 1024 * 1024
"""The largest plan that is read, in bytes: one with 200 actions has some 100,000. And the largest form."""

_ACTIONS: Final = re.compile(r"(?:\d+ )?(?:Actions|Who does what by when|New commitments)")
_LATE: Final = re.compile(r",?\s*\d+ days? late$")
_DONE: Final = re.compile(r"done(?:\s+(?:on\s+)?(.+))?", re.IGNORECASE)
_FACT: Final = re.compile(r"carried \d+×|about .+|session \d+|no date( yet)?", re.IGNORECASE)
_ANSWERS: Final = re.compile(r"(?:^|,?\s)accountable:? ", re.IGNORECASE)
_SIDE: Final = re.compile(r"\s*\(([^()]*)\)$")
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}")
_YEAR: Final = re.compile(r"(?<!\d)\d{4}(?!\d)")
_NOBODY: Final = "nobody yet"
_NOBODIES: Final = {"nobody", _NOBODY}
_MOST_NAMED: Final = 10
CHANGED: Final = "It was changed, but only actions come back."
NO_ACTION: Final = "It stands among the actions without a box, so it isn't read: begin it with - [ ]."
LIKE: Final = 0.8
"""How much alike two texts have to be for it to be asked whether they are the same."""
_APART: Final = 0.1
_MOST_OF_SESSIONS: Final = 300
"""Steps back in which it is looked for what a session alone tells of: each has all its actions worked out."""
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_KINDS: Final[tuple[type[Entity], ...]] = (Account, Party, Member, Stakeholder, Action)
"""What an action as it stands in a line is made of."""


class LineEdit(Struct, frozen=True):
    """One field of an action gets another value: who ticks it gives the day on which it was done."""

    line: int
    id: str
    name: str
    """Of the field."""
    value: Json
    was: Json
    """What the plan has now."""


class LineConflict(Struct, frozen=True):
    """The file and the plan have both changed a value since, or it isn't known which: one is to be chosen."""

    edit: LineEdit
    is_known: bool = True
    """Whether it is known what was written, so that both are known to have changed it."""


class NewAction(Struct, frozen=True):
    """A line without an id: it may be an action that isn't there yet."""

    line: int
    title: str
    owner: str | None = None
    accountable: str | None = None
    due: dt.date | None = None
    is_done: bool = False
    done_on: dt.date | None = None


class LikelyAction(Struct, frozen=True):
    """A line without an id that may be about an action which stands in no other line."""

    line: int
    id: str
    edits: tuple[LineEdit, ...]
    questions: tuple[LineConflict, ...]
    new: NewAction
    """What it is otherwise."""


class RefusedLines(Struct, frozen=True):
    """Lines of which nothing is taken, and why, in a sentence."""

    lines: tuple[int, ...]
    why: str


class NotRead(Struct, frozen=True):
    """Something in a line that isn't read from a plan; the rest of the line is."""

    line: int
    what: str


def told_together(not_read: Iterable[NotRead]) -> Iterator[tuple[tuple[int, ...], str]]:
    """Yield what isn't read with its lines, all that were changed elsewhere in one sentence."""
    changed = tuple(one.line for one in not_read if one.what == CHANGED)
    for one in not_read:
        if one.what != CHANGED:
            yield (one.line,), one.what
    if len(changed) == 1:
        yield changed, CHANGED
    elif changed:
        more = len(changed) - _MOST_NAMED
        names = [*map(str, changed[:_MOST_NAMED]), *([f"{more} more"] if more > 0 else [])]
        yield (
            changed,
            f"Lines {', '.join(names[:-1])} and {names[-1]} were changed, but only actions come back.",
        )


class ReadBack(Struct, frozen=True):
    """What a plan that comes back would change."""

    edits: tuple[LineEdit, ...] = ()
    questions: tuple[LineConflict, ...] = ()
    new: tuple[NewAction, ...] = ()
    likely: tuple[LikelyAction, ...] = ()
    refused: tuple[RefusedLines, ...] = ()
    not_read: tuple[NotRead, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to do, and nothing to say."""
        return self == ReadBack()


# The file


def text_of(content: bytes) -> str:
    """Return a Markdown file's text with our line ends, of which `LARGEST` + 1 bytes have to be read at most.

    Raises:
        DocumentError: it is too large, or no Markdown.
    """
    if len(content) > LARGEST:
        raise DocumentError(
            "This is far larger than a plan of ours: choose the Markdown file it was written to."
        )
    try:
        text = content.decode("utf-16" if content.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError:
        if encoding := _other_encoding(content):
            raise DocumentError(
                f"This is in {encoding}, not in UTF-8: save it in UTF-8, and read it back then."
            ) from None
        text = "\0"
    kind = file_type(content)
    if "\0" in text or kind in {"JSON", *NO_TEXT}:
        named = f"This is {kind}" if kind and kind not in {"Markdown", "a table"} else "This is no text"
        raise DocumentError(f"{named}, no Markdown plan: choose the file that `export` has written.")
    if text.lstrip()[:14].lower() == "<!doctype html":
        raise DocumentError(
            "This is HTML, which is only to be read: change the Markdown of the plan instead."
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _other_encoding(content: bytes) -> str:
    """Return the encoding in which a file that isn't Unicode was likely saved; empty for what is no text."""
    if file_type(content) in NO_TEXT:
        return ""
    try:
        text, encoding, is_guess = decoded(content)
    except DocumentError:
        return ""
    return encoding if is_guess and not is_binary(text) else ""


def signature_of(text: str) -> Signature:
    """Return which account a plan is of, and for whom it was cut.

    Raises:
        DocumentError: it is no plan of ours, or there are several in it.
    """
    found = signatures(text)
    if len({(one.account, one.audience) for one in found}) > 1:
        raise DocumentError("There are several plans in this file: read each back from a file of its own.")
    if found:
        return found[-1] if len(found) == 1 else replace(found[-1], is_intact=False, mark="")
    facts = front_matter(text)
    if facts.get("account") and facts.get("audience"):
        return Signature(facts["account"], facts["audience"], "", is_intact=False)
    raise DocumentError(
        "This is no plan that was exported here: its last line, which says so, may have been lost."
    )


# What was written


def as_written(
    whole: AccountPlan, audience: str, mark: str, steps: Iterable[Step], sessions: Iterable[Session] = ()
) -> AccountPlan | None:
    """Return, for an audience, the actions as they stood when a plan with this mark was written.

    `steps` are those of the whole plan's journal, the latest first. `sessions` are those of which it may
    tell alone, by what they dated themselves. None where it never stood so.
    """
    told = tuple(sessions)
    kinds: tuple[type[Entity], ...] = (*_KINDS, Session, Carry) if told else _KINDS
    now = AccountPlan({kind: whole.rows.get(kind, {}) for kind in kinds})
    marks = _marks(now, audience, now.all(Action))
    for back, (rows, changed) in enumerate(_backwards(now, steps)):
        for kind, key in changed:
            if kind is Action:
                marks.pop(key[0], None)
        marks |= _marks(rows, audience, _concerned(rows, changed))
        if mark_joined(marks.values()) == mark:
            return project(rows, audience)
        if back < _MOST_OF_SESSIONS and (found := _of_session(rows, audience, mark, told)):
            return found
    return None


def _backwards(
    rows: AccountPlan, steps: Iterable[Step]
) -> Iterator[tuple[AccountPlan, Collection[tuple[type[Entity], Key]]]]:
    """Yield rows of these kinds as they are and as they were before each Step, and what that changed."""
    yield rows, ()
    for step in steps:
        changes = tuple(change for change in step.changes if target(change)[0] in rows.rows)
        if not changes:
            continue
        try:
            rows = apply(rows, invert(Step(changes)))
        except Refused:
            return
        if not rows.all(Account):
            return
        yield rows, {target(change) for change in changes}


def _of_session(
    rows: AccountPlan, audience: str, mark: str, sessions: Iterable[Session]
) -> AccountPlan | None:
    """Return the actions as one of these sessions alone tells of them, where that has this mark."""
    for session in sessions:
        if there := rows.get(Session, session.id):
            view = project(dated_by(rows, there), audience)
            if mark_of(view) == mark:
                return view
    return None


def _concerned(plan: AccountPlan, changed: Collection[tuple[type[Entity], Key]]) -> Iterator[Action]:
    """Yield the actions that read otherwise once rows have changed: these, or whose people are."""
    found = {key: plan.get(Action, *key) for kind, key in changed if kind is Action}
    others = {key[0] for kind, key in changed if kind is not Action}
    if others:
        found |= {
            row.key: row for row in plan.all(Action) if not others.isdisjoint((row.owner, row.accountable))
        }
    yield from filter(None, found.values())


def _marks(plan: AccountPlan, audience: str, actions: Iterable[Action]) -> dict[str, int]:
    """Return what of these actions an audience sees adds to a mark, by their ids."""
    there = {row.key: row for row in actions}
    people = {(id_,) for row in there.values() for id_ in (row.owner, row.accountable) if id_}
    few: dict[type[Entity], Mapping[Key, Entity]] = {
        kind: plan.rows.get(kind, {}) for kind in (Account, Party)
    }
    for kind in (Member, Stakeholder):
        held = plan.rows.get(kind, {})
        few[kind] = {key: held[key] for key in people if key in held}
    view = project(AccountPlan({**few, Action: there}), audience)
    return {row.id: mark_of_action(view, row) for row in view.all(Action)}


# Reading back


def read_back(
    text: str, view: AccountPlan, was: AccountPlan | None, dates: Calendar, *, is_intact: bool = False
) -> ReadBack:
    """Return what a plan's text changes in the plan as it is now for the audience it was cut for.

    `was` is what stood there when it was written; without it every difference is a question. Nobody has
    changed anything in a text that is intact.

    Raises:
        DocumentError: there is too much in it.
    """
    if is_intact:
        return ReadBack()
    return _Reader(view, was, dates).read(*task_lines(text))


class _RefusedLine(Exception):  # noqa: N818 - it never leaves this module
    """A line is refused; the message is the sentence."""


class _Said(Struct, frozen=True):
    """What a line says of an action; None for what it doesn't say."""

    title: str
    owner: tuple[str | None] | None
    accountable: tuple[str | None] | None
    due: dt.date | None
    is_done: bool
    done_on: dt.date | None
    not_read: tuple[str, ...]


class _Reader:
    """Reads lines against a plan as it is and, where that is known, as it was written."""

    def __init__(self, view: AccountPlan, was: AccountPlan | None, dates: Calendar) -> None:
        self.view, self.was, self.dates = view, was, dates
        self.plans = (was, view) if was else (view,)
        self.actions = {row.id: row for plan in reversed(self.plans) for row in plan.all(Action)}
        self.by_fold = _grouped((fold(id_), id_) for id_ in self.actions)
        self.by_block = _grouped((block_id(id_), id_) for id_ in self.actions)
        self.edits: list[LineEdit] = []
        self.questions: list[LineConflict] = []
        self.new: list[NewAction] = []
        self.free: list[Action] = []
        """Actions that no line names."""
        self.likely: list[LikelyAction] = []
        self.refused: list[RefusedLines] = []
        self.not_read: list[NotRead] = []

    def read(
        self, boxed: Sequence[TaskLine], others: Sequence[TaskLine], changed: Sequence[PlainLine]
    ) -> ReadBack:
        named: list[tuple[TaskLine, str]] = []
        for line in boxed:
            with self._refusing(line):
                named.append((line, self._action_of(line)))
        counts = _grouped((id_, line.number) for line, id_ in named if id_)
        twice = {id_ for id_, lines in counts.items() if len(lines) > 1}
        for id_ in sorted(twice, key=lambda id_: counts[id_]):
            at = f"{', '.join(map(str, counts[id_][:-1]))} and {counts[id_][-1]}"
            self._refuse(counts[id_], f"Lines {at} are about the same action, {id_}: leave one of them.")
        headings = {line.heading for line, id_ in named if id_}
        self.free = [
            row
            for row in self.view.all(Action)
            if row.id not in counts and row.status is not ActionStatus.DROPPED
        ]
        for line, id_ in named:
            with self._refusing(line):
                if id_ and id_ not in twice:
                    self._known_line(line, id_)
                elif not id_ and (line.heading in {"", *headings} or _ACTIONS.fullmatch(line.heading)):
                    self._unnamed_line(line)
                elif not id_:
                    self._note(line, "It stands under none of the actions, so it isn't read.")
        self._without_box(others, counts)
        for plain in changed:
            self._changed_line(plain, headings)
        return ReadBack(
            tuple(self.edits),
            tuple(self.questions),
            tuple(sorted(self.new, key=lambda one: one.line)),
            tuple(self.likely),
            tuple(sorted(self.refused, key=lambda one: one.lines)),
            tuple(sorted(self.not_read, key=lambda one: one.line)),
        )

    @contextmanager
    def _refusing(self, line: TaskLine) -> Iterator[None]:
        """Refuse a line with its number where it can't be read."""
        try:
            yield
        except _RefusedLine as refused:
            self._refuse([line.number], str(refused))

    def _note(self, line: TaskLine, what: str) -> None:
        self.not_read.append(NotRead(line.number, what))

    def _refuse(self, lines: Iterable[int], why: str) -> None:
        self.refused.append(RefusedLines(tuple(lines), why))

    def _without_box(self, others: Iterable[TaskLine], named: Collection[str]) -> None:
        """Say of lines of open actions, which stand in no other, that their box is gone, or their list."""
        for line in others:
            ids = {id_ for id_ in self._ids_of(line) if id_ not in named}
            is_open = len(ids) == 1 and self.actions[min(ids)].status.is_open
            if line.sign and (ids or not (line.ids or line.ends_in_code)):
                self._note(line, "It stands in no list, so it isn't read.")
            elif is_open and (line.ids or line.ends_in_code or _ACTIONS.fullmatch(line.heading)):
                self._note(line, "It has no box any more, so it isn't read.")

    def _changed_line(self, line: PlainLine, headings: AbstractSet[str]) -> None:
        """Offer an item that is new among the actions; say of another line that it was changed."""
        if not (_ACTIONS.fullmatch(line.heading) or line.heading in headings - {""}):
            self.not_read.append(NotRead(line.number, CHANGED))
        elif line.item is None:
            self.not_read.append(NotRead(line.number, NO_ACTION))
        elif line.item.told:
            with self._refusing(line.item):
                self._unnamed_line(line.item)

    # Which action

    def _ids_of(self, line: TaskLine) -> list[str]:
        """Return the actions that a line names."""
        forms = [
            *((form, self.by_block) for form in line.ids),
            *((form, self.by_fold) for form in line.codes),
        ]
        found = dict.fromkeys(id_ for form, index in forms for id_ in self._called(form, index))
        return list(found)

    def _called(self, form: str, index: Mapping[str, Sequence[str]]) -> Sequence[str]:
        if form in self.actions:
            return (form,)
        return index.get(form) or self.by_fold.get(fold(form)) or ()

    def _action_of(self, line: TaskLine) -> str:
        """Return the id of the action that a line is about; empty where it names none."""
        if not line.told and not line.ids and not line.codes:
            if line.sign.strip() and line.sign not in "xX":
                return ""
            raise _RefusedLine("It is empty or far too long: nothing of it is taken.")
        found = self._ids_of(line)
        if len(found) > 1:
            raise _RefusedLine(
                f"It names several actions, {one_of(found).replace(' or ', ' and ')}: leave one id."
            )
        if found:
            return found[0]
        lost = [*line.ids, *(line.codes[-1:] if line.ends_in_code else ())]
        if lost and _ID.fullmatch(lost[-1]):
            raise _RefusedLine(
                f"There is no action {quoted(lost[-1])} {self._for_whom}: mend the id, or leave it out."
            )
        return ""

    @cached_property
    def _for_whom(self) -> str:
        audience = self.view.audience or ""
        return {CUSTOMER: "that the customer sees", ALLIANCE: "that the alliance sees"}.get(
            audience, f"that {self.view.name_of(Party, audience)} sees"
        )

    # What a line says

    def _said(self, line: TaskLine, about: Sequence[tuple[AccountPlan, Action]]) -> _Said:
        """Return what a line says; `about` are the plans with the action as they have it."""
        if line.sign not in " xX":
            raise _RefusedLine(
                f"Its box holds {quoted(clean_text(line.sign))}, which isn't read: leave it empty, or x."
            )
        if line.is_struck and line.sign == " ":
            raise _RefusedLine(
                "It is struck through, which isn't read: drop it in the account with a reason, or tick it."
            )
        ids = [code for code in line.codes if self._called(code, self.by_fold)]
        title, rest = _titled(without_codes(line.told, ids), (row for _, row in about))
        whose = {words: who for plan, row in about for words, who in _whose(plan, row).items()}
        first, behind = parted(rest, *whose)
        owner: tuple[str | None] | None = None
        accountable: tuple[str | None] | None = None
        if first in whose:
            owner, accountable = (whose[first][0],), (whose[first][1],)
            if not _ANSWERS.search(first):
                accountable = None
            rest = behind
        return self._facts(line, title, rest, owner, accountable, about)

    def _facts(  # noqa: PLR0913, PLR0917 - parts of one line
        self,
        line: TaskLine,
        title: str,
        rest: str,
        owner: tuple[str | None] | None,
        accountable: tuple[str | None] | None,
        about: Sequence[tuple[AccountPlan, Action]],
    ) -> _Said:
        due = [self._day(day) for day in line.due]
        done = [self._day(day) for day in line.done]
        named = {one_line(row.milestone) for plan in self.plans for row in plan.all(Action)}
        milestones = {as_read(words) for each in named for words in (each, milestone_fact(each))}
        statuses = {row.status.label for _, row in about}
        not_read: list[str] = []
        place = 1 if owner else 0
        says_done = False
        while rest:
            part, rest = parted(rest, *milestones)
            words = _LATE.sub("", words_of(part))
            if not words or words in milestones or words in statuses or _FACT.fullmatch(words):
                place += bool(words)
                continue
            if finished := _DONE.fullmatch(words):
                says_done = True
                done += [self._day(finished[1])] if finished[1] else []
            elif (day := self._whole_day(words)) is not None:
                due.append(day)
            elif place == 0:
                owner, accountable = self._people(words)
            elif self._is_day(words):
                self._day(words)
            else:
                not_read.append(words)
            place += 1
        is_done = line.sign in "xX"
        dues = {row.due for _, row in about}
        was_done = any(row.status is ActionStatus.DONE for _, row in about)
        if not is_done and (done or says_done) and not was_done:
            raise _RefusedLine(
                "It says when it was done, and its box is empty: tick it, or take the day out."
            )
        finished_on = {row.done_on for _, row in about}
        return _Said(
            title,
            owner,
            accountable,
            self._one(due, dues),
            is_done,
            self._one(done, finished_on) if is_done else None,
            tuple(not_read),
        )

    @staticmethod
    def _one(days: Sequence[dt.date], known: Collection[dt.date | None]) -> dt.date | None:
        """Return the day of a line: of several the one that isn't known yet."""
        those = set(days)
        others = those - set(known)
        if len(others) > 1 or (not others and len(those) > 1):
            raise _RefusedLine(f"It has several days, {one_of(map(format_date, sorted(those)))}: leave one.")
        return next(iter(others or those), None)

    def _whole_day(self, words: str) -> dt.date | None:
        """Return the day that words are, with its year; None for other words."""
        try:
            return self.dates.parse(words) if _YEAR.search(words) else None
        except DateError as error:
            if error.has_form:
                raise _RefusedLine(_with_year(error)) from None
            return None

    def _is_day(self, words: str) -> bool:
        """Whether words are meant as a day, be it one that isn't there, or without its year."""
        try:
            self.dates.parse(words)
        except DateError:
            return begins_date(words) and any(sign.isdigit() for sign in words)
        return True

    def _day(self, words: str) -> dt.date:
        """Return the day that words are; refuse others, and one that depends on the day it is read."""
        try:
            day = self.dates.parse(words)
        except DateError as error:
            raise _RefusedLine(_with_year(error)) from None
        if not _YEAR.search(words):
            raise _RefusedLine(f"{quoted(words)} has no year: write {format_date(day)}, if it is that.")
        return day

    # People

    def _people(self, words: str) -> tuple[tuple[str | None] | None, tuple[str | None] | None]:
        """Return whose an action is by what a line says, and who answers for it where it says so."""
        does, *answers = _ANSWERS.split(words, maxsplit=1)
        owner = (self._person(does.strip(" ,")),) if does.strip(" ,") else None
        return owner, (self._person(answers[0].strip()),) if answers and answers[0].strip() else None

    def _person(self, words: str) -> str | None:
        """Return the id of who is meant; None for nobody."""
        if fold(words) in _NOBODIES:
            return None
        there = candidates(self.view, Slot(Action, "owner", "owner"))
        called = fold(words)
        exactly = [one for one in there if fold(as_read(with_side(self.view, one.value))) == called]
        side = _SIDE.search(words)
        name = words[: side.start()] if side else words
        found = exactly or list(matching(there, words)) or list(matching(there, name))
        if side and len(found) > 1:
            firm = fold(side[1])
            found = [one for one in found if fold(_side(self.view, one.value)) == firm] or found
        if len(found) == 1:
            return found[0].value
        if found:
            raise _RefusedLine(f"{quoted(words)} fits {_names(found)}: write the whole name.")
        near = nearest(name, (one.label for one in there))
        known = [one for one in there if one.label == near] + [one for one in there if one.label != near]
        raise _RefusedLine(f"There is nobody called {quoted(words)}: use {_names(known) or 'nobody'}.")

    # Lines of actions

    def _known_line(self, line: TaskLine, id_: str) -> None:
        there = [(plan, row) for plan in self.plans if (row := plan.get(Action, id_))]
        now, before = self.view.get(Action, id_), self.was.get(Action, id_) if self.was else None
        if now and now.status is ActionStatus.DROPPED:
            if before and before.status is ActionStatus.DROPPED:  # so nobody but the reader gave it a box
                raise _RefusedLine(f"{quoted(now.words)} is dropped: open it again before it is changed.")
            if line.is_struck and line.sign == " ":
                return
        said = self._said(line, there)
        edits, questions = self._differences(line.number, said, now or there[0][1], before)
        if now is None:
            if edits or questions:
                raise _RefusedLine(f"This action is gone, or is none any more {self._for_whom}.")
            return
        if not now.status.is_open and all(edit.name != "status" for edit in edits):
            self._refuse_closed(now, edits)
        self.edits += edits
        self.questions += questions
        self._tell(line, said)

    def _refuse_closed(self, now: Action, edits: Iterable[LineEdit]) -> None:
        """What is closed gets no other date and nobody else."""
        if any(edit.name in {"due", "owner", "accountable"} for edit in edits):
            how = "done" if now.status is ActionStatus.DONE else "dropped"
            raise _RefusedLine(f"{quoted(now.words)} is {how}: open it again before it is changed.")

    def _tell(self, line: TaskLine, said: _Said) -> None:
        for words in said.not_read:
            self._note(line, f"{quoted(words)} isn't read from a plan.")

    def _differences(
        self, line: int, said: _Said, now: Action, before: Action | None
    ) -> tuple[list[LineEdit], list[LineConflict]]:
        edits: list[LineEdit] = []
        questions: list[LineConflict] = []

        def differs(name: str, wanted: Json, is_same: Mapping[str, bool]) -> None:
            """Note a value that is another than was written, by whether it is the one of now and of then."""
            if is_same["now"] or is_same["then"]:
                return
            edit = LineEdit(line, now.id, name, wanted, _value(now, name))
            is_still = before is not None and _value(before, name) == edit.was
            if is_still:
                edits.append(edit)
            else:
                questions.append(LineConflict(edit, before is not None))

        def same(name: str, wanted: Json) -> dict[str, bool]:
            return {
                "now": _value(now, name) == wanted,
                "then": before is not None and _value(before, name) == wanted,
            }

        if not said.title:
            raise _RefusedLine("Its title is gone: write what will be done.")
        is_title = {
            which: row is not None and as_read(row.title, is_bold=True) == said.title
            for which, row in (("now", now), ("then", before))
        }
        differs("title", said.title, is_title)
        for name, who in (("owner", said.owner), ("accountable", said.accountable)):
            if who is not None:
                differs(name, who[0], same(name, who[0]))
        if said.due:
            differs("due", said.due.isoformat(), same("due", said.due.isoformat()))
        self._status(line, said, now, before, edits, questions)
        return edits, questions

    def _status(  # noqa: PLR0913, PLR0917 - the line, both actions, and what comes of them
        self,
        line: int,
        said: _Said,
        now: Action,
        before: Action | None,
        edits: list[LineEdit],
        questions: list[LineConflict],
    ) -> None:
        """Note a tick that has come or gone, or another day on which it was done."""
        done, dropped = ActionStatus.DONE, ActionStatus.DROPPED
        is_known = before is not None
        was_done = before is not None and before.status is done
        is_same_day = before is not None and now.status is done and now.done_on == before.done_on
        day = (said.done_on or self.dates.today).isoformat()
        edit = LineEdit(line, now.id, "done_on", day, _value(now, "done_on"))
        if said.is_done and not was_done:
            if now.status is done and said.done_on in {None, now.done_on}:
                return
            is_sure = is_known and now.status not in {done, dropped}
        elif said.is_done:
            if before is None or said.done_on in {None, before.done_on, now.done_on}:
                return
            is_sure = is_same_day
        else:
            if now.status.is_open or (is_known and not was_done):
                return
            edit = LineEdit(line, now.id, "status", ActionStatus.OPEN.value, now.status.value)
            is_sure = is_same_day
        if is_sure:
            edits.append(edit)
        else:
            questions.append(LineConflict(edit, is_known))

    def _unnamed_line(self, line: TaskLine) -> None:
        """Offer a line without an id as the one action it is like, or as a new one."""
        title, _ = _titled(line.told, self.free)
        like = _likely(title, self.free)
        there = [(plan, row) for plan in self.plans if like and (row := plan.get(Action, like.id))]
        said = self._said(line, there)
        if not said.title:
            raise _RefusedLine("It has no title: write what will be done.")
        new = _new(line.number, said)
        if like is None:
            self.new.append(new)
        else:
            self.free.remove(like)
            before = self.was.get(Action, like.id) if self.was else None
            edits, questions = self._differences(line.number, said, like, before)
            if edits or questions:
                self.likely.append(LikelyAction(line.number, like.id, tuple(edits), tuple(questions), new))
        self._tell(line, said)


def _with_year(error: DateError) -> str:
    """Return what is wrong with a day, and how one is written here: of all forms those with a year."""
    return str(error).replace(f"try {EXAMPLES}.", "write one with its year, as in 30 Jun 2026 or 2026-06-30.")


def _titled(told: str, actions: Iterable[Action]) -> tuple[str, str]:
    """Return the title in what a line tells, and what stands behind it; it may be one of these actions'.

    Where somebody has put other signs between the parts, the title is what is bold.
    """
    if " · " not in told and (bold := bold_start(told)):
        return words_of(bold), told[len(bold) :].strip()
    known = {as_read(row.title, is_bold=True) for row in actions}
    first, rest = parted(told, *known)
    is_known = first in known
    return first if is_known else words_of(re.sub(r"^\*\*|\*\*$", "", first)), rest


def _value(row: Action, name: str) -> Json:
    """Return a value of an action as JSON; of one that is cut, too."""
    value = getattr(row, name)
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.value if isinstance(value, ActionStatus) else value


def _new(line: int, said: _Said) -> NewAction:
    owner = said.owner[0] if said.owner else None
    accountable = said.accountable[0] if said.accountable else None
    return NewAction(line, said.title, owner, accountable, said.due, said.is_done, said.done_on)


def _likely(title: str, free: Iterable[Action]) -> Action | None:
    """Return the one action whose title is much like this one; None where there are several, or none."""
    wanted = fold(title)
    scored = sorted(
        ((likeness(wanted, fold(as_read(row.title, is_bold=True))), n, row) for n, row in enumerate(free)),
        key=lambda one: (-one[0], one[1]),
    )
    if not scored or scored[0][0] < LIKE:
        return None
    if scored[1:] and scored[0][0] - scored[1][0] < _APART:
        return None
    return scored[0][2]


def likeness(one: str, other: str) -> float:
    """Return how much alike two folded texts are, up to 1; 0 where that is too little to ask about."""
    from difflib import SequenceMatcher  # only needed where an id is lost

    match = SequenceMatcher(None, one, other, autojunk=False)
    return match.ratio() if match.real_quick_ratio() >= LIKE and match.quick_ratio() >= LIKE else 0.0


def _whose(plan: AccountPlan, row: Action) -> dict[str, tuple[str | None, str | None]]:
    """Return how a document says whose an action is → owner and who answers for it."""
    does = with_side(plan, row.owner) or _NOBODY
    answers = with_side(plan, row.accountable)
    who = row.owner, row.accountable
    person = plan.person(row.owner)
    found = {as_read(does): who, as_read(display_name(plan, person) if person else does): who}
    if answers:
        found[as_read(f"{does}, accountable {answers}")] = who
    return found


def with_side(plan: AccountPlan, person_id: str | None) -> str:
    """Return a person with their firm, as a document names them; empty for none."""
    person = plan.person(person_id)
    side = _side(plan, person_id)
    return f"{display_name(plan, person)}{f' ({side})' if side else ''}" if person else ""


def _side(plan: AccountPlan, person_id: str | None) -> str:
    return plan.name_of(Party, side_of(plan, person_id))


def _names(found: Sequence[Candidate]) -> str:
    more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    return one_of(one.label for one in found[:_MOST_NAMED]) + more


def _grouped(pairs: Iterable[tuple[str, V]]) -> dict[str, list[V]]:
    found: dict[str, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)


# Taking it


def taken(  # noqa: PLR0913 - what is taken, and how
    whole: AccountPlan,
    audience: str,
    *,
    edits: Iterable[LineEdit],
    new: Iterable[NewAction],
    context: SetContext,
    new_id: Callable[[], str],
) -> tuple[tuple[Change, ...], tuple[RefusedLines, ...]]:
    """Return the changes of a whole plan that a file for an audience makes, and the lines it can't take.

    A line is taken as a whole, by the rules that cells have, or refused with its number.
    """
    after, view = whole, project(whole, audience)
    changes: list[Change] = []
    refused: list[RefusedLines] = []
    lines: dict[int, list[LineEdit | NewAction]] = defaultdict(list)
    for edit in edits:
        lines[edit.line].append(edit)
    for each in new:
        lines[each.line].append(each)
    for line, those in sorted(lines.items()):
        try:
            step: list[Change] = []
            now = after
            for one in those:
                if isinstance(one, LineEdit):
                    _refuse_unseen(whole, view, one)
                    of_one = tuple(set_value(now, FieldRef(Action, (one.id,), one.name), one.value, context))
                else:
                    of_one = _added(now, audience, one, context, new_id())
                step += of_one
                now = apply(now, Step(of_one))
        except Refused as error:
            refused.append(RefusedLines((line,), str(error)))
        else:
            after = now
            changes += step
    return tuple(changes), tuple(refused)


def _refuse_unseen(whole: AccountPlan, view: AccountPlan, edit: LineEdit) -> None:
    """What the audience doesn't see isn't changed by what was cut for it."""
    there, seen = whole.get(Action, edit.id), view.get(Action, edit.id)
    if there is None or seen is None:
        raise Refused("This action has just been taken out: read the file again.")
    if getattr(there, edit.name) is not None and getattr(seen, edit.name) is None:
        raise Refused("Who it is isn't shown to the readers of this file, so it can't be changed by it.")
    if _value(there, edit.name) != edit.was:
        raise Refused("This action has just been changed by somebody else: read the file again.")


def _added(
    plan: AccountPlan, audience: str, new: NewAction, context: SetContext, new_id: str
) -> tuple[Change, ...]:
    """Return the change by which an action comes into the latest session, seen by whom the file is for."""
    session = next(reversed(plan.sessions), None)
    if session is None:
        raise Refused("There is no session yet in which an action could be agreed: begin the first.")
    if is_sealed(plan, session.id):
        raise Refused(
            f"Session {plan.number_of(session.id)} is sealed, and nothing new comes into it: "
            "begin the next one, or reopen it in closing."
        )
    bare = made(
        Action,
        {
            "id": new_id,
            "session": session.id,
            "title": new.title,
            "visibility": audience,
            "rank": rank_after(plan.all(Action)),
        },
    )
    after = apply(plan, Step((Add(bare),)))
    done_on = (new.done_on or context.today) if new.is_done else None
    values: dict[str, Json] = {
        "owner": new.owner,
        "accountable": new.accountable,
        "due": new.due.isoformat() if new.due else None,
        "done_on": done_on.isoformat() if done_on else None,
    }
    for name, value in values.items():
        if value is not None:
            after = apply(
                after, Step(tuple(set_value(after, FieldRef(Action, bare.key, name), value, context)))
            )
    row = after.get(Action, new_id)
    return (Add(row),) if row else ()
