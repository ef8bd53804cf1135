"""A plan comes back in the library: a preview first, then one Step, or nothing."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import closing
from pathlib import Path

from tests.app.driver import Driven, driving
from workshop_tui.documents.export import export
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Step, set_field
from workshop_tui.store.store import Store
from workshop_tui.tui.screens.library import Library
from workshop_tui.tui.screens.plan_update import PlanUpdateScreen

ON = dt.date(2026, 6, 9)


def plan_in(path: Path) -> AccountPlan:
    with closing(Store.open(path)) as store:
        return store.load("norvane")[0]


def written(path: Path, *pairs: tuple[str, str]) -> Path:
    """Write the customer's plan beside the database, with words changed in it."""
    text = export(plan_in(path), "customer", "md", on=ON).text
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    file = path.parent / "plan.md"
    file.write_text(text, "utf-8")
    return file


async def previewed(app: Driven, file: Path) -> None:
    await app.press("u")
    await app.wait_until(lambda: app.shows("Read a plan back"), "the dialog")
    await app.type_text(str(file), "ctrl+s")


def tells(app: Driven, text: str) -> bool:
    """Whether a text is painted, wherever its lines are broken: that depends on how long a path is."""
    return re.sub(r"\s", "", text) in re.sub(r"[\s│]", "", app.text)


def shown(app: Driven) -> list[tuple[str, str]]:
    """Return line and outcome of each row of the preview."""
    rows = app.sheet("update").table.rows
    return [(row.cells[0].text, row.cells[-1].text) for row in rows if row.cells]


async def test_what_is_previewed_and_chosen_comes_in_as_one_step(
    norvane: Path,
) -> None:
    file = written(
        norvane,
        ("- [ ] **Send Dev", "- [ ] Book the room · Anselm\n- [ ] Bring cake\n- [x] **Send Dev"),
        ("23 Jun 2026", "24 Jun 2026"),
        ("Jonty Eskeland (Quillhaven) · 31 Jul", "Nobody Atall · 31 Jul"),
    )
    with closing(Store.open(norvane)) as store:
        row = store.load("norvane")[0].get(Action, "A08")
        assert row
        store.commit("norvane", Step(set_field(row, "due", "2026-07-07"), "me"))
    before = plan_in(norvane)
    async with driving(norvane) as app:
        await app.wait_until(lambda: app.shows("Norvane Bank"), "the library")
        await previewed(app, file)
        await app.wait_until(lambda: isinstance(app.app.screen, PlanUpdateScreen), "the preview")
        assert tells(
            app, "plan.md, a plan of Norvane Bank, cut for the customer: 1 line changed · 2 new · 1 to be"
        )
        found = shown(app)
        assert found[0] == ("17", "? the file has due 24 Jun 2026, the plan due 7 Jul 2026")
        assert found[1][1].startswith("There is nobody called «Nobody Atall»: use ")
        assert found[2:] == [("16", "done on 9 Jun 2026"), ("14", "+ a new action"), ("15", "+ a new action")]
        await app.press("ctrl+s")
        await app.wait_until(lambda: app.shows("✗ Say of each line with a ? what holds"), "it is asked")
        assert plan_in(norvane) == before
        await app.press("enter")
        assert shown(app)[0] == ("17", "✓ as in the file: due 7 Jul 2026 → 24 Jun 2026")
        await app.go("offered/15", "", "update", "enter")
        assert shown(app)[-1] == ("15", "left out")
        await app.press("ctrl+s")
        await app.wait_until(lambda: isinstance(app.app.screen, Library), "it is taken")
        assert app.told == "2 actions changed and 1 new action: Ctrl+Z takes all of it back."
        now = plan_in(norvane)
        due = {row.id: row.due for row in now.all(Action)}
        assert due["A08"] == dt.date(2026, 6, 24)
        assert {row.title for row in now.all(Action)} - {row.title for row in before.all(Action)} == {
            "Book the room"
        }
        await app.press("ctrl+z")
        await app.wait_until(lambda: plan_in(norvane) == before, "all of it is taken back")


async def test_enter_takes_what_is_sure_and_what_is_no_plan_or_unchanged_is_said(norvane: Path) -> None:
    file = written(norvane)
    async with driving(norvane) as app:
        await app.wait_until(lambda: app.shows("Norvane Bank"), "the library")
        await previewed(app, norvane.parent / "none.md")
        await app.wait_until(lambda: tells(app, "can't be read, as it is not there"), "it isn't there")
        await app.press("escape")
        await previewed(app, file)
        await app.wait_until(
            lambda: app.told.startswith("There is nothing to do in Norvane Bank: "), "unchanged"
        )
        assert app.told.endswith(f"{file.name} (cut for the customer) changes nothing.")
        written(norvane, ("- [ ] **Send Dev", "* [X] **Send Dev"))
        await previewed(app, file)
        await app.wait_until(lambda: isinstance(app.app.screen, PlanUpdateScreen), "the preview")
        await app.press("enter")
        await app.wait_until(lambda: isinstance(app.app.screen, Library), "it is taken")
        done = plan_in(norvane).get(Action, "A07")
        assert done
        assert (done.status, done.done_on) == ("done", ON)
