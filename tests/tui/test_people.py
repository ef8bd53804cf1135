"""The table of the people and a person's card: what each audience reads, and how rows are changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.driver import Driven, driving
from tests.tui.plans import looked_at
from workshop_tui.domain.account import Member
from workshop_tui.domain.people import Meeting, MeetingMember, Reading, Relation, Stakeholder, Tie
from workshop_tui.domain.plan import AccountPlan
from workshop_tui.domain.words import ALLIANCE, CUSTOMER, Authority, BlockKind, BuyingRole, SocialStyle
from workshop_tui.tui.live_plan import LivePlan
from workshop_tui.tui.stages.people import Everybody
from workshop_tui.tui.stages.person_card import person_card

MOVED = {
    "ST02": [1, 0, 0],
    "ST03": [1, 0, 1],
    "ST06": [1, 0, 1],
    "ST08": [-1, 0, 0],
    "ST10": [-1, 0, -1],
    "ST13": [1, 0, 0],
}
QUADRANTS = {
    "manage closely": ["ST02", "ST03", "ST04", "ST05", "ST10", "ST11", "ST12", "ST14"],
    "keep satisfied": ["ST01"],
    "keep informed": ["ST06", "ST07", "ST08", "ST09", "ST13"],
}
MISSING = {
    "nobody owns the relationship": ["ST11", "ST12"],
    "owns the relationship → choose an owner at": ["ST01", "ST02", "ST03", "ST05", "ST14"],
    "sentiment toward the alliance is unknown": ["ST01", "ST12", "ST14"],
    "sentiment is only assumed": ["ST11", "ST12", "ST14"],
    "social style is unknown": ["ST12", "ST14"],
    "plan a": ["ST10", "ST11", "ST12", "ST14"],
    "held the last 3 meetings alone": ["ST02", "ST08"],
    "never asked what they value": ["ST01", "ST04", "ST11", "ST12", "ST14"],
}
SECTIONS = ["Person", "Sentiment", "Ties", "Contacts", "Relations", "Pairing", "Gaps"]


def sections(live: LivePlan, person: str) -> dict[str, list[tuple[str, str]]]:
    """Return the card as heading → (label, what it says)."""
    found: dict[str, list[tuple[str, str]]] = {}
    row = live.view.get(Stakeholder, person)
    assert row is not None
    for line in person_card(live, row).rows:
        if line.heading:
            found[line.heading] = []
        else:
            label, *value = (cell.text.strip() for cell in line.cells)
            found[list(found)[-1]].append((label, value[0].replace("\n", " ") if value else ""))
    return found


def names(live: LivePlan, view: Everybody) -> list[str]:
    """Return whom the table lists, in its order."""
    return [row.cells[0].text for row in view.table(live).rows if not row.ghost]


# What is worked out, as the sample expects it


async def test_drift_since_the_last_session_is_on_the_card(sample: AccountPlan) -> None:
    live = looked_at(sample)
    for person in live.view.all(Stakeholder):
        lines = [text for label, text in sections(live, person.id)["Sentiment"] if label.startswith("To ")]
        signs = {1: "▲ +1", -1: "▼ −1", 0: ""}
        for by, text in zip(MOVED.get(person.id, [0, 0, 0]), lines, strict=True):
            assert text.endswith(signs[by]), (person.id, text)
            assert by or not {"▲", "▼"} & set(text)


async def test_earlier_readings_stand_beneath_the_present_one(sample: AccountPlan) -> None:
    said = sections(looked_at(sample), "ST03")["Sentiment"]
    assert said[:4] == [
        ("To the alliance", "+1 supportive  ▲ +1"),
        ("confidence", "observed"),
        ("evidence", said[2][1]),
        ("session 1", said[3][1]),
    ]
    then = sample.get(Reading, "S1", "ST03", "all")
    assert then is not None
    assert said[3][1] == f"0 neutral · {then.confidence.label} · {then.evidence}"
    first = sections(looked_at(sample, session="S1"), "ST03")["Sentiment"]
    assert not [label for label, _ in first if label.startswith("session")]
    assert first[0] == ("To the alliance", "0 neutral")


async def test_quadrants_gaps_and_owners_are_on_the_card(sample: AccountPlan) -> None:
    live = looked_at(sample)
    cards = {person.id: sections(live, person.id) for person in live.view.all(Stakeholder)}
    for quadrant, people in QUADRANTS.items():
        assert [p for p, card in cards.items() if ("quadrant", quadrant) in card["Person"]] == people
    for missing, people in MISSING.items():
        found = [p for p, card in cards.items() if any(missing in text for _, text in card["Gaps"])]
        assert found == people, missing
    assert cards["ST04"]["Gaps"] == [("!", "never asked what they value → put a value question")]
    assert cards["ST06"]["Gaps"] == [("✓", "nothing is missing")]
    for tie in sample.all(Tie):
        party = next(party.short for party in sample.partners if party.id == tie.party)
        owner = (f"{party} owner", sample.name_of(Member, tie.owner) or "?")
        assert owner in cards[tie.stakeholder]["Ties"]


async def test_contacts_tell_when_by_whom_and_who_was_there(sample: AccountPlan) -> None:
    live = looked_at(sample)
    colm, marcus, dev = (sections(live, person)["Contacts"] for person in ("ST10", "ST02", "ST06"))
    assert colm[0] == ("Last contact", "10 Feb 2026, 119 days ago")
    assert colm[2:4] == [("10 Feb 2026", "Mirela Sandoval-Pike"), ("21 Jan 2026", "Anselm Dovrik")]
    assert ("Solo run", "! Quillhaven alone, the latest 3: bring the other partner") in marcus
    assert dev[:2] == [("Last contact", "9 Jun 2026, today"), ("9 Jun 2026", "in the room, session 2")]
    assert sections(live, "ST14")["Contacts"][0] == ("Last contact", "never")
    warned = [
        person.id
        for person in live.view.all(Stakeholder)
        if any(row.cells[1].tone == "warn" for row in person_card(live, person).rows if _is_contact(row.id))
    ]
    assert warned == ["ST10", "ST11", "ST12", "ST14"]


def _is_contact(row: str) -> bool:
    return row.endswith("Last contact")


async def test_pairing_names_the_three_best_with_the_reason(sample: AccountPlan) -> None:
    best = sections(looked_at(sample), "ST03")["Pairing"]
    assert next(member for member, _ in best) == "Mirela Sandoval-Pike"
    assert len(best) == 3
    assert best[0][1].startswith("Mirela owns the tie for Quillhaven (")


# Who sees what


@pytest.mark.parametrize("audience", [ALLIANCE, "ps", "tech"])
async def test_the_partners_see_every_part_of_the_card(sample: AccountPlan, audience: str) -> None:
    assert list(sections(looked_at(sample, audience), "ST03")) == SECTIONS


async def test_the_customer_sees_name_title_and_line_alone(sample: AccountPlan) -> None:
    live = looked_at(sample, CUSTOMER)
    for person in live.view.all(Stakeholder):
        card = sections(live, person.id)
        assert list(card) == ["Person"]
        assert [label for label, _ in card["Person"]] == ["Name", "Title", "Reports to", "To be named"]
    assert [col.heading for col in Everybody().table(live).cols] == ["Name", "Title", "Reports to"]


async def test_what_one_audience_sorts_and_seeks_is_not_told_to_another(sample: AccountPlan) -> None:
    live, view = looked_at(sample), Everybody()
    before = names(live, view)
    view.sift(live).sort("All")
    view.sift(live).wanted = "economic"
    assert names(live, view) == ["Marcus Hale-Obi"]
    assert view.head(live) == "«economic»: 1 of 14"
    live.look_as(CUSTOMER)
    assert names(live, view) == before
    assert view.head(live) == ""
    assert view.table(live).order == ("", "")
    view.sift(live).wanted = "economic"  # a word that it may not see finds nobody
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
        view.sift(live).sort(column)
    table = view.table(live)
    at = 1 if column == "Title" else 0
    shown = [row.cells[at].text for row in table.rows if not row.ghost]
    assert table.order == (column, "▼" if down else "▲")
    assert (shown[0], shown[-1][: len(last)]) == (first, last)
    assert len(shown) == 14


async def test_the_third_time_the_order_is_the_peoples_own(sample: AccountPlan) -> None:
    live, view = looked_at(sample), Everybody()
    own = names(live, view)
    for _ in range(3):
        view.sift(live).sort("Name")
    assert names(live, view) == own


# By the keyboard


async def people(app: Driven) -> None:
    await app.to_block(BlockKind.STAKEHOLDERS)
    await app.press("1")


async def test_sorting_is_shown_in_the_heading_and_the_cursor_stays_on_its_person(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await people(app)
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
        await people(app)
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
        await app.press("escape")
        assert len(app.sheet().table.rows) == 15


async def test_the_customer_is_shown_no_filter_of_ours(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await people(app)
        await app.press("slash")
        await app.type_text("economic", "f4")
        await app.wait_until(lambda: app.live.audience == CUSTOMER, "the customer looks")
        await app.pilot.pause()
        assert "economic" not in app.text
        assert app.sheet().has_focus


async def test_letters_set_the_focused_value_before_they_are_commands(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(240, 45)) as app:
        await people(app)
        await app.press("c")
        block, before = app.workshop.block, len(app.live.whole.all(Stakeholder))
        for column, key, name, value in (
            ("Style", "n", "style", SocialStyle.ANALYTICAL),
            ("Style", "e", "style", SocialStyle.EXPRESSIVE),
            ("Style", "a", "style", SocialStyle.AMIABLE),
            ("Role", "c", "role", BuyingRole.COACH),
            ("Role", "question_mark", "role", None),
            ("Infl", "2", "influence", 2),
            ("Authority", "v", "authority", Authority.VETO),
        ):
            await app.go("Tomasz", column, "main", "?" if key == "question_mark" else key)
            assert getattr(app.live.whole.get(Stakeholder, "ST04"), name) == value
        assert app.workshop.block == block
        assert app.workshop.stage.number == 0
        assert app.editor.edit is None
        assert len(app.live.whole.all(Stakeholder)) == before
        await app.go("Tomasz", "Style")
        assert "d driving · e expressive · a amiable · n analytical · u unknown" in app.text
        await app.go("Tomasz", "Name", "main", "n")
        assert app.workshop.block != block


async def test_x_removes_even_where_it_is_a_value(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await people(app)
        await app.go("Tomasz", "All", "main", "x")
        await app.wait_until(lambda: "more that belong to it" in app.text)


async def test_what_is_set_in_a_marked_row_is_set_in_all_and_undone_at_once(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(240, 45)) as app:
        await people(app)
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
        await app.go("Priya", "ps owner", "main", "enter")
        assert app.editor.edit is not None
        assert app.editor.edit.title == "ps owner · 3 people"
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
        await people(app)
        await app.go("Marcus", "Name")
        await app.press("shift+down", "shift+down")
        assert "2 marked" in app.text
        await app.fill("Marcus", "Name", " Jr")
        assert len({p.name for p in app.live.whole.all(Stakeholder)}) == 14
        await app.press("escape")
        assert "marked" not in app.text


async def test_a_meeting_is_added_by_who_and_when_changed_and_removed(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 40)) as app:
        await people(app)
        await app.go("Farah", "Name")
        await app.go("new/meeting", "", "card", "enter")
        await app.type_text("lucia", "enter")
        assert app.editor.edit is not None
        assert app.editor.edit.title == "On which day did they meet?"
        await app.press("enter")
        assert "✗" in app.text  # a day is needed
        await app.type_text("4 jun", "enter")
        assert "4 Jun 2027 has not come yet" in app.beneath
        await app.type_text(" 2026", "enter")
        (meeting, _) = sorted(
            app.live.whole.where(Meeting, stakeholder="ST11"), key=lambda m: m.on, reverse=True
        )
        await app.go(f"Meeting/{meeting.id}", "", "card", "enter")
        await app.type_text("rowan", "enter")
        there = {row.member for row in app.live.whole.where(MeetingMember, meeting=meeting.id)}
        assert there == {"T1", "P1"}
        await app.go(f"Meeting/{meeting.id}", "", "card")
        assert app.sheet("card").current_cell.text == "Rowan Achterberg, Lucía Brightwater"
        assert "4 Jun 2026, 5 days ago" in sections(app.live, "ST11")["Contacts"][0][1]
        await app.press("enter")
        await app.type_text("rowan", "enter")
        assert len(app.live.whole.where(MeetingMember, meeting=meeting.id)) == 1
        await app.go(f"Meeting/{meeting.id}", "", "card", "x")
        await app.wait_until(lambda: "«meeting of Farah Nouriel» goes out" in app.text)
        await app.press("y")
        assert app.live.whole.get(Meeting, meeting.id) is None


async def test_relations_are_added_graded_and_removed(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 40)) as app:
        await people(app)
        await app.go("Farah", "Name")
        await app.go("new/relation", "", "card", "enter")
        await app.press("l")
        await app.type_text("yuki", "enter")
        await app.press("3")
        made = app.live.whole.get(Relation, "ST09", "ST11", "influences")
        assert made is not None
        assert made.strength == 3
        assert ("← listens to", "Yuki Tanemura (3)") in sections(app.live, "ST11")["Relations"]
        assert ("→ influences", "Farah Nouriel (3)") in sections(app.live, "ST09")["Relations"]
        await app.go("Relation/ST09/ST11/influences", "", "card", "1")
        assert app.live.whole.get(Relation, "ST09", "ST11", "influences") == made.changed("strength", 1)
        await app.go("new/relation", "", "card", "enter")
        await app.press("a")
        await app.type_text("bram", "enter")
        assert app.live.whole.get(Relation, "ST11", "ST08", "allied")
        await app.go("Relation/ST11/ST08/allied", "", "card", "x")
        await app.wait_until(lambda: "relation of Farah Nouriel" in app.told, "it is told")
        assert app.live.whole.get(Relation, "ST11", "ST08", "allied") is None


async def test_a_mutual_relation_is_there_once(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 40)) as app:
        await people(app)
        allied = next(r for r in app.live.whole.all(Relation) if r.kind.value in {"allied", "conflict"})
        key = "a" if allied.kind.value == "allied" else "c"
        source, target = (app.live.whole.name_of(Stakeholder, at) for at in (allied.source, allied.target))
        await app.go(target, "Name")
        await app.go("new/relation", "", "card", "enter")
        await app.press(key)
        await app.type_text(source, "enter")
        assert "This is on the card already" in app.beneath
        assert len(app.live.whole.all(Relation)) == len(app.live.view.all(Relation))
