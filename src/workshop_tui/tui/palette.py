"""What the palette finds: commands, and in a session its blocks, views, people and actions.

It is found by the words people use. Letters that are merely somewhere in a name find nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, cast

from msgspec import Struct
from textual.command import DiscoveryHit, Hit, Hits, Provider

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.text import fold, one_line
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Block
from workshop_tui.tui.commands.command import Commanded
from workshop_tui.tui.features.looking_back import LookingBack
from workshop_tui.tui.widgets.literal import literal
from workshop_tui.tui.workspace import Workspace
from workshop_tui.views.around import short_names
from workshop_tui.views.beside import BESIDE
from workshop_tui.views.beside import beside as opened_beside
from workshop_tui.views.block_views import Aside
from workshop_tui.views.row_id import RowId

ALSO = {
    "account.page": "account now moved kept since last session history",
    "audience": "share show safe who may look",
    "block.before": "back previous",
    "block.next": "go on forward",
    "capture": "type line note write",
    "clock": "start timer time pause stop minutes break",
    "contacts": "import people csv",
    "copy.row": "clipboard",
    "copy.table": "clipboard",
    "curtain": "hide cover black blank screen",
    "export": "save write document markdown plan file",
    "focus": "large big zoom projector",
    "help": "keys how",
    "library": "accounts home close leave",
    "newest": "recent last lines history",
    "page.actions": "open to do tasks all accounts",
    "page.monday": "digest owed late news quiet week",
    "prompts": "notes hints questions",
    "quit": "exit close end",
    "review.hold": "scorecard figures monthly",
    "row.do": "more actions menu",
    "scorecard": "goals initiatives figures metrics trend",
    "sheet.add": "new insert create",
    "sheet.remove": "delete erase",
    "table.filter": "search find only",
    "table.mark": "select several",
    "undo": "revert mistake take back",
    "views": "tab switch",
}
"""Other words by which people look for a command, by its id."""
ALSO_VIEWS = {
    "Compare": "sessions changes",
    "Coverage": "meetings who meets whom quiet",
    "Decided": "decisions risks parking lot",
    "Kept": "promises follow-through late dropped",
    "Moved": "sentiment changes",
    "Team": "engagement members owes",
    "Time": "time line months calendar",
}
"""Other words by which people look for a view of the account's page, by its title."""
ROWS: tuple[tuple[type[Entity], BlockKind], ...] = (
    (Stakeholder, BlockKind.STAKEHOLDERS),
    (Action, BlockKind.ACTIONS),
)
"""Kinds of rows that are found by name, with the block in which they stand."""


class Found(Struct, frozen=True):
    """Something that the palette can do or go to."""

    name: str
    beside: str
    run: Callable[[], Any]
    also: str = ""
    """Words by which it is found as well."""


def near(name: str, also: str, typed: str) -> float:
    """Return how well a name fits what is typed, 0 for not at all, up to 1: the start of words beats all."""
    words, parts = fold(typed).split(), fold(name).split()
    more = fold(also).split()

    def begin(texts: list[str]) -> bool:
        return all(any(text.startswith(word) for text in texts) for word in words)

    if not words:
        return 0.0
    if " ".join(parts).startswith(" ".join(words)):
        return 1.0
    if begin([part.lstrip("(«:") for part in parts]):
        return 0.9
    if begin([*parts, *more]):
        return 0.7
    return 0.4 if all(word in " ".join(parts) for word in words) else 0.0


def places(workspace: Workspace) -> Iterator[Found]:
    """Yield the blocks, views, people and actions of a session that whoever looks may see."""
    blocks, live, stage = workspace.blocks(), workspace.live, workspace.stage
    for block, short in zip(blocks, short_names(blocks), strict=True):
        yield Found(one_line(block.title), "block", partial(workspace.open_block, block.id), block.kind.label)
        views = stage.views_of(block)
        for number, view in enumerate(views):
            if len(views) > 1 and view.is_open(live):
                name, also = f"{view.title} ({short})", f"{block.kind.label} {one_line(block.title)}"
                yield Found(name, "view", partial(_go, workspace, block.id, number), also)
    yield from _asides(workspace, blocks)
    for kind, of in ROWS:
        here = workspace.block if workspace.block and workspace.block.kind is of else None
        home = here or next((each for each in blocks if each.kind is of), None)
        if home:
            for row in live.view.all(kind):
                name = one_line(live.view.name_of(kind, *row.key))
                go = partial(_go, workspace, home.id, 0, str(RowId.of(row)))
                yield Found(name, kind.VERBOSE_NAME, go)


def _asides(workspace: Workspace, blocks: Iterable[Block]) -> Iterator[Found]:
    """Yield what can be opened beside the agenda; of the account's page each view."""
    for aside in BESIDE:
        found = opened_beside(workspace.live, aside)
        if found is None or any(block.kind is aside for block in blocks):
            continue
        if aside is Aside.ACCOUNT:
            for number, view in enumerate(workspace.stage.views_of(found)):
                look = partial(workspace[LookingBack].open, number)
                also = f"account {ALSO_VIEWS.get(view.title, '')}"
                yield Found(f"{view.title} ({found.title})", "view", look, also)
        else:
            yield Found(found.title, "view", partial(workspace.open_aside, aside))


def _go(workspace: Workspace, block: str, view: int, row: str = "") -> None:
    workspace.open_block(block)
    workspace.stage.open_view(view)
    if row:
        workspace.stage.go_to_words(row)


class Words(Provider):
    """Finds commands and places by words."""

    @property
    def _commands(self) -> Iterator[Found]:
        ids = {
            each.binding.description: each.binding.id or "" for each in self.screen.active_bindings.values()
        }
        for name, beside, run, *_ in self.app.get_system_commands(self.screen):
            yield Found(name, beside, cast("Callable[[], Any]", run), ALSO.get(ids.get(name, ""), ""))

    @property
    def _places(self) -> Iterator[Found]:
        workspace = self.screen.target if isinstance(self.screen, Commanded) else None
        return places(workspace) if isinstance(workspace, Workspace) else iter(())

    async def discover(self) -> Hits:
        """Yield all commands while nothing is typed."""
        for found in sorted(self._commands, key=lambda each: each.name):
            yield DiscoveryHit(literal(found.name), found.run, text=found.name, help=found.beside)

    async def search(self, query: str) -> Hits:
        """Yield what fits."""
        for each in (*self._commands, *self._places):
            if score := near(each.name, each.also, query):
                yield Hit(score, literal(each.name), each.run, text=each.name, help=each.beside)
