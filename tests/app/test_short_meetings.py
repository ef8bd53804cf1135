"""The introduction call and the monthly governance, held by their playbooks and by keys."""

from __future__ import annotations

import datetime as dt
from itertools import count
from pathlib import Path

import pytest

from tests.app.driver import AT, Driven, driving, seed
from workshop_tui.domain.base.vocabulary import AccountStage, BlockKind
from workshop_tui.domain.lifecycle.start import start_session
from workshop_tui.domain.model.account import Gate
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.discovery import Bullet
from workshop_tui.domain.model.scorecard import SteeringDate
from workshop_tui.domain.model.session import Chemistry, Decision
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Step, apply
from workshop_tui.playbooks.loader import load_playbook


@pytest.fixture
def begun(tmp_path: Path, sample: AccountPlan) -> tuple[Path, AccountPlan]:
    return tmp_path / "w.db", sample


def begin(begun: tuple[Path, AccountPlan], playbook: str) -> Path:
    """Put the sample into a database, with a session by a playbook on its day."""
    path, plan = begun
    ids = (f"n{n}" for n in count())
    step = Step(tuple(start_session(plan, load_playbook(playbook), AT.date(), lambda: next(ids))))
    seed(path, apply(plan, step))
    return path


def view(app: Driven) -> str:
    stage = app.workspace.stage
    return stage.views[stage.number].title


async def test_an_introduction_call_by_keys(begun: tuple[Path, AccountPlan]) -> None:
    path = begin(begun, "introduction")
    async with driving(path, account="norvane", session=3) as app:
        assert [block.kind for block in app.workspace.blocks()][:4] == [BlockKind.INTRODUCTION] * 4
        seen = [view(app)]
        for _ in range(3):
            await app.press("n")
            seen.append(view(app))
        assert seen == ["Team", "Both forms", "Talking points", "Chemistry, go or no go"]
        await app.press("b", "b")
        await app.press("a")
        await app.type_text("Nobody here knows audit", "enter", "escape")
        assert app.live.whole.where(Bullet, text="Nobody here knows audit")
        await app.press("n")
        assert app.shows("Senior access today")
        assert app.shows("They differ: what")
        await app.press("n")
        session = app.live.session_id
        await app.go("Quillhaven", "Chemistry", "main", "4")
        assert app.live.whole.where(Chemistry, session=session, party="ps", score=4)
        before = app.live.whole
        await app.go("Stratalume", "Go?", "main", "n")
        await app.wait_until(lambda: "Stratalume: which account leader says no go?" in app.text)
        await app.press("end", "ctrl+u", "escape")
        assert app.live.whole == before  # a word without a name is none
        await app.go("Quillhaven", "Go?", "main", "g")
        await app.press("end", "ctrl+u")
        await app.type_text("Rowan Achterberg", "enter")
        await app.go("Stratalume", "Go?", "main", "n")
        await app.press("end", "ctrl+u")
        await app.type_text("Lucía Brightwater", "enter")
        gates = {
            gate.party: (gate.agreed, gate.by)
            for gate in app.live.whole.where(Gate, stage=AccountStage.INTRODUCED)
        }
        assert gates == {"ps": (True, "Rowan Achterberg"), "tech": (False, "Lucía Brightwater")}
        assert app.shows("No go: say why on the account's stage.")
        await app.press("f4")
        assert not app.shows("hemistry")
        assert not app.shows("No go")


async def test_the_monthly_governance_by_keys(begun: tuple[Path, AccountPlan]) -> None:
    path = begin(begun, "governance")
    async with driving(path, account="norvane", session=3) as app:
        await app.press("n")
        assert view(app) == "Last actions"
        await app.press("n")
        assert view(app) == "Scorecard"
        await app.press("R", "4", "ctrl+s")
        await app.press("n")
        assert view(app) == "To decide"
        assert app.shows("the figure is worse than before")
        await app.press("a")
        await app.type_text("Drop the round table", "enter", "escape")
        assert app.live.whole.where(Decision, text="Drop the round table", session=app.live.session_id)
        await app.press("n")
        await app.press("a")
        await app.type_text("Close five points with security", "enter", "escape")
        assert app.live.whole.where(Action, title="Close five points with security")
        await app.press("n")
        assert view(app) == "Governance"
        assert app.shows("Next dates")
        await app.press("enter")  # it opens where the next date is typed
        await app.type_text("+4w", "enter", "escape")
        (date,) = app.live.whole.all(SteeringDate)
        assert date.on == AT.date() + dt.timedelta(weeks=4)
        await app.press("n")
        assert view(app) == "Read-back"
