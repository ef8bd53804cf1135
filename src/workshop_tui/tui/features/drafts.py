"""Drafts: what was typed and is not a value yet, kept for whom it was typed."""

from __future__ import annotations

from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.workspace import PlanShown, Workspace


class Drafts:
    """Keeps what is typed, brings it back, and marks the cells that have any."""

    def __init__(self, workspace: Workspace) -> None:
        """Begin with none."""
        self._workspace, self._live = workspace, workspace.live
        self._by_place: dict[str, str] = {}
        workspace.listen(PlanShown, lambda _: self.mark())

    async def arrive(self) -> None:
        """Join, and bring back one's drafts: a second keyboard of one name has drafts of its own."""
        await self._live.join()
        self._by_place = {**await self._live.drafts(), **self._by_place}
        self.mark()

    def keep(self, place: str, text: str, audience: str = "") -> None:
        """Keep a text, for whom it was typed; an empty one forgets it."""
        self._live.note(typing=False)
        key = f"{audience or self._live.audience}:{place}"
        if self._by_place.get(key, "") != text:
            self._by_place[key] = text
            self._live.keep_draft(key, text)
            self.mark()

    def at(self, place: str) -> str:
        """Return what was typed at a place for this audience, "" for nothing."""
        return self.all().get(place, "")

    def all(self) -> dict[str, str]:
        """Return what was typed for this audience, by its place."""
        if self._live.closed:
            return {}
        prefix = f"{self._live.audience}:"
        return {k.removeprefix(prefix): t for k, t in self._by_place.items() if t and k.startswith(prefix)}

    def mark(self) -> None:
        """Mark the cells that have a draft."""
        drafts = frozenset(self.all())
        for sheet in self._workspace.screen.query(Sheet):
            sheet.drafts = drafts
