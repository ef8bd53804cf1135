"""What an account lead should know on a Monday, worked out for the sample and for a plan made by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.plans import ON, plan_of, plans
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.validation import validated
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, ActionStatus, AnswerStatus, Weekday
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.model.actions import Action, Carry
from workshop_tui.domain.model.people import Meeting, MeetingMember, MeetingStakeholder, Stakeholder
from workshop_tui.domain.model.scorecard import Goal, Review
from workshop_tui.domain.model.session import Decision, Parking, Session
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.past import as_known
from workshop_tui.domain.plan.plan import KIND, AccountPlan
from workshop_tui.domain.plan.step import Refused, Step, apply
from workshop_tui.domain.rules.digest import Digest, digest, news_to_bring, tell, we_owe

Told = list[tuple[str, str, str]]
NOTHING = Digest((), (), ())


def owed(plan: AccountPlan, on: dt.date = ON, audience: str = "") -> Told:
    view = project(plan, audience) if audience else plan
    return [(line.why.id, "/".join(line.key), line.told) for line in we_owe(plan, view, on)]


def news(plan: AccountPlan, on: dt.date = ON) -> list[tuple[str, str, str]]:
    return [("/".join(line.key), line.whom, line.told) for line in news_to_bring(plan, plan, on)]


def ago(days: int) -> dt.date:
    return ON - dt.timedelta(days)


# The sample, on its day


def test_what_is_owed_in_the_sample(sample: AccountPlan, grown: AccountPlan) -> None:
    for plan in (sample, grown):
        assert owed(plan) == [
            ("review", "norvane", "3 days overdue: hold it"),
            ("carried", "A04", "first due 1 May 2026, carried to 19 Jun 2026"),
            ("this_week", "A07", "due 11 Jun 2026"),
            ("not_read_back", "V09", "heard 15 May 2026, not read back for 25 days"),
            ("parked", "K2", "parked with no date"),
            ("parked", "K4", "parked with no date"),
        ]
    by = {line.key[0]: (line.who, line.days) for line in we_owe(sample, sample, ON)}
    assert by["A04"] == ("Anselm Dovrik", 39)
    assert by["V09"] == ("Anselm Dovrik", 25)
    assert by["A07"] == ("Jonty Eskeland", 0)


def test_two_days_on_the_answer_of_28_may_is_owed_too(sample: AccountPlan) -> None:
    on = dt.date(2026, 6, 11)
    assert ("not_read_back", "V07", "heard 28 May 2026, not read back for 14 days") in owed(sample, on)
    assert ("this_week", "A07", "due today") in owed(sample, on)
    on = dt.date(2026, 6, 20)
    assert owed(sample, on)[:3] == [
        ("review", "norvane", "14 days overdue: hold it"),
        ("late", "A07", "9 days overdue (11 Jun 2026)"),
        ("late", "A04", "1 day overdue (19 Jun 2026)"),
    ]


def test_what_is_owed_as_it_was_known_in_april(sample: AccountPlan) -> None:
    on = dt.date(2026, 4, 10)
    known = as_known(sample, on)
    assert owed(known, on) == [
        ("late", "A02", "10 days overdue (31 Mar 2026)"),
        ("parked", "K2", "parked with no date"),
    ]


def test_what_one_firm_keeps_to_itself_is_told_to_that_firm(sample: AccountPlan) -> None:
    told = {audience: [key for _, key, _ in owed(sample, audience=audience)] for audience in ("ps", "tech")}
    assert "V09" in told["tech"]
    assert "V09" not in told["ps"]
    assert "K3" not in told["ps"]  # it has become an action that ps doesn't see: it is settled all the same
    assert digest(sample, project(sample, CUSTOMER), ON) == NOTHING


def test_what_news_there_is_in_the_sample(sample: AccountPlan, grown: AccountPlan) -> None:
    for plan in (sample, grown):
        assert news(plan) == [("A06", "ST11", "done 27 May 2026")]
        (line,) = news_to_bring(plan, plan, ON)
        assert (line.whom_name, line.since) == ("Farah Nouriel", dt.date(2025, 10, 9))
        assert (line.who, line.visibility) == ("Chidi Varnholt", "alliance")


# Another plan

ANA = Stakeholder(id="ana", name="Ana Pires")
LEFT = Stakeholder(id="left", name="Left", left_on=ago(3))
MET: tuple[Entity, ...] = (
    Meeting(id="m", on=ago(10)),
    MeetingStakeholder(meeting="m", stakeholder="ana"),
    MeetingMember(meeting="m", member="P1"),
)


def action(name: str, **values: object) -> Action:
    return validated(Action, {"id": name, "session": "S1", "title": f"Do thing {name}", **values})


def done(name: str, days: int | None, **values: object) -> Action:
    day = None if days is None else ago(days)
    given_ = {"status": ActionStatus.DONE, "done_on": day, "stakeholder": "ana", "owner": "P1", **values}
    return action(name, **given_)


def heard(name: str, days: int, **values: object) -> Answer:
    return validated(
        Answer, {"id": name, "stakeholder": "ana", "text": f"Answer {name}", "heard_on": ago(days), **values}
    )


def test_the_worst_stands_first() -> None:
    plan = plan_of(
        ANA,
        LEFT,
        Goal(id="g", title="Revenue", unit="EUR", target=1, actual=0),
        Review(id="r", on=ago(36)),
        action("soon", due=ON + dt.timedelta(5)),
        action("today", due=ON, owner="P1"),
        action("next", due=ON + dt.timedelta(6)),
        action("bare"),
        action("late", due=ago(2), status=ActionStatus.BLOCKED),
        action("later", due=ago(9)),
        action("over", due=ago(9), status=ActionStatus.DONE, done_on=ago(1)),
        action("moved", due=ON + dt.timedelta(90)),
        Carry(action="moved", session="S2", from_due=ago(30), to_due=ON + dt.timedelta(90)),
        heard("young", 13),
        heard("old", 14, heard_by="P1"),
        heard("older", 40),
        heard("sure", 40, status=AnswerStatus.VALIDATED),
        heard("guess", 40, status=AnswerStatus.ASSUMED),
        heard("theirs", 40, stakeholder="left"),
        Parking(id="open", session="S2", text="Open"),
        Parking(id="owned", session="S1", text="Owned", owner="P1"),
        Parking(id="dated", session="S1", text="Dated", due=ON),
        Parking(id="whole", session="S1", text="Whole", owner="P1", due=ON),
        Parking(id="gone", session="S1", text="Gone", dropped=True),
    )
    assert owed(plan) == [
        ("late", "later", "9 days overdue (31 May 2026)"),
        ("review", "acc", "5 days overdue: hold it"),
        ("late", "late", "2 days overdue (7 Jun 2026)"),
        ("carried", "moved", "first due 10 May 2026, carried to 7 Sep 2026"),
        ("this_week", "today", "due today"),
        ("this_week", "soon", "due 14 Jun 2026"),
        ("not_read_back", "older", "heard 30 Apr 2026, not read back for 40 days"),
        ("not_read_back", "old", "heard 26 May 2026, not read back for 14 days"),
        ("parked", "dated", "parked with no owner"),
        ("parked", "owned", "parked with no date"),
        ("parked", "open", "parked with no owner and no date"),
    ]


def test_the_week_ends_as_the_latest_session_has_it() -> None:
    plan = plan_of(action("a", due=dt.date(2026, 6, 14)))
    assert [why for why, _, _ in owed(plan)] == ["this_week"]
    s3 = Session(id="S3", held_on=dt.date(2026, 9, 9), week_start=Weekday.SUNDAY)
    assert owed(plan_of(action("a", due=dt.date(2026, 6, 14)), s3)) == []


def test_nothing_is_owed_where_nothing_is_there() -> None:
    empty = AccountPlan.of([Account(id="acc", name="Account")])
    assert digest(empty, empty, ON) == NOTHING


def test_news_is_what_was_done_since_the_last_meeting() -> None:
    plan = plan_of(
        ANA,
        LEFT,
        *MET,
        Stakeholder(id="new", name="New"),
        done("before", 11),
        done("that_day", 10),
        done("since", 4),
        done("told", 4, told_on=ago(2)),
        done("hers", 4, owner="ana"),
        done("no_day", None),
        done("never_met", None, stakeholder="new"),
        done("not_there", 2, stakeholder="left"),
        done("nobody", 4, stakeholder=None),
        action("open", stakeholder="ana"),
    )
    assert news(plan) == [
        ("never_met", "new", "done"),
        ("that_day", "ana", "done 30 May 2026"),
        ("since", "ana", "done 5 Jun 2026"),
    ]


def test_a_decision_is_news_when_it_is_marked_for_the_customer_and_holds() -> None:
    def decided(name: str, session: str = "S2", **values: object) -> Decision:
        return validated(
            Decision, {"id": name, "session": session, "text": name, "visibility": CUSTOMER, **values}
        )

    plan = plan_of(
        ANA,
        *MET,
        decided("ours", visibility="alliance"),
        decided("old", "S1"),
        decided("new"),
        decided("told", told_on=ON),
        decided("first"),
        decided("second", replaces="first"),
        decided("ahead", "S3"),
    )
    assert news(plan) == [("new", "", "decided 9 Jun 2026"), ("second", "", "decided 9 Jun 2026")]
    assert news(plan_of(decided("old", "S1"))) == [("old", "", "decided 10 Mar 2026")]


def test_what_was_told_is_told_once() -> None:
    plan = plan_of(
        ANA, *MET, done("since", 4), Decision(id="d", session="S2", text="Go", visibility=CUSTOMER)
    )
    assert [key for key, _, _ in news(plan)] == ["since", "d"]
    rows: list[Action | Decision] = [*plan.all(Action), *plan.all(Decision)]
    for row in rows:
        plan = apply(plan, Step(tell(plan, row, ON, ON)))
    assert news(plan) == []
    assert (plan.all(Action)[0].told_on, plan.all(Decision)[0].told_on) == (ON, ON)


@pytest.mark.parametrize(
    ("row", "on", "said"),
    [
        (action("a"), ON, "«Do thing a» is still open, so there is nothing to tell yet"),
        (
            done("a", 3, told_on=ago(2)),
            ON,
            "«Do thing a» was told already on 7 Jun 2026: nothing has changed.",
        ),
        (done("a", 3), ago(-1), "10 Jun 2026 is still to come"),
        (done("a", 3), ago(4), "5 Jun 2026 was before «Do thing a» came about, on 6 Jun 2026"),
        (
            Decision(id="d", session="S2", text="Go"),
            ago(1),
            "8 Jun 2026 was before «Go» came about, on 9 Jun",
        ),
    ],
)
def test_what_cannot_have_been_told_is_refused(row: Action | Decision, on: dt.date, said: str) -> None:
    with pytest.raises(Refused, match=said):
        tell(plan_of(row), row, on, ON)


# Laws


@given(plans(), st.sampled_from([ALLIANCE, "ps", "tech"]))
def test_an_audience_hears_of_rows_it_sees_and_of_nothing_more_than_is_so(
    plan: AccountPlan, audience: str
) -> None:
    known = as_known(plan, ON)
    view = project(known, audience)
    whole, cut = digest(known, known, ON), digest(known, view, ON)
    told = [*((line.kind, line.key) for line in cut.owe), *((line.kind, line.key) for line in cut.news)]
    assert all(view.get(KIND[kind], *key) for kind, key in told)
    assert {(line.why, line.key) for line in cut.owe} <= {(line.why, line.key) for line in whole.owe}
    assert {line.key for line in cut.news} <= {line.key for line in whole.news}
    assert {one.person for one in cut.quiet} <= {one.person for one in whole.quiet}
    assert digest(known, project(known, CUSTOMER), ON) == NOTHING


@given(plans())
def test_each_lane_has_the_worst_first_and_each_row_once(plan: AccountPlan) -> None:
    known = as_known(plan, ON)
    found = digest(known, known, ON)
    assert [line.place for line in found.owe] == sorted(line.place for line in found.owe)
    assert [line.place for line in found.news] == sorted(line.place for line in found.news)
    for rows in ([(line.kind, line.key) for line in found.owe], [line.key for line in found.news]):
        assert len(rows) == len(set(rows))
