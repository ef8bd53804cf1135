"""Who has an account open, and where."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.store.conftest import Opening
from tests.store.plans import ACC, ANA, AT, begin, dump, name_ana
from workshop_tui.store import presence
from workshop_tui.store.presence import BEAT, LIVE, OnlinePresence, new_seat
from workshop_tui.store.store import Store


def hears(store: Store, before: int) -> bool:
    """Whether the word that somebody has written comes: a server sends it once it has answered who wrote."""
    until = time.monotonic() + 10
    while store.version() == before and time.monotonic() < until:
        time.sleep(0.001)
    return store.version() != before


def seat(
    name: str, actor: str = "rowan", block: str = "B1", after: dt.timedelta = dt.timedelta()
) -> OnlinePresence:
    return OnlinePresence(name, actor, "S1", block, AT + after)


def test_who_sits_where_is_known_to_all_until_they_leave(place: Opening) -> None:
    mine, theirs = place(), place()
    assert mine.join(ACC, seat("a")) == "rowan"
    assert theirs.join(ACC, seat("b", "mirela", "B2", BEAT)) == "mirela"
    assert mine.online(ACC, AT) == (seat("b", "mirela", "B2", BEAT), seat("a"))
    assert mine.online("another", AT) == ()
    theirs.join(ACC, seat("b", "mirela", "B3", BEAT))
    assert [found.block for found in mine.online(ACC, AT + BEAT)] == ["B3"]
    theirs.leave(ACC, "b")
    assert mine.online(ACC, AT) == (seat("a"),)


def test_what_is_looked_at_is_known_to_all(place: Opening) -> None:
    since = AT.isoformat()
    mine = OnlinePresence(
        "a", "rowan", "S1", "B1", AT, "alliance", "AskView", "ana", "Answer/a", covered=True, since=since
    )
    place().join(ACC, mine)
    assert place().online(ACC, AT) == (mine,)


def test_two_keyboards_under_one_login_are_two_people(store: Store) -> None:
    assert [store.join(ACC, seat(name)) for name in "abcb"] == [
        "rowan",
        "rowan (2)",
        "rowan (3)",
        "rowan (2)",
    ]
    store.leave(ACC, "a")
    assert store.join(ACC, seat("c")) == "rowan"


def test_what_was_kept_under_a_number_is_there_for_who_is_alone_again(store: Store) -> None:
    begin(store, ANA)
    names = [store.join(ACC, seat(name)) for name in "abc"]
    kept = {"rowan": "mine", "rowan (2)": "second", "rowan (3)": "third", "mirela (2)": "of another"}
    for actor, text in kept.items():
        store.save_draft(ACC, actor, "Action/a/due", text)
    store.save_draft(ACC, "rowan (2)", "capture", "Ana said")
    store.leave(ACC, "a")
    store.leave(ACC, "b")
    assert store.join(ACC, seat("d")) == "rowan"  # the third is still there
    assert store.drafts(ACC, "rowan") == {"Action/a/due": "mine", "capture": "Ana said"}
    assert [store.drafts(ACC, name)["Action/a/due"] for name in names] == ["mine", "second", "third"]
    assert list(store.drafts(ACC, "mirela (2)")) == ["Action/a/due"]
    store.save_draft(ACC, "rowan", "Action/a/due", "")
    store.leave(ACC, "d")
    assert store.join(ACC, seat("e")) == "rowan"
    assert store.drafts(ACC, "rowan") == {"Action/a/due": "second", "capture": "Ana said"}


def test_a_seat_of_which_nothing_was_heard_is_free_again(store: Store) -> None:
    late = LIVE + BEAT
    store.join(ACC, seat("a"))
    assert store.join(ACC, seat("b", after=late)) == "rowan"
    assert [found.seat for found in store.online(ACC, AT)] == ["b"]
    assert store.join(ACC, seat("a", after=late)) == "rowan (2)"  # who comes back is told another name


def test_a_killed_process_leaves_no_seat_behind(store: Store) -> None:
    mine = new_seat()
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    dead = mine.replace(str(os.getpid()), str(gone.pid))
    assert [store.join(ACC, seat(name)) for name in (dead, mine)] == ["rowan", "rowan"]
    assert [found.seat for found in store.online(ACC, AT)] == [mine]


def looking(name: str, audience: str, session: str = "S1") -> OnlinePresence:
    return OnlinePresence(name, "rowan", session, "B1", AT, audience)


def test_for_whom_a_session_was_left_is_known_until_another_takes_over(place: Opening) -> None:
    room, scribe = place(), place()
    room.join(ACC, looking("room", "customer"))
    scribe.join(ACC, looking("scribe", "alliance"))
    assert scribe.audiences(ACC) == {"S1": {"customer", "alliance"}}
    room.leave(ACC, "room")
    scribe.join(ACC, looking("scribe", "ps"))  # who is there already takes nothing over
    scribe.join(ACC, looking("elsewhere", "tech", "S2"))
    assert scribe.audiences(ACC) == {"S1": {"customer", "ps"}, "S2": {"tech"}}
    assert [seat.seat for seat in scribe.online(ACC, AT)] == ["scribe", "elsewhere"]
    room.join(ACC, looking("again", "customer"))
    room.join(ACC, looking("again", "alliance"))
    assert room.audiences(ACC)["S1"] == {"alliance", "ps"}
    assert room.audiences("another") == {}


def test_for_whom_a_killed_process_had_a_session_open_is_known(store: Store) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    dead = new_seat().replace(str(os.getpid()), str(gone.pid))
    store.join(ACC, looking(dead, "customer"))
    assert store.online(ACC, AT) == ()
    assert store.audiences(ACC) == {"S1": {"customer"}}


def test_of_a_process_on_another_machine_of_the_same_name_nothing_is_known(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    (tmp_path / "boot_id").write_text("another")
    presence._machine.cache_clear()
    with monkeypatch.context() as there:
        there.setattr(presence, "BOOT", tmp_path / "boot_id")
        theirs = new_seat().replace(f"-{os.getpid()}-", f"-{gone.pid}-")
        presence._machine.cache_clear()
    store.join(ACC, seat(theirs))
    assert [found.seat for found in store.online(ACC, AT)] == [theirs]


def test_seats_are_neither_in_the_plan_nor_in_the_journal(store: Store) -> None:
    begin(store, ANA)
    before = dump(store), store.load(ACC)
    store.join(ACC, seat("a"))
    assert (dump(store), store.load(ACC)) == before


def test_the_version_tells_that_somebody_has_written(place: Opening) -> None:
    mine, theirs = place(), place()
    begin(mine, ANA)
    seen = mine.version()
    assert mine.version() == mine.version() == seen
    theirs.commit(ACC, name_ana(ANA.name, "Ana of theirs"))
    assert hears(mine, seen)
