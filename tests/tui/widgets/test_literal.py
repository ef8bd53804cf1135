"""People's text reaches a widget as it is: nowhere is text handed over that could be read as markup."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import workshop_tui.tui

SOURCES = sorted(Path(workshop_tui.tui.__file__ or "").parent.rglob("*.py"))
TAKERS = {"Static", "Label", "Button", "Option", "Checkbox", "Tab", "TabPane", "update", "notify"}
"""Calls whose first argument Textual reads as markup, unless it is told not to."""
ATTRIBUTES = {"border_title", "border_subtitle", "tooltip", "label", "sub_title"}
SAFE = {"literal", "assemble", "styled", "Content"}
"""What makes text that is not read as markup, by the last part of its name."""


def name_of(node: ast.expr) -> str:
    """Return the last part of a name: `x.y.notify` is «notify»."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def is_safe(node: ast.expr) -> bool:
    """Whether it is fixed text, text made literal, or a figure within fixed text."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.IfExp):
        return is_safe(node.body) and is_safe(node.orelse)
    if isinstance(node, ast.JoinedStr):
        return all(_is_count(part) for part in node.values)
    if isinstance(node, ast.Call):
        return name_of(node.func) in SAFE or (name_of(node.func) == "join" and _is_content(node.func))
    return False


def _is_count(part: ast.expr) -> bool:
    """Whether a part of an f-string is fixed text or the length of something."""
    value = part.value if isinstance(part, ast.FormattedValue) else part
    return isinstance(value, ast.Constant) or (isinstance(value, ast.Call) and name_of(value.func) == "len")


def _is_content(joins: ast.expr) -> bool:
    """Whether it is `Content(…).join`, rather than that of a str."""
    inner = joins.value if isinstance(joins, ast.Attribute) else None
    return isinstance(inner, ast.Call) and name_of(inner.func) == "Content"


def is_plain(call: ast.Call) -> bool:
    """Whether markup is off for the whole call."""
    return any(
        word.arg == "markup" and isinstance(word.value, ast.Constant) and word.value.value is False
        for word in call.keywords
    )


def risky(source: str) -> Iterator[str]:
    """Find where text could be read as markup, line by line of code."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="super")))):
                wrong = False  # hands on what a caller gave, and callers are looked at
            case ast.Call(args=[first, *_]) if name_of(node.func) in TAKERS:
                wrong = not is_plain(node) and not is_safe(first)
            case ast.Call():
                wrong = name_of(node.func) == "from_markup"
            case ast.Assign(targets=[ast.Attribute(attr=name)]) if name in ATTRIBUTES:
                wrong = not is_safe(node.value)
            case _:
                wrong = False
        if wrong:
            yield ast.unparse(node)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_no_text_is_read_as_markup(source: Path) -> None:
    assert list(risky(source.read_text())) == []


@pytest.mark.parametrize(
    "code",
    [
        "Static(name)",
        "widgets.Label(f'{name}')",
        "Option(key + name)",
        "self.app.notify(wrong, severity='error')",
        "told.update(message)",
        "box.border_title = title",
        "box.border_title = 'x' if y else name",
        "row.tooltip = f'{name} {len(rows)}'",
        "Content.from_markup(name)",
        "Static(', '.join(names))",
    ],
)
def test_the_search_finds_what_it_looks_for(code: str) -> None:
    assert list(risky(code)) == [code]


@pytest.mark.parametrize(
    "code",
    [
        "Static('fixed')",
        "Static(literal(name))",
        "Static(name, markup=False)",
        "Static(Content(', ').join(parts))",
        "box.border_title = f'Gaps {len(gaps)}'",
        "box.border_title = literal(name if name else 'x')",
        "app.notify(wrong, markup=False)",
    ],
)
def test_the_search_passes_what_is_literal(code: str) -> None:
    assert list(risky(code)) == []
