"""A new session opens on what is to be prepared, and each line leads to where it is done."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

from tests.app.driver import Driven, driving
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind, BuyingRole
from workshop_tui.domain.model.discovery import Form
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Changes, set_field
from workshop_tui.tui.screens.dialogs import Ask
from workshop_tui.views.keys import filled
from workshop_tui.views.opening.preparation import TO_TRY, Preparation
from workshop_tui.views.row_id import RowId


async def begin(app: Driven) -> None:
    """Begin the sample's third session, today."""
    await app.wait_until(lambda: app.shows("Norvane Bank"), "the library is there")
    await app.press("s")
    await app.wait_until(lambda: isinstance(app.app.screen, Ask) and app.app.focused, "the dialog is there")
    await app.press("ctrl+s")
    await app.wait_until(lambda: app.app.workshop and app.app.screen is app.app.workshop, "it is open")


def view(app: Driven) -> str:
    return type(app.workspace.stage.view).__name__


async def lead(app: Driven, line: str) -> None:
    """Press Enter on a line of the list, wherever it leads."""
    await app.press("home")
    rows = app.sheet().table.rows
    while line not in [cell.text for cell in rows[app.sheet().row].cells]:
        before = app.sheet().row
        await app.press("down")
        assert app.sheet().row != before, line
    await app.press("enter")


async def test_each_line_leads_to_where_it_is_done(norvane: Path) -> None:
    async with driving(norvane, size=(120, 36)) as app:
        await begin(app)
        assert view(app) == Preparation.__name__
        first = app.workspace.block
        assert first
        number = app.workspace.stage.number
        for line, block, opened in (
            ("Purpose", BlockKind.OPENING, "SessionPurpose"),
            ("Facilitator", BlockKind.OPENING, "SessionPurpose"),
            ("Team", BlockKind.OPENING, "Team"),
            ("The customer's people", BlockKind.STAKEHOLDERS, "Everybody"),
            ("Discovery forms", BlockKind.DISCOVERY, "Forms"),
        ):
            await lead(app, line)
            assert app.workspace.block
            assert (app.workspace.block.kind, view(app)) == (block, opened)
            assert app.editor.is_open is (line in {"Purpose", "Facilitator"})
            await app.press(*["escape"] * (2 if app.editor.is_open else 1))
            await app.wait_until(lambda: view(app) == Preparation.__name__, "Esc comes back to the list")
            row = app.sheet().current
            assert row
            assert line in [cell.text for cell in row.cells]
            assert (app.workspace.block, app.workspace.stage.number) == (first, number)
        await lead(app, "Your own screen")
        assert "This is typed in another terminal" in str(app.workspace.stage.border_subtitle)
        await lead(app, "F5")
        assert app.app.is_covered
        await app.press("f5")
        await lead(app, "F4")
        await app.wait_until(lambda: app.live.audience == CUSTOMER, "the screen is the customer's")


def not_sent(party: str, plan: AccountPlan) -> Changes:
    form = plan.get(Form, party)
    assert form
    return tuple(set_field(form, "sent", None))


def sent(app: Driven, party: str) -> dt.date | None:
    form = app.live.whole.get(Form, party)
    return form.sent if form else None


async def test_forms_that_were_not_sent_lead_to_the_day_and_it_is_set_where_that_is_told(
    norvane: Path,
) -> None:
    async with driving(norvane, size=(120, 36)) as app:
        await begin(app)
        for party in ("ps", "tech"):
            app.live.commit(partial(not_sent, party))
        await app.quiet()
        await lead(app, "Discovery forms")
        assert view(app) == "Standings"
        assert app.editor.is_open
        await app.type_text("2 jun 2026", "enter")
        assert sent(app, "ps") == dt.date(2026, 6, 2)
        await app.press("escape")
        await app.to_block(BlockKind.DISCOVERY)
        await app.press("v", "2")
        assert app.text.count("not sent yet: d sets it") == 1
        await app.go(str(RowId.new("tech")), "", "main")
        await app.press("d", "f", "enter")
        await app.type_text("3 jun 2026", "enter")
        assert sent(app, "tech") == dt.date(2026, 6, 3)
        assert not app.shows("not sent yet")


async def test_from_a_line_next_goes_back_as_the_foot_says_and_to_look_is_to_look_at_a_neighbour(
    norvane: Path,
) -> None:
    async with driving(norvane, size=(120, 36)) as app:
        await begin(app)
        await lead(app, "The customer's people")
        kinds = [block.kind for block in app.workspace.blocks()]
        at = kinds.index(BlockKind.STAKEHOLDERS)
        assert app.workspace.block == app.workspace.blocks()[at]
        assert "n Back" in app.rows[-1]
        await app.press("n")
        assert view(app) == Preparation.__name__
        assert "n Next" in app.rows[-1]
        for key, beside in (("B", at - 1), ("N", at + 1)):
            await lead(app, "The customer's people")
            await app.press(key)
            assert app.workspace.block == app.workspace.blocks()[beside]
            app.workspace.open_block(app.workspace.blocks()[0].id)
            await app.to_view("8")


async def test_what_it_opens_with_stays_when_the_clock_starts(norvane: Path) -> None:
    async with driving(norvane, size=(120, 36)) as app:
        await begin(app)
        await app.press("f7", "s", "enter")
        assert app.live.running_block()
        assert view(app) == Preparation.__name__
        await app.press("v", "2")
        assert view(app) == "Team"


async def test_what_is_to_be_tried_does_what_is_said(norvane: Path) -> None:
    named = {"audience": "f4", "audience.open": "shift+f4", "capture": "f2", "clock": "f7", "block.next": "n"}
    to_try = {name: filled(what, named.__getitem__) for name, what, _ in TO_TRY}
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        there, back = to_try["audience"].split(", then ")
        await app.press(there)
        assert app.live.audience == CUSTOMER
        await app.press(*back.lower().split(", "))
        assert app.live.audience == ALLIANCE
        capture, line = to_try["capture"].removesuffix("», Enter").split(", then «")
        await app.press(capture)
        await app.type_text(line, "enter")
        (person,) = (row for row in app.live.whole.all(Stakeholder) if row.name.startswith("Priya"))
        assert person.role is BuyingRole.CHAMPION
        await app.press("escape", "escape")
        await app.press(*to_try["clock"].lower().replace(", then ", ", ").split(", ")[:-1])
        await app.wait_until(app.live.running_block, "the clock runs")
        ran = app.live.running_block()
        await app.press("n")
        assert app.live.running_block() not in {"", ran}


async def test_a_line_says_that_it_is_gone_to_and_what_is_typed_there_goes_in(norvane: Path) -> None:
    async with driving(norvane, size=(120, 36)) as app:
        await begin(app)
        await app.press("home")
        while "Purpose" not in [cell.text for cell in app.sheet().table.rows[app.sheet().row].cells]:
            await app.press("down")
        assert "⏎ Go" in app.rows[-1]
        assert "Edit" not in app.rows[-1]
        await app.press("enter")
        assert "Go" not in app.rows[-1]
        await app.type_text("A plan that both firms sign", "enter")
        assert app.live.session.purpose == "A plan that both firms sign"
        await app.to_view("8")
        await app.press("end")
        assert "⏎ Go" not in app.rows[-1], "this is typed in another terminal"


async def test_the_playbook_of_a_session_is_a_fact_and_takes_no_text(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_view("1")
        was = app.live.session.playbook
        await app.go("Playbook", "", "main", "enter")
        assert not app.editor.is_open
        assert "change the agenda itself" in str(app.workspace.stage.border_subtitle)
        await app.press("3")
        assert app.live.session.playbook == was
