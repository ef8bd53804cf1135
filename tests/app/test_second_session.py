"""Session 2 of the sample, run from its opening on with the keyboard, arrives at the sample's record."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.driver import Driven, driving, seed
from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.model.actions import Action, Carry
from workshop_tui.domain.model.session import Decision, Parking
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.follow_through import FollowThrough

REASON = "Customer asked for quiet until the tests pass"
CAPTURED = """
Send Dev and Nadia the written read-back of today's answers @Jonty !Mirela by 11 jun *"Value validated" ^Dev ~customer
Three-way meeting with the Chief Risk Officer @Mirela !Rowan by +2w *"Three-way held" ^Priya ~customer
Cost range for a second run-time @Lucía !Gideon by 2026-06-26 *"Cost range given" ^Hale-Obi ~tech
Settle the 2024 fee dispute by 10 jul @Rowan !Rowan ^Farah *"Procurement cleared" ~ps
First drill on two services with the bank's team @Jonty by 31 jul *"First drill passed" ^Nadia ~customer
Find out who takes the Board Risk Committee chair and ask for an introduction @Rowan !Mir *"Board contact" ^"To be named"
d: Option O1 is the opening offer
d: No pilot with security until the outage report is closed
d: One joint status meeting a fortnight
p: Price of a second run-time @Lucía
p: Is audit a user or a judge @Mirela
p: Who speaks to the board committee @Rowan
""".strip().split("\n")  # noqa: E501 - as they are typed
MADE = (Action, Decision, Parking)
"""Kinds of which session 2 has made rows; what each is called tells them apart, as ids are random."""


def before_second(sample: AccountPlan) -> AccountPlan:
    """Return the sample as it was when session 2 was opened."""
    rows = [row for row in sample if type(row) not in {*MADE, Carry} or getattr(row, "session", "") != "S2"]
    then: dict[str, dict[str, Json]] = {
        "A04": {"due": "2026-05-01"},
        "A05": {"status": "open", "reason": ""},
    }
    return AccountPlan.of(_changed(row, then.get(row.key[0], {})) for row in rows)


def _changed(row: Entity, values: dict[str, Json]) -> Entity:
    for name, value in values.items():
        row = with_values(row, **{name: value})
    return row


def record(plan: AccountPlan) -> list[dict[str, Json]]:
    """Return what session 2 has made and changed, without ids and places in lists."""
    known: dict[str, Json] = {"id": "", "rank": 0, "became": None}
    return [
        {**row.plain(), **known, "kind": type(row).__name__} if type(row) in MADE else row.plain()
        for kind in (*MADE, Carry)
        for row in plan.all(kind)
    ]


def with_day(plan: AccountPlan) -> AccountPlan:
    """Return the sample with the day on which session 2 dropped an action; as given, it keeps none."""
    dropped: dict[str, dict[str, Json]] = {"A05": {"dropped_on": "2026-06-09"}}
    return AccountPlan.of(_changed(row, dropped.get(row.key[0], {})) for row in plan)


async def test_it_arrives_at_the_record(sample: AccountPlan, empty: Path) -> None:
    plan = before_second(sample)
    seed(empty, plan)
    async with driving(empty, account=plan.account.id, size=(80, 24)) as app:
        await _last_actions(app)
        await app.to_block(BlockKind.ACTIONS)
        await app.press("f2")
        for line in CAPTURED:
            await app.type_text(line, "enter")
        await app.press("escape")
        await app.go("Three-way meeting")
        await app.press("c")  # so narrow a table has no column of it
        await app.pick("Status", "", "i", "card")
        await app.stored()
        whole = app.live.whole
    assert record(whole) == record(with_day(sample))


async def _last_actions(app: Driven) -> None:
    """Carry the one, drop the other, each by a key from its row; the cursor goes on by itself."""
    await app.to_block(BlockKind.OPENING, 1)
    assert app.shows("4 of 6 settled")
    assert app.live.figures.follow_through("S1") == FollowThrough(6, 0, 3, 1, 2)
    assert app.sheet().current_cell.text == "?"
    await app.press("c", "enter")
    assert "Carry to which day?" in app.text
    await app.type_text("19 jun", "enter")
    assert app.shows("5 of 6 settled")
    assert app.shows("→ carried to 19 Jun")
    row = app.sheet().current
    assert row is not None
    assert row.id == "Action/A05"
    await app.press("r", "enter")
    await app.press("enter")
    assert "needs a reason" in app.beneath
    await app.type_text(REASON, "enter")
    assert app.shows("6 of 6 settled")
    assert app.live.figures.follow_through("S1") == FollowThrough(6, 1, 3, 1, 1)


@pytest.mark.parametrize("view", ["1", "4"])
async def test_done_asks_for_the_day_and_for_what_shows_it(norvane: Path, view: str) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        if view == "4":
            await app.to_block(BlockKind.OPENING, 1)
            await app.go("Action/A04#settled", "Outcome")
            await app.press("d")
        else:
            await app.to_block(BlockKind.ACTIONS)
            await app.go("Action/A04")
            await app.press("d", "d", "enter")
        assert "Done on which day?" in app.text
        await app.press(*("backspace",) * len("9 Jun 2026"))
        await app.type_text("+1d", "enter")
        assert "10 Jun 2026 is still to come" in app.beneath
        await app.press(*("backspace",) * 3)
        await app.type_text("-1d", "tab")
        assert "What shows it?" in app.text
        await app.type_text("Report signed", "enter")
        await app.stored()
        (action,) = app.live.whole.where(Action, id="A04")
        assert (action.status, str(action.done_on), action.evidence) == (
            "done",
            "2026-06-08",
            "Report signed",
        )
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.told.startswith("Undo"))
        (action,) = app.live.whole.where(Action, id="A04")
        assert (action.status, action.done_on, action.evidence) == ("open", None, "")
