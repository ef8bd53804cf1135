"""Help: what matters on the screen beneath, then what each key does there, and which can't do it now."""

from __future__ import annotations

import re
from typing import Any

from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from workshop_tui.tui.commands.command import Command, Commanded, Section, is_listed, why_not
from workshop_tui.tui.screens.dialogs import LEAVE, Dialog
from workshop_tui.tui.widgets.literal import literal
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.views.text_layout import wrapped

FIRST = 6
"""Lines that say what matters on this screen."""
MATTERS = (
    *("editor.keep", "editor.next", "editor.leave", "editor.newline", "editor.own"),
    *("capture.take", "capture.complete", "capture.leave"),
    *("canvas.drop", "canvas.cancel", "canvas.take", "canvas.seek"),
    *("library.open", "library.new", "library.session", "library.import"),
    *("sheet.go", "page.monday", "page.actions"),
    *("sheet.edit", "sheet.add", "capture", "views", "row.do", "actions.group", "block.next"),
    *(
        "news.told",
        "page.audience",
        "export",
        "copy.row",
        "export.page",
        "account.person",
        "coverage.turn",
        "compare.later",
    ),
    *("time.shorter", "account.equal", "account.back", "search.open"),
    *("curtain", "undo", "table.filter", "audience", "quit"),
)
"""Ids of the commands among which those lines are found, the first that are there first."""
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)|`")
_KEYS = 20
"""Cells that the keys of a line take."""
_LEAST = 16
"""Cells beside the keys in which what they do is told."""


class Help(Commanded, Dialog[None]):
    """Six lines for the screen beneath, and all its keys in groups; the ids of commands on request."""

    KEY_COMMANDS = (
        LEAVE,
        Command["Help"](
            "help.leave",
            "q,question_mark",
            "Close",
            lambda dialog: dialog.action_leave(),
            "close the help",
            section=Section.DIALOG,
        ),
        Command["Help"](
            "help.ids",
            "i",
            "Ids",
            lambda dialog: dialog.action_ids(),
            "in the help: the ids under which keys are changed",
            section=Section.DIALOG,
        ),
    )

    def __init__(self, about: Screen[object]) -> None:
        """Take the screen whose keys are told."""
        super().__init__()
        active = about.active_bindings.values()
        self._told = [each for each in active if each.binding.id and is_listed(each)]
        focused = about.focused
        self._values = focused.keys if isinstance(focused, Sheet) else {}
        self._legend: str = getattr(about, "legend", "")
        self._enter = getattr(about, "enter_does", "")
        """What Enter does where no command of the screen has it, as in a form."""
        self._has_ids = False
        self._text = Static()
        self._width = 0
        """Cells of a line; 0 before it is laid out, for as many as it needs."""

    def compose(self) -> ComposeResult:
        """List what matters and the keys."""
        with VerticalScroll(classes="dialog help") as box:
            box.border_title = "Help"
            box.border_subtitle = "Esc closes · i shows the ids under which keys are changed"
            self._text.update(Content("\n").join(self._lines()))
            yield self._text

    def on_resize(self) -> None:
        """Break the lines anew, once it is known how wide they are."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if self.is_attached and self._width != self._text.size.width:
            self._width = self._text.size.width
            self._text.update(Content("\n").join(self._lines()))

    def _lines(self) -> list[Content]:
        groups = self._groups()
        lines = [*self._first(groups)]
        for section in Section:
            if found := groups.get(section):
                lines += [Content(""), literal(section, "bold $accent")]
                lines += [self._line(each) for each in found.values()]
        return lines

    def _groups(self) -> dict[Section, dict[str, list[ActiveBinding]]]:
        """Return the keys of each command, by the section in which it is told."""
        groups: dict[Section, dict[str, list[ActiveBinding]]] = {}
        for active in self._told:
            if active.binding.description:
                command = _command(active)
                section = command.section if command else Section.EVERYWHERE
                groups.setdefault(section, {}).setdefault(active.binding.id or "", []).append(active)
        return groups

    def _first(self, groups: dict[Section, dict[str, list[ActiveBinding]]]) -> list[Content]:
        """Return the lines of what matters here: values of the cell, the nearest commands, short headings."""
        every = {name: found for group in groups.values() for name, found in group.items()}
        lines = [self._said("Enter", self._enter)] if self._enter else []
        if self._values:
            told = " · ".join(choice.text for choice in self._values.values())
            lines.append(self._said(" ".join(self._values), f"set this cell: {told}"))
        for name in MATTERS:
            found = every.get(name)
            command = _command(found[0]) if found else None
            if found and command and not why_not(found[0]):
                says = _LINK.sub(r"\1", in_short(command.about)) or command.title.lower()
                lines.append(self._said(self._keys(found), says))
        legend = [self._said("In the table", f"{self._legend} · @ = owner")] if self._legend else []
        return [*lines[: FIRST - len(legend)], *legend]

    def _said(self, keys: str, says: str) -> Content:
        return self._hung(literal(f"{keys:<{_KEYS}} ", "bold $accent"), literal(says))

    def _hung(self, keys: Content, says: Content) -> Content:
        """Return keys and what they do, whose further lines begin beneath its first one."""
        room = self._width - max(keys.cell_length, _KEYS + 1)
        if room < _LEAST:
            return keys + says
        lines, at = [], 0
        for text in wrapped(says.plain, room):
            lines.append(says[at : at + len(text)])
            at += len(text) + says.plain[at + len(text) :].startswith(" ")
        return keys + Content("\n" + " " * (_KEYS + 1)).join(lines)

    def _keys(self, found: list[ActiveBinding]) -> str:
        return " or ".join(dict.fromkeys(self.app.get_key_display(active.binding) for active in found))

    def _line(self, found: list[ActiveBinding]) -> Content:
        """Return a line of the list; what can't be used now is dimmed."""
        first, dim = found[0].binding, "dim" if why_not(found[0]) else ""
        keys = literal(f"{self._keys(found):<{_KEYS}} ", f"$accent {dim}")
        if not self._has_ids:
            return self._hung(keys, literal(first.description, dim))
        told = literal(f"{first.description:<28} ", dim) + literal(first.id or "", f"$secondary {dim}")
        return self._hung(keys, told)

    def action_ids(self) -> None:
        """Show the ids of the commands, or put them away."""
        self._has_ids = not self._has_ids
        self._text.update(Content("\n").join(self._lines()))

    def action_leave(self) -> None:
        """Close."""
        self.dismiss()


def in_short(about: str) -> str:
    """Return what the first of a command's keys does, without what it does when it is pressed again."""
    return about.partition(" · ")[0].partition("; again: ")[0].partition(": ")[0]


def _command(active: ActiveBinding) -> Command[Any] | None:
    node = active.node
    return node.by_id.get(active.binding.id or "") if isinstance(node, Commanded) else None
