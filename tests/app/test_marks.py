"""While rows are marked, they are what is acted on, wherever the cursor stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

import pytest

from tests.app.driver import driving
from tests.views.plans import looked_at
from workshop_tui.domain.base.entity import Json
from workshop_tui.domain.base.vocabulary import ActionStatus, BlockKind, SocialStyle
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Refused, Step, apply, target
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.actions.grouped import GROUPINGS
from workshop_tui.views.actions.table import Actions
from workshop_tui.views.base import View
from workshop_tui.views.cell import Edit
from workshop_tui.views.choices import next_value
from workshop_tui.views.query import card_together
from workshop_tui.views.stakeholders.table import Everybody
from workshop_tui.views.value.answer_list import AnswerList

EVERY: list[Callable[[], View]] = [
    *(partial(Actions, grouping) for grouping in GROUPINGS),
    Everybody,
    AnswerList,
]


def meant(edit: Edit, live: LivePlan, at: int) -> list[set[str]]:
    """Return the keys of what an edit changes, whatever is set by it."""
    typed: list[Json] = [True] if edit.toggles else ["2026-07-01", "7", "Words"]
    values = [choice.value for choice in edit.choices] or typed
    for value in values[at % len(values) :] + values:
        try:
            asked = edit.follow and edit.follow(value)
            changes = asked.build(live.whole, "Words") if asked else edit.build(live.whole, value)
            apply(live.whole, Step(tuple(changes)))
        except Refused:
            continue
        if changes:
            return [set(target(change)[1]) for change in changes]
    return []


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", EVERY)
async def test_marks_win_over_the_cursor(sample: AccountPlan, kind: Callable[[], View], seed: int) -> None:
    live, view, chance = looked_at(sample), kind(), Random(seed)  # noqa: S311
    names = [row.id for row in view.table(live).rows if row.cells and not row.placeholder]
    marked = chance.sample(names, chance.randint(1, 4))
    query = view.table_query(live)
    assert query is not None
    query.marked.update(marked)
    here = chance.choice(names)
    table = view.table(live)
    row = next(row for row in table.rows if row.id == here)
    assert {row.id for row in table.rows if row.marked} == set(marked)
    those = {name.partition("/")[2] for name in marked}
    others = {name.partition("/")[2] for name in names} - those
    cards = {name: card for name in {here, *marked} if (card := view.card(live, name))}
    card = card_together(cards, here, marked, view.called)
    edits = [
        *(cell.edit for cell, col in zip(row.cells, table.cols, strict=True) if col.heading != "Action"),
        *(line.cells[1].edit for line in card.rows if len(line.cells) > 1),
        *(deed.edit for deed in view.row_actions(live, here)),
    ]
    at = chance.randrange(10)
    own = {"title", "name", "text"}  # what a row is called stays its own
    for edit in edits:
        if edit and edit.place.rpartition("/")[2] not in own:
            assert all(key & those for key in meant(edit, live, at) if key & others), edit.title


async def test_a_figure_goes_up_by_one_in_each_marked_row(sample: AccountPlan) -> None:
    live, view = looked_at(sample), Everybody()
    people = [p for p in sample.all(Stakeholder) if p.influence in {2, 3, 4}][:2]
    view.table_query(live).marked.update(f"Stakeholder/{p.id}" for p in people)
    table = view.table(live)
    column = [col.heading for col in table.cols].index("Infl")
    edit = table.rows[0].cells[column].edit
    assert edit is not None
    then = apply(live.whole, Step(tuple(edit.build(live.whole, next_value(edit, up=True)))))
    assert [then.get(Stakeholder, p.id).influence for p in people] == [(p.influence or 0) + 1 for p in people]  # type: ignore[union-attr]


async def test_what_is_not_the_same_in_all_begins_empty(sample: AccountPlan) -> None:
    live, view = looked_at(sample), Actions()
    view.table_query(live).marked.update({"Action/A07", "Action/A08"})
    table = view.table(live)
    owner = [col.heading for col in table.cols].index("Owner")
    edit = next(row for row in table.rows if row.id == "Action/A11").cells[owner].edit
    assert edit is not None
    assert (edit.title, edit.text) == ("Owner · 2 marked actions", "")


async def test_marked_actions_are_done_and_not_the_one_under_the_cursor(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Action/A07")
        await app.press("m", "m")
        here = app.sheet().current
        assert here is not None
        assert not here.marked
        assert app.shows("2 marked: what is set or done goes for them")
        await app.press("d")
        assert app.shows("2 marked ──")
        assert app.shows("Done · 2 actions")
        await app.press("d", "enter", "enter", "enter")
        done = {a.id for a in app.live.whole.where(Action, status=ActionStatus.DONE, done_on=app.live.today)}
        assert done == {"A07", "A08"}


async def test_an_owner_goes_to_the_marked_actions_and_to_one_marked_alone(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Action/A07")
        await app.press("m")
        before = app.live.whole.get(Action, "A08")
        await app.press("right", "enter")
        assert "or this one?" not in app.text  # marking has led there, nobody has
        assert app.editor.border_title
        assert "Owner · " in app.editor.border_title
        await app.type_text("hana", "enter")
        first = app.live.whole.get(Action, "A07")
        assert first is not None
        assert (first.owner, app.live.whole.get(Action, "A08")) == ("T3", before)


async def test_the_card_and_a_key_set_what_is_marked(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(240, 45)) as app:
        await app.to_people()
        await app.go("Marcus", "Style")
        await app.press("m", "m")
        styles = {p.id: p.style for p in app.live.whole.all(Stakeholder)}
        await app.go("Colm", "Style", "main", "e")
        assert app.shows("Style: the 2 marked, or this one?")
        await app.press("enter")
        now = {p.id: p.style for p in app.live.whole.all(Stakeholder)}
        assert {p for p in now if now[p] is SocialStyle.EXPRESSIVE and now[p] != styles[p]} <= {
            "ST02",
            "ST03",
        }
        assert now["ST10"] == styles["ST10"]
        assert "sets 2 marked" in str(app.sheet("card").border_title)
        await app.go("Influence", "", "card", "enter")
        await app.press("enter")
        assert app.editor.edit is not None
        assert app.editor.edit.title == "Influence · 2 marked people"


async def test_removing_takes_what_is_marked_and_asks_first(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        before = app.live.whole
        await app.go("Action/A07")
        await app.press("m", "m", "x")
        assert app.shows("Remove the 2 marked")
        await app.press("y", "enter")
        assert {a.id for a in before.all(Action)} - {a.id for a in app.live.whole.all(Action)} == {
            "A07",
            "A08",
        }
        await app.stored()
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.live.whole == before, "both are back")


async def test_marked_rows_that_are_out_of_view_are_named_before_they_go(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await app.to_people()
        await app.press("ctrl+home", "m", "m", "ctrl+end", "up", "left", "left")
        first, second = (person.name for person in app.live.view.all(Stakeholder)[:2])
        assert not app.shows(first)
        await app.press("delete")
        assert app.shows("Remove the 2 marked")
        assert app.shows(f"«{first}»")
        assert app.shows(f"«{second}»")


async def test_what_the_filter_hides_is_told_and_left_alone(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Action/A07")
        await app.press("m", "m", "slash")
        await app.type_text("drill", "enter")
        stage = app.workspace.stage
        assert stage.listing.table_query
        hidden = stage.listing.table_query.marked.difference(stage.marked)
        assert app.shows(f"{len(hidden)} marked {'is' if len(hidden) == 1 else 'are'} hidden by the filter")


async def test_setting_an_unmarked_row_asks_whether_the_marked_ones_or_this_one(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(240, 45)) as app:
        await app.to_people()
        await app.go("Marcus", "Style")
        await app.press("m", "m")
        before = app.live.whole
        await app.go("Colm", "Style", "main", "e")
        assert app.shows("Style: the 2 marked, or this one?")
        assert app.shows("The 2 marked")
        assert app.shows("This one: Colm Addington")
        await app.press("escape")
        assert app.live.whole == before
        await app.go("Colm", "Style", "main", "e")
        await app.press("t", "enter")
        changed = [p for p in app.live.whole.all(Stakeholder) if p not in before.all(Stakeholder)]
        assert [(p.name, p.style) for p in changed] == [("Colm Addington", SocialStyle.EXPRESSIVE)]
        await app.go("Colm", "Title", "main", "enter")
        await app.press("down", "enter")
        await app.type_text("!", "tab")  # and the next field is for the same row, unasked
        assert app.editor.edit is not None
        assert not app.editor.edit.parts
        await app.press("escape")
        colm = app.live.whole.get(Stakeholder, changed[0].id)
        await app.go("Marcus", "Style", "main", "d")  # a marked row is one of those: nothing is asked
        assert "or this one?" not in app.text
        await app.press("escape")
        assert app.live.whole.get(Stakeholder, changed[0].id) == colm


async def test_a_date_that_is_none_is_told_and_leaves_no_draft_in_any_of_the_marked_rows(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("m", "m", "m")
        before = app.live.whole
        await app.go("Three-way", "Due", "main", "enter")
        assert app.shows("Due · 3 marked actions")
        await app.type_text("someday")
        app.editor.autosave()
        await app.quiet()
        assert "✎" not in app.text
        await app.press("enter")
        assert "✗ «someday» is not a form of date we know" in app.beneath
        await app.press("escape")
        assert app.shows("Nothing is set: «someday» is not a form of date we know")
        assert "✎" not in app.text
        await app.press("enter")
        assert app.editor.typed == ""
        await app.type_text("someday")
        await app.press("ctrl+z")
        assert app.told.startswith("«someday» is not saved: ")
        assert (app.live.whole, app.editor.is_open) == (before, False)
        await app.press("enter")
        await app.type_text("2026-06-20", "enter")
        due = [action.due for action in app.live.whole.all(Action) if f"{action.due}" == "2026-06-20"]
        assert len(due) == 3
        app.app.clear_notifications()
        await app.quiet()
        assert app.shows("Due · 3 marked actions: Sat 20 Jun 2026, a weekend")


async def test_what_one_row_has_as_a_draft_is_marked_in_that_row_alone(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Three-way", "Due", "main", "enter")
        await app.type_text("someday", "escape")
        drafts = app.text.count("✎")
        assert drafts  # in the table, and on the card
        await app.press("ctrl+home", "m")
        await app.go("Three-way")
        assert app.text.count("✎") == drafts


async def test_on_the_card_of_an_unmarked_row_this_one_is_that_row(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("m")
        await app.go("Three-way")
        here = app.sheet().current
        assert here is not None
        edits = [row.cells[1].edit for row in app.sheet("card").table.rows if len(row.cells) > 1]
        alone = [edit.alone for edit in edits if edit and edit.alone]
        assert alone
        assert {edit.place.rpartition("/")[0] for edit in alone} == {here.id}


async def test_where_marking_itself_has_led_the_marked_rows_are_meant_and_nothing_is_asked(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane", size=(240, 45)) as app:
        await app.to_people()
        await app.go("Marcus", "Style")
        await app.press("m", "m")
        marked = {row.id.partition("/")[2] for row in app.sheet().table.rows if row.marked}
        before = app.live.whole
        led_to = app.sheet().current
        assert led_to is not None
        assert not led_to.marked
        await app.press("e")
        assert "or this one?" not in app.text
        now = {p.id: p.style for p in app.live.whole.all(Stakeholder)}
        assert {now[each] for each in marked} == {SocialStyle.EXPRESSIVE}
        changed = {p.id for p in app.live.whole.all(Stakeholder) if p not in before.all(Stakeholder)}
        assert changed <= marked
        await app.press("down", "up", "a")  # one has gone there oneself
        assert app.shows("Style: the 2 marked, or this one?")


async def test_what_goes_on_with_a_new_row_is_for_it_and_not_for_the_marked_ones(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Action/A07", "Owner")
        await app.press("m", "m")
        await app.go("Action/A12", "Owner", "main", "enter")
        await app.wait_until(lambda: "the 2 marked, or this one?" in app.text)
        await app.type_text("m", "enter")
        await app.type_text("anselm", "enter")  # the marked ones
        before = {row.id: row for row in app.live.whole.all(Action)}
        assert before["A07"].owner == before["A08"].owner == "T2"
        await app.press("a")
        await app.type_text("Send the minutes to all of them", "tab")
        await app.type_text("rowan", "enter")
        await app.press("escape")
        (new,) = [row for row in app.live.whole.all(Action) if row.id not in before]
        assert new.owner == "P1"
        assert {row.id: row for row in app.live.whole.all(Action) if row.id in before} == before


@pytest.mark.parametrize("kind", [BlockKind.STAKEHOLDERS, BlockKind.ACTIONS])
async def test_marking_the_last_row_stays_there_and_the_line_for_a_new_row_does_what_is_done_with_it(
    norvane: Path, kind: BlockKind
) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(kind)
        await app.press("ctrl+end", "up")
        last = app.sheet().current
        assert last is not None
        await app.press("m")
        assert app.workspace.stage.marked == (last.id,)
        assert app.sheet().current == app.sheet().table.rows[-2]
        await app.press("down")
        assert app.cell.startswith("+ New")
        await app.press("d")
        assert "Nothing more can be done" not in app.told
        assert app.app.screen is not app.workshop  # what can be done with it
        await app.press("escape")
        current = app.sheet().current
        assert current is not None
        assert app.workspace.stage.removable(current.id) == (last.id,)


async def test_marking_on_and_on_leaves_the_last_row_marked(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_people()
        stage = app.workspace.stage
        await app.press("ctrl+home", "shift+up")
        first = stage.marked
        assert len(first) == 1
        await app.press("shift+up")
        assert stage.marked == first
        assert app.shows("No row follows, and this one is marked")
        await app.press("shift+up")
        assert len(stage.marked) == 0
