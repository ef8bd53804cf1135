"""What hardened.py reaches for in Textual is still there, and still does what we rely on."""

from __future__ import annotations

import asyncio
import inspect
import io
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

import pytest
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual._styles_cache import StylesCache
from textual.app import App
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.css.query import NoMatches
from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread
from textual.filter import LineFilter
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList, Static

from workshop_tui.tui.textual_patches.hardened_app import (
    ControlFilter,
    HardenedApp,
    Palette,
    outlive_the_terminal,
)

BLACK = Color(0, 0, 0)
HOSTILE = "a\x1b]52;c;aGk=\x07b\x9b31m\u202ec\ud83d\x00d\te\u2066f"


class Shown(HardenedApp):
    """Paints hostile text that no clean_text has met."""

    def __init__(self, crash_log: Path) -> None:
        super().__init__()
        self.crash_log = crash_log

    def compose(self) -> Iterable[Widget]:
        yield Static(HOSTILE, markup=False)

    def action_fail(self) -> None:
        value = "Vermilion"
        raise RuntimeError(value)


def test_a_writer_whose_terminal_is_gone_makes_nobody_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WriterThread, "run", WriterThread.run)
    outlive_the_terminal()
    gone = io.StringIO()
    monkeypatch.setattr(gone, "write", _refuse)
    writer = WriterThread(gone)
    writer.start()
    for _ in range(MAX_QUEUED_WRITES * 2):
        writer.write("x")
    writer.stop()
    assert not writer.is_alive()


def _refuse(_text: str) -> None:
    raise OSError(5, "gone")


def test_textual_still_tells_of_a_crash_through_one_method() -> None:
    assert list(inspect.signature(App._fatal_error).parameters) == ["self"]
    assert "_fatal_error()" in inspect.getsource(App._handle_exception)
    app: App[int] = App()
    app._return_code = 7
    assert app.return_code == 7


def test_textual_still_filters_what_it_paints() -> None:
    assert issubclass(ControlFilter, LineFilter)
    assert "app.get_line_filters()" in inspect.getsource(Widget.get_line_filters)
    assert "widget.get_line_filters()" in inspect.getsource(StylesCache.render_widget)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("plain [b]", "plain [b]"),
        ("a\tb", "a b"),
        ("\x1b[31m", "\ufffd[31m"),
        ("\x9b\x07\x00", "\ufffd" * 3),
        ("\u202e\u2066\u200f\u061c", "\ufffd" * 4),
        ("\ud83d", "\ufffd"),
        ("日本 👩‍👩‍👧 e\u0301", "日本 👩‍👩‍👧 e\u0301"),
    ],
)
def test_the_second_net_replaces_what_could_steer_the_terminal(text: str, clean: str) -> None:
    style = Style(bold=True)
    assert ControlFilter().apply([Segment(text, style)], BLACK) == [Segment(clean, style)]


def test_the_second_net_leaves_textuals_own_control_codes() -> None:
    bell = Segment("\x07", None, [(1,)])  # type: ignore[list-item]
    assert ControlFilter().apply([bell], BLACK) == [bell]


async def test_what_was_never_cleaned_is_painted_without_control(tmp_path: Path) -> None:
    app = Shown(tmp_path / "log" / "crash.log")
    async with app.run_test() as pilot:
        await pilot.pause()
        segments = [segment for strip in app.screen._compositor.render_strips() for segment in strip]
    text = "".join(segment.text for segment in segments)
    assert text.startswith("a\ufffd]52;c;aGk=")
    assert all(sign.isprintable() for sign in text)


async def test_a_crash_leaves_code_without_values_in_a_log_of_ones_own(tmp_path: Path) -> None:
    app = Shown(tmp_path / "log" / "crash.log")
    with pytest.raises(RuntimeError):  # noqa: PT012 - it comes out where the app is left
        async with app.run_test() as pilot:
            app.call_later(app.action_fail)
            await pilot.pause()
    told = app.crash_log.read_text()
    assert app.crash_log.stat().st_mode & 0o777 == 0o600
    assert app.crash_log.parent.stat().st_mode & 0o777 == 0o700
    assert told.endswith("RuntimeError\n")
    assert "action_fail" in told
    assert "Vermilion" not in told
    assert app.return_code == 1


async def test_what_still_comes_for_a_screen_that_is_being_taken_away_crashes_nothing(tmp_path: Path) -> None:
    async with Shown(tmp_path / "crash.log").run_test() as pilot:
        await pilot.press("ctrl+p")
        palette = pilot.app.screen
        assert isinstance(palette, Palette)
        gone = palette.remove()
        palette.call_later(lambda: palette.query_one("#nowhere"))
        palette.run_worker(_look_for_nothing(palette))
        await gone
        await pilot.pause()
        assert pilot.app.is_running
        assert pilot.app._exception is None


async def _look_for_nothing(palette: Palette) -> None:
    palette.query_one("#nowhere")


async def test_what_is_not_found_in_a_screen_that_stays_is_a_crash(tmp_path: Path) -> None:
    with pytest.raises(NoMatches):  # noqa: PT012 - it comes out where the app is left
        async with Shown(tmp_path / "crash.log").run_test() as pilot:
            pilot.app.screen.call_later(lambda: pilot.app.screen.query_one("#nowhere"))
            await pilot.pause()


async def test_the_palette_is_there_but_once_and_goes_away_but_once(tmp_path: Path) -> None:
    async with Shown(tmp_path / "crash.log").run_test() as pilot:
        app = pilot.app
        await pilot.press("ctrl+p")
        palette = app.screen
        app.push_screen(Screen())
        app.action_command_palette()
        await pilot.pause()
        assert app.screen_stack[1:] == [palette, app.screen]
        palette.dismiss()
        app.pop_screen()
        palette.dismiss()
        palette.dismiss()
        await pilot.pause()
        assert len(app.screen_stack) == 1
        assert app.is_running


async def test_a_page_of_a_list_that_is_not_laid_out_yet_is_no_crash(tmp_path: Path) -> None:
    async with Shown(tmp_path / "crash.log").run_test() as pilot:
        options = OptionList("one", "two")
        options.display = False
        await pilot.app.screen.mount(options)
        options.highlighted = 0
        options.action_page_down()  # type: ignore[no-untyped-call]
        options.action_page_up()  # type: ignore[no-untyped-call]
        assert options.highlighted == 0
        options.display = True
        await pilot.pause()
        options.action_page_down()  # type: ignore[no-untyped-call]
        assert options.highlighted == 1


async def test_the_app_outlives_whoever_waited_for_the_same_and_was_cancelled(tmp_path: Path) -> None:
    async with Shown(tmp_path / "crash.log").run_test() as pilot:
        shared = asyncio.get_running_loop().create_future()
        pilot.app.call_next(lambda: shared)
        await asyncio.sleep(0)
        shared.cancel()
        await pilot.pause()
        assert pilot.app.is_running


async def test_a_key_waits_for_the_screen_that_it_finds_on_its_way(tmp_path: Path) -> None:
    class Slow(Screen[None]):
        BINDINGS: ClassVar[list[BindingType]] = [Binding("x", "note", "Note", priority=True)]
        ready = asyncio.Event()
        keys: ClassVar[list[str]] = []

        async def on_mount(self) -> None:
            await self.ready.wait()

        def action_note(self) -> None:
            self.keys.append("after it was there" if self._is_mounted else "too early")

    async with Shown(tmp_path / "crash.log").run_test() as pilot:
        slow = Slow()
        pilot.app.post_message(events.Key("x", "x"))
        mounting = pilot.app.push_screen(slow)
        await asyncio.sleep(0)
        slow.ready.set()
        await mounting
        await pilot.pause()
        assert slow.keys == ["after it was there"]
