"""The export dialog: it shows what is going to be written, for whom, before it is."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from textual.widgets import Input, Select

from tests.app.driver import Driven, driving
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.plan.step import set_field


def pane_of(app: Driven) -> tuple[str, str]:
    pane = app.app.screen.query_one("#export-preview")
    return str(pane.border_title), str(pane.border_subtitle)


def value_of(app: Driven, field: str) -> str:
    return app.app.screen.query_one(f"#f-{field}", Input).value


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
        assert app.shows("Tasks")
        choose(app, "format", "ics")
        await app.wait_until(lambda: pane_of(app)[1].endswith(" events"), "and the format")
        assert not any(app.shows(name) for name in ("Document", "Tasks", "Paper"))
        folder = tmp_path / "days"
        folder.mkdir()
        await app.press("tab", "tab")
        await app.type_text(str(tmp_path / "p.docx"))
        await app.wait_until(lambda: pane_of(app)[0] == "p.docx", "the title is what is typed")
        await app.press("ctrl+s")
        await app.wait_until(lambda: app.shows("The name «p.docx» is for Word"), "the name is for another")
        assert not (tmp_path / "p.docx").exists()
        await app.press("ctrl+u")
        await app.type_text(str(folder), "ctrl+s")
        await app.wait_until(lambda: app.told.startswith("Written to "), "a file for each event")
        assert (folder / "norvane-bank-alliance-action-a08.ics").exists()


async def test_each_audience_gets_its_file_by_the_firms_template_which_is_remembered(
    norvane: Path, tmp_path: Path
) -> None:
    folder, template = tmp_path / "out", tmp_path / "ours.docx"
    folder.mkdir()
    (folder / "norvane-bank-session-2-alliance.docx").write_text("mine")
    template.write_text("none")
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.press("e")
        await app.wait_until(lambda: app.shows("norvane-bank-session-2-customer.md"), "the preview")
        choose(app, "format", "docx")
        choose(app, "audience", "each")
        await app.wait_until(lambda: pane_of(app)[0] == "4 files", "a file for each")
        assert app.shows("Paper")
        await app.press("tab", "tab", "tab")
        await app.type_text(str(folder), "tab")
        await app.type_text(str(template))
        assert not app.shows("Paper")
        await app.press("ctrl+s")
        await app.wait_until(lambda: app.shows("is no Word template"), "what is wrong with it")
        template.write_bytes(of_a_firm())
        await app.press("ctrl+s")
        await app.wait_until(lambda: app.shows("Write over it?"), "another file is there")
        assert [each.name for each in folder.iterdir()] == ["norvane-bank-session-2-alliance.docx"]
        await app.press("y", "enter")
        await app.wait_until(
            lambda: app.told.startswith(f"4 files written into {folder}."), "they are written"
        )
        assert len([*folder.iterdir()]) == 4
        assert "Firm's own" in {style.name for style in docx.Document(str(next(folder.iterdir()))).styles}
        app.app.clear_notifications()  # else it stands over the name of the file
        await app.press("e")
        await app.wait_until(lambda: app.shows("norvane-bank-session-2-customer.md"), "the customer's again")
        choose(app, "format", "pptx")
        await app.wait_until(lambda: pane_of(app)[0].endswith(".pptx"), "slides have a template of their own")
        assert value_of(app, "template-pptx") == ""
        assert value_of(app, "template-docx") == str(template)
        await app.press("escape", "e")
        await app.wait_until(lambda: app.shows("norvane-bank-session-2-customer.md"), "from the beginning")


def of_a_firm() -> bytes:
    word, file = docx.Document(), BytesIO()
    word.styles.add_style("Firm's own", WD_STYLE_TYPE.PARAGRAPH)
    word.save(file)
    return file.getvalue()


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
        app.live.commit(lambda plan: set_field(plan.where(Party, id="tech")[0], "short", "Corvane"))
        await app.press("e")
        await app.wait_until(lambda: app.shows("norvane-bank-session-2-customer.md"), "the preview")
        for letter, audience in (
            ("o", "tech"),
            ("c", "customer"),
        ):  # and not Corvane, of whose words it is one
            await app.type_text(letter, "enter")
            assert app.app.screen.query_one("#f-audience", Select).value == audience
        choose(app, "layout", "brief")
        await app.wait_until(lambda: pane_of(app)[0].endswith("alliance.brief.md"), "it is for ours")
        assert app.shows("A brief is for our own leaders")
        choose(app, "layout", "plan")
        choose(app, "audience", "customer")
        await app.quiet()
        await app.type_text("alli")
        assert app.app.screen.query_one("#f-audience", Select).expanded
        await app.press("ctrl+s")  # what is written has been seen before
        await app.wait_until(lambda: app.shows("joint account plan"), "for the alliance")
        assert app.app.screen.query_one("#f-audience", Select).value == "alliance"
        assert not app.app.screen.query_one("#f-audience", Select).expanded
        assert not app.told
        await app.press("tab", "space")
        await app.type_text("review", "enter")  # the second word of «quarterly review»
        await app.wait_until(lambda: pane_of(app)[0].endswith("alliance.qbr.md"), "the review")
        await app.press("tab")
        await app.type_text("csv asa", "escape")
        await app.quiet()
        assert not app.app.screen.query_one("#f-format", Select).expanded
        assert app.app.screen.query_one("#f-format", Select).value == "md"
        await app.press("j", "enter")
        await app.wait_until(lambda: pane_of(app)[0].endswith("alliance.json"), "JSON, which is of all")
        assert app.app.screen.query_one("#f-format", Select).value == "json"
