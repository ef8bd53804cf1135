"""The README and the guide say what holds: the table of keys is up to date, every link leads somewhere."""

import re
from pathlib import Path

import pytest

from tools.keys import generated, key_table
from workshop_tui.tui.commands.registry import every_command

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_the_table_of_keys_is_up_to_date() -> None:
    assert generated(README) == README, "python -m tools.generate writes it anew"


def test_a_table_that_is_old_is_written_anew() -> None:
    old = README.replace("`F1` or `?` | help", "`F1` or `?` | nothing")
    assert old != README
    assert generated(old) == README


def test_each_command_with_a_key_is_told_once_with_its_keys() -> None:
    table = key_table(every_command())
    told = re.findall(r"`([a-z0-9.]+)`", "".join(line.rsplit(" | ", 1)[1] for line in table.splitlines()[2:]))
    sections = {(command.section, command.id) for command in every_command() if command.keys}
    assert sorted(told) == sorted(name for _, name in sections)
    assert "| `F2` or `Ctrl+R` | the [capture line](docs/guide.md#the-capture-line), from anywhere |" in table
    assert "| `]` or `.` · `[` or `,` | next person or question · the one before |" in table
    assert "| `↑` or `k` · `↓` or `j` · `←` · `→` | move |" in table


@pytest.mark.parametrize("document", ["README.md", "docs/guide.md"])
def test_every_link_leads_to_a_file(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / document).parent.joinpath(link).is_file()] == []
