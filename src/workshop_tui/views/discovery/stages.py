"""The stages of the account: what each asks for, who agreed when, what is missing, and how it went so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from msgspec.structs import replace

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import AccountStage
from workshop_tui.domain.model.account import Account, Gate, Party, StageEntry
from workshop_tui.domain.rules.stage_gates import Condition, stage_history
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, heading_row, shown_to
from workshop_tui.views.cell import TICK, Cell, Col, Plain
from workshop_tui.views.choices import choices_of
from workshop_tui.views.fields import MISSING, cell
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

_COLS = (
    Plain("", 1),
    Plain("What it takes", 24, grow=2, wrap=True),
    Plain("Says", 4),
    Plain("Who", 14, grow=1, wrap=True, drop=1),
    Plain("When", 11),
)
_LADDER = tuple(stage for stage in AccountStage if not stage.is_end)
_ENDS = (AccountStage.WON, AccountStage.LOST, AccountStage.NO_DECISION)
_WAY = "way"


class Stages(View):
    """Each stage with its conditions: who agreed when, what is missing; and the days it was entered."""

    title: str = "Stages"
    kind: ClassVar[type[Entity]] = StageEntry
    removes: ClassVar[tuple[type[Entity], ...] | None] = ()
    start: ClassVar[int] = 1

    def is_open(self, live: LivePlan) -> bool:
        """Never for the customer."""
        return shown_to(live, StageEntry, "stage")

    def content(self, live: LivePlan) -> Table:
        """Return where the account stands, the stages still ahead, those passed, and their days."""
        rows = (_now(live), *_ahead(live), *_ends(live), *_passed(live), *_history(live))
        return Table(_COLS, rows, start=self.start)

    def why_not(self, _live: LivePlan, _name: str) -> str:
        """Tell where it is changed."""
        return "This is worked out from the plan: the stage itself is set in the first line."


def _now(live: LivePlan) -> Row:
    """Return the line in which the account's stage is set."""
    account = live.view.account
    stage = cell(live.view, account, Col(Account, "stage"), live.context)
    last = next(reversed(stage_history(live.view)), None)
    since = format_date(last.on) if last and last.stage is account.stage else ""
    told = replace(stage, text=f"Stage now: {stage.text}", tone="accent")
    return Row(
        str(RowId.of(account).field(Account, account.key, "stage")),
        (Cell(""), told, Cell(""), Cell("since" if since else "", "muted"), Cell(since)),
    )


def _place(stage: AccountStage) -> int:
    return len(_LADDER) if stage.is_end else _LADDER.index(stage)


def _ahead(live: LivePlan) -> Iterator[Row]:
    """Yield the stages above that of the account, the next one first."""
    now = live.view.account.stage
    if now is AccountStage.QUALIFIED_OUT:
        return
    for stage in _LADDER[_place(now) + 1 :]:
        is_next = _place(stage) == _place(now) + 1
        found = [one for one in live.figures.conditions(stage) if is_next or not _is_before(one)]
        yield heading_row(_headed(stage, found, is_next=is_next), stage.value)
        yield from _conditions(live, stage, found)


def _headed(stage: AccountStage, found: Iterable[Condition], *, is_next: bool) -> str:
    missing = sum(not one.is_met for one in found)
    state = f"{missing} missing" if missing else "all is met" if is_next else "nothing more"
    return f"{stage.sign} {stage.label.capitalize()}: {stage.meaning} · {state}"


def _is_before(condition: Condition) -> bool:
    """Whether it only says which stage comes before, as the order of the lines does already."""
    return condition.text.startswith("stage «")


def _ends(live: LivePlan) -> Iterator[Row]:
    now = live.view.account.stage
    if now.is_end:
        return
    words = " · ".join(stage.label for stage in _ENDS)
    yield heading_row(f"7–9 {words[0].upper()}{words[1:]}: after pursuit; the reason is asked", "ends")
    out = AccountStage.QUALIFIED_OUT
    key = next(choice.key for choice in choices_of(live.view, Account, "stage") if choice.value == out)
    yield heading_row(f"{key} {out.label.capitalize()}: at any time, with a reason", out.value)


def _passed(live: LivePlan) -> Iterator[Row]:
    """Yield the stage of the account and those beneath it, the latest first."""
    now = live.view.account.stage
    highest = _place(now)
    if now is AccountStage.QUALIFIED_OUT:
        entered = [entry.stage for entry in stage_history(live.view) if not entry.stage.is_end]
        highest = max(map(_place, entered), default=0)
    for stage in reversed(_LADDER[1 : highest + 1]):
        found = [one for one in live.figures.conditions(stage) if not _is_before(one)]
        missing = sum(not one.is_met for one in found)
        entry = next((e for e in reversed(stage_history(live.view)) if e.stage is stage), None)
        told = f", entered {format_date(entry.on)}" if entry else ""
        lacks = f" · {missing} missing" if missing else ""
        yield heading_row(f"{TICK} {stage.label.capitalize()}{told}{lacks}", stage.value)
        if entry and entry.why:
            yield _told(RowId(_WAY, (stage.value,)), f"All the same: {entry.why}", entry.by)
        yield from _conditions(live, stage, found)


def _told(at: RowId, text: str, who: str) -> Row:
    return Row(str(at), (Cell(""), Cell(text, "muted"), Cell(""), Cell(who, "muted"), Cell("")))


def _conditions(live: LivePlan, stage: AccountStage, found: Iterable[Condition]) -> Iterator[Row]:
    """Yield a line for each condition; that of an account leader can be filled in."""
    said = set()
    for number, one in enumerate(found):
        said.add(one.party)
        if one.party:
            yield _leader(live, stage, one.party, one)
        else:
            on = format_date(one.on) if one.on else ""
            cells = (*_state(one), Cell(""), Cell(one.by), Cell(on))
            yield Row(str(RowId("condition", (stage.value, str(number)))), cells)
    for party in live.view.partners if stage is AccountStage.INTRODUCED else ():
        if party.id not in said:
            yield _leader(live, stage, party.id, None)


def _state(one: Condition) -> tuple[Cell, Cell]:
    if one.is_met:
        return Cell(TICK, "good"), Cell(_sentence(one.text))
    return Cell("○", "warn"), Cell(_sentence(one.missing), "warn")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _leader(live: LivePlan, stage: AccountStage, party: str, one: Condition | None) -> Row:
    """Return the line in which one firm's account leader says yes or no, by name and date."""
    firm = live.view.get(Party, party)
    key = (stage.value, party)
    text = f"{live.view.name_of(Party, party)}'s account leader says go or no go (optional)"
    state = _state(one) if one else (Cell(MISSING, "muted"), Cell(_sentence(text), "muted"))
    cols = (Col(Gate, name, key=lambda _party: key) for name in ("agreed", "by", "on"))
    cells = (cell(live.view, firm, col, live.context) for col in cols) if firm else ()
    return Row(str(RowId.entity(Gate, *key)), (*state, *cells))


def _history(live: LivePlan) -> Iterator[Row]:
    """Yield the days on which the account entered a stage, the latest first."""
    entries = stage_history(live.view)
    if entries:
        yield heading_row("How it went", "history")
    for entry in reversed(entries):
        before = f"{entry.was.label} → " if entry.was else ""
        why = f": {entry.why}" if entry.why else ""
        yield Row(
            str(RowId.of(entry)),
            (
                Cell(entry.stage.sign, "muted"),
                Cell(f"{before}{entry.stage.label}{why}"),
                Cell(""),
                Cell(entry.by),
                Cell(format_date(entry.on)),
            ),
        )
