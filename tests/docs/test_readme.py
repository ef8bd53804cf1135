"""The README and the guide say what holds: every key under its id, every link to something that is there."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

from workshop_tui.tui.app import WorkshopApp
from workshop_tui.tui.notes import NotesApp
from workshop_tui.tui.screens.capturing import CapturingScreen
from workshop_tui.tui.screens.contacts import ContactsPreview
from workshop_tui.tui.screens.dialogs import Ask
from workshop_tui.tui.screens.doing import DoingScreen
from workshop_tui.tui.screens.library import Library
from workshop_tui.tui.screens.newest import NewestScreen
from workshop_tui.tui.screens.sifting import FilterLine, Sifting
from workshop_tui.tui.screens.timing import TimingScreen
from workshop_tui.tui.screens.workshop import WorkshopScreen
from workshop_tui.tui.widgets.canvas import Canvas
from workshop_tui.tui.widgets.capture import CaptureLine
from workshop_tui.tui.widgets.editor import Editor
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.widgets.typed import TypedText
from workshop_tui.tui.widgets.views_line import ViewsLine

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text("utf-8")
NAMED = {"esc": "escape", "↑": "up", "↓": "down", "←": "left", "→": "right"} | {
    "[": "left_square_bracket",
    "]": "right_square_bracket",
    ",": "comma",
    ".": "full_stop",
    "/": "slash",
    "+": "plus",
    "-": "minus",
    **{
        f"shift+{arrow}": f"shift+{way}"
        for arrow, way in zip("↑↓←→", ("up", "down", "left", "right"), strict=True)
    },
}
HOLDERS: tuple[type[DOMNode], ...] = (
    WorkshopApp,
    WorkshopScreen,
    TimingScreen,
    CapturingScreen,
    DoingScreen,
    NewestScreen,
    CaptureLine,
    ContactsPreview,
    Library,
    Sheet,
    Sifting,
    FilterLine,
    Canvas,
    Editor,
    TypedText,
    ViewsLine,
    Ask,
    NotesApp,
)


def key_of(shown: str) -> str:
    """Return Textual's name of a key as the README shows it; a capital is typed with Shift."""
    return shown if re.fullmatch("[A-Z]", shown) else NAMED.get(shown.lower(), shown.lower())


def told_keys() -> dict[str, set[str]]:
    """Return id → keys as the README's table has them; « · » stands between ids, «or» between keys."""
    told: dict[str, set[str]] = {}
    for keys, ids in re.findall(r"^\| (`.*?) \| .* \| (`.*`) \|$", README, re.MULTILINE):
        for shown, name in zip(keys.split(" · "), ids.split(" · "), strict=True):
            told[name.strip("`")] = {key_of(key) for key in re.findall("`(.+?)`", shown)}
    return told


def bound_keys() -> dict[str, set[str]]:
    """Return id → keys as they are bound."""
    bound: dict[str, set[str]] = defaultdict(set)
    for binding in (binding for kind in HOLDERS for binding in kind.BINDINGS):
        if isinstance(binding, Binding) and binding.id:
            bound[binding.id].update(binding.key.split(","))
    return bound


def test_the_table_of_keys_names_each_command_with_its_keys() -> None:
    assert told_keys() == bound_keys()


@pytest.mark.parametrize("document", ["README.md", "docs/guide.md"])
def test_every_link_leads_to_a_file(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / document).parent.joinpath(link).is_file()] == []
