"""What hardened.py reaches for in Textual is still there, and still does what we rely on."""

from __future__ import annotations

import codecs
import inspect
import io
from collections.abc import Iterable
from pathlib import Path

import pytest
from rich.segment import Segment
from rich.style import Style
from textual._styles_cache import StylesCache
from textual.app import App
from textual.color import Color
from textual.command import CommandList, CommandPalette
from textual.drivers import linux_driver
from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread
from textual.filter import LineFilter
from textual.widget import Widget
from textual.widgets import Static

from workshop_tui.tui.hardened import ControlFilter, HardenedApp, outlive_the_terminal, tolerate_bad_bytes

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


def test_textual_still_decodes_stdin_by_a_name_that_can_be_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    assert linux_driver.getincrementaldecoder is codecs.getincrementaldecoder  # type: ignore[attr-defined]
    assert "getincrementaldecoder(" in inspect.getsource(linux_driver.LinuxDriver.run_input_thread)
    monkeypatch.setattr(linux_driver, "getincrementaldecoder", codecs.getincrementaldecoder)
    tolerate_bad_bytes()
    decoder = linux_driver.getincrementaldecoder("utf-8")()  # type: ignore[attr-defined]
    assert decoder.decode(b"a\xffb") == "a\ufffdb"


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


async def test_a_palette_that_is_taken_away_while_it_searches_crashes_nothing(tmp_path: Path) -> None:
    async with Shown(tmp_path / "crash.log").run_test() as pilot:
        await pilot.press("ctrl+p")
        palette = pilot.app.screen
        assert isinstance(palette, CommandPalette)
        await palette.query_one(CommandList).remove()
        await palette._gather_commands("quit").wait()
        assert pilot.app.is_running
        assert pilot.app._exception is None
