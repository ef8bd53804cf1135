"""A discovery form on its way back into its account: what it would change, and what is chosen of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from workshop_tui.documents.errors import DocumentError, quoted
from workshop_tui.documents.form_read import (
    FormEdit,
    FormRead,
    NewLine,
    RefusedSpots,
    Spot,
    form_as_written,
    form_file,
    form_taken,
    read_form,
)
from workshop_tui.domain.base.text import counted, one_line
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.discovery import Bullet, Criterion, Score
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.setters import SetContext
from workshop_tui.domain.plan.step import Change, Step
from workshop_tui.live.live_plan import new_id
from workshop_tui.live.plan_update import context_now, steps_back

if TYPE_CHECKING:
    from workshop_tui.store.store import Store


class FormImport(Struct, frozen=True):
    """What a form would change in an account, and what is said of what isn't sure."""

    whole: AccountPlan
    firm: Party
    read: FormRead
    context: SetContext
    conflicts: Literal["file", "plan"] | None = None
    """Which holds where both have changed something; None leaves it as it is."""
    likely: Literal["same", "new"] | None = None
    """What lines are that have lost their id and are much like others; None leaves them out."""

    def edits(self) -> Iterator[FormEdit]:
        """Yield the edits that are sure, and those that are chosen."""
        yield from self.read.edits
        if self.conflicts == "file":
            yield from (question.edit for question in self.read.questions)
        if self.likely == "same":
            yield from (edit for one in self.read.likely for edit in one.edits)

    def new(self) -> Iterator[NewLine]:
        """Yield the lines that come in."""
        yield from self.read.new
        if self.likely == "new":
            yield from (one.new for one in self.read.likely)

    def changes(self) -> tuple[tuple[Change, ...], tuple[RefusedSpots, ...]]:
        """Return the changes, and the lines that can't be taken by the rules of fields."""
        return form_taken(
            self.whole, self.firm.id, edits=self.edits(), new=self.new(), context=self.context, new_id=new_id
        )

    def step(self, changes: tuple[Change, ...], actor: str) -> Step:
        """Return changes as one Step of somebody, now."""
        return Step(changes, actor, self.context.now)

    # In words

    def title(self, edit: FormEdit) -> str:
        """Return the words of the line or the criterion that an edit is about."""
        kind = Criterion if edit.kind is Score else Bullet
        row = self.whole.get(kind, edit.key[0])
        return row.words if row else edit.key[0]

    def told(self, edit: FormEdit) -> str:
        """Return an edit in words."""
        if edit.name == "text":
            return f"{quoted(one_line(str(edit.was)))} → {quoted(one_line(str(edit.value)))}"
        if edit.name == "score":
            was = f"{edit.was} → " if edit.was is not None else ""
            return f"score {was}{edit.value}: {self.title(edit)}"
        return f"seen by {self.reader(edit.was)} → {self.reader(edit.value)}: {quoted(self.title(edit))}"

    def told_both(self, edit: FormEdit) -> str:
        """Return what the file has and what the plan has, in words."""
        return f"the file has {self._said(edit, edit.value)}, the plan {self._said(edit, edit.was)}"

    def told_new(self, new: NewLine) -> str:
        """Return a new line in words, with who will see it."""
        return f"{one_line(new.text)} (seen by {self.reader(new.visibility)})"

    def reader(self, visibility: object) -> str:
        """Return who sees a line, in words."""
        if visibility == self.firm.id:
            return f"{self.firm.short} alone"
        return f"the {'customer' if visibility == CUSTOMER else 'alliance'}"

    def _said(self, edit: FormEdit, value: object) -> str:
        if edit.name == "visibility":
            return f"it seen by {self.reader(value)}"
        return "no score" if value is None else quoted(one_line(str(value)))

    def summary(self, lost: Iterable[Spot]) -> str:
        """Return how much is changed but for what is lost, as in «2 lines changed and 1 new line»."""
        without = set(lost)
        edits = [edit for edit in self.edits() if edit.spot not in without]
        lines = {edit.key for edit in edits if edit.kind is Bullet}
        scores = {edit.key for edit in edits if edit.kind is Score}
        new = [one for one in self.new() if one.spot not in without]
        parts = [
            f"{counted(len(lines), 'line')} changed" if lines else "",
            f"{counted(len(new), 'new line')}" if new else "",
            f"{counted(len(scores), 'score')}" if scores else "",
        ]
        *others, last = filter(None, parts)
        return f"{', '.join(others)} and {last}" if others else last


def read_form_import(  # noqa: PLR0913 - where it goes, and what is said of it
    store: Store,
    content: bytes,
    clock: Callable[[], dt.datetime],
    *,
    account: str | None,
    day_first: bool,
    conflicts: Literal["file", "plan"] | None = None,
    likely: Literal["same", "new"] | None = None,
) -> FormImport:
    """Return what a form would change in the account that it is of.

    Raises:
        DocumentError: it is no form of ours, or of another account or firm.
        StoreError: the account that is named isn't there, or the database can't be read.
    """
    file = form_file(content)
    there = store.meant(file.account)
    if account is not None and (meant := store.find(account)) != there:
        whole, _ = store.load(meant)
        of = store.load(there)[0].account.name if there else file.account
        raise DocumentError(f"This is a form of {of}, not of {whole.account.name}: choose the form of that.")
    if not there:
        raise DocumentError(
            f"This is a form of {quoted(file.account)}, an account that isn't in this database: "
            "open the one that has it."
        )
    whole, number = store.load(there)
    firm = next((one for one in whole.partners if one.id == file.firm), None)
    if firm is None:
        raise DocumentError(
            f"This is a form of {quoted(file.firm)}, who is no firm of {whole.account.name}: export it anew."
        )
    was = None
    if not file.is_intact:
        was = form_as_written(whole, firm.id, file.mark, steps_back(store, there, number))
    read = read_form(file, project(whole, firm.id), was, firm)
    context = context_now(whole, clock, day_first=day_first)
    return FormImport(whole, firm, read, context, conflicts, likely)
