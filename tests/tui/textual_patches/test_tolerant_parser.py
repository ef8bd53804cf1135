"""Whatever a terminal sends, what can be read of it is read."""

from __future__ import annotations

import inspect
import random
from collections.abc import Iterable

import pytest
from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message
from textual.widgets import Input

from workshop_tui.tui.textual_patches.hardened_app import HardenedApp
from workshop_tui.tui.textual_patches.tolerant_parser import TolerantParser


def read(text: str, parser: TolerantParser | None = None) -> list[Message]:
    """Return what the parser makes of what a terminal sends."""
    return list((parser or TolerantParser()).feed(text))


UNREADABLE = (
    "\x1b[:A",
    "\x1b[9999999999A",
    "\x1b[1;;99999999u",
    "\x1b[48;99999;99999;1;1t",
    "\x1b[48;0;0;0;0t",
)


@pytest.mark.parametrize("sequence", UNREADABLE)
def test_what_is_no_key_is_dropped_and_the_next_one_read(sequence: str) -> None:
    (key,) = read(f"{sequence}a")
    assert isinstance(key, events.Key)
    assert key.key == "a"


@pytest.mark.parametrize(
    ("sequence", "keys"),
    [
        ("\x1b[97;1:1u", ["a"]),
        ("\x1b[97;1:2u", ["a"]),
        ("\x1b[97;1:3u", []),
        ("\x1b[97:65;2:1;65u", ["A"]),
        ("\x1b[97::97;5u", ["ctrl+a"]),
        ("\x1b[1;1:1A", ["up"]),
        ("\x1b[1;1:3A", []),
        ("\x1b[3;5:2~", ["ctrl+delete"]),
    ],
)
def test_what_a_terminal_tells_of_a_key_beyond_the_key_is_read_too(sequence: str, keys: list[str]) -> None:
    assert [key.key for key in read(sequence) if isinstance(key, events.Key)] == keys


PARTS = ["0", "1", "3", "5", "48", "97", "200", "2026", "55296", "57441", "9999999999", *":;;<?-"]
FIRST, LAST = "[[[[[O]P_", "ABCDFHPQRSuu~~tMmIOcy$\\\x07\x00é"


def sequences(number: int) -> Iterable[str]:
    """Make up escape sequences, most of them almost right; always the same ones."""
    chance = random.Random(21)  # noqa: S311 - no secret
    for _ in range(number):
        body = "".join(chance.choice(PARTS) for _ in range(chance.randrange(8)))
        yield f"\x1b{chance.choice(FIRST)}{body}{chance.choice(LAST)}"


def test_thousands_of_made_up_sequences_leave_the_parser_reading() -> None:
    parser = TolerantParser()
    for sequence in sequences(5000):
        read(sequence, parser)
        if sequence.endswith("\x1b[200~"):
            read("\x1b[201~", parser)
        keys = [event for event in read("\x1b[Az", parser) if isinstance(event, events.Key)]
        assert keys[-1].key == "z", sequence


async def test_what_the_parser_makes_of_them_leaves_the_app_alive() -> None:
    parser = TolerantParser()
    async with HardenedApp().run_test() as pilot:
        app = pilot.app
        await app.screen.mount(field := Input())
        field.focus()
        for sequence in sequences(300):
            for event in read(f"{sequence}\x1b[201~", parser):
                if "ctrl+" not in getattr(event, "key", ""):
                    event.set_sender(app)
                    app.post_message(event)
            app.call_later(field.clear)  # each key took longer, the more stood there
        await pilot.pause()
        assert app.is_running
        assert app.size == (80, 24)


def test_textual_still_makes_keys_of_sequences_by_a_name_that_can_be_replaced() -> None:
    assert "_sequence_to_key_events" in inspect.getsource(XTermParser.parse)


def test_only_what_may_still_become_another_key_is_waited_for() -> None:
    parser = TolerantParser()
    assert parser.waits is None
    read("\x1b", parser)
    assert parser.waits
    read("[A", parser)
    assert parser.waits is None
