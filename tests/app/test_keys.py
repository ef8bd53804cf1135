"""One meaning a key: digits are views or values and never both, and a bare key says what it has changed."""

from __future__ import annotations

from pathlib import Path

from tests.app.driver import Driven, driving, seed
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.model.actions import Action, Approach
from workshop_tui.domain.model.discovery import Score
from workshop_tui.domain.model.session import Block, Risk, Roti
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.tui.commands.command import is_listed
from workshop_tui.tui.features.listing import NO_LIST, NO_ROW
from workshop_tui.tui.keyboard import Mode
from workshop_tui.tui.widgets.key_bar import PALETTE, Keys, may_be_told
from workshop_tui.tui.widgets.stage import A_LOOK
from workshop_tui.tui.widgets.status_bar import Tabs


def border(app: Driven) -> str:
    """What the lower border of the stage says."""
    return str(app.workspace.stage.border_subtitle or "")


def tabs(app: Driven) -> Tabs:
    """The names of the views as they are painted."""
    return app.workspace.stage.query_one("#tabs", Tabs)


def open_view(app: Driven) -> int:
    return app.workspace.stage.number


async def test_no_key_both_views_and_values(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        walked = 0
        for block in app.workspace.blocks():
            app.workspace.open_block(block.id)
            for number, _ in enumerate(app.workspace.stage.views):
                app.workspace.stage.open_view(number)
                await app.quiet()
                for name in ("main", "card"):
                    walked += await _walked(app, name)
        assert walked > 100


async def _walked(app: Driven, name: str) -> int:
    """Go over the cells of a sheet; where the tabs show a digit, it opens that view and sets nothing."""
    stage = app.workspace.stage
    sheet = stage.main if name == "main" else app.sheet("card")
    if not sheet.display:
        return 0
    count = 0
    for down in range(min(len(sheet.table.rows), 4 if name == "main" else 30)):
        for column in [n for n in sheet._lay.columns if sheet._stops(n)] or [0]:
            sheet.focus()
            sheet.row, sheet.col = down, column
            if sheet.current is None or sheet.current.heading:
                continue
            stage.hint()
            count += 1
            takes = any(key.isdigit() for key in sheet.keys)
            shown = str(tabs(app).render())
            assert tabs(app).numbered is not takes, (stage.block, stage.view, name, down, column)
            assert (" 1 " in f" {shown} ") is not takes
            if takes and count % 3 == 0:
                at, digit = open_view(app), str(len(stage.views))
                await app.press(digit)
                assert open_view(app) == at
            elif not takes and len(stage.views) > 1 and count % 7 == 0:
                at, before = open_view(app), app.live.whole
                await app.press(str((at + 1) % len(stage.views) + 1))
                assert (open_view(app), app.live.whole) == ((at + 1) % len(stage.views), before)
                stage.open_view(at)
    return count


async def test_v_and_a_digit_open_a_view_where_digits_are_values(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.DISCOVERY)
        await app.press("right", "right")
        before = app.live.whole
        assert app.sheet().takes_digits
        assert not app.shows(" 2 Forms")
        await app.press("v")
        assert app.shows("1 Profile")
        assert app.shows("v next · V before")
        await app.press("2")
        assert (open_view(app), app.live.whole) == (1, before)
        assert app.shows("2 Forms")
        await app.type_text("v1")
        assert open_view(app) == 0
        await app.press("v", "v")
        assert open_view(app) == 1
        await app.press("V", "V")
        assert open_view(app) == len(app.workspace.stage.views) - 1
        await app.press("alt+1")
        assert open_view(app) == 0
        await app.press("v", "escape")
        assert (open_view(app), app.sheet().has_focus) == (0, True)
        await app.press("v", "x")
        assert (open_view(app), app.live.whole) == (0, before)
        await app.press("v", "9")
        assert "There is no view 9 here" in border(app)


async def test_v_opens_a_view_from_the_card_and_from_the_other_panes(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_people()
        await app.press("g")
        for name in ("card", "gaps", "rail"):
            await app.to_sheet(name)
            await app.press("v", "2")
            assert open_view(app) == 1, name
            await app.press("v", "1")


async def test_a_key_that_sets_a_value_says_so_and_for_how_long(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.CLOSING)
        await app.press("v", "4")
        await app.press("ctrl+home", "4")
        seat = app.sheet().current
        assert seat is not None
        session = app.live.session_id
        was = app.live.whole.get(Roti, session, seat.id.partition("/")[2])
        await app.press("5")
        assert border(app) == "Seat 1: 4 → 5, Ctrl+Z undoes; ↓ is the next seat"
        assert was is not None
        await app.press("5")  # nothing has changed by it
        app.workspace.stage._hush()
        assert "Ctrl+Z" not in border(app)
        await app.press("plus")
        assert "no figure" not in border(app)


async def test_what_a_key_has_set_is_not_told_to_another_audience(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_people()
        await app.go("Marcus", "All", "main", "1")
        assert "Ctrl+Z undoes" in border(app)
        await app.press("f4")
        assert "Ctrl+Z undoes" not in border(app)


async def test_a_word_typed_into_a_short_list_is_no_command(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.OPENING)
        agenda = [view.title for view in app.workspace.stage.views].index("Agenda") + 1
        await app.press("v", str(agenda))
        before = app.live.whole
        blocks = len(before.all(Block))
        await app.press("a")
        await app.type_text("score")
        assert app.live.whole == before
        assert app.beneath.endswith("Enter choose · Esc leave")
        await app.press("enter")
        made = [block for block in app.live.whole.all(Block) if block not in before.all(Block)]
        assert [block.kind for block in made] == [BlockKind.SCORECARD]
        assert len(app.live.whole.all(Block)) == blocks + 1
        assert app.app.screen is app.workshop


async def test_a_key_of_the_list_finds_its_value_and_waits_for_enter(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.DISCOVERY)
        await app.press("right", "right", "enter", "2")
        first = app.sheet().current
        assert first is not None
        before = app.live.whole.all(Score)
        assert app.editor.is_open
        await app.press("enter")
        assert not app.editor.is_open
        assert app.cell == "2"
        assert {score.score for score in app.live.whole.all(Score) if score not in before} <= {2}


async def test_b_on_a_step_books_nothing_unawares(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_block(BlockKind.APPROACH)
        before = app.live.whole
        await app.go(app.sheet().table.rows[0].id, "Interest", "main", "b")
        assert app.editor.is_open
        assert "Booked for which day?" in str(app.editor.border_title)
        await app.press("escape")
        assert app.live.whole == before


async def test_c_is_the_customer_whatever_the_firms_are_called_and_a_line_does_not_vanish_in_silence(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.ACTIONS)
        row = app.sheet().current
        assert row is not None
        action = row.id.partition("/")[2]
        firm = app.live.view.partners[1]
        for key, audience in (("c", CUSTOMER), ("a", ALLIANCE), (firm.short, firm.id)):
            await app.to_sheet("card")
            await app.press("ctrl+end", "enter")
            await app.type_text(key, "enter")
            now = app.live.whole.get(Action, action)
            assert now is not None
            assert now.visibility == audience
        assert border(app) == f"For {firm.short} alone now: gone from this screen, Ctrl+Z undoes"
        await app.stored()
        await app.press("ctrl+z")
        await app.stored()
        assert app.live.view.get(Action, action)


async def test_what_the_border_says_goes_with_the_view_and_with_the_next_key_once_it_is_read(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_people()
        stage = app.workspace.stage
        await app.go("Marcus", "All", "main", "1")
        assert "Ctrl+Z undoes" in border(app)
        await app.press("down")  # too soon: nobody could read it
        assert "Ctrl+Z undoes" in border(app)
        stage._told_at -= A_LOOK
        await app.press("up")
        assert "Ctrl+Z undoes" not in border(app)
        await app.press("2")
        assert "Ctrl+Z undoes" in border(app)
        await app.press("v", "3")
        assert "Ctrl+Z undoes" not in border(app)


async def test_the_foot_and_the_help_offer_what_the_view_has(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        foot = app.workshop.query_one(Keys)
        for block in app.workspace.blocks():
            app.workspace.open_block(block.id)
            for number, view in enumerate(app.workspace.stage.views):
                app.workspace.stage.open_view(number)
                await app.quiet()
                table = app.workspace.stage.main.table
                told_of = (each for each in app.workshop.active_bindings.values() if each.enabled)
                told = [each for each in told_of if each.binding.show or each.binding.action == PALETTE]
                assert list(may_be_told(app.workshop)) == told, view.title
                adds = any(row.placeholder for row in table.rows)
                sorts = view.table_query(app.live) is not None
                assert bool({"sheet.add", "canvas.relate"} & {*foot.ids}) == adds, view.title
                listed = {
                    each.binding.id for each in app.workshop.active_bindings.values() if is_listed(each)
                }
                assert bool({"sheet.add", "canvas.relate"} & listed) == adds, view.title
                assert ({"table.sort", "table.filter", "table.mark"} <= listed) == sorts, view.title
                row = table.rows[app.workspace.stage.main.row].id if table.rows else ""
                removes = bool(app.workspace.stage.removable(row))
                assert ("sheet.remove" in listed) == removes, view.title


async def test_the_foot_is_painted_anew_in_another_theme(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        foot, theme = app.workshop.query_one(Keys), app.app.theme
        dark = {segment.style for segment in foot.render_line(0)}
        app.app.theme = "textual-light"
        await app.quiet()
        assert not dark & {segment.style for segment in foot.render_line(0)}
        app.app.theme = theme
        await app.quiet()
        assert {segment.style for segment in foot.render_line(0)} == dark


async def test_a_key_of_ones_own_for_a_command_takes_no_value_away(norvane: Path) -> None:
    for own, key, style in (("insert", "a", "amiable"), ("e,insert", "e", "expressive")):
        async with driving(norvane, account="norvane", keys={"sheet.add": own}) as app:
            await app.to_people()
            await app.go("Social style", "", "card")
            await app.press(key)
            assert (app.sheet("card").current_cell.text, app.workspace.is_typing) == (style, False)


async def test_what_is_told_of_a_key_is_the_users_own(norvane: Path) -> None:
    own = {"table.sort": "S", "table.mark": "number_sign", "focus": "f8", "undo": "f10", "editor.keep": "f6"}
    async with driving(norvane, account="norvane", keys=own) as app:
        await app.to_people()
        await app.go("Marcus", "Name")
        assert border(app) == "ps = Quillhaven · tech = Stratalume   S sort · / filter · # mark"
        await app.press("f8")
        assert border(app) == "F8 or Esc leaves the focus."
        await app.press("f8")
        await app.go("Marcus", "All", "main", "1")
        assert border(app).endswith(", F10 undoes")
        await app.go("Marcus", "Name", "main", "enter")
        assert app.beneath == "F6 keep · Esc leave"
        await app.press("escape")


async def test_a_cell_whose_draft_is_gone_tells_its_letters_again(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.OPENING)
        await app.to_view("2")
        await app.press("a")
        await app.type_text("Ann Quist", "enter", "escape", "up")
        await app.go("Ann Quist", "Style", "main", "enter")
        await app.type_text("wrong text", "enter", "escape")
        assert border(app).startswith("✎ typed and not saved")
        await app.press("u")
        assert "✎" not in app.text
        assert border(app).startswith("Social style: · → ?") or "d driving" in border(app)
        app.workspace.stage._hush()
        assert "d driving" in border(app)


async def test_the_views_are_named_once_also_while_one_is_chosen(norvane: Path) -> None:
    for size in ((80, 24), (120, 36)):
        async with driving(norvane, account="norvane", size=size) as app:
            await app.to_people()
            before = app.rows
            await app.press("v")
            assert sum(" Styles" in row for row in app.rows) == 1
            assert app.shows("3 Styles")
            assert app.rows[3:-2] == before[3:-2], "nothing jumps"
            await app.press("escape")
            assert app.rows == before


async def test_an_empty_table_names_the_users_own_keys(empty: Path, sample: AccountPlan) -> None:
    seed(empty, AccountPlan.of(row for row in sample if not isinstance(row, Risk)))
    async with driving(empty, account="norvane", keys={"capture": "f10", "sheet.add": "insert"}) as app:
        await app.to_block(BlockKind.CLOSING)
        await app.to_view("3")
        assert app.shows("press Insert, or F10 from anywhere and «r: the budget")


async def test_what_is_for_the_rows_of_a_table_goes_there_from_every_pane(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_people()
        await app.press("g")
        for name in ("gaps", "rail", "card"):
            for key in ("s", "m", "shift+down"):
                await app.to_sheet(name)
                before = app.sheet().table.order, app.workspace.stage.marked
                await app.press(key)
                assert (app.sheet().table.order, app.workspace.stage.marked) != before, (name, key)
                assert app.sheet().has_focus, (name, key)
                await app.press("escape")
            await app.to_sheet(name)
            await app.press("/")
            assert app.workspace.mode is Mode.FILTER
            await app.press("escape")
        await app.press("a", "escape", "m")
        assert app.told == NO_ROW
        await app.press("v", "w", "v", "2", "s")
        assert app.told == NO_LIST


async def test_the_suggested_lead_is_taken_by_the_very_keys_that_the_card_names(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(200, 60)) as app:
        await app.to_block(BlockKind.APPROACH)
        rows = app.sheet().table.rows
        lead = next(n for n, col in enumerate(app.sheet().table.cols) if col.heading == "Lead")
        row = next(row for row in rows if row.cells[lead].text.startswith("? "))
        await app.go(row.id)
        card = [cell.text for line in app.sheet("card").table.rows for cell in line.cells]
        assert any("d, then l finds it, Enter takes it" in text for text in card)
        person = row.id.partition("/")[2]
        await app.press("d")
        assert app.shows(row.cells[0].text.partition("\n")[0]), "the menu is about them"
        await app.press("l")
        assert not (found := app.live.whole.get(Approach, person)) or found.lead is None
        await app.press("enter")
        found = app.live.whole.get(Approach, person)
        assert found is not None
        assert found.lead
