"""Seal: what is left to do, how good the plan is, the seal itself, and the way out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.text import counted
from workshop_tui.domain.gaps.ranking import ranked
from workshop_tui.domain.gaps.registry import Gap
from workshop_tui.domain.lifecycle.closing import SealCheck
from workshop_tui.domain.lifecycle.errata import told
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.session import Seal
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.live.record import format_moment
from workshop_tui.views.base import View, heading_row, shown_to
from workshop_tui.views.cell import TICK, Cell, Plain
from workshop_tui.views.closing.parking_lot import ParkingLot
from workshop_tui.views.closing.read_back import SessionReadBack
from workshop_tui.views.closing.roti import RotiView
from workshop_tui.views.keys import key
from workshop_tui.views.put_right import PUT_RIGHT
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

_MENDED: Mapping[str, type[View]] = {
    "lines": SessionReadBack,
    "parked": ParkingLot,
    "time": RotiView,
}
"""What is left to do → the view in which it is done."""


class Sealing(View):
    """Everything that a seal keeps, or should."""

    title: str = "Seal"
    kind: ClassVar[type[Entity]] = Seal

    def is_open(self, live: LivePlan) -> bool:
        """Never for the customer."""
        return shown_to(live, Seal, "sha256")

    def why_not(self, live: LivePlan, name: str) -> str:
        """Return why a line of it can't be changed."""
        is_seal = RowId.parse(name).kind in {"sealed", "seals", "errata"}
        return (
            "A seal stays as it is: it is the record of that day." if is_seal else super().why_not(live, name)
        )

    def content(self, live: LivePlan) -> Table:
        """Return what there is to do, the checks, plan quality, and every seal there was."""
        rows = (*_doing(live), *_errata(live), *_seals(live), *_checks(live), *_quality(live))
        return Table((Plain(width=24, wrap=True), Plain(width=40, grow=1, wrap=True)), rows, form=True)


def _doing(live: LivePlan) -> Iterator[Row]:
    if live.sealed_at:
        said = f"Sealed {format_moment(live.sealed_at)}: this is the record, and stays as it is"
        yield Row("sealed", (Cell("Sealed"), Cell(live.fault or said, "bad" if live.fault else "good")))
        if not live.earlier_seal:
            yield Row(
                str(RowId.command("reopen")),
                (Cell("Reopen"), Cell(f"Press {key('sheet.edit')} to go on with it; it asks why", "accent")),
            )
        if not live.fault:
            right = f"On a text, {key('erratum')} puts a slip of the pen right beside the seal"
            yield Row("errata", (Cell("Errata"), Cell(right, "muted")))
    else:
        said = f"Not sealed. Press {key('sheet.edit')} to keep a record that later changes don't alter"
        yield Row(str(RowId.command("seal")), (Cell("Seal"), Cell(said, "accent")))
    yield Row(
        str(RowId.command("export")),
        (Cell("Export"), Cell(f"Press {key('sheet.edit')} to write the joint action plan", "accent")),
    )


def _checks(live: LivePlan) -> Iterator[Row]:
    """Yield what is left to do before the seal; each line leads to where it is done."""
    yield heading_row("When it was sealed" if live.is_held else "Before the seal")
    for left in live.figures.before_sealing(live.session_id):
        view = _MENDED.get(left.what)
        id_, rule = left.first
        gap = RowId.gap(Action.__name__, (id_,) if id_ else (), rule)
        name, lead = (view.title, RowId.view(view)) if view else ("Actions", gap)
        yield Row(str(lead), (Cell(f"{'○' if left.left else TICK} {name}"), Cell(_said(left), _tone(left))))


def _said(left: SealCheck) -> str:
    return f"{left.text[0].upper()}{left.text[1:]}"


def _tone(left: SealCheck) -> str:
    return "warn" if left.left else "good"


def _quality(live: LivePlan) -> Iterator[Row]:
    """Yield plan quality and what would raise it; each line leads to the row it is about."""
    quality, missing = live.figures.quality, len(live.figures.gaps)
    yield heading_row("Plan quality")
    said = Cell("Press Enter to see them", "accent") if missing else Cell("Nothing is missing", "good")
    yield Row(str(RowId.command("panel.gaps")), (Cell(counted(missing, "gap").capitalize()), said))
    yield Row("quality", (Cell("Both together"), Cell(_percent(quality.score), "accent")))
    yield Row("actions", (Cell("Well-formed actions"), Cell(_percent(quality.actions))))
    yield Row("people", (Cell("Key people cared for"), Cell(_percent(quality.people))))
    if quality.missing:
        yield heading_row(f"What would raise it: {key('sheet.edit')} goes there")
    for (row, name), lacks in _lacking(quality.missing).items():
        yield Row(str(row), (Cell(name, "muted"), Cell("; ".join(lacks), "warn")))


def _lacking(missing: Iterable[Gap]) -> dict[tuple[RowId, str], list[str]]:
    """Return what each thing lacks, what weighs most first, without the cure: there is a panel for that."""
    found: dict[tuple[RowId, str], list[str]] = {}
    for gap in (gap for group in ranked(missing) for gap in group.gaps):
        row = RowId.gap(gap.kind, gap.key)
        found.setdefault((row, gap.name), []).append(gap.missing)
    return found


def _percent(share: float | None) -> str:
    return "nothing to judge yet" if share is None else f"{share:.0%}"


def _errata(live: LivePlan) -> Iterator[Row]:
    """Yield what was put right in the record, with who, when and why."""
    errata = live.errata
    if errata:
        yield heading_row(f"{PUT_RIGHT} · {len(errata)}", "Put right since")
    for one in errata:
        who = ", ".join(filter(None, (one.by, format_moment(one.at), one.why)))
        yield Row(str(RowId("errata", one.key)), (Cell(told(one, live.view)), Cell(who, "muted")))


def _seals(live: LivePlan) -> Iterator[Row]:
    """Yield every seal of the session, the newest first."""
    seals = live.seals
    if seals:
        yield heading_row("Seals")
    for seal in reversed(seals):
        said = f"SHA-256 {seal.sha256[:12]}… · journal {seal.journal}"
        if seal.reopened_at:
            said += f"\nReopened {format_moment(seal.reopened_at)}: {seal.reopened_why}"
        if seal.id == live.earlier_seal:
            said += f"\nShown now: {key('sheet.edit')} goes back to how it is"
        elif seal.reopened_at or seal is not seals[-1]:
            said += f"\n{key('sheet.edit')} shows the session as it was sealed then"
        elif live.earlier_seal:
            said += f"\n{key('sheet.edit')} goes back to this one"
        yield Row(str(RowId("seals", seal.key)), (Cell(format_moment(seal.sealed_at)), Cell(said, "muted")))
