"""The dialogs with which an account or a session begins: what they say of what is wrong, and of the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.app.driver import AT, driving
from workshop_tui.domain.base.dates import Calendar
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.lifecycle.start import start_session
from workshop_tui.domain.model.playbook import Playbook
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Change
from workshop_tui.live.live_plan import new_id
from workshop_tui.playbooks import loader
from workshop_tui.tui.screens.starting import account_dialog, session_dialog

OURS = Path(loader.__file__).with_name("half-day.toml")


async def _never(_changes: Iterable[Change]) -> str:
    raise AssertionError


async def test_what_is_wrong_with_a_playbook_is_told_beneath_the_playbook(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("[[agenda")
    dialog = account_dialog(Calendar(dt.date(2026, 6, 9)), [tmp_path], "", _never)
    names = {"name": "Norvane Bank", "first": "Quillhaven", "second": "Stratalume"}
    wrong = await dialog._take({**names, "date": "fri", "playbook": "broken"})
    assert list(wrong) == ["playbook"]
    assert "broken.toml: this is not TOML" in wrong["playbook"]


@pytest.fixture
def month_first(norvane: Path) -> str:
    """A playbook beside the database in which 8/9 is 9 August."""
    folder = norvane.parent / "playbooks"
    folder.mkdir()
    said = OURS.read_text("utf-8").replace("[dates]", '[dates]\norder = "month_first"')
    (folder / "month-first.toml").write_text(said, "utf-8")
    return "month-first"


async def test_a_session_is_held_on_the_day_its_playbook_reads(
    sample: AccountPlan, norvane: Path, month_first: str
) -> None:
    begun: list[Change] = []

    async def take(changes: tuple[Change, ...]) -> str:
        begun.extend(changes)
        return ""

    def start(playbook: Playbook, day: dt.date) -> tuple[Change, ...]:
        return start_session(sample, playbook, day, new_id)

    last = sample.sessions[-1]
    short = AccountPlan.of(with_values(row, playbook="ninety") if row == last else row for row in sample)
    for plan, proposed in ((sample, "half-day"), (short, "ninety")):
        form = session_dialog(plan, Calendar(AT.date()), [], start, take)
        assert [field.value for field in form._fields if field.name == "playbook"] == [proposed]
    dialog = session_dialog(sample, Calendar(AT.date()), [norvane.parent / "playbooks"], start, take)
    for playbook, day in (("half-day", "2027-09-08"), (month_first, "2027-08-09")):
        begun.clear()
        assert not await dialog._take({"date": "8/9/2027", "playbook": playbook})
        (session,) = (c.row for c in begun if isinstance(c, Add) and isinstance(c.row, Session))
        assert session.held_on.isoformat() == day


async def test_another_playbook_says_at_once_how_it_reads_the_day(norvane: Path, month_first: str) -> None:
    async with driving(norvane, size=(100, 30)) as app:
        await app.press("s")
        await app.wait_until(lambda: app.shows("New session · Norvane"), "the dialog is there")
        await app.press(*("backspace",) * 20)
        await app.type_text("4/9/2027")
        assert app.shows("→ Sat 4 Sep 2027, a weekend")
        app.app.screen.query_one("#f-playbook").value = month_first  # type: ignore[attr-defined]
        await app.quiet()
        assert app.shows("→ Fri 9 Apr 2027")


async def test_the_dialog_proposes_what_a_firm_is_called_in_headings(empty: Path) -> None:
    async with driving(empty, size=(100, 30)) as app:
        await app.press("n")
        await app.wait_until(lambda: app.shows("New account"), "the dialog is there")
        await app.type_text(
            "Norvane Bank", "tab", *"Quillhaven Partners LLP", "tab", *"Quillhaven Cloud", "enter"
        )
        assert app.shows("→ Quillhaven in headings")
        await app.press("ctrl+s")
        await app.wait_until(lambda: app.app.workshop, "the session is open")
        assert [(p.id, p.name, p.short) for p in app.live.view.partners] == [
            ("quillhaven", "Quillhaven Partners LLP", "Quillhaven"),
            ("qc", "Quillhaven Cloud", "QC"),
        ]
        await app.press("v", "2")
        assert app.shows("QC")
        assert not app.shows("Quillhaven Partners LLP")


async def test_what_a_firm_is_called_is_changed_in_the_opening_and_where_the_account_is(empty: Path) -> None:
    async with driving(empty, size=(100, 36)) as app:
        await app.press("n")
        await app.wait_until(lambda: app.shows("New account"), "the dialog is there")
        await app.type_text("Norvane Bank", "tab", *"Quillhaven Ltd", "tab", *"Quillhaven Cloud", "enter")
        assert app.shows("→ QC in headings; change it in Opening, Purpose")
        await app.press("ctrl+s")
        await app.wait_until(lambda: app.app.workshop, "the session is open")
        await app.to_view("1")
        await app.fill("Quillhaven Cloud", "", "loud")
        assert app.live.view.partners[1].short == "QCloud"
        await app.to_block(BlockKind.DISCOVERY)
        await app.to_view("5")
        await app.fill("Quillhaven Cloud", "", "s")
        assert app.live.view.partners[1].short == "QClouds"
        await app.to_block(BlockKind.OPENING)
        await app.press("f4")
        await app.to_view("1")
        assert not app.shows("Firms in headings")
