"""The library: accounts and their sessions; begin, rename, put away, bring in, take out."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path
from typing import Any, get_args

import pytest

from tests.app.driver import AT, Driven, driving
from tests.conftest import SAMPLE
from tests.documents.said import all_of
from workshop_tui.documents.export import Format
from workshop_tui.documents.plan_json import UNPROJECTED
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Remove, Step, set_field
from workshop_tui.live.record import seal_now
from workshop_tui.server_url import Database
from workshop_tui.store import reading
from workshop_tui.store.raw import RawConnection
from workshop_tui.store.store import Store
from workshop_tui.tui.screens.dialogs import Ask
from workshop_tui.tui.screens.library import Library
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.views.around import bar_text
from workshop_tui.views.exporting import FORMATS


async def listed(app: Driven, text: str) -> None:
    def is_listed() -> bool:
        return app.app.workshop is None and isinstance(app.app.screen, Library) and app.shows(text)

    await app.wait_until(is_listed, f"the library shows {text}")


def tells(app: Driven, text: str) -> bool:
    """Whether a text is painted, wherever its lines are broken: that depends on how long a path is."""
    return re.sub(r"\s", "", text) in re.sub(r"[\s│]", "", app.text)


async def in_dialog(app: Driven, title: str) -> None:
    await app.wait_until(
        lambda: isinstance(app.app.screen, Ask) and app.shows(title), f"a dialog asks {title}"
    )


async def test_it_lists_accounts_with_their_sessions_and_opens_the_one_chosen(norvane: Path) -> None:
    async with driving(norvane, size=(100, 24)) as app:
        await listed(app, "Norvane Bank")
        rows = {row.id: [cell.text for cell in row.cells] for row in app.sheet("library").table.rows}
        assert list(rows)[:3] == ["account/norvane", "account/norvane/S2", "account/norvane/S1"]
        app.app.names_db = True
        live = await app.app.accounts.load("norvane")
        assert live
        assert live.typed_as == f"norvane --db {norvane}"
        assert rows["account/norvane"][1:5] == ["9 Jun 2026", "prospect", "7", ""]
        assert rows["account/norvane/S1"][1:5] == ["10 Mar 2026", "", "1", ""]
        await app.press("f")
        assert not app.shows("Session 1")
        await app.press("f")
        assert app.shows("Session 1")
        await app.go("account/norvane/S1", "", "library", "enter")
        await app.wait_until(lambda: app.shows("Norvane Bank › Session 1 · 10 Mar 2026"), "session 1 is open")
        await app.press("q")
        await listed(app, "Session 2")


async def test_where_there_are_many_sessions_they_are_folded_away_at_first(
    norvane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workshop_tui.tui.app.FEW", 1)
    async with driving(norvane, size=(100, 24)) as app:
        await listed(app, "▹ Norvane Bank (2 sessions)")
        assert not app.shows("Session 1")
        await app.press("f")
        await app.wait_until(lambda: app.shows("Session 1"), "its sessions are read")
        assert app.shows("▿ Norvane Bank (2 sessions)")
        await app.press("f")
        assert not app.shows("Session 1")


async def test_a_session_is_begun_and_a_bad_date_is_told_beside_the_field(norvane: Path) -> None:
    async with driving(norvane, size=(100, 30)) as app:
        await listed(app, "Norvane Bank")
        await app.press("s")
        await in_dialog(app, "New session")
        await app.press("end", "ctrl+u")
        await app.type_text("someday", "ctrl+s")
        await app.wait_until(lambda: app.shows("✗ «someday» is not a form of date we know"), "it is refused")
        assert app.shows("someday")
        await app.press("end", "ctrl+u")
        await app.type_text("fri", "enter", "enter")
        await app.wait_until(lambda: app.shows("Session 3 · 12 Jun 2026"), "session 3 is open")


async def test_the_session_that_is_begun_is_opened_though_another_is_later(norvane: Path) -> None:
    store = Store.open(norvane)
    plan, journal = store.load("norvane")
    store.commit("norvane", Step(seal_now(plan, "S1", seal="e1", at=AT, journal=journal), "me", AT))
    store.close()
    async with driving(norvane, size=(100, 30)) as app:
        await listed(app, "Norvane Bank")
        await app.press("s")
        await in_dialog(app, "New session")
        await app.press("end", "ctrl+u")
        await app.type_text("1 jan 2026", "ctrl+s")
        await app.wait_until(lambda: app.shows("number: take a later day"), "one is sealed")
        await app.press("end", "ctrl+u")
        await app.type_text("1 may 2026", "ctrl+s")
        await app.wait_until(lambda: app.shows("Session 2 · 1 May 2026"), "the one that was begun is open")


async def test_an_account_needs_its_names(empty: Path) -> None:
    async with driving(empty, size=(100, 30)) as app:
        await listed(app, "No accounts yet")
        await app.press("n")
        await in_dialog(app, "New account")
        await app.type_text("Norvane", "ctrl+s")
        await app.wait_until(lambda: app.shows("✗ A name is needed here."), "the partners are asked for")
        assert app.shows("Norvane")
        await app.press("ctrl+l")
        await listed(app, "No accounts yet")


async def test_renaming_archiving_and_undoing(norvane: Path) -> None:
    async with driving(norvane, size=(100, 24)) as app:
        await listed(app, "Norvane Bank")
        await app.press("r")
        await in_dialog(app, "Rename account")
        await app.type_text("Norvane Bank plc", "enter")
        await listed(app, "Norvane Bank plc")
        await app.press("z")
        await app.wait_until(lambda: not app.shows("Norvane Bank plc"), "it is put away")
        await app.press("v")
        await listed(app, "(archived)")
        await app.press("v", "ctrl+z")
        await listed(app, "Norvane Bank plc")
        await app.wait_until(lambda: app.told == "Undone: Norvane Bank plc, archived", "it is named")
        await app.stored()
        await app.quiet()  # the list is read anew: what is pressed meanwhile is for none of its rows
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.told.startswith("Undone: Norvane Bank, name"), "its name")
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.told == "Nothing to undo.")


async def test_two_undos_pressed_quickly_take_back_two_things(norvane: Path) -> None:
    async with driving(norvane, size=(100, 24)) as app:
        await listed(app, "Norvane Bank")
        await app.press("r")
        await in_dialog(app, "Rename account")
        await app.type_text("Norvane Bank plc", "enter")
        await listed(app, "Norvane Bank plc")
        await app.press("z")
        await app.wait_until(lambda: not app.shows("Norvane Bank plc"), "it is put away")
        await app.type_text("", "ctrl+z", "ctrl+z")
        await app.wait_until(lambda: app.told.startswith("Undone: Norvane Bank, name"), "its name too")
        await app.wait_until(lambda: app.shows("Norvane Bank"), "it is there again")
        await app.wait_until(lambda: not app.shows("Norvane Bank plc"), "the list is read anew")


async def test_undo_is_for_the_account_under_the_cursor_after_a_name_was_given_up(norvane: Path) -> None:
    old = Account(id="old", name="Oldham")
    with closing(Store.open(norvane)) as store:
        for changes in ((Add(old),), set_field(old, "name", "Oldham plc")):
            store.commit("old", Step(tuple(changes), "me", AT))
    async with driving(norvane, size=(100, 24)) as app:
        await listed(app, "Oldham plc")
        for name in ("Norvane Bank plc", ""):
            await app.press("home", "r")
            await in_dialog(app, "Rename account")
            await app.type_text(name, "enter" if name else "escape")
            await listed(app, "Norvane Bank plc")
        await app.press("end", "up", "up", "ctrl+z")
        await app.wait_until(lambda: app.told.startswith("Undone: Oldham, name"), "it is undone there")
        assert app.shows("Norvane Bank plc")


async def test_undo_asks_before_it_takes_back_what_an_earlier_sitting_did(norvane: Path) -> None:
    async with driving(norvane, size=(100, 24)) as app:
        await listed(app, "Norvane Bank")
        await app.press("z")
        await app.wait_until(lambda: not app.shows("Norvane Bank"), "it is put away")
    async with driving(norvane, at=AT + dt.timedelta(days=1), size=(100, 24)) as app:
        await app.press("v")
        await listed(app, "(archived)")
        await app.press("home")
        for answer, shown in (("n", True), ("y", False)):
            await app.press("ctrl+z")
            await app.wait_until(lambda: app.shows("before today's sitting"), "it asks")
            await app.press(answer, "enter")
            await app.wait_until(lambda shown=shown: app.shows("(archived)") is shown, answer)  # type: ignore[misc]


async def test_a_session_that_is_gone_since_it_was_listed_is_told(norvane: Path) -> None:
    async with driving(norvane, size=(100, 24)) as app:
        await listed(app, "Norvane Bank")
        for use in (app.app.accounts.open, app.app.accounts.export):
            app.app.clear_notifications()
            app.app.run_worker(use("norvane", "gone"))
            await app.wait_until(
                lambda: app.told == "Norvane Bank no longer has this session: it has 1 to 2."
            )
            assert isinstance(app.app.screen, Library)


async def test_the_list_is_read_again_when_a_session_in_it_is_gone(norvane: Path) -> None:
    for key in ("enter", "e"):
        third = Session(id=f"S3{key}", held_on=dt.date(2026, 9, 8), playbook="half-day")
        with closing(Store.open(norvane)) as store:
            store.commit("norvane", Step((Add(third),), "me", AT))
        async with driving(norvane, size=(100, 24)) as app:
            await listed(app, "Session 3")
            await app.go("    Session 3", sheet="library")
            with closing(Store.open(norvane)) as store:
                store.commit("norvane", Step((Remove(third),), "me", AT))
            await app.press(key)
            await app.wait_until(lambda: app.told.startswith("Norvane Bank no longer has this session"), key)
            await app.wait_until(lambda: not app.shows("Session 3"), "it is listed no more")


async def test_a_name_that_stays_the_same_is_no_step(norvane: Path) -> None:
    async with driving(norvane, size=(100, 24)) as app:
        await listed(app, "Norvane Bank")
        await app.press("r")
        await in_dialog(app, "Rename account")
        await app.press("enter")
        await listed(app, "Norvane Bank")
    store = Store.open(norvane)
    assert store.load("norvane")[1] == 1
    store.close()


async def test_a_file_that_is_no_plan_brings_in_nothing_and_a_good_one_all(
    empty: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"account": NaN}', "utf-8")
    async with driving(empty, size=(120, 30)) as app:
        await listed(app, "No accounts yet")
        await app.press("i")
        await in_dialog(app, "Import an account plan")
        for typed, told in (
            (str(tmp_path / "gone.json"), "is not there: check the path"),
            ("~nobody-of-that-name/a.json", "can't be read"),
            (str(bad), "bad.json"),
        ):
            await app.type_text(typed, "enter")
            await app.wait_until(lambda told=told: app.shows("✗") and tells(app, told), told)  # type: ignore[misc]
            await app.press("end", "ctrl+u")
        await app.type_text(str(SAMPLE), "enter")
        await app.wait_until(lambda: app.shows("Keep its date?"), "it asks for the date")
        await app.press("escape")
        await app.wait_until(lambda: app.shows("Nothing has come in"), "it is not decided yet")
        await app.press("enter")
        await app.wait_until(lambda: app.shows("Keep its date?"), "it asks for the date")
        await app.press("t", "enter")
        await listed(app, "Norvane Bank")
        assert await as_of(app) is None
        await app.press("i")
        await in_dialog(app, "Import an account plan")
        await app.type_text(str(SAMPLE), "enter")
        await app.wait_until(lambda: "already" in app.text, "the same account twice is refused")


async def as_of(app: Driven) -> dt.date | None:
    """Return the day at which the account is frozen."""
    plan, _ = await asyncio.wrap_future(app.app.storage.call(lambda store: store.load("norvane")))
    return plan.account.as_of


async def test_an_account_that_is_brought_in_can_stay_frozen_until_a_new_session_begins(empty: Path) -> None:
    async with driving(empty, size=(120, 30)) as app:
        await listed(app, "No accounts yet")
        await app.press("i")
        await in_dialog(app, "Import an account plan")
        await app.type_text(str(SAMPLE), "enter")
        await app.wait_until(lambda: app.shows("Keep its date?"), "it asks for the date")
        await app.press("k", "enter")
        await listed(app, "Norvane Bank")
        assert await as_of(app) == AT.date()
        app.sheet("library").go_to("account/norvane")
        await app.press("s")
        await in_dialog(app, "New session · Norvane")
        await app.press("ctrl+s")
        await app.wait_until(lambda: app.shows("Norvane Bank › Session 3"), "the session is open")
        assert "No longer frozen at 9 Jun 2026" in app.told
        assert bar_text(app.live).frozen == ()
        assert await as_of(app) is None


async def test_a_library_of_archived_accounts_says_so(norvane: Path) -> None:
    async with driving(norvane, size=(120, 24)) as app:
        await listed(app, "Norvane Bank")
        await app.press("z")
        await app.wait_until(
            lambda: app.shows("The only account is archived: v shows archived accounts too."), "it is told"
        )
        await app.press("v")
        await app.wait_until(lambda: app.shows("(archived)"), "it is shown")
        assert not app.shows("The only account is archived")


async def test_ctrl_c_says_in_plain_words_how_the_app_is_left(norvane: Path) -> None:
    for keys, told in (({}, "^q ends the app"), ({"quit": "f12"}, "f12 ends the app")):
        async with driving(norvane, size=(120, 24), keys=keys) as app:
            await listed(app, "Norvane Bank")
            await app.press("ctrl+c")
            await app.wait_until(lambda: app.told, "it is told")
            assert app.told.casefold().startswith(told)
            assert "[" not in app.told


async def test_export_from_the_library_tells_what_was_held_back(norvane: Path, tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    async with driving(norvane, size=(120, 30)) as app:
        await listed(app, "Norvane Bank")
        await app.press("e")
        await in_dialog(app, "Export the joint action plan")
        await app.press("tab", "tab", "tab")
        await app.type_text(str(tmp_path / "no" / "such" / "folder" / "plan.md"), "ctrl+s")
        await app.wait_until(lambda: app.shows("✗"), "there is no such folder")
        await app.press("end", "ctrl+u")
        await app.type_text(str(path), "ctrl+s")
        await app.wait_until(lambda: "Held back, as not for the customer" in app.told, "it is written")
        await app.press("e")
        await in_dialog(app, "Export the joint action plan")
        app.app.screen.query_one("#f-format").value = "docx"  # type: ignore[attr-defined]
        await app.press("tab", "tab", "tab")
        await app.type_text(str(tmp_path), "ctrl+s")
        await app.wait_until(lambda: "customer.docx" in app.told, "the same is written for Word")
        await app.press("e")
        await in_dialog(app, "Export the joint action plan")
        app.app.screen.query_one("#f-audience").value = UNPROJECTED  # type: ignore[attr-defined]
        app.app.screen.query_one("#f-format").value = "json"  # type: ignore[attr-defined]
        await app.press("tab", "tab")
        await app.type_text(str(tmp_path / "plan.json"), "ctrl+s")
        await app.wait_until(lambda: "plan.json" in app.told, "the whole is written")
        assert "Held back" not in app.told
    word = tmp_path / "norvane-bank-session-2-customer.docx"
    for text in (path.read_text("utf-8"), all_of(word.read_bytes())):
        assert "Workshop of 9 Jun 2026" in text
        assert "Price of a second run-time" not in text
    assert {form.partition(" ")[0] for _, form in FORMATS} == set(get_args(Format))


async def test_an_earlier_session_without_a_seal_goes_out_by_what_it_dated_itself(
    norvane: Path, tmp_path: Path
) -> None:
    path = tmp_path / "first.md"
    async with driving(norvane, size=(120, 30)) as app:
        await listed(app, "Norvane Bank")
        app.sheet("library").go_to("account/norvane/S1")
        await app.press("e")
        await in_dialog(app, "Export the joint action plan")
        await app.press("tab", "tab", "tab")
        await app.type_text(str(path), "ctrl+s")
        await app.wait_until(lambda: "by what it dated itself alone" in app.told, "it is written, and how")
    text = path.read_text("utf-8")
    assert "As of 10 Mar 2026.\n" in text  # nobody of theirs was in that room
    assert "This tells only what the session itself dated" in text
    assert "validated" not in text


@pytest.fixture
def damaged(empty: Path) -> Path:
    empty.write_bytes(b"not a database at all" * 100)
    return empty


async def test_a_damaged_database_is_said_in_a_sentence(damaged: Path) -> None:
    async with driving(damaged, size=(120, 24)) as app:
        await app.wait_until(lambda: app.told, "it says so")
        assert app.app.is_running
        assert "Traceback" not in app.text


async def test_the_app_can_be_left_while_the_list_is_being_read(norvane: Path) -> None:
    async with driving(norvane, size=(100, 24)) as app:
        await listed(app, "Norvane Bank")
        library = app.app.screen
        assert isinstance(library, Library)
        await library.query_one(Sheet).remove()  # as when the app is left meanwhile
        await library.again("norvane")
        assert app.app.return_code is None


async def test_a_key_that_comes_while_the_list_is_read_moves_the_cursor_for_good(
    norvane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(norvane, size=(100, 24)) as app:
        await listed(app, "Norvane Bank")
        library, lines = app.app._library, app.app.read_accounts().result()
        for is_moved in (True, False):
            read_anew = Future[Any]()
            monkeypatch.setattr(app.app, "read_accounts", lambda _unfolded, read=read_anew: read)
            await app.press("home")
            stood = library._row
            again = asyncio.create_task(library.again("norvane"))
            await app.press(*["down"] * is_moved)
            read_anew.set_result(lines)
            await again
            assert (library._row == stood) is not is_moved  # else the next key would be for another row


def _damage(path: Path, old: bytes, new: bytes) -> None:
    path.write_bytes(path.read_bytes().replace(old, new))


async def test_a_damaged_schema_or_row_is_said_in_a_sentence(norvane: Path) -> None:
    _damage(norvane, b"CREATE TABLE seal", b"CREATE TABLE s\xe5al")
    async with driving(norvane) as app:
        await app.wait_until(lambda: "is damaged: put a backup in its place" in app.told)
    _damage(norvane, b"CREATE TABLE s\xe5al", b"CREATE TABLE seal")
    _damage(norvane, b"Marcus Hale-Obi", b"Marcus \xff\xff\xff\xff-Obi")
    async with driving(norvane) as app:
        await app.wait_until(lambda: "Norvane" in app.text)
        await app.press("enter")
        await app.wait_until(lambda: "put a backup in its place" in app.told)
        assert app.app.workshop is None


async def test_the_account_named_at_the_start_is_read_once(
    norvane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, load = list[str](), reading.load

    def note(connection: RawConnection, account: str, path: Database) -> tuple[AccountPlan, int]:
        read.append(account)
        return load(connection, account, path)

    monkeypatch.setattr(reading, "load", note)
    async with driving(norvane, account="norvane") as app:
        await app.stored()
        assert app.app.screen is app.workshop
    assert read == ["norvane"]
