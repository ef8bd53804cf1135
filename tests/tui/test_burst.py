"""Which keys are a text that is typed or pasted where nothing is edited, and which are commands."""

from __future__ import annotations

from textual import events
from textual.keys import _character_to_key

from workshop_tui.tui.keyboard import APART, Burst

MOVES = "hjkl"


def pressed(*keys: str, apart: float = 0.01) -> tuple[Burst, str]:
    """Return what becomes of keys so far apart, and which of them were done at once."""
    burst, at_once = Burst(), ""
    for number, key in enumerate(keys):
        event = events.Key(_character_to_key(key), key)
        event.time = number * apart
        if burst.is_over(event.time):
            burst = Burst()
        at_once += key if burst.take(event, moves=key in MOVES) else ""
    return burst, at_once


def test_four_keys_are_a_text_and_three_are_commands() -> None:
    assert pressed(*"next")[0].is_text
    assert pressed(*"a1 ?")[0].is_text
    burst, at_once = pressed(*"nex")
    assert not burst.is_text
    assert ([key.key for key in burst.waiting], at_once) == (["n", "e", "x"], "")


def test_keys_as_far_apart_as_commands_are_never_a_text() -> None:
    burst, _ = pressed(*"nextnextnext", apart=APART + 0.01)
    assert (burst.is_text, burst.text) == (False, "t")


def test_a_move_is_done_at_once_but_not_behind_a_key_that_waits() -> None:
    burst, at_once = pressed(*"jack")
    assert (at_once, burst.is_text, burst.text) == ("j", True, "jack")
    assert pressed(*"jkhl")[1] == "jkhl"
    assert not pressed(*"jkhljk")[0].is_text
    assert pressed(*"njk")[1] == ""


def test_a_key_held_down_is_no_text_and_what_follows_it_begins_anew() -> None:
    for key in "+j":
        burst, _ = pressed(*key * 30)
        assert (burst.is_held_down, burst.is_text) == (True, False)
        burst, _ = pressed(*key * 30, "d")
        assert burst.text == "d"
    assert pressed(*"loose")[0].is_text
    assert pressed(*"oops")[0].is_text
