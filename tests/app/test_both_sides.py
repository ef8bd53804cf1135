"""An action is given to the customer's person."""

from __future__ import annotations

from pathlib import Path

from tests.app.driver import driving
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.model.actions import Action


async def test_an_action_is_given_to_the_customers_nadia_by_cell(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Action/A12", "Owner", "main", "enter")
        await app.type_text("nadia", "enter")
        await app.wait_until(lambda: "Nadia Okonjo-Wells is the customer's: who may see it?" in app.text)
        assert app.live.whole.where(Action, id="A12", owner="P1", visibility=ALLIANCE)
        await app.press("enter")
        assert app.live.whole.where(Action, id="A12", owner="ST13", visibility=CUSTOMER)
        assert app.shows("Nadia Okonjo-Wells")


async def test_an_action_is_given_to_the_customers_nadia_by_the_capture_line(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.press("f2")
        await app.type_text("a: Name the board's chair @Nadia !Rowan ~customer", "enter")
        (made,) = app.live.whole.where(Action, title="Name the board's chair")
        assert (made.owner, made.accountable, made.visibility) == ("ST13", "P1", CUSTOMER)
