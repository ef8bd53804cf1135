"""Keys are read as they come, in a thread that sleeps meanwhile and ends at once."""

from __future__ import annotations

import os
import queue
import selectors
import sys
from collections.abc import Iterator
from contextlib import suppress
from threading import Event, Thread
from typing import Any

import pytest
from textual import constants, events
from textual.message import Message

from workshop_tui.tui.textual_patches.hardened_app import HardenedApp
from workshop_tui.tui.textual_patches.terminal_driver import TerminalDriver, WakingEvent

SECONDS = 5.0


class Reading(TerminalDriver):
    """Keeps what was read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keys: queue.Queue[str] = queue.Queue()

    def process_message(self, message: Message) -> None:
        if isinstance(message, events.Key):
            self._keys.put(message.key)

    def key(self) -> str:
        """Return the next key, once there is one."""
        return self._keys.get(timeout=SECONDS)

    def start(self) -> None:
        """Have the thread read."""
        self._key_thread = Thread(target=self._run_input_thread, daemon=True)
        self._key_thread.start()

    def disable_input(self) -> None:
        """Have the thread end."""
        super().disable_input()
        assert self._key_thread
        assert not self._key_thread.is_alive()


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The end of a pipe at which keys are pressed."""
    reads, writes = os.pipe()
    with os.fdopen(reads) as stdin:
        monkeypatch.setattr(sys, "__stdin__", stdin)
        yield writes
    with suppress(OSError):  # a test may have closed it
        os.close(writes)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float | None]:
    """For how long each look at the keys was to wait."""
    look, waits = selectors.SelectSelector.select, []

    def select(self: selectors.SelectSelector, timeout: float | None = None) -> Any:
        waits.append(timeout)
        return look(self, timeout)

    monkeypatch.setattr(selectors.SelectSelector, "select", select)
    return waits


def reading() -> Reading:
    """Have a driver read, as the app has it do."""
    driver = Reading(HardenedApp(), mouse=False, size=(80, 24))
    driver.start()
    return driver


async def test_the_thread_that_reads_keys_sleeps_until_one_comes_and_ends_at_once(
    keyboard: int, waits: list[float | None]
) -> None:
    driver = reading()
    os.write(keyboard, b"a")
    assert driver.key() == "a"
    driver.disable_input()
    assert set(waits) == {None}


async def test_it_can_be_had_to_read_again_as_after_another_program(keyboard: int) -> None:
    driver = reading()
    driver.disable_input()
    driver.start()
    os.write(keyboard, b"b")
    assert driver.key() == "b"
    driver.disable_input()


async def test_escape_is_waited_for_no_longer_than_a_sequence_may_take(
    keyboard: int, waits: list[float | None]
) -> None:
    driver = reading()
    os.write(keyboard, b"\x1b")
    assert driver.key() == "escape"
    driver.disable_input()
    assert 0 < max(filter(None, waits)) <= constants.ESCAPE_DELAY


async def test_an_invalid_byte_is_replaced(keyboard: int) -> None:
    driver = reading()
    os.write(keyboard, b"\xffb")
    assert [driver.key(), driver.key()] == ["replacement_character", "b"]
    driver.disable_input()


async def test_what_has_ended_is_not_looked_at_again(keyboard: int, monkeypatch: pytest.MonkeyPatch) -> None:
    left = Event()
    monkeypatch.setattr(selectors.SelectSelector, "unregister", lambda *_: left.set())
    driver = reading()
    os.write(keyboard, b"a")
    assert driver.key() == "a"
    os.close(keyboard)
    assert left.wait(SECONDS)
    driver.disable_input()


def test_set_twice_and_cleared_twice_it_neither_wakes_for_ever_nor_waits_for_ever() -> None:
    event = WakingEvent()
    event.set()
    event.set()
    event.clear()
    event.clear()
    with selectors.SelectSelector() as selector:
        selector.register(event, selectors.EVENT_READ)
        assert not selector.select(0)
        event.set()
        assert selector.select(0)
