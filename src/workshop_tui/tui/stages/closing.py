"""Closing: read back line by line, empty the parking lot, score the time, seal, export."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import ClassVar

from workshop_tui.documents.plan_json import dump_plan
from workshop_tui.domain.actions import Action
from workshop_tui.domain.dates import format_date
from workshop_tui.domain.entity import Entity, Json
from workshop_tui.domain.gaps import Gap
from workshop_tui.domain.people import Stakeholder
from workshop_tui.domain.plan import AccountPlan
from workshop_tui.domain.session import Decision, Parking, Presence, Risk, Roti, Seal, Session
from workshop_tui.domain.step import Add, Changes, set_field
from workshop_tui.domain.value import Answer
from workshop_tui.domain.words import AnswerStatus
from workshop_tui.tui.cells import cell
from workshop_tui.tui.grid import TICK, Cell, Choice, Col, Edit, Plain
from workshop_tui.tui.live_plan import LivePlan, new_id
from workshop_tui.tui.stages.actions import due_col
from workshop_tui.tui.stages.base import CLOSED, View, adding, ghost_row, line, row_id, shown_to
from workshop_tui.tui.widgets.table import Row, Table


class ReadBack(View):
    """Decisions, actions and answers line by line, each ticked when the room confirms it."""

    title: ClassVar[str] = "Read-back"
    kind: ClassVar[type[Entity]] = Decision

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """A tick, the line, who and by when."""
        return (
            Col(Decision, "id", 2, TICK),
            Col(Decision, "text", 30, "Read aloud and confirm each line", grow=2, wrap=True),
            Col(Action, "owner", 16, "Who", grow=1, drop=1, wrap=True),
            Col(Action, "due", 11, drop=2),
        )

    def lines(self, live: LivePlan, _cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return this session's decisions and actions, and what was heard."""
        yield Row("heading/d", heading="Decisions")
        for decision in live.view.where(Decision, session=live.session_id):
            yield _read_aloud(live, decision, "text", Cell(""), Cell(""))
        yield ghost_row("new/d", adding(live, Decision, "text", session=live.session_id))
        yield Row("heading/a", heading="Actions of this session")
        who_when = (Col(Action, "owner", asked=True), due_col(live))
        for action in live.view.where(Action, session=live.session_id):
            yield _read_aloud(live, action, "title", *line(live, action, who_when).cells)
        yield Row("heading/v", heading="What the customer values")
        for answer in live.view.all(Answer):
            if answer.status in {AnswerStatus.HEARD, AnswerStatus.VALIDATED}:
                person = live.view.name_of(Stakeholder, answer.stakeholder)
                yield _read_aloud(live, answer, "text", Cell(person), Cell(answer.status.label))


def _read_aloud(live: LivePlan, row: Decision | Action | Answer, name: str, *beside: Cell) -> Row:
    text = cell(live.view, row, Col(type(row), name), live.dates)
    return Row(row_id(row), (_mark(live, row), text, *beside))


def _mark(live: LivePlan, row: Decision | Action | Answer) -> Cell:
    """Return the tick of a line; what was confirmed of decisions and actions is ours alone."""
    stamp = "validated_on" if isinstance(row, Answer) else "confirmed_on"
    if not shown_to(live, type(row), stamp):
        return Cell("")
    ticked = getattr(row, stamp) is not None
    today = live.today.isoformat()

    def build(plan: AccountPlan, _new: Json) -> Changes:
        now = plan.get(type(row), *row.key)
        if now is None:
            return ()
        on = None if getattr(now, stamp) else today
        status = AnswerStatus.VALIDATED if on else AnswerStatus.HEARD
        return (
            *set_field(now, stamp, on),
            *(set_field(now, "status", status.value) if isinstance(now, Answer) else ()),
        )

    edit = Edit("Confirmed", f"{row_id(row)}/{stamp}", "", build, toggles=True)
    return Cell(TICK if ticked else "○", "good" if ticked else "warn", edit)


class ParkingLot(View):
    """What to come back to: each item gets an owner and a date, or is dropped."""

    title: ClassVar[str] = "Parking"
    kind: ClassVar[type[Entity]] = Parking
    empty: ClassVar[str] = "The parking lot is empty."

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """The item, who comes back to it and when, what became of it."""
        return (
            Col(Parking, "text", 26, grow=2, wrap=True),
            Col(Parking, "owner", 14, asked=True, grow=1, wrap=True),
            Col(Parking, "due", 11),
            Col(Parking, "became", 18, drop=2, grow=1),
            Col(Parking, "dropped", 7, drop=1),
            Col(Parking, "visibility", 10, drop=3),
        )

    def ghost(self, live: LivePlan) -> Edit:
        """A new item comes in by its words."""
        return adding(live, Parking, "text", "Park something", session=live.session_id)


class Risks(View):
    """What could go wrong."""

    title: ClassVar[str] = "Risks"
    kind: ClassVar[type[Entity]] = Risk
    empty: ClassVar[str] = "No risks named."

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """The risk and who watches it."""
        return (
            Col(Risk, "text", 26, grow=2, wrap=True),
            Col(Risk, "owner", 16, asked=True),
            Col(Risk, "visibility", 12, drop=1),
        )

    def ghost(self, live: LivePlan) -> Edit:
        """A new risk comes in by its words."""
        return adding(live, Risk, "text", session=live.session_id)


class TimeWell(View):
    """Return on time invested, a seat at a time, by number and not by name."""

    title: ClassVar[str] = "Time"
    kind: ClassVar[type[Entity]] = Roti

    def table(self, live: LivePlan) -> Table:
        """Return a line for each seat, and the mean."""
        if not self.is_open(live):
            return Table(empty=CLOSED)
        session = live.session
        scored = len(live.view.where(Roti, session=session.id))
        seats = max(len(live.view.where(Presence, session=session.id)), scored) or 1
        mean = live.figures.roti(session.id)
        rows = [self._seat(live, session, str(n)) for n in range(1, seats + 1)]
        told = Cell("–" if mean is None else f"{mean:.2f}", "accent")
        return Table(
            (Plain("Seat", 22), Plain("1 lost time … 5 well spent", 30, grow=1)),
            (*rows, Row("mean", (Cell("Mean", "accent"), told))),
        )

    def _seat(self, live: LivePlan, session: Session, seat: str) -> Row:
        score = Col(Roti, "score", title=f"Seat {seat}", key=lambda _session: (session.id, seat))
        return Row(f"seat/{seat}", (Cell(f"Seat {seat}"), cell(live.view, session, score, live.dates)))


class Sealing(View):
    """How good the plan is, the seal, and the way out."""

    title: ClassVar[str] = "Seal"
    kind: ClassVar[type[Entity]] = Seal

    def is_open(self, live: LivePlan) -> bool:
        """Never for the customer."""
        return shown_to(live, Seal, "sha256")

    def table(self, live: LivePlan) -> Table:
        """Return plan quality with what would raise it, the seal, and the export."""
        if not self.is_open(live):
            return Table(empty=CLOSED)
        quality = live.figures.quality
        rows = [
            Row("do/seal", (Cell("Seal"), Cell(_sealed(live), "accent", sealing(live)))),
            Row("do/export", (Cell("Export"), Cell("Press Enter to write the joint action plan", "accent"))),
            Row("quality", (Cell("Plan quality"), Cell(_percent(quality.score), "accent"))),
            Row("q/actions", (Cell("  complete actions"), Cell(_percent(quality.actions)))),
            Row("q/people", (Cell("  key people cared for"), Cell(_percent(quality.people)))),
            *([Row("heading/raise", heading="What would raise it")] if quality.missing else []),
            *(
                Row(f"raise/{name}", (Cell(f"  {name}", "muted"), Cell("; ".join(said), "warn")))
                for name, said in _lacking(quality.missing).items()
            ),
        ]
        return Table(
            (Plain(width=24), Plain(width=40, grow=1, wrap=True)),
            tuple(rows),
            form=True,
        )


def _lacking(missing: Iterable[Gap]) -> dict[str, list[str]]:
    """Return what each thing lacks, without the cure: there is a panel for that."""
    found: dict[str, list[str]] = {}
    for gap in missing:
        found.setdefault(gap.name, []).append(gap.message.partition(":")[0])
    return found


def _percent(share: float | None) -> str:
    return "nothing to judge yet" if share is None else f"{share:.0%}"


def _sealed(live: LivePlan) -> str:
    seals = live.view.where(Seal, session=live.session_id)
    if not seals:
        return "Not sealed. Press Enter to seal the session as it is now"
    last = seals[-1]
    at = last.sealed_at.astimezone()
    return f"Sealed {format_date(at.date())} {at:%H:%M} · SHA-256 {last.sha256[:12]}… · {len(seals)} in all"


def sealing(live: LivePlan) -> Edit:
    """Return how a session is sealed: its record is the whole plan as it is, without earlier seals."""
    seal_id, sealed_at, session = new_id(), live.moment, live.session_id

    def build(plan: AccountPlan, new: Json) -> Changes:
        if not new:
            return ()
        rows = {kind: found for kind, found in plan.rows.items() if kind is not Seal}
        record = dump_plan(AccountPlan(rows))
        before = plan.where(Seal, session=session)
        seal = Seal(
            id=seal_id,
            rank=float(len(before) + 1),
            session=session,
            sealed_at=sealed_at,
            record=record,
            sha256=sha256(record.encode()).hexdigest(),
            journal=live.reached,
            supersedes=before[-1].id if before else None,
        )
        return (Add(seal),)

    return Edit(
        "Seal this session",
        f"Seal/{session}",
        "",
        build,
        choices=(
            Choice(
                value=True, text="Seal it", key="s", meaning="keeps a record that later changes don't alter"
            ),
            Choice(value=None, text="Not yet", key="n"),
        ),
    )


VIEWS = (ReadBack, ParkingLot, Risks, TimeWell, Sealing)
