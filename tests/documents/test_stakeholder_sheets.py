"""Sheets in which account teams keep how the customer's people stand, and what comes of them."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.documents.contacts import after
from tests.documents.workbooks import workbook
from workshop_tui.documents.contacts import Proposal, counted_changes, propose
from workshop_tui.documents.contacts_read import read_contacts
from workshop_tui.documents.contacts_scales import SCALES, scale
from workshop_tui.documents.contacts_standing import Setting
from workshop_tui.documents.export import export
from workshop_tui.domain.base.dates import Calendar
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import Confidence
from workshop_tui.domain.model.people import Reading, Stakeholder, Tie
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Step, apply
from workshop_tui.domain.rules.people import last_contact

TODAY = dt.date(2026, 6, 9)
HEAD = "Name,Title,Role,Influence,Sentiment,Owner,Last touch,Comments\n"
SHEET = f"""{HEAD}Ana Pires,Head of Payments,Champion,H,+,Rowan / Lucía,2026-05-04,Met at the fair
Leif Brandvold,,user buyer,L,Blocker,Anselm Dovrik,1 Jun 2026,
Ingrid Solvane,,EB,M,--,Somebody Else,9 Jul 2026,
"""


def read(
    content: str | bytes, plan: AccountPlan, scales: dict[str, dict[str, str]] | None = None
) -> Proposal:
    setting = Setting(plan, plan.sessions[-1].id if plan.sessions else "", Calendar(TODAY))
    raw = content if isinstance(content, bytes) else content.encode()
    return propose(read_contacts(raw), plan, setting=setting, scales=scales)


def named(plan: AccountPlan, name: str) -> Stakeholder:
    (found,) = plan.where(Stakeholder, name=name)
    return found


@pytest.mark.parametrize("heads", ["QH owner,SL owner", "Owner at Quillhaven,Owner (tech)", "Owner,SL owner"])
def test_each_firms_owner_may_have_a_column(sample: AccountPlan, heads: str) -> None:
    found = read(f"Name,{heads},Account owner\nAna Pires,Rowan,Lucía,Bo\n", sample)
    assert found.new[0].given == (
        "owner of Quillhaven: Rowan Achterberg",
        "owner of Stratalume: Lucía Brightwater",
    )
    assert found.unused == ("«Account owner»",)
    twice = read(f"Name,{heads}\nAna Pires,Rowan,Mirela\n", sample)
    assert twice.new[0].given == ("owner of Quillhaven: Rowan Achterberg",)
    assert any("«Mirela» is a second" in note.what for note in twice.notes)


def test_two_columns_may_be_mapped_to_owner(sample: AccountPlan) -> None:
    sheet = read_contacts("Name,A,B\nAna Pires,Rowan,Lucía\n".encode())
    found = propose(sheet, sample, {"A": "owner", "B": "owner"})
    assert len(found.new[0].given) == 2


def test_our_own_workbook_is_read_by_its_sheet_of_people_and_brings_nothing_new(sample: AccountPlan) -> None:
    book = export(sample, "alliance", "xlsx", on=TODAY).binary
    found = read(book, sample)
    assert (found.new, found.bad, counted_changes(found.changes(sample, lambda: "new"))) == ((), (), (0, 0))
    assert not any("Owner" in each for each in found.unused)


def test_roles_figures_owners_and_contacts_come_in_and_sentiment_is_assumed(sample: AccountPlan) -> None:
    found = read(SHEET, sample)
    (new,) = found.new
    assert new.given == (
        "buying role champion",
        "influence 5",
        "sentiment +1 supportive (assumed)",
        "owner of Quillhaven: Rowan Achterberg",
        "owner of Stratalume: Lucía Brightwater",
        "last contact 4 May 2026",
    )
    then = after(sample, found)
    ana = named(then, "Ana Pires")
    assert (ana.role, ana.influence, ana.note) == ("champion", 5, "Met at the fair")
    reading = then.get(Reading, sample.sessions[-1].id, ana.id, "all")
    assert reading
    assert (reading.value, reading.confidence) == (1, Confidence.ASSUMED)
    assert {tie.party: tie.owner for tie in then.where(Tie, stakeholder=ana.id)} == {"ps": "P1", "tech": "T1"}
    assert last_contact(then, ana, TODAY) == dt.date(2026, 5, 4)
    assert counted_changes(found.changes(sample, iter(map(str, range(99))).__next__))[0] == 1


def test_what_is_known_already_stays_and_what_is_not_taken_is_told(sample: AccountPlan) -> None:
    found = read(SHEET, sample)
    then = after(sample, found)
    for name in ("Leif Brandvold", "Ingrid Solvane"):
        before, now = named(sample, name), named(then, name)
        assert (before.role, before.influence) == (now.role, now.influence)
    assert last_contact(then, named(then, "Leif Brandvold"), TODAY) == dt.date(2026, 6, 1)
    told = [note.what for note in found.notes]
    assert "Line 4: the owner «Somebody Else» is nobody of ours, so it isn't taken." in told
    assert "Line 4: 9 Jul 2026 has not come yet, so it isn't taken." in told
    assert "Line 4: Ingrid Solvane keeps the influence, «5»; «3» is not taken." in told
    assert "Line 4: Ingrid Solvane keeps the buying role, «influencer»; «economic» is not taken." in told


def test_sentiment_of_an_earlier_session_stays_in_one_that_has_no_reading_yet(sample: AccountPlan) -> None:
    fresh = with_values(sample.sessions[-1], id="S9", held_on="2026-06-09")
    plan = apply(sample, Step((Add(fresh),)))
    found = read("Name,Attitude\nNadia Okonjo-Wells,blocker\nDev Rathmore,opposed\nAna Pires,+\n", plan)
    assert plan.sessions[-1].id == "S9"
    assert [note.what for note in found.notes] == [
        "Line 2: Nadia Okonjo-Wells keeps the sentiment, «+1 supportive»; «−2 opposed» is not taken.",
        "Line 3: Dev Rathmore keeps the sentiment, «+2 advocate»; «−2 opposed» is not taken.",
    ]
    now = after(plan, found)
    (reading,) = now.where(Reading, session="S9")
    assert (reading.stakeholder, reading.value) == (named(now, "Ana Pires").id, 1)


def test_the_same_sheet_again_changes_nothing(sample: AccountPlan) -> None:
    then = after(sample, read(SHEET, sample))
    again = read(SHEET, then)
    assert again.changes(then, "n".upper) == ()


def test_a_word_that_is_not_known_is_told_once_until_it_is_chosen(sample: AccountPlan) -> None:
    sheet = "Name,Sentiment\nAna Pires,lukewarm\nKai Moor,Lukewarm\nEva Lund,warm\n"
    found = read(sheet, sample)
    assert found.scales == {"sentiment": {"lukewarm": "", "warm": "1"}}
    assert [note.what for note in found.notes] == [
        "Line 2: «lukewarm» of «Sentiment» is not on our scale, so it isn't taken, nor is it on 1 more."
    ]
    chosen = read(sheet, sample, {"sentiment": {"lukewarm": "0", "warm": "2"}})
    assert chosen.notes == ()
    assert [new.given for new in chosen.new] == [
        ("sentiment 0 neutral (assumed)",),
        ("sentiment 0 neutral (assumed)",),
        ("sentiment +2 advocate (assumed)",),
    ]


def test_a_workbook_with_dates_and_figures(sample: AccountPlan) -> None:
    rows = [
        ("Stakeholder map",),
        ("Contact", "Job Title", "Power", "Interest", "Attitude", "Relationship owner", "Last met"),
        ("Ana Pires", "Head of Payments", 8, 3, 2, "Gideon", dt.date(2026, 6, 1)),
        ("Kai Moor", "Buyer", 10, 10, -1, None, None),
    ]
    found = read(workbook({"Map": rows}), sample)
    assert [new.given for new in found.new] == [
        (
            "influence 4",
            "interest 2",
            "sentiment +2 advocate (assumed)",
            "owner of Stratalume: Gideon Farrowmere",
            "last contact 1 Jun 2026",
        ),
        ("influence 5", "interest 5", "sentiment −1 sceptical (assumed)"),
    ]


def test_of_which_scale_figures_are_is_told_and_what_is_beyond_it_is_refused_with_its_line(
    sample: AccountPlan,
) -> None:
    sheet = "Name,Influence,Interest,Sentiment\nAna Pires,9,55,4\nKai Moor,11,90,2\nEva Lund,4,20,1\n"
    found = read(sheet, sample)
    assert found.scales_told == (
        "Influence is read as 0 to 10: 9 becomes 5.",
        "Interest is read as 0 to 100: 90 becomes 5.",
        "Sentiment is read as 1 to 5: 4 becomes +1.",
    )
    assert [note.what for note in found.notes] == [
        "Line 3: «11» of «Influence» is not on our scale, so it isn't taken."
    ]
    assert read("Name,Influence,Sentiment\nAna Pires,5,-1\n", sample).scales_told == ()
    assert read("Name,Influence\nAna Pires,9\n", sample, {"influence": {"9": "3"}}).scales_told == ()


def test_without_a_session_no_sentiment_is_taken_and_that_is_told(sample: AccountPlan) -> None:
    found = propose(read_contacts(b"Name,Sentiment\nAna Pires,+\n"), sample, setting=Setting(sample))
    assert found.new[0].given == ()
    assert [note.what for note in found.notes] == ["No session is open, so no sentiment is taken."]


@pytest.mark.parametrize(
    ("field", "words", "values"),
    [
        ("influence", ["h", "m", "l"], ["5", "3", "1"]),
        ("influence", ["hoch", "mittel", "niedrig"], ["5", "3", "1"]),
        ("influence", ["1", "3", "5"], ["1", "3", "5"]),
        ("influence", ["1", "7", "10"], ["1", "4", "5"]),
        ("interest", ["10", "55", "100"], ["1", "3", "5"]),
        ("influence", ["-3", "7"], ["", "4"]),
        ("influence", ["1000", "2"], ["", "2"]),
        ("influence", ["9", "11"], ["5", ""]),
        ("influence", ["9", "7", "8", "95"], ["5", "4", "4", ""]),
        ("influence", ["3", "60", "80"], ["1", "3", "4"]),
        ("influence", ["80"], ["4"]),
        ("interest", ["101", "60", "80"], ["", "3", "4"]),
        ("sentiment", ["-2", "3"], ["-2", ""]),
        ("sentiment", ["1", "4", "9"], ["-2", "1", ""]),
        ("sentiment", ["--", "-", "0", "+", "++"], ["-2", "-1", "0", "1", "2"]),
        ("sentiment", ["-2", "1", "+2"], ["-2", "1", "2"]),
        ("sentiment", ["1", "3", "5"], ["-2", "0", "2"]),
        ("sentiment", ["green", "amber", "red", "-"], ["1", "0", "-2", ""]),
        ("sentiment", ["supportive", "sceptical", "whatever"], ["1", "-1", ""]),
        ("role", ["economic buyer", "tb", "coach", "3"], ["economic", "technical", "coach", ""]),
        ("style", ["driver", "analytical", "n"], ["driving", "analytical", "analytical"]),
    ],
)
def test_words_and_figures_are_put_on_our_scales(field: str, words: list[str], values: list[str]) -> None:
    assert list(scale(field, words, {}).values()) == values
    assert {*values} - {""} <= SCALES[field].keys()
