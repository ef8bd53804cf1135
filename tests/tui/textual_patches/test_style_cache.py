"""What the styles are remembered to say is what Textual works out, whatever has the focus and the classes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

from tests.app.driver import Driven, driving
from workshop_tui.tui.textual_patches import style_cache
from workshop_tui.tui.textual_patches.style_cache import QuickStylesheet


def styled(app: Driven) -> dict[DOMNode, Any]:
    """Return the styles of all widgets and of their parts, as they are."""
    nodes = [node for screen in app.app.screen_stack for node in screen.walk_children(with_self=True)]
    return {
        node: (
            dict(node.styles.base._rules),
            {name: dict(styles.base._rules) for name, styles in node._component_styles.items()},
            [getattr(node, name) for name in style_cache._FLAGS],
        )
        for node in nodes
    }


def worked_out(app: Driven) -> dict[DOMNode, Any]:
    """Have Textual's own stylesheet apply the same rules, and return the styles that it gives."""
    quick = app.app.stylesheet
    assert isinstance(quick, QuickStylesheet)
    own = Stylesheet(variables=quick._variables)
    own.source, own._require_parse = quick.source, True
    for node in styled(app):
        own.apply(node)
    return styled(app)


async def test_all_that_is_remembered_is_what_textual_works_out(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        ways = "down tab tab enter,x escape a,N,enter,escape v,2 m escape n g f2,x escape f1 escape f4 f5 f5"
        for keys in ways.split():
            await app.press(*keys.split(","))
            assert styled(app) == worked_out(app), keys
        app.app.theme = "textual-light"
        await app.quiet()
        assert styled(app) == worked_out(app)


async def test_nothing_is_worked_out_twice_and_little_is_remembered(norvane: Path, monkeypatch: Any) -> None:
    asked: list[DOMNode] = []
    work_out = QuickStylesheet._asked

    def ask(self: QuickStylesheet, node: DOMNode) -> Any:
        asked.append(node)
        return work_out(self, node)

    async with driving(norvane, account="norvane") as app:
        await app.to_people()
        await app.press("tab", "tab", "shift+tab", "shift+tab")
        monkeypatch.setattr(QuickStylesheet, "_asked", ask)
        await app.press("tab", "tab", "shift+tab", "shift+tab")
        assert not asked
        monkeypatch.setattr(style_cache, "MOST", 10)
        await app.press("tab", "n", "v", "escape", "f1", "escape")
        remembered = app.app.stylesheet._remembered  # type: ignore[attr-defined]
        assert len(remembered.styles) <= 10
        assert styled(app) == worked_out(app)
