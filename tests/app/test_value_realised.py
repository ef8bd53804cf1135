"""By keys: what was realised is typed and confirmed, proofs are acknowledged, the growth path is laid."""

from __future__ import annotations

from pathlib import Path

from tests.app.driver import driving
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.model.value import Target


async def test_a_realised_value_is_typed_and_confirmed_in_the_read_back_by_one_key(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_block(BlockKind.VALUE)
        await app.to_view("5")
        await app.press("a")
        await app.type_text("Two days to close", "enter", "escape")
        (target,) = app.live.whole.where(Target, title="Two days to close")
        row = f"Target/{target.id}"
        for column, typed in (("Worth, GBP", "250k"), ("Baseline", "1.2m"), ("Realised", "90k")):
            await app.fill(row, column, typed)
        assert app.shows("○ 90,000")
        assert app.shows("Estimated GBP 250,000 · Realised, not confirmed GBP 90,000")
        await app.to_view("4")
        await app.go(row)
        assert app.shows("Two days to close: GBP 90,000 (GBP 1,200,000 before, GBP 250,000 estimated)")
        await app.press("y")
        (now,) = app.live.whole.where(Target, id=target.id)
        assert (now.confirmed_by, now.confirmed_on) == ("ST06", app.live.today)
        assert (now.estimate, now.baseline, now.realised) == (250_000, 1_200_000, 90_000)
        await app.to_view("5")
        assert app.shows("Estimated GBP 250,000 · Realised, confirmed GBP 90,000")
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.shows("Realised, not confirmed GBP 90,000"))
        (back,) = app.live.whole.where(Target, id=target.id)
        assert (back.realised, back.confirmed_by, back.confirmed_on) == (90_000, None, None)
