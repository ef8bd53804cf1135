"""The people as pictures, driven by keyboard and mouse."""

from __future__ import annotations

from pathlib import Path

from tests.app.crowd import crowd
from tests.app.driver import Driven, driving, seed
from workshop_tui.domain.base.vocabulary import CUSTOMER, BlockKind, Sentiment, SocialStyle
from workshop_tui.domain.model.people import Reading, Relation, Stakeholder
from workshop_tui.domain.plan.step import set_field
from workshop_tui.tui.widgets.canvas import Canvas

CHART, STYLES, INFLUENCE = "2", "3", "4"


def canvas(app: Driven) -> Canvas:
    return app.app.screen.query_one(Canvas)


def on(app: Driven) -> str:
    """Return the id of the person under the cursor of what is shown."""
    current = app.workspace.stage.main.current
    return current.id.removeprefix("Stakeholder/") if current else ""


def person(app: Driven, name: str) -> Stakeholder:
    return app.live.whole.where(Stakeholder, id=name)[0]


async def find(app: Driven, text: str) -> None:
    await app.press("/")
    await app.type_text(text, "enter")


async def test_one_person_is_focused_in_all_four_views(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.go("Stakeholder/ST06")
        for key in (CHART, STYLES, INFLUENCE, "1", INFLUENCE, CHART):
            await app.press(key)
            assert on(app) == "ST06"
            assert app.workspace.stage.main.has_focus
            assert "Dev Rathmore" in app.text
        await app.press("up")
        assert on(app) == "ST03"
        await app.press("1")
        assert on(app) == "ST03"


async def test_a_name_that_nobody_has_is_said_where_it_is_typed(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        for kind, view, told in (
            (BlockKind.STAKEHOLDERS, CHART, "Nobody here has a name like «zz»."),
            (BlockKind.ACTIONS, "6", "No milestone here has a name like «zz»."),
        ):
            await app.to_block(kind)
            await app.to_view(view)
            before = on(app)
            await app.press("/")
            await app.type_text("zz")
            assert app.shows(f"/zz▏  {told}")
            await app.press("backspace", "backspace")
            assert not app.shows(told)
            await app.press("enter")
            assert on(app) == before


async def test_letters_jump_to_a_person_and_enter_goes_to_the_card(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press(CHART)
        before = app.workspace.block
        await find(app, "nadia")
        assert on(app) == "ST13"
        assert app.workspace.block is before
        assert canvas(app).content_region.contains_region(canvas(app).cell_region())
        assert "Nadia Okonjo-Wel" in app.text
        await app.press("home")
        assert on(app) == "ST01"
        await app.press("end")
        assert on(app) == "ST14"
        await app.press("enter")
        assert app.sheet("card").has_focus


async def test_folding_hides_who_is_below_and_jumping_shows_them(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press(CHART, "home", "space")
        assert "▸12" in app.text
        assert len(canvas(app).picture.items) == 2
        await find(app, "yuki")
        assert on(app) == "ST09"
        assert len(canvas(app).picture.items) == 14


async def test_two_keys_put_a_person_under_another_and_undo_takes_it_back(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press(CHART)
        await find(app, "farah")
        await app.press("m")
        assert "Moving Farah Nouriel" in app.text
        await find(app, "tomasz")
        await app.press("m")
        assert person(app, "ST11").reports_to == "ST04"
        manager = person(app, "ST02").name
        assert app.shows(f"Farah Nouriel, reports to: {manager} → Tomasz Lindqvar, Ctrl+Z undoes")
        await app.stored()
        await app.press("ctrl+z")
        await app.wait_until(lambda: person(app, "ST11").reports_to == "ST02", "it is undone")
        await find(app, "tomasz")
        await app.press("m")
        await find(app, "bram")
        await app.press("m")
        assert person(app, "ST04").reports_to == "ST01"
        assert "choose another manager" in app.told


async def test_a_style_is_changed_by_place_or_from_the_list_and_by_no_bare_letter(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press(STYLES)
        await find(app, "leif")
        await app.press("shift+right")
        assert person(app, "ST12").style is SocialStyle.DRIVING
        assert app.shows("→ driving, Ctrl+Z undoes")
        assert on(app) == "ST12"
        await app.press("shift+down")
        assert person(app, "ST12").style is SocialStyle.EXPRESSIVE
        await app.press("enter", "a", "enter")
        assert person(app, "ST12").style is SocialStyle.AMIABLE
        before, block = app.live.whole, app.workspace.block
        await app.press("d", "escape", "e", "escape")
        assert person(app, "ST12").style is SocialStyle.AMIABLE
        await app.press("n")
        assert app.workspace.block != block, "n is the next block, as everywhere"
        assert app.live.whole == before


async def test_in_a_picture_the_foot_offers_the_next_block_at_the_smallest_size_too(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press(STYLES)
        assert "n Next" in app.rows[-1]
        assert "analytical" not in str(app.workspace.stage.border_subtitle)


async def test_sentiment_moves_toward_whom_is_looked_at(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press(INFLUENCE)
        await find(app, "colm")
        await app.press("t", "shift+right", "shift+up")
        reading = app.live.whole.get(Reading, "S2", "ST10", "ps")
        assert reading is not None
        assert reading.value is Sentiment.SUPPORTIVE
        assert person(app, "ST10").influence == 5
        await app.press("-", "-")
        reading = app.live.whole.get(Reading, "S2", "ST10", "ps")
        assert reading is not None
        assert reading.value is Sentiment.SCEPTICAL
        await app.press("1")
        assert app.workspace.stage.number == 0, "digits open the views"


async def test_somebody_new_comes_in_on_the_chart(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press(CHART)
        await app.add("Ana Pires", "Otto Lund")
        assert [p.name for p in app.live.whole.all(Stakeholder)][-2:] == ["Ana Pires", "Otto Lund"]
        await find(app, "otto")
        assert "Otto Lund" in app.text
        assert len(canvas(app).picture.items) == 16


async def test_for_the_customer_the_chart_is_bare_and_the_rest_closed(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        block = app.workspace.block
        assert block is not None
        app.live.commit(lambda _plan: set_field(block, "visibility", CUSTOMER))
        await app.press(CHART, "f4")
        await app.wait_until(lambda: app.live.audience == CUSTOMER, "the customer looks")
        assert "Priya" in app.text
        for sign in ("●", "+1", "−1", "toward", "Gaps"):
            assert sign not in app.text.replace("● SHARED", "")
        assert [view.title for view in app.workspace.stage.views] == ["Table", "Chart"]
        for key in (STYLES, INFLUENCE):
            await app.press(key)
            assert app.workspace.stage.number == 1
            assert "Styles" not in app.text


async def test_the_mouse_picks_a_person_and_drags_the_picture(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    seed(path, crowd(60))
    async with driving(path, account="acc") as app:
        await app.press(CHART)
        area = canvas(app)
        await find(app, "person11")
        left = area.scroll_offset.x
        await app.press("shift+right")
        assert area.scroll_offset.x == left + 8
        await app.pilot.mouse_down(Canvas, offset=(30, 2))
        await app.pilot.hover(Canvas, offset=(10, 2))
        await app.pilot.mouse_up(Canvas, offset=(10, 2))
        assert area.scroll_offset.x == left + 28
        assert on(app) == "p011"
        place, scrolled = area.picture.items["Stakeholder/p012"], area.scroll_offset
        await app.pilot.click(Canvas, offset=(place.x - scrolled.x + 2, place.y - scrolled.y + 1))
        assert on(app) == "p012"


async def test_the_heads_of_the_influence_map_stay_in_sight(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    seed(path, crowd(120))
    async with driving(path, account="acc", size=(80, 24)) as app:
        await app.press(INFLUENCE, "end")
        assert canvas(app).scroll_offset.y > 0
        for word in ("Toward the alliance", "+2", "unknown"):
            assert word in app.text
        assert canvas(app).content_region.contains_region(canvas(app).cell_region())


async def test_in_the_picture_of_influence_add_is_for_a_relation(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_people()
        await app.press("v", "4")
        before = len(app.live.whole.all(Relation))
        assert app.shows("a New relation")
        await app.press("a")
        assert app.editor.edit is not None
        assert app.editor.edit.title.startswith("New relation · ")
        await app.press("enter")
        await app.type_text("Leif", "enter", "enter")
        assert len(app.live.whole.all(Relation)) == before + 1
