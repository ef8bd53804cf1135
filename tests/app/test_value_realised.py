"""By keys: what was realised is typed and confirmed, proofs are acknowledged, the growth path is laid."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.driver import driving
from workshop_tui.domain.base.vocabulary import BlockKind, Dimension
from workshop_tui.domain.model.value import Difference, GrowthStep, Proof, Target


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


async def test_a_proof_is_acknowledged_by_who_speaks_and_a_difference_stands_on_it(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_block(BlockKind.VALUE)
        await app.to_view("7")
        await app.press("a")
        await app.type_text("Fourteen services tested", "enter", "escape")
        (proof,) = app.live.whole.all(Proof)
        await app.fill(f"Proof/{proof.id}", "Worth, GBP", "300k")
        assert app.shows("not acknowledged GBP 300,000")
        await app.press("]", *["left"] * 4)
        assert app.shows("Nadia Okonjo-Wells speaks · 0 of 1 acknowledged")
        await app.press("y")
        (now,) = app.live.whole.all(Proof)
        assert (now.worth, now.recognised_by, now.recognised_on) == (300_000, "ST13", app.live.today)
        assert app.shows("1 of 1 acknowledged · acknowledged GBP 300,000")
        await app.to_block(BlockKind.PROPOSITION)
        await app.to_view("4")
        await app.press("a")
        await app.type_text("One screen for both", "enter", "escape")
        (made,) = app.live.whole.all(Difference)
        assert app.shows("0 of 1 stand on a proof; without one: One screen for both")
        await app.fill(f"Difference/{made.id}", "Proof", "fourteen")
        assert app.live.whole.where(Difference, id=made.id, proof=proof.id)
        assert app.shows("1 of 1 stand on a proof")
        await app.go("new/brand", "Difference", "main", "enter")
        await app.type_text("Known for it", "enter")
        assert app.live.whole.where(Difference, text="Known for it", dimension=Dimension.BRAND)


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_a_growth_path_is_laid_by_keys(norvane: Path, size: tuple[int, int]) -> None:
    async with driving(norvane, account="norvane", size=size) as app:
        await app.to_block(BlockKind.PROPOSITION)
        await app.to_view("5")
        await app.press("a")
        await app.type_text("Drills for all", "enter", "escape")
        (step,) = app.live.whole.all(GrowthStep)
        assert step.period == "2026-Q3"
        assert app.shows("Drills for all")
        await app.press("shift+right")
        assert app.live.whole.where(GrowthStep, id=step.id, period="2026-Q4")
        await app.press("enter", "down", "enter", "ctrl+u")  # the card, and in it the period
        await app.type_text("q1 2027", "tab")
        await app.type_text("Payments", "tab")
        await app.type_text("250k", "enter", "escape")
        (now,) = app.live.whole.all(GrowthStep)
        assert (now.period, now.unit, now.worth) == ("2027-Q1", "Payments", 250_000)
        assert app.shows("GBP 250,000")
        assert app.shows("Q1 2027")
        await app.press("f4")
        assert not app.shows("250,000")
