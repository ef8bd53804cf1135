"""The names of the views, in the room there is."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from workshop_tui.tui.widgets.status_bar import Bar, Tabs
from workshop_tui.views.status_bar import BarText, ClockText

NAMES = "Purpose", "Team", "Customer", "Last actions", "Changes", "Agenda", "Promises kept", "Prepare"
WHOLE = f" {'   '.join(f'{n} {name}' for n, name in enumerate(NAMES, 1))} "


PLACE = "Norvane Bank › Session 2 · 9 Jun 2026"
OTHERS = "with root (shared) · Value", "with root (shared)", "1 other (shared)", "1 shared"


class WithBar(App[None]):
    """The line at the top, with a clock and somebody else."""

    def compose(self) -> ComposeResult:
        yield Bar(id="bar")


@pytest.mark.parametrize(
    ("width", "told"),
    [(160, OTHERS[0]), (120, OTHERS[1]), (110, OTHERS[2]), (100, OTHERS[2]), (80, OTHERS[3])],
)
async def test_that_another_screen_is_shared_is_told_before_the_end_of_the_place(
    width: int, told: str
) -> None:
    async with WithBar().run_test(size=(width, 3)) as pilot:
        bar = pilot.app.query_one(Bar)
        bar.text, bar.others = BarText(PLACE, "TEAM ONLY", saved="saved 10:31:07"), OTHERS
        bar.clock = ClockText(("Purpose ! 02:00 left  13 behind", "! 02:00 left  13 behind", "02:00"))
        await pilot.pause()
        line = bar.render_line(0).text
        assert f" {told} " in line
        assert PLACE[:12] in line


async def test_where_we_are_is_told_at_80_columns_beside_all_else() -> None:
    async with WithBar().run_test(size=(80, 3)) as pilot:
        bar = pilot.app.query_one(Bar)
        frozen = ("frozen at 9 Jun 2026", "frozen 9 Jun 2026", "frozen")
        bar.text = BarText(PLACE, "TEAM ONLY", saved="saved 10:31:07", frozen=frozen)
        bar.clock, bar.others = ClockText(("Purpose 02:00 left", "02:00 left", "02:00")), OTHERS
        await pilot.pause()
        line = bar.render_line(0).text
        assert PLACE[:12] in line
        assert " frozen · 1 shared  TEAM ONLY " in line
        assert "02:00" in line


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
