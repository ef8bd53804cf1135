"""Before the customer no word anywhere tells that there is another view, or more than is shown."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.app.canaries import opened_as, with_canaries
from tests.app.driver import Driven, driving, seed
from tests.app.telling import Teller
from tests.app.test_canaries import _painted
from tests.views.plans import looked_at
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.tui.commands.registry import every_command
from workshop_tui.tui.screens.workshop import WorkshopScreen

TELLING = re.compile(
    r"\b((un)?safe(ly)?|hid(e|es|den)|assum\w+|withdr\w+|withheld|alliance|internal|not available|kept|"
    r"closed|not shown|audiences?|visib\w+|sentiment|gaps?|prompts?|sealed|may look|team only|our guess|"
    r"filled in elsewhere|no search|means nothing here|typed here|lot is empty|"
    r"secret\w*|private|confidential|who look|for us|others than|not for the customer|customer looks)\b",
    re.IGNORECASE,
)
"""Words that tell that there is more, or that somebody else sees it."""
NOT_THEIRS = ("audience", "audience.open", "prompts", "panel.gaps", "export", "library", "contacts")
"""Commands that are closed before the customer, or that tell of somebody else."""
PARTS = 4
"""Tests among which the keys are divided."""


def telling(text: str) -> list[str]:
    """Return the words of a text that tell."""
    return [found.group() for found in TELLING.finditer(text)]


def closed_names() -> tuple[str, ...]:
    """Return what the commands are called that are not the customer's."""
    return tuple(dict.fromkeys(each.title for each in every_command() if each.id in NOT_THEIRS))


def found_in(texts: list[str]) -> set[tuple[str, str]]:
    """Return (word or name that tells, the line it stands in)."""
    lines = [line.strip() for text in texts for line in text.split("\n")]
    words = {(word, line) for line in lines for word in telling(line)}
    named = re.compile(rf"\b({'|'.join(map(re.escape, closed_names()))})\b")
    return words | {(match.group(), line) for line in lines for match in named.finditer(line)}


def shared(sample: AccountPlan) -> AccountPlan:
    """Return a plan that opens before the customer, every block of which is marked for them."""
    opened = opened_as(with_canaries(sample, CUSTOMER), CUSTOMER)
    return AccountPlan.of(
        with_values(row, visibility=CUSTOMER, started=None) if isinstance(row, Block) else row
        for row in opened
    )


def test_the_list_knows_what_the_app_says_among_ourselves() -> None:
    for text in (
        "Not available now.",
        "this screen is safe",
        "ALLIANCE ONLY",
        "What you typed is kept",
        "assumed",
    ):
        assert telling(text), text
    assert found_in(["e Export", "Who may look"]) == {
        ("Export", "e Export"),
        ("may look", "Who may look"),
        ("Who may look", "Who may look"),
    }


async def test_no_view_and_no_refusal_tells(sample: AccountPlan) -> None:
    teller = Teller(looked_at(shared(sample), CUSTOMER))
    around = "\n".join((*teller.around(), *teller.removed(), *teller.conflicts())).replace("No gaps.", "")
    told = [*teller.views(), ("around", around)]
    assert not {(where, *found) for where, text in told for found in found_in([text])}
    assert len({where for where, text in told if text.strip()}) > 15


@pytest.mark.parametrize("part", range(PARTS))
async def test_no_screen_foot_legend_toast_or_dialog_tells(
    sample: AccountPlan, empty: Path, part: int
) -> None:
    plan = shared(sample)
    seed(empty, plan)
    async with driving(empty, account=plan.account.id, size=(140, 40)) as app:
        assert app.live.audience == CUSTOMER
        seen = [text async for text in _everywhere(app, part)]
    assert not found_in(seen)
    assert len(seen) > 50


async def _everywhere(app: Driven, part: int) -> AsyncIterator[str]:
    """Go to every kind of block, and press some of the keys there; yield what is painted.

    Of the parts one goes to all the views of a block.
    """
    blocks = {block.kind: block for block in reversed(app.workspace.blocks())}.values()
    for at, block in enumerate(blocks):
        app.workspace.open_block(block.id)
        await app.quiet()
        yield _painted(app)
        views = len(app.workspace.stage.views)
        for number in range(views) if at % PARTS == part else ():
            app.workspace.stage.open_view(number)
            await app.quiet()
            yield _painted(app)
        for turn, key in enumerate([*_keys()][(at + part) % PARTS :: PARTS]):
            app.workspace.open_block(block.id)
            app.workspace.stage.open_view(turn % max(views, 1))
            app.app.clear_notifications()
            await app.press(key)
            if not app.app.is_covered:  # as when the next block is ours: then the curtain falls first
                yield _painted(app)
            await _leave(app)


def _keys() -> Iterator[str]:
    """Yield a key of each command of the session, and of a table."""
    commands = (each for each in WorkshopScreen.KEY_COMMANDS if each.keys and not each.id.startswith("view."))
    yield from dict.fromkeys(each.each_key[0] for each in commands)
    yield from ("enter", "a", "x", "plus", "space", "f4")


async def _leave(app: Driven) -> None:
    """Leave what a key has opened."""
    app.workspace.leave_all()
    while app.app.screen is not app.workshop:
        app.app.pop_screen()
        await app.quiet()
    app.workspace.stage._hush()
    await app.press("escape")


async def test_no_help_and_no_palette_tells(sample: AccountPlan, empty: Path) -> None:
    plan = shared(sample)
    seed(empty, plan)
    seen = []
    async with driving(empty, account=plan.account.id, size=(140, 60)) as app:
        await app.press("f1")
        seen.append(_painted(app))
        assert "Curtain" in app.text
        await app.press("escape")
        for typed in ("", "sha", "look", "cus", "exp", "lib", "gap", "pro", "con", "cur"):
            await app.press("ctrl+p")
            await app.type_text(typed)
            await app.pilot.pause()
            await app.quiet()
            seen.append("\n".join(app.rows).replace(f"🔎 {typed}", ""))
            await app.press("escape")
            await _leave(app)
    assert any("Curtain" in text for text in seen[1:])
    assert not found_in(seen)


async def test_no_refusal_of_a_typed_line_tells(sample: AccountPlan, empty: Path) -> None:
    plan = shared(sample)
    seed(empty, plan)
    seen = []
    async with driving(empty, account=plan.account.id, size=(140, 40)) as app:
        for line in (
            "s: x #user %driving ps+1 inf4 @a",
            "a: x ~tech !a @a *x",
            "p: x @a",
            "v: x ^a",
            "r: x @",
            "x ^",
        ):
            await app.press("f2")
            app.workshop.query_one("#capture-line", Input).value = ""
            await app.type_text(line)
            seen.append(_painted(app))
            for _ in range(2):
                await app.press("enter")
                seen.append(_painted(app))
            await _leave(app)
    assert any("✗" in text for text in seen)
    assert not found_in(seen)
