"""Whatever an audience must not see is painted nowhere, said nowhere and counted nowhere (QUALITY.md 11)."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from textual.widget import Widget

from tests.tui.canaries import FINE, LEAKS, hidden_words, opened_as, with_canaries
from tests.tui.driver import Driven, driving, seed
from workshop_tui.domain.people import Stakeholder
from workshop_tui.domain.plan import AccountPlan
from workshop_tui.domain.step import set_field
from workshop_tui.domain.value import Question
from workshop_tui.domain.words import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.tui.grid import Edit
from workshop_tui.tui.stages.value_board import AHEAD
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.widgets.table import Table

OURS = {"success", "together", "up", "down", "none", "use", "present", "unknown", "partner"}
"""Words of hidden lists that are words of the app's own, too."""
AUDIENCES = (CUSTOMER, ALLIANCE, "ps", "tech")


@pytest.fixture(params=AUDIENCES)
def audience(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def leaks_in(text: str, audience: str) -> list[str]:
    """Return what a text tells that it must not."""
    words = set(re.findall(r"[a-z][a-z ]*[a-z]", text)) & (hidden_words(audience) - OURS)
    signs = re.findall("[+−][12](?![0-9])", text) if audience == CUSTOMER else []
    return [*(leak for leak in LEAKS if leak in text), *words, *signs]


async def test_no_screen_tells_it(sample: AccountPlan, empty: Path, audience: str) -> None:
    plan = opened_as(with_canaries(sample, audience), audience)
    seed(empty, plan)
    async with driving(empty, account=plan.account.id, size=(110, 30)) as app:
        assert app.live.audience == audience
        seen = [text async for text in _everywhere(app)]
    found = {leak: text for text in seen for leak in leaks_in(text, audience)}
    assert not found, "\n\n".join(f"{leak}:\n{text}" for leak, text in found.items())
    assert sum(FINE in text for text in seen) > 30  # or nothing was looked at


async def _everywhere(app: Driven) -> AsyncIterator[str]:
    """Visit every view of every kind of block, then what lies over them."""
    edited: set[str] = set()
    for block in {block.kind: block for block in reversed(app.workshop.blocks())}.values():
        app.workshop._go_to_block(block.id)
        for number in range(len(app.workshop.stage.views)):
            app.workshop.stage.open_view(number)
            async for text in _one_view(app, edited):
                yield text
    keys = ["p", "f1", "f6", "f7", "ctrl+p", "ctrl+z"]
    for key in (*keys, "f4", "e", "q") if app.live.audience == CUSTOMER else (*keys, "e"):
        await app.press(key)
        await app.stored()
        yield await _painted(app)
        await app.press("escape")


async def _one_view(app: Driven, edited: set[str]) -> AsyncIterator[str]:
    """Look at a view's rows and cards, and at what each cell would be edited with."""
    stage, main = app.workshop.stage, app.sheet()
    assert stage.view is not None
    for _ in range(max(min(stage.view.subjects(app.live), 2), 1)):
        stage.step_subject(1)
        rows = [row for row in main.table.rows if not row.heading]
        tables = [main.table, *(stage.view.card(app.live, row.id) for row in rows)]
        yield "\n".join(text for table in tables if table for text in _told(table))
        for row in rows[len(rows) // 2 :][:1]:  # one in the middle
            main.go_to(row.id)
            yield await _painted(app)
    for sheet in (main, app.sheet("card")) if app.live.audience == CUSTOMER else ():
        async for text in _editors(app, sheet, edited):
            yield text


async def _editors(app: Driven, sheet: Sheet, edited: set[str]) -> AsyncIterator[str]:
    """Open the editor on each kind of cell that a sheet has and that has not been edited yet."""
    for cell in [cell for row in sheet.table.rows for cell in row.cells] if sheet.display else ():
        kind = cell.edit.title.partition(" · ")[0] if cell.edit and not cell.edit.toggles else ""
        if cell.edit and kind and kind not in edited:
            edited.add(kind)
            app.workshop._edit(sheet, cell.edit, cell.text)
            yield await _painted(app)
            app.editor.leave()


def _told(table: Table) -> Iterator[str]:
    """Return every text that a table could paint, editors included."""
    yield table.empty
    yield from (col.heading for col in table.cols)
    for row in table.rows:
        yield row.heading
        for cell in row.cells:
            yield cell.text
            yield from _edited(cell.edit)


def _edited(edit: Edit | None) -> Iterator[str]:
    if edit is None:
        return
    yield from (edit.title, edit.text)
    for choice in edit.choices:
        yield f"{choice.text}\n{choice.meaning}"
        yield from _edited(edit.follow(choice.value) if edit.follow else None)


async def _painted(app: Driven) -> str:
    """Return the whole screen, with what stands in titles, tooltips and toasts."""
    await app.quiet()
    return "\n".join([*app.rows, *_unpainted(app)])


def _unpainted(app: Driven) -> Iterator[str]:
    yield f"{app.app.title} {app.app.sub_title}"
    yield from (toast.message for toast in app.app._notifications)
    for screen in app.app.screen_stack[1:]:  # beneath them lies the library, which is closed to the customer
        for widget in screen.walk_children(Widget):
            if widget.display:
                titles = (widget.border_title, widget.border_subtitle, widget.tooltip)
                yield from (str(title) for title in titles if title)


async def test_undo_is_worded_for_who_looks_and_leaves_alone_what_is_hidden(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        person = app.live.whole.all(Stakeholder)[0]
        app.live.commit(lambda _plan: set_field(person, "title", "Chair"))
        app.live.commit(lambda _plan: set_field(person, "style", "amiable"))
        await app.stored()
        await app.press("f4", "ctrl+z")
        await app.wait_until(lambda: app.told, "the answer to undo")
        assert not leaks_in(app.text, CUSTOMER)
        (now,) = app.live.whole.where(Stakeholder, id=person.id)
        assert now.style == "amiable", app.told


async def test_counts_tell_nothing_of_hidden_rows(sample: AccountPlan, empty: Path) -> None:
    plan = opened_as(with_canaries(sample, CUSTOMER), CUSTOMER)
    seed(empty, plan)
    people = sum(person.visibility == CUSTOMER for person in plan.all(Stakeholder))
    questions = sum(question.visibility == CUSTOMER for question in plan.all(Question))
    assert 0 < people < len(plan.all(Stakeholder))
    assert 0 < questions < len(plan.all(Question))
    async with driving(empty, account=plan.account.id) as app:
        await app.to_block(BlockKind.VALUE)
        assert f"of {people} ]" in app.text
        await app.press("v")
        assert len(app.sheet().table.cols) == AHEAD + questions
        assert "Gaps" not in app.text


async def test_a_draft_is_kept_for_whom_it_was_typed(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        app.workshop.keep_draft("Stakeholder/new/name", "Priya trusts nobody")
        assert app.workshop.drafts() == {"Stakeholder/new/name": "Priya trusts nobody"}
        await app.press("f4")
        assert app.workshop.drafts() == {}
    async with driving(norvane, account="norvane") as app:  # reopened for the customer
        assert app.workshop.drafts() == {}
        app.workshop.look_as(ALLIANCE)
        assert app.workshop.drafts() == {"Stakeholder/new/name": "Priya trusts nobody"}
