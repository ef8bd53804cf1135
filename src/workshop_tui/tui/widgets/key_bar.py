"""The line at the foot: which keys answer now, painted by one widget."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Any, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.binding import ActiveBinding, Binding
from textual.content import Content
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from workshop_tui.tui.commands.command import in_short, is_listed, named_now, why_not
from workshop_tui.tui.widgets.literal import literal
from workshop_tui.tui.widgets.sheet import Sheet

WHILE_MOVING = {"canvas.drop", "canvas.cancel", "curtain"}
"""What alone is told while something is moved: how to put it down, and what is needed in a hurry."""
PALETTE = "command_palette"
"""The action that opens Textual's palette."""
KEPT = (
    *("curtain", "audience", "help", "block.next", "clock", "undo"),
    *("account.back", "export.page", "capture"),
    *("sheet.edit", "sheet.go", "capture.take", "editor.keep", "sheet.add", PALETTE),
)
"""Commands whose keys are told before others where there is little room: the first ones the longest."""


class KeyLabel(NamedTuple):
    """A key with what it does."""

    key: str
    does: str

    @property
    def width(self) -> int:
        """Columns that it takes."""
        return cell_len(self.key + self.does)


def _may_tell(binding: Binding) -> bool:
    return binding.show or binding.action == PALETTE


def may_be_told(screen: Screen[Any]) -> Iterator[ActiveBinding]:
    """Yield those of the screen's active bindings that the line may tell of.

    `active_bindings` asks of each key there is whether it can be used now, which was a third of the time that
    painting another block takes: here only those are asked about that share a key with such a binding.
    """
    chain = [(node, *each) for node, bindings in screen._modal_binding_chain for each in bindings]  # noqa: SLF001
    keys = {key for _, key, binding in chain if _may_tell(binding)}
    focused, found = screen.focused, dict[str, ActiveBinding]()
    left = focused.leaves(keys) if isinstance(focused, Sheet) else keys
    for node, key, binding in chain:
        before = found.get(key)
        if key in left and (before is None or (binding.priority and not before.binding.priority)):
            state = screen.app._check_action_state(binding.action, node)  # noqa: SLF001 - as Textual asks
            if state is not False:
                found[key] = ActiveBinding(node, binding, bool(state), binding.tooltip)
    return (each for each in found.values() if each.enabled and _may_tell(each.binding))


class Keys(Widget):
    """Keys with what they do, but those that can't be used now; a click presses one.

    The palette's stands at the right.

    Textual's Footer makes a widget of each key anew whenever the focus moves, which took more time than
    all the rest of opening an editor.
    """

    def __init__(self) -> None:
        """Start empty: the screen tells when its keys are known."""
        super().__init__(id="keys")
        self._known: tuple[Binding, ...] | None = ()
        """What it tells; None when the keys have changed since it was painted."""
        self._painted: tuple[object, ...] = ()
        """What the strip was painted from: most keys change nothing of it, and painting it took longest."""
        self._strip = Strip([])

    def on_mount(self) -> None:
        """Listen for keys that come and go."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, screen: Screen[object]) -> None:
        """Work them out when the line is painted next: opening a session tells of changes twenty times."""
        if screen is self.screen and screen.is_attached:
            self._known = None
            self.refresh()

    @property
    def _told(self) -> tuple[Binding, ...]:
        if self._known is None:
            self._known = self._worked_out()
        return self._known

    def _worked_out(self) -> tuple[Binding, ...]:
        screen = self.screen
        nearest = sorted(may_be_told(screen), key=lambda each: each.node in (screen, self.app))
        active = [named_now(each) for each in nearest if is_listed(each) and not why_not(each)]
        first: dict[str, Binding] = {}
        for binding in active:
            if binding.show:
                first.setdefault(binding.action, binding)
        if getattr(screen.focused, "is_moving", False):
            first = {action: each for action, each in first.items() if each.id in WHILE_MOVING}
            active = list(first.values())
        palette = [binding for binding in active if binding.action == PALETTE]
        return (*first.values(), *palette)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the commands that it tells of, as far as there is room."""
        return tuple(binding.id or "" for binding in self._told)

    def _labels(self) -> list[KeyLabel]:
        """Return the keys there is room for, and the room in front of the palette's.

        Where there is little of it they are told in short; those that are needed in a hurry stay the longest.
        """
        told = list(self._told)
        if _width([self._label(b) for b in told]) > self.size.width:
            told = [in_short(b) for b in told]
        while len(told) > 1 and _width([self._label(b) for b in told]) > self.size.width:
            told.remove(max(reversed(told), key=_place))
        labels = [self._label(b) for b in told]
        if told and told[-1].action == PALETTE:
            labels[-1:] = [KeyLabel("", " " * max(self.size.width - _width(labels), 0)), labels[-1]]
        return labels

    def _label(self, binding: Binding) -> KeyLabel:
        return KeyLabel(f" {self.app.get_key_display(binding)} ", f"{binding.description} ")

    def render_line(self, y: int) -> Strip:
        """Return the line as it was painted before, if it tells the same and looks the same."""
        as_now = self._labels(), self.size, self.visual_style, self.app.theme
        if as_now != self._painted:
            self._painted, self._strip = as_now, super().render_line(y)
        return self._strip

    def render(self) -> RenderResult:
        """Paint the line."""
        parts = (
            part
            for key, does in self._labels()
            for part in (literal(key, "bold $footer-key-foreground"), literal(does, "$footer-foreground"))
        )
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        labels = self._labels()
        ends = accumulate(label.width for label in labels)
        key = next((label.key for label, end in zip(labels, ends, strict=True) if event.x < end), "")
        binding = next((b for b in self._told if key and f" {self.app.get_key_display(b)} " == key), None)
        if binding:
            self.app.simulate_key(binding.key)


def _place(binding: Binding) -> int:
    name = PALETTE if binding.action == PALETTE else binding.id
    return KEPT.index(name) if name in KEPT else len(KEPT)


def _width(labels: list[KeyLabel]) -> int:
    return sum(label.width for label in labels)
