"""Hostile text in every field of every kind: nothing crashes, steers the terminal or runs; it stays text."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator, Iterator
from itertools import cycle
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.app.driver import Driven, driving, seed
from tests.store.plans import one_of
from workshop_tui.domain.base.entity import Entity, marks, references
from workshop_tui.domain.base.text import clean_text
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import CUSTOMER, BlockKind
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import KIND, KINDS, AccountPlan

LITERAL = ("[/x]", "[@click=app.bell]x[/]", "[bold]b[/bold]", "=cmd()", "a|b", "<script>", "javascript:x")
"""Short enough to stand uncut in a table: each has to be read there as it is."""
TEXTS = (
    *LITERAL,
    "[",
    "[[",
    "[]",
    "\\[b]",
    "[/]",
    "$accent [on red]x",
    "[link=https://evil.example]x[/link]",
    "\x1b]52;c;aGk=\x07",
    "\x1b[2J\x1b[31mred\x1b[0m",
    "\x9b31mred",
    "\x90q\x9c",
    "a\tb\vc\rd\be",
    "\u202ecod.exe\u202c",
    "\u2066x\u2069\u200f",
    "e" + "\u0301" * 60,
    "\u0300starts with a mark",
    "👩‍👩‍👧‍👦👍🏽🇬🇧",
    "日本語" * 40,
    "ｆｕｌｌ　ｗｉｄｔｈ",
    "\xa0" * 30,
    "\u200b\u200d\ufe0f",
    "x" * 100_000,
    "日" * 100_000,
    "**b** _i_ ~~s~~ `c`",
    "# heading",
    "- [x] done",
    "| a | b |",
    "|---|",
    "\\",
    "```py",
    "[a](javascript:alert(1))",
    "![i](http://evil.example/i.png)",
    "<a href='x' onclick='y'>z</a>",
    "<!-- x -->",
    "&lt;&#x3c;",
    "{{ 7 * 7 }}{% raw %}",
    "%(name)s {0} {name!r} %s",
    "'; DROP TABLE stakeholder; --",
    "+1+cmd|'/C calc'!A0",
    "-2",
    "@SUM(1)",
    "../../etc/passwd",
    "CON",
    "trailing dot.",
    "a\nb",
    "a\r\n\r\nb",
    "a\u2028b\u2029c\x85d",
    "\x00",
    "a\x00b",
    "\ud83d",
    "\ufeffbom",
    "\ufffe\uffff",
    "\U0001f600" * 200,
    "ﷺ﷽",
    "zero\u200bwidth",
    "soft\u00adhyphen",
    "हिन्दी ไทย العربية עברית",
    "\U000e0041tag",
    "~" * 500,
    "«»„“”‘’–—…",
    " leading and trailing ",
)
"""What people could paste; sixty and more."""
STEERS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd\u202a-\u202e\u2066-\u2069]")
"""What would be obeyed, turn the reading round, or stand for what can't be shown."""
SIZE = (160, 70)


def longest(kind: type[Entity], name: str) -> int:
    """How many characters a text field takes at most; 0 for a field that is no text of people."""
    return max((getattr(mark, "max_length", None) or 0 for mark in marks(kind, name)), default=0)


def filled(row: Entity, texts: Iterator[str]) -> Entity:
    """Put hostile text into every text field, as cleaned and cut as people's input is."""
    kind = type(row)
    for name in kind.fields:
        if limit := longest(kind, name):
            text = clean_text(next(texts), lines=True)[:limit]
            row = with_values(row, **{name: text if clean_text(text) else "x"})
    return row


def _placed(row: Entity, sample: AccountPlan) -> Entity:
    """Have a row refer to what is there."""
    for name, kind in references(type(row)).items():
        if there := sample.all(KIND[kind]):
            row = with_values(row, **{name: there[-1].key[0]})
    return row


def hostile(sample: AccountPlan) -> list[Entity]:
    """The sample with hostile text everywhere, and what has to be read uncut as a person and an action."""
    texts = cycle(TEXTS)
    others = (_placed(one_of(kind), sample) for kind in KINDS if not sample.all(kind))
    rows = [filled(row, texts) for row in (*sample, *others)]
    for kind in (Stakeholder, Action):
        like = next(row for row in sample.all(kind))
        for number, text in enumerate(LITERAL):
            more = replace(like, id=f"h{number}", rank=100.0 + number)
            rows.append(filled(more, iter([text] * len(kind.fields))))
    return rows


@pytest.fixture(scope="session")
def database(sample: AccountPlan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One database, hostile all through."""
    path = tmp_path_factory.mktemp("hostile") / "workshops.db"
    seed(path, AccountPlan.of(hostile(sample)))
    return path


def painted(app: Driven) -> str:
    """Return what stands on the screen, after looking whether any of it does more than stand there."""
    strips = app.app.screen._compositor.render_strips()
    for segment in (segment for strip in strips for segment in strip):
        assert not segment.control
        assert segment.style is None or "@click" not in segment.style.meta
        assert segment.style is None or segment.style.link is None
    lines = [strip.text for strip in strips]
    assert not [line for line in lines if STEERS.search(line)]
    return "\n".join(lines)


async def pages(app: Driven) -> AsyncIterator[str]:
    """Show every block, view, page and card of the open plan, and an editor in each view."""
    screen = app.workshop
    for block in screen.workspace.blocks():
        screen.workspace.open_block(block.id)
        for view in range(max(len(screen.workspace.stage.views), 1)):
            screen.workspace.stage.open_view(view)
            await app.quiet()
            main, before = screen.workspace.stage.main, -1
            while main.row != before:
                before = main.row
                yield painted(app)
                main.action_page(1)
                await app.quiet()
            await app.press("enter")
            yield painted(app)
            await app.press("ctrl+l")


def test_there_is_hostile_text_in_every_text_field(sample: AccountPlan) -> None:
    rows = hostile(sample)
    fields = {(kind, name) for kind in KINDS for name in kind.fields if longest(kind, name)}
    filled_in = {(type(row), name) for row in rows for name in type(row).fields}
    assert len(set(TEXTS)) >= 60
    assert fields <= filled_in


@pytest.mark.parametrize("audience", [CUSTOMER, "ps"])  # a partner sees all that the alliance does
async def test_every_block_view_and_card_takes_it_as_text(
    database: Path, sample: AccountPlan, audience: str
) -> None:
    async with driving(database, account=sample.account.id, size=SIZE) as app:
        app.live.audience = audience
        app.live._look()
        seen = "\n".join([page async for page in pages(app)])
    for text in LITERAL if audience != CUSTOMER else ():
        assert text in seen


async def test_library_dialogs_palette_help_and_undo_take_it_as_text(
    database: Path, sample: AccountPlan, tmp_path: Path
) -> None:
    path = Path(shutil.copy(database, tmp_path / "workshops.db"))
    async with driving(path, size=SIZE) as app:
        for key in ("down", "r", "ctrl+l", "s", "ctrl+l", "e", "ctrl+l", "i", "ctrl+l"):
            await app.press(key)
            await app.stored()
            painted(app)
    async with driving(path, account=sample.account.id, size=SIZE) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        app.sheet().go_to("Stakeholder/h1")
        seen = []
        palette, sentiment = "ctrl+p e x", "right right right right enter 1 enter"
        for keys in ("f1", "f1", palette, "escape", sentiment, "ctrl+z", "x", "ctrl+l", "e"):
            await app.press(*keys.split())
            await app.stored()
            seen.append(painted(app))
        assert f"Undone: {TEXTS[1]}, sentiment" in "\n".join(seen)
