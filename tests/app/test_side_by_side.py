"""All accounts side by side, from the library."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from tests.app.driver import Driven, driving, seed
from tests.store.test_side_by_side import account, scored
from workshop_tui.domain.base.vocabulary import AccountStage
from workshop_tui.domain.model.account import Learnt
from workshop_tui.store.store import Store
from workshop_tui.tui.screens.side_by_side import LessonsLearnt, Selection


def three(path: Path) -> None:
    """Three accounts that are scored, and one that was lost."""
    for name, one, two in (("low", 1, 2), ("mid", 3, 3), ("top", 5, 4)):
        seed(path, account(name, *scored(one, two)))
    lesson = Learnt(id="1", stage=AccountStage.LOST, on=dt.date(2026, 5, 1), reason="Price", said="Too dear")
    seed(path, account("gone", lesson, stage=AccountStage.LOST))


def chosen(path: Path) -> dict[str, str]:
    """Account → who chose it, of those that are chosen."""
    store = Store.open(path)
    plans = [store.load(name)[0].account for name in ("low", "mid", "top")]
    store.close()
    return {plan.id: plan.selected_by for plan in plans if plan.selected_on}


def beside(app: Driven) -> list[str]:
    """The rows of the table, as the ids of accounts."""
    return [row.id.rpartition("/")[2] for row in app.sheet("beside").table.rows]


async def test_the_top_are_chosen_and_one_is_given_up_again(empty: Path) -> None:
    three(empty)
    async with driving(empty) as app:
        await app.press("c")
        await app.wait_until(lambda: isinstance(app.app.screen, Selection) and app.shows("Access"))
        assert beside(app) == ["top", "mid", "low"]
        assert app.shows("Widest gap")
        assert not app.shows("a Add")  # nothing comes in here
        await app.press("t")
        await app.wait_until(lambda: "How many" in app.text)
        await app.press("ctrl+a", "delete")
        await app.type_text("2", "tab")
        await app.type_text("Ana and Bo", "enter")
        await app.wait_until(lambda: isinstance(app.app.screen, Selection), "the dialog is gone")
        await app.wait_until(lambda: app.shows("Ana and Bo"), "who chose them is shown")
        assert chosen(empty) == {"top": "Ana and Bo", "mid": "Ana and Bo"}
        await app.press("down", "m")
        await app.wait_until(lambda: set(chosen(empty)) == {"top"}, "it is given up")
        await app.press("down", "m")
        await app.wait_until(lambda: "Choose Low" in app.text)
        assert "Ana and Bo" in app.text  # who chose last is proposed
        await app.press("end", "ctrl+u", "enter")
        await app.wait_until(lambda: "Which leader says so? Type a name." in app.text)
        assert "low" not in chosen(empty)
        await app.type_text("Cato", "enter")
        await app.wait_until(lambda: chosen(empty).get("low") == "Cato", "it is chosen")
        await app.wait_until(lambda: isinstance(app.app.screen, Selection), "the dialog is gone")
        await app.press("escape")
        await app.wait_until(lambda: app.app.screen is app.app._library, "it is the library again")


async def test_a_key_that_comes_while_it_is_read_anew_moves_the_cursor_for_good(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    three(empty)
    async with driving(empty) as app:
        await app.press("c")
        await app.wait_until(lambda: isinstance(app.app.screen, Selection) and app.shows("Access"))
        found, read_anew = app.app.read_candidates().result(), Future[Any]()
        monkeypatch.setattr(app.app, "read_candidates", lambda: read_anew)
        await app.press("m")
        await app.wait_until(lambda: "Choose Top" in app.text)
        await app.type_text("Cato", "enter")
        await app.wait_until(lambda: isinstance(app.app.screen, Selection), "the dialog is gone")
        await app.press("down")
        read_anew.set_result(found)
        await app.quiet()
        assert isinstance(app.app.screen, Selection)
        assert app.app.screen.account == "mid"  # else the next «m» would be for another one


async def test_a_number_that_there_is_not_is_refused_with_what_there_is(empty: Path) -> None:
    three(empty)
    async with driving(empty) as app:
        await app.press("c")
        await app.wait_until(lambda: isinstance(app.app.screen, Selection) and app.shows("Access"))
        await app.press("t")
        await app.wait_until(lambda: "How many" in app.text)
        await app.press("ctrl+a", "delete")
        await app.type_text("7", "ctrl+s")
        await app.wait_until(lambda: "Type a number from 0 to 3." in app.text)
        assert chosen(empty) == {}


async def test_what_was_learnt_is_counted_and_leads_to_the_account(empty: Path) -> None:
    three(empty)
    async with driving(empty) as app:
        await app.press("w")
        await app.wait_until(lambda: isinstance(app.app.screen, LessonsLearnt) and app.shows("Lost: 1"))
        assert not app.shows("a Add")  # nothing comes in here
        assert app.shows("Price (1 of 1)")
        assert app.shows("Too dear")
        assert "%" not in app.text
        await app.press("escape")
        await app.wait_until(lambda: app.app.screen is app.app._library, "it is the library again")


async def test_enter_opens_an_account_that_has_sessions(norvane: Path) -> None:
    async with driving(norvane) as app:
        await app.press("c")
        await app.wait_until(lambda: isinstance(app.app.screen, Selection) and app.shows("Norvane"))
        await app.press("enter")
        await app.wait_until(lambda: app.app.screen is app.app.workshop, "it is open")
