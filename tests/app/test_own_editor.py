"""Ctrl+E in a long text: opened elsewhere and saved on return; never before the customer."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from tests.app.driver import Driven, driving
from workshop_tui.domain.base.vocabulary import CUSTOMER, BlockKind
from workshop_tui.domain.model.session import Session
from workshop_tui.tui.app import WorkshopApp
from workshop_tui.tui.widgets.typed_text import NO_EDITOR, NOT_IN_A_BROWSER


@pytest.fixture
def suspends(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often the app has left the screen to another program, which no test has a terminal for."""
    times: list[str] = []

    def suspend(_app: WorkshopApp) -> AbstractContextManager[None]:
        times.append("suspended")
        return nullcontext()

    monkeypatch.setattr(WorkshopApp, "suspend", suspend)
    return times


async def to_purpose(app: Driven) -> None:
    await app.to_block(BlockKind.OPENING)
    await app.press("v", "1", "ctrl+home", "enter")
    assert app.editor.edit is not None
    assert app.editor.edit.multiline


async def test_the_text_comes_back_and_is_saved(
    norvane: Path, suspends: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "sed -i s/^/Renewed:/")
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await to_purpose(app)
        before = app.editor.typed
        await app.press("ctrl+e")
        assert suspends == ["suspended"]
        assert app.editor.typed == "\n".join(f"Renewed:{line}" for line in before.split("\n"))
        await app.press("enter")
        assert any(session.purpose.startswith("Renewed:") for session in app.live.whole.all(Session))


async def test_without_an_editor_or_in_a_browser_it_says_why_none_opens(
    norvane: Path, suspends: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await to_purpose(app)
        await app.press("ctrl+e")
        assert (app.told, suspends) == (NO_EDITOR, [])
        monkeypatch.setenv("VISUAL", "sed -i s/^/Renewed:/")
        monkeypatch.setattr(WorkshopApp, "is_web", property(lambda _app: True))
        await app.press("ctrl+e")
        assert (app.told, suspends) == (NOT_IN_A_BROWSER, [])


async def test_before_the_customer_there_is_no_such_key(
    norvane: Path, suspends: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "sed -i s/^/Renewed:/")
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await to_purpose(app)
        await app.press("escape", "f4")
        await app.wait_until(lambda: app.live.audience == CUSTOMER, "the customer looks")
        await app.press("ctrl+home", "enter")
        assert app.editor.edit is not None
        assert app.editor.edit.multiline
        before = app.editor.typed
        await app.press("ctrl+e")
        assert (app.editor.typed, suspends) == (before, [])
        assert "editor.own" not in {each.binding.id for each in app.app.screen.active_bindings.values()}
