"""What the sample account has grown by: Norvane Bank as it was given, and what was added to it since.

Most tests look at the sample as it was given, whose right results are known from where it came from. What
was added is looked at in `tests/domain/test_grown_sample.py`, with results worked out by hand.
"""

from __future__ import annotations

from collections.abc import Mapping

from workshop_tui.domain.base.entity import Entity, Key
from workshop_tui.domain.model.account import Gate, StageEntry
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Meeting, MeetingMember, MeetingStakeholder, Stakeholder
from workshop_tui.domain.model.scorecard import SteeringDate, SteeringSeat, Terms
from workshop_tui.domain.model.session import Decision
from workshop_tui.domain.model.value import Difference, GrowthStep, Proof, Target, TargetAnswer
from workshop_tui.domain.plan.plan import AccountPlan

ADDED: Mapping[type[Entity], frozenset[Key]] = {
    Gate: frozenset({("validated", "ps"), ("validated", "tech")}),
    StageEntry: frozenset({("E1",), ("E2",), ("E3",), ("E4",)}),
    Stakeholder: frozenset({("ST15",)}),
    Meeting: frozenset({("M22",)}),
    MeetingStakeholder: frozenset({("M22", "ST04"), ("M22", "ST13")}),
    MeetingMember: frozenset({("M22", "P3"), ("M22", "T1")}),
    Target: frozenset({("TG1",)}),
    TargetAnswer: frozenset({("TG1", "V05")}),
    Proof: frozenset({("PF1",), ("PF2",)}),
    Difference: frozenset({("DF1",)}),
    GrowthStep: frozenset({("GS1",), ("GS2",), ("GS3",), ("GS4",)}),
    Action: frozenset({("A13",)}),
    SteeringSeat: frozenset({("SS1",), ("SS2",), ("SS3",), ("SS4",), ("SS5",), ("SS6",)}),
    Terms: frozenset({("TR1",)}),
    SteeringDate: frozenset({("SD1",), ("SD2",)}),
    Decision: frozenset({("D6",), ("D7",)}),
}
"""Kind → keys of the rows that were added."""


def as_given(grown: AccountPlan) -> AccountPlan:
    """Return the sample without what was added."""
    return AccountPlan.of(row for row in grown if row.key not in ADDED.get(type(row), ()))
