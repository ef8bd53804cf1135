"""The export dialog: it shows what is going to be written, for whom, before it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Select

from tests.app.driver import Driven, driving
from workshop_tui.documents.export import Exported
from workshop_tui.tui.screens.exporting import write


def pane_of(app: Driven) -> tuple[str, str]:
    pane = app.app.screen.query_one("#export-preview")
    return str(pane.border_title), str(pane.border_subtitle)


def choose(app: Driven, field: str, value: str) -> None:
    app.app.screen.query_one(f"#f-{field}", Select).value = value


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_it_shows_what_is_written_and_changes_with_what_is_chosen(
    norvane: Path, size: tuple[int, int], tmp_path: Path
) -> None:
    async with driving(norvane, account="norvane", size=size) as app:
        await app.press("e")
        await app.wait_until(lambda: app.shows("norvane-bank-session-2-customer.md"), "the preview")
        for said in (
            "Norvane Bank: our joint plan",
            "Held back, as not for the customer",
            "Actions of",
            "lines",
        ):
            assert app.shows(said), said
        assert app.shows("No decision of this session is marked")
        assert not app.shows("What is missing")
        await app.press("pagedown")
        assert not app.shows("Norvane Bank: our joint plan")
        await app.press("pageup")
        assert app.shows("Norvane Bank: our joint plan")
        choose(app, "audience", "alliance")
        await app.wait_until(lambda: app.shows("joint account plan"), "it follows the audience")
        choose(app, "layout", "brief")
        await app.wait_until(lambda: pane_of(app)[0].endswith("alliance.brief.md"), "and the document")
        choose(app, "format", "ics")
        await app.wait_until(lambda: app.shows("✗ A calendar holds days"), "what doesn't go is said")
        choose(app, "layout", "plan")
        await app.wait_until(lambda: pane_of(app)[1].endswith(" events"), "and the format")
        folder = tmp_path / "days"
        folder.mkdir()
        await app.press("tab", "tab", "tab")
        await app.type_text(str(tmp_path / "p.docx"), "enter")
        await app.wait_until(lambda: app.shows("The name «p.docx» is for Word"), "the name is for another")
        assert not (tmp_path / "p.docx").exists()
        await app.press("ctrl+u")
        await app.type_text(str(folder), "enter")
        await app.wait_until(lambda: app.told.startswith("Written to "), "a file for each event")
        assert (folder / "norvane-bank-alliance-action-a08.ics").exists()


def test_a_file_without_a_suffix_gets_the_formats(tmp_path: Path) -> None:
    said = Exported("Hello", {}, "norvane")
    assert write(str(tmp_path / "plan"), "norvane-bank.jira.csv", said, ()) == tmp_path / "plan.csv"
    assert write(str(tmp_path / "plan.txt"), "norvane-bank.md", said, ()) == tmp_path / "plan.txt"
    assert (tmp_path / "plan.csv").read_text() == "Hello"


async def test_nothing_of_it_stays_on_the_screen_that_is_shared(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.press("e")
        await app.wait_until(lambda: app.shows("norvane-bank-session-2-customer.md"), "the preview")
        choose(app, "audience", "alliance")
        await app.wait_until(lambda: app.shows("joint account plan"), "ours")
        await app.press("f4")
        await app.wait_until(lambda: app.app.screen is app.workshop, "the dialog is gone")
        assert not app.shows("joint account plan")
        assert not app.shows("Held back")


async def test_what_is_typed_on_a_field_finds_a_choice_whether_its_list_is_open_or_not(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.press("e")
        await app.wait_until(lambda: app.shows("norvane-bank-session-2-customer.md"), "the preview")
        choose(app, "layout", "brief")
        await app.wait_until(lambda: pane_of(app)[0].endswith("alliance.brief.md"), "it is for ours")
        assert app.shows("A brief is for our own leaders")
        choose(app, "layout", "plan")
        choose(app, "audience", "customer")
        await app.quiet()
        await app.type_text("alli")
        assert app.app.screen.query_one("#f-audience", Select).expanded
        await app.press("enter")
        await app.wait_until(lambda: app.shows("joint account plan"), "for the alliance")
        await app.press("enter")  # Enter has gone on to the next line
        await app.type_text("review", "enter")  # the second word of «quarterly review»
        await app.wait_until(lambda: pane_of(app)[0].endswith("alliance.qbr.md"), "the review")
        await app.type_text("csv asa", "escape")
        await app.quiet()
        assert not app.app.screen.query_one("#f-format", Select).expanded
        assert app.app.screen.query_one("#f-format", Select).value == "md"
        await app.press("j", "enter")
        await app.wait_until(lambda: pane_of(app)[0].endswith("alliance.qbr.json") or app.shows("✗"), "JSON")
        assert app.app.screen.query_one("#f-format", Select).value == "json"
