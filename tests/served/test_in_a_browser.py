"""The app in a real browser: its link is opened, something typed, and seen where it is painted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pty_driver import Painted
from tests.served.browser import CHROMIUM, Browser
from tests.served.conftest import Serve, link

if CHROMIUM is None:
    pytest.skip("Chromium isn't here, which is no library of ours", allow_module_level=True)


async def test_the_link_opens_the_app_and_one_types_shares_and_ends_it(serve: Serve, tmp_path: Path) -> None:
    terminal = serve()
    at = link(terminal)
    host = at.split("/")[2]
    async with Browser(tmp_path / "profile") as browser:
        assert await browser.open(f"http://{host}/?token=wrong") == 403
        assert await browser.open(f"http://{host}/") == 403
        assert await browser.open(at) == 200
        await browser.wait("f4 Share")
        assert await browser.value("document.fonts.check(\"16px 'Roboto Mono'\")")
        assert await browser.value("document.activeElement.className") == "xterm-helper-textarea"
        await browser.press("F2")
        await browser.wait("capture")
        line = next(n for n, text in enumerate(browser.screen.lines) if "capture ▸" in text)
        before = await browser.picture(line)
        await browser.type("Ring Ingrid by fri")
        await browser.wait("due Fri 12 Jun 2026")
        assert await browser.picture(line) != before  # it is painted, too
        await browser.press("Enter")
        await browser.wait("✓ new action Ring Ingrid")
        await browser.press("Escape")
        await browser.press("F4")
        await browser.wait("SHARED")
        assert "TEAM ONLY" not in browser.screen.text
        await browser.press("Shift+F4")
        await browser.wait("Who may look?")
        await browser.press("Escape")
        await browser.press("F5")  # it draws the curtain, and loads nothing anew
        await browser.wait_until(lambda: "Norvane" not in browser.screen.text, "the curtain")
        assert len([url for url in browser.requests if url.startswith("ws:")]) == 1
        assert [error for error in browser.errors if "403" not in error] == []  # it notes each refusal
        await browser.press("F5")
        await browser.wait("SHARED")
        await browser.press("Ctrl+q")
        told = "getComputedStyle(document.querySelector('.over')).display + document.body.className"
        await browser.wait_for_value(told, "block-loaded -first-byte -closed")
        browser.screen = Painted(80, 24)
        await browser.press("Enter")  # on the button that opens it again
        await browser.wait("SHARED")
        assert await browser.open(at) == 403
        assert {url.split("/")[2] for url in browser.requests} == {host}
