"""Tab goes on in the row: to the next field, also once a value was chosen by a key."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.driver import Driven, driving
from workshop_tui.domain.base.vocabulary import CUSTOMER, ActionStatus, BlockKind, SocialStyle
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.discovery import Criterion, Score
from workshop_tui.domain.model.people import Meeting, Stakeholder
from workshop_tui.domain.model.session import Block, Presence, Risk, Roti
from workshop_tui.domain.plan.step import Remove
from workshop_tui.tui.features.audience import Audience
from workshop_tui.tui.widgets.key_bar import Keys
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.widgets.text_input import TypedLine


def field(app: Driven) -> str:
    """Return the field that is edited; empty if none is."""
    edit = app.editor.edit
    return edit.sets[1] if edit and edit.sets else ""


async def to_view(app: Driven, title: str) -> None:
    at = [view.title for view in app.workspace.stage.views].index(title)
    await app.press("v", str(at + 1))


async def test_after_a_key_has_set_a_value_tab_goes_on_to_the_next_field(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(240, 60)) as app:
        await app.to_people()
        await app.go("Marcus", "Style", "main", "e")
        (marcus,) = app.live.whole.where(Stakeholder, name="Marcus Hale-Obi")
        assert marcus.style is SocialStyle.EXPRESSIVE
        assert field(app) == ""
        style = app.sheet().col
        await app.press("tab")
        assert app.sheet().col > style
        assert app.sheet().takes_digits  # where it stands and waits for one
        await app.press("shift+tab")
        assert (app.sheet().col, field(app)) == (style, "style")
        row = app.sheet().current
        assert row is not None
        assert row.cells[0].text == "Marcus Hale-Obi"


async def test_after_a_choice_from_a_list_and_after_a_text_too(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(240, 60)) as app:
        await app.to_people()
        await app.go("Marcus", "Title", "main", "enter")
        await app.type_text("!", "enter")
        column = app.sheet().col
        await app.press("tab")
        assert app.editor.is_open
        assert app.sheet().col > column
        await app.press("enter")
        column = app.sheet().col
        await app.press("tab")
        assert app.sheet().col > column


@pytest.mark.parametrize("key", ["tab", "shift+tab"])
async def test_tab_stays_where_what_was_typed_fits_nothing_in_the_list_and_says_so(
    norvane: Path, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_people()
        await app.go("Marcus", "Role", "main", "enter")
        sheet = app.sheet()
        assert sheet.current is not None
        at = [getattr(col, "name", "") for col in sheet.table.cols].index("reports_to")
        with monkeypatch.context() as narrower:
            narrower.setattr(Sheet, "_stops_there", [n for n in sheet._stops_there if n != at])
            led = sheet._fields_of(sheet.current)
        assert led == [*sorted(set(led) - {at}), at]  # what is seen first, then what has no column
        before = app.live.whole
        await app.type_text("qqq", key)
        assert field(app) == "role"
        assert app.editor.typed == "qqq"
        assert "✗ No role «qqq»" in app.beneath
        await app.press(key)  # nor does it go on when it is pressed again
        assert field(app) == "role"
        await app.press("escape")
        assert app.live.whole == before
        assert "✎" in app.text
        await app.press("enter", *["backspace"] * 3)
        await app.type_text("tech", "tab")
        assert field(app) == "style"
        assert "✎" not in app.text


async def test_once_the_cursor_has_moved_or_the_field_was_left_tab_is_for_the_panes(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_people()
        await app.go("Marcus", "Name")
        await app.press("tab")
        assert not app.sheet().has_focus
        await app.press("shift+tab")
        await app.go("Marcus", "All", "main", "1")
        await app.press("down", "up", "tab")
        assert not app.editor.is_open
        assert not app.sheet().has_focus


async def test_behind_the_last_row_tab_stays_and_no_digit_behind_it_opens_a_view(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_block(BlockKind.VALUE)
        await to_view(app, "Targets")
        await app.press("a")
        await app.type_text("Fewer nights on call", "tab")
        for _ in range(20):
            if app.sheet().is_at_end:
                break
            await app.press("tab")
        assert "sheet.edit" in app.app.screen.query_one(Keys).ids
        before, view = app.live.whole, app.workspace.stage.number
        await app.press("tab")
        assert app.shows("This is the last field.")
        await app.press("1", "2", "0")
        assert (app.live.whole, app.workspace.stage.number) == (before, view)
        assert app.sheet().has_focus
        assert app.shows("No digit is a value here")
        app.workspace[Audience].look_as(CUSTOMER)
        await app.quiet()
        await app.add("Quieter nights")
        await app.go("Quieter nights", "Baseline")
        assert "sheet.edit" not in app.app.screen.query_one(Keys).ids
        await app.press("enter")
        assert app.shows("This stands as it is.")


async def test_the_firm_under_its_own_heading_is_passed_over(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(240, 45)) as app:
        await app.to_block(BlockKind.OPENING)
        await to_view(app, "Team")
        before = {member.id for member in app.live.whole.all(Member)}
        await app.press("a")
        await app.type_text("Ana Pires", "tab")
        assert field(app) == "role"
        await app.type_text("Advisor", "enter")
        (ana,) = (member for member in app.live.whole.all(Member) if member.id not in before)
        assert (ana.name, ana.role) == ("Ana Pires", "Advisor")
        await app.press("tab")
        assert field(app) == "style"


async def test_a_number_is_typed_over(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_block(BlockKind.OPENING)
        await to_view(app, "Agenda")
        row = next(row for row in app.sheet().table.rows if row.id.startswith("Block/"))
        minutes = next(c.heading for c in app.sheet().table.cols if getattr(c, "name", "") == "minutes")
        await app.go(row.id, minutes, "main", "enter")
        assert app.editor.edit is not None
        line = app.editor.query_one(TypedLine)
        assert line.selected_text == line.value != ""
        await app.type_text("25", "enter")
        block = app.live.whole.get(Block, row.id.partition("/")[2])
        assert block is not None
        assert block.minutes == 25
        await app.press("enter", "right")
        await app.type_text("0", "enter")
        assert app.live.whole.get(Block, block.id).minutes == 250  # type: ignore[union-attr]


async def test_a_date_is_typed_over(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_block(BlockKind.ACTIONS)
        row = app.live.whole.get(Action, "A07")
        assert row is not None
        assert row.due is not None
        await app.go("Action/A07", "Due", "main", "enter")
        line = app.editor.query_one(TypedLine)
        assert line.selected_text == line.value != ""
        await app.type_text("2026-12-24", "enter")
        assert str(app.live.whole.get(Action, "A07").due) == "2026-12-24"  # type: ignore[union-attr]


async def test_a_date_on_a_weekend_says_so_and_is_kept(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Action/A07", "Due", "main", "enter")
        await app.type_text("20 jun 2026")
        assert "→ Sat 20 Jun 2026, a weekend" in app.beneath
        await app.press("enter")
        assert str(app.live.whole.get(Action, "A07").due) == "2026-06-20"  # type: ignore[union-attr]
        assert app.shows(": Sat 20 Jun 2026, a weekend, Ctrl+Z undoes")
        await app.press("enter")
        await app.type_text("next week", "enter")
        assert str(app.live.whole.get(Action, "A07").due) == "2026-06-19"  # type: ignore[union-attr]


async def test_a_row_of_scores_is_typed_by_digit_and_tab(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_block(BlockKind.DISCOVERY)
        await to_view(app, "Profile")
        first, second = (party.id for party in app.live.view.partners)

        def scores() -> list[int | None]:
            return [app.live.whole.get(Score, "C3", party).score for party in (first, second)]  # type: ignore[union-attr]

        assert scores() == [4, 2]
        await app.go("Senior access", "Quillhaven", "main")
        await app.type_text("", "1", "tab", "5")  # as fast as a terminal hands it over
        assert scores() == [1, 5]
        assert not app.editor.is_open
        await app.press("shift+tab", "3")
        assert scores() == [3, 5]
        row = app.sheet().row
        await app.press("tab", "tab", "4")  # the row ends there, and Tab goes on with the next one
        assert app.sheet().row == row + 1
        assert app.live.whole.get(Score, "C4", first).score == 4  # type: ignore[union-attr]


async def test_from_a_text_tab_leads_to_a_digit_too(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_block(BlockKind.DISCOVERY)
        await to_view(app, "Profile")
        await app.press("a")
        await app.type_text("Room to grow", "tab", *"15", "tab", "4", "tab", "3")
        (criterion,) = app.live.whole.where(Criterion, text="Room to grow")
        assert criterion.weight == 15
        assert [score.score for score in app.live.whole.where(Score, criterion=criterion.id)] == [4, 3]


async def test_sentiments_are_typed_in_a_row(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(240, 60)) as app:
        await app.to_people()
        await app.go("Marcus", "All")
        column = app.sheet().col
        await app.type_text("", "2", "tab", "1", "tab", "0")
        row = app.sheet().current
        assert row is not None
        assert [row.cells[column + n].text.strip()[:2] for n in range(3)] == ["+2", "+1", "0"]


@pytest.mark.parametrize("other", ["escape", "ctrl+z"])
async def test_another_key_ends_that_tab_goes_on_in_the_row(norvane: Path, other: str) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_block(BlockKind.APPROACH)
        await app.go(app.sheet().table.rows[0].id, "Interest", "main", "s")
        before, column = app.live.whole, app.sheet().col
        assert app.sheet().can_go_on(1)
        await app.press(other)
        if other == "ctrl+z":
            await app.wait_until(lambda: app.live.whole != before, "it is undone")
        undone = app.live.whole
        await app.press("tab")
        assert (app.sheet().col, app.sheet().has_focus, app.editor.is_open) == (column, False, False)
        assert app.live.whole == undone


async def test_what_a_list_has_set_is_said_also_while_the_next_one_is_open(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_block(BlockKind.APPROACH)
        await app.go(app.sheet().table.rows[0].id, "Interest", "main", "s", "tab")
        assert app.editor.is_open
        await app.type_text("decl", "tab")
        assert app.editor.is_open
        told = str(app.workspace.stage.border_subtitle)
        assert told.startswith("Introd. · ")
        assert told.endswith("→ declined, Ctrl+Z undoes")
        await app.press("escape")
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Action/A07", "Owner", "main", "enter")
        await app.type_text("ana pires", "enter", "enter")
        told = str(app.workspace.stage.border_subtitle)
        assert told == "team member ana pires added and 1 more, Ctrl+Z undoes"


async def test_a_day_that_was_typed_is_said_and_for_how_many(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Action/A07", "Due", "main", "enter")
        was = app.live.whole.get(Action, "A07")
        assert was is not None
        assert was.due is not None
        await app.type_text("4 dec 2026", "enter")
        told = str(app.workspace.stage.border_subtitle)
        assert told.startswith("Due · ")
        assert told.endswith("→ Fri 4 Dec 2026, Ctrl+Z undoes")
        assert was.due.isoformat() not in told, "one form of date"
        await app.press("m", "m", "up", "enter")
        await app.type_text("7 dec 2026", "enter")
        assert "marked" in str(app.workspace.stage.border_subtitle)
        assert "→ Mon 7 Dec 2026, Ctrl+Z undoes" in str(app.workspace.stage.border_subtitle)


async def test_discovery_opens_on_the_first_score_so_digits_score_at_once(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.DISCOVERY)
        row = app.sheet().current
        assert row is not None
        criterion = row.id.partition("/")[2]
        await app.press("2", "tab", "1")
        scores = [app.live.whole.get(Score, criterion, party.id) for party in app.live.view.partners]
        assert [score and score.score for score in scores] == [2, 1]
        assert app.workspace.stage.number == 0


async def test_scores_by_seat_and_a_digit_that_is_none_go_on_by_tab(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.CLOSING)
        await to_view(app, "Was it worth it?")
        await app.press("ctrl+home", "2", "tab", "1")
        given = {row.seat: row.score for row in app.live.whole.where(Roti, session="S2")}
        assert (given["1"], given["2"]) == (2, 1)
        await to_view(app, "Risks")
        await app.press("a")
        await app.type_text("It slips", "enter", "escape", "up")
        await app.press("right", "4")
        assert app.shows("takes 1, 2 or 3, so nothing has changed")
        await app.press("tab", "3", "shift+tab", "2")
        (risk,) = app.live.whole.where(Risk, text="It slips")
        assert (risk.likelihood, risk.impact) == (2, 3)


async def test_tab_leads_to_every_field_of_a_new_row_in_a_narrow_terminal_too(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await app.to_people()
        await app.press("a")
        await app.type_text("Zoe Adams", "tab")
        led = []
        for _ in range(16):
            if app.editor.edit and app.editor.edit.sets and app.editor.edit.sets[1] not in led:
                led.append(app.editor.edit.sets[1])
            if led and led[-1] in {"influence", "interest"}:
                await app.type_text("4" if led[-1] == "influence" else "5")
            if led and led[-1] == "interest":
                break
            await app.press("tab")
        assert led == ["title", "role", "style", "owner", "reports_to", "influence", "interest"]
        await app.press("tab")
        (zoe,) = app.live.whole.where(Stakeholder, name="Zoe Adams")
        assert (zoe.influence, zoe.interest) == (4, 5)


async def test_tab_takes_a_new_meeting_through_its_questions_and_passes_none_over(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(140, 36)) as app:
        await app.to_block(BlockKind.APPROACH)
        await app.to_view("2")
        before = app.live.whole.all(Meeting)
        await app.press("a")
        await app.type_text("Priya", "tab")
        await app.press("tab")
        assert app.shows("New meeting: who of ours was there?")
        assert app.beneath == "✗ This has to be answered: choose, or Esc leaves all of it."
        await app.type_text("Rowan", "tab")
        await app.press("tab")
        assert app.shows("On which day did they meet?")
        assert "✗ No date was given" in app.beneath
        assert app.live.whole.all(Meeting) == before
        await app.type_text("today", "tab")
        (made,) = (meeting for meeting in app.live.whole.all(Meeting) if meeting not in before)
        await app.press("tab", "tab")  # past whom else we met, and who else was there, in the new row
        await app.type_text("They want a pilot", "enter")
        assert app.live.whole.where(Meeting, id=made.id, said="They want a pilot")


async def test_tab_in_a_question_that_may_stay_empty_takes_it_as_enter_does(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(140, 36)) as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Action/A08")
        await app.pick("Status", "", "d", "card")
        await app.wait_until(lambda: app.shows("What shows it?"), "it is asked")
        await app.press("tab")
        (action,) = app.live.whole.where(Action, id="A08")
        assert action.status is ActionStatus.DONE


async def test_a_score_in_the_place_of_another_says_how_one_goes_on_to_the_next_seat(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        app.live.commit(
            lambda plan: [Remove(row) for row in (*plan.all(Roti), *plan.where(Presence, session="S2"))]
        )
        await app.to_block(BlockKind.CLOSING)
        await to_view(app, "Was it worth it?")
        await app.press("ctrl+home", "4")
        assert app.shows("Seat 1: · → 4, Ctrl+Z undoes")
        assert not app.shows("adds a seat")
        await app.press("3")  # as somebody does who goes around the table
        assert app.shows("Seat 1: 4 → 3, Ctrl+Z undoes; a adds a seat")
        await app.press("a", "5", "enter", "escape")
        given = {row.seat: row.score for row in app.live.whole.where(Roti, session="S2")}
        assert given == {"1": 3, "2": 5}
        await app.go("Seat 1", "", "main", "2")
        assert app.shows("Seat 1: 3 → 2, Ctrl+Z undoes; ↓ is the next seat")
