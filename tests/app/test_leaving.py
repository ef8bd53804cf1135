"""Leaving a session leads back to the library, and not out of the app."""

import asyncio
import datetime as dt
from pathlib import Path

from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Step
from workshop_tui.settings import Settings
from workshop_tui.store.store import Store
from workshop_tui.tui.app import WorkshopApp
from workshop_tui.tui.screens.library import Library

AT = dt.datetime(2026, 6, 9, 9, 47, tzinfo=dt.UTC)


async def test_q_leads_from_a_session_to_the_library(sample: AccountPlan, tmp_path: Path) -> None:
    path, account = tmp_path / "w.db", sample.account.id
    store = Store.open(path)
    store.commit(account, Step(tuple(Add(row) for row in sample), "me", AT))
    store.close()
    settings = Settings(tmp_path / "config.toml", "me")
    app = WorkshopApp(path, settings, tmp_path / "crash.log", lambda: AT, account=account)
    async with app.run_test() as pilot, asyncio.timeout(30):
        while not (app.workshop and app.screen is app.workshop and app.workshop.focused):
            await pilot.pause()
        await pilot.press("q")
        while not isinstance(app.screen, Library):
            await pilot.pause()
        await app.workers.wait_for_complete()
        assert app.is_running
        assert app.workshop is None
    app.storage.close(timeout=10)
