"""The names of the views, in the room there is."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from workshop_tui.tui.widgets.status_bar import Tabs

NAMES = "Purpose", "Team", "Customer", "Last actions", "Changes", "Agenda", "Promises kept", "Prepare"
WHOLE = f" {'   '.join(f'{n} {name}' for n, name in enumerate(NAMES, 1))} "


class Named(App[None]):
    """A line of names."""

    def compose(self) -> ComposeResult:
        yield Tabs()


@pytest.mark.parametrize(
    ("width", "told"),
    [
        (120, WHOLE),
        (88, "1 Purpose 2 Team 3 Customer 4 Last actions 5 Changes 6 Agenda 7 Promises kept 8 Prepare"),
        (78, "1 Purpose 2 Team 3 Customer 4 Last ac… 5 Changes 6 Agenda 7 Promise… 8 Prepare"),
        (60, "1 Purpose 2 Team 3 Cus… 4 Las… 5 Cha… 6 Age… 7 Pro… 8 Pre…"),
        (40, " 1 Purpose   2   3   4   5   6   7   8 "),
    ],
)
async def test_every_view_keeps_as_much_of_its_name_as_there_is_room_for(width: int, told: str) -> None:
    async with Named().run_test(size=(width, 3)) as pilot:
        tabs = pilot.app.query_one(Tabs)
        tabs.names = NAMES
        await pilot.pause()
        assert tabs.painted().plain == told
        at = [tabs.at(n) for n in range(len(told))]
        assert [at[told.index(f"{n + 1} ")] for n in range(len(NAMES))] == [*range(len(NAMES))]
