"""The table of the people: how it is sorted and filtered, and how rows are changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.driver import driving
from tests.views.plans import at, looked_at
from workshop_tui.domain.base.vocabulary import CUSTOMER, Authority, BuyingRole, Sentiment, SocialStyle
from workshop_tui.domain.model.people import Reading, Stakeholder, Tie
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Step, apply
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.choices import next_value
from workshop_tui.views.stakeholders.table import Everybody


def names(live: LivePlan, view: Everybody) -> list[str]:
    """Return whom the table lists, in its order."""
    return [row.cells[0].text for row in view.table(live).rows if not row.placeholder]


async def test_what_one_audience_sorts_and_seeks_is_not_told_to_another(sample: AccountPlan) -> None:
    live, view = looked_at(sample), Everybody()
    before = names(live, view)
    view.table_query(live).sort("All")
    view.table_query(live).wanted = "economic"
    assert names(live, view) == ["Marcus Hale-Obi"]
    assert view.head(live) == "«economic»: 1 of 14"
    live.look_as(CUSTOMER)
    assert names(live, view) == before
    assert view.head(live) == ""
    assert view.table(live).order == ("", "")
    view.table_query(live).wanted = "economic"  # a word that it may not see finds nobody
    assert names(live, view) == []


# Sorting and filtering


@pytest.mark.parametrize(
    ("column", "down", "first", "last"),
    [
        ("Name", False, "Bram Osterveld", "Yuki Tanemura"),
        ("Title", True, "Programme Director for CR-7", "Chair"),
        ("All", False, "Bram Osterveld", "To be named"),
        ("All", True, "Dev Rathmore", "To be named"),
        ("Infl", True, "Ingrid Solvane", "Yuki Tanemura"),
    ],
)
async def test_rows_are_sorted_by_what_a_column_says(
    sample: AccountPlan,
    column: str,
    down: bool,
    first: str,
    last: str,
) -> None:
    live, view = looked_at(sample), Everybody()
    for _ in range(1 + down):
        view.table_query(live).sort(column)
    table = view.table(live)
    at = 1 if column == "Title" else 0
    shown = [row.cells[at].text for row in table.rows if not row.placeholder]
    assert table.order == (column, "▼" if down else "▲")
    assert (shown[0], shown[-1][: len(last)]) == (first, last)
    assert len(shown) == 14


async def test_the_third_time_the_order_is_the_peoples_own(sample: AccountPlan) -> None:
    live, view = looked_at(sample), Everybody()
    own = names(live, view)
    for _ in range(3):
        view.table_query(live).sort("Name")
    assert names(live, view) == own


# By the keyboard


async def test_sorting_is_shown_in_the_heading_and_the_cursor_stays_on_its_person(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_people()
        await app.go("Marcus", "Name")
        await app.press("s")
        assert "Name▲" in app.text
        assert app.cell == "Marcus Hale-Obi"
        assert app.sheet().table.rows[0].cells[0].text == "Bram Osterveld"
        await app.press("s")
        assert "Name▼" in app.text
        await app.press("s")
        assert not {"▲", "▼"} & set(app.text)
        assert app.sheet().table.rows[0].cells[0].text == "Ingrid Solvane"


async def test_filtering_by_typing(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_people()
        await app.press("slash")
        await app.type_text("chief RISK")
        assert "«chief RISK»: 1 of 14" in app.text
        assert [row.cells[0].text for row in app.sheet().table.rows] == ["Priya Vantongeren"]
        await app.press("enter")
        assert app.sheet().has_focus
        assert "«chief RISK»: 1 of 14" in app.text
        await app.press("escape")
        assert "«" not in app.text
        assert len(app.sheet().table.rows) == 15
        await app.press("slash")
        await app.type_text("nobody like that")
        assert "Nobody has «nobody like that»: Esc shows everybody." in app.text
        await app.press("enter", "a")  # whoever comes in would not be seen
        assert app.shows("All rows are shown again, not those with «nobody like that» alone.")
        assert len(app.sheet().table.rows) == 15
        await app.type_text("Ana Pires", "enter")
        assert app.live.whole.where(Stakeholder, name="Ana Pires")


async def test_the_customer_is_shown_no_filter_of_ours(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_people()
        await app.press("slash")
        await app.type_text("economic", "f4")
        await app.wait_until(lambda: app.live.audience == CUSTOMER, "the customer looks")
        await app.pilot.pause()
        assert "economic" not in app.text
        assert app.sheet().has_focus


async def test_letters_set_the_focused_value_before_they_are_commands(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(240, 45)) as app:
        await app.to_people()
        await app.press("c")
        block, before = app.workspace.block, len(app.live.whole.all(Stakeholder))
        for column, key, name, value in (
            ("Style", "n", "style", SocialStyle.ANALYTICAL),
            ("Style", "e", "style", SocialStyle.EXPRESSIVE),
            ("Style", "a", "style", SocialStyle.AMIABLE),
            ("Role", "c", "role", BuyingRole.COACH),
            ("Role", "question_mark", "role", None),
            ("Infl", "2", "influence", 2),
            ("Authority", "e", "authority", Authority.VETO),
        ):
            await app.go("Tomasz", column, "main", "?" if key == "question_mark" else key)
            assert getattr(app.live.whole.get(Stakeholder, "ST04"), name) == value
        figures = ((["1"], 1), (["minus", "1"], -1), (["minus", "2"], -2), (["2"], 2), (["minus"], 1))
        for typed, felt in figures:
            await app.go("Tomasz", "All")
            await app.press(*typed)  # a minus and a figure are one figure, as the table shows it
            reading = app.live.whole.get(Reading, app.live.session_id, "ST04", "all")
            assert reading is not None
            assert reading.value == felt, typed
            await app.press("left")
        assert app.workspace.block == block
        assert app.workspace.stage.number == 0
        assert app.editor.edit is None
        assert len(app.live.whole.all(Stakeholder)) == before
        await app.go("Tomasz", "Style")
        keys = "d driving · e expressive · a amiable · n analytical · u unknown"
        await app.wait_until(lambda: keys in app.text, "what was set has been told for long enough")
        await app.go("Tomasz", "Name", "main", "n")
        assert app.workspace.block != block


async def test_delete_removes_even_where_x_is_a_value(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_people()
        await app.go("Tomasz", "All", "main", "delete")
        await app.wait_until(lambda: app.shows("Remove Tomasz Lindqvar and 23 entries about them?"))


async def test_what_is_set_in_a_marked_row_is_set_in_all_and_undone_at_once(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(240, 45)) as app:
        await app.to_people()
        await app.press("c")
        start = app.live.whole
        await app.go("Marcus", "Style")
        await app.press("m", "m")
        await app.go("Colm", "Style")
        await app.press("m")
        assert "3 marked" in app.text
        assert sum("●" in row for row in app.rows) >= 3
        await app.go("Colm", "Style", "main", "e")
        styles = {p.id: p.style for p in app.live.whole.all(Stakeholder)}
        assert {p for p, style in styles.items() if style is SocialStyle.EXPRESSIVE} >= {
            "ST02",
            "ST03",
            "ST10",
        }
        assert styles["ST04"] == start.all(Stakeholder)[3].style
        await app.go("Priya", "Quillhaven owner", "main", "enter")
        assert app.editor.edit is not None
        assert app.editor.edit.title == "Quillhaven owner · 3 marked people"
        await app.type_text("jonty", "enter")
        ties = [app.live.whole.get(Tie, person, "ps") for person in ("ST02", "ST03", "ST10")]
        assert {tie.owner for tie in ties if tie} == {"P3"}
        await app.stored()
        for was in ("owner", "style"):
            await app.press("ctrl+z")
            await app.stored()
            assert was in app.told.lower()
        assert app.live.whole == start


async def test_a_name_stays_its_own_and_esc_takes_the_marks_away(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_people()
        await app.go("Marcus", "Name")
        await app.press("shift+down", "shift+down")
        assert "2 marked" in app.text
        await app.fill("Marcus", "Name", " Jr")
        assert len({p.name for p in app.live.whole.all(Stakeholder)}) == 14
        await app.press("escape")
        assert "marked" not in app.text


# Stepping


@pytest.mark.parametrize(("up", "then"), [(True, [2, 1]), (False, [1, -1])])
async def test_plus_and_minus_go_on_from_the_sentiment_of_an_earlier_session(
    sample: AccountPlan, up: bool, then: list[int]
) -> None:
    was = {"ST02": Sentiment.ADVOCATE, "ST03": Sentiment.NEUTRAL}
    there = [row for row in sample if not (isinstance(row, Reading) and row.stakeholder in was)]
    first, *_, last = sample.sessions
    read = (
        Reading(session=first.id, stakeholder=who, toward="all", value=value) for who, value in was.items()
    )
    live, view = looked_at(AccountPlan.of((*there, *read))), Everybody()

    def pressed(who: str) -> AccountPlan:
        edit = at(view, live, f"Stakeholder/{who}", "All").edit
        assert edit is not None
        return apply(live.whole, Step(tuple(edit.build(live.whole, next_value(edit, up=up)))))

    def read_now(plan: AccountPlan) -> list[Sentiment | None]:
        found = (plan.get(Reading, last.id, who, "all") for who in was)
        return [reading.value if reading else None for reading in found]

    assert at(view, live, "Stakeholder/ST02", "All").text == "(+2)"
    assert read_now(pressed("ST02"))[0] == then[0]
    assert read_now(pressed("ST03"))[1] == then[1]
    view.table_query(live).marked.update(f"Stakeholder/{who}" for who in was)
    assert read_now(pressed("ST02")) == then
