"""The README's table of keys, out of the registry of commands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from workshop_tui.tui.commands.command import Command, Section, shown_key
from workshop_tui.tui.commands.registry import every_command

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- keys: python -m tools.generate -->\n", "<!-- end of keys -->\n"


def key_table(commands: Sequence[Command[Any]]) -> str:
    """Return the table of keys, in Markdown: a line for each command, or for several told together."""
    lines = ["| Key | What it does | Id |", "| --- | --- | --- |"]
    for section in Section:
        lines.append(f"| **{section}** | | |")
        lines += [_line(rows) for rows in _rows([each for each in commands if each.section is section])]
    return "\n".join(lines) + "\n"


def _rows(commands: Sequence[Command[Any]]) -> list[list[Command[Any]]]:
    """Return the commands that have keys, each with those that are told with it; each id once."""
    rows: list[list[Command[Any]]] = []
    for command in {command.id: command for command in commands if command.keys}.values():
        if command.about:
            rows.append([])
        rows[-1].append(command)
    return rows


def _line(row: Sequence[Command[Any]]) -> str:
    keys = " · ".join(" or ".join(f"`{shown_key(key)}`" for key in each.each_key) for each in row)
    return f"| {keys} | {row[0].about} | {' · '.join(f'`{each.id}`' for each in row)} |"


def generated(text: str) -> str:
    """Return the README with the table of keys as it is now."""
    table = f"{BEGIN}\n{key_table(every_command())}\n{END}"
    return re.sub(f"{re.escape(BEGIN)}.*{re.escape(END)}", lambda _: table, text, flags=re.DOTALL)
