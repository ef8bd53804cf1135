"""Conflicts: where two people changed one thing, it is asked what stays, as soon as nobody types here."""

from __future__ import annotations

from collections.abc import Callable

from workshop_tui.domain.base.entity import Entity, Json, title_of
from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.base.validation import as_held
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.gaps.weight import place_of
from workshop_tui.domain.plan.audience import sees
from workshop_tui.domain.plan.merge import Clash
from workshop_tui.domain.plan.plan import AccountPlan, display_name, typed_at
from workshop_tui.domain.plan.step import Refused, Step, target
from workshop_tui.live.events import ConflictFound
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.tui.commands.command import key_of
from workshop_tui.tui.screens.dialogs import Choose
from workshop_tui.tui.workspace import PASSED_OVER, AudienceChanged, FocusMoved, Workspace
from workshop_tui.views.cell import Choice
from workshop_tui.views.fields import shown
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import RowId
from workshop_tui.views.text_layout import fit

CHANGED = "Somebody else has changed this meanwhile."
"""Said in place of all that would tell what, or that there is more."""
WAITS_THERE = (
    f"What you typed waits in that row (✎): {key('table.clear')} unmarks, {key('sheet.edit')} there brings it"
)
STAYS = "What you typed stays as a draft (✎)."
BRINGS_IT_IN = "brings it in as a new one. Once the other is back, it stands there (✎)."
LONG, BEFORE, NAME, LISTED = 240, 24, 40, 3
"""Signs of a text that are shown, those before two texts part, those of a name, and fields listed."""


class Conflicts:
    """Asks about what others and this keyboard both changed, when nobody types here."""

    def __init__(self, workspace: Workspace, keep: Callable[[str, str, str], None]) -> None:
        """Take what keeps the draft of a place for an audience; an empty text forgets it."""
        self._workspace, self._live, self._keep = workspace, workspace.live, keep
        self._found: dict[tuple[object, ...], ConflictFound] = {}
        self._asking = False
        workspace.listen(ConflictFound, self._collided)
        workspace.listen(FocusMoved, lambda _: self._ask_when_calm())
        # what is not for one may be for the other
        workspace.listen(AudienceChanged, lambda _: workspace.screen.call_after_refresh(self._ask_when_calm))

    def _collided(self, event: ConflictFound) -> None:
        """Keep at once what was typed; of several conflicts about one thing the newest is asked about."""
        if event.step.undoes:
            self._workspace.tell(PASSED_OVER.format("undo"))
            return
        self._keep_typed(event.step)
        self._found[_about(event.step)] = event
        self._ask_when_calm()

    def _ask_when_calm(self) -> None:
        """Ask as soon as nobody types: what somebody is typing is not disturbed."""
        if self._next_conflict() and not self._asking and not self._workspace.is_typing:
            self._asking = True
            self._workspace.run_worker(self._ask, group="conflicts")

    def _next_conflict(self) -> tuple[object, ...]:
        """Return which is asked about next; what is hidden waits until the customer no longer looks."""
        return next((about for about, event in self._found.items() if self._may_ask(event.step)), ())

    def _may_ask(self, step: Step) -> bool:
        return self._live.audience != CUSTOMER or all(map(self._live.shows, self._live.clashes(step)))

    def _keep_typed(self, step: Step, *, forget: bool = False) -> None:
        hidden = not all(self._live.shows(clash) for clash in self._live.clashes(step))
        for place, text in self._live.typed(step).items():
            self._keep(place, "" if forget else text, ALLIANCE if hidden else "")

    async def _ask(self) -> None:
        try:
            while (about := self._next_conflict()) and not self._workspace.is_typing:
                await self._settle(event := self._found[about])
                if self._found[about] is event:  # and no newer one
                    del self._found[about]
        finally:
            self._asking = False

    async def _settle(self, event: ConflictFound) -> None:
        """Ask, and again if it has changed once more meanwhile: what nobody has seen is not overwritten."""
        seen: tuple[Clash, ...] = ()
        answer: str | None = None
        if not self._live.clashes(event.step):
            told = why_not(self._live, event)
            self._workspace.tell(f"{told} {self._stays(event.step)}".rstrip())
        while (found := self._live.clashes(event.step)) and found != seen:
            seen, answer = found, await self._asked(question(self._live, found))
        if not answer:
            self._tell_of_marked(event.step)
            return
        try:
            self._live.reapply(event.step, join=answer == "both")
        except Refused as refused:
            self._workspace.tell(f"{refused} {self._stays(event.step)}".rstrip())
        else:
            self._keep_typed(event.step, forget=True)

    def _tell_of_marked(self, step: Step) -> None:
        """Say where what was typed for the marked rows waits, as their cells open for all of them."""
        stage = self._workspace.stage
        if stage.marked and self._live.typed(step) and self._live.audience != CUSTOMER:
            stage.tell(WAITS_THERE)

    def _stays(self, step: Step) -> str:
        """Return in a sentence where what was typed is, and how one gets at it; "" where nothing was."""
        kept = self._live.typed(step)
        now = [typed_at(self._live.view, place, text) for place, text in kept.items()]
        if not now:
            return ""
        if now == list(kept):  # the rows are there
            return STAYS
        if not any(now):
            words = fit(one_line(next(iter(kept.values()))), NAME).rstrip()
            return f"«{words}» is kept, and stands there again (✎) once that is back."
        block = place_of("", RowId.parse(next(filter(None, now))).kind)
        where = f" in {block.label.capitalize()}" if block else ""
        return (
            f"What you typed waits{where}: {key_of(self._workspace.stage.main, 'sheet.add')} {BRINGS_IT_IN}"
        )

    async def _asked(self, dialog: Choose) -> str | None:
        """Return the answer; while the screen is shared it is asked over the curtain, as all is."""
        if self._live.audience != CUSTOMER:
            return await self._workspace.ask(dialog)
        await self._workspace.app.uncovered.wait()  # a curtain that is down already is for another reason
        answer = await self._workspace.app.ask_covered(dialog)
        self._workspace.app.leave_curtain()
        return answer


def why_not(live: LivePlan, event: ConflictFound) -> str:
    """Return why a Step can't be carried out at all: who took out what it needs, as far as one may see."""
    if live.audience == CUSTOMER:
        return CHANGED
    found = live.taken_out(event.step)
    if found is None:
        return str(event.conflict)
    row, who = found
    if not sees(live.audience, getattr(row, "visibility", live.audience)):
        return CHANGED
    name = f" «{fit(row.words, NAME).rstrip()}»" if row.words else ""
    return f"{who or 'Somebody else'} has removed the {row.VERBOSE_NAME}{name}."


def _about(step: Step) -> tuple[object, ...]:
    return tuple((*target(change), getattr(change, "name", "")) for change in step.changes)


def question(live: LivePlan, found: tuple[Clash, ...]) -> Choose:
    """Return the dialog that shows both values and asks which stays; it tells nothing that is hidden."""
    shows = all(live.shows(clash) for clash in found)
    is_told = shows and live.audience != CUSTOMER
    who = next((name for clash in found if (name := live.who_changed(clash))), "") if is_told else ""
    told = "\n\n".join(_told(live, clash) for clash in found[:LISTED]) if shows else CHANGED
    if len(found) > LISTED:
        told += f"\n\n… and {len(found) - LISTED} more"
    mine = "Put yours in its place" if all(clash.name for clash in found) else "Do it all the same"
    choices = [Choice("", "Keep theirs", "t"), Choice("mine", mine, "m")]
    if shows and all(clash.both is not None for clash in found):
        choices.append(Choice("both", "Keep both, theirs first", "b"))
    return Choose(f"Changed by {who or 'somebody else'} too", choices, told)


def _told(live: LivePlan, clash: Clash) -> str:
    row = live.view.get(clash.kind, *clash.key)
    name = (
        f"«{fit(display_name(live.view, row), NAME).rstrip()}»" if row else f"This {clash.kind.VERBOSE_NAME}"
    )
    if not clash.name or row is None:
        return f"{name} has been {'changed' if row else 'removed'} by somebody else."
    title = title_of(clash.kind, clash.name)
    if clash.name != clash.kind.NAME_FIELD:  # else the two texts say which it is
        title += f" of {name}"
    mine, theirs = (_worded(live.view, row, clash.name, value) for value in (clash.mine, clash.theirs))
    mine, theirs = _apart(mine, theirs)
    return f"{title}\nTheirs  {theirs}\nYours   {mine}"


def _worded(view: AccountPlan, row: Entity, name: str, value: Json) -> str:
    held = as_held(type(row), name, value)  # by the field alone: a row that is cut needn't be a valid one
    return shown(view, type(row), name, held) or "(empty)"


def _apart(one: str, other: str) -> tuple[str, str]:
    """Cut two long texts so that the place where they part is seen."""
    if max(len(one), len(other)) <= LONG:
        return one, other
    same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    start = max(same - BEFORE, 0)
    return _cut(one, start), _cut(other, start)


def _cut(text: str, start: int) -> str:
    return f"{'…' if start else ''}{text[start : start + LONG]}{'…' if len(text) > start + LONG else ''}"
