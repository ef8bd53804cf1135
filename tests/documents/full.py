"""The sample with all that an account plan may hold and the sample has none of."""

import datetime as dt

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import (
    ActionStatus,
    AnswerStatus,
    ApproachKind,
    Dimension,
    Horizon,
    SteeringRole,
    StepStatus,
)
from workshop_tui.domain.model.actions import Action, ApproachStep, Carry
from workshop_tui.domain.model.discovery import Objective
from workshop_tui.domain.model.scorecard import Initiative, SteeringDate, SteeringSeat, Terms
from workshop_tui.domain.model.session import Decision, Parking, Risk
from workshop_tui.domain.model.value import Answer, Difference, Option, Proof, Target, TargetAnswer
from workshop_tui.domain.plan.plan import AccountPlan


def full(sample: AccountPlan) -> AccountPlan:
    """Return the sample with targets, objectives, risks and the rest, some for one audience alone."""
    return AccountPlan.of([*sample, *_changed(sample), *_VALUE, *_WORK, *_ALLIANCE])


def _changed(sample: AccountPlan) -> list[Entity]:
    said = sample.get(Answer, "V01")
    session, proposition = sample.sessions[-1], sample.where(Answer, id="V05")[0]
    drafts = [with_values(row, status="agreed") for row in sample if row.VERBOSE_NAME == "proposition"]
    agreed = sample.get(Initiative, "I06")
    assert said
    assert agreed
    for name, value in (
        ("success", "One list that the regulator can read without us."),
        ("measure", "Services with evidence, of 22"),
        ("horizon", "short"),
        ("personal", "Her name is under the attestation."),
    ):
        said = with_values(said, **{name: value})
    return [
        said,
        with_values(proposition, horizon="short"),
        with_values(session, purpose="Agree on what we do first, and who does it."),
        *drafts,
        with_values(agreed, visibility="customer", party="customer"),
        with_values(sample.account, competitor="Brackwell"),
    ]


_ALLIANCE: tuple[Entity, ...] = (
    Proof(
        id="F1",
        rank=1,
        text="Gap assessment",
        party="ps",
        worth=180_000,
        recognised_by="ST06",
        recognised_on=dt.date(2026, 5, 15),
    ),
    Proof(id="F2", rank=2, text="Two workloads live", party="tech", worth=90_000),
    Difference(id="W1", rank=1, dimension=Dimension.BRAND, text="Two names that the regulator knows"),
    Difference(
        id="W2",
        rank=2,
        dimension=Dimension.EXPERTISE,
        text="The bank works from our assessment",
        party="ps",
        proof="F1",
    ),
    SteeringSeat(id="SS1", rank=1, role=SteeringRole.DEPUTY, party="ps", person="P2"),
    SteeringSeat(id="SS2", rank=2, role=SteeringRole.CHAIR, person="ST04"),
    SteeringSeat(id="SS3", rank=3, role=SteeringRole.LEAD, party="tech"),
    Terms(id="terms", purpose="Settle what the two firms can't", quorum="The chair and a lead of each firm"),
    SteeringDate(id="SD1", on=dt.date(2026, 5, 5), held_on=dt.date(2026, 5, 5), about="Which come first"),
    SteeringDate(id="SD2", on=dt.date(2026, 6, 2)),
    SteeringDate(id="SD3", on=dt.date(2026, 7, 7), about="First drill", visibility="customer"),
)


_VALUE: tuple[Entity, ...] = (
    Objective(id="J1", rank=1, text="Pass the CR-7 review in March 2027", visibility="customer"),
    Objective(id="J2", rank=2, text="Run the services for a fifth less"),
    Answer(
        id="V11", rank=11, stakeholder="ST06", text="No question was asked", status=AnswerStatus.WITHDRAWN
    ),
    Answer(id="V12", rank=12, stakeholder="ST04", text="One plan for both firms", visibility="customer"),
    Target(
        id="G1",
        rank=1,
        title="Every important service is tested",
        objective="J1",
        estimate=1_250_000,
        horizon=Horizon.SHORT,
        visibility="customer",
    ),
    *(TargetAnswer(target="G1", answer=answer) for answer in ("V05", "V01", "V02", "V09", "V11")),
    Target(
        id="G2",
        rank=2,
        title="One data centre is closed",
        objective="J2",
        estimate=240_000.5,
        horizon=Horizon.LONG,
    ),
    *(TargetAnswer(target="G2", answer=answer) for answer in ("V07", "V08")),
    Target(id="G3", rank=3, title="Fewer meetings", visibility="customer"),
    Target(id="G4", rank=4, title="Security trusts us again", visibility="tech"),
    TargetAnswer(target="G4", answer="V09"),
    Option(id="O6", rank=6, text="A shared test team", votes=4),
)

_WORK: tuple[Entity, ...] = (
    ApproachStep(
        stakeholder="ST02",
        step=ApproachKind.THREE_WAY,
        status=StepStatus.DONE,
        on=dt.date(2026, 6, 3),
        override="He asked for both firms at once",
    ),
    Action(
        id="A13",
        session="S2",
        title="Collect the evidence of the eight tested services",
        owner="T2",
        accountable="P2",
        due=dt.date(2026, 6, 9),
        done_on=dt.date(2026, 6, 9),
        status=ActionStatus.DONE,
        evidence="Folder of eight reports, signed by Dev",
        milestone="First drill passed",
        answer="V01",
        visibility="customer",
    ),
    Action(id="A14", session="S2", title="Wait for the board's new chair", status=ActionStatus.BLOCKED),
    Action(
        id="A15",
        session="S2",
        title="Invite audit",
        status=ActionStatus.DROPPED,
        reason="Not before July",
        milestone="First drill passed",
        due=dt.date(2026, 9, 30),
        visibility="customer",
    ),
    Action(
        id="A16",
        session="S1",
        title="Draft the joint calendar",
        due=dt.date(2026, 6, 30),
        visibility="customer",
    ),
    Carry(action="A16", session="S2", from_due=dt.date(2026, 3, 31), to_due=dt.date(2026, 6, 30)),
    Decision(id="D9", rank=9, session="S2", text="Evidence comes first", visibility="customer"),
    Parking(
        id="K8",
        rank=8,
        session="S2",
        text="Where the drills are held",
        owner="P3",
        due=dt.date(2026, 6, 23),
        visibility="customer",
    ),
    Parking(id="K9", rank=9, session="S2", text="Lunch", dropped=True),
    Risk(
        id="R1",
        rank=1,
        session="S2",
        text="The first drill slips into the summer",
        owner="P3",
        visibility="customer",
    ),
    Risk(id="R2", rank=2, session="S2", text="Procurement asks for a tender"),
)
