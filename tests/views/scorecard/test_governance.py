"""How the alliance is steered, as it is shown and set."""

from __future__ import annotations

import datetime as dt

from tests.domain.plans import ON, plan_of
from tests.views.plans import cells, changed, deed, looked_at, rows
from workshop_tui.domain.base.vocabulary import CUSTOMER, SteeringRole
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.scorecard import Initiative, Review, SteeringDate, SteeringSeat, Terms
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Step, apply
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.keys import key
from workshop_tui.views.scorecard.governance import Governance

DAY = dt.timedelta(1)
SESSION = "S2"


def told(live: LivePlan) -> list[list[str]]:
    return [cells(row) for row in rows(Governance(), live).values()]


def look(plan: AccountPlan, audience: str = "alliance") -> LivePlan:
    return looked_at(plan, audience, SESSION)


async def test_every_seat_a_committee_has_is_there_before_anybody_sits_on_it() -> None:
    live = look(plan_of())
    assert told(live)[:5] == [
        ["Chair", "?"],
        ["Sponsor", "?"],
        ["Lead One", "?"],
        ["Lead Two", "?"],
        ["Deputy", "?"],
    ]
    assert [row[0] for row in told(live)[5:]] == [
        "Purpose",
        "Cadence",
        "Who invites",
        "Who decides",
        "Quorum",
        "What is brought",
        "Visible to",
    ]


async def test_a_seat_comes_in_with_whoever_takes_it() -> None:
    live = look(plan_of())
    cell = rows(Governance(), live)["seat/lead/tech"].cells[1]
    after = changed(live, cell, "T1")
    (seat,) = after.all(SteeringSeat)
    assert (seat.role, seat.party, seat.person) == (SteeringRole.LEAD, "tech", "T1")
    assert ["Lead Two", "Member of two"] in told(look(after))
    assert ["Lead Two", "?"] not in told(look(after))


async def test_somebody_of_the_customer_may_sit_there_and_further_seats_come_in_by_their_role() -> None:
    plan = plan_of(Stakeholder(id="s", name="Ingrid"), SteeringSeat(id="x", role=SteeringRole.DEPUTY))
    live = look(plan)
    edit = rows(Governance(), live)["SteeringSeat/x"].cells[1].edit
    assert edit is not None
    assert {"Ingrid", "Member of one"} <= {choice.text for choice in edit.choices}
    table = Governance().table(live)
    another = next(row.cells[0].edit for row in table.rows if row.placeholder)
    assert another is not None
    after = apply(plan, Step(tuple(another.build(plan, "deputy"))))
    assert len(after.where(SteeringSeat, role=SteeringRole.DEPUTY)) == 2


async def test_the_first_line_of_the_terms_brings_them_in() -> None:
    live = look(plan_of())
    purpose = rows(Governance(), live)["Terms/terms#Terms/terms/purpose"].cells[1]
    after = changed(live, purpose, "Keep the two firms honest")
    (terms,) = after.all(Terms)
    assert terms.purpose == "Keep the two firms honest"
    assert ["Purpose", "Keep the two firms honest"] in told(look(after))


async def test_dates_say_what_was_missed_what_is_next_and_what_was_held() -> None:
    plan = plan_of(
        SteeringDate(id="a", on=ON - 9 * DAY, about="pipeline"),
        SteeringDate(id="b", on=ON + 30 * DAY),
        SteeringDate(id="c", on=ON - 40 * DAY, held_on=ON - 38 * DAY),
        Initiative(id="i", title="Round table"),
        Review(id="r", on=ON - 40 * DAY),
    )
    assert told(look(plan))[-4:] == [
        ["Scorecard review", f"31 May 2026, 9 days late: {key('review.hold')} holds it"],
        ["Steering, 9 d late", "31 May 2026 · pipeline"],
        ["Steering", "9 Jul 2026"],
        ["✓ held 2 May 2026", "30 Apr 2026"],
    ]
    after = deed(Governance(), look(plan), "SteeringDate/a", "h", "2026-06-08")
    assert ["✓ held 8 Jun 2026", "31 May 2026 · pipeline"] in told(look(after))


async def test_a_date_comes_in_as_people_say_it() -> None:
    live = look(plan_of())
    edit = [row.cells[0].edit for row in Governance().table(live).rows if row.placeholder][-1]
    assert edit is not None
    after = apply(live.whole, Step(tuple(edit.build(live.whole, "+30d"))))
    assert [date.on for date in after.all(SteeringDate)] == [ON + 30 * DAY]


async def test_the_customer_sees_what_is_theirs_and_nothing_that_is_missing() -> None:
    seat = SteeringSeat(id="x", role=SteeringRole.CHAIR, person="P1", visibility=CUSTOMER)
    plan = plan_of(
        seat,
        SteeringSeat(id="y", role=SteeringRole.DEPUTY, person="P2"),
        SteeringDate(id="a", on=ON - 9 * DAY, visibility=CUSTOMER),
        Initiative(id="i", title="Round table"),
    )
    assert told(look(plan, CUSTOMER)) == [["Chair", "Member of one"], ["Steering", "31 May 2026"]]
    assert not any(row.placeholder for row in Governance().table(look(plan, CUSTOMER)).rows)
    assert not Governance().is_open(look(plan_of(), CUSTOMER))
    assert Governance().row_actions(look(plan, CUSTOMER), "SteeringSeat/x") == ()
    assert Governance().row_actions(look(plan, CUSTOMER), "SteeringDate/a") == ()
