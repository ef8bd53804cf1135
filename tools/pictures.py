"""docs/pictures/*.svg: the app with the sample account, the same pictures wherever they are made."""

import asyncio
import datetime as dt
import os
import re
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from workshop_tui.documents.plan_json import load_plan
from workshop_tui.domain.lifecycle.start import thawed
from workshop_tui.domain.plan.step import Add, Step
from workshop_tui.settings import Settings
from workshop_tui.store.store import Store
from workshop_tui.tui.app import WorkshopApp

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "pictures"
SAMPLE = ROOT / "sessions" / "norvane-bank.json"
DATABASE = Path("sessions", "workshops.db")
NOW = dt.datetime.fromisoformat("2026-06-09T09:47:02").astimezone()  # this hour, in whatever zone

PICTURES = (
    ("library", (120, 12), ["down"]),
    ("stakeholders", (120, 36), ["enter", "n", "n", "n", "j", "j"]),
    ("value", (120, 30), ["n", "n", "n", "3"]),
    ("actions", (120, 36), ["n", "n", "n", "c", "j", "j"]),
    ("customer", (120, 30), ["c", "b", "b", "b", "f4"]),
)
"""What a picture is called, its size in cells, and the keys that lead to it from the one before."""


def clock() -> dt.datetime:
    """Return the moment of the pictures."""
    return NOW


def store_sample() -> None:
    """Put the sample account into a new database."""
    DATABASE.parent.mkdir()
    plan = thawed(load_plan(SAMPLE.read_bytes()))
    store = Store.open(DATABASE)
    store.commit(plan.account.id, Step(tuple(Add(row) for row in plan), "facilitator", NOW))
    store.close()


async def settle(app: WorkshopApp, pilot: Any) -> None:
    """Wait until what was asked for is done, saved and shown."""
    while app.is_running:
        await app.workers.wait_for_complete()
        await app.do_waiting()  # a key that could be a letter of a text
        await pilot.pause()
        workshop = app.workshop
        if workshop is None or (workshop.focused and not workshop.live.saved.waiting):
            break
    await pilot.pause()


def plain(svg: str) -> str:
    """Leave out Textual's web fonts and addresses: a picture fetches nothing."""
    return re.sub(r"\s*(@font-face \{.*?\}|<!--.*?-->)", "", svg, flags=re.DOTALL)


async def make() -> dict[str, str]:
    """Go through the app and take a picture at each stop; return them by name."""
    made = {}
    app = WorkshopApp(DATABASE, Settings(Path("config.toml"), "facilitator"), Path("crash.log"), clock)
    async with app.run_test() as pilot, asyncio.timeout(60):
        for title, size, keys in PICTURES:
            await pilot.resize_terminal(*size)
            for key in keys:
                await settle(app, pilot)
                await pilot.press(key)
            await settle(app, pilot)
            made[title] = plain(app.export_screenshot(title="workshop-tui"))
    app.storage.close(timeout=10)
    return made


def pictures() -> dict[str, str]:
    """Return the pictures by name: all of them, or a failure."""
    os.environ.pop("NO_COLOR", None)
    with TemporaryDirectory(ignore_cleanup_errors=True) as away, chdir(away):
        store_sample()
        return asyncio.run(make())
