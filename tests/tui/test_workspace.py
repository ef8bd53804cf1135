"""The workspace: what happens is told in order to whoever listens; what is typed in is known by all."""

from pathlib import Path

from tests.app.driver import driving
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.tui.keyboard import Mode
from workshop_tui.tui.screens.workshop import WorkshopScreen
from workshop_tui.tui.workspace import BlockLeft, BlockOpened, FocusMoved, PlanShown, Ticked


async def test_what_happens_is_told_to_whoever_listens_for_it_and_in_the_order_they_asked(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane") as app:
        heard: list[str] = []
        app.workspace.listen(Ticked, lambda _: heard.append("first"))
        app.workspace.listen(Ticked, lambda _: heard.append("second"))
        app.workspace.listen(PlanShown, lambda _: heard.append("shown"))
        app.workspace.emit(Ticked())
        assert heard == ["first", "second"]


async def test_a_step_through_the_agenda_tells_what_is_left_shows_the_block_and_tells_that_it_is_open(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane") as app:
        heard: list[object] = []
        for kind in (BlockLeft, PlanShown, BlockOpened):
            app.workspace.listen(kind, heard.append)
        first, second, *_ = app.workspace.blocks()
        assert app.workspace.block == first
        await app.press("n")
        assert heard[:3] == [BlockLeft(1, second.id), PlanShown(), BlockOpened(second)]
        assert app.workspace.block == second


async def test_it_knows_whether_somebody_types_in_the_editor_or_on_the_capture_line(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        moved: list[object] = []
        app.workspace.listen(FocusMoved, moved.append)
        assert not app.workspace.is_typing
        await app.press("f2")
        assert app.workspace.is_typing
        assert app.workspace.mode is Mode.CAPTURE
        assert moved
        await app.press("escape")
        assert not app.workspace.is_typing
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press("a")
        assert app.workspace.mode is Mode.EDIT
        app.workspace.leave_all()
        assert not app.workspace.is_typing


def test_nothing_stands_on_the_workshop_screen() -> None:
    assert WorkshopScreen.__subclasses__() == []
