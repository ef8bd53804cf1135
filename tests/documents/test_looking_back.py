"""How changes are worded, and what of people's own text reaches Markdown."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from tests.domain.plans import ON, plan_of
from tests.domain.rules.test_compare import HELD, STANDS, STOOD, by_days
from workshop_tui.documents.looking_back import (
    change_groups,
    comparison_page,
    coverage_page,
    plainly,
)
from workshop_tui.domain.model.people import Meeting, MeetingMember, MeetingStakeholder, Stakeholder
from workshop_tui.domain.model.session import Decision
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import KIND, AccountPlan
from workshop_tui.domain.rules.compare import Comparison, compare
from workshop_tui.domain.rules.coverage import coverage


def said(found: Comparison) -> dict[str, list[str]]:
    return {group.name: [line.text for line in group.lines] for group in change_groups(found)}


def test_changes_of_the_sample_in_sentences(sample: AccountPlan) -> None:
    told = said(by_days(sample, "S1", "S2"))
    assert told["sentiment"][4] == (
        "Priya Vantongeren, alliance: 0 → +1, observed: agreed to a three-way meeting"
        " (before, observed: trusts our reading of CR-7)"
    )
    assert told["outcomes"] == [
        "Close the outage report with security: carried 1×, 1 May 2026 → 19 Jun 2026, Anselm Dovrik",
        (
            "Map platform workloads to important services: done late on 16 Apr 2026, 16 days late,"
            " Anselm Dovrik"
        ),
        "Joint press note: dropped (Customer asked for quiet until the tests pass), Hana Petrosyan-Cole",
        (
            "Share the list of 14 services short of evidence: done on time on 19 Mar 2026,"
            " Mirela Sandoval-Pike"
        ),
        "Test interest with the Chief Operating Officer: done on time on 20 Apr 2026, Jonty Eskeland",
        "Agree contracting route between the two firms: done on time on 27 May 2026, Chidi Varnholt",
    ]
    assert told["parking"][:3] == [
        "Data residency for drills: still open",
        "Whose paper do we contract on: became the action “Agree contracting route between the two firms”",
        "Price of a second run-time: parked; became the action “Cost range for a second run-time”",
    ]
    assert told["roti"] == ["Mean 2.83 from 6 seats → 4.13 from 8 seats"]
    assert told["meetings_by_firm"] == [
        "Quillhaven held the last 3 meetings with Marcus Hale-Obi alone",
        "Stratalume held the last 3 meetings with Bram Osterveld alone",
        "Quillhaven: 9 meetings, 7 of them alone",
        "Stratalume: 9 meetings, 7 of them alone",
    ]


def test_unknown_is_never_told_as_a_value() -> None:
    assert said(by_days(HELD, "S1", "S2"))["sentiment"] == [
        "Bo, alliance: not known any more (was 0), assumed (before, assumed)",
        "Ana, alliance: first known, +2, assumed",
    ]
    told = said(compare(STOOD, STANDS, "S1", "S2", by_records=True))
    assert told["people"] == [
        "Di is new, reports to Bo",
        "Bo reports to: Ana → nobody",
        "Ana is now Ana Pires",
    ]
    assert told["levels"] == [
        "Bo, One: not known any more (was known)",
        "Ana Pires, One: working → known",
        "Ana Pires, Two: first known, aware",
    ]
    assert told["owners"][0] == "Bo, One: Other of one → nobody"
    assert told["proposition"] == [
        "Together: not known any more (was “Test it”)",
        "Customer gains: first known, “Time”",
        "One brings: “People” → “People and tests”",
    ]
    assert told["steps"] == ["Ana Pires, three-way meeting: booked → done on 9 Jun 2026"]
    assert told["standings"] == ["Two: first known, vendor"]


def test_what_else_is_said() -> None:
    told = said(by_days(HELD, "S2", "S3"))
    assert told["outcomes"] == [
        "Carried and late: still open, due 11 Jun 2026, 90 days overdue, Ana",
        "Call them back: still open, due 14 Jun 2026, 87 days overdue",
    ]
    assert told["decisions"] == ["Go last (in the place of “Go first”)"]
    assert told["parking"] == ["The price: dropped"]
    assert told["answers"] == ["withdrawn on 10 Jun 2026: “No second plan”, Bo"]
    assert said(by_days(HELD, "S1", "S3"))["scorecard"] == ["Open points: 3 → 7, ▲ → ▼"]
    titles = [group.title for group in change_groups(by_days(HELD, "S1", "S3"))]
    assert "Scorecard, 13 Mar 2026 → 28 Aug 2026" in titles


@pytest.mark.parametrize("sessions", [("S1", "S2"), ("S2", "S3"), ("S1", "S3")])
def test_each_line_opens_a_row_that_is_there(sessions: tuple[str, str]) -> None:
    for group in change_groups(by_days(HELD, *sessions)):
        for line in group.lines:
            assert HELD.get(KIND[line.kind], *line.key), line
            assert line.session == sessions[1]


def test_each_change_of_the_sample_has_one_line(grown: AccountPlan) -> None:
    found = by_days(grown, "S1", "S2")
    assert sum(len(group.lines) for group in change_groups(found)) == len(found)
    for group in change_groups(found):
        assert all(grown.get(KIND[line.kind], *line.key) for line in group.lines)


def test_text_of_people_stays_text_in_markdown() -> None:
    hostile = plan_of(Decision(id="d", session="S2", text="*Bold* <b>\n# not a heading | `code`"))
    page = comparison_page(project(hostile, "ps"), by_days(hostile, "S1", "S2", "ps"), "by dated rows")
    assert page == (
        "# Account: what changed from session 1 (10 Mar 2026) to session 2 (9 Jun 2026)\n\n"
        "For One alone, by dated rows.\n\n## Decisions\n\n"
        "- \\*Bold\\* \\<b\\> \\# not a heading \\| \\`code\\`\n"
    )
    nothing = comparison_page(project(hostile, "ps"), by_days(hostile, "S1", "S1", "ps"), "by dated rows")
    assert nothing.endswith("\n\nNothing has changed.\n")


def test_coverage_as_markdown() -> None:
    plan = plan_of(
        Stakeholder(id="a", name="Ana | Pires", influence=4),
        Meeting(id="m", on=ON - dt.timedelta(100)),
        MeetingStakeholder(meeting="m", stakeholder="a"),
        MeetingMember(meeting="m", member="P1"),
    )
    assert coverage_page(project(plan, "alliance"), coverage(project(plan, "alliance"), ON)) == (
        "# Account: coverage as of 9 Jun 2026\n\n"
        "For the alliance alone: meetings of the last 365 days, O for the owner; ! key people beyond "
        "their rhythm.\n\n"
        "| Person | Influence | One | Two | Member o. | Other o. | Member t. | Last met | Next |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
        "| Ana \\| Pires | 4 | ? | ? | 1 | · | · | 1 Mar 2026, 100 days ago ! | Member of one |\n"
        "| People met |  |  |  | 1 | 0 | 0 |  |  |\n\n"
        "## Going quiet\n\n"
        "- Ana \\| Pires: not met for 100 days; Member is with One (no tie yet); own style unknown;"
        " owns no others\n\n"
        "## Single thread\n\n"
        "- Ana \\| Pires: only Member of one, 1 meeting in 180 days\n"
    )


def test_values_of_the_rules_are_plain_json(sample: AccountPlan) -> None:
    found = json.loads(json.dumps(plainly(by_days(sample, "S1", "S2")), default=str))
    assert found["sentiment"][0]["now"]["value"] == -1
    assert (found["outcomes"][0]["fate"], found["later"]["on"]) == ("carried", "2026-06-09")
    cell = json.loads(json.dumps(plainly(coverage(sample, ON)), default=str))["rows"][0]["cells"][0]
    assert cell == {"member": "P1", "owns": True, "meetings": 1, "last": "2026-04-22", "days": 48}
