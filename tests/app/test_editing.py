"""Editing in place: by the type of the field, typed ahead, refused, taken back."""

from __future__ import annotations

import datetime as dt
import threading
from functools import partial
from pathlib import Path

import pytest
from textual import events

from tests.app.driver import AT, Driven, driving
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import ActionStatus, BlockKind, Sentiment, SocialStyle
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Reading, Stakeholder, Tie
from workshop_tui.domain.model.session import Presence
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.step import set_field


def person(app: Driven, name: str) -> Stakeholder:
    (found,) = app.live.whole.where(Stakeholder, name=name)
    return found


def _is_told(app: Driven, text: str) -> bool:
    return app.told == text


def action(app: Driven, row: str) -> Action:
    (found,) = app.live.whole.where(Action, id=row)
    return found


@pytest.mark.parametrize(
    ("block", "view", "row"),
    [
        (BlockKind.OPENING, "Customer", "Dev Rathmore"),
        (BlockKind.OPENING, "Changes", "Dev Rathmore"),
        (BlockKind.DISCOVERY, "Position", "Quillhaven"),
        (BlockKind.APPROACH, "Approach", "Dev Rathmore"),
    ],
)
async def test_x_takes_nobody_out_where_people_and_firms_are_only_listed(
    norvane: Path, block: BlockKind, view: str, row: str
) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(block)
        stage = app.workspace.stage
        await app.to_view(str([each.title for each in stage.views].index(view) + 1))
        before = app.live.whole
        await app.go(row, "", "main", "x")
        await app.quiet()
        assert app.live.whole == before
        assert "Nothing can be removed here" in (stage.border_subtitle or "")


async def test_x_takes_out_each_line_that_is_read_back(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.CLOSING)
        for name in ("Decision/D4", "Action/A08", "Answer/V06"):
            assert app.workspace.stage.removable(name) == (name,)
        assert app.workspace.stage.removable("heading/Decision") == ()


async def test_a_cell_is_edited_by_the_type_of_its_field(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.fill("Marcus", "Title", " and more")  # text: the cursor stands behind what is there
        assert person(app, "Marcus Hale-Obi").title == "Chief Financial Officer and more"
        await app.pick("Social style", "", "D", "card")  # few values: by a key, also a capital one
        assert person(app, "Marcus Hale-Obi").style is SocialStyle.DRIVING
        await app.fill("Quillhaven owner", "", "pike", "card")  # a reference: by part of a name
        tie = app.live.whole.get(Tie, "ST02", "ps")
        assert tie is not None
        assert tie.owner == "P2"
        await app.go("To be named", "", "card", "space")  # a tick
        assert person(app, "Marcus Hale-Obi").placeholder is True
        await app.go("Marcus", "All", "main", "+")  # a figure
        reading = app.live.whole.get(Reading, "S2", "ST02", "all")
        assert reading is not None
        assert reading.value is Sentiment.SUPPORTIVE
        await app.to_block(BlockKind.VALUE)
        await app.go("What must go right", "Answer, in their words", "main", "enter")
        await app.type_text("First line", "ctrl+j")
        await app.type_text("second", "enter")
        assert app.live.whole.where(Answer, text="First line\nsecond")
        assert app.editor.edit is None


async def test_what_is_chosen_must_be_there(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        before = app.live.whole
        await app.fill("Reports to", "", "nobody of that name", "card")
        assert "No stakeholder «nobody of that name»" in app.beneath
        await app.press("escape")
        await app.go("Social style", "", "card", "enter")
        style = person(app, "Ingrid Solvane").style
        await app.press("z", "x", "q", "n", "escape")  # they are no commands here, and set nothing
        assert person(app, "Ingrid Solvane").style is style
        await app.press("enter", "ctrl+u", "n", "enter")  # what fits nothing is there again
        assert person(app, "Ingrid Solvane").style is SocialStyle.ANALYTICAL
        assert app.app.screen is app.workshop
        assert len(app.live.whole.all(Stakeholder)) == len(before.all(Stakeholder))


async def test_a_bad_date_is_told_beside_the_field_and_kept_over_a_restart(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        await app.to_block(BlockKind.ACTIONS)
        due = action(app, "A12").due
        await app.fill("Action/A12", "Due", "31 feb")
        assert "✗ «31 feb» is not a day in the calendar" in app.text
        assert app.editor.edit is not None
        await app.press("escape")
        assert action(app, "A12").due == due
        await app.stored()
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        await app.arrived()
        await app.to_block(BlockKind.ACTIONS)
        assert "✎" in app.text
        await app.go("Action/A12", "Due", "main", "enter")
        assert app.editor.typed == "31 feb"
        await app.press("ctrl+u")
        await app.type_text("1 dec")
        assert "Tue 1 Dec 2026" in app.text
        await app.press("enter")
        assert action(app, "A12").due == dt.date(2026, 12, 1)
        await app.stored()
        assert await app.live.drafts() == {}


async def test_tab_goes_on_and_turns_no_tick_over(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.go("Email", "", "card", "enter")
        before = app.live.whole.all(Stakeholder)
        await app.type_text("m@norvane.example", "tab")
        assert app.editor.edit is not None
        assert app.editor.edit.sets == (Stakeholder, "left_on")  # beyond the tick «to be named»
        await app.press("escape")
        assert person(app, "Ingrid Solvane") == with_values(before[0], email="m@norvane.example")
        await app.go("Marcus", "Name", "main", "enter")
        for key, title in (("tab", "Title"), ("shift+tab", "Name")):
            await app.press(key)
            assert app.editor.edit is not None
            assert app.editor.edit.title == f"{title} · Marcus Hale-Obi"
        for key in ("ctrl+l", "escape"):
            assert app.editor.display
            await app.press(key)
            assert not app.editor.display
            await app.press("enter")


async def test_rows_come_in_one_after_the_other_however_fast_they_are_typed(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("a")
        await app.type_text("Bring both architects together", "enter", *"Book the room", "enter", "enter")
        assert app.editor.edit is None  # Enter on an empty line ends it
        made = [row.title for row in app.live.whole.where(Action, session="S2")]
        assert made[-2:] == ["Bring both architects together", "Book the room"]


async def test_each_line_of_a_paste_is_a_row(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press("a")
        line = app.app.focused
        assert line is not None
        line.post_message(events.Paste("Ana Pires\n\nTo be found\n"))
        await app.quiet()
        await app.press("escape")
        assert [row.name for row in app.live.whole.all(Stakeholder)][-2:] == ["Ana Pires", "To be found"]


async def paste(app: Driven, text: str) -> None:
    driver = app.app._driver
    assert driver is not None
    driver.send_message(events.Paste(text))
    await app.quiet()


async def test_the_cells_of_a_pasted_row_go_to_the_fields_that_follow(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press("a")
        await paste(app, "Anna Berg\tCFO\r\nBo Lund\tCOO\r\n")
        assert app.editor.edit is not None  # the line for the next one
        await app.press("escape")
        assert (person(app, "Anna Berg").title, person(app, "Bo Lund").title) == ("CFO", "COO")
        await app.go("Anna Berg", "Name", "main", "enter")
        await paste(app, " Orme\tTreasurer")
        await app.press("enter")
        assert person(app, "Anna BergOrme").title == "Treasurer"


async def test_what_no_field_takes_of_a_paste_is_told(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press("a")
        await paste(app, "\t".join(["Anna Berg", "CFO", *("",) * 10, "lost?"]))
        await app.wait_until(lambda: "No field here takes «" in app.told and "lost?" in app.told)
        assert person(app, "Anna Berg").title == "CFO"
        await app.press("escape")
        await app.fill("Anna Berg", "Title", "Treasurer")
        await app.press("enter")
        await paste(app, " of Europe\n and Asia")
        await app.wait_until(lambda: app.told == "2 lines are one here: the field takes no more.")


async def test_a_pasted_list_is_a_row_a_line_without_its_signs(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("a")
        await paste(app, "- [ ] Send the report\n* Ask for it\n1. Book the room\n")
        await app.press("escape")
        made = [row.title for row in app.live.whole.where(Action, session="S2")]
        assert made[-3:] == ["Send the report", "Ask for it", "Book the room"]
        await app.press("a")
        await paste(app, "He said:\nwe need it")  # is a text of two lines
        await app.press("enter", "escape")
        assert app.live.whole.where(Action, title="He said:\nwe need it")


async def test_a_new_row_that_is_emptied_again_is_gone(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        await app.to_block(BlockKind.ACTIONS)
        before = len(app.live.whole.all(Action))
        await app.press("a")
        await app.type_text("No")
        await app.wait_until(lambda: len(app.live.whole.all(Action)) == before + 1, "it is saved as typed")
        await app.press("backspace", "backspace", "enter")
        assert len(app.live.whole.all(Action)) == before


async def test_removing_asks_when_more_goes_with_it(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.go("Priya", "Name", "main", "x")
        await app.wait_until(lambda: "entries about them" in app.text)
        await app.press("n", "enter")
        assert app.live.whole.where(Stakeholder, id="ST03")
        await app.press("x")
        await app.wait_until(lambda: "entries about them" in app.text)
        await app.press("y", "enter")
        await app.wait_until(lambda: not app.live.whole.where(Stakeholder, id="ST03"), "she is gone")
        assert not app.live.whole.where(Reading, stakeholder="ST03")
        await app.press("ctrl+z")
        told = "Undone: stakeholder Priya Vantongeren removed"
        await app.wait_until(lambda: app.told.startswith(told), told)
        assert len(app.live.whole.where(Reading, stakeholder="ST03")) > 1


async def test_undo_over_a_text_that_is_refused_undoes_nothing_else_and_loses_no_word(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 32)) as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Action/A12", "Due", "main", "enter")
        await app.type_text("1 dec 2026", "enter")
        due = action(app, "A12").due
        await app.press("enter", "ctrl+u")
        await app.type_text("31 feb", "enter")
        assert app.editor.is_open
        await app.press("ctrl+z")
        kept = "«31 feb» is not saved, and kept as a draft (✎): Ctrl+Z again undoes what is."
        await app.wait_until(lambda: app.told == kept, "the text is kept")
        assert not app.editor.is_open
        assert action(app, "A12").due == due
        assert "✎" in app.text
        await app.press("ctrl+z")
        await app.wait_until(lambda: action(app, "A12").due != due, "what was saved before is undone next")


async def test_dropping_asks_why(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 32)) as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Action/A12", "Action")
        await app.pick("Status", "", "r", "card")
        await app.wait_until(lambda: app.editor.edit is not None and "Why is it dropped" in app.text)
        await app.press("enter")
        assert "needs a reason" in app.beneath
        assert action(app, "A12").status is ActionStatus.OPEN
        await app.type_text("Overtaken by the pilot", "enter")
        assert action(app, "A12").status is ActionStatus.DROPPED
        assert action(app, "A12").reason == "Overtaken by the pilot"
        await app.press("ctrl+z")
        await app.wait_until(lambda: action(app, "A12").status is ActionStatus.OPEN, "it is open again")


@pytest.mark.parametrize("typed", ["", "Their note"])
async def test_undo_in_a_question_undoes_nothing_beneath_it(norvane: Path, typed: str) -> None:
    async with driving(norvane, account="norvane", size=(120, 32)) as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.fill("Action/A12", "Due", "1 dec 2026")
        before = app.live.whole
        await app.go("Action/A12", "Action")
        await app.pick("Status", "", "d", "card")
        await app.wait_until(lambda: app.shows("What shows it?"), "it is asked")
        if typed:
            await app.type_text(typed)
        for key in ("ctrl+z", "ctrl+z", "ctrl+y"):
            await app.press(key)
            await app.stored()
            assert "A question is open: Esc leaves it" in app.told
            assert action(app, "A12").due == dt.date(2026, 12, 1)
            assert app.editor.typed == typed
        await app.press("escape", *(["ctrl+z"] if typed else []))
        await app.wait_until(lambda: app.live.whole == before, "and behind it, what was answered")
        await app.press("ctrl+z")
        await app.wait_until(lambda: action(app, "A12").due is None, "what was done before it")


async def test_undo_and_redo_are_named_and_ask_before_they_go_back_further(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.fill("Marcus", "Title", "!")
        for key, told, title in (
            ("ctrl+z", "Undone: Marcus Hale-Obi, title", "Chief Financial Officer"),
            ("ctrl+y", "Done again: Marcus Hale-Obi, title", "Chief Financial Officer!"),
        ):
            await app.press(key)
            await app.wait_until(partial(_is_told, app, told), told)
            assert person(app, "Marcus Hale-Obi").title == title
        await app.press("ctrl+y")
        await app.wait_until(lambda: app.told == "Nothing to redo.")
        await app.stored()
    async with driving(norvane, account="norvane", at=AT + dt.timedelta(minutes=2)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        for key, title in (("ctrl+z", "Chief Financial Officer"), ("ctrl+y", "Chief Financial Officer!")):
            await app.press(key)  # nothing is asked: it was opened again a moment later
            await app.wait_until(lambda title=title: person(app, "Marcus Hale-Obi").title == title)  # type: ignore[misc]
        await app.stored()
    async with driving(norvane, account="norvane", at=AT + dt.timedelta(hours=2)) as app:
        for answer, title in (("n", "Chief Financial Officer!"), ("y", "Chief Financial Officer")):
            await app.press("ctrl+z")
            await app.wait_until(lambda: "before today's sitting" in app.text)
            assert "Marcus Hale-Obi, title" in app.text
            await app.press(answer, "enter")
            await app.wait_until(lambda: app.app.screen is app.workshop)
            await app.quiet()
            assert person(app, "Marcus Hale-Obi").title == title
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.told == "Nothing to undo.")


async def test_a_tick_puts_a_row_in_and_takes_it_out(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(140, 32)) as app:
        await app.press("2")
        cell = await app.go("Gideon", "Here", "main", "enter")
        assert cell.text == "–"
        assert not app.live.whole.get(Presence, "S2", "T4")
        await app.press("space")
        assert app.live.whole.get(Presence, "S2", "T4")


async def test_two_undos_pressed_quickly_take_back_two_things(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        before = app.live.whole
        for title in ("Chair", "Treasurer"):
            changes = set_field(app.live.whole.all(Stakeholder)[0], "title", title)
            app.live.commit(lambda _plan, changes=changes: changes)  # type: ignore[misc]
        await app.stored()
        busy = threading.Event()
        app.app.storage.call(lambda _store: busy.wait())
        await app.press_unanswered("ctrl+z", "ctrl+z")
        busy.set()
        await app.wait_until(lambda: app.live.whole == before, "both are taken back")


async def test_undo_leads_to_what_comes_back_and_leaves_the_focus_in_its_pane(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.go("Priya", "Name", "main")
        await app.press("x", "y", "enter")
        await app.wait_until(lambda: app.live.whole.get(Stakeholder, "ST03") is None, "she is removed")
        assert app.workspace.stage.at_cursor != "Stakeholder/ST03"
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.live.whole.get(Stakeholder, "ST03"), "she is there again")
        await app.wait_until(lambda: app.workspace.stage.at_cursor == "Stakeholder/ST03", "the cursor")
        assert app.workspace.stage.main.has_focus
