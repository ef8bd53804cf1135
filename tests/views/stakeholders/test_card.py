"""A person's card: what each audience reads, and how its meetings and relations are changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.driver import driving
from tests.views.plans import looked_at
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.people import Meeting, MeetingMember, Reading, Relation, Stakeholder, Tie
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Step, apply, set_field
from workshop_tui.domain.rules.people import meetings_with
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import row_id
from workshop_tui.views.stakeholders.card import person_card
from workshop_tui.views.stakeholders.table import Everybody
from workshop_tui.views.table import Row, Table

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
    "or give somebody an action": ["ST10", "ST11", "ST12", "ST14"],
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
    assert cards["ST04"]["Gaps"] == [
        ("!", "never asked what they value → put a value question"),
        ("!", "nobody knows whom else they listen to → ask who else is in the running"),
    ]
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
        if any(row.cells[1].tone == "warn" for row in person_card(live, person).rows if _is_contact(row))
    ]
    assert warned == ["ST10", "ST11", "ST12", "ST14"]


def _is_contact(row: Row) -> bool:
    return bool(row.cells) and row.cells[0].text == "Last contact"


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
        assert [label for label, _ in card["Person"]] == [
            "Name",
            "Title",
            "Unit",
            "Reports to",
            "To be named",
        ]
    assert [col.heading for col in Everybody().table(live).cols] == ["Name", "Title", "Reports to", "Unit"]


# By the keyboard


async def test_a_meeting_is_added_by_who_and_when_changed_and_removed(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 40)) as app:
        await app.to_people()
        await app.go("Farah", "Name")
        await app.go("new/meeting", "", "card", "enter")
        await app.type_text("lucia", "enter")
        assert app.editor.edit is not None
        assert app.editor.edit.title == "On which day did they meet?"
        await app.press("enter")
        assert "✗" in app.text  # a day is needed
        await app.type_text("4 jun 2027", "enter")
        assert "4 Jun 2027 has not come yet" in app.beneath
        await app.press("ctrl+u")
        await app.type_text("4 jun", "enter")  # the latest such day
        (meeting, _) = sorted(
            meetings_with(app.live.whole, app.live.whole.where(Stakeholder, id="ST11")[0]),
            key=lambda m: m.on,
            reverse=True,
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
        await app.wait_until(lambda: "Remove the meeting of Farah Nouriel" in app.text)
        await app.press("y", "enter")
        assert app.live.whole.get(Meeting, meeting.id) is None


async def test_relations_are_added_graded_and_removed(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 40)) as app:
        await app.to_people()
        await app.go("Farah", "Name")
        await app.go("new/relation", "", "card", "enter")
        await app.press("l", "enter")
        await app.type_text("yuki", "enter")
        await app.press("3", "enter")
        made = app.live.whole.get(Relation, "ST09", "ST11", "influences")
        assert made is not None
        assert made.strength == 3
        assert ("← listens to", "Yuki Tanemura (3)") in sections(app.live, "ST11")["Relations"]
        assert ("→ influences", "Farah Nouriel (3)") in sections(app.live, "ST09")["Relations"]
        await app.go("Relation/ST09/ST11/influences", "", "card", "1")
        assert app.live.whole.get(Relation, "ST09", "ST11", "influences") == with_values(made, strength=1)
        await app.go("new/relation", "", "card", "enter")
        await app.press("a", "enter")
        await app.type_text("bram", "enter")
        assert app.live.whole.get(Relation, "ST11", "ST08", "allied")
        await app.go("Relation/ST11/ST08/allied", "", "card", "x")
        await app.wait_until(lambda: "relation of Farah Nouriel" in app.told, "it is told")
        assert app.live.whole.get(Relation, "ST11", "ST08", "allied") is None


async def test_a_mutual_relation_is_there_once(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 40)) as app:
        await app.to_people()
        allied = next(r for r in app.live.whole.all(Relation) if r.kind.value in {"allied", "conflict"})
        key = "a" if allied.kind.value == "allied" else "c"
        source, target = (app.live.whole.name_of(Stakeholder, at) for at in (allied.source, allied.target))
        await app.go(target, "Name")
        await app.go("new/relation", "", "card", "enter")
        await app.press(key, "enter")
        await app.type_text(source, "enter")
        assert "This is on the card already" in app.beneath
        assert len(app.live.whole.all(Relation)) == len(app.live.view.all(Relation))


async def test_note_and_successor_stand_on_the_card_as_soon_as_they_are_known_and_not_before_the_customer(
    sample: AccountPlan,
) -> None:
    person = sample.get(Stakeholder, "ST03")
    assert person
    known = (*set_field(person, "note", "Asks first"), *set_field(person, "successor", "ST13"))
    plan = apply(sample, Step(known))
    ours, theirs = (dict(sections(looked_at(plan, who), "ST03")["Person"]) for who in (ALLIANCE, CUSTOMER))
    assert (ours["Note"], ours["Successor"]) == ("Asks first", "Nadia Okonjo-Wells")
    assert not {"Note", "Successor"} & set(theirs)


async def test_a_card_is_made_once_and_anew_with_every_change_and_for_each_audience(
    sample: AccountPlan,
) -> None:
    live, view = looked_at(sample), Everybody()
    person = live.view.all(Stakeholder)[1]
    name = row_id(person)
    before = view.card(live, name)
    assert view.card(live, name) is before
    live.commit(lambda _plan: set_field(person, "note", "Said otherwise"))
    assert "Said otherwise" not in _texts(before)
    assert "Said otherwise" in _texts(view.card(live, name))
    for audience in ("ps", CUSTOMER, ALLIANCE):
        live.audience = audience
        live._look()
        assert _texts(view.card(live, name)) == _texts(Everybody().card(live, name))


def _texts(card: Table | None) -> list[str]:
    assert card
    return [cell.text for row in card.rows for cell in row.cells]
