"""The pictures of the people as text: what stands where, for whom, and whether it can be painted."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest
from rich.cells import cell_len
from textual.geometry import Region

from tests.app.crowd import WIDE, crowd
from tests.views.plans import looked_at
from workshop_tui.domain.base.vocabulary import CUSTOMER, Sentiment, SocialStyle
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Refused, Step, apply
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import CLOSED, people_here
from workshop_tui.views.pictures.picture import Picture, Run
from workshop_tui.views.pictures.pictured import Pictured
from workshop_tui.views.stakeholders.chart import OrgChart
from workshop_tui.views.stakeholders.influence import Influence
from workshop_tui.views.stakeholders.styles import Styles, beside

VIEWS = (OrgChart, Styles, Influence)
ROOMS = ((76, 11), (67, 23), (92, 50))


def drawn(view: Pictured, live: LivePlan, room: tuple[int, int] = (92, 50)) -> Picture:
    return view.picture(live, *room)


def lines(picture: Picture) -> list[str]:
    """Return a picture as plain text."""
    return [line_of(runs) for runs in picture.rows]


def line_of(runs: Sequence[Run]) -> str:
    text = ""
    for run in runs:
        text += " " * (run.x - cell_len(text)) + run.text
    return text.rstrip()


def around(picture: Picture, name: str) -> list[str]:
    """Return what stands in somebody's place."""
    place = picture.items[name]
    rows = picture.rows[place.y : place.bottom]
    return ["".join(r.text for r in runs if place.x <= r.x < place.right) for runs in rows]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("count", [0, 1, 60, 400])
@pytest.mark.parametrize("room", ROOMS)
async def test_everybody_stands_in_a_place_of_their_own(
    view: type[Pictured], count: int, room: tuple[int, int]
) -> None:
    live = looked_at(crowd(count))
    picture = drawn(view(), live, room)
    assert picture.items.keys() == {f"Stakeholder/{person.id}" for person in live.view.all(Stakeholder)}
    for runs in picture.rows:
        ends = [run.x + cell_len(run.text) for run in runs]
        assert all(end <= run.x for end, run in zip(ends, runs[1:], strict=False)), "painted over"
        assert not ends or ends[-1] <= picture.width
    for name, place in picture.items.items():
        assert place.right <= picture.width
        assert place.bottom <= picture.height
        assert picture.at(place.x, place.y) == name
    if view is not OrgChart:
        assert picture.width <= room[0]


@pytest.mark.parametrize("view", VIEWS)
async def test_wide_names_fill_their_place_to_the_cell(view: type[Pictured]) -> None:
    picture = drawn(view(), looked_at(crowd(12)))
    for name, place in picture.items.items():
        texts = around(picture, name)
        assert all(cell_len(text) <= place.width for text in texts)
    assert any(WIDE in text for text in around(picture, "Stakeholder/p003"))


async def test_the_chart_shows_names_titles_marks_and_lines(sample: AccountPlan) -> None:
    picture = drawn(OrgChart(), looked_at(sample), (139, 50))
    assert around(picture, "Stakeholder/ST03") == [
        "╭─────────┴────────╮",
        "│Priya Vantongeren │",
        "│Chief Risk Officer│",
        "│                  │",
        "╰ N +1 ●○ ┬────────╯",
    ]
    leif = around(picture, "Stakeholder/ST12")
    assert leif[4] == "│┄ also Chair of t…│"
    assert leif[5].startswith("╰ ?  ? ○○ ")
    assert around(picture, "Stakeholder/ST14")[:2] == ["┌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┐", "╎To be named       ╎"]
    tones = {r.text: r.tone for runs in picture.rows for r in runs if r.text in {"+1", "−1", " ?"}}
    assert tones == {"+1": "good", "−1": "bad", " ?": "muted"}


@pytest.mark.parametrize(
    ("room", "says"),
    [
        ((77, 17), ["│Priya    │", "╰N+1●○────╯"]),
        ((92, 17), ["│Priya      │", "╰ N +1 ●○ ──╯"]),
        ((131, 21), ["│Priya Vantongeren│", "│Chief Risk Offic…│", "╰ N +1 ●○ ────────╯"]),
        (
            (131, 40),
            ["│Priya Vantongeren│", "│Chief Risk       │", "│Officer          │", "╰ N +1 ●○ ────────╯"],
        ),
    ],
)
async def test_the_chart_makes_its_boxes_as_large_as_there_is_room(
    sample: AccountPlan, room: tuple[int, int], says: list[str]
) -> None:
    picture = drawn(OrgChart(), looked_at(sample), room)
    assert around(picture, "Stakeholder/ST03")[1:] == says
    assert picture.width <= room[0], "nobody has to scroll to the side"


@pytest.mark.parametrize(("width", "titles"), [(77, 0), (92, 1)])
async def test_people_without_lines_stand_beside_the_root_before_anybody_has_to_scroll(
    sample: AccountPlan, width: int, titles: int
) -> None:
    room = (width, 17 + 4 * titles)
    picture = drawn(OrgChart(), looked_at(sample), room)
    assert picture.width <= room[0]
    assert picture.height <= room[1]
    places = [Region(*place) for place in picture.items.values()]
    assert len(places) == 14
    assert not any(one.overlaps(other) for one, other in combinations(places, 2))
    loose = around(picture, "Stakeholder/ST14")
    assert (loose[0][0], loose[-1][-1]) == ("┌", "┘"), "no line runs through it"
    assert "No manager and" in lines(picture)[0]


async def test_a_chart_that_has_no_room_at_all_scrolls_with_boxes_of_the_usual_size() -> None:
    picture = drawn(OrgChart(), looked_at(crowd(60)), (60, 17))
    assert picture.width > 60
    assert {place.width for place in picture.items.values()} == {20}


async def test_influence_has_whole_names_and_air_where_there_is_room(sample: AccountPlan) -> None:
    live = looked_at(sample)
    close, wide = drawn(Influence(), live, (92, 20)), drawn(Influence(), live, (131, 50))
    assert "▲ Priya" in around(close, "Stakeholder/ST03")
    assert "▲ Priya Vantongeren" in around(wide, "Stakeholder/ST03")
    assert "Colm Addington → Priya Vantongeren 3" in "\n".join(lines(wide))
    assert close.height < wide.height <= 50
    assert around(wide, "Stakeholder/ST14")[0].startswith("▲ Chair of the Board")
    assert around(wide, "Stakeholder/ST14")[1].strip() == "Risk Committee"
    assert not any("…" in line for line in lines(wide)), "nothing is cut"


@pytest.mark.parametrize("view", [OrgChart])
async def test_the_customer_sees_names_titles_and_lines_alone(
    sample: AccountPlan, view: type[OrgChart]
) -> None:
    live = looked_at(sample, CUSTOMER)
    chart = view()
    picture = drawn(chart, live, (139, 50))
    text = "\n".join(lines(picture))
    assert "Priya Vantongeren" in text
    assert "Chief Risk Officer" in text
    assert "┬" in text
    words = set(text.translate(dict.fromkeys(map(ord, "╭─┴╮│╰┬╯├┤┼┌╌┐╎└┘"), " ")).split())
    said = {w for p in live.view.all(Stakeholder) for w in f"{p.name} {p.title}".split()}
    assert {w for w in words - said if "…" not in w} <= {"No", "manager", "and", "no", "reports"}
    assert chart.foot(live, "Stakeholder/ST03", 80) == ()


@pytest.mark.parametrize("view", [Styles, Influence])
async def test_styles_and_influence_are_closed_to_the_customer(
    sample: AccountPlan, view: type[Pictured]
) -> None:
    live = looked_at(sample, CUSTOMER)
    assert not view().is_drawn(live)
    assert view().table(live).empty == CLOSED
    assert view().is_drawn(looked_at(sample, "tech"))


@pytest.mark.parametrize(("width", "height", "told"), [(78, 17, "relationship, low"), (78, 13, "Amiable")])
async def test_the_styles_shrink_to_fit_before_they_scroll(
    sample: AccountPlan, width: int, height: int, told: str
) -> None:
    live = looked_at(sample)
    picture = Styles().draw(live, width, height)
    assert picture.height == height
    assert picture.width <= width
    assert told in "\n".join(lines(picture))
    assert len(picture.items) == len(people_here(live))


async def test_the_same_picture_is_painted_once(sample: AccountPlan) -> None:
    live, chart = looked_at(sample), OrgChart()
    picture = drawn(chart, live)
    assert drawn(chart, live) is picture
    chart.press(live, "Stakeholder/ST01", "fold", (0, 0))
    assert drawn(chart, live) is not picture


async def test_folding_counts_who_is_hidden_and_revealing_unfolds_them(sample: AccountPlan) -> None:
    live, chart = looked_at(sample), OrgChart()
    chart.press(live, "Stakeholder/ST04", "fold", (0, 0))
    chart.press(live, "Stakeholder/ST09", "fold", (0, 0))  # has nobody below
    picture = drawn(chart, live)
    assert "▸4" in around(picture, "Stakeholder/ST04")[-1]
    assert "Stakeholder/ST09" not in picture.items
    chart.reveal(live, "Stakeholder/ST09")
    assert "Stakeholder/ST09" in drawn(chart, live).items


async def test_somebody_is_put_under_another_or_under_nobody_and_never_in_a_circle(
    sample: AccountPlan,
) -> None:
    live, chart = looked_at(sample), OrgChart()

    def put(person: str, under: str) -> AccountPlan:
        assert chart.press(live, f"Stakeholder/{person}", "take", (0, 0)) is None
        assert "Moving" in chart.foot(live, "", 80)[0][0]
        build = chart.press(live, f"Stakeholder/{under}", "take", (0, 0))
        assert build is not None
        return apply(live.whole, Step(tuple(build(live.whole))))

    (moved,) = put("ST11", "ST04").where(Stakeholder, id="ST11")
    assert moved.reports_to == "ST04"
    (free,) = put("ST11", "ST11").where(Stakeholder, id="ST11")
    assert free.reports_to is None
    with pytest.raises(Refused, match="choose another manager"):
        put("ST04", "ST08")


async def test_arrows_follow_the_lines_and_go_along_a_row(sample: AccountPlan) -> None:
    picture = drawn(OrgChart(), looked_at(sample))
    ways = {"up": (0, -1), "down": (0, 1), "left": (-1, 0), "right": (1, 0)}
    for start, way, end in (
        ("ST06", "up", "ST03"),
        ("ST03", "up", "ST01"),
        ("ST05", "down", "ST08"),
        ("ST02", "right", "ST03"),
        ("ST03", "left", "ST02"),
    ):
        assert picture.beyond(f"Stakeholder/{start}", ways[way]) == f"Stakeholder/{end}"
    assert picture.beyond("Stakeholder/ST01", (0, -1)) == ""
    assert picture.beyond("new", (1, 0)) == next(iter(picture.items))


async def test_each_style_has_its_people_ours_and_a_word_on_how_to_approach(sample: AccountPlan) -> None:
    live = looked_at(sample)
    picture = drawn(Styles(), live)
    text = "\n".join(lines(picture))
    for style in SocialStyle:
        assert style.label.capitalize() in text
    for word in ("controls emotion", "shows emotion", "◂ asks", "tells ▸", "◆ Rowan Achterberg ps"):
        assert word in text
    place = {p.style: picture.items[f"Stakeholder/{p.id}"] for p in live.view.all(Stakeholder)}
    assert place[SocialStyle.ANALYTICAL].x < place[SocialStyle.DRIVING].x
    assert place[SocialStyle.ANALYTICAL].y < place[SocialStyle.AMIABLE].y
    assert place[SocialStyle.EXPRESSIVE].x == place[SocialStyle.DRIVING].x
    assert place[SocialStyle.UNKNOWN].x > place[SocialStyle.DRIVING].x


@pytest.mark.parametrize(
    ("style", "way", "other"),
    [
        ("driving", (-1, 0), "analytical"),
        ("driving", (0, 1), "expressive"),
        ("expressive", (-1, 0), "amiable"),
        ("amiable", (0, -1), "analytical"),
        ("analytical", (-1, 0), "analytical"),
        ("unknown", (1, 0), "driving"),
        ("unknown", (0, -1), "analytical"),
    ],
)
def test_the_style_that_lies_beside_another(style: str, way: tuple[int, int], other: str) -> None:
    assert beside(SocialStyle(style), way) == other


async def test_influence_is_up_sentiment_across_and_key_people_above_the_line(sample: AccountPlan) -> None:
    live, view = looked_at(sample), Influence()
    picture = drawn(view, live)
    rows = lines(picture)
    line = next(n for n, text in enumerate(rows) if "key above" in text)
    at = {person.id: picture.items[f"Stakeholder/{person.id}"] for person in live.view.all(Stakeholder)}
    for person in live.view.all(Stakeholder):
        assert (at[person.id].y < line) is ((person.influence or 0) >= 4)
    assert at["ST10"].x < at["ST11"].x < at["ST03"].x < at["ST06"].x < at["ST12"].x
    assert at["ST04"].x == at["ST05"].x
    assert at["ST04"].y != at["ST05"].y
    assert around(picture, "Stakeholder/ST01") == ["▽ Ingrid", "  Solvane"]
    text = "\n".join(rows)
    for said in (
        "Toward the alliance",
        "manage closely",
        "monitor",
        "Dev Rathmore → Priya Vantongeren 2",
        "┄ Chair of the",
    ):
        assert said in text
    view.press(live, "", "toward", (0, 0))
    assert "Toward Quillhaven" in lines(drawn(view, live))[0]
    early = Party(id="aa", name="Aldermoor", short="Aldermoor", rank=-1.0)
    live = looked_at(AccountPlan.of((*sample, early)))
    assert live.view.partners[0] == early
    assert "Toward Quillhaven" in lines(drawn(view, live))[0]


async def test_the_foot_tells_how_friends_reach_somebody(sample: AccountPlan) -> None:
    live, view = looked_at(sample), Influence()
    told = [text for text, _ in view.foot(live, "Stakeholder/ST02", 90)]
    assert told[0] == "Marcus Hale-Obi: manage closely"
    assert "Priya influences Marcus (2)" in told[1]
    assert len(told) == len(view.foot(live, "Stakeholder/ST14", 90)) == len(view.foot(live, "new", 90))


async def test_people_are_moved_in_influence_and_sentiment(sample: AccountPlan) -> None:
    live, view = looked_at(sample), Influence()

    def after(person: str, *way: int) -> AccountPlan:
        build = view.press(live, f"Stakeholder/{person}", "nudge", (way[0], way[1]))
        assert build is not None
        return apply(live.whole, Step(tuple(build(live.whole))))

    for person, way, value in (
        ("ST10", -1, Sentiment.OPPOSED),
        ("ST06", 1, Sentiment.ADVOCATE),
        ("ST12", 1, Sentiment.NEUTRAL),
    ):
        plan = after(person, way, 0)
        assert view.press(live, f"Stakeholder/{person}", "nudge", (way, 0))
        assert looked_at(plan).view.get(view.asked(live).kind, "S2", person, "all").value == value  # type: ignore[union-attr]
    for person, rows, influence in (("ST06", -1, 4), ("ST01", -1, 5), ("ST09", 1, 1)):
        (moved,) = after(person, 0, rows).where(Stakeholder, id=person)
        assert moved.influence == influence


async def test_a_name_is_found_by_the_beginning_of_any_of_its_words(sample: AccountPlan) -> None:
    live, view = looked_at(sample), OrgChart()
    assert view.find(live, "pri") == "Stakeholder/ST03"
    assert view.find(live, "hale") == "Stakeholder/ST02"
    assert view.find(live, "SAOIRSE k") == "Stakeholder/ST07"
    assert view.find(live, "zzz") == view.find(live, "") == ""
