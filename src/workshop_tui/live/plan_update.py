"""A Markdown plan on its way back into its account: what it would change, and what is chosen of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct, field

from workshop_tui.documents.errors import DocumentError, quoted
from workshop_tui.documents.export import Signature, mark_of
from workshop_tui.documents.read_back import (
    LineEdit,
    NewAction,
    ReadBack,
    RefusedLines,
    as_written,
    read_back,
    signature_of,
    taken,
    text_of,
)
from workshop_tui.domain.base.dates import Calendar, format_date
from workshop_tui.domain.base.text import counted
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.session import Seal
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan, audiences
from workshop_tui.domain.plan.setters import SetContext
from workshop_tui.domain.plan.step import Change, Step
from workshop_tui.live.live_plan import new_id
from workshop_tui.live.record import as_shown

if TYPE_CHECKING:
    from workshop_tui.store.store import Store

Chosen = Literal["file", "plan", "same", "new", "leave"]
_AT_ONCE: Final = 500
"""Steps of a journal that are read at a time, looking back for when a plan was written."""
_MOST: Final = 5_000
"""Steps after which it isn't looked for any further."""


class PlanUpdate(Struct):
    """What a file would change in an account, and what of it is chosen, by its line."""

    whole: AccountPlan
    audience: str
    read: ReadBack
    context: SetContext
    chosen: dict[int, Chosen] = field(default_factory=dict)
    """Of both changed: file or plan. Of likely: same, new or leave. Of new: new or leave."""

    @property
    def view(self) -> AccountPlan:
        """The plan as those see it for whom the file was cut."""
        return project(self.whole, self.audience)

    @property
    def readers(self) -> str:
        """For whom the file was cut, in words."""
        firm = self.whole.get(Party, self.audience)
        return firm.short if firm and self.audience != "customer" else f"the {self.audience}"

    @property
    def open_lines(self) -> list[int]:
        """Lines of which nothing is chosen yet, though both have changed them, or they may be actions."""
        asked = (*(one.edit.line for one in self.read.questions), *(one.line for one in self.read.likely))
        return sorted(set(asked) - set(self.chosen))

    def choose_all(self, *, conflicts: Chosen | None, likely: Chosen | None, new: Chosen) -> None:
        """Choose the same for all lines of a kind; None leaves a kind open."""
        for one in self.read.questions if conflicts else ():
            self.chosen[one.edit.line] = conflicts or "plan"
        for each in self.read.likely if likely else ():
            self.chosen[each.line] = likely or "leave"
        for line in self.read.new:
            self.chosen[line.line] = new

    def edits(self) -> Iterator[LineEdit]:
        """Yield the edits that are sure, and those that are chosen."""
        yield from self.read.edits
        for question in self.read.questions:
            if self.chosen.get(question.edit.line) == "file":
                yield question.edit
        for likely in self.read.likely:
            if self.chosen.get(likely.line) == "same":
                yield from likely.edits
                yield from (question.edit for question in likely.questions)

    def new(self) -> Iterator[NewAction]:
        """Yield the actions that are chosen to come in."""
        yield from (one for one in self.read.new if self.chosen.get(one.line) == "new")
        yield from (one.new for one in self.read.likely if self.chosen.get(one.line) == "new")

    def changes(self) -> tuple[tuple[Change, ...], tuple[RefusedLines, ...]]:
        """Return the changes of what is chosen, and the lines that can't be taken by the rules of fields."""
        return taken(
            self.whole, self.audience, edits=self.edits(), new=self.new(), context=self.context, new_id=new_id
        )

    def step(self, changes: tuple[Change, ...], actor: str) -> Step:
        """Return changes as one Step of somebody, now."""
        return Step(changes, actor, self.context.now)

    # In words

    def title(self, edit: LineEdit) -> str:
        """Return what the action of an edit is called."""
        action = self.view.get(Action, edit.id)
        return action.words if action else edit.id

    def told(self, edit: LineEdit) -> str:
        """Return an edit in words, as in «due 11 Jun 2026 → 30 Jun 2026»."""
        was, value = self._said(edit, edit.was), self._said(edit, edit.value)
        if edit.name == "status":
            return "open again"
        if edit.name == "done_on":
            action = self.view.get(Action, edit.id)
            status = action.status.label if action and not (action.status.is_open or edit.was) else ""
            before = was if edit.was else status
            return f"done on {value}{f', was {before}' if before else ''}"
        if edit.was is None and edit.name == "due":
            return f"due {value}"
        return f"{edit.name} {was} → {value}"

    def told_both(self, edit: LineEdit) -> str:
        """Return what the file has and what the plan has, in words."""
        wanted = f"done on {self._said(edit, edit.value)}" if edit.name == "done_on" else "open again"
        if edit.name not in {"done_on", "status"}:
            wanted = f"{edit.name} {self._said(edit, edit.value)}"
        return f"the file has {wanted}, the plan {self.told_now(edit)}"

    def told_now(self, edit: LineEdit) -> str:
        """Return what the plan has in the place of an edit."""
        action = self.view.get(Action, edit.id)
        if edit.name in {"status", "done_on"} and action:
            on = f" on {format_date(action.done_on)}" if action.done_on else ""
            return f"{action.status.label}{on}"
        return f"{edit.name} {self._said(edit, edit.was)}"

    def _said(self, edit: LineEdit, value: object) -> str:
        if edit.name in {"due", "done_on"}:
            return format_date(dt.date.fromisoformat(str(value))) if value else "no date"
        if edit.name in {"owner", "accountable"}:
            return self.name(str(value) if value else None)
        return quoted(value)

    def name(self, person_id: str | None) -> str:
        """Return what a person is called, or nobody."""
        person = self.view.person(person_id)
        return person.words if person else "nobody"

    def told_new(self, new: NewAction) -> str:
        """Return a new action in words."""
        parts = (
            new.title,
            self.name(new.owner) if new.owner else "",
            f"accountable {self.name(new.accountable)}" if new.accountable else "",
            format_date(new.due) if new.due else "",
            "done" if new.is_done else "",
        )
        return " · ".join(filter(None, parts))

    def summary(self, refused: Iterable[RefusedLines]) -> str:
        """Return how much is changed without what is refused, as in «2 actions changed and 1 new action»."""
        new = {one.line for one in self.new()}
        lost = {line for one in refused for line in one.lines}
        changed = {edit.id for edit in self.edits() if edit.line not in lost}
        parts = (
            f"{counted(len(changed), 'action')} changed" if changed else "",
            f"{counted(len(new - lost), 'new action')}" if new - lost else "",
        )
        return " and ".join(filter(None, parts))


def read_update(
    store: Store, content: bytes, clock: Callable[[], dt.datetime], *, day_first: bool
) -> PlanUpdate:
    """Return what a Markdown file would change in the account that it is a plan of.

    Raises:
        DocumentError: it is no plan of ours, or of no account in this database.
        StoreError: the database can't be read.
    """
    text = text_of(content)
    signature = signature_of(text)
    account = store.meant(signature.account)
    if not account:
        raise DocumentError(
            f"This is a plan of {quoted(signature.account)}, an account that isn't in this database: "
            "open the one that has it."
        )
    whole, number = store.load(account)
    if signature.audience not in audiences(whole):
        raise DocumentError(
            f"This plan was cut for {quoted(signature.audience)}, who is no firm of {whole.account.name}: "
            "export it anew."
        )
    view = project(whole, signature.audience)
    was = None
    if signature.mark and not signature.is_intact:
        steps = steps_back(store, account, number)
        was = _was(whole, signature, text, steps)
    context = context_now(whole, clock, day_first=day_first)
    read = read_back(text, view, was, context.dates, is_intact=signature.is_intact)
    return PlanUpdate(whole, signature.audience, read, context)


def _was(whole: AccountPlan, signature: Signature, text: str, steps: Iterable[Step]) -> AccountPlan | None:
    """Return the actions as they stood when a text was written: as now, in a record, or at an earlier Step.

    Only sessions whose day stands in the text are looked at: a plan says of which it tells.
    """
    audience, mark = signature.audience, signature.mark
    those = [session for session in whole.sessions if format_date(session.held_on) in text]
    if is_now := as_written(whole, audience, mark, ()):
        return is_now
    for session in those:
        for seal in whole.where(Seal, session=session.id):
            shown = as_shown(whole, session.id, seal)
            if not shown.fault and audience in audiences(shown.plan):
                view = project(shown.plan, audience)
                if mark_of(view) == mark:
                    return view
    alone = [session for session in those if session.id != whole.sessions[-1].id]
    return as_written(whole, audience, mark, steps, alone)


def steps_back(store: Store, account: str, number: int) -> Iterator[Step]:
    """Yield the Steps of an account, the latest first."""
    for last in range(number, max(number - _MOST, 0), -_AT_ONCE):
        yield from store.latest(account, last, _AT_ONCE)


def context_now(plan: AccountPlan, clock: Callable[[], dt.datetime], *, day_first: bool) -> SetContext:
    """Return when and where it is changed: on the account's day, in its latest session."""
    latest = next(reversed(plan.sessions), None)
    dates = Calendar(plan.account.as_of or clock().astimezone().date(), day_first)
    dates = dates.agreed(latest.date_order, latest.week_start) if latest else dates
    return SetContext(dates, clock, latest.id if latest else "")
