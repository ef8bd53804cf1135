"""What the styles say of a widget is worked out once, not anew whenever the keyboard goes elsewhere.

Reaches for private names of Textual; tests/tui/textual_patches/test_style_cache.py notices when one moves.
"""

# ruff: noqa: SLF001 - what is to be the same as Textual's has to look where that looks

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeAlias, cast

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


class Said(Struct):
    """What some rules say of a widget in a state."""

    flags: tuple[bool, ...]
    """What Textual notes of it."""
    styles: RulesMap
    as_read: RulesMap | None = None
    """The styles as a new widget has them once they are set; None while none was given them."""


class Remembered(Struct):
    """What some rules say of the widgets that they were applied to."""

    ids: frozenset[str]
    pseudo: dict[_Told, tuple[str, ...]] = field(default_factory=dict)
    """Widget → the pseudo classes that matter for it, of itself or of what it stands in."""
    styles: dict[object, Said] = field(default_factory=dict)
    """Widget, and all that it stands in, in their states → what the rules say of it."""

    @classmethod
    def of(cls, rules: Iterable[RuleSet]) -> Remembered:
        """Begin with nothing."""
        selectors = (each for rule in rules for several in rule.selector_set for each in several.selectors)
        return cls(frozenset(each.name for each in selectors if each.type is SelectorType.ID))


def _part_of(node: DOMNode, name: str) -> DOMNode:
    """Return what stands for a component class of a widget."""
    part = DOMNode(classes=name)
    part._attach(node)
    return part


@cache
def _part(name: str) -> DOMNode:
    """Return what stands for a component class of whatever widget."""
    return DOMNode(classes=name)


class _Seen:
    """What was looked up of widgets that are styled in one go, as they stand in the same others."""

    def __init__(self) -> None:
        self.told: dict[DOMNode, _Told] = {}
        self.states: dict[tuple[DOMNode, str], bool] = {}

    @classmethod
    def of(cls, cache: dict[Any, Any] | None) -> _Seen:
        """Return what is known in this go, of which Textual hands round a dictionary."""
        return cls() if cache is None else cast("_Seen", cache.setdefault(cls, cls()))

    def state(self, node: DOMNode, name: str) -> bool:
        """Whether a widget has a pseudo class now."""
        at = node, name
        if (found := self.states.get(at)) is None:
            found = self.states[at] = node.has_pseudo_class(name)
        return found


class QuickStylesheet(Stylesheet):
    """Applies the same styles as Textual's, without matching each selector anew with each widget.

    A Tab has Textual do so for all that can hold the focus before and behind it: a third of the time it took.
    """

    _remembered: Remembered | None = None
    _rules_then: list[RuleSet] | None = None
    _answer: RulesMap | None = None
    """What Textual has worked out, while it is asked without being let change anything."""

    def apply(
        self, node: DOMNode, *, animate: bool = False, cache: dict[tuple[Any, ...], RulesMap] | None = None
    ) -> None:
        """Apply the styles to a widget."""
        if self._answer is not None:
            super().apply(node, animate=animate, cache=cache)
            return
        path, seen = node.css_path_nodes, _Seen.of(cache)
        told = self._told(path, seen)
        said = self._said(path, told, seen)
        for name, flag in zip(_FLAGS, said.flags, strict=True):
            setattr(node, name, flag)
        if said.styles:
            self._replace(node, said, animate=animate)
        self._apply_to_parts(path, told, seen)

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
            path, seen = node.css_path_nodes, _Seen()
            self._apply_to_parts(path, self._told(path, seen), seen)

    def _replace(self, node: DOMNode, said: Said, *, animate: bool = False) -> None:
        """Set the styles as they were read when they were first set: those that are others than now.

        Textual would set each again, and as some are read when they are set, take them for changed: so it
        would lay out anew whatever had had the focus.
        """
        base = node.styles.base
        if said.as_read is None or "transitions" in said.styles:
            super().replace_rules(node, said.styles, animate=animate)
            said.as_read = base._rules.copy()
            return
        was, now = cast("dict[str, Any]", base._rules), cast("dict[str, Any]", said.as_read)
        if not was:
            base.merge_rules(said.as_read)
            base.refresh(layout=True)
        else:
            for name in [name for name in was.keys() | now.keys() if was.get(name) != now.get(name)]:
                setattr(base, name, said.styles.get(name))
        node.notify_style_update()  # what it stands in may have another background

    def _apply_to_parts(self, path: list[DOMNode], told: list[_Told], seen: _Seen) -> None:
        """Apply the styles to a widget's component classes; those stay of which nothing else is said now."""
        node, is_changed = path[-1], False
        for name in sorted(node._get_component_classes()):
            said = self._said([*path, _part(name)], [*told, (DOMNode, None, frozenset({name}))], seen)
            old = node._component_styles.get(name)
            if old is None or old.base._rules != said.as_read:
                part = _part_of(node, name)
                self._replace(part, said)
                node._component_styles[name], is_changed = part.styles, is_changed or old != part.styles
        if is_changed:
            node.refresh()

    def _told(self, path: list[DOMNode], seen: _Seen) -> list[_Told]:
        """Return what selectors can name of each of these."""
        ids, told = self._known.ids, seen.told
        for each in path:
            if each not in told:
                told[each] = type(each), each._id if each._id in ids else None, frozenset(each._classes)
        return [told[each] for each in path]

    @property
    def _known(self) -> Remembered:
        """What is known of the rules as they are."""
        rules = self.rules
        if (known := self._remembered) is None or rules is not self._rules_then:
            known = self._remembered = self.remembered(rules)
            self._rules_then = rules
        return known

    def _said(self, path: list[DOMNode], told: list[_Told], seen: _Seen) -> Said:
        """Return what the rules say of a widget, or of a part of one."""
        known, node = self._known, path[-1]
        if (pseudo := known.pseudo.get(told[-1])) is None:
            names = self.rules_map.keys() & node._selector_names
            matter = {each for name in names for rule in self.rules_map[name] for each in rule.pseudo_classes}
            pseudo = known.pseudo[told[-1]] = tuple(sorted(matter))
        key = (*told, *(seen.state(each, name) for name in pseudo for each in path))
        if (found := known.styles.get(key)) is None:
            if len(known.styles) >= MOST:
                known.styles.clear()
            whole = node if node._parent or len(path) == 1 else _part_of(path[-2], *node._classes)
            found = known.styles[key] = self._asked(whole)
        return found

    def _asked(self, node: DOMNode) -> Said:
        """Have Textual work it out."""
        self._answer = {}
        try:
            super().apply(node)
            return Said(tuple(getattr(node, name) for name in _FLAGS), self._answer)
        finally:
            self._answer = None
