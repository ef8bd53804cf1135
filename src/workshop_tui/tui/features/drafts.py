"""Drafts: what was typed and is not a value yet, kept for whom it was typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial

from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.capture.unfinished import taken_apart
from workshop_tui.domain.gaps.weight import place_of
from workshop_tui.domain.plan.plan import typed_at
from workshop_tui.tui.commands.command import key_of
from workshop_tui.tui.widgets.capture_line import PLACE as CAPTURE
from workshop_tui.tui.widgets.status_bar import Bar
from workshop_tui.tui.workspace import (
    AudienceChanged,
    DraftsFound,
    FocusMoved,
    PlanShown,
    Workspace,
    looks_back,
)
from workshop_tui.views.row_id import RowId
from workshop_tui.views.scorecard.review import DRAFT as REVIEW

UNTIL = " until this session is opened again, or the next one begins"
"""Said of a line that waits in a sealed session."""


class Drafts:
    """Keeps what is typed, brings it back, and marks the cells that have any."""

    def __init__(self, workspace: Workspace) -> None:
        """Begin with those that were read with the plan."""
        self._workspace, self._live = workspace, workspace.live
        before = workspace.live.typed_before
        self._by_place: dict[str, str] = dict(before or {})
        self._typed_now: set[str] | None = set()
        """Where something has been typed since this was opened; None once one has joined."""
        self._is_named = before is not None
        """Whether the name is known under which they are kept; else what is typed waits for that."""
        self._ours = ALLIANCE if self._live.audience == CUSTOMER else self._live.audience
        """Who of us looked last."""
        workspace.listen(PlanShown, lambda _: self.mark())
        workspace.listen(AudienceChanged, lambda _: self._tell_what_waits())
        workspace.listen(FocusMoved, lambda _: self._tell_how_much_waits())

    async def arrive(self) -> None:
        """Join, and bring back one's drafts: a second keyboard of one name has drafts of its own.

        What is typed before they are known takes nothing away from them.
        """
        known = self._known()
        await self._live.join()
        stored = await self._live.drafts()
        known |= self._known()  # what was typed meanwhile is among the drafts by now
        found = {at: text for at, text in stored.items() if at not in known}
        typed_now, self._typed_now = self._typed_now or set(), None
        now = {at.partition(":")[2] for at in typed_now if self._by_place[at]}
        self._by_place = {**self._by_place, **{at: self._by_place.get(at) or found[at] for at in found}}
        for at in () if self._is_named else typed_now:
            self._live.keep_draft(at, self._by_place[at])
        self._is_named = True
        prefix = f"{self._live.audience}:"
        here = {at.removeprefix(prefix): text for at, text in found.items() if at.startswith(prefix)}
        self._workspace.emit(DraftsFound(here))
        self.mark()
        self._announce(now, goes=not self._workspace.is_used)

    def _known(self) -> set[str]:
        """Return the places whose drafts are here already."""
        return set(self._by_place) - (set() if self._is_named else self._typed_now or set())

    def _announce(self, typed_now: Collection[str], *, goes: bool = True) -> None:
        """Say that something was left unfinished, and how to go on; the cursor goes there if it stands here.

        Unless one has pressed a key meanwhile: the next one is for where one is. And what is being typed now
        was not left.
        """
        left, stage = [place for place in self._typed() if place not in typed_now], self._workspace.stage
        waiting = () if self._live.closed else left
        fields = [place for place in left if place not in {CAPTURE, REVIEW}]
        if self._workspace.is_typing:
            return
        told = f"{len(fields)} field{'s' * (len(fields) > 1)} not saved"
        if REVIEW in waiting:
            key = key_of(self._workspace.screen, "review.hold")
            stage.tell(f"A review of the scorecard is half done: {key} goes on with it")
        elif self.lines() and CAPTURE in left and (waiting or self._live.is_held):
            self._tell_lines()
        elif not fields:
            return
        elif goes and stage.main.go_to_edit(fields) and stage.block:
            does = "" if self._live.closed else ": ⏎"
            stage.tell(f"{told} in {stage.block.kind.label.capitalize()}{does}")
        else:
            kinds = {place: place_of("", RowId.parse(place).kind) for place in fields}
            names = " and ".join(sorted({kind.label.capitalize() for kind in kinds.values() if kind}))
            told = f"{told} in {names}" if names else told
            first = next((place for place, kind in kinds.items() if kind), "")
            if first and looks_back(self._workspace):  # where Enter leads, and changes nothing
                stage.tell_what_enter_does(f"{told}: ⏎ goes there", partial(self._go_to, first))
            else:
                stage.tell(told)

    def _go_to(self, place: str) -> None:
        """Go to where something was typed: to its cell, or to its row where no view here has that."""
        row, stage = RowId.parse(place), self._workspace.stage
        kind = place_of("", row.kind)
        if not kind or not self._workspace.open_kind(kind):
            stage.tell("This agenda has no block in which that is changed.")
            return
        first = stage.number
        for number in (first, *range(len(stage.views)), first):
            stage.open_view(number)
            stage.go_to(str(RowId.typed_in(place)))
            if stage.main.go_to_edit({place}):
                return
        stage.go_to_cell(place)

    def _tell_what_waits(self) -> None:
        """Say, back among ourselves, that a line was left in the capture line."""
        if self._live.audience == CUSTOMER:
            return
        self._ours = self._live.audience
        self._tell_lines()

    def _tell_lines(self) -> None:
        """Say how many lines wait in the capture line, if any do, and how to go on with them."""
        if count := len(self.lines()):
            told = f"{count} line{' waits' if count == 1 else 's wait'}"
            which = "it" if count == 1 else "them"
            goes_on = f": {key_of(self._workspace.screen, 'capture')} goes on with {which}"
            self._workspace.stage.tell(f"{told}{goes_on if not self._live.closed else self._until()}")

    def _until(self) -> str:
        """Say until when a line waits that can't be gone on with now; before the customer nothing."""
        return UNTIL if self._live.is_held and self._live.audience != CUSTOMER else ""

    def lines(self) -> tuple[str, ...]:
        """Return the lines that wait in the capture line, also where nothing can be changed now."""
        lines = (taken_apart(line)[0] for line in self._typed().get(CAPTURE, "").split("\n"))
        return tuple(line for line in lines if line.strip())

    def keep_for_us(self, place: str, text: str) -> None:
        """Keep what was typed before the customer and is not for them, behind what waits there already.

        What is typed once more, as one doesn't see it, is the same.
        """
        before = self._kept_for(self._ours, alone=True).get(place, "")
        if text in before.split("\n"):
            return
        self.keep(place, "\n".join(filter(None, (before, text))), self._ours, alone=True)

    def keep(self, place: str, text: str, audience: str = "", *, alone: bool = False) -> None:
        """Keep a text, for whom it was typed; an empty one forgets it. Without a place nothing is kept.

        What was typed there before the customer is part of it by then, unless it is kept `alone`.
        """
        self._live.note(typing=False)
        if not place:
            return
        audience = audience or self._live.audience
        at = self._kept_at(place, audience)
        self._keep(f"{audience}:{at}", text)
        if audience != CUSTOMER and not alone:
            self._keep(f"{CUSTOMER}:{at}", "")

    def _keep(self, key: str, text: str) -> None:
        if self._by_place.get(key, "") != text:
            self._by_place[key] = text
            if self._typed_now is not None:
                self._typed_now.add(key)
            if self._is_named:
                self._live.keep_draft(key, text)
            self.mark()

    def at(self, place: str) -> str:
        """Return what was typed at a place for this audience, "" for nothing."""
        return self.all().get(place, "")

    def all(self) -> dict[str, str]:
        """Return what was typed for this audience and may be gone on with, by its place."""
        return {} if self._live.closed else self._typed()

    def _typed(self) -> dict[str, str]:
        """Return what was typed for this audience, by its place; also where nothing can be changed now."""
        kept = self._kept_for(self._live.audience)
        typed = {typed_at(self._live.view, place, text): text for place, text in kept.items()}
        return {place: kept.get(place, text) for place, text in typed.items() if place}

    def _kept_for(self, audience: str, *, alone: bool = False) -> dict[str, str]:
        """Return what was typed for an audience, by the place at which it is kept.

        What was typed before the customer is there for all of us too, and in the capture line comes first;
        unless what was typed for an audience `alone` is asked for. Nothing goes the other way.
        """
        prefix = f"{audience}:"
        own = {k.removeprefix(prefix): t for k, t in self._by_place.items() if t and k.startswith(prefix)}
        if alone or audience == CUSTOMER:
            return own
        shared = self._kept_for(CUSTOMER)
        lines = "\n".join(filter(None, (shared.get(CAPTURE), own.get(CAPTURE))))
        return {**shared, **own, **({CAPTURE: lines} if lines else {})}

    def _kept_at(self, place: str, audience: str) -> str:
        """Return where is kept what is typed at a place: with what was typed for a row that went."""
        kept = self._kept_for(audience)
        also = (at for at in kept if typed_at(self._live.view, at) == place)
        return place if place in kept else next(also, place)

    def mark(self) -> None:
        """Mark the cells that have a draft."""
        drafts = frozenset(self._typed())
        before = self._workspace.stage.main.drafts
        for sheet in self._workspace.sheets:
            sheet.drafts = drafts
        if drafts != before:
            self._workspace.stage.hint()  # which tells what the keys do with a cell that has one
        self._tell_how_much_waits()

    def _tell_how_much_waits(self) -> None:
        """Have the bar tell how much was left unfinished, unless one is typing: that may be what it is."""
        screen = self._workspace.screen
        waiting = {} if self._workspace.is_typing else self._typed()
        may_go_on = CAPTURE in waiting and not self._live.closed
        count, goes_on = _lines_of(waiting), key_of(screen, "capture") if may_go_on else ""
        told = f"✎ {count} wait{'s' * (count == 1)}"
        forms = (*((f"{told}: {goes_on}",) if goes_on else ()), told, f"✎{count}")
        screen.query_one("#bar", Bar).waits = forms if count else ()


def _lines_of(waiting: Mapping[str, str]) -> int:
    """Return how many lines wait: at the capture line there may be several."""
    lines = (text.split("\n") if place == CAPTURE else [text] for place, text in waiting.items())
    return sum(bool(line.strip()) for each in lines for line in each)
