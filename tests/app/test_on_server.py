"""The app and the window for the room on a database on a server, from opening it to a server that dies."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.app.driver import driving, seed
from tests.app.test_room import rooming
from tests.postgres import CANARY, PEOPLE, Server
from workshop_tui.domain.base.vocabulary import ALLIANCE, BlockKind
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Step, set_field
from workshop_tui.server_url import ServerUrl
from workshop_tui.store.store import Store


@pytest.fixture
def on_server(server: Server, sample: AccountPlan) -> ServerUrl:
    """The sample account in a database that is somebody's who has a password."""
    name = server.new()
    server.run(f"ALTER SCHEMA public OWNER TO {PEOPLE}", name)
    url = server.url(name, user=PEOPLE)
    seed(url, sample)
    return url


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    yield
    written = b"".join(each.read_bytes() for each in tmp_path.rglob("*") if each.is_file())
    for password in (CANARY, CANARY.replace("%2F", "/")):
        assert password.encode() not in written


async def test_two_and_the_room_work_on_it_and_nothing_typed_is_lost_when_the_server_dies(
    server: Server, on_server: ServerUrl
) -> None:
    async with driving(on_server, account="norvane") as app, rooming(on_server, audience=ALLIANCE) as room:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await room.shows("Stakeholder map")
        with closing(Store.open(on_server)) as other:
            plan, _ = other.load("norvane")
            first = plan.all(Stakeholder)[0]
            begun = time.monotonic()
            other.commit("norvane", Step(set_field(first, "title", "Chair of the board"), "mirela"))
            await app.wait_until(lambda: app.shows("Chair of the board"), "what another did is shown")
            assert time.monotonic() - begun < 1.5  # and most of that is how long a test waits to look
            await room.shows("Chair of the board")
        server.stop()
        try:
            await app.press("f2")
            await app.type_text("d: Go on")
            await app.wait_until(lambda: "NOT SAVED: it" in app.rows[0], "it is said")
            await app.press("enter")
            assert "NOT SAVED" in app.rows[0]
        finally:
            server.start()
        await app.wait_until(lambda: app.live.is_saved and " saved" in app.rows[0], "all is saved")
        shown = "\n".join((*app.rows, *room.rows, str(app.app.title), app.app.place, repr(app.app.path)))
        assert CANARY not in shown
        assert "postgresql://anna@/" in shown
    with closing(Store.open(on_server)) as other:
        (last,) = other.since("norvane", other.load("norvane")[1] - 1)
        assert "Go on" in repr(last)
