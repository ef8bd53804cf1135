"""What the styles say of a widget is worked out once, not anew whenever the keyboard goes elsewhere.

Reaches for private names of Textual; tests/tui/textual_patches/test_style_cache.py notices when one moves.
"""

# ruff: noqa: SLF001 - what is to be the same as Textual's has to look where that looks

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from functools import cache
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

from msgspec import Struct, field
from textual.css.model import RuleSet, SelectorType
from textual.css.styles import RulesMap
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

MOST = 4096
"""Widgets in states of which it is kept what the styles say; then all is forgotten, and worked out anew."""
_FLAGS = ("_has_hover_style", "_has_focus_within", "_has_order_style", "_has_odd_or_even")

_Told: TypeAlias = tuple[type[DOMNode], str | None, frozenset[str]]
"""What selectors can name of a widget: its type, its id if any selector names that, and its classes."""


class Remembered(Struct):
    """What some rules say of the widgets that they were applied to."""

    ids: frozenset[str]
    pseudo: dict[_Told, tuple[str, ...]] = field(default_factory=dict)
    """Widget → the pseudo classes that matter for it, of itself or of what it stands in."""
    styles: dict[object, tuple[tuple[bool, ...], RulesMap]] = field(default_factory=dict)
    """Widget, and all that it stands in, in their states → (what Textual notes of it, its styles)."""

    @classmethod
    def of(cls, rules: Iterable[RuleSet]) -> Remembered:
        """Begin with nothing."""
        selectors = (each for rule in rules for several in rule.selector_set for each in several.selectors)
        return cls(frozenset(each.name for each in selectors if each.type is SelectorType.ID))


_NOTHING: tuple[RulesMap, RulesMap] = {}, {}


def _part_of(node: DOMNode, name: str) -> DOMNode:
    """Return what stands for a component class of a widget."""
    part = DOMNode(classes=name)
    part._attach(node)
    return part


@cache
def _part(name: str) -> DOMNode:
    """Return what stands for a component class of whatever widget."""
    return DOMNode(classes=name)


class QuickStylesheet(Stylesheet):
    """Applies the same styles as Textual's, without matching each selector anew with each widget.

    A Tab has Textual do so for all that can hold the focus before and behind it: a third of the time it took.
    """

    _remembered: Remembered | None = None
    _rules_then: list[RuleSet] | None = None
    _set: MutableMapping[DOMNode, tuple[RulesMap, RulesMap]]
    """Widget → what was set last, and how it was read."""
    _answer: RulesMap | None = None
    """What Textual has worked out, while it is asked without being let change anything."""

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        """Start without rules."""
        super().__init__(variables=variables)
        self._set = WeakKeyDictionary()

    def apply(
        self, node: DOMNode, *, animate: bool = False, cache: dict[tuple[Any, ...], RulesMap] | None = None
    ) -> None:
        """Apply the styles to a widget."""
        if self._answer is not None:
            super().apply(node, animate=animate, cache=cache)
            return
        path = node.css_path_nodes
        flags, styles = self._said(path)
        for name, flag in zip(_FLAGS, flags, strict=True):
            setattr(node, name, flag)
        if styles:
            self._replace(node, styles, animate=animate)
        self._apply_to_parts(path)

    def remembered(self, rules: list[RuleSet]) -> Remembered:
        """Return what is known of rules that have just been read."""
        return Remembered.of(rules)

    def replace_rules(self, node: DOMNode, rules: RulesMap, animate: bool = False) -> None:  # type: ignore[override]  # noqa: FBT001, FBT002 - as Textual has it
        """Change nothing while Textual is only asked."""
        if self._answer is None:
            super().replace_rules(node, rules, animate)
        else:
            self._answer = rules

    def _process_component_classes(self, node: DOMNode) -> None:
        """Do this with the parts of a widget once its own styles are known."""
        if self._answer is None:
            self._apply_to_parts(node.css_path_nodes)

    def _replace(self, node: DOMNode, styles: RulesMap, *, animate: bool) -> None:
        """Set the styles, unless they are what was set last and are as they were then.

        Textual would set each again, and as some are read when they are set, take them for changed: so it
        would lay out anew whatever had had the focus.
        """
        base = node.styles.base
        was_set, rules = self._set.get(node, _NOTHING)
        if was_set is styles and base._rules == rules:
            node.notify_style_update()  # what it stands in may have another background
        else:
            super().replace_rules(node, styles, animate=animate)
            self._set[node] = styles, base._rules.copy()

    def _apply_to_parts(self, path: list[DOMNode]) -> None:
        """Apply the styles to a widget's component classes; those stay of which nothing else is said now."""
        node, is_changed = path[-1], False
        for name in sorted(node._get_component_classes()):
            _, styles = self._said([*path, _part(name)])
            old = node._component_styles.get(name)
            was = old.node if old else None
            if was is None or self._set.get(was, _NOTHING)[0] is not styles:
                part = _part_of(node, name)
                super().replace_rules(part, styles)
                self._set[part] = styles, {}
                node._component_styles[name], is_changed = part.styles, is_changed or old != part.styles
        if is_changed:
            node.refresh()

    def _said(self, path: list[DOMNode]) -> tuple[tuple[bool, ...], RulesMap]:
        """Return what Textual notes of a widget, or of a part of one, and its styles."""
        rules, node = self.rules, path[-1]
        if (known := self._remembered) is None or rules is not self._rules_then:
            known = self._remembered = self.remembered(rules)
            self._rules_then = rules
        told = [
            (type(each), each._id if each._id in known.ids else None, frozenset(each._classes))
            for each in path
        ]
        if (pseudo := known.pseudo.get(told[-1])) is None:
            names = self.rules_map.keys() & node._selector_names
            matter = {each for name in names for rule in self.rules_map[name] for each in rule.pseudo_classes}
            pseudo = known.pseudo[told[-1]] = tuple(sorted(matter))
        key = (*told, *(each.has_pseudo_class(name) for name in pseudo for each in path))
        if (found := known.styles.get(key)) is None:
            if len(known.styles) >= MOST:
                known.styles.clear()
            whole = node if node._parent or len(path) == 1 else _part_of(path[-2], *node._classes)
            found = known.styles[key] = self._asked(whole)
        return found

    def _asked(self, node: DOMNode) -> tuple[tuple[bool, ...], RulesMap]:
        """Have Textual work it out."""
        self._answer = {}
        try:
            super().apply(node)
            return tuple(getattr(node, name) for name in _FLAGS), self._answer
        finally:
            self._answer = None
